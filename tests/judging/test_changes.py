"""What happened between two versions of a file: the patch and the changes a person reads."""

import copy
import json
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging import changes
from generator.model.declared import Tier
from generator.model.document import Kind

UNIT = "contoh/kppn-satu"
SHEETS = {Kind.MANDIRI: Tier.MANDIRI, Kind.TPI: Tier.TPI, Kind.TPN: Tier.TPN}


def compare(kind, before, after):
    """Return the changes as (kind, code, field, before, after): the same where the patch says where to look."""
    of = {"unit": UNIT, "year": 2025, "tier": SHEETS.get(kind)}
    found = changes.compare(kind, before, after, **of)
    assert changes.compare(kind, before, after, **of, operations=changes.patch(before, after)) == found
    assert {(one.unit, one.year, one.tier) for one in found} <= {(UNIT, 2025, SHEETS.get(kind))}
    return [(one.kind.value, one.code, one.field, one.before, one.after) for one in found]


def sheet(**answers):
    """Return a sheet whose only question A.I.1.i.a is answered so."""
    return {"instrumen": "kecil", "tahun": 2025, "jawaban": {"A.I.1.i.a": answers}}


A = "A.I.1.i.a"
SK = {"judul": "SK Tim", "tautan": "https://contoh.example/sk.pdf", "sha256": "a" * 64}
SK_NEW = {**SK, "sha256": "b" * 64}
MOVED = {**SK, "tautan": "https://contoh.example/2/sk.pdf", "sha256": "b" * 64}
NOTULEN = {"judul": "Notulen", "tautan": "https://contoh.example/n.pdf"}
FOTO = {"judul": "Foto"}

# What the unit or an assessor does with one answer -> what a reader is told.
ANSWERS = [
    ({}, {"jawab": "Ya"}, [("dijawab", A, "jawab", None, "Ya")]),
    ({"jawab": "belum"}, {"jawab": "Ya"}, [("dijawab", A, "jawab", "belum", "Ya")]),
    ({"jawab": "B"}, {"jawab": "A"}, [("jawaban-berubah", A, "jawab", "B", "A")]),
    ({"jawab": "B"}, {}, [("jawaban-berubah", A, "jawab", "B", None)]),
    ({"jawab": "B"}, {"jawab": "belum"}, [("jawaban-berubah", A, "jawab", "B", "belum")]),
    # an empty form is no answer that changed
    ({}, {"jawab": "belum"}, [("lembar-berubah", A, "jawab", None, "belum")]),
    ({}, {"isian": {"agen": 7}}, [("dijawab", A, "isian", None, {"agen": 7})]),
    ({"isian": {"agen": 7}}, {"isian": {"agen": 8}}, [("jawaban-berubah", A, "isian", {"agen": 7}, {"agen": 8})]),
    ({}, {"survei": "ipak-1"}, [("dijawab", A, "survei", None, "ipak-1")]),
    ({"penjelasan": "a"}, {"penjelasan": "b"}, [("catatan-berubah", A, "penjelasan", "a", "b")]),
    ({}, {"catatan": "b"}, [("catatan-berubah", A, "catatan", None, "b")]),
    ({}, {"bukti": [SK]}, [("bukti-ditambah", A, "bukti", None, SK)]),
    # inserted before another: only the new one is told
    ({"bukti": [SK]}, {"bukti": [FOTO, SK]}, [("bukti-ditambah", A, "bukti", None, FOTO)]),
    ({"bukti": [SK, FOTO]}, {"bukti": [FOTO]}, [("bukti-dihapus", A, "bukti", SK, None)]),
    # the same place, another content; the same title, another place; the same file, another content
    ({"bukti": [SK]}, {"bukti": [SK_NEW]}, [("bukti-diganti", A, "bukti", SK, SK_NEW)]),
    ({"bukti": [SK]}, {"bukti": [MOVED]}, [("bukti-diganti", A, "bukti", SK, MOVED)]),
    (
        {"bukti": [{"berkas": "a.pdf", "sha256": "a" * 64}]},
        {"bukti": [{"berkas": "a.pdf"}]},
        [("bukti-diganti", A, "bukti", {"berkas": "a.pdf", "sha256": "a" * 64}, {"berkas": "a.pdf"})],
    ),
    # a fingerprint given for the first time, and one in another letter case, describe the same document
    (
        {"bukti": [NOTULEN]},
        {"bukti": [{**NOTULEN, "sha256": "c"}]},
        [("catatan-berubah", A, "bukti.sha256", None, "c")],
    ),
    (
        {"bukti": [SK]},
        {"bukti": [{**SK, "sha256": "A" * 64}]},
        [("catatan-berubah", A, "bukti.sha256", "a" * 64, "A" * 64)],
    ),
    # nothing in common: one went, another came
    (
        {"bukti": [SK]},
        {"bukti": [FOTO]},
        [("bukti-dihapus", A, "bukti", SK, None), ("bukti-ditambah", A, "bukti", None, FOTO)],
    ),
    # a spelling fix of the title, also while another is inserted before it
    (
        {"bukti": [SK]},
        {"bukti": [FOTO, {**SK, "judul": "SK Tim ZI"}]},
        [("bukti-ditambah", A, "bukti", None, FOTO), ("catatan-berubah", A, "bukti.judul", "SK Tim", "SK Tim ZI")],
    ),
    # evidence that changed places is the same evidence
    ({"bukti": [SK, FOTO]}, {"bukti": [FOTO, SK]}, []),
    (
        {"bukti": [SK, FOTO]},
        {"bukti": [FOTO, {**SK, "judul": "SK Tim ZI"}]},
        [("catatan-berubah", A, "bukti.judul", "SK Tim", "SK Tim ZI")],
    ),
    ({}, {"bukti": []}, [("catatan-berubah", A, "bukti", None, [])]),
    ({}, {"bukti": {"sah": "ya"}}, [("penilaian-berubah", A, "sah", None, "ya")]),
    (
        {"bukti": {"sah": "ya", "relevan": "ya"}},
        {"bukti": {"sah": "tidak"}},
        [("penilaian-berubah", A, "relevan", "ya", None), ("penilaian-berubah", A, "sah", "ya", "tidak")],
    ),
    ({"bukti": [SK]}, {"bukti": {"sah": "ya"}}, [("penilaian-berubah", A, "bukti", [SK], {"sah": "ya"})]),
]


