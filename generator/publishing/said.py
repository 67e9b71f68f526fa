"""What the tiers said about the questions: explanation, evidence, judgement, reason. All of it is a stranger's text.

Marks that are not ASCII are written as entities: Python joins and encodes ASCII by copying.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product, repeat
from types import MappingProxyType

from generator.model.alive import FreshnessState
from generator.model.declared import Answer, Evidence

from .dated import NONE, Words
from .figures import day
from .freshness import MARKS, aged
from .html import Html, escape, link_out

_ASPECTS = ("relevan", "lengkap", "sah")
_DOT = " &middot; "
_UNKNOWN: Mapping[str, Sequence[FreshnessState]] = MappingProxyType({})


def said(
    answers: Mapping[str, Answer],
    as_of: date,
    dated: Mapping[str, Words],
    fresh: Mapping[str, Sequence[FreshnessState]] = _UNKNOWN,
) -> dict[str, bytes]:
    """Return by question everything a tier said beyond its answer and since when, as UTF-8.

    `fresh` has by question how fresh each piece of its evidence is; nothing is said of what is not in it.
    The days of evidence are left out where main has another number of them than the file being shown.
    """
    found = {}
    for code, answer in answers.items():
        words, days = dated.get(code, NONE)
        if answer.judgement is not None:
            judged = answer.judgement
            words += _JUDGED[judged.relevant, judged.complete, judged.valid]
        if answer.explanation:
            words += f'<p class="zi-said">{escape(answer.explanation)}</p>'
        if answer.note:
            words += f'<p class="zi-said">{escape(answer.note)}</p>'
        if answer.evidence:
            if len(days) != len(answer.evidence):
                days = ("",) * len(answer.evidence)
            items = "".join(map(_evidence, answer.evidence, days, repeat(as_of), fresh.get(code) or repeat(None)))
            words += f'<ul class="zi-evidence">{items}</ul>'
        found[code] = words.encode()
    return found


def _judgement(*aspects: bool | None) -> str:
    """Say of each aspect whether the evidence has it; an aspect not judged is named as such."""
    words = {True: '<b class="zi-ya">&check; {}</b>', False: '<b class="zi-tidak">&#10005; tidak {}</b>'}
    not_judged = '<span class="zi-kosong">&#9675; {} belum dinilai</span>'
    named = zip(_ASPECTS, aspects, strict=True)
    said_of = [(not_judged if value is None else words[value]).format(label) for label, value in named]
    return f'<p class="zi-judged">Bukti: {" ".join(said_of)}</p>'


_JUDGED = {aspects: _judgement(*aspects) for aspects in product((True, False, None), repeat=len(_ASPECTS))}


def _evidence(evidence: Evidence, added: str, as_of: date, state: FreshnessState | None) -> str:
    link = evidence.link
    title = escape(evidence.title or evidence.file or link or "Bukti tanpa judul")
    if evidence.exempt:
        return _exempt(title, evidence.note, added, state)
    label = link_out(link, title) if link else title
    about = _age(evidence, as_of, state)
    if link and label is title:
        about += f"{_DOT}tautannya tidak aman dan tidak ditampilkan"
    if evidence.file:
        about += f"{_DOT}berkas {escape(evidence.file)}"
    if evidence.note:
        about += f"{_DOT}{escape(evidence.note)}"
    if added:
        about += f"{_DOT}{added}"
    soft = f'<span class="zi-soft">{about[len(_DOT) :]}</span>' if about else ""
    return f"<li>{label}{soft}{_fingerprint(evidence.sha256) if evidence.sha256 else ''}</li>"


def _age(evidence: Evidence, as_of: date, state: FreshnessState | None) -> str:
    """Say how old the evidence is; where freshness is told, in its word and with the age."""
    until = evidence.valid_until
    if state is not None:
        about = _DOT + MARKS[state]
        if evidence.dated:
            about += _DOT + aged(evidence.dated, as_of)
        return f"{about}{_DOT}berlaku sampai {day(until)}" if until else about
    about = f"{_DOT}{day(evidence.dated)}" if evidence.dated else ""
    if until:
        ended = ' <span class="zi-tag">sudah berakhir</span>' if until < as_of else ""
        about += f"{_DOT}berlaku sampai {day(until)}{ended}"
    return about


def _fingerprint(sha256: str) -> str:
    digits = escape(sha256)
    return f'<details class="zi-hash"><summary>SHA-256 {digits[:8]}&hellip;</summary><code>{digits}</code></details>'


def _exempt(title: Html, note: str, added: str, state: FreshnessState | None) -> str:
    why = f" {escape(note)}" if note else ""
    why += f"{_DOT}{MARKS[state]}" if state is not None else ""
    why += f"{_DOT}{added}" if added else ""
    return (
        f'<li>{title} <span class="zi-tag">Dikecualikan</span>'
        f'<span class="zi-soft">Hanya judulnya yang dibuka (UU 14/2008).{why}</span></li>'
    )
