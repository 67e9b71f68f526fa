"""Units that were renamed or moved to another agency: `asal` in unit.yaml names the ids they had before.

A unit keeps the past of its old ids up to the commit that said so. Nobody gets a past that is not theirs: an old id
that is a unit today keeps it, and one that leads to two units goes to neither.
"""

from __future__ import annotations

import sys
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
    origins: tuple[str, ...] | None
    """None where it says nothing: the unit went, and came back later."""


Claims = Mapping[str, Sequence[Claim]]
"""Unit's id -> what each version of its unit.yaml said, oldest first; also of units that are gone."""


def declared_origins(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the old ids that a unit.yaml names: one text, or a list of texts; anything else is passed over."""
    value = data.get(ORIGIN)
    texts = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else ()
    return tuple(dict.fromkeys(text for text in texts if isinstance(text, str) and text))


class Stretch(NamedTuple):
    """Versions of files that belong to a unit's past: those under an id, from one place on main to another."""

    unit: str
    since: int
    until: int
    """The last position; `sys.maxsize` for the id it has today."""


def origins(unit: str, claims: Claims, standing: Collection[str]) -> dict[str, int]:
    """Return the unit's old ids, each with the last position on main whose versions belong to the unit.

    An old id's own old ids count as far back as it went itself. `standing` are the units of today.
    """
    return {one.unit: one.until for one in sorted(stretches(unit, claims, standing)) if one.unit != unit}


def stretches(unit: str, claims: Claims, standing: Collection[str]) -> tuple[Stretch, ...]:
    """Return the stretches of the unit's past, oldest first; the last is under its own id.

    An id stands twice where the unit came back to it: what is its own there began after it had left, and after anybody
    else who had the id in between was gone.
    """
    heirs = _heirs(claims)
    waiting = [(unit, sys.maxsize)]
    found: list[tuple[int, int, str, int]] = []  # last said, until, id, since when it has its old ids
    began: dict[str, int] = {}
    for name, until in waiting:  # grows while it is walked
        named = _last_word(claims.get(name, ()), until)
        began[name] = max(named.values(), default=-1)
        found.append((_last_said(claims.get(name, ()), until), until, name, began[name]))
        for origin, position in named.items():
            if any(origin == one for one, _ in waiting):
                if position >= began.get(origin, -1):
                    continue
                began[origin] = -1  # until it is its turn
            elif origin in standing or _ends(origin, heirs, standing) - {unit}:
                continue
            waiting.append((origin, position))
    return tuple(_parted(sorted(found), claims))


def _parted(found: Iterable[tuple[int, int, str, int]], claims: Claims) -> Iterator[Stretch]:
    """Yield the stretches, those under one id apart."""
    ended: dict[str, int] = {}
    for _, until, name, began in found:
        since = 0
        if name in ended:
            empty = [said.position for said in claims[name] if said.origins is None and said.position <= began]
            since = max([ended[name], *empty]) + 1
        yield Stretch(name, since, until)
        ended[name] = until


def _last_said(said: Sequence[Claim], until: int) -> int:
    """Return the last position by `until` at which the id was a unit: a unit is its old ids first."""
    return max((claim.position for claim in said if claim.origins is not None and claim.position <= until), default=-1)


def with_returns(claims: Claims, gone: Mapping[str, Sequence[int]]) -> Claims:
    """Return the claims, and those of units that came back to an id without a word, as `git revert` of a move does.

    `gone`: unit's id -> positions at which its unit.yaml was removed. A unit that stands again at the very commit that
    removes an heir of its id is that heir come back, from there and not from where else its unit.yaml says again.
    """
    heirs = _heirs({unit: said for unit, said in claims.items() if unit in gone})
    last = {unit: said[-1].origins or () for unit, said in claims.items() if said}
    found = dict(claims)
    for unit in sorted(gone.keys() & heirs.keys()):
        for back in [claim.position for claim in claims.get(unit, ())]:
            came = tuple(sorted(one for one in heirs[unit] if back in gone[one] and one != unit))
            until = min((position for position in gone[unit] if position > back), default=sys.maxsize)
            led = set().union(*(_reached(one, last) for one in came))
            if came:
                found[unit] = [
                    claim._replace(origins=(*came, *(one for one in claim.origins or () if one not in led)))
                    if back <= claim.position < until
                    else claim
                    for claim in found[unit]
                ]
    for unit, removed in gone.items():
        said = found.get(unit, ())
        # what was said before it went says nothing of how it came back
        ended = [Claim(position, None) for position in removed if said and position < said[-1].position]
        found[unit] = sorted((*said, *ended), key=lambda claim: claim.position)
    return found


def heir(old: str, claims: Claims, standing: Collection[str]) -> str | None:
    """Return the unit of today that an old id became; None where there is none, or more than one says so."""
    ends = _ends(old, _heirs(claims), standing)
    return next(iter(ends)) if old not in standing and len(ends) == 1 else None


def _last_word(said: Sequence[Claim], until: int) -> dict[str, int]:
    """Return the old ids last named (by position `until`), each with the position since which it has been named."""
    known = [claim for claim in said if claim.position <= until]
    since: dict[str, int] = {}
    anew = False
    for claim in known:
        if claim.origins is not None:
            since = {origin: claim.position if anew else since.get(origin, claim.position) for origin in claim.origins}
        anew = claim.origins is None
    return since


def _heirs(claims: Claims) -> Mapping[str, Collection[str]]:
    """Return old id -> the units whose last word names it."""
    heirs: defaultdict[str, set[str]] = defaultdict(set)
    for unit, said in claims.items():
        for origin in (said[-1].origins or ()) if said else ():
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
