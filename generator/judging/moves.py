"""Units that were renamed or moved to another agency: `asal` in unit.yaml names the ids they had before.

A unit keeps the past of its old ids up to the commit that said so. Nobody gets a past that is not theirs: an old id
that is a unit today keeps it, and one that leads to two units goes to neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from generator.model.finding import Finding

from .rules.codes import Code
from .rules.places import ORIGIN, Place


class Claim(NamedTuple):
    """What one version of a unit's unit.yaml says of the unit's old ids."""

    position: int
    """The version's place on main (`model.history.Commit.position`)."""
    origins: tuple[str, ...]


Claims = Mapping[str, Sequence[Claim]]
"""Unit's id -> what each version of its unit.yaml said, oldest first; also of units that are gone."""


def declared_origins(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the old ids that a unit.yaml names: one text, or a list of texts; anything else is passed over."""
    value = data.get(ORIGIN)
    texts = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else ()
    return tuple(dict.fromkeys(text for text in texts if isinstance(text, str) and text))


def origins(unit: str, claims: Claims, standing: Collection[str]) -> dict[str, int]:
    """Return the unit's old ids, each with the last position on main whose versions belong to the unit.

    An old id's own old ids count as far back as it went itself. `standing` are the units of today.
    """
    found: dict[str, int] = {}
    heirs = _heirs(claims)
    waiting: list[tuple[str, int | None]] = [(unit, None)]
    while waiting:
        name, until = waiting.pop()
        for origin, position in _last_word(claims.get(name, ()), until).items():
            if origin == unit or origin in found or origin in standing or _ends(origin, heirs, standing) - {unit}:
                continue
            found[origin] = position
            waiting.append((origin, position))
    return dict(sorted(found.items()))


def heir(old: str, claims: Claims, standing: Collection[str]) -> str | None:
    """Return the unit of today that an old id became; None where there is none, or more than one says so."""
    ends = _ends(old, _heirs(claims), standing)
    return next(iter(ends)) if old not in standing and len(ends) == 1 else None


def _last_word(said: Sequence[Claim], until: int | None) -> dict[str, int]:
    """Return the old ids last named (by position `until`), each with the position since which it has been named."""
    known = [claim for claim in said if until is None or claim.position <= until]
    since: dict[str, int] = {}
    for claim in known:
        since = {origin: since.get(origin, claim.position) for origin in claim.origins}
    return since


def _heirs(claims: Claims) -> Mapping[str, Collection[str]]:
    """Return old id -> the units whose last word names it."""
    heirs: defaultdict[str, set[str]] = defaultdict(set)
    for unit, said in claims.items():
        for origin in said[-1].origins if said else ():
            heirs[origin].add(unit)
    return heirs


def _ends(old: str, heirs: Mapping[str, Collection[str]], standing: Collection[str]) -> set[str]:
    """Return the units of today that the old id leads to."""
    ends: set[str] = set()
    seen: set[str] = set()
    waiting = [old]
    while waiting:
        name = waiting.pop()
        if name in standing:
            ends.add(name)
        elif name not in seen:
            seen.add(name)
            waiting += heirs.get(name, ())
    return ends


def faulty_origins(places: Iterable[Place], units: Collection[str]) -> Iterator[Finding]:
    """Find old ids (`Place`s of key asal) that lead back to their unit, are a unit today, or are claimed twice."""
    named: defaultdict[str, list[tuple[str, Place]]] = defaultdict(list)
    claims: defaultdict[str, set[str]] = defaultdict(set)
    for place in places:
        unit = "/".join(place.path.split("/")[1:3])
        named[place.value].append((unit, place))
        claims[unit].add(place.value)
    for origin, found in sorted(named.items()):
        claimants = sorted({unit for unit, _ in found})
        for unit, place in found:
            if unit in _reached(origin, claims):
                yield place.finding(
                    Code.ASAL_MELINGKAR,
                    f"Asal {origin} kembali ke unit ini sendiri.",
                    "Tulis hanya id yang dipakai unit ini sebelum id yang sekarang.",
                )
            if origin in units and origin != unit:
                yield place.finding(
                    Code.ASAL_MASIH_ADA,
                    f"Asal {origin} masih ada sebagai unit, jadi riwayatnya tetap miliknya.",
                    "Hapus folder lama bila unit itu memang pindah ke sini; bila tidak, hapus asal.",
                )
            if len(claimants) > 1:
                other = next(name for name in claimants if name != unit)
                yield place.finding(
                    Code.ASAL_GANDA,
                    f"Asal {origin} disebut juga oleh {other}.",
                    "Satu id lama hanya dapat menjadi satu unit; hapus asal dari yang lain.",
                )


def _reached(origin: str, claims: Mapping[str, Collection[str]]) -> set[str]:
    """Return the id and every id its own old ids lead to."""
    seen: set[str] = set()
    waiting = [origin]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += claims.get(name, ())
    return seen
