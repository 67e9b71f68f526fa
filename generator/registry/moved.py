"""Which unit of one state of the registry is which of another: by what unit.yaml says, and by what Git remembers.

Two states say it where a unit moved once, and where a move was taken back. Over two moves unit.yaml may name only the
id between: then it takes the commits between the two, one after another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.judging.moves import declared_origins
from generator.model.failure import RepositoryUnusable
from generator.model.finding import Finding, Level
from generator.reading.blocks import Reader
from generator.reading.git import commit_id
from generator.reading.paths import FOLDER, unit_of

if TYPE_CHECKING:
    from generator.model.history import Mark
    from generator.reading.blobs import Entry, Tree
    from generator.reading.history import Past

Named = Mapping[str, frozenset[str]]
"""Unit's id -> the ids its unit.yaml names."""
Moves = Mapping[str, str]
"""Unit's id after -> its id before, of the units that stand elsewhere."""
Remembered = Callable[[], Moves]
"""What asks history, where it must be asked."""

_PROFILE = "/unit.yaml"
_MOST = 100
"""Ids of one way that are followed: a stranger's commits may go on and on."""


def matched(gone: Named, came: Named, taken: Collection[str] = ()) -> dict[str, str]:
    """Return new id -> old id of the units that are gone here and came there, where one names the other.

    The new one does (`asal`); or the gone one alone: then its move was taken back. Not where two claim the old id, nor
    where a unit that was there all along does: `taken` are the ids such units name now and did not before.
    """
    heirs: defaultdict[str, list[str]] = defaultdict(list)
    for unit_id, named in came.items():
        for origin in named:
            heirs[origin].append(unit_id)
    found: dict[str, str] = {}
    for origin in sorted(gone.keys() - set(taken)):
        claims = heirs[origin] or [one for one in gone[origin] if one in came and not gone.keys() & came[one]]
        if len(claims) == 1:
            found[claims[0]] = origin
    return found


def origins_in(raw: bytes, path: str) -> tuple[str, ...] | None:
    """Return the ids a unit.yaml names; None where it cannot be read."""
    if b"asal" not in raw and b"\\" not in raw:  # the key cannot be there
        return ()
    data = Reader().read(raw, path=path)
    return None if data is None else declared_origins(data)


def origins_of(tree: Tree, entry: Entry | None) -> frozenset[str]:
    """Return the ids that a unit.yaml of the tree names; none where there is none, or it cannot be read."""
    if entry is None:
        return frozenset()
    ((_, raw),) = tree.read([entry])
    return frozenset(origins_in(raw, entry.path) or ())


def moves_between(root: Path, before: str, after: str) -> Moves:
    """Return which units stand elsewhere at revision `after` than at `before`, by the commits between them.

    Nothing where that is not at hand: `before` is not on the line of first parents that ends at `after`, one of them
    is no commit, or the clone is shallow or partial.
    """
    from generator.reading.history import open_past  # noqa: PLC0415 - two trees are compared without it

    try:
        start = commit_id(root, before)
        with open_past(root, commit_id(root, after)) as past:
            line = past.history.ids
            return _moves(past, line.index(start)) if start in line else {}
    except RepositoryUnusable:
        return {}


def cut_off(before: Tree, after: Tree, moved: Moves) -> Iterator[Finding]:
    """Yield a finding for each unit that would lose its past if main took it from `before` to `after` at once.

    Then the ids between are none that main ever had: unit.yaml must name the old one, unless that takes a move back.
    """
    old, new = ({entry.path: entry for entry in tree.entries} for tree in (before, after))
    for unit_id, origin in sorted(moved.items()):
        path = f"{FOLDER}/{unit_id}{_PROFILE}"
        backwards = unit_id in origins_of(before, old.get(f"{FOLDER}/{origin}{_PROFILE}"))
        if not backwards and origin not in origins_of(after, new.get(path)):
            yield Finding(
                path=path,
                line=0,
                column=0,
                code="asal-terputus",
                level=Level.ERROR,
                pointer="/asal",
                message=f"Unit ini pindah dari {origin} lewat id yang hanya ada di usulan ini: riwayatnya putus.",
                hint=f"Tambahkan {origin} pada asal di unit.yaml.",
            )


def _moves(past: Past, since: int) -> Moves:
    told = sorted(_profiles(past, since), key=lambda one: one.position)
    line = _Line({one.unit: one.origins for one in told if one.position <= since and one.origins is not None})
    for position, those in groupby(told, key=lambda one: one.position):
        if position > since:
            line.take(tuple(those))
    return line.moves()


class _Said(NamedTuple):
    """One version of a unit.yaml."""

    position: int
    unit: str
    origins: frozenset[str] | None
    """None where it was removed."""


def _profiles(past: Past, since: int) -> Iterator[_Said]:
    """Yield what each unit.yaml said at the position, and what each of its versions after it says."""
    asked: list[tuple[str, Mark]] = []
    for path, marks in past.history.marks.items():
        if path.endswith(_PROFILE):
            last = max((place for place, one in enumerate(marks) if one.position <= since), default=0)
            asked += ((path, mark) for mark in marks[last:])
    contents = past.read(mark for _, mark in asked)
    for path, mark in asked:
        origins = None
        if mark.blob is not None:
            origins = frozenset(origins_in(next(contents)[1], path) or ())
        yield _Said(mark.position, unit_of(path), origins)


class _Line:
    """Who is who while one commit comes after another."""

    def __init__(self, standing: Named) -> None:
        self._named = dict(standing)
        self._was = {unit_id: unit_id for unit_id in standing}
        """Of each unit that stands: its id at the beginning; "" where it was not there, so far as is known."""
        self._adrift: dict[str, str] = {}
        """The same of units that are gone and have not come anywhere."""
        self._taken: set[str] = set()
        """Ids that units name which were there already: those took somebody in."""

    def take(self, told: Sequence[_Said]) -> None:
        """Take in what one commit does to the unit.yaml of units."""
        left = {one.unit for one in told if one.origins is None}
        self._adrift |= {one: was for one in left if (was := self._was.pop(one, ""))}
        silent = set()
        for one in told:
            if one.origins is None:
                continue
            if one.unit not in self._was:
                follows = not left.isdisjoint(one.origins)
                self._was[one.unit] = "" if follows else self._adrift.pop(one.unit, "")
                silent |= set() if follows else {one.unit}
            elif self._was[one.unit]:
                self._taken |= one.origins - self._named[one.unit]
            self._named[one.unit] = self._led(one.origins)
        if not self._adrift:
            return
        came = {
            one: said for one, was in self._was.items() if not was and ((said := self._named[one]) or one in silent)
        }
        gone = {one: self._named[one] & silent if one in left else frozenset() for one in self._adrift}
        for unit_id, origin in matched(gone, came, self._taken).items():
            self._was[unit_id] = self._adrift.pop(origin)

    def _led(self, origins: frozenset[str]) -> frozenset[str]:
        """Return the ids, and what those named that came and went meanwhile: they were somebody under way."""
        passed = [one for one in origins if one in self._named and one not in self._was and one not in self._adrift]
        led = origins.union(*(self._named[one] for one in passed))
        return led if len(led) <= _MOST else origins

    def moves(self) -> Moves:
        """Return which units stand elsewhere now than at the beginning."""
        return {unit_id: was for unit_id, was in self._was.items() if was not in ("", unit_id)}
