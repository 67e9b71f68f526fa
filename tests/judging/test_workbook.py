"""The registry against the official workbook: LibreOffice recalculates it, and every number must agree.

The blank workbook is the ministry's and is not part of this repository. Put its path into ZI_LKE, or lay it at
../shared/lke/lke-2021-kosong.xlsx beside the checkout.
"""

import os
import random
import re
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest

from generator.judging.score import score
from generator.model.declared import Answer, Sheet, Survey, Tier
from generator.model.instrument import Group, Question

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl belum terpasang, jadi lembar resmi tidak dapat diisi.")

pytestmark = pytest.mark.office

SETS = 24
LEVELS = 5
"""Choices of the longest scale, A to E."""
TOLERANCE = 1e-9
ANSWERS, POINTS, WEIGHTS = "K", "L", "H"
"""Columns of the worksheet."""
HALVES = {176: "A.II.5.iii.a", 183: "A.II.5.iii.b"}
"""Rows with a weight of their own (1 each) in the workbook, which the instrument shares out by average of 2."""


@pytest.fixture(scope="module")
def workbook() -> Path:
    """The blank official workbook."""
    beside = Path(__file__).parents[2].parent / "shared" / "lke" / "lke-2021-kosong.xlsx"
    path = Path(os.environ.get("ZI_LKE", beside))
    if not path.is_file():
        pytest.skip(f"Lembar kerja resmi tidak ada di {path}; setel ZI_LKE ke lembar LKE 2021 yang kosong.")
    return path


@pytest.fixture(scope="module")
def soffice() -> str:
    """LibreOffice's command."""
    command = shutil.which("soffice") or shutil.which("libreoffice")
    if command is None:
        pytest.skip("LibreOffice (soffice) tidak terpasang; pasang libreoffice-calc untuk menjalankan uji ini.")
    return command


