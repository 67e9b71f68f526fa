"""One record per unit: what its files declare, and what that comes to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from generator.model.finding import Finding

if TYPE_CHECKING:
    from generator.model.judged import UnitRecord
    from generator.reading.blobs import Tree

    from .catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of one unit's files.

    `record` is None where nothing can be said of the unit (no usable unit.yaml). `findings` are the faults met
    while reading its files: a document among them was pruned or could not be used, so the record stands
    without it. Say so beside the numbers; `check` finds more (it also asks the rules).
    """

    unit_id: str
    record: UnitRecord | None
    findings: tuple[Finding, ...]


def readings(tree: Tree, catalogue: Catalogue, today: date, only: Collection[str] = ()) -> Iterator[Reading]:
    """Yield every unit (or those of `only`, by id), sorted by id; memory does not grow with the registry.

    Findings of the tree itself (modes, names) are in `tree.findings`, not here.
    """
    raise NotImplementedError


def records(tree: Tree, catalogue: Catalogue, today: date, only: Collection[str] = ()) -> Iterator[UnitRecord]:
    """Yield the records alone: `readings` for those who do not show what could not be read."""
    for reading in readings(tree, catalogue, today, only):
        if reading.record is not None:
            yield reading.record
