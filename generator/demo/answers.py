"""What the three tiers answer: choices and counts by question, without any text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from generator.demo.chance import chance
from generator.demo.stories import Level, Twist, Year
from generator.model.declared import Tier
from generator.model.instrument import Formula, Instrument, Question

Given = str | Mapping[str, int]
"""A choice, the id of a survey, or counts."""
Tiers = Mapping[Tier, Mapping[str, Given]]

WEAK_AREA = "5"
"""The area of `Twist.AREA_LEMAH`."""
_ZERO = frozenset({"A.II.5.ii.a", "A.II.3.iii.a"})
"""Percentage questions of `Twist.PENYEBUT_NOL`."""
ACHIEVEMENT = "B.I.b"
_UNANSWERED = 9
_NEVER_MISSING = frozenset({ACHIEVEMENT, "B.I.a", "B.II.a"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Odds:
    """How a level answers."""

    best: float
    """Chance of the best answer in the unit's own sheet."""
    lowered: float
    """Chance that an assessor takes an answer one step down."""
    deepest: int
    """The worst step an answer may take."""
    achievement: str
    steps: int = 1
    """How far down an assessor takes an answer."""


_ODDS: Mapping[Level, _Odds] = {
    Level.ISTIMEWA: _Odds(best=0.95, lowered=0.05, deepest=1, achievement="A"),
    Level.BAIK: _Odds(best=0.75, lowered=0.12, deepest=1, achievement="B"),
    Level.CUKUP: _Odds(best=0.5, lowered=0.15, deepest=2, achievement="C"),
    Level.LEMAH: _Odds(best=0.3, lowered=0.2, deepest=4, achievement="D"),
}
_GAP = _Odds(best=0.96, lowered=0.8, deepest=2, achievement="B", steps=2)
_YES = 0.75
"""Part of the chance of a worse answer that a yes/no question is spared: its only other answer is worth nothing."""


def area_of(code: str) -> str:
    """Return "1" to "6", or "B" for results."""
    return code.split(".")[2] if code.startswith("A") else "B"


def answers(instrument: Instrument, subject: Sequence[object], year: Year) -> Tiers:
    """Return what each tier up to `year.reach` answers; a question left open is in none of them."""
    rng = chance(*subject, "answers")
    odds = _GAP if year.twist is Twist.SELISIH else _ODDS[year.level]
    own = {code: _own(question, year, odds, rng) for code, question in instrument.questions.items()}
    if year.twist is Twist.BELUM_LENGKAP:
        for code in rng.sample([code for code in own if code not in _NEVER_MISSING], _UNANSWERED):
            del own[code]
    tiers: dict[Tier, Mapping[str, Given]] = {Tier.MANDIRI: own}
    lowered = odds.lowered
    for tier in list(Tier)[1 : list(Tier).index(year.reach) + 1]:
        before = list(tiers.values())[-1]
        tiers[tier] = {
            code: _assessed(instrument.questions[code], given, odds, rng) if rng.random() < lowered else given
            for code, given in before.items()
        }
        lowered /= 2
    return tiers


def _own(question: Question, year: Year, odds: _Odds, rng: Random) -> Given:
    if question.survey_kind:
        return ""  # the sheet knows which survey
    if question.code == ACHIEVEMENT:
        return year.achievement or odds.achievement
    weak = year.twist is Twist.AREA_LEMAH and area_of(question.code) == WEAK_AREA
    if question.formula is None:
        return _choice(list(question.values), odds, rng, weak=weak)
    if year.twist is Twist.PENYEBUT_NOL and question.code in _ZERO:
        return {count.id: 0 for count in question.counts}
    share = 0.4 if weak else 1 - (1 - odds.best) * rng.random() * 0.8
    return _counts(question, question.formula, share, rng)


def _choice(values: list[str], odds: _Odds, rng: Random, *, weak: bool) -> str:
    yes_no = len(values) == 2  # noqa: PLR2004 - Ya, Tidak
    if weak:
        return values[0] if yes_no else values[len(values) // 2]
    worse = (1 - odds.best) * ((1 - _YES) if yes_no else 1)
    step = 0
    while step < min(odds.deepest, len(values) - 1) and rng.random() < (worse if step == 0 else 0.4):
        step += 1
    return values[step]


def _counts(question: Question, formula: Formula, share: float, rng: Random) -> Mapping[str, int]:
    if formula.kind == "penurunan":
        before = rng.randint(3, 6)
        parts = {formula.denominator[0]: before, formula.numerator: round(before * (1 - share))}
    else:
        parts = {name: rng.randint(5, 24) for name in formula.denominator}
        parts[formula.numerator] = round(sum(parts.values()) * share)
    return _with_informative(question, formula, parts)


def _with_informative(question: Question, formula: Formula, parts: Mapping[str, int]) -> Mapping[str, int]:
    """Add the counts the formula does not use: they must not contradict those it does."""
    names = [count.id for count in question.counts if count.informative]
    whole = sum(parts[name] for name in formula.denominator)
    if len(names) == 1:
        rest = parts[formula.numerator] if formula.kind == "penurunan" else whole - parts[formula.numerator]
        shares: Iterator[int] = iter((rest,))
    else:
        shares = _split(whole, len(names))
    informative = dict(zip(names, shares, strict=False))
    return {count.id: {**parts, **informative}[count.id] for count in question.counts}


def _split(whole: int, parts: int) -> Iterator[int]:
    """Yield numbers that add up to the whole, the last one largest: few chiefs, many officers."""
    for part in range(parts - 1):
        share = min(whole, part + 1)
        whole -= share
        yield share
    yield whole


def one_down(question: Question, given: Given) -> str:
    """Return the choice below the given one, or the worst."""
    values = list(question.values)
    return values[min(values.index(str(given)) + 1, len(values) - 1)]


def _assessed(question: Question, given: Given, odds: _Odds, rng: Random) -> Given:
    """Return the answer further down, where there is room."""
    if question.survey_kind or question.code == ACHIEVEMENT:
        return given
    if isinstance(given, str):
        values = list(question.values)
        if len(values) == 2 and rng.random() < _YES:  # noqa: PLR2004 - Ya, Tidak
            return given
        step = values.index(given)
        return values[max(step, min(step + odds.steps, odds.deepest, len(values) - 1))]
    formula = question.formula
    assert formula is not None  # noqa: S101 - counts are given to formulas only
    whole = sum(given[name] for name in formula.denominator)
    worse = odds.steps * max(whole // 10, 1) * (1 if formula.kind == "penurunan" else -1)
    parts = {name: given[name] for name in (*formula.denominator, formula.numerator)}
    parts[formula.numerator] = min(max(parts[formula.numerator] + worse, 0), whole)
    return _with_informative(question, formula, parts)
