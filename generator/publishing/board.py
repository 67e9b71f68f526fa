"""/pemantauan/: whose turn it is, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from generator.model.judged import Status

from . import calendar, words
from .directory import by_agency, predicate
from .figures import day
from .html import Column, Html, contents, escape, join, none, table
from .summary import Summary

_PARTS = (
    (Status.TERLAMBAT, "terlambat", "Terlambat", "Tidak ada pemantauan yang terlambat."),
    (Status.SEGERA, "segera", "Segera jatuh tempo", "Tidak ada pemantauan yang segera jatuh tempo."),
    (Status.TERJADWAL, "terjadwal", "Terjadwal", "Tidak ada pemantauan yang terjadwal."),
    (Status.DICABUT, "dicabut", "Predikat dicabut", "Tidak ada unit dalam masa larangan usulan."),
)

_BODY_COLUMNS = (
    Column("Instansi"),
    Column("Pelaksana"),
    Column("Terlambat", "angka"),
    Column("Segera jatuh tempo", "angka"),
    Column("Terjadwal", "angka"),
)
_DUE_COLUMNS = (
    Column("Unit"),
    Column("Instansi"),
    Column("Predikat", "sempit"),
    Column("Jatuh tempo"),
    Column("Pelaksana"),
    Column("Pemantauan terakhir", "sempit"),
)


def board(units: Sequence[Summary], as_of: date) -> Html:
    """Return the bodies responsible, and the units by how urgent they are."""
    parts = join(_part(units, *part) for part in _PARTS)
    urgencies = [(anchor, title) for _, anchor, title, _ in _PARTS]
    entries = [("pelaksana", "Menurut pelaksana"), *urgencies, ("kalender", "Kalender")]
    return Html(
        f'<p class="zi-as-of">Keadaan per {day(as_of)}.</p>{contents(entries)}'
        f'<section><h2 id="pelaksana">Menurut pelaksana</h2>{_bodies(units)}</section>{parts}{_calendars(units)}'
    )


def _calendars(units: Sequence[Summary]) -> Html:
    """Link the calendars a program can subscribe to: of all, and of each body where there are several."""
    every = f'<a href="{calendar.ALL.rpartition("/")[2]}">Semua jatuh tempo</a>'
    bodies = [
        f'<a href="{calendar.body_file(agency, body)}">{escape(body)}, {escape(found[0].agency.name)}</a>'
        for (agency, body), found in calendar.by_body(units).items()
    ]
    items = "".join(f"<li>{link}</li>" for link in (every, *(bodies if len(bodies) > 1 else ())))
    return Html(
        '<section><h2 id="kalender">Kalender</h2><p>Berkas iCalendar (.ics) untuk program kalender, yang dapat '
        f"berlangganan alamatnya.</p><ul>{items}</ul></section>"
    )


def _bodies(units: Sequence[Summary]) -> Html:
    """Count, for each agency and body, what is on its table."""
    rows = []
    for _, found in by_agency(units):
        for body in sorted({unit.monitoring.by for unit in found if unit.monitoring.by}):
            counts = Counter(unit.monitoring.status for unit in found if unit.monitoring.by == body)
            numbers = [counts[status] for status in (Status.TERLAMBAT, Status.SEGERA, Status.TERJADWAL)]
            cells = [Html(f"<b>{number}</b>" if number else '<span class="zi-soft">0</span>') for number in numbers]
            rows.append((escape(found[0].agency.name), escape(body), *cells))
    if not rows:
        return none("Belum ada unit yang menyandang predikat.")
    return table("Unit berpredikat per pelaksana pemantauan", _BODY_COLUMNS, rows)


def _part(units: Sequence[Summary], status: Status, anchor: str, title: str, empty: str) -> Html:
    found = sorted((unit for unit in units if unit.monitoring.status is status), key=_by_day)
    shown = due_table(f"{len(found)} unit", found, "../", label=title) if found else none(empty)
    return Html(f'<section><h2 id="{anchor}">{words.status(status)}</h2>{shown}</section>')


def _by_day(unit: Summary) -> tuple[date, str]:
    return unit.monitoring.due or unit.monitoring.barred_until or date.max, unit.id


def due_table(caption: str, units: Sequence[Summary], up: str, *, label: str = "") -> Html:
    """Return units with what is due, by whom."""
    rows = [
        (
            unit.link(up),
            escape(unit.agency.name),
            predicate(unit),
            words.due(unit.monitoring),
            escape(unit.monitoring.by or "–"),
            day(unit.monitoring.last) or Html('<span class="zi-soft">belum ada</span>'),
        )
        for unit in units
    ]
    return table(caption, _DUE_COLUMNS, rows, label=label)


def urgent(units: Sequence[Summary]) -> list[Summary]:
    """Return the units that are late or due soon, the latest first."""
    return sorted((unit for unit in units if unit.monitoring.status in {Status.TERLAMBAT, Status.SEGERA}), key=_by_day)
