"""How scores are printed for a person at a terminal; the figures have two digits, the JSON has ten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from textwrap import wrap

from generator.model.declared import Predicate, Tier
from generator.model.exact import decimal_text
from generator.model.instrument import Group, Question
from generator.model.judged import Assessment, TierResult
from generator.model.wording import listed

NAMES = {Tier.MANDIRI: "Mandiri", Tier.TPI: "TPI", Tier.TPN: "TPN"}
"""How a tier is called in a table's head."""
WORDS = {True: "terpenuhi", False: "tidak", None: "belum pasti"}
"""What is said of a condition."""
MARKS = {True: "ya", False: "tidak", None: "?"}
"""The same in a narrow column."""
_WIDTH = 80
"""Columns of a terminal nobody has widened."""
_NAME = 36
_FIGURE = 9
_WORD = max(map(len, WORDS.values()))
_NONE = "–"


def overview(scored: Iterable[tuple[str, list[Assessment]]]) -> Iterator[str]:
    """Yield a line per unit and year: each tier's total, and what the deciding tier's sheet comes to."""
    head = True
    for unit_id, years in scored:
        if head:
            tiers = "".join(f"{NAMES[tier]:>{_FIGURE}}" for tier in Tier)
            yield f"  Tahun{tiers}   {'WBK':<7}{'WBBM':<7}{'Belum dijawab':<15}Menurut"
            head = False
        yield unit_id
        for assessment in years:
            yield _line(assessment)
        if not years:
            yield "  belum ada penilaian"
    if head:
        yield "Belum ada unit di folder units/."
    else:
        yield ""
        yield "Rincian: zi score UNIT [TAHUN]. Tanda ? berarti belum pasti."


def _line(assessment: Assessment) -> str:
    results = assessment.results
    totals = (_figure(results[tier].score.total) if tier in results else _NONE for tier in Tier)
    figures = "".join(f"{total:>{_FIGURE}}" for total in totals)
    decider = results.get(assessment.deciding) if assessment.deciding else None
    if decider is None:
        return f"  {assessment.declared.year:>5}{figures}   belum ada yang menjawab"
    marks = "".join(f"{MARKS[decider.verdicts[predicate].met]:<7}" for predicate in Predicate)
    said = f"{NAMES[decider.tier]}{' (prakiraan)' if assessment.forecast else ''}"
    return f"  {assessment.declared.year:>5}{figures}   {marks}{len(decider.score.unanswered):<15}{said}"


def details(scored: Iterable[tuple[str, list[Assessment]]]) -> Iterator[str]:
    """Yield a block per unit and year: tiers side by side, conditions with their reasons, what is unanswered."""
    for unit_id, years in scored:
        for assessment in years:
            yield f"{unit_id}, tahun {assessment.declared.year} ({assessment.instrument.id})"
            yield _decider(assessment)
            yield ""
            yield from _table(assessment)
            if assessment.deciding is not None:
                yield from _conditions(assessment.results[assessment.deciding])
            yield from _unanswered(assessment)
            yield ""
        if not years:
            yield f"{unit_id}: belum ada penilaian."


def _decider(assessment: Assessment) -> str:
    if assessment.deciding is None:
        return "Belum ada yang menjawab, jadi belum ada yang menentukan."
    if not assessment.forecast:
        return f"Yang menentukan: {NAMES[assessment.deciding]}."
    return f"Yang menentukan: {NAMES[assessment.deciding]}, sebagai prakiraan sampai TPN menilai."


def _table(assessment: Assessment) -> Iterator[str]:
    results = assessment.results
    yield _row("", "", "Bobot", (NAMES[tier] for tier in results))
    for code, node in assessment.instrument.nodes.items():
        if _is_shown(node):
            scores = (_figure(result.score.nodes[code].score) for result in results.values())
            name = node.name if isinstance(node, Group) else node.text
            yield _row(code, name, _figure(node.weight or Fraction(0)), scores)
    yield _row("", "Total", "", (_figure(result.score.total) for result in results.values()))
    yield _row("", "Belum dijawab", "", (str(len(result.score.unanswered)) for result in results.values()))
    for predicate in Predicate:
        met = (MARKS[result.verdicts[predicate].met] for result in results.values())
        yield _row("", f"Syarat {predicate} terpenuhi", "", met)


def _is_shown(node: Group | Question) -> bool:
    """Tell whether the node is more than a sub-component: its parts have weights, or it stands alone."""
    return not isinstance(node, Group) or any(part.weight is not None for part in node.parts)


def _row(code: str, name: str, weight: str, cells: Iterable[str]) -> str:
    short = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
    return f"  {code:<7}{short:<{_NAME}}{weight:>7}{''.join(f'{cell:>{_FIGURE}}' for cell in cells)}"


def _figure(value: Fraction) -> str:
    return decimal_text(value, 2).replace(".", ",")


def _conditions(result: TierResult) -> Iterator[str]:
    for predicate, verdict in result.verdicts.items():
        yield ""
        yield f"Syarat {predicate} menurut {NAMES[result.tier]}: {WORDS[verdict.met]}"
        for condition in verdict.conditions:
            lead = f"  {WORDS[condition.met]:<{_WORD}}  "
            yield from _folded(f"{lead}{condition.name}: {condition.reason}", len(lead))


def _unanswered(assessment: Assessment) -> Iterator[str]:
    for tier, result in assessment.results.items():
        if result.score.unanswered:
            yield ""
            yield from _folded(f"Belum dijawab, {NAMES[tier]}: {listed(result.score.unanswered)}.", 2)


def _folded(text: str, indent: int) -> list[str]:
    return wrap(text, _WIDTH, subsequent_indent=" " * indent, break_on_hyphens=False)
