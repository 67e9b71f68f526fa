"""What every test shares: a command line that behaves the same on every machine."""

import os

import pytest


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch, tmp_path_factory):
    """No user's Git configuration, colours or fixed clock leak into a test; each test sets what it means to."""
    for name in ("SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", *_git_variables()):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp()))


def _git_variables():
    return [name for name in os.environ if name.startswith("GIT_")]
