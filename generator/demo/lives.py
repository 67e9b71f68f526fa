"""The files beside a unit's years, as known on a day: who it is, its predicate's events, monitoring, statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from generator.demo import vocabulary
from generator.demo.chance import chance
from generator.demo.names import HOST, REGISTRAR, Agency, Office, Place
from generator.demo.stories import END, Event, Report, Story
from generator.model.declared import EventKind, Predicate
from generator.model.document import Kind

Data = dict[str, Any]
_QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened, and when and by whom it came into the registry."""

    recorded: date
    kind: Kind
    key: str
    """The list it stands in."""
    data: Data
    by: Office
    subject: str
    """The first line of its commit."""


class Life:
    """Everything of a unit that is not in a year's folder."""

    def __init__(self, seed: int, index: int, place: Place, story: Story, first_year: int) -> None:
        self._seed = seed
        self._index = index
        self._place = place
        self.story = story
        self._first_year = first_year

    def unit(self) -> Data:
        """Return the data of unit.yaml."""
        return {
            "nama": self._place.name,
            "layanan": list(self._place.agency.services),
            "tempat": self._place.town,
            "target": "WBBM" if any(event.predicate is Predicate.WBBM for event in self.story.events) else "WBK",
            "catatan": "Unit fiktif untuk contoh.",
        }

    def data(self, kind: Kind, until: date) -> Data:
        """Return predikat.yaml or pemantauan.yaml with what was recorded until the day, that included."""
        found: Data = {}
        for entry in self.entries:
            if entry.kind is kind and entry.recorded <= until:
                found.setdefault(entry.key, []).append(entry.data)
        return found

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Everything recorded, oldest first; each list in the order of its days."""
        found = [*self._events(), *self._reports(), *self._statements()]
        return tuple(sorted(found, key=lambda entry: entry.recorded))

    def _events(self) -> Iterator[Entry]:
        for event in self.story.events:
            yield Entry(
                recorded=min(event.day + timedelta(days=3), END),
                kind=Kind.PREDIKAT,
                key="peristiwa",
                data=self._event(event),
                by=self._place.agency.assessors if event.kind is EventKind.DIUSULKAN else REGISTRAR,
                subject=f"{self._place.name}: {event.predicate} {event.kind}",
            )

    def _event(self, event: Event) -> Data:
        rng = chance(self._seed, self._index, event.kind, event.predicate)
        proposed = event.kind is EventKind.DIUSULKAN
        return {
            "jenis": event.kind.value,
            "predikat": event.predicate.value,
            "tanggal": event.day.isoformat(),
            "nomor": f"{'S' if proposed else 'KEP'}-{rng.randint(10, 990)}/CONTOH/{event.day.year}",
            "sumber": f"https://jdih.{HOST}/{event.day.year}/{rng.randrange(16**6):06x}",
        }

    def _reports(self) -> Iterator[Entry]:
        for report in self.story.reports:
            held = self._held_on(report.day)
            yield Entry(
                recorded=min(report.day + timedelta(days=9), END),
                kind=Kind.PEMANTAUAN,
                key="pemantauan",
                data=self._report(report, held),
                by=self._place.agency.monitor(held),
                subject=f"{self._place.name}: hasil pemantauan {held} {report.result}",
            )

    def _held_on(self, day: date) -> str:
        awards = [event for event in self.story.events if event.kind is EventKind.DITETAPKAN and event.day <= day]
        return awards[-1].predicate.value

    def _report(self, report: Report, held: str) -> Data:
        rng = chance(self._seed, self._index, "pemantauan", report.day)
        return {
            "tanggal": report.day.isoformat(),
            "pelaksana": self._place.agency.monitors.get(held, "TPI"),
            "hasil": report.result,
            "nomor": f"LHP-{rng.randint(10, 400)}/CONTOH/{report.day.year}",
            "sumber": f"https://arsip.{HOST}/{self._place.id}/pemantauan-{report.day.year}.pdf",
            "catatan": f"{rng.choice(vocabulary.AREAS['5'].documents)} {rng.choice(vocabulary.CHECKS)}.",
        }

    def _statements(self) -> Iterator[Entry]:
        if not self.story.states:
            return
        rng = chance(self._seed, self._index, "pernyataan")
        programmes = rng.sample(vocabulary.PROGRAMMES, 2)
        for year in range(self._first_year, END.year + 1):
            for quarter, (month, day) in enumerate(_QUARTER_ENDS, start=1):
                recorded = date(year, month, day) + timedelta(days=rng.randint(3, 20))
                if recorded > min(END, self.story.silent_after):
                    return
                for position, programme in enumerate(programmes):
                    # the first programme is the one that stops
                    runs = position > 0 or date(year, month, day) <= self.story.stopped_after
                    yield self._statement(recorded, f"{year}-Q{quarter}", programme, runs=runs)

    def _statement(self, recorded: date, quarter: str, programme: str, *, runs: bool) -> Entry:
        proof = f"https://arsip.{HOST}/{self._place.id}/pernyataan/{quarter.lower()}-{programme[:3].lower()}.pdf"
        said = {"tautan": proof} if runs else {"catatan": "Petugas pelaksana dialihkan; belum ada pengganti."}
        return Entry(
            recorded=recorded,
            kind=Kind.PEMANTAUAN,
            key="pernyataan",
            data={"triwulan": quarter, "program": programme, "masih_berjalan": "ya" if runs else "tidak", **said},
            by=self._place.operator,
            subject=f"{self._place.name}: pernyataan program {quarter}",
        )


def agency_data(agency: Agency) -> Mapping[str, Any]:
    """Return the data of instansi.yaml."""
    found: Data = {"nama": agency.name, "jenis": agency.kind}
    if agency.monitors:
        found["pemantau"] = dict(agency.monitors)
    found["tim"] = {"tpi": [agency.assessors.name]}
    found["catatan"] = "Instansi fiktif untuk contoh."
    return found
