"""Rules and verdicts as the registry joins them from files."""

import shutil
from datetime import date

import pytest

from generator import registry
from generator.model.failure import Failure
from generator.program_files import SCHEMA
from generator.reading.blobs import open_tree

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("bobot: 30", "bobot: 29", "isyarat: jumlah bobot 99, seharusnya 100"),
        ('hidup: "0.70"', "hidup: 1", "batas.hidup harus berupa teks desimal"),
        ("tindak_lanjut:\n", "komit:\n", "isyarat harus berisi bukti, pernyataan, pemantauan, tindak_lanjut, survei"),
    ],
)
def test_a_rule_file_that_does_not_fit_is_named(tmp_path, old, new, message):
    """The path of the file, and in words what is wrong in it."""
    shutil.copytree(SCHEMA, tmp_path / "schema")
    file = tmp_path / "schema" / "aturan" / "kehidupan.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    catalogue = registry.load_catalogue(tmp_path / "schema")
    with pytest.raises(Failure, match=rf"schema/aturan/kehidupan\.yaml: .*{message}"):
        _ = catalogue.life


def test_only_who_asks_has_verdicts(repository):
    """A list of what is due, or a score, does not pay for them; a unit without a predicate has none either way."""
    award = {"jenis": "ditetapkan", "predikat": "WBK", "tanggal": "2025-01-10", "nomor": "KEP-1", "sumber": "Arsip"}
    repository.commit(
        {
            "units/contoh/instansi.yaml": {"nama": "Instansi Contoh"},
            "units/contoh/berpredikat/unit.yaml": {"nama": "KPPN"},
            "units/contoh/berpredikat/predikat.yaml": {"peristiwa": [award]},
            "units/contoh/tanpa/unit.yaml": {"nama": "KPPN"},
        }
    )
    catalogue = registry.load_catalogue()
    with open_tree(repository.root) as tree:
        plain = {one.unit.id: one.life for one in registry.records(tree, catalogue, DAY)}
        asked = {one.unit.id: one.life for one in registry.records(tree, catalogue, DAY, life=True)}
    assert plain == {"contoh/berpredikat": None, "contoh/tanpa": None}
    assert asked["contoh/tanpa"] is None
    assert (asked["contoh/berpredikat"].verdict, asked["contoh/berpredikat"].as_of) == ("belum-cukup-data", DAY)
