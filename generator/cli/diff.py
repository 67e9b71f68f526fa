"""`zi diff`: what is different between two revisions, and what that did to scores and conditions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.clock import today
from generator.cli.inert import inert
from generator.cli.score_text import WORDS
from generator.model.exact import decimal_text

if TYPE_CHECKING:
    from generator.judging.attention import Attention
    from generator.model.finding import Finding
    from generator.registry.differences import Difference

__all__ = ["command", "inert"]


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
    from generator.registry.moved import moves_between

    with open_tree(root, before) as old, open_tree(root, after) as new:
        remembered = partial(moves_between, root, before, after)
        found = differences(old, new, registry.load_catalogue(), today(), remembered)
        for line in _FORMATS[form](before, after, found):
            click.echo(line)


def as_text(before: str, after: str, found: Iterable[Difference]) -> Iterator[str]:
    """Yield lines for a person at a terminal."""
    from generator.cli.change_text import plain

    yield f"Perubahan dari {plain(before)} ke {plain(after)}"
    count = 0
    for difference in found:
        count += 1
        yield ""
        yield f"{difference.unit} (sebelumnya {difference.old_id})" if difference.old_id else difference.unit
        yield from (f"  {line}" for line in _unit_text(difference))
    yield ""
    yield f"{count} unit atau instansi berubah." if count else "Tidak ada yang berubah."


def _unit_text(difference: Difference) -> Iterator[str]:
    from generator.cli.change_text import lines, plain
    from generator.cli.diff_words import LEVELS, condition, figure, whose

    for total in difference.totals:
        yield f"nilai {whose(total)}: {figure(total.before)} → {figure(total.after)}"
    for flip in difference.flips:
        yield f"{condition(flip)}: {WORDS[flip.before]} → {WORDS[flip.after]}"
    for name, found in (("baru", difference.findings.new), ("selesai", difference.findings.solved)):
        for one in found:
            where = plain(f"{one.path}:{one.line}" if one.line else one.path, _LONG)
            yield f"temuan {name}: {LEVELS[one.level]} {one.code} di {where}: {plain(one.message, _LONG)}"
    for line in lines(difference.changes, plain):
        yield "  ".join(filter(None, line))
    if not difference.changes and not difference.findings.new and not difference.findings.solved:
        yield "hanya cara menulisnya yang berubah"


_LONG = 300
"""Characters of a finding's path and of its message."""


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
        "temuan_baru": [_finding(finding) for finding in difference.findings.new],
        "temuan_selesai": [_finding(finding) for finding in difference.findings.solved],
        "perhatian": [_attention(one) for one in difference.attention],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(finding)


def _attention(one: Attention) -> dict[str, Any]:
    return {
        "alasan": one.reason,
        "tahun": one.year,
        "tingkat": one.tier,
        "kode": one.code,
        "sebelum": one.before or None,
        "sesudah": one.after or None,
        "dinilai_oleh": list(one.judges),
        "bukti": one.title or None,
        "dipakai_juga": [{"unit": use.unit, "tahun": int(use.year), "kode": use.question} for use in one.uses],
    }


def _as_markdown(before: str, after: str, found: Iterable[Difference]) -> Iterator[str]:
    from generator.cli.diff_markdown import as_markdown

    return as_markdown(before, after, found)


_FORMATS: dict[str, Callable[[str, str, Iterable[Difference]], Iterator[str]]] = {
    "text": as_text,
    "markdown": _as_markdown,
    "json": as_json,
}
