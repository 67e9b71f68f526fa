"""`zi check` as a command: exit codes, forms of output, revisions, odd places, hostile files. Each run is a process."""

import fcntl
import json
import os
import pty
import resource
import shutil
import subprocess
import sys
import termios
import threading
from pathlib import Path

import pytest

from generator.reading.paths import visible

CASES = Path(__file__).parents[1] / "cases"
HOSTILE = sorted((CASES / "hostile").glob("*.yaml"))
MANDIRI = "units/contoh/kppn-satu/2025/mandiri.yaml"
SECONDS = 5
MEBIBYTES = 512

# 30 June 2026, 12:00 in Jakarta
NOON = {"SOURCE_DATE_EPOCH": "1782795600"}


def zi(*args, cwd=None, env=None, **options):
    """Run `zi check`; return the finished process with its output as text."""
    return subprocess.run(
        [sys.executable, "-m", "generator", "check", *map(str, args)],
        cwd=cwd,
        env=os.environ | NOON | (env or {}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **options,
    )


@pytest.fixture
def root(tmp_path):
    """A sound registry that may be changed."""
    shutil.copytree(CASES / "valid/lengkap", tmp_path / "registri")
    return tmp_path / "registri"


def spoil(root, old="jawab: Ya", new="jawab: ya", path=MANDIRI):
    """Replace the one occurrence of a text in a file of the registry."""
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def git(root, *args):
    """Run git with a fixed author and day."""
    who = {f"GIT_{role}_{part}": text for role in ("AUTHOR", "COMMITTER") for part, text in WHO.items()}
    subprocess.run(["git", *args], cwd=root, env=os.environ | who, check=True, capture_output=True)


WHO = {"NAME": "Operator Contoh", "EMAIL": "operator@contoh.example", "DATE": "2026-01-05T08:00:00+07:00"}


def commit(root):
    """Commit everything under units/ in a repository at the root."""
    if not (root / ".git").exists():
        git(root, "init", "-q", "-b", "main")
    git(root, "add", "units")
    git(root, "commit", "-qm", "Isi registri")


def test_a_sound_registry_ends_with_0_and_counts(root):
    """Nothing wrong: exit 0, and one calm line that says how much was looked at."""
    done = zi("--root", root)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Tidak ada temuan. 1 unit, 8 berkas diperiksa.\n"


def test_an_error_ends_with_1_and_is_told_with_its_remedy(root):
    """An error: exit 1, its place, level, code and sentence on one line, the remedy below, the count last."""
    spoil(root)
    done = zi("--root", root)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        f'{MANDIRI}:5:5: kesalahan jawaban-di-luar-skala: Jawaban "ya" tidak ada pada skala pertanyaan A.I.1.i.a'
        " (Ya, Tidak).\n"
        "    Tulis Ya, persis begitu: huruf besar dan kecil dibedakan.\n"
        "\n"
        "1 kesalahan. 1 unit, 8 berkas diperiksa.\n"
    )


def test_warnings_and_notes_end_with_0_unless_strict(root):
    """A warning lets a registry pass; with --strict it does not. A note never stops anybody."""
    spoil(root, "perubahan-dibuat: 7", "perubahan-dibuat: 8")
    assert zi("--root", root).returncode == 0
    assert zi("--root", root, "--strict").returncode == 1
    spoil(root, "perubahan-dibuat: 8", "perubahan-dibuat: 7")
    spoil(root, "    jawab: B\n", f"    jawab: B\n    bukti:\n      - sha256: {'1' * 64}\n")
    done = zi("--root", root, "--strict")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "2 catatan. 1 unit, 8 berkas diperiksa.")


@pytest.mark.parametrize("args", [("--format", "xml"), ("--tidak-ada",), ("--root",)])
def test_wrong_use_ends_with_2(root, args):
    """An unknown option or value is wrong use, said on stderr."""
    done = zi(*args, cwd=root)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/etc/passwd", "di luar units/"),
        ("../registri-lain/units/a", "di luar units/"),
        ("README.md", "di luar units/"),
        ("units/../README.md", "di luar units/"),
        ("units/contoh/tidak-ada", "tidak ada"),
        (f"{MANDIRI}/x", "tidak ada"),
        ("units/\x1b[31m", "tidak ada"),
    ],
)
def test_a_path_that_cannot_be_checked_ends_with_2(root, path, says):
    """A path outside units/ or of nothing is wrong use, told in one line."""
    done = zi(path, cwd=root)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stderr.rstrip("\n").isprintable()


