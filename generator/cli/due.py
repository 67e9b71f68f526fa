"""`zi due`: which units must be monitored, when, and by whom."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.as_of import as_of_option, standing
from generator.model.day import day_text
from generator.model.finding import Finding, Level
from generator.model.judged import MonitoringStatus, Status, UnitRecord
from generator.model.wording import listed

if TYPE_CHECKING:
    from generator.reading.blobs import Tree
    from generator.registry import Catalogue

_WIDTH = 80
"""Columns of a terminal nobody has widened; a longer line is folded before the unit's id, never cut."""

_TITLES = {
    Status.TERLAMBAT: "Terlambat",
    Status.SEGERA: "Segera",
    Status.TERJADWAL: "Terjadwal",
    Status.DICABUT: "Dicabut (belum dapat diusulkan lagi)",
    Status.BELUM_BERPREDIKAT: "Belum berpredikat",
}
"""Every status, in the order a monitoring team works."""

Row = tuple[str, MonitoringStatus]
"""A unit's id and where it stands."""


@click.command(help="Daftar unit dan jatuh tempo pemantauannya: yang terlambat lebih dahulu.")
@click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri (yang berisi units/).")
@click.option("--rev", help="Baca isi revisi Git ini, bukan berkas di folder kerja.")
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Keluaran untuk program.")
def command(*, root: Path, rev: str | None, as_of: str | None, as_json: bool) -> None:
    """List every unit's monitoring status on a day; exit 1 where a file it rests on could not be read whole."""
    from generator import registry

    rev, day = standing(root, as_of, rev, by_calendar=True)
    records, unread = monitored(root, rev, registry.load_catalogue(), day)
    rows = [(record.unit.id, record.monitoring) for record in records]
    for line in [json.dumps(as_data(rows), ensure_ascii=False, indent=2)] if as_json else as_text(rows, day):
        click.echo(line)
    stop_for_unread(unread)


def monitored(root: Path, rev: str | None, catalogue: Catalogue, day: date) -> tuple[list[UnitRecord], list[str]]:
    """Return every unit with its status on the day, sorted by id, and the paths whose faults can make one wrong."""
    from generator import registry
    from generator.reading.blobs import open_tree

    records: list[UnitRecord] = []
    with open_tree(root, rev) as tree:
        findings = list(tree.findings)
        for reading in registry.readings(_lives(tree), catalogue, day):
            findings += reading.findings
            if reading.record is not None:
                records.append(reading.record)
    return records, _unread(findings)


def stop_for_unread(unread: Sequence[str]) -> None:
    """Exit 1 and name the paths, where there are any."""
    if unread:
        click.echo(f"zi: tidak terbaca seluruhnya: {listed(unread)}; jalankan zi check.", err=True)
        sys.exit(1)


def _lives(tree: Tree) -> Tree:
    """Return the tree without the years' files, which no status rests on: nothing is scored to list what is due.

    A unit that has nothing else keeps them, so that it is listed.
    """
    from generator.reading.paths import locate

    places = [(entry, locate(entry.path)) for entry in tree.entries]
    known = {place.unit_id for _, place in places if place is not None and place.year is None}
    kept = (entry for entry, place in places if place and (place.year is None or place.unit_id not in known))
    return replace(tree, entries=tuple(kept))


def _unread(findings: Iterable[Finding]) -> list[str]:
    """Return the paths whose faults can make a status wrong: what lies in a year's folder never does."""
    faulty = {finding.path for finding in findings if finding.level is Level.ERROR}
    return sorted(path for path in faulty if path.count("/") < len(("units", "instansi", "unit", "tahun")))


def as_data(rows: Iterable[Row]) -> dict[str, Any]:
    """Return the units' states as JSON data, in the order given."""
    from generator.registry.agenda import entry

    return {"unit": [entry(unit_id, state) for unit_id, state in rows]}


def as_text(rows: Sequence[Row], day: date) -> Iterator[str]:
    """Yield a list for a monitoring team: by status, the most urgent first, and last a line that counts."""
    yield f"Pemantauan per {day_text(day)}"
    yield ""
    if not rows:
        yield "Belum ada unit di folder units/."
        return
    for status, title in _TITLES.items():
        members = sorted((row for row in rows if row[1].status is status), key=_urgency)
        if members:
            yield f"{title}: {len(members)} unit"
            yield from _table(members)
            yield ""
    counts = Counter(state.status for _, state in rows)
    parts = [f"{counts[status]} {status.value}" for status in _TITLES if counts[status]]
    yield f"{len(rows)} unit: {', '.join(parts)}."


def _urgency(row: Row) -> tuple[date, str]:
    unit_id, state = row
    return state.due or state.barred_until or date.max, unit_id


def _table(members: Sequence[Row]) -> Iterator[str]:
    cells = [_cells(state) for _, state in members]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    for (unit_id, _), row in zip(members, cells, strict=True):
        left = "".join(f"  {cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        if len(left) + len(unit_id) + 2 > _WIDTH and left:
            yield f"  {unit_id}"
            yield f"  {left}".rstrip()
        else:
            yield f"{left}  {unit_id}"


def _cells(state: MonitoringStatus) -> tuple[str, ...]:
    if state.due is not None and state.days is not None:
        left = f"lewat {-state.days} hari" if state.days < 0 else f"sisa {state.days} hari"
        return day_text(state.due), left, state.predicate or "", state.by or ""
    if state.barred_until is not None:
        return (f"sampai dengan {day_text(state.barred_until)}",)
    return ()
