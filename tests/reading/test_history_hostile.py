"""Whoever writes to a repository, or to a user's configuration, cannot change, hide or run anything of the past."""

import os
import re
import subprocess
import sys

import pytest

from generator.model.failure import RepositoryUnusable
from generator.reading.history import commit_on, open_past

UNIT = "units/contoh/unit-a/unit.yaml"


@pytest.fixture
def repository(git, registry):
    """Three commits of main: files, another name of a unit, and a predicate that a merge brought."""
    git(registry.root, "init", "-q")
    git(registry.root, "config", "uploadpack.allowFilter", "true")
    git(registry.root, "add", "--all")
    git(registry.root, "commit", "-qm", "Kirim data")
    registry.put("unit", b"nama: Nama Baru\n")
    git(registry.root, "commit", "-qam", "Betulkan nama")
    git(registry.root, "checkout", "-qb", "usulan")
    registry.put("predikat", b"peristiwa: []\n")
    git(registry.root, "add", "--all")
    git(registry.root, "commit", "-qm", "Catat predikat")
    git(registry.root, "checkout", "-q", "main")
    git(registry.root, "merge", "-q", "--no-ff", "-m", "Gabungkan usulan", "usulan")
    return registry.root


def everything(root, rev="HEAD"):
    """All that is remembered, with the bytes."""
    with open_past(root, rev) as past:
        versions = [version for path in past.history.versions.values() for version in path]
        return past.history, [(version.path, raw) for version, raw in past.read(versions)]


def append(file, text):
    """Add lines to a file that may not be there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as opened:
        opened.write(text)


def test_a_mailmap_renames_nobody(git, repository):
    """Row 22: a pull request's .mailmap would show the TPN for its own author."""
    (repository / ".mailmap").write_text("Budi TPN <tpn@contoh.go.id> <operator@contoh.go.id>\n", encoding="utf-8")
    git(repository, "add", "--all")
    git(repository, "commit", "-qm", "Tambah daftar nama")
    git(repository, "config", "log.mailmap", "true")
    git(repository, "config", "mailmap.blob", "HEAD:.mailmap")
    assert "Budi TPN" in git(repository, "log", "--use-mailmap", "--format=%aN")
    history, _ = everything(repository)
    assert {(commit.author, commit.email) for commit in history.commits} == {("Operator", "operator@contoh.go.id")}


def test_a_message_cannot_pose_as_a_commit(git, repository):
    """Row 23: the output of another log, pasted into a message, is a message."""
    forged = git(repository, "log", "--raw", "--no-abbrev", "--format=%H%x1e%P%x1f%an%x1e%B").replace("Operator", "TPN")
    git(repository, "commit", "-q", "--allow-empty", "--cleanup=verbatim", "-F", "-", raw=forged.encode())
    history, contents = everything(repository)
    assert len(history.commits) == 4
    assert {commit.author for commit in history.commits} == {"Operator"}
    assert history.commits[-1].message == forged
    assert len(contents) == 4  # instansi.yaml, unit.yaml twice, predikat.yaml


def test_an_embedded_repository_runs_nothing(git, repository, tmp_path):
    """Row 24: a bare repository inside units/ names a program to run; the program never starts."""
    mark = tmp_path / "ran"
    inner = repository / "units/contoh/unit-a"
    git(inner, "init", "-q", "--bare", ".")
    append(inner / "config", f'[core]\n\tfsmonitor = "touch {mark}"\n\tpager = "touch {mark}"\n\tworktree = .\n')
    git(repository, "add", "--all")
    git(repository, "commit", "-qm", "Kirim kejutan")
    history, contents = everything(repository)
    assert len(history.commits) == 4
    assert len(contents) == 4
    for root in (inner, inner / "objects"):
        with pytest.raises(RepositoryUnusable, match="bukan puncak repositori"):
            everything(root)
        with pytest.raises(RepositoryUnusable, match="bukan puncak repositori"):
            commit_on(root, "2025-01-10")
    assert not mark.exists()


@pytest.mark.parametrize("rev", ["--output={}", "-o{}", "--output={}\0HEAD", "HEAD --output={}", "--upload-pack={}"])
def test_a_revision_is_never_an_option(rev, repository, tmp_path):
    """Row 25: what a library hands on to `git log` would write a file."""
    mark = tmp_path / "written"
    for ask in (everything, commit_on):
        with pytest.raises(RepositoryUnusable, match="tidak dikenal"):
            ask(repository, rev.format(mark))
    assert not mark.exists()


