"""Reading versions one after another: parsing only what changed gives what parsing everything gives."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.canonical import dump
from generator.model.document import Kind
from generator.reading.blocks import Reader
from generator.reading.strict_yaml import Refused, load

PATH = "units/contoh/kppn-satu/2025/mandiri.yaml"


def whole(raw):
    """Return the data of the whole file; None where it is refused."""
    try:
        return load(raw, path=PATH).data
    except Refused:
        return None


def read_all(versions):
    """Return what one reader makes of the versions, and which it cut."""
    reader = Reader()
    found = [(reader.read(raw, path=PATH), reader.cut) for raw in versions]
    return [data for data, _ in found], [cut for _, cut in found]


def written(data):
    """Return the data with its types and its order."""
    if isinstance(data, dict):
        return [(key, written(value)) for key, value in data.items()]
    return [written(value) for value in data] if isinstance(data, list) else (type(data).__name__, data)


def agree(versions):
    """Hold the reader to what parsing each version by itself gives."""
    read, _ = read_all(versions)
    assert [written(data) for data in read] == [written(whole(raw)) for raw in versions]


TEXT = st.sampled_from(
    ["Ya", "B", "belum", "dua\nbaris", 'kutip " dan \\', "  A.1: x", "# bukan komentar", "é", "7", ""]
)
EVIDENCE = st.fixed_dictionaries({"judul": TEXT}, optional={"sha256": TEXT, "tanggal": TEXT})
ANSWER = st.fixed_dictionaries(
    {"jawab": TEXT},
    optional={"penjelasan": TEXT, "bukti": st.lists(EVIDENCE, min_size=1, max_size=3), "isian": st.just({"agen": 7})},
)
ANSWERS = st.dictionaries(st.sampled_from(["A.1", "A.2", "A.10", "B.I.a", "no", "7"]), ANSWER, min_size=1)
SHEETS = st.lists(ANSWERS.map(lambda rows: {"instrumen": "kecil", "tahun": 2025, "jawaban": rows}), max_size=6)


@settings(derandomize=True, deadline=None)
@given(SHEETS)
def test_canonical_sheets_are_cut_and_read_the_same(sheets):
    """The data are those that were written, in the same order, and no version was parsed as a whole."""
    read, cut = read_all([dump(Kind.MANDIRI, sheet) for sheet in sheets])
    assert read == sheets
    assert all(cut)


HANDS = (("\n", "\r\n"), (": Ya\n", ": 'Ya'\n"), ("\n  A", "\n\n  A"), ("\n    jawab", "\n    # x\n    jawab"))


def twin(raw, seed):
    """Return the same data written by another hand: other line ends, comments, blank lines, quotes, final newline."""
    hand = random.Random(seed)  # noqa: S311 - a test's variety
    text = raw.decode()
    for old, new in (
        ("\n", "\r\n"),
        (": Ya\n", ": 'Ya'\n"),
        ("\n  A", "\n\n  A"),
        ("\n    jawab", "\n    # x\n    jawab"),
    ):
        if hand.random() < 0.4:
            text = text.replace(old, new)
    return (text.rstrip() if hand.random() < 0.3 else text).encode()


@settings(derandomize=True, deadline=None)
@given(SHEETS, st.integers(0, 999))
def test_whoever_wrote_it_the_data_are_the_same(sheets, seed):
    """Canonical files and their twins in another hand, in any mixture, say the same."""
    versions = [dump(Kind.MANDIRI, sheet) for sheet in sheets]
    twins = [twin(raw, seed + number) for number, raw in enumerate(versions)]
    agree([raw for pair in zip(versions, twins, strict=True) for raw in pair])


def test_a_long_history_does_not_fill_memory(monkeypatch):
    """What was read long ago is forgotten; the data are the same."""
    monkeypatch.setattr("generator.reading.plain_lines._MOST_KEPT", 60)
    agree([GOOD.replace(b"Tidak", b"%d" % number) for number in (*range(9), 3)])


MARKER = b"jawaban:\n  A:\n    jawab: Ya\n...\n"


def test_a_document_marker_is_no_end_of_a_question():
    """What may stand at the end of a file may not stand before a further question."""
    agree([MARKER, MARKER + b"  B: 7\n", GOOD, GOOD.replace(b"  B", b"...\n  B")])


GOOD = b"jawaban:\n  A:\n    jawab: Ya\n  B:\n    jawab: Tidak\n  C:\n    jawab: Ya\n"
LINES = st.sampled_from(
    [
        b"jawaban:", b"instrumen: x", b"  A:", b"  B:", b"    jawab: Ya", b'    jawab: "x', b'  C: y"',
        b"    jawab: |", b"    jawab: |+", b"      isi", b"", b"  # komentar", b"# komentar", b"...", b"---",
        b"  A: {jawab: Ya,", b"  B: 7}", b"   C: 1", b" D: 1", b"  - a", b"  ? E", b"  'A':", b"\tA:",
        b"  A: &x 1", b"  B: *x", b"    ", b"    jawab: a: b", b"    jawab: a #b", b"    jawab: a#b:c ",
        b"    jawab: a:", b"    jawab: a:b#c", b"    isian:", b"      sah: ya", b"      - judul: x",
        b"        tautan: https://a.example/b?c=1#d", b"        sah: 07", b"      - y", b"    bukti: null",
        b"    x: 7", b"    x: -7", b"    x: 1234567890123456", b'    x: "7"', b"    x: (a, [b] {c}",
        b"    x: \xc3\xa9", b"      x:", b"    jawab:", b"     x: 1", b"    x:  y", b"    x: {}",
        b"    x: true", b"    x: a\tb", b"jawaban: ~", b"jawaban: x", b"<<<<<<< a", b"    - >", b"  \xc3",
        b"  A: 'x", b"  B: 'y'", b"    bukti:", b"  A: Ya", b"  D: x", b"      - sah: x", b"      - judul: null",
    ]
)  # fmt: skip


@settings(derandomize=True, deadline=None, max_examples=1000)
@given(st.lists(st.lists(LINES, max_size=9), min_size=1, max_size=3), st.booleans(), st.booleans(), st.integers(-1, 3))
def test_no_text_is_read_otherwise_when_cut(texts, begins, ends, deeper):
    """Quotes, blocks, flow, comments, markers, anchors across questions: whole and cut agree on data and refusal."""
    texts = [[line if line[:2] != b"  " else b" " * deeper + line if deeper > 0 else line[-deeper:] for line in lines]
             for lines in texts]  # fmt: skip
    versions = [b"\n".join(lines) + (b"\n" if ends else b"") for lines in texts]
    if begins:
        versions = [b"jawaban:\n" + raw for raw in versions]
    agree([GOOD, *versions, GOOD, *reversed(versions)])


@pytest.mark.parametrize(
    "raw",
    [
        b"jawaban:\n  A: 1\n  A: 2\n",
        b"version https://git-lfs.github.com/spec/v1\njawaban:\n  A: 1\n",
        b"jawaban:\n  A: version https://git-lfs\n",
        b"jawaban:\n  A: &a 1\n",
        b"jawaban:\n" + b"".join(b"  A%d: [%s]\n" % (number, b"1," * 99) for number in range(197)),
        b"jawaban:\n" + b"".join(b"  A%d: [%s]\n" % (number, b"1," * 99) for number in range(200)),
        b"jawaban:\n" + b"  A: 1\n" * 40_000,
        b"jawaban:\n" + b"".join(b"  A%d: %s\n" % (number, b"x" * 8000) for number in range(33)),
        b"jawaban:\n  A: " + b"[" * 10 + b"]" * 10 + b"\n",
        b"jawaban:\n  A: " + b"[" * 11 + b"]" * 11 + b"\n",
    ],
    ids=range(10),
)
def test_the_limits_of_a_file_hold_when_it_is_cut(raw):
    """Twin codes, Git LFS, events, size and depth are refused as in the whole file, on the first reading and later."""
    agree([raw, GOOD, raw])
    half = raw[: raw.rfind(b"\n  ") + 1]
    agree([half, raw] if half else [raw])


def test_the_limit_of_events_is_met_exactly():
    """A sheet of exactly so many events is read, one more is refused; both when its parts were read before."""
    # 9 around (stream, document, two mappings, the key), 3 for X, and 2 for each of 9,994 questions: 20,000
    lines = [b"  X: {}\n", *(b"  A%d: 1\n" % number for number in range(9_995))]
    exactly, more = b"jawaban:\n" + b"".join(lines[:-1]), b"jawaban:\n" + b"".join(lines)
    assert whole(exactly) is not None
    assert whole(more) is None
    read, cut = read_all([exactly, more])
    assert read[0] is not None
    assert read[1] is None
    assert cut == [True, False]


A1, A2, B1 = (b"  A.1:\n    jawab: A\n", b"  A.2:\n    jawab: B\n", b"  B.1:\n    jawab: C\n")
MANY = [b"  C.%d:\n    jawab: A\n" % number for number in range(20)]


@pytest.mark.parametrize(
    "versions",
    [
        [[A1, A2], [A1 + b"    penjelasan: panjang\n", A2], [A1, A2]],
        [[A1, A2], [A1, A2 + b"    penjelasan: panjang\n"], [A1, A2], [A1]],
        [[A1, A2, B1], [A1, B1], [A2, B1], [B1, A2, A1], [A1, A2, B1]],
        [MANY, [*MANY[:2], A1, *MANY[2:]], [*MANY[:1], *MANY[15:]], [*MANY[10:], *MANY[:10]], MANY],
        [[A1, A2], [b"    A.1:\n        jawab: A\n", b"    A.2:\n        jawab: B\n"], [A1, A2]],
        [[A1, b"  A.2:\n    jawab: |+\n      dua\n", b"\n"], [A1, b"  A.2:\n    jawab: |+\n      dua\n"]],
        [[A1, b"  A.2:\n    jawab: |+\n      dua\n\n", B1], [A1, b"  A.2:\n    jawab: |+\n      dua\n"], [A1]],
        [[A1, A1], [A1, A2], [A1 + A2, A1]],
    ],
    ids=["lebih-panjang", "akhir", "pindah", "banyak", "menjorok", "baris-kosong", "baris-kosong-lalu", "kembar"],
)
def test_questions_that_come_go_move_and_grow_are_cut_where_they_end(versions):
    """What a version shares with the one before it is taken from there only where it is a whole question here too."""
    agree([b"".join((b"tahun: 2025\njawaban:\n", *questions)) for questions in versions])
