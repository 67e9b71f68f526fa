"""`zi due`: the monitoring list, as text for a team and as JSON for programs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

SCENES = Path(__file__).parents[1] / "cases" / "monitoring"


def zi(*arguments, cwd, **environment):
    """Run the command line as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def write(root, path, data):
    """Write a file of the registry."""
    file = root / "units" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def write_scene(root, agency, unit, scene):
    """Write a case of the monitoring rules as the files of an agency and its unit."""
    write(root, f"{agency}/instansi.yaml", {"nama": "Instansi Contoh", "pemantau": scene.get("pemantau", {})})
    write(root, f"{agency}/{unit}/unit.yaml", {"nama": "KPPN Contoh Satu"})
    if "peristiwa" in scene:
        write(root, f"{agency}/{unit}/predikat.yaml", {"peristiwa": scene["peristiwa"]})
    if "pemantauan" in scene:
        write(root, f"{agency}/{unit}/pemantauan.yaml", {"pemantauan": scene["pemantauan"]})


def life(*events):
    """Return events from "jenis predikat tanggal" words."""
    return {"peristiwa": [dict(zip(("jenis", "predikat", "tanggal"), event.split(), strict=True)) for event in events]}


@pytest.fixture
def registry(tmp_path):
    """One unit of every status on 1 December 2026."""
    for unit, scene in {
        "barred": life("ditetapkan WBK 2020-12-21", "dicabut WBK 2025-08-30"),
        "late": life("ditetapkan WBK 2022-12-06"),
        "later": life("ditetapkan WBK 2021-12-20", "ditetapkan WBBM 2024-11-30"),
        "none": {},
        "scheduled": life("ditetapkan WBK 2025-12-09"),
        "soon": life("ditetapkan WBK 2024-12-01"),
        "sooner": life("ditetapkan WBK 2025-02-28"),
    }.items():
        write_scene(tmp_path, "contoh", unit, scene)
    write(tmp_path, "contoh/instansi.yaml", {"nama": "Instansi Contoh", "pemantau": {"WBK": "UKI-Es.I"}})
    return tmp_path


def test_the_list_is_what_a_team_works_from(registry) -> None:
    """The late first, the longest late on top; then by due date; then the barred and the rest; and a count.

    6 December 2022 + 24 months = 6 December 2024: 725 days before 1 December 2026 (730 less 5).
    WBBM of 30 November 2024: one day late, and TPI's, since instansi.yaml names nobody for WBBM.
    28 February 2025 + 24 months = 28 February 2027: 30 + 31 + 28 = 89 days ahead.
    9 December 2025 + 24 months = 9 December 2027: 365 + 8 = 373 days ahead.
    """
    done = zi("due", "--as-of", "2026-12-01", cwd=registry)
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout
        == """\
Pemantauan per 1 Desember 2026

Terlambat: 2 unit
  6 Desember 2024   lewat 725 hari  WBK   UKI-Es.I  contoh/late
  30 November 2026  lewat 1 hari    WBBM  TPI       contoh/later

Segera: 2 unit
  1 Desember 2026   sisa 0 hari   WBK  UKI-Es.I  contoh/soon
  28 Februari 2027  sisa 89 hari  WBK  UKI-Es.I  contoh/sooner

Terjadwal: 1 unit
  9 Desember 2027  sisa 373 hari  WBK  UKI-Es.I  contoh/scheduled

Dicabut (belum dapat diusulkan lagi): 1 unit
  sampai dengan 30 Agustus 2027  contoh/barred

Belum berpredikat: 1 unit
  contoh/none

7 unit: 2 terlambat, 2 segera, 1 terjadwal, 1 dicabut, 1 belum-berpredikat.
"""
    )


