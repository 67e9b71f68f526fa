"""How a day is said in Indonesian."""

from __future__ import annotations

from datetime import date

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


def day_text(day: date) -> str:
    """Return the day in words, the same in every locale.

    >>> day_text(date(2026, 12, 1))
    '1 Desember 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
