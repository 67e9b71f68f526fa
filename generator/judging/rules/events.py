"""Rules on the life of a predicate: what may follow what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from generator.model.day import add_months
from generator.model.declared import EventKind, Predicate
from generator.model.document import Document
from generator.model.finding import Finding, Level

from .codes import Code
from .fault import fault, items
from .places import day_of

_KINDS = frozenset(EventKind)
_PREDICATES = frozenset(Predicate)
_TURNS = (EventKind.DITETAPKAN, EventKind.DICABUT)
"""Events that change whether a predicate is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event as its file has it: the place in the list, and what the rules ask."""

    place: int
    day: date
    kind: str
    predicate: str


def happenings(predikat: Document) -> tuple[Happening, ...]:
    """Return the events that can be read, in the order of the file; the schema names the others."""
    read: list[Happening] = []
    for place, event in enumerate(items(predikat.data.get("peristiwa"))):
        day, kind, predicate = day_of(event.get("tanggal")), event.get("jenis"), event.get("predikat")
        if day is not None and kind in _KINDS and predicate in _PREDICATES:
            read.append(Happening(place=place, day=day, kind=str(kind), predicate=str(predicate)))
    return tuple(read)


def unsorted_events(predikat: Document) -> Iterator[Finding]:
    """Find an event dated before the one above it."""
    events = happenings(predikat)
    for before, event in pairwise(events):
        if event.day < before.day:
            yield _fault(
                predikat,
                event,
                f"Peristiwa ini ({event.day}) lebih awal daripada peristiwa di atasnya ({before.day}).",
                "Urutkan peristiwa dari yang paling lama, atau betulkan tanggalnya.",
            )


def impossible_events(predikat: Document, barred_months: int) -> Iterator[Finding]:
    """Find events that cannot follow what came before them, whatever the order of the file.

    WBBM needs a WBK awarded on or before its day and nothing revoked since; only a held predicate is confirmed or
    revoked; for `barred_months` after a revocation (its last day included) nothing is proposed or awarded.
    """
    held: set[str] = set()
    barred_until: date | None = None
    for event in sorted(happenings(predikat), key=lambda event: event.day):
        match event.kind:
            case EventKind.DIUSULKAN | EventKind.DITETAPKAN if barred_until is not None and event.day <= barred_until:
                yield _fault(
                    predikat,
                    event,
                    f"{event.predicate} {event.kind} pada {event.day}, padahal setelah pencabutan unit baru boleh "
                    f"diusulkan lagi sesudah {barred_until}.",
                    "Periksa tanggal peristiwa ini dan tanggal pencabutannya.",
                )
            case EventKind.DITETAPKAN if event.predicate == Predicate.WBBM and Predicate.WBK not in held:
                yield _fault(
                    predikat,
                    event,
                    f"WBBM ditetapkan pada {event.day}, padahal tidak ada WBK yang ditetapkan lebih dahulu.",
                    "Tambahkan peristiwa penetapan WBK yang mendahuluinya, atau betulkan predikatnya.",
                )
            case EventKind.DIKONFIRMASI | EventKind.DICABUT if event.predicate not in held:
                yield _fault(
                    predikat,
                    event,
                    f"{event.predicate} {event.kind} pada {event.day}, padahal pada hari itu unit tidak menyandangnya.",
                    f"Tambahkan peristiwa penetapan {event.predicate} yang mendahuluinya, atau betulkan predikatnya.",
                )
        if event.kind == EventKind.DITETAPKAN:
            held.add(event.predicate)
        elif event.kind == EventKind.DICABUT:
            held.clear()  # a revocation ends every predicate (schema/aturan/pemantauan.yaml)
            barred_until = add_months(event.day, barred_months)


def _fault(predikat: Document, event: Happening, message: str, hint: str) -> Finding:
    return fault(predikat, ("peristiwa", event.place, "tanggal"), Code.URUTAN_PERISTIWA, message, hint)


def unfounded_monitoring(pemantauan: Document, predikat: Document | None) -> Iterator[Finding]:
    """Find a monitoring report dated on a day when the unit held no predicate."""
    events = sorted(happenings(predikat), key=lambda event: event.day) if predikat is not None else []
    for place, report in enumerate(items(pemantauan.data.get("pemantauan"))):
        day = day_of(report.get("tanggal"))
        if day is None or _holds(events, day):
            continue
        yield fault(
            pemantauan,
            ("pemantauan", place, "tanggal"),
            Code.PEMANTAUAN_TANPA_PREDIKAT,
            f"Pemantauan bertanggal {day}, padahal pada hari itu unit tidak menyandang predikat.",
            "Periksa tanggalnya, atau lengkapi predikat.yaml dengan penetapan yang mendahuluinya.",
            level=Level.WARNING,
        )


def unasked_confirmation(predikat: Document, pemantauan: Document | None) -> Iterator[Finding]:
    """Find a held predicate's confirmation before which no monitoring proposed to revoke it.

    A proposal counts for the first confirmation on or after its day, and only until another award or a revocation.
    A note, not more: the report may be older than the registry.
    """
    proposed = _proposals(pemantauan) if pemantauan is not None else ()
    held: set[str] = set()
    since = date.min
    for event in sorted(happenings(predikat), key=lambda event: event.day):
        if event.kind == EventKind.DIKONFIRMASI:
            if event.predicate in held and not any(since <= day <= event.day for day in proposed):
                yield fault(
                    predikat,
                    ("peristiwa", event.place, "tanggal"),
                    Code.KONFIRMASI_TANPA_USULAN,
                    f"{event.predicate} dikonfirmasi pada {event.day}, padahal tidak ada laporan pemantauan "
                    "sebelumnya yang mengusulkan pencabutan.",
                    "Tambahkan laporan itu (hasil: diusulkan-dicabut) di pemantauan.yaml bila ada.",
                    level=Level.NOTE,
                )
            since = event.day
        elif event.kind == EventKind.DITETAPKAN:
            held.add(event.predicate)
            since = event.day
        elif event.kind == EventKind.DICABUT:
            held.clear()


def _proposals(pemantauan: Document) -> tuple[date, ...]:
    reports = items(pemantauan.data.get("pemantauan"))
    days = (day_of(report.get("tanggal")) for report in reports if report.get("hasil") == "diusulkan-dicabut")
    return tuple(day for day in days if day is not None)


def early_follow_up(pemantauan: Document) -> Iterator[Finding]:
    """Find a follow-up that was done, or had to be, before the day of the report that asks for it."""
    for place, report in enumerate(items(pemantauan.data.get("pemantauan"))):
        reported = day_of(report.get("tanggal"))
        for position, follow_up in enumerate(items(report.get("tindak_lanjut"))):
            for key, said in (("batas", "Batas waktu"), ("selesai", "Tanggal selesai")):
                day = day_of(follow_up.get(key))
                if reported is not None and day is not None and day < reported:
                    yield fault(
                        pemantauan,
                        ("pemantauan", place, "tindak_lanjut", position, key),
                        Code.TINDAK_LANJUT_TIDAK_RUNTUT,
                        f"{said} {day} lebih awal daripada laporan yang memintanya ({reported}).",
                        "Periksa tanggal ini dan tanggal laporannya.",
                        level=Level.WARNING,
                    )


def _holds(events: list[Happening], day: date) -> bool:
    turns = [event.kind for event in events if event.day <= day and event.kind in _TURNS]
    return bool(turns) and turns[-1] == EventKind.DITETAPKAN
