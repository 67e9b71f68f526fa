"""A change as a page tells it, and which filter finds it. Every value is a stranger's text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.model.history import Change, ChangeKind

from . import change_parts
from .html import Html, escape, join

_CUT = 160
"""Characters of a value: the whole of it is in the file, and mostly on the page of its year."""

GROUPS: Mapping[str, str] = {
    "jawaban": "Jawaban",
    "bukti": "Bukti",
    "penilaian": "Penilaian bukti",
    "catatan": "Penjelasan dan catatan",
    "survei": "Survei",
    "predikat": "Predikat dan pemantauan",
    "unit": "Data unit dan lembar",
}
"""What a reader may look for -> its name."""

GROUP_OF: Mapping[ChangeKind, str] = {
    ChangeKind.ANSWERED: "jawaban",
    ChangeKind.ANSWER_CHANGED: "jawaban",
    ChangeKind.EVIDENCE_ADDED: "bukti",
    ChangeKind.EVIDENCE_REPLACED: "bukti",
    ChangeKind.EVIDENCE_REMOVED: "bukti",
    ChangeKind.JUDGEMENT_CHANGED: "penilaian",
    ChangeKind.NOTE_CHANGED: "catatan",
    ChangeKind.SURVEY_ADDED: "survei",
    ChangeKind.SURVEY_CHANGED: "survei",
    ChangeKind.SURVEY_REMOVED: "survei",
    ChangeKind.CLEARANCE_CHANGED: "predikat",
    ChangeKind.PREDICATE_EVENT: "predikat",
    ChangeKind.MONITORING: "predikat",
    ChangeKind.STATEMENT: "predikat",
    ChangeKind.REPLY: "predikat",
    ChangeKind.CASE: "predikat",
    ChangeKind.UNIT_MOVED: "unit",
    ChangeKind.PROFILE_CHANGED: "unit",
    ChangeKind.SHEET_CHANGED: "unit",
    ChangeKind.UNREADABLE: "unit",
}


def words(change: Change) -> Html:
    """Return what happened, without where."""
    return _shown(change_parts.parts(change))


def together(changes: Iterable[Change]) -> Html:
    """Return what happened in one place, without where."""
    return join(map(_shown, change_parts.together(changes)), "; ")


def briefly(changes: Iterable[Change]) -> Html:
    """Return the same without the text that came in."""
    return join(map(_shown, change_parts.briefly(changes)), "; ")


def _shown(parts: change_parts.Parts) -> Html:
    shown: list[str] = []
    for part in parts:
        if isinstance(part, str):
            shown.append(escape(part))
        else:
            text = escape(f"{part.text[:_CUT]}…" if len(part.text) > _CUT else part.text)
            shown.append(f"<q>{text}</q>" if part.quoted else text)
    return join(shown)


def count(changes: Iterable[Change]) -> Html:
    """Return how many changes of each kind there are."""
    return Html(change_parts.count(changes))
