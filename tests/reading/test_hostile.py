"""Every attack of the catalogue on YAML, schemas and paths ends in findings, in under 5 s and 512 MB.

The number before a case is its row in the catalogue; small cases are files in tests/cases/hostile, with what must
be found at which place in their comments or beside them.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CASES = Path(__file__).parents[1] / "cases" / "hostile"
DRIVER = Path(__file__).with_name("read_registry.py")
SECONDS = 5
YEAR = "units/contoh/unit-a/2025"


def read(root, *rev):
    """Read in a process of its own; return the findings it printed."""
    done = subprocess.run(
        [sys.executable, DRIVER, root, *rev], capture_output=True, check=False, text=True, timeout=SECONDS
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


@pytest.mark.parametrize("case", sorted(CASES.glob("*.yaml")), ids=lambda case: case.stem)
def test_exactly_the_named_findings_at_the_named_places(case, expected_of, registry):
    """A hostile file gives the findings its case names, and no other."""
    path = registry.put(case.stem.rpartition(".")[2], case.read_bytes())
    assert read(registry.root) == [f"{path} {line}" for line in expected_of(case)]


def rows(count):
    """Return a survei.yaml of many rows."""
    row = "  - {id: a, jenis: IPAK, penyelenggara: unit, responden: 30, indeks: 3.2}\n"
    return ("survei:\n" + row * count).encode()


LARGE = {
    "05-scalar-of-20-mb": ("unit", lambda: b"nama: " + b"x" * 20_000_000, "0:0 yaml-terlalu-besar"),
    "05-binary-of-3-million-digits": ("unit", lambda: b"nama: 0b" + b"1" * 3_000_000, "0:0 yaml-terlalu-besar"),
    "05-rows-of-1-mb": ("survei", lambda: rows(15_000), "0:0 yaml-terlalu-besar"),
    "05-scalar-of-9-kb": ("unit", lambda: b"nama: " + b"x" * 9_000 + b"\n", "1:7 yaml-terlalu-besar"),
    "05-key-of-9-kb": ("unit", lambda: b"? " + b"x" * 9_000 + b"\n: x\n", "1:3 yaml-terlalu-besar"),
    "05-too-many-events": ("unit", lambda: b"nama: [" + b"x," * 20_000 + b"]\n", "0:0 yaml-terlalu-besar"),
    "05-digits-within-the-limit": ("unit", lambda: b"nama: " + b"7" * 8_000 + b"\n", "1:1 skema"),
    "03-brackets-up-to-the-limit": ("unit", lambda: b"[" * 262_144, "1:1001 yaml-terlalu-dalam"),
    "16-value-of-5-mb": ("unit", lambda: b"nama: KPPN\ncatatan: " + b"y" * 5_000_000, "0:0 yaml-terlalu-besar"),
    "16-many-equal-rows": ("survei", lambda: rows(1_000), "1:1 skema"),
}


@pytest.mark.parametrize("name", LARGE)
def test_large_input_is_refused_before_it_costs(name, registry):
    """A file too large to keep as a case is refused at once."""
    kind, build, expected = LARGE[name]
    path = registry.put(kind, build())
    assert read(registry.root) == [f"{path} {expected}"]


def test_01_a_bomb_of_aliases_stays_a_file_of_some_bytes(registry):
    """Nine levels of nine references, nearly a billion items once unfolded, are named up to the limit and not built."""
    levels = "".join(
        f"{at}: &{at} [{','.join([f'*{before}'] * 9)}]\n" for before, at in zip("abcdefgh", "bcdefghi", strict=True)
    )
    path = registry.put("unit", f"a: &a [{','.join('x' * 9)}]\n{levels}".encode())
    found = read(registry.root)
    assert found[0] == f"{path} 1:4 yaml-alias"
    assert {line.rpartition(" ")[2] for line in found} == {"yaml-alias"}
    assert len(found) == 50


def test_15_many_faulty_keys_cost_no_more_than_their_number(registry):
    """Thousands of keys that are no question code are each told, in time."""
    keys = "".join(f"  k {number}: {{}}\n" for number in range(4_000))
    path = registry.put("mandiri", f"instrumen: a\ntahun: 2025\njawaban:\n{keys}".encode())
    found = read(registry.root)
    assert len(found) == 4_001  # each key, and that there are too many
    assert found[1] == f"{path} 4:3 skema"


NAMES_GIT_ACCEPTS = {
    # path in the tree -> the finding's path and code
    "units/contoh/unit-a/.g\u200cit/unit.yaml": ("units/contoh/unit-a/.g\\u200cit", "folder-bukan-id"),
    "units/contoh/unit-a/-rf.yaml": ("units/contoh/unit-a/-rf.yaml", "berkas-tidak-dikenal"),
    "units/contoh/unit-a/unit\n.yaml": ("units/contoh/unit-a/unit\\u000a.yaml", "berkas-tidak-dikenal"),
    "units/contoh/unit-a/\u202etinu.yaml": ("units/contoh/unit-a/\\u202etinu.yaml", "berkas-tidak-dikenal"),
    "units/contoh/con/unit.yaml": ("units/contoh/con", "folder-bukan-id"),
    "units/aux/unit-a/unit.yaml": ("units/aux", "folder-bukan-id"),
    "units/contoh/a:b/unit.yaml": ("units/contoh/a:b", "folder-bukan-id"),
    "units/contoh/trail./unit.yaml": ("units/contoh/trail.", "folder-bukan-id"),
    "units/contoh/unit-a/2025 /unit.yaml": ("units/contoh/unit-a/2025 ", "folder-bukan-id"),
    "units/contoh/unit-a/.gitattributes": ("units/contoh/unit-a/.gitattributes", "berkas-tidak-dikenal"),
    "units/contoh/unit-a/.mailmap": ("units/contoh/unit-a/.mailmap", "berkas-tidak-dikenal"),
    "units/contoh/unit-a/2025/mandiri.yml": ("units/contoh/unit-a/2025/mandiri.yml", "berkas-tidak-dikenal"),
    "units/unit.yaml": ("units/unit.yaml", "berkas-tidak-dikenal"),
}


def commit(git, root, paths, mode="100644", blob=None):
    """Commit a clean unit and one blob at each of the paths, which the file system need not be able to hold."""
    git(root, "init", "-q")
    git(root, "add", "units")
    blob = blob or git(root, "hash-object", "-w", "--stdin", raw=b"nama: Contoh\n")
    for path in paths:
        record = f"{mode} {blob}\t".encode() + os.fsencode(path) + b"\0"
        git(root, "update-index", "-z", "--add", "--index-info", raw=record)
    git(root, "commit", "-qm", "Kirim data")


@pytest.mark.parametrize("path", NAMES_GIT_ACCEPTS, ids=ascii)
def test_18_a_path_git_accepts_but_the_registry_does_not(path, git, registry):
    """A name that hides, escapes or cannot be a folder somewhere is a finding, in a form that can be shown."""
    commit(git, registry.root, [path])
    where, code = NAMES_GIT_ACCEPTS[path]
    assert read(registry.root, "HEAD") == [f"{where} 0:0 {code}"]


def test_18_a_name_that_is_not_utf_8(git, registry):
    """Bytes that are no text are shown escaped, from Git and from the work tree."""
    path = os.fsdecode(b"units/contoh/unit-a/\xff.yaml")
    commit(git, registry.root, [path])
    assert read(registry.root, "HEAD") == ["units/contoh/unit-a/\\udcff.yaml 0:0 berkas-tidak-dikenal"]
    registry.write(path)
    assert read(registry.root) == ["units/contoh/unit-a/\\udcff.yaml 0:0 berkas-tidak-dikenal"]


def test_18_names_equal_but_for_letter_case(git, registry):
    """Unit-A beside unit-a is no id, and would be the same folder on Windows."""
    commit(git, registry.root, ["units/contoh/Unit-A/unit.yaml"])
    assert read(registry.root, "HEAD") == [
        "units/contoh/Unit-A 0:0 folder-bukan-id",
        "units/contoh/unit-a 0:0 id-kembar",
    ]


def test_18_names_equal_but_for_their_unicode_form(git, registry):
    """é as one letter and as two are two folders for Git and one for macOS."""
    commit(git, registry.root, ["units/contoh/caf\u00e9/unit.yaml", "units/contoh/cafe\u0301/unit.yaml"])
    assert read(registry.root, "HEAD") == [
        "units/contoh/cafe\u0301 0:0 folder-bukan-id",
        "units/contoh/caf\u00e9 0:0 folder-bukan-id",
        "units/contoh/caf\u00e9 0:0 id-kembar",
    ]


@pytest.mark.parametrize("mode", ["120000", "100755"])
def test_19_only_regular_files(mode, git, registry):
    """A symbolic link or an executable file of a commit is a finding and is not read."""
    commit(git, registry.root, [f"{YEAR}/mandiri.yaml"], mode)
    assert read(registry.root, "HEAD") == [f"{YEAR}/mandiri.yaml 0:0 mode-berkas"]


def test_19_a_submodule(git, registry):
    """A commit of another repository where a folder should be is a finding."""
    commit(git, registry.root, ["units/contoh/unit-b"], "160000", "4f0c" * 10)
    assert read(registry.root, "HEAD") == ["units/contoh/unit-b 0:0 mode-berkas"]


def test_19_units_is_a_link(git, registry):
    """A link in place of units/ itself is not followed."""
    registry.root.joinpath("units").rename(registry.root / "lain")
    registry.root.joinpath("units").symlink_to("lain")
    git(registry.root, "init", "-q")
    git(registry.root, "add", ".")
    git(registry.root, "commit", "-qm", "Kirim data")
    assert read(registry.root) == read(registry.root, "HEAD") == ["units 0:0 mode-berkas"]


def test_19_the_work_tree_follows_nothing_and_opens_no_device(registry):
    """Links, pipes and loops in the work tree are findings; none is opened."""
    year = registry.root / YEAR
    year.mkdir()
    (year / "mandiri.yaml").symlink_to("/etc/passwd")
    os.mkfifo(year / "tpi.yaml")
    (registry.root / "units/contoh/unit-b").symlink_to("unit-a")
    (registry.root / "units/contoh/unit-c").symlink_to("..")
    assert read(registry.root) == [
        f"{YEAR}/mandiri.yaml 0:0 mode-berkas",
        f"{YEAR}/tpi.yaml 0:0 mode-berkas",
        "units/contoh/unit-b 0:0 mode-berkas",
        "units/contoh/unit-c 0:0 mode-berkas",
    ]


@pytest.fixture
def deep_folder(registry):
    """A chain of a thousand folders below a year's, taken away again: pytest could not delete it."""
    year = registry.root / YEAR
    year.mkdir()
    here = os.open(year, os.O_RDONLY)
    for _ in range(1_000):
        os.mkdir("d", dir_fd=here)
        deeper = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    yield year / "d"
    subprocess.run(["rm", "-r", year / "d"], check=True)


