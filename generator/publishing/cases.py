"""Public cases on a report card: what is known, from where, and how far it is established. A case is no verdict."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.day import MONTHS
from generator.model.declared import Case, Confirmation
from generator.model.judged import UnitRecord

from .html import Column, Html, Section, badge, escape, link_out, none, table

COMPLAINTS = "https://www.lapor.go.id"
"""SP4N-LAPOR!, the government's channel for complaints on public services: Perpres 76/2013, PermenPANRB 62/2018; the
LKE asks units to be connected to it (question A.I.6.iii.a)."""

_KINDS: Mapping[str, str] = {
    "gratifikasi": "Gratifikasi",
    "suap": "Suap",
    "pungutan-liar": "Pungutan liar",
    "benturan-kepentingan": "Benturan kepentingan",
    "penyalahgunaan-wewenang": "Penyalahgunaan wewenang",
    "pelayanan": "Pelayanan",
    "lainnya": "Lainnya",
}
_STATES: Mapping[Confirmation, tuple[str, str, str]] = {
    Confirmation.DIBERITAKAN: ("netral", "○", "Diberitakan"),
    Confirmation.DIPERIKSA: ("awas", "◆", "Diperiksa"),
    Confirmation.TERBUKTI: ("tidak", "▲", "Terbukti"),
    Confirmation.TIDAK_TERBUKTI: ("ya", "●", "Tidak terbukti"),
}
_COLUMNS = (Column("Bulan", "sempit"), Column("Jenis"), Column("Keadaan", "sempit"), Column("Sumber"))
_ABOUT = (
    '<p class="zi-soft">Dicatat oleh TPI atau TPN dari sumber terbuka, tanpa uraian dan tanpa nama. Sebuah kasus bukan '
    "putusan atas unit ini; ia tidak menggeser kesimpulan tentang programnya, nilai LKE, atau predikatnya. "
    f"Pengaduan disampaikan bukan di sini, melainkan lewat {link_out(COMPLAINTS, Html('SP4N-LAPOR!'))}, kanal resmi "
    "pemerintah.</p>"
)


def part(record: UnitRecord) -> Section:
    """Return the cases known on the day, the latest first, and where to complain."""
    as_of = record.monitoring.as_of
    known = sorted((one for one in record.unit.cases if one.month <= as_of), key=lambda one: one.month, reverse=True)
    shown = table("Kasus yang tercatat", _COLUMNS, map(_row, known)) if known else none("Tidak ada kasus yang dicatat.")
    return Section("kasus", "Kasus yang sudah terbuka untuk umum", Html(f"{shown}{_ABOUT}"))


def _row(case: Case) -> tuple[Html, ...]:
    return (
        Html(f'<time datetime="{case.month:%Y-%m}">{MONTHS[case.month.month - 1]} {case.month.year}</time>'),
        escape(_KINDS.get(case.kind, case.kind)),
        badge(*_STATES[case.state]),
        link_out(case.source, Html("Sumber")),
    )
