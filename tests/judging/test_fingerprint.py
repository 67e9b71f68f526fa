"""The fingerprint of answers changes with their meaning and with nothing else."""

import hashlib
from copy import deepcopy
from types import MappingProxyType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.judging.changes import compare
from generator.judging.fingerprint import of_answer, of_answers
from generator.model.document import Kind
from generator.reading.strict_yaml import load


def sha256(text):
    """Return the fingerprint of canonical JSON written out by hand."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


# `printf '%s' '{"jawab":"Ya"}' | sha256sum`
BY_SHA256SUM = "sha256:43dfc2bff245979346bad3cd6d4a0301f31e1f688d148e9c52c10e4ddaa36a42"


def test_any_program_can_make_the_fingerprint():
    """The figure is what `sha256sum` says of the JSON, so a verifier needs no code of ours."""
    assert of_answer({"jawab": "Ya"}) == BY_SHA256SUM


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ({}, "{}"),
        ({"jawab": "Ya", "bukti": []}, '{"bukti":[],"jawab":"Ya"}'),
        ({"isian": {"b": 7, "a": -1}}, '{"isian":{"a":-1,"b":7}}'),
        ({"penjelasan": 'café "satu"\n\\ dua\t€'}, '{"penjelasan":"café \\"satu\\"\\n\\\\ dua\\t€"}'),
        ({"bukti": [{"judul": "SK", "tautan": "https://a.example/x"}]},
         '{"bukti":[{"judul":"SK","tautan":"https://a.example/x"}]}'),
        # evidence by its JSON, whatever the order in the file: "j" stands before "t"
        ({"bukti": [{"tautan": "https://a.example/"}, {"judul": "SK"}, {"judul": "Foto"}]},
         '{"bukti":[{"judul":"Foto"},{"judul":"SK"},{"tautan":"https://a.example/"}]}'),
        ({"a": True, "b": 1, "c": None, "B": "1"}, '{"B":"1","a":true,"b":1,"c":null}'),
    ],
)  # fmt: skip
def test_it_is_of_canonical_json(answer, text):
    """Keys by code point, no space, text as it is, integers and truth values as JSON has them (RFC 8785)."""
    assert of_answer(answer) == sha256(text)


def test_all_answers_are_fingerprinted_as_one_mapping():
    """`menilai` at the top binds every answer of the year, by its code."""
    answers = {"A.2": {"jawab": "B"}, "A.1": {"jawab": "Ya"}}
    assert of_answers(answers) == sha256('{"A.1":{"jawab":"Ya"},"A.2":{"jawab":"B"}}')


def test_a_mapping_that_cannot_be_changed_is_a_mapping():
    """Frozen data have the fingerprint of what they freeze."""
    assert of_answers(MappingProxyType({"A": MappingProxyType({"jawab": "Ya"})})) == of_answers({"A": {"jawab": "Ya"}})


TYPED = """\
jawaban:
  A.1:
    jawab: Ya
    bukti:
      - judul: SK Tim Kerja
        tautan: https://contoh.example/sk.pdf
  A.2:
    isian: {selesai: 7, wajib: 8}
"""
RETYPED = """\
# diisi operator
jawaban:

    'A.2':
        isian:
            wajib:   8
            selesai: 7     # tujuh
    "A.1":
        bukti: [{"tautan": 'https://contoh.example/sk.pdf', judul: "SK Tim Kerja"}]
        jawab: "Ya"
"""


@pytest.mark.parametrize("text", [RETYPED, RETYPED.replace("\n", "\r\n"), TYPED + "\n\n# selesai\n"])
def test_writing_the_same_in_another_way_changes_nothing(text):
    """Spaces, line ends, comments, quotes, brackets and the order of keys are no change."""
    one, other = (load(raw.encode(), path="mandiri.yaml").data["jawaban"] for raw in (TYPED, text))
    assert of_answers(one) == of_answers(other)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
SCALAR = st.one_of(TEXT, st.sampled_from(["belum", "Ya", "1", "true", ""]), st.integers(-2, 2), st.booleans())
EVIDENCE = st.dictionaries(st.sampled_from(["judul", "tautan", "sha256", "catatan"]), SCALAR, max_size=3)
ANSWER = st.fixed_dictionaries(
    {},
    optional={
        "jawab": SCALAR,
        "isian": st.dictionaries(st.sampled_from(["wajib", "selesai"]), SCALAR, max_size=2),
        "survei": TEXT,
        "penjelasan": SCALAR,
        "bukti": st.lists(EVIDENCE, max_size=3),
        "catatan": st.none() | SCALAR,
    },
)
ANSWERS = st.dictionaries(st.sampled_from(["A.1", "A.2", "A.10", "B"]), ANSWER, max_size=3)


def turned(value):
    """Return the same data with every mapping's keys and every list of evidence the other way round."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(item) for item in reversed(value)] if isinstance(value, list) else value


def told(before, after):
    """Return what `changes.compare` tells of two sheets with these answers."""
    sheets = ({"jawaban": answers} for answers in (before, after))
    return compare(Kind.MANDIRI, *sheets, unit="a/b", year=2025, tier=None)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(ANSWERS, ANSWERS)
@example({"A": {"jawab": 1}}, {"A": {"jawab": True}})
@example({"A": {"jawab": "1"}}, {"A": {"jawab": 1}})
@example({"A": {"jawab": "belum"}}, {})
@example({"A": {"catatan": None}}, {"A": {}})
@example({"A": {"bukti": [{"judul": "1"}, {"judul": "2"}]}}, {"A": {"bukti": [{"judul": "2"}, {"judul": "1"}]}})
def test_it_differs_exactly_where_a_change_is_told(before, after):
    """Whatever is told as a change has another fingerprint, and whatever is not has the same."""
    assert (of_answers(before) != of_answers(after)) == bool(told(before, after))
    for code in before.keys() & after.keys():
        one, other = {code: before[code]}, {code: after[code]}
        assert (of_answer(before[code]) != of_answer(after[code])) == bool(told(one, other))


@st.composite
def edited(draw):
    """Answers, and the same after one small edit somewhere."""
    before = draw(ANSWERS.filter(bool))
    after = deepcopy(before)
    answer = after[draw(st.sampled_from(sorted(after)))]
    key = draw(st.sampled_from(["jawab", "isian", "penjelasan", "bukti", "catatan"]))
    new = draw(SCALAR)
    if isinstance(answer.get(key), list) and answer[key] and draw(st.booleans()):
        answer[key][-1]["catatan"] = new
    elif isinstance(answer.get(key), dict):
        answer[key]["wajib"] = new
    elif draw(st.booleans()):
        answer.pop(key, None)
    else:
        answer[key] = new
    return before, turned(after)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(edited())
def test_the_smallest_edit_is_seen_and_no_order_is(pair):
    """One key of one answer is enough; the order of keys and of evidence never is."""
    before, after = pair
    assert (of_answers(before) != of_answers(after)) == bool(told(before, after))
    assert of_answers(before) == of_answers(turned(before))
