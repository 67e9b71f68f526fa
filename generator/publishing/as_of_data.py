"""A unit's state on any day: per-tanggal.json beside its report card, and the part of the card that asks for a day.

The script only looks things up (docs/skrip/per-tanggal.js): what a rule decides, and how a figure is written, is
decided here. Without the script the newest rows stand in a table.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from generator.model.day import jakarta_day
from generator.model.declared import Tier
from generator.model.exact import decimal_text
from generator.model.history import Commit, ScorePoint
from generator.registry.monitored import Stretch
from generator.registry.unit_past import Memory, UnitPast

from . import words
from .figures import day, number
from .happenings import Happening, anchor
from .html import Column, Html, Section, badge, escape, join, none, table
from .words import STATUSES, TIERS

FILE = "per-tanggal.json"
_EMBEDDED = 10_000
"""Bytes of data a card carries itself, so that the choice also works from a folder; more is fetched when asked for."""
_SHOWN = 20
_SAFE = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The totals of one year, from a day on."""

    since: date
    commit: Commit
    year: int
    totals: Mapping[Tier, Any]
    """Of the tiers that have one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A unit's state on every day."""

    totals: tuple[Total, ...]
    """Oldest first; on a day each year's last one holds."""
    stretches: tuple[Stretch, ...]
    tip: Commit
    """Where the history ends."""


def standing(memory: Memory, past: UnitPast) -> Standing:
    """Return the state of a unit on every day, from what its past says."""
    by_year: dict[int, list[ScorePoint]] = {}
    for point in past.points:
        by_year.setdefault(point.year, []).append(point)
    rows = [row for year in sorted(by_year) for row in _totals(by_year[year], memory.days)]
    rows.sort(key=lambda row: row.commit.position)
    return Standing(totals=tuple(rows), stretches=memory.stretches(past), tip=memory.tip)


def _totals(points: Iterable[ScorePoint], days: Sequence[date]) -> Iterator[Total]:
    """Yield, of one year's points, the last of each day where the totals are others than the day before."""
    before: dict[Tier, Any] = {}
    for since, of_day in groupby(points, key=lambda point: days[point.version.commit.position]):
        commit, held = None, before
        for point in of_day:
            totals = {tier: total for tier, total in point.totals.items() if total is not None}
            if totals != held:
                commit, held = point.version.commit, totals
        if commit is not None and held != before:
            yield Total(since=since, commit=commit, year=point.year, totals=held)
        before = held


def text(unit_id: str, standing: Standing) -> str:
    """Return the JSON: figures as `zi score --json` has them and as pages show them; safe inside an element too."""
    data = {
        "unit": unit_id,
        "sampai": {"tanggal": jakarta_day(standing.tip.committed).isoformat(), "commit": standing.tip.id},
        "nilai": [
            {
                "mulai": row.since.isoformat(),
                "commit": row.commit.id,
                "tahun": row.year,
                "total": {tier: decimal_text(total) for tier, total in row.totals.items()},
                "tampil": {tier: number(total) for tier, total in row.totals.items()},
            }
            for row in standing.totals
        ],
        "pemantauan": [_stretch(one) for one in standing.stretches],
    }
    return json.dumps(data, separators=(",", ":")).translate(_SAFE) + "\n"


def _stretch(one: Stretch) -> dict[str, Any]:
    head = {"mulai": one.since.isoformat(), "commit": one.commit.id}
    state = one.status
    if state is None:
        return {**head, "status": None}
    return {
        **head,
        "predikat": state.predicate,
        "status": state.status,
        "keadaan": STATUSES[state.status][2],
        "jatuh_tempo": state.due and state.due.isoformat(),
        "pelaksana": state.by,
        "dilarang_sampai": state.barred_until and state.barred_until.isoformat(),
    }


def section(standing: Standing, data: str, past: Sequence[Happening], as_of: date) -> Section:
    """Return the part of the card; `data` is the JSON, `past` the unit's happenings."""
    if not standing.stretches:
        return Section("per-tanggal", "Lihat per tanggal", none("Unit ini belum ada di main."))
    return Section("per-tanggal", "Lihat per tanggal", Html(_choice(data, as_of) + _rows(standing, past, as_of)))


def _choice(data: str, as_of: date) -> str:
    """Return what the script shows; hidden without it."""
    carried = ""
    if len(data) <= _EMBEDDED:  # ASCII: a character is a byte
        carried = f'<script type="application/json" id="kala-data">{data.strip()}</script>'
    return (
        f'<div class="zi-kala" id="kala" data-sumber="{FILE}" hidden>'
        '<p><label for="kala-hari">Keadaan pada akhir hari</label> '
        f'<input type="date" id="kala-hari" value="{as_of.isoformat()}"></p>'
        f'<div id="kala-hasil" aria-live="polite"></div></div>{carried}'
    )


def _rows(standing: Standing, past: Sequence[Happening], as_of: date) -> Html:
    years = sorted({one.day.year for one in past}, reverse=True)
    links = join((f'<a href="riwayat/index.html#tahun-{year}">{year}</a>' for year in years), ", ")
    totals = [_total(row) for row in reversed(standing.totals)][:_SHOWN]
    states = [_state(one) for one in reversed(standing.stretches) if one.since <= as_of][:_SHOWN]
    columns = [Column("Sejak", "sempit"), Column("Tahun"), *(Column(name, "angka") for name in TIERS.values())]
    parts = [table("Total per tahun dan penilai, yang terbaru di atas", (*columns, Column("Commit")), totals)]
    parts += [table("Predikat dan pemantauan, yang terbaru di atas", _STATE, states)]
    return Html(
        '<details class="zi-antara"><summary>Nilai, predikat, dan pemantauan dari waktu ke waktu</summary>'
        f"{join(part for part, rows in zip(parts, (totals, states), strict=True) if rows)}"
        f'<p>Paling banyak {_SHOWN} baris terbaru; semuanya ada di <a href="{FILE}">{FILE}</a>.</p></details>'
        f"<p>Riwayat per tahun: {links}.</p>"
    )


_STATE = (Column("Sejak", "sempit"), Column("Predikat"), Column("Pemantauan"), Column("Jatuh tempo", "sempit"))


def _total(row: Total) -> tuple[Html, ...]:
    values = [number(row.totals[tier]) if tier in row.totals else Html("–") for tier in Tier]
    short = row.commit.id[:12]
    link = Html(f'<a href="riwayat/index.html#{anchor(row.commit)}"><code>{short}</code></a>')
    return (day(row.since), Html(str(row.year)), *values, link)


def _state(one: Stretch) -> tuple[Html, ...]:
    state = one.status
    if state is None:
        return day(one.since), Html("–"), badge("kosong", "○", "Tidak ada di registri"), Html("")
    return day(one.since), escape(state.predicate or "–"), words.status(state.status), day(state.due)
