"""Git is asked for bytes only: nobody's configuration, no network, and a sentence with the remedy when it cannot."""

import re
import subprocess
from pathlib import Path

import pytest

from generator.model.failure import RepositoryUnusable
from generator.reading.blobs import open_tree
from generator.reading.git import Blobs, UnknownRevision, run

ADDRESS = "https://tidak-ada.example/registri.git"


@pytest.fixture
def origin(git, registry):
    """A repository of two commits that others clone, partially too."""
    git(registry.root, "init", "-q")
    git(registry.root, "config", "uploadpack.allowFilter", "true")
    git(registry.root, "add", "--all")
    git(registry.root, "commit", "-qm", "Kirim data")
    registry.put("unit", b"nama: Nama Baru\n")
    git(registry.root, "commit", "-qam", "Betulkan nama")
    return registry.root


def everything(root, rev):
    """Read all of a revision."""
    with open_tree(root, rev) as tree:
        return [raw for _, raw in tree.read(tree.entries)]


@pytest.mark.parametrize("rev", ["HEAD", "main", "HEAD~1", "v1", "main^{tree}"])
def test_a_revision_may_be_named_in_any_way_git_knows(rev, git, origin):
    """Branch, tag, ancestor, tree."""
    git(origin, "tag", "-m", "Versi satu", "v1")
    assert len(everything(origin, rev)) == 2


@pytest.mark.parametrize(
    "rev", ["", "-h", "--output=x", "nope", "HEAD\0", "HEAD\n", "x" * 300, "HEAD^{", "HEAD..main", "main:units/x"]
)
def test_a_revision_that_is_none_says_so(rev, origin, tmp_path, monkeypatch):
    """Nothing that stands there is taken for an option, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(RepositoryUnusable, match="tidak dikenal"):
        everything(origin, rev)
    assert sorted(tmp_path.iterdir()) == before


def loose(root, name):
    """Return the file of an object."""
    return root / ".git/objects" / name[:2] / name[2:]


@pytest.mark.parametrize("rev", ["HEAD", "main", "v1"])
@pytest.mark.parametrize("what", ["HEAD", "HEAD^{tree}"])
def test_a_name_whose_commit_is_gone_is_not_unknown(rev, what, git, origin):
    """The branch is there, so nobody is told to look at the branches, nor that nothing was ever committed."""
    git(origin, "tag", "v1")
    loose(origin, git(origin, "rev-parse", what)).unlink()
    with pytest.raises(RepositoryUnusable, match=r"Sebagian isi repositori .* tidak ada") as caught:
        everything(origin, rev)
    assert not isinstance(caught.value, UnknownRevision)


def test_an_id_that_no_object_has_is_unknown(origin):
    """Git repeats any forty digits as if it knew them."""
    with pytest.raises(UnknownRevision, match="tidak dikenal"):
        everything(origin, "1" * 40)


def test_a_folder_below_the_top_is_no_repository(origin):
    """A repository further up is another one: its units/ are not those of the folder."""
    with pytest.raises(RepositoryUnusable, match="bukan puncak repositori"):
        everything(origin / "units", "HEAD")


def test_a_folder_below_the_top_is_sent_there_and_never_told_to_become_a_repository(origin):
    """`git init` inside a registry would bury a repository in units/."""
    with pytest.raises(RepositoryUnusable) as caught:
        everything(origin / "units", "HEAD")
    assert "--root" in str(caught.value)
    assert "git init" not in str(caught.value)


def test_a_bare_repository_is_sent_to_a_clone(git, origin, tmp_path):
    """It has no folder of files, and nothing to begin in it."""
    git(tmp_path, "clone", "-q", "--bare", f"file://{origin}", "gudang.git")
    with pytest.raises(RepositoryUnusable, match="git clone") as caught:
        everything(tmp_path / "gudang.git", "HEAD")
    assert "git init" not in str(caught.value)


def test_a_plain_folder_is_no_repository(tmp_path):
    """Said before the revision is doubted."""
    with pytest.raises(RepositoryUnusable, match="bukan puncak repositori"):
        everything(tmp_path, "HEAD")


def test_without_git_the_sentence_says_what_to_install(origin, monkeypatch, tmp_path):
    """No traceback where the program is absent."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RepositoryUnusable, match="git tidak ditemukan"):
        everything(origin, "HEAD")


