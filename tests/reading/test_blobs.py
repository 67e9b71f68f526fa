"""The files under units/ come alike from a folder and from Git, and only those the registry has."""

import os
import shutil

import pytest

from generator.model.failure import RepositoryUnusable
from generator.model.finding import Level
from generator.reading import blobs
from generator.reading.blobs import blob_id, open_tree

UNIT = b"nama: Unit Contoh\n"


def commit(git, root):
    """Commit everything in the folder."""
    git(root, "init", "-q")
    git(root, "add", "--all")
    git(root, "commit", "-qm", "Kirim data")


def read(root, rev=None):
    """Return path -> (id, bytes) of everything that can be read."""
    with open_tree(root, rev) as tree:
        assert not tree.findings
        return {entry.path: (entry.id, raw) for entry, raw in tree.read(tree.entries)}


def test_a_plain_folder_needs_no_git(registry):
    """Without .git and without git the work tree is read; ids are those Git would give."""
    assert read(registry.root) == {
        "units/contoh/instansi.yaml": (blob_id(b"nama: Instansi Contoh\n"), b"nama: Instansi Contoh\n"),
        "units/contoh/unit-a/unit.yaml": (blob_id(UNIT), UNIT),
    }


def test_work_tree_and_revision_agree(git, registry):
    """A committed registry reads the same from both, entry by entry."""
    for year in (2024, 2025):
        registry.write(f"{registry.unit}/{year}/mandiri.yaml", f"tahun: {year}\n".encode())
    commit(git, registry.root)
    assert read(registry.root) == read(registry.root, "HEAD") == read(registry.root, "main")
    with open_tree(registry.root) as here, open_tree(registry.root, "HEAD") as there:
        assert [(entry.path, entry.mode, entry.size, entry.id) for entry in here.entries] == [
            (entry.path, entry.mode, entry.size, entry.id) for entry in there.entries
        ]


def test_entries_are_sorted_by_path(registry):
    """Whatever the order on disk."""
    for unit in ("b", "a-b", "a", "a1"):
        registry.write(f"units/contoh/{unit}/unit.yaml")
    with open_tree(registry.root) as tree:
        assert [entry.path.split("/")[2] for entry in tree.entries] == [
            "a-b",
            "a",
            "a1",
            "b",
            "instansi.yaml",
            "unit-a",
        ]


