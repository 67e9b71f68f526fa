from fractions import Fraction

import pytest

from generator.judging.gap import gaps
from generator.judging.score import score
from generator.model.declared import Tier


@pytest.fixture
def found(bench):
    """Three tiers: the unit best everywhere, TPI stricter in three answers, TPN with one answer only."""
    changes = {
        "A.I.1.iii.a": {"jawab": "B"},  # 0,67: A.I.1.iii falls by 0,33 / 3 = 0,11
        "A.II.1.ii.a": {"jawab": "C"},  # 0,5 x 1: A.II.1 falls by 0,5
        "B.I.b": {"jawab": "B"},  # 0,75 x 5: falls by 1,25
    }
    sheets = {
        Tier.MANDIRI: bench.sheet("terbaik"),
        Tier.TPI: bench.sheet("terbaik", changes, Tier.TPI),
        Tier.TPN: bench.sheet("kosong", {"A.I.1.i.a": {"jawab": "Tidak"}}, Tier.TPN),
    }
    return gaps(
        bench.instrument,
        {tier: score(bench.instrument, sheet, bench.surveys()) for tier, sheet in sheets.items()},
    )


def test_a_question_shows_the_value_each_tier_gave(found) -> None:
    """A tier that did not answer has no value: "Tidak" is 0, "not answered" is nothing."""
    assert found["A.I.1.iii.a"].scores == {Tier.MANDIRI: 1, Tier.TPI: Fraction("0.67")}
    assert found["A.I.1.i.a"].scores == {Tier.MANDIRI: 1, Tier.TPI: 1, Tier.TPN: 0}


def test_nodes_areas_and_the_total_show_points(found) -> None:
    """Area 1: 8 for the unit; 8 − 0,11 − 0,5 for TPI; nothing but a "Tidak" for TPN."""
    assert found["A.I.1.iii"].scores == {Tier.MANDIRI: 1, Tier.TPI: Fraction("0.89"), Tier.TPN: 0}
    assert found["area-1"].scores == {Tier.MANDIRI: 8, Tier.TPI: Fraction("7.39"), Tier.TPN: 0}
    assert found["area-2"].scores == {Tier.MANDIRI: 7, Tier.TPI: 7, Tier.TPN: 0}
    assert found["total"].scores == {Tier.MANDIRI: 100, Tier.TPI: Fraction("98.14"), Tier.TPN: 0}


def test_a_weighted_question_counts_in_points(found) -> None:
    """B.I.b stands among the nodes: 5 points against 3,75."""
    assert found["B.I.b"].scores == {Tier.MANDIRI: 5, Tier.TPI: Fraction("3.75"), Tier.TPN: 0}


def test_every_code_has_a_gap_and_tiers_come_in_order(found, bench) -> None:
    """Questions, nodes, six areas and the total; mandiri before TPI before TPN."""
    areas = {f"area-{number}" for number in range(1, 7)}
    assert set(found) == {*bench.instrument.questions, *bench.instrument.nodes, *areas, "total"}
    assert list(found["total"].scores) == list(Tier)


def test_without_sheets_there_is_nothing_to_compare(bench) -> None:
    """No tier, no scores; the codes are there all the same."""
    assert gaps(bench.instrument, {})["total"].scores == {}
