"""What is joined to a difference: findings that came and went, evidence that is used elsewhere, only what is needed."""

from datetime import date

import pytest

from generator.canonical import dump
from generator.judging.attention import Reason
from generator.judging.rules.dated import Use
from generator.reading.blobs import Tree, laid_over
from generator.reading.paths import locate
from generator.registry import load_catalogue
from generator.registry import reuse as searching
from generator.registry.differences import differences

CATALOGUE = load_catalogue()
INSTRUMENT = "permenpanrb-90-2021"
CODE = "A.I.1.i.b"
SATU = "units/contoh/satu"
BASE = {
    "units/contoh/instansi.yaml": {"nama": "Instansi Contoh"},
    f"{SATU}/unit.yaml": {"nama": "Kantor Satu"},
    "units/contoh/dua/unit.yaml": {"nama": "Kantor Dua"},
}


def sheet(year=2025, code=CODE, **answer):
    """Return a sheet with one answer."""
    return {"instrumen": INSTRUMENT, "tahun": year, "jawaban": {code: {"jawab": "A", **answer}}}


def document(name, **more):
    """Return a piece of evidence."""
    return {"judul": name, "tautan": f"https://arsip.contoh.example/{name}", **more}


class Watched:
    """A tree of files in memory that knows which were read."""

    def __init__(self, files):
        empty = Tree(entries=(), findings=(), content=lambda entry: (entry, b""))
        written = {
            path: content.encode() if isinstance(content, str) else dump(locate(path).kind, content)
            for path, content in files.items()
        }
        tree = laid_over(empty, written)
        self.read = set()
        self.tree = Tree(entries=tree.entries, findings=(), content=self.content)
        self._tree = tree

    def content(self, entry):
        """Return the entry's bytes, and remember it."""
        self.read.add(entry.path)
        return self._tree.content(entry)


def compared(before, after, today=date(2026, 11, 25)):
    """Return what is different by unit."""
    return {one.unit: one for one in differences(Watched(before).tree, Watched(after).tree, CATALOGUE, today)}


def codes(found):
    """Return what came and what went."""
    return [one.code for one in found.findings.new], [one.code for one in found.findings.solved]


def test_only_units_that_differ_are_read():
    """And of those only the years it is about; all, where the predicates they hold change what a score means."""
    years = {f"{SATU}/{year}/mandiri.yaml": sheet(year) for year in (2023, 2024)}
    files = BASE | years | {"units/contoh/dua/2024/mandiri.yaml": sheet(2024)}
    for changed, read in (
        ({f"{SATU}/2024/mandiri.yaml": sheet(2024, penjelasan="x")}, {f"{SATU}/2024/mandiri.yaml"}),
        ({f"{SATU}/predikat.yaml": {"peristiwa": []}}, {f"{SATU}/predikat.yaml", *years}),
    ):
        trees = Watched(files), Watched(files | changed)
        assert [one.unit for one in differences(*(one.tree for one in trees), CATALOGUE, date(2026, 1, 1))] == [
            "contoh/satu"
        ]
        sheets = {path for path in trees[1].read if not path.endswith("/unit.yaml")}
        assert sheets == read


def test_new_evidence_is_looked_for_in_every_sheet_and_only_then():
    """Without evidence that came in, no sheet of another unit is opened."""
    other = "units/contoh/dua/2024/mandiri.yaml"
    before = BASE | {f"{SATU}/2025/mandiri.yaml": sheet(), other: sheet(2024, bukti=[document("sk")])}
    for bukti, uses in (([], ()), ([document("sk")], (Use("contoh/dua", "2024", CODE),)), ([document("lain")], ())):
        after = Watched(
            before | {f"{SATU}/2025/mandiri.yaml": sheet(penjelasan="x", **({"bukti": bukti} if bukti else {}))}
        )
        (found,) = differences(Watched(before).tree, after.tree, CATALOGUE, date(2026, 1, 1))
        assert (other in after.read) is bool(bukti)
        assert tuple(use for one in found.attention if one.reason is Reason.REUSED for use in one.uses) == uses


def test_a_fingerprint_betrays_a_document_under_another_address():
    """Also within one unit: another year, another question."""
    before = BASE | {f"{SATU}/2024/mandiri.yaml": sheet(2024, bukti=[document("a", sha256="ab" * 32)])}
    after = before | {f"{SATU}/2025/mandiri.yaml": sheet(bukti=[document("b", sha256="ab" * 32)])}
    (one,) = compared(before, after)["contoh/satu"].attention
    assert (one.reason, one.title, one.uses) == (Reason.REUSED, "b", (Use("contoh/satu", "2024", CODE),))


def test_a_sheet_that_cannot_be_read_is_no_use():
    """It may name the link all the same."""
    before = BASE | {"units/contoh/dua/2024/mandiri.yaml": "jawaban: [https://arsip.contoh.example/sk\n"}
    after = before | {f"{SATU}/2025/mandiri.yaml": sheet(bukti=[document("sk")])}
    assert compared(before, after)["contoh/satu"].attention == ()


