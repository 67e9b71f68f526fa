"""An instrument laid out once, so that a unit's worksheet is mostly joined from what is ready.

A laid-out instrument is a row of steps in the worksheet's order; each step gives its HTML for one unit-year.
Whatever depends on the instrument and on an answer alone (question, criteria, the marked choice, the sum in words)
is made when first asked for and kept: few combinations of three tiers' choices occur.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Protocol, TypeVar

from generator.model.declared import Answer, Survey, Tier
from generator.model.instrument import Group, Instrument, Question
from generator.model.judged import Assessment, NodeScore, QuestionScore, Score

from . import questions
from .dated import NONE, Sheets, Words
from .figures import number, short
from .html import escape
from .said import said
from .words import TIERS

_MOST_KEPT = 200
"""Combinations of answers kept for one question: some 3 kB each, for 113 questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """One unit-year, opened for the steps."""

    tiers: tuple[Tier, ...]
    shape: str
    """The tiers as one text: a key that costs nothing to hash."""
    scores: tuple[Score, ...]
    answers: tuple[Mapping[str, Answer], ...]
    surveys: Mapping[str, Survey]
    as_of: date
    dated: tuple[Mapping[str, Words], ...]
    """Tier by tier: since when each question's answer and evidence stand."""

    @classmethod
    def of(cls, assessment: Assessment, as_of: date, dated: Sheets | None = None) -> Year:
        """Open the tiers that have a score."""
        tiers = tuple(tier for tier in Tier if tier in assessment.results)
        return cls(
            tiers=tiers,
            shape=" ".join(tiers),
            scores=tuple(assessment.results[tier].score for tier in tiers),
            answers=tuple(assessment.declared.sheets[tier].answers for tier in tiers),
            surveys={survey.id: survey for survey in assessment.declared.surveys},
            as_of=as_of,
            dated=tuple(dated.of(assessment.declared.year, tier) if dated is not None else {} for tier in tiers),
        )


class Step(Protocol):
    """A piece of the worksheet."""

    def parts(self, year: Year) -> Iterable[bytes]:
        """Return the piece for one unit-year, as UTF-8 in parts: most are ready, and bytes join by copying."""
        ...


@dataclass(frozen=True, slots=True)
class Printed:
    """A laid-out instrument."""

    instrument: Instrument
    steps: tuple[Step, ...]
    contents: tuple[tuple[str, str], ...]
    """(anchor, title) of every part down to the areas."""

    def worksheet(self, year: Year) -> bytes:
        """Return every question of the instrument with what the tiers said, as UTF-8."""
        return b"".join(part for step in self.steps for part in step.parts(year))


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
        f"{group.code}</a> {escape(group.name)} <small>bobot {short(group.weight)}</small></h{level}>".encode()
    )
    averaged = all(isinstance(part, Question) and part.weight is None for part in group.parts)
    yield _Average(group) if averaged else _Sum.of(group)
    for part in group.parts:
        if isinstance(part, Group):
            yield from _steps(part, level + 1)
        else:
            yield _question(part, group)
    yield _Fixed(b"</section>")


@dataclass(frozen=True, slots=True)
class _Fixed:
    """What is the same for every unit."""

    text: bytes

    def parts(self, year: Year) -> Iterable[bytes]:
        """Return the text."""
        del year
        return (self.text,)


@dataclass(frozen=True, slots=True)
class _Sum:
    """The points of a group whose parts have weights, part by part."""

    group: Group
    names: tuple[str, ...]
    """Of the parts and, last, of their sum: the row's first cells."""

    @classmethod
    def of(cls, group: Group) -> _Sum:
        """Prepare the rows' names and weights."""
        names = [f'<a href="#{part.code}">{part.code}</a> {escape(_title(part))}' for part in group.parts]
        rows = zip((*names, "Jumlah"), (*group.parts, group), strict=True)
        return cls(
            group,
            tuple(
                f'<tr><th scope="row">{name}</th><td class="zi-angka">{short(node.weight or Fraction(0))}</td>'
                for name, node in rows
            ),
        )

    def parts(self, year: Year) -> Iterable[bytes]:
        """Return a table: parts down, tiers across."""
        heads = "".join(f'<th scope="col" class="zi-angka">{TIERS[tier]}</th>' for tier in year.tiers)
        *rows, last = [
            f"{name}{''.join(_cell(score.nodes[node.code]) for score in year.scores)}</tr>"
            for name, node in zip(self.names, (*self.group.parts, self.group), strict=True)
        ]
        table = (
            f'<div class="zi-scroll" tabindex="0" role="region" aria-label="Poin {self.group.code}">'
            f'<table class="zi-table"><caption><span>Poin {self.group.code} {escape(self.group.name)}</span></caption>'
            f'<thead><tr><th scope="col">Bagian</th><th scope="col" class="zi-angka">Bobot</th>{heads}</tr></thead>'
            f"<tbody>{''.join(rows)}</tbody><tfoot>{last}</tfoot></table></div>"
        )
        return (table.encode(),)


