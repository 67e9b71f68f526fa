"""How fresh evidence is, from the files: only the day written on it counts."""

import shutil
from datetime import date

import pytest

from generator import registry
from generator.judging.freshness import of_unit
from generator.model.alive import FreshnessState
from generator.model.failure import Failure
from generator.program_files import SCHEMA
from generator.reading.blobs import open_tree

TODAY = date(2026, 11, 25)
FILE = "units/contoh/kppn-satu/2026/mandiri.yaml"
SHEET = """\
tahun: 2026
instrumen: permenpanrb-90-2021
jawaban:
  A.I.1.i.a:
    jawab: Ya
    penjelasan: Tim dibentuk awal tahun.
    bukti:
      - judul: SK Tim ZI
        tautan: https://contoh.example/sk.pdf
        tanggal: 2024-01-05
      - judul: Notula
        tanggal: 2026-03-01
        berlaku_sampai: 2026-06-30
  A.I.6.i.b:
    jawab: A
    bukti:
      - judul: Maklumat
        tanggal: 2024-02-01
"""
COSMETIC = """\
# Diperbaiki ejaannya
instrumen: 'permenpanrb-90-2021'
jawaban:
  A.I.6.i.b:
    bukti: [{tanggal: "2024-02-01", judul: "Maklumat pelayanan"}]
    jawab: "A"
  A.I.1.i.a:
    bukti:
      - tanggal: 2024-01-05   # tidak berubah
        judul: Surat Keputusan Tim ZI
        tautan: https://contoh.example/arsip/sk.pdf
      - {berlaku_sampai: 2026-06-30, tanggal: 2026-03-01, judul: Notulen}
    jawab: Ya
    penjelasan: Tim dibentuk pada awal tahun.
tahun: 2026
"""


@pytest.fixture
def told(tmp_path):
    """The function that tells how fresh a unit's evidence is when its sheet reads like this."""

    def of(sheet):
        for path, text in {
            "units/contoh/instansi.yaml": "nama: Instansi Contoh\n",
            "units/contoh/kppn-satu/unit.yaml": "nama: KPPN Contoh Satu\n",
            FILE: sheet,
        }.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
        catalogue = registry.load_catalogue()
        with open_tree(tmp_path) as tree:
            (record,) = registry.records(tree, catalogue, TODAY)
        return of_unit(catalogue.freshness, record.assessments, TODAY)

    return of


def test_a_cosmetic_change_alters_nothing(told):
    """Spelling, order of keys, quotes, comments, titles and links: as fresh as before."""
    before, after = told(SHEET), told(COSMETIC)
    # yearly: January 2024 is stale, the note's validity ended; laid down once: fresh for 36 months from February 2024
    assert before.states == {
        "A.I.1.i.a": (FreshnessState.BASI, FreshnessState.HABIS),
        "A.I.6.i.b": (FreshnessState.SEGAR,),
    }
    assert (after.states, after.whole, after.parts) == (before.states, before.whole, before.parts)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("segar_bulan: 36", "segar_bulan: 0", "jenis sekali: segar_bulan harus bilangan bulat 1 sampai 1200"),
        ("- A.I.6.i.b ", "- A.I.6.i.z ", "A.I.6.i.z bukan pertanyaan instrumen itu"),
        ("  permenpanrb-90-2021:", "  instrumen-lain:", "pertanyaan instrumen-lain: .* bukan pertanyaan"),
    ],
)
def test_a_rule_file_that_does_not_fit_is_named(tmp_path, old, new, message):
    """The path of the file, and in words what is wrong in it."""
    shutil.copytree(SCHEMA, tmp_path / "schema")
    file = tmp_path / "schema" / "aturan" / "kesegaran.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    catalogue = registry.load_catalogue(tmp_path / "schema")
    with pytest.raises(Failure, match=rf"schema/aturan/kesegaran\.yaml: .*{message}"):
        _ = catalogue.freshness
