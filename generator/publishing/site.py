"""Which page stands at which address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from generator.judging.before_after import before_after as compared
from generator.judging.before_after import remembered
from generator.judging.freshness import FreshnessRules, of_unit
from generator.judging.life_rules import LifeRules
from generator.judging.rules.dated import Reuse
from generator.judging.waiting import Queues
from generator.model.alive import Freshness
from generator.model.document import Kind
from generator.model.instrument import Instrument
from generator.model.judged import UnitRecord
from generator.registry.unit_past import Memory, UnitPast

from . import (
    addresses,
    as_of_data,
    atom,
    before_after,
    board,
    board_data,
    calendar,
    cases,
    data_files,
    directory,
    freshness,
    history_page,
    home,
    method,
    moved,
    recent,
    report_card,
    trends,
    versions,
    vitality,
    vitality_method,
    worksheet,
)
from .dated import Sheets
from .happenings import Happening, happenings
from .html import Section
from .printed import Printed, lay_out
from .summary import Summary, summarise
from .theme import Theme
from .waiting import Waiting

UNIT_FRAME = "unit/_/_/index.html"
YEAR_FRAME = "unit/_/_/_/index.html"
HISTORY_FRAME = "unit/_/_/riwayat/index.html"
AGENCY_FRAME = "perubahan/_/index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """What the pages about the rules are written from."""

    instruments: Sequence[Instrument]
    monitoring: method.Rules
    freshness: FreshnessRules
    life: LifeRules
    schemas: Mapping[Kind, data_files.Schema]


def pages(
    records: Iterable[UnitRecord],
    theme: Theme,
    rulebook: Rulebook,
    as_of: date,
    chronicle: Memory | None = None,
    *,
    queues: Queues | None = None,
    reuses: Iterable[Reuse] = (),
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the site as (site-relative path, bytes), each unit's as soon as its record comes.

    Without `chronicle` (no Git, no commits) the pages say nothing of the past, without `queues` nothing of proposals.
    `reuses` is what the check found of evidence that is used more than once.
    """
    versioned = versions.Versions(*(chronicle.tags, chronicle.commits) if chronicle is not None else ((), ()))
    waiting = Waiting(queues=queues, repository=theme.repository) if queues is not None else None
    newest = atom.Feeds(site=theme.site)
    units = _Units(
        theme=theme,
        rulebook=rulebook,
        reuses=_by_unit(reuses),
        chronicle=chronicle,
        newest=newest,
        versions=versioned,
        waiting=waiting,
    )
    for record in records:
        yield from units.pages(record)
    yield from units.agencies()
    everything = (addresses.EVERYTHING,) if chronicle is not None else ()
    filled = {
        "index.html": {
            **home.places(units.seen, as_of, waiting),
            "perubahan": recent.on_home(units.recent.lines),
            "umpan": addresses.in_head(everything, ""),
        },
        "unit/index.html": {"direktori": directory.directory(units.seen)},
        "pemantauan/index.html": {"papan": board.board(units.seen, as_of)},
        addresses.CHANGES: {
            "perubahan": recent.by_day(units.recent.lines if chronicle is not None else None),
            "umpan": addresses.in_head(everything, "../"),
        },
        "versi/index.html": {"versi": versioned.page()},
        "metodologi/index.html": {
            **method.places(rulebook.instruments, rulebook.monitoring, rulebook.freshness),
            "kehidupan": vitality_method.rules_table(rulebook.life),
        },
        "data/index.html": data_files.places(rulebook.schemas),
    }
    for path, frame in theme.frames.items():
        if path not in {UNIT_FRAME, YEAR_FRAME, HISTORY_FRAME, AGENCY_FRAME}:
            yield path, frame.fill(filled.get(path, {}))
    yield from units.moves()
    yield from calendar.files(units.seen, as_of)
    yield board_data.file(units.seen, as_of)
    yield from theme.files.items()


