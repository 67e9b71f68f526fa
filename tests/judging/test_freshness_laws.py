from dataclasses import replace
from datetime import date

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging.freshness import build, of_sheet
from generator.judging.instrument import build as build_instrument
from generator.model.alive import FreshnessState
from generator.model.declared import Answer, Evidence, Sheet, Tier
from generator.program_files import SCHEMA

RULES = build(yaml.safe_load((SCHEMA / "aturan" / "kesegaran.yaml").read_text(encoding="utf-8")))
LKE = "permenpanrb-90-2021"
INSTRUMENT = build_instrument(yaml.safe_load((SCHEMA / "instrumen" / f"{LKE}.yaml").read_text(encoding="utf-8")))
AGEING = (FreshnessState.SEGAR, FreshnessState.MENUA, FreshnessState.BASI, FreshnessState.HABIS)
STALE = (FreshnessState.BASI, FreshnessState.HABIS)

days = st.dates(date(2015, 1, 1), date(2035, 12, 31))
codes = st.sampled_from(["A.I.1.i.a", "A.I.6.i.b", "A.I.4.i.c", "A.II.1.ii.a", "B.I.b"])
evidences = st.builds(Evidence, title=st.text(max_size=3), dated=st.none() | days, valid_until=st.none() | days)
answers = st.builds(Answer, choice=st.just("Ya"), evidence=st.lists(evidences, max_size=4).map(tuple))
sheets = st.dictionaries(codes, answers).map(
    lambda found: Sheet(tier=Tier.MANDIRI, instrument=LKE, year=2026, answers=found)
)


def told(sheet, as_of):
    """Return how fresh the sheet's evidence is."""
    return of_sheet(RULES, INSTRUMENT, sheet, as_of)


def with_evidence(sheet, code, evidence):
    """Return the sheet with one more piece of evidence."""
    old = sheet.answers.get(code, Answer(choice="Ya"))
    return replace(sheet, answers={**sheet.answers, code: replace(old, evidence=(*old.evidence, evidence))})


@given(sheets, codes, evidences, days)
@settings(derandomize=True, deadline=None)
def test_adding_old_evidence_never_improves_freshness(sheet, code, evidence, as_of) -> None:
    """Evidence that is itself stale or expired never lowers the stale share, in all or in an area."""
    if RULES.state(evidence, code, LKE, as_of) not in STALE:
        return
    before, after = told(sheet, as_of), told(with_evidence(sheet, code, evidence), as_of)
    pairs = [(before.whole, after.whole)]
    pairs += [(one.tally, other.tally) for one, other in zip(before.parts, after.parts, strict=True)]
    for one, other in pairs:
        assert (one.stale_share or 0) <= (other.stale_share or 0)


@given(sheets, codes, evidences, days)
@settings(derandomize=True, deadline=None)
def test_evidence_of_no_known_day_counts_for_nothing(sheet, code, evidence, as_of) -> None:
    """Undated evidence, or evidence of the future, moves no share: it can neither help nor harm."""
    if RULES.state(evidence, code, LKE, as_of) in AGEING:
        return
    assert told(sheet, as_of).whole.stale_share == told(with_evidence(sheet, code, evidence), as_of).whole.stale_share


@given(codes, evidences, days, days)
@settings(derandomize=True, deadline=None)
def test_a_later_day_never_makes_evidence_fresher(code, evidence, one, other) -> None:
    """What is there only ages; what has no day stays so until its validity ends."""
    earlier, later = (RULES.state(evidence, code, LKE, day) for day in sorted((one, other)))
    if earlier in AGEING:
        assert later in AGEING
        assert AGEING.index(earlier) <= AGEING.index(later)
    if earlier is FreshnessState.TANPA_TANGGAL:
        assert later in {FreshnessState.TANPA_TANGGAL, FreshnessState.HABIS}


@given(codes, days, days, days)
@settings(derandomize=True, deadline=None)
def test_an_older_day_never_makes_evidence_fresher(code, one, other, as_of) -> None:
    """Of two pieces of evidence for one question the older is never the fresher."""
    older, newer = sorted((one, other))
    if newer <= as_of:
        states = [RULES.state(Evidence(dated=day), code, LKE, as_of) for day in (older, newer)]
        assert AGEING.index(states[0]) >= AGEING.index(states[1])


@given(codes, evidences, days, days)
@settings(derandomize=True, deadline=None)
def test_a_validity_only_shortens(code, evidence, until, as_of) -> None:
    """With an end, evidence is in the state it would have without one, or it has ended."""
    without = RULES.state(replace(evidence, valid_until=None), code, LKE, as_of)
    assert RULES.state(replace(evidence, valid_until=until), code, LKE, as_of) in {without, FreshnessState.HABIS}


@given(sheets, days, st.text(max_size=5), st.randoms())
@settings(derandomize=True, deadline=None)
def test_a_cosmetic_change_alters_nothing(sheet, as_of, words, random) -> None:
    """Titles, links, notes and explanations written anew, answers in another order: as fresh as before."""
    reworded = [
        (
            code,
            replace(
                answer,
                explanation=words,
                evidence=tuple(replace(one, title=words, link=words, note=words) for one in answer.evidence),
            ),
        )
        for code, answer in sheet.answers.items()
    ]
    random.shuffle(reworded)
    before, after = told(sheet, as_of), told(replace(sheet, answers=dict(reworded)), as_of)
    assert (before.whole, before.parts, before.states) == (after.whole, after.parts, after.states)
