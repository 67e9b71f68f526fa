"""What each version of a unit's files did, told one after another in the order main took them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.judging.changes import apply, compare
from generator.model.declared import Tier
from generator.model.document import Kind
from generator.model.history import Change, ChangeKind, Step, Version
from generator.reading.paths import Location

MOVED_FILE = "berkas"
"""`Change.field` of a file that moved along with its unit: `before` and `after` are its paths."""

_TIERS = {Kind(tier): tier for tier in Tier}

Data = Mapping[str, Any]
Operations = tuple[Mapping[str, Any], ...]


class Entry(NamedTuple):
    """One version of one of the unit's files."""

    version: Version
    location: Location
    name: str
    """The path inside the unit's folder: the same file before and after the unit moved."""
    rank: int
    """0 for the oldest of the unit's ids."""
    moves_to: str
    """Where the file lives on, for the version that removes it from an older id; else ""."""

    @property
    def order(self) -> tuple[int, str]:
        """The order in which main took them; files of one commit by path."""
        return self.version.commit.position, self.version.path


class Teller:
    """Tells step by step what happened, while the unit's files become what they are."""

    def __init__(self) -> None:
        self._documents: dict[str, Data | None] = {}
        """By path: what the file said when it could last be read; None once it was removed."""
        self._latest: dict[str, tuple[str, Data]] = {}
        """By name inside the unit: path and content of the file, wherever the unit was."""

    def tell(self, entry: Entry, operations: Operations | None) -> Step:
        """Return what the entry did; without operations it could not be read.

        Raises what `apply` does for operations that do not fit.
        """
        if operations is None:
            unreadable = change_of(entry.location, ChangeKind.UNREADABLE)
            return Step(version=entry.version, patch=(), changes=(unreadable,))
        before = self._documents.get(entry.version.path)
        # not the document as it was read: only so do keys stand in one order, whether the cache knows the past or not
        after = self._documents[entry.version.path] = apply(before, operations)
        changes = self._changes(entry, before, after, operations)
        if after is not None:
            self._latest[entry.name] = entry.version.path, after
        elif not entry.moves_to:
            self._latest.pop(entry.name, None)
        return Step(version=entry.version, patch=operations, changes=changes)

    def _changes(
        self, entry: Entry, before: Data | None, after: Data | None, operations: Operations
    ) -> tuple[Change, ...]:
        if entry.moves_to:
            return (_moved(entry.location, entry.version.path, entry.moves_to),)
        origin, content = self._latest.get(entry.name, ("", None))
        if before is None and after is not None and origin not in ("", entry.version.path):
            return _moved(entry.location, origin, entry.version.path), *_changes(entry.location, content, after)
        return _changes(entry.location, before, after, operations)


def _moved(location: Location, before: str, after: str) -> Change:
    return change_of(location, ChangeKind.UNIT_MOVED, MOVED_FILE, before, after)


def _tier(location: Location) -> Tier | None:
    return _TIERS.get(location.kind)


def _changes(
    location: Location, before: Data | None, after: Data | None, operations: Operations = ()
) -> tuple[Change, ...]:
    return compare(
        location.kind,
        before,
        after,
        unit=location.unit_id,
        year=location.year,
        tier=_tier(location),
        operations=operations,
    )


def change_of(
    location: Location, kind: ChangeKind, field: str = "", before: str | None = None, after: str | None = None
) -> Change:
    """Return a change of a whole file."""
    return Change(
        kind=kind,
        unit=location.unit_id,
        year=location.year,
        tier=_tier(location),
        code="",
        field=field,
        before=before,
        after=after,
    )
