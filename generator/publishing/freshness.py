"""How fresh evidence is, in words and figures: the mark in the worksheet, the section on the report card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache

from generator.judging.dating import age
from generator.judging.rules.dated import Reuse, Use
from generator.model.alive import Expired, Freshness, FreshnessState, Tally
from generator.model.declared import Answer, Evidence, Tier, Unit
from generator.model.exact import half_up
from generator.model.judged import UnitRecord

from .figures import day, percent
from .html import Column, Html, Section, escape, none, table

_LOOKS: Mapping[FreshnessState, tuple[str, str]] = {
    FreshnessState.SEGAR: ("ya", "segar"),
    FreshnessState.MENUA: ("awas", "menua"),
    FreshnessState.BASI: ("tidak", "basi"),
    FreshnessState.HABIS: ("tidak", "habis masa berlakunya"),
    FreshnessState.TANPA_TANGGAL: ("kosong", "tanpa tanggal"),
    FreshnessState.BELUM_ADA: ("kosong", "bertanggal sesudah hari ini"),
}
"""State -> look, words."""
MARKS: Mapping[FreshnessState, str] = {
    state: f'<b class="zi-{look}">{words}</b>' for state, (look, words) in _LOOKS.items()
}
"""State -> its mark in the worksheet: words, which the colour only repeats."""
_COUNTED = (FreshnessState.SEGAR, FreshnessState.MENUA, FreshnessState.BASI, FreshnessState.HABIS)
_MOST_LISTED = 12
"""Entries of a list that are open; the others are folded away."""


@lru_cache(maxsize=20_000)  # a registry's evidence has few days
def aged(when: date, as_of: date) -> str:
    """Return the day with its age."""
    return f"{day(when)} ({age(when, as_of)})"


def section(record: UnitRecord, found: Freshness | None, recycled: Iterable[Reuse]) -> Section:
    """Return the report card's part; `recycled` is the unit's evidence that serves something else too."""
    if found is None:
        return Section("kesegaran", "Kesegaran bukti", none("Unit belum mengisi satu tahun pun."))
    body = _told(record, found, recycled) if found.whole.everything else none("Jawaban unit belum memuat bukti.")
    return Section("kesegaran", f"Kesegaran bukti, {found.year}", body)


def _told(record: UnitRecord, found: Freshness, recycled: Iterable[Reuse]) -> Html:
    return Html(
        f"{_sentence(found)}{_shares(found)}{_expired(found)}{_recycled(record.unit, found.year, recycled)}"
        '<p class="zi-soft">Nilai LKE tidak berubah karenanya. '
        '<a href="../../../metodologi/index.html#kesegaran">Cara menghitung kesegaran</a></p>'
    )


def _sentence(found: Freshness) -> str:
    whole = found.whole
    share = whole.stale_share
    if share is None:
        said = "Belum ada bukti yang bertanggal, sehingga kesegarannya tidak dapat dihitung."
    else:
        stale = whole.count(FreshnessState.BASI, FreshnessState.HABIS)
        said = f"{stale} dari {whole.told} bukti yang bertanggal ({percent(share)}) basi atau habis masa berlakunya."
    undated = whole.count(FreshnessState.TANPA_TANGGAL)
    coming = whole.count(FreshnessState.BELUM_ADA)
    said += f" {undated} bukti tanpa tanggal tidak dihitung." if undated else ""
    said += f" {coming} bukti bertanggal sesudah hari ini belum dihitung." if coming else ""
    return f'<p>{said} <span class="zi-soft">Keadaan per {day(found.as_of)}.</span></p>'


def _shares(found: Freshness) -> Html:
    columns = (
        Column("Area"),
        Column("Basi atau habis", "angka"),
        *(Column(words, "angka") for words in ("Segar", "Menua", "Basi", "Habis", "Tanpa tanggal")),
    )
    rows = [
        _share(Html(f'<a href="{found.year}/index.html#{part.address}">{_name(part.code, part.name)}</a>'), part.tally)
        for part in found.parts
    ]
    return table("Bukti per area", columns, [*rows, _share(Html("<b>Semua</b>"), found.whole)])


def _name(code: str, name: str) -> str:
    return f"{code}. {escape(name)}" if code.isdigit() else f"{code} {escape(name)}"


def _share(name: Html, tally: Tally) -> tuple[Html, ...]:
    share = tally.stale_share
    shown = Html('<span class="zi-soft">–</span>') if share is None else Html(f"{_bar(share)}{percent(share)}")
    counts = (tally.count(state) for state in (*_COUNTED, FreshnessState.TANPA_TANGGAL))
    return (name, shown, *(Html(str(count)) for count in counts))


def _bar(share: Fraction) -> str:
    """Return a bar as long as the share; the figure beside it says the same."""
    return (
        '<svg class="zi-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect width="{half_up(share * 100, 0)}" height="8"/></svg>'
    )


def _expired(found: Freshness) -> str:
    if not found.expired:
        return "<h3>Bukti yang habis masa berlakunya</h3>" + none("Tidak ada.")
    items = [_ended(one, found) for one in found.expired]
    return f"<h3>Bukti yang habis masa berlakunya</h3>{_listed(items)}"


def _ended(one: Expired, found: Freshness) -> str:
    until = one.evidence.valid_until
    # of exempt evidence nothing but its title is open
    when = f"berlaku sampai {aged(until, found.as_of)}" if until and not one.evidence.exempt else ""
    return f'{_question(one.code, found.year)} {_title(one.evidence)} <span class="zi-soft">{when}</span>'


def _recycled(unit: Unit, year: int, recycled: Iterable[Reuse]) -> str:
    """Return the unit's own evidence of the year that serves something else too, with what else."""
    path = f"units/{unit.id}/{year}/{Tier.MANDIRI}.yaml"
    own = [reuse for reuse in recycled if reuse.place.path == path]
    if not own:
        return ""
    answers = next(one.sheets[Tier.MANDIRI].answers for one in unit.years if one.year == year)
    items = [_used_again(reuse, year, answers) for reuse in own]
    return (
        "<h3>Bukti yang dipakai lebih dari satu kali</h3>"
        "<p>Berkas dengan sidik SHA-256 yang sama juga menjadi bukti pertanyaan, tahun, atau unit lain. "
        f"Satu dokumen boleh membuktikan beberapa hal; pembaca dapat menilainya sendiri.</p>{_listed(items)}"
    )