@pytest.mark.parametrize(("before", "after", "told"), ANSWERS)
def test_what_happens_to_an_answer(before, after, told):
    """Each thing done to an answer is one change, of a kind a reader understands."""
    assert compare(Kind.MANDIRI, sheet(**before), sheet(**after)) == told


IPAK = {"id": "ipak-1", "jenis": "IPAK", "indeks": "3.60"}
AWARD = {"jenis": "ditetapkan", "predikat": "WBK", "tanggal": "2024-12-10"}
SAME_DAY = {"jenis": "dicabut", "predikat": "WBK", "tanggal": "2024-12-10"}
LATER = {**SAME_DAY, "tanggal": "2025-12-10"}
REPORT = {"tanggal": "2026-01-05", "pelaksana": "Itjen", "hasil": "dipertahankan"}
REPLY = {"tanggal": "2026-02-01", "oleh": "Kepala kantor", "isi": "Sudah diperbaiki"}
CASE = {"jenis": "suap", "bulan": "2026-03", "sumber": "https://a.go.id/1", "keadaan": "diperiksa"}
WORD = {"triwulan": "2025-Q1", "program": "Klinik", "masih_berjalan": "ya"}

# Kind of file, document before and after -> what a reader is told.
FILES = [
    (Kind.SURVEI, {"survei": []}, {"survei": [IPAK]}, [("survei-ditambah", "ipak-1", "", None, IPAK)]),
    (Kind.SURVEI, {"survei": [IPAK]}, {"survei": []}, [("survei-dihapus", "ipak-1", "", IPAK, None)]),
    (
        Kind.SURVEI,
        {"survei": [IPAK]},
        {"survei": [{**IPAK, "indeks": "3.70"}]},
        [("survei-berubah", "ipak-1", "indeks", "3.60", "3.70")],
    ),
    (Kind.CLEARANCE, {}, {"KPK": {"status": "bersih"}}, [("clearance-berubah", "KPK", "", None, {"status": "bersih"})]),
    (
        Kind.CLEARANCE,
        {"KPK": {"status": "belum"}},
        {"KPK": {"status": "bersih"}},
        [("clearance-berubah", "KPK", "status", "belum", "bersih")],
    ),
    (Kind.PREDIKAT, None, {"peristiwa": [AWARD]}, [("peristiwa-predikat", "ditetapkan WBK", "", None, AWARD)]),
    (
        Kind.PREDIKAT,
        {"peristiwa": [AWARD]},
        {"peristiwa": [{**AWARD, "tanggal": "2024-12-11"}]},
        [("peristiwa-predikat", "ditetapkan WBK", "tanggal", "2024-12-10", "2024-12-11")],
    ),
    (Kind.PREDIKAT, {"peristiwa": [AWARD]}, None, [("peristiwa-predikat", "ditetapkan WBK", "", AWARD, None)]),
    (Kind.PEMANTAUAN, {}, {"pemantauan": [REPORT]}, [("pemantauan", "2026-01-05", "", None, REPORT)]),
    (
        Kind.PEMANTAUAN,
        {"pernyataan": [WORD]},
        {"pernyataan": [{**WORD, "masih_berjalan": "tidak"}]},
        [("pernyataan", "2025-Q1", "masih_berjalan", "ya", "tidak")],
    ),
    # events and reports stand in time by their dates; on one day, by their order in the file
    (Kind.PREDIKAT, {"peristiwa": [AWARD, LATER]}, {"peristiwa": [LATER, AWARD]}, []),
    (
        Kind.PREDIKAT,
        {"peristiwa": [AWARD, SAME_DAY]},
        {"peristiwa": [SAME_DAY, AWARD]},
        [
            (
                "peristiwa-predikat",
                "",
                "urutan",
                ["ditetapkan WBK", "dicabut WBK"],
                ["dicabut WBK", "ditetapkan WBK"],
            )
        ],
    ),
    (Kind.SURVEI, {"survei": [IPAK, {"id": "ipkp-1"}]}, {"survei": [{"id": "ipkp-1"}, IPAK]}, []),
    (Kind.TANGGAPAN, None, {"tanggapan": [REPLY]}, [("tanggapan", "2026-02-01", "", None, REPLY)]),
    (
        Kind.TANGGAPAN,
        {"tanggapan": [REPLY]},
        {"tanggapan": [{**REPLY, "isi": "Belum"}]},
        [("tanggapan", "2026-02-01", "isi", "Sudah diperbaiki", "Belum")],
    ),
    (Kind.TANGGAPAN, None, {}, [("tanggapan", "", "", None, {})]),
    (
        Kind.KASUS,
        {"kasus": [CASE]},
        {"kasus": [{**CASE, "keadaan": "terbukti"}]},
        [("kasus", "suap 2026-03", "keadaan", "diperiksa", "terbukti")],
    ),
    (Kind.KASUS, {"kasus": [CASE]}, None, [("kasus", "suap 2026-03", "", CASE, None)]),
    (Kind.UNIT, {"nama": "A"}, {"nama": "A", "asal": "x/a"}, [("unit-pindah", "", "asal", None, "x/a")]),
    (Kind.UNIT, {"nama": "A"}, {"nama": "B"}, [("data-unit-berubah", "", "nama", "A", "B")]),
    (Kind.INSTANSI, {"nama": "A"}, {"nama": "B"}, [("data-unit-berubah", "", "nama", "A", "B")]),
    (Kind.TPI, {"jawaban": {}}, {"jawaban": {}, "menilai": "x"}, [("lembar-berubah", "", "menilai", None, "x")]),
    (
        Kind.TPI,
        {"jawaban": {"A": {"jawab": "Ya"}}},
        {"jawaban": {"A": {"jawab": "Ya", "menilai": "x"}}},
        [("lembar-berubah", "A", "menilai", None, "x")],
    ),
    (
        Kind.TPI,
        {"jawaban": {}},
        {"jawaban": {"A": {"jawab": "Ya", "menilai": "x"}}},
        [("dijawab", "A", "jawab", None, "Ya")],
    ),
    (Kind.TPI, {}, {"jawaban": {}}, [("lembar-berubah", "", "jawaban", None, {})]),
    (Kind.TPI, None, {}, [("lembar-berubah", "", "", None, {})]),
    # shapes no schema allows are told whole
    (Kind.TPI, {"jawaban": {"A": "Ya"}}, {"jawaban": {}}, [("jawaban-berubah", "A", "", "Ya", None)]),
    (Kind.TPI, {"jawaban": {}}, {"jawaban": {"A": {}}}, [("lembar-berubah", "A", "", None, {})]),
    (Kind.SURVEI, {"survei": []}, {"survei": "x"}, [("survei-berubah", "", "survei", [], "x")]),
]


