"""Who is in the demo: fictional agencies, units and offices. Nobody here exists, and no name is a person's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

HOST = "contoh.example"
"""Every address of the demo ends so: `.example` belongs to nobody (RFC 2606)."""

NAMED = 24
"""Units of the first, named agencies."""
PER_AGENCY = 40
"""Units of every further agency."""
_WIB, _WITA, _WIT = "+0700", "+0800", "+0900"


class Office(NamedTuple):
    """Who commits: an office, never a person."""

    name: str
    mail: str

    def __str__(self) -> str:
        """Return the office as Git and trailers write it."""
        return f"{self.name} <{self.mail}>"


REGISTRAR = Office("Pengelola Registri Contoh", f"pengelola@{HOST}")
TPN = Office("Tim Penilai Nasional Contoh", f"tpn@{HOST}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A fictional agency and the kind of unit it has."""

    id: str
    name: str
    kind: str
    monitors: Mapping[str, str]
    """`pemantau` of instansi.yaml; empty: the default, TPI."""
    unit_name: str
    unit_id: str
    services: tuple[str, ...]
    zone: str
    """Of its clocks, as Git writes it."""

    @property
    def assessors(self) -> Office:
        """Its TPI."""
        return Office(f"TPI {self.name}", f"tpi.{self.id}@{HOST}")

    def monitor(self, predicate: str) -> Office:
        """Return who monitors units that hold the predicate."""
        body = self.monitors.get(predicate, "TPI")
        local = "".join(sign if sign.isalnum() else "-" for sign in body.lower())
        return Office(f"{body} {self.name}", f"{local}.{self.id}@{HOST}")


_NAMED_AGENCIES = (
    Agency(
        id="keuangan",
        name="Instansi Contoh Keuangan",
        kind="kementerian",
        monitors={"WBK": "UKI-Es.I", "WBBM": "Itjen"},
        unit_name="KPPN Contoh",
        unit_id="kppn-contoh",
        services=("Pencairan dana APBN", "Rekonsiliasi laporan keuangan", "Konsultasi satuan kerja"),
        zone=_WIB,
    ),
    Agency(
        id="pertanahan",
        name="Instansi Contoh Pertanahan",
        kind="kementerian",
        monitors={"WBK": "Itjen", "WBBM": "Itjen"},
        unit_name="Kantor Pertanahan Contoh",
        unit_id="kantah-contoh",
        services=("Pendaftaran hak atas tanah", "Pengecekan sertipikat", "Pengukuran bidang tanah"),
        zone=_WITA,
    ),
    Agency(
        id="kesehatan",
        name="Instansi Contoh Kesehatan",
        kind="lembaga",
        monitors={},
        unit_name="Balai Kesehatan Contoh",
        unit_id="balai-contoh",
        services=("Pemeriksaan laboratorium", "Rujukan pasien", "Pelatihan tenaga kesehatan"),
        zone=_WIT,
    ),
    Agency(
        id="kota",
        name="Pemerintah Kota Contoh",
        kind="pemerintah-daerah",
        monitors={"WBK": "Inspektorat Daerah"},
        unit_name="Puskesmas Contoh",
        unit_id="puskesmas-contoh",
        services=("Rawat jalan", "Imunisasi", "Posyandu"),
        zone=_WIB,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A unit by its names: what it is, not what it does."""

    agency: Agency
    id: str
    """"keuangan/kppn-contoh-satu"."""
    name: str
    town: str

    @property
    def operator(self) -> Office:
        """Who fills the unit's own files."""
        return Office(f"Operator {self.name}", f"operator.{self.id.partition('/')[2]}@{HOST}")


_TOWNS = ("Utara", "Timur", "Selatan", "Barat", "Tengah", "Pesisir", "Hulu", "Hilir", "Lama", "Baru")


class Move(NamedTuple):
    """How a unit came to where it is."""

    day: date
    """The first day at its new place."""
    before: Place


MOVES: Mapping[int, Move] = {
    3: Move(
        date(2025, 11, 17),
        Place(
            agency=_NAMED_AGENCIES[2],
            id="kesehatan/pos-kesehatan-contoh",
            name="Pos Kesehatan Contoh",
            town="Kota Contoh Barat",
        ),
    ),
}
"""Units that were handed to another agency, and renamed, on a day when nothing of theirs was being proposed."""


def place(index: int, day: date) -> Place:
    """Return the unit of that number (from 0) as it was on the day; the same for every size of registry."""
    move = MOVES.get(index)
    if move is not None and day < move.day:
        return move.before
    if index < NAMED:
        agency, ordinal = _NAMED_AGENCIES[index % len(_NAMED_AGENCIES)], index // len(_NAMED_AGENCIES) + 1
    else:
        number, position = divmod(index - NAMED, PER_AGENCY)
        agency, ordinal = _further_agency(number + 1), position + 1
    words = in_words(ordinal)
    return Place(
        agency=agency,
        id=f"{agency.id}/{agency.unit_id}-{_slug(words)}",
        name=f"{agency.unit_name} {words.title()}",
        town=f"Kota Contoh {_TOWNS[index % len(_TOWNS)]}",
    )


def _further_agency(number: int) -> Agency:
    model = _NAMED_AGENCIES[number % len(_NAMED_AGENCIES)]
    words = in_words(number)
    return Agency(
        id=f"bidang-{_slug(words)}",
        name=f"Instansi Contoh Bidang {words.title()}",
        kind="lembaga",
        monitors=model.monitors,
        unit_name="Balai Layanan Contoh",
        unit_id="balai-contoh",
        services=model.services,
        zone=model.zone,
    )


_ONES = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")


def in_words(number: int) -> str:
    """Return a number from 1 to 1,999 in Indonesian words.

    >>> in_words(1216)
    'seribu dua ratus enam belas'
    """
    if number < len(_ONES):
        return _ONES[number]
    for size, word, one in ((1000, "ribu", "seribu"), (100, "ratus", "seratus")):
        if number >= size:
            many, rest = divmod(number, size)
            return f"{one if many == 1 else f'{_ONES[many]} {word}'} {in_words(rest)}".strip()
    tens, ones = divmod(number, 10)
    return f"{_ONES[ones]} belas" if tens == 1 else f"{_ONES[tens]} puluh {_ONES[ones]}".strip()


def _slug(words: str) -> str:
    return words.replace(" ", "-")