def test_a_replacement_replaces_nothing(git, repository):
    """Row 26: `git replace` would show a history of one commit, or other bytes."""
    before = everything(repository)
    lonely = git(repository, "commit-tree", "-m", "Sejak dahulu", "HEAD^{tree}")
    other = git(repository, "hash-object", "-w", "--stdin", raw=b"nama: Palsu\n")
    git(repository, "replace", "HEAD", lonely)
    git(repository, "replace", f"HEAD:{UNIT}", other)
    assert git(repository, "rev-list", "--count", "HEAD") == "1"
    assert everything(repository) == before


def test_a_graft_grafts_nothing(git, repository):
    """Row 26: .git/info/grafts would cut the history or add to it."""
    before = everything(repository)
    append(repository / ".git/info/grafts", git(repository, "rev-parse", "HEAD") + "\n")
    assert git(repository, "rev-list", "--count", "HEAD") == "1"
    assert everything(repository) == before


def test_a_stale_commit_graph_says_nothing(git, repository):
    """The file that repeats every commit's parents is not asked for them."""
    before = everything(repository)
    git(repository, "commit-graph", "write", "--reachable")
    graph = repository / ".git/objects/info/commit-graph"
    graph.chmod(0o644)
    graph.write_bytes(graph.read_bytes()[:-40] + b"\xff" * 40)
    assert everything(repository) == before


LOG = """
[log]
\tshowSignature = true
\tshowRoot = false
\tfollow = true
\tmailmap = true
\tdiffMerges = off
\tdecorate = full
\tabbrevCommit = true
\tdate = relative
[diff]
\trenames = copies
\tnoprefix = true
\torderFile = /tidak/ada
\texternal = {mark}
\trelative = true
\tignoreSubmodules = all
[format]
\tpretty = oneline
\tnotes = true
[pretty]
\traw = oneline
[i18n]
\tlogOutputEncoding = UTF-16
[core]
\tquotePath = true
\tabbrev = 4
\tfsmonitor = {mark}
\tpager = {mark}
\tattributesFile = {attributes}
[gpg]
\tprogram = {mark}
[color]
\tui = always
[alias]
\tlog = !{mark}
\tcat-file = !{mark}
\trev-parse = !{mark}
[pager]
\tlog = {mark}
[diff "jahat"]
\ttextconv = {mark}
\tcommand = {mark}
[filter "jahat"]
\tsmudge = {mark}
\tclean = {mark}
"""
VARIABLES = {
    "GIT_DIR": "/tidak/ada",
    "GIT_OBJECT_DIRECTORY": "/tidak/ada",
    "GIT_EXTERNAL_DIFF": "{mark}",
    "GIT_DIFF_OPTS": "-u0",
    "GIT_PAGER": "{mark}",
    "GIT_TRACE": "{trace}",
    "GIT_TRACE2": "{trace}",
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "log.showSignature",
    "GIT_CONFIG_VALUE_0": "true",
    "GIT_PYTHON_GIT_EXECUTABLE": "{mark}",
    "GIT_PYTHON_TRACE": "full",
    "GIT_PYTHON_REFRESH": "raise",
    "GIT_SHALLOW_FILE": "/tidak/ada",
}


@pytest.mark.parametrize("where", ["home", "repository"])
def test_configuration_and_attributes_change_nothing(where, repository, tmp_path, monkeypatch):
    """The user's, the system's and the repository's: the same answer, byte for byte, and no program of theirs runs."""
    before = everything(repository)
    mark, trace, attributes = tmp_path / "ran.sh", tmp_path / "trace", tmp_path / "attributes"
    mark.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\ncat\n", encoding="utf-8")
    mark.chmod(0o755)
    attributes.write_text("* -diff diff=jahat filter=jahat working-tree-encoding=UTF-16 export-ignore\n")
    append(repository / ".git/info/attributes", attributes.read_text())
    text = LOG.format(mark=mark, attributes=attributes)
    if where == "home":
        append(tmp_path / "home/.gitconfig", text)
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "home/.gitconfig"))
        monkeypatch.setenv("GIT_CONFIG_SYSTEM", str(tmp_path / "home/.gitconfig"))
        monkeypatch.delenv("GIT_CONFIG_NOSYSTEM")
    else:
        append(repository / ".git/config", text)
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value.format(mark=mark, trace=trace))
    variables = dict(os.environ)
    assert everything(repository) == before
    assert dict(os.environ) == variables
    assert not (tmp_path / "ran").exists()
    assert not trace.exists()


