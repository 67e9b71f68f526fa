"""`zi demo`: the same arguments make the same repository anywhere, and nothing of anybody's is overwritten."""

import os
import subprocess
import sys

import pytest

from generator.reading import git


def zi_demo(*arguments, **environment):
    """Run the command as a person does, in an environment of their own."""
    return subprocess.run(
        [sys.executable, "-m", "generator", "demo", *map(str, arguments)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def head(root):
    """Id of the commit checked out."""
    return git.run(root, "rev-parse", "HEAD").decode().strip()


def test_the_same_arguments_make_the_same_commits(tmp_path):
    """Neither clock, zone, locale, home, Git configuration, hooks, Git variables nor hash seed has a say."""
    home = tmp_path / "home"
    hooks = home / "template" / "hooks"
    hooks.mkdir(parents=True)
    for name in ("post-checkout", "pre-commit", "reference-transaction"):
        (hooks / name).write_text("#!/bin/sh\nexit 1\n")
        (hooks / name).chmod(0o755)
    (home / ".gitattributes").write_text("* text eol=crlf\n")
    (home / ".gitconfig").write_text(
        f"[init]\ndefaultBranch = trunk\ntemplateDir = {home}/template\n[core]\nautocrlf = true\nhooksPath = {hooks}\n"
        f"attributesFile = {home}/.gitattributes\n[commit]\ngpgSign = true\n[user]\nname = Orang Lain\n"
        "[extensions]\nobjectFormat = sha256\n"
    )
    there = {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
        "GIT_DIR": str(tmp_path / "elsewhere"),
        "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z",
        "GIT_DEFAULT_HASH": "sha256",
        "TZ": "America/St_Johns",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "SOURCE_DATE_EPOCH": "1",
    }
    size = ("--units", 3, "--years", 1)
    here = zi_demo(tmp_path / "a", *size, TZ="Asia/Jakarta", PYTHONHASHSEED="1")
    other = zi_demo(tmp_path / "b", *size, **there)
    assert (here.returncode, other.returncode) == (0, 0), here.stderr + other.stderr
    assert head(tmp_path / "a") == head(tmp_path / "b")
    assert git.run(tmp_path / "b", "symbolic-ref", "HEAD") == b"refs/heads/main\n"
    sheet = "units/keuangan/kppn-contoh-satu/2026/mandiri.yaml"
    assert (tmp_path / "a" / sheet).read_bytes() == (tmp_path / "b" / sheet).read_bytes()
    assert list((tmp_path / "b" / ".git").glob("hooks/*")) == []


def test_another_seed_makes_another_registry(tmp_path):
    """The seed changes what is answered, and so every commit."""
    size = ("--units", 1, "--years", 1)
    for seed in (1, 2):
        zi_demo(tmp_path / str(seed), *size, "--seed", seed)
    assert head(tmp_path / "1") != head(tmp_path / "2")


def test_the_smallest_registry_is_whole(tmp_path):
    """One unit and one year pass the check, with nothing to say about them."""
    made = zi_demo(tmp_path / "kecil", "--units", 1, "--years", 1)
    assert made.returncode == 0
    assert head(tmp_path / "kecil") in made.stdout
    assert sorted(path.name for path in (tmp_path / "kecil").iterdir()) == [".git", "README.md", "units"]
    checked = subprocess.run(
        [sys.executable, "-m", "generator", "check", "--strict", "--root", str(tmp_path / "kecil")], check=False
    )
    assert checked.returncode == 0


@pytest.mark.parametrize("kind", ["folder", "file", "hidden"])
def test_what_is_there_stays(tmp_path, kind):
    """A folder with anything in it, or a file, is refused in one sentence, and left as it is."""
    target = tmp_path / "ada"
    inside = {"folder": target / "data.txt", "file": target, "hidden": target / ".git"}[kind]
    inside.parent.mkdir(exist_ok=True)
    inside.write_text("milik orang")
    made = zi_demo(target, "--units", 1, "--years", 1)
    assert made.returncode == 2
    assert made.stderr.startswith("zi: ")
    assert inside.read_text() == "milik orang"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [inside]


def test_an_empty_folder_is_fine(tmp_path):
    """A folder made beforehand is used."""
    assert zi_demo(tmp_path, "--units", 1, "--years", 1).returncode == 0


def test_a_place_that_cannot_be_written(tmp_path):
    """One sentence and exit code 4."""
    (tmp_path / "berkas").write_text("bukan folder")
    made = zi_demo(tmp_path / "berkas" / "baru")
    assert made.returncode == 4
    assert made.stderr.startswith("zi: ")
    assert made.stderr.count("\n") == 1


@pytest.mark.parametrize("option", [("--units", 0), ("--years", 0), ("--years", "empat")])
def test_sizes_that_are_none(tmp_path, option):
    """Wrong use ends with 2 and writes nothing."""
    assert zi_demo(tmp_path / "baru", *option).returncode == 2
    assert not (tmp_path / "baru").exists()
