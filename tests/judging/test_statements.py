from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging.statements import last_quarters, programmes
from generator.model.alive import Word
from generator.model.day import quarter_end
from generator.model.declared import Statement

AS_OF = date(2026, 11, 25)


def said(quarter, programme="Layanan tanpa antre", *, running=True, dated=None, note=""):
    """Return a statement."""
    return Statement(quarter=quarter, programme=programme, running=running, dated=dated, note=note)


def words(found):
    """Return what a row says, quarter by quarter."""
    return [(one.quarter, one.word.value) for one in found.quarters]


@pytest.mark.parametrize(
    ("quarter", "end"),
    [
        ("2025-Q1", date(2025, 3, 31)),
        ("2025-Q2", date(2025, 6, 30)),
        ("2025-Q3", date(2025, 9, 30)),
        ("2025-Q4", date(2025, 12, 31)),
        ("2025-Q5", None),
        ("2025", None),
        ("-Q1", None),
        ("0000-Q1", None),
        ("٢٠٢٥-Q1", None),
    ],
)
def test_a_quarter_ends_with_its_third_month(quarter, end) -> None:
    """Anything else is no quarter; the schema says so to the writer."""
    assert quarter_end(quarter) == end


@pytest.mark.parametrize(
    ("as_of", "last"),
    [
        (date(2026, 3, 31), "2025-Q4"),  # the last day still belongs to its quarter
        (date(2026, 4, 1), "2026-Q1"),
        (date(2026, 1, 1), "2025-Q4"),
        (date(2026, 12, 31), "2026-Q3"),
        (AS_OF, "2026-Q3"),
    ],
)
def test_eight_ended_quarters_are_shown(as_of, last) -> None:
    """The quarter that is still running is not missing yet."""
    quarters = last_quarters(as_of)
    assert len(quarters) == 8
    assert quarters[-1] == last
    assert list(quarters) == sorted(quarters)


def test_a_row_shows_silence_as_silence() -> None:
    """A quarter nobody spoke of is there, and says neither yes nor no."""
    (row,) = programmes([said("2026-Q3"), said("2026-Q1", running=False), said("2025-Q4")], AS_OF)
    assert words(row) == [
        ("2024-Q4", "diam"),
        ("2025-Q1", "diam"),
        ("2025-Q2", "diam"),
        ("2025-Q3", "diam"),
        ("2025-Q4", "ya"),
        ("2026-Q1", "tidak"),
        ("2026-Q2", "diam"),
        ("2026-Q3", "ya"),
    ]


def test_a_programme_last_named_long_ago_is_still_shown() -> None:
    """Or its silence would be the one thing nobody sees."""
    (row,) = programmes([said("2020-Q1")], AS_OF)
    assert {word for _, word in words(row)} == {"diam"}


def test_what_was_said_later_or_too_early_is_not_there() -> None:
    """A statement dated after the day does not exist yet; one about a running quarter says nothing of its end."""
    statements = [
        said("2026-Q3", dated=date(2026, 11, 26)),
        said("2026-Q4", dated=date(2026, 11, 1)),
        said("2026-Q2", dated=date(2026, 7, 3)),
    ]
    (row,) = programmes(statements, AS_OF)
    assert [quarter for quarter, word in words(row) if word == "ya"] == ["2026-Q2"]
    assert programmes(statements[:2], AS_OF) == ()


def test_of_two_statements_the_later_word_counts() -> None:
    """By its day; of one day, or without one, by the place in the file."""
    first = said("2026-Q2", dated=date(2026, 8, 1), running=False)
    second = said("2026-Q2", dated=date(2026, 7, 1))
    assert programmes([first, second], AS_OF)[0].quarters[-2].word is Word.TIDAK
    same_day = said("2026-Q2", dated=date(2026, 8, 1))
    assert programmes([first, same_day], AS_OF)[0].quarters[-2].word is Word.YA


def test_case_and_spacing_make_no_second_programme() -> None:
    """A slip in a name must not split a row; it is called what it was last called."""
    statements = [said("2026-Q2", "layanan  Tanpa antre"), said("2026-Q3"), said("2026-Q3", "Antrean daring")]
    assert [row.name for row in programmes(statements, AS_OF)] == ["Antrean daring", "Layanan tanpa antre"]


quarters = st.builds("{}-Q{}".format, st.integers(2022, 2026), st.integers(1, 4))
statements_ = st.lists(
    st.builds(
        Statement,
        quarter=quarters,
        programme=st.sampled_from(["Satu", "satu ", "Dua"]),
        running=st.booleans(),
        dated=st.none() | st.dates(date(2022, 1, 1), date(2027, 12, 31)),
        note=st.text(max_size=2),
    ),
    max_size=12,
)
days = st.dates(date(2022, 1, 1), date(2027, 12, 31))


@given(statements_, days)
@settings(derandomize=True, deadline=None)
def test_no_word_is_made_up(statements, as_of) -> None:
    """Every yes and no is a statement of that programme and quarter; every row has every quarter."""
    for row in programmes(statements, as_of):
        assert tuple(one.quarter for one in row.quarters) == last_quarters(as_of)
        for one in row.quarters:
            assert one.statement is None or one.statement in statements
            assert one.statement is None or one.statement.quarter == one.quarter


@given(statements_, days, days)
@settings(derandomize=True, deadline=None)
def test_silence_is_not_filled_by_time(statements, one, other) -> None:
    """Of statements that carry no day, a later day changes nothing about a quarter that had ended before."""
    undated = [said(each.quarter, each.programme, running=each.running) for each in statements]
    rows = (programmes(undated, day) for day in sorted((one, other)))
    earlier, later = ({row.name.strip().casefold(): dict(words(row)) for row in found} for found in rows)
    for name, row in earlier.items():
        for quarter, word in row.items():
            assert later[name].get(quarter, word) == word
