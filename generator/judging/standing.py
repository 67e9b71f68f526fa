"""Which predicates a unit holds on a day: the awards that count, and what a revocation ended.

The decisions where the sources are silent stand in schema/aturan/pemantauan.yaml.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.model.day import add_months
from generator.model.declared import EventKind, Predicate, PredicateEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the unit holds and what it lost, on one day."""

    awards: Mapping[Predicate, PredicateEvent]
    """The last award of each predicate that is held."""
    revoked: PredicateEvent | None
    """The last revocation; None where there never was one."""

    @property
    def highest(self) -> PredicateEvent | None:
        """The award of the predicate the unit is known by: WBBM, which stands on WBK, before WBK."""
        return self.awards.get(Predicate.WBBM) or self.awards.get(Predicate.WBK)


def standing(events: Iterable[PredicateEvent], barred_months: int, day: date) -> Standing:
    """Return what is held on the day; events dated later do not exist yet.

    A revocation ends every predicate, and no award counts in the `barred_months` after it.
    """
    awards: dict[Predicate, PredicateEvent] = {}
    revoked: PredicateEvent | None = None
    # sorted() keeps the file's order within a day
    for event in sorted((event for event in events if event.dated <= day), key=lambda event: event.dated):
        if event.kind is EventKind.DICABUT:
            awards, revoked = {}, event
        elif event.kind is EventKind.DITETAPKAN and not _barred(event, revoked, barred_months):
            awards[event.predicate] = event
    return Standing(awards=awards, revoked=revoked)


def last_barred_day(revocation: PredicateEvent, barred_months: int) -> date:
    """Return the last day on which the unit may not be proposed."""
    return add_months(revocation.dated, barred_months)


def _barred(award: PredicateEvent, revoked: PredicateEvent | None, barred_months: int) -> bool:
    return revoked is not None and award.dated <= last_barred_day(revoked, barred_months)
