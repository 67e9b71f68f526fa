"""How much of what must be monitored is: counts over units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from generator.model.judged import MonitoringStatus, Stage, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Counts on one day. Those who hold a predicate are the monitored, the new and the overdue together."""

    units: int
    holding: int
    monitored: int
    """Monitored since the award, and within the interval."""
    new: int
    """Not monitored since the award, and not due yet."""
    overdue: int
    confirming: int
    """Held, with a proposal to revoke that is undecided."""
    follow_ups: int
    """Open ones, the late included."""
    follow_ups_late: int

    @property
    def share(self) -> Fraction | None:
        """The monitored of those who hold a predicate; None where nobody does."""
        return Fraction(self.monitored, self.holding) if self.holding else None


def coverage(states: Iterable[MonitoringStatus]) -> Coverage:
    """Count the units' states, all of one day."""
    found = tuple(states)
    held = [state for state in found if state.predicate is not None]
    in_time = [state for state in held if state.status is not Status.TERLAMBAT]
    return Coverage(
        units=len(found),
        holding=len(held),
        monitored=sum(state.last is not None for state in in_time),
        new=sum(state.last is None for state in in_time),
        overdue=len(held) - len(in_time),
        confirming=sum(state.stage is Stage.DALAM_KONFIRMASI for state in held),
        follow_ups=sum(len(state.follow_ups) for state in held),
        follow_ups_late=sum(state.follow_ups_late for state in held),
    )
