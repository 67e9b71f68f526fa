"""What the tiers said about the questions: explanation, evidence, judgement, reason. All of it is a stranger's text.

A sheet holds hundreds of texts: they are looked at together (`escape_each`, `links_out`), then put in their places.
Marks that are not ASCII are written as entities: Python joins and encodes ASCII by copying.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice, product, repeat
from types import MappingProxyType

from generator.model.alive import FreshnessState
from generator.model.declared import Answer, Evidence

from .dated import NONE, Words
from .figures import day
from .freshness import MARKS, aged
from .html import Html, escape, escape_each, links_out

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
    evidence = _evidence(answers, as_of, dated, fresh)
    explanations = escape_each([answer.explanation for answer in answers.values()])
    notes = escape_each([answer.note for answer in answers.values()])
    for (code, answer), explanation, note in zip(answers.items(), explanations, notes, strict=True):
        words = dated.get(code, NONE)[0]
        if answer.judgement is not None:
            judged = answer.judgement
            words += _JUDGED[judged.relevant, judged.complete, judged.valid]
        if explanation:
            words += f'<p class="zi-said">{explanation}</p>'
        if note:
            words += f'<p class="zi-said">{note}</p>'
        if answer.evidence:
            words += f'<ul class="zi-evidence">{"".join(islice(evidence, len(answer.evidence)))}</ul>'
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


def _evidence(
    answers: Mapping[str, Answer],
    as_of: date,
    dated: Mapping[str, Words],
    fresh: Mapping[str, Sequence[FreshnessState]],
) -> Iterator[str]:
    """Return the list items of all evidence of the sheet, in its order."""
    pieces: list[Evidence] = []
    ages: list[str] = []
    added: list[str] = []
    for code, answer in answers.items():
        count = len(answer.evidence)
        if count:
            days = dated.get(code, NONE)[1]
            pieces += answer.evidence
            ages += map(_age, answer.evidence, fresh.get(code) or repeat(None), repeat(as_of))
            added += days if len(days) == count else ("",) * count
    titles = escape_each([piece.title or piece.file or piece.link or "Bukti tanpa judul" for piece in pieces])
    links = links_out([piece.link for piece in pieces], titles)
    return map(_item, pieces, titles, links, ages, added)


def _item(evidence: Evidence, title: Html, link: Html, age: str, added: str) -> str:
    if evidence.exempt:
        return _exempt(title, evidence.note, age, added)
    about = age
    if evidence.link and not link:
        about += f"{_DOT}tautannya tidak aman dan tidak ditampilkan"
    if evidence.file:
        about += f"{_DOT}berkas {escape(evidence.file)}"
    if evidence.note:
        about += f"{_DOT}{escape(evidence.note)}"
    if added:
        about += f"{_DOT}{added}"
    soft = f'<span class="zi-soft">{about[len(_DOT) :]}</span>' if about else ""
    return f"<li>{link or title}{soft}{_fingerprint(evidence.sha256) if evidence.sha256 else ''}</li>"


def _age(evidence: Evidence, state: FreshnessState | None, as_of: date) -> str:
    """Say how old evidence is; where freshness is told, in its word. Of exempt evidence no day is open."""
    if evidence.exempt:
        return f"{_DOT}{MARKS[state]}" if state is not None else ""
    return _days(evidence.dated, evidence.valid_until, state, as_of)


@lru_cache(maxsize=20_000)  # a sheet has few days
def _days(dated: date | None, until: date | None, state: FreshnessState | None, as_of: date) -> str:
    if state is not None:
        about = _DOT + MARKS[state]
        if dated:
            about += _DOT + aged(dated, as_of)
        return f"{about}{_DOT}berlaku sampai {day(until)}" if until else about
    about = f"{_DOT}{day(dated)}" if dated else ""
    if until:
        ended = ' <span class="zi-tag">sudah berakhir</span>' if until < as_of else ""
        about += f"{_DOT}berlaku sampai {day(until)}{ended}"
    return about


def _fingerprint(sha256: str) -> str:
    digits = sha256 if sha256.isalnum() else escape(sha256)
    return f'<details class="zi-hash"><summary>SHA-256 {digits[:8]}&hellip;</summary><code>{digits}</code></details>'


def _exempt(title: Html, note: str, age: str, added: str) -> str:
    why = f" {escape(note)}" if note else ""
    why += age
    why += f"{_DOT}{added}" if added else ""
    return (
        f'<li>{title} <span class="zi-tag">Dikecualikan</span>'
        f'<span class="zi-soft">Hanya judulnya yang dibuka (UU 14/2008).{why}</span></li>'
    )
