"""Rules that depend on today or on other units; they see `Place`s only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from generator.model.finding import Finding, Level
from generator.model.wording import listed, shown

from .codes import Code
from .places import FINGERPRINT, Place, day_of, quarter_start


def untimely(place: Place, today: date) -> Iterator[Finding]:
    """Find what is said to have happened after today, and validity that ended before it."""
    match place.key:
        case "tanggal":
            yield from _future(place, "Tanggal", day_of(place.value), today)
        case "triwulan":
            yield from _future(place, "Triwulan", quarter_start(place.value), today)
        case "berlaku_sampai":
            yield from _ended(place, today)


def _future(place: Place, what: str, start: date | None, today: date) -> Iterator[Finding]:
    if start is not None and start > today:
        yield place.finding(
            Code.TANGGAL_DI_MASA_DEPAN,
            f"{what} {place.value} belum tiba (hari ini {today}).",
            "Tulis tanggal kejadiannya; yang belum terjadi belum dapat dicatat.",
        )


def _ended(place: Place, today: date) -> Iterator[Finding]:
    end = day_of(place.value)
    if end is not None and end < today:
        yield place.finding(
            Code.BUKTI_KEDALUWARSA,
            f"Masa berlaku bukti ini berakhir {end} (hari ini {today}).",
            "Ganti dengan dokumen yang masih berlaku, atau betulkan berlaku_sampai.",
            level=Level.WARNING,
        )


class Use(NamedTuple):
    """What a piece of evidence serves."""

    unit: str
    year: str
    question: str

    def __str__(self) -> str:
        return f"{self.unit} {self.year} {shown(self.question)[1:-1]}"


def use_of(place: Place) -> Use | None:
    """Return what the evidence at this place serves; None where it is no evidence of an answer."""
    folders = place.path.split("/")
    steps = place.pointer.split("/")
    if place.key != FINGERPRINT or len(folders) != len(["units", "a", "b", "2025", "x"]) or steps[1] != "jawaban":
        return None
    return Use(f"{folders[1]}/{folders[2]}", folders[3], steps[2])


def recycled(fingerprints: Iterable[Place]) -> Iterator[Finding]:
    """Find evidence whose SHA-256 also serves another question, year or unit, at each of its places."""
    places: defaultdict[str, list[tuple[Use, Place]]] = defaultdict(list)
    for place in fingerprints:
        use = use_of(place)
        if use is not None:
            places[place.value.lower()].append((use, place))
    for fingerprint, found in places.items():
        uses = sorted({use for use, _ in found})
        if len(uses) == 1:
            continue
        for use, place in found:
            yield _recycled(place, fingerprint, [str(other) for other in uses if other != use])


def _recycled(place: Place, fingerprint: str, others: list[str]) -> Finding:
    return place.finding(
        Code.BUKTI_DIPAKAI_ULANG,
        f"Bukti dengan sha256 {shown(fingerprint, 12)[1:-1]} dipakai juga untuk {listed(others, 3)}.",
        "Boleh bila memang satu dokumen membuktikan beberapa hal; bila tidak, pasang bukti yang tepat.",
        level=Level.NOTE,
    )