@pytest.mark.parametrize("rev", ["tidak-ada", "--help", "-h", "", "HEAD^{blob}"])
def test_a_revision_that_is_none_ends_with_3(root, rev):
    """An unknown revision, and text that is none, is an unusable repository."""
    commit(root)
    done = zi(f"--rev={rev}", "--root", root)
    assert (done.returncode, done.stdout) == (3, "")
    assert "Revisi" in done.stderr


def test_no_repository_ends_with_3_only_with_a_revision(root):
    """A plain folder can be checked; a revision of it cannot."""
    assert zi("--root", root).returncode == 0
    assert zi("--root", root, "--rev", "HEAD").returncode == 3
    assert zi("--root", root / "tidak-ada").returncode == 3


def test_a_revision_is_checked_instead_of_the_work_tree(root):
    """What is committed and what lies in the folder are told apart, both ways round."""
    spoil(root)
    commit(root)
    spoil(root, "jawab: ya", "jawab: Ya")
    assert zi("--root", root).returncode == 0
    assert zi("--root", root, "--rev", "HEAD").returncode == 1
    assert zi("--root", root, "--rev", "HEAD", MANDIRI).returncode == 1
    commit(root)
    spoil(root)
    assert zi("--root", root).returncode == 1
    assert zi("--root", root, "--rev", "main").returncode == 0
    assert zi("--root", root, "--rev", "HEAD~1").returncode == 1


def test_a_revision_knows_paths_the_work_tree_lost(root):
    """With --rev a path is looked for in the revision."""
    commit(root)
    shutil.rmtree(root / "units")
    done = zi("--root", root, "--rev", "HEAD", "units/contoh/kppn-satu/2025")
    assert (done.returncode, done.stdout) == (0, "Tidak ada temuan. 1 unit, 4 berkas diperiksa.\n")
    assert zi("--root", root, "--rev", "HEAD", "units/contoh/kppn-satu/2024").returncode == 2


