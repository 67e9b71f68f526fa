"""What happens when: the points in time at which the demo's commits are made, as light values.

The first units have a full history; the others, which only make a registry large, two or three commits a year.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import IntEnum
from typing import NamedTuple

from generator.demo.chance import chance, day_between
from generator.demo.lives import Life
from generator.demo.names import MOVES, NAMED, PER_AGENCY
from generator.demo.sheets import Step
from generator.demo.stories import END, LAST_YEAR, Twist, Year
from generator.model.declared import Tier

FULL = NAMED
"""Units with a full history."""
JOINED = (0, 2, 3)
"""Units whose corrections of the last year are merged together (an octopus merge)."""
REGISTRY = -1
"""In place of a unit's number: the registry as a whole."""


class Act(IntEnum):
    """What a commit does; the value orders acts of one day."""

    FOUND = 0
    """README.md: the first commit."""
    ENROL = 1
    """A unit's own file, and what happened to it before the registry began."""
    PROPOSE = 2
    """A step on the unit's branch."""
    MERGE = 3
    JOIN = 4
    """One merge of several units' branches."""
    WRITE = 5
    """A step on the main line."""
    REVERT = 6
    RECORD = 7
    """Entries of predikat.yaml and pemantauan.yaml."""
    SUBMIT = 8
    """A whole year's sheet at once."""
    ASSESS = 9
    """All that assessors write in a year at once."""
    MOVE = 10
    """The unit's folder goes to another agency."""


class Point(NamedTuple):
    """One commit to be made; points sort in the order of history."""

    day: date
    act: Act
    unit: int
    year: int
    step: Step


_SCHEDULE = (
    (Act.PROPOSE, Step.AREAS_1_2, (1, 12), (2, 8)),
    (Act.PROPOSE, Step.AREAS_3_4, (2, 10), (2, 20)),
    (Act.MERGE, Step.AREAS_3_4, (2, 22), (2, 28)),
    (Act.PROPOSE, Step.AREAS_5_6, (3, 2), (3, 20)),
    (Act.PROPOSE, Step.RESULTS, (3, 23), (4, 3)),
    (Act.MERGE, Step.RESULTS, (4, 5), (4, 10)),
    (Act.WRITE, Step.EVIDENCE, (4, 12), (4, 20)),
    (Act.WRITE, Step.TPI_FIRST, (4, 22), (4, 29)),
    (Act.WRITE, Step.TPI_SECOND, (5, 2), (5, 8)),
    (Act.PROPOSE, Step.CORRECTION, (5, 10), (5, 14)),
    (Act.MERGE, Step.CORRECTION, (5, 15), (5, 16)),
    (Act.WRITE, Step.TPI_REVISION, (5, 18), (5, 19)),
    (Act.WRITE, Step.TYPO, (6, 5), (6, 25)),
    (Act.WRITE, Step.TIDY, (7, 1), (7, 20)),
    (Act.WRITE, Step.MISTAKE, (8, 4), (8, 4)),
    (Act.REVERT, Step.UNDO, (8, 5), (8, 5)),
    (Act.WRITE, Step.TPN, (9, 1), (10, 8)),
    (Act.WRITE, Step.CLEARANCE, (10, 9), (10, 25)),
)
_JOIN_DAY = date(LAST_YEAR, 5, 17)
_BY_TPI = frozenset({Step.TPI_FIRST, Step.TPI_SECOND, Step.CORRECTION, Step.TPI_REVISION})


def optional_steps(index: int, year: int) -> frozenset[Step]:
    """Return which of the steps not every unit-year has this one has: typing errors, tidying, a mistake undone."""
    age = LAST_YEAR - year
    found = {Step.TYPO} if (index + 2 * age) % 4 == 0 else set()
    if (index + age) % 5 == 0:
        found.add(Step.TIDY)
    if index == 0 and age == 0:
        found |= {Step.MISTAKE, Step.UNDO}
    return frozenset(found)


def joined(units: int) -> tuple[int, ...]:
    """Return the units whose branches the octopus merges; none where there are not two of them."""
    found = tuple(index for index in JOINED if index < units)
    return found if len(found) > 1 else ()


def beginning(years: int) -> date:
    """Return the day the registry begins."""
    return date(LAST_YEAR - years + 1, 1, 4)


def enrolled(index: int, units: int) -> range:
    """Return the units that one commit enrols, where the unit of that number is the first of them; else none."""
    if index < FULL:
        return range(index, index + 1)
    return range(index, min(index + PER_AGENCY, units) if (index - FULL) % PER_AGENCY == 0 else index)


def unit_points(seed: int, index: int, life: Life, years: int, together: tuple[int, ...]) -> list[Point]:
    """Return every commit of the unit."""
    first = beginning(years)
    full = index < FULL
    points: list[Point] = []
    for number in range(first.year, LAST_YEAR + 1):
        year = life.story.year(number)
        if year is not None:
            points += (
                _full_year(seed, index, number, year, together) if full else _short_year(seed, index, number, year)
            )
    days = {entry.recorded if full else _record_day(index, entry.recorded) for entry in life.entries}
    points += [Point(day, Act.RECORD, index, day.year, Step.END) for day in sorted(days) if day > first]
    if index in MOVES and MOVES[index].day > first:
        points.append(Point(MOVES[index].day, Act.MOVE, index, MOVES[index].day.year, Step.END))
    return points


def _record_day(index: int, happened: date) -> date:
    """Return the day of the year on which the unit's news are written down, the first not before they happened."""
    days = (
        date(year, 12, 15 + index % 15) if year < LAST_YEAR else END - timedelta(days=index % 10)
        for year in range(happened.year, LAST_YEAR + 1)
    )
    return next((day for day in days if day >= happened), END)


def _full_year(seed: int, index: int, number: int, year: Year, together: tuple[int, ...]) -> Iterator[Point]:
    rng = chance(seed, index, number, "calendar")
    optional = optional_steps(index, number)
    for act, step, first, last in _SCHEDULE:
        day = day_between(rng, date(number, *first), date(number, *last))
        if not _happens(step, year, optional):
            continue
        if act is Act.MERGE and step is Step.CORRECTION and number == LAST_YEAR and index in together:
            continue
        yield Point(day, act, index, number, step)
    if number == LAST_YEAR and together and index == together[-1]:
        yield Point(_JOIN_DAY, Act.JOIN, REGISTRY, number, Step.CORRECTION)


def _happens(step: Step, year: Year, optional: frozenset[Step]) -> bool:
    if step in {Step.TYPO, Step.TIDY, Step.MISTAKE, Step.UNDO}:
        return step in optional
    if step is Step.TPN:
        return year.reach is Tier.TPN
    if step is Step.CLEARANCE:
        return year.clearance is not None
    if step is Step.TPI_REVISION and year.twist is Twist.DIUBAH:
        return False
    return year.reach is not Tier.MANDIRI or step not in _BY_TPI


def _short_year(seed: int, index: int, number: int, year: Year) -> Iterator[Point]:
    rng = chance(seed, index, number, "calendar")
    yield Point(day_between(rng, date(number, 3, 20), date(number, 4, 20)), Act.SUBMIT, index, number, Step.END)
    if year.reach is not Tier.MANDIRI:
        day = day_between(rng, date(number, 10, 6), date(number, 10, 28))
        yield Point(day, Act.ASSESS, index, number, Step.END)
