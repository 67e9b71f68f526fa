"""Unit pages against writing the same bytes: composing and writing them, beside a program that only writes."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from bench.measure import here, report, side_by_side
from generator.cli.build import rulebook
from generator.program_files import MKDOCS
from generator.publishing.site import pages
from generator.publishing.theme import render
from generator.reading.blobs import open_tree
from generator.registry import load_catalogue, records
from generator.writing import publish

TODAY = date(2026, 11, 30)


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write the files and nothing more: no temporary tree, no check, no flush."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, content in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _publish(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write the files as a site is written: temporary tree, checked against a manifest, flushed, swapped in."""
    shutil.rmtree(folder, ignore_errors=True)
    publish(files, folder / "site")


def pages_against_bytes(root: Path, folder: Path) -> None:
    """Compose and write every page below /unit/, beside writing the same bytes again.

    Two floors: writing them as every site is written, which is what a page costs beyond composing it, and writing
    them plainly, which no reader could rely on.
    """
    catalogue = load_catalogue()
    with open_tree(root) as tree:
        read = list(records(tree, catalogue, TODAY))
    theme, rules = render(MKDOCS), rulebook(catalogue)

    def compose() -> Iterator[tuple[str, bytes]]:
        return (page for page in pages(read, theme, rules, TODAY) if page[0].startswith("unit/"))

    ready = list(compose())
    size = sum(len(content) for _, content in ready) / len(ready) / 1024
    for name, write in (("menerbitkan", _publish), ("menulis polos", _write)):
        ours, floor, ratio = side_by_side(
            lambda write=write: here(lambda: write(folder, compose())),
            lambda write=write: here(lambda: write(folder, ready)),
            runs=5,
        )
        each = f"{ours / len(ready) * 1e3:.2f} ms / {floor / len(ready) * 1e3:.2f} ms"
        report(f"halaman unit / {name} byte yang sama", ratio, "≤ 4", f"{each}; {len(ready)} halaman, {size:.0f} KiB")
