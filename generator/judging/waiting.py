"""Who waits for whom: the proposals that lie before each review team, and how long its decisions take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from generator.model.document import Kind
from generator.model.proposal import Proposal

from .roles.policy import Policy, Role, Roles

WINDOW = 365
"""Days of which decisions count: a whole cycle of assessment, so that neither its rush nor its quiet months decide."""


class Team(NamedTuple):
    """A review team: who approves what, in one agency."""

    agency: str
    """"" for the maintainers, who keep the whole registry."""
    role: Role


MAINTAINERS = Team("", Role.PEMELIHARA)


class Open(NamedTuple):
    """A proposal nobody has decided yet."""

    opened: date
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The proposals before somebody on a day."""

    waiting: tuple[Open, ...] = ()
    """Oldest first."""
    drafts: tuple[int, ...] = ()
    """Numbers of those not handed in yet, sorted: they wait for their authors."""
    decisions: tuple[int, ...] = ()
    """Days from opening to decision (0 on the same day) of each decided within `WINDOW`, sorted."""

    @property
    def median(self) -> Fraction | None:
        """Days to a decision; halfway between the two in the middle where their number is even; None without any."""
        count = len(self.decisions)
        if not count:
            return None
        return Fraction(self.decisions[(count - 1) // 2] + self.decisions[count // 2], 2)


NOTHING = Queue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Queues:
    """All queues on a day."""

    as_of: date
    units: Queue
    """Every proposal that touches a unit, once."""
    by_unit: Mapping[str, Queue]
    """Unit's id -> its queue; a unit that no proposal touches is not here."""
    by_team: Mapping[Team, Queue]
    """A proposal that several teams may decide, or must, stands before each. Sorted."""


def queues(proposals: Iterable[Proposal], policy: Policy, as_of: date) -> Queues:
    """Return what waits on the day: proposals opened later do not exist yet, those closed later are open."""
    about_units: list[Proposal] = []
    by_unit: defaultdict[str, list[Proposal]] = defaultdict(list)
    by_team: defaultdict[Team, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        if proposal.opened > as_of:
            continue
        units = {f"{place.agency}/{place.unit}" for place in proposal.places if place.unit}
        about_units += [proposal] if units else []
        for unit in units:
            by_unit[unit].append(proposal)
        for team in _teams(proposal, policy) if units else {MAINTAINERS}:
            by_team[team].append(proposal)
    return Queues(
        as_of=as_of,
        units=_queue(about_units, as_of),
        by_unit={unit: _queue(by_unit[unit], as_of) for unit in sorted(by_unit)},
        by_team={team: _queue(by_team[team], as_of) for team in sorted(by_team)},
    )


def deciding(kinds: Collection[Kind], policy: Policy) -> Roles:
    """Return the roles that decide a change of such files in one agency, as far as the files' names tell.

    A proposal is one role's: who may change every one of the files proposes, and where nobody may (the guard refuses
    it), whoever may change one. What others may change too is not the maintainers' work.
    """
    rules = [policy.files[kind] for kind in kinds]
    may = [frozenset[Role]().union(rule.blank_by, *rule.parts) for rule in rules]
    proposing = frozenset.intersection(*may) or frozenset[Role]().union(*may)
    others = proposing - {Role.PEMELIHARA}
    return frozenset[Role]().union(*(policy.approval[role] for role in others)) or frozenset({Role.PEMELIHARA})


def _teams(proposal: Proposal, policy: Policy) -> set[Team]:
    kinds: defaultdict[str, set[Kind]] = defaultdict(set)
    for place in proposal.places:
        kinds[place.agency].add(place.kind)
    found = {MAINTAINERS} if proposal.elsewhere else set()
    for agency, touched in kinds.items():
        roles = deciding(touched, policy)
        found |= {MAINTAINERS if role is Role.PEMELIHARA else Team(agency, role) for role in roles}
    return found


def _queue(proposals: Collection[Proposal], as_of: date) -> Queue:
    undecided = [one for one in proposals if one.closed is None or one.closed > as_of]
    return Queue(
        waiting=tuple(sorted(Open(one.opened, one.number) for one in undecided if not one.draft)),
        drafts=tuple(sorted(one.number for one in undecided if one.draft)),
        decisions=tuple(sorted(_decisions(proposals, as_of))),
    )


def _decisions(proposals: Iterable[Proposal], as_of: date) -> Iterator[int]:
    """Yield the days each decision took; a draft that was closed was given up, not decided."""
    for one in proposals:
        if one.closed is not None and not one.draft and 0 <= (as_of - one.closed).days < WINDOW:
            yield (one.closed - one.opened).days
