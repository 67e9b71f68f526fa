"""The part of the report card that puts the year before the award beside every year since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from generator.judging.before_after import BeforeAfter, Period, Span

from . import words
from .chart import About, bars
from .figures import day, number
from .html import Column, Html, Section, join, table

_SHOWN = 12
"""Years since the award that the table has, the newest."""
_BARS = 6
"""Of those, how many the charts have."""
_SURVEYS = ("IPAK", "IPKP")
_SILENT = Html("–")
_COLUMNS = (
    Column("Periode"),
    Column("Jawaban berubah", "angka"),
    Column("Bukti baru", "angka"),
    Column("Pernyataan triwulanan"),
    *(Column(kind, "angka") for kind in _SURVEYS),
    Column("Pengaduan selesai", "angka"),
    Column("Tindak lanjut selesai", "angka"),
)


def section(found: BeforeAfter | None, as_of: date) -> Section:
    """Return the part; empty for a unit that holds no predicate."""
    if found is None:
        return Section("sebelum-sesudah", "Sebelum dan sesudah predikat", Html(""))
    left_out = max(0, len(found.since) - _SHOWN)
    since = [(place, period) for place, period in enumerate(found.since, start=1)][left_out:]
    rows = [
        ("12 bulan sebelumnya", found.before),
        *((f"Tahun ke-{place}", period) for place, period in since),
    ]
    earlier = f"<p>{left_out} tahun pertama tidak ditampilkan.</p>" if left_out else ""
    body = (
        f"<p>Yang tercatat dalam 12 bulan sebelum {day(found.award)}, hari predikat ditetapkan, di samping setiap "
        f"12 bulan sesudahnya.</p>{_charts(found, len(since))}"
        f"{table('Per 12 bulan, dihitung dari hari penetapan', _COLUMNS, [_row(*row, as_of) for row in rows])}"
        f"{earlier}{_legend(found)}"
    )
    return Section("sebelum-sesudah", "Sebelum dan sesudah predikat", Html(body))


def _row(name: str, period: Period, as_of: date) -> tuple[Html, ...]:
    return (
        Html(f'{name}<br><span class="zi-soft">{_days(period.span, period, as_of)}</span>'),
        _changed(period),
        _count(period.evidence),
        _said(period),
        *(_survey(period, kind) for kind in _SURVEYS),
        Html(f"{period.complaints.done} dari {period.complaints.received}") if period.complaints else _SILENT,
        _count(period.follow_ups),
    )


def _days(span: Span, period: Period, as_of: date) -> str:
    if not period.finished:
        return f"{day(span.start)}<br>sampai {day(as_of)}, belum selesai"
    return f"{day(span.start)}<br>sampai {day(max(span.end - timedelta(days=1), span.start))}"


def _count(value: int | None) -> Html:
    return _SILENT if value is None else Html(str(value))


def _changed(period: Period) -> Html:
    if period.changed is None:
        return Html('<span class="zi-soft">tidak diketahui</span>')
    part = f'<span class="zi-soft">sejak {day(period.changed_since)}</span>' if period.changed_since else ""
    return Html(f"{period.changed} {part}")


def _said(period: Period) -> Html:
    said = period.said
    if said is None:
        return _SILENT
    parts = [f"{said.yes} berjalan", f"{said.no} tidak berjalan"]
    if said.silent:
        parts.append(f"{said.silent} triwulan tanpa pernyataan")
    return Html(", ".join(parts))


def _survey(period: Period, kind: str) -> Html:
    survey = period.surveys.get(kind)
    if survey is None:
        return _SILENT
    return Html(f'{number(survey.index)} <span class="zi-soft">{words.surveyor(survey.surveyor)}</span>')


def _charts(found: BeforeAfter, shown: int) -> Html:
    """Return a small chart for each count that has a figure at all."""
    first = len(found.since) - min(shown, _BARS)
    periods = (found.before, *found.since[first:])
    labels = ("sebelum", *(f"ke-{place}" for place in range(first + 1, len(found.since) + 1)))
    unfinished = [place for place, period in enumerate(periods) if not period.finished]
    counts: tuple[tuple[str, str, Sequence[int | None]], ...] = (
        ("bukti", "Bukti baru", [one.evidence for one in periods]),
        ("pernyataan", "Pernyataan bahwa program berjalan", [one.said.yes if one.said else None for one in periods]),
        ("jawaban", "Jawaban berubah", [one.changed for one in periods]),
        ("tindak-lanjut", "Tindak lanjut selesai", [one.follow_ups for one in periods]),
    )
    figures = []
    for name, title, values in counts:
        if any(value is not None for value in values):
            about = About(f"banding-{name}", title, _told(labels, values))
            chart = bars(about, labels, values, apart=(0,), unfinished=unfinished)
            figures.append(Html(f"<figure><figcaption>{title}</figcaption>{chart}</figure>"))
    return Html(f'<div class="zi-charts">{join(figures)}</div>') if figures else Html("")


def _told(labels: Sequence[str], values: Sequence[int | None]) -> str:
    return "; ".join(
        f"{label if label == 'sebelum' else f'tahun {label}'}: {'tidak ada catatan' if value is None else value}"
        for label, value in zip(labels, values, strict=True)
    )


def _legend(found: BeforeAfter) -> Html:
    undated = f" {found.undated} bukti tanpa tanggal tidak masuk periode mana pun." if found.undated else ""
    unknown = "" if found.remembered else " Tanpa riwayat Git, perubahan jawaban tidak diketahui."
    return Html(
        '<p class="zi-soft">“–”: tidak ada yang tercatat; itu tidak berarti ada atau tidak ada kegiatan. Batang '
        "bergaris putus: periode yang belum selesai. Bukti dihitung sekali, menurut tanggal yang tertulis padanya. "
        "Jawaban berubah ialah perubahan isi jawaban unit menurut hari masuknya ke main; ejaan dan "
        f"tampilan tidak dihitung.{undated}{unknown} "
        '<a href="../../../metodologi/index.html#sebelum-sesudah">Cara menghitung</a></p>'
    )
