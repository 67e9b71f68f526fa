"""`zi rules preview` as a maintainer types it."""

import json
import subprocess
import sys

import pytest

from generator.exchange.inert_markdown import inert_markdown
from generator.program_files import PROGRAM, SCHEMA

CYCLE = SCHEMA / "aturan" / "pemantauan.yaml"
HOSTILE = "</table><script>alert(1)</script> @semua [x](https://contoh.example) `|` ![y](z)"
UNIT = {
    "instansi.yaml": "nama: Instansi Contoh\n",
    "satu/unit.yaml": f"nama: '{HOSTILE}'\n",
    "satu/predikat.yaml": "peristiwa:\n- {jenis: ditetapkan, predikat: WBK, tanggal: 2024-12-10}\n",
}


@pytest.fixture
def root(tmp_path):
    """A registry with one unit that holds WBK since 10 December 2024, and has a name that wants to be more."""
    for path, text in UNIT.items():
        place = tmp_path / "units/contoh" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def sooner(tmp_path):
    """Rules that ask for a monitoring every 12 months instead of 24."""
    text = CYCLE.read_text(encoding="utf-8").replace("selang_bulan:\n  nilai: 24", "selang_bulan:\n  nilai: 12")
    path = tmp_path / "baru.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def zi(*arguments):
    """Run the command on 31 October 2026."""
    return subprocess.run(
        [sys.executable, "-m", "generator", "rules", "preview", *map(str, arguments), "--as-of", "2026-10-31"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=PROGRAM,
    )


def test_a_person_reads_what_is_and_what_would_be(root, sooner) -> None:
    """By unit, and a last line that counts."""
    done = zi(sooner, "--root", root)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "Andai schema/aturan/pemantauan.yaml diganti, per 31 Oktober 2026"
    assert "  jatuh tempo: 10 Desember 2026 → 10 Desember 2025" in lines
    assert lines[-1] == "1 dari 1 unit akan berubah: 1 jatuh tempo, 1 status pemantauan."


def test_a_program_reads_the_same(root, sooner) -> None:
    """Now and then, per thing."""
    found = json.loads(zi(sooner, "--root", root, "--json").stdout)
    assert (found["berkas"], found["per"], found["diperiksa"]) == (["schema/aturan/pemantauan.yaml"], "2026-10-31", 1)
    (unit,) = found["unit"]
    assert unit["perubahan"][0] == {
        "jenis": "status pemantauan",
        "hal": "status pemantauan",
        "sekarang": "segera",
        "menjadi": "terlambat",
    }
    assert found["jumlah"] == {"jatuh tempo": 1, "status pemantauan": 1}


def test_the_comment_is_inert(root, sooner) -> None:
    """A name is a name in it: nothing that the filter of comments would have to take out."""
    text = zi(sooner, "--root", root, "--format", "markdown").stdout
    assert text.startswith("1 dari 1 unit akan berubah")
    assert inert_markdown(text) == text
    assert "<script" not in text
    assert "@semua" not in text


def test_the_rules_in_force_change_nothing(root) -> None:
    """Said in one line."""
    done = zi(CYCLE, "--root", root)
    assert done.stdout.splitlines()[-1] == "Tidak ada yang akan berubah; 1 unit diperiksa."


def test_faults_are_told_with_line_and_remedy(root, tmp_path) -> None:
    """And nothing is previewed; exit 1."""
    wrong = tmp_path / "pemantauan.yaml"
    wrong.write_text(CYCLE.read_text(encoding="utf-8").replace("nilai: 24", "nilai: dua"), encoding="utf-8")
    done = zi(wrong, "--root", root)
    assert done.returncode == 1
    number = wrong.read_text(encoding="utf-8").splitlines().index("  nilai: dua") + 1
    assert f"pemantauan.yaml:{number}:" in done.stdout
    assert "harus bilangan bulat 1 sampai 1200" in done.stdout
    assert "Bandingkan dengan berkas yang berlaku" in done.stdout


def test_a_file_that_is_not_there_is_said(root) -> None:
    """In a sentence, with the exit code of what cannot be read."""
    done = zi("tidak-ada.yaml", "--root", root)
    assert done.returncode not in {0, 1}
    assert "tidak-ada.yaml: tidak dapat dibaca" in done.stderr


def test_an_instrument_that_drops_a_question_the_rules_name_is_said(root, tmp_path) -> None:
    """kesegaran.yaml names A.I.1.i.b: both must change together."""
    text = (SCHEMA / "instrumen/permenpanrb-90-2021.yaml").read_text(encoding="utf-8")
    renamed = tmp_path / "baru.yaml"
    renamed.write_text(text.replace("kode: A.I.1.i.b\n", "kode: A.I.1.i.z\n"), encoding="utf-8")
    done = zi(renamed, "--root", root)
    assert done.returncode not in {0, 1}
    assert "schema/aturan/kesegaran.yaml" in done.stderr
    assert "A.I.1.i.b" in done.stderr
