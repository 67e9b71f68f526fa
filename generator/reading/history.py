"""Every version of every file under units/, in the order main took them: one `git log`, one `git cat-file --batch`.

The only door to GitPython, and of it only the runner of commands: no `git.Repo`, which would read the repository's
configuration, opens anything here. What git prints is cut at NUL alone, a byte that no name, message or path of Git
can hold, into a fixed number of fields: text cannot pose as a record. Configuration, attributes, .mailmap, grafts and
replacements take no part (`reading.git`); order is the position on the first-parent line, whatever the clocks say.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import islice
from pathlib import Path
from subprocess import PIPE
from types import TracebackType
from typing import TYPE_CHECKING, Self

from generator.model.day import day_text
from generator.model.failure import RepositoryUnusable
from generator.model.history import Commit, History, Version
from generator.model.wording import shown
from generator.reading import git as door
from generator.reading import paths
from generator.reading.strict_yaml import UNIT_FILE

if TYPE_CHECKING:
    from git.cmd import Git

_FIELDS = ("%H", "%P", "%an", "%ae", "%at", "%ct", "%B")
_LOG = (
    "log",
    "-z",
    "--raw",
    "--root",  # log.showRoot
    "--diff-merges=first-parent",
    "--no-renames",  # diff.renames
    "--no-abbrev",
    "--no-color",
    "--no-notes",
    "--no-show-signature",
    "--no-relative",
    "--ignore-submodules=none",
    f"-O{os.devnull}",  # diff.orderFile
    "--encoding=none",  # bytes as they were written, whatever they and i18n.logOutputEncoding claim to be
    f"--format=tformat:{'%x00'.join(_FIELDS)}",
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

_JAKARTA = timezone(timedelta(hours=7))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TRAILER = re.compile(r"(?:Reviewed-by|Disetujui-oleh)[ \t]*:([^<\n]*)", re.IGNORECASE)
_WINDOW = 128
"""Blobs asked for at once: what is asked fits any pipe, what is answered fits memory (32 MiB)."""


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

    def read(self, versions: Iterable[Version]) -> Iterator[tuple[Version, bytes]]:
        """Yield each version that has bytes with them, in the order asked: fastest with a path's versions together.

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
        rest = int(head[2]) + 1
        content: bytes = answers.read(min(rest, UNIT_FILE.size + 2))
        rest -= len(content)
        while rest > 0:
            passed = len(answers.read(min(rest, UNIT_FILE.size)))
            if not passed:
                raise door.incomplete(self._root)
            rest -= passed
        return content[:-1]


@contextmanager
def open_past(root: Path, rev: str = "HEAD") -> Iterator[Past]:
    """Open what the line of first parents that ends at `rev` remembers.

    Raises `RepositoryUnusable`, with the command that mends it, for a shallow or partial clone, a repository without
    commits, a folder that is none, and an unknown revision.
    """
    tip = _tip(root, rev)
    if _is_shallow(root):
        raise _shallow(root)
    _refuse_partial(root, tip)
    output = _ask(root, *_LOG, tip, "--")
    with Past(root, _history(root, output, tip)) as past:
        yield past


def commit_on(root: Path, when: str) -> str:
    """Return the id of the commit main stood at by the end of a day (YYYY-MM-DD, Jakarta's), or of a revision.

    For a day it is the last position on HEAD's first-parent line whose committer date is not after it, as
    `git rev-list -1 --first-parent --before` finds it: a clock that was ahead hides no later commit. A commit whose
    date Git cannot hold counts as made when the one before it was.
    Raises `RepositoryUnusable` for an unknown revision, a day before the first commit, and where a shallow clone cut
    off the commits of that day; ValueError for a day that is in no calendar.
    """
    if not _DAY.fullmatch(when):
        return door.commit_id(root, when)
    day = date.fromisoformat(when)
    tokens = _ask(root, *_CLOCKS, _tip(root, "HEAD"), "--").split(b"\0")
    found, latest = "", _EPOCH
    first = None
    for commit, seconds in reversed(list(zip(tokens[:-1:2], tokens[1::2], strict=True))):
        latest = _moment(seconds) or latest
        first = first or latest
        if latest.astimezone(_JAKARTA).date() <= day:
            found = commit.decode("ascii")
    if found:
        return found
    if _is_shallow(root):
        raise _shallow(root)
    began = f"commit pertama bertanggal {day_text((first or _EPOCH).astimezone(_JAKARTA).date())}"
    raise RepositoryUnusable(f"Belum ada commit sampai dengan {day_text(day)} ({began}); pilih tanggal sesudahnya.")


