"""What one commit did to one unit: its changes gathered by question, and the totals it moved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from generator.model.day import jakarta_day
from generator.model.declared import Tier
from generator.model.history import Change, ChangeKind, Commit, PointsMoved, ScorePoint, Step, TotalMoved

from . import change_words
from .html import Html, escape, join
from .words import TIERS

_ID = 12
"""Hex digits of a commit in an address: enough for registries of millions of commits."""
_NOT_IN_ADDRESS = re.compile(r"[^A-Za-z0-9.]+")
_KINDS = {kind: place for place, kind in enumerate(ChangeKind)}
"""The answer before what is said of it."""
_SHORT_WORDS = 2
"""Places a summary names before it counts instead."""


class Place(NamedTuple):
    """Where in a unit's files something changed."""

    year: int | None
    tier: Tier | None
    code: str

    @property
    def words(self) -> Html:
        """Return the place as a reader names it: "TPI 2025 · A.I.1.i.a"; "" for the unit itself."""
        tier = TIERS[self.tier] if self.tier is not None else ""
        first = f"{tier} {self.year or ''}".strip()
        return join([part for part in (first, escape(self.code)) if part], " · ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The changes of one place by one commit."""

    anchor: str
    """Its address on the history page: of commit and place, whatever comes later. The sheet is named only where the
    commit changed the same question in several: there are a thousand of these on a page."""
    place: Place
    changes: tuple[Change, ...]
    moved: PointsMoved | None
    """How it moved the total, where it did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What one commit did to one unit (or to an agency's own file)."""

    commit: Commit
    gathered: tuple[Gathered, ...]
    """Empty where only the looks of files changed."""
    totals: tuple[TotalMoved, ...]
    cosmetic: int
    """Versions of files that changed no meaning."""

    @property
    def anchor(self) -> str:
        """Its address on the history page."""
        return anchor(self.commit)

    @property
    def day(self) -> date:
        """The day it came to main, in Jakarta, by the committer's clock."""
        return jakarta_day(self.commit.committed)

    @property
    def summary(self) -> Html:
        """Return it in one line."""
        if len(self.gathered) <= _SHORT_WORDS:
            return join([sentence(one) for one in self.gathered], "; ")
        places = dict.fromkeys(Place(one.place.year, one.place.tier, "").words for one in self.gathered)
        where = join([words for words in places if words], ", ")
        counted = change_words.count(change for one in self.gathered for change in one.changes)
        return Html(f"{where}: {counted}") if where else counted


def anchor(commit: Commit) -> str:
    """Return the address of a commit on a history page."""
    return f"c-{commit.id[:_ID]}"


def sentence(gathered: Gathered) -> Html:
    """Return the place and what happened there: "TPI 2025 · A.I.1.i.a · jawaban B → A"."""
    said = change_words.together(gathered.changes)
    where = gathered.place.words
    if gathered.place.code and gathered.place.tier is None:  # the words themselves name the item
        where = Place(gathered.place.year, None, "").words
    return Html(f"{where} · {said}") if where else said


def happenings(steps: Iterable[Step], points: Iterable[ScorePoint] = ()) -> tuple[Happening, ...]:
    """Return what every commit did to a unit or an agency's file, newest first in the order main took them.

    Both come oldest first; the totals a commit moved follow from the points.
    """
    totals: dict[int, Mapping[Tier, Fraction | None]] = {}
    points = iter(points)
    point = next(points, None)
    found = []
    for _, group in groupby(steps, key=lambda step: step.version.commit.position):
        of_commit = tuple(group)
        versions = {id(step.version) for step in of_commit}
        before = dict(totals)
        moved: list[tuple[int, PointsMoved]] = []
        while point is not None and id(point.version) in versions:
            totals[point.year] = point.totals
            moved += ((point.year, one) for one in point.moved)
            point = next(points, None)
        found.append(_happening(of_commit, tuple(_totals(before, totals)), moved))
    return tuple(reversed(found))


def _happening(
    steps: Sequence[Step], totals: tuple[TotalMoved, ...], moved: Sequence[tuple[int, PointsMoved]]
) -> Happening:
    commit = steps[0].version.commit
    by_place: dict[Place, list[Change]] = {}
    moved_files: list[Change] = []
    for change in (change for step in steps for change in step.changes):
        if change.kind is ChangeKind.UNIT_MOVED:
            moved_files.append(change)
        else:
            by_place.setdefault(Place(change.year, change.tier, change.code), []).append(change)
    if moved_files:
        by_place.setdefault(Place(None, None, ""), []).extend(moved_files)
    points = {Place(year, one.tier, one.code): one for year, one in moved}
    return Happening(
        commit=commit,
        gathered=tuple(_gathered(commit, by_place, points)),
        totals=totals,
        cosmetic=sum(not step.changes for step in steps),
    )


def _gathered(
    commit: Commit, by_place: Mapping[Place, Sequence[Change]], points: Mapping[Place, PointsMoved]
) -> Iterator[Gathered]:
    taken: dict[str, int] = {}
    codes = Counter(place.code for place in by_place)
    for place, changes in by_place.items():
        sheet = (str(place.year or ""), place.tier or "") if codes[place.code] > 1 or not place.code else ()
        parts = (*sheet, place.code)
        name = "-".join(filter(None, (_NOT_IN_ADDRESS.sub("-", part).strip("-") for part in parts))) or "unit"
        taken[name] = taken.get(name, 0) + 1
        again = f"--{taken[name]}" if taken[name] > 1 else ""  # no name has two dashes in a row
        yield Gathered(
            anchor=f"{anchor(commit)}-{name}{again}",
            place=place,
            changes=tuple(sorted(changes, key=lambda change: _KINDS[change.kind])),
            moved=points.get(place),
        )


def _totals(
    before: Mapping[int, Mapping[Tier, Fraction | None]], after: Mapping[int, Mapping[Tier, Fraction | None]]
) -> Iterator[TotalMoved]:
    for year, totals in sorted(after.items()):
        for tier, total in totals.items():
            old = before.get(year, {}).get(tier)
            if old != total:
                yield TotalMoved(year=year, tier=tier, before=old, after=total)
