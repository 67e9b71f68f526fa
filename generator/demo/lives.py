"""The files beside a unit's years, as known on a day: who it is, and everything that happened to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
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
KINDS = (Kind.PREDIKAT, Kind.PEMANTAUAN, Kind.TANGGAPAN, Kind.KASUS)
"""The files beside a unit's years that grow by what happens."""
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
    identity: str = ""
    """An entry takes the place of the earlier one of its list with the same identity; "" for one that stays."""


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
        """Return one of the files of `KINDS` with what was recorded until the day, that included."""
        found: dict[str, dict[str, Data]] = {}
        for number, entry in enumerate(self.entries):
            if entry.kind is kind and entry.recorded <= until:
                found.setdefault(entry.key, {})[entry.identity or str(number)] = entry.data
        return {key: list(entries.values()) for key, entries in found.items()}

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Everything recorded, oldest first; each list in the order of its days."""
        found = [*self._events(), *self._reports(), *self._statements(), *self._replies(), *self._cases()]
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
            first = Entry(
                recorded=min(report.day + timedelta(days=9), END),
                kind=Kind.PEMANTAUAN,
                key="pemantauan",
                data=self._report(report, held),
                by=self._place.agency.monitor(held),
                subject=f"{self._place.name}: hasil pemantauan {held} {report.result}",
                identity=f"{report.day}",
            )
            yield first
            for done in sorted(asked.done for asked in report.asked if asked.done is not None):
                recorded = min(done + timedelta(days=6), END)
                subject = f"{self._place.name}: tindak lanjut pemantauan {report.day.year} selesai"
                data = self._report(report, held, done)
                yield replace(first, recorded=recorded, data=data, subject=subject)

    def _held_on(self, day: date) -> str:
        awards = [event for event in self.story.events if event.kind is EventKind.DITETAPKAN and event.day <= day]
        return awards[-1].predicate.value

    def _report(self, report: Report, held: str, until: date = date.min) -> Data:
        """Return the report with the follow-ups that were done until the day."""
        rng = chance(self._seed, self._index, "pemantauan", report.day)
        data = {
            "tanggal": report.day.isoformat(),
            "pelaksana": self._place.agency.monitors.get(held, "TPI"),
            "hasil": report.result,
            "nomor": f"LHP-{rng.randint(10, 400)}/CONTOH/{report.day.year}",
            "sumber": f"https://arsip.{HOST}/{self._place.id}/pemantauan-{report.day.year}.pdf",
            "catatan": f"{rng.choice(vocabulary.AREAS['5'].documents)} {rng.choice(vocabulary.CHECKS)}.",
        }
        words = rng.sample(vocabulary.FOLLOW_UPS, len(report.asked))
        asked = [
            {"uraian": what, "batas": one.until.isoformat()}
            | ({"selesai": one.done.isoformat()} if one.done is not None and one.done <= until else {})
            for what, one in zip(words, report.asked, strict=True)
        ]
        return {**data, "tindak_lanjut": asked} if asked else data

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
        said |= {"tanggal": recorded.isoformat(), "oleh": "Tim Kerja ZI"}
        return Entry(
            recorded=recorded,
            kind=Kind.PEMANTAUAN,
            key="pernyataan",
            data={"triwulan": quarter, "program": programme, "masih_berjalan": "ya" if runs else "tidak", **said},
            by=self._place.operator,
            subject=f"{self._place.name}: pernyataan program {quarter}",
        )

    def _replies(self) -> Iterator[Entry]:
        for reply in self.story.replies:
            yield Entry(
                recorded=reply.day,
                kind=Kind.TANGGAPAN,
                key="tanggapan",
                data={"tanggal": reply.day.isoformat(), "oleh": "Kepala kantor", "isi": reply.text},
                by=self._place.operator,
                subject=f"{self._place.name}: tanggapan unit",
            )

    def _cases(self) -> Iterator[Entry]:
        for case in self.story.cases:
            link = f"https://berita.{HOST}/{self._place.id}/{case.month}"
            yield Entry(
                recorded=case.day,
                kind=Kind.KASUS,
                key="kasus",
                data={"jenis": case.kind, "bulan": case.month, "sumber": link, "keadaan": case.state},
                by=self._place.agency.assessors,
                subject=f"{self._place.name}: catat kasus yang sudah terbuka",
            )


def agency_data(agency: Agency) -> Mapping[str, Any]:
    """Return the data of instansi.yaml."""
    found: Data = {"nama": agency.name, "jenis": agency.kind}
    if agency.monitors:
        found["pemantau"] = dict(agency.monitors)
    found["tim"] = {"tpi": [agency.assessors.name]}
    found["catatan"] = "Instansi fiktif untuk contoh."
    return found
