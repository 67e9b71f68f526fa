"""An edit of one answer changes its own lines and no other, however a person wrote the sheet."""

import difflib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.canonical import dump
from generator.exchange.editing import Edit, Unfit, edited
from generator.model.document import Kind
from generator.reading.raw_text import hidden
from generator.reading.strict_yaml import Refused, load
from generator.registry import load_catalogue
from generator.scaffolding import year_files

ORDER = ("A.1", "A.2", "A.3", "B.1", "B.2")
HEAD = "instrumen: contoh\ntahun: 2025\njawaban:\n"


def edit(text, code, order=ORDER, **values):
    """Return the sheet with the answer edited; `bukti` is one piece of evidence."""
    evidence = [values.pop("bukti")] if "bukti" in values else []
    return edited(text.encode(), "mandiri.yaml", code, Edit(values=values, evidence=evidence), order).decode()


STYLES = sorted((Path(__file__).parents[1] / "cases/editing").iterdir())
"""A folder each: before.yaml, and after.yaml, in which A.2 has become "Ya" with the evidence "SK"."""


@pytest.mark.parametrize("case", STYLES, ids=lambda case: case.name)
def test_an_edit_keeps_the_style_and_all_other_lines(case):
    """Comments stay with the question they are about, quotes and indentation as the person likes them."""
    before, after = ((case / f"{name}.yaml").read_text(encoding="utf-8") for name in ("before", "after"))
    assert edit(before, "A.2", jawab="Ya", bukti={"judul": "SK"}) == after


@pytest.mark.parametrize("empty", ["jawaban: {}", "jawaban:  # belum ada"])
def test_a_sheet_without_answers_gets_its_first(empty):
    """The empty braces go, what follows the sheet's answers stays behind them."""
    text = f"jawaban_lain: 1\n{empty}\ntahun: 2025\n"
    lines = edit(text, "A.2", jawab="Ya").split("\n")
    assert lines[0] == "jawaban_lain: 1"
    assert lines[1].startswith("jawaban:")
    assert lines[2:] == ["  A.2:", "    jawab: Ya", "tahun: 2025", ""]


def test_line_ends_stay_and_a_missing_one_is_added():
    """CRLF throughout where the file has it; the last line ends."""
    text = (HEAD + "  A.1:\n    jawab: A").replace("\n", "\r\n")
    assert edit(text, "A.2", jawab="Ya") == (HEAD + "  A.1:\n    jawab: A\n  A.2:\n    jawab: Ya\n").replace(
        "\n", "\r\n"
    )


def test_numbers_are_added_to_those_there_and_take_the_place_of_an_empty_answer():
    """A question answered with numbers loses its `jawab: belum`."""
    text = HEAD + "  A.2:\n    jawab: belum\n    # isian:\n    #   a:  # Banyaknya a\n  A.3:\n    isian:\n      a: 1\n"
    change = Edit(values={"isian": {"b": 2}}, without=("jawab",))
    assert load(edited(text.encode(), "x", "A.2", change, ORDER), path="x").data["jawaban"]["A.2"] == {
        "isian": {"b": 2}
    }
    after = edited(text.encode(), "x", "A.3", change, ORDER).decode()
    assert after == text + "      b: 2\n"


def test_evidence_is_added_and_the_very_same_is_not_added_twice():
    """A form that was sent twice does not double its evidence; one that differs in anything stands beside it."""
    text = HEAD + "  A.2:\n    bukti:\n      - judul: SK\n        tanggal: 2025-01-10\n"
    assert edit(text, "A.2", bukti={"judul": "SK", "tanggal": "2025-01-10"}) == text
    assert edit(text, "A.2", bukti={"judul": "SK"}) == text + "      - judul: SK\n"


UNFIT = {
    "all answers in braces": "instrumen: contoh\njawaban: {A.1: {jawab: A}, A.2: {jawab: A}}\n",
    "answers that are a list": HEAD + "  - A.2\n",
    "an answer that is a text": HEAD + "  A.2: Ya\n",
    "no answers at all": "instrumen: contoh\n",
    "evidence that is a text": HEAD + "  A.2:\n    bukti: SK\n",
    "numbers that are a list": HEAD + "  A.2:\n    isian: [1]\n",
}


