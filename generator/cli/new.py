"""`zi new`: the first files of a unit or of a year, or one file of its own. Nothing that stands already is touched."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.model.declared import Tier
from generator.model.failure import Failure, RepositoryUnusable
from generator.model.wording import listed, shown

if TYPE_CHECKING:
    from generator.model.finding import Finding
    from generator.model.instrument import Instrument
    from generator.registry import Catalogue
    from generator.scaffolding import Files

_WRITERS = {"unit": Tier.MANDIRI, "tpi": Tier.TPI, "tpn": Tier.TPN}
"""Who fills a year's files -> their tier."""

_root = click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri.")
_unit_id = click.argument("unit_id", metavar="INSTANSI/UNIT")


@click.group(help="Buat kerangka unit, tahun, tanggapan, atau kasus; tidak ada berkas yang ditimpa.")
def command() -> None:
    """Group the scaffolds."""


@command.command(help="Buat folder unit. INSTANSI/UNIT adalah id-nya, misalnya contoh/kppn-contoh-satu.")
@_unit_id
@click.option("--nama", "name", required=True, help='Nama unit, misalnya "KPPN Contoh Satu".')
@click.option("--nama-instansi", "agency_name", help="Nama instansi; dipakai bila instansinya juga baru.")
@_root
def unit(*, unit_id: str, name: str, agency_name: str | None, root: Path) -> None:
    """Scaffold unit.yaml, predikat.yaml and pemantauan.yaml, and instansi.yaml where the agency is new."""
    from generator import scaffolding
    from generator.registry import load_catalogue

    agency, short = _checked_id(unit_id)
    files = scaffolding.unit_files(f"{agency}/{short}", name)
    _refuse_standing(root, files, f"Unit {agency}/{short}")
    known = os.path.lexists(root / "units" / agency / "instansi.yaml")
    if not known:
        files = {**files, **scaffolding.agency_files(agency, agency_name or agency.replace("-", " ").title())}
    _write(root, files, load_catalogue())
    if known and agency_name is not None:
        click.echo(f"Nama instansi tidak diubah: units/{agency}/instansi.yaml sudah ada.")
    elif not known and agency_name is None:
        click.echo(f"Nama instansi diambil dari id-nya; betulkan di units/{agency}/instansi.yaml.")
    click.echo(f"Berikutnya: zi new tahun {agency}/{short} TAHUN{_at(root)}")


@command.command(help="Buat berkas satu tahun dengan semua pertanyaan instrumen, belum dijawab.")
@_unit_id
@click.argument("year", metavar="TAHUN")
@click.option("--instrumen", "wanted", help="Id instrumen; tanpa ini: milik mandiri.yaml, atau yang terbaru.")
@click.option(
    "--untuk",
    "writer",
    type=click.Choice(tuple(_WRITERS)),
    default="unit",
    help="Siapa yang mengisi: unit (mandiri, survei, clearance), tpi, atau tpn.",
)
@_root
def tahun(*, unit_id: str, year: str, wanted: str | None, writer: str, root: Path) -> None:
    """Scaffold the unit's own files of a year, or an assessor's sheet: an assessor's file means it has begun."""
    from generator import scaffolding
    from generator.registry import load_catalogue

    _checked_id(unit_id)
    number = _checked_year(year)
    place = _known_unit(unit_id, root)
    catalogue = load_catalogue()
    instrument = _instrument(catalogue, wanted or _used(root / "units" / place / year / "mandiri.yaml"))
    tier = _WRITERS[writer]
    files = (
        scaffolding.year_files(place, number, instrument)
        if tier is Tier.MANDIRI
        else scaffolding.sheet_file(place, number, instrument, tier)
    )
    _refuse_standing(root, files, f"Tahun {year} untuk {place}")
    _write(root, files, catalogue)
    others = len(catalogue.instruments) - 1
    click.echo(f"Instrumen: {instrument.id}" + (f" (ada {others} lagi; pilih dengan --instrumen)" if others else ""))
    click.echo(f"Berikutnya: isi {tier}.yaml, lalu zi check units/{place}/{year}{_at(root)}")


@command.command(help="Buat tanggapan.yaml: hak jawab unit atas kesimpulan tentang dirinya.")
@_unit_id
@_root
def tanggapan(*, unit_id: str, root: Path) -> None:
    """Scaffold the unit's reply."""
    from generator import scaffolding

    _one(unit_id, root, scaffolding.reply_file)


@command.command(help="Buat kasus.yaml: kasus yang sudah terbuka untuk umum; diisi TPI atau TPN.")
@_unit_id
@_root
def kasus(*, unit_id: str, root: Path) -> None:
    """Scaffold the file of public cases."""
    from generator import scaffolding

    _one(unit_id, root, scaffolding.case_file)


