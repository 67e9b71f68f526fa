"""What is on record of a unit in the 12 months before its award, and in every 12 months since.

How it is counted:
- The periods follow one another without gap or overlap: from the award's day a year back, then from its day on, year
  by year (29 February: 28 February in other years). The last one ends with `as_of` and is not over.
- What has a day of its own counts by it, never by the day of a commit: a corrected spelling moves nothing. What is
  dated after `as_of` does not exist yet.
- What is known by the year alone (counts of complaints, surveys without a day) belongs to the period that holds most
  of that year: the one with 1 July.
- Changed answers are those of the unit's own sheets, by the day they came to main: changes of meaning, so that a commit
  alone is nothing. What came in more than a year after the year of its sheet is an old record put in later, and does
  not count.
- Nothing on record is None, which is not 0: 0 says that somebody recorded and there was none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from generator.model.day import add_months, quarter_end
from generator.model.declared import Evidence, Survey, Tier, UnitYear
from generator.model.history import ChangeKind, Step
from generator.model.judged import Assessment, UnitRecord

from .rules.statements import programme_key
from .statements import made

_YEAR = 12
_REAL = frozenset({ChangeKind.ANSWERED, ChangeKind.ANSWER_CHANGED})
_OWN = "unit"
"""`penyelenggara` of a survey the unit made itself."""


class Span(NamedTuple):
    """The days of a period."""

    start: date
    end: date
    """The first day of the next period."""

    def holds(self, day: date | None) -> bool:
        """Tell whether the day is one of them."""
        return day is not None and self.start <= day < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What Git knows of the unit's own answers."""

    since: date
    """The day the unit's first file came to main; what was before is not known."""
    changed: tuple[date, ...]
    """A day for every real change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was stated of the quarters that ended in a period."""

    yes: int
    """Statements, one per programme and quarter, that it runs."""
    no: int
    silent: int
    """Quarters nothing was stated of: neither life nor death."""


class Handling(NamedTuple):
    """Complaints of the years of a period."""

    done: int
    received: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What is on record of one period; None: nothing is."""

    span: Span
    finished: bool
    changed: int | None
    """Answers; None where Git does not know the period."""
    changed_since: date | None
    """The day Git begins to know, where that is inside the period."""
    evidence: int | None
    """Pieces dated in the period, each once; None where there is none, and no sheet of the unit for its year."""
    said: Said | None
    surveys: Mapping[str, Survey]
    """IPAK, IPKP -> the last one; of one day the one the unit did not make itself."""
    complaints: Handling | None
    follow_ups: int | None
    """Closed in the period; None where none was closed, and none had its last day in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAfter:
    """The periods of one unit."""

    award: date
    before: Period
    since: tuple[Period, ...]
    """Oldest first, at least one."""
    undated: int
    """Pieces of evidence without a day: they count in no period."""
    remembered: bool
    """Git knows something of the unit."""


def remembered(steps: Sequence[Step], days: Sequence[date]) -> Remembered | None:
    """Return what the steps of a unit (oldest first) say of its own answers; None where there are none.

    `days` has, by a commit's position, the day it came to main.
    """
    if not steps:
        return None
    came = [(days[step.version.commit.position], step) for step in steps]
    return Remembered(
        since=came[0][0],
        changed=tuple(
            day
            for day, step in came
            for change in step.changes
            if change.kind in _REAL and change.tier is Tier.MANDIRI and day.year <= (change.year or day.year) + 1
        ),
    )


def spans(award: date, as_of: date) -> tuple[Span, ...]:
    """Return the periods: the one before the award, then those since, of which the last holds `as_of`.

    >>> [str(span.start) for span in spans(date(2024, 2, 29), date(2025, 3, 1))]
    ['2023-02-28', '2024-02-29', '2025-02-28']
    """
    found = [Span(_year_before(award), award)]
    while found[-1].end <= as_of and found[-1].end < date.max:
        found.append(Span(found[-1].end, add_months(award, _YEAR * len(found))))
    return tuple(found)


def _year_before(day: date) -> date:
    if day.year == date.min.year:
        return date.min
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def before_after(record: UnitRecord, known: Remembered | None) -> BeforeAfter | None:
    """Return the comparison for the predicate held on the record's day; None for a unit that holds none."""
    award, as_of = record.monitoring.since, record.monitoring.as_of
    if award is None:
        return None
    evidence = tuple(_evidence(record.unit.years))
    facts = _Facts(record, as_of, known, tuple(sorted(_first_days(evidence).values())))
    before, *since = (facts.period(span) for span in spans(award, as_of))
    return BeforeAfter(
        award=award,
        before=before,
        since=tuple(since),
        undated=len({_identity(one) for one in evidence if one.dated is None}),
        remembered=known is not None,
    )


