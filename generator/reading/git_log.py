"""What `git log` prints, as values: fields between NULs, a fixed number of them, and nothing a person can forge.

No name, message or path of Git can hold a NUL, and raw differences start with ":", which no id does. So no control
character, no newline and no line that begins with "commit" makes a record, a field or a version.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from typing import NamedTuple

from generator.model.history import NOTHING, Commit, History, Mark
from generator.reading import paths

FORMAT = "--format=tformat:%H%x00%P%x00%an%x00%ae%x00%at%x00%ct%x00%B"
"""For `git log -z`, with or without `--raw --no-abbrev`: %an, since %aN asks .mailmap."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_LAST = 253_370_764_799
"""The end of the year 9998: what comes after is in some time zone a day that no calendar here has."""
_FIELDS = FORMAT.count("%x00") + 1
_PARAGRAPHS = re.compile(r"\n[ \t\r]*\n")
_TRAILER = re.compile(r"(?:Reviewed-by|Disetujui-oleh)[ \t]*:([^<\n]*)", re.IGNORECASE)


class Record(NamedTuple):
    """One commit as the log prints it; decoded where it is shown, for most only pass by."""

    id: bytes
    parents: bytes
    author: bytes
    email: bytes
    authored: bytes
    committed: bytes
    message: bytes
    touched: Sequence[tuple[bytes, bytes]]
    """":oldmode newmode oldid newid status" with each path."""

    @property
    def follows(self) -> str:
        """The id of its first parent; "" where it has none."""
        return self.parents.split(b" ", 1)[0].decode("ascii")


def records(output: bytes) -> tuple[Record, ...]:
    """Return the commits that a log shows newest first, oldest first."""
    return tuple(_records(output))[::-1]


def history(line: Sequence[Record], graph: Callable[[str], bytes], before: History = NOTHING) -> History:
    """Return what the first-parent line remembers of the registry's files: `before`, and then the line's records.

    `graph` returns the log of a commit and of all it descends from, without what they touched: there is read who is
    behind a merge. What `before` descends from may be left out of it, wholly or in part. A symbolic link or a submodule
    is no file: one that takes a file's place removes it.
    """
    base = len(before.ids)
    marks = defaultdict(list, {path: list(known) for path, known in before.marks.items()})
    located: dict[bytes, str | None] = {}
    for position, record in enumerate(line, start=base):
        for head, raw_path in record.touched:
            if raw_path not in located:
                located[raw_path] = _located(raw_path)
            path = located[raw_path]
            if path is not None and (mark := _mark(position, head)) is not None:
                marks[path].append(mark)
    decoder = _Decoder(line, before, graph)
    return History(
        dict(sorted(marks.items())),
        (*before.ids, *(record.id.decode("ascii") for record in line)),
        lambda position: before.commit(position) if position < base else decoder(position),
    )


def moment(seconds: bytes) -> datetime | None:
    """Return the moment of a number of seconds, or None for what is none and for those after `_LAST`.

    Git prints the digits as they stand in the commit, also more than its own clock can hold.
    """
    try:
        number = int(seconds)
    except ValueError:  # also for more digits than int reads
        return None
    return EPOCH + timedelta(seconds=number) if 0 <= number <= _LAST else None


def _records(output: bytes) -> Iterator[Record]:
    tokens = output.split(b"\0")
    at = 0
    while at + _FIELDS < len(tokens):
        fields = tokens[at : at + _FIELDS]
        at += _FIELDS
        touched = []
        while tokens[at].startswith((b":", b"\n:")):  # an id starts the next record, nothing ends the output
            touched.append((tokens[at], tokens[at + 1]))
            at += 2
        yield Record._make((*fields, touched))


