"""How far the tiers are apart: question by question, node by node, area by area, and in total."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from generator.model.declared import Tier
from generator.model.instrument import Instrument
from generator.model.judged import Gap, Score

TOTAL = "total"


def gaps(instrument: Instrument, scores: Mapping[Tier, Score]) -> Mapping[str, Gap]:
    """Return what each tier gives, under the code of each unweighted question and node, "area-1" …, and "total".

    A tier that did not answer a question has no value for it: "not answered" is not 0. Nodes, areas and the total
    hold every tier's score, in which unanswered questions count 0: show `NodeScore.unanswered` beside them. A
    weighted question (B.I.a) is a node here.
    """
    tiers = [tier for tier in Tier if tier in scores]
    found: dict[str, Gap] = {}
    for code in instrument.questions:
        answers = {tier: scores[tier].questions[code] for tier in tiers}
        found[code] = Gap(code=code, scores={tier: one.value for tier, one in answers.items() if one.answered})
    for code in instrument.nodes:
        found[code] = Gap(code=code, scores={tier: scores[tier].nodes[code].score for tier in tiers})
    for area in instrument.areas:
        sums = {tier: sum((scores[tier].nodes[code].score for code in area.groups), Fraction(0)) for tier in tiers}
        found[f"area-{area.code}"] = Gap(code=f"area-{area.code}", scores=sums)
    found[TOTAL] = Gap(code=TOTAL, scores={tier: scores[tier].total for tier in tiers})
    return found