def _used_again(reuse: Reuse, year: int, answers: Mapping[str, Answer]) -> str:
    _, _, code, _, position, _ = reuse.place.pointer.split("/")
    others = ", ".join(_use(other, reuse.own) for other in reuse.others)
    more = f", dan {reuse.more} lagi" if reuse.more else ""
    title = _title(answers[code].evidence[int(position)])
    return f'{_question(code, year)} {title} <span class="zi-soft">juga untuk {others}{more}</span>'


def _use(other: Use, own: Use) -> str:
    code = escape(other.question)
    if other.unit != own.unit:
        label, address = f"{escape(other.unit)} {other.year} {code}", f"../../{other.unit}/{other.year}/index.html"
    else:
        label, address = (code if other.year == own.year else f"{other.year} {code}"), f"{other.year}/index.html"
    return f'<a href="{address}#{code}">{label}</a>'


def _question(code: str, year: int) -> str:
    return f'<a class="zi-code" href="{year}/index.html#{code}">{code}</a>'


def _title(evidence: Evidence) -> Html:
    return escape(evidence.title or evidence.file or "Bukti tanpa judul")


def _listed(items: Sequence[str]) -> str:
    open_, folded = items[:_MOST_LISTED], items[_MOST_LISTED:]
    rest = _folded(folded) if folded else ""
    return _list(open_) + rest


def _folded(items: Sequence[str]) -> str:
    return f'<details class="zi-antara"><summary>{len(items)} lagi</summary>{_list(items)}</details>'


def _list(items: Iterable[str]) -> str:
    return '<ul class="zi-evidence">' + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
