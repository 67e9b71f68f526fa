"""The lives of the demo's units: what each was awarded, when it was monitored, how its years went.

`generator/demo/__init__.py` has the table of who shows what. Dates are the story's, not the clock's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from generator.demo.chance import chance
from generator.model.declared import EventKind, Predicate, Tier

LAST_YEAR = 2026
END = date(2026, 10, 31)
"""The story's last day, fixed so that the same arguments always give the same commits. Nothing in the demo is dated
later (but the end of a validity): `zi check` finds no date in the future, whenever it runs."""


class Level(StrEnum):
    """How good a unit-year is, roughly."""

    ISTIMEWA = "istimewa"
    """Meets WBBM."""
    BAIK = "baik"
    """Meets WBK, not WBBM."""
    CUKUP = "cukup"
    """Just misses WBK."""
    LEMAH = "lemah"
    """Far from it."""


class Twist(StrEnum):
    """What is odd about a unit-year."""

    SELISIH = "selisih"
    """The self-assessment stands far above TPI's."""
    DAUR_ULANG = "daur-ulang"
    """Evidence is the same file for other years and another unit."""
    AREA_LEMAH = "area-lemah"
    """One area below 60 %, all else good."""
    BELUM_LENGKAP = "belum-lengkap"
    """Some questions are not answered."""
    PENYEBUT_NOL = "penyebut-nol"
    """Counts whose denominator is 0."""
    BUKTI_LAMA = "bukti-lama"
    """Evidence is that of three years before."""
    DIUBAH = "diubah"
    """The unit changed answers after TPI judged and stamped them; TPI has not judged them anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """How one year of a unit goes."""

    level: Level
    reach: Tier = Tier.TPI
    """The last tier that has a sheet."""
    ipak: str = ""
    """Index of the deciding survey; "" for one that fits the level."""
    ipkp: str = ""
    achievement: str = ""
    """Answer to B.I.b; "" for one that fits the level."""
    clearance: tuple[str, str] | None = None
    """Status at KPK and Ombudsman; None: no file."""
    twist: Twist | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A predicate event."""

    day: date
    kind: EventKind
    predicate: Predicate


class Asked(NamedTuple):
    """A follow-up that a monitoring asked for."""

    until: date
    done: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A monitoring report."""

    day: date
    result: str
    asked: tuple[Asked, ...] = ()

    def earlier(self, shift: timedelta) -> Report:
        """Return the same report, all its days earlier."""
        asked = tuple(Asked(one.until - shift, one.done and one.done - shift) for one in self.asked)
        return replace(self, day=self.day - shift, asked=asked)


class Reply(NamedTuple):
    """What the unit says to what is said of it."""

    day: date
    text: str


class PublicCase(NamedTuple):
    """A case the public knows of, and when TPI recorded it."""

    day: date
    month: str
    kind: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A unit's life. `years` begins with the last year; where it is too short its last entry repeats."""

    years: tuple[Year, ...]
    events: tuple[Event, ...] = ()
    reports: tuple[Report, ...] = ()
    states: bool = False
    """Whether the unit makes quarterly statements."""
    silent_after: date = END
    """After this day it makes none."""
    stopped_after: date = END
    """After this day its statements say that a programme no longer runs."""
    replies: tuple[Reply, ...] = ()
    cases: tuple[PublicCase, ...] = ()

    def year(self, year: int) -> Year | None:
        """Return how that year goes, None where the unit has no worksheet in it."""
        if not self.years:
            return None
        return self.years[min(LAST_YEAR - year, len(self.years) - 1)]

    def earlier(self, days: int) -> Story:
        """Return the same life, its events and reports `days` earlier; replies and cases are one unit's alone."""
        shift = timedelta(days=days)
        return replace(
            self,
            events=tuple(replace(event, day=event.day - shift) for event in self.events),
            reports=tuple(report.earlier(shift) for report in self.reports),
            replies=(),
            cases=(),
        )


def story(seed: int, index: int) -> Story:
    """Return the life of the unit of that number; the first are `STORIES`, the others variations of `_COMMON`."""
    if index < len(STORIES):
        return STORIES[index]
    rng = chance(seed, index, "story")
    return STORIES[rng.choice(_COMMON)].earlier(rng.randrange(200))


def _life(text: str) -> Iterator[Event]:
    for part in text.split(", "):
        kind, predicate, day = part.split()
        yield Event(day=date.fromisoformat(day), kind=EventKind(kind), predicate=Predicate(predicate))


def _events(text: str) -> tuple[Event, ...]:
    return tuple(_life(text))


