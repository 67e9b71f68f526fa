"""The names, signs and looks a page gives to states."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.declared import EventKind, Predicate, Tier
from generator.model.judged import MonitoringStatus, Progress, Stage, Status, Timing

from .figures import day
from .html import Html, badge, escape

TIERS: Mapping[Tier, str] = {Tier.MANDIRI: "Mandiri", Tier.TPI: "TPI", Tier.TPN: "TPN"}
TIER_NAMES: Mapping[Tier, str] = {
    Tier.MANDIRI: "penilaian mandiri unit",
    Tier.TPI: "Tim Penilai Internal (TPI)",
    Tier.TPN: "Tim Penilai Nasional (TPN)",
}

PREDICATES: Mapping[Predicate, str] = {
    Predicate.WBK: "Wilayah Bebas dari Korupsi",
    Predicate.WBBM: "Wilayah Birokrasi Bersih dan Melayani",
}

STATUSES: Mapping[Status, tuple[str, str, str]] = {
    Status.TERLAMBAT: ("tidak", "▲", "Terlambat"),
    Status.SEGERA: ("awas", "◆", "Segera jatuh tempo"),
    Status.TERJADWAL: ("ya", "●", "Terjadwal"),
    Status.DICABUT: ("tidak", "✕", "Predikat dicabut"),
    Status.BELUM_BERPREDIKAT: ("netral", "○", "Belum berpredikat"),
}
"""Status -> look, sign, words."""

EVENTS: Mapping[EventKind, tuple[str, str, str]] = {
    EventKind.DIUSULKAN: ("netral", "○", "Diusulkan"),
    EventKind.DITETAPKAN: ("ya", "●", "Ditetapkan"),
    EventKind.DIKONFIRMASI: ("ya", "●", "Dikonfirmasi"),
    EventKind.DICABUT: ("tidak", "✕", "Dicabut"),
}

STAGES: Mapping[Stage, tuple[str, str, str]] = {
    Stage.BELUM_DIUSULKAN: ("netral", "○", "Belum diusulkan"),
    Stage.DIUSULKAN: ("netral", "○", "Diusulkan"),
    Stage.DITETAPKAN: ("ya", "●", "Ditetapkan"),
    Stage.DIPERTAHANKAN: ("ya", "●", "Dipertahankan"),
    Stage.PERLU_PERBAIKAN: ("awas", "◆", "Perlu perbaikan"),
    Stage.DALAM_KONFIRMASI: ("awas", "▲", "Dalam konfirmasi"),
    Stage.DIKONFIRMASI: ("ya", "●", "Dikonfirmasi"),
    Stage.DICABUT: ("tidak", "✕", "Dicabut"),
}
"""Stage -> look, sign, words; the words are those of schema/aturan/pemantauan.yaml."""
_PROGRESS = {
    Progress.SELESAI: ("ya", "✓", "Selesai"),
    Progress.TERBUKA: ("netral", "○", "Terbuka"),
    Progress.TERLAMBAT: ("tidak", "▲", "Lewat batas"),
}

_RESULTS = {
    "dipertahankan": ("ya", "●", "Dipertahankan"),
    "perlu-perbaikan": ("awas", "◆", "Perlu perbaikan"),
    "diusulkan-dicabut": ("tidak", "▲", "Diusulkan dicabut"),
}
_CLEARANCES = {
    "bersih": ("ya", "●", "Bersih"),
    "catatan": ("tidak", "▲", "Ada catatan"),
    "belum": ("netral", "○", "Belum ada keterangan"),
}
_SURVEYORS = {"unit": "Unit sendiri", "lembaga": "Lembaga lain"}


def met(value: bool | None, *, yes: str = "Terpenuhi", no: str = "Tidak terpenuhi") -> Html:  # noqa: FBT001 - three states
    """Return whether a condition holds, or that it cannot be told."""
    if value is None:
        return badge("tanya", "?", "Belum dapat disimpulkan")
    return badge("ya", "✓", yes) if value else badge("tidak", "✕", no)


def status(value: Status) -> Html:
    """Return where a unit stands in the monitoring cycle."""
    return badge(*STATUSES[value])


def stage(value: Stage) -> Html:
    """Return where a predicate is in its life."""
    return badge(*STAGES[value])


def progress(value: Progress) -> Html:
    """Return how far a follow-up is."""
    return badge(*_PROGRESS[value])


def timing(value: Timing | None) -> Html:
    """Return how early or late a monitoring was."""
    if value is None:
        return Html("")
    if not value.early:
        return Html("tepat pada jatuh temponya")
    return Html(f"{abs(value.early)} hari {'sebelum' if value.early > 0 else 'sesudah'} jatuh tempo")


def event(kind: EventKind) -> Html:
    """Return what happened to a predicate."""
    return badge(*EVENTS[kind])


def result(value: str) -> Html:
    """Return what a monitoring came to."""
    return badge(*_RESULTS[value]) if value in _RESULTS else escape(value)


def clearance(value: str) -> Html:
    """Return what KPK or Ombudsman said."""
    return badge(*_CLEARANCES[value]) if value in _CLEARANCES else escape(value)


def surveyor(value: str) -> Html:
    """Return who asked."""
    return escape(_SURVEYORS.get(value, value))


def left(monitoring: MonitoringStatus) -> Html:
    """Return how far away the due day is."""
    days = monitoring.days
    if days is None:
        return Html("")
    if days < 0:
        return Html(f"lewat {-days} hari")
    return Html(f"{days} hari lagi" if days else "hari ini")


def due(monitoring: MonitoringStatus) -> Html:
    """Return the due day and how far it is, or until when the unit is barred."""
    if monitoring.due is not None:
        return Html(f'{day(monitoring.due)} <span class="zi-soft">({left(monitoring)})</span>')
    if monitoring.barred_until is not None:
        return Html(f"tidak dapat diusulkan sampai {day(monitoring.barred_until)}")
    return Html("")
