"""The schemas decide what a file may hold; a fault is told at its line, in words that help."""

import json
import re
from pathlib import Path

import jsonschema
import jsonschema_rs
import pytest
import referencing
import yaml

from generator.model.document import Document, Kind
from generator.program_files import SCHEMA
from generator.reading.schema import Schemas
from generator.reading.strict_yaml import load

CASES = Path(__file__).parents[1] / "cases" / "schema"
SCHEMAS = {kind: json.loads((SCHEMA / f"{kind}.schema.json").read_bytes()) for kind in Kind}
REQUIRED = {
    Kind.INSTANSI: {"nama"},
    Kind.UNIT: {"nama"},
    Kind.PREDIKAT: {"peristiwa"},
    Kind.PEMANTAUAN: set(),
    Kind.TANGGAPAN: {"tanggapan"},
    Kind.KASUS: {"kasus"},
    Kind.MANDIRI: {"instrumen", "tahun", "jawaban"},
    Kind.TPI: {"instrumen", "tahun", "jawaban"},
    Kind.TPN: {"instrumen", "tahun", "jawaban"},
    Kind.SURVEI: {"survei"},
    Kind.CLEARANCE: {"KPK", "Ombudsman"},
}
REQUIRED_OF_ITEMS = {
    Kind.PREDIKAT: {"peristiwa": {"jenis", "predikat", "tanggal"}},
    Kind.PEMANTAUAN: {
        "pemantauan": {"tanggal", "pelaksana", "hasil"},
        "pernyataan": {"triwulan", "program", "masih_berjalan"},
    },
    Kind.TANGGAPAN: {"tanggapan": {"tanggal", "isi"}},
    Kind.KASUS: {"kasus": {"jenis", "bulan", "sumber", "keadaan"}},
    Kind.SURVEI: {"survei": {"id", "jenis", "penyelenggara", "responden", "indeks"}},
}


def document(raw, kind):
    """Return the file as a document."""
    loaded = load(raw.encode() if isinstance(raw, str) else raw, path="berkas.yaml")
    return Document(path="berkas.yaml", kind=Kind(kind), data=loaded.data, marks=loaded.marks)


def check(raw, kind):
    """Check a file of the kind; return what is left and the findings."""
    return Schemas(SCHEMA).check(document(raw, kind))


def sentences(raw, kind):
    """Return message and hint of every finding."""
    return [f"{finding.message} {finding.hint}" for finding in check(raw, kind)[1]]


@pytest.mark.parametrize("case", sorted(CASES.glob("*.yaml")), ids=lambda case: case.stem)
def test_a_fault_is_told_at_its_place(case, expected_of):
    """Each case gives exactly the findings it names, all `skema`."""
    kind = case.stem.rpartition(".")[2]
    _, findings = check(case.read_bytes(), kind)
    assert [f"{found.line}:{found.column} {found.pointer or '/'}" for found in findings] == expected_of(case)
    assert {finding.code for finding in findings} == {"skema"}


@pytest.mark.parametrize("case", sorted(CASES.glob("*.yaml")), ids=lambda case: case.stem)
def test_a_second_engine_agrees(case):
    """What the schemas mean does not hang on one engine: jsonschema finds its faults at the same values."""
    kind = case.stem.rpartition(".")[2]
    data = document(case.read_bytes(), kind).data
    validator = jsonschema.Draft202012Validator(
        SCHEMAS[Kind(kind)],
        registry=referencing.Registry(),
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )
    engine = jsonschema_rs.Draft202012Validator(
        SCHEMAS[Kind(kind)], validate_formats=True, offline=True, pattern_options=jsonschema_rs.RegexOptions()
    )
    assert {tuple(error.absolute_path) for error in validator.iter_errors(data)} == {
        tuple(error.instance_path) for error in engine.iter_errors(data)
    }


