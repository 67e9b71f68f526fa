"""Pages say which answers changed after a tier judged them."""

import re
from dataclasses import replace
from types import MappingProxyType

import pytest

from generator.model.declared import Tier
from generator.publishing.since_judged import MARK, marked, summary


@pytest.fixture
def loosened(records):
    """The function that makes the first unit's assessment one whose answers changed after TPI judged them."""
    (assessment,) = records[0].assessments[-1:]

    def made(*codes, rest=False):
        result = replace(assessment.results[Tier.TPI], changed=frozenset(codes), rest_changed=rest)
        return replace(assessment, results=MappingProxyType({**assessment.results, Tier.TPI: result}))

    return made


def words(html):
    """Return the words without elements."""
    return re.sub(r"<[^>]+>", "", html)


def test_nothing_is_said_where_nothing_changed(loosened):
    """Neither of sheets that hold nor of those nobody stamped."""
    assert summary(loosened()) == ""
    said = {"A.1.a": b"<p>kata</p>"}
    assert marked(said, loosened().results[Tier.TPI]) is said


def test_each_question_bears_a_mark_before_what_the_tier_said(loosened):
    """Also where the tier said nothing beyond its answer."""
    found = marked({"A.1.a": b"<p>kata</p>", "A.2.a": b""}, loosened("A.1.a", "A.1.b").results[Tier.TPI])
    assert found == {"A.1.a": MARK + b"<p>kata</p>", "A.1.b": MARK, "A.2.a": b""}
    assert words(MARK.decode()) == "!Berubah setelah dinilai"


def test_how_many_changed_and_where_they_stand(loosened):
    """In the worksheet's order, each a link to its question on the year's page."""
    html = summary(loosened("A.2.a", "A.1.b"), "2025/index.html")
    assert words(html) == "2 jawaban unit berubah setelah dinilai Tim Penilai Internal (TPI): A.1.b, A.2.a."
    assert re.findall(r'href="([^"]+)"', html) == ["2025/index.html#A.1.b", "2025/index.html#A.2.a"]


def test_a_change_that_no_question_explains(loosened):
    """The sheet was stamped as a whole only."""
    assert words(summary(loosened(rest=True))) == (
        "Jawaban unit berubah setelah dinilai Tim Penilai Internal (TPI); pertanyaan yang mana tidak tercatat."
    )


def test_a_question_the_instrument_does_not_ask_is_no_link(loosened):
    """It has no place on the page; the check names it."""
    assert "A.9" not in summary(loosened("A.9"))
