"""Which reminders of monitoring are to be opened, renewed or closed; the days are in schema/aturan/pemantauan.yaml."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.model.reminder import Notice, Posted

TODAY = "hari-ini"
LATE = "terlambat"


class Action(StrEnum):
    """What is to be done with a unit's issue."""

    OPEN = "buka"
    TELL = "kabari"
    """A new stage or another due day: said in a comment, and the issue reads so; a closed one is opened again."""
    REWORD = "tulis-ulang"
    """It reads differently from what holds, at the same stage: put right without a comment."""
    CLOSE = "tutup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do; `posted` is None for an issue to open, `notice` for one to close."""

    action: Action
    unit_id: str
    posted: Posted | None = None
    notice: Notice | None = None


def stage(days: int, reminder_days: Iterable[int]) -> str | None:
    """Return the stage with so many days left: the fewest of the days before that reach, `TODAY`, or `LATE`.

    None while there is more time than any of them.

    >>> [stage(days, (90, 30, 7)) for days in (91, 90, 31, 30, 7, 1, 0, -1)]
    [None, '90', '90', '30', '7', '7', 'hari-ini', 'terlambat']
    """
    if days < 0:
        return LATE
    if days == 0:
        return TODAY
    reached = [limit for limit in reminder_days if days <= limit]
    return str(min(reached)) if reached else None


def steps(notices: Mapping[str, Notice], posted: Iterable[Posted], unknown: Collection[str] = ()) -> Iterator[Step]:
    """Yield what is to be done, sorted by unit; nothing where every issue says what holds.

    Of several issues for a unit the one with the lowest number counts, the others are left alone. An issue that a
    person closed stays closed until there is news. `unknown` are units of which nobody can tell now: left alone.
    """
    standing: dict[str, Posted] = {}
    for known in sorted(posted, key=lambda one: one.number):
        standing.setdefault(known.unit_id, known)
    for unit_id in sorted({*notices, *standing} - {*unknown}):
        issue, notice = standing.get(unit_id), notices.get(unit_id)
        action = _action(issue, notice)
        if action is not None:
            yield Step(action=action, unit_id=unit_id, posted=issue, notice=notice)


def _action(issue: Posted | None, notice: Notice | None) -> Action | None:
    if notice is None:
        return Action.CLOSE if issue is not None and issue.is_open else None
    if issue is None:
        return Action.OPEN
    if issue.mark != notice.mark:
        return Action.TELL
    same = issue.title == notice.title and issue.body == notice.body
    return Action.REWORD if issue.is_open and not same else None