def test_the_json_is_as_documented(registry) -> None:
    """All units, sorted by id; dates as 2026-12-01; null where there is nothing to say."""
    done = zi("due", "--as-of", "2026-12-01", "--json", cwd=registry)
    units = json.loads(done.stdout)["unit"]
    assert [unit["id"].partition("/")[2] for unit in units] == [
        *("barred", "late", "later", "none", "scheduled", "soon", "sooner"),
    ]
    keys = ["id", "predikat", "status", "jatuh_tempo", "hari", "pelaksana", "dilarang_sampai"]
    assert [list(unit)[: len(keys)] for unit in units] == [keys] * 7
    assert [{key: unit[key] for key in keys} for unit in units[:4]] == [
        dict(zip(keys, row, strict=True))
        for row in (
            ("contoh/barred", None, "dicabut", None, None, None, "2027-08-30"),
            ("contoh/late", "WBK", "terlambat", "2024-12-06", -725, "UKI-Es.I", None),
            ("contoh/later", "WBBM", "terlambat", "2026-11-30", -1, "TPI", None),
            ("contoh/none", None, "belum-berpredikat", None, None, None, None),
        )
    ]


def test_the_json_also_tells_stage_timing_and_follow_ups(tmp_path) -> None:
    """Worked out in the scene: 58 days early, and of two follow-ups one is past its day on 9 February 2025."""
    scene = yaml.safe_load((SCENES / "stages-of-a-life.yaml").read_text(encoding="utf-8"))
    write_scene(tmp_path, "contoh", "kppn-contoh-satu", scene)
    (unit,) = json.loads(zi("due", "--as-of", "2025-02-09", "--json", cwd=tmp_path).stdout)["unit"]
    assert dict(list(unit.items())[7:]) == {
        "tahap": "perlu-perbaikan",
        "tahap_sejak": "2024-10-15",
        "pemantauan_terakhir": "2024-10-15",
        "dipantau_lebih_awal": 58,
        "tindak_lanjut_terbuka": 2,
        "tindak_lanjut_terlambat": 1,
    }


@pytest.mark.parametrize("name", ["days-around-due", "revoked", "leap-day", "end-of-the-calendar"])
def test_a_scene_stands_through_the_command_line_too(tmp_path, name) -> None:
    """--as-of moves through a unit's life: what the files say later is not known yet."""
    scene = yaml.safe_load((SCENES / f"{name}.yaml").read_text(encoding="utf-8"))
    write_scene(tmp_path, "contoh", "kppn-contoh-satu", scene)
    for day, expected in scene["pada"].items():
        done = zi("due", "--as-of", str(day), "--json", cwd=tmp_path)
        (unit,) = json.loads(done.stdout)["unit"]
        for key in ("predikat", "status", "jatuh_tempo", "hari", "pelaksana", "dilarang_sampai"):
            value = expected.get(key)
            assert unit[key] == (value if value is None or isinstance(value, int) else str(value)), (day, key)


def test_a_long_id_is_folded_and_not_cut(tmp_path) -> None:
    """At 80 columns every id, date and body can be read whole."""
    agency, unit = "kementerian-" + "a" * 50, "kppn-" + "b" * 58
    write_scene(tmp_path, agency, unit, life("ditetapkan WBK 2024-12-01") | {"pemantau": {"WBK": "Itjen"}})
    lines = zi("due", "--as-of", "2026-12-01", cwd=tmp_path).stdout.splitlines()
    at = lines.index(f"  {agency}/{unit}")
    assert lines[at + 1] == "    1 Desember 2026  sisa 0 hari  WBK  Itjen"


@pytest.mark.parametrize("day", ["2026-13-01", "2026-02-29", "1 Desember 2026", "20261201", ""])
def test_a_day_that_is_none_is_wrong_use(registry, day) -> None:
    """Exit 2 with the form that is expected."""
    done = zi("due", "--as-of", day, cwd=registry)
    assert done.returncode == 2
    assert "2026-01-31" in done.stderr
    assert done.stdout == ""


def test_without_a_day_it_is_today_in_jakarta(registry) -> None:
    """1 December 2026, 17:00 UTC is 2 December in Jakarta (1796144400 seconds)."""
    done = zi("due", cwd=registry, SOURCE_DATE_EPOCH="1796144400")
    assert done.stdout.startswith("Pemantauan per 2 Desember 2026\n")