class _Decoder:
    """Makes the commit at a position of the line; asks for all others when the first merge is wanted."""

    def __init__(self, line: Sequence[Record], before: History, graph: Callable[[str], bytes]) -> None:
        self._line = line
        self._before = before
        self._graph = graph

    def __call__(self, position: int) -> Commit:
        place = position - len(self._before.ids)
        record = self._line[place]
        author = _name(record.author)
        contributors: tuple[str, ...] = (author,)
        approvals = _trailers(record.message)
        brought = self._brought[place] if _is_merge(record) else ()
        if _is_merge(record):
            contributors, approvals = _merged(record, brought, approvals)
        authored = moment(record.authored)
        committed = authored if record.committed == record.authored else moment(record.committed)
        return Commit(
            id=record.id.decode("ascii"),
            position=position,
            author=author,
            email=_name(record.email),
            authored=authored or EPOCH,
            committed=committed or EPOCH,
            message=_text(record.message),
            parents=tuple(record.parents.decode("ascii").split()),
            contributors=contributors,
            approvals=approvals,
            dated=committed is not None,
            brought=tuple(one.id.decode("ascii") for one in brought),
        )

    @cached_property
    def _brought(self) -> Mapping[int, Sequence[Record]]:
        """By place of a merge in the line: what it brought that the line did not have before, ancestors first."""
        records = {record.id: record for record in _records(self._graph(self._line[-1].id.decode("ascii")))}
        known = (one for commit in self._before.commits for one in (commit.id, *commit.brought))
        seen = {one.encode("ascii") for one in known}  # Git goes by clocks where it leaves out what a commit follows
        found = {}
        for place, record in enumerate(self._line):
            if _is_merge(record):
                found[place] = _reached(records, record.parents.split()[1:], seen)
            seen.add(record.id)
        return found


def _reached(records: Mapping[bytes, Record], heads: Sequence[bytes], seen: set[bytes]) -> list[Record]:
    """Return what can be reached from the heads and was not seen, ancestors first; adds it to `seen`."""
    found: list[Record] = []
    stack = [(head, False) for head in reversed(heads)]
    while stack:
        commit, ancestors_done = stack.pop()
        if ancestors_done:
            found.append(records[commit])
        elif commit not in seen:
            seen.add(commit)
            stack.append((commit, True))
            stack += ((parent, False) for parent in reversed(records[commit].parents.split()))
    return found


def _is_merge(record: Record) -> bool:
    return b" " in record.parents


def _merged(
    record: Record, brought: Sequence[Record], approvals: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who wrote what a merge brought, and who approved it."""
    # a merge inside what was brought ("update branch") is a reviewer's click as often as a writer's
    writers = [one for one in brought if not _is_merge(one)] or brought or [record]
    names = [*(name for one in brought for name in _trailers(one.message)), *approvals]
    if record.author and not any(_same_person(record, writer) for writer in writers):
        names.append(_name(record.author))
    return tuple(dict.fromkeys(_name(writer.author) for writer in writers)), tuple(dict.fromkeys(names))


def _same_person(one: Record, other: Record) -> bool:
    return one.author == other.author or (one.email != b"" and one.email.lower() == other.email.lower())


def _trailers(message: bytes) -> tuple[str, ...]:
    """Return the names of approval trailers in the last paragraph of the message, which is not its subject."""
    if b":" not in message:
        return ()
    paragraphs = _PARAGRAPHS.split(_text(message).strip())
    found = map(_TRAILER.match, paragraphs[-1].split("\n") if len(paragraphs) > 1 else ())
    names = (trailer[1].strip() for trailer in found if trailer)
    return tuple(dict.fromkeys(name for name in names if name and "@" not in name))


def _mark(position: int, head: bytes) -> Mark | None:
    old_mode, mode, _, blob, _ = head.split()
    if _is_file(mode):
        return Mark(position, blob.decode("ascii"))
    return Mark(position, None) if _is_file(old_mode[-len(mode) :]) else None


def _is_file(mode: bytes) -> bool:
    return mode.startswith(b"100")  # 100644; 100755, which is the same content with the right to run it


def _located(raw_path: bytes) -> str | None:
    path = raw_path.decode("utf-8", "replace")
    return path if paths.locate(path) else None


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "backslashreplace")


_name = lru_cache(maxsize=4096)(_text)
"""Names and addresses, of which there are few."""
