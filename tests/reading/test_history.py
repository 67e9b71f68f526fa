"""The past of units/: golden histories built into real repositories, and random graphs with random clocks.

A case is a folder of commits, each a folder: its files are what the commit writes over the tree of its first parent,
`commit.yaml` says who, when, why, whose child, and what it takes away. `harapan.yaml`, worked out by hand, says what
main remembers: for a path, the numbers of the commits whose bytes it had, negative where it was taken away.
"""

import hashlib
import subprocess
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.failure import RepositoryUnusable
from generator.reading.cache import Cache
from generator.reading.history import commit_on, open_past
from generator.reading.shelf import FOLDER

CASES = Path(__file__).parents[1] / "cases" / "history"
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


def plumb(root, *args, raw=b""):
    """Run a plumbing command and return what it prints."""
    return subprocess.run(["git", *args], cwd=root, input=raw, capture_output=True, check=True).stdout.decode().strip()


class Golden:
    """A case built into a repository."""

    def __init__(self, case, root):
        self.case = case
        self.root = root
        self.expected = yaml.safe_load((case / "harapan.yaml").read_text(encoding="utf-8"))
        self.ids = {}
        plumb(root, "init", "-q", "-b", "main", ".")
        for folder in sorted(folder for folder in case.iterdir() if folder.is_dir()):
            self._commit(int(folder.name), folder)
        plumb(root, "update-ref", "refs/heads/main", list(self.ids.values())[-1])

    def _commit(self, number, folder):
        meta = yaml.safe_load((folder / "commit.yaml").read_text(encoding="utf-8"))
        parents = [self.ids[parent] for parent in meta.get("induk", [number - 1] if number > 1 else [])]
        plumb(self.root, "read-tree", *(parents[:1] or ["--empty"]))
        self._write(folder, meta)
        person = meta.get("orang") or f"{meta['penulis']} <{meta['surel']}> {{}}"
        head = (
            f"tree {plumb(self.root, 'write-tree')}",
            *(f"parent {parent}" for parent in parents),
            f"author {person.format(meta.get('ditulis', meta.get('tanggal')))}",
            f"committer {person.format(meta.get('tanggal'))}",
            *([meta["kepala"]] if "kepala" in meta else []),
        )
        raw = ("\n".join(head) + f"\n\n{meta['pesan']}").encode(meta.get("sandi", "utf-8"))
        self.ids[number] = plumb(self.root, "hash-object", "-t", "commit", "--literally", "-w", "--stdin", raw=raw)

    def _write(self, folder, meta):
        """Put the folder's files, and those that cannot lie in a folder, into the index; take out what goes."""
        files = {
            file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*.*") if file.is_file()
        }
        del files["commit.yaml"]
        files |= {path: text.encode() for path, text in meta.get("tulis", {}).items()}
        lines = [f"0 {'0' * 40}\t{path}" for path in meta.get("hapus", [])]
        for path, content in files.items():
            mode = meta.get("mode", {}).get(path, "100644")
            blob = "1" * 40 if mode == "160000" else plumb(self.root, "hash-object", "-w", "--stdin", raw=content)
            lines.append(f"{mode} {blob}\t{path}")
        plumb(self.root, "update-index", "-z", "--index-info", raw="".join(f"{line}\0" for line in lines).encode())

    def content(self, path, number):
        """The bytes a commit of the case gave a file."""
        return (self.case / f"{number:02}" / path).read_bytes() if number > 0 else None


@pytest.fixture(scope="module", params=sorted(case.name for case in CASES.iterdir() if case.is_dir()))
def golden(request, tmp_path_factory):
    """Every case in turn."""
    return Golden(CASES / request.param, tmp_path_factory.mktemp(request.param))


def test_main_s_line_is_as_worked_out(golden):
    """Order, parents, people and clocks of every commit on main."""
    with open_past(golden.root) as past:
        commits = past.history.commits
    expected = golden.expected["commit"]
    assert [commit.id for commit in commits] == [golden.ids[one["nomor"]] for one in expected]
    assert [commit.position for commit in commits] == list(range(len(expected)))
    for commit, one in zip(commits, expected, strict=True):
        assert commit.author == one["penulis"]
        assert list(commit.contributors) == one["kontributor"]
        assert list(commit.approvals) == one["penyetuju"]
        assert commit.committed == one["masuk"]
        assert commit.authored == one.get("ditulis", one["masuk"])


def test_messages_are_text_as_it_was_written(golden):
    """Nothing is cut, joined or rewritten; bytes that are not UTF-8 are shown as such; Git's own end is a NUL."""
    with open_past(golden.root) as past:
        said = {commit.id: commit.message for commit in past.history.commits}
    for number, message in golden.expected.get("pesan", {}).items():
        assert said[golden.ids[number]] == message


