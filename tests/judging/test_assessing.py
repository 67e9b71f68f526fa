from dataclasses import replace

import pytest

from generator.judging.assessing import assess
from generator.model.declared import Tier

ANSWERED = {"A.I.1.i.a": {"jawab": "Tidak"}}
UNFIT = {"A.I.1.i.a": {"jawab": "tidak"}}
BELUM = {"A.I.1.i.a": {"jawab": "belum"}}

# The sheets of a year (tier: its answers), and who decides.
DECIDING = {
    "the unit alone": ({Tier.MANDIRI: ANSWERED}, Tier.MANDIRI, True),
    "TPI after the unit": ({Tier.MANDIRI: ANSWERED, Tier.TPI: ANSWERED}, Tier.TPI, True),
    "TPN last": ({Tier.MANDIRI: ANSWERED, Tier.TPI: ANSWERED, Tier.TPN: ANSWERED}, Tier.TPN, False),
    "TPN without TPI": ({Tier.MANDIRI: ANSWERED, Tier.TPN: ANSWERED}, Tier.TPN, False),
    "an empty TPN sheet decides nothing": ({Tier.MANDIRI: ANSWERED, Tier.TPN: {}}, Tier.MANDIRI, True),
    "nor one that says belum": ({Tier.MANDIRI: ANSWERED, Tier.TPI: ANSWERED, Tier.TPN: BELUM}, Tier.TPI, True),
    "nor one whose answer does not fit": ({Tier.MANDIRI: ANSWERED, Tier.TPN: UNFIT}, Tier.MANDIRI, True),
    "nobody answered": ({Tier.MANDIRI: {}, Tier.TPI: BELUM}, None, True),
    "no sheet": ({}, None, True),
}


@pytest.mark.parametrize(("sheets", "deciding", "forecast"), DECIDING.values(), ids=DECIDING)
def test_the_last_tier_that_answered_decides(bench, sheets, deciding, forecast) -> None:
    """TPN where it has assessed, else TPI as a forecast, else the unit's own as a forecast."""
    year = bench.year(*(bench.sheet("kosong", changes, tier) for tier, changes in sheets.items()))
    found = assess(bench.instrument, bench.unit(), year, 24)
    assert (found.deciding, found.forecast) == (deciding, forecast)
    assert list(found.results) == list(sheets)


def test_tiers_are_judged_apart(bench) -> None:
    """Each tier has its own score and verdicts; the unit's best sheet does not help TPI's worst."""
    year = bench.year(
        bench.sheet("terendah", tier=Tier.TPI),
        bench.sheet("terbaik"),
        clearance={"KPK": "bersih", "Ombudsman": "bersih"},
    )
    found = assess(bench.instrument, bench.unit(), year, 24)
    assert {tier: (result.score.total, result.verdicts["WBK"].met) for tier, result in found.results.items()} == {
        Tier.MANDIRI: (100, True),
        Tier.TPI: (0, False),
    }
    assert found.gaps["total"].scores == {Tier.MANDIRI: 100, Tier.TPI: 0}
    assert list(found.results) == [Tier.MANDIRI, Tier.TPI]


def test_a_sheet_of_another_instrument_is_left_out(bench) -> None:
    """Its answers are to other questions: scoring them here would give a wrong number."""
    other = replace(bench.sheet("terbaik", tier=Tier.TPN), instrument="permenpanrb-1-2099")
    found = assess(bench.instrument, bench.unit(), bench.year(bench.sheet("terendah"), other), 24)
    assert list(found.results) == [Tier.MANDIRI]
    assert (found.deciding, found.forecast) == (Tier.MANDIRI, True)
