"""Every version of every file under units/, in the order main took them: one `git log`, one `git cat-file --batch`.

Who is behind a merge takes a second log, when somebody asks: commits beside main's line need no differences. Both logs
begin where the line ends that the cache has (`reading.kept_line`).

The only door to GitPython, and of it only the runner of commands: no `git.Repo`, which would read the repository's
configuration, opens anything here. Configuration, attributes, .mailmap, grafts and replacements take no part
(`reading.git`), text cannot pose as a commit (`reading.git_log`), and order is the position on the first-parent line,
whatever the clocks say.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from subprocess import PIPE
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from generator.model.day import day_text, is_written_day, jakarta_day
from generator.model.failure import RepositoryUnusable
from generator.model.history import History, Mark, Version
from generator.model.wording import shown
from generator.reading import git as door
from generator.reading import git_log, kept_line, paths
from generator.reading.git_log import EPOCH, moment
from generator.reading.strict_yaml import UNIT_FILE

if TYPE_CHECKING:
    from git.cmd import Git

    from generator.reading.cache import Cache

_TEXTS = (
    "log",
    "-z",
    "--no-color",
    "--no-notes",
    "--no-show-signature",
    "--encoding=none",  # bytes as they were written, whatever they and i18n.logOutputEncoding claim to be
    git_log.FORMAT,
)
_LOG = (
    *_TEXTS,
    "--first-parent",
    "--raw",
    "--root",  # log.showRoot
    "--diff-merges=first-parent",
    "--no-renames",  # diff.renames
    "--no-abbrev",
    "--no-relative",
    "--ignore-submodules=none",
    f"-O{os.devnull}",  # diff.orderFile
)
_CLOCKS = (
    "log",
    "-z",
    "--first-parent",
    "--no-color",
    "--no-notes",
    "--no-show-signature",
    "--format=tformat:%H%x00%ct",
)
_OBJECTS = ("rev-list", "--objects", "--no-object-names", "--missing=print", "--full-history")

_WINDOW = 32
"""Blobs asked for at once: what is asked fits any pipe, what is answered (32 × 100 kB) the processor's own memory."""

_WORTH_KEEPING = 500
"""Commits from which on it is dearer to ask Git for them each time than to keep all of the line anew."""

Asked = TypeVar("Asked", Version, Mark)


