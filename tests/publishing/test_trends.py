"""Years side by side: what is joined, what is marked, and where the instrument changed."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from xml.etree import ElementTree as ET

from generator.judging.before_after import Remembered, before_after
from generator.judging.instrument import build
from generator.model.declared import Answer, EventKind, Predicate, PredicateEvent, Survey, Tier
from generator.publishing import before_after as page
from generator.publishing import trends

from .conftest import FULL_YEAR, HELD, IPAK, SMALL, TODAY, judge, sheet, unit_of, year_of


def year(number, choice="A", tier=Tier.TPI, instrument="kecil-2025", surveys=()):
    """Return a year in which the tier answered two questions."""
    answers = {"A.1.a": Answer(choice="Ya"), "A.1.b": Answer(choice=choice)}
    made = replace(sheet(tier, answers, number), instrument=instrument)
    return replace(year_of(made, surveys=surveys), year=number)


def joined(chart):
    """Return how many dots each line of a chart joins."""
    svg = chart[: chart.index("</svg>") + len("</svg>")]
    return [len(one.get("points").split()) for one in ET.fromstring(svg).iter("polyline")]  # noqa: S314 - our own


def test_years_of_one_instrument_are_joined(instrument) -> None:
    """Three years, one line; every figure is in the description."""
    record = judge(instrument, unit_of(years=(year(2023), year(2024, "B"), year(2025))))
    chart = trends.totals(record.assessments)
    assert joined(chart) == [3]
    # (1 + 1)/2 x 30 = 30; with B (1 + 0.5)/2 x 30 = 22.5
    assert "TPI 2023: 30,00; 2024: 22,50; 2025: 30,00." in chart
    assert "zi-putus" not in chart


def test_no_line_joins_two_instruments(instrument) -> None:
    """2023-2024 under one, 2025-2026 under another: a gap with a divider, and a sentence that says so."""
    other = build({**SMALL, "id": "lain-2026", "dasar": "Aturan lain"})
    old = judge(instrument, unit_of(years=(year(2023), year(2024)))).assessments
    new = judge(other, unit_of(years=(year(2025, instrument="lain-2026"), year(2026, instrument="lain-2026"))))
    chart = trends.totals((*old, *new.assessments))
    assert joined(chart) == [2, 2]
    assert chart.count("zi-putus") == 1
    assert "Sejak 2025 instrumennya Aturan lain, sebelumnya Contoh" in chart


def test_a_missing_year_is_a_gap(instrument) -> None:
    """2023 and 2025 are not joined as if 2024 had been in between."""
    assert joined(trends.totals(judge(instrument, unit_of(years=(year(2023), year(2025)))).assessments)) == []


def test_one_year_is_no_trend(instrument) -> None:
    """Nothing is drawn, and no section comes up empty."""
    record = judge(instrument, HELD)
    assert trends.totals(record.assessments) == ""
    assert [part.body for part in trends.sections(record)] == ["", ""]


def body(record, anchor):
    """Return the body of a section."""
    return next(part.body for part in trends.sections(record) if part.anchor == anchor)


def test_changes_of_a_question_are_marked(instrument) -> None:
    """A.1.b went from A to B and stayed: one mark; A.1.a never changed."""
    record = judge(instrument, unit_of(years=(year(2023), year(2024, "B"), year(2025, "B"))))
    found = body(record, "tren-pertanyaan")
    assert found.count('class="zi-berubah"') == 1
    assert "1. Perubahan: 1 dari 2 pertanyaan berbeda antartahun" in found
    assert '<a href="2025/index.html#A.1.b">' in found


def test_questions_of_two_instruments_are_never_compared(instrument) -> None:
    """A year alone under its instrument has nothing beside it."""
    other = build({**SMALL, "id": "lain-2026", "dasar": "Aturan lain"})
    old = judge(instrument, unit_of(years=(year(2024), year(2025))))
    new = judge(other, unit_of(years=(year(2026, "C", instrument="lain-2026"),))).assessments
    found = body(replace(old, assessments=(*old.assessments, *new)), "tren-pertanyaan")
    assert "zi-berubah" not in found
    assert "2026" not in found
    assert "Tahun dengan instrumen lain tidak dibandingkan." in found


def test_surveys_of_different_surveyors_are_rows_of_their_own(instrument) -> None:
    """What the unit found is not continued by what others found."""
    own = replace(IPAK, id="a", surveyor="unit", index=Fraction("3.80"))
    years = (year(2024, surveys=(own,)), year(2025, surveys=(replace(own, index=Fraction("3.90")), IPAK)))
    found = body(judge(instrument, unit_of(years=years)), "tren-survei")
    assert "Unit sendiri 2024: 3,80; 2025: 3,90. TPN 2024: tidak ada; 2025: 3,72." in found
    assert "+0,10" in found
    assert "IPKP" not in found


def compared(instrument, unit, known=None):
    """Return the section of a unit."""
    return page.section(before_after(judge(instrument, unit), known), TODAY).body


def test_silence_is_a_dash_with_a_legend(instrument) -> None:
    """No word of good or bad about what is not on record, and nothing of Git where there is none."""
    bare = replace(HELD, years=(), statements=(), monitoring=())
    found = compared(instrument, bare)
    assert "tidak diketahui" in found
    assert '<td class="zi-angka">–</td>' in found
    assert "itu tidak berarti ada atau tidak ada kegiatan" in found
    assert "<svg" not in found
    assert "Tanpa riwayat Git" in found


def test_known_changes_say_since_when(instrument) -> None:
    """Main knows the unit from 1 June 2025 on, inside the first year since the award of 1 December 2024."""
    known = Remembered(since=date(2025, 6, 1), changed=(date(2025, 6, 1), date(2025, 7, 1)))
    found = compared(instrument, HELD, known)
    assert '2 <span class="zi-soft">sejak <time datetime="2025-06-01">' in found
    assert "Tanpa riwayat Git" not in found


def test_a_long_history_is_cut_and_says_so(instrument) -> None:
    """Awarded in 1990: the twelve newest years, and how many there are before."""
    award = PredicateEvent(kind=EventKind.DITETAPKAN, predicate=Predicate.WBK, dated=date(1990, 1, 1))
    found = compared(instrument, replace(HELD, events=(award,), years=(FULL_YEAR,)))
    assert "Tahun ke-37" in found
    assert found.count("<tr>") == 1 + 1 + 12
    assert "25 tahun pertama tidak ditampilkan" in found


def test_a_unit_without_a_predicate_has_no_such_section(instrument) -> None:
    """Nothing to compare."""
    assert compared(instrument, unit_of()) == ""


def test_hostile_names_stay_text() -> None:
    """A surveyor's kind is an enum, but a page never trusts it."""
    hostile = Survey(id="x", kind="IPAK", surveyor="<svg onload=1>", respondents=1, index=Fraction(3))
    years = tuple(replace(year(one), surveys=(hostile,)) for one in (2024, 2025))
    assert "<svg onload" not in body(judge(build(SMALL), unit_of(years=years)), "tren-survei")
