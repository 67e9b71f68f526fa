"""Where the system refuses: what `zi` says then, and how it ends."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.model.wording import reason
from generator.program_files import PROGRAM

FULL = Path("/dev/full")
COMMANDS = [("check", "--format", "json"), ("score", "--json"), ("due",), ("--help",)]


def zi(*args, stdout):
    """Run the program over this repository's own units."""
    root = () if args == ("--help",) else ("--root", PROGRAM)
    return subprocess.run(
        [sys.executable, "-m", "generator", *args, *root], stdout=stdout, stderr=subprocess.PIPE, text=True, check=False
    )


@pytest.mark.skipif(not FULL.exists(), reason="sistem ini tidak mempunyai /dev/full")
@pytest.mark.parametrize("args", COMMANDS)
def test_a_full_disk_is_told_in_one_sentence(args):
    """`zi score > berkas` on a full disk could not write: 4, and never the 1 of findings or a traceback."""
    with FULL.open("w") as full:
        done = zi(*args, stdout=full)
    assert done.returncode == 4
    assert done.stderr == "zi: Keluaran tidak dapat ditulis: ruang cakram habis. Periksa ruang cakram.\n"


@pytest.mark.parametrize("args", COMMANDS)
def test_a_reader_that_has_seen_enough_is_no_fault(args):
    """`zi score | head`: nothing is said about it."""
    with subprocess.Popen([sys.executable, "-c", "pass"], stdin=subprocess.PIPE) as reader:
        reader.wait()
        done = zi(*args, stdout=reader.stdin)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("args", ["check", "due", "score --json"])
def test_a_closed_output_is_no_fault(args):
    """`zi check >&-`: whoever closes the output wants none."""
    command = f'exec "{sys.executable}" -m generator {args} --root "{PROGRAM}" >&-'
    done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_the_system_says_is_said_in_indonesian(tmp_path):
    """A file that is not there, a folder, a part of the way that is a file, a name no system takes, links in a ring."""
    (tmp_path / "berkas").write_text("x", encoding="utf-8")
    (tmp_path / "putar").symlink_to("putar")
    for name, said in (
        ("tidak-ada", "berkas atau foldernya tidak ada"),
        (".", "ini folder, bukan berkas"),
        ("berkas/lagi", "sebagian jalurnya bukan folder"),
        ("x" * 300, "namanya terlalu panjang"),
        ("putar", "tautan simboliknya berputar-putar"),
    ):
        done = zi("intake", str(tmp_path / name), stdout=subprocess.DEVNULL)
        assert done.returncode == 2
        assert f"tidak dapat dibaca: {said}; periksa nama berkasnya." in done.stderr


_OF_NAMES = ["EISDIR", "ENOTDIR", "ENAMETOOLONG", "EEXIST", "ENOTEMPTY"]
COMMON = ["ENOENT", "EACCES", "EPERM", "ENOSPC", "EROFS", "ELOOP", *_OF_NAMES]


@pytest.mark.parametrize("name", COMMON)
def test_no_common_reason_is_english(name):
    """Each has words of its own."""
    number = getattr(errno, name)
    found = reason(OSError(number, os.strerror(number)))
    assert found != os.strerror(number)
    assert found not in {reason(OSError(getattr(errno, one), "")) for one in COMMON if one != name}


def test_a_rare_reason_is_told_as_the_system_tells_it():
    """Better in English than not at all; also of a fault without a number."""
    assert reason(OSError(errno.EIO, os.strerror(errno.EIO))) == os.strerror(errno.EIO)
    assert reason(OSError("disk lepas")) == "disk lepas"


def test_the_system_s_words_are_shown_at_one_place():
    """Who shows them elsewhere shows English."""
    shown = {path.name for path in (PROGRAM / "generator").rglob("*.py") if "strerror" in path.read_text("utf-8")}
    assert shown == {"wording.py"}
