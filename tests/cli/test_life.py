"""`zi life`: the verdicts as text for people and as JSON for programs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

SCENES = Path(__file__).parents[1] / "cases" / "kehidupan"
CODE = "A.I.1.i.a"


def zi(*arguments, cwd):
    """Run the command line as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd,
        env=os.environ | {"COLUMNS": "80"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def write(root, path, data):
    """Write a file of the registry; days become text."""
    file = root / "units/contoh" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(data, default=str, ensure_ascii=False), encoding="utf-8")


def write_scene(root, unit, name):
    """Write a case of the rules as the files of a unit."""
    scene = yaml.safe_load((SCENES / f"{name}.yaml").read_text(encoding="utf-8"))
    write(root, "instansi.yaml", {"nama": "Instansi Contoh"})
    write(root, f"{unit}/unit.yaml", {"nama": "KPPN Contoh"})
    write(root, f"{unit}/predikat.yaml", {"peristiwa": scene["peristiwa"]})
    reports = [
        one | {"pelaksana": "TPI", "tindak_lanjut": [{"uraian": "Benahi"} | asked for asked in one["tindak_lanjut"]]}
        if "tindak_lanjut" in one
        else one | {"pelaksana": "TPI"}
        for one in scene.get("pemantauan", [])
    ]
    said = [
        {"triwulan": one["triwulan"], "program": one["program"], "masih_berjalan": "ya" if one["ya"] else "tidak"}
        for one in scene.get("pernyataan", [])
    ]
    found = {"pemantauan": reports, "pernyataan": said}
    write(root, f"{unit}/pemantauan.yaml", {key: rows for key, rows in found.items() if rows})
    for year, declared in scene.get("tahun", {}).items():
        write_year(root, f"{unit}/{year}", year, declared)


def write_year(root, folder, year, declared):
    """Write the unit's sheet and its surveys."""
    answer = {"jawab": "Ya", "bukti": [{"judul": "Bukti"} | one for one in declared.get("bukti", [])]}
    answers = {CODE: answer} if answer["bukti"] else {}
    write(root, f"{folder}/mandiri.yaml", {"instrumen": "permenpanrb-90-2021", "tahun": year, "jawaban": answers})
    surveys = [
        {"id": f"survei-{number}", "penyelenggara": "lembaga", "responden": 100} | one
        for number, one in enumerate(declared.get("survei", []))
    ]
    if surveys:
        write(root, f"{folder}/survei.yaml", {"survei": surveys})


@pytest.fixture
def registry(tmp_path):
    """One unit that is alive, one on which notice is given, one nothing is known of, one without a predicate."""
    write_scene(tmp_path, "hidup", "hidup")
    write_scene(tmp_path, "turun", "pemberitahuan")
    write_scene(tmp_path, "diam", "tanpa-catatan")
    write(tmp_path, "biasa/unit.yaml", {"nama": "KPPN Contoh"})
    (tmp_path / "units/contoh/diam/pemantauan.yaml").unlink()
    return tmp_path


def test_the_list_names_every_verdict_and_counts(registry):
    """During its notice a unit stands with melambat, and the word dorman is nowhere."""
    done = zi("life", "--as-of", "2026-10-15", cwd=registry)
    assert done.stderr == ""
    assert done.returncode == 0
    assert done.stdout == (
        "Kehidupan program unit berpredikat per 15 Oktober 2026\n"
        "\n"
        "Melambat: 1 unit\n"
        "  0,20  contoh/turun (dalam pemberitahuan sampai 15 Oktober 2026)\n"
        "\n"
        "Hidup: 1 unit\n"
        "  0,81  contoh/hidup\n"  # on this day the second follow-up is not past its day: (75.83 + 5) / 100
        "\n"
        "Belum cukup data: 1 unit\n"
        "  -     contoh/diam\n"
        "\n"
        "3 unit berpredikat: 1 melambat, 1 hidup, 1 belum cukup data; 1 tidak.\n"
    )


