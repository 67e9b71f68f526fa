"""The reader gives plain data and the place of every key, or findings; for no bytes anything else."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.document import Mark
from generator.program_files import SCHEMA
from generator.reading.strict_yaml import INSTRUMENT, UNIT_FILE, Limits, Refused, load

SYNTAX = Path(__file__).parents[1] / "cases" / "syntax"
VALID = """\
# yaml-language-server: $schema=../../schema/mandiri.schema.json
instrumen: permenpanrb-90-2021
tahun: 2025
jawaban:
  A.I.1.i.a:
    jawab: Ya
    penjelasan: >
      Dua baris
      yang disambung.
    bukti:
      - judul: "SK \\"Tim\\" Kerja"
        tanggal: 2025-01-10
      - {judul: 'Notula', berlaku_sampai: 2025-12-31}
  A.II.1.i.a: {isian: {agen: 7, perubahan: 0}}
"""


def data(text):
    """Return what the text holds."""
    return load(text.encode(), path="berkas.yaml").data


def refusal(raw, limits=UNIT_FILE):
    """Return the findings the bytes are refused with."""
    with pytest.raises(Refused) as refused:
        load(raw, path="berkas.yaml", limits=limits)
    return refused.value.findings


TYPED = {
    # what stands there -> what is read
    "true": True,
    "false": False,
    "null": None,
    "~": None,
    "": None,
    "0": 0,
    "7": 7,
    "-3": -3,
    "999999999999999": 999999999999999,
    # text, though YAML 1.1 or a careless reader would take it for something else
    "9999999999999999": "9999999999999999",
    "199001012015031001": "199001012015031001",
    "007": "007",
    "0123": "0123",
    "-0": "-0",
    "+5": "+5",
    "1_000": "1_000",
    "0x1f": "0x1f",
    "0b11": "0b11",
    "0o17": "0o17",
    "12:30": "12:30",
    "12:30:45": "12:30:45",
    "3.72": "3.72",
    "1e3": "1e3",
    ".nan": ".nan",
    ".inf": ".inf",
    "no": "no",
    "ya": "ya",
    "on": "on",
    "Ya": "Ya",
    "True": "True",
    "NULL": "NULL",
    "2025-01-10": "2025-01-10",
    "2024-02-30": "2024-02-30",
    "٧": "٧",
    "'7'": "7",
    '"true"': "true",
    "''": "",
    '"null"': "null",
}


@pytest.mark.parametrize("written", TYPED)
def test_only_a_few_words_and_plain_integers_are_typed(written):
    """Everything else is the text that stands there."""
    read = data(f"a: {written}\n")["a"]
    assert (type(read), read) == (type(TYPED[written]), TYPED[written])


def test_keys_are_text_as_written():
    """A key is never a number, a truth value or a date."""
    assert data("2025: a\ntrue: b\nnull: c\n1.0: d\n") == {"2025": "a", "true": "b", "null": "c", "1.0": "d"}


def test_every_key_and_item_has_its_place():
    """Line and column count from 1, also inside flow style; a key's mark stands at the key."""
    marks = load(VALID.encode(), path="x").marks
    answers = marks.children["jawaban"]
    assert (marks.line, marks.column) == (2, 1)
    assert (answers.line, answers.column) == (4, 1)
    evidence = answers.children["A.I.1.i.a"].children["bukti"]
    assert [(mark.line, mark.column) for mark in evidence.children.values()] == [(11, 9), (13, 9)]
    assert evidence.children[1].children["berlaku_sampai"] == Mark(13, 27)
    assert answers.children["A.II.1.i.a"].children["isian"].children["perubahan"] == Mark(14, 33)


def test_windows_line_ends_change_nothing():
    """CRLF gives the same data and the same places as LF."""
    crlf = load(VALID.replace("\n", "\r\n").encode(), path="x")
    assert crlf == load(VALID.encode(), path="x")


def test_places_count_characters_not_bytes():
    """A column is what an editor shows."""
    assert load("kota: {é: 1, b: 2}\n".encode(), path="x").marks.children["kota"].children["b"] == Mark(1, 14)


@pytest.mark.parametrize("case", sorted(SYNTAX.glob("*.yaml")), ids=lambda case: case.stem)
def test_a_slip_of_the_pen_is_told_where_it_helps(case, expected_of):
    """One finding, at the line a person must look at."""
    found = refusal(case.read_bytes())
    assert [f"{finding.line}:{finding.column} {finding.code}" for finding in found] == expected_of(case)


