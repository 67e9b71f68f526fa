"""The parts of the report card that are dated: monitoring, statements, predicate events, surveys, clearance."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.declared import UnitYear
from generator.model.judged import MonitoringStatus, UnitRecord

from . import monitoring_reports, statements, words
from .figures import day, number
from .html import Column, Html, Section, escape, facts, join, none, source, table


def parts(record: UnitRecord) -> Iterator[Section]:
    """Yield the dated parts, newest entries first."""
    years = [one.declared for one in reversed(record.assessments)]
    yield Section("pemantauan", "Pemantauan", _monitoring(record))
    stated = statements.body(record.unit.statements, record.monitoring.as_of)
    yield Section("pernyataan", "Pernyataan triwulanan", stated)
    yield Section("predikat", "Riwayat predikat", _events(record))
    yield Section("survei", "Survei pengguna layanan", _surveys(years))
    yield Section("clearance", "Keterangan KPK dan Ombudsman", _clearances(years))


def _monitoring(record: UnitRecord) -> Html:
    held = record.monitoring
    status = facts(
        (
            ("Status", words.status(held.status)),
            ("Tahap", _stage(held)),
            ("Jatuh tempo", words.due(held) if held.due else Html("")),
            ("Kalender", Html('<a href="jatuh-tempo.ics">Jatuh tempo (iCalendar)</a>' if held.due else "")),
            ("Pelaksana", escape(held.by or "")),
            ("Pemantauan terakhir", day(held.last)),
            ("Tindak lanjut", _open(held)),
            ("Larangan usulan sampai", day(held.barred_until)),
            ("Asal tanggal", escape(held.reason)),
            ("Keadaan per", day(held.as_of)),
        )
    )
    return Html(status + monitoring_reports.reports(record))


def _stage(held: MonitoringStatus) -> Html:
    """Return the stage of a predicate that was at least proposed, since when."""
    since = f' <span class="zi-soft">sejak {day(held.stage_since)}</span>' if held.stage_since else ""
    return Html(f"{words.stage(held.stage)}{since}" if since else "")


def _open(held: MonitoringStatus) -> Html:
    late = f", {held.follow_ups_late} lewat batas" if held.follow_ups_late else ""
    return Html(f"{len(held.follow_ups)} terbuka{late}" if held.follow_ups else "")


def _events(record: UnitRecord) -> Html:
    events = sorted(record.unit.events, key=lambda one: one.dated, reverse=True)
    if not events:
        return none("Belum ada peristiwa predikat.")
    columns = (
        Column("Tanggal", "sempit"),
        Column("Peristiwa", "sempit"),
        Column("Predikat"),
        Column("Nomor keputusan", "nomor"),
        Column("Sumber"),
    )
    rows = [
        (day(one.dated), words.event(one.kind), Html(str(one.predicate)), escape(one.number), source(one.source))
        for one in events
    ]
    return table("Peristiwa predikat", columns, rows)


def _surveys(years: list[UnitYear]) -> Html:
    rows = [
        (
            Html(f"{escape(one.kind)} {year.year}"),
            number(one.index),
            words.surveyor(one.surveyor),
            Html(str(one.respondents)),
            day(one.dated),
            join((part for part in (escape(one.method), escape(one.note), source(one.link)) if part), "; "),
        )
        for year in years
        for one in year.surveys
    ]
    if not rows:
        return none("Belum ada survei.")
    columns = (
        Column("Survei"),
        Column("Indeks (0–4)", "angka"),
        Column("Penyelenggara"),
        Column("Responden", "angka"),
        Column("Tanggal", "sempit"),
        Column("Keterangan", "luas"),
    )
    return table("IPAK: persepsi anti korupsi; IPKP: persepsi kualitas pelayanan", columns, rows)


def _clearances(years: list[UnitYear]) -> Html:
    rows = [
        (
            Html(f"{escape(one.body)} {year.year}"),
            words.clearance(one.status),
            escape(one.number),
            day(one.dated),
            source(one.source),
        )
        for year in years
        for _, one in sorted(year.clearances.items())
    ]
    if not rows:
        return none("Belum ada keterangan KPK dan Ombudsman.")
    columns = (Column("Lembaga"), Column("Keterangan", "sempit"), Column("Nomor", "nomor"))
    return table("Keterangan per tahun", (*columns, Column("Tanggal", "sempit"), Column("Sumber")), rows)
