"""`zi diff`: what is different between two revisions, and what that did to scores and conditions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.clock import today
from generator.cli.score_text import NAMES, WORDS
from generator.model.exact import decimal_text

if TYPE_CHECKING:
    from fractions import Fraction

    from generator.registry.differences import Difference, Flip, TotalMoved

_MOST_LINES = 60
"""Lines per unit in Markdown: a comment on a pull request has an end."""
_MOST_UNITS = 40


@click.command(help="Bandingkan dua revisi: unit, nilai, syarat, dan jawaban yang berubah.")
@click.argument("before", metavar="REV1")
@click.argument("after", metavar="REV2")
@click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri (yang berisi units/).")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "markdown", "json")),
    default="text",
    help="text untuk dibaca, markdown untuk komentar pull request, json untuk program.",
)
def command(*, before: str, after: str, root: Path, form: str) -> None:
    """Print what differs from REV1 to REV2; exit 3 where one of them cannot be read."""
    from generator import registry
    from generator.reading.blobs import open_tree
    from generator.registry.differences import differences

    with open_tree(root, before) as old, open_tree(root, after) as new:
        found = differences(old, new, registry.load_catalogue(), today())
        for line in _FORMATS[form](before, after, found):
            click.echo(line)


def as_text(before: str, after: str, found: Iterable[Difference]) -> Iterator[str]:
    """Yield lines for a person at a terminal."""
    from generator.cli.change_text import lines, plain

    yield f"Perubahan dari {plain(before)} ke {plain(after)}"
    count = 0
    for difference in found:
        count += 1
        yield ""
        yield _title(difference)
        for total in difference.totals:
            yield f"  nilai {_whose(total)}: {_figure(total.before)} → {_figure(total.after)}"
        for flip in difference.flips:
            yield f"  {_condition(flip)}: {WORDS[flip.before]} → {WORDS[flip.after]}"
        for where, code, what in lines(difference.changes, plain):
            yield "  " + "  ".join(filter(None, (where, code, what)))
        if not difference.changes:
            yield "  hanya cara menulisnya yang berubah"
    yield ""
    yield f"{count} unit atau instansi berubah." if count else "Tidak ada yang berubah."


def as_markdown(before: str, after: str, found: Iterable[Difference]) -> Iterator[str]:
    """Yield Markdown; what a stranger wrote stands in code spans that it cannot leave (`inert`)."""
    yield f"## Perubahan dari {inert(before)} ke {inert(after)}"
    count = 0
    for difference in found:
        count += 1
        if count <= _MOST_UNITS:
            yield from _unit_markdown(difference)
    yield ""
    if count > _MOST_UNITS:
        yield f"Ditampilkan {_MOST_UNITS} unit pertama."
    yield f"{count} unit atau instansi berubah." if count else "Tidak ada yang berubah."


def _unit_markdown(difference: Difference) -> Iterator[str]:
    from generator.cli.change_text import lines

    yield from ("", f"### {_title(difference)}")
    if difference.totals:
        yield from ("", "| Nilai | Sebelum | Sesudah |", "|---|---:|---:|")
        for total in difference.totals:
            yield f"| {_whose(total)} | {_figure(total.before)} | {_figure(total.after)} |"
    if difference.flips:
        yield from ("", "| Syarat | Sebelum | Sesudah |", "|---|---|---|")
        for flip in difference.flips:
            yield f"| {_condition(flip)} | {WORDS[flip.before]} | {WORDS[flip.after]} |"
    yield ""
    told = [", ".join(filter(None, line)) for line in lines(difference.changes, inert)]
    for line in told[:_MOST_LINES]:
        yield f"- {line}"
    if len(told) > _MOST_LINES:
        yield f"- dan {len(told) - _MOST_LINES} perubahan lain"
    if not told:
        yield "- hanya cara menulisnya yang berubah"


_LOOKALIKES = str.maketrans({"`": "ˋ", "|": "¦", "@": "＠", "<": "‹", ">": "›"})
"""What could end a code span or a cell, name a person or begin a tag; in its place something that looks alike."""


def inert(text: str, limit: int = 80) -> str:
    """Return a stranger's text, cut, as a Markdown code span: no HTML, link, image or mention lives in it.

    >>> inert("a`b|@c")
    '`aˋb¦＠c`'
    """
    from generator.cli.change_text import plain

    shown = plain(text, limit).translate(_LOOKALIKES)
    return f"`{shown}`" if shown.strip() else "(kosong)"


def as_json(before: str, after: str, found: Iterable[Difference]) -> Iterator[str]:
    """Yield one JSON document in pieces, a unit at a time; totals are decimal strings with 10 digits."""
    yield f'{{"dari": {json.dumps(before)}, "ke": {json.dumps(after)}, "unit": ['
    separator = "\n"
    for difference in found:
        yield separator + json.dumps(_data(difference), ensure_ascii=True)  # no control character reaches a terminal
        separator = ","
    yield "]}"


def _data(difference: Difference) -> dict[str, Any]:
    from generator.cli.change_text import as_data

    return {
        "unit": difference.unit,
        "asal": difference.old_id or None,
        "nilai": [
            {
                "tahun": total.year,
                "tingkat": total.tier,
                "sebelum": decimal_text(total.before) if total.before is not None else None,
                "sesudah": decimal_text(total.after) if total.after is not None else None,
            }
            for total in difference.totals
        ],
        "syarat": [
            {
                "tahun": flip.year,
                "tingkat": flip.tier,
                "predikat": flip.predicate,
                "kode": flip.code or None,
                "nama": flip.name or None,
                "sebelum": flip.before,
                "sesudah": flip.after,
            }
            for flip in difference.flips
        ],
        "perubahan": [as_data(change) for change in difference.changes],
    }


def _title(difference: Difference) -> str:
    return f"{difference.unit} (sebelumnya {difference.old_id})" if difference.old_id else difference.unit


def _whose(total: TotalMoved | Flip) -> str:
    return f"{NAMES[total.tier]} {total.year}"


def _condition(flip: Flip) -> str:
    return f"syarat {flip.predicate} {_whose(flip)}, {flip.name or 'semua syarat'}"


def _figure(value: Fraction | None) -> str:
    return "–" if value is None else decimal_text(value, 2).replace(".", ",")


_FORMATS: dict[str, Callable[[str, str, Iterable[Difference]], Iterator[str]]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
}
