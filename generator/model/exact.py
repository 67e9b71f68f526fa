"""Exact numbers: fractions inside, decimal strings outside; no float anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

_MOST = 10


def decimal_text(value: Fraction, places: int = 10) -> str:
    """The value with `places` digits after the point, rounded half up (away from zero on a tie).

    >>> decimal_text(Fraction(2, 3), 4)
    '0.6667'
    >>> decimal_text(Fraction(-1, 8), 2)
    '-0.13'
    """
    units = half_up(value, places)
    sign = "-" if units < 0 else ""
    digits = str(abs(units)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def apart(value: Fraction, limits: Iterable[Fraction], places: int = 2) -> str:
    """The value with `places` digits, or with as many (at most 10) as show on which side of each limit it is.

    >>> apart(Fraction(6994, 10000), [Fraction("0.7")]), apart(Fraction("0.7"), [Fraction("0.7")])
    ('0.699', '0.70')
    """
    for limit in limits:
        while value != limit and decimal_text(value, places) == decimal_text(limit, places) and places < _MOST:
            places += 1
    return decimal_text(value, places)


def half_up(value: Fraction, places: int) -> int:
    """The value in units of the digit `places` after the point, rounded half up (away from zero on a tie).

    >>> half_up(Fraction(1, 8), 2)
    13
    """
    # Whole numbers throughout: this is called for every figure of every page.
    numerator, denominator = value.as_integer_ratio()
    scale: int = 10**places  # a negative exponent would make a float; places is never negative
    units = (2 * abs(numerator) * scale + denominator) // (2 * denominator)
    return -units if numerator < 0 else units
