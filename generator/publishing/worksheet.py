"""/unit/<instansi>/<unit>/<tahun>/: the LKE of one year, every question with what each tier said."""

from __future__ import annotations

from generator.model.alive import Freshness
from generator.model.judged import Assessment, UnitRecord

from . import since_judged
from .dated import Sheets
from .figures import number
from .frames import Frame
from .html import Column, Html, escape, none, table, trail
from .printed import Printed, Year
from .verdicts import deciding_sentence, verdict_badges
from .words import TIERS


def page(
    record: UnitRecord,
    assessment: Assessment,
    printed: Printed,
    frame: Frame,
    dated: Sheets | None = None,
    *,
    fresh: Freshness | None = None,
) -> bytes:
    """Return the page of one unit-year.

    Without `dated` it says nothing of the past; how fresh evidence is it says of the year that `fresh` tells of.
    """
    name = escape(record.unit.name)
    year = assessment.declared.year
    told = fresh is not None and fresh.year == year
    opened = Year.of(assessment, record.monitoring.as_of, dated, fresh.states if fresh is not None and told else {})
    steps = (("../../../index.html", Html("Unit")), ("../index.html", name))
    head = Html(
        f"{trail(steps, Html(str(year)))}"
        f'<h1>{name} <span class="zi-year">LKE {year}</span></h1>'
        f'<p class="zi-soft">{escape(record.agency.name)} · {escape(printed.instrument.title)} '
        f"({escape(printed.instrument.basis)})</p>"
        f"{_history(dated, year)}{_FRESHNESS if told else ''}{_summary(assessment, opened)}{_others(record, year)}"
    )
    return frame.fill(
        {
            "kepala": head,
            "daftar-isi": printed.contents if opened.tiers else Html(""),
            "lembar": printed.worksheet(opened) if opened.tiers else _blank(),
        },
        title=f"{record.unit.name}: LKE {year}",
        description=f"Lembar kerja evaluasi {record.unit.name} tahun {year}: setiap jawaban, bukti, dan penilaiannya.",
    )


_FRESHNESS = Html(
    '<p class="zi-soft">Setiap bukti unit menyebut kesegarannya menurut tanggal pada bukti itu. '
    '<a href="../index.html#kesegaran">Kesegaran bukti per area</a></p>'
)


def _history(dated: Sheets | None, year: int) -> Html:
    if dated is None:
        return Html("")
    return Html(
        '<p class="zi-soft">Tanggal pada jawaban dan bukti menurut catatan Git. '
        f'<a href="../riwayat/index.html">Riwayat perubahan</a></p>{dated.uncommitted(year)}'
    )


def _blank() -> Html:
    return none("Belum ada penilai yang mengisi lembar kerja tahun ini.")


def _summary(assessment: Assessment, opened: Year) -> Html:
    if not opened.tiers:
        return none("Belum ada nilai untuk tahun ini.")
    groups = assessment.instrument.groups
    columns = (
        Column("Penilai"),
        *(Column(f"{group.name} <small>/ {group.weight}</small>", "angka") for group in groups),
        Column("Total <small>/ 100</small>", "angka"),
        Column("Belum dijawab", "angka"),
        Column("Memenuhi syarat menurut data"),
    )
    rows = [
        (
            Html(TIERS[tier]),
            *(number(score.nodes[group.code].score) for group in groups),
            Html(f"<b>{number(score.total)}</b>"),
            Html(f"{len(score.unanswered)} dari {len(score.questions)}"),
            verdict_badges(assessment.results[tier]),
        )
        for tier, score in zip(opened.tiers, opened.scores, strict=True)
    ]
    since = since_judged.summary(assessment)
    return Html(f"{deciding_sentence(assessment)}{since}{table('Nilai menurut tiga penilai', columns, rows)}")


def _others(record: UnitRecord, year: int) -> Html:
    links = [
        f'<li aria-current="page">{one.declared.year}</li>'
        if one.declared.year == year
        else f'<li><a href="../{one.declared.year}/index.html">{one.declared.year}</a></li>'
        for one in record.assessments
    ]
    if len(links) < 2:  # noqa: PLR2004 - one year has no others
        return Html("")
    return Html(f'<nav class="zi-years" aria-label="Tahun lain"><span>Tahun:</span><ul>{"".join(links)}</ul></nav>')