def test_every_version_of_every_file_with_its_bytes(golden):
    """Paths sorted; each path's versions oldest first; a removal has no bytes."""
    with open_past(golden.root) as past:
        versions = past.history.versions
        contents = {version: raw for path in versions for version, raw in past.read(versions[path])}
    expected = golden.expected["berkas"]
    assert list(versions) == sorted(expected)
    for path, numbers in expected.items():
        assert [version.path for version in versions[path]] == [path] * len(numbers)
        assert [version.commit.id for version in versions[path]] == [golden.ids[abs(number)] for number in numbers]
        assert [contents.get(version) for version in versions[path]] == [
            golden.content(path, number) for number in numbers
        ]


def test_the_commit_of_a_day_is_as_worked_out(golden):
    """The last one on main's line that is not dated after the day; none before the first."""
    for day, number in golden.expected.get("pada", {}).items():
        if number is None:
            with pytest.raises(RepositoryUnusable, match="Belum ada commit"):
                commit_on(golden.root, str(day))
        else:
            assert commit_on(golden.root, str(day)) == golden.ids[number], day


def test_a_revision_is_its_own_commit(golden):
    """By any name Git knows, also one that is not on main's line."""
    assert commit_on(golden.root, "HEAD") == golden.ids[max(golden.ids)]
    assert all(commit_on(golden.root, commit) == commit for commit in golden.ids.values())


def test_a_past_may_end_before_today(golden):
    """What a revision remembers is what main remembered when it stood there."""
    with open_past(golden.root) as now, open_past(golden.root, golden.ids[1]) as then:
        assert then.history.commits == now.history.commits[:1]


# A graph: for each commit after the first, its parents among those before it, and a clock.
CLOCKS = st.integers(-(10**6), 10**21) | st.sampled_from([0, 1736470800, 4102358400, 2**31, 2**63, 10**20])
GRAPHS = st.lists(st.tuples(st.lists(st.integers(0, 9), min_size=1, max_size=3), CLOCKS), min_size=1, max_size=9)


def write_graph(root, graph):
    """Write a graph's commits, each by an author named by its number; return their ids and their parents' numbers."""
    ids, parents = [], []
    for number, (wanted, clock) in enumerate(graph):
        parents.append(list(dict.fromkeys(parent % number for parent in wanted)) if number else [])
        lines = [f"tree {EMPTY_TREE}", *(f"parent {ids[parent]}" for parent in parents[-1])]
        lines += [f"{role} {number} <{number}@contoh.example> {clock} +0700" for role in ("author", "committer")]
        ids.append(write_object(root, "\n".join([*lines, "", "Catat"]).encode()))
    return ids, parents


def write_object(root, content):
    """Write a loose commit whatever it holds, as `git hash-object --literally` would."""
    raw = b"commit %d\0%s" % (len(content), content)
    name = hashlib.sha1(raw, usedforsecurity=False).hexdigest()
    file = root / ".git/objects" / name[:2] / name[2:]
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(zlib.compress(raw, 1))
    return name


def reachable(parents, heads):
    """Numbers of everything the heads descend from, and their own."""
    found = set()
    while heads:
        found.update(heads)
        heads = [parent for head in heads for parent in parents[head]]
    return found


@pytest.fixture(scope="module")
def bare_line(tmp_path_factory):
    """A repository to write graphs into."""
    root = tmp_path_factory.mktemp("graph")
    plumb(root, "init", "-q", "-b", "main", ".")
    plumb(root, "mktree")
    return root


@settings(derandomize=True, deadline=None, max_examples=50)
@given(graph=GRAPHS)
def test_clocks_never_change_order_or_people(bare_line, graph):
    """For any graph and any clocks: main's line is the first parents', and a merge's people are those it brought."""
    ids, parents = write_graph(bare_line, graph)
    line = [len(ids) - 1]
    while parents[line[0]]:
        line.insert(0, parents[line[0]][0])
    with open_past(bare_line, ids[-1]) as past:
        commits = past.history.commits
    assert [commit.id for commit in commits] == [ids[number] for number in line]
    for position, (commit, number) in enumerate(zip(commits, line, strict=True)):
        before = reachable(parents, line[:position][-1:])
        brought = reachable(parents, [number]) - before - {number}
        writers = {one for one in brought if len(parents[one]) < 2} or brought or {number}
        assert set(commit.contributors) == {str(one) for one in writers}
        assert commit.approvals == ((str(number),) if number not in writers else ())


# A line that grows by commits and merges, so long that Git, told to leave out what a commit follows, stops looking
# before it knows all of that: it goes by clocks. For each step a clock, and for a merge how far back it was begun.
LIVES = st.lists(
    st.tuples(st.none() | st.integers(0, 16), st.sampled_from([1000] * 9 + [1_750_000_000])),
    min_size=10,
    max_size=30,
)


