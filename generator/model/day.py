"""How a day is said in Indonesian."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

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
_JAKARTA = timezone(timedelta(hours=7))
"""No daylight saving since 1964, so a fixed offset needs no time zone data."""


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
        return moment.astimezone(_JAKARTA).date()
    except OverflowError:  # the calendar ends at 9999-12-31, in every time zone
        return moment.date()
