"""The waist: what is found in a registry, and what its units come to.

A case is a folder: tests/cases/invalid/<code>/<name>/ holds units/ (and schema/ where an instrument is at fault) and
harapan.txt, which names every finding expected: `path:line:column level code`. Today is 30 June 2026 in all of them.
"""

import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from generator import registry
from generator.judging.rules.codes import Code
from generator.program_files import SCHEMA
from generator.reading.blobs import open_tree
from generator.reading.cache import Cache

CASES = Path(__file__).parent / "cases"
INVALID = sorted(path.parent for path in (CASES / "invalid").glob("*/*/harapan.txt"))
VALID = sorted(path.parent for path in (CASES / "valid").glob("*/units"))
TODAY = date(2026, 6, 30)


def catalogue_of(case, folder):
    """Return the program's catalogue, with the case's own files laid over it where it has any."""
    if not (case / "schema").is_dir():
        return registry.load_catalogue()
    shutil.copytree(SCHEMA, folder / "schema")
    shutil.copytree(case / "schema", folder / "schema", dirs_exist_ok=True)
    return registry.load_catalogue(folder / "schema")


def found(root, catalogue=None, paths=(), today=TODAY, **options):
    """Return what the check finds in the work tree at the root."""
    with open_tree(root) as tree:
        return registry.check(tree, catalogue or registry.load_catalogue(), today, paths, **options).findings


def listed(findings):
    """Return the findings as harapan.txt writes them."""
    return sorted(f"{one.path}:{one.line}:{one.column} {one.level} {one.code}" for one in findings)


def named(case):
    """Return a case's id: the last two folders."""
    return "/".join(case.parts[-2:])


