"""The score of each tier after each change, and which answers moved it.

A year is judged as `registry.readings` judges it today: under the instrument its sheets name, with the parts of a file
that today's schema refuses left out. Where a version cannot be read the score stays what it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from generator.judging.changes import apply
from generator.judging.score import score
from generator.model.declared import Sheet, Survey, Tier, UnitYear
from generator.model.document import Document, Kind, Mark
from generator.model.history import ChangeKind, PointsMoved, ScorePoint, Step
from generator.model.judged import Score
from generator.reading.declaring import declare
from generator.reading.paths import Location, locate
from generator.reading.units import UnitFiles

if TYPE_CHECKING:
    from generator.model.instrument import Instrument

    from .catalogue import Catalogue

_TIERS = {Kind(tier): tier for tier in Tier}
_NOWHERE = Mark(0, 0)


def scores_over_time(steps: Iterable[Step], catalogue: Catalogue) -> tuple[ScorePoint, ...]:
    """Return a point for each step (of `timeline`) that changed a sheet or the surveys of a year in meaning."""
    return tuple(_points(steps, catalogue))


def _points(steps: Iterable[Step], catalogue: Catalogue) -> Iterator[ScorePoint]:
    files: dict[str, Any] = {}
    years: dict[int, _Year] = {}
    for step in steps:
        location = locate(step.version.path)
        if location is None or location.year is None or not step.patch or location.kind is Kind.CLEARANCE:
            continue
        data = files[step.version.path] = apply(files.get(step.version.path), step.patch)
        if data is None and _is_elsewhere(step):
            continue
        year = years.setdefault(location.year, _Year(catalogue))
        moved = tuple(year.take(location, data))
        if any(change.kind is not ChangeKind.UNIT_MOVED for change in step.changes):
            yield ScorePoint(version=step.version, year=location.year, totals=year.totals(), moved=moved)


def _is_elsewhere(step: Step) -> bool:
    return any(change.kind is ChangeKind.UNIT_MOVED for change in step.changes)


class _Year:
    """The sheets and surveys of one year as they stand, and what they come to."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._sheets: dict[Tier, Sheet] = {}
        self._surveys: tuple[Survey, ...] = ()
        self._scores: dict[Tier, Score] = {}
        self._instrument: Instrument | None = None

    def totals(self) -> dict[Tier, Fraction | None]:
        """Return each tier's total."""
        return {tier: self._scores[tier].total if tier in self._scores else None for tier in Tier}

    def take(self, location: Location, data: Mapping[str, Any] | None) -> Iterator[PointsMoved]:
        """Let a file be what it says (None: gone), and yield what that moved."""
        declared = _declared(location, data, self._catalogue)
        stale = set(Tier)
        if location.kind is Kind.SURVEI:
            self._surveys = declared.surveys if declared else ()
        else:
            tier = _TIERS[location.kind]
            self._sheets.pop(tier, None)
            if declared and tier in declared.sheets:
                self._sheets[tier] = declared.sheets[tier]
            stale = {tier}
        before, self._scores = self._scores, self._scored(stale)
        for tier in Tier:
            if before.get(tier) is not self._scores.get(tier):
                yield from _moved(tier, before.get(tier), self._scores.get(tier))

    def _scored(self, stale: set[Tier]) -> dict[Tier, Score]:
        named = (self._sheets[tier].instrument for tier in Tier if tier in self._sheets)
        instrument = next(filter(None, map(self._catalogue.instrument, named)), None)
        if instrument is None:
            return {}
        if instrument is not self._instrument:
            stale = set(Tier)
        self._instrument = instrument
        return {
            tier: score(instrument, sheet, self._surveys)
            if tier in stale or tier not in self._scores
            else self._scores[tier]
            for tier, sheet in self._sheets.items()
            if sheet.instrument == instrument.id
        }


def _declared(location: Location, data: Mapping[str, Any] | None, catalogue: Catalogue) -> UnitYear | None:
    """Return what the one file declares; None where there is none."""
    if data is None:
        return None
    path = f"units/{location.unit_id}/{location.year}/{location.kind}.yaml"
    document, _ = catalogue.schemas.check(Document(path=path, kind=location.kind, data=data, marks=_NOWHERE))
    unit = declare(UnitFiles(unit_id=location.unit_id, agency=None, documents=(document,), blobs=(), findings=()))
    return unit.years[0]


def _moved(tier: Tier, before: Score | None, after: Score | None) -> Iterator[PointsMoved]:
    old = {code: one.contribution for code, one in before.questions.items()} if before else {}
    new = {code: one.contribution for code, one in after.questions.items()} if after else {}
    for code in dict.fromkeys((*old, *new)):
        points = old.get(code, Fraction(0)), new.get(code, Fraction(0))
        if points[0] != points[1]:
            yield PointsMoved(tier=tier, code=code, before=points[0], after=points[1])
