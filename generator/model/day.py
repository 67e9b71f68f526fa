"""What a day is: Jakarta's, written 2026-12-01, said in Indonesian."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")
"""Asia/Jakarta: no daylight saving since 1964, so a fixed offset needs no time zone data."""

_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def is_written_day(text: str) -> bool:
    """Tell whether the text is written as a day is; whether a calendar has it, `date.fromisoformat` knows.

    Alone that takes week dates and 20260131 too.
    """
    return _WRITTEN.fullmatch(text) is not None


_QUARTER = re.compile(r"(?!0000)([0-9]{4})-Q([1-4])")
_QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))


def quarter_end(text: str) -> date | None:
    """Return the last day of a "2025-Q1"; None where the text is no quarter.

    >>> quarter_end("2024-Q1"), quarter_end("2024-Q5")
    (datetime.date(2024, 3, 31), None)
    """
    found = _QUARTER.fullmatch(text)
    if found is None:
        return None
    year, number = found.groups()
    return date(int(year), *_QUARTER_ENDS[int(number) - 1])


def day_text(day: date) -> str:
    """Return the day in words, the same in every locale.

    >>> day_text(date(2026, 12, 1))
    '1 Desember 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def jakarta_day(moment: datetime) -> date:
    """Return the day in Jakarta at a moment that knows its time zone.

    >>> jakarta_day(datetime(2026, 1, 31, 17, tzinfo=timezone.utc))
    datetime.date(2026, 2, 1)
    """
    try:
        return moment.astimezone(WIB).date()
    except OverflowError:  # the calendar ends at 9999-12-31, in every time zone
        return moment.date()


def add_months(day: date, months: int) -> date:
    """Return the same day `months` (>= 0) later; a month too short ends on its last day.

    Never raises: what lies beyond 9999-12-31, the calendar's end, is that day.

    >>> add_months(date(2024, 2, 29), 24)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