@pytest.mark.parametrize("text", UNFIT.values(), ids=UNFIT)
def test_what_cannot_be_edited_alone_is_left_to_a_person(text):
    """Nothing is guessed."""
    change = Edit(values={"jawab": "Ya", "isian": {"a": 1}}, evidence=[{"judul": "SK"}])
    with pytest.raises(Unfit):
        edited(text.encode(), "x", "A.2", change, ORDER)


def test_the_strict_reader_stands_before_the_other():
    """An alias bomb, a tag, a duplicate key: refused as `zi check` refuses them."""
    for text in ("jawaban: &a\n  A.2: *a\n", "jawaban: !!python/object:os.system {}\n", HEAD + "  A.2:\n  A.2:\n"):
        with pytest.raises(Refused):
            edit(text, "A.2", jawab="Ya")


TEXT = st.text(min_size=1, max_size=60).map(str.strip).filter(lambda text: text and not hidden().search(text))
LINES = st.lists(TEXT, min_size=1, max_size=4).map("\n".join)
EVIDENCE = st.dictionaries(st.sampled_from(["judul", "tautan", "tanggal", "sha256"]), TEXT, min_size=1)
ANSWER = st.fixed_dictionaries(
    {}, optional={"jawab": TEXT, "penjelasan": LINES, "bukti": st.lists(EVIDENCE, max_size=2)}
)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.dictionaries(st.sampled_from(ORDER), ANSWER), st.sampled_from(ORDER), TEXT, LINES, EVIDENCE)
def test_whatever_is_written_reads_back_and_the_rest_does_not_move(answers, code, jawab, penjelasan, evidence):
    """For any texts: the sheet says what was asked for, its other answers are the same lines in the same order."""
    before = dump(Kind.MANDIRI, {"instrumen": "contoh", "tahun": 2025, "jawaban": answers})
    change = Edit(values={"jawab": jawab, "penjelasan": penjelasan}, evidence=[evidence])
    try:
        load(before, path="x")
    except Refused:  # text that is not in NFC: no sheet of the registry
        return
    try:
        after = edited(before, "x", code, change, ORDER)
    except Refused:  # as above
        return
    old, new = load(before, path="x").data["jawaban"], load(after, path="x").data["jawaban"]
    bukti = old.get(code, {}).get("bukti") or []
    added = [] if evidence in bukti else [evidence]
    assert new == {
        **old,
        code: {**old.get(code, {}), "jawab": jawab, "penjelasan": penjelasan, "bukti": [*bukti, *added]},
    }
    assert list(new) == sorted({*old, code})
    assert blocks(before, code) == blocks(after, code)


def blocks(raw, without):
    """Return the lines of a sheet but those of one answer and the head of the answers."""
    kept, inside = [], False
    for line in raw.decode().split("\n"):
        if line.startswith("  ") and not line.startswith("   "):
            inside = line == f"  {without}:" or line.startswith(f"  {without}: ")
        if line and not inside and not line.startswith("jawaban:"):
            kept.append(line)
    return kept


def test_every_question_of_a_scaffold_can_be_answered_in_its_own_lines():
    """Over the whole of the official instrument: each edit lies between its question's comments and the next one's."""
    catalogue = load_catalogue()
    instrument = catalogue.instruments["permenpanrb-90-2021"]
    raw = year_files("contoh/kppn-satu", 2025, instrument)["units/contoh/kppn-satu/2025/mandiri.yaml"]
    order = tuple(instrument.questions)
    old = raw.decode().split("\n")
    for code in order[::7]:
        new = edit(raw.decode(), code, order, penjelasan="Sudah.").split("\n")
        changes = [
            part for part in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if part[0] != "equal"
        ]
        assert [(kind, new[first:last]) for kind, _, _, first, last in changes] == [
            ("insert", ["    penjelasan: Sudah."])
        ]
        start = old.index(f"  {code}:")
        assert all(line.startswith("    ") for line in old[start + 1 : changes[0][1]])


def test_the_example_registry_is_edited_line_by_line():
    """A sheet of units/contoh keeps every byte but the answer's."""
    raw = Path("units/contoh/kpp-contoh-dua/2025/mandiri.yaml")
    text = (Path(__file__).parents[2] / raw).read_text(encoding="utf-8")
    order = tuple(load_catalogue().form("permenpanrb-90-2021").questions)
    assert edit(text, "A.I.1.iv.c", order, jawab="A") == text.replace(
        "  A.I.1.iv.c:\n    jawab: B", "  A.I.1.iv.c:\n    jawab: A"
    )