def test_a_blob_has_gits_id():
    """`git hash-object` of "nama: Contoh" and a line end gives this."""
    assert blob_id(b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"


def test_a_revision_does_not_see_the_work_tree(git, registry):
    """What is not committed is not in the revision."""
    commit(git, registry.root)
    registry.put("unit", b"nama: Lain\n")
    registry.put("predikat", b"peristiwa: []\n")
    assert read(registry.root, "HEAD")["units/contoh/unit-a/unit.yaml"][1] == UNIT
    assert len(read(registry.root)) == 3


def test_reading_tells_the_id_of_the_bytes_read(registry):
    """A file that changes after it was listed is read with its new id: nothing is kept under the wrong one."""
    with open_tree(registry.root) as tree:
        (entry,) = [entry for entry in tree.entries if entry.path.endswith("unit.yaml")]
        assert entry.id == blob_id(UNIT)
        registry.put("unit", b"nama: Lain\n")
        ((now, raw),) = tree.read([entry])
        assert (now.id, now.size, raw) == (blob_id(b"nama: Lain\n"), 11, b"nama: Lain\n")


def test_an_executable_file_of_the_work_tree_is_a_warning(registry):
    """Some file systems set the bit on everything, so the file is still read."""
    (registry.root / "units/contoh/unit-a/unit.yaml").chmod(0o755)
    with open_tree(registry.root) as tree:
        (finding,) = tree.findings
        assert (finding.code, finding.level) == ("mode-berkas", Level.WARNING)
        assert len(tree.entries) == 2


def test_a_file_over_the_limit_is_not_read(git, registry):
    """Its size is told from the listing; it is no entry."""
    registry.put("predikat", b"#" * 262_145)
    registry.put("pemantauan", b"#" * 262_144)
    commit(git, registry.root)
    for rev in (None, "HEAD"):
        with open_tree(registry.root, rev) as tree:
            assert [(finding.path, finding.code) for finding in tree.findings] == [
                ("units/contoh/unit-a/predikat.yaml", "yaml-terlalu-besar")
            ]
            assert "units/contoh/unit-a/pemantauan.yaml" in {entry.path for entry in tree.entries}


def test_a_registry_without_units_is_empty(git, tmp_path):
    """No units/ is no error here: the rules say what an empty registry means."""
    (tmp_path / "README.md").write_text("x", encoding="ascii")
    commit(git, tmp_path)
    assert read(tmp_path) == read(tmp_path, "HEAD") == {}


@pytest.mark.parametrize("rev", [None, "HEAD"])
def test_units_must_be_a_folder(rev, git, tmp_path):
    """A file of that name is a finding."""
    (tmp_path / "units").write_text("x", encoding="ascii")
    commit(git, tmp_path)
    with open_tree(tmp_path, rev) as tree:
        assert [(finding.path, finding.code) for finding in tree.findings] == [("units", "mode-berkas")]


def test_no_such_folder_says_so(tmp_path):
    """The sentence names the option."""
    with pytest.raises(RepositoryUnusable, match="--root"), open_tree(tmp_path / "tidak-ada"):
        pass


def test_a_file_that_vanishes_while_reading_ends_in_a_sentence(registry):
    """No traceback, and what to do."""
    with open_tree(registry.root) as tree:
        shutil.rmtree(registry.root / "units")
        with pytest.raises(RepositoryUnusable, match="jalankan ulang"):
            list(tree.read(tree.entries))


def test_a_file_that_becomes_a_pipe_is_not_waited_for(registry):
    """What was a file when listed may be anything when opened."""
    unit = registry.root / "units/contoh/unit-a/unit.yaml"
    with open_tree(registry.root) as tree:
        unit.unlink()
        os.mkfifo(unit)
        with pytest.raises(RepositoryUnusable, match="berkas biasa"):
            list(tree.read(tree.entries))


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_may_not_be_read_is_a_finding(registry):
    """A file or folder without the right to read it."""
    (registry.root / "units/contoh/unit-a/unit.yaml").chmod(0)
    registry.write("units/contoh/unit-b/unit.yaml")
    (registry.root / "units/contoh/unit-b").chmod(0)
    try:
        with open_tree(registry.root) as tree:
            assert {(finding.path, finding.code) for finding in tree.findings} == {
                ("units/contoh/unit-a/unit.yaml", "berkas-tidak-terbaca"),
                ("units/contoh/unit-b", "berkas-tidak-terbaca"),
            }
    finally:
        (registry.root / "units/contoh/unit-b").chmod(0o700)


def test_a_folder_that_cannot_be_listed_is_a_finding(registry, monkeypatch):
    """An error of the disk (here: raised in place of the system) names the folder."""
    scandir = os.scandir

    def broken(path):
        if str(path).endswith("unit-a"):
            raise OSError(5, "Input/output error")
        return scandir(path)

    monkeypatch.setattr(blobs.os, "scandir", broken)
    with open_tree(registry.root) as tree:
        assert [(finding.path, finding.code) for finding in tree.findings] == [
            ("units/contoh/unit-a", "berkas-tidak-terbaca")
        ]


def test_a_tree_can_be_asked_as_if_files_were_changed(registry):
    """A changed file gives its new bytes and id, a new one stands in its place by path, the rest stays."""
    new = {f"{registry.unit}/2026/mandiri.yaml": b"tahun: 2026\n", f"{registry.unit}/unit.yaml": b"nama: Lain\n"}
    with open_tree(registry.root) as tree:
        over = blobs.laid_over(tree, new)
        assert {entry.path: (entry.id, raw) for entry, raw in over.read(over.entries)} == {
            "units/contoh/instansi.yaml": (blob_id(b"nama: Instansi Contoh\n"), b"nama: Instansi Contoh\n"),
            "units/contoh/unit-a/2026/mandiri.yaml": (blob_id(b"tahun: 2026\n"), b"tahun: 2026\n"),
            "units/contoh/unit-a/unit.yaml": (blob_id(b"nama: Lain\n"), b"nama: Lain\n"),
        }
        assert [entry.path for entry in over.entries] == sorted(entry.path for entry in over.entries)


def test_the_id_of_a_tree_is_a_revision(git, registry):
    """What is staged can be read before there is a commit: Git writes the index as a tree."""
    commit(git, registry.root)
    registry.write(f"{registry.unit}/unit.yaml", b"nama: Baru\n")
    git(registry.root, "add", "--all")
    tree = git(registry.root, "write-tree").strip()
    assert read(registry.root, tree)["units/contoh/unit-a/unit.yaml"][1] == b"nama: Baru\n"