def test_a_registry_too_large_to_search_says_so(monkeypatch):
    """Units of the same agency come first: there it is most likely."""
    monkeypatch.setattr(searching, "_MOST_BYTES", 900)
    near, far = "units/contoh/dua/2024/mandiri.yaml", "units/awal/tiga/2024/mandiri.yaml"
    before = BASE | {path: sheet(2024, bukti=[document("sk")]) for path in (near, far)}
    after = before | {f"{SATU}/2025/mandiri.yaml": sheet(bukti=[document("sk")], penjelasan="x" * 500)}
    found = compared(before, after)["contoh/satu"]
    assert not found.searched_all
    assert [one.uses for one in found.attention] == [(Use("contoh/dua", "2024", CODE),)]
    monkeypatch.setattr(searching, "_MOST_BYTES", 10_000)
    found = compared(before, after)["contoh/satu"]
    assert found.searched_all
    assert [one.uses for one in found.attention] == [(Use("awal/tiga", "2024", CODE), Use("contoh/dua", "2024", CODE))]


def test_a_missing_file_is_a_finding_of_the_unit_that_lost_it():
    """An agency without instansi.yaml, a unit without unit.yaml."""
    files = BASE | {f"{SATU}/2025/mandiri.yaml": sheet()}
    for path, unit, code in (
        ("units/contoh/instansi.yaml", "contoh", "tanpa-instansi-yaml"),
        (f"{SATU}/unit.yaml", "contoh/satu", "tanpa-unit-yaml"),
    ):
        without = {name: content for name, content in files.items() if name != path}
        assert codes(compared(files, without)[unit]) == ([code], [])
        assert codes(compared(without, files)[unit]) == ([], [code])


def test_an_old_id_is_held_against_all_units():
    """The unit it names stands elsewhere in the registry."""
    found = compared(BASE, BASE | {f"{SATU}/unit.yaml": {"nama": "Kantor Satu", "asal": "contoh/dua"}})
    assert codes(found["contoh/satu"]) == (["asal-masih-ada"], [])


def test_a_move_taken_back_is_a_move():
    """The unit.yaml that is gone says from where it came: there the unit is again, and no answer is another."""
    moved = {
        path.replace("/satu/", "/baru/"): said for path, said in (BASE | {f"{SATU}/2025/mandiri.yaml": sheet()}).items()
    }
    moved["units/contoh/baru/unit.yaml"] = {"nama": "Kantor Satu", "asal": "contoh/satu"}
    found = compared(moved, BASE | {f"{SATU}/2025/mandiri.yaml": sheet()})
    assert list(found) == ["contoh/satu"]
    assert found["contoh/satu"].old_id == "contoh/baru"
    assert {one.kind.value for one in found["contoh/satu"].changes} == {"unit-pindah"}


def test_what_stays_wrong_is_only_counted():
    """In the folders that are touched: other years are none of this proposal's."""
    wrong = {f"{SATU}/2025/mandiri.yaml": sheet(jawab="Z"), f"{SATU}/2024/mandiri.yaml": sheet(2024, jawab="Z")}
    survey = {"id": "s", "jenis": "IPAK", "indeks": "3.5", "penyelenggara": "unit", "responden": 9}
    found = compared(BASE | wrong, BASE | wrong | {f"{SATU}/2025/survei.yaml": {"survei": [survey]}})["contoh/satu"]
    assert (codes(found), found.findings.standing) == (([], []), 1)


def test_the_same_fault_under_another_id_is_the_same():
    """Its path is another, since its unit moved."""
    wrong = {f"{SATU}/2025/mandiri.yaml": sheet(jawab="Z")}
    after = {path.replace("contoh/satu", "contoh/baru"): content for path, content in (BASE | wrong).items()}
    after["units/contoh/baru/unit.yaml"] = {"nama": "Kantor Satu", "asal": "contoh/satu"}
    found = compared(BASE | wrong, after)["contoh/baru"]
    assert (codes(found), found.old_id, found.name) == (([], []), "contoh/satu", "Kantor Satu")


@pytest.mark.parametrize(("today", "came"), [(date(2025, 6, 1), []), (date(2026, 6, 1), ["bukti-kedaluwarsa"])])
def test_what_the_day_makes_wrong_is_new_when_it_comes_in(today, came):
    """It is judged as of the same day on both sides."""
    after = BASE | {f"{SATU}/2025/mandiri.yaml": sheet(bukti=[document("a", berlaku_sampai="2025-12-31")])}
    assert codes(compared(BASE, after, today)["contoh/satu"]) == (came, [])


def test_the_gravest_come_first():
    """Errors, warnings, notes; in each by place."""
    counts = {"isian": {"agen-perubahan": 0, "perubahan-dibuat": 0}}
    both = {"A.II.1.i.a": counts, "A.I.1.i.b": {"jawab": "Z"}}
    after = BASE | {f"{SATU}/2025/mandiri.yaml": {"instrumen": INSTRUMENT, "tahun": 2025, "jawaban": both}}
    assert codes(compared(BASE, after)["contoh/satu"])[0] == ["jawaban-di-luar-skala", "penyebut-nol"]
