"""Which answers an assessor did not accept as the unit gave them, and why: a refusal keeps its reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.model.declared import Judgement, Tier
from generator.model.judged import Assessment


class Refusal(NamedTuple):
    """An assessor's word against an answer of the unit."""

    tier: Tier
    claimed: str
    """The unit's answer in short, as `QuestionScore.given` has it."""
    given: str
    """The assessor's; "" where only the evidence was judged."""
    lacking: tuple[str, ...]
    """What the evidence is not: relevan, lengkap, sah."""
    reason: str
    """What the assessor wrote; hostile; "" where nothing was written."""


def refusals(assessment: Assessment, code: str) -> Iterator[Refusal]:
    """Yield who gave the question less than the unit did, or judged its evidence wanting.

    A question that the unit did not answer, or that the instrument does not ask, cannot be refused.
    """
    own = assessment.results.get(Tier.MANDIRI)
    claimed = own.score.questions.get(code) if own else None
    if claimed is None or not claimed.answered:
        return
    for tier in (Tier.TPI, Tier.TPN):
        result = assessment.results.get(tier)
        answer = assessment.declared.sheets[tier].answers.get(code) if result else None
        if result is None or answer is None:
            continue
        judged = result.score.questions[code]
        lacking = _lacking(answer.judgement)
        if lacking or (judged.answered and judged.value < claimed.value):
            yield Refusal(tier, claimed.given, judged.given, lacking, answer.explanation or answer.note)


def _lacking(judgement: Judgement | None) -> tuple[str, ...]:
    if judgement is None:
        return ()
    said = {"relevan": judgement.relevant, "lengkap": judgement.complete, "sah": judgement.valid}
    return tuple(name for name, value in said.items() if value is False)
