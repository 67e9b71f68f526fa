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
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.judging.changes import advance
from generator.judging.moves import Claim, Stretch, heir, origins, stretches, with_returns
from generator.model.history import Mark, Step, Version
from generator.reading.blocks import Reader
from generator.reading.paths import FOLDER, Location, locate, unit_of

from .checking import program_digest
from .moved import origins_in
from .telling import Data, Entry, Operations, Teller
from .trend import scores_over_time

if TYPE_CHECKING:
    from generator.reading.cache import Cache
    from generator.reading.history import Past

    from .catalogue import Catalogue

__all__ = ["Chronicle", "scores_over_time", "timeline"]

_FORM = 4
"""Of what the cache keeps; another form, another key."""
_LAYERS = 16
"""Growths of a timeline kept one upon another; then all of it is kept anew, as one."""

_Scope = Sequence[Stretch]
_Done = tuple[Operations | None, Data | None]
"""Operations of one version (None: it cannot be read), and what its file says after them."""


def timeline(unit_id: str, past: Past, catalogue: Catalogue, cache: Cache | None = None) -> tuple[Step, ...]:
    """Return what each version of the unit's files did, oldest first in the order main took them.

    Files at its old ids (`asal`) count up to the commit that moved it. An agency's id stands for its instansi.yaml.
    Empty for an id that never was. Raises what `Past.read` raises.
    """
    return Chronicle(past, catalogue, cache).timeline(unit_id)


class _Known(NamedTuple):
    """What the cache knew of a unit's first entries."""

    steps: tuple[Step, ...]
    patches: tuple[Operations | None, ...]
    teller: Teller
    cut: frozenset[str]
    """Files whose last version was cut at its questions (`reading.blocks`)."""
    layers: int
    """How many growths it was kept in."""


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

    def timeline(self, unit_id: str) -> tuple[Step, ...]:
        """Return what the function `timeline` does."""
        scope = self._scope(unit_id)
        entries = self._entries(scope)
        known = self._remembered(scope, entries)
        rest = entries[len(known.steps) :]
        if not rest:
            return known.steps
        done, cut = self._done(rest, known)
        patches = [operations for operations, _ in done]
        steps = known.steps + tuple(known.teller.tell(entry, *one) for entry, one in zip(rest, done, strict=True))
        self._remember(scope, entries, known, patches, cut)
        return steps

    def knows(self, unit_id: str) -> bool:
        """Tell whether the cache has the whole timeline, without reading it."""
        mark = self._mark(unit_id)
        return mark is not None and mark[1] == self.key(unit_id)

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
            versions = (self._past.history.version(path, mark) for path, mark in marks)
            known = [origins_in(raw, version.path) for version, raw in self._past.read(versions)]
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

    def _done(self, entries: Sequence[Entry], known: _Known) -> tuple[list[_Done], frozenset[str]]:
        """Return what each entry did to its file, and the files whose last version was cut."""
        done: dict[tuple[int, str], _Done] = {}
        before = dict(known.teller.documents)
        cut = set(known.cut)
        for entry, data, was_cut in self._documents(entries, known):
            path = entry.version.path
            (cut.add if was_cut else cut.discard)(path)
            if data is None and entry.version.blob is not None:
                done[entry.order] = None, None
            else:
                done[entry.order] = advance(before.get(path), data)
                before[path] = done[entry.order][1]
        return [done[entry.order] for entry in entries], frozenset(cut)

    def _documents(self, entries: Sequence[Entry], known: _Known) -> Iterator[tuple[Entry, Data | None, bool]]:
        """Yield, file by file, each entry with its data (None: removed, or not readable) and whether it was cut."""
        ordered = sorted(entries, key=lambda entry: (entry.name, entry.rank, entry.version.commit.position))
        last = {path: version for path, version in known.teller.versions.items() if path in known.cut}
        asked: list[Version] = []
        begun: set[str] = set()
        for entry in ordered:
            path = entry.version.path
            if path not in begun and path in last:
                asked.append(last[path])
            begun.add(path)
            asked.append(entry.version)
        contents = self._past.read(asked)
        readers: dict[str, Reader] = {}
        for entry in ordered:
            path = entry.version.path
            if entry.name not in readers:
                readers = {entry.name: Reader()}  # one file at a time: the reader before is done
            reader = readers[entry.name]
            if path in last:
                del last[path]
                reader.recall(next(contents)[1], known.teller.documents[path] or {}, path=path)
            if entry.version.blob is None:
                yield entry, None, False
            else:
                data = reader.read(next(contents)[1], path=path)
                yield entry, data, reader.cut

    def _remembered(self, scope: _Scope, entries: Sequence[Entry]) -> _Known:
        """Return what the cache knows of the first entries: all of them, those of an earlier day, or none."""
        nothing = _Known((), (), Teller(), frozenset(), 0)
        mark = self._mark(scope[-1].unit)
        if mark is None or not 0 < mark[0] <= len(entries):
            return nothing
        count, key = mark
        if key != self._key(scope, entries[count - 1].version.commit.position):
            return nothing
        return self._kept(scope, entries[:count], nothing) or nothing

    def _mark(self, unit_id: str) -> tuple[int, str] | None:
        """Return how many entries of the unit were kept last, and under which key."""
        if self._cache is None:
            return None
        return self._cache.get(self._mark_key(unit_id), lambda value: (int(value["n"]), str(value["key"])))

    def _kept(self, scope: _Scope, entries: Sequence[Entry], nothing: _Known) -> _Known | None:
        """Return what is kept of just these entries; None where that is nothing, or does not fit."""

        def decoded(value: Any) -> _Known:
            patches = tuple(None if row is None else tuple(row) for row in value["patches"])
            start = len(entries) - len(patches)
            if not 0 <= start < len(entries):
                raise ValueError(start)
            base = nothing if start == 0 else self._kept(scope, entries[:start], nothing)
            if base is None or base.layers >= _LAYERS:
                raise ValueError(start)
            steps = map(base.teller.retell, entries[start:], patches)
            cut = frozenset(map(str, value["cut"]))
            return _Known((*base.steps, *steps), (*base.patches, *patches), base.teller, cut, base.layers + 1)

        assert self._cache is not None  # noqa: S101 - asked before
        return self._cache.get(self._key(scope, entries[-1].version.commit.position), decoded)

    def _remember(
        self,
        scope: _Scope,
        entries: Sequence[Entry],
        known: _Known,
        patches: Sequence[Operations | None],
        cut: Iterable[str],
    ) -> None:
        """Keep what was worked out: upon what was known, or with it once that has grown too often."""
        if self._cache is None:
            return
        key = self._key(scope, entries[-1].version.commit.position)
        kept = patches if known.layers < _LAYERS else (*known.patches, *patches)
        self._cache.put(key, {"patches": kept, "cut": sorted(cut)}, tight=True)
        self._cache.put(self._mark_key(scope[-1].unit), {"n": len(entries), "key": key})

    def _key(self, scope: _Scope, end: int) -> str:
        """Return the key of the scope's past up to a position.

        A commit's id says all that main took before it; so with the id of the last one that touched a file of the unit,
        every version of its files is said.
        """
        last = self._past.history.commit(end).id if end >= 0 else ""
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
