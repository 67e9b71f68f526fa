"""What the tests of reading share: a small registry, the expectations of a case file, real Git."""

import os
import re
import subprocess

import pytest

_EXPECTED = re.compile(rb"^# harap (.+?)\r?$", re.MULTILINE)
_UNIT = "units/contoh/unit-a"
_PLACES = {
    "instansi": "units/contoh/instansi.yaml",
    **{kind: f"{_UNIT}/{kind}.yaml" for kind in ("unit", "predikat", "pemantauan")},
    **{kind: f"{_UNIT}/2025/{kind}.yaml" for kind in ("mandiri", "tpi", "tpn", "survei", "clearance")},
}


@pytest.fixture
def expected_of():
    """Return what a case says must be found: the lines of its .expect file, else its `# harap` comments."""

    def expected(case):
        beside = case.with_suffix(".expect")
        if beside.exists():
            return beside.read_text(encoding="utf-8").splitlines()
        return [line.decode("utf-8") for line in _EXPECTED.findall(case.read_bytes())]

    return expected


@pytest.fixture
def registry(tmp_path):
    """A registry with one clean unit; call it with a kind and bytes to put them in place of that file."""

    class Registry:
        root = tmp_path / "registri"
        unit = _UNIT

        def write(self, path, raw=b"nama: Contoh\n"):
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_bytes(raw)
            return path

        def put(self, kind, raw):
            return self.write(_PLACES[kind], raw)

    made = Registry()
    made.put("instansi", b"nama: Instansi Contoh\n")
    made.put("unit", b"nama: Unit Contoh\n")
    return made


@pytest.fixture
def git():
    """Run git in a folder with a fixed author and date; return what it prints, as text."""
    who = {
        f"GIT_{role}_{field}": value
        for role in ("AUTHOR", "COMMITTER")
        for field, value in (
            ("NAME", "Operator"),
            ("EMAIL", "operator@contoh.go.id"),
            ("DATE", "2025-01-10T08:00+0700"),
        )
    }

    def run(folder, *args, raw=None):
        done = subprocess.run(
            ["git", "-c", "init.defaultBranch=main", *args],
            cwd=folder,
            env={**os.environ, **who},
            input=raw,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode("utf-8").strip()

    return run