def test_18_folders_a_thousand_deep(deep_folder, registry):
    """Folders deeper than the registry's are named where they begin, and not walked."""
    assert deep_folder.is_dir()
    assert read(registry.root) == [f"{YEAR}/d 0:0 berkas-tidak-dikenal"]


def test_21_attributes_change_nothing_of_a_revision(git, registry):
    """Whatever .gitattributes says, the committed bytes are read: here LF, where a checkout would have CRLF."""
    registry.root.joinpath(".gitattributes").write_text("*.yaml -diff text eol=crlf filter=lain\n", encoding="ascii")
    commit(git, registry.root, [])
    assert read(registry.root, "HEAD") == []


def test_24_a_repository_inside_units_is_data(git, registry, tmp_path):
    """A bare repository below units/ is a set of unknown files; its configuration runs nothing, even as the root."""
    mark = tmp_path / "ran"
    inner = registry.root / "units/contoh/unit-b"
    git(registry.root, "init", "-q", "--bare", str(inner))
    with (inner / "config").open("a", encoding="ascii") as config:
        config.write(f'[core]\n\tfsmonitor = "touch {mark}; false"\n\tworktree = .\n')
    found = read(registry.root)
    assert "units/contoh/unit-b/HEAD 0:0 berkas-tidak-dikenal" in found
    assert {line.rpartition(" ")[2] for line in found} == {"berkas-tidak-dikenal", "folder-bukan-id"}
    (refusal,) = read(inner, "HEAD")
    assert refusal.startswith("failure 3: ")
    assert not mark.exists()


def test_26_a_replaced_commit_is_read_as_it_was(git, registry):
    """`git replace` does not change what a revision holds."""
    commit(git, registry.root, [])
    honest = git(registry.root, "rev-parse", "HEAD")
    registry.put("unit", b"- bukan unit\n")
    git(registry.root, "commit", "-qam", "Ganti data")
    git(registry.root, "replace", honest, "HEAD")
    assert read(registry.root, honest) == []
