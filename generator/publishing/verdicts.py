"""What the data say about the conditions; never a predicate."""

from __future__ import annotations

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
    return Html(f'<p class="zi-deciding">Angka di bawah adalah <b>perkiraan</b> menurut {name}: {missing}.</p>')


def verdict_badges(result: TierResult) -> Html:
    """Return for each predicate whether the data meet its conditions."""
    return join(
        f'<span class="zi-verdict">{predicate} {words.met(result.verdicts[predicate].met, yes="Ya", no="Tidak")}</span>'
        for predicate in Predicate
    )


def conditions(assessment: Assessment, result: TierResult) -> Html:
    """Return every condition for WBK and WBBM with value, limits, state and reason."""
    held = {predicate: {one.code: one for one in result.verdicts[predicate].conditions} for predicate in Predicate}
    columns = [Column("Syarat"), Column("Nilai", "angka")]
    for predicate in Predicate:
        columns += [Column(f"Batas {predicate}", "angka"), Column(str(predicate), "sempit")]
    rows = [
        _condition(requirement, {predicate: held[predicate].get(requirement.code) for predicate in Predicate})
        for requirement in assessment.instrument.requirements
    ]
    return table("Syarat WBK dan WBBM", (*columns, Column("Alasan", "luas")), rows)


def _condition(requirement: Requirement, held: dict[Predicate, Condition | None]) -> tuple[Html, ...]:
    first = next((one for one in held.values() if one is not None), None)
    if first is None:
        return (escape(requirement.name), *[Html("")] * (2 + 2 * len(held)))
    cells = [escape(requirement.name), _value(requirement, first)]
    for predicate, one in held.items():
        cells += [limit(requirement, predicate), words.met(one.met)] if one is not None else [Html("–"), Html("–")]
    return (*cells, _reasons(held))


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


def _reasons(held: dict[Predicate, Condition | None]) -> Html:
    """Give each reason once, naming the predicates where they differ."""
    said: dict[str, list[str]] = {}
    for predicate, one in held.items():
        if one is not None and one.reason:
            said.setdefault(one.reason, []).append(str(predicate))
    if len(said) == 1:
        return escape(next(iter(said)))
    return join((f"<b>{' dan '.join(by)}:</b> {escape(reason)}" for reason, by in said.items()), "<br>")
