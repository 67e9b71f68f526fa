"""What a unit stated about its programmes, quarter by quarter; a quarter without a statement is shown as silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from generator.model.alive import Programme, Quarter
from generator.model.day import quarter_end
from generator.model.declared import Statement

from .rules.statements import programme_key

SHOWN = 8
"""Quarters a row has: two years, as long as from one monitoring to the next."""
_MONTHS = 3
_PER_YEAR = 4


def last_quarters(as_of: date, number: int = SHOWN) -> tuple[str, ...]:
    """Return the last `number` quarters that are over on the day, oldest first: their last day lies before it.

    >>> last_quarters(date(2026, 3, 31), 2), last_quarters(date(2026, 4, 1), 2)
    (('2025-Q3', '2025-Q4'), ('2025-Q4', '2026-Q1'))
    """
    running = _PER_YEAR * as_of.year + (as_of.month - 1) // _MONTHS
    # Q4 of the year before the calendar's first is no quarter
    counted = range(max(running - number, _PER_YEAR), running)
    return tuple(f"{one // _PER_YEAR:04d}-Q{one % _PER_YEAR + 1}" for one in counted)


def made(statements: Iterable[Statement], as_of: date) -> Iterator[Statement]:
    """Yield the statements there are on the day, oldest word first: of an ended quarter, and not dated later."""
    known = (one for one in statements if one.dated is None or one.dated <= as_of)
    ended = [(end, one) for one in known if (end := quarter_end(one.quarter)) is not None and end < as_of]
    # sorted() keeps the file's order where two say nothing of which came first
    for _, one in sorted(ended, key=lambda each: (each[0], each[1].dated or each[0] + timedelta(days=1))):
        yield one


def programmes(statements: Iterable[Statement], as_of: date, number: int = SHOWN) -> tuple[Programme, ...]:
    """Return every programme ever stated, sorted by name, over the last `number` ended quarters.

    Where one programme has two statements of a quarter, the later dated counts, and of one day the later in the file.
    """
    quarters = last_quarters(as_of, number)
    names: dict[str, str] = {}
    said: dict[tuple[str, str], Statement] = {}
    for statement in made(statements, as_of):
        key = programme_key(statement.programme)
        names[key] = statement.programme
        said[key, statement.quarter] = statement
    return tuple(
        Programme(
            name=name,
            quarters=tuple(Quarter(quarter=one, statement=said.get((key, one))) for one in quarters),
        )
        for key, name in sorted(names.items())
    )
