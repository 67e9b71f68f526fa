"""Which page stands at which address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from generator.model.document import Kind
from generator.model.instrument import Instrument
from generator.model.judged import UnitRecord
from generator.registry.unit_past import Memory

from . import atom, board, calendar, data_files, directory, home, method, report_card, worksheet
from .printed import Printed, lay_out
from .summary import Summary, summarise
from .theme import Theme

UNIT_FRAME = "unit/_/_/index.html"
YEAR_FRAME = "unit/_/_/_/index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """What the pages about the rules are written from."""

    instruments: Sequence[Instrument]
    monitoring: method.Rules
    schemas: Mapping[Kind, data_files.Schema]


def pages(
    records: Iterable[UnitRecord], theme: Theme, rulebook: Rulebook, as_of: date, chronicle: Memory | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the site as (site-relative path, bytes), each unit's as soon as its record comes.

    Without `chronicle` (no Git, no commits) the pages say nothing of the past.
    """
    units = _Units(theme=theme, chronicle=chronicle)
    for record in records:
        yield from units.pages(record)
    filled = {
        "index.html": home.places(units.seen, as_of),
        "unit/index.html": {"direktori": directory.directory(units.seen)},
        "pemantauan/index.html": {"papan": board.board(units.seen, as_of)},
        "metodologi/index.html": method.places(rulebook.instruments, rulebook.monitoring),
        "data/index.html": data_files.places(rulebook.schemas),
    }
    for path, frame in theme.frames.items():
        if path not in {UNIT_FRAME, YEAR_FRAME}:
            yield path, frame.fill(filled.get(path, {}))
    yield from calendar.files(units.seen, as_of)
    yield from units.feeds()
    yield from theme.files.items()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Units:
    """Makes the pages of unit after unit, and remembers a line of each."""

    theme: Theme
    chronicle: Memory | None = None
    seen: list[Summary] = field(default_factory=list)
    printed: dict[str, Printed] = field(default_factory=dict)
    newest: atom.Feeds = field(default_factory=atom.Feeds)

    def pages(self, record: UnitRecord) -> Iterator[tuple[str, bytes]]:
        folder = f"unit/{record.unit.id}"
        if self.chronicle is not None:
            past = self.chronicle.unit(record.unit.id)
            yield from self.newest.unit(record.unit.id, record.unit.name, past.steps, self.chronicle.tip)
        self.seen.append(summarise(record))
        yield f"{folder}/index.html", report_card.page(record, self.theme.frames[UNIT_FRAME])
        for assessment in record.assessments:
            instrument = assessment.instrument
            if instrument.id not in self.printed:
                self.printed[instrument.id] = lay_out(instrument)
            page = worksheet.page(record, assessment, self.printed[instrument.id], self.theme.frames[YEAR_FRAME])
            yield f"{folder}/{assessment.declared.year}/index.html", page

    def feeds(self) -> Iterator[tuple[str, bytes]]:
        """Yield the feeds of agencies and of all; call it when every unit has come."""
        if self.chronicle is not None:
            for agency in {unit.agency.id: unit.agency for unit in self.seen}.values():
                self.newest.agency(agency.id, agency.name, self.chronicle.agency(agency.id))
            yield from self.newest.rest(self.chronicle.tip)
