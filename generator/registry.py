"""The waist: files, instruments and rules become records and findings.

Left of it all is per file, right of it all is a view. It streams: one unit is in memory at a time.

Two questions are asked here, and a command asks one of them:

    readings(tree, catalogue, today)   what do the units come to?    (score, due, build)
    check(tree, catalogue, today)      what is wrong with the data?  (check)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generator.model.finding import Finding
from generator.program_files import SCHEMA

if TYPE_CHECKING:
    from generator.judging.monitoring import Cycle
    from generator.model.instrument import Instrument
    from generator.model.judged import UnitRecord
    from generator.reading.blobs import Tree
    from generator.reading.schema import Schemas


class Catalogue:
    """What the program brings to judge with: schemas, instruments, the monitoring cycle.

    Every part is built when it is first asked for, and once: checking one file pays for what it uses.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every file of the folder: another digest, other results."""
        raise NotImplementedError

    @cached_property
    def schemas(self) -> Schemas:
        """The JSON Schemas of the kinds of file."""
        raise NotImplementedError

    @cached_property
    def cycle(self) -> Cycle:
        """The monitoring cycle (aturan/pemantauan.yaml)."""
        raise NotImplementedError

    @cached_property
    def instruments(self) -> Mapping[str, Instrument]:
        """Every instrument, by id, sorted."""
        raise NotImplementedError

    def instrument(self, instrument_id: str) -> Instrument | None:
        """Return the one instrument, building no other; None where there is none of that id."""
        raise NotImplementedError


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


def load_catalogue(folder: Path = SCHEMA) -> Catalogue:
    """Return the catalogue of the folder (the program's own unless a test says otherwise); reads nothing yet."""
    return Catalogue(folder)


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


def check(tree: Tree, catalogue: Catalogue, today: date, paths: Collection[str] = ()) -> tuple[Finding, ...]:
    """Return everything wrong with the tree, sorted; with `paths`, what is wrong in those files or folders."""
    raise NotImplementedError
