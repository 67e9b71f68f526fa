"""Whether the programme of a unit with a predicate is alive, as far as the files say, and what says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Vitality(StrEnum):
    """What the signals come to."""

    HIDUP = "hidup"
    MELAMBAT = "melambat"
    DORMAN = "dorman"
    BELUM_CUKUP_DATA = "belum-cukup-data"
    """Too little is recorded to say anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One thing the verdict rests on. Its sentences are in Indonesian and hold nothing a stranger wrote."""

    code: str
    """Its key in schema/aturan/kehidupan.yaml."""
    name: str
    weight: int
    """Of 100."""
    value: Fraction | None
    """0 to 1; None: silent, nothing is recorded that it could go by."""
    limit: str
    """What it is held against."""
    reason: str
    """The figures it comes from."""
    change: str
    """What would change it."""

    @property
    def contribution(self) -> Fraction | None:
        """Weight x value: points of the weight that is filled; None while silent."""
        return None if self.value is None else self.weight * self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The verdict on one day, as the public may see it."""

    as_of: date
    verdict: Vitality
    """While `notice_until` is set: melambat."""
    value: Fraction | None
    """Contributions / filled weight, 0 to 1; None where too little weight is filled."""
    filled: int
    """Weight of the signals that are not silent."""
    notice_until: date | None
    """The last day of the notice before dorman is shown; None where there is no notice."""
    signals: tuple[Signal, ...]
    """All of them, in the order of the rules."""
