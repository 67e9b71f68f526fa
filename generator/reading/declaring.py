"""Documents become declared values: the last place where a dict, a maybe-string date or a missing key is seen.

A document may have been pruned by its schema. What is left is taken as it is; an entry (survey, event, report,
statement, reply, case, clearance) that lost something it cannot be without is left out, and so is a sheet without a
usable instrument, year or answers. The schema has said why, so nothing is said here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeVar

from generator.model.declared import (
    Agency,
    Answer,
    Case,
    Clearance,
    Confirmation,
    EventKind,
    Evidence,
    FollowUp,
    Judgement,
    MonitoringReport,
    Predicate,
    PredicateEvent,
    Reply,
    Sheet,
    Statement,
    Survey,
    Tier,
    Unit,
    UnitYear,
)
from generator.model.document import Document, Kind
from generator.reading import paths
from generator.reading.units import UnitFiles

Rows = Mapping[str, Any]
T = TypeVar("T")
_NOTHING: Rows = MappingProxyType({})
_BODIES = ("KPK", "Ombudsman")
_YES = "ya"


def declare(files: UnitFiles) -> Unit:
    """Return the unit its files declare; a name that is missing is the folder's.

    Events, reports, statements, replies, cases and surveys keep the order of their file.
    """
    agency_id, _, folder = files.unit_id.partition("/")
    documents = {document.kind: document.data for document in files.documents if _year(document) is None}
    own = documents.get(Kind.UNIT, _NOTHING)
    monitoring = documents.get(Kind.PEMANTAUAN, _NOTHING)
    return Unit(
        id=files.unit_id,
        agency=_agency(agency_id, files.agency.data if files.agency else _NOTHING),
        name=_text(own, "nama") or folder,
        place=_text(own, "tempat"),
        services=_texts(own, "layanan"),
        target=_text(own, "target"),
        site=_text(own, "situs"),
        note=_text(own, "catatan"),
        events=_each(documents.get(Kind.PREDIKAT, _NOTHING), "peristiwa", _event),
        monitoring=_each(monitoring, "pemantauan", _report),
        statements=_each(monitoring, "pernyataan", _statement),
        replies=_each(documents.get(Kind.TANGGAPAN, _NOTHING), "tanggapan", _reply),
        cases=_each(documents.get(Kind.KASUS, _NOTHING), "kasus", _case),
        years=tuple(_years(files.documents)),
    )


def _year(document: Document) -> int | None:
    location = paths.locate(document.path)
    return location.year if location else None


def _agency(agency_id: str, data: Rows) -> Agency:
    monitors = _rows(data, "pemantau")
    teams = _rows(data, "tim")
    return Agency(
        id=agency_id,
        name=_text(data, "nama") or agency_id,
        kind=_text(data, "jenis"),
        monitors=MappingProxyType({kind: _text(monitors, kind) for kind in Predicate if _text(monitors, kind)}),
        teams=MappingProxyType({tier: _texts(teams, tier) for tier in Tier if _texts(teams, tier)}),
        note=_text(data, "catatan"),
    )


def _years(documents: tuple[Document, ...]) -> Iterator[UnitYear]:
    by_year: dict[int, dict[Kind, Rows]] = {}
    for document in documents:
        year = _year(document)
        if year is not None:
            by_year.setdefault(year, {})[document.kind] = document.data
    for year, files in sorted(by_year.items()):
        sheets = {tier: _sheet(tier, files[Kind(tier)]) for tier in Tier if Kind(tier) in files}
        clearances = files.get(Kind.CLEARANCE, _NOTHING)
        yield UnitYear(
            year=year,
            sheets=MappingProxyType({tier: sheet for tier, sheet in sheets.items() if sheet is not None}),
            surveys=_each(files.get(Kind.SURVEI, _NOTHING), "survei", _survey),
            clearances=MappingProxyType(
                {body: clearance for body in _BODIES if (clearance := _clearance(body, _rows(clearances, body)))}
            ),
        )


def _sheet(tier: Tier, data: Rows) -> Sheet | None:
    year = data.get("tahun")
    if not _text(data, "instrumen") or not isinstance(year, int) or "jawaban" not in data:
        return None
    return Sheet(
        tier=tier,
        instrument=_text(data, "instrumen"),
        year=year,
        judges=_text(data, "menilai"),
        answers=MappingProxyType({code: _answer(row) for code, row in _rows(data, "jawaban").items()}),
    )


def _answer(row: Rows) -> Answer:
    evidence = row.get("bukti")
    return Answer(
        choice=_text(row, "jawab"),
        counts=MappingProxyType(dict(_rows(row, "isian"))),
        survey=_text(row, "survei"),
        explanation=_text(row, "penjelasan"),
        note=_text(row, "catatan"),
        evidence=_each(row, "bukti", _evidence) if isinstance(evidence, list) else (),
        judgement=_judgement(evidence) if isinstance(evidence, Mapping) else None,
        judges=_text(row, "menilai"),
    )


def _evidence(row: Rows) -> Evidence | None:
    if not row:  # an empty item shows nothing
        return None
    return Evidence(
        title=_text(row, "judul"),
        link=_text(row, "tautan"),
        file=_text(row, "berkas"),
        dated=_date(row, "tanggal"),
        valid_until=_date(row, "berlaku_sampai"),
        sha256=_text(row, "sha256"),
        exempt=_text(row, "klasifikasi") == "dikecualikan",
        note=_text(row, "catatan"),
    )


def _judgement(row: Rows) -> Judgement:
    return Judgement(relevant=_yes(row, "relevan"), complete=_yes(row, "lengkap"), valid=_yes(row, "sah"))


def _survey(row: Rows) -> Survey | None:
    index = row.get("indeks")
    if not all(row.get(key) for key in ("id", "jenis", "penyelenggara", "responden")) or index is None:
        return None
    return Survey(
        id=_text(row, "id"),
        kind=_text(row, "jenis"),
        surveyor=_text(row, "penyelenggara"),
        respondents=int(row["responden"]),
        index=Fraction(index),
        dated=_date(row, "tanggal"),
        method=_text(row, "metode"),
        link=_text(row, "tautan"),
        note=_text(row, "catatan"),
    )


def _clearance(body: str, row: Rows) -> Clearance | None:
    if not _text(row, "status"):
        return None
    return Clearance(
        body=body,
        status=_text(row, "status"),
        number=_text(row, "nomor"),
        dated=_date(row, "tanggal"),
        source=_text(row, "sumber"),
    )


def _event(row: Rows) -> PredicateEvent | None:
    dated = _date(row, "tanggal")
    if dated is None or not _text(row, "jenis") or not _text(row, "predikat"):
        return None
    return PredicateEvent(
        kind=EventKind(_text(row, "jenis")),
        predicate=Predicate(_text(row, "predikat")),
        dated=dated,
        number=_text(row, "nomor"),
        source=_text(row, "sumber"),
    )


def _report(row: Rows) -> MonitoringReport | None:
    dated = _date(row, "tanggal")
    if dated is None or not _text(row, "pelaksana") or not _text(row, "hasil"):
        return None
    return MonitoringReport(
        dated=dated,
        by=_text(row, "pelaksana"),
        result=_text(row, "hasil"),
        number=_text(row, "nomor"),
        source=_text(row, "sumber"),
        method=_text(row, "metode"),
        findings=_texts(row, "temuan"),
        follow_ups=_each(row, "tindak_lanjut", _follow_up),
        evidence=_each(row, "bukti", _evidence),
        note=_text(row, "catatan"),
    )


def _follow_up(row: Rows) -> FollowUp | None:
    until = _date(row, "batas")
    if until is None or not _text(row, "uraian"):
        return None
    return FollowUp(what=_text(row, "uraian"), until=until, done=_date(row, "selesai"), source=_text(row, "sumber"))


def _statement(row: Rows) -> Statement | None:
    running = _yes(row, "masih_berjalan")
    if running is None or not _text(row, "triwulan") or not _text(row, "program"):
        return None
    return Statement(
        quarter=_text(row, "triwulan"),
        programme=_text(row, "program"),
        running=running,
        link=_text(row, "tautan"),
        dated=_date(row, "tanggal"),
        by=_text(row, "oleh"),
        note=_text(row, "catatan"),
    )


def _reply(row: Rows) -> Reply | None:
    dated = _date(row, "tanggal")
    if dated is None or not _text(row, "isi"):
        return None
    return Reply(dated=dated, text=_text(row, "isi"), by=_text(row, "oleh"), source=_text(row, "sumber"))


def _case(row: Rows) -> Case | None:
    if not all(_text(row, key) for key in ("jenis", "bulan", "sumber", "keadaan")):
        return None
    return Case(
        kind=_text(row, "jenis"),
        month=date.fromisoformat(f"{_text(row, 'bulan')}-01"),
        source=_text(row, "sumber"),
        state=Confirmation(_text(row, "keadaan")),
    )


def _each(data: Rows, key: str, declared: Callable[[Rows], T | None]) -> tuple[T, ...]:
    """Return what the list's items declare, without those that declare nothing (a pruned item is None)."""
    found = (declared(row) for row in data.get(key) or () if isinstance(row, Mapping))
    return tuple(value for value in found if value is not None)


def _rows(data: Rows, key: str) -> Rows:
    value = data.get(key)
    return value if isinstance(value, Mapping) else _NOTHING


def _text(data: Rows, key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""


def _texts(data: Rows, key: str) -> tuple[str, ...]:
    return tuple(text for text in data.get(key) or () if isinstance(text, str))


def _yes(data: Rows, key: str) -> bool | None:
    value = _text(data, key)
    return value == _YES if value else None


def _date(data: Rows, key: str) -> date | None:
    value = _text(data, key)
    return date.fromisoformat(value) if value else None