def test_a_shallow_clone_has_all_of_one_commit(git, origin, tmp_path):
    """Only history is cut off: reading its one commit needs no more."""
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{origin}", "dangkal")
    assert everything(tmp_path / "dangkal", "HEAD") == everything(origin, "HEAD")
    with pytest.raises(RepositoryUnusable, match="tidak dikenal"):
        everything(tmp_path / "dangkal", "HEAD~1")


@pytest.mark.parametrize("filtered", ["blob:none", "tree:0"])
def test_a_partial_clone_asks_nobody_and_says_how_to_complete_it(filtered, git, origin, tmp_path):
    """What is missing is not fetched behind the user's back; the command in the sentence mends it."""
    git(tmp_path, "clone", "-q", "--no-checkout", f"--filter={filtered}", f"file://{origin}", "sebagian")
    clone = tmp_path / "sebagian"
    before = git(clone, "count-objects", "-v")
    with pytest.raises(RepositoryUnusable) as refused:
        everything(clone, "HEAD")
    assert git(clone, "count-objects", "-v") == before
    command = re.search(r"git fetch[^.]*", str(refused.value)).group()
    subprocess.run(command.split(), cwd=clone, check=True, capture_output=True)
    assert everything(clone, "HEAD") == everything(origin, "HEAD")


def test_an_object_that_is_gone_ends_in_a_sentence(git, origin):
    """A damaged object database is not a traceback."""
    blob = git(origin, "rev-parse", "HEAD:units/contoh/unit-a/unit.yaml")
    (origin / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(RepositoryUnusable):
        everything(origin, "HEAD")
    with Blobs(origin) as blobs, pytest.raises(RepositoryUnusable, match="git fetch"):
        blobs.read(blob)


def test_only_ids_reach_the_batch(origin):
    """A path, an option or a second line is refused before git sees it."""
    for text in ("HEAD", "--help", "4f0c" * 10 + "\nHEAD", "4F0C" * 10):
        with Blobs(origin) as blobs, pytest.raises(RepositoryUnusable, match="bukan id"):
            blobs.read(text)


def test_a_tree_is_no_blob(git, origin):
    """The batch answers for blobs only."""
    with Blobs(origin) as blobs, pytest.raises(RepositoryUnusable):
        blobs.read(git(origin, "rev-parse", "HEAD^{tree}"))


def test_nobodys_configuration_takes_part(git, origin, tmp_path, monkeypatch):
    """Aliases, hooks, monitors and variables of the user, the system and the repository run nothing."""
    mark = tmp_path / "ran"
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(f'[core]\n\tfsmonitor = "touch {mark}"\n[alias]\n\tls-tree = "!touch {mark}"\n')
    git(origin, "config", "core.fsmonitor", f"touch {mark}")
    git(origin, "config", "core.pager", f"touch {mark}")
    for name, value in {
        "HOME": str(home),
        "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
        "GIT_DIR": str(tmp_path / "lain"),
        "GIT_OBJECT_DIRECTORY": str(tmp_path / "lain"),
        "GIT_EXTERNAL_DIFF": f"touch {mark}",
        "GIT_TRACE2": str(mark),
    }.items():
        monkeypatch.setenv(name, value)
    assert len(everything(origin, "HEAD")) == 2
    run(origin, "status", "--porcelain")
    assert not mark.exists()


def test_a_worktree_of_git_is_a_repository_too(git, origin, tmp_path):
    """`git worktree add` leaves a .git file, not a folder."""
    git(origin, "worktree", "add", "-q", str(tmp_path / "samping"), "HEAD")
    assert len(everything(tmp_path / "samping", "HEAD")) == 2


def test_many_blobs_through_one_process(git, registry):
    """One `cat-file` serves them all, in any order and again."""
    paths = [registry.write(f"units/contoh/u{number}/unit.yaml", f"nama: U{number}\n".encode()) for number in range(50)]
    git(registry.root, "init", "-q")
    git(registry.root, "add", "--all")
    git(registry.root, "commit", "-qm", "Kirim data")
    with open_tree(registry.root, "HEAD") as tree:
        entries = {entry.path: entry for entry in tree.entries}
        wanted = [entries[path] for path in (*paths, *reversed(paths))]
        assert [raw for _, raw in tree.read(wanted)] == [
            Path(registry.root, entry.path).read_bytes() for entry in wanted
        ]
