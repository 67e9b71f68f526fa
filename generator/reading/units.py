"""The files of one unit after another: read, checked against their schemas, and dropped before the next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.model.document import Document, Kind
from generator.model.finding import Finding, Level
from generator.reading import paths
from generator.reading.blobs import Entry, Tree
from generator.reading.schema import Schemas
from generator.reading.strict_yaml import Refused, load


class UnitFiles(NamedTuple):
    """What was read of one unit, or of an agency that has no unit yet (then `unit_id` is the agency's id)."""

    unit_id: str
    agency: Document | None
    """instansi.yaml, pruned; None where there is none that can be read."""
    documents: tuple[Document, ...]
    """The unit's files that can be read, pruned, sorted by path."""
    blobs: tuple[Entry, ...]
    """The unit's files that were read, or could not be, sorted by path; without instansi.yaml."""
    findings: tuple[Finding, ...]
    """What was wrong with them, sorted. Those of the agency are given once: to its first unit that is yielded."""

    @property
    def is_unit(self) -> bool:
        """False for an agency without units."""
        return "/" in self.unit_id


def read_units(tree: Tree, schemas: Schemas, only: Collection[str] | None = None) -> Iterator[UnitFiles]:
    """Yield every unit (with `only`: those with these ids), sorted by id; one unit is in memory at a time.

    Raises what `Tree.read` raises.
    """
    absent = {finding.path: finding for finding in absent_files(tree)}
    for agency in _agencies(tree):
        wanted = [unit for unit in sorted(agency.units) if only is None or f"{agency.id}/{unit}" in only]
        if not wanted and (only is not None or agency.units):
            continue
        document, findings = _agency_document(tree, schemas, agency, absent)
        if not wanted:
            yield UnitFiles(unit_id=agency.id, agency=document, documents=(), blobs=(), findings=findings)
        for unit in wanted:
            files = _unit_files(tree, schemas, f"{agency.id}/{unit}", agency.units[unit], absent)
            yield files._replace(agency=document, findings=tuple(sorted(findings + files.findings)))
            findings = ()


def read_document(path: str, raw: bytes, schemas: Schemas) -> tuple[Document | None, tuple[Finding, ...]]:
    """Return the file as a document without its faulty parts (None where it is no strict YAML), and its faults.

    `path` must be one `paths.locate` knows.
    """
    location = paths.locate(path)
    if location is None:
        raise ValueError(path)
    try:
        loaded = load(raw, path=path)
    except Refused as refused:
        return None, refused.findings
    return schemas.check(Document(path=path, kind=location.kind, data=loaded.data, marks=loaded.marks))


def absent_files(tree: Tree) -> Iterator[Finding]:
    """Yield a finding for every agency without instansi.yaml and every unit without unit.yaml.

    One that is there but was refused (a symbolic link, too large) is among `tree.findings` and not here.
    """
    there = {finding.path for finding in tree.findings} | {entry.path for entry in tree.entries}
    for agency in _agencies(tree):
        own = f"{paths.FOLDER}/{agency.id}/instansi.yaml"
        if own not in there:
            yield _absent(own, "tanpa-instansi-yaml", "Instansi", "Kementerian Contoh")
        for unit in agency.units:
            own = f"{paths.FOLDER}/{agency.id}/{unit}/unit.yaml"
            if own not in there:
                yield _absent(own, "tanpa-unit-yaml", "Unit", "KPPN Contoh Satu")


class _AgencyEntries:
    def __init__(self, agency_id: str) -> None:
        self.id = agency_id
        self.own: Entry | None = None
        self.units: dict[str, list[Entry]] = {}


def _agencies(tree: Tree) -> Iterable[_AgencyEntries]:
    agencies: dict[str, _AgencyEntries] = {}
    for entry in tree.entries:
        location = paths.locate(entry.path)
        assert location is not None  # noqa: S101 - a tree has no other entries
        agency = agencies.setdefault(location.agency, _AgencyEntries(location.agency))
        if location.kind is Kind.INSTANSI:
            agency.own = entry
        else:
            agency.units.setdefault(location.unit, []).append(entry)
    # with the slash, as in the unit's id: "a-b/x" stands before "a/x"
    return sorted(agencies.values(), key=lambda agency: f"{agency.id}/")


def _agency_document(
    tree: Tree, schemas: Schemas, agency: _AgencyEntries, absent: Mapping[str, Finding]
) -> tuple[Document | None, tuple[Finding, ...]]:
    path = f"{paths.FOLDER}/{agency.id}/instansi.yaml"
    if agency.own is None:
        return None, (absent[path],) if path in absent else ()
    ((_, raw),) = tree.read([agency.own])
    return read_document(path, raw, schemas)


def _unit_files(
    tree: Tree, schemas: Schemas, unit_id: str, entries: list[Entry], absent: Mapping[str, Finding]
) -> UnitFiles:
    found: list[Finding] = []
    documents: list[Document] = []
    blobs: list[Entry] = []
    for entry, raw in tree.read(entries):
        document, faults = read_document(entry.path, raw, schemas)
        blobs.append(entry)
        found += faults
        if document is not None:
            documents.append(document)
    own = f"{paths.FOLDER}/{unit_id}/unit.yaml"
    if own in absent:
        found.append(absent[own])
    return UnitFiles(
        unit_id=unit_id,
        agency=None,
        documents=tuple(documents),
        blobs=tuple(blobs),
        findings=tuple(found),
    )


def _absent(path: str, code: str, what: str, example: str) -> Finding:
    name = path.rpartition("/")[2]
    return Finding(
        path=path,
        line=0,
        column=0,
        code=code,
        level=Level.ERROR,
        pointer="",
        message=f"{what} ini tidak punya berkas {name}.",
        hint=f"Buat {name} yang memuat nama, misalnya nama: {example}.",
    )
