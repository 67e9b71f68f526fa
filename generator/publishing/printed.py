"""An instrument laid out once, so that a unit's worksheet is mostly joined from what is ready.

A laid-out instrument is a row of steps in the worksheet's order; each step gives its HTML for one unit-year.
Whatever depends on the instrument and on an answer alone (question, criteria, the marked choice, the sum in words)
is made when first asked for and kept: few combinations of three tiers' choices occur.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Protocol

from generator.model.declared import Answer, Survey, Tier
from generator.model.instrument import Group, Instrument, Question
from generator.model.judged import Assessment, NodeScore, QuestionScore, Score

from . import questions
from .figures import number, short
from .html import Html, escape, join
from .said import said
from .words import TIERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """One unit-year, opened for the steps."""

    tiers: tuple[Tier, ...]
    scores: tuple[Score, ...]
    answers: tuple[Mapping[str, Answer], ...]
    surveys: Mapping[str, Survey]
    as_of: date

    @classmethod
    def of(cls, assessment: Assessment, as_of: date) -> Year:
        """Open the tiers that have a score."""
        tiers = tuple(tier for tier in Tier if tier in assessment.results)
        return cls(
            tiers=tiers,
            scores=tuple(assessment.results[tier].score for tier in tiers),
            answers=tuple(assessment.declared.sheets[tier].answers for tier in tiers),
            surveys={survey.id: survey for survey in assessment.declared.surveys},
            as_of=as_of,
        )


class Step(Protocol):
    """A piece of the worksheet."""

    def html(self, year: Year) -> str:
        """Return the piece for one unit-year."""
        ...


@dataclass(frozen=True, slots=True)
class Printed:
    """A laid-out instrument."""

    instrument: Instrument
    steps: tuple[Step, ...]
    contents: tuple[tuple[str, str], ...]
    """(anchor, title) of every part down to the areas."""

    def worksheet(self, year: Year) -> Html:
        """Return every question of the instrument with what the tiers said."""
        return join(step.html(year) for step in self.steps)


def lay_out(instrument: Instrument) -> Printed:
    """Lay the instrument out."""
    contents = tuple(
        (node.code, f"<span>{node.code}</span> {escape(node.name)}")
        for group in instrument.groups
        for node in _groups(group)
        if not _is_leaf(node) or group.code != instrument.groups[0].code
    )
    steps = tuple(step for group in instrument.groups for step in _steps(group, 2))
    return Printed(instrument=instrument, steps=steps, contents=contents)


def _groups(group: Group) -> Iterator[Group]:
    yield group
    for part in group.parts:
        if isinstance(part, Group):
            yield from _groups(part)


def _is_leaf(group: Group) -> bool:
    return all(isinstance(part, Question) for part in group.parts)


def _steps(group: Group, level: int) -> Iterator[Step]:
    """Yield the steps of a group; `level` is its heading's."""
    level = min(level, 5)
    yield _Fixed(
        f'<section class="zi-level{level}"><h{level} id="{group.code}"><a class="zi-code" href="#{group.code}">'
        f"{group.code}</a> {escape(group.name)} <small>bobot {short(group.weight)}</small></h{level}>"
    )
    averaged = all(isinstance(part, Question) and part.weight is None for part in group.parts)
    yield _Average(group) if averaged else _Sum(group)
    for part in group.parts:
        if isinstance(part, Group):
            yield from _steps(part, level + 1)
        else:
            yield _question(part, group)
    yield _Fixed("</section>")


@dataclass(frozen=True, slots=True)
class _Fixed:
    """What is the same for every unit."""

    text: str

    def html(self, year: Year) -> str:
        """Return the text."""
        del year
        return self.text


@dataclass(frozen=True, slots=True)
class _Sum:
    """The points of a group whose parts have weights, part by part."""

    group: Group
    made: dict[tuple[object, ...], str] = field(default_factory=dict)

    def html(self, year: Year) -> str:
        """Return a table: parts down, tiers across."""
        heads = "".join(f'<th scope="col" class="zi-angka">{TIERS[tier]}</th>' for tier in year.tiers)
        rows = "".join(self._row(part, year) for part in self.group.parts)
        return (
            f'<div class="zi-scroll" tabindex="0" role="region" aria-label="Poin {self.group.code}">'
            f'<table class="zi-table zi-sum"><caption>Poin {self.group.code} {escape(self.group.name)}</caption><thead>'
            f'<tr><th scope="col">Bagian</th><th scope="col" class="zi-angka">Bobot</th>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody><tfoot>{self._row(self.group, year)}</tfoot></table></div>"
        )

    def _row(self, node: Group | Question, year: Year) -> str:
        cells = "".join(self._cell(score.nodes[node.code]) for score in year.scores)
        if node is self.group:
            name = "Jumlah"
        else:
            title = node.name if isinstance(node, Group) else node.text
            name = f'<a href="#{node.code}">{node.code}</a> {escape(title)}'
        return (
            f'<tr><th scope="row">{name}</th><td class="zi-angka">{short(node.weight or Fraction(0))}</td>{cells}</tr>'
        )

    def _cell(self, node: NodeScore) -> str:
        key = (node.score.numerator, node.score.denominator, node.unanswered)
        if key not in self.made:
            open_ = f'<span class="zi-open">{node.unanswered} belum dijawab</span>' if node.unanswered else ""
            self.made[key] = f'<td class="zi-angka">{number(node.score)}{open_}</td>'
        return self.made[key]


