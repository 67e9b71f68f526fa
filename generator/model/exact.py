"""Exact numbers: fractions inside, decimal strings outside; no float anywhere."""

from __future__ import annotations

from fractions import Fraction


def decimal_text(value: Fraction, places: int = 10) -> str:
    """The value with `places` digits after the point, rounded half up (away from zero on a tie).

    >>> decimal_text(Fraction(2, 3), 4)
    '0.6667'
    >>> decimal_text(Fraction(-1, 8), 2)
    '-0.13'
    """
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign = "-" if value < 0 and whole else ""
    digits = str(whole).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
