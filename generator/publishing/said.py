"""What a tier said about one question: explanation, evidence, judgement, reason. All of it is a stranger's text."""

from __future__ import annotations

from datetime import date
from functools import cache

from generator.model.declared import Answer, Evidence

from .dated import NONE, Words
from .figures import day
from .html import escape, link_out

_ASPECTS = ("relevan", "lengkap", "sah")


def said(answer: Answer, as_of: date, dated: Words = NONE) -> str:
    """Return everything the tier said beyond its answer and since when; "" where there is nothing.

    The days of evidence are left out where main has another number of them than the file being shown.
    """
    words, days = dated
    if answer.judgement is not None:
        judged = answer.judgement
        words += _judgement(judged.relevant, judged.complete, judged.valid)
    if answer.explanation:
        words += f'<p class="zi-said">{escape(answer.explanation)}</p>'
    if answer.note:
        words += f'<p class="zi-said">{escape(answer.note)}</p>'
    if answer.evidence:
        if len(days) != len(answer.evidence):
            days = ("",) * len(answer.evidence)
        items = "".join([_evidence(one, as_of, added) for one, added in zip(answer.evidence, days, strict=True)])
        words += f'<ul class="zi-evidence">{items}</ul>'
    return words


@cache
def _judgement(*aspects: bool | None) -> str:
    """Say of each aspect whether the evidence has it; an aspect not judged is named as such."""
    said_of = []
    for label, value in zip(_ASPECTS, aspects, strict=True):
        if value is None:
            said_of.append(f'<span class="zi-kosong">○ {label} belum dinilai</span>')
        else:
            said_of.append(f'<b class="zi-ya">✓ {label}</b>' if value else f'<b class="zi-tidak">✕ tidak {label}</b>')
    return f'<p class="zi-judged">Bukti: {" ".join(said_of)}</p>'


def _evidence(evidence: Evidence, as_of: date, added: str) -> str:
    title = escape(evidence.title or evidence.file or evidence.link or "Bukti tanpa judul")
    if evidence.exempt:
        why = f" {escape(evidence.note)}" if evidence.note else ""
        why += f" · {added}" if added else ""
        return (
            f'<li>{title} <span class="zi-tag">Dikecualikan</span>'
            f'<span class="zi-soft">Hanya judulnya yang dibuka (UU 14/2008).{why}</span></li>'
        )
    label = link_out(evidence.link, title) if evidence.link else title
    about: list[str] = []
    if evidence.dated:
        about.append(day(evidence.dated))
    if evidence.valid_until:
        ended = ' <span class="zi-tag">sudah berakhir</span>' if evidence.valid_until < as_of else ""
        about.append(f"berlaku sampai {day(evidence.valid_until)}{ended}")
    if evidence.link and label == title:
        about.append("tautannya tidak aman dan tidak ditampilkan")
    if evidence.file:
        about.append(f"berkas {escape(evidence.file)}")
    if evidence.note:
        about.append(escape(evidence.note))
    if added:
        about.append(added)
    soft = f'<span class="zi-soft">{" · ".join(about)}</span>' if about else ""
    return f"<li>{label}{soft}{_fingerprint(evidence.sha256) if evidence.sha256 else ''}</li>"


def _fingerprint(sha256: str) -> str:
    digits = escape(sha256)
    return f'<details class="zi-hash"><summary>SHA-256 {digits[:8]}…</summary><code>{digits}</code></details>'
