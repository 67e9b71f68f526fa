"""`zi rules preview`: what another rule file would make of the units, before anybody changes a rule."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from generator.cli.as_of import as_of_option, standing
from generator.model.failure import Failure
from generator.model.wording import reason

if TYPE_CHECKING:
    from datetime import date

    from generator.reading.blobs import Tree
    from generator.registry.preview import Changed, Replacement, UnitChanges

_MOST_UNITS = 20
"""Units a comment tells of in full."""
_MOST_CHANGES = 8
"""Changes a comment tells of one unit."""
_LONGEST = 120
_FIRST = ("kesimpulan", "status pemantauan", "memenuhi syarat", "syarat", "nilai")
"""Kinds of change a comment tells before others."""


class Seen(NamedTuple):
    """What a preview found."""

    news: Sequence[Replacement]
    day: date
    units: int
    """All that were looked at."""
    changed: Sequence[UnitChanges]


@click.group(help="Aturan registri: lihat dahulu apa yang akan berubah.")
def command() -> None:
    """Hold what there is to do with rules."""


@command.command(
    help="Daftar unit yang status, kesimpulan, atau nilainya akan berubah dengan berkas aturan BARU.yaml "
    "(pemantauan.yaml, kesegaran.yaml, kehidupan.yaml, atau instrumen); beberapa berkas berlaku bersama. "
    "Tidak ada yang diubah.",
    short_help="Unit mana yang akan berubah, dan bagaimana.",
)
@click.argument("new", metavar="BARU.yaml…", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri (yang berisi units/).")
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Keluaran untuk program.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "markdown")),
    default="text",
    help="text untuk dibaca, markdown untuk komentar pull request.",
)
def preview(*, new: tuple[Path, ...], root: Path, as_of: str | None, as_json: bool, form: str) -> None:
    """Print what would change; exit 1 where the new file has faults, which are printed instead."""
    from generator.cli import reporting
    from generator.reading.blobs import open_tree
    from generator.registry.preview import Unsound, replacement

    rev, day = standing(root, as_of, None)
    try:
        news = [replacement(_read(path), path.as_posix()) for path in new]
    except Unsound as unsound:
        report = reporting.Report(findings=unsound.findings, units=0, files=1, looked="1 berkas aturan diperiksa")
        for line in (reporting.as_json if as_json else reporting.as_text)(report):
            click.echo(line)
        sys.exit(1)
    with open_tree(root, rev) as tree:
        seen = look(tree, news, day)
    if as_json:
        click.echo(json.dumps(as_data(seen), ensure_ascii=False, indent=2))
        return
    for line in (as_markdown if form == "markdown" else as_text)(seen):
        click.echo(line)


def _read(path: Path) -> bytes:
    from generator.reading.strict_yaml import INSTRUMENT

    try:
        with path.open("rb") as file:
            return file.read(INSTRUMENT.size + 1)  # a byte more than is read as a rule file is refused as too large
    except OSError as error:
        raise Failure(f"{path}: tidak dapat dibaca ({reason(error)}). Periksa nama berkasnya.") from None


def look(tree: Tree, news: Sequence[Replacement], day: date) -> Seen:
    """Return what the new files would change in the tree."""
    from generator.registry.preview import preview as preview_of

    met: list[str] = []
    changed = tuple(preview_of(tree, news, day, met=met))
    return Seen(news=news, day=day, units=len(met), changed=changed)


def as_data(seen: Seen) -> dict[str, Any]:
    """Return what would change as JSON data."""
    return {
        "berkas": [f"schema/{new.place}" for new in seen.news],
        "per": seen.day.isoformat(),
        "diperiksa": seen.units,
        "unit": [
            {
                "id": unit.unit,
                "nama": unit.name,
                "perubahan": [
                    {"jenis": one.kind, "hal": one.label, "sekarang": one.before, "menjadi": one.after}
                    for one in unit.changes
                ],
            }
            for unit in seen.changed
        ],
        "jumlah": dict(_counts(seen.changed)),
    }


def as_text(seen: Seen) -> Iterator[str]:
    """Yield lines for a person: unit by unit what is now and what would be, and last a line that counts."""
    from generator.cli.change_text import plain
    from generator.model.day import day_text

    places = ", ".join(f"schema/{new.place}" for new in seen.news)
    yield f"Andai {places} diganti, per {day_text(seen.day)}"
    yield from _new_instrument(seen)
    yield ""
    for unit in seen.changed:
        yield f"{unit.unit}  {plain(unit.name)}"
        for one in unit.changes:
            yield f"  {plain(one.label, _LONGEST)}: {plain(one.before, _LONGEST)} → {plain(one.after, _LONGEST)}"
        yield ""
    yield summary(seen)


def as_markdown(seen: Seen) -> Iterator[str]:
    """Yield the lines of a comment: what counts first; text of files stands in code spans alone."""
    from generator.cli.inert import inert

    yield summary(seen)
    yield from _new_instrument(seen)
    for unit in sorted(seen.changed, key=lambda unit: min(map(_weight, unit.changes)))[:_MOST_UNITS]:
        yield ""
        yield f"#### {inert(unit.name)} ({inert(unit.unit)})"
        yield ""
        yield "| hal | sekarang | menjadi |"
        yield "| --- | --- | --- |"
        for one in sorted(unit.changes, key=_weight)[:_MOST_CHANGES]:
            cells = (inert(text, _LONGEST) for text in (one.label, one.before, one.after))
            yield f"| {' | '.join(cells)} |"
        if len(unit.changes) > _MOST_CHANGES:
            yield ""
            yield f"… dan {len(unit.changes) - _MOST_CHANGES} hal lain pada unit ini."
    if len(seen.changed) > _MOST_UNITS:
        yield ""
        yield f"… dan {len(seen.changed) - _MOST_UNITS} unit lain."


def _weight(change: Changed) -> int:
    return _FIRST.index(change.kind) if change.kind in _FIRST else len(_FIRST)


def summary(seen: Seen) -> str:
    """Return one line: how many units would change, and in what."""
    counts = ", ".join(f"{number} {kind}" for kind, number in _counts(seen.changed))
    if not seen.changed:
        return f"Tidak ada yang akan berubah; {seen.units} unit diperiksa."
    return f"{len(seen.changed)} dari {seen.units} unit akan berubah: {counts}."


def _counts(changed: Sequence[UnitChanges]) -> list[tuple[str, int]]:
    """Return of each kind of thing how many units it would change, the most first."""
    kinds = Counter(kind for unit in changed for kind in {one.kind for one in unit.changes})
    return sorted(kinds.items(), key=lambda each: (-each[1], each[0]))


def _new_instrument(seen: Seen) -> Iterator[str]:
    for new in seen.news:
        if new.is_new:
            yield f"schema/{new.place} baru: belum ada penilaian yang memakainya menurut aturan yang berlaku."