@dataclass(frozen=True, slots=True)
class _Average:
    """How the average of a group's questions becomes its points, tier by tier."""

    group: Group
    made: dict[tuple[object, ...], str] = field(default_factory=dict)

    def html(self, year: Year) -> str:
        """Return one line a tier: average × weight = points."""
        rows = "".join(
            self._row(tier, score.nodes[self.group.code]) for tier, score in zip(year.tiers, year.scores, strict=True)
        )
        return f'<ul class="zi-average">{rows}</ul>'

    def _row(self, tier: Tier, node: NodeScore) -> str:
        key = (tier, node.score.numerator, node.score.denominator, node.unanswered)
        if key not in self.made:
            average = node.score / node.weight if node.weight else Fraction(0)
            open_ = (
                f' <span class="zi-open">{node.unanswered} belum dijawab, dihitung 0</span>' if node.unanswered else ""
            )
            count = len(self.group.parts)
            how = f"rata-rata {count} pertanyaan" if count > 1 else "nilai pertanyaannya"
            self.made[key] = (
                f"<li><b>{TIERS[tier]}</b> {how} {number(average)} × bobot {short(node.weight)} = "
                f"<b>{number(node.score)} poin</b>{open_}</li>"
            )
        return self.made[key]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question: its criteria, and a column for each tier with answer, sum, and what the tier said."""

    question: Question
    how: questions.Sum
    made: dict[tuple[object, ...], tuple[str, ...]] = field(default_factory=dict)

    def html(self, year: Year) -> str:
        """Return the question for one unit-year."""
        code = self.question.code
        given = [score.questions[code] for score in year.scores]
        pieces = self._pieces(given, year)
        parts = [pieces[0]]
        for answers, piece in zip(year.answers, pieces[1:], strict=True):
            answer = answers.get(code)
            parts += (said(answer, year.as_of) if answer is not None else "", piece)
        return "".join(parts)

    def _pieces(self, given: Sequence[QuestionScore], year: Year) -> tuple[str, ...]:
        """Return the HTML around what each tier said: one piece more than there are tiers."""
        if not self.question.values:  # counts and surveys: hardly two units are alike
            return self._made(given, year)
        key = (year.tiers, *(score.given for score in given))
        if key not in self.made:
            self.made[key] = self._made(given, year)
        return self.made[key]

    def _made(self, given: Sequence[QuestionScore], year: Year) -> tuple[str, ...]:
        question = self.question
        head = questions.heading(question) + questions.asked(question, given, year.tiers, self._counts(year))
        columns = [
            f'<div class="zi-tier"><p class="zi-tier__name">{TIERS[tier]}</p>'
            f"{questions.answer(question, score)}{self.how.words(score, self._survey(tier, year))}"
            for tier, score in zip(year.tiers, given, strict=True)
        ]
        first, *others = [*columns, '<p class="zi-none">Belum ada penilai.</p>'][: max(len(columns), 1)]
        start = f'<div class="zi-tiers">{first}'
        if not columns:
            return (f"{head}{start}</div></section>",)
        return (head + start, *(f"</div>{column}" for column in others), "</div></div></section>")

    def _counts(self, year: Year) -> list[Mapping[str, int]]:
        code = self.question.code
        return [answers[code].counts if code in answers else {} for answers in year.answers]

    def _survey(self, tier: Tier, year: Year) -> Survey | None:
        answer = year.answers[year.tiers.index(tier)].get(self.question.code)
        return year.surveys.get(answer.survey) if answer is not None else None


def _question(question: Question, group: Group) -> _Asked:
    if question.weight is not None:
        return _Asked(question, questions.Sum(weight=question.weight, shared_by=1))
    return _Asked(question, questions.Sum(weight=group.weight, shared_by=len(group.parts)))
