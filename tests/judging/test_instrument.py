import re
from fractions import Fraction
from pathlib import Path

import pytest

from generator.judging.instrument import build, faults
from generator.model.declared import Predicate
from generator.model.instrument import Group, Question
from generator.program_files import SCHEMA
from generator.reading.strict_yaml import INSTRUMENT, load

CASES = Path(__file__).parents[1] / "cases" / "instrument"
OFFICIAL = sorted((SCHEMA / "instrumen").glob("*.yaml"))


def faults_of(path: Path):
    """The findings on an instrument's file."""
    loaded = load(path.read_bytes(), path=path.name, limits=INSTRUMENT)
    return faults(path.name, loaded.data, loaded.marks)


@pytest.mark.parametrize("path", OFFICIAL, ids=lambda path: path.stem)
def test_our_instruments_add_up(path) -> None:
    """Strict YAML, no faults, named by their id."""
    assert faults_of(path) == ()
    assert build(load(path.read_bytes(), path=path.name, limits=INSTRUMENT).data).id == path.stem


def test_every_fault_is_found_where_it_stands() -> None:
    """The case marks its wrong lines with "# ! code": exactly those are found."""
    path = CASES / "tidak-cocok.yaml"
    marked = [
        (number, code)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for code in re.findall(r"# ! ([a-z-]+)$", line)
    ]
    found = faults_of(path)
    assert sorted((finding.line, finding.code) for finding in found) == marked
    assert list(found) == sorted(found)


def test_a_small_instrument_that_adds_up_has_no_fault() -> None:
    """The same shape without faults."""
    assert faults_of(CASES / "cocok.yaml") == ()


def test_a_weight_s_fault_says_both_sums() -> None:
    """39 + 60 where 100 must be."""
    first = next(finding for finding in faults_of(CASES / "tidak-cocok.yaml") if finding.pointer == "/isi")
    assert first.message == "Bobot seluruh instrumen adalah 100, padahal bobot bagian-bagiannya berjumlah 99."


def weighted(parts: list[dict]) -> list[dict]:
    """Every part that has a weight, at any depth."""
    below = [part for part in parts if "isi" in part for part in weighted(part["isi"])]
    return [*(part for part in parts if "bobot" in part), *below]


def test_one_changed_weight_is_a_fault() -> None:
    """A slip of 0.01 in any one weight of the real instrument is found."""
    path = OFFICIAL[0]
    loaded = load(path.read_bytes(), path=path.name, limits=INSTRUMENT)
    parts = weighted(loaded.data["isi"])
    assert len(parts) == 63
    for part in parts:
        right = part["bobot"]
        part["bobot"] = str(float(right) + 0.01)
        assert {finding.code for finding in faults(path.name, loaded.data, loaded.marks)} == {"bobot-tidak-cocok"}
        part["bobot"] = right
    assert faults(path.name, loaded.data, loaded.marks) == ()


def test_the_2021_instrument_has_the_weights_of_the_regulation(instrument) -> None:
    """100 = Pengungkit 60 (30 + 30, six areas each) + Hasil 40 (IPAK 17.5, capaian kinerja 5, IPKP 17.5)."""
    weights = {code: node.weight for code, node in instrument.nodes.items()}
    assert {code: weights[code] for code in ("A", "A.I", "A.II", "B")} == {"A": 60, "A.I": 30, "A.II": 30, "B": 40}
    areas = ["4", "3.5", "5", "5", "7.5", "5"]
    assert [weights[f"A.I.{number}"] for number in range(1, 7)] == [Fraction(weight) for weight in areas]
    assert [weights[f"A.II.{number}"] for number in range(1, 7)] == [Fraction(weight) for weight in areas]
    assert [weights[code] for code in ("B.I.a", "B.I.b", "B.II.a")] == [Fraction("17.5"), 5, Fraction("17.5")]


def test_the_2021_instrument_has_the_scales_of_the_regulation(instrument) -> None:
    """Ya 1, Tidak 0; A–C 1, .5, 0; A–D 1, .67, .33, 0; A–E 1, .75, .5, .25, 0: exact hundredths."""
    scales = {question.scale: list(question.values.items()) for question in instrument.questions.values()}
    exact = {
        "ya-tidak": [("Ya", "1"), ("Tidak", "0")],
        "a-c": [("A", "1"), ("B", "0.5"), ("C", "0")],
        "a-d": [("A", "1"), ("B", "0.67"), ("C", "0.33"), ("D", "0")],
        "a-e": [("A", "1"), ("B", "0.75"), ("C", "0.5"), ("D", "0.25"), ("E", "0")],
        "persen": [],
        "indeks-0-4": [],
    }
    assert scales == {name: [(choice, Fraction(value)) for choice, value in values] for name, values in exact.items()}