def _title(node: Group | Question) -> str:
    return node.name if isinstance(node, Group) else node.text


def _cell(node: NodeScore) -> str:
    open_ = f'<span class="zi-open">{node.unanswered} belum dijawab</span>' if node.unanswered else ""
    return f'<td class="zi-angka">{number(node.score)}{open_}</td>'


@dataclass(frozen=True, slots=True)
class _Average:
    """How the average of a group's questions becomes its points, tier by tier."""

    group: Group
    made: dict[tuple[str | int, ...], bytes] = field(default_factory=dict)

    def parts(self, year: Year) -> Iterable[bytes]:
        """Return one line a tier: average × weight = points."""
        yield b'<ul class="zi-average">'
        for tier, score in zip(year.tiers, year.scores, strict=True):
            node = score.nodes[self.group.code]
            key = (tier.value, node.score.numerator, node.score.denominator, node.unanswered)
            yield self.made.get(key) or _kept(self.made, key, self._row(tier, node).encode())
        yield b"</ul>"

    def _row(self, tier: Tier, node: NodeScore) -> str:
        average = node.score / node.weight if node.weight else Fraction(0)
        missing = f"{node.unanswered} belum dijawab, dihitung 0"
        open_ = f' <span class="zi-open">{missing}</span>' if node.unanswered else ""
        count = len(self.group.parts)
        how = f"rata-rata {count} pertanyaan" if count > 1 else "nilai pertanyaannya"
        return (
            f"<li><b>{TIERS[tier]}:</b> {how} {number(average)} × bobot {short(node.weight)} = "
            f"<b>{number(node.score)} poin</b>{open_}</li>"
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question: its criteria, and a column for each tier with answer, sum, and what the tier said."""

    question: Question
    how: questions.Sum
    head: str
    rule: str
    made: dict[tuple[str, ...], tuple[bytes, ...]] = field(default_factory=dict)

    def parts(self, year: Year) -> Iterable[bytes]:
        """Return the question for one unit-year."""
        code = self.question.code
        around = self._around([score.questions[code] for score in year.scores], year)
        parts = [around[0]]
        for answers, dated, piece in zip(year.answers, year.dated, around[1:], strict=True):
            answer = answers.get(code)
            if answer is not None:
                parts.append(said(answer, year.as_of, dated.get(code, NONE)).encode())
            parts.append(piece)
        return parts

    def _around(self, given: Sequence[QuestionScore], year: Year) -> tuple[bytes, ...]:
        """Return what stands around the words of the tiers: one piece more than there are tiers."""
        if not self.question.values:  # counts and surveys: hardly two units are alike
            return self._made(given, year)
        key = (year.shape, *[score.given for score in given])
        return self.made.get(key) or _kept(self.made, key, self._made(given, year))

    def _made(self, given: Sequence[QuestionScore], year: Year) -> tuple[bytes, ...]:
        question = self.question
        asked = questions.asked(question, given, year.tiers, self._counts(year))
        first, *others = [
            f'<div class="zi-tier"><p class="zi-tier__name">{TIERS[tier]}</p>'
            f"{questions.answer(question, score)}{self.how.words(score, self._survey(tier, year))}"
            for tier, score in zip(year.tiers, given, strict=True)
        ]
        start = f'{self.head}{asked}{self.rule}<div class="zi-tiers">{first}'
        pieces = (start, *[f"</div>{column}" for column in others], "</div></div></section>")
        return tuple([piece.encode() for piece in pieces])

    def _counts(self, year: Year) -> list[Mapping[str, int]]:
        code = self.question.code
        return [answers[code].counts if code in answers else {} for answers in year.answers]

    def _survey(self, tier: Tier, year: Year) -> Survey | None:
        answer = year.answers[year.tiers.index(tier)].get(self.question.code)
        return year.surveys.get(answer.survey) if answer is not None else None


def _question(question: Question, group: Group) -> _Asked:
    own = question.weight
    return _Asked(
        question,
        questions.Sum(weight=group.weight, shared_by=len(group.parts))
        if own is None
        else questions.Sum(weight=own, shared_by=1),
        head=questions.heading(question),
        rule=questions.rule(question),
    )


_Key = TypeVar("_Key")
_Made = TypeVar("_Made")


def _kept(made: dict[_Key, _Made], key: _Key, value: _Made) -> _Made:
    """Keep the value for the next unit-year; memory stays bounded whatever the units answer."""
    if len(made) >= _MOST_KEPT:
        made.clear()
    made[key] = value
    return value
