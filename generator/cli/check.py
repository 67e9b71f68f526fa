"""`zi check`: what is wrong with the files under units/."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from generator.cli.clock import today
from generator.cli.reporting import FORMATS, Report, wants_colour
from generator.model.failure import Failure
from generator.model.finding import Level

_SILENCE = 1.0
"""Seconds before progress is worth a line."""


@click.command(help="Periksa berkas units/: skema, aturan antarberkas, tautan, tanggal.")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=str))
@click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri (yang berisi units/).")
@click.option("--rev", help="Periksa isi revisi Git ini, bukan berkas di folder kerja.")
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    help="text untuk dibaca, json untuk program, github untuk anotasi.",
)
@click.option("--strict", is_flag=True, help="Peringatan juga membuat kode keluar 1.")
def command(paths: tuple[str, ...], root: Path, rev: str | None, form: str, strict: bool) -> None:  # noqa: FBT001 - click passes a flag by name
    """Check the whole registry, or the files and folders given; exit 1 where something must be mended."""
    from generator import registry
    from generator.reading.blobs import open_tree

    wanted = tuple(sorted({_inside(root, path) for path in paths}))
    if "" in wanted:  # the registry's own folder: everything
        wanted = ()
    with open_tree(root, rev) as tree:
        checked = registry.check(tree, registry.load_catalogue(), today(), wanted, progress=_Progress())
    report = Report(findings=checked.findings, units=checked.units, files=checked.files)
    for line in FORMATS[form](report, coloured=wants_colour(sys.stdout)):
        click.echo(line)
    stops = report.count(Level.ERROR) + (report.count(Level.WARNING) if strict else 0)
    sys.exit(1 if stops else 0)
