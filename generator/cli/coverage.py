"""`zi coverage`: how much of what must be monitored is, agency by agency."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.as_of import as_of_option, standing
from generator.cli.due import monitored, stop_for_unread
from generator.model.day import day_text
from generator.model.exact import decimal_text

if TYPE_CHECKING:
    from generator.judging.coverage import Coverage
    from generator.model.declared import Agency

_HEAD = ("Berpredikat", "Dipantau", "Belum jatuh tempo", "Terlambat", "Tindak lanjut", "Instansi")


@click.command(
    help="Cakupan pemantauan setiap instansi: dipantau, belum jatuh tempo, terlambat, tindak lanjut terbuka."
)
@click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri (yang berisi units/).")
@click.option("--rev", help="Baca isi revisi Git ini, bukan berkas di folder kerja.")
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Keluaran untuk program.")
def command(*, root: Path, rev: str | None, as_of: str | None, as_json: bool) -> None:
    """Count the units with a predicate; exit 1 where a file the counts rest on could not be read whole."""
    from generator import registry
    from generator.judging.coverage import coverage
    from generator.registry.agenda import by_agency, coverage_data

    rev, day = standing(root, as_of, rev, by_calendar=True)
    records, unread = monitored(root, rev, registry.load_catalogue(), day)
    rows = [(record.agency, record.monitoring) for record in records]
    if as_json:
        lines: Iterator[str] = iter([json.dumps(coverage_data(rows, day), ensure_ascii=False, indent=2)])
    else:
        lines = as_text(by_agency(rows), coverage(state for _, state in rows), day)
    for line in lines:
        click.echo(line)
    stop_for_unread(unread)


def as_text(agencies: Sequence[tuple[Agency, Coverage]], everything: Coverage, day: date) -> Iterator[str]:
    """Yield a table of the agencies, and a last line of all."""
    yield f"Cakupan pemantauan per {day_text(day)}"
    yield ""
    if not agencies:
        yield "Belum ada unit di folder units/."
        return
    rows = [_HEAD, *((*_cells(counted), agency.id) for agency, counted in agencies)]
    if len(agencies) > 1:
        rows.append((*_cells(everything), "semua instansi"))
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEAD) - 1)]
    for row in rows:
        cells = (f"{cell:>{width}}" for cell, width in zip(row, widths, strict=False))
        yield f"  {'  '.join(cells)}  {row[-1]}"


def _cells(counted: Coverage) -> tuple[str, ...]:
    return (
        str(counted.holding),
        str(counted.monitored) + ("" if counted.share is None else f" ({_percent(counted.share)})"),
        str(counted.new),
        str(counted.overdue),
        str(counted.follow_ups) + (f", {counted.follow_ups_late} lewat" if counted.follow_ups_late else ""),
    )


def _percent(share: Fraction) -> str:
    return decimal_text(share * 100, 2).replace(".", ",") + " %"
