"""Whether a judgement still is of the answers that stand today: what `zi stamp` binds, a later change loosens.

An assessor's sheet names by `menilai` which answers of the unit it judged: one fingerprint at its top for all of
them, and one at each answer for that question's. A question whose fingerprint is another today has changed since it
was judged. A sheet without `menilai` promises nothing, and nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from .fingerprint import of_answer, of_answers
from .rules.answers import judged

Rows = Mapping[str, Any]
STAMP = "menilai"
"""Key of the fingerprint, at the top of a sheet and in each of its answers."""


NOTHING: Rows = MappingProxyType({})


class Binding(NamedTuple):
    """What became of the questions of one assessor's sheet that are stamped; the others are in neither set."""

    current: frozenset[str] = frozenset()
    """The unit's answer is the one judged."""
    changed: frozenset[str] = frozenset()
    """It is another one, or gone."""
    rest_changed: bool = False
    """The sheet's own stamp is of other answers, and no question of `changed` explains it."""


def binding(sheet: Rows, mandiri: Rows, survei: Rows = NOTHING) -> Binding:
    """Return how an assessor's sheet is bound, from the data of its file, the unit's own sheet and the year's surveys.

    An empty mapping stands for a file that is not there. Only what is stamped is fingerprinted.
    """
    own = as_read(_rows(mandiri, "jawaban"), survei)
    stamped = dict(_stamped(sheet))
    changed = frozenset(code for code, stamp in stamped.items() if _stamp_for(own.get(code)) != stamp)
    whole = sheet.get(STAMP)
    return Binding(
        current=frozenset(stamped) - changed,
        changed=changed,
        rest_changed=bool(whole) and not changed and of_answers(own) != whole,
    )


def as_read(answers: Rows, survei: Rows) -> Rows:
    """Return the unit's answers as an assessor reads them: in place of a survey's id stands the survey.

    Who judged an index judged the figure in survei.yaml; an id that is not there stays an id.
    """
    listed = survei.get("survei")
    surveys = {one.get("id"): one for one in listed if isinstance(one, Mapping)} if isinstance(listed, list) else {}
    if not surveys:
        return answers
    return {code: _with_survey(answer, surveys) for code, answer in answers.items()}


def _with_survey(answer: Any, surveys: Mapping[Any, Rows]) -> Any:
    named = answer.get("survei") if isinstance(answer, Mapping) else None
    return {**answer, "survei": surveys[named]} if isinstance(named, str) and named in surveys else answer


class Stamps(NamedTuple):
    """What must be written in an assessor's sheet for it to be bound to the unit's answers of today."""

    judged: tuple[str, ...]
    """All judged questions, in the sheet's order, as in what follows."""
    answers: Mapping[str, str]
    """Question -> its fingerprint; those that have it already are left out."""
    whole: str | None
    """The sheet's own, where it has another; None also where a judgement would stay that is not bound."""
    absent: tuple[str, ...]
    """Judged questions (of those asked for) to which the unit has no answer: nothing to bind them to."""
    loose: tuple[str, ...]
    """All judged questions that stay unbound."""


def stamps(sheet: Rows, mandiri: Rows, only: Collection[str] = (), survei: Rows = NOTHING) -> Stamps:
    """Return the stamps that are missing or of other answers, for all judged questions or for those of `only`.

    The sheet's own stamp says that every judgement in it is of today's answers: it is set when that is so.
    """
    own = as_read(_rows(mandiri, "jawaban"), survei)
    held = {code: answer.get(STAMP) for code, answer in _judged(sheet)}
    due = {code: _stamp_for(own.get(code)) for code in held}
    asked = [code for code in held if not only or code in only]
    missing = {code: stamp for code in asked if (stamp := due[code]) is not None and stamp != held[code]}
    loose = tuple(code for code in held if code not in missing and (due[code] is None or due[code] != held[code]))
    whole = of_answers(own) if (held or STAMP in sheet) and not loose else None
    return Stamps(
        judged=tuple(held),
        answers=missing,
        whole=None if whole == sheet.get(STAMP) else whole,
        absent=tuple(code for code in asked if due[code] is None),
        loose=loose,
    )


def _judged(sheet: Rows) -> Iterator[tuple[str, Rows]]:
    """Yield what an assessor judged; an answer that bears a stamp was judged, whatever it says now."""
    for code, answer in _rows(sheet, "jawaban").items():
        if isinstance(answer, Mapping) and (judged(answer) or STAMP in answer):
            yield str(code), answer


def _stamp_for(answer: object) -> str | None:
    return of_answer(answer) if isinstance(answer, Mapping) else None


def _stamped(sheet: Rows) -> Iterator[tuple[str, str]]:
    for code, answer in _rows(sheet, "jawaban").items():
        stamp = answer.get(STAMP) if isinstance(answer, Mapping) else None
        if stamp:
            yield str(code), str(stamp)


def _rows(data: Rows, key: str) -> Rows:
    value = data.get(key)
    return value if isinstance(value, Mapping) else {}
