"""/unit/: every unit, by agency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from . import vitality, words
from .figures import day
from .html import Column, Html, contents, escape, join, none, table
from .summary import Summary

_COLUMNS = (
    Column("Unit"),
    Column("Predikat", "sempit"),
    Column("Nilai", "angka"),
    Column("Dasar nilai"),
    Column("Program", "sempit"),
    Column("Pemantauan", "sempit"),
    Column("Jatuh tempo", "sempit"),
)


def directory(units: Sequence[Summary]) -> Html:
    """Return a table for each agency, sorted by name."""
    if not units:
        return none("Registri ini belum memuat unit.")
    agencies = list(by_agency(units))
    entries = [(agency, escape(found[0].agency.name)) for agency, found in agencies]
    index = contents(entries, "Instansi") if len(entries) > 1 else Html("")
    return Html(index + join(_agency(agency, found) for agency, found in agencies))


def by_agency(units: Iterable[Summary]) -> Iterator[tuple[str, list[Summary]]]:
    """Yield the agencies' ids with their units, both sorted by name."""

    def key(unit: Summary) -> tuple[str, str]:
        return unit.agency.name.casefold(), unit.agency.id

    ordered = sorted(units, key=lambda unit: (*key(unit), unit.name.casefold(), unit.id))
    for (_, agency), found in groupby(ordered, key=key):
        yield agency, list(found)


def _agency(agency: str, units: Sequence[Summary]) -> Html:
    name = escape(units[0].agency.name)
    shown = table(f"{len(units)} unit", _COLUMNS, [_unit(unit) for unit in units], label=f"Unit {name}")
    return Html(f'<section><h2 id="{agency}">{name}</h2>{shown}</section>')


def _unit(unit: Summary) -> tuple[Html, ...]:
    return (
        unit.link("../"),
        predicate(unit),
        unit.total or Html('<span class="zi-soft">belum ada</span>'),
        unit.basis,
        _programme(unit),
        words.status(unit.monitoring.status),
        words.due(unit.monitoring),
    )


def _programme(unit: Summary) -> Html:
    if unit.vitality is None:
        return Html('<span class="zi-soft">–</span>')
    until = unit.notice_until
    told = f'<br> <span class="zi-soft">dalam pemberitahuan<br> sampai {day(until)}</span>' if until else ""
    return Html(f"{vitality.word(unit.vitality)}{told}")


def predicate(unit: Summary) -> Html:
    """Return the predicate the unit holds."""
    held = unit.monitoring.predicate
    return Html(f'<b class="zi-held">{held}</b>' if held else '<span class="zi-soft">–</span>')
