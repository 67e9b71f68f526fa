"""When a unit must be monitored next, and by whom.

The rules, and what was decided where their sources are silent, stand in schema/aturan/pemantauan.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.model.day import add_months, day_text
from generator.model.declared import PredicateEvent, Unit
from generator.model.judged import MonitoringStatus, Progress, Stage, Status

from .course import Course, StageRule, build_stages, course, progress
from .standing import last_barred_day, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """The values of schema/aturan/pemantauan.yaml."""

    interval_months: int
    """From award or monitoring to the next monitoring."""
    soon_days: int
    """At most so many days left: "segera"."""
    barred_months: int
    """From revocation to the last day without a new proposal."""
    default_monitor: str
    """Who monitors where the agency does not say."""
    reminder_days: tuple[int, ...] = ()
    """How many days before the next monitoring a reminder is due."""
    stages: Mapping[Stage, StageRule]
    """The life of a predicate: what leads from each stage to the next."""


def build_cycle(data: Mapping[str, Any]) -> Cycle:
    """Return the cycle the rule file describes; raises KeyError or ValueError where it does not."""
    return Cycle(
        interval_months=int(data["selang_bulan"]["nilai"]),
        soon_days=int(data["segera_hari"]["nilai"]),
        barred_months=int(data["larangan_bulan"]["nilai"]),
        default_monitor=str(data["pelaksana_baku"]["nilai"]),
        reminder_days=tuple(int(days) for days in str(data["pengingat_hari"]["nilai"]).split(", ")),
        stages=build_stages(data["tahap"]),
    )


def status(unit: Unit, cycle: Cycle, as_of: date) -> MonitoringStatus:
    """Return where the unit stands on `as_of`; events and reports dated later do not exist yet."""
    found = standing(unit.events, cycle.barred_months, as_of)
    past = course(unit, cycle, as_of)
    if found.highest is not None:
        return _holding(unit, found.highest, past, cycle, as_of)
    return _without(found.revoked, past, cycle, as_of)


def _holding(unit: Unit, held: PredicateEvent, past: Course, cycle: Cycle, as_of: date) -> MonitoringStatus:
    reports = [report.dated for report in unit.monitoring if held.dated <= report.dated <= as_of]
    last = max(reports, default=None)
    due = add_months(last or held.dated, cycle.interval_months)
    days = (due - as_of).days
    named = unit.agency.monitors.get(held.predicate)
    base = f"pemantauan terakhir {day_text(last)}" if last else f"penetapan {held.predicate} {day_text(held.dated)}"
    left = [(one, progress(one, as_of)) for one in past.follow_ups]
    whose = (
        f"pelaksana {named} menurut instansi.yaml"
        if named
        else f"pelaksana {cycle.default_monitor}, karena instansi.yaml tidak menyebut pemantau {held.predicate}"
    )
    return MonitoringStatus(
        as_of=as_of,
        predicate=held.predicate,
        since=held.dated,
        status=_urgency(days, cycle),
        due=due,
        days=days,
        by=named or cycle.default_monitor,
        barred_until=None,
        last=last,
        reason=f"{cycle.interval_months} bulan sejak {base}; {whose}.",
        stage=past.stage,
        stage_since=past.turns[-1].day,
        timing=past.timings[-1] if last else None,
        timings=past.timings,
        follow_ups=tuple(one for one, state in left if state is not Progress.SELESAI),
        follow_ups_late=sum(state is Progress.TERLAMBAT for _, state in left),
    )


def _urgency(days: int, cycle: Cycle) -> Status:
    if days < 0:
        return Status.TERLAMBAT
    return Status.SEGERA if days <= cycle.soon_days else Status.TERJADWAL


def _without(revoked: PredicateEvent | None, past: Course, cycle: Cycle, as_of: date) -> MonitoringStatus:
    state, barred_until = Status.BELUM_BERPREDIKAT, None
    reason = f"Sampai {day_text(as_of)} belum ada predikat yang ditetapkan."
    if revoked is not None:
        end = last_barred_day(revoked, cycle.barred_months)
        loss = f"{revoked.predicate} dicabut {day_text(revoked.dated)}"
        if as_of <= end:
            state, barred_until = Status.DICABUT, end
            reason = f"{loss}; tidak dapat diusulkan lagi sampai dengan {day_text(end)}."
        else:
            reason = f"{loss}; larangan mengusulkan berakhir {day_text(end)} dan belum ada penetapan baru."
    return MonitoringStatus(
        as_of=as_of,
        predicate=None,
        since=None,
        status=state,
        due=None,
        days=None,
        by=None,
        barred_until=barred_until,
        last=None,
        reason=reason,
        stage=past.stage,
        stage_since=past.turns[-1].day if past.turns else None,
        timing=None,
        timings=past.timings,
        follow_ups=(),
        follow_ups_late=0,
    )
