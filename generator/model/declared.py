"""What the files declare, parsed once at the door. What the registry computes is in `judged`.

Declared and computed never share a type. After `reading.declaring` nobody sees a dict or a maybe-string date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType


class Tier(StrEnum):
    """Who judges; the value is the file's stem. The order is the order of deciding, last wins."""

    MANDIRI = "mandiri"
    """The unit itself."""
    TPI = "tpi"
    """Tim Penilai Internal, the agency's inspectorate."""
    TPN = "tpn"
    """Tim Penilai Nasional."""


class Predicate(StrEnum):
    """What a unit can earn; WBBM needs WBK first."""

    WBK = "WBK"
    WBBM = "WBBM"


class EventKind(StrEnum):
    """What happened to a predicate (predikat.yaml `jenis`)."""

    DIUSULKAN = "diusulkan"
    DITETAPKAN = "ditetapkan"
    DIKONFIRMASI = "dikonfirmasi"
    DICABUT = "dicabut"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece of evidence of the unit. All text is hostile; "" or None where it was not given."""

    title: str = ""
    link: str = ""
    file: str = ""
    dated: date | None = None
    valid_until: date | None = None
    sha256: str = ""
    exempt: bool = False
    """klasifikasi: dikecualikan (UU 14/2008): the public sees that it exists, not where it is."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What an assessor says of the evidence; None where it was not said."""

    relevant: bool | None = None
    complete: bool | None = None
    valid: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One tier's answer to one question, as declared; whether it fits the question is judged later."""

    choice: str = ""
    """`jawab`; "" where absent, "belum" where the writer says "not answered yet"."""
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """`isian` of a percentage question."""
    survey: str = ""
    """`survei`: id of an entry in survei.yaml."""
    explanation: str = ""
    note: str = ""
    evidence: tuple[Evidence, ...] = ()
    judgement: Judgement | None = None
    judges: str = ""
    """`menilai`: fingerprint of the unit's answer to this question that an assessor judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One tier's file of one year."""

    tier: Tier
    instrument: str
    year: int
    answers: Mapping[str, Answer]
    judges: str = ""
    """`menilai`: fingerprint of all answers judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One survey of the users of the service."""

    id: str
    kind: str
    """IPAK or IPKP."""
    surveyor: str
    respondents: int
    index: Fraction
    """0 to 4."""
    dated: date | None = None
    method: str = ""
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """What KPK or Ombudsman says of the unit: bersih, catatan (withheld) or belum (not yet)."""

    body: str
    status: str
    number: str = ""
    dated: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PredicateEvent:
    """A dated event in the life of a predicate."""

    kind: EventKind
    predicate: Predicate
    dated: date
    number: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One improvement a monitoring asked for (`tindak_lanjut`)."""

    what: str
    until: date
    done: date | None = None
    """None while it is open."""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringReport:
    """One monitoring of a unit that holds a predicate."""

    dated: date
    by: str
    result: str
    """dipertahankan, perlu-perbaikan or diusulkan-dicabut."""
    number: str = ""
    source: str = ""
    method: str = ""
    findings: tuple[str, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The unit's quarterly word on a programme."""

    quarter: str
    programme: str
    running: bool
    link: str = ""
    dated: date | None = None
    by: str = ""
    """The office or team that says so, never a person."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The unit's own word on what is said of it (tanggapan.yaml)."""

    dated: date
    text: str
    by: str = ""
    """The office or team that replies, never a person."""
    source: str = ""


class Confirmation(StrEnum):
    """How far a case is established (kasus.yaml `keadaan`)."""

    DIBERITAKAN = "diberitakan"
    DIPERIKSA = "diperiksa"
    TERBUKTI = "terbukti"
    TIDAK_TERBUKTI = "tidak-terbukti"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case the public knows of, recorded by TPI or TPN (kasus.yaml); no field could name a person."""

    kind: str
    """gratifikasi, suap, pungutan-liar …"""
    month: date
    """The first day of the month."""
    source: str
    """An https link."""
    state: Confirmation


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitYear:
    """Everything declared about one unit in one year; a tier without a file is absent."""

    year: int
    sheets: Mapping[Tier, Sheet]
    surveys: tuple[Survey, ...]
    clearances: Mapping[str, Clearance]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An agency (instansi)."""

    id: str
    name: str
    kind: str = ""
    monitors: Mapping[Predicate, str]
    """Who must monitor, per predicate; empty where instansi.yaml does not say."""
    teams: Mapping[Tier, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Who fills in and assesses, per tier: teams or offices, never persons."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A work unit (unit kerja) with all its years, oldest first."""

    id: str
    """"instansi/unit"."""
    agency: Agency
    name: str
    place: str = ""
    services: tuple[str, ...] = ()
    target: str = ""
    site: str = ""
    """The unit's own web site, as declared."""
    note: str = ""
    events: tuple[PredicateEvent, ...]
    monitoring: tuple[MonitoringReport, ...]
    statements: tuple[Statement, ...]
    replies: tuple[Reply, ...] = ()
    cases: tuple[Case, ...] = ()
    years: tuple[UnitYear, ...]