@pytest.mark.parametrize(
    ("counts", "pointers", "left"),
    [
        ('{"1": x, a: 1}', ["/jawaban/A.II.1.i.a/isian/1"], {"a": 1}),
        ('{"+1": x, "2": y}', ["/jawaban/A.II.1.i.a/isian/+1", "/jawaban/A.II.1.i.a/isian/2"], {}),
        ('{"1": x, "01": y, a: 1}', ["/jawaban/A.II.1.i.a/isian"], None),
        ('{"00000000000000000000000000000000000001": x, a: 1}', ["/jawaban/A.II.1.i.a/isian"], None),
    ],
)
def test_a_key_of_digits_is_a_key_and_no_position(counts, pointers, left):
    """Where the engine does not say which of several keys it means, what holds them is faulty."""
    raw = f"instrumen: x\ntahun: 2025\njawaban: {{A.II.1.i.a: {{isian: {counts}}}}}\n".encode()
    pruned, findings = check(raw, "mandiri")
    assert sorted({finding.pointer for finding in findings}) == pointers
    assert pruned.data["jawaban"]["A.II.1.i.a"].get("isian") == left


WORDS = {
    # kind, text -> what the finding says
    "a near miss of a key": ("unit", "namma: x\nnama: y\n", "Maksudnya nama?"),
    "a near miss of a choice": ("unit", "nama: y\ntarget: wbk\n", "Maksudnya WBK?"),
    "what keys there are": ("clearance", "{KPK: {x: 1, status: belum}, Ombudsman: {status: belum}}", "yang ada: nomor"),
    "an example for a missing key": ("unit", "{}", "misalnya nama: KPPN Contoh Satu"),
    "quotes for a number": ("unit", "nama: 12\n", 'Beri tanda kutip: nama: "12".'),
    "quotes for a number in a list": ("unit", "nama: x\nlayanan: [1]\n", 'Beri tanda kutip: "1".'),
    "the day in order": ("predikat", "peristiwa: [{jenis: dicabut, predikat: WBK, tanggal: 1/2/2024}]", "2024-02-01"),
    "no such day": (
        "predikat",
        "peristiwa: [{jenis: dicabut, predikat: WBK, tanggal: 2024-02-30}]",
        "tidak ada di kalender",
    ),
    "a point for a comma": (
        "survei",
        "survei: [{id: a, jenis: IPAK, penyelenggara: unit, responden: 1, indeks: '3,7'}]",
        "desimal: 3.7.",
    ),
    "a point for a comma between braces": (
        "survei",
        "survei: [{id: a, jenis: IPAK, penyelenggara: unit, responden: 1, indeks: 3,72}]",
        "pakai titik sebagai ganti koma",
    ),
    "an empty value": ("unit", "nama:\n", "Nilai nama kosong."),
    "a number without words": (
        "survei",
        "survei: [{id: a, jenis: IPAK, penyelenggara: unit, responden: 30 orang, indeks: 3.7}]",
        "Tulis angka saja",
    ),
    "the length allowed": ("unit", f"nama: x\ncatatan: {'y' * 4001}\n", "4001 karakter, padahal batasnya 4000"),
    "a look-alike letter": ("unit", "nama: x\ntarg\u0435t: WBK\n", "targ\\u0435t"),
}


@pytest.mark.parametrize("name", WORDS)
def test_the_sentence_says_what_helps(name):
    """Message and hint name the remedy."""
    kind, raw, words = WORDS[name]
    assert any(words in sentence for sentence in sentences(raw, kind)), sentences(raw, kind)


def test_a_long_hostile_value_is_cut():
    """Neither message nor hint is longer than 200 characters, whatever the value."""
    found = check(f"nama: x\n{'k' * 900}: 1\ntarget: {'W' * 8000}\n", "unit")[1]
    assert len(found) == 2
    assert all(len(finding.message) <= 200 and len(finding.hint) <= 200 for finding in found)


def test_the_rest_of_a_faulty_file_is_kept():
    """Faulty keys are left out; a faulty item becomes None, so the others keep their place."""
    left, _ = check(
        "nama: KPPN\nx: 1\nlayanan: [Satu, 2, Tiga]\ntarget: WBX\n",
        "unit",
    )
    assert left.data == {"nama": "KPPN", "layanan": ["Satu", None, "Tiga"]}
    assert left.place(("layanan", 2)) == (3, 20)


def test_a_valid_file_is_given_back_as_it_is():
    """Nothing is copied where nothing is wrong."""
    valid = document("nama: KPPN\n", "unit")
    assert Schemas(SCHEMA).check(valid) == (valid, ())


