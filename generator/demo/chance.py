"""Chance that repeats itself: the same seed and subject, the same draws, on every machine.

Python promises this for random() only, but has not changed the draws used here since 3.11, the oldest it runs on.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random


def chance(*subject: object) -> Random:
    """Return a generator of its own for the subject (seed, unit, year, file …)."""
    # Text seeds go through SHA-512: neither the hash seed nor the platform plays a part.
    return Random("/".join(map(str, subject)))  # noqa: S311 - made-up data, no secret


def day_between(rng: Random, first: date, last: date) -> date:
    """Return a day from `first` to `last`, both included."""
    return first + timedelta(days=rng.randrange((last - first).days + 1))