def test_the_first_import_of_the_library_is_no_door_either(repository, tmp_path):
    """In a new process too, with variables that would make GitPython start another program, trace or give up."""
    mark = tmp_path / "ran.sh"
    mark.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n", encoding="utf-8")
    mark.chmod(0o755)
    program = (
        "import sys, pathlib\n"
        "from generator.reading.history import open_past\n"
        "assert 'git' not in sys.modules\n"
        "with open_past(pathlib.Path(sys.argv[1])) as past: print(len(past.history.commits))\n"
    )
    variables = {name: value.format(mark=mark, trace=tmp_path / "trace") for name, value in VARIABLES.items()}
    done = subprocess.run(
        [sys.executable, "-c", program, str(repository)],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "3\n", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ran.sh", "registri"]


def test_a_shallow_clone_is_refused_with_the_command_that_mends_it(git, repository, tmp_path):
    """A history that is cut off would be silently wrong."""
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{repository}", "dangkal")
    clone = tmp_path / "dangkal"
    with pytest.raises(RepositoryUnusable, match="dangkal") as refused:
        everything(clone)
    mend(clone, refused.value)
    assert everything(clone) == everything(repository)


def test_a_shallow_clone_still_knows_its_own_days(git, repository, tmp_path):
    """What was cut off lies before: only a day before what is there cannot be answered."""
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", "dangkal")
    assert commit_on(tmp_path / "dangkal", "2025-01-10") == git(repository, "rev-parse", "HEAD")
    with pytest.raises(RepositoryUnusable, match="git fetch --unshallow"):
        commit_on(tmp_path / "dangkal", "2025-01-09")


@pytest.mark.parametrize("filtered", ["blob:none", "tree:0"])
def test_a_partial_clone_is_refused_until_it_is_whole(filtered, git, repository, tmp_path):
    """Nothing is fetched behind the user's back, nothing is said before all of it is there."""
    git(tmp_path, "clone", "-q", "--no-checkout", f"--filter={filtered}", f"file://{repository}", "sebagian")
    clone = tmp_path / "sebagian"
    before = git(clone, "count-objects", "-v")
    with pytest.raises(RepositoryUnusable, match="klon parsial") as refused, open_past(clone):
        pass
    assert git(clone, "count-objects", "-v") == before
    mend(clone, refused.value)
    assert everything(clone) == everything(repository)


def mend(root, refused):
    """Run the command the sentence names."""
    command = re.search(r"git fetch [^.]*", str(refused)).group()
    subprocess.run(command.split(), cwd=root, check=True, capture_output=True)


def test_a_repository_without_commits_says_what_to_do(git, registry):
    """`git init` alone remembers nothing."""
    git(registry.root, "init", "-q")
    with pytest.raises(RepositoryUnusable, match=r"belum mempunyai commit.*git commit"):
        everything(registry.root)
    with pytest.raises(RepositoryUnusable, match="belum mempunyai commit"):
        commit_on(registry.root, "2025-01-10")


@pytest.mark.parametrize("folder", [".", "units", "tidak-ada"])
def test_what_is_no_repository_says_so(folder, registry):
    """A plain folder, a folder in it, and none at all."""
    for ask in (everything, lambda root: commit_on(root, "2025-01-10")):
        with pytest.raises(RepositoryUnusable, match=r"bukan puncak repositori|tidak ada"):
            ask(registry.root / folder)


def test_without_git_the_sentence_says_what_to_install(repository, monkeypatch, tmp_path):
    """No traceback where the program is absent."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RepositoryUnusable, match="git tidak ditemukan"):
        everything(repository)


def test_a_blob_that_is_gone_ends_in_a_sentence(git, repository):
    """Damage is told where it is met."""
    blob = git(repository, "rev-parse", f"HEAD:{UNIT}")
    (repository / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with open_past(repository) as past, pytest.raises(RepositoryUnusable, match="git fetch"):
        list(past.read(past.history.versions[UNIT]))


def test_a_commit_beside_main_that_is_gone_is_told_where_people_are_asked_for(git, repository):
    """What main took of it is all there: only the merge cannot say who is behind it, and each time says so."""
    _, contents = everything(repository)
    gone = git(repository, "rev-parse", "HEAD^2")
    (repository / ".git/objects" / gone[:2] / gone[2:]).unlink()
    with open_past(repository) as past:
        history = past.history
        assert sum(map(len, history.marks.values())) == len(contents)
        assert history.commit(1).contributors == ("Operator",)
        for _ in range(2):
            with pytest.raises(RepositoryUnusable, match=f'Could not read {gone}". Periksa dengan git fsck'):
                history.commit(2)


def test_a_commit_of_main_that_is_gone_is_named(git, repository):
    """Git hints at something else first, which is no reason."""
    gone = git(repository, "rev-parse", "HEAD~1")
    (repository / ".git/objects" / gone[:2] / gone[2:]).unlink()
    with pytest.raises(RepositoryUnusable, match=f'Could not read {gone}". Periksa dengan git fsck'):
        everything(repository)


def test_a_tip_that_is_gone_is_not_taken_for_no_commit(git, repository):
    """A site without history, or the advice to commit, would hide that something was lost."""
    gone = git(repository, "rev-parse", "HEAD")
    (repository / ".git/objects" / gone[:2] / gone[2:]).unlink()
    for ask in (everything, lambda root: commit_on(root, "2025-01-10"), lambda root: commit_on(root, "HEAD")):
        with pytest.raises(RepositoryUnusable, match=r"Sebagian isi repositori .* tidak ada"):
            ask(repository)


def test_a_merge_is_known_when_nothing_is_open_any_more(repository):
    """Who is behind it can be asked for whenever the history is at hand."""
    with open_past(repository) as past:
        history = past.history
    assert history == everything(repository)[0]


def test_of_a_file_too_large_only_what_shows_it_is_read(git, registry, repository):
    """256 KiB and one byte are enough to be refused; the versions around it are whole."""
    registry.put("unit", b"#" * 3_000_000)
    git(repository, "commit", "-qam", "Kirim berkas raksasa")
    registry.put("unit", b"nama: Kembali\n")
    git(repository, "commit", "-qam", "Kembali")
    _, contents = everything(repository)
    assert [len(raw) for path, raw in contents if path == UNIT] == [18, 16, 256 * 1024 + 1, 14]


def test_readers_do_not_disturb_one_another(git, registry, repository):
    """Two that take turns, and one that stops early, get their own bytes: more than are asked for at once."""
    names = [f"nama: {number}\n".encode() for number in range(300)]
    for number, raw in enumerate(names):
        registry.write(f"units/contoh/u{number:03}/unit.yaml", raw)
    git(repository, "add", "--all")
    git(repository, "commit", "-qm", "Kirim banyak")
    with open_past(repository) as past:
        versions = [past.history.versions[f"units/contoh/u{number:03}/unit.yaml"][0] for number in range(300)]
        one, other = past.read(versions), past.read(reversed(versions))
        pairs = [(next(one)[1], next(other)[1]) for _ in versions]
        next(past.read(versions))
        last = [raw for _, raw in past.read(versions[:2])]
    assert pairs == list(zip(names, reversed(names), strict=True))
    assert last == names[:2]


def test_a_work_tree_beside_is_a_repository_too(git, repository, tmp_path):
    """`git worktree add` leaves a .git file, not a folder."""
    git(repository, "worktree", "add", "-q", str(tmp_path / "samping"), "HEAD~1")
    assert everything(tmp_path / "samping") == everything(repository, "HEAD~1")


def test_a_date_that_git_cannot_hold_is_told(new_repository):
    """It is 1970-01-01 and says so of itself; a commit that was really dated so does not."""
    repository = new_repository()
    repository.git("commit", "-q", "--allow-empty", "-m", "x", date="1970-01-01T00:00:00Z")
    tree, parent = (repository.git("rev-parse", name).strip() for name in ("HEAD^{tree}", "HEAD"))
    who = f"A <a@contoh.example> {'9' * 20} +0700"
    raw = f"tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}\n\nx\n"
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--literally", "--stdin"],
        cwd=repository.root,
        input=raw.encode(),
        capture_output=True,
        check=True,
    )
    repository.git("update-ref", "refs/heads/main", made.stdout.decode().strip())
    with open_past(repository.root) as past:
        assert [(one.committed.year, one.dated) for one in past.history.commits] == [(1970, True), (1970, False)]