def test_one_unit_is_told_with_every_signal(registry):
    """Value, weight, contribution, figures, limit and what would change it; what the verdict leaves alone."""
    done = zi("life", "contoh/turun", "--as-of", "2026-10-16", cwd=registry)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[:4] == [
        "contoh/turun per 16 Oktober 2026",
        "Kesimpulan: dorman",
        "Nilai: 10,00 dari bobot terisi 50 = 0,20",
        "Batas: hidup mulai 0,70; melambat mulai 0,40; paling sedikit 50 dari 100 bobot terisi.",
    ]
    assert "Bukti yang masih menunjukkan keadaan sekarang: 0,00 x bobot 30 = 0,00" in lines
    assert "Hasil pemantauan terakhir: 0,50 x bobot 20 = 10,00" in lines
    assert "Pernyataan triwulanan “masih berjalan”: diam (bobot 25 tidak ditimbang)" in lines
    assert "  Batas: Hasil dipakai selama 30 bulan." in lines
    assert "  Yang mengubahnya: Laporan pemantauan berikutnya; sesudah 10 Desember 2027 isyarat ini diam." in lines
    assert lines[-1] == "Kesimpulan ini tidak mengubah nilai LKE, predikat, atau jatuh tempo pemantauan."


def test_a_unit_without_a_predicate_is_not_judged(registry):
    """There is nothing it chased and let go."""
    done = zi("life", "contoh/biasa", "--as-of", "2026-10-16", cwd=registry)
    assert done.stdout.splitlines()[1:] == ["Tidak disimpulkan: unit tidak menyandang predikat."]


def test_json_has_the_exact_figures(registry):
    """Ten digits, null for silence; during a notice the data do not say dorman."""
    told = zi("life", "--as-of", "2026-10-15", "--json", cwd=registry)
    assert "dorman" not in told.stdout
    units = {one["id"]: one for one in json.loads(told.stdout)["unit"]}
    assert list(units) == ["contoh/biasa", "contoh/diam", "contoh/hidup", "contoh/turun"]
    assert units["contoh/biasa"] == {
        "id": "contoh/biasa",
        "kesimpulan": None,
        "nilai": None,
        "bobot_terisi": None,
        "pemberitahuan_sampai": None,
        "isyarat": [],
    }
    falling = units["contoh/turun"]
    signals = {one["kode"]: one for one in falling.pop("isyarat")}
    assert falling == {
        "id": "contoh/turun",
        "kesimpulan": "melambat",
        "nilai": "0.2000000000",
        "bobot_terisi": 50,
        "pemberitahuan_sampai": "2026-10-15",
    }
    assert signals["pemantauan"] == {
        "kode": "pemantauan",
        "nama": "Hasil pemantauan terakhir",
        "bobot": 20,
        "nilai": "0.5000000000",
        "sumbangan": "10.0000000000",
        "alasan": "Pemantauan terakhir 10 Juni 2025: perlu perbaikan.",
        "pengubah": "Laporan pemantauan berikutnya; sesudah 10 Desember 2027 isyarat ini diam.",
    }
    assert (signals["survei"]["nilai"], signals["survei"]["sumbangan"]) == (None, None)


def test_a_file_that_cannot_be_used_ends_with_1(registry):
    """A verdict that misses a report is told with what is wrong, and never as if all were well."""
    (registry / "units/contoh/turun/pemantauan.yaml").write_text("pemantauan: [", encoding="utf-8")
    done = zi("life", "contoh/turun", "--as-of", "2026-10-16", cwd=registry)
    assert done.returncode == 1
    assert "pemantauan.yaml" in done.stderr
    assert zi("life", "contoh/hidup", "--as-of", "2026-10-16", cwd=registry).returncode == 0


def test_an_unknown_unit_is_a_usage_error(registry):
    """With the nearest name."""
    done = zi("life", "contoh/turum", cwd=registry)
    assert done.returncode == 2
    assert "contoh/turun" in done.stderr


def test_commits_are_no_sign_of_life(repository):
    """Thirty commits that change no word give the very verdict of one; dates of commits count for nothing."""
    write_scene(repository.root, "turun", "pemberitahuan")
    repository.save()
    first = zi("life", "--as-of", "2026-10-15", "--json", cwd=repository.root)
    assert json.loads(first.stdout)["unit"][0]["kesimpulan"] == "melambat"
    profile = repository.root / "units/contoh/turun/unit.yaml"
    for number in range(30):
        repository.commit({"units/contoh/turun/unit.yaml": f"# betulan {number}\n{profile.read_text('utf-8')}"})
    second = zi("life", "--as-of", "2026-10-15", "--json", cwd=repository.root)
    assert second.stdout == first.stdout
