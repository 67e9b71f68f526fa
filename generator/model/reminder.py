"""Reminders of monitoring on the forge: one issue per unit, what it says now and what it should say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a unit's issue should say."""

    mark: str
    """Stage and due day: "30 2026-12-25". Another mark is news, the same mark is none."""
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A unit's issue as it stands on the forge."""

    number: int
    is_open: bool
    unit_id: str
    mark: str
    """As it stands in the body, "" where there is none: any text."""
    title: str
    body: str
