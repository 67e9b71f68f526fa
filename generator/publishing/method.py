"""/metodologi/: the instruments and the monitoring rules, from the data that are computed with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from generator.judging.freshness import FreshnessRules
from generator.model.declared import Predicate
from generator.model.instrument import Area, Group, Instrument, Question

from . import questions
from .figures import number, short
from .html import Column, Html, contents, escape, join, none, table
from .verdicts import limit

Rules = Mapping[str, Mapping[str, Any]]
"""schema/aturan/pemantauan.yaml: rule -> nilai, sumber, catatan."""

_PARTS = {
    "bobot": "Bobot",
    "skala": "Skala",
    "syarat": "Syarat predikat",
    "penyebut-nol": "Penyebut nol",
    "sumber": "Asal aturan",
    "pertanyaan": "Semua pertanyaan",
}
_RULES = {
    "selang_bulan": ("Jarak antarpemantauan", "bulan"),
    "segera_hari": ("Disebut segera bila sisa paling banyak", "hari"),
    "pengingat_hari": ("Pengingat bila sisa", "hari"),
    "larangan_bulan": ("Larangan usulan sesudah pencabutan", "bulan"),
    "pelaksana_baku": ("Pelaksana bila instansi tidak menyebutnya", ""),
}


def places(instruments: Sequence[Instrument], rules: Rules, freshness: FreshnessRules) -> dict[str, Html]:
    """Return what fills the places of the method page."""
    entries = [
        ("perhitungan", "Dari jawaban ke nilai"),
        ("belum-dijawab", "Yang belum dijawab"),
        ("penentu", "Siapa yang menentukan"),
        ("setelah-dinilai", "Berubah setelah dinilai"),
        *((_anchor(instruments, one, name), title) for one in instruments for name, title in _entries(one)),
        ("pemantauan", "Pemantauan sesudah predikat"),
        ("kesegaran", "Kesegaran bukti"),
        ("pernyataan", "Pernyataan triwulanan"),
        ("kehidupan", "Apakah programnya masih hidup"),
        ("batas", "Batas registri ini"),
    ]
    return {
        "daftar-isi": contents(entries),
        "instrumen": join(_instrument(instruments, one) for one in instruments) or none("Belum ada instrumen."),
        "aturan-pemantauan": Html(_rules(rules) + _stages(rules)),
        "kesegaran": join((_lifetimes(freshness), *(_classified(instruments, one, freshness) for one in instruments))),
    }


def _entries(instrument: Instrument) -> tuple[tuple[str, str], ...]:
    return (("instrumen", f"<b>{escape(instrument.basis)}</b>"), *_PARTS.items())


def _anchor(instruments: Sequence[Instrument], instrument: Instrument, name: str) -> str:
    """Return an address inside the page; the first instrument's are plain, so that a question's is its code."""
    return name if instrument is instruments[0] else f"{instrument.id}.{name}"


def _instrument(instruments: Sequence[Instrument], instrument: Instrument) -> Html:
    bodies = (
        _weights(instrument) + _areas(instrument),
        _scales(instrument),
        _requirements(instrument),
        _zeros(instruments, instrument),
        _sources(instrument),
        _questions(instruments, instrument),
    )
    parts = "".join(
        f'<h3 id="{_anchor(instruments, instrument, name)}">{title}</h3>{body}'
        for (name, title), body in zip(_PARTS.items(), bodies, strict=True)
    )
    return Html(
        f'<section><h2 id="{_anchor(instruments, instrument, "instrumen")}">'
        f"{escape(instrument.title)}: {escape(instrument.basis)}</h2>"
        f"<p>{len(instrument.questions)} pertanyaan, "
        f"{short(sum((group.weight for group in instrument.groups), Fraction(0)))} poin. "
        f"Kode instrumen: <code>{escape(instrument.id)}</code>.</p>"
        f"{parts}</section>"
    )


def _weights(instrument: Instrument) -> Html:
    columns = (Column("Bagian"), Column("Bobot", "angka"))
    rows = [
        (Html(f"{group.code} {escape(group.name)}"), short(group.weight))
        for top in instrument.groups
        for group in (top, *(part for part in top.parts if isinstance(part, Group)))
    ]
    return table("Bobot bagian", columns, rows)


def _areas(instrument: Instrument) -> Html:
    columns = (Column("Area"), Column("Pemenuhan", "angka"), Column("Reform", "angka"), Column("Bersama", "angka"))
    return table("Bobot enam area", columns, [_area(instrument, area) for area in instrument.areas])


def _area(instrument: Instrument, area: Area) -> tuple[Html, ...]:
    weights = [instrument.nodes[code].weight or Fraction(0) for code in area.groups]
    first, second = (*weights, Fraction(0), Fraction(0))[:2]
    return (Html(f"{area.code}. {escape(area.name)}"), short(first), short(second), short(sum(weights, Fraction(0))))


def _scales(instrument: Instrument) -> Html:
    asked = instrument.questions.values()
    scales = {one.scale: one.values for one in asked if one.values}
    rows = [
        (
            escape(name),
            join((f"{escape(choice)} = {short(value)}" for choice, value in values.items()), "; "),
            Html(str(sum(one.scale == name for one in asked))),
        )
        for name, values in scales.items()
    ]
    counted = sum(one.formula is not None for one in asked)
    surveyed = sum(bool(one.survey_kind) for one in asked)
    rows += [
        (Html("persen"), Html("rasio dari angka yang diisi, 0 sampai 1"), Html(str(counted))),
        (Html("indeks 0–4"), Html("indeks survei ÷ 4"), Html(str(surveyed))),
    ]
    columns = (Column("Skala"), Column("Nilai jawaban", "luas"), Column("Pertanyaan", "angka"))
    return table("Nilai setiap jawaban", columns, rows)


def _requirements(instrument: Instrument) -> Html:
    columns = (Column("Syarat"), *(Column(str(one), "angka") for one in Predicate), Column("Dihitung dari"))
    rows = [
        (escape(one.name), *(limit(one, predicate) for predicate in Predicate), escape(_basis(one.kind, one.nodes)))
        for one in instrument.requirements
    ]
    return Html(
        f"<p>Semua syarat harus terpenuhi; total saja tidak cukup.</p>{table('Syarat predikat', columns, rows)}"
    )


def _basis(kind: str, nodes: Sequence[str]) -> str:
    words = {
        "nilai": f"poin {' + '.join(nodes)}",
        "persen": f"poin {' + '.join(nodes)} sebagai bagian dari bobotnya",
        "predikat": "predikat pada hari usulan ditutup",
        "clearance": "keterangan lembaga",
    }
    return words.get(kind, kind)


def _zeros(instruments: Sequence[Instrument], instrument: Instrument) -> Html:
    columns = (Column("Pertanyaan"), Column("Nilai", "angka"), Column("Alasan", "luas"))
    rows = [
        (
            Html(f'<a href="#{_anchor(instruments, instrument, one.code)}">{one.code}</a>'),
            number(one.formula.zero_value),
            escape(one.formula.zero_reason),
        )
        for one in instrument.questions.values()
        if one.formula is not None
    ]
    if not rows:
        return Html("<p>Instrumen ini tidak mempunyai pertanyaan rasio.</p>")
    return Html(
        "<p>Bila penyebut suatu rasio 0, buku kerja resmi memberi galat dan tidak ada aturan resmi. "
        f"Nilai di bawah adalah <strong>keputusan registri ini</strong>.</p>{table('Bila penyebut nol', columns, rows)}"
    )


def _sources(instrument: Instrument) -> Html:
    columns = (Column("Perihal"), Column("Asal"), Column("Pemeriksaan", "luas"))
    rows = [(escape(one.subject), escape(one.origin), escape(one.checked)) for one in instrument.sources]
    return table("Dari mana setiap aturan", columns, rows) if rows else none("Asal aturan tidak dicatat.")


def _questions(instruments: Sequence[Instrument], instrument: Instrument) -> Html:
    return join(_group(instruments, instrument, group, 4) for group in instrument.groups)


def _group(instruments: Sequence[Instrument], instrument: Instrument, group: Group, level: int) -> Html:
    level = min(level, 6)
    anchor = _anchor(instruments, instrument, group.code)
    parts = "".join(
        _group(instruments, instrument, part, level + 1)
        if isinstance(part, Group)
        else _question(_anchor(instruments, instrument, part.code), part, group)
        for part in group.parts
    )
    return Html(
        f'<section><h{level} id="{anchor}"><span class="zi-code">{group.code}</span> {escape(group.name)} '
        f"<small>bobot {short(group.weight)}</small></h{level}>{parts}</section>"
    )


def _question(anchor: str, question: Question, group: Group) -> Html:
    share = question.weight if question.weight is not None else group.weight / len(group.parts)
    return Html(
        f'<div class="zi-question" id="{anchor}"><p class="zi-ask"><span class="zi-code">{question.code}</span> '
        f"{escape(question.text)} <small>paling banyak {number(share)} poin</small></p>"
        f"{questions.asked(question)}{questions.rule(question)}</div>"
    )


def _rules(rules: Rules) -> Html:
    columns = (Column("Aturan"), Column("Nilai", "sempit"), Column("Sumber"), Column("Catatan", "luas"))
    return table("Aturan pemantauan", columns, list(_rule_rows(rules.items())))


def _stages(rules: Rules) -> Html:
    """Return the life of a predicate: each stage, and what leads on from it."""
    rule = rules["tahap"]
    stages: Mapping[str, Any] = rule["nilai"]
    rows = [
        (
            escape(stage["nama"]),
            escape(stage["arti"]),
            join((f"{_cause(cause)} → {escape(stages[then]['nama'])}" for cause, then in stage["lalu"].items()), "; "),
        )
        for stage in stages.values()
    ]
    columns = (Column("Tahap", "sempit"), Column("Artinya", "luas"), Column("Lalu, bila", "luas"))
    return Html(
        f'<h3 id="tahap">Tahap predikat</h3>{table("Tahap predikat, dan apa yang mengubahnya", columns, rows)}'
        f"<p>{escape(str(rule['catatan']))} Sumber: {escape(str(rule['sumber']))}.</p>"
    )


def _cause(cause: str) -> Html:
    return escape(cause.replace("-", " "))


def _rule_rows(rules: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[tuple[Html, ...]]:
    for name, rule in rules:
        if name == "tahap":
            continue
        title, unit = _RULES.get(name, (name.replace("_", " "), ""))
        value = escape(f"{rule['nilai']} {unit}".strip())
        yield (escape(title), value, escape(str(rule.get("sumber", ""))), escape(str(rule.get("catatan", ""))))


def _lifetimes(rules: FreshnessRules) -> Html:
    columns = (
        Column("Jenis pertanyaan"),
        Column("Segar sampai", "sempit"),
        Column("Menua sampai", "sempit"),
        Column("Catatan", "luas"),
    )
    rows = [
        (
            Html(escape(one.name) + (" (bila tidak disebut di bawah)" if one == rules.default else "")),
            Html(f"{one.fresh_months} bulan"),
            Html(f"{one.ageing_months} bulan"),
            escape(one.note),
        )
        for one in rules.kinds
    ]
    return table("Umur bukti, dihitung dari tanggalnya", columns, rows)


def _classified(instruments: Sequence[Instrument], instrument: Instrument, rules: FreshnessRules) -> Html:
    columns = (Column("Pertanyaan"), Column("Jenis", "sempit"), Column("Isi", "luas"))
    rows = [
        (
            Html(f'<a href="#{_anchor(instruments, instrument, code)}">{code}</a>'),
            escape(kind.name),
            escape(instrument.questions[code].text),
        )
        for code, kind in rules.questions.get(instrument.id, {}).items()
    ]
    return table(f"Jenis setiap pertanyaan: {escape(instrument.basis)}", columns, rows) if rows else Html("")
