"""What a commit would hold is read from Git's index, whichever file it is."""

import shutil
import subprocess

import pytest

from generator.model.failure import RepositoryUnusable
from generator.reading.staged import changed_paths, staged_tree


@pytest.fixture
def root(git, registry):
    """A registry with one commit."""
    git(registry.root, "init", "-q")
    git(registry.root, "add", "--all")
    git(registry.root, "commit", "-qm", "Awal")
    return registry.root


def test_nothing_staged_changes_nothing(root):
    """The index makes the tree of the commit."""
    assert changed_paths(root, staged_tree(root)) == ()


def test_folders_of_known_files_and_other_paths_come_as_they_are_said(git, registry, root):
    """What is removed counts as well; what lies outside units/ does not."""
    registry.write("README.md", b"x\n")
    registry.write(f"{registry.unit}/2025/mandiri.yaml", b"x\n")
    registry.write("units/Contoh/a\nb", b"x\n")
    (root / "units/contoh/instansi.yaml").unlink()
    git(root, "add", "--all")
    assert changed_paths(root, staged_tree(root)) == (
        "units/Contoh",
        "units/Contoh/a\nb",
        "units/Contoh/a\\u000ab",
        "units/contoh",
        f"{registry.unit}/2025",
    )


def test_many_folders_are_the_whole_registry(git, registry, root):
    """A command line has an end."""
    for number in range(201):
        registry.write(f"units/contoh/unit-{number}/unit.yaml", b"nama: Unit\n")
    git(root, "add", "--all")
    assert changed_paths(root, staged_tree(root)) == ("units",)


def test_another_file_can_be_the_index(git, registry, root):
    """As when Git commits named files only."""
    shutil.copy(root / ".git/index", root / ".git/lain")
    registry.write(f"{registry.unit}/unit.yaml", b"nama: Baru\n")
    git(root, "add", "--all")
    assert changed_paths(root, staged_tree(root, ".git/lain")) == ()
    assert changed_paths(root, staged_tree(root)) == (registry.unit,)


def test_an_index_with_a_conflict_makes_no_tree(git, registry, root):
    """Git would not commit it either."""
    git(root, "switch", "-qc", "lain")
    registry.write(f"{registry.unit}/unit.yaml", b"nama: Lain\n")
    git(root, "commit", "-qam", "Lain")
    git(root, "switch", "-q", "-")
    registry.write(f"{registry.unit}/unit.yaml", b"nama: Sini\n")
    git(root, "commit", "-qam", "Sini")
    with pytest.raises(subprocess.CalledProcessError):
        git(root, "merge", "-q", "lain")
    with pytest.raises(RepositoryUnusable):
        staged_tree(root)