class Past:
    """What main remembers about units/. Made by `open_past`."""

    def __init__(self, root: Path, history: History) -> None:
        self._root = root
        self._process: Git.AutoInterrupt | None = None
        self.history = history

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process that reads."""
        process, self._process = self._process, None
        if process is not None:
            process.terminate()  # it only reads: nothing is lost
            process.communicate()

    def read(self, versions: Iterable[Asked]) -> Iterator[tuple[Asked, bytes]]:
        """Yield each version that has bytes with them, in the order asked: fastest with a path's versions together.

        A mark will do for its version: then nobody asks who is behind a merge.

        Of a file larger than the registry reads, just enough for `strict_yaml` to refuse it.
        Raises `RepositoryUnusable` where a blob is missing.
        """
        asked = ((version, version.blob) for version in versions if version.blob is not None)
        while window := tuple(islice(asked, _WINDOW)):
            contents = self._contents([blob for _, blob in window])  # all of them: nobody else's answers follow
            for (version, _), content in zip(window, contents, strict=True):
                yield version, content

    def _contents(self, blobs: Sequence[str]) -> list[bytes]:
        if self._process is None:
            self._process = _start(self._root, "cat-file", "--batch")
        try:
            self._process.stdin.write("".join(f"{blob}\n" for blob in blobs).encode("ascii"))
            self._process.stdin.flush()
        except BrokenPipeError:
            raise door.incomplete(self._root) from None
        return [self._content() for _ in blobs]

    def _content(self) -> bytes:
        answers = self._process.stdout  # type: ignore[union-attr] # asked before
        head = answers.readline().split()  # id, type, size; or id, "missing"; or nothing when git gave up
        if len(head) != len(("id", "type", "size")) or head[1] != b"blob":
            raise door.incomplete(self._root)
        size = int(head[2])
        content: bytes = answers.read(min(size, UNIT_FILE.size + 1))
        rest = size - len(content) + len("\n")
        while rest > 0:
            passed = len(answers.read(min(rest, UNIT_FILE.size)))
            if not passed:
                raise door.incomplete(self._root)
            rest -= passed
        return content


@contextmanager
def open_past(root: Path, rev: str = "HEAD", cache: Cache | None = None) -> Iterator[Past]:
    """Open what the line of first parents that ends at `rev` remembers; Git is asked for what the cache lacks of it.

    Raises `RepositoryUnusable`, with the command that mends it, for a shallow or partial clone, a repository without
    commits, a folder that is none, and an unknown revision.
    """
    history = _walked(root, rev) if cache is None else _remembered(root, rev, cache)
    with Past(root, history) as past:
        yield past


def _walked(root: Path, rev: str) -> History:
    # where files show that nothing is missing, Git need not be asked, nor for what HEAD names: the log begins with it
    tip = "HEAD^{commit}" if rev == "HEAD" and _looks_whole(root) else _whole(root, rev)
    try:
        return _line(root, tip)
    except RepositoryUnusable:
        _whole(root, rev)  # says better what is wrong
        raise


def _remembered(root: Path, rev: str, cache: Cache) -> History:
    tip = _whole(root, rev)
    known = kept_line.recalled(cache)
    if known is not None and tip in known.ids:
        return known.until(tip)
    grown = _grown(root, known, tip) if known is not None else None
    if known is not None and grown is not None and len(grown.ids) - len(known.ids) < _WORTH_KEEPING:
        return grown
    history = grown if grown is not None else _line(root, tip)
    if rev == "HEAD":
        kept_line.keep(cache, history)
    return history


def _line(root: Path, tip: str) -> History:
    return git_log.history(git_log.records(_ask(root, *_LOG, tip, "--")), lambda end: _ask(root, *_TEXTS, end, "--"))


def _grown(root: Path, known: History, tip: str) -> History | None:
    """Return what the line that ends at `tip` remembers where it goes on from the one that is known; else None."""
    without = f"^{known.ids[-1]}"
    try:
        later = git_log.records(_ask(root, *_LOG, tip, without, "--"))
    except RepositoryUnusable:  # the commit is gone, since another line took its place
        return None
    if not later or later[0].follows != known.ids[-1]:
        return None
    return git_log.history(later, lambda end: _ask(root, *_TEXTS, end, without, "--"), known)


class BeforeFirstCommit(RepositoryUnusable):
    """The day asked for lies before everything main remembers."""


def commit_on(root: Path, when: str) -> str:
    """Return the id of the commit main stood at by the end of a day (YYYY-MM-DD, Jakarta's), or of a revision.

    For a day it is the last position on HEAD's first-parent line whose committer date is not after it, as
    `git rev-list -1 --first-parent --before` finds it: a clock that was ahead hides no later commit. A commit whose
    date Git cannot hold counts as made when the one before it was.
    Raises `BeforeFirstCommit`, `RepositoryUnusable` for an unknown revision and where a shallow clone cut off the
    commits of that day; ValueError for a day that is in no calendar.
    """
    if not is_written_day(when):
        return door.commit_id(root, when)
    day = date.fromisoformat(when)
    tokens = _ask(root, *_CLOCKS, _tip(root, "HEAD"), "--").split(b"\0")
    line: list[tuple[str, date]] = []
    made = EPOCH
    for commit, seconds in reversed(tuple(zip(tokens[:-1:2], tokens[1::2], strict=True))):
        made = moment(seconds) or made
        line.append((commit.decode("ascii"), jakarta_day(made)))
    found = next((commit for commit, made_on in reversed(line) if made_on <= day), None)
    if found is not None:
        return found
    if _is_shallow(root):
        raise _shallow(root)
    began = f"commit pertama bertanggal {day_text(line[0][1])}"
    raise BeforeFirstCommit(f"Belum ada commit sampai dengan {day_text(day)} ({began}); pilih tanggal sesudahnya.")


def day_of(root: Path, commit: str) -> date:
    """Return the day, in Jakarta, on which the commit (an id) came to main by its committer's clock."""
    seconds = _ask(root, "log", "-1", "--no-show-signature", "--format=tformat:%ct", commit, "--").strip()
    return jakarta_day(moment(seconds) or EPOCH)


def _tip(root: Path, rev: str) -> str:
    try:
        return door.commit_id(root, rev)
    except door.UnknownRevision:
        if rev != "HEAD":
            raise
        raise RepositoryUnusable(
            f"Repositori {shown(root, 200)} belum mempunyai commit; simpan dulu dengan git add units, lalu git commit."
        ) from None


def _looks_whole(root: Path) -> bool:
    """Tell whether .git is laid out as usual, neither shallow nor partial: gitrepository-layout names the files."""
    folder = root / ".git"
    signs = (folder / "commondir", folder / "shallow")
    return folder.is_dir() and not any(map(os.path.lexists, signs)) and not _is_promised(folder / "objects/pack")


def _whole(root: Path, rev: str) -> str:
    """Return the commit's id; raises where something is missing, or there is no such commit."""
    tip, shallow, packs = _place(root, rev)
    if shallow:
        raise _shallow(root)
    _refuse_partial(root, tip, packs)
    return tip


def _place(root: Path, rev: str) -> tuple[str, bool, Path]:
    """Return the commit's id, whether the clone is shallow, and the folder of its packs: of HEAD by one question."""
    asked = ("rev-parse", "--is-shallow-repository", "--git-path", "objects/pack")
    try:
        answers = door.run(root, *asked, "HEAD^{commit}" if rev == "HEAD" else _tip(root, rev))
    except RepositoryUnusable:
        _tip(root, rev)  # says better what is wrong
        raise
    shallow, rest = answers.split(b"\n", 1)
    packs, tip_line = rest[:-1].rsplit(b"\n", 1)
    return tip_line.decode("ascii"), shallow == b"true", door.top(root) / os.fsdecode(packs)


def _is_shallow(root: Path) -> bool:
    return door.run(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def _shallow(root: Path) -> RepositoryUnusable:
    return RepositoryUnusable(
        f"Repositori {shown(root, 200)} hanya memuat ujung riwayatnya (klon dangkal); "
        "lengkapi di sana dengan git fetch --unshallow."
    )


def _refuse_partial(root: Path, tip: str, packs: Path) -> None:
    """Raise where a partial clone lacks something of its history: said at once, and not halfway through a page."""
    if not _is_promised(packs):
        return
    objects = door.run(root, *_OBJECTS, tip, "--", paths.FOLDER)
    if objects.startswith(b"?") or b"\n?" in objects:
        raise door.incomplete(root)


def _is_promised(packs: Path) -> bool:
    """Tell whether a remote promised to complete a pack: Git keeps a file beside it that says so."""
    return any(packs.glob("*.promisor"))


def _ask(root: Path, *args: str) -> bytes:
    process = _start(root, *args)
    output: bytes
    output, complaint = process.communicate()
    if process.returncode != 0:
        raise door.refused(root, complaint)
    return output


def _start(root: Path, *args: str) -> Git.AutoInterrupt:
    """Start git through GitPython, which hands on the whole of `os.environ`: it must be the hardened one then."""
    folder = door.top(root)
    before, hardened = dict(os.environ), door.environment(folder)
    os.environ.clear()
    os.environ.update(hardened, GIT_PYTHON_REFRESH="quiet")
    try:
        from git.cmd import Git  # noqa: PLC0415 - it looks for git when it is imported: in this environment
        from git.exc import GitCommandNotFound  # noqa: PLC0415 - as above

        return Git(folder).execute(["git", *door.ARGUMENTS, "-C", str(folder), *args], istream=PIPE, as_process=True)
    except GitCommandNotFound:
        raise RepositoryUnusable(door.NO_GIT) from None
    finally:
        os.environ.clear()
        os.environ.update(before)
