"""A proposal to change the registry, as the forge's list of pull requests tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .document import Kind


class Place(NamedTuple):
    """What a proposed file is in the registry."""

    agency: str
    unit: str
    """The last part of the unit's id; "" for the agency's own file."""
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One proposal. Its title and its author are left out on purpose: a page names it by its number alone."""

    number: int
    opened: date
    """Day in Jakarta."""
    closed: date | None
    """Day in Jakarta on which it was merged or turned down; None while it is open."""
    draft: bool
    """Its author has not handed it in yet, or never did."""
    places: frozenset[Place]
    """Files of the registry it touches."""
    elsewhere: bool
    """It touches something else too: the program, its rules, or nothing the registry knows."""
