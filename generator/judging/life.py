"""Whether the programme of a unit with a predicate is alive: from signals, by the dates written in the files.

The rules, and how they are counted, stand in schema/aturan/kehidupan.yaml. No score, predicate or due date rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from generator.model.day import add_months
from generator.model.declared import Evidence, Tier, Unit
from generator.model.judged import Assessment
from generator.model.life import Life, Vitality

from .freshness import FreshnessRules, Lifetime, latest_filled, of_unit
from .life_rules import LifeRules
from .life_signals import signals
from .standing import standing

_DAY = timedelta(days=1)
_QUARTERS = (1, 4, 7, 10)
"""The months that begin one: a quarter, or a year of surveys without a day, is there or over from then on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Norms:
    """The rules a verdict takes."""

    life: LifeRules
    freshness: FreshnessRules
    barred_months: int
    """As `standing` has it."""


def verdict(unit: Unit, assessments: Sequence[Assessment], norms: Norms, as_of: date) -> Life | None:
    """Return the verdict the public sees on the day; None for a unit that holds no predicate then.

    `assessments` are the unit's, oldest first.
    """
    found = weighed(unit, assessments, norms, as_of)
    if found is None or found.verdict is not Vitality.DORMAN:
        return found
    until = _notice_until(unit, assessments, norms, as_of)
    return found if until is None else replace(found, verdict=Vitality.MELAMBAT, notice_until=until)


def weighed(unit: Unit, assessments: Sequence[Assessment], norms: Norms, day: date) -> Life | None:
    """Return what the signals come to on the day, before any notice: not for the public."""
    held = standing(unit.events, norms.barred_months, day).highest
    if held is None:
        return None
    rules = norms.life
    found = signals(unit, held.dated, of_unit(norms.freshness, assessments, day), rules, day)
    filled = sum(one.weight for one in found if one.value is not None)
    points = sum((one.contribution for one in found if one.contribution is not None), Fraction(0))
    value = points / filled if filled >= rules.least_weight else None
    return Life(as_of=day, verdict=_verdict(value, rules), value=value, filled=filled, notice_until=None, signals=found)


def _verdict(value: Fraction | None, rules: LifeRules) -> Vitality:
    if value is None:
        return Vitality.BELUM_CUKUP_DATA
    if value >= rules.alive:
        return Vitality.HIDUP
    return Vitality.MELAMBAT if value >= rules.slowing else Vitality.DORMAN


def _notice_until(unit: Unit, assessments: Sequence[Assessment], norms: Norms, as_of: date) -> date | None:
    """Return the last day of the notice a unit that is dorman on the day has; None where it is over.

    Between two turning days nothing changes, so the run of dorman can only have begun on one of them.
    """
    days = norms.life.notice_days
    first = date.fromordinal(max(as_of.toordinal() - days, 2))
    turns = {day for day in turning_days(unit, assessments, norms, (first, as_of)) if first <= day <= as_of}
    for day in sorted(turns, reverse=True):
        before = weighed(unit, assessments, norms, day - _DAY)
        if before is None or before.verdict is not Vitality.DORMAN:
            return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
    return None


def turning_days(
    unit: Unit, assessments: Sequence[Assessment], norms: Norms, span: tuple[date, date]
) -> Iterator[date]:
    """Yield every day of the span on which a signal, or what is held, can be another than the day before; and more."""
    rules = norms.life
    yield from (event.dated for event in unit.events)
    yield from (date(year, month, 1) for year in range(span[0].year, span[1].year + 1) for month in _QUARTERS)
    for report in unit.monitoring:
        yield report.dated
        yield _after(add_months(report.dated, rules.monitoring.months))
        for asked in report.follow_ups:
            yield _after(asked.until)
            yield asked.done or report.dated
    for year in unit.years:
        yield _after(add_months(date(year.year, 12, 31), rules.surveys.months))
        yield from (survey.dated for survey in year.surveys if survey.dated is not None)
    yield from (one.dated for one in unit.statements if one.dated is not None)
    last = latest_filled(assessments)
    if last is not None:
        for code, answer in last.declared.sheets[Tier.MANDIRI].answers.items():
            lifetime = norms.freshness.lifetime(code, last.instrument.id)
            for evidence in answer.evidence:
                yield from _of_evidence(evidence, lifetime)


def _of_evidence(evidence: Evidence, lifetime: Lifetime) -> Iterator[date]:
    if evidence.dated is not None:
        yield evidence.dated
        yield _after(add_months(evidence.dated, lifetime.fresh_months))
        yield _after(add_months(evidence.dated, lifetime.ageing_months))
    if evidence.valid_until is not None:
        yield _after(evidence.valid_until)


def _after(day: date) -> date:
    return day + _DAY if day < date.max else day
