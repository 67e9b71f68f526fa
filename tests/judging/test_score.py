from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from generator.judging.conditions import verdicts
from generator.judging.score import score
from generator.model.declared import Answer, Sheet, Tier

CASES = sorted((Path(__file__).parents[1] / "cases" / "score").glob("*.yaml"))


@pytest.fixture(params=CASES, ids=lambda path: path.stem)
def case(request):
    """A sheet and what it comes to, worked out by hand in the file's comment."""
    return yaml.safe_load(request.param.read_text(encoding="utf-8"))


@pytest.fixture
def expected(case):
    """What the case expects."""
    return case["harap"]


@pytest.fixture
def found(case, bench):
    """The score of the case's sheet."""
    return score(
        bench.instrument, bench.sheet(case["dasar"], case.get("jawaban")), bench.surveys(case.get("survei", ()))
    )


@pytest.fixture
def found_verdicts(case, bench, found):
    """The verdicts on the case's score."""
    return verdicts(
        bench.instrument,
        found,
        bench.earlier(case.get("peristiwa", ())),
        bench.year(clearance=case.get("clearance")),
    )


def test_every_node_has_the_score_worked_out_by_hand(expected, found) -> None:
    """A node's score is exact: no rounding anywhere, "1/3" is one third."""
    scores = {"total": found.total, **{code: node.score for code, node in found.nodes.items()}}
    given = {code: scores[code] for code in expected["nilai"]}
    assert given == {code: Fraction(value) for code, value in expected["nilai"].items()}


def test_unanswered_questions_are_listed_in_the_order_of_the_worksheet(expected, found) -> None:
    """Absent, "belum" and whatever does not fit its question are unanswered; "Tidak" and 0 are answers."""
    if "jumlah_belum" in expected:
        assert len(found.unanswered) == expected["jumlah_belum"]
    if "belum" in expected:
        assert list(found.unanswered) == expected["belum"]


def test_a_question_shows_how_its_answer_became_a_number(expected, found) -> None:
    """Value, contribution, what was given, and whether the registry's own decision on a zero denominator was used."""
    for code, wanted in expected.get("pertanyaan", {}).items():
        one = found.questions[code]
        shown = {
            "nilai": one.value,
            "sumbangan": one.contribution,
            "diberi": one.given,
            "penyebut_nol": one.zero_denominator,
        }
        exact = {key: Fraction(value) if key in {"nilai", "sumbangan"} else value for key, value in wanted.items()}
        assert {key: shown[key] for key in wanted} == exact, code


def test_verdicts_and_conditions_are_those_of_the_case(expected, found_verdicts) -> None:
    """True, false and cannot-be-told are three answers."""
    verdict = {name: found_verdicts[name].met for name in expected.get("putusan", {})}
    assert verdict == expected.get("putusan", {})
    for field, attribute in (("syarat", "met"), ("angka", "value"), ("alasan", "reason")):
        for name, wanted in expected.get(field, {}).items():
            given = {one.code: getattr(one, attribute) for one in found_verdicts[name].conditions}
            assert {code: given[code] for code in wanted} == wanted


def test_every_node_is_in_the_score_in_the_order_of_the_worksheet(bench) -> None:
    """63 weighted nodes and 113 questions, whatever the sheet says."""
    found = score(bench.instrument, bench.sheet(), bench.surveys())
    assert (len(found.nodes), len(found.questions)) == (63, 113)
    assert list(found.nodes) == list(bench.instrument.nodes)
    assert list(found.questions) == list(bench.instrument.questions)


def test_the_best_sheet_gives_every_node_its_whole_weight(bench) -> None:
    """No node can get more, none is out of reach."""
    found = score(bench.instrument, bench.sheet("terbaik"), bench.surveys())
    assert {code: node.score for code, node in found.nodes.items()} == {
        code: node.weight for code, node in bench.instrument.nodes.items()
    }


def test_a_sheet_of_strangers_is_scored_without_a_traceback(bench) -> None:
    """Codes, counts and surveys that mean nothing are passed over; big counts stay exact."""
    answers = {
        "": Answer(choice="A"),
        "A": Answer(choice="A"),
        "A.II.1.i.a": Answer(counts={"agen-perubahan": 10**15 - 1, "perubahan-dibuat": 1, "x": -1}),
        "A.I.1.i.a": Answer(),
        "B.I.a": Answer(survey=""),
    }
    sheet = Sheet(tier=Tier.MANDIRI, instrument=bench.instrument.id, year=2025, answers=answers)
    found = score(bench.instrument, sheet, ())
    assert found.total == Fraction(1, 10**15 - 1)
    assert len(found.unanswered) == 112
