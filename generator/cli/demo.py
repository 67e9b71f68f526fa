"""`zi demo`: a registry to try things on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.model.failure import CannotWrite, Failure
from generator.model.wording import reason, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.demo.calendar import Point

_INSTRUMENT = "permenpanrb-90-2021"
_QUIET = 500
"""Commits that take about a second; fewer need no progress bar."""


@click.command(help="Buat registri contoh (repositori Git) dengan unit-unit fiktif di folder DIR yang kosong.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--units", type=click.IntRange(1, 20_000), default=24, show_default=True, help="Banyaknya unit.")
@click.option("--years", type=click.IntRange(1, 10), default=4, show_default=True, help="Banyaknya tahun sampai 2026.")
@click.option("--seed", type=int, default=1, show_default=True, help="Angka acak: angka sama, registri sama.")
def command(folder: Path, units: int, years: int, seed: int) -> None:
    """Write the demo registry; the same arguments always give the same commits."""
    from generator.demo.history import write
    from generator.registry import load_catalogue

    instrument = load_catalogue().instruments[_INSTRUMENT]
    try:
        _refuse_used(folder)
        written = write(folder, instrument, units=units, years=years, seed=seed, progress=_progress)
    except OSError as error:
        raise CannotWrite(
            f"Tidak dapat menulis ke {shown(folder, 200)}: {reason(error)}; periksa izin foldernya."
        ) from error
    click.echo(f"Registri contoh di {folder}: {units} unit, {years} tahun, {written.commits} commit ({written.head}).")
    click.echo(f"Periksa: zi check --root {folder}")


def _refuse_used(folder: Path) -> None:
    """Raise `Failure` unless the folder is absent or empty: nothing of anybody's is overwritten."""
    if folder.is_dir():
        if any(folder.iterdir()):
            raise Failure(f"Folder {shown(folder, 200)} tidak kosong; sebut folder lain, atau kosongkan dahulu.")
    elif folder.exists() or folder.is_symlink():
        raise Failure(f"{shown(folder, 200)} bukan folder; sebut nama folder baru.")


def _progress(points: Sequence[Point]) -> Iterable[Point]:
    """Pass the points on, with a bar on stderr where somebody watches and it takes a while."""
    if len(points) < _QUIET or not sys.stderr.isatty():
        yield from points
        return
    with click.progressbar(points, label="Menulis commit", file=sys.stderr) as bar:
        yield from bar