def day_of(root: Path, commit: str) -> date:
    """Return the day, in Jakarta, on which the commit (an id) came to main by its committer's clock."""
    seconds = _ask(root, "log", "-1", "--no-show-signature", "--format=tformat:%ct", commit, "--").strip()
    return (_moment(seconds) or _EPOCH).astimezone(_JAKARTA).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """One commit as the log prints it."""

    id: str
    parents: tuple[str, ...]
    author: str
    email: str
    authored: datetime
    committed: datetime
    message: str
    touched: Sequence[bytes]
    """By turns ":oldmode newmode oldid newid status" and a path."""


def _history(root: Path, output: bytes, tip: str) -> History:
    records = {record.id: record for record in _records(root, output)}
    commits: list[Commit] = []
    versions: dict[str, list[Version]] = {}
    located: dict[bytes, str | None] = {}
    for record, brought in _line(records, tip):
        commit = _commit(record, brought, len(commits))
        commits.append(commit)
        for head, raw_path in zip(record.touched[::2], record.touched[1::2], strict=True):
            if raw_path not in located:
                located[raw_path] = _located(raw_path)
            path = located[raw_path]
            if path is None:
                continue
            old_mode, mode, _, blob, _ = head.decode("ascii").split()
            if _is_file(mode) or _is_file(old_mode):
                version = Version(commit=commit, path=path, blob=blob if _is_file(mode) else None)
                versions.setdefault(path, []).append(version)
    return History(commits=tuple(commits), versions={path: tuple(versions[path]) for path in sorted(versions)})


def _records(root: Path, output: bytes) -> Iterator[_Record]:
    tokens = output.split(b"\0")
    at = 0
    while at + len(_FIELDS) < len(tokens):
        identity, parents, author, email, authored, committed, message = tokens[at : at + len(_FIELDS)]
        if not door.OBJECT_ID.fullmatch(identity.decode("ascii", "replace")):
            raise door.refused(root, b"git log mencetak yang tidak diminta")
        at = start = at + len(_FIELDS)
        while tokens[at].startswith((b":", b"\n:")):  # an id starts the next record, nothing ends the output
            at += 2
        yield _Record(
            id=identity.decode("ascii"),
            parents=tuple(parents.decode("ascii").split()),
            author=_text(author),
            email=_text(email),
            authored=_moment(authored) or _EPOCH,
            committed=_moment(committed) or _EPOCH,
            message=_text(message),
            touched=tokens[start:at],
        )


def _line(records: Mapping[str, _Record], tip: str) -> Iterator[tuple[_Record, list[_Record]]]:
    """Yield the first-parent line, oldest first, each with what it brought that the line did not have before."""
    line = [records[tip]]
    while line[-1].parents:
        line.append(records[line[-1].parents[0]])
    seen: set[str] = set()
    for record in reversed(line):
        yield record, _brought(records, record.parents[1:], seen)
        seen.add(record.id)


def _brought(records: Mapping[str, _Record], heads: Sequence[str], seen: set[str]) -> list[_Record]:
    """Return what can be reached from the heads and was not seen, ancestors first; adds it to `seen`."""
    found: list[_Record] = []
    stack = [(head, False) for head in reversed(heads)]
    while stack:
        commit, ancestors_done = stack.pop()
        if ancestors_done:
            found.append(records[commit])
        elif commit not in seen:
            seen.add(commit)
            stack.append((commit, True))
            stack += ((parent, False) for parent in reversed(records[commit].parents))
    return found


