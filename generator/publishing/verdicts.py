"""What the data say about the conditions; never a predicate."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.declared import Predicate, Tier
from generator.model.instrument import Requirement
from generator.model.judged import Assessment, Condition, TierResult

from . import words
from .figures import against
from .html import Column, Html, escape, join, table

_DECIMALS = ("nilai", "persen")


def deciding_sentence(assessment: Assessment) -> Html:
    """Say which tier decides, and whether that is a forecast."""
    if assessment.deciding is None:
        return Html('<p class="zi-deciding">Belum ada penilai yang menjawab satu pertanyaan pun.</p>')
    name = words.TIER_NAMES[assessment.deciding]
    if not assessment.forecast:
        return Html(f'<p class="zi-deciding">Yang menentukan: <b>{name}</b>.</p>')
    missing = "TPN belum menilai" if assessment.deciding is Tier.TPI else "TPI dan TPN belum menilai"
    return Html(f'<p class="zi-deciding">Angka di bawah adalah <b>prakiraan</b> menurut {name}: {missing}.</p>')


def verdict_badges(result: TierResult) -> Html:
    """Return for each predicate whether the data meet its conditions."""
    return join(
        f'<span class="zi-verdict">{predicate} {words.met(result.verdicts[predicate].met, yes="Ya", no="Tidak")}</span>'
        for predicate in Predicate
    )


def conditions(assessment: Assessment, result: TierResult) -> Html:
    """Return every condition for WBK and WBBM with value, limits, state and reason."""
    held = {predicate: {one.code: one for one in result.verdicts[predicate].conditions} for predicate in Predicate}
    columns = (Column("Syarat"), Column("Nilai", "angka"), *(Column(str(one), "luas") for one in Predicate))
    rows = [
        _condition(requirement, {predicate: held[predicate].get(requirement.code) for predicate in Predicate})
        for requirement in assessment.instrument.requirements
    ]
    return table("Syarat WBK dan WBBM", columns, rows)


def _condition(requirement: Requirement, held: Mapping[Predicate, Condition | None]) -> tuple[Html, ...]:
    value = next((_value(requirement, one) for one in held.values() if one is not None), Html(""))
    cells = [_state(requirement, predicate, one) for predicate, one in held.items()]
    return (escape(requirement.name), value, *cells)


def _state(requirement: Requirement, predicate: Predicate, condition: Condition | None) -> Html:
    """Return the limit, whether it is reached, and why."""
    if condition is None:
        return Html('<span class="zi-soft">tidak disyaratkan</span>')
    evident = condition.met and requirement.kind in _DECIMALS  # value and limit stand beside it
    why = "" if evident or condition.reason == condition.value else condition.reason
    soft = f'<span class="zi-soft zi-why">{escape(why)}</span>' if why else ""
    return Html(f'<span class="zi-limit">{limit(requirement, predicate)}</span> {words.met(condition.met)}{soft}')


def _value(requirement: Requirement, condition: Condition) -> Html:
    if requirement.kind not in _DECIMALS:
        return escape(condition.value)
    unit = " %" if requirement.kind == "persen" else ""
    return Html(f"{against(condition.value, condition.limit)}{unit}")


def limit(requirement: Requirement, predicate: Predicate) -> Html:
    """Return the limit as a page shows it; a dash where the predicate does not ask for it."""
    if predicate not in requirement.limits:
        return Html("–")
    if requirement.kind not in _DECIMALS:
        return escape(requirement.limits[predicate])
    unit = " %" if requirement.kind == "persen" else ""
    text = f"≥ {_two(requirement.limits[predicate])}{unit}"
    index = requirement.index.get(predicate)
    return Html(f'{text} <span class="zi-soft">(indeks {_two(index)})</span>' if index else text)


def _two(decimal: str) -> Html:
    return against(decimal, decimal)
