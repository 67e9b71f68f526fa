"""Numbers and dates as a page shows them: decimal comma, two digits, half up."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import lru_cache

from generator.model.day import day_text
from generator.model.exact import decimal_text

from .html import Html

PLACES = 2
_MOST = 10


def number(value: Fraction, places: int = PLACES) -> Html:
    """Return the number with a decimal comma.

    >>> number(Fraction(129, 8))
    '16,13'
    """
    return _number(*value.as_integer_ratio(), places)


@lru_cache(maxsize=20_000)  # keyed by whole numbers: hashing a fraction costs more than printing it
def _number(numerator: int, denominator: int, places: int) -> Html:
    return Html(decimal_text(Fraction(numerator, denominator), places).replace(".", ","))


def short(value: Fraction) -> Html:
    """Return the number with at most two digits and no more than it needs: 17,5 and 4."""
    text = number(value)
    return Html(text.rstrip("0").rstrip(",") if "," in text else text)


def percent(value: Fraction) -> Html:
    """Return a share as percent: 1/2 is "50,00 %"."""
    return Html(f"{number(value * 100)} %")


@lru_cache(maxsize=20_000)
def against(value: str, limit: str) -> Html:
    """Return a decimal string in two digits, or in as many as show on which side of the limit it is."""
    exact, edge = Fraction(value), Fraction(limit)
    for places in range(PLACES, _MOST):
        if exact == edge or decimal_text(exact, places) != decimal_text(edge, places):
            return number(exact, places)
    return number(exact, _MOST)


def difference(value: Fraction) -> Html:
    """Return the number with its sign, so that the direction is said: "+1,00", "−0,50", "0,00"."""
    text = number(abs(value))
    if not value:
        return text
    return Html(f"{'+' if value > 0 else '−'}{text}")


@lru_cache(maxsize=20_000)
def day(value: date | None) -> Html:
    """Return the day in words with its machine form; "" for None."""
    return Html(f'<time datetime="{value.isoformat()}">{day_text(value)}</time>') if value else Html("")
