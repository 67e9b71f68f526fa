"""Today is an argument: where it comes from, and what is no date."""

from datetime import date

import pytest

from generator.cli.clock import today
from generator.model.failure import Failure


def test_as_of_wins_over_the_environment(monkeypatch):
    """What a person asks for on the command line is what they get."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert today("2026-12-01") == date(2026, 12, 1)


def test_the_epoch_s_day_is_jakarta_s(monkeypatch):
    """2026-11-24 17:00:00 UTC (1795539600) is midnight of the 25th in Jakarta, one second before still the 24th."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795539600")
    assert today() == date(2026, 11, 25)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795539599")
    assert today() == date(2026, 11, 24)


@pytest.mark.parametrize(
    "text", ["2026-W49-2", "20261201", "2026-1-1", "2026-02-30", "besok", "", "2026-12-01\n", "२०२६-12-01"]
)
def test_what_is_no_date_is_refused_with_an_example(text):
    """A date is written one way; anything else ends with a sentence."""
    with pytest.raises(Failure, match="2026-01-31"):
        today(text)


@pytest.mark.parametrize("text", ["", "kemarin", "9" * 40])
def test_an_epoch_that_is_none_is_refused(monkeypatch, text):
    """A broken environment never becomes a wrong day."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
    with pytest.raises(Failure, match="SOURCE_DATE_EPOCH"):
        today()
