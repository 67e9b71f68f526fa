"""The life of a unit's predicates as a state machine over dated events and reports.

The stages, what leads from one to the next, and the decisions where the sources are silent stand in
schema/aturan/pemantauan.yaml (`tahap`). `standing` says which predicate is held; the two agree on every day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from generator.model.day import add_months
from generator.model.declared import EventKind, FollowUp, MonitoringReport, Predicate, PredicateEvent, Unit
from generator.model.judged import Progress, Stage, Timing, Turn

from .standing import last_barred_day

if TYPE_CHECKING:
    from .monitoring import Cycle

BAR_ENDED = "larangan-berakhir"
_REPORT = 2
_ORDER: Mapping[EventKind, int] = {
    EventKind.DIUSULKAN: 0,
    EventKind.DITETAPKAN: 1,
    EventKind.DIKONFIRMASI: _REPORT + 1,
    EventKind.DICABUT: _REPORT + 2,
}
"""What comes first of one day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRule:
    """One stage, as the rule file has it."""

    name: str
    meaning: str
    then: Mapping[str, Stage]
    """An event's kind, a report's result or `BAR_ENDED` -> the stage it leads to."""


def build_stages(data: Mapping[str, Any]) -> Mapping[Stage, StageRule]:
    """Return the stages `tahap` describes; raises KeyError or ValueError where one is missing or unknown."""
    rules = data["nilai"]
    if unknown := set(rules) - {stage.value for stage in Stage}:
        raise ValueError(f"tahap tidak dikenal: {', '.join(sorted(unknown))}")
    return MappingProxyType({stage: _rule(rules[stage.value]) for stage in Stage})


def _rule(rule: Mapping[str, Any]) -> StageRule:
    then = {cause: Stage(stage) for cause, stage in rule["lalu"].items()}
    return StageRule(name=rule["nama"], meaning=rule["arti"], then=MappingProxyType(then))


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What has happened to a unit's predicates until a day."""

    turns: tuple[Turn, ...]
    """Oldest first; a turn may lead into the stage it came from."""
    timings: tuple[Timing, ...]
    """Of every monitoring of a held predicate, oldest first."""
    follow_ups: tuple[FollowUp, ...]
    """What the monitorings since the last revocation asked for, done or not."""

    @property
    def stage(self) -> Stage:
        """The stage the last turn led to."""
        return self.turns[-1].stage if self.turns else Stage.BELUM_DIUSULKAN


def course(unit: Unit, cycle: Cycle, as_of: date) -> Course:
    """Return the unit's course; events and reports dated after `as_of` do not exist yet."""
    walk = _Walk(cycle)
    for day, _, one in sorted(_happenings(unit, as_of), key=lambda found: found[:2]):
        walk.wait(day)
        if isinstance(one, MonitoringReport):
            walk.report(one)
        else:
            walk.event(one)
    walk.wait(as_of)
    return Course(turns=tuple(walk.turns), timings=tuple(walk.timings), follow_ups=tuple(walk.follow_ups))


def progress(follow_up: FollowUp, as_of: date) -> Progress:
    """Return how far the follow-up is on the day; done later is not done yet."""
    if follow_up.done is not None and follow_up.done <= as_of:
        return Progress.SELESAI
    return Progress.TERLAMBAT if follow_up.until < as_of else Progress.TERBUKA


def _happenings(unit: Unit, as_of: date) -> Iterator[tuple[date, int, PredicateEvent | MonitoringReport]]:
    yield from ((event.dated, _ORDER[event.kind], event) for event in unit.events if event.dated <= as_of)
    yield from ((report.dated, _REPORT, report) for report in unit.monitoring if report.dated <= as_of)


class _Walk:
    """Goes from happening to happening, oldest first."""

    def __init__(self, cycle: Cycle) -> None:
        self._cycle = cycle
        self._stage = Stage.BELUM_DIUSULKAN
        self._then = cycle.stages[self._stage].then
        self._held: Predicate | None = None
        self._barred_until = date.max
        self._base = date.min
        """Award or monitoring from which the next one is counted."""
        self._due = date.max
        self.turns: list[Turn] = []
        self.timings: list[Timing] = []
        self.follow_ups: list[FollowUp] = []

    def wait(self, day: date) -> None:
        """Let the time pass until the day."""
        if self._stage is Stage.DICABUT and self._barred_until < day:
            self._turn(self._barred_until + timedelta(days=1), BAR_ENDED)

    def event(self, event: PredicateEvent) -> None:
        """Take an event; one that changes nothing from here is passed over."""
        lower = self._held is Predicate.WBBM and event.predicate is Predicate.WBK
        match event.kind:
            case EventKind.DITETAPKAN if not lower and self._turn(event.dated, event.kind.value):
                self._held, self._base = event.predicate, event.dated
            case EventKind.DICABUT if self._turn(event.dated, event.kind.value):
                self._held = None
                self._barred_until = last_barred_day(event, self._cycle.barred_months)
                self.follow_ups.clear()
            case EventKind.DIKONFIRMASI if event.predicate is self._held:
                self._turn(event.dated, event.kind.value)
            case EventKind.DIUSULKAN:
                self._turn(event.dated, event.kind.value)

    def report(self, report: MonitoringReport) -> None:
        """Take a report; one while nothing is held counts for nothing."""
        if self._held is None:
            return
        if not self.timings or self.timings[-1].dated != report.dated:  # of one day, all were due on the same
            self._due = add_months(self._base, self._cycle.interval_months)
        self.timings.append(Timing(report.dated, self._due))
        self._base = report.dated
        self.follow_ups += report.follow_ups
        self._turn(report.dated, report.result)

    def _turn(self, day: date, cause: str) -> bool:
        """Go where the cause leads from here; return whether it leads anywhere."""
        stage = self._then.get(cause)
        if stage is None:
            return False
        self._stage = stage
        self._then = self._cycle.stages[stage].then
        self.turns.append(Turn(day, cause, stage))
        return True
