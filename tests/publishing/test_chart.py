"""Charts are exact, say in words what they show, and hold nothing a policy would refuse."""

import re
from fractions import Fraction
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.publishing.chart import About, Line, Scale, bars, lines

ABOUT = About("satu", "Total per tahun", "2024: 10; 2025: 20")
HUNDRED = Scale(low=Fraction(0), high=Fraction(100))
LAWS = settings(derandomize=True, deadline=None, max_examples=60)


def of_class(svg, name):
    """Return the elements of a drawing that have the class."""
    return [one for one in ET.fromstring(svg).iter() if name in one.get("class", "").split()]  # noqa: S314 - our own


def test_a_chart_says_what_it_shows() -> None:
    """A picture for those who see it, a name and a description for those who do not; both named by id."""
    svg = lines(ABOUT, ["2024", "2025"], [Line("TPI", [Fraction(10), Fraction(20)])], HUNDRED)
    root = ET.fromstring(svg)  # noqa: S314 - our own
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "satu-judul satu-uraian"
    assert [(one.tag, one.text) for one in root[:2]] == [("title", "Total per tahun"), ("desc", "2024: 10; 2025: 20")]
    assert not re.search(r'\bstyle=|#[0-9a-f]{3}|fill="(?!none)', svg)


def test_dots_stand_at_their_values() -> None:
    """0 at the foot (138), 100 at the top (30), 25 a quarter of the way: 138 - 27 = 111."""
    svg = lines(ABOUT, ["a", "b", "c"], [Line("TPI", [Fraction(0), Fraction(100), Fraction(25)])], HUNDRED)
    (line,) = of_class(svg, "zi-garis")
    assert [point.split(",")[1] for point in line.get("points").split()] == ["138.0", "30.0", "111.0"]


def test_no_line_crosses_a_break_or_a_missing_value() -> None:
    """Years 1-2 are joined, 3 is missing, 4-5 joined, and from 6 on another instrument: 6-7 joined."""
    values = [Fraction(one) if one else None for one in (10, 20, 0, 40, 50, 60, 70)]
    svg = lines(ABOUT, list("1234567"), [Line("TPI", values)], HUNDRED, breaks=[5])
    assert [len(one.get("points").split()) for one in of_class(svg, "zi-garis")] == [2, 2, 2]
    assert len(of_class(svg, "zi-putus")) == 1
    # six dots, and one more beside the row's name
    assert len(of_class(svg, "zi-titik")) == 7


def test_a_bar_is_as_high_as_its_count_and_silence_has_none() -> None:
    """4 of 4 fills 62 units, 1 of 4 15.5; 0 says 0, and what is not on record says "–"."""
    svg = bars(ABOUT, ["sebelum", "ke-1", "ke-2", "ke-3"], [4, 0, None, 1], apart=[0], unfinished=[3])
    found = of_class(svg, "zi-batang")
    assert [one.get("height") for one in found] == ["62.0", "15.5"]
    assert [one.get("class").split()[1:] for one in found] == [["zi-batang--awal"], ["zi-batang--belum"]]
    assert [one.text for one in of_class(svg, "zi-angka-grafik")] == ["4", "0", "–", "1"]


VALUES = st.lists(st.none() | st.fractions(-10, 110, max_denominator=1000), min_size=1, max_size=20)


@LAWS
@given(VALUES, st.sets(st.integers(1, 19)))
def test_everything_lies_inside_the_drawing(values, breaks) -> None:
    """Whatever the values, also beyond the scale; every value has a dot."""
    labels = [str(place) for place in range(len(values))]
    broken = [place for place in breaks if place < len(values)]
    svg = lines(ABOUT, labels, [Line("TPI", values)], HUNDRED, breaks=broken)
    dots = of_class(svg, "zi-titik")[: sum(value is not None for value in values)]
    for dot in dots:
        assert 30 <= float(dot.get("cx")) <= 314
        assert 30 <= float(dot.get("cy")) <= 138
    assert sum(len(one.get("points").split()) for one in of_class(svg, "zi-garis")) <= len(dots)


@LAWS
@given(st.lists(st.none() | st.integers(0, 10**6), max_size=12))
def test_bars_stay_in_the_drawing(values) -> None:
    """None rises above the place its figure needs."""
    svg = bars(ABOUT, [str(place) for place in range(len(values))], values)
    for bar in of_class(svg, "zi-batang"):
        assert float(bar.get("y")) >= 22
        assert 0 <= float(bar.get("x")) <= 320
