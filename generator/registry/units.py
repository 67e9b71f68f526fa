"""One record per unit: what its files declare, and what that comes to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from generator.model.finding import Finding

if TYPE_CHECKING:
    from generator.judging.binding import Binding
    from generator.model.declared import Tier, Unit, UnitYear
    from generator.model.document import Document
    from generator.model.judged import Assessment, UnitRecord
    from generator.model.life import Life
    from generator.reading.blobs import Tree

    from .catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of one unit's files, or of an agency's that has no unit."""

    unit_id: str
    """The unit's id; an agency's id where it has no unit."""
    record: UnitRecord | None
    """None for an agency without units."""
    findings: tuple[Finding, ...]
    """Faults met while reading: a file named here was pruned or could not be used, and the record stands without
    it. Say so beside the numbers. (`check` finds more: it also asks the rules.)"""


def readings(
    tree: Tree, catalogue: Catalogue, today: date, only: Collection[str] = (), *, life: bool = False
) -> Iterator[Reading]:
    """Yield every unit (or those of `only`, by id), sorted by id; memory does not grow with the registry.

    An id of `only` that is not there yields nothing. What the tree itself found (modes, names) is in
    `tree.findings`, not here. A year is assessed under the instrument of its first tier whose instrument is known;
    a year without one has no assessment. With `life` each record has its verdict.
    """
    from generator.judging.monitoring import status  # noqa: PLC0415 - `check` imports this package without scoring
    from generator.model.judged import UnitRecord  # noqa: PLC0415 - as above
    from generator.reading.declaring import declare  # noqa: PLC0415 - as above
    from generator.reading.units import read_units  # noqa: PLC0415 - as above

    for files in read_units(tree, catalogue.schemas, only or None):
        record = None
        if files.is_unit:
            unit = declare(files)
            assessments = tuple(_assessments(unit, catalogue, files.documents))
            record = UnitRecord(
                unit=unit,
                agency=unit.agency,
                assessments=assessments,
                monitoring=status(unit, catalogue.cycle, today),
                life=_life(unit, assessments, catalogue, today) if life else None,
            )
        yield Reading(unit_id=files.unit_id, record=record, findings=files.findings)


def records(
    tree: Tree, catalogue: Catalogue, today: date, only: Collection[str] = (), *, life: bool = False
) -> Iterator[UnitRecord]:
    """Yield the records alone: `readings` for those who do not show what could not be read."""
    for reading in readings(tree, catalogue, today, only, life=life):
        if reading.record is not None:
            yield reading.record


def _life(unit: Unit, assessments: Sequence[Assessment], catalogue: Catalogue, today: date) -> Life | None:
    from generator.judging.life import verdict  # noqa: PLC0415 - as above

    return verdict(unit, assessments, catalogue.life, today)


def _assessments(unit: Unit, catalogue: Catalogue, documents: Collection[Document]) -> Iterator[Assessment]:
    from generator.judging.assessing import assess  # noqa: PLC0415 - as above
    from generator.model.declared import Tier  # noqa: PLC0415 - as above

    for year in unit.years:
        named = (year.sheets[tier].instrument for tier in Tier if tier in year.sheets)
        instrument = next(filter(None, map(catalogue.instrument, named)), None)
        if instrument is not None:
            yield assess(instrument, unit, year, catalogue.barred_months, _bound(year, documents))


def _bound(year: UnitYear, documents: Collection[Document]) -> Mapping[Tier, Binding]:
    """Return how the assessors' sheets of the year are bound to the unit's; only of a sheet with a stamp."""
    from generator.judging.binding import binding  # noqa: PLC0415 - as above
    from generator.model.declared import Tier  # noqa: PLC0415 - as above
    from generator.model.document import Kind  # noqa: PLC0415 - as above

    stamped = {
        tier
        for tier, sheet in year.sheets.items()
        if sheet.judges or any(answer.judges for answer in sheet.answers.values())
    }
    if not stamped or Tier.MANDIRI not in year.sheets:
        return {}
    data = {one.kind.value: one.data for one in documents if one.path.endswith(f"/{year.year}/{one.kind}.yaml")}
    own, surveys = data[Tier.MANDIRI], data.get(Kind.SURVEI, {})
    return {tier: binding(data[tier], own, surveys) for tier in Tier if tier in stamped}