def _by_unit(reuses: Iterable[Reuse]) -> Mapping[str, Sequence[Reuse]]:
    found: dict[str, list[Reuse]] = {}
    for reuse in reuses:
        found.setdefault(reuse.own.unit, []).append(reuse)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Units:
    """Makes the pages of unit after unit, and remembers a line of each."""

    theme: Theme
    rulebook: Rulebook
    reuses: Mapping[str, Sequence[Reuse]]
    """Unit -> its evidence that serves something else too."""
    chronicle: Memory | None = None
    seen: list[Summary] = field(default_factory=list)
    printed: dict[str, Printed] = field(default_factory=dict)
    recent: recent.Newest = field(default_factory=recent.Newest)
    moved: dict[str, tuple[tuple[str, ...], tuple[int, ...], bytes]] = field(default_factory=dict)
    """Unit that had other ids before -> those, its years, its feed."""
    newest: atom.Feeds
    versions: versions.Versions
    waiting: Waiting | None = None

    def pages(self, record: UnitRecord) -> Iterator[tuple[str, bytes]]:
        folder = f"unit/{record.unit.id}"
        past: UnitPast | None = None
        told: tuple[Happening, ...] | None = None
        dated: tuple[Section, ...] = ()
        unsaved: tuple[str, ...] = ()
        self.seen.append(summarise(record))
        if self.chronicle is not None:
            past = self.chronicle.unit(record.unit.id)
            told = happenings(past.steps, past.points)
            feed = self.newest.unit(record.unit.id, record.unit.name, past.steps, self.chronicle.tip)
            yield addresses.feed(record.unit.id), feed
            self.recent.take(record.unit, addresses.history(record.unit.id), told)
            self.versions.take(record.unit.name, addresses.history(record.unit.id), told)
            if past.old_ids:
                years = tuple(one.declared.year for one in record.assessments)
                self.moved[record.unit.id] = past.old_ids, years, feed
            unsaved = self.chronicle.uncommitted.get(record.unit.id, ())
            page = history_page.page(record, told, self.chronicle.tip, self.theme.frames[HISTORY_FRAME], unsaved)
            yield addresses.history(record.unit.id), page
            standing = as_of_data.standing(self.chronicle, past)
            data = as_of_data.text(record.unit.id, standing)
            dated = (as_of_data.section(standing, data, told, record.monitoring.as_of),)
            yield f"{folder}/{as_of_data.FILE}", data.encode()
        waiting = (self.waiting.of_unit(record.unit.id, record.agency),) if self.waiting is not None else ()
        fresh = of_unit(self.rulebook.freshness, record.assessments, record.monitoring.as_of)
        card = report_card.page(
            record,
            self.theme.frames[UNIT_FRAME],
            told,
            (*waiting, *dated),
            alive=(
                *vitality.parts(record, self.rulebook.life),
                freshness.section(record, fresh, self.reuses.get(record.unit.id, ())),
                self._compared(record, past),
                *trends.sections(record),
                cases.part(record),
            ),
        )
        yield f"{folder}/index.html", card
        sheets = Sheets(past.dated, record.monitoring.as_of, unsaved) if past is not None else None
        yield from self._years(record, sheets, fresh)

    def _compared(self, record: UnitRecord, past: UnitPast | None) -> Section:
        known = None
        if self.chronicle is not None and past is not None:
            known = remembered(past.steps, self.chronicle.days)
        return before_after.section(compared(record, known), record.monitoring.as_of)

    def _years(self, record: UnitRecord, dated: Sheets | None, fresh: Freshness | None) -> Iterator[tuple[str, bytes]]:
        frame = self.theme.frames[YEAR_FRAME]
        for assessment in record.assessments:
            instrument = assessment.instrument
            if instrument.id not in self.printed:
                self.printed[instrument.id] = lay_out(instrument)
            page = worksheet.page(record, assessment, self.printed[instrument.id], frame, dated, fresh=fresh)
            yield f"unit/{record.unit.id}/{assessment.declared.year}/index.html", page

    def moves(self) -> Iterator[tuple[str, bytes]]:
        """Yield the pages at old addresses where no unit stands today; call it when every unit has come."""
        standing = {unit.id for unit in self.seen}
        for unit_id, (old_ids, years, feed) in self.moved.items():
            yield from moved.pages([old for old in old_ids if old not in standing], unit_id, years, feed)

    def agencies(self) -> Iterator[tuple[str, bytes]]:
        """Yield the history pages of agencies, then the feeds of agencies and of all; when every unit has come."""
        if self.chronicle is None:
            return
        for agency in {unit.agency.id: unit.agency for unit in self.seen}.values():
            steps = self.chronicle.agency(agency.id)
            told = happenings(steps)
            self.newest.agency(agency.id, agency.name, steps)
            self.recent.take(agency, addresses.agency_history(agency.id), told)
            self.versions.take(agency.name, addresses.agency_history(agency.id), told)
            page = history_page.agency_page(agency, told, self.chronicle.tip, self.theme.frames[AGENCY_FRAME])
            yield addresses.agency_history(agency.id), page
        for unit_id in self.chronicle.gone:
            past = self.chronicle.unit(unit_id)
            self.versions.take(f"{unit_id} (tidak ada lagi)", "", happenings(past.steps, past.points))
        yield from self.newest.rest(self.chronicle.tip)
