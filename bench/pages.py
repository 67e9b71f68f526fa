"""Unit pages against writing the same bytes: composing and writing them, beside a program that only writes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

from bench.measure import here, report, side_by_side
from generator.cli.build import memory
from generator.judging.dating import Dated
from generator.judging.freshness import FreshnessRules, of_unit
from generator.model.judged import UnitRecord
from generator.program_files import MKDOCS
from generator.publishing import freshness, report_card, worksheet
from generator.publishing.dated import Sheets
from generator.publishing.printed import Printed, lay_out
from generator.publishing.site import UNIT_FRAME, YEAR_FRAME
from generator.publishing.theme import Theme, render
from generator.reading.blobs import open_tree
from generator.registry import load_catalogue, records
from generator.writing import publish

TODAY = date(2026, 11, 30)

Files = Iterable[tuple[str, bytes]]


def _write(folder: Path, files: Files) -> None:
    """Write the files and nothing more: no temporary tree, no check, no flush."""
    for path, content in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _publish(folder: Path, files: Files) -> None:
    """Write the files as a site is written: temporary tree, checked against a manifest, flushed, swapped in."""
    folder.mkdir()
    publish(files, folder / "site")


def _pages(
    read: Iterable[tuple[UnitRecord, Dated | None]], theme: Theme, rules: FreshnessRules
) -> Iterator[tuple[str, bytes]]:
    """Compose every report card and every LKE page; instruments are laid out anew."""
    printed: dict[str, Printed] = {}
    for record, dated in read:
        folder = f"unit/{record.unit.id}"
        sheets = Sheets(dated, TODAY) if dated is not None else None
        fresh = of_unit(rules, record.assessments, TODAY)
        evidence = freshness.section(record, fresh, ())
        yield f"{folder}/index.html", report_card.page(record, theme.frames[UNIT_FRAME], alive=(evidence,))
        for assessment in record.assessments:
            instrument = assessment.instrument
            if instrument.id not in printed:
                printed[instrument.id] = lay_out(instrument)
            frame = theme.frames[YEAR_FRAME]
            page = worksheet.page(record, assessment, printed[instrument.id], frame, sheets, fresh=fresh)
            yield f"{folder}/{assessment.declared.year}/index.html", page


def pages_against_bytes(root: Path, folder: Path) -> None:
    """Compose and write every report card and LKE page, beside writing the same bytes; dates of history apart.

    Against mkdir and write the figure depends on the machine's memory: what writing costs is the price of fresh
    pages of it, and a virtual machine gives those back to its host. Therefore every run writes to a folder of its
    own, not into what deleting the run before has just freed; and a second figure has both written as every site is.
    """
    catalogue, theme = load_catalogue(), render(MKDOCS)
    with open_tree(root) as tree:
        bare = [(record, None) for record in records(tree, catalogue, TODAY)]
    with memory(root, None, catalogue) as chronicle:
        if chronicle is None:
            raise RuntimeError(f"{root} has no history")
        dated = [(record, chronicle.unit(record.unit.id).dated) for record, _ in bare]
    folder.mkdir()
    numbers = count()

    def spent(write: Callable[[Path, Files], None], source: Callable[[], Files]) -> float:
        return here(lambda: write(folder / str(next(numbers)), source()))

    for read, writes in ((bare, (_write,)), (dated, (_write, _publish))):
        ready = list(_pages(read, theme, catalogue.freshness))
        size = sum(len(content) for _, content in ready) / len(ready) / 1024
        kind = "halaman unit" if read is bare else "halaman unit bertanggal"
        for write in writes:
            ours, floor, ratio = side_by_side(
                partial(spent, write, partial(_pages, read, theme, catalogue.freshness)),
                partial(spent, write, partial(iter, ready)),
                runs=7,
            )
            each = f"{ours / len(ready) * 1e3:.2f} ms / {floor / len(ready) * 1e3:.2f} ms"
            target = "≤ 4" if write is _write else "–"
            report(f"{kind} / {_WORDS[write]}", ratio, target, f"{each}; {len(ready)} halaman, {size:.0f} KiB")
    shutil.rmtree(folder)


_WORDS = {_write: "menulis byte yang sama", _publish: "menerbitkannya"}
