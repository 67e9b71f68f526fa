"""/pemantauan/: whose turn it is, and when: what an internal assessor (TPI) works from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from generator.judging.coverage import Coverage, coverage
from generator.model.judged import Status

from . import board_data, calendar, words
from .directory import by_agency, predicate
from .figures import day, percent
from .html import Column, Html, contents, escape, join, none, table
from .summary import Summary

_PARTS = (
    (Status.TERLAMBAT, "terlambat", "Terlambat", "Tidak ada pemantauan yang terlambat."),
    (Status.SEGERA, "segera", "Segera jatuh tempo", "Tidak ada pemantauan yang segera jatuh tempo."),
    (Status.TERJADWAL, "terjadwal", "Terjadwal", "Tidak ada pemantauan yang terjadwal."),
)
_REVOKED = (Status.DICABUT, "dicabut", "Predikat dicabut", "Tidak ada unit dalam masa larangan usulan.")

_COVERAGE_COLUMNS = (
    Column("Instansi"),
    Column("Berpredikat", "angka"),
    Column("Dipantau", "angka"),
    Column("Belum jatuh tempo", "angka"),
    Column("Terlambat", "angka"),
    Column("Dalam konfirmasi", "angka"),
    Column("Tindak lanjut terbuka", "angka"),
)
_BODY_COLUMNS = (
    Column("Pelaksana"),
    Column("Instansi"),
    Column("Terlambat", "angka"),
    Column("Segera jatuh tempo", "angka"),
    Column("Terjadwal", "angka"),
)
_WORK_COLUMNS = (
    Column("Unit"),
    Column("Predikat", "sempit"),
    Column("Tahap", "sempit"),
    Column("Jatuh tempo"),
    Column("Pelaksana"),
    Column("Pemantauan terakhir", "sempit"),
    Column("Tindak lanjut terbuka"),
)
_DONE_COLUMNS = (
    Column("Unit"),
    Column("Dipantau", "sempit"),
    Column("Waktunya"),
    Column("Tahap", "sempit"),
    Column("Pelaksana"),
    Column("Jatuh tempo berikutnya", "sempit"),
    Column("Tindak lanjut terbuka"),
)
_OWN_COLUMNS = (
    Column("Unit"),
    Column("Predikat", "sempit"),
    Column("Status", "sempit"),
    Column("Jatuh tempo"),
    Column("Tahap", "sempit"),
    Column("Pemantauan terakhir", "sempit"),
    Column("Tindak lanjut terbuka"),
)
_DUE_COLUMNS = (
    Column("Unit"),
    Column("Instansi"),
    Column("Predikat", "sempit"),
    Column("Jatuh tempo"),
    Column("Pelaksana"),
    Column("Pemantauan terakhir", "sempit"),
)
_NEVER = Html('<span class="zi-soft">belum ada</span>')


def board(units: Sequence[Summary], as_of: date) -> Html:
    """Return coverage, the bodies responsible, the units by how urgent they are, and what was done.

    A body's own list stands on the page too, and alone once its address is chosen (docs/gaya/papan.css).
    """
    bodies = calendar.by_body(units)
    entries = [
        ("cakupan", "Cakupan per instansi"),
        ("pelaksana", "Menurut pelaksana"),
        *((anchor, title) for _, anchor, title, _ in _PARTS),
        ("dipantau", "Sudah dipantau"),
        *((anchor, title) for _, anchor, title, _ in (_REVOKED,)),
        ("kalender", "Kalender dan data"),
    ]
    general = (
        contents(entries),
        _section("cakupan", Html("Cakupan per instansi"), _coverage(units)),
        _section("pelaksana", Html("Menurut pelaksana"), _bodies(bodies)),
        *(_part(units, *part) for part in _PARTS),
        _section("dipantau", Html("Sudah dipantau"), _done(units)),
        _part(units, *_REVOKED),
        _calendars(units),
    )
    own = join(_own(agency, body, found) for (agency, body), found in bodies.items())
    return Html(
        f'<div class="zi-papan"><p class="zi-as-of">Keadaan per {day(as_of)}.</p>'
        f'<div class="zi-umum">{join(general)}</div>{own if len(bodies) > 1 else ""}</div>'
    )


def _section(anchor: str, title: Html, body: Html) -> Html:
    return Html(f'<section><h2 id="{anchor}">{title}</h2>{body}</section>')


def _coverage(units: Sequence[Summary]) -> Html:
    """Count, for each agency, what is monitored of the units with a predicate."""
    held = [unit for unit in units if unit.monitoring.predicate is not None]
    if not held:
        return none("Belum ada unit yang menyandang predikat.")
    rows = [
        (escape(found[0].agency.name), *_counts(coverage(unit.monitoring for unit in found)))
        for _, found in by_agency(held)
    ]
    if len(rows) > 1:
        rows.append((Html("Semua instansi"), *_counts(coverage(unit.monitoring for unit in held))))
    return table("Cakupan pemantauan unit berpredikat", _COVERAGE_COLUMNS, rows)


def _counts(counted: Coverage) -> tuple[Html, ...]:
    share = f' <span class="zi-soft">({percent(counted.share)})</span>' if counted.share is not None else ""
    return (
        Html(str(counted.holding)),
        Html(f"{counted.monitored}{share}"),
        _count(counted.new),
        _count(counted.overdue),
        _count(counted.confirming),
        _open(counted.follow_ups, counted.follow_ups_late),
    )


def _count(number: int) -> Html:
    return Html(f"<b>{number}</b>" if number else '<span class="zi-soft">0</span>')


def _open(number: int, late: int) -> Html:
    """Say how many follow-ups are open, and how many of them past their day."""
    if not number:
        return Html('<span class="zi-soft">0</span>')
    return Html(f'{number}, <b class="zi-lewat">{late} lewat batas</b>' if late else str(number))


def _bodies(bodies: dict[tuple[str, str], list[Summary]]) -> Html:
    """Count, for each body of each agency, what is on its table; its name leads to its own list."""
    rows = []
    for (agency, body), found in sorted(bodies.items(), key=lambda one: (one[1][0].agency.name.casefold(), one[0])):
        name = escape(body)
        if len(bodies) > 1:
            name = Html(f'<a href="#{_anchor(agency, body)}">{name}</a>')
        counts = Counter(unit.monitoring.status for unit in found)
        numbers = [_count(counts[status]) for status, *_ in _PARTS]
        rows.append((name, escape(found[0].agency.name), *numbers))
    if not rows:
        return none("Belum ada unit yang menyandang predikat.")
    return table("Unit berpredikat per pelaksana pemantauan", _BODY_COLUMNS, rows)


def _anchor(agency: str, body: str) -> str:
    return calendar.body_file(agency, body).removesuffix(".ics").replace("jatuh-tempo-", "pelaksana-")


def _part(units: Sequence[Summary], status: Status, anchor: str, title: str, empty: str) -> Html:
    found = sorted((unit for unit in units if unit.monitoring.status is status), key=_by_day)
    rows = [
        (
            _named(unit),
            predicate(unit),
            words.stage(unit.monitoring.stage),
            words.due(unit.monitoring),
            escape(unit.monitoring.by or "–"),
            _monitored(unit),
            _left_open(unit),
        )
        for unit in found
    ]
    shown = table(f"{len(found)} unit", _WORK_COLUMNS, rows, label=title) if found else none(empty)
    return _section(anchor, words.status(status), shown)


def _monitored(unit: Summary) -> Html:
    """Return when it was last monitored: since the award it holds, or while it held the one it lost."""
    now = unit.monitoring
    last = now.timings[-1].dated if now.predicate is None and now.timings else now.last
    return day(last) or _NEVER


def _done(units: Sequence[Summary]) -> Html:
    """List the units monitored since their award and within the interval, newest first."""
    found = [
        unit for unit in units if unit.monitoring.last is not None and unit.monitoring.status is not Status.TERLAMBAT
    ]
    if not found:
        return none("Belum ada pemantauan dalam dua tahun terakhir.")
    found.sort(key=lambda unit: unit.id)
    found.sort(key=lambda unit: unit.monitoring.last or date.min, reverse=True)
    rows = [
        (
            _named(unit),
            day(unit.monitoring.last),
            words.timing(unit.monitoring.timing),
            words.stage(unit.monitoring.stage),
            escape(unit.monitoring.by or "–"),
            day(unit.monitoring.due),
            _left_open(unit),
        )
        for unit in found
    ]
    return table(f"{len(found)} unit, yang terbaru di atas", _DONE_COLUMNS, rows, label="Sudah dipantau")


def _own(agency: str, body: str, found: Iterable[Summary]) -> Html:
    """Return the list of one body, the most urgent first."""
    units = sorted(found, key=_by_day)
    rows = [
        (
            unit.link("../"),
            predicate(unit),
            words.status(unit.monitoring.status),
            words.due(unit.monitoring),
            words.stage(unit.monitoring.stage),
            day(unit.monitoring.last) or _NEVER,
            _left_open(unit),
        )
        for unit in units
    ]
    name = Html(f"{escape(body)}, {escape(units[0].agency.name)}")
    shown = table(f"{len(units)} unit", _OWN_COLUMNS, rows, label=name)
    due = f'<a href="{calendar.body_file(agency, body)}">Kalender (iCalendar)</a>'
    return Html(
        f'<section class="zi-badan" id="{_anchor(agency, body)}"><h2>{name}</h2><p class="zi-badan-jalan">'
        f'<a href="#pelaksana">Semua pelaksana</a> · {due}</p>'
        f"{shown}</section>"
    )


def _named(unit: Summary) -> Html:
    """Return the unit with its agency below."""
    return Html(f'{unit.link("../")}<span class="zi-soft zi-instansi">{escape(unit.agency.name)}</span>')


def _left_open(unit: Summary) -> Html:
    return _open(len(unit.monitoring.follow_ups), unit.monitoring.follow_ups_late)


def _calendars(units: Sequence[Summary]) -> Html:
    """Link what programs can read: the calendars of all and of each body where there are several, and the data."""
    every = f'<a href="{calendar.ALL.rpartition("/")[2]}">Semua jatuh tempo</a>'
    bodies = [
        f'<a href="{calendar.body_file(agency, body)}">{escape(body)}, {escape(found[0].agency.name)}</a>'
        for (agency, body), found in calendar.by_body(units).items()
    ]
    items = "".join(f"<li>{link}</li>" for link in (every, *(bodies if len(bodies) > 1 else ())))
    return _section(
        "kalender",
        Html("Kalender dan data"),
        Html(
            "<p>Berkas iCalendar (.ics) untuk program kalender, yang dapat "
            f"berlangganan alamatnya.</p><ul>{items}</ul>"
            f'<p>Isi papan ini untuk program: <a href="{board_data.FILE.rpartition("/")[2]}">'
            f"{board_data.FILE.rpartition('/')[2]}</a>.</p>"
        ),
    )


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
            day(unit.monitoring.last) or _NEVER,
        )
        for unit in units
    ]
    return table(caption, _DUE_COLUMNS, rows, label=label)


def urgent(units: Sequence[Summary]) -> list[Summary]:
    """Return the units that are late or due soon, the latest first."""
    return sorted((unit for unit in units if unit.monitoring.status in {Status.TERLAMBAT, Status.SEGERA}), key=_by_day)
