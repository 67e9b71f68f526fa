"""/: the numbers, what is due, the latest awards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from generator.model.declared import Predicate
from generator.model.judged import Status

from . import vitality
from .board import due_table, urgent
from .figures import day
from .html import Column, Html, escape, none, source, table
from .summary import Summary
from .waiting import Waiting

_SHOWN = 10
_COLUMNS = (
    Column("Unit"),
    Column("Instansi"),
    Column("Predikat", "sempit"),
    Column("Tanggal", "sempit"),
    Column("Nomor keputusan", "nomor"),
    Column("Sumber"),
)


def places(units: Sequence[Summary], as_of: date, waiting: Waiting | None = None) -> dict[str, Html]:
    """Return what fills the places of the home page; without `waiting` it says nothing of proposals."""
    return {
        "angka": _numbers(units, as_of),
        "tenggat": _due(units),
        "usulan": waiting.on_home({unit.agency.id: unit.agency for unit in units}) if waiting else Html(""),
        "penetapan": _awards(units),
    }


def _numbers(units: Sequence[Summary], as_of: date) -> Html:
    held = [unit.monitoring.predicate for unit in units]
    status = [unit.monitoring.status for unit in units]
    shown = (
        (len(units), "unit kerja", "unit/index.html"),
        (len({unit.agency.id for unit in units}), "instansi", "unit/index.html"),
        (held.count(Predicate.WBK), "menyandang WBK", "unit/index.html"),
        (held.count(Predicate.WBBM), "menyandang WBBM", "unit/index.html"),
        (status.count(Status.TERLAMBAT), "pemantauan terlambat", "pemantauan/index.html#terlambat"),
        (status.count(Status.SEGERA), "segera jatuh tempo", "pemantauan/index.html#segera"),
    )
    items = "".join(f'<li><a href="{address}"><b>{count}</b> {label}</a></li>' for count, label, address in shown)
    return Html(
        f'<ul class="zi-numbers" aria-label="Registri dalam angka">{items}</ul>'
        f'{_programmes(units)}<p class="zi-as-of">Keadaan per {day(as_of)}.</p>'
    )


def _programmes(units: Sequence[Summary]) -> Html:
    told = vitality.counted(unit.vitality for unit in units)
    return Html(f'<p>{told} <a href="metodologi/index.html#kehidupan">Cara menyimpulkan</a></p>' if told else "")


def _due(units: Sequence[Summary]) -> Html:
    found = urgent(units)
    if not units:
        body = none("Registri ini belum memuat unit.")
    elif not found:
        body = none("Tidak ada pemantauan yang terlambat atau segera jatuh tempo.")
    else:
        body = due_table(f"Terlambat atau jatuh tempo dalam 90 hari: {len(found)} unit", found[:_SHOWN], "")
        if len(found) > _SHOWN:
            body = Html(f'{body}<p><a href="pemantauan/index.html">Lihat semua {len(found)} unit</a></p>')
    calendars = '<p><a href="pemantauan/index.html#kalender">Kalender jatuh tempo (iCalendar)</a></p>' if units else ""
    return Html(f'<section><h2 id="tenggat">Yang harus dipantau</h2>{body}{calendars}</section>')


def _awards(units: Sequence[Summary]) -> Html:
    found = sorted(
        ((event, unit) for unit in units for event in unit.awards),
        key=lambda one: (one[0].dated, one[1].id, one[0].predicate),
        reverse=True,
    )[:_SHOWN]
    if not found:
        return Html("")
    rows = [
        (
            unit.link(""),
            escape(unit.agency.name),
            Html(f'<b class="zi-held">{event.predicate}</b>'),
            day(event.dated),
            escape(event.number),
            source(event.source),
        )
        for event, unit in found
    ]
    return Html(
        '<section><h2 id="penetapan">Penetapan predikat terakhir</h2>'
        f"{table(f'{len(found)} penetapan terakhir', _COLUMNS, rows)}</section>"
    )
