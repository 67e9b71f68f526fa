"""Where the output cannot go: what `zi` says then, and how it ends."""

import subprocess
import sys
from pathlib import Path

import pytest

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
    assert done.stderr == "zi: Keluaran tidak dapat ditulis: No space left on device. Periksa ruang cakram.\n"


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
