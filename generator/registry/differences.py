"""What is different between two states of the registry: per unit what changed, and what that did to its scores."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from generator.judging.changes import compare
from generator.judging.moves import declared_origins
from generator.model.declared import Predicate, Tier
from generator.model.document import Kind
from generator.model.history import Change, ChangeKind
from generator.reading.paths import FOLDER, locate
from generator.reading.strict_yaml import Refused, load

from .past import MOVED_FILE, change_of
from .units import readings

if TYPE_CHECKING:
    from generator.model.judged import Assessment, TierResult
    from generator.reading.blobs import Entry, Tree

    from .catalogue import Catalogue

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalMoved:
    """One tier's total before and after; None where it had no sheet that could be scored."""

    year: int
    tier: Tier
    before: Fraction | None
    after: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A condition of a predicate that is met otherwise than before, by one tier's sheet; None: cannot be told."""

    year: int
    tier: Tier
    predicate: Predicate
    code: str
    """"" for the verdict: all conditions together."""
    name: str
    before: bool | None
    after: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What is different in one unit, or in an agency's own file."""

    unit: str
    """Its id after; before, where it is gone."""
    old_id: str
    """Where it stood before, if elsewhere; else ""."""
    changes: tuple[Change, ...]
    """Sorted by path; empty where its files were only written otherwise."""
    totals: tuple[TotalMoved, ...]
    """Of every year and tier whose total is another."""
    flips: tuple[Flip, ...]


def differences(before: Tree, after: Tree, catalogue: Catalogue, today: date) -> Iterator[Difference]:
    """Yield what is different, sorted by unit id; only files with different content are read, and their units scored.

    Raises what `Tree.read` raises.
    """
    old, new = _by_unit(before), _by_unit(after)
    moved = _moved(old, new, after)
    gone = set(moved.values())
    for unit_id in sorted((old.keys() | new.keys()) - gone):
        origin = moved.get(unit_id, unit_id)
        here, there = old.get(origin, {}), new.get(unit_id, {})
        names = [name for name in sorted(here.keys() | there.keys()) if _id(here.get(name)) != _id(there.get(name))]
        moved_names = here.keys() & there.keys() if origin != unit_id else set()
        if not names and not moved_names:
            continue
        changes = [
            change
            for name in sorted({*names, *moved_names})
            for change in _changes(before, after, here.get(name), there.get(name))
        ]
        earlier = _results(before, catalogue, today, origin)
        later = _results(after, catalogue, today, unit_id)
        yield Difference(
            unit=unit_id,
            old_id=origin if origin != unit_id else "",
            changes=tuple(changes),
            totals=tuple(_totals(earlier, later)),
            flips=tuple(_flips(earlier, later)),
        )


Files = dict[str, "Entry"]


def _by_unit(tree: Tree) -> dict[str, Files]:
    """Return unit (or agency) -> name inside its folder -> file."""
    units: dict[str, Files] = {}
    for entry in tree.entries:
        location = locate(entry.path)
        if location is not None:
            name = entry.path.removeprefix(f"{FOLDER}/{location.unit_id}/")
            units.setdefault(location.unit_id, {})[name] = entry
    return units


def _moved(old: Collection[str], new: Mapping[str, Files], after: Tree) -> dict[str, str]:
    """Return new id -> old id of the units that say so (`asal`), where the old id is gone and one unit claims it."""
    claims: dict[str, list[str]] = {}
    for unit_id in new.keys() - set(old):
        profile = new[unit_id].get("unit.yaml")
        for origin in declared_origins(_data(after, profile) or {}):
            if origin in old and origin not in new:
                claims.setdefault(origin, []).append(unit_id)
    return {units[0]: origin for origin, units in sorted(claims.items()) if len(units) == 1}


def _id(entry: Entry | None) -> str | None:
    return entry.id if entry is not None else None


def _data(tree: Tree, entry: Entry | None) -> Data | None:
    """Return the file's data; None where there is no file or it cannot be read."""
    if entry is None:
        return None
    ((_, raw),) = tree.read([entry])
    try:
        return load(raw, path=entry.path).data
    except Refused:
        return None


def _changes(before: Tree, after: Tree, old: Entry | None, new: Entry | None) -> Iterator[Change]:
    entry = new or old
    location = locate(entry.path) if entry is not None else None
    if entry is None or location is None:
        return
    if old is not None and new is not None and old.path != new.path:
        yield change_of(location, ChangeKind.UNIT_MOVED, MOVED_FILE, old.path, new.path)
    if _id(old) == _id(new):
        return
    here, there = _data(before, old), _data(after, new)
    if (old is not None and here is None) or (new is not None and there is None):
        yield change_of(location, ChangeKind.UNREADABLE)
        return
    tier = Tier(location.kind) if location.kind in _SHEETS else None
    yield from compare(location.kind, here, there, unit=location.unit_id, year=location.year, tier=tier)


_SHEETS = frozenset({Kind.MANDIRI, Kind.TPI, Kind.TPN})

Results = Mapping[tuple[int, Tier], "TierResult"]


def _results(tree: Tree, catalogue: Catalogue, today: date, unit_id: str) -> Results:
    found: dict[tuple[int, Tier], TierResult] = {}
    for reading in readings(tree, catalogue, today, (unit_id,)) if "/" in unit_id else ():
        assessments: tuple[Assessment, ...] = reading.record.assessments if reading.record else ()
        for one in assessments:
            found.update({(one.declared.year, tier): result for tier, result in one.results.items()})
    return found


def _totals(before: Results, after: Results) -> Iterator[TotalMoved]:
    for year, tier in _keys(before, after):
        old, new = (found[year, tier].score.total if (year, tier) in found else None for found in (before, after))
        if old != new:
            yield TotalMoved(year=year, tier=tier, before=old, after=new)


def _flips(before: Results, after: Results) -> Iterator[Flip]:
    for year, tier in _keys(before, after):
        old, new = before.get((year, tier)), after.get((year, tier))
        if old is None or new is None:
            continue
        for predicate, verdict in new.verdicts.items():
            earlier = old.verdicts[predicate]
            met = {condition.code: condition.met for condition in earlier.conditions}
            rows = [("", "", earlier.met, verdict.met)]
            rows += [(one.code, one.name, met.get(one.code), one.met) for one in verdict.conditions]
            for code, name, was, now in rows:
                if was is not now:
                    yield Flip(year=year, tier=tier, predicate=predicate, code=code, name=name, before=was, after=now)


def _keys(before: Results, after: Results) -> list[tuple[int, Tier]]:
    return sorted(before.keys() | after.keys(), key=lambda key: (key[0], list(Tier).index(key[1])))
