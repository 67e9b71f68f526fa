import pytest

from generator.judging.conditions import verdicts
from generator.judging.score import score
from generator.model.declared import Predicate


def condition(bench, predicate, code, *, sheet=None, events=(), clearance=None, surveys=()):
    """One condition, on the best sheet unless the test says otherwise."""
    one = score(bench.instrument, sheet or bench.sheet("terbaik"), bench.surveys(surveys))
    found = verdicts(bench.instrument, one, bench.earlier(events), bench.year(clearance=clearance))
    return next(held for held in found[predicate].conditions if held.code == code)


# Proposals for 2025 close on 31 May 2025.
EARLIER = {
    "nothing ever happened": ([], False),
    "proposed is not awarded": ([("diusulkan", "WBK", "2024-05-20")], False),
    "awarded years before": ([("ditetapkan", "WBK", "2014-12-09")], True),
    "awarded on the closing day": ([("ditetapkan", "WBK", "2025-05-31")], True),
    "awarded the day after": ([("ditetapkan", "WBK", "2025-06-01")], False),
    "revoked before the closing day": ([("ditetapkan", "WBK", "2020-12-10"), ("dicabut", "WBK", "2024-02-01")], False),
    "revoked on the closing day": ([("ditetapkan", "WBK", "2020-12-10"), ("dicabut", "WBK", "2025-05-31")], False),
    "revoked the day after": ([("ditetapkan", "WBK", "2020-12-10"), ("dicabut", "WBK", "2025-06-01")], True),
    "revoked and awarded again": (
        [("ditetapkan", "WBK", "2018-12-10"), ("dicabut", "WBK", "2019-06-01"), ("ditetapkan", "WBK", "2022-12-12")],
        True,
    ),
    "the same, written out of order": (
        [("ditetapkan", "WBK", "2022-12-12"), ("dicabut", "WBK", "2019-06-01"), ("ditetapkan", "WBK", "2018-12-10")],
        True,
    ),
    "a revoked WBBM takes WBK along": (
        [("ditetapkan", "WBK", "2018-12-10"), ("ditetapkan", "WBBM", "2020-12-10"), ("dicabut", "WBBM", "2023-06-01")],
        False,
    ),
    "a held WBBM stands on WBK": ([("ditetapkan", "WBK", "2018-12-10"), ("ditetapkan", "WBBM", "2020-12-10")], True),
    "WBBM alone is no WBK": ([("ditetapkan", "WBBM", "2020-12-10")], False),
    "awarded and revoked on one day": ([("ditetapkan", "WBK", "2020-12-10"), ("dicabut", "WBK", "2020-12-10")], False),
    # revoked 2023-03-10: barred up to and with 2025-03-10
    "awarded while barred": ([("dicabut", "WBK", "2023-03-10"), ("ditetapkan", "WBK", "2025-03-10")], False),
    "awarded when the bar was over": ([("dicabut", "WBK", "2023-03-10"), ("ditetapkan", "WBK", "2025-03-11")], True),
    "confirmed changes nothing": ([("ditetapkan", "WBK", "2020-12-10"), ("dikonfirmasi", "WBK", "2024-12-10")], True),
}


@pytest.mark.parametrize(("events", "met"), EARLIER.values(), ids=EARLIER)
def test_wbbm_needs_a_wbk_held_when_proposals_close(bench, events, met) -> None:
    """Awarded on or before 31 May of the assessed year, and nothing revoked since, whatever the order of the file."""
    assert condition(bench, Predicate.WBBM, "predikat-sebelumnya", events=events).met is met


def test_wbk_asks_for_no_earlier_predicate(bench) -> None:
    """A condition that a predicate does not ask for is not in its verdict."""
    one = score(bench.instrument, bench.sheet(), bench.surveys())
    found = verdicts(bench.instrument, one, bench.earlier(), bench.year())
    areas = [f"area-{number}" for number in range(1, 7)]
    shared = ["total", "pengungkit", *areas, "B.I", "B.I.a", "B.I.b", "B.II"]
    assert [held.code for held in found[Predicate.WBK].conditions] == [*shared, "clearance"]
    assert [held.code for held in found[Predicate.WBBM].conditions] == [*shared, "predikat-sebelumnya", "clearance"]


