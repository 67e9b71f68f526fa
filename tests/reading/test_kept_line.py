"""Main's line from the cache: whatever was kept, and whatever became of main since, it is what Git says today."""

import sqlite3
import subprocess
from unittest.mock import patch

import pytest

from generator.reading import history as door
from generator.reading import kept_line
from generator.reading.cache import Cache
from generator.reading.history import open_past
from generator.reading.shelf import FOLDER

UNIT = "units/contoh/unit-a/unit.yaml"


def plumb(root, *args):
    """Run a Git command and return what it prints."""
    who = ("-c", "user.name=Operator", "-c", "user.email=operator@contoh.example")
    return subprocess.run(["git", *who, *args], cwd=root, capture_output=True, check=True, text=True).stdout.strip()


def cold(root, rev="HEAD"):
    """What the line remembers by Git alone."""
    with open_past(root, rev) as past:
        return past.history


def cached(root, rev="HEAD"):
    """What it remembers with the cache, every commit decoded."""
    with Cache(root) as cache, open_past(root, rev, cache) as past:
        assert past.history.commits
        return past.history


def go(root, commit):
    """Let main name a commit."""
    plumb(root, "update-ref", "refs/heads/main", commit)


@pytest.fixture
def asked(monkeypatch):
    """The arguments of every log that Git is asked for."""
    found = []

    def ask(root, *args, _ask=door._ask):
        found.append(args)
        return _ask(root, *args)

    monkeypatch.setattr(door, "_ask", ask)
    return found


@pytest.fixture
def long_line(repository):
    """A line with two merges, and the ids of its commits; each has a file of its own, and one has two files."""
    for number in range(8):
        if number in (3, 6):
            repository.git("checkout", "-q", "-b", f"usulan-{number}")
            repository.commit({f"units/contoh/usulan-{number}/unit.yaml": {"nama": "Usulan"}})
            repository.git("checkout", "-q", "main")
            repository.commit({f"units/contoh/main-{number}/unit.yaml": {"nama": "Main"}})
            repository.git("merge", "-q", "--no-ff", "-m", "Gabungkan\n\nReviewed-by: TPI Contoh", f"usulan-{number}")
        else:
            repository.commit({UNIT: {"nama": f"Unit {number}"}, "units/contoh/instansi.yaml": {"nama": "Contoh"}})
    return repository.root, cold(repository.root).ids


@pytest.mark.parametrize("worth_keeping", [1, 3, 500])
def test_wherever_the_line_was_kept_it_is_the_same_later(long_line, worth_keeping, monkeypatch):
    """Kept at any commit, asked for at any other: later, earlier, the same; and once more from what that left."""
    root, ids = long_line
    monkeypatch.setattr(door, "_WORTH_KEEPING", worth_keeping)
    whole = {commit: cold(root, commit) for commit in ids}
    for kept in ids:
        for end in ids:
            for file in (root / FOLDER).glob("*.sqlite"):
                file.unlink()
            go(root, kept)
            assert cached(root) == whole[kept]
            go(root, end)
            assert cached(root) == whole[end] == cached(root)
            assert cached(root, kept) == whole[kept]


def test_what_was_kept_is_not_asked_for_again(long_line, asked):
    """Nothing where main stands where it stood, and only what came later where it went on."""
    root, ids = long_line
    go(root, ids[5])
    cached(root)
    asked.clear()
    cached(root)
    cached(root, ids[2])
    assert asked == []
    go(root, ids[-1])
    cached(root)
    assert asked
    assert all(f"^{ids[5]}" in args for args in asked)


def forget(root):
    """Leave nothing in the repository but main."""
    for name in plumb(root, "for-each-ref", "--format=%(refname)").splitlines():
        if name != "refs/heads/main":
            plumb(root, "update-ref", "-d", name)
    plumb(root, "reflog", "expire", "--expire=now", "--all")
    plumb(root, "gc", "-q", "--prune=now")


def rewritten(root, ids):
    """Another line from the third commit on, as after a forced push."""
    plumb(root, "commit-tree", "-p", ids[2], "-m", "Lain", f"{ids[4]}^{{tree}}")
    return plumb(root, "commit-tree", "-p", ids[2], "-m", "Lain", f"{ids[4]}^{{tree}}")


