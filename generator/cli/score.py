"""`zi score`: what the answers come to, which conditions hold, what is still unanswered."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.as_of import as_of_option, standing
from generator.model.finding import Finding, Level
from generator.model.wording import listed, shown

if TYPE_CHECKING:
    from generator.model.judged import Assessment, TierResult, UnitRecord, Verdict
    from generator.reading.blobs import Tree
    from generator.registry import Reading

Scored = tuple[str, list["Assessment"]]
"""A unit's id and its years, oldest first."""


@click.command(help="Hitung nilai, syarat WBK/WBBM, dan pertanyaan yang belum dijawab.")
@click.argument("unit_id", metavar="[UNIT]", required=False)
@click.argument("year", metavar="[TAHUN]", required=False)
@click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri (yang berisi units/).")
@click.option("--rev", help="Baca isi revisi Git ini, bukan berkas di folder kerja.")
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Keluaran untuk program.")
def command(
    *, unit_id: str | None, year: str | None, root: Path, rev: str | None, as_of: str | None, as_json: bool
) -> None:
    """Score every unit, one unit, or one of its years; exit 1 where a file could not be used for it."""
    from generator import registry
    from generator.cli import reporting
    from generator.cli.score_text import details, overview
    from generator.reading.blobs import open_tree

    rev, day = standing(root, as_of, rev)
    with open_tree(root, rev) as tree:
        only = known_unit(tree, unit_id) if unit_id is not None else None
        wanted = _known_year(tree, only, year) if only is not None and year is not None else None
        findings = list(tree.findings)
        readings = registry.readings(tree, registry.load_catalogue(), day, (only,) if only else ())
        scored = _scored(readings, wanted, findings)
        as_text = overview if only is None else details
        for line in as_data(scored) if as_json else as_text(scored):
            click.echo(line)
        unusable = sorted({finding for finding in findings if matters(finding, only, wanted)})
        units, files = registry.extent(tree, (f"units/{only}",) if only else ())
    if unusable:
        for line in reporting.as_text(reporting.Report(findings=unusable, units=units, files=files)):
            click.echo(line, err=True)
        sys.exit(1)


def _scored(readings: Iterable[Reading], year: int | None, findings: list[Finding]) -> Iterator[Scored]:
    """Yield each unit as it is read, with its years (or the one asked for); what was found on the way is appended."""
    for reading in readings:
        findings += reading.findings
        if reading.record is not None:
            findings += _left_out(reading.record)
            years = [one for one in reading.record.assessments if year in (None, one.declared.year)]
            yield reading.unit_id, years


def known_unit(tree: Tree, text: str) -> str:
    """Return the unit's id; its folder (units/instansi/unit/) names it too. Raises a usage error where it is none."""
    unit_id = text.removeprefix("./").removeprefix("units/").rstrip("/")
    known = sorted({one for one, _ in _places(tree)})
    if unit_id in known:
        return unit_id
    folder = unit_id.rpartition("/")[2]
    near = [one for one in known if folder and one.endswith(f"/{folder}")] or get_close_matches(unit_id, known, n=3)
    hint = f"Barangkali maksudnya {' atau '.join(near[:3])}?" if near else f"Unit yang ada: {listed(known, 5)}."
    raise click.UsageError(f"Unit {shown(text)} tidak ada. {hint if known else 'Belum ada unit di units/.'}")


def _known_year(tree: Tree, unit_id: str, text: str) -> int:
    """Return the year; raises a usage error where the unit has no such year."""
    known = sorted({year for one, year in _places(tree) if one == unit_id and year is not None})
    for year in known:
        if text == str(year):
            return year
    has = f"Tahun yang ada: {', '.join(map(str, known))}." if known else "Unit ini belum mempunyai tahun penilaian."
    raise click.UsageError(f"Tahun {shown(text)} tidak ada pada {unit_id}. {has}")


def _places(tree: Tree) -> Iterator[tuple[str, int | None]]:
    """Yield unit and year of every file of a unit, those that were refused too."""
    from generator.reading.paths import locate

    for path in (*(entry.path for entry in tree.entries), *(finding.path for finding in tree.findings)):
        location = locate(path)
        if location is not None and location.unit:
            yield location.unit_id, location.year


def _left_out(record: UnitRecord) -> Iterator[Finding]:
    """Find sheets that were not scored: of an instrument nobody has, or another than the year's."""
    assessed = {one.declared.year: one for one in record.assessments}
    for year in record.unit.years:
        assessment = assessed.get(year.year)
        for tier, sheet in year.sheets.items():
            if assessment is not None and tier in assessment.results:
                continue
            yield Finding(
                path=f"units/{record.unit.id}/{year.year}/{tier}.yaml",
                line=0,
                column=0,
                code="instrumen-tidak-cocok" if assessment else "instrumen-tidak-dikenal",
                level=Level.ERROR,
                pointer="/instrumen",
                message=f"Lembar ini tidak dihitung: instrumen {shown(sheet.instrument)} "
                + (f"bukan {assessment.instrument.id}." if assessment else "tidak dikenal."),
                hint="Betulkan baris instrumen, lalu jalankan zi check.",
            )


def matters(finding: Finding, unit_id: str | None, year: int | None) -> bool:
    """Tell whether what was found can make the numbers asked for wrong or absent."""
    if finding.level is not Level.ERROR:
        return False
    if unit_id is None:
        return True
    agency = unit_id.partition("/")[0]
    folder = f"units/{unit_id}/"
    if not finding.path.startswith(folder):
        return finding.path in (f"units/{agency}/instansi.yaml", folder.rstrip("/"))
    inside = finding.path.removeprefix(folder)
    return year is None or "/" not in inside or inside.startswith(f"{year}/")


def as_data(scored: Iterable[Scored]) -> Iterator[str]:
    """Yield one JSON document in pieces, a unit at a time; numbers are decimal strings with 10 digits, half up."""
    separator = '{"unit": ['
    for unit_id, years in scored:
        yield separator
        separator = ","
        yield json.dumps({"id": unit_id, "tahun": [_year(one) for one in years]}, ensure_ascii=False, indent=1)
    yield "]}" if separator == "," else f"{separator}]}}"


def _year(assessment: Assessment) -> dict[str, Any]:
    return {
        "tahun": assessment.declared.year,
        "instrumen": assessment.instrument.id,
        "penentu": {"tingkat": assessment.deciding, "prakiraan": assessment.forecast},
        "tingkat": {tier: _tier(result) for tier, result in assessment.results.items()},
    }


def _tier(result: TierResult) -> dict[str, Any]:
    from generator.model.exact import decimal_text

    return {
        "total": decimal_text(result.score.total),
        "nilai": {code: decimal_text(node.score) for code, node in result.score.nodes.items()},
        "belum_dijawab": list(result.score.unanswered),
        "syarat": {predicate: _verdict(verdict) for predicate, verdict in result.verdicts.items()},
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "terpenuhi": verdict.met,
        "rincian": [
            {
                "kode": condition.code,
                "nama": condition.name,
                "nilai": condition.value,
                "batas": condition.limit,
                "terpenuhi": condition.met,
                "alasan": condition.reason,
            }
            for condition in verdict.conditions
        ],
    }
