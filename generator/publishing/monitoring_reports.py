"""The monitoring reports on a report card: who, when, how, what was found, what must be done, with what evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from generator.judging.course import progress
from generator.model.declared import Evidence, FollowUp, MonitoringReport
from generator.model.judged import Progress, Timing, UnitRecord

from . import words
from .figures import day
from .html import Column, Html, escape, facts, join, link_out, none, source, table

_COLUMNS = (Column("Tindak lanjut", "luas"), Column("Batas", "sempit"), Column("Keadaan"), Column("Sumber"))


def reports(record: UnitRecord) -> Html:
    """Return the reports there are on the record's day, the newest first."""
    as_of = record.monitoring.as_of
    found = [one for one in record.unit.monitoring if one.dated <= as_of]
    if not found:
        return none("Registri belum memuat laporan pemantauan unit ini.")
    timed = {timing.dated: timing for timing in record.monitoring.timings}
    seen: Counter[date] = Counter()
    shown = []
    for one in sorted(found, key=lambda report: report.dated):
        seen[one.dated] += 1
        again = f"-{seen[one.dated]}" if seen[one.dated] > 1 else ""
        shown.append(_report(one, f"pemantauan-{one.dated}{again}", timed.get(one.dated), as_of))
    return join(reversed(shown))


def _report(report: MonitoringReport, anchor: str, timing: Timing | None, as_of: date) -> Html:
    about = facts(
        (
            ("Pelaksana", escape(report.by)),
            ("Waktunya", words.timing(timing) if timing is not None else Html("unit tidak menyandang predikat")),
            ("Metode", escape(report.method)),
            ("Nomor", escape(report.number)),
            ("Sumber", source(report.source)),
            ("Catatan", escape(report.note)),
        )
    )
    return Html(
        f'<article class="zi-laporan"><h3 id="{anchor}">{day(report.dated)} {words.result(report.result)}</h3>{about}'
        f"{join(_parts(report, as_of))}</article>"
    )


def _parts(report: MonitoringReport, as_of: date) -> Iterator[Html]:
    if report.findings:
        items = "".join(f"<li>{escape(one)}</li>" for one in report.findings)
        yield Html(f'<h4>Temuan</h4><ul class="zi-temuan">{items}</ul>')
    if report.follow_ups:
        rows = [
            (escape(one.what), day(one.until), follow_up_state(one, as_of), source(one.source))
            for one in report.follow_ups
        ]
        yield table(_counted(report, as_of), _COLUMNS, rows, label=f"Tindak lanjut {report.dated}")
    if report.evidence:
        items = "".join(map(_evidence, report.evidence))
        yield Html(f'<h4>Bukti</h4><ul class="zi-evidence">{items}</ul>')


def _counted(report: MonitoringReport, as_of: date) -> str:
    states = Counter(progress(one, as_of) for one in report.follow_ups)
    late = f", {states[Progress.TERLAMBAT]} lewat batas" if states[Progress.TERLAMBAT] else ""
    waiting = states[Progress.TERBUKA] + states[Progress.TERLAMBAT]
    return f"Tindak lanjut: {len(report.follow_ups)}, {waiting} terbuka{late}"


def follow_up_state(follow_up: FollowUp, as_of: date) -> Html:
    """Return how far a follow-up is, and by how many days it is or was late."""
    state = progress(follow_up, as_of)
    end = follow_up.done if state is Progress.SELESAI and follow_up.done else as_of
    late = (end - follow_up.until).days
    said = f" {day(end)}" if state is Progress.SELESAI else ""
    after = f' <span class="zi-soft">({late} hari lewat batas)</span>' if late > 0 else ""
    return Html(f"{words.progress(state)}{said}{after}")


def _evidence(evidence: Evidence) -> str:
    title = escape(evidence.title or evidence.link or "Dokumen tanpa judul")
    digits = escape(evidence.sha256)
    hashed = (
        f'<details class="zi-hash"><summary>SHA-256 {digits[:8]}…</summary><code>{digits}</code></details>'
        if digits
        else ""
    )
    return f"<li>{link_out(evidence.link, title) or title}{hashed}</li>"
