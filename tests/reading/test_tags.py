"""Tags: annotated and lightweight, of commits and of other things, with names and messages meant to do harm."""

import subprocess
from datetime import UTC, datetime

import pytest

from generator.model.failure import RepositoryUnusable
from generator.reading.tags import tags

FORGED = "refs/tags/palsu\0commit\0" + "0" * 40


def write(repository, name, text):
    """Store a tag object as it stands, and name it."""
    written = subprocess.run(
        ["git", "hash-object", "-t", "tag", "-w", "--literally", "--stdin"],
        cwd=repository.root,
        input=text.encode("utf-8", "surrogateescape"),
        capture_output=True,
        check=True,
    )
    repository.git("update-ref", f"refs/tags/{name}", written.stdout.decode().strip())


def head(commit, name, kind="commit"):
    """The first lines of a tag object."""
    return f"object {commit}\ntype {kind}\ntag {name}\ntagger TPI <tpi@contoh.example> 1 +0000\n\n"


def test_a_repository_without_tags(repository):
    """Nothing is made up."""
    repository.save()
    assert tags(repository.root) == ()


def test_annotated_and_lightweight(repository):
    """Of a lightweight tag there is no message: the commit's is not the tag's. Dates are the commits'."""
    first = repository.save("Pesan commit")
    repository.git("tag", "ringan")
    second = repository.save()
    repository.git("tag", "-a", "2025", "-m", "Akhir tahun\n\nDiserahkan ke inspektorat.")
    year, light = tags(repository.root)
    assert (light.name, light.commit, light.message) == ("ringan", first, "")
    assert light.made == datetime(2025, 1, 2, 3, tzinfo=UTC)
    assert (year.name, year.commit, year.message) == ("2025", second, "Akhir tahun\n\nDiserahkan ke inspektorat.")
    assert year.made == datetime(2025, 1, 3, 3, tzinfo=UTC)


def test_what_names_no_commit(repository):
    """A file, a folder and another tag can have tags too."""
    repository.commit({"catatan.txt": "x"})
    repository.git("tag", "berkas", "HEAD:catatan.txt")
    repository.git("tag", "folder", "HEAD^{tree}")
    repository.git("tag", "-a", "dalam", "-m", "x")
    repository.git("tag", "-a", "luar", "-m", "x", "dalam")
    assert [(tag.name, tag.commit is None) for tag in tags(repository.root)] == [
        ("berkas", True),
        ("dalam", False),
        ("folder", True),
        ("luar", True),
    ]


@pytest.mark.parametrize(
    "text", [FORGED, "a\0b", "\n" + FORGED, "\x1b[31mmerah\x07", "a\r\nb", "</title><script>x</script>", "\udcff\udcfe"]
)
def test_a_message_forges_no_tag(repository, text):
    """Whatever a message holds, there are as many tags as there are, and each names its own commit."""
    commit = repository.save()
    write(repository, "b", head(commit, "b") + text)
    repository.git("tag", "a")
    repository.git("tag", "c")
    found = tags(repository.root)
    assert [tag.name for tag in found] == ["a", "b", "c"]
    assert {tag.commit for tag in found} == {commit}
    assert "\0" not in found[1].message


def test_names_are_as_git_takes_them(repository):
    """Folders, marks and signs of HTML are names; bytes that are no text are shown as such."""
    commit = repository.save()
    names = ["<b>&'\"", "2024/akhir", "-rf", "ｖ１", "refs/heads/main"]
    for name in names:
        repository.git("update-ref", f"refs/tags/{name}", commit)
    (repository.root / ".git/packed-refs").write_bytes(f"{commit} refs/tags/".encode() + b"\xff\n")
    assert {tag.name for tag in tags(repository.root)} == {*names, r"\xff"}


def test_a_folder_without_git(tmp_path):
    """Said in a sentence, as everywhere."""
    with pytest.raises(RepositoryUnusable):
        tags(tmp_path)


def test_no_configuration_has_a_say(repository):
    """Another order and other columns may be somebody's taste; a replaced commit is not seen."""
    first = repository.save()
    repository.git("tag", "a")
    second = repository.save()
    repository.git("tag", "b")
    plain = tags(repository.root)
    repository.git("config", "tag.sort", "-refname")
    repository.git("config", "log.showSignature", "true")
    repository.git("replace", second, first)
    assert tags(repository.root) == plain