def _reports(text: str) -> tuple[Report, ...]:
    """Read "day result until:done until:": what was asked for comes after each result, open where no day follows."""
    return tuple(_report(*part.split()) for part in text.split(", "))


def _report(day: str, result: str, *asked: str) -> Report:
    return Report(day=date.fromisoformat(day), result=result, asked=tuple(map(_asked, asked)))


def _asked(text: str) -> Asked:
    until, _, done = text.partition(":")
    return Asked(until=date.fromisoformat(until), done=date.fromisoformat(done) if done else None)


_CLEAR = ("bersih", "bersih")
_BEST = Year(level=Level.ISTIMEWA)
_GOOD = Year(level=Level.BAIK)
_FAIR = Year(level=Level.CUKUP)
_POOR = Year(level=Level.LEMAH)


def _evaluated(year: Year, **changes: object) -> Year:
    return replace(year, reach=Tier.TPN, **{"clearance": _CLEAR, **changes})  # type: ignore[arg-type]


STORIES = (
    # 0 WBBM held, monitoring scheduled
    Story(
        years=(_BEST, _evaluated(_BEST), _GOOD),
        events=_events(
            "diusulkan WBK 2022-05-24, ditetapkan WBK 2022-12-12, diusulkan WBBM 2025-05-27, ditetapkan WBBM 2025-12-10"
        ),
        reports=_reports("2024-11-20 dipertahankan"),
        states=True,
    ),
    # 1 WBK held, monitoring overdue, gone silent: dorman since June 2026, when the report was 30 months old
    Story(
        years=(replace(_FAIR, reach=Tier.MANDIRI, twist=Twist.BUKTI_LAMA), _FAIR, _GOOD),
        events=_events("diusulkan WBK 2021-05-20, ditetapkan WBK 2021-12-20"),
        reports=_reports("2023-12-05 dipertahankan 2024-06-28: 2024-12-30:"),
        replies=(
            Reply(
                date(2026, 7, 14),
                "Petugas program dialihkan ke pelayanan loket sejak 2024. Program disusun ulang dan dimulai lagi pada "
                "triwulan keempat; bukti lama sedang diganti.",
            ),
        ),
        states=True,
        stopped_after=date(2024, 9, 30),
        silent_after=date(2025, 6, 30),
    ),
    # 2 WBK revoked, still barred
    Story(
        years=(_POOR, _POOR, _FAIR, _GOOD),
        events=_events("ditetapkan WBK 2020-12-21, dicabut WBK 2025-03-17"),
        reports=_reports("2022-11-08 perlu-perbaikan, 2024-10-15 diusulkan-dicabut"),
    ),
    # 3 self-assessment far above TPI's; forecast by TPI, never awarded
    Story(years=(replace(_GOOD, twist=Twist.SELISIH),)),
    # 4 WBK held, monitoring due within 90 days of the story's end
    Story(
        years=(_GOOD, _GOOD, _evaluated(_GOOD), _FAIR),
        events=_events("diusulkan WBK 2024-05-22, ditetapkan WBK 2025-01-15"),
        states=True,
        stopped_after=date(2025, 9, 30),
    ),
    # 5 evidence used again, in other years and by unit 17
    Story(years=(replace(_GOOD, twist=Twist.DAUR_ULANG),)),
    # 6 IPAK a hair below its limit, all else met
    Story(
        years=(_evaluated(_GOOD, ipak="3.59", ipkp="3.48", achievement="B"), _FAIR),
        events=_events("diusulkan WBK 2026-05-26"),
    ),
    # 7 one area below 60 %, total far above 75
    Story(
        years=(_evaluated(_BEST, ipkp="3.45", twist=Twist.AREA_LEMAH), _FAIR),
        events=_events("diusulkan WBK 2026-05-28"),
    ),
    # 8 exactly at the limits of IPAK, IPKP, capaian kinerja, B.I and B.II
    Story(
        years=(_evaluated(_GOOD, ipak="3.60", ipkp="3.20", achievement="C"), _FAIR),
        events=_events("diusulkan WBK 2026-05-21"),
    ),
    # 9 incomplete
    Story(years=(replace(_GOOD, twist=Twist.BELUM_LENGKAP), _FAIR, _POOR)),
    # 10 clearance withheld by KPK
    Story(
        years=(_evaluated(_GOOD, clearance=("catatan", "bersih")), _GOOD, _FAIR),
        events=_events("diusulkan WBK 2026-05-25"),
    ),
    # 11 clearance of Ombudsman not yet given
    Story(
        years=(_evaluated(_GOOD, clearance=("bersih", "belum")), _GOOD, _FAIR),
        events=_events("diusulkan WBK 2026-05-29"),
    ),
    # 12 monitoring done this year
    Story(
        years=(_GOOD,),
        events=_events("diusulkan WBK 2022-05-19, ditetapkan WBK 2022-12-12"),
        reports=_reports(
            "2024-11-20 perlu-perbaikan 2025-03-31:2025-03-12 2025-06-30:2025-07-15, "
            "2026-08-19 dipertahankan 2026-12-31:"
        ),
        states=True,
        cases=(PublicCase(date(2026, 3, 9), "2026-01", "pelayanan", "tidak-terbukti"),),
    ),
    # 13 revoked, bar over, proposed again; answers changed after they were judged
    Story(
        years=(replace(_GOOD, twist=Twist.DIUBAH), _FAIR, _POOR),
        events=_events("ditetapkan WBK 2018-12-10, dicabut WBK 2022-09-05, diusulkan WBK 2026-05-22"),
    ),
    # 14 forecast by the unit's own sheet only
    Story(years=(replace(_GOOD, reach=Tier.MANDIRI),)),
    # 15 zero denominators; WBK in confirmation: a monitoring proposed to revoke it, nothing is decided
    Story(
        years=(replace(_GOOD, twist=Twist.PENYEBUT_NOL),),
        events=_events("diusulkan WBK 2022-05-25, ditetapkan WBK 2022-12-12"),
        reports=_reports("2024-11-12 perlu-perbaikan 2025-03-31:2025-03-20, 2026-10-06 diusulkan-dicabut 2027-01-29:"),
    ),
    # 16 never awarded, far from it
    Story(years=(_POOR,)),
    # 17 shares evidence with unit 5; WBK monitored late, proposed to be revoked, and confirmed
    Story(
        years=(replace(_FAIR, twist=Twist.DAUR_ULANG),),
        events=_events("diusulkan WBK 2022-05-24, ditetapkan WBK 2022-12-12, dikonfirmasi WBK 2025-10-20"),
        reports=_reports("2025-06-17 diusulkan-dicabut 2025-09-30:2025-09-12"),
    ),
    # 18 WBBM held, overdue after "perlu perbaikan": its follow-ups fell due a month ago, and notice is given
    Story(
        years=(replace(_FAIR, twist=Twist.BUKTI_LAMA), _GOOD, _GOOD, _BEST),
        events=_events("ditetapkan WBK 2019-12-10, diusulkan WBBM 2021-05-25, ditetapkan WBBM 2021-12-20"),
        reports=_reports("2023-10-03 perlu-perbaikan 2026-09-30: 2026-09-30:"),
        states=True,
        silent_after=date(2025, 12, 31),
        replies=(
            Reply(
                date(2026, 10, 12),
                "Kedua tindak lanjut selesai sebagian; laporannya dikirim ke TPI pada November.",
            ),
        ),
    ),
    # 19 WBBM revoked
    Story(
        years=(_FAIR, _FAIR, _GOOD),
        events=_events("ditetapkan WBK 2018-12-10, ditetapkan WBBM 2020-12-21, dicabut WBBM 2026-02-16"),
        reports=_reports("2022-10-11 dipertahankan, 2024-10-22 perlu-perbaikan, 2025-10-14 diusulkan-dicabut"),
        replies=(Reply(date(2026, 3, 2), "Unit menerima keputusan dan memperbaiki pengawasan internalnya."),),
        cases=(PublicCase(date(2025, 9, 22), "2025-08", "pungutan-liar", "terbukti"),),
    ),
    # 20 meets WBK by TPN, not awarded yet
    Story(
        years=(_evaluated(_GOOD), _GOOD, _FAIR),
        events=_events("diusulkan WBK 2026-05-28"),
    ),
    # 21 registered, no worksheet yet
    Story(years=()),
    # 22 WBK held, proposed for WBBM, not enough for it
    Story(
        years=(_evaluated(_GOOD), _GOOD, _GOOD, _evaluated(_GOOD)),
        events=_events("diusulkan WBK 2023-05-23, ditetapkan WBK 2023-12-18, diusulkan WBBM 2026-05-25"),
        reports=_reports("2025-11-20 dipertahankan"),
        states=True,
    ),
    # 23 better every year, WBK since 2025; nothing stated, not monitored yet
    Story(
        years=(_GOOD, _evaluated(_GOOD), _FAIR, _POOR),
        events=_events("diusulkan WBK 2025-05-28, ditetapkan WBK 2025-12-10"),
    ),
)
"""The lives of the first units, the most telling first."""

_COMMON = (0, 1, 2, 3, 4, 9, 12, 12, 14, 16, 16, 18, 20, 22, 23, 23)
"""Lives that the units after these have; none that brings a warning or needs an exact figure."""