def _commit(record: _Record, brought: Sequence[_Record], position: int) -> Commit:
    # a merge inside what was brought ("update branch") is a reviewer's click as often as a writer's
    writers = [one for one in brought if len(one.parents) < 2] or brought or [record]  # noqa: PLR2004 - a merge has 2
    approvals = [name for one in (*brought, record) for name in _trailers(one.message)]
    if record.author and not any(_same_person(record, writer) for writer in writers):
        approvals.append(record.author)
    return Commit(
        id=record.id,
        position=position,
        author=record.author,
        email=record.email,
        authored=record.authored,
        committed=record.committed,
        message=record.message,
        parents=record.parents,
        contributors=tuple(dict.fromkeys(writer.author for writer in writers)),
        approvals=tuple(dict.fromkeys(approvals)),
    )


def _same_person(one: _Record, other: _Record) -> bool:
    return one.author == other.author or (bool(one.email) and one.email.casefold() == other.email.casefold())


def _trailers(message: str) -> Iterator[str]:
    """Yield the names of approval trailers in the last paragraph of the message, which is not its subject."""
    paragraphs = re.split(r"\n[ \t\r]*\n", message.strip())
    if len(paragraphs) == 1:
        return
    for line in paragraphs[-1].split("\n"):
        trailer = _TRAILER.match(line)
        name = trailer[1].strip() if trailer else ""
        if name and "@" not in name:
            yield name


def _moment(seconds: bytes) -> datetime | None:
    """Return the moment, or None where it is no number or outside the years 1970 to 9999."""
    try:
        return _EPOCH + timedelta(seconds=int(seconds))
    except (ValueError, OverflowError):
        return None


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "backslashreplace")


def _located(raw_path: bytes) -> str | None:
    path = raw_path.decode("utf-8", "replace")
    return path if paths.locate(path) else None


def _is_file(mode: str) -> bool:
    """Tell a file (100644, 100755) from what is not there, a symbolic link and a submodule."""
    return mode.lstrip(":\n").startswith("100")


def _tip(root: Path, rev: str) -> str:
    try:
        return door.commit_id(root, rev)
    except RepositoryUnusable:
        if rev != "HEAD" or not door.run(root, "rev-parse", "--git-dir"):
            raise
        raise RepositoryUnusable(
            f"Repositori {shown(root, 200)} belum mempunyai commit; simpan dulu dengan git add units, lalu git commit."
        ) from None


def _is_shallow(root: Path) -> bool:
    return door.run(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def _shallow(root: Path) -> RepositoryUnusable:
    return RepositoryUnusable(
        f"Repositori {shown(root, 200)} hanya memuat ujung riwayatnya (klon dangkal); "
        "lengkapi di sana dengan git fetch --unshallow."
    )


def _refuse_partial(root: Path, tip: str) -> None:
    """Raise where a partial clone lacks something of its history: said at once, and not halfway through a page."""
    if b".promisor" not in door.run(root, "config", "--list", "--name-only", "-z"):
        return
    objects = door.run(root, "rev-list", "--objects", "--no-object-names", "--missing=print", tip, "--", paths.FOLDER)
    if objects.startswith(b"?") or b"\n?" in objects:
        raise door.incomplete(root)


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
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(door.environment(folder), GIT_PYTHON_REFRESH="quiet")
    try:
        from git.cmd import Git  # noqa: PLC0415 - it looks for git when it is imported: in this environment
        from git.exc import GitCommandNotFound  # noqa: PLC0415 - as above

        return Git(folder).execute(["git", *door.ARGUMENTS, "-C", str(folder), *args], istream=PIPE, as_process=True)
    except GitCommandNotFound:
        raise RepositoryUnusable(door.NO_GIT) from None
    finally:
        os.environ.clear()
        os.environ.update(before)
