"""Whether a programme still runs, as far as the files say: how fresh evidence is, and what each quarter was stated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from .declared import Evidence, Statement


class FreshnessState(StrEnum):
    """How old a piece of evidence is for its question, on one day. The first four are in the order of ageing."""

    SEGAR = "segar"
    MENUA = "menua"
    BASI = "basi"
    HABIS = "habis"
    """Its validity (`berlaku_sampai`) ended."""
    TANPA_TANGGAL = "tanpa-tanggal"
    """It does not say its day: neither fresh nor stale."""
    BELUM_ADA = "belum-ada"
    """It is dated later than the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many pieces of evidence are in each state."""

    counts: Mapping[FreshnessState, int]
    """A state that does not occur may be absent."""

    def count(self, *states: FreshnessState) -> int:
        """Return how many are in one of the states."""
        return sum(self.counts.get(state, 0) for state in states)

    @property
    def everything(self) -> int:
        """All of it, dated or not."""
        return sum(self.counts.values())

    @property
    def told(self) -> int:
        """Evidence whose age or end is known."""
        return self.count(FreshnessState.SEGAR, FreshnessState.MENUA, FreshnessState.BASI, FreshnessState.HABIS)

    @property
    def stale_share(self) -> Fraction | None:
        """(basi + habis) / told; None where nothing is told."""
        stale = self.count(FreshnessState.BASI, FreshnessState.HABIS)
        return Fraction(stale, self.told) if self.told else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFreshness:
    """The evidence of one part of the instrument."""

    code: str
    """An area's, "1" to "6", or a top group's that is in no area: "B"."""
    name: str
    address: str
    """Code of its first group."""
    tally: Tally


class Expired(NamedTuple):
    """Evidence whose validity ended."""

    code: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """The evidence of one sheet on one day."""

    year: int
    as_of: date
    whole: Tally
    parts: tuple[PartFreshness, ...]
    """Every part of the instrument, in its order; they add up to the whole."""
    states: Mapping[str, tuple[FreshnessState, ...]]
    """Question -> the state of each piece of its evidence, in the file's order."""
    expired: tuple[Expired, ...]
    """In the instrument's order."""


class Word(StrEnum):
    """What was stated about one programme in one quarter."""

    YA = "ya"
    TIDAK = "tidak"
    DIAM = "diam"
    """Nothing: neither life nor death."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """One programme in one quarter."""

    quarter: str
    """"2025-Q1"."""
    statement: Statement | None
    """None for silence."""

    @property
    def word(self) -> Word:
        """What was stated."""
        if self.statement is None:
            return Word.DIAM
        return Word.YA if self.statement.running else Word.TIDAK


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A programme the unit has ever stated something about, over a row of quarters."""

    name: str
    """As last written."""
    quarters: tuple[Quarter, ...]
    """Oldest first, none left out."""