@pytest.mark.parametrize("kind", Kind)
def test_required_are_the_promised_keys_and_no_others(kind):
    """What a file must have was promised once; a schema that asks for more breaks every registry."""
    schema = SCHEMAS[kind]
    assert set(schema.get("required", ())) == REQUIRED[kind]
    for key, required in REQUIRED_OF_ITEMS.get(kind, {}).items():
        assert set(schema["properties"][key]["items"]["required"]) == required


def parts(schema, way=()):
    """Yield every schema inside, with the way to it."""
    yield way, schema
    for keyword in ("properties", "patternProperties", "$defs"):
        for key, inner in schema.get(keyword, {}).items():
            yield from parts(inner, (*way, keyword, key))
    if isinstance(schema.get("items"), dict):
        yield from parts(schema["items"], (*way, "items"))


PARTS = [
    pytest.param(part, id="/".join((kind, *way))) for kind, schema in SCHEMAS.items() for way, part in parts(schema)
]


@pytest.mark.parametrize("kind", Kind)
def test_every_schema_is_valid_2020_12(kind):
    """The metaschema accepts it, and it says which draft it is."""
    assert SCHEMAS[kind]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[kind])


@pytest.mark.parametrize("part", PARTS)
def test_every_property_is_described_and_bounded(part):
    """Title and description for an editor to show; a longest length or a largest number of items for every value."""
    if "$ref" in part:
        return
    assert part["title"]
    assert part["description"].endswith(".")
    if part["type"] == "object":
        assert part["additionalProperties"] is False
        assert "patternProperties" not in part or "maxProperties" in part
    if part["type"] == "array":
        assert "maxItems" in part
    if "string" in part["type"]:
        assert "enum" in part or "maxLength" in part
    if part["type"] == "integer":
        assert ("minimum" in part) == ("maximum" in part)


@pytest.mark.parametrize("part", PARTS)
def test_examples_are_valid(part):
    """An example somebody copies passes (an object's example may leave out what it does not show)."""
    for example in part.get("examples", ()):
        if part["type"] != "object":
            assert jsonschema_rs.is_valid(part, example)


@pytest.mark.parametrize("part", PARTS)
def test_patterns_are_plain(part):
    """ASCII, anchored, and without a quantifier on a group or a second unbounded one: linear in every engine."""
    patterns = [part["pattern"]] if "pattern" in part else []
    for pattern in (*patterns, *part.get("patternProperties", {})):
        assert pattern.isascii()
        assert pattern.startswith("^")
        assert pattern.endswith("$")
        assert not re.search(r"\)[*+{]", pattern)
        assert len(re.findall(r"[*+](?![^\[]*\])", pattern)) <= 1
        assert not re.search(r"\\[dws]", pattern)  # they differ between engines beyond ASCII


def test_tpi_and_tpn_ask_for_the_same():
    """The two teams fill in the same form; only its name differs."""

    def nameless(schema):
        return {key: value for key, value in schema.items() if key not in {"title", "description"}}

    assert nameless(SCHEMAS[Kind.TPI]) == nameless(SCHEMAS[Kind.TPN])


def test_a_schema_that_points_elsewhere_is_refused_and_not_fetched(tmp_path):
    """A `$ref` to another host fails when the schema is built; no socket is opened."""
    schema = {"$ref": "http://127.0.0.1:9/unit.schema.json"}
    (tmp_path / "unit.schema.json").write_text(json.dumps(schema), encoding="ascii")
    with pytest.raises(jsonschema_rs.ValidationError, match="Retrieval is disabled"):
        Schemas(tmp_path).check(document("nama: x\n", "unit"))


@pytest.mark.parametrize("text", ["3.72", "4", "0", "4.0", "3", "0.5"])
def test_an_index_is_read_alike_by_editors(text):
    """An editor reads 3.72 as a number where the registry keeps the text; the schema takes both."""
    row = f"survei: [{{id: a, jenis: IPAK, penyelenggara: unit, responden: 1, indeks: {text}}}]"
    assert sentences(row, "survei") == []
    assert jsonschema_rs.is_valid(SCHEMAS[Kind.SURVEI], yaml.safe_load(row))
