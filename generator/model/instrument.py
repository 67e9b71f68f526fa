"""An instrument (lembar kerja evaluasi) as values: what is asked, what an answer is worth, what must hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from .declared import Predicate


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number a percentage question asks for."""

    id: str
    text: str
    row: int
    informative: bool
    """True: shown, but no part of the formula."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """How counts become a value between 0 and 1.

    `rasio`: numerator / sum of denominators, at most 1. `penurunan`: (before - after) / before, at least 0;
    0 before and 0 after is 1 (official workbook, K154).
    """

    kind: str
    numerator: str
    """rasio: `pembilang`; penurunan: `sesudah`."""
    denominator: tuple[str, ...]
    """rasio: `penyebut`; penurunan: (`sebelum`,)."""
    zero_value: Fraction
    """Value where the denominator is 0: the registry's own decision, no official rule exists."""
    zero_reason: str


class Handled(NamedTuple):
    """Which counts of a question say how complaints were handled; shown over the years, no part of any score."""

    done: str
    """Complaints whose handling is finished."""
    received: str
    """Complaints that had to be handled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. Exactly one of `values`, `formula`, `survey_kind` says how it is answered."""

    code: str
    text: str
    row: int
    weight: Fraction | None
    """Its own weight; None where it shares its group's by average."""
    scale: str
    values: Mapping[str, Fraction]
    """Choice scales: answer -> value; empty otherwise."""
    criteria: Mapping[str, str]
    counts: tuple[Count, ...]
    formula: Formula | None
    survey_kind: str
    """IPAK or IPKP for an index question, "" otherwise."""
    complaints: Handled | None = None
    """Of the question that counts complaints, where the instrument has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A weighted node: its parts are groups, weighted questions, or unweighted questions (averaged)."""

    code: str
    name: str
    weight: Fraction
    parts: tuple[Group | Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One of the six areas: Pemenuhan and Reform together."""

    code: str
    """"1" to "6"."""
    name: str
    groups: tuple[str, ...]
    """Codes of the groups that make it: A.I.1 and A.II.1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A condition for a predicate, as data.

    kind `nilai`: score of `nodes` summed >= limit. kind `persen`: that score as a share of the nodes'
    weight, in percent, >= limit. kind `predikat`: limit is the predicate held before. kind `clearance`:
    limit names the bodies, joined by ", ". A predicate absent from `limits` does not ask for it.
    """

    code: str
    name: str
    kind: str
    nodes: tuple[str, ...]
    limits: Mapping[Predicate, str]
    index: Mapping[Predicate, str]
    """For a survey: the limit said as an index 0-4, else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a part of the instrument comes from, and how far that was checked."""

    subject: str
    origin: str
    checked: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Instrument:
    """One version of the worksheet. `nodes` and `questions` are in the worksheet's order.

    An instrument equals only itself (eq=False), so what is worked out from one can be kept by it.
    """

    id: str
    title: str
    basis: str
    groups: tuple[Group, ...]
    """The top: A and B."""
    nodes: Mapping[str, Group | Question]
    """Every node that has a weight, by code."""
    questions: Mapping[str, Question]
    areas: tuple[Area, ...]
    requirements: tuple[Requirement, ...]
    proposals_close: str
    """"05-31": a predicate counts as "earlier" for year T when held on this day of T."""
    sources: tuple[Source, ...] = ()
