"""`zi stamp` as a reviewer uses it: judge, stamp, see what changed since, judge that anew."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CASES = Path(__file__).parents[1] / "cases"
FOLDER = "units/contoh/kppn-satu/2025"
MANDIRI, TPI, TPN = (f"{FOLDER}/{tier}.yaml" for tier in ("mandiri", "tpi", "tpn"))
# 30 June 2026, 12:00 in Jakarta
NOON = {"SOURCE_DATE_EPOCH": "1782795600"}
STAMP = re.compile(rb"^ *menilai: sha256:[0-9a-f]{64}\r?\n", re.MULTILINE)  # fmt: skip


def zi(root, *args, cwd=None):
    """Run the command line in the registry's folder (or with --root from another)."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, args), *(["--root", str(root)] if cwd else [])],
        cwd=cwd or root,
        env=os.environ | NOON,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def found(root):
    """Return code, line and pointer of what the check finds in the year's folder."""
    findings = json.loads(zi(root, "check", FOLDER, "--format", "json").stdout)["findings"]
    return [(one["code"], one["path"].rpartition("/")[2], one["pointer"]) for one in findings]


@pytest.fixture
def root(tmp_path):
    """A sound registry with a sheet of TPI that judges two questions, not stamped yet."""
    return shutil.copytree(CASES / "valid/lengkap", tmp_path / "registri")


def edit(root, path, old, new):
    """Replace the one occurrence of a text in a file."""
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def test_a_stamped_sheet_passes_and_a_later_change_is_named(root):
    """Stamp; the check is silent; spaces change nothing; an answer that changes is named; judged anew, all is well."""
    done = zi(root, "stamp", TPI)
    assert (done.returncode, done.stderr) == (0, "")
    assert "distempel: 2 pertanyaan (A.I.1.i.a, A.I.1.i.b) dan seluruh lembar." in done.stdout
    assert found(root) == []
    edit(root, MANDIRI, "    jawab: B\n", "    jawab:    'B'   # dua seksi\n\n")
    assert found(root) == []
    edit(root, MANDIRI, "'B'", "'A'")
    edit(root, MANDIRI, "judul: SK Tim Kerja ZI 2025", "judul: SK Tim Kerja ZI 2025 (perubahan)")
    changed = [("berubah-setelah-dinilai", "tpi.yaml", f"/jawaban/A.I.1.i.{letter}") for letter in "ab"]
    assert found(root) == changed
    one = zi(root, "stamp", TPI, "--kode", "A.I.1.i.a")
    assert one.returncode == 0
    assert "Seluruh lembar distempel sesudah 1 pertanyaan lain dinilai ulang: A.I.1.i.b." in one.stdout
    assert found(root) == changed[1:]
    assert zi(root, "stamp", TPI, "--kode", "A.I.1.i.b").returncode == 0
    assert found(root) == []
    assert zi(root, "stamp", "--check", TPI).returncode == 0


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_nothing_but_stamps_is_written_and_only_once(root, ends):
    """Without its stamps the file is the one of before; a second run writes nothing; permissions stay."""
    before = b"# Dinilai Tim A\n" + (root / TPI).read_bytes().replace(b"jawab: C", b'"jawab":   "C" # ragu')
    before = before.replace(b"\n", ends)
    (root / TPI).write_bytes(before)
    (root / TPI).chmod(0o640)
    assert zi(root, "stamp", TPI).returncode == 0
    after = (root / TPI).read_bytes()
    assert len(STAMP.findall(after)) == 3
    assert STAMP.sub(b"", after) == before
    again = zi(root, "stamp", TPI)
    assert (again.returncode, again.stdout) == (0, f"{TPI}: sudah distempel.\n")
    assert (root / TPI).read_bytes() == after
    assert (root / TPI).stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in (root / FOLDER).iterdir()) == [
        "clearance.yaml",
        "mandiri.yaml",
        "survei.yaml",
        "tpi.yaml",
    ]


