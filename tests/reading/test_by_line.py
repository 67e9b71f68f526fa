"""Reading line by line: what it reads is what libyaml reads, place for place; what it does not, libyaml does."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.canonical import dump
from generator.model.document import Kind
from generator.reading import by_event, by_line, raw_text
from generator.reading.strict_yaml import UNIT_FILE, Limits

CASES = Path(__file__).parents[1] / "cases"


def agree(raw, limits=UNIT_FILE):
    """Hold what is read line by line to libyaml's events: data, types, order, places. Return whether it was read."""
    if any(raw_text.faults(raw, limits.size, 1)):
        return False
    found = by_line.read(raw.decode(), limits)
    # as text: True is no 1, and the order counts
    assert found is None or repr(found) == repr(by_event.read(raw, limits))
    return found is not None


PLAIN = """\
# yaml-language-server: $schema=../../schema/mandiri.schema.json
instrumen: permenpanrb-90-2021

tahun: 2025
jawaban:
  # A. PENGUNGKIT (bobot 60): tanda # di dalam keterangan
  A.I.1.i.a:
    jawab: Ya
    penjelasan: (Sudah) ada; lihat http://contoh.example/a#b, "kutip" & é
    bukti:
      - judul: "Notula: rapat"
        tanggal: 2025-01-10
        sha256: 0a1b
      - berkas: 'a.pdf'
  A.II.1.i.a:
    isian:
      agen: 7
      perubahan: 0
daftar:
  - satu
  - 2
  - true
  - null
  - daftar:
      - tiga
    lain: 007
  - empat"""


def test_a_plain_sheet_is_read_line_by_line():
    """Comments and blank lines between the lines, quotes without an escape, lists of text and of mappings."""
    assert agree(PLAIN.encode())
    assert agree(PLAIN.encode() + b"\n# 1\n")


# What a line may hold that is not so plain, beside a mapping with one key before it.
@pytest.mark.parametrize(
    "line",
    [
        "b:", "b: ", "b:  x", "b : x", "b: x ", "b: x:", "b: x: y", "b: x #y", "b:\tx", "b: x\ty", "b: -x", "b: -1",
        "b: ~", "b: []", "b: {}", "b: [x]", "b: &x y", "b: *x", "b: !x y", "b: |", "b: >-", "b: @x", "b: %x",
        'b: "x', 'b: "x" y', r'b: "\x41"', "b: 'x''y'", "b: 'x", "a: x", "<<: x", "? b", "- x", "  x", "  b: x",
        "   b: x", " b: x", "b: x\r", "---", "...", "--- x", "%YAML 1.2", '"b": x', "dua kata: x", "7: x", "é: x",
        "x", "b: x\n  y", "b:\n   c: x", "b:\n - x", "b:\n- x", "b:\n    - x", "b:\n  -\n    c: x", "b:\n  - - x",
        "b:\n  c: x\n    d: y", "b:\n  - x\n    d: y", "b:\n  - x\n   y", "b:\n  c: x\n  - y", "b:\n  - c: x\n  d: y",
        "b:\n  c:\n  d: x", "b:\n  c: x\n d: y", "b: x\n\t", "b: x\n ", "b: " + "x" * 8193, "b" * 101 + ": x",
        "b:\n  -  c: x", "b:\n  - c : x", "b:\n  -c: x", "b:\n  - dua kata: x", "b:\n  - x:", 'b:\n  - "c": x',
    ],
)  # fmt: skip
def test_what_is_not_so_plain_is_left_to_libyaml(line):
    """It is not read here, whatever libyaml makes of it."""
    assert not agree(f"a: x\n{line}".encode())
    assert not agree(f"a: x\n{line}\nc: x\n".encode())


def test_no_limit_is_passed():
    """A file at a limit is libyaml's, which names what is beyond it."""
    deep = "".join(f"{'  ' * depth}a:\n" for depth in range(UNIT_FILE.depth - 1)) + "  " * (UNIT_FILE.depth - 1)
    assert agree(f"{deep}a: x".encode())
    assert not agree(f"{deep}a:\n{'  ' * UNIT_FILE.depth}a: x".encode())
    assert not agree(b"a: x\nb: y\n", Limits(events=10))
    assert not agree(b"a: x", Limits(events=7))  # stream, document, mapping, key and value: eight
    assert not agree(b"")
    assert not agree(b"# kosong\n")


def variants(raw, seed):
    """Yield the file with a few of its characters or lines lost, doubled, moved or replaced."""
    hand = random.Random(seed)  # noqa: S311 - a test's variety
    for _ in range(20):
        lines = raw.decode("utf-8", "replace").split("\n")
        for _ in range(hand.randint(1, 3)):
            at = hand.randrange(len(lines))
            line = lines[at]
            cut = hand.randint(0, len(line))
            bit = hand.choice(
                ["", " ", "  ", ":", ": ", "- ", "#", " #", '"', "'", "\\", "[", "{", "|", "-", "0", "\t"]
            )
            lines[at] = hand.choice(
                [line[:cut] + bit + line[cut:], bit + line, line + bit, line[:cut] + line[cut + 1 :]]
            )
            if hand.random() < 0.3:
                lines.insert(hand.randrange(len(lines)), lines.pop(at))
        yield "\n".join(lines).encode()


@pytest.mark.parametrize("seed", range(40))
def test_a_slip_of_the_pen_is_read_as_libyaml_reads_it(seed):
    """Whatever a plain file turns into, the two agree on it or libyaml alone reads it."""
    for raw in variants(PLAIN.encode(), seed):
        agree(raw)


def test_the_cases_are_read_as_libyaml_reads_them():
    """Every YAML file among the test cases."""
    read = [agree(path.read_bytes()) for path in sorted(CASES.rglob("*.yaml")) if path.is_file()]
    assert any(read)


KEYS = st.sampled_from(["A.I.1.i.a", "A.10", "jawab", "b-c", "x_y", "nama"])
TEXT = st.sampled_from(
    ["Ya", "belum", "(satu) dua", "2025-01-10", "3.70", "7", "a: b", "x:", "", "é", "null", "no", " x"]
)
VALUES = st.recursive(
    TEXT | st.booleans() | st.none() | st.integers(0, 10**15 - 1),
    lambda inner: (
        st.dictionaries(KEYS, inner, min_size=1, max_size=4)
        | st.lists(inner.filter(lambda item: not isinstance(item, list) and item != "a: b"), min_size=1, max_size=3)
    ),
    max_leaves=20,
)


@settings(derandomize=True, deadline=None)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5))
def test_what_the_program_writes_is_read_line_by_line(data):
    """Canonical files hold what was written, and libyaml is not needed for them."""
    raw = dump(Kind.MANDIRI, data)
    assert agree(raw)
    found, _ = by_line.read(raw.decode(), UNIT_FILE)
    assert found == data