@pytest.mark.parametrize(("kind", "before", "after", "told"), FILES)
def test_what_happens_to_a_file(kind, before, after, told):
    """Every kind of file has its kinds of change; an item that came or went is one change."""
    assert compare(kind, before, after) == told


def test_questions_are_told_in_natural_order():
    """A.2 stands before A.10, as in the worksheet."""
    after = {"jawaban": {code: {"jawab": "Ya"} for code in ("A.10", "A.2", "A.9")}}
    assert [code for _, code, *_ in compare(Kind.MANDIRI, {"jawaban": {}}, after)] == ["A.2", "A.9", "A.10"]


@pytest.mark.parametrize(
    ("before", "after", "operations"),
    [
        (None, {"a": 1}, [{"op": "add", "path": "", "value": {"a": 1}}]),
        ({"a": 1}, None, [{"op": "remove", "path": ""}]),
        ({"a": 1}, {"a": True}, [{"op": "replace", "path": "/a", "value": True}]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, []),
        ({"a/b~c": {"x": 1}}, {"a/b~c": {}}, [{"op": "remove", "path": "/a~1b~0c/x"}]),
        ({"l": [1, 2, 3]}, {"l": [1, 3]}, [{"op": "remove", "path": "/l/1"}]),
        ({"l": [1, 3]}, {"l": [1, 2, 3]}, [{"op": "add", "path": "/l/1", "value": 2}]),
        ({"l": ["a"]}, {"l": ["b"]}, [{"op": "replace", "path": "/l/0", "value": "b"}]),
        ({"l": [{"": 1}]}, {"l": [{"": 2}]}, [{"op": "replace", "path": "/l/0", "value": {"": 2}}]),
        # one inserted and another's title mended: two operations, nothing replaced as a whole
        (
            {"bukti": [SK, NOTULEN]},
            {"bukti": [FOTO, SK, {**NOTULEN, "judul": "Notula"}]},
            [
                {"op": "add", "path": "/bukti/0", "value": FOTO},
                {"op": "replace", "path": "/bukti/2/judul", "value": "Notula"},
            ],
        ),
        (
            {"survei": [IPAK]},
            {"survei": [{**IPAK, "indeks": "3.70"}]},
            [{"op": "replace", "path": "/survei/0/indeks", "value": "3.70"}],
        ),
    ],
)
def test_the_operations_are_few(before, after, operations):
    """RFC 6902, with nothing in it that did not change."""
    assert list(changes.patch(before, after)) == operations


