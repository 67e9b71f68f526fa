"""The help speaks Indonesian, also where click has words of its own."""

import subprocess
import sys

import pytest

from generator.cli import COMMANDS

ENGLISH = ("Usage:", "Options:", "Commands:", "[OPTIONS]", "COMMAND", "[required]", "Show this", "Show the")


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS), ("new", "unit")], ids=" ".join)
def test_no_word_of_clicks_own_is_left(words) -> None:
    """Every command's help, and that of a command below a command."""
    told = subprocess.run(
        [sys.executable, "-m", "generator", *words, "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert told.startswith("Pemakaian: zi")
    assert not [word for word in ENGLISH if word in told]
