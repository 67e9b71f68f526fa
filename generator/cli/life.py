"""`zi life`: whether the programmes behind the predicates are alive, and what says so."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.as_of import as_of_option, standing
from generator.cli.score import known_unit, matters
from generator.model.day import day_text
from generator.model.exact import apart, decimal_text
from generator.model.life import Life, Signal, Vitality

if TYPE_CHECKING:
    from generator.judging.life_rules import LifeRules

Row = tuple[str, Life | None]
"""A unit's id and the verdict on its programme; None where it holds no predicate."""

_WORDS = {
    Vitality.DORMAN: "dorman",
    Vitality.MELAMBAT: "melambat",
    Vitality.HIDUP: "hidup",
    Vitality.BELUM_CUKUP_DATA: "belum cukup data",
}
"""Every verdict, in the order a list names them."""


@click.command(help="Apakah program integritas unit berpredikat masih hidup: kesimpulan, isyarat, dan pengubahnya.")
@click.argument("unit_id", metavar="[UNIT]", required=False)
@click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri (yang berisi units/).")
@click.option("--rev", help="Baca isi revisi Git ini, bukan berkas di folder kerja.")
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Keluaran untuk program.")
def command(*, unit_id: str | None, root: Path, rev: str | None, as_of: str | None, as_json: bool) -> None:
    """Tell the verdict on every unit, or on one with all its signals; exit 1 where a file could not be used for it."""
    from generator import registry
    from generator.cli import reporting
    from generator.reading.blobs import open_tree

    rev, day = standing(root, as_of, rev)
    catalogue = registry.load_catalogue()
    with open_tree(root, rev) as tree:
        only = known_unit(tree, unit_id) if unit_id is not None else None
        findings = list(tree.findings)
        rows: list[Row] = []
        for reading in registry.readings(tree, catalogue, day, (only,) if only else (), life=True):
            findings += reading.findings
            if reading.record is not None:
                rows.append((reading.unit_id, reading.record.life))
        unusable = sorted({finding for finding in findings if matters(finding, only, None)})
        units, files = registry.extent(tree, (f"units/{only}",) if only else ())
    if as_json:
        lines: Iterator[str] = iter([json.dumps(as_data(rows), ensure_ascii=False, indent=2)])
    else:
        rules = catalogue.life.life
        lines = overview(rows, rules, day) if only is None else details(rows[0], rules, day)
    for line in lines:
        click.echo(line)
    if unusable:
        for line in reporting.as_text(reporting.Report(findings=unusable, units=units, files=files)):
            click.echo(line, err=True)
        sys.exit(1)


def as_data(rows: Iterable[Row]) -> dict[str, Any]:
    """Return the verdicts as JSON data; numbers are decimal strings with 10 digits, half up."""
    return {"unit": [_entry(unit_id, life) for unit_id, life in rows]}


def _entry(unit_id: str, life: Life | None) -> dict[str, Any]:
    return {
        "id": unit_id,
        "kesimpulan": life and life.verdict,
        "nilai": life and _decimal(life.value),
        "bobot_terisi": life and life.filled,
        "pemberitahuan_sampai": life and life.notice_until and life.notice_until.isoformat(),
        "isyarat": [_signal(one) for one in life.signals] if life else [],
    }


def _signal(signal: Signal) -> dict[str, Any]:
    return {
        "kode": signal.code,
        "nama": signal.name,
        "bobot": signal.weight,
        "nilai": _decimal(signal.value),
        "sumbangan": _decimal(signal.contribution),
        "alasan": signal.reason,
        "pengubah": signal.change,
    }


def _decimal(value: Fraction | None) -> str | None:
    return None if value is None else decimal_text(value)


def overview(rows: Sequence[Row], rules: LifeRules, day: date) -> Iterator[str]:
    """Yield a list of the units that hold a predicate, and a last line that counts."""
    yield f"Kehidupan program unit berpredikat per {day_text(day)}"
    yield ""
    judged = [(unit_id, life) for unit_id, life in rows if life is not None]
    for verdict, words in _WORDS.items():
        members = [(unit_id, life) for unit_id, life in judged if life.verdict is verdict]
        if members:
            yield f"{words[0].upper()}{words[1:]}: {len(members)} unit"
            yield from (f"  {_value(life, rules) or '-':<4}  {unit_id}{_notice(life)}" for unit_id, life in members)
            yield ""
    counts = Counter(life.verdict for _, life in judged)
    parts = [f"{counts[verdict]} {words}" for verdict, words in _WORDS.items() if counts[verdict]]
    yield f"{len(judged)} unit berpredikat{': ' if parts else ''}{', '.join(parts)}; {len(rows) - len(judged)} tidak."


def _value(life: Life, rules: LifeRules) -> str:
    if life.value is None:
        return ""
    return apart(life.value, (rules.alive, rules.slowing)).replace(".", ",")


def _notice(life: Life) -> str:
    return f" (dalam pemberitahuan sampai {day_text(life.notice_until)})" if life.notice_until else ""


def details(row: Row, rules: LifeRules, day: date) -> Iterator[str]:
    """Yield one unit's verdict, every signal with its figures, and the limits."""
    unit_id, life = row
    yield f"{unit_id} per {day_text(day)}"
    if life is None:
        yield "Tidak disimpulkan: unit tidak menyandang predikat."
        return
    yield f"Kesimpulan: {_WORDS[life.verdict]}{_notice(life)}"
    yield f"Nilai: {_sum(life, rules)}"
    yield (
        f"Batas: hidup mulai {_figure(rules.alive)}; melambat mulai {_figure(rules.slowing)}; "
        f"paling sedikit {rules.least_weight} dari 100 bobot terisi."
    )
    for signal in life.signals:
        yield ""
        yield f"{signal.name}: {_said(signal)}"
        yield f"  {signal.reason}"
        yield f"  Batas: {signal.limit}"
        yield f"  Yang mengubahnya: {signal.change}"
    yield ""
    yield "Kesimpulan ini tidak mengubah nilai LKE, predikat, atau jatuh tempo pemantauan."


def _sum(life: Life, rules: LifeRules) -> str:
    if life.value is None:
        return f"tidak dihitung, baru {life.filled} dari {rules.least_weight} bobot yang diperlukan terisi."
    points = sum((one.contribution for one in life.signals if one.contribution is not None), Fraction(0))
    return f"{_figure(points)} dari bobot terisi {life.filled} = {_value(life, rules)}"


def _said(signal: Signal) -> str:
    if signal.value is None or signal.contribution is None:
        return f"diam (bobot {signal.weight} tidak ditimbang)"
    return f"{_figure(signal.value)} x bobot {signal.weight} = {_figure(signal.contribution)}"


def _figure(value: Fraction) -> str:
    return decimal_text(value, 2).replace(".", ",")
