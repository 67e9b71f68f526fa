"""Numbers and dates as pages show them."""

from datetime import date
from fractions import Fraction

import pytest

from generator.publishing.figures import against, day, difference, number, percent, short


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(0), "0,00"),
        (Fraction(1, 8), "0,13"),  # 0.125: half up
        (Fraction(2, 3), "0,67"),
        (Fraction(1615, 100), "16,15"),
        (Fraction(100), "100,00"),
    ],
)
def test_two_decimals_with_a_comma(value, shown):
    """Half up, decimal comma."""
    assert number(value) == shown


def test_short_numbers_lose_zeros_only():
    """Weights are written as in the instrument."""
    assert [short(Fraction(one)) for one in ("30", "17.5", "0.25", "100")] == ["30", "17,5", "0,25", "100"]


def test_percent_and_difference():
    """A share in percent; a difference with its direction."""
    assert percent(Fraction(1, 2)) == "50,00 %"
    assert [difference(Fraction(one)) for one in ("1", "-0.5", "0")] == ["+1,00", "−0,50", "0,00"]


@pytest.mark.parametrize(
    ("value", "limit", "shown"),
    [
        ("75.0000000000", "75", "75,00"),
        ("74.9960000000", "75", "74,996"),  # 75.00 would look like the limit, and it is below
        ("74.9900000000", "75", "74,99"),
        ("74.9999999999", "75", "74,9999999999"),
        ("82.4567000000", "75", "82,46"),
    ],
)
def test_a_value_shows_on_which_side_of_its_limit_it_is(value, limit, shown):
    """Two decimals, or as many as it takes."""
    assert against(value, limit) == shown


def test_days_in_words_with_their_machine_form():
    """The same in every locale."""
    assert day(date(2026, 8, 17)) == '<time datetime="2026-08-17">17 Agustus 2026</time>'
    assert day(None) == ""
