"""One unit-year judged: every tier's score and verdicts, the tier that decides, the gaps between tiers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from generator.model.declared import Tier, Unit, UnitYear
from generator.model.instrument import Instrument
from generator.model.judged import Assessment, TierResult

from .binding import Binding
from .conditions import closing_day, verdicts
from .gap import gaps
from .score import score
from .standing import standing

_UNBOUND = Binding()


def assess(
    instrument: Instrument,
    unit: Unit,
    year: UnitYear,
    barred_months: int,
    bound: Mapping[Tier, Binding] = MappingProxyType({}),
) -> Assessment:
    """Return the year judged under the instrument; `barred_months` is the rule of `standing`.

    `bound` says what changed since the assessors stamped their sheets; a tier that is not in it stamped nothing.
    A sheet that names another instrument is left out: its answers are to other questions.
    """
    scores = {
        tier: score(instrument, year.sheets[tier], year.surveys)
        for tier in Tier
        if tier in year.sheets and year.sheets[tier].instrument == instrument.id
    }
    earlier = standing(unit.events, barred_months, closing_day(instrument, year))
    results = {
        tier: TierResult(
            tier=tier,
            score=one,
            verdicts=verdicts(instrument, one, earlier, year),
            changed=bound.get(tier, _UNBOUND).changed,
            rest_changed=bound.get(tier, _UNBOUND).rest_changed,
        )
        for tier, one in scores.items()
    }
    deciding = _deciding(results)
    return Assessment(
        declared=year,
        instrument=instrument,
        results=results,
        deciding=deciding,
        forecast=deciding is not Tier.TPN,
        gaps=gaps(instrument, scores),
    )


def _deciding(results: Mapping[Tier, TierResult]) -> Tier | None:
    """Return the last tier, in the order of deciding, that answered at least one question."""
    answered = [tier for tier, result in results.items() if len(result.score.unanswered) < len(result.score.questions)]
    return answered[-1] if answered else None