def test_evidence_of_a_question_without_a_code_is_named_by_its_title():
    """No schema lets such a question pass, but main may have had it: what is said of it names something."""
    told = compare(Kind.MANDIRI, {"jawaban": {}}, {"jawaban": {"": {"jawab": "Ya", "bukti": [SK]}}})
    assert [(kind, code) for kind, code, *_ in told] == [("bukti-ditambah", "SK Tim"), ("dijawab", "")]


SCALAR = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "Ya", "belum", "a/b", "~1", "0", "é²"])
WORDS = (
    "jawaban jawab isian survei bukti judul tautan berkas sha256 catatan id jenis predikat tanggal peristiwa asal "
    "pemantauan pernyataan triwulan program sah KPK A.1 A.10 a b a/b ~ 0 10 2 ²"
)
KEY = st.sampled_from(WORDS.split())
VALUE = st.recursive(
    SCALAR, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEY, inner, max_size=5), max_leaves=25
)
ITEM = st.dictionaries(
    st.sampled_from(["judul", "tautan", "sha256", "id", "tanggal", "triwulan"]), st.sampled_from("abc")
)
ANSWER = st.fixed_dictionaries(
    {},
    optional={"jawab": st.sampled_from(["Ya", "belum", ""]), "bukti": st.lists(ITEM, max_size=6) | VALUE, "x": SCALAR},
)
SHEET = st.fixed_dictionaries({"jawaban": st.dictionaries(st.sampled_from(["A.1", "A.10", "B"]), ANSWER | VALUE)})
LISTS = st.dictionaries(
    st.sampled_from(["survei", "peristiwa", "pemantauan", "pernyataan", "kasus", "tanggapan"]),
    st.lists(ITEM, max_size=6) | VALUE,
)
DOCUMENT = st.none() | st.dictionaries(KEY, VALUE, max_size=6) | SHEET | LISTS


