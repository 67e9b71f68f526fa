"""The past of units: what every version of their files changed, also from before they moved here.

    with open_past(root) as past:
        steps = timeline("instansi/unit", past, catalogue, cache)
        points = scores_over_time(steps, catalogue)

Whoever asks for many units makes one `Chronicle`, which looks through the history once.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.judging.changes import patch
from generator.judging.moves import Claim, Stretch, heir, origins, stretches, with_returns
from generator.model.history import Mark, Step
from generator.reading.blocks import Reader
from generator.reading.paths import FOLDER, Location, locate, unit_of
from generator.reading.program import program_digest

from .moved import origins_in
from .telling import Data, Entry, Operations, Teller
from .trend import scores_over_time

if TYPE_CHECKING:
    from generator.reading.cache import Cache
    from generator.reading.history import Past

    from .catalogue import Catalogue

__all__ = ["Chronicle", "scores_over_time", "timeline"]

_FORM = 5
"""Of what the cache keeps; another form, another key."""
_LAYERS = 16
"""Growths of a timeline kept one upon another; who reads one of more keeps all of it anew, as one."""

_Scope = Sequence[Stretch]


def timeline(unit_id: str, past: Past, catalogue: Catalogue, cache: Cache | None = None) -> tuple[Step, ...]:
    """Return what each version of the unit's files did, oldest first in the order main took them.

    Files at its old ids (`asal`) count up to the commit that moved it. An agency's id stands for its instansi.yaml.
    Empty for an id that never was. Raises what `Past.read` raises.
    """
    return tuple(Chronicle(past, catalogue, cache).timeline(unit_id))


class _Known(NamedTuple):
    """What the cache says it has of a unit."""

    length: int
    """How many entries, from the first on."""
    key: str
    """Where it has them."""
    layers: int
    """In how many growths they were kept."""


_NOTHING = _Known(0, "", 0)


class _Kept(NamedTuple):
    """What the cache has of a unit's first entries."""

    patches: tuple[Operations | None, ...]
    steps: tuple[Step, ...]
    teller: Teller


