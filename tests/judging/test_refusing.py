"""A refusal is an assessor's word against an answer, and keeps its reason."""

import pytest

from generator.judging.assessing import assess
from generator.judging.refusing import Refusal, refusals
from generator.model.declared import Answer, Judgement, Tier

CODE = "A.I.1.i.b"


@pytest.fixture
def refused(instrument, bench):
    """Return who refused the unit's answer."""

    def found(own, **tiers):
        sheets = [bench.sheet(changes={CODE: {"jawab": own}})]
        for tier, answer in tiers.items():
            sheet = bench.sheet(tier=Tier(tier))
            sheet.answers[CODE] = answer
            sheets.append(sheet)
        return list(refusals(assess(instrument, bench.unit(), bench.year(*sheets), 24), CODE))

    return found


def test_less_than_the_unit_claimed_is_a_refusal_with_its_reason(refused):
    """Each assessor's own; `penjelasan` goes before `catatan`."""
    assert refused("A", tpi=Answer(choice="C", note="Tim tanpa seleksi"), tpn=Answer(choice="B", explanation="x")) == [
        Refusal(Tier.TPI, "A", "C", (), "Tim tanpa seleksi"),
        Refusal(Tier.TPN, "A", "B", (), "x"),
    ]


@pytest.mark.parametrize("given", ["A", "B", "belum"])
def test_as_much_or_more_or_nothing_yet_is_none(refused, given):
    """An assessor who has not answered has not refused."""
    assert refused("B", tpi=Answer(choice=given)) == []


def test_evidence_found_wanting_is_a_refusal_even_of_the_same_answer(refused):
    """What it lacks is named; what was not judged is not."""
    judged = Judgement(relevant=True, complete=False, valid=False)
    assert refused("B", tpi=Answer(choice="B", judgement=judged)) == [
        Refusal(Tier.TPI, "B", "B", ("lengkap", "sah"), "")
    ]
    assert refused("B", tpi=Answer(judgement=Judgement(relevant=False), note="salah berkas")) == [
        Refusal(Tier.TPI, "B", "", ("relevan",), "salah berkas")
    ]
    assert refused("B", tpi=Answer(choice="B", judgement=Judgement(relevant=True))) == []


def test_an_answer_that_was_not_given_cannot_be_refused(refused, instrument, bench):
    """Nor one the instrument does not ask for."""
    assert refused("belum", tpi=Answer(choice="C")) == []
    year = bench.year(bench.sheet(changes={CODE: {"jawab": "A"}}))
    assert list(refusals(assess(instrument, bench.unit(), year, 24), "X.1")) == []
