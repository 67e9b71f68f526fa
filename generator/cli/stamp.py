"""`zi stamp`: bind an assessor's judgement to the answers it judged. Only the keys `menilai` are written."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from generator.model.failure import Failure
from generator.model.wording import listed, shown

if TYPE_CHECKING:
    from generator.judging.binding import Stamps
    from generator.model.document import Document
    from generator.model.finding import Finding
    from generator.reading.blobs import Tree

_TIERS = ("tpi", "tpn")


@click.command(help="Stempel penilaian TPI/TPN: catat sidik jawaban mandiri yang dinilai, pada kunci menilai.")
@click.argument("targets", metavar="BERKAS... | UNIT TAHUN", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("--tier", type=click.Choice(_TIERS), help="Untuk UNIT TAHUN: lembar ini saja; tanpa ini setiap yang ada.")
@click.option("--kode", "codes", multiple=True, help="Pertanyaan ini saja, misalnya A.I.1.i.a; boleh diulang.")
@click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri (yang berisi units/).")
@click.option("--check", "only_check", is_flag=True, help="Tidak menulis; kode keluar 1 bila ada yang perlu distempel.")
def command(
    *, targets: tuple[str, ...], tier: str | None, codes: tuple[str, ...], root: Path, only_check: bool
) -> None:
    """Stamp all judged answers of the sheets, or those asked for; exit 1 where one stays unbound."""
    from generator.reading.blobs import open_tree

    paths = _paths(root, targets, tier)
    with open_tree(root, near=paths) as tree:
        sheets = tuple(_sheets(tree, paths))
    _refuse_unknown(codes, sheets)
    clean = True
    for sheet in sheets:
        found = sheet.lacks(codes)
        if not only_check:
            _write(root, sheet, found)
        for line in _said(sheet.path, found, written=not only_check):
            click.echo(line)
        clean = clean and not found.absent and not (only_check and _any(found))
    sys.exit(0 if clean else 1)


class _Sheet(NamedTuple):
    """An assessor's file and the data of it, of the unit's own sheet beside it and of the year's surveys."""

    path: str
    raw: bytes
    data: Mapping[str, Any]
    own: Mapping[str, Any]
    surveys: Mapping[str, Any]

    def lacks(self, only: Collection[str] = ()) -> Stamps:
        """Return the stamps the file lacks."""
        from generator.judging.binding import stamps

        return stamps(self.data, self.own, only, self.surveys)


def _paths(root: Path, targets: Sequence[str], tier: str | None) -> tuple[str, ...]:
    """Return the assessors' files meant ("units/…"), sorted; raises a usage error or `Failure` where one is none."""
    from generator.cli.check import from_root
    from generator.reading.paths import is_year

    if len(targets) == len(("unit", "tahun")) and is_year(targets[1]):
        folder = f"units/{targets[0].removeprefix('units/').rstrip('/')}/{targets[1]}"
        wanted = [f"{folder}/{one}.yaml" for one in (_TIERS if tier is None else (tier,))]
        there = tuple(_assessors(path) for path in wanted if os.path.lexists(root / path))
        if not there:
            raise Failure(f"Tidak ada {' atau '.join(wanted)} di registri ini; periksa unit dan tahunnya.")
        return there
    if tier is not None:
        raise click.UsageError("--tier hanya untuk UNIT TAHUN; nama berkas sudah menyebut lembarnya.")
    return tuple(sorted({_assessors(from_root(root, target)) for target in targets}))


def _assessors(path: str) -> str:
    from generator.reading.paths import locate

    location = locate(path)
    if location is None or location.kind not in _TIERS:
        raise click.UsageError(f"{shown(path, 200)} bukan tpi.yaml atau tpn.yaml; tulis berkas itu, atau UNIT TAHUN.")
    return path


def _sheets(tree: Tree, paths: Sequence[str]) -> Iterator[_Sheet]:
    """Read the files and what lies beside them that was judged; ends the command where one of them is faulty."""
    from generator.model.finding import Level
    from generator.reading.units import read_document
    from generator.registry import load_catalogue

    schemas = load_catalogue().schemas
    beside = {path: [f"{path.rpartition('/')[0]}/{name}.yaml" for name in ("mandiri", "survei")] for path in paths}
    needed = {*paths, *(one for names in beside.values() for one in names)}
    findings = [finding for finding in tree.findings if finding.path in needed]
    raws: dict[str, bytes] = {}
    documents: dict[str, Document] = {}
    for entry, raw in tree.read(entry for entry in tree.entries if entry.path in needed):
        document, faults = read_document(entry.path, raw, schemas)
        findings += faults
        raws[entry.path] = raw
        if document is not None:
            documents[entry.path] = document
    _refuse_faulty([finding for finding in findings if finding.level is Level.ERROR])
    for path in paths:
        if path not in documents:
            raise Failure(f"{shown(path, 200)} tidak ada di registri ini; periksa ejaannya.")
        own, surveys = (documents[one].data if one in documents else {} for one in beside[path])
        yield _Sheet(path, raws[path], documents[path].data, own, surveys)


def _refuse_faulty(findings: Sequence[Finding]) -> None:
    if not findings:
        return
    from generator.cli.reporting import Report, as_text

    for line in as_text(Report(findings=sorted(findings), units=1, files=len({one.path for one in findings}))):
        click.echo(line, err=True)
    click.echo("Tidak ada yang distempel: betulkan dahulu kesalahan di atas.", err=True)
    sys.exit(1)


def _refuse_unknown(codes: Sequence[str], sheets: Sequence[_Sheet]) -> None:
    known = {code for sheet in sheets for code in sheet.lacks().judged}
    unknown = [shown(code) for code in codes if code not in known]
    if unknown:
        places = listed([sheet.path for sheet in sheets])
        raise click.UsageError(f"Pertanyaan {listed(unknown)} tidak dinilai di {places}; periksa kodenya.")


def _any(found: Stamps) -> bool:
    return bool(found.answers) or found.whole is not None


def _write(root: Path, sheet: _Sheet, found: Stamps) -> None:
    from generator.stamping import Unfit, stamped
    from generator.writing import replace_file

    if not _any(found):
        return
    try:
        content = stamped(sheet.raw, found.answers, found.whole)
    except Unfit:
        raise Failure(
            f"{sheet.path} ditulis dengan cara yang tidak dapat distempel; tulis setiap pertanyaan seperti buatan "
            "zi new, atau hapus baris menilai yang lama, lalu ulangi."
        ) from None
    replace_file(root / sheet.path, content)


def _said(path: str, found: Stamps, *, written: bool) -> Iterator[str]:
    """Yield what was done to the file, or would be, and what is left to a person."""
    codes = tuple(found.answers)
    if not found.judged:
        yield f"{path}: belum ada pertanyaan yang dinilai."
    elif not _any(found):
        yield f"{path}: {'tidak ada yang ditulis' if found.loose else 'sudah distempel'}."
    else:
        parts = [f"{len(codes)} pertanyaan ({listed(codes)})"] if codes else []
        parts += ["seluruh lembar"] if found.whole is not None else []
        yield f"{path}: {'distempel' if written else 'perlu distempel'}: {' dan '.join(parts)}."
    if found.absent:
        yield (
            f"    Tidak ada jawaban unit di mandiri.yaml untuk {listed(found.absent)}: hapus penilaiannya di sini, "
            "atau minta unit menjawabnya."
        )
    rest = tuple(code for code in found.loose if code not in found.absent)
    if rest:
        yield f"    Seluruh lembar distempel sesudah {len(rest)} pertanyaan lain dinilai ulang: {listed(rest)}."
