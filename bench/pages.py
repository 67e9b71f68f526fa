"""Unit pages against writing the same bytes: composing and writing them, beside a program that only writes."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from bench.measure import here, report, side_by_side
from generator.cli.build import rulebook
from generator.program_files import MKDOCS
from generator.publishing.site import pages
from generator.publishing.theme import render
from generator.reading.blobs import open_tree
from generator.registry import load_catalogue, records

TODAY = date(2026, 11, 30)


def _write(folder: Path, files: list[tuple[str, bytes]]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for path, content in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def pages_against_bytes(root: Path, folder: Path) -> None:
    """Compose and write every page below /unit/ of the registry, and write the same bytes again for the floor."""
    catalogue = load_catalogue()
    with open_tree(root) as tree:
        read = list(records(tree, catalogue, TODAY))
    theme, rules = render(MKDOCS), rulebook(catalogue)

    def compose() -> list[tuple[str, bytes]]:
        return [page for page in pages(read, theme, rules, TODAY) if page[0].startswith("unit/")]

    ready = compose()
    size = sum(len(content) for _, content in ready) / len(ready) / 1024
    ours, floor, ratio = side_by_side(
        lambda: here(lambda: _write(folder, compose())), lambda: here(lambda: _write(folder, ready)), runs=5
    )
    detail = (
        f"{ours / len(ready) * 1e3:.2f} ms / {floor / len(ready) * 1e3:.2f} ms; {len(ready)} halaman, {size:.0f} KiB"
    )
    report("halaman unit / menulis byte yang sama", ratio, "≤ 4", detail)