def test_every_question_says_in_one_way_how_it_is_answered(instrument) -> None:
    """By choice (and then each choice has a criterion), by counts, or by a survey."""
    for question in instrument.questions.values():
        assert [bool(question.values), question.formula is not None, bool(question.survey_kind)].count(True) == 1
        assert list(question.criteria) == list(question.values), question.code
        assert bool(question.counts) == (question.formula is not None)


def test_every_count_has_its_place_in_the_formula_or_is_informative(instrument) -> None:
    """Nothing is asked that changes nothing without saying so."""
    for question in instrument.questions.values():
        if question.formula is not None:
            used = {question.formula.numerator, *question.formula.denominator}
            assert {count.id for count in question.counts if not count.informative} == used, question.code


def test_every_zero_denominator_is_decided_with_a_reason(instrument) -> None:
    """1 where nothing was left undone, 0 where nothing was there to show; each says why."""
    decided = {
        question.code: question.formula.zero_value for question in instrument.questions.values() if question.formula
    }
    assert decided == {
        "A.II.1.i.a": 0,
        "A.II.1.i.b": 0,
        "A.II.3.iii.a": 0,
        "A.II.4.i.a": 0,
        "A.II.5.ii.a": 1,
        "A.II.5.iii.a": 1,
        "A.II.5.iii.b": 1,
        "A.II.6.i.b": 0,
    }
    assert all(question.formula.zero_reason for question in instrument.questions.values() if question.formula)


# The table of conditions, row by row: code, WBK, WBBM.
CONDITIONS = {
    "total": ("75", "85"),
    "pengungkit": ("40", "48"),
    **{f"area-{number}": ("60", "75") for number in range(1, 7)},
    "B.I": ("18.25", "19.50"),
    "B.I.a": ("15.75", "15.75"),
    "B.I.b": ("2.50", "3.75"),
    "B.II": ("14.00", "15.75"),
    "predikat-sebelumnya": (None, "WBK"),
    "clearance": ("KPK, Ombudsman", "KPK, Ombudsman"),
}


def test_the_2021_instrument_has_the_conditions_of_the_regulation(instrument) -> None:
    """Fourteen conditions; the limits said as an index agree with the formula index / 4 × 17.5."""
    found = {
        one.code: (one.limits.get(Predicate.WBK), one.limits.get(Predicate.WBBM)) for one in instrument.requirements
    }
    assert found == CONDITIONS
    for requirement in instrument.requirements:
        for predicate, index in requirement.index.items():
            assert Fraction(index) / 4 * Fraction("17.5") == Fraction(requirement.limits[predicate])
    assert instrument.proposals_close == "05-31"


def test_an_area_is_its_pemenuhan_and_its_reform(instrument) -> None:
    """Both groups bear the area's name, and each area's condition asks for the same two."""
    for area in instrument.areas:
        assert area.groups == (f"A.I.{area.code}", f"A.II.{area.code}")
        assert {instrument.nodes[code].name for code in area.groups} == {area.name}
    asked = {one.code: one.nodes for one in instrument.requirements if one.kind == "persen"}
    assert asked == {f"area-{area.code}": area.groups for area in instrument.areas}


def test_questions_under_a_node_stand_together_in_the_worksheet(instrument) -> None:
    """The order of codes, of the tree and of the worksheet's rows is one."""
    rows = [question.row for question in instrument.questions.values()]
    assert rows == sorted(rows)
    for node in instrument.nodes.values():
        parts = node.parts if isinstance(node, Group) else ()
        assert all(part.code.startswith(f"{node.code}.") for part in parts)
        assert len({isinstance(part, Question) and part.weight is None for part in parts}) <= 1


def test_an_instrument_is_itself_alone(instrument, instrument_data) -> None:
    """Two built from the same data are two: what is worked out from one is never taken for the other's."""
    assert build(instrument_data) != instrument
