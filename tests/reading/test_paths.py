"""A path says what its file is, or a finding says what is wrong with it and what was perhaps meant."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.document import Kind
from generator.reading.paths import Location, fault, is_id, is_year, locate, twins

KNOWN = {
    "units/contoh/instansi.yaml": Location(kind=Kind.INSTANSI, agency="contoh"),
    "units/contoh/kppn-1/unit.yaml": Location(kind=Kind.UNIT, agency="contoh", unit="kppn-1"),
    "units/contoh/kppn-1/predikat.yaml": Location(kind=Kind.PREDIKAT, agency="contoh", unit="kppn-1"),
    "units/contoh/kppn-1/tanggapan.yaml": Location(kind=Kind.TANGGAPAN, agency="contoh", unit="kppn-1"),
    "units/contoh/kppn-1/kasus.yaml": Location(kind=Kind.KASUS, agency="contoh", unit="kppn-1"),
    "units/contoh/kppn-1/pemantauan.yaml": Location(kind=Kind.PEMANTAUAN, agency="contoh", unit="kppn-1"),
    **{
        f"units/contoh/kppn-1/2025/{kind}.yaml": Location(kind=kind, agency="contoh", unit="kppn-1", year=2025)
        for kind in (Kind.MANDIRI, Kind.TPI, Kind.TPN, Kind.SURVEI, Kind.CLEARANCE)
    },
    "units/2025/2025/2025/tpi.yaml": Location(kind=Kind.TPI, agency="2025", unit="2025", year=2025),
}


@pytest.mark.parametrize("path", KNOWN)
def test_exactly_the_paths_of_the_registry(path):
    """Each path has one role."""
    assert locate(path) == KNOWN[path]


def test_a_location_knows_its_unit():
    """The id joins agency and unit; an agency's file has the agency's."""
    assert locate("units/contoh/kppn-1/2025/tpi.yaml").unit_id == "contoh/kppn-1"
    assert locate("units/contoh/instansi.yaml").unit_id == "contoh"


IDS = {
    "a": True,
    "kppn-contoh-satu": True,
    "0": True,
    "a" * 63: True,
    "com": True,
    "com10": True,
    "": False,
    "a" * 64: False,
    "-a": False,
    "a-": False,
    "a--b": False,
    "A": False,
    "a_b": False,
    "a b": False,
    "a.b": False,
    "a\n": False,
    "é": False,
    "٢": False,
    "con": False,
    "nul": False,
    "com1": False,
    "lpt9": False,
    "..": False,
}


@pytest.mark.parametrize("text", IDS, ids=ascii)
def test_an_id_is_kebab_case_and_a_folder_on_every_system(text):
    """Also on Windows, where some names belong to devices."""
    assert is_id(text) == IDS[text]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2000", True),
        ("2099", True),
        ("1999", False),
        ("2100", False),
        ("٢٠٢٥", False),
        ("2025\n", False),
        ("25", False),
    ],
)
def test_a_year_is_of_this_century(text, year):
    """2000 to 2099, in ASCII digits."""
    assert is_year(text) == year


HINTS = {
    # path -> where the finding points, its code, and what its hint says
    "units/contoh/a/2025/Mandiri.yaml": ("", "berkas-tidak-dikenal", "menjadi mandiri.yaml"),
    "units/contoh/a/2025/mandiri.yml": ("", "berkas-tidak-dikenal", "menjadi mandiri.yaml"),
    "units/contoh/a/2025/mandirii.yaml": ("", "berkas-tidak-dikenal", "Maksudnya mandiri.yaml?"),
    "units/contoh/a/mandiri.yaml": ("", "berkas-tidak-dikenal", "ke folder tahun"),
    "units/contoh/a/2025/unit.yaml": ("", "berkas-tidak-dikenal", "ke folder unit"),
    "units/contoh/unit.yaml": ("", "berkas-tidak-dikenal", "ke folder unit"),
    "units/contoh/a/README.md": ("", "berkas-tidak-dikenal", "pindahkan ke luar units/"),
    "units/contoh/a/2025/.gitkeep": ("", "berkas-tidak-dikenal", "pindahkan ke luar units/"),
    "units/README.md": ("", "berkas-tidak-dikenal", "pindahkan ke luar units/"),
    "units/contoh/a/2025/bukti/sk.pdf": ("units/contoh/a/2025/bukti", "berkas-tidak-dikenal", "cantumkan tautannya"),
    "units/contoh/a/bukti/sk.pdf": ("units/contoh/a/bukti", "folder-bukan-id", "misalnya 2025"),
    "units/Kementerian Contoh/instansi.yaml": ("units/Kementerian Contoh", "folder-bukan-id", "kementerian-contoh"),
    "units/contoh/Kantor É/unit.yaml": ("units/contoh/Kantor É", "folder-bukan-id", "misalnya kantor-e"),
    "units/contoh/日本/unit.yaml": ("units/contoh/日本", "folder-bukan-id", "misalnya kppn-contoh-satu"),
    "units/contoh/con/unit.yaml": ("units/contoh/con", "folder-bukan-id", "huruf kecil"),
    f"units/contoh/{'a' * 64}/unit.yaml": (f"units/contoh/{'a' * 64}", "folder-bukan-id", "huruf kecil"),
}


@pytest.mark.parametrize("path", HINTS, ids=ascii)
def test_an_unknown_path_says_what_was_perhaps_meant(path):
    """The first thing wrong is told, with the names there are."""
    assert locate(path) is None
    found = fault(path)
    where, code, words = HINTS[path]
    assert (found.path, found.code) == (where or path, code)
    assert words in found.hint


def test_twins_are_told_once_for_a_folder():
    """Not again for every file in it."""
    paths = ["units/a/b/unit.yaml", "units/A/b/unit.yaml", "units/A/b/predikat.yaml", "units/a/b/Unit.yaml"]
    assert [found.path for found in twins(paths)] == ["units/a", "units/a/b/unit.yaml"]


def test_the_same_name_in_two_folders_is_no_twin():
    """Two agencies may each have a unit of one name."""
    assert not list(twins(["units/a/kppn/unit.yaml", "units/b/kppn/unit.yaml"]))


parts = st.text(st.sampled_from("aZ09-_. \u0301é\u202e\n"), max_size=6) | st.sampled_from(
    ["units", "2025", "unit.yaml", "a"]
)


@settings(derandomize=True, deadline=None)
@given(st.lists(parts, min_size=1, max_size=8))
def test_every_path_is_known_or_has_a_finding_that_can_be_shown(names):
    """Whatever Git lets a tree hold."""
    path = "/".join(["units", *names])
    if locate(path) is None:
        found = fault(path)
        assert all(text.isprintable() for text in (found.path, found.message, found.hint))