@pytest.mark.parametrize("case", INVALID, ids=named)
def test_a_faulty_registry_has_exactly_the_findings_expected(case, tmp_path):
    """Every finding stands at its line, and nothing else is found."""
    findings = found(case, catalogue_of(case, tmp_path))
    assert listed(findings) == sorted((case / "harapan.txt").read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("case", INVALID, ids=named)
def test_every_finding_says_what_and_how_to_mend(case, tmp_path):
    """Message and remedy are one printable sentence each; a case's folder bears the code it is about."""
    findings = found(case, catalogue_of(case, tmp_path))
    assert case.parts[-2] in {finding.code for finding in findings}
    for finding in findings:
        assert finding.message.endswith((".", "…"))
        assert finding.hint.endswith((".", "…", "?"))
        assert finding.message.isprintable()
        assert finding.hint.isprintable()


@pytest.mark.parametrize("case", VALID, ids=named)
def test_a_sound_registry_has_no_finding(case):
    """What a diligent unit writes passes."""
    assert found(case) == ()


def test_every_code_of_the_rules_has_a_case():
    """No rule without a case that breaks it."""
    assert {code.value for code in Code} <= {path.name for path in (CASES / "invalid").iterdir()}


@pytest.mark.parametrize("case", [*INVALID, *VALID], ids=named)
def test_the_cache_changes_nothing(case, tmp_path):
    """First, second and uncached check of the same files find the same."""
    root = tmp_path / "registri"
    shutil.copytree(case, root)
    catalogue = catalogue_of(case, tmp_path)
    plain = found(root, catalogue)
    for _ in range(2):
        with Cache(root) as cache:
            assert found(root, catalogue, cache=cache) == plain


@pytest.fixture
def root(tmp_path):
    """A sound registry that may be changed."""
    shutil.copytree(CASES / "valid/lengkap", tmp_path / "registri")
    return tmp_path / "registri"


def edit(root, path, old, new):
    """Replace the one occurrence of a text in a file of the registry."""
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


MANDIRI = "units/contoh/kppn-satu/2025/mandiri.yaml"
TPI = "units/contoh/kppn-satu/2025/tpi.yaml"


def remembered(root, **options):
    """Return what a check with the registry's cache finds."""
    with Cache(root) as cache:
        return found(root, cache=cache, **options)


def test_a_change_is_seen_through_the_cache(root):
    """A changed file is judged anew, and so are the files of its folder that look into it."""
    assert remembered(root) == ()
    edit(root, MANDIRI, "  A.I.1.i.b:\n    jawab: B\n", "")
    assert [finding.code for finding in remembered(root)] == ["penilaian-tanpa-jawaban"]


def test_what_depends_on_today_is_judged_every_day(root):
    """The cache keeps the dates, not what they mean: another day, other findings."""
    assert remembered(root) == ()
    late = remembered(root, today=date(2027, 1, 11))
    assert [finding.code for finding in late] == ["bukti-kedaluwarsa"]
    early = remembered(root, today=date(2025, 9, 30))
    assert [finding.code for finding in early] == ["tanggal-di-masa-depan"]


def test_a_cache_that_lies_in_shape_is_not_believed(root):
    """Values of another make under the right keys are derived anew."""
    assert remembered(root) == ()
    edit(root, MANDIRI, "jawab: Ya", "jawab: ya")
    plain = found(root)
    remembered(root)
    (file,) = (root / ".zi-cache").glob("*.sqlite")
    base = sqlite3.connect(file)
    keys = [key for (key,) in base.execute("SELECT key FROM derived")]
    base.close()
    assert keys
    with Cache(root) as cache:
        for key in keys:
            cache.put(key, {"findings": [["a"]], "places": [1]})
    assert remembered(root) == plain


def test_another_schema_folder_is_another_key(root, tmp_path):
    """A result found under one catalogue is not taken for another's."""
    assert remembered(root) == ()
    shutil.copytree(SCHEMA, tmp_path / "schema")
    instrument = tmp_path / "schema/instrumen/permenpanrb-90-2021.yaml"
    instrument.rename(instrument.with_name("lain.yaml"))
    with Cache(root) as cache:
        findings = found(root, registry.load_catalogue(tmp_path / "schema"), cache=cache)
    assert {finding.code for finding in findings} == {"instrumen-tidak-dikenal"}


def test_what_is_wrong_with_an_instrument_is_remembered_as_well(root, tmp_path, monkeypatch):
    """The second check finds it without reading the instruments again; a whole catalogue has another key."""
    shutil.copytree(SCHEMA, tmp_path / "schema")
    (tmp_path / "schema/instrumen/rusak.yaml").write_bytes(b"id: &x rusak\n")
    catalogue = registry.load_catalogue(tmp_path / "schema")
    with Cache(root) as cache:
        first = found(root, catalogue, cache=cache)
        assert any(finding.path.startswith("schema/") for finding in first)
        monkeypatch.setattr(registry.Catalogue, "faults", None)
        assert found(root, catalogue, cache=cache) == first
        monkeypatch.undo()
        assert found(root, cache=cache) == ()


def test_with_paths_only_their_findings_are_shown(root):
    """Asked for one file, the check keeps quiet about the others but looks into those its rules need."""
    edit(root, MANDIRI, "jawab: Ya", "jawab: ya")
    edit(root, MANDIRI, "  A.I.1.i.b:\n    jawab: B\n", "")
    assert [finding.code for finding in found(root, paths=(TPI,))] == ["penilaian-tanpa-jawaban"]
    assert [finding.code for finding in found(root, paths=(MANDIRI,))] == ["jawaban-di-luar-skala"]
    assert found(root, paths=("units/contoh/kppn-satu/unit.yaml",)) == ()


@pytest.mark.parametrize("case", INVALID, ids=named)
def test_checking_file_by_file_finds_what_checking_all_finds(case, tmp_path):
    """Every finding of a file is found when that file alone is asked for, save what only other folders' files show."""
    catalogue = catalogue_of(case, tmp_path)
    elsewhere = {Code.BUKTI_DIPAKAI_ULANG, Code.ASAL_GANDA, Code.ASAL_MELINGKAR, Code.REGISTRI_KOSONG}
    findings = [one for one in found(case, catalogue) if one.code not in elsewhere]
    # a name that is shown masked cannot be asked for
    for path in {one.path for one in findings if one.path.startswith("units/") and "…" not in one.path}:
        assert found(case, catalogue, paths=(path,)) == tuple(one for one in findings if one.path == path)


def test_ids_equal_after_case_folding_are_found(root):
    """Two folders that one letter's case tells apart are one folder on other systems. (No case folder: see there.)"""
    other = root / "units/contoh/Kppn-Satu"
    if other.exists():
        pytest.skip("this file system does not tell the two apart")
    shutil.copytree(root / "units/contoh/kppn-satu", other)
    assert "units/contoh/kppn-satu:0:0 error id-kembar" in listed(found(root))


def test_a_folder_may_be_asked_for(root):
    """A folder stands for everything in it; a name that only begins alike does not."""
    other = root / "units/contoh/kppn-satu-dua"
    shutil.copytree(root / "units/contoh/kppn-satu", other)
    (other / "unit.yaml").write_text("nama: 7\n", encoding="utf-8")
    assert found(root, paths=("units/contoh/kppn-satu",)) == ()
    assert [one.code for one in found(root, paths=("units/contoh/kppn-satu-dua",))] == ["skema"]


@pytest.mark.parametrize(
    ("near", "listed_paths"),
    [
        ((TPI,), {"mandiri.yaml", "tpi.yaml", "survei.yaml", "clearance.yaml"}),
        (("units/contoh/kppn-satu/2025",), {"mandiri.yaml", "tpi.yaml", "survei.yaml", "clearance.yaml"}),
        (("units/contoh/instansi.yaml", "units/contoh/kppn-satu/2024"), None),
        (("units/lain",), set()),
    ],
)
def test_a_tree_near_a_path_lists_its_folder_only(root, near, listed_paths):
    """To look at one file the registry is not walked: its folder is listed, with all that lies in it."""
    everything = {path.name for path in (root / "units").rglob("*.yaml")}
    with open_tree(root, near=near) as tree:
        names = {entry.path.rpartition("/")[2] for entry in tree.entries}
    assert names == (everything if listed_paths is None else listed_paths)


def test_the_extent_counts_units_and_files(root):
    """The count names what was asked for: the registry, a unit, a year, a file."""
    with open_tree(root) as tree:
        assert registry.extent(tree) == (1, 8)
        assert registry.extent(tree, ("units/contoh/kppn-satu/2025",)) == (1, 4)
        assert registry.extent(tree, ("units/contoh/instansi.yaml",)) == (0, 1)


def readings(root, only=()):
    """Return the readings of the work tree at the root."""
    with open_tree(root) as tree:
        return tuple(registry.readings(tree, registry.load_catalogue(), TODAY, only))


def test_a_reading_holds_what_was_declared_and_judged(root):
    """A unit's record has its years assessed and its place in the monitoring cycle."""
    (reading,) = readings(root)
    assert reading.unit_id == "contoh/kppn-satu"
    assert reading.findings == ()
    (assessment,) = reading.record.assessments
    assert (assessment.declared.year, assessment.deciding, assessment.forecast) == (2025, "tpi", True)
    # WBBM awarded 2023-12-11, never monitored since: due 2025-12-11, by Itjen as instansi.yaml says
    monitoring = reading.record.monitoring
    assert (monitoring.status, monitoring.due, monitoring.by) == ("terlambat", date(2025, 12, 11), "Itjen")


@pytest.mark.parametrize(
    ("case", "tier", "changed", "rest"),
    [
        ("invalid/berubah-setelah-dinilai/satu-pertanyaan", "tpi", {"A.I.1.i.b"}, False),
        ("invalid/berubah-setelah-dinilai/jawaban-dihapus", "tpn", {"A.I.1.i.b"}, False),
        ("invalid/berubah-setelah-dinilai/seluruh-lembar", "tpi", set(), True),
        ("invalid/berubah-setelah-dinilai/seluruh-lembar", "tpn", set(), True),
        ("valid/distempel", "tpi", set(), False),
        ("valid/lengkap", "tpi", set(), False),
    ],
)
def test_a_reading_says_what_changed_since_it_was_judged(case, tier, changed, rest):
    """Pages show beside an answer that it is not the one judged; without a stamp nothing is claimed."""
    (reading,) = readings(CASES / case)
    result = reading.record.assessments[0].results[tier]
    assert (result.changed, result.rest_changed) == (changed, rest)


def test_a_sheet_of_the_unit_that_cannot_be_read_has_not_changed(tmp_path):
    """Its own fault is told beside the numbers."""
    root = shutil.copytree(CASES / "valid/distempel", tmp_path / "registri")
    (root / MANDIRI).write_text("jawaban: [\n", encoding="utf-8")
    (reading,) = readings(root)
    result = reading.record.assessments[0].results["tpi"]
    assert (result.changed, result.rest_changed) == (frozenset(), False)


def test_a_faulty_file_leaves_the_rest_of_the_record(root):
    """A sheet that cannot be read is named in the reading's findings, and the record stands without it."""
    (root / TPI).write_text("{", encoding="utf-8")
    (reading,) = readings(root)
    assert [finding.path for finding in reading.findings] == [TPI]
    (assessment,) = reading.record.assessments
    assert assessment.deciding == "mandiri"


def test_a_year_of_an_unknown_instrument_is_not_assessed(root):
    """Without a known instrument there is nothing to score; the year is declared all the same."""
    for path in (MANDIRI, TPI):
        edit(root, path, "permenpanrb-90-2021", "permenpanrb-1-1999")
    (reading,) = readings(root)
    assert reading.record.assessments == ()
    assert [year.year for year in reading.record.unit.years] == [2025]


def test_an_agency_without_units_is_read_but_has_no_record(root):
    """Its findings are not lost."""
    (root / "units/baru").mkdir()
    (root / "units/baru/instansi.yaml").write_text("nama: 7\n", encoding="utf-8")
    first, second = readings(root)
    assert (first.unit_id, first.record, [one.code for one in first.findings]) == ("baru", None, ["skema"])
    assert second.unit_id == "contoh/kppn-satu"
    with open_tree(root) as tree:
        units = [record.unit.id for record in registry.records(tree, registry.load_catalogue(), TODAY)]
    assert units == ["contoh/kppn-satu"]


def test_only_the_units_asked_for_are_read(root):
    """An id that is not there yields nothing."""
    assert readings(root, only=("contoh/lain",)) == ()
    assert len(readings(root, only=("contoh/kppn-satu", "contoh/lain"))) == 1