def applied(document, operations):
    """Apply RFC 6902 operations in place, as obviously as can be: the reference."""
    document = copy.deepcopy(document)
    for operation in operations:
        value = copy.deepcopy(operation.get("value"))
        if operation["path"] == "":
            document = value
            continue
        *way, last = (step.replace("~1", "/").replace("~0", "~") for step in operation["path"][1:].split("/"))
        inside = document
        for step in way:
            inside = inside[int(step) if isinstance(inside, list) else step]
        if isinstance(inside, list):
            last = int(last)
            assert 0 <= last <= len(inside)
        match operation["op"]:
            case "add" if isinstance(inside, list):
                inside.insert(last, value)
            case "add":
                assert last not in inside
                inside[last] = value
            case "remove":
                del inside[last]
            case "replace":
                inside[last]  # must be there
                inside[last] = value
    return document


def exactly(value):
    """Return the value with its types, so that true is not 1."""
    if isinstance(value, dict):
        return {key: exactly(inner) for key, inner in value.items()}
    return [exactly(inner) for inner in value] if isinstance(value, list) else (type(value).__name__, value)


def turned(value):
    """Return the same value with every mapping's keys the other way round."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(inner) for inner in value] if isinstance(value, list) else copy.deepcopy(value)


@settings(derandomize=True, deadline=None, max_examples=400)
@given(DOCUMENT, DOCUMENT)
def test_applying_the_patch_gives_the_document_after(before, after):
    """Both for a plain reference and for the program's own applier, which leaves `before` as it was."""
    untouched = copy.deepcopy(before)
    operations = changes.patch(before, after)
    assert exactly(applied(before, operations)) == exactly(after)
    assert exactly(changes.apply(before, operations)) == exactly(after)
    assert exactly(before) == exactly(untouched)


@pytest.mark.parametrize(
    ("operations", "after"),
    [
        ("replace /l/1/a 7; remove /l/0; replace /l/0/a 8", {"l": [{"a": 8, "b": 4}, {"a": 5}], "m": {}}),
        (
            "replace /l/0/a 7; add /l/0 9; replace /l/1/b 8",
            {"l": [9, {"a": 7, "b": 8}, {"a": 3, "b": 4}, {"a": 5}], "m": {}},
        ),
        ("replace /l/2/a 7; replace /l/2 9; replace /l/1/a 8", {"l": [{"a": 1}, {"a": 8, "b": 4}, 9], "m": {}}),
        ("replace /l/0/a 7; remove /l; add /l 9", {"l": 9, "m": {}}),
        ("replace /l/0/a 7; replace /l 9; add /m/x 8", {"l": 9, "m": {"x": 8}}),
        ("replace /l/0/a 7; replace  9", 9),
        ("replace /l/0/a 7; remove ", None),
    ],
)
def test_operations_one_after_another(operations, after):
    """What came to stand elsewhere, or was replaced, is changed where it stands then; hand-worked."""
    before = {"l": [{"a": 1}, {"a": 3, "b": 4}, {"a": 5}], "m": {}}
    untouched = copy.deepcopy(before)
    steps = []
    for text in operations.split("; "):
        name, path, *value = text.split(" ")
        steps.append({"op": name, "path": path, **({"value": int(value[0])} if value else {})})
    assert changes.apply(before, steps) == after
    assert before == untouched


def test_a_key_that_came_in_between_stands_at_the_end():
    """Applied, the patch leaves every other key where it was: what is told of a version names keys in that order."""
    before = {"tahun": 2025, "jawaban": {"A.1": {"jawab": "B", "bukti": [{"judul": "SK", "tanggal": "x"}]}}}
    answer = {"jawab": "B", "penjelasan": "baru", "bukti": [{"tanggal": "y", "judul": "SK"}]}
    operations = changes.patch(before, {"tahun": 2025, "jawaban": {"A.1": answer}})
    assert [operation["op"] for operation in operations] == ["replace", "add"]
    assert repr(changes.apply(before, operations)) == repr(
        {
            "tahun": 2025,
            "jawaban": {
                "A.1": {**before["jawaban"]["A.1"], "bukti": [{"judul": "SK", "tanggal": "y"}], "penjelasan": "baru"}
            },
        }
    )


@settings(derandomize=True, deadline=None, max_examples=400)
@given(DOCUMENT, DOCUMENT)
def test_the_order_of_keys_makes_no_other_patch(before, after):
    """Nor which of two documents that say the same it starts from; so a version may be read anew to be gone on from."""
    operations = changes.patch(before, after)
    assert exactly(list(changes.patch(turned(before), after))) == exactly(list(operations))
    assert exactly(list(changes.patch(before, turned(after)))) == exactly(list(operations))


