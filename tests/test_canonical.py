"""The canonical text of a file: it reads back as the same data, and the same data always gives the same text."""

from __future__ import annotations

import json
import unicodedata
from itertools import pairwise
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.canonical import ORDER, dump, scalar
from generator.model.document import Kind
from generator.program_files import SCHEMA
from generator.reading.raw_text import hidden
from generator.reading.strict_yaml import load

LAW = settings(derandomize=True, deadline=None, max_examples=80)


def _accepted(text: str) -> bool:
    return not hidden().search(text) and unicodedata.is_normalized("NFC", text)


_NASTY = st.sampled_from(
    [
        *("", " ", "~", "null", "Null", "true", "TRUE", "ya", "yes", "No", "0", "-7", "012", "0x1F", "1e5", "3.72"),
        *("1_0", "123456789012345", "1234567890123456", "2025-01-10", "12:30", "a: b", "a:", "a:b", "a #b", "a# b"),
        *("- a", "-", "? a", "?", ":", "[a]", "{a}", "a, b", "#", "&a", "*a", "!a", "|", ">", "'a'", '"', "\\", "%a"),
        *("@a", "`a", "<<", "---", "--- a", "...", " a", "a ", "a\nb", "\n", "a\tb", "\ta", "a\u00a0b", "é", "\u0338"),
        *("=", "😀\ufe0f", "<<<<<<< a", "https://contoh.example/a?b=1#c", "A.I.1.i.a"),
    ]
)
_TEXT = (_NASTY | st.text(max_size=30)).filter(_accepted)
_SCALAR = st.none() | st.booleans() | st.integers(-(10**15) + 1, 10**15 - 1) | _TEXT
_KEY = _TEXT.filter(lambda text: text not in {"", "<<"})


def _data(kind: Kind) -> st.SearchStrategy[dict[str, object]]:
    keys = st.sampled_from(ORDER[kind]) | _KEY
    values = st.recursive(
        _SCALAR, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
    )
    return st.dictionaries(keys, values, min_size=1, max_size=5)


@pytest.mark.parametrize("kind", Kind)
@given(st.data())
@LAW
def test_what_is_written_reads_back_as_the_same_data(kind, draw):
    """Any data of plain values, whatever its text, survives writing and strict reading."""
    data = draw.draw(_data(kind))
    assert load(dump(kind, data), path="x.yaml").data == data


@given(st.dictionaries(_KEY, _TEXT, min_size=2), st.randoms(use_true_random=False))
@LAW
def test_the_order_of_the_data_leaves_no_trace(data, random):
    """Two mappings that are equal are written as the same bytes."""
    keys = list(data)
    random.shuffle(keys)
    assert dump(Kind.MANDIRI, {key: data[key] for key in keys}) == dump(Kind.MANDIRI, data)


def test_a_sheet_is_written_one_question_per_block():
    """Known keys come in the order a person expects, codes in natural order, nothing in flow style."""
    sheet = {
        "jawaban": {
            "A.II.1.i.a": {"isian": {"perubahan": 7, "agen": 7}},
            "A.I.10.i.a": {"jawab": "belum"},
            "A.I.2.i.a": {
                "bukti": [
                    {"tautan": "https://contoh.example/sk.pdf", "judul": "SK Tim: 2025"},
                    {"tanggal": "2025-01-10", "judul": "012"},
                ],
                "penjelasan": "Ditetapkan\nJanuari",
                "jawab": "Ya",
            },
        },
        "tahun": 2025,
        "instrumen": "permenpanrb-90-2021",
    }
    written = dump(Kind.MANDIRI, sheet, comment="yaml-language-server: $schema=x.json").decode()
    assert written == dedent(
        """\
        # yaml-language-server: $schema=x.json
        instrumen: permenpanrb-90-2021
        tahun: 2025
        jawaban:
          A.I.2.i.a:
            jawab: Ya
            penjelasan: "Ditetapkan\\nJanuari"
            bukti:
              - judul: "SK Tim: 2025"
                tautan: https://contoh.example/sk.pdf
              - judul: "012"
                tanggal: 2025-01-10
          A.I.10.i.a:
            jawab: belum
          A.II.1.i.a:
            isian:
              agen: 7
              perubahan: 7
        """
    )


def test_one_changed_answer_changes_only_its_own_lines():
    """The lines of every other question stay byte for byte."""
    answers = {f"A.I.1.i.{letter}": {"jawab": "Ya", "penjelasan": f"huruf {letter}"} for letter in "abcde"}
    before = dump(Kind.MANDIRI, {"jawaban": answers}).splitlines()
    after = dump(Kind.MANDIRI, {"jawaban": {**answers, "A.I.1.i.c": {"jawab": "Tidak"}}}).splitlines()
    assert [line for line in before if line not in after] == [b"    penjelasan: huruf c"]
    assert [line for line in after if line not in before] == [b"    jawab: Tidak"]


def _property_orders(schema: object):
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield tuple(schema["properties"])
        for inner in schema.values():
            yield from _property_orders(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _property_orders(inner)


@pytest.mark.parametrize("kind", Kind)
def test_the_order_of_keys_is_that_of_the_schema(kind):
    """Every property of a schema has its place, in the order in which the schema explains them."""
    orders = list(_property_orders(json.loads((SCHEMA / f"{kind}.schema.json").read_bytes())))
    assert {key for order in orders for key in order} == set(ORDER[kind])
    for order in orders:
        for before, after in pairwise(order):
            assert ORDER[kind].index(before) < ORDER[kind].index(after)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("SK Tim Kerja (2025), 100 % selesai", "SK Tim Kerja (2025), 100 % selesai"),
        ("2025-01-10", "2025-01-10"),
        ("https://contoh.example/a#b", "https://contoh.example/a#b"),
        ("3.72", '"3.72"'),
        ("7", '"7"'),
        ("ya", "ya"),
        ("true", '"true"'),
        ("catatan: penting", '"catatan: penting"'),
        ('kata "kunci"', 'kata "kunci"'),
        ('"kunci"', '"\\"kunci\\""'),
        ("- butir", '"- butir"'),
        ("dua  spasi", "dua  spasi"),
        ("spasi\u00a0keras", '"spasi\\u00a0keras"'),
    ],
)
def test_text_is_plain_where_it_can_be(text, written):
    """Quotes appear only where text would be read as something else, here or by another YAML reader."""
    assert scalar(text) == written


@pytest.mark.parametrize(("value", "error"), [(1.5, TypeError), (b"x", TypeError), (10**15, ValueError)])
def test_a_value_that_would_not_read_back_is_refused(value, error):
    """A float, bytes or a huge integer is a mistake of the caller."""
    with pytest.raises(error):
        dump(Kind.UNIT, {"nama": value})
