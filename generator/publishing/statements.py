"""What the unit stated about its programmes: a row a programme, a column a quarter, silence in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from generator.judging.statements import last_quarters, made, programmes
from generator.model.alive import Programme, Quarter, Word
from generator.model.declared import Statement

from .figures import day
from .html import Column, Html, badge, escape, join, link_out, none, table

_WORDS: Mapping[Word, Html] = {
    Word.YA: badge("ya", "●", "Ya"),
    Word.TIDAK: badge("tidak", "✕", "Tidak"),
    Word.DIAM: badge("kosong", "○", "Diam"),
}
_PROOF = Html("bukti")


def body(statements: Sequence[Statement], as_of: date) -> Html:
    """Return the rows of programmes, then every statement, newest first."""
    rows = programmes(statements, as_of)
    if not rows:
        return none("Unit belum menyatakan program mana yang masih berjalan.")
    quarters = last_quarters(as_of)
    columns = (Column("Program"), *(Column(_short(quarter)) for quarter in quarters))
    return Html(
        "<p>Setiap triwulan unit menyatakan program mana yang masih berjalan. <b>Diam</b> berarti tidak ada "
        "pernyataan: bukan tanda masih berjalan, dan bukan tanda berhenti.</p>"
        + table("Masih berjalan? Triwulan yang sudah selesai", columns, [_row(row) for row in rows])
        + _all(tuple(made(statements, as_of)))
    )


def _short(quarter: str) -> str:
    """Say "2025-Q1" in a column's head."""
    year, _, number = quarter.partition("-Q")
    return f'<abbr title="Triwulan {number} {year}">TW {number}</abbr><br>{year}'


def _row(programme: Programme) -> tuple[Html, ...]:
    return (escape(programme.name), *(_cell(one) for one in programme.quarters))


def _cell(one: Quarter) -> Html:
    proof = link_out(one.statement.link, _PROOF) if one.statement is not None else ""
    # a link that is not safe to show is left as words without one
    return Html(f"{_WORDS[one.word]} {proof}" if proof and proof is not _PROOF else _WORDS[one.word])


def _all(statements: Sequence[Statement]) -> Html:
    columns = (
        Column("Triwulan", "sempit"),
        Column("Program"),
        Column("Keadaan", "sempit"),
        Column("Dinyatakan"),
        Column("Catatan", "luas"),
    )
    rows = [
        (
            Html(quarter_words(one.quarter)),
            escape(one.programme),
            badge("ya", "●", "Masih berjalan") if one.running else badge("tidak", "✕", "Tidak berjalan"),
            join((part for part in (day(one.dated), escape(one.by)) if part), ", "),
            join((part for part in (escape(one.note), link_out(one.link, Html("Bukti"))) if part), " "),
        )
        for one in reversed(statements)
    ]
    return Html(
        f'<details class="zi-antara"><summary>Semua pernyataan ({len(rows)})</summary>'
        f"{table('Semua pernyataan, yang terbaru di atas', columns, rows)}</details>"
    )


def quarter_words(quarter: str) -> str:
    """Say "2025-Q1" as people do."""
    year, mark, number = quarter.partition("-Q")
    return f"Triwulan {number} {year}" if mark else quarter