def test_json_is_one_document(root):
    """JSON has every field of every finding and the counts, on an empty list as well."""
    spoil(root)
    done = zi("--root", root, "--format", "json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert set(report) == {"findings", "errors", "warnings", "notes"}
    assert (report["errors"], report["warnings"], report["notes"]) == (1, 0, 0)
    (finding,) = report["findings"]
    assert {name: finding[name] for name in ("code", "level", "path", "line", "column", "pointer")} == {
        "code": "jawaban-di-luar-skala",
        "level": "error",
        "path": MANDIRI,
        "line": 5,
        "column": 5,
        "pointer": "/jawaban/A.I.1.i.a/jawab",
    }
    assert set(finding) == {"code", "level", "path", "line", "column", "pointer", "message", "hint"}
    spoil(root, "jawab: ya", "jawab: Ya")
    assert json.loads(zi("--root", root, "--format", "json").stdout)["findings"] == []


def test_github_gets_an_annotation_per_finding(root):
    """A workflow command names file, line and column; %, line breaks, and in properties : and , are escaped."""
    spoil(root, "perubahan-dibuat: 7", "perubahan-dibuat: 8")
    spoil(root)
    error, warning, count = zi("--root", root, "--format", "github").stdout.splitlines()
    assert error.startswith(f"::error file={MANDIRI},line=5,col=5,title=jawaban-di-luar-skala::Jawaban ")
    assert error.endswith("%0ATulis Ya, persis begitu: huruf besar dan kecil dibedakan.")
    assert warning.startswith(f"::warning file={MANDIRI},line=")
    assert "paling banyak 100 %25." in warning
    assert count == "1 kesalahan, 1 peringatan. 1 unit, 8 berkas diperiksa."


def test_github_escapes_a_hostile_file_name(root):
    """A name with commas, colons, line breaks and commands stays one property of one annotation."""
    hostile = "a,line=1::error file=b::x%0A\n::stop-commands::x ##[add-mask]y"
    (root / "units" / hostile).write_text("x", encoding="utf-8")
    first, *rest = zi("--root", root, "--format", "github").stdout.splitlines()
    name = first.removeprefix("::error file=").split(",")[0]
    assert name == (
        "units/a%2Cline=1%3A%3Aerror file=b%3A%3Ax%250A\\u000a%3A%3Astop-commands%3A%3Ax #\\u0023[add-mask]y"
    )
    assert not any(line.lstrip().startswith("::") for line in rest)
    assert "##[" not in first


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_hostile_text_reaches_no_terminal(root, form):
    """Escape sequences, bidi marks and separators in names and keys are shown escaped in every form."""
    (root / "units/\x1b]0;judul\x07\u202e").write_text("x", encoding="utf-8")
    spoil(root, "  A.I.1.i.b:", "  Kode\u00a0\u3000:")
    output = zi("--root", root, "--format", form).stdout
    assert "u202e" in output
    assert all(line.isprintable() for line in output.splitlines())


def test_output_is_utf_8_whatever_the_locale(root):
    """A system without a UTF-8 locale still gets the sentences whole."""
    spoil(root, "    jawab: B\n", "    jawab: Ç\n")
    assert '"Ç"' in zi("--root", root, env={"LC_ALL": "C", "PYTHONUTF8": "0"}).stdout


def test_colours_are_for_terminals_that_want_them(root):
    """A pipe gets none; a terminal does, unless NO_COLOR is set or it is dumb."""
    spoil(root)
    assert "\x1b" not in zi("--root", root).stdout
    assert "\x1b[31mkesalahan\x1b[0m" in on_terminal(root, {"TERM": "xterm"})
    assert "\x1b" not in on_terminal(root, {"TERM": "xterm", "NO_COLOR": "1"})
    assert "\x1b" not in on_terminal(root, {"TERM": "dumb"})


def on_terminal(root, env):
    """Return what `zi check` writes to a terminal."""
    main, end = pty.openpty()
    fcntl.ioctl(end, termios.TIOCSWINSZ, b"\x18\x00\xff\x00\x00\x00\x00\x00")
    parts = []
    reader = threading.Thread(target=lambda: parts.extend(iter(lambda: chunk(main), b"")))
    reader.start()
    subprocess.run(
        [sys.executable, "-m", "generator", "check", "--root", root],
        stdout=end,
        stderr=end,
        env={name: text for name, text in os.environ.items() if name != "NO_COLOR"} | NOON | env,
        check=False,
    )
    os.close(end)
    reader.join()
    os.close(main)
    return b"".join(parts).decode("utf-8")


def chunk(handle):
    """Return what can be read from a terminal, nothing once its other end is closed."""
    try:
        return os.read(handle, 65536)
    except OSError:
        return b""


def test_paths_are_taken_from_the_working_directory_or_the_root(root, tmp_path):
    """The same file can be named from where one stands, from the root, absolutely, and through a link to the root."""
    spoil(root)
    (tmp_path / "pintasan").symlink_to(root)
    for cwd, path, top in (
        (root, MANDIRI, "."),
        (tmp_path, MANDIRI, "registri"),
        (tmp_path, f"registri/{MANDIRI}", "registri"),
        (root / "units/contoh/kppn-satu", "2025/mandiri.yaml", root),
        (root / "units/contoh/kppn-satu", "2025", "../../.."),
        (tmp_path, root / MANDIRI, "pintasan"),
        (tmp_path, f"pintasan/{MANDIRI}", "registri"),
    ):
        done = zi(path, "--root", top, cwd=cwd)
        assert (done.returncode, done.stdout.count("kesalahan jawaban")) == (1, 1), (path, top, done.stderr)


def test_only_what_was_asked_for_is_counted_and_shown(root):
    """Asked for one file: its findings and its count; asked for the registry's folder: all."""
    spoil(root)
    done = zi("units/contoh/kppn-satu/unit.yaml", MANDIRI.replace("mandiri", "tpi"), cwd=root)
    assert (done.returncode, done.stdout) == (0, "Tidak ada temuan. 1 unit, 2 berkas diperiksa.\n")
    for everything in (".", "units", "units/"):
        assert zi(everything, cwd=root).stdout.endswith("1 unit, 8 berkas diperiksa.\n")


def test_a_file_that_must_not_be_there_can_be_asked_for(root):
    """A link or an unknown name is found when it is asked for by its path, not called missing."""
    (root / "units/contoh/kppn-satu/2025/tpn.yaml").symlink_to("tpi.yaml")
    (root / "units/contoh/kppn-satu/catatan.txt").write_text("x")
    for name, code in (("2025/tpn.yaml", "mode-berkas"), ("catatan.txt", "berkas-tidak-dikenal")):
        done = zi(f"units/contoh/kppn-satu/{name}", cwd=root)
        assert (done.returncode, done.stdout.count(code)) == (1, 1)


@pytest.mark.parametrize("folder", ["units/contoh/Kppn-Dua", "units/contoh/kppn-satu/25", "units/contoh/kppn\u200b"])
def test_a_file_in_a_folder_that_must_not_be_there_is_not_called_sound(root, folder):
    """Whoever asks for such a file is told of the folder it cannot be read in, here and in a revision."""
    (root / folder).mkdir()
    (root / folder / "unit.yaml").write_text("nama: Unit\n", encoding="utf-8")
    commit(root)
    for args in ((), ("--rev", "HEAD")):
        for path in (folder, f"{folder}/unit.yaml"):
            done = zi(path, "--root", root, *args, cwd=root)
            assert (done.returncode, done.stderr) == (1, "")
            assert done.stdout.startswith(f"{visible(folder)}: kesalahan folder-bukan-id: ")
        assert zi(MANDIRI, "--root", root, *args, cwd=root).returncode == 0


@pytest.mark.parametrize("made", [(), ("units",), ("units/contoh",)])
def test_a_registry_without_units_is_an_error(tmp_path, made):
    """An empty folder, one with an empty units/, one with an empty agency: a silent zero would be a lie."""
    for folder in made:
        (tmp_path / folder).mkdir(parents=True)
    done = zi("--root", tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith("units: kesalahan registri-kosong: ")
    assert done.stdout.endswith("1 kesalahan. 0 unit, 0 berkas diperiksa.\n")


def test_a_folder_that_is_no_registry_is_left_as_it_was(root):
    """Run one folder too deep, it says so and leaves nothing there that the registry would stumble over."""
    inside = root / "units/contoh/kppn-satu"
    done = zi(cwd=inside)
    assert (done.returncode, done.stdout.count("registri-kosong")) == (1, 1)
    assert "--root" in done.stdout
    assert zi(cwd=root).returncode == 0


def test_a_file_named_from_a_folder_inside_needs_the_root(root):
    """The file is in units/, only not of the root meant: the way out is --root."""
    inside = root / "units/contoh/kppn-satu/2025"
    done = zi("mandiri.yaml", cwd=inside)
    assert done.returncode == 2
    assert "--root" in done.stderr
    assert zi("mandiri.yaml", "--root", root, cwd=inside).returncode == 0


def test_a_root_with_spaces_and_letters(root, tmp_path):
    """Folders are named as people name them."""
    odd = tmp_path / "Registri ZI – contoh (baru)"
    root.rename(odd)
    assert zi("--root", odd).returncode == 0
    assert zi(odd / MANDIRI, "--root", odd).returncode == 0


# As root one reads everything, so there the check becomes nobody; what it loads must be loaded before.
AS_NOBODY = """
import contextlib, io, os, sys
from generator.cli.check import command
def check(root):
    try:
        command.main(["--root", root], standalone_mode=False)
    except SystemExit as end:
        return end.code
with contextlib.redirect_stdout(io.StringIO()):
    check(sys.argv[1])
if os.geteuid() == 0:
    os.setuid(65534)
sys.exit(check(sys.argv[2]))
"""


@pytest.fixture
def open_way(root):
    """Let everybody pass the folders above the registry while the test runs."""
    above = [folder for folder in root.parents if folder.stat().st_uid == os.geteuid() and folder != Path("/")]
    modes = [(folder, folder.stat().st_mode) for folder in above]
    for folder, mode in modes:
        folder.chmod(mode | 0o011)
    yield root
    for folder, mode in modes:
        folder.chmod(mode)


@pytest.mark.parametrize("closed", [MANDIRI, "units/contoh/kppn-satu/2025"])
def test_what_cannot_be_read_is_a_finding(open_way, tmp_path, closed):
    """A file or folder without permission is named with its reason; the rest is checked, without a cache."""
    root = open_way
    shutil.copytree(root, tmp_path / "pemanasan")
    (root / closed).chmod(0)
    root.chmod(0o555)
    try:
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, tmp_path / "pemanasan", root],
            env=os.environ | NOON | {"PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    finally:
        root.chmod(0o755)
        (root / closed).chmod(0o755)
    assert (done.returncode, done.stderr) == (1, "")
    assert f"{closed}: kesalahan berkas-tidak-terbaca: " in done.stdout
    assert not (root / ".zi-cache").exists()


NO_NETWORK = """
import socket, sys
def refuse(*args, **options):
    raise AssertionError("a connection was asked for")
for name in ("socket", "create_connection", "getaddrinfo"):
    setattr(socket, name, refuse)
sys.argv = ["zi", *sys.argv[1:]]
from generator.cli import main
main()
"""


def test_nothing_opens_a_connection(root):
    """With sockets that fail, a check of good and bad files (with addresses in them) is what it always is."""
    spoil(root, "tautan: https://contoh.example/sk.pdf", "tautan: http://127.0.0.1:9/sk.pdf")
    (root / TPN).write_text("$ref: http://127.0.0.1:9/schema.json\n", encoding="utf-8")
    plain = zi("--root", root)
    done = subprocess.run(
        [sys.executable, "-c", NO_NETWORK, "check", "--root", root],
        env=os.environ | NOON,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, plain.stdout, "")


TPN = MANDIRI.replace("mandiri", "tpn")


def frugal():
    """Allow the process little more memory than the bound: address space is what a system can limit."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEBIBYTES * 2**20, MEBIBYTES * 2**20))


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.stem)
def test_a_hostile_file_ends_in_findings(root, case):
    """Every hostile file: a clear finding or none, no traceback, in under five seconds and 512 MB."""
    kind = case.stem.rpartition(".")[2]
    place = next((path for path in (root / "units").rglob("*.yaml") if path.stem == kind), root / TPN)
    place.write_bytes(case.read_bytes())
    done = zi("--root", root, "--format", "json", timeout=SECONDS, preexec_fn=frugal)
    assert (done.returncode in {0, 1}, done.stderr) == (True, "")
    for finding in json.loads(done.stdout)["findings"]:
        assert finding["message"].isprintable()
        assert finding["hint"]


@pytest.mark.parametrize("key", ["A.I.1.i.x{}", "kode-{}", "{}"])
def test_a_file_full_of_faults_costs_no_more_than_its_size(root, key):
    """As many unknown questions as a file may hold are told in time."""
    lines = "".join(f"  {key.format(number)}: {{jawab: ya, bukti: [{{tautan: x}}]}}\n" for number in range(2500))
    (root / MANDIRI).write_text(f"instrumen: permenpanrb-90-2021\ntahun: 2025\njawaban:\n{lines}", encoding="utf-8")
    done = zi("--root", root, timeout=SECONDS, preexec_fn=frugal)
    assert (done.returncode, done.stderr) == (1, "")


def test_the_check_writes_nothing_but_its_cache(root):
    """After a check only .zi-cache is new, and Git does not see it."""
    commit(root)
    before = files(root)
    zi("--root", root)
    zi("--root", root, MANDIRI)
    assert {path.relative_to(root).parts[0] for path in files(root) - before} == {".zi-cache"}
    status = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, text=True, check=True)
    assert status.stdout == ""


def files(root):
    """Return every path under the root but Git's own."""
    return {path for path in root.rglob("*") if ".git" not in path.parts}
