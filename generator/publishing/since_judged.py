"""What changed after it was judged: a mark beside the tier that judged it, and how many there are of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.model.judged import Assessment, TierResult

from .html import Html, badge, join
from .words import TIER_NAMES

MARK = (
    f'<p class="zi-answer">{badge("awas", "!", "Berubah setelah dinilai")} '
    '<span class="zi-soft">Jawaban unit kini lain daripada yang dinilai di sini.</span></p>'
).encode()
_LISTED = 10
"""How many questions are named; the others bear the mark all the same."""


def marked(said: Mapping[str, bytes], result: TierResult) -> Mapping[str, bytes]:
    """Return by question what the tier said, after the mark where the unit's answer is not the one it judged."""
    if not result.changed:
        return said
    return {**said, **{code: MARK + said.get(code, b"") for code in result.changed}}


def summary(assessment: Assessment, page: str = "") -> Html:
    """Say tier by tier how many answers changed after they were judged, "" where none did.

    `page` is the address of the year's worksheet, as seen from where this stands.
    """
    codes = assessment.instrument.questions
    return join(
        _tier(result, [code for code in codes if code in result.changed], page)
        for result in assessment.results.values()
        if result.changed or result.rest_changed
    )


def _tier(result: TierResult, codes: Sequence[str], page: str) -> Html:
    name = TIER_NAMES[result.tier]
    if not codes:
        words = f"Jawaban unit berubah setelah dinilai {name}; pertanyaan yang mana tidak tercatat."
    else:
        links = join([Html(f'<a href="{page}#{code}">{code}</a>') for code in codes[:_LISTED]], ", ")
        more = f", dan {len(codes) - _LISTED} lagi" if len(codes) > _LISTED else ""
        words = f"{len(codes)} jawaban unit berubah setelah dinilai {name}: {links}{more}."
    return Html(f'<p class="zi-deciding"><b>{words}</b></p>')