def test_the_earlier_predicate_says_since_when(bench) -> None:
    """The reason names the award, or the revocation, and the closing day it is judged by."""
    held = condition(bench, Predicate.WBBM, "predikat-sebelumnya", events=[("ditetapkan", "WBK", "2023-12-11")])
    assert (held.value, held.limit) == ("WBK", "WBK")
    assert held.reason == "WBK ditetapkan 11 Desember 2023; keadaan pada batas usulan 31 Mei 2025"
    lost = condition(
        bench,
        Predicate.WBBM,
        "predikat-sebelumnya",
        events=[("ditetapkan", "WBK", "2020-12-10"), ("dicabut", "WBK", "2024-02-01")],
    )
    assert (lost.value, lost.reason) == (
        "dicabut",
        "WBK dicabut 1 Februari 2024; keadaan pada batas usulan 31 Mei 2025",
    )


CLEARANCES = {
    "both clear": ({"KPK": "bersih", "Ombudsman": "bersih"}, True),
    "one withheld": ({"KPK": "bersih", "Ombudsman": "catatan"}, False),
    "one withheld, the other not yet": ({"KPK": "catatan", "Ombudsman": "belum"}, False),
    "one not yet": ({"KPK": "bersih", "Ombudsman": "belum"}, None),
    "one absent": ({"KPK": "bersih"}, None),
    "no file": ({}, None),
    "somebody else's word does not count": ({"KPK": "bersih", "BPK": "bersih"}, None),
}


@pytest.mark.parametrize(("clearance", "met"), CLEARANCES.values(), ids=CLEARANCES)
def test_clearance_needs_both_bodies(bench, clearance, met) -> None:
    """Both clear: met. Any note: not met. Otherwise it cannot be told."""
    assert {condition(bench, name, "clearance", clearance=clearance).met for name in Predicate} == {met}


def test_clearance_says_what_each_body_said(bench) -> None:
    """The value and the reason are words."""
    held = condition(bench, Predicate.WBK, "clearance", clearance={"KPK": "catatan"})
    assert held.value == "KPK ada catatan, Ombudsman belum ada pernyataan"
    assert held.limit == "KPK, Ombudsman"


INDEXES = {
    "3.60": "15,75 (indeks 3,60) mencapai batas 15,75 (indeks 3,60)",
    "3.59": "15,71 (indeks 3,59) kurang 0,04 dari batas 15,75 (indeks 3,60)",
    "4": "17,50 (indeks 4,00) lebih 1,75 dari batas 15,75 (indeks 3,60)",
}


@pytest.mark.parametrize(("index", "reason"), INDEXES.items())
def test_a_survey_s_reason_says_points_and_index(bench, index, reason) -> None:
    """The three figures agree as they are shown: 15,71 + 0,04 = 15,75."""
    surveys = [{"id": "ipak", "jenis": "IPAK", "indeks": index}]
    sheet = bench.sheet("terbaik", {"B.I.a": {"survei": "ipak"}})
    assert condition(bench, Predicate.WBK, "B.I.a", sheet=sheet, surveys=surveys).reason == reason


def test_a_value_below_its_limit_is_never_shown_as_the_limit(bench) -> None:
    """Index 3.599999 gives 15.749995625: four digits would say 15,7500, so all ten are shown."""
    surveys = [{"id": "ipak", "jenis": "IPAK", "indeks": "3.599999"}]
    sheet = bench.sheet("terbaik", {"B.I.a": {"survei": "ipak"}})
    held = condition(bench, Predicate.WBK, "B.I.a", sheet=sheet, surveys=surveys)
    assert held.met is False
    assert held.reason == ("15,7499956250 (indeks 3,599999) kurang 0,0000043750 dari batas 15,7500000000 (indeks 3,60)")


def test_a_survey_that_is_missing_has_no_index(bench) -> None:
    """Without an answer there is no index to show, only what is missing."""
    held = condition(bench, Predicate.WBK, "B.I.a", sheet=bench.sheet())
    assert (held.value, held.met) == ("0.0000000000", None)
    assert held.reason == "0,00 kurang 15,75 dari batas 15,75 (indeks 3,60); 1 pertanyaan belum dijawab"


def test_values_have_ten_digits_and_limits_stand_as_the_instrument_writes_them(bench) -> None:
    """A third of A.I.1.iii: (4 − 2/3 + 4) / 8 = 91,666… %."""
    sheet = bench.sheet("terbaik", {"A.I.1.iii.a": {"jawab": "D"}, "A.I.1.iii.b": {"jawab": "D"}})
    held = condition(bench, Predicate.WBK, "area-1", sheet=sheet)
    assert (held.value, held.limit) == ("91.6666666667", "60")
    assert held.reason == "91,67 % lebih 31,67 poin persen dari batas 60,00 %"
    assert condition(bench, Predicate.WBBM, "B.I").limit == "19.50"
