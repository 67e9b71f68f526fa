"""Rules that depend on today or on other units; they see `Place`s only."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from generator.model.day import quarter_end
from generator.model.finding import Finding, Level
from generator.model.wording import shown

from .codes import Code
from .places import FINGERPRINT, Place, day_of, month_start

_TOLD_FROM: Mapping[str, Callable[[str], date | None]] = {"triwulan": quarter_end, "bulan": month_start}
"""Key -> the first day on which its value can be told: a quarter on its last day. Other keys name the day itself."""
_CALLED = {"tanggal": "Tanggal", "selesai": "Tanggal selesai", "triwulan": "Triwulan", "bulan": "Bulan"}
"""What is said to have happened, by key -> how it is called."""
_YET = {"triwulan": "selesai"}
"""Key -> what is still to come; else the day has not come ("tiba")."""


class Span(NamedTuple):
    """The dates of many places in short: what `untimely` can find in them lies outside this span."""

    latest: str
    """Last day on which something can first be told, as "2025-01-31"; "" where there is none."""
    soonest_end: str
    """First day a validity ends; "9999-12-31" where none does."""

    def holds(self, today: date) -> bool:
        """Tell whether nothing lies in the future and no validity ended."""
        return self.latest <= str(today) <= self.soonest_end


def span(places: Iterable[Place]) -> Span:
    """Return the span of the places' dates; values that are no date have no part in it."""
    starts, ends = [""], [str(date.max)]
    for place in places:
        if place.key == "berlaku_sampai":
            ends += [str(day) for day in [day_of(place.value)] if day is not None]
        else:
            start = _TOLD_FROM.get(place.key, day_of)(place.value)
            starts += [str(start)] if start is not None else []
    return Span(max(starts), min(ends))


def untimely(place: Place, today: date) -> Iterator[Finding]:
    """Find what is said to have happened after today, and validity that ended before it."""
    if place.key == "berlaku_sampai":
        yield from _ended(place, today)
    elif place.key in _CALLED:
        yield from _future(place, today)


def _future(place: Place, today: date) -> Iterator[Finding]:
    start = _TOLD_FROM.get(place.key, day_of)(place.value)
    if start is not None and start > today:
        yield place.finding(
            Code.TANGGAL_DI_MASA_DEPAN,
            f"{_CALLED[place.key]} {place.value} belum {_YET.get(place.key, 'tiba')} (hari ini {today}).",
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


_NAMED = 3
"""How many other uses of a piece of evidence a finding names."""


class Use(NamedTuple):
    """What a piece of evidence serves."""

    unit: str
    year: str
    question: str

    def __str__(self) -> str:
        return f"{self.unit} {self.year} {shown(self.question)[1:-1]}"


def use_of(place: Place) -> Use | None:
    """Return what the evidence with this SHA-256 serves; None where it is no evidence of an answer."""
    return serves(place) if place.key == FINGERPRINT else None


def serves(place: Place) -> Use | None:
    """Return which answer the place belongs to; None where it belongs to none."""
    folders = place.path.split("/")
    steps = place.pointer.split("/")
    if len(folders) != len(["units", "a", "b", "2025", "x"]) or steps[1] != "jawaban":
        return None
    return Use(f"{folders[1]}/{folders[2]}", folders[3], steps[2])


class Reuse(NamedTuple):
    """A piece of evidence whose SHA-256 serves another question, year or unit too."""

    place: Place
    own: Use
    others: tuple[Use, ...]
    """The first of them, sorted, those of other units before the unit's own."""
    more: int
    """How many others are not named."""


def recycled(fingerprints: Collection[Place]) -> Iterator[Finding]:
    """Find evidence whose SHA-256 also serves another question, year or unit, at each of its places."""
    return map(recycling, reuses(fingerprints))


def reuses(fingerprints: Collection[Place]) -> Iterator[Reuse]:
    """Yield every place of evidence whose SHA-256 also serves another question, year or unit."""
    seen: set[str] = set()
    again: dict[str, list[tuple[Use, Place]]] = {}
    # twice over the places, so that of a registry's evidence only what occurs twice is sorted out
    for place in fingerprints:
        if place.value in seen:
            again[place.value] = []
        seen.add(place.value)
    for place in fingerprints:
        if place.value in again and (use := use_of(place)) is not None:
            again[place.value].append((use, place))
    for found in again.values():
        uses = sorted({use for use, _ in found})
        if len(uses) > 1:
            for use, place in found:
                others = _others(use, uses)
                yield Reuse(place, use, others, len(uses) - 1 - len(others))


def _others(own: Use, uses: Sequence[Use]) -> tuple[Use, ...]:
    """Return the first of the other uses, those of other units before the unit's own; `uses` are sorted."""
    # of thousands of uses only the first are looked at, or one of them everywhere would cost their square
    start, end = bisect_left(uses, own.unit, key=_unit), bisect_right(uses, own.unit, key=_unit)
    elsewhere = (*uses[: min(start, _NAMED)], *uses[end : end + _NAMED])
    within = (other for other in uses[start : min(end, start + _NAMED + 1)] if other != own)
    return (*elsewhere, *within)[:_NAMED]


def _unit(use: Use) -> str:
    return use.unit


def recycling(reuse: Reuse) -> Finding:
    """Return the note on evidence that serves something else too."""
    more = f", dan {reuse.more} lagi" if reuse.more else ""
    return reuse.place.finding(
        Code.BUKTI_DIPAKAI_ULANG,
        f"Bukti dengan sha256 {reuse.place.value[:12]}… dipakai juga untuk {', '.join(map(str, reuse.others))}{more}.",
        "Boleh bila memang satu dokumen membuktikan beberapa hal; bila tidak, pasang bukti yang tepat.",
        level=Level.NOTE,
    )