def merged_away(root, ids):
    """A line that takes the kept one in as what a merge brought: it goes another way down."""
    return plumb(root, "commit-tree", "-p", ids[2], "-p", ids[-1], "-m", "Ambil", f"{ids[-1]}^{{tree}}")


def begun_anew(root, ids):
    """A line that shares no commit."""
    return plumb(root, "commit-tree", "-m", "Mulai lagi", f"{ids[-1]}^{{tree}}")


@pytest.mark.parametrize("turn", [rewritten, merged_away, begun_anew])
@pytest.mark.parametrize("gone", [False, True])
def test_a_line_that_took_another_way_is_read_anew(long_line, turn, gone):
    """Also where the commit that was kept last is not in the repository any more; and the new one is kept then."""
    root, ids = long_line
    cached(root)
    end = turn(root, ids)
    go(root, end)
    if gone:
        forget(root)
    assert cached(root) == cold(root) == cached(root)
    assert cached(root).ids[-1] == end


def test_a_side_branch_is_read_and_not_kept(long_line, asked):
    """The cache stays main's."""
    root, ids = long_line
    cached(root)
    side = plumb(root, "rev-parse", "usulan-3")
    assert cached(root, side) == cold(root, side)
    asked.clear()
    assert cached(root).ids == ids
    assert asked == []


VALUES = "SELECT key, value FROM derived"
DAMAGED = [
    {"commits": []},
    {"commits": 7},
    {"commits": {}},
    {"commits": [[]] * 10},
    {"commits": [["x"] * 9] * 10},
    {"commits": [["x", *[None] * 9]] * 10},
    {"commits": [["x", "x", "x", 10**30, 0, "x", [], [], [], []]] * 10},
    {"commits": [["x", "x", "x", 0, 0, "x", 7, 7, 7, 7]] * 10},
    {"marks": {UNIT: [[0], []]}},
    {"marks": {UNIT: [[99], [None]]}},
    {"marks": {UNIT: [[-1], [None]]}},
    {"marks": {UNIT: [[], []]}},
    {"marks": {UNIT: [["x"], [None]]}},
    {"marks": {UNIT: 7}},
    {"marks": []},
]


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_line_that_fits_nothing_is_noticed_and_made_anew(long_line, damage):
    """Whatever stands where the line should, Git is asked, and it is kept again."""
    root, ids = long_line
    assert len(ids) == 10
    cached(root)
    with Cache(root) as cache:
        key = kept_line._key(cache)
        good = cache.get(key, dict)
    for value in (good | damage, damage, [], None):
        with Cache(root) as cache:
            cache.put(key, value)
        assert cached(root) == cold(root)
        with Cache(root) as cache:
            assert cache.get(key, dict) == good


def test_what_was_kept_last_may_be_gone_and_damaged(long_line):
    """Main was set back, and Git forgot the rest: what the cache had of it is no reason to fail."""
    root, ids = long_line
    cached(root)
    go(root, ids[4])
    forget(root)
    (file,) = (root / FOLDER).glob("*.sqlite")
    base = sqlite3.connect(file)
    for key, packed in base.execute(VALUES).fetchall():
        for damaged in (b"", packed[:-1], packed):
            base.execute("UPDATE derived SET value = ? WHERE key = ?", (damaged, key))
            base.commit()
            assert cached(root) == cold(root)
    base.close()


def test_who_is_behind_a_merge_stays_unknown_where_it_is_missing(long_line):
    """Nothing is kept of such a line; everything else is told as without the cache."""
    root, ids = long_line
    gone = plumb(root, "rev-parse", "usulan-3")
    (root / ".git/objects" / gone[:2] / gone[2:]).unlink()
    for _ in range(2):
        with Cache(root) as cache, open_past(root, cache=cache) as past:
            assert past.history.ids == ids
            assert past.history.commit(0).author
            with pytest.raises(door.RepositoryUnusable, match="git fsck"):
                [past.history.commit(position) for position in range(len(ids))]


def test_a_cache_that_gives_nothing_costs_only_time(long_line):
    """Locked, absent, not writable: Git is asked."""
    root, _ = long_line
    with patch("generator.reading.cache._open", side_effect=sqlite3.OperationalError):
        assert cached(root) == cold(root)


def test_a_folder_that_is_no_repository_gets_no_cache(tmp_path):
    """Whoever names the wrong folder leaves nothing in it."""
    with pytest.raises(door.RepositoryUnusable):
        cached(tmp_path)
    assert list(tmp_path.iterdir()) == []