def graph_of(life):
    """Return the graph of a life, and which of its commits are on main's line."""
    graph, line = [([], 1_750_000_000)], [0]
    for back, clock in life:
        parents = [line[-1]]
        if back is not None:
            graph.append(([max(len(graph) - 1 - back, 0)], 1_750_000_000))
            parents.append(len(graph) - 1)
        line.append(len(graph))
        graph.append((parents, clock))
    return graph, line


def check_the_cache(root, ids, kept):
    """Keep main's line where it ends at one commit; then it must be what Git alone says of it where it ends at all."""
    for file in (root / FOLDER).glob("*.sqlite"):
        file.unlink()
    for tip in (ids[kept % len(ids)], ids[-1]):
        plumb(root, "update-ref", "refs/heads/main", tip)
        with open_past(root) as past, Cache(root) as cache, open_past(root, cache=cache) as cached:
            assert cached.history == past.history


@settings(derandomize=True, deadline=None, max_examples=40)
@given(graph=GRAPHS, kept=st.integers(0, 8))
def test_what_the_cache_kept_of_any_graph_changes_nothing(bare_line, graph, kept):
    """Kept at any commit, on main's line or beside it."""
    check_the_cache(bare_line, write_graph(bare_line, graph)[0], kept)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(life=LIVES, later=st.integers(1, 3))
def test_what_the_cache_kept_of_a_long_line_changes_nothing(bare_line, life, later):
    """Whatever the clocks of the commits were."""
    graph, line = graph_of(life)
    check_the_cache(bare_line, write_graph(bare_line, graph)[0], line[-1 - later])


def test_a_clock_in_1970_gives_nobody_what_others_brought(bare_line):
    """A merge is dated 1970, and six commits after it; what it brought is not brought again by the next merge."""
    now, then = 1_750_000_000, 1000
    graph = [([], now), ([0], now + 1), ([0, 1], then), *(([number], then) for number in range(2, 8))]
    graph += [([1], now + 2), ([8, 9], now + 3)]
    ids, _ = write_graph(bare_line, graph)
    check_the_cache(bare_line, ids, 8)
    with open_past(bare_line) as past:
        assert past.history.commits[-1].contributors == ("9",)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(clocks=st.lists(st.integers(0, 40) | st.just(10**20), min_size=1, max_size=8), day=st.integers(0, 40))
def test_the_commit_of_a_day_is_git_s_own_answer(bare_line, clocks, day):
    """For any clocks Git can hold, as `git rev-list -1 --first-parent --before`; others count as the one before."""
    ids, _ = write_graph(bare_line, [([number - 1], 86400 * clock) for number, clock in enumerate(clocks)])
    plumb(bare_line, "update-ref", "refs/heads/main", ids[-1])
    dated, known = [], 0
    for clock in clocks:
        known = clock if clock <= 40 else known
        dated.append(known)
    twin, _ = write_graph(bare_line, [([number - 1], 86400 * clock) for number, clock in enumerate(dated)])
    when = datetime.fromtimestamp(86400 * day, UTC).date().isoformat()
    found = plumb(bare_line, "rev-list", "-1", "--first-parent", f"--before={when}T23:59:59+0700", twin[-1])
    if found:
        assert commit_on(bare_line, when) == ids[twin.index(found)]
    else:
        with pytest.raises(RepositoryUnusable):
            commit_on(bare_line, when)


def test_the_day_is_jakarta_s(bare_line):
    """17:00 UTC is midnight there: 1736528400 is 10 January 2025 17:00 UTC, the eleventh in Jakarta."""
    before, after = (write_graph(bare_line, [([], clock)])[0][0] for clock in (1736528399, 1736528400))
    for commit, day in ((before, "2025-01-10"), (after, "2025-01-11")):
        plumb(bare_line, "update-ref", "refs/heads/main", commit)
        assert commit_on(bare_line, day) == commit
    with pytest.raises(RepositoryUnusable, match=r"2025 \(commit pertama bertanggal 11 Januari 2025\)"):
        commit_on(bare_line, "2025-01-10")


@pytest.mark.parametrize("when", ["", "-1", "--all", "kemarin", "2025-1-1", "HEAD..main", "x" * 300, "HEAD\0"])
def test_what_is_neither_day_nor_revision_is_refused(bare_line, when):
    """Nothing reaches git as an option, and nothing is guessed."""
    with pytest.raises(RepositoryUnusable, match="tidak dikenal"):
        commit_on(bare_line, when)


def test_a_day_in_no_calendar_is_refused(bare_line):
    """It looks like a day, so it is not taken for a branch."""
    with pytest.raises(ValueError, match="month"):
        commit_on(bare_line, "2025-13-01")
