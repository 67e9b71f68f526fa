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
from functools import lru_cache
from itertools import repeat
from types import MappingProxyType
from typing import Protocol, TypeVar

from generator.model.alive import FreshnessState
from generator.model.declared import Answer, Survey, Tier
from generator.model.instrument import Group, Instrument, Question
from generator.model.judged import Assessment, NodeScore, QuestionScore, Score

from . import questions
from .dated import Sheets
from .figures import number, short
from .html import Html, contents, escape
from .said import said
from .since_judged import marked
from .words import TIERS

_UNKNOWN: Mapping[str, Sequence[FreshnessState]] = MappingProxyType({})
_MOST_KEPT = 200
"""Combinations of answers kept for one question: some 3 kB each, for 113 questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """One unit-year, opened for the steps."""

    tiers: tuple[Tier, ...]
    heads: str
    """The tiers as cells of a table's head: what tells one set of tiers from another too."""
    scores: tuple[Score, ...]
    given: Mapping[str, tuple[str, ...]]
    """Of each question: the heads, and tier by tier the answer in short; a key that costs little to hash."""
    answers: tuple[Mapping[str, Answer], ...]
    surveys: Mapping[str, Survey]
    said: tuple[Mapping[str, bytes], ...]
    """Tier by tier: what was said about each question."""

    @classmethod
    def of(
        cls,
        assessment: Assessment,
        as_of: date,
        dated: Sheets | None = None,
        fresh: Mapping[str, Sequence[FreshnessState]] = _UNKNOWN,
    ) -> Year:
        """Open the tiers that have a score; `fresh` tells how fresh the unit's own evidence is."""
        declared, codes = assessment.declared, assessment.instrument.questions
        tiers = tuple(tier for tier in Tier if tier in assessment.results)
        scores = tuple(assessment.results[tier].score for tier in tiers)
        sheets = [declared.sheets[tier].answers for tier in tiers]
        days = [dated.of(declared.year, tier) if dated is not None else {} for tier in tiers]
        heads = "".join(f'<th scope="col" class="zi-angka">{TIERS[tier]}</th>' for tier in tiers)
        given = [[score.questions[code].given for code in codes] for score in scores]
        return cls(
            tiers=tiers,
            heads=heads,
            scores=scores,
            given=dict(zip(codes, zip(repeat(heads), *given), strict=False)),
            answers=tuple(sheets),
            surveys={survey.id: survey for survey in declared.surveys},
            said=tuple(
                marked(said(sheet, as_of, when, fresh if tier is Tier.MANDIRI else _UNKNOWN), assessment.results[tier])
                for tier, sheet, when in zip(tiers, sheets, days, strict=True)
            ),
        )


class Step(Protocol):
    """A piece of the worksheet."""

    def put(self, parts: list[bytes], year: Year) -> None:
        """Add the piece for one unit-year, as UTF-8 in parts: most are ready, and bytes join by copying."""
        ...


@dataclass(frozen=True, slots=True)
class Printed:
    """A laid-out instrument."""

    instrument: Instrument
    steps: tuple[Step, ...]
    contents: Html
    """The table of contents: every part down to the areas."""

    def worksheet(self, year: Year) -> list[bytes]:
        """Return every question of the instrument with what the tiers said, as UTF-8 in parts."""
        parts: list[bytes] = []
        for step in self.steps:
            step.put(parts, year)
        return parts


def lay_out(instrument: Instrument) -> Printed:
    """Lay the instrument out."""
    entries = (
        (node.code, f"<span>{node.code}</span> {escape(node.name)}")
        for group in instrument.groups
        for node in _groups(group)
        if not _is_leaf(node) or group.code != instrument.groups[0].code
    )
    steps = tuple(step for group in instrument.groups for step in _steps(group, 2))
    return Printed(instrument=instrument, steps=steps, contents=contents(entries, "Bagian LKE"))


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

    def put(self, parts: list[bytes], year: Year) -> None:
        """Add the text."""
        del year
        parts.append(self.text)


@dataclass(frozen=True, slots=True)
class _Sum:
    """The points of a group whose parts have weights: a table, parts down, tiers across."""

    start: str
    rows: tuple[tuple[str, bytes], ...]
    """(code, start of the row) of each part and, last, of their sum."""

    @classmethod
    def of(cls, group: Group) -> _Sum:
        """Prepare the table but for its points."""
        names = [f'<a href="#{part.code}">{part.code}</a> {escape(_title(part))}' for part in group.parts]
        between = ("<tbody>", *["</tr>"] * (len(names) - 1), "</tr></tbody><tfoot>")
        rows = zip(between, (*names, "Jumlah"), (*group.parts, group), strict=True)
        return cls(
            f'<div class="zi-scroll" tabindex="0" role="region" aria-label="Poin {group.code}">'
            f'<table class="zi-table"><caption><span>Poin {group.code} {escape(group.name)}</span></caption>'
            '<thead><tr><th scope="col">Bagian</th><th scope="col" class="zi-angka">Bobot</th>',
            tuple(
                (
                    node.code,
                    f'{before}<tr><th scope="row">{name}</th>'
                    f'<td class="zi-angka">{short(node.weight or Fraction(0))}</td>'.encode(),
                )
                for before, name, node in rows
            ),
        )

    def put(self, parts: list[bytes], year: Year) -> None:
        """Add the table."""
        parts.append(f"{self.start}{year.heads}</tr></thead>".encode())
        for code, row in self.rows:
            parts.append(row)
            for score in year.scores:
                node = score.nodes[code]
                parts.append(_cell(*node.score.as_integer_ratio(), node.unanswered))
        parts.append(b"</tr></tfoot></table></div>")


