"""What a proposal changes: from where it branched off, names and modes, by Git's objects alone."""

import pytest

from generator.model.failure import RepositoryUnusable
from generator.reading.blobs import blob_id
from generator.reading.pull_request import Changed, file_at, pull_request


def test_the_difference_is_from_where_the_branch_left(repository) -> None:
    """BASE...HEAD: what main did meanwhile is not the proposal's; a rename is two paths; modes are Git's."""
    contents = {"1": "1\n", "2": "2\n", "b": "isi yang cukup panjang untuk dikenali\n"}
    ids = {name: blob_id(text.encode()) for name, text in contents.items()}
    repository.commit({"a": contents["1"], "b": contents["b"]})
    start = repository.git("rev-parse", "HEAD").strip()
    repository.git("checkout", "-qb", "usulan")
    repository.git("mv", "b", "c")
    head = repository.commit({"a": "2\n"})
    repository.git("checkout", "-q", "main")
    base = repository.commit({"a": "3\n", "d": "4\n"})
    found = pull_request(repository.root, "main", "usulan")
    assert (found.base, found.start, found.head) == (base, start, head)
    none, one, two, long = "0" * 40, ids["1"], ids["2"], ids["b"]
    assert found.changed == (
        Changed("a", "100644", "100644", one, two),
        Changed("b", "100644", "000000", long, none),
        Changed("c", "000000", "100644", none, long),
    )


def test_a_proposal_without_change_is_empty(repository) -> None:
    """Nothing to judge is no error."""
    repository.commit({"a": "1\n"})
    assert pull_request(repository.root, "HEAD", "HEAD").changed == ()


def test_names_are_bytes_and_no_configuration_or_attribute_has_a_say(repository) -> None:
    """Names with line breaks, quotes and wrong UTF-8 come whole; "-diff", orderFile and diff.renames play no part."""
    repository.commit({"x": "1\n"})
    repository.git("checkout", "-qb", "usulan")
    for name in (b"a\nb", b'"q"', b"\xff"):
        with open(bytes(repository.root) + b"/" + name, "wb") as file:  # noqa: PTH123 - a name that is no text
            file.write(b"1\n")
    (repository.root / ".gitattributes").write_text("* -diff\n")
    repository.git("config", "diff.renames", "copies")
    repository.git("config", "diff.ignoreSubmodules", "all")
    repository.git("config", "diff.noprefix", "true")
    repository.save()
    paths = [one.path for one in pull_request(repository.root, "main", "usulan").changed]
    assert paths == ['"q"', ".gitattributes", "a\nb", "\udcff"]


def test_a_proposal_with_two_beginnings_is_refused(repository) -> None:
    """After a criss-cross of merges one difference could hide what another shows."""
    repository.commit({"a": "1\n"})
    repository.git("checkout", "-qb", "usulan")
    ours = repository.commit({"b": "1\n"})
    repository.git("checkout", "-q", "main")
    theirs = repository.commit({"c": "1\n"})
    repository.git("merge", "-q", "--no-edit", ours)
    repository.git("checkout", "-q", "usulan")
    repository.git("merge", "-q", "--no-edit", theirs)
    with pytest.raises(RepositoryUnusable, match=r"berpisah di 2 tempat; .*rebase"):
        pull_request(repository.root, "main", "usulan")


def test_unrelated_histories_are_refused(repository) -> None:
    """There is nothing to compare with."""
    repository.commit({"a": "1\n"})
    repository.git("checkout", "-q", "--orphan", "usulan")
    repository.commit({"b": "1\n"})
    with pytest.raises(RepositoryUnusable, match="tidak punya leluhur bersama"):
        pull_request(repository.root, "main", "usulan")


def test_a_shallow_clone_is_refused_with_the_remedy(repository, tmp_path) -> None:
    """What was cut off could be where the branch left."""
    repository.commit({"a": "1\n"})
    repository.commit({"a": "2\n"})
    clone = tmp_path / "klon"
    repository.git("clone", "-q", "--depth", "1", f"file://{repository.root}", str(clone))
    with pytest.raises(RepositoryUnusable, match="git fetch --unshallow"):
        pull_request(clone, "HEAD", "HEAD")


def test_a_file_of_a_commit_is_read_as_it_is_there(repository) -> None:
    """A regular file; a folder, a link, one too large or none is None."""
    (repository.root / "tautan").symlink_to("a/b")
    commit = repository.commit({"a/b": "satu\n", "besar": "x" * 300_000})
    repository.commit({"a/b": "dua\n"})
    assert file_at(repository.root, commit, "a/b") == b"satu\n"
    assert [file_at(repository.root, commit, path) for path in ("a", "tautan", "besar", "tidak", "*")] == [None] * 5