def _evidence(years: Iterable[UnitYear]) -> Iterator[Evidence]:
    for year in years:
        sheet = year.sheets.get(Tier.MANDIRI)
        for answer in sheet.answers.values() if sheet is not None else ():
            yield from answer.evidence


def _identity(evidence: Evidence) -> tuple[str, ...]:
    """Return what makes it the same piece wherever it is named."""
    for name in (evidence.sha256, evidence.link, evidence.file):
        if name:
            return (name,)
    return evidence.title, str(evidence.dated)


def _first_days(evidence: Iterable[Evidence]) -> Mapping[tuple[str, ...], date]:
    """Return for each piece the first day written on it: used again, it is not new."""
    first: dict[tuple[str, ...], date] = {}
    for one in evidence:
        if one.dated is not None:
            identity = _identity(one)
            first[identity] = min(one.dated, first.get(identity, one.dated))
    return first


@dataclass(frozen=True, slots=True)
class _Facts:
    """Everything that is counted, until the day."""

    record: UnitRecord
    as_of: date
    known: Remembered | None
    evidence: tuple[date, ...]

    def period(self, span: Span) -> Period:
        """Return what is on record of the days of the span that are not after `as_of`."""
        finished = span.end <= self.as_of
        there = span if finished else Span(span.start, _next(self.as_of))
        known = self.known
        told = known is not None and known.since < there.end
        pieces = sum(map(there.holds, self.evidence))
        filled = any(Tier.MANDIRI in one.sheets and there.holds(_middle(one.year)) for one in self.record.unit.years)
        return Period(
            span=span,
            finished=finished,
            changed=sum(map(there.holds, known.changed)) if known is not None and told else None,
            changed_since=known.since if known is not None and there.start < known.since < there.end else None,
            evidence=pieces if pieces or filled else None,
            said=self._said(there),
            surveys=self._surveys(there),
            complaints=self._complaints(there),
            follow_ups=self._follow_ups(there),
        )

    def _said(self, span: Span) -> Said | None:
        words: dict[tuple[str, str], bool] = {}
        for one in made(self.record.unit.statements, self.as_of):
            if span.holds(quarter_end(one.quarter)):
                words[programme_key(one.programme), one.quarter] = one.running
        if not words:
            return None
        ended = [end for end in _quarter_ends(span) if end < self.as_of]
        yes = sum(words.values())
        quarters = {quarter for _, quarter in words}
        return Said(yes=yes, no=len(words) - yes, silent=len(ended) - len(quarters))

    def _surveys(self, span: Span) -> Mapping[str, Survey]:
        found = [
            (one.dated or _middle(year.year), one.surveyor != _OWN, one)
            for year in self.record.unit.years
            for one in year.surveys
        ]
        # sorted() keeps the file's order where nothing else says which came first
        return {one.kind: one for day, _, one in sorted(found, key=lambda each: each[:2]) if span.holds(day)}

    def _complaints(self, span: Span) -> Handling | None:
        told = [
            handled
            for year in self.record.assessments
            if span.holds(_middle(year.declared.year)) and (handled := _handling(year)) is not None
        ]
        return Handling(*map(sum, zip(*told, strict=True))) if told else None

    def _follow_ups(self, span: Span) -> int | None:
        asked = [
            one for report in self.record.unit.monitoring if report.dated <= self.as_of for one in report.follow_ups
        ]
        closed = sum(span.holds(one.done) for one in asked)
        return closed if closed or any(span.holds(one.until) for one in asked) else None


def _middle(year: int) -> date:
    """Return the day by which a year belongs to the period that holds most of it."""
    return date(year, 7, 1)


def _next(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _quarter_ends(span: Span) -> Iterator[date]:
    for year in range(span.start.year, span.end.year + 1):
        for quarter in range(1, 5):
            end = quarter_end(f"{year:04d}-Q{quarter}")
            if end is not None and span.holds(end):
                yield end


def _handling(year: Assessment) -> Handling | None:
    """Return the year's complaints as the last tier has them that gives both counts."""
    asked = [question for question in year.instrument.questions.values() if question.complaints is not None]
    for tier in reversed(Tier):
        sheet = year.declared.sheets.get(tier)
        answers = sheet.answers if sheet is not None else {}
        for question in asked:
            answer, names = answers.get(question.code), question.complaints
            if answer is not None and names is not None and set(names) <= answer.counts.keys():
                return Handling(answer.counts[names.done], answer.counts[names.received])
    return None
