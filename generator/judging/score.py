"""From answers to points: answer -> value (0 to 1) -> contribution (points of the 100) -> sums.

A group of unweighted questions is their average times its weight, so each question brings value x weight / how
many there are; a group of weighted parts is their sum. Both are sums of contributions, and so is the total.
An unanswered question counts 0 and stays in the average (the official workbook drops it, which raises the score).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from math import lcm

from generator.model.declared import Answer, Sheet, Survey
from generator.model.exact import decimal_text
from generator.model.instrument import Formula, Group, Instrument, Question
from generator.model.judged import NodeScore, QuestionScore, Score

UNANSWERED = "belum"
"""`jawab` of a writer who says "not answered yet"; never a choice of a scale."""
HIGHEST_INDEX = 4
"""A survey's index runs from 0 to 4."""


def score(instrument: Instrument, sheet: Sheet, surveys: Sequence[Survey]) -> Score:
    """Return what the sheet's answers come to; answers to questions the instrument does not ask are passed over.

    A question counts as answered when the answer fits it: a choice of its scale; every count of its formula, none
    negative; the id of one survey of its kind with an index from 0 to 4. "belum" is never an answer.
    """
    plan = _plan(instrument)
    known = _by_id(surveys)
    scores = tuple(_question_score(asked, sheet.answers.get(asked.question.code), known) for asked in plan.asked)
    # All contributions over one denominator: whole numbers add faster than fractions, and as exactly.
    unit = lcm(*(one.contribution.denominator for one in scores))
    points = [0, *accumulate(one.contribution.numerator * (unit // one.contribution.denominator) for one in scores)]
    missing = [0, *accumulate(not one.answered for one in scores)]
    return Score(
        total=Fraction(points[-1], unit),
        nodes={
            span.code: NodeScore(
                code=span.code,
                score=Fraction(points[span.end] - points[span.start], unit),
                weight=span.weight,
                unanswered=missing[span.end] - missing[span.start],
            )
            for span in plan.spans
        },
        questions={one.code: one for one in scores},
        unanswered=tuple(one.code for one in scores if not one.answered),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question with everything that does not depend on a sheet."""

    question: Question
    share: Fraction
    """Points of the 100 that the value 1 brings."""
    unanswered: QuestionScore
    chosen: Mapping[str, QuestionScore]
    """Choice -> its score; empty where the question is no choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """A weighted node: the questions below it stand together in the worksheet, from `start` to before `end`."""

    code: str
    weight: Fraction
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    asked: tuple[_Asked, ...]
    spans: tuple[_Span, ...]


@lru_cache(maxsize=16)
def _plan(instrument: Instrument) -> _Plan:
    """Work out once per instrument what is the same for every sheet."""
    asked: list[_Asked] = []
    spans: list[_Span] = []
    for group in instrument.groups:
        _lay_out(group, Fraction(0), asked, spans)
    order = {span.code: span for span in spans}
    return _Plan(asked=tuple(asked), spans=tuple(order[code] for code in instrument.nodes))


def _lay_out(node: Group | Question, average: Fraction, asked: list[_Asked], spans: list[_Span]) -> None:
    """Append the node's questions and its span; `average` is what an unweighted question brings at most."""
    start = len(asked)
    if isinstance(node, Group):
        share = node.weight / max(len(node.parts), 1)
        for part in node.parts:
            _lay_out(part, share, asked, spans)
    else:
        asked.append(_asked(node, node.weight if node.weight is not None else average))
    if node.weight is not None:
        spans.append(_Span(code=node.code, weight=node.weight, start=start, end=len(asked)))


def _asked(question: Question, share: Fraction) -> _Asked:
    return _Asked(
        question=question,
        share=share,
        unanswered=QuestionScore(
            code=question.code, answered=False, value=Fraction(0), contribution=Fraction(0), given=""
        ),
        chosen={choice: _answered(question, share, value, choice) for choice, value in question.values.items()},
    )


def _answered(
    question: Question, share: Fraction, value: Fraction, given: str, *, zero_denominator: bool = False
) -> QuestionScore:
    return QuestionScore(
        code=question.code,
        answered=True,
        value=value,
        contribution=value * share,
        given=given,
        zero_denominator=zero_denominator,
    )


def _question_score(asked: _Asked, answer: Answer | None, surveys: Mapping[str, Survey]) -> QuestionScore:
    if answer is None or answer.choice == UNANSWERED:
        return asked.unanswered
    if asked.chosen:
        return asked.chosen.get(answer.choice, asked.unanswered)
    if asked.question.formula is not None:
        return _counted(asked, asked.question.formula, answer.counts)
    return _surveyed(asked, surveys.get(answer.survey))


def _counted(asked: _Asked, formula: Formula, counts: Mapping[str, int]) -> QuestionScore:
    needed = (formula.numerator, *formula.denominator)
    if any(counts.get(name, -1) < 0 for name in needed):
        return asked.unanswered
    above, below = counts[formula.numerator], sum(counts[name] for name in formula.denominator)
    value = _decrease(below, above) if formula.kind == "penurunan" else _ratio(above, below)
    return _answered(
        asked.question,
        asked.share,
        value=formula.zero_value if value is None else value,
        given=f"{below} → {above}" if formula.kind == "penurunan" else f"{above}/{below}",
        zero_denominator=value is None,
    )


def _ratio(part: int, whole: int) -> Fraction | None:
    """Return part / whole, at most 1; None where the instrument must decide."""
    if whole == 0:
        return None
    return Fraction(min(part, whole), whole)


def _decrease(before: int, after: int) -> Fraction | None:
    """Return by what share the count fell, at least 0; 0 and still 0 is 1 (official workbook, cell K154)."""
    if before == 0:
        return Fraction(1) if after == 0 else None
    return Fraction(max(before - after, 0), before)


def _surveyed(asked: _Asked, survey: Survey | None) -> QuestionScore:
    if survey is None or survey.kind != asked.question.survey_kind or not 0 <= survey.index <= HIGHEST_INDEX:
        return asked.unanswered
    return _answered(asked.question, asked.share, survey.index / HIGHEST_INDEX, _plain(survey.index))


def _plain(index: Fraction) -> str:
    """Return the index as its writer gave it, without zeros at the end."""
    return decimal_text(index).rstrip("0").rstrip(".")


def _by_id(surveys: Sequence[Survey]) -> dict[str, Survey]:
    """Return the surveys by id; an id borne by two names neither."""
    borne = Counter(survey.id for survey in surveys)
    return {survey.id: survey for survey in surveys if borne[survey.id] == 1}
