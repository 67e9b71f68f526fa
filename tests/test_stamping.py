"""A stamp is set in a person's file and everything else in it stays, byte by byte."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.canonical import dump
from generator.model.document import Kind
from generator.reading.strict_yaml import Refused, load
from generator.stamping import Unfit, stamped

A, B, ALL, OLD = (f"sha256:{sign * 64}" for sign in "abcd")

CASES = {
    "a sheet as zi new and the demo write it": (
        """\
# Penilaian tahun 2025 oleh TPI
instrumen: i
tahun: 2025
jawaban:

  # Tim kerja sudah dibentuk?
  A.1:
    jawab: Ya
    catatan: "Sudah: lengkap"  # arsip
  A.2:
    jawab: belum
""",
        f"""\
# Penilaian tahun 2025 oleh TPI
instrumen: i
tahun: 2025
menilai: {ALL}
jawaban:

  # Tim kerja sudah dibentuk?
  A.1:
    menilai: {A}
    jawab: Ya
    catatan: "Sudah: lengkap"  # arsip
  A.2:
    jawab: belum
""",
    ),
    "stamps that are there are replaced where they are": (
        f"""\
jawaban:
    'A.1':
        jawab:   Ya
        menilai: "{OLD}"  # Oktober
tahun: 2025
menilai: '{OLD}'
""",
        f"""\
jawaban:
    'A.1':
        jawab:   Ya
        menilai: "{A}"  # Oktober
tahun: 2025
menilai: '{ALL}'
""",
    ),
    "answers in braces": (
        "tahun: 2025\njawaban:\n  A.1: { jawab: Ya, catatan: 'é 😀' }\n",
        f"tahun: 2025\nmenilai: {ALL}\njawaban:\n  A.1: {{ menilai: \"{A}\", jawab: Ya, catatan: 'é 😀' }}\n",
    ),
    "a whole sheet in braces": (
        "{tahun: 2025, jawaban: {A.1: {\n  jawab: Ya}}}",
        f'{{tahun: 2025, menilai: "{ALL}", jawaban: {{A.1: {{\n  menilai: "{A}", jawab: Ya}}}}}}',
    ),
    "other letters and emoji before the answer": (
        "# 😀 é\njawaban:\n  A.1:\n    # 😀\n    jawab: Ya\n",
        f"# 😀 é\nmenilai: {ALL}\njawaban:\n  A.1:\n    # 😀\n    menilai: {A}\n    jawab: Ya\n",
    ),
    "keys written with a question mark": (
        "? jawaban\n: ? A.1\n  : jawab: Ya\n",
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("name", CASES)
def test_only_the_stamps_are_written(name, ends):
    """Comments, quotes, order, spaces and line ends are a person's and stay; what cannot be done is refused."""
    before, after = CASES[name]
    raw = before.replace("\n", ends).encode()
    if after is None:
        with pytest.raises(Unfit):
            stamped(raw, {"A.1": A}, ALL)
        return
    result = stamped(raw, {"A.1": A}, ALL)
    assert result.decode() == after.replace("\n", ends)
    assert stamped(result, {"A.1": A}, ALL) == result


def test_one_question_is_stamped_alone():
    """Without a stamp for the sheet its top stays as it is, and so do the other answers."""
    raw = f"menilai: {OLD}\njawaban:\n  A.1:\n    jawab: Ya\n  A.2:\n    jawab: Ya\n".encode()
    assert (
        stamped(raw, {"A.2": B}).decode()
        == f"menilai: {OLD}\njawaban:\n  A.1:\n    jawab: Ya\n  A.2:\n    menilai: {B}\n    jawab: Ya\n"
    )


@pytest.mark.parametrize(
    "text", ["jawaban: {A.1: {}}", "jawaban: {A.1: Ya}", "jawaban:\n  A.1:\n    menilai: |-\n      x\n"]
)
def test_what_has_no_place_for_a_stamp_is_refused(text):
    """An answer that says nothing, and a stamp over several lines."""
    with pytest.raises((Unfit, TypeError)):
        stamped(text.encode(), {"A.1": A})


def test_a_file_that_is_no_yaml_is_refused_with_its_findings():
    """The findings are those of the check."""
    with pytest.raises(Refused) as refused:
        stamped(b"jawaban: [\n", {})
    assert refused.value.findings


TEXT = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12)
JUDGED = st.fixed_dictionaries(
    {"jawab": st.sampled_from(["Ya", "A", "belum"])},
    optional={"catatan": TEXT, "penjelasan": TEXT, "menilai": st.just(OLD), "bukti": st.just({"sah": "tidak"})},
)
SHEETS = st.fixed_dictionaries(
    {"tahun": st.just(2025), "jawaban": st.dictionaries(st.sampled_from(["A.1", "A.2", "A.10"]), JUDGED, min_size=1)},
    optional={"menilai": st.just(OLD)},
)


@settings(derandomize=True, deadline=None)
@given(SHEETS, st.booleans(), st.data())
def test_every_line_but_the_stamps_stays(data, crlf, draw):
    """Whatever the sheet says: without the lines of `menilai` the file is the one of before, and it reads back."""
    raw = dump(Kind.TPI, data, comment="TPI")
    try:
        read = load(raw, path="tpi.yaml").data
    except Refused:  # text the registry does not accept
        return
    raw = raw.replace(b"\n", b"\r\n") if crlf else raw
    codes = draw.draw(st.lists(st.sampled_from(sorted(read["jawaban"])), unique=True))
    result = stamped(raw, dict.fromkeys(codes, A), ALL)

    def rest(file):
        return [line for line in file.split(b"\n") if not line.strip().startswith(b"menilai: ")]

    assert rest(result) == rest(raw)
    found = load(result, path="tpi.yaml").data
    assert found["menilai"] == ALL
    assert {code: answer.get("menilai") for code, answer in found["jawaban"].items()} == {
        code: A if code in codes else answer.get("menilai") for code, answer in read["jawaban"].items()
    }