def _one(unit_id: str, root: Path, made: Callable[[str], Files]) -> None:
    """Write the one file of a unit that is there; raises `Failure` where it is not, or has the file."""
    from generator.registry import load_catalogue

    place = _known_unit(unit_id, root)
    files = made(place)
    (path,) = files
    _refuse_standing(root, files, f"Berkas itu untuk {place}")
    _write(root, files, load_catalogue())
    click.echo(f"Berikutnya: isi {path}, lalu zi check {path}{_at(root)}")


def _known_unit(unit_id: str, root: Path) -> str:
    """Return the id of a unit that is there; raises `Failure` where it is not."""
    place = "/".join(_checked_id(unit_id))
    if not (root / "units" / place / "unit.yaml").is_file():
        raise Failure(f'Unit {place} belum ada di sini; buat dahulu: zi new unit {place} --nama "…"{_at(root)}')
    return place


def _checked_id(text: str) -> tuple[str, str]:
    """Return agency and unit of "instansi/unit" (also as a path, with "units/" before it); raises `Failure`."""
    from generator.reading.paths import folder_fault

    parts = text.removeprefix("units/").rstrip("/").split("/")
    faults = [fault for part in parts if (fault := folder_fault(f"units/{part}"))]
    if len(parts) != len(("instansi", "unit")):
        hint = faults[0].hint if faults else f"Misalnya contoh/{parts[-1]}."
        raise Failure(f"{shown(text, ascii_only=True)} bukan INSTANSI/UNIT: dua id dengan garis miring. {hint}")
    if faults:
        raise Failure(_said(faults))
    return parts[0], parts[1]


def _checked_year(text: str) -> int:
    from generator.reading.paths import is_year

    if not is_year(text):
        raise Failure(f"{shown(text)} bukan tahun penilaian; tulis empat angka, 2000 sampai 2099.")
    return int(text)


def _used(sheet: Path) -> str | None:
    """Return the instrument of the unit's own sheet, so that an assessor's matches it; None without a sheet."""
    from generator.reading.strict_yaml import Refused, load

    if not sheet.is_file():
        return None
    try:
        name = load(sheet.read_bytes(), path=sheet.name).data.get("instrumen")
    except (Refused, OSError):
        raise Failure(f"{sheet} tidak terbaca; betulkan dahulu menurut zi check.") from None
    return None if name is None else str(name)


def _instrument(catalogue: Catalogue, wanted: str | None) -> Instrument:
    """Return the instrument asked for, else the newest."""
    known = catalogue.instruments
    if wanted is None:
        return newest(catalogue)
    if wanted not in known:
        raise Failure(f"Instrumen {shown(wanted)} tidak dikenal; yang ada: {listed(sorted(known))}.")
    return known[wanted]


def newest(catalogue: Catalogue) -> Instrument:
    """Return the instrument whose id ends with the latest year."""
    known = catalogue.instruments
    return known[max(known, key=lambda name: (re.findall(r"[0-9]{4}$", name), name))]


def _refuse_standing(root: Path, files: Iterable[str], what: str) -> None:
    """Raise `Failure` where any of the files (or something of its name) is there already."""
    if not root.is_dir():
        raise RepositoryUnusable(f"Folder {shown(root, 200)} tidak ada; tunjuk folder registri dengan --root.")
    standing = sorted(path for path in files if os.path.lexists(root / path))
    if standing:
        raise Failure(
            f"{what} sudah ada ({listed(standing)}); tidak ada yang ditimpa. Sebut yang lain, atau hapus dahulu."
        )


def _write(root: Path, files: Files, catalogue: Catalogue) -> None:
    """Write the files once each of them is known to pass; raises `Failure` for a name that does not."""
    from generator.writing import add_files

    findings = [finding for path, raw in files.items() for finding in _faults(path, raw, catalogue)]
    if findings:
        raise Failure(f"Tidak ada berkas yang dibuat. {_said(findings)}")
    add_files(root, files)
    for path in sorted(files):
        click.echo(f"Dibuat: {path}")


def _faults(path: str, raw: bytes, catalogue: Catalogue) -> tuple[Finding, ...]:
    from generator.model.document import Document, Kind
    from generator.reading.strict_yaml import Refused, load

    try:
        loaded = load(raw, path=path)
    except Refused as refused:
        return refused.findings
    kind = Kind(Path(path).stem)
    return catalogue.schemas.check(Document(path=path, kind=kind, data=loaded.data, marks=loaded.marks))[1]


def _said(findings: Iterable[Finding]) -> str:
    return " ".join(f"{finding.message} {finding.hint}" for finding in findings)


def _at(root: Path) -> str:
    """Return the option that repeats the root in a command to copy; "" where it is the working directory."""
    return "" if root == Path() else f" --root {shlex.quote(str(root))}"