def _title(node: Group | Question) -> str:
    return node.name if isinstance(node, Group) else node.text


@lru_cache(maxsize=20_000)
def _cell(numerator: int, denominator: int, unanswered: int) -> bytes:
    open_ = f'<span class="zi-open">{unanswered} belum dijawab</span>' if unanswered else ""
    return f'<td class="zi-angka">{number(Fraction(numerator, denominator))}{open_}</td>'.encode()


@dataclass(frozen=True, slots=True)
class _Average:
    """How the average of a group's questions becomes its points, tier by tier."""

    group: Group
    made: dict[tuple[int, int, int], bytes] = field(default_factory=dict)

    def put(self, parts: list[bytes], year: Year) -> None:
        """Add one line a tier: average × weight = points."""
        parts.append(b'<ul class="zi-average">')
        for tier, score in zip(year.tiers, year.scores, strict=True):
            node = score.nodes[self.group.code]
            key = (*node.score.as_integer_ratio(), node.unanswered)
            parts += (_LINES[tier], self.made.get(key) or _kept(self.made, key, self._sum(node).encode()))
        parts.append(b"</ul>")

    def _sum(self, node: NodeScore) -> str:
        average = node.score / node.weight if node.weight else Fraction(0)
        missing = f"{node.unanswered} belum dijawab, dihitung 0"
        open_ = f' <span class="zi-open">{missing}</span>' if node.unanswered else ""
        count = len(self.group.parts)
        how = f"rata-rata {count} pertanyaan" if count > 1 else "nilai pertanyaannya"
        return f"{how} {number(average)} × bobot {short(node.weight)} = <b>{number(node.score)} poin</b>{open_}</li>"


_LINES = {tier: f"<li><b>{name}:</b> ".encode() for tier, name in TIERS.items()}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question: its criteria, and a column for each tier with answer, sum, and what the tier said."""

    question: Question
    how: questions.Sum
    head: bytes
    asked: questions.Choices | questions.CountTable
    rule: bytes
    made: dict[tuple[str, ...], tuple[bytes, ...]] = field(default_factory=dict)

    def put(self, parts: list[bytes], year: Year) -> None:
        """Add the question for one unit-year."""
        code = self.question.code
        around = self.made.get(year.given[code]) or self._around(year)
        for before, sheet in zip(around, year.said, strict=True):
            parts += (before, sheet.get(code, b""))
        parts.append(b"</div></div></section>")

    def _around(self, year: Year) -> tuple[bytes, ...]:
        """Return what stands before the words of each tier, and keep it where another unit-year may be alike."""
        code = self.question.code
        scores = [score.questions[code] for score in year.scores]
        answers = [sheet.get(code) for sheet in year.answers]
        pieces = [self.head, self._asked(year, scores, answers).encode(), self.rule]
        around = []
        for tier, score, answer in zip(year.tiers, scores, answers, strict=True):
            survey = year.surveys.get(answer.survey) if answer is not None else None
            told = f"{_NAMES[tier]}{questions.answer(self.question, score)}{self.how.words(score, survey)}"
            around.append(b"".join((*pieces, told.encode())))
            pieces = [b"</div>"]
        if not self.question.values:  # counts and surveys: hardly two units are alike
            return tuple(around)
        return _kept(self.made, year.given[code], tuple(around))

    def _asked(self, year: Year, scores: Sequence[QuestionScore], answers: Sequence[Answer | None]) -> Html:
        if isinstance(self.asked, questions.Choices):
            return self.asked.marked(scores, year.tiers)
        return self.asked.filled(year.heads, [answer.counts if answer else {} for answer in answers])


_NAMES = {tier: f'<div class="zi-tier"><p class="zi-tier__name">{name}</p>' for tier, name in TIERS.items()}


def _question(question: Question, group: Group) -> _Asked:
    own = question.weight
    return _Asked(
        question,
        questions.Sum.of(group.weight, len(group.parts)) if own is None else questions.Sum.of(own, 1),
        head=questions.heading(question).encode(),
        asked=questions.CountTable.of(question) if question.counts else questions.Choices.of(question),
        rule=f'{questions.rule(question)}<div class="zi-tiers">'.encode(),
    )


_Key = TypeVar("_Key")
_Made = TypeVar("_Made")


def _kept(made: dict[_Key, _Made], key: _Key, value: _Made) -> _Made:
    """Keep the value for the next unit-year; memory stays bounded whatever the units answer."""
    if len(made) >= _MOST_KEPT:
        made.clear()
    made[key] = value
    return value
