"""What a unit held, and when it had to be monitored, on every day since it came to main.

For each day it is what `judging.monitoring.status` answers from the files main had by the end of that day, told as
stretches of days on which the answer stays the same. Where a version cannot be read, what was said before stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from heapq import merge
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any

from generator.judging.changes import apply
from generator.judging.monitoring import Cycle, status
from generator.model.day import jakarta_day
from generator.model.declared import Unit
from generator.model.document import Document, Kind, Mark
from generator.model.history import Commit, Step
from generator.model.judged import MonitoringStatus
from generator.reading.declaring import declare
from generator.reading.paths import locate
from generator.reading.units import UnitFiles

if TYPE_CHECKING:
    from .catalogue import Catalogue

_OF_UNIT = (Kind.PREDIKAT, Kind.PEMANTAUAN)
_NOWHERE = Mark(0, 0)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days, up to the next stretch, on which nothing of a unit's status changes but the days left."""

    since: date
    commit: Commit
    """What the status rests on came to main with it."""
    status: MonitoringStatus | None
    """As of the first day; None while the unit is not on main."""


def main_days(line: Iterable[Commit]) -> tuple[date, ...]:
    """Return for each commit of main (oldest first) the first day at whose end main had it.

    As `reading.history.commit_on` has it: on a day main stands at the last commit dated on or before it, so a commit
    whose clock was ahead is there as soon as a later one is; one whose date Git cannot hold, with the one before it.
    """
    days: list[date] = []
    made = datetime(1970, 1, 1, tzinfo=UTC)
    for commit in line:
        made = commit.committed if commit.dated else made
        days.append(jakarta_day(made))
    return tuple(reversed(tuple(accumulate(reversed(days), min))))


def stretches(
    steps: Sequence[Step], agency: Callable[[str], Sequence[Step]], catalogue: Catalogue, days: Sequence[date]
) -> tuple[Stretch, ...]:
    """Return the stretches of a unit (its steps oldest first) from its first day on, the last without an end.

    `agency` returns the steps of an agency's own file, `days` are main's (`main_days`). Days of the future are told
    from what main says now.
    """
    found: list[Stretch] = []
    for one in _each(tuple(_states(steps, agency, catalogue)), catalogue.cycle, days):
        if not found or _told(one.status) != _told(found[-1].status):
            found.append(one)
    return tuple(found)


def _told(state: MonitoringStatus | None) -> tuple[object, ...]:
    return () if state is None else (state.predicate, state.status, state.due, state.by, state.barred_until)


def _each(states: Sequence[tuple[Commit, Unit | None]], cycle: Cycle, days: Sequence[date]) -> Iterator[Stretch]:
    starts = [days[commit.position] for commit, _ in states]
    for (commit, unit), since, end in zip(states, starts, (*starts, None)[1:], strict=True):
        if unit is not None:
            for day, state in _statuses(unit, cycle, since, end):
                yield Stretch(since=day, commit=commit, status=state)
        elif since != end:
            yield Stretch(since=since, commit=commit, status=None)


def _statuses(unit: Unit, cycle: Cycle, since: date, end: date | None) -> Iterator[tuple[date, MonitoringStatus]]:
    """Yield the status on the first day, and on every day before `end` on which it may have become another."""
    day: date | None = since
    while day is not None and (end is None or day < end):
        state = status(unit, cycle, day)
        yield day, state
        day = min((turn for turn in _turns(unit, state, cycle) if turn > day), default=None)


def _turns(unit: Unit, state: MonitoringStatus, cycle: Cycle) -> Iterator[date]:
    """Yield the days on which the status may become another, as long as none of them has come."""
    yield from (event.dated for event in unit.events)
    yield from (report.dated for report in unit.monitoring)
    if state.due is not None:
        yield state.due - timedelta(days=cycle.soon_days)
    for last in (state.due, state.barred_until):
        if last is not None and last < date.max:
            yield last + _DAY


def _states(
    steps: Sequence[Step], agency: Callable[[str], Sequence[Step]], catalogue: Catalogue
) -> Iterator[tuple[Commit, Unit | None]]:
    """Yield what the status rests on whenever it became something else; None while no file of the unit is there."""
    files = _Files(catalogue)
    agencies = sorted({step.version.path.split("/")[1] for step in steps})
    before: Any = None
    for _, group in groupby(merge(steps, *map(agency, agencies), key=_position), key=_position):
        commit = None
        for step in group:
            files.take(step)
            commit = step.version.commit
        unit = files.unit()
        rests_on = unit and (unit.events, unit.monitoring, dict(unit.agency.monitors))
        if commit is not None and rests_on != before:
            yield commit, unit
        before = rests_on


def _position(step: Step) -> int:
    return step.version.commit.position


class _Files:
    """The files a status rests on, as they stand."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._data: dict[str, Mapping[str, Any] | None] = {}
        self._there: set[str] = set()
        self._unit_id = ""
        self._known: Unit | None = None

    def take(self, step: Step) -> None:
        """Let a file be what the step made of it."""
        path = step.version.path
        location = locate(path)
        assert location is not None  # noqa: S101 - a history has no other paths
        if location.unit:
            (self._there.discard if step.version.blob is None else self._there.add)(path)
            if step.version.blob is not None and location.unit_id != self._unit_id:
                self._unit_id, self._known = location.unit_id, None
        if location.kind in (*_OF_UNIT, Kind.INSTANSI) and step.patch:
            self._data[path], self._known = apply(self._data.get(path), step.patch), None

    def unit(self) -> Unit | None:
        """Return the unit, of which nothing is declared but what its status rests on; None where it has no file."""
        if not self._there:
            return None
        if self._known is None:
            documents = (self._document(f"units/{self._unit_id}/{kind}.yaml", kind) for kind in _OF_UNIT)
            self._known = declare(
                UnitFiles(
                    unit_id=self._unit_id,
                    agency=self._document(f"units/{self._unit_id.partition('/')[0]}/instansi.yaml", Kind.INSTANSI),
                    documents=tuple(document for document in documents if document is not None),
                    blobs=(),
                    findings=(),
                )
            )
        return self._known

    def _document(self, path: str, kind: Kind) -> Document | None:
        data = self._data.get(path)
        if data is None:
            return None
        return self._catalogue.schemas.check(Document(path=path, kind=kind, data=data, marks=_NOWHERE))[0]
