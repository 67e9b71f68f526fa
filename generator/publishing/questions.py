"""A question of the instrument in HTML: text, criteria with the marks of the tiers, and the sum in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.model.declared import Survey, Tier
from generator.model.instrument import Formula, Question
from generator.model.judged import QuestionScore

from .figures import day, number, short
from .html import Html, badge, escape, join
from .words import TIERS, surveyor

UNANSWERED = badge("kosong", "○", "Belum dijawab")


def heading(question: Question) -> Html:
    """Open the question's section; its address is its code."""
    code = question.code
    return Html(
        f'<section class="zi-question"><h6 id="{code}"><a class="zi-code" href="#{code}">{code}</a> '
        f"{escape(question.text)}</h6>"
    )


def asked(question: Question) -> Html:
    """Return what the question asks for: the criteria, or the counts."""
    return CountTable.of(question).filled("", ()) if question.counts else Choices.of(question).marked((), ())


def rule(question: Question) -> Html:
    """Say how the answer becomes a value, where criteria do not: the formula, or the survey."""
    if question.formula is not None:
        return _formula(question, question.formula)
    if not question.survey_kind:
        return Html("")
    return Html(
        f'<p class="zi-asks">Diisi dengan indeks survei {escape(question.survey_kind)} (0–4); nilainya indeks ÷ 4.</p>'
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of a question with what each is worth, all but the marks of who chose them."""

    rows: tuple[tuple[str, str, str], ...]
    """(choice, its row up to the mark, the rest)"""

    @classmethod
    def of(cls, question: Question) -> Choices:
        """Lay the list out; it is empty where there is nothing to choose."""
        rows = (
            (
                choice,
                f"><b>{escape(choice)}</b><span>{escape(question.criteria.get(choice, ''))} ",
                f'</span><span class="zi-worth">{number(value)}</span></li>',
            )
            for choice, value in question.values.items()
        )
        return cls(tuple(rows))

    def marked(self, given: Sequence[QuestionScore], tiers: Sequence[Tier]) -> Html:
        """Return the list with the marks of the tiers; "" where there is nothing to choose."""
        by: dict[str, str] = {}
        for tier, score in zip(tiers, given, strict=True):
            if score.answered:
                by[score.given] = f"{by[score.given]}, {TIERS[tier]}" if score.given in by else TIERS[tier]
        items = [
            f'<li class="zi-chosen"{start}<span class="zi-by">{by[choice]}</span>{rest}'
            if choice in by
            else f"<li{start}{rest}"
            for choice, start, rest in self.rows
        ]
        return Html(f'<ul class="zi-criteria">{"".join(items)}</ul>' if items else "")


@dataclass(frozen=True, slots=True)
class CountTable:
    """The table of the counts that a question asks for, all but the counts."""

    start: str
    rows: tuple[tuple[str, str], ...]
    """(id of the count, the row's first cell)"""

    @classmethod
    def of(cls, question: Question) -> CountTable:
        """Lay the table out."""
        start = (
            f'<div class="zi-scroll" tabindex="0" role="region" aria-label="Angka {question.code}">'
            '<table class="zi-table zi-counts"><caption><span>Angka yang diisi</span></caption>'
            '<thead><tr><th scope="col">Isian</th>'
        )
        rows = [
            (count.id, f'<th scope="row">{escape(count.text)}{" (hanya informasi)" if count.informative else ""}</th>')
            for count in question.counts
        ]
        return cls(start, tuple(rows))

    def filled(self, heads: str, given: Sequence[Mapping[str, int]]) -> Html:
        """Return the table with the counts of each tier; `heads` are the tiers' cells of its head."""
        rows = [
            f"<tr>{name}{''.join([_count(counts.get(count)) for counts in given])}</tr>" for count, name in self.rows
        ]
        return Html(f"{self.start}{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>")


def _count(value: int | None) -> str:
    return f'<td class="zi-angka">{_NOT_FILLED if value is None else value}</td>'


_NOT_FILLED = '<span class="zi-open">belum diisi</span>'


def _formula(question: Question, formula: Formula) -> Html:
    """Say the formula in words, and what the registry decided where its denominator is 0."""
    names = {count.id: escape(count.text) for count in question.counts}
    numerator = names.get(formula.numerator, escape(formula.numerator))
    denominator = join([names.get(name, escape(name)) for name in formula.denominator], " + ")
    if formula.kind == "penurunan":
        words = f"({denominator} − {numerator}) ÷ {denominator}, paling sedikit 0. Dari 0 dan tetap 0 bernilai 1."
    else:
        many = f"({denominator})" if len(formula.denominator) > 1 else denominator
        words = f"{numerator} ÷ {many}, paling banyak 1."
    return Html(
        f'<p class="zi-asks">Rumus: {words} Penyebut 0 bernilai {short(formula.zero_value)}: '
        f"{escape(formula.zero_reason)} <em>(keputusan registri ini, bukan ketentuan resmi)</em></p>"
    )


_LOOKS: Mapping[str, tuple[str, str]] = {"Ya": ("ya", "✓"), "Tidak": ("tidak", "✕")}
"""Answer -> look, sign."""


def answer(question: Question, score: QuestionScore) -> Html:
    """Return the answer as a mark: not answered, "Tidak" and 0 look different."""
    if not score.answered:
        return Html(f'<p class="zi-answer">{UNANSWERED}</p>')
    look, sign = _LOOKS.get(score.given, ("jawab", "■"))
    label = score.given.replace(".", ",") if question.survey_kind else score.given
    return Html(f'<p class="zi-answer">{badge(look, sign, label)}</p>')


@dataclass(frozen=True, slots=True)
class Sum:
    """How a value becomes points: shared weight is divided among the questions of the group."""

    factors: str
    """What stands between value and points."""

    @classmethod
    def of(cls, weight: Fraction, shared_by: int) -> Sum:
        """Put the factors in words."""
        share = f" ÷ {shared_by} pertanyaan" if shared_by > 1 else ""
        return cls(f"{share} × bobot {short(weight)}")

    def words(self, score: QuestionScore, survey: Survey | None) -> Html:
        """Say the sum: answer, value, average, weight, points."""
        if not score.answered:
            return Html('<p class="zi-how">dihitung 0</p>')
        why = " (penyebut 0, keputusan registri)" if score.zero_denominator else ""
        return Html(
            f'{_asked_by(survey) if survey else ""}<p class="zi-how">nilai {number(score.value)}{why}{self.factors}'
            f" = <b>{number(score.contribution)} poin</b></p>"
        )


def _asked_by(survey: Survey) -> str:
    when = f", {day(survey.dated)}" if survey.dated else ""
    return (
        f'<p class="zi-soft">Indeks {number(survey.index)} dari 4; {surveyor(survey.surveyor)}, '
        f"{survey.respondents} responden{when}</p>"
    )