class Filled:
    """One answer set: the registry's sheet and surveys, and what goes into column K by row."""

    def __init__(self, instrument, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - test data, no secret
        self.answers: dict[str, Answer] = {}
        self.surveys: list[Survey] = []
        self.cells: dict[int, str | int | float] = {}
        for question in instrument.questions.values():
            if question.formula is not None:
                self._count(question, still_none=seed % 4 == 0)
            elif question.survey_kind:
                self._survey(question)
            else:
                # The first sets go down the scales, so that each choice is met at least once.
                choices = list(question.values)
                self._choose(question, choices[seed % len(choices)] if seed < LEVELS else self.random.choice(choices))
        self.score = score(
            instrument,
            Sheet(tier=Tier.MANDIRI, instrument=instrument.id, year=2021, answers=self.answers),
            self.surveys,
        )

    def _choose(self, question: Question, choice: str) -> None:
        self.answers[question.code] = Answer(choice=choice)
        self.cells[question.row] = choice

    def _count(self, question: Question, *, still_none: bool) -> None:
        """Random counts with a denominator above 0; a decrease from 0 to 0 where `still_none`."""
        counts = {count.id: self.random.randint(0, 12) for count in question.counts}
        counts[question.formula.denominator[-1]] = self.random.randint(1, 9)
        if question.formula.kind == "penurunan" and still_none:
            counts[question.formula.denominator[0]] = counts[question.formula.numerator] = 0
        self.answers[question.code] = Answer(counts=counts)
        self.cells.update({count.row: counts[count.id] for count in question.counts})

    def _survey(self, question: Question) -> None:
        hundredths = self.random.randint(0, 400)
        self.answers[question.code] = Answer(survey=question.survey_kind)
        self.surveys.append(
            Survey(
                id=question.survey_kind,
                kind=question.survey_kind,
                surveyor="lembaga",
                respondents=30,
                index=Fraction(hundredths, 100),
            )
        )
        self.cells[question.row] = hundredths / 100

    def write(self, book, target: Path) -> None:
        """Save the workbook with the answers in it and no calculated values; every set fills the same cells."""
        for row, value in self.cells.items():
            cell = book.worksheets[0][f"{ANSWERS}{row}"]
            assert not str(cell.value or "").startswith("="), f"{cell.coordinate} holds a formula, not an answer"
            cell.value = value
        book.save(target)


@pytest.fixture(scope="module")
def filled(instrument) -> list[Filled]:
    """The answer sets, the same on every run."""
    return [Filled(instrument, seed) for seed in range(SETS)]


@pytest.fixture(scope="module")
def recalculated(filled, workbook, soffice, tmp_path_factory) -> list[dict[int, float]]:
    """The numbers of column L by row, for every answer set, as one LibreOffice run calculates them."""
    folder = tmp_path_factory.mktemp("lke")
    (folder / "in").mkdir()
    names = [f"lke-{place:02}.xlsx" for place in range(len(filled))]
    book = openpyxl.load_workbook(workbook)
    for one, name in zip(filled, names, strict=True):
        one.write(book, folder / "in" / name)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out")]
    subprocess.run(
        [*command, *(str(folder / "in" / name) for name in names)], check=True, timeout=300, capture_output=True
    )
    return [_numbers(folder / "out" / name) for name in names]


def _numbers(path: Path) -> dict[int, float]:
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    return {
        cell.row: cell.value
        for cell in sheet[POINTS]
        if isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    }


@pytest.fixture(scope="module")
def meaning(workbook, instrument) -> dict[int, Group | Question | None]:
    """What each row of column L is in the instrument; None is the total.

    Groups are found by the workbook's own formulas: a row is the group over exactly the questions its formula reaches.
    """
    sheet = openpyxl.load_workbook(workbook).worksheets[0]
    formulas = {cell.row: str(cell.value) for cell in sheet[POINTS] if str(cell.value).startswith("=")}
    questions = {question.row: question for question in instrument.questions.values()}
    groups = {
        frozenset(question.row for question in _below(node)): node
        for node in instrument.nodes.values()
        if isinstance(node, Group)
    }
    groups[frozenset(questions)] = None
    found: dict[int, Group | Question | None] = dict(questions)
    for row in formulas:
        reached = frozenset(_reached(row, formulas, questions))
        if row in HALVES:
            found[row] = instrument.questions[HALVES[row]]
        elif row not in questions and reached:
            found[row] = groups[reached]
            weight = sheet[f"{WEIGHTS}{row}"].value
            assert weight is None or Fraction(str(weight)) == found[row].weight, f"{WEIGHTS}{row}"
    return found


def _below(node):
    return [node] if isinstance(node, Question) else [below for part in node.parts for below in _below(part)]


def _reached(row: int, formulas: dict[int, str], questions: dict[int, Question]) -> set[int]:
    """The rows of the questions that the formula of a row adds up or averages, through other rows."""
    if row in questions:
        return {row}
    text = formulas.get(row, "")
    if not re.match(rf"=(SUM|AVERAGE|{POINTS})", text):
        return set()  # a count, a heading, an empty row: no number
    reached: set[int] = set()
    for first, last in re.findall(rf"{POINTS}(\d+)(?::{POINTS}(\d+))?", text):
        for below in range(int(first), int(last or first) + 1):
            reached |= _reached(below, formulas, questions)
    return reached


def _ours(row: int, meaning, one: Filled) -> Fraction:
    node = meaning[row]
    if node is None:
        return one.score.total
    if isinstance(node, Group):
        return one.score.nodes[node.code].score
    weighted = node.weight is not None or row in HALVES
    return one.score.questions[node.code].contribution if weighted else one.score.questions[node.code].value


def test_every_number_of_the_workbook_is_the_registry_s(filled, recalculated, meaning) -> None:
    """No cell of column L is off by more than 1e-9, and no number there stays uncompared."""
    compared, furthest = 0, 0.0
    for place, (one, numbers) in enumerate(zip(filled, recalculated, strict=True)):
        assert set(numbers) == set(meaning), f"set {place}: numbers without a meaning, or the reverse"
        for row, number in numbers.items():
            difference = abs(float(Fraction(number) - _ours(row, meaning, one)))
            assert difference <= TOLERANCE, f"set {place}, {POINTS}{row}: {number}, {_ours(row, meaning, one)}"
            compared, furthest = compared + 1, max(furthest, difference)
    print(f"{len(filled)} sets, {compared} cells compared, furthest {furthest:.1e}")


def test_the_answer_sets_reach_the_corners(filled, instrument) -> None:
    """Among the sets are ratios above 1, a decrease from 0 to 0, a rise, and every choice of every question."""
    given = {code: {one.score.questions[code].given for one in filled} for code in instrument.questions}
    ratios = [text.split("/") for texts in given.values() for text in texts if "/" in text]
    assert any(int(above) > int(below) > 0 for above, below in ratios)
    assert "0 → 0" in given["A.II.3.iii.a"]
    assert any(int(text.split(" → ")[0]) < int(text.split(" → ")[1]) for text in given["A.II.3.iii.a"])
    for question in instrument.questions.values():
        assert set(question.values) <= given[question.code], question.code


def test_every_node_of_the_instrument_is_compared(meaning, instrument) -> None:
    """Each weighted node and each question stands in at least one row."""
    codes = {node.code for node in meaning.values() if node is not None}
    assert codes == {*instrument.nodes, *instrument.questions}