def test_a_unit_and_a_year_name_every_assessors_sheet(root, tmp_path):
    """Both tiers from anywhere, or the one asked for; the unit's folder names it too."""
    shutil.copy(root / TPI, root / TPN)
    done = zi(root, "stamp", "contoh/kppn-satu", "2025", "--tier", "tpn", cwd=tmp_path)
    assert done.stdout.startswith(f"{TPN}: distempel")
    done = zi(root, "stamp", "units/contoh/kppn-satu/", "2025", cwd=tmp_path)
    assert [line.partition(": ")[0] for line in done.stdout.splitlines()] == [TPI, TPN]
    assert (root / TPI).read_bytes() == (root / TPN).read_bytes()


def test_checking_writes_nothing(root):
    """`--check` tells what is missing and ends with 1."""
    before = (root / TPI).read_bytes()
    done = zi(root, "stamp", "--check", TPI)
    assert (done.returncode, done.stdout.count("perlu distempel: 2 pertanyaan")) == (1, 1)
    assert (root / TPI).read_bytes() == before


def test_a_judgement_without_an_answer_is_not_stamped(root):
    """The others are; the sheet as a whole is not, and the command says what to do and ends with 1."""
    edit(root, MANDIRI, "  A.I.1.i.b:\n    jawab: B\n", "")
    done = zi(root, "stamp", TPI)
    assert done.returncode == 1
    assert "distempel: 1 pertanyaan (A.I.1.i.a).\n" in done.stdout
    assert "Tidak ada jawaban unit di mandiri.yaml untuk A.I.1.i.b" in done.stdout
    assert (root / TPI).read_text(encoding="utf-8").count("menilai") == 1


def test_a_sheet_that_judges_nothing_yet_is_left_alone(root):
    """An assessor's file fresh from `zi new` promises nothing."""
    (root / TPI).write_text("instrumen: permenpanrb-90-2021\ntahun: 2025\njawaban: {}\n", encoding="utf-8")
    done = zi(root, "stamp", TPI)
    assert (done.returncode, done.stdout) == (0, f"{TPI}: belum ada pertanyaan yang dinilai.\n")


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        (TPI, "jawaban:\n", "jawaban: [\n", "yaml-salah-tulis"),
        (TPI, "    jawab: C", "    jawap: C", "skema"),
        (MANDIRI, "    jawab: B", "    jawap: B", "skema"),
    ],
)
def test_faulty_files_are_not_stamped(root, path, old, new, code):
    """What is wrong is said as `zi check` says it; nothing is written."""
    edit(root, path, old, new)
    before = (root / TPI).read_bytes()
    done = zi(root, "stamp", TPI)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"kesalahan {code}: " in done.stderr
    assert path in done.stderr
    assert (root / TPI).read_bytes() == before


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "belum diisi"),
        ([MANDIRI], "bukan tpi.yaml atau tpn.yaml"),
        ([TPN], "tidak ada di registri ini"),
        (["/etc/passwd"], "di luar units/"),
        (["contoh/kppn-satu", "2024"], "periksa unit dan tahunnya"),
        (["../../x", "2025"], "periksa unit dan tahunnya"),
        ([TPI, "--tier", "tpi"], "--tier hanya untuk UNIT TAHUN"),
        ([TPI, "--kode", "A.I.1.i.a", "--kode", "A.9"], 'Pertanyaan "A.9" tidak dinilai'),
    ],
)
def test_wrong_use_is_said_in_words(root, args, said):
    """Exit code 2, one sentence, nothing written."""
    before = (root / TPI).read_bytes()
    done = zi(root, "stamp", *args)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert (root / TPI).read_bytes() == before


def test_a_symbolic_link_is_not_followed(root, tmp_path):
    """A file elsewhere is never written through the registry."""
    shutil.move(root / TPI, tmp_path / "tpi.yaml")
    before = (tmp_path / "tpi.yaml").read_bytes()
    (root / TPI).symlink_to(tmp_path / "tpi.yaml")
    assert zi(root, "stamp", TPI).returncode == 1
    assert (tmp_path / "tpi.yaml").read_bytes() == before
