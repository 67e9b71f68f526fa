"""Whether the programme behind a predicate is alive: the verdict with all it rests on, and the unit's reply beside it.

What a verdict is called, and how its figures are shown, is decided here alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from generator.judging.life_rules import LifeRules
from generator.model.declared import Reply
from generator.model.exact import apart
from generator.model.judged import UnitRecord
from generator.model.life import Life, Signal, Vitality

from .figures import day, number
from .html import Html, Section, badge, escape, join, none, source

TITLE = "Apakah programnya masih hidup?"
_LOOKS: Mapping[Vitality, tuple[str, str, str]] = {
    Vitality.HIDUP: ("ya", "●", "Hidup"),
    Vitality.MELAMBAT: ("awas", "◆", "Melambat"),
    Vitality.DORMAN: ("tidak", "▲", "Dorman"),
    Vitality.BELUM_CUKUP_DATA: ("netral", "○", "Belum cukup data"),
}
_SILENT = badge("kosong", "○", "diam")
_METHOD = Html('<a href="../../../metodologi/index.html#kehidupan">Cara menghitung</a>')


def word(verdict: Vitality) -> Html:
    """Return the verdict as a badge."""
    return badge(*_LOOKS[verdict])


def brief(life: Life) -> Html:
    """Return the verdict in a card's few words, with until when notice is given and where the reasons stand."""
    until = f"<p>Dalam pemberitahuan sampai {day(life.notice_until)}.</p>" if life.notice_until else ""
    return Html(
        f'<p class="zi-big">{word(life.verdict)}</p>{until}<p><a href="#kehidupan">Alasan dan tanggapan unit</a></p>'
    )


def counted(verdicts: Iterable[Vitality | None]) -> Html:
    """Return how many programmes are judged what, in a sentence; "" where none is judged."""
    counts = Counter(verdicts)
    parts = [f"{counts[one]} {name.lower()}" for one, (_, _, name) in _LOOKS.items() if counts[one]]
    return Html(f"Program unit berpredikat: {', '.join(parts)}." if parts else "")


def parts(record: UnitRecord, rules: LifeRules) -> Iterator[Section]:
    """Yield the verdict with the unit's reply beside it; the reply alone where the unit holds no predicate."""
    as_of = record.monitoring.as_of
    replies = _replies(record.unit.replies, as_of)
    if record.life is not None:
        body = f"{_verdict(record.life, rules)}<h3>Tanggapan unit</h3>{replies or _NO_REPLY}"
        yield Section("kehidupan", TITLE, Html(body))
    elif replies:
        yield Section("tanggapan", "Tanggapan unit", replies)


def _verdict(life: Life, rules: LifeRules) -> Html:
    signals = join(map(_signal, life.signals))
    return Html(
        f'<p class="zi-big">{word(life.verdict)}</p>{_notice(life)}<p>{_sum(life, rules)} '
        f'Keadaan per {day(life.as_of)}.</p><ul class="zi-isyarat">{signals}</ul>'
        '<p class="zi-soft">Isyarat yang diam tidak ditimbang: diam bukan tanda hidup dan bukan tanda berhenti. '
        "Kesimpulan ini tidak mengubah nilai LKE, predikat, atau jatuh tempo pemantauan, dan kasus yang tercatat "
        f"tidak mengubahnya. {_METHOD}.</p>"
    )


def _notice(life: Life) -> Html:
    if life.notice_until is None:
        return Html("")
    return Html(
        f"<p><b>Dalam pemberitahuan sampai {day(life.notice_until)}.</b> Menurut catatan sekarang nilainya di bawah "
        "batas melambat. Sampai hari itu kesimpulannya tetap melambat, dan unit dapat memeriksa catatannya, "
        "melengkapinya, atau menanggapi.</p>"
    )


def _sum(life: Life, rules: LifeRules) -> Html:
    if life.value is None:
        return Html(
            f"Nilai tidak dihitung: isyarat yang tidak diam berbobot {life.filled}, "
            f"sedangkan yang diperlukan paling sedikit {rules.least_weight} dari 100."
        )
    points = sum((one.contribution for one in life.signals if one.contribution is not None), Fraction(0))
    value = apart(life.value, (rules.alive, rules.slowing)).replace(".", ",")
    return Html(
        f"Nilai <b>{value}</b>: sumbangan {number(points)} dibagi bobot isyarat yang tidak diam, {life.filled}. "
        f"Batas: hidup mulai {number(rules.alive)}, melambat mulai {number(rules.slowing)}."
    )


def _signal(signal: Signal) -> Html:
    """Return a signal with its figures; a list and no table, so that the reasons can be read on a phone."""
    if signal.value is None or signal.contribution is None:
        figures = Html(f"{_SILENT} bobot {signal.weight} tidak ditimbang")
    else:
        value, points = number(signal.value), number(signal.contribution)
        figures = Html(f"nilai <b>{value}</b> × bobot {signal.weight} = sumbangan <b>{points}</b>")
    return Html(
        f'<li><p class="zi-isyarat__nama"><b>{escape(signal.name)}</b> <span>{figures}</span></p>'
        f'<p>{escape(signal.reason)}</p><p class="zi-soft">Batas: {escape(signal.limit)}</p>'
        f'<p class="zi-soft">Yang mengubahnya: {escape(signal.change)}</p></li>'
    )


_NO_REPLY = none('Unit belum menanggapi. <a href="../../../cara-mengirim/index.html#tanggapan">Cara menanggapi</a>.')


def _replies(replies: Sequence[Reply], as_of: date) -> Html:
    made = sorted((one for one in replies if one.dated <= as_of), key=lambda one: one.dated, reverse=True)
    return join(_reply(one) for one in made)


def _reply(reply: Reply) -> Html:
    by = f" · {escape(reply.by)}" if reply.by else ""
    cite = f" · {source(reply.source)}" if reply.source else ""
    return Html(
        f'<div class="zi-reply"><p class="zi-soft">{day(reply.dated)}{by}{cite}</p>'
        f'<p class="zi-said">{escape(reply.text)}</p></div>'
    )