SLIPS = {
    "tab": "Ganti tab dengan spasi",
    "unclosed-quote": "tidak ditutup",
    "quote-inside-quote": "tanda kutip",
    "unclosed-bracket": "[ atau {",
    "missing-colon": "kunci dan titik dua",
    "missing-space-first": "satu spasi sesudah titik dua",
    "odd-space-indent": "bukan spasi biasa",
    "colon-in-value": "titik dua di dalam nilai",
    "less-indent": "tidak sejajar",
    "reserved-at": "Beri tanda kutip",
    "windows-path": "garis miring terbalik",
    "conflict": "konflik Git",
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_of_the_pen_is_told_in_words(name):
    """The sentence names the slip or its remedy, in Indonesian."""
    (found,) = refusal((SYNTAX / f"{name}.yaml").read_bytes())
    assert SLIPS[name] in f"{found.message} {found.hint}"


def test_everything_refused_is_told_at_once():
    """What leaves the rest readable does not hide the next fault."""
    found = refusal(b'a: &x 1\nb: *x\nb: 2\nc: !t 3\n<<: {d: "\\u202e"}\n')
    assert [(finding.line, finding.code) for finding in found] == [
        (1, "yaml-alias"),
        (2, "yaml-alias"),
        (3, "yaml-kunci-kembar"),
        (4, "yaml-tag"),
        (5, "yaml-gabung"),
        (5, "yaml-karakter"),
    ]


def test_a_faulty_file_ends_after_fifty_findings():
    """More would be of a kind, and a hostile file could ask for thousands."""
    assert len(refusal(b"a: 1\n" * 5_000)) == 50


DEEP = "a: " + "[" * 11 + "]" * 11
LIMITS = [
    ("depth", Limits(depth=12), DEEP, f"a: [{DEEP[3:]}]", "yaml-terlalu-dalam"),
    (
        "depth of an instrument",
        INSTRUMENT,
        "a: " + "[" * 15 + "]" * 15,
        "a: " + "[" * 16 + "]" * 16,
        "yaml-terlalu-dalam",
    ),
    ("bytes", Limits(size=9), "a: 12345\n", "a: 123456\n", "yaml-terlalu-besar"),
    ("characters of a value", Limits(scalar=5), "a: ééééé", "a: éééééé", "yaml-terlalu-besar"),
    # stream, document and mapping each start and end: 6; a key and its value: 2
    ("events", Limits(events=8), "a: 1", "a: 1\nb: 2", "yaml-terlalu-besar"),
]


@pytest.mark.parametrize(
    ("limits", "fits", "too_much", "code"), [limit[1:] for limit in LIMITS], ids=[limit[0] for limit in LIMITS]
)
def test_a_limit_is_what_still_fits(limits, fits, too_much, code):
    """At the limit a file is read, one beyond it is refused."""
    assert load(fits.encode(), path="x", limits=limits)
    assert {finding.code for finding in refusal(too_much.encode(), limits)} == {code}


def test_the_limits_of_unit_files_are_the_published_ones():
    """256 KiB, 20,000 events, depth 12, 8 KiB a text."""
    assert (UNIT_FILE.size, UNIT_FILE.events, UNIT_FILE.depth, UNIT_FILE.scalar) == (262144, 20000, 12, 8192)


HARMLESS = ["Unité", "日本", "🙂", "❤️", "naïve – “kutip”", "a\u00a0b"]


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_text_of_any_script_is_read(text):
    """Accents, other scripts, emoji with their variation selector and typographic signs pass."""
    assert data(f"a: {text}\n") == {"a": text}


def as_text(value):
    """Return the value with every leaf as YAML writes it."""
    if isinstance(value, dict):
        return {key: as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_text(inner) for inner in value]
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else "" if value is None else str(value)


@pytest.mark.parametrize("path", sorted(SCHEMA.rglob("*.yaml")), ids=lambda path: path.stem)
def test_the_programs_own_files_are_strict(path):
    """Instruments and rules pass the same reader, and it reads in them what PyYAML's own loader of text reads."""
    loaded = load(path.read_bytes(), path=path.name, limits=INSTRUMENT)
    text = yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506 - builds text, lists and mappings only
    assert as_text(loaded.data) == text


def outcome(raw):
    """Return data and findings: one of the two is None. Anything else is raised."""
    try:
        return load(raw, path="x"), None
    except Refused as refused:
        return None, refused.findings


def is_sound(raw):
    """Assert that the bytes are data, or findings that can be shown."""
    loaded, findings = outcome(raw)
    if findings is not None:
        assert findings
        assert list(findings) == sorted(findings)
        assert all(finding.code.startswith("yaml-") for finding in findings)
        assert all(finding.message.isprintable() and finding.hint.isprintable() for finding in findings)
    else:
        assert isinstance(loaded.data, dict)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.binary(max_size=200))
def test_no_bytes_break_it(raw):
    """Any bytes are data or findings."""
    is_sound(raw)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text(alphabet="ab:- \n\t#&*!|>'\"%@`{}[],?<~0\\uxé\u0301\u202e", max_size=60))
def test_no_text_of_yaml_signs_breaks_it(text):
    """Any soup of YAML's own signs is data or findings."""
    is_sound(text.encode())


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    st.lists(st.tuples(st.integers(0, len(VALID)), st.binary(max_size=3), st.integers(0, 3)), min_size=1, max_size=4)
)
def test_no_mutation_of_a_valid_file_breaks_it(changes):
    """A valid file with bytes put in and taken out is data or findings."""
    raw = VALID.encode()
    for at, put, taken in changes:
        raw = raw[:at] + put + raw[at + taken :]
    is_sound(raw)


texts = st.text(st.characters(categories=["L", "N", "P", "Z", "S"], max_codepoint=0x2000), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15) + 1, 10**15 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc-", min_size=1), inner, max_size=4),
    max_leaves=20,
)


def shape(value, marks):
    """Assert that marks mirror the value."""
    if isinstance(value, dict | list):
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        assert list(marks) == keys
        for key in keys:
            shape(value[key], marks[key].children)
    else:
        assert marks is None


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.dictionaries(st.text("abc-", min_size=1), values, max_size=5))
def test_json_is_read_as_json_reads_it(value):
    """Data written as JSON comes back equal (numbers without fraction, text in NFC), and marks have its shape."""
    raw = json.dumps(value, ensure_ascii=False).encode()
    loaded, findings = outcome(raw)
    if findings:  # text that is hidden or not composed
        assert {finding.code for finding in findings} <= {"yaml-karakter", "yaml-nfc", "yaml-kunci"}
        return
    assert loaded.data == value
    shape(loaded.data, loaded.marks.children)