TIES = {"peristiwa": "tanggal", "pemantauan": "tanggal", "pernyataan": "triwulan"}
"""List -> the key by which its items stand in time, however they stand in the file."""
LISTED = (Kind.SURVEI, Kind.PREDIKAT, Kind.PEMANTAUAN, Kind.TANGGAPAN, Kind.KASUS, Kind.CLEARANCE, Kind.UNIT)
UNORDERED = ("bukti", "survei", "tanggapan", "kasus")


def meant(kind, document):
    """Return what a document says whatever the order of its items: lists that have none sorted, with types."""
    if document is None:
        return None
    if kind in SHEETS:
        rows = document.get("jawaban")
        if isinstance(rows, dict):
            rows = {code: settled(answer, ("bukti",)) for code, answer in rows.items()}
        return exactly({**document, "jawaban": rows} if "jawaban" in document else document)
    return exactly(settled(document, (*UNORDERED[1:], *TIES)) if kind in LISTED[:5] else document)


def settled(value, keys):
    """Return the mapping with the lists at these keys in one order; anything else as it is."""
    if not isinstance(value, dict):
        return value
    return {key: in_one_order(key, inner) if key in keys else inner for key, inner in value.items()}


def in_one_order(key, items):
    """Sort a list by what its items say, or by when they were."""
    if not isinstance(items, list):
        return items
    said = partial(json.dumps, sort_keys=True)
    return sorted(items, key=lambda one: said(one.get(TIES[key]) if isinstance(one, dict) else None)
                  if key in TIES else said(one))  # fmt: skip


@st.composite
def two_documents(draw):
    """A kind of file and two documents; the second is often the first with its lists in another order."""
    kind, documents = draw(st.sampled_from([*((kind, SHEET) for kind in SHEETS), *((kind, LISTS) for kind in LISTED)]))
    documents = draw(st.sampled_from([documents, DOCUMENT]))
    before = draw(documents)
    return kind, before, shuffled(before, draw) if draw(st.booleans()) else draw(documents)


def shuffled(value, draw):
    """Return the value with every list in some order."""
    if isinstance(value, dict):
        return {key: shuffled(inner, draw) for key, inner in value.items()}
    return draw(st.permutations(value)) if isinstance(value, list) else value


@settings(derandomize=True, deadline=None, max_examples=400)
@given(two_documents())
def test_whatever_is_said_otherwise_is_told_and_nothing_else(case):
    """Nothing changes unseen, and nothing is told that did not happen; whatever the shape of the data."""
    kind, before, after = case
    assert bool(changes.patch(before, after)) == (exactly(before) != exactly(after))
    assert bool(compare(kind, before, after)) == (meant(kind, before) != meant(kind, after))


@settings(derandomize=True, deadline=None)
@given(DOCUMENT, st.sampled_from(Kind))
def test_the_same_data_in_another_order_of_keys_is_no_change(document, kind):
    """Neither the data itself nor a reordered copy gives an operation or a change."""
    assert changes.patch(document, turned(document)) == ()
    assert compare(kind, document, turned(document)) == []


@settings(derandomize=True, deadline=None)
@given(st.lists(DOCUMENT, min_size=1, max_size=6))
def test_replaying_all_patches_gives_the_last_document(documents):
    """A history is its patches: nothing more is needed to have every version again."""
    document = None
    for before, after in zip([None, *documents], documents, strict=False):
        document = applied(document, changes.patch(before, after))
        assert exactly(document) == exactly(after)


@settings(derandomize=True, deadline=None)
@given(st.lists(ITEM, max_size=7), st.data())
def test_evidence_that_stays_is_never_told(evidence, data):
    """Whatever is added anywhere in the list, all that is told is what was added."""
    unique = [
        {**item, "sha256": f"{place}", "tautan": f"{place}", "judul": f"{place}"} for place, item in enumerate(evidence)
    ]
    after = list(unique)
    for number in range(data.draw(st.integers(0, 3))):
        after.insert(data.draw(st.integers(0, len(after))), {"judul": f"baru {number}"})
    told = compare(Kind.MANDIRI, sheet(bukti=unique), sheet(bukti=after))
    assert {kind for kind, *_ in told} <= {"bukti-ditambah"}
    assert len(told) == len(after) - len(unique)
