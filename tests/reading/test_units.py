"""Units come one after another, with what is wrong told once, and without what could not be read."""

from generator.program_files import SCHEMA
from generator.reading.blobs import open_tree
from generator.reading.schema import Schemas
from generator.reading.units import read_units

SCHEMAS = Schemas(SCHEMA)


def units(registry, only=None):
    """Read everything at once: tests are small."""
    with open_tree(registry.root) as tree:
        return list(read_units(tree, SCHEMAS, only))


def codes(files):
    """Return path and code of what was wrong."""
    return [(finding.path, finding.code) for finding in files.findings]


def test_units_come_sorted_with_their_agency_and_files(registry):
    """By id; the documents of a unit by path, each of its kind."""
    registry.put("mandiri", b"instrumen: a\ntahun: 2025\njawaban: {}\n")
    registry.put("predikat", b"peristiwa: []\n")
    registry.write("units/a-contoh/unit-z/unit.yaml")
    registry.write("units/a-contoh/instansi.yaml", b"nama: Instansi A\n")
    first, second = units(registry)
    assert (first.unit_id, first.agency.data["nama"]) == ("a-contoh/unit-z", "Instansi A")
    assert (second.unit_id, second.agency.data["nama"]) == ("contoh/unit-a", "Instansi Contoh")
    assert [document.kind for document in second.documents] == ["mandiri", "predikat", "unit"]
    assert [entry.path for entry in second.blobs] == [document.path for document in second.documents]
    assert not first.findings
    assert not second.findings


def test_ids_sort_as_text_even_where_an_agency_begins_with_another(registry):
    """a-b/x stands before a/x, for a hyphen is less than a slash."""
    for agency in ("a", "a-b"):
        registry.write(f"units/{agency}/instansi.yaml")
        registry.write(f"units/{agency}/x/unit.yaml")
    found = [files.unit_id for files in units(registry)]
    assert found == sorted(found) == ["a-b/x", "a/x", "contoh/unit-a"]


def test_only_the_units_asked_for(registry):
    """The others are not read: their faults are not told."""
    registry.write("units/contoh/unit-b/unit.yaml", b"[]\n")
    (files,) = units(registry, ["contoh/unit-a", "contoh/tidak-ada"])
    assert (files.unit_id, files.findings) == ("contoh/unit-a", ())


def test_an_agencys_faults_are_told_once(registry):
    """With its first unit."""
    registry.put("instansi", b"nama: [x]\n")
    registry.write("units/contoh/unit-b/unit.yaml")
    first, second = units(registry)
    assert codes(first) == [("units/contoh/instansi.yaml", "skema")]
    assert not second.findings


def test_an_agency_without_units_is_yielded_as_itself(registry):
    """So that its faults are told too."""
    registry.write("units/lain/instansi.yaml", b"- x\n")
    _, agency = units(registry)
    assert (agency.unit_id, agency.is_unit, agency.documents) == ("lain", False, ())
    assert codes(agency) == [("units/lain/instansi.yaml", "yaml-akar")]


def test_missing_files_are_named(registry):
    """A unit needs unit.yaml and its agency instansi.yaml."""
    registry.write("units/lain/unit-c/2025/survei.yaml", b"survei: []\n")
    _, files = units(registry)
    assert codes(files) == [
        ("units/lain/instansi.yaml", "tanpa-instansi-yaml"),
        ("units/lain/unit-c/unit.yaml", "tanpa-unit-yaml"),
    ]
    assert files.agency is None


def test_a_file_that_was_refused_is_not_missing(registry):
    """A link in place of unit.yaml is told as what it is."""
    unit = registry.root / "units/contoh/unit-a/unit.yaml"
    unit.rename(unit.with_name("predikat.yaml"))
    unit.symlink_to("predikat.yaml")
    (files,) = units(registry)
    assert codes(files) == [("units/contoh/unit-a/predikat.yaml", "skema")] * 2  # unknown key, missing key


def test_a_file_that_cannot_be_read_leaves_the_others(registry):
    """It is among the blobs and findings, not among the documents."""
    registry.put("mandiri", b"jawaban: [\n")
    (files,) = units(registry)
    assert [document.kind for document in files.documents] == ["unit"]
    assert len(files.blobs) == 2
    assert codes(files) == [("units/contoh/unit-a/2025/mandiri.yaml", "yaml-salah-tulis")]
