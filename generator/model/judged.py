"""What the registry computes from the declared values: exact, and carrying the parts a page needs to show the sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from .declared import Agency, FollowUp, Predicate, Tier, Unit, UnitYear
from .instrument import Instrument
from .life import Life


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionScore:
    """How one answer became a number."""

    code: str
    answered: bool
    value: Fraction
    """0 to 1 (before weight); 0 where not answered."""
    contribution: Fraction
    """Points of the 100 this answer brings: value x weight, or value x group's weight / number of questions."""
    given: str
    """The answer in short: "Ya", "B", "7/8", "3.72", "" where not answered."""
    zero_denominator: bool = False
    """True: the instrument's own decision for a zero denominator was used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeScore:
    """The score of a weighted node."""

    code: str
    score: Fraction
    weight: Fraction
    unanswered: int
    """Questions below it without an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One tier's score of one year under one instrument."""

    total: Fraction
    nodes: Mapping[str, NodeScore]
    questions: Mapping[str, QuestionScore]
    unanswered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One requirement held against one tier's score; `met` is None where it cannot be told."""

    code: str
    name: str
    value: str
    """A decimal string with 10 digits, or words for predicate and clearance."""
    limit: str
    met: bool | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All conditions of one predicate for one tier; `met` is None while any question is unanswered."""

    predicate: Predicate
    met: bool | None
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TierResult:
    """What one tier's sheet comes to."""

    tier: Tier
    score: Score
    verdicts: Mapping[Predicate, Verdict]
    changed: frozenset[str] = frozenset()
    """Questions whose answer by the unit is another one now than this tier judged and stamped."""
    rest_changed: bool = False
    """Other answers changed since this tier stamped the sheet, and it did not say of which each judgement is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The difference between two tiers, later minus earlier is negative when the assessor was stricter."""

    code: str
    scores: Mapping[Tier, Fraction]
    """Score (nodes, areas, "total") or value (questions) per tier that has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One unit-year, judged under the instrument its sheets name."""

    declared: UnitYear
    instrument: Instrument
    results: Mapping[Tier, TierResult]
    deciding: Tier | None
    """TPN where it has assessed, else TPI, else the unit's own; None where no tier has answered."""
    forecast: bool
    """True unless the deciding tier is TPN."""
    gaps: Mapping[str, Gap]


class Status(StrEnum):
    """Where a unit stands in the monitoring cycle."""

    BELUM_BERPREDIKAT = "belum-berpredikat"
    TERJADWAL = "terjadwal"
    SEGERA = "segera"
    TERLAMBAT = "terlambat"
    DICABUT = "dicabut"


class Stage(StrEnum):
    """Where a predicate is in its life; what leads from one to the next stands in schema/aturan/pemantauan.yaml."""

    BELUM_DIUSULKAN = "belum-diusulkan"
    DIUSULKAN = "diusulkan"
    DITETAPKAN = "ditetapkan"
    """Held, and not monitored since its award."""
    DIPERTAHANKAN = "dipertahankan"
    PERLU_PERBAIKAN = "perlu-perbaikan"
    DALAM_KONFIRMASI = "dalam-konfirmasi"
    """A monitoring proposed to revoke it, and nothing was decided yet: it is held."""
    DIKONFIRMASI = "dikonfirmasi"
    """It stands, after a proposal to revoke it."""
    DICABUT = "dicabut"
    """Revoked, and the unit is still barred."""


class Turn(NamedTuple):
    """A day on which a predicate came into a stage."""

    day: date
    cause: str
    """An event's kind, a report's result, or "larangan-berakhir"."""
    stage: Stage


class Timing(NamedTuple):
    """When a monitoring was done, and when it was due then."""

    dated: date
    due: date

    @property
    def early(self) -> int:
        """Days it was early; negative when late."""
        return (self.due - self.dated).days


class Progress(StrEnum):
    """How far a follow-up is."""

    SELESAI = "selesai"
    TERBUKA = "terbuka"
    TERLAMBAT = "terlambat"
    """Open after its last day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringStatus:
    """The monitoring cycle as it stands on `as_of`."""

    as_of: date
    predicate: Predicate | None
    since: date | None
    """Day the held predicate was awarded."""
    status: Status
    due: date | None
    days: int | None
    """Days left until `due`; negative when late."""
    by: str | None
    """The body that must monitor."""
    barred_until: date | None
    last: date | None
    """Day of the last monitoring that counts."""
    reason: str
    """One Indonesian sentence: how the date came about."""
    stage: Stage
    stage_since: date | None
    """Day of the last turn into the stage; None where nothing ever happened."""
    timing: Timing | None
    """Of the last monitoring that counts."""
    timings: tuple[Timing, ...]
    """Of every monitoring while a predicate was held, oldest first."""
    follow_ups: tuple[FollowUp, ...]
    """What monitorings of the held predicate asked for and is not done."""
    follow_ups_late: int
    """How many of those are past their last day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRecord:
    """The waist's product: one unit, declared and judged."""

    unit: Unit
    agency: Agency
    assessments: tuple[Assessment, ...]
    """Oldest first."""
    monitoring: MonitoringStatus
    life: Life | None = None
    """The verdict on its programme; None where it holds no predicate, or where nobody asked."""
