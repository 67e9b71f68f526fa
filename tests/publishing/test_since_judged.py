"""Pages say which answers changed after a tier judged them."""

import re
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from generator.model.declared import Tier
from generator.publishing.since_judged import MARK, marked, summary
from generator.publishing.site import pages


@pytest.fixture
def loosened(records):
    """The function that makes a unit's assessment one whose answers changed after TPI judged them."""
    (assessment,) = records[1].assessments[-1:]

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
    assert words(MARK.decode()) == "!Berubah setelah dinilai Jawaban unit kini lain daripada yang dinilai di sini."


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


class TestPages:
    """The year's page and the report card."""

    @pytest.fixture
    def pages_of(self, bare_theme, rulebook, records, loosened):
        """The function that makes a unit's pages, as text, with these questions changed since TPI judged."""

        def made(*codes):
            record = replace(records[1], assessments=(*records[1].assessments[:-1], loosened(*codes)))
            found = pages([record], bare_theme, rulebook, date(2026, 11, 24))
            return {path: page.decode() for path, page in found}

        return made

    def test_the_mark_stands_in_the_column_of_the_tier_that_judged(self, pages_of):
        """Beside TPI's answer, its judgement and the reason it gave; no other question or tier bears it."""
        page = pages_of("A.1.a")["unit/contoh/satu/2025/index.html"]
        assert page.count("Berubah setelah dinilai") == 1
        question = page[page.index('id="A.1.a"') : page.index('id="A.1.b"')]
        _, own, tpi, tpn = question.split('<div class="zi-tier">')
        assert "Berubah setelah dinilai" not in own + tpn
        # a refusal, and why, are shown beside the answer
        assert (
            words(tpi).index("Berubah setelah dinilai")
            < words(tpi).index("tidak sah")
            < words(tpi).index("SK belum diteken")
        )

    def test_both_pages_count_the_changes(self, pages_of):
        """The report card leads to the question on the year's page."""
        site = pages_of("A.1.a")
        counted = "1 jawaban unit berubah setelah dinilai Tim Penilai Internal (TPI): A.1.a."
        assert counted in words(site["unit/contoh/satu/2025/index.html"])
        assert counted in words(site["unit/contoh/satu/index.html"])
        assert 'href="2025/index.html#A.1.a">A.1.a</a>.' in site["unit/contoh/satu/index.html"]

    def test_without_a_change_no_page_speaks_of_it(self, pages_of):
        """Sheets that hold, and sheets without a stamp."""
        assert not [
            path
            for path, page in pages_of().items()
            if re.search("(?i)unit berubah setelah|>Berubah setelah dinilai</span>", page)
        ]