def test_a_registry_without_units_says_so(tmp_path) -> None:
    """Nothing due is one thing, nothing there another."""
    text, data = zi("due", cwd=tmp_path), zi("due", "--json", cwd=tmp_path)
    assert (text.returncode, data.returncode) == (0, 0)
    assert "Belum ada unit" in text.stdout
    assert json.loads(data.stdout) == {"unit": []}


def test_a_root_that_is_not_there_is_exit_3(tmp_path) -> None:
    """One sentence."""
    done = zi("due", "--root", str(tmp_path / "none"), cwd=tmp_path)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("contoh/late/predikat.yaml", "peristiwa: [\n"),
        ("contoh/late/predikat.yaml", "peristiwa:\n  - {jenis: dicabut, predikat: WBK, tanggal: 2022-13-01}\n"),
        ("contoh/late/pemantauan.yaml", "pemantauan: &a []\n"),
        ("contoh/late/predikat.yml", "peristiwa: []\n"),
        ("contoh/instansi.yaml", "nama: [\n"),
        ("contoh/late/unit.yaml", "nama:\n"),
    ],
)
def test_a_status_that_may_be_wrong_is_said_to_be(registry, path, text) -> None:
    """A file the list rests on that cannot be read whole: the list stands, stderr names the file, exit 1."""
    (registry / "units" / path).write_text(text, encoding="utf-8")
    done = zi("due", "--as-of", "2026-12-01", "--json", cwd=registry)
    assert done.returncode == 1
    assert len(json.loads(done.stdout)["unit"]) == 7
    assert f"units/{path}" in done.stderr
    assert "zi check" in done.stderr


def test_a_sheet_that_cannot_be_read_changes_nothing(registry) -> None:
    """Monitoring rests on no answer: a broken sheet is for `zi check`."""
    before = zi("due", "--as-of", "2026-12-01", cwd=registry)
    year = registry / "units/contoh/late/2025"
    year.mkdir()
    (year / "mandiri.yaml").write_text("jawaban: [\n", encoding="utf-8")
    after = zi("due", "--as-of", "2026-12-01", cwd=registry)
    assert (after.returncode, after.stdout, after.stderr) == (0, before.stdout, "")


def test_a_unit_that_is_only_a_year_is_listed(registry) -> None:
    """Nothing is left out for lack of unit.yaml; its absence is said."""
    write(registry, "contoh/zz/2025/survei.yaml", {"survei": []})
    done = zi("due", "--as-of", "2026-12-01", "--json", cwd=registry)
    assert json.loads(done.stdout)["unit"][-1]["id"] == "contoh/zz"
    assert done.returncode == 1
    assert "units/contoh/zz/unit.yaml" in done.stderr


def test_a_revision_is_read_from_git(tmp_path) -> None:
    """--rev lists what that revision says, whatever lies in the work tree; 1767225600 is 1 January 2026."""

    def git(*arguments):
        date = "2026-01-01T00:00:00+0700"
        author = {
            f"GIT_{who}_{what}": "kantor@contoh.example"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("EMAIL", "NAME")
        }
        dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        subprocess.run(
            ["git", *arguments], cwd=tmp_path, check=True, capture_output=True, env={**os.environ, **author, **dates}
        )

    git("init", "-q", "-b", "main")
    for scene in ({}, life("ditetapkan WBK 2024-12-01")):
        write_scene(tmp_path, "contoh", "a", scene)
        git("add", "units")
        git("commit", "-q", "--allow-empty", "-m", "Catat")
    write_scene(tmp_path, "contoh", "a", life("ditetapkan WBK 2024-12-01", "dicabut WBK 2025-01-01"))
    found = [
        json.loads(zi("due", "--json", *rev, cwd=tmp_path, SOURCE_DATE_EPOCH="1767225600").stdout)["unit"][0]["status"]
        for rev in (("--rev", "HEAD~1"), ("--rev", "HEAD"), ())
    ]
    assert found == ["belum-berpredikat", "terjadwal", "dicabut"]
    assert zi("due", "--rev", "none", cwd=tmp_path).returncode == 3
