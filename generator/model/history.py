"""The past as values: commits, versions of files, and changes a person understands.

What there is one of for each commit, version or change is a named tuple: a history has a hundred thousand of them, and
a frozen dataclass takes four times as long to make.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from .declared import Tier


class Commit(NamedTuple):
    """One commit of main's first-parent line, as Git recorded it. All text is hostile.

    Order comes from `position`, never from a date: dates are what the writer's clock said.
    """

    id: str
    """40 hex digits."""
    position: int
    """0 for the oldest on the first-parent line."""
    author: str
    email: str
    authored: datetime
    """UTC, by the author's clock; a date Git cannot hold is 1970-01-01."""
    committed: datetime
    """UTC, by the committer's clock: when it came to main."""
    message: str
    parents: tuple[str, ...]
    contributors: tuple[str, ...]
    """Authors of what a merge brought, in the order they first wrote; the author alone where it is no merge."""
    approvals: tuple[str, ...]
    """Who approved, according to Git: names in Reviewed-by / Disetujui-oleh trailers of the commit and of what it
    merged, and the author of the merge itself; empty where nobody is on record."""
    dated: bool = True
    """False where `committed` is a date Git cannot hold."""
    brought: tuple[str, ...] = ()
    """Ids of the commits that came to the line with it, ancestors first: none where it is no merge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A name somebody gave to one state of the repository. All text is hostile."""

    name: str
    commit: str | None
    """Id of the commit it names; None where it names something else."""
    made: datetime
    """When that commit was made by its committer's clock, UTC; 1970-01-01 where Git cannot tell."""
    message: str
    """What an annotated tag says; "" for a lightweight one."""


class Version(NamedTuple):
    """One version of one file on main."""

    commit: Commit
    path: str
    blob: str | None
    """Git's id of the bytes; None where the commit removed the file."""


class Mark(NamedTuple):
    """That a commit touched a file: of a version, all that needs no decoding."""

    position: int
    """The commit's."""
    blob: str | None
    """As in `Version`."""


_position = attrgetter("position")


class History:
    """Everything main remembers about units/, oldest first; what commits say is decoded when it is asked for."""

    def __init__(
        self, marks: Mapping[str, Sequence[Mark]], ids: tuple[str, ...], decode: Callable[[int], Commit]
    ) -> None:
        self.marks = marks
        """By path, sorted by path; each path's marks oldest first."""
        self.ids = ids
        """The commits' on the first-parent line, by position."""
        self._decode = decode
        self._decoded: dict[int, Commit] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, History) and (self.commits, self.versions) == (other.commits, other.versions)

    __hash__ = None  # type: ignore[assignment] # as for every value that holds mappings

    def until(self, commit: str) -> History:
        """Return what was remembered when the line ended at the commit; raises ValueError where it is not on it."""
        if self.ids[-1:] == (commit,):
            return self
        end = self.ids.index(commit)
        cut = {path: marks[: bisect_right(marks, end, key=_position)] for path, marks in self.marks.items()}
        return History({path: marks for path, marks in cut.items() if marks}, self.ids[: end + 1], self.commit)

    def commit(self, position: int) -> Commit:
        """Return the commit at a position of the first-parent line.

        Raises `RepositoryUnusable` where what a merge brought is missing.
        """
        found = self._decoded.get(position)
        if found is None:
            found = self._decoded[position] = self._decode(position)
        return found

    def version(self, path: str, mark: Mark) -> Version:
        """Return the version of a path that a mark stands for."""
        return Version(self.commit(mark.position), path, mark.blob)

    @cached_property
    def commits(self) -> tuple[Commit, ...]:
        """Every commit of the first-parent line, also those that touched nothing under units/."""
        return tuple(map(self.commit, range(len(self.ids))))

    @cached_property
    def versions(self) -> Mapping[str, tuple[Version, ...]]:
        """By path, sorted by path; each path's versions oldest first."""
        return {path: tuple(self.version(path, mark) for mark in marks) for path, marks in self.marks.items()}


def _no_commit(position: int) -> Commit:
    raise IndexError(position)


NOTHING = History({}, (), _no_commit)
"""What an empty line remembers."""


class ChangeKind(StrEnum):
    """What happened, in a word a reader understands."""

    ANSWERED = "dijawab"
    """A question had no answer and has one now."""
    ANSWER_CHANGED = "jawaban-berubah"
    """Also when an answer is taken back."""
    EVIDENCE_ADDED = "bukti-ditambah"
    EVIDENCE_REPLACED = "bukti-diganti"
    EVIDENCE_REMOVED = "bukti-dihapus"
    JUDGEMENT_CHANGED = "penilaian-berubah"
    """An assessor's word on the evidence: relevan, lengkap, sah."""
    NOTE_CHANGED = "catatan-berubah"
    """penjelasan or catatan."""
    SURVEY_ADDED = "survei-ditambah"
    SURVEY_CHANGED = "survei-berubah"
    SURVEY_REMOVED = "survei-dihapus"
    CLEARANCE_CHANGED = "clearance-berubah"
    PREDICATE_EVENT = "peristiwa-predikat"
    """An event recorded, corrected or taken out."""
    MONITORING = "pemantauan"
    """A report recorded, corrected or taken out."""
    STATEMENT = "pernyataan"
    REPLY = "tanggapan"
    CASE = "kasus"
    UNIT_MOVED = "unit-pindah"
    """`asal` in unit.yaml: renamed, or moved to another agency."""
    PROFILE_CHANGED = "data-unit-berubah"
    """Anything else a unit or an agency says of itself."""
    SHEET_CHANGED = "lembar-berubah"
    """instrumen, tahun or menilai of a tier's file; also menilai of one of its answers."""
    UNREADABLE = "tidak-terbaca"
    """The version could not be read as this registry reads files; the versions around it can be compared."""


class Change(NamedTuple):
    """One difference of meaning between two versions of a file."""

    kind: ChangeKind
    unit: str
    """"instansi/unit", or "instansi" for an agency's own file."""
    year: int | None
    tier: Tier | None
    code: str
    """Question code, survey id, KPK/Ombudsman, quarter …; "" where the change has none."""
    field: str
    """Key inside it: jawab, isian, bukti, catatan …; "" where the whole item is meant."""
    before: Any
    """JSON value, None where there was none."""
    after: Any


class Step(NamedTuple):
    """What one version did to its file."""

    version: Version
    patch: tuple[Mapping[str, Any], ...]
    """RFC 6902 operations from the document before to the document after; empty: cosmetic."""
    changes: tuple[Change, ...]
    """What that means; none where nothing but the order of items is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsMoved:
    """How much one answer moved a tier's total."""

    tier: Tier
    code: str
    before: Fraction
    """Points of the 100 the answer brought; 0 where there was none."""
    after: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePoint:
    """What the sheets of one year came to after one version of one of its files."""

    version: Version
    year: int
    totals: Mapping[Tier, Fraction | None]
    """None where the tier's sheet is absent, or is not scored (`registry.Reading` says the same of today)."""
    moved: tuple[PointsMoved, ...]
    """The answers that moved a total, tier by tier in the worksheet's order; empty where none did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalMoved:
    """One tier's total before and after; None where it had no sheet that could be scored."""

    year: int
    tier: Tier
    before: Fraction | None
    after: Fraction | None
