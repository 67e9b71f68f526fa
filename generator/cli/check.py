"""`zi check`: what is wrong with the files under units/."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self, TextIO

import click

from generator.cli.as_of import as_of_option, standing
from generator.cli.reporting import FORMATS, Report, format_option, wants_colour
from generator.model.failure import Failure
from generator.model.finding import Finding, Level
from generator.model.wording import shown

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from generator.reading.blobs import Tree

_UNITS = "units"
_SILENCE = 1.0
"""Seconds before progress is worth a line."""
_BETWEEN = 0.1
"""Seconds between two looks of the line."""


@click.command(help="Periksa berkas units/: skema, aturan antarberkas, tautan, tanggal.")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=str))
@click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri (yang berisi units/).")
@click.option("--rev", help="Periksa isi revisi Git ini, bukan berkas di folder kerja.")
@as_of_option
@format_option
@click.option("--strict", is_flag=True, help="Peringatan juga membuat kode keluar 1.")
def command(*, paths: tuple[str, ...], root: Path, rev: str | None, as_of: str | None, form: str, strict: bool) -> None:
    """Check the whole registry, or the files and folders given; exit 1 where something must be mended."""
    from generator.reading.blobs import open_tree
    from generator.reading.paths import told_at
    from generator.registry import extent

    wanted = sorted({from_root(root, path) for path in paths})
    only = () if _UNITS in wanted else tuple(wanted)
    rev, day = standing(root, as_of, rev)
    with open_tree(root, rev, near=only) as tree:
        for path in wanted:
            if not _is_there(path, tree, root if rev is None else None):
                raise Failure(f"{shown(path, 200)} tidak ada di registri ini; periksa ejaannya.")
        findings = _some(tree, day, root, set().union(*map(told_at, only))) if only else _all(tree, day, root)
        units, files = extent(tree, only)
    report = Report(findings=findings, units=units, files=files)
    for line in FORMATS[form](report, coloured=wants_colour(sys.stdout)):
        click.echo(line)
    stops = report.of(Level.ERROR) + (report.of(Level.WARNING) if strict else 0)
    sys.exit(1 if stops else 0)


def _some(tree: Tree, day: date, root: Path, paths: Collection[str]) -> tuple[Finding, ...]:
    from generator import registry
    from generator.reading.shelf import Shelf

    return registry.check(tree, registry.load_catalogue(shelf=Shelf(root)), day, paths).findings


def _all(tree: Tree, day: date, root: Path) -> tuple[Finding, ...]:
    from generator import registry
    from generator.reading.cache import Cache

    with Cache(root) as cache, Progress(sys.stderr) as progress:
        return registry.check(tree, registry.load_catalogue(), day, cache=cache, progress=progress.show).findings


def from_root(root: Path, path: str) -> str:
    """Return the path as the registry names it ("units/…"); the registry's own folder means "units".

    It is taken from the working directory, else from the root. Raises `Failure` where it is not inside units/.
    """
    top = Path(os.path.realpath(root))
    for start in (Path.cwd(), top):
        lexical = Path(os.path.normpath(start / path))
        # the last part is not followed: a symbolic link in units/ is itself what there is to say
        inside = Path(os.path.realpath(lexical.parent)) / lexical.name
        if inside == top:
            return _UNITS
        if inside == top / _UNITS or top / _UNITS in inside.parents:
            return inside.relative_to(top).as_posix()
    raise Failure(
        f"{shown(path, 200)} di luar {_UNITS}/ registri ini; sebut berkas di dalamnya, atau tunjuk folder registri"
        " dengan --root."
    )


def _is_there(path: str, tree: Tree, root: Path | None) -> bool:
    """Tell whether the path is in the work tree (with a root), or in the revision's tree."""
    if root is not None:
        return os.path.lexists(root / path)
    from generator.reading.paths import told_at

    refused = {finding.path for finding in tree.findings}
    known = [*(entry.path for entry in tree.entries), *refused]
    return any(name == path or name.startswith(path + "/") for name in known) or not refused.isdisjoint(told_at(path))


class Progress:
    """A line on a terminal's stderr that says how far the check is, once it takes longer than a second."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream if stream.isatty() else None
        self._next = time.monotonic() + _SILENCE
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Clear the line."""
        if self._stream is not None and self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def show(self, done: int, of: int) -> None:
        """Show that `done` of `of` folders are checked."""
        now = time.monotonic()
        if self._stream is None or now < self._next:
            return
        self._next = now + _BETWEEN
        self._shown = True
        self._stream.write(f"\rMemeriksa folder {done} dari {of} …\x1b[K")
        self._stream.flush()
