"""What every test shares: a command line that behaves the same on every machine, and registries under Git."""

import os
import subprocess
from pathlib import Path

import pytest

from generator.canonical import dump
from generator.reading.paths import locate


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


class Repository:
    """A Git repository in a folder of the test; every commit is a day after the one before it, from 2025-01-01."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._day = 0
        self.git("init", "-q", "-b", "main", ".")

    def git(self, *args, date="2025-01-01T03:00:00Z"):
        """Run git as the same person on every machine and return what it prints."""
        who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in self.who(date).items()}
        return subprocess.run(
            ["git", *args], cwd=self.root, env={**os.environ, **who}, capture_output=True, text=True, check=True
        ).stdout

    @staticmethod
    def who(date):
        """The operator, at a moment."""
        return {"NAME": "Operator Contoh", "EMAIL": "operator@contoh.example", "DATE": date}

    def commit(self, files, message="Isi"):
        """Write files (data in canonical form, text as it is, None: remove) and commit; return the commit's id."""
        for path, content in files.items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                file.unlink()
            elif isinstance(content, str):
                file.write_bytes(content.encode())
            else:
                file.write_bytes(dump(locate(path).kind, content))
        return self.save(message)

    def save(self, message="Isi"):
        """Commit whatever lies in the folder."""
        self._day += 1
        date = f"2025-{1 + self._day // 28:02}-{1 + self._day % 28:02}T03:00:00Z"
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, date=date)
        return self.git("rev-parse", "HEAD").strip()


@pytest.fixture
def new_repository(tmp_path_factory):
    """What makes an empty repository, as often as a test needs one."""
    return lambda: Repository(tmp_path_factory.mktemp("registri"))


@pytest.fixture
def repository(new_repository):
    """An empty repository."""
    return new_repository()