class Chronicle:
    """The past of every unit, each worked out when it is asked for; usable as long as its `Past` is open."""

    def __init__(self, past: Past, catalogue: Catalogue, cache: Cache | None = None) -> None:
        self._past = past
        self._catalogue = catalogue
        self._cache = cache
        self._program = program_digest(cache)
        self._paths: defaultdict[str, list[str]] = defaultdict(list)
        standing = set()
        for path, marks in past.history.marks.items():
            unit_id = unit_of(path)
            self._paths[unit_id].append(path)
            if "/" in unit_id and marks[-1].blob is not None:
                standing.add(unit_id)
        self.units = tuple(sorted(standing))
        """Ids of the units that stand at the end of the line."""

    def find(self, unit_id: str) -> str | None:
        """Return the id under which the unit's past is found: its own, or what an old id became; None if unknown."""
        return heir(unit_id, self._claims, self.units) or (unit_id if unit_id in self._paths else None)

    @property
    def known(self) -> tuple[str, ...]:
        """Every id of a unit that ever was, sorted."""
        return tuple(sorted(unit_id for unit_id in self._paths if "/" in unit_id))

    def old_ids(self, unit_id: str) -> tuple[str, ...]:
        """Return the ids the unit had before, sorted."""
        return tuple(origins(unit_id, self._claims, self.units))

    def key(self, unit_id: str) -> str:
        """Return what stays the same as long as nothing in the unit's past, the schemas or the program changes."""
        scope = self._scope(unit_id)
        return self._key(scope, self._end(scope))

    def timeline(self, unit_id: str) -> Iterator[Step]:
        """Return what the function `timeline` does, told when it is asked for.

        What the cache lacks is worked out and kept at once, and for that what it has is not read.
        """
        scope = self._scope(unit_id)
        entries = self._entries(scope)
        known = self._known(scope, entries)
        new = self._patches(entries, known.length)
        layers = known.layers + bool(new)
        if new:
            self._keep(scope, entries, new, layers)
        if known.length:
            return self._recalled(scope, entries, layers)
        return map(Teller().tell, entries, new)

    def knows(self, unit_id: str) -> bool:
        """Tell whether the cache has the whole timeline, without reading it."""
        mark = self._mark(unit_id)
        return mark is not None and mark.key == self.key(unit_id)

    @cached_property
    def _claims(self) -> Mapping[str, Sequence[Claim]]:
        history = self._past.history.marks
        paths = [path for unit_id in self._paths if (path := f"{FOLDER}/{unit_id}/unit.yaml") in history]
        marks = [(path, mark) for path in paths for mark in history[path] if mark.blob is not None]
        claims: defaultdict[str, list[Claim]] = defaultdict(list)
        for (path, mark), named in zip(marks, self._named(marks), strict=True):
            if named is not None:
                claims[unit_of(path)].append(Claim(mark.position, named))
        return with_returns(claims, self._gone(paths))

    def _gone(self, paths: Iterable[str]) -> Mapping[str, Sequence[int]]:
        """Return at which positions each unit's unit.yaml was removed."""
        history = self._past.history.marks
        return {
            unit_of(path): removed
            for path in paths
            if (removed := [mark.position for mark in history[path] if mark.blob is None])
        }

    def _named(self, marks: Sequence[tuple[str, Mark]]) -> Sequence[tuple[str, ...] | None]:
        """Return which units each version of a unit.yaml says it comes from; None where it cannot be read."""
        key = _key(f"asal {_FORM} {self._program}", (f"{path} {mark.blob}" for path, mark in marks))

        def decoded(value: Any) -> list[tuple[str, ...] | None]:
            rows = value["asal"]
            if len(rows) != len(marks):
                raise ValueError(len(rows))
            return [None if row is None else tuple(map(str, row)) for row in rows]

        known = self._cache.get(key, decoded) if self._cache is not None else None
        if known is None:
            contents = self._past.read(mark for _, mark in marks)
            known = [origins_in(raw, path) for (path, _), (_, raw) in zip(marks, contents, strict=True)]
            if self._cache is not None:
                self._cache.put(key, {"asal": known})
        return known

    def _scope(self, unit_id: str) -> _Scope:
        return stretches(unit_id, self._claims, self.units)

    def _end(self, scope: _Scope) -> int:
        """Return the position of the last version in the scope; -1 where there is none."""
        marks = self._past.history.marks
        return max(
            (
                mark.position
                for unit_id, since, until in scope
                for path in self._paths.get(unit_id, ())
                for mark in _within(marks[path], since, until)[-1:]
            ),
            default=-1,
        )

    def _entries(self, scope: _Scope) -> tuple[Entry, ...]:
        """Return the versions of the unit's files in the order main took them."""
        found: list[Entry] = []
        later: dict[str, tuple[str, int]] = {}  # name -> path at the next id, and its first position
        for rank, (one, start, end) in reversed(list(enumerate(scope))):
            for path in self._paths.get(one, ()):
                location = _located(path)
                name = path.removeprefix(f"{FOLDER}/{one}/")
                marks = _within(self._past.history.marks[path], start, end)
                versions = [self._past.history.version(path, mark) for mark in marks]
                target, since = later.get(name, ("", 0))
                moves_to = target if since <= end and versions and versions[-1].blob is None else ""
                found += (
                    Entry(version, location, name, rank, moves_to if version is versions[-1] else "")
                    for version in versions
                )
                if versions:
                    later[name] = path, versions[0].commit.position
        return tuple(sorted(found, key=lambda entry: entry.order))

    def _patches(self, entries: Sequence[Entry], count: int) -> list[Operations | None]:
        """Return what each entry after the first `count` did to its file; None where it cannot be read."""
        found: dict[tuple[int, str], Operations | None] = {}
        before: dict[str, Data | None] = {}
        ordered = sorted(entries[count:], key=lambda entry: (entry.name, entry.rank, entry.version.commit.position))
        contents = self._past.read(entry.version for entry in ordered)
        for _, versions in groupby(ordered, key=attrgetter("name")):
            reader = Reader()
            for entry in versions:
                path = entry.version.path
                if path not in before:
                    before[path] = self._last(entries[:count], path, reader)
                data = reader.read(next(contents)[1], path=path) if entry.version.blob is not None else None
                if data is None and entry.version.blob is not None:
                    found[entry.order] = None
                else:
                    found[entry.order] = patch(before[path], data)
                    before[path] = data
        return [found[entry.order] for entry in entries[count:]]

    def _last(self, entries: Sequence[Entry], path: str, reader: Reader) -> Data | None:
        """Return what a file says after the entries: what the last version of it does that can be read."""
        for entry in reversed(entries):
            if entry.version.path == path:
                data = None
                for _, raw in self._past.read([entry.version]):
                    data = reader.read(raw, path=path)
                if data is not None or entry.version.blob is None:
                    return data
        return None

    def _recalled(self, scope: _Scope, entries: Sequence[Entry], layers: int) -> Iterator[Step]:
        """Yield the steps as the cache has them."""
        kept = self._kept(scope, entries)
        if kept is None:  # damaged
            patches = self._patches(entries, 0)
            self._keep(scope, entries, patches, 1)
            yield from map(Teller().tell, entries, patches)
        else:
            if layers > _LAYERS:
                self._keep(scope, entries, kept.patches, 1)
            yield from kept.steps

    def _known(self, scope: _Scope, entries: Sequence[Entry]) -> _Known:
        """Return what the cache says it has of these entries: all of them, those of an earlier day, or none."""
        known = self._mark(scope[-1].unit)
        if known is None or not 0 < known.length <= len(entries):
            return _NOTHING
        here = self._key(scope, entries[known.length - 1].version.commit.position)
        return known if known.key == here else _NOTHING

    def _mark(self, unit_id: str) -> _Known | None:
        """Return what was kept last of the unit."""
        if self._cache is None:
            return None
        return self._cache.get(
            self._mark_key(unit_id), lambda value: _Known(int(value["n"]), str(value["key"]), int(value["layers"]))
        )

    def _kept(self, scope: _Scope, entries: Sequence[Entry]) -> _Kept | None:
        """Return what is kept of just these entries; None where that is nothing, or does not fit."""
        if not entries:
            return _Kept((), (), Teller())

        def decoded(value: Any) -> _Kept:
            patches = tuple(None if row is None else tuple(row) for row in value["patches"])
            start = len(entries) - len(patches)
            base = self._kept(scope, entries[:start]) if 0 <= start < len(entries) else None
            if base is None:
                raise ValueError(start)
            steps = map(base.teller.tell, entries[start:], patches)
            return _Kept((*base.patches, *patches), (*base.steps, *steps), base.teller)

        assert self._cache is not None  # noqa: S101 - only a cache says that it has some
        return self._cache.get(self._key(scope, entries[-1].version.commit.position), decoded)

    def _keep(self, scope: _Scope, entries: Sequence[Entry], patches: Sequence[Operations | None], layers: int) -> None:
        """Keep what the last entries did, upon what is kept of those before them."""
        if self._cache is None:
            return
        key = self._key(scope, entries[-1].version.commit.position)
        self._cache.put(key, {"patches": patches})
        self._cache.put(self._mark_key(scope[-1].unit), {"n": len(entries), "key": key, "layers": layers})

    def _key(self, scope: _Scope, end: int) -> str:
        """Return the key of the scope's past up to a position.

        A commit's id says all that main took before it; so with the id of the last one that touched a file of the unit,
        every version of its files is said.
        """
        last = self._past.history.ids[end] if end >= 0 else ""
        return _key(f"riwayat {_FORM} {self._program} {self._catalogue.digest} {last}", (f"{one}" for one in scope))

    def _mark_key(self, unit_id: str) -> str:
        return _key(f"riwayat {_FORM} {self._program} {self._catalogue.digest}", (unit_id,))


def _key(of: str, content: Iterable[str]) -> str:
    return hashlib.sha256("\n".join((of, *content, "")).encode()).hexdigest()


def _within(marks: Sequence[Mark], since: int, until: int) -> Sequence[Mark]:
    """Return the marks from one position to another."""
    if not marks or (since <= marks[0].position and marks[-1].position <= until):
        return marks
    return [mark for mark in marks if since <= mark.position <= until]


def _located(path: str) -> Location:
    location = locate(path)
    assert location is not None  # noqa: S101 - a history has no other paths
    return location
