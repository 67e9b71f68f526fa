"""The conditions for a predicate, held against one tier's score; the conditions are the instrument's data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from generator.model.day import day_text
from generator.model.declared import Clearance, Predicate, UnitYear
from generator.model.exact import decimal_text, half_up
from generator.model.instrument import Instrument, Requirement
from generator.model.judged import Condition, Score, Verdict

from .score import HIGHEST_INDEX
from .standing import Standing


def verdicts(instrument: Instrument, score: Score, earlier: Standing, year: UnitYear) -> Mapping[Predicate, Verdict]:
    """Return the verdict for each predicate, with every condition's value, limit and reason (Indonesian).

    `earlier` is what the unit held on the `closing_day`.

    A condition below its limit while questions under it are unanswered cannot be told (None). A verdict cannot be
    told while any question of the tier is unanswered, whatever its conditions say.
    """
    conditions: dict[Predicate, list[Condition]] = {predicate: [] for predicate in Predicate}
    for requirement in instrument.requirements:
        for predicate, condition in _conditions(requirement, instrument, score, earlier, year):
            conditions[predicate].append(condition)
    return {
        predicate: Verdict(
            predicate=predicate,
            met=None if score.unanswered else _all_met(held),
            conditions=tuple(held),
        )
        for predicate, held in conditions.items()
    }


def closing_day(instrument: Instrument, year: UnitYear) -> date:
    """Return the day of the year on which proposals close: what is held then counts as an earlier predicate."""
    return date.fromisoformat(f"{year.year:04}-{instrument.proposals_close}")


def _all_met(conditions: list[Condition]) -> bool | None:
    if any(condition.met is False for condition in conditions):
        return False
    return None if any(condition.met is None for condition in conditions) else True


def _conditions(
    requirement: Requirement, instrument: Instrument, score: Score, earlier: Standing, year: UnitYear
) -> Iterator[tuple[Predicate, Condition]]:
    """Yield the condition for each predicate that asks for it."""
    match requirement.kind:
        case "predikat":
            closing = closing_day(instrument, year)
            for predicate in requirement.limits:
                yield predicate, _earlier_predicate(requirement, predicate, earlier, closing)
        case "clearance":
            for predicate in requirement.limits:
                yield predicate, _cleared(requirement, predicate, year.clearances)
        case _:
            points = _Points.of(requirement, score)
            for predicate in requirement.limits:
                yield predicate, _reached(requirement, predicate, points)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Points:
    """What a score has under a requirement: points, or percent of the weight."""

    value: Fraction
    share: Fraction
    """Of the nodes' weight, 0 to 1."""
    unanswered: int

    @classmethod
    def of(cls, requirement: Requirement, score: Score) -> _Points:
        nodes = [score.nodes[code] for code in requirement.nodes]
        points = sum((node.score for node in nodes), Fraction(0))
        share = points / sum(node.weight for node in nodes)
        return cls(
            value=share * 100 if requirement.kind == "persen" else points,
            share=share,
            unanswered=sum(node.unanswered for node in nodes),
        )


def _reached(requirement: Requirement, predicate: Predicate, points: _Points) -> Condition:
    limit = _number(requirement.limits[predicate])
    met = True if points.value >= limit else None if points.unanswered else False
    return Condition(
        code=requirement.code,
        name=requirement.name,
        value=decimal_text(points.value),
        limit=requirement.limits[predicate],
        met=met,
        reason=_compared(requirement, predicate, points, limit),
    )


_number = lru_cache(maxsize=64)(Fraction)
"""The number a limit says; limits are few and read often."""


def _compared(requirement: Requirement, predicate: Predicate, points: _Points, limit: Fraction) -> str:
    """Say the value, the limit and the difference; the three figures agree as they are shown."""
    places, shown, edge = _figures(points.value, limit)
    unit, step = (" %", " poin persen") if requirement.kind == "persen" else ("", "")
    value_text, limit_text = f"{_comma(shown, places)}{unit}", f"{_comma(edge, places)}{unit}"
    if requirement.index:
        limit_text += f" (indeks {requirement.index[predicate].replace('.', ',')})"
        if not points.unanswered:
            value_text += f" (indeks {_index(points.share)})"
    difference = f"{_comma(abs(shown - edge), places)}{step}"
    if points.value < limit:
        text = f"{value_text} kurang {difference} dari batas {limit_text}"
    elif shown == edge:
        text = f"{value_text} mencapai batas {limit_text}"
    else:
        text = f"{value_text} lebih {difference} dari batas {limit_text}"
    return f"{text}; {points.unanswered} pertanyaan belum dijawab" if points.unanswered else text


def _figures(value: Fraction, limit: Fraction) -> tuple[int, int, int]:
    """Return how many digits to show, and value and limit in units of the last digit.

    Two digits, rounded half up; more (4, then 10) where a value below its limit would else be shown as the limit.
    """
    for places in (2, 4, 10):
        shown, edge = half_up(value, places), half_up(limit, places)
        if value >= limit or shown < edge:
            break
    else:
        shown = edge - 1
    return places, shown, edge


def _comma(units: int, places: int) -> str:
    digits = str(units).rjust(places + 1, "0")
    return f"{digits[:-places]},{digits[-places:]}"


def _index(share: Fraction) -> str:
    """Return the index 0-4 that the share of the weight stands for, in two digits or as many as it has."""
    whole, _, rest = decimal_text(share * HIGHEST_INDEX).partition(".")
    return f"{whole},{rest[:2]}{rest[2:].rstrip('0')}"


def _earlier_predicate(requirement: Requirement, predicate: Predicate, earlier: Standing, closing: date) -> Condition:
    """Hold the predicate the unit had on the day proposals closed against the one it needs."""
    needed = Predicate(requirement.limits[predicate])
    award = earlier.awards.get(needed)
    if award is not None:
        value, reason = needed.value, f"{needed} ditetapkan {day_text(award.dated)}"
    elif earlier.revoked is not None:
        value = "dicabut"
        reason = f"{earlier.revoked.predicate} dicabut {day_text(earlier.revoked.dated)}"
    else:
        value, reason = "belum ada", f"Belum ada {needed} yang ditetapkan"
    return Condition(
        code=requirement.code,
        name=requirement.name,
        value=value,
        limit=needed.value,
        met=award is not None,
        reason=f"{reason}; keadaan pada batas usulan {day_text(closing)}",
    )


_CLEARANCE_WORDS = {"bersih": "bersih", "catatan": "ada catatan", "belum": "belum ada pernyataan"}


def _cleared(requirement: Requirement, predicate: Predicate, clearances: Mapping[str, Clearance]) -> Condition:
    limit = requirement.limits[predicate]
    found = {body: clearances[body].status if body in clearances else "belum" for body in limit.split(", ")}
    said = ", ".join(f"{body} {_CLEARANCE_WORDS[status]}" for body, status in found.items())
    return Condition(
        code=requirement.code,
        name=requirement.name,
        value=said,
        limit=limit,
        met=_clear(set(found.values())),
        reason=said,
    )


def _clear(statuses: set[str]) -> bool | None:
    if "catatan" in statuses:
        return False
    return True if statuses == {"bersih"} else None
