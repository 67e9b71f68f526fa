"""What another rule file would change, on units made by hand; and what is wrong with one, by line."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from generator.program_files import SCHEMA
from generator.reading.blobs import open_tree
from generator.registry import load_catalogue, records
from generator.registry.preview import Unsound, preview, replacement

CASES = sorted((Path(__file__).parents[1] / "cases" / "aturan").glob("*.yaml"))
CYCLE, AGES, LIFE = (SCHEMA / "aturan" / f"{name}.yaml" for name in ("pemantauan", "kesegaran", "kehidupan"))
SHEET = SCHEMA / "instrumen" / "permenpanrb-90-2021.yaml"
TODAY = date(2026, 10, 31)

# Two units on 31 October 2026. "satu" holds WBK since 10 December 2024 and was never monitored: due 10 December 2026,
# 40 days left, so "segera" (at most 90). "dua" holds nothing. Both answered A.I.1.i.a (Ya) and A.I.1.i.b (B, 0.5) in
# 2026, with one piece of evidence of 1 June 2025 at the first, a yearly question: fresh until 1 June 2026, now ageing.
UNITS = {
    "contoh/instansi.yaml": "nama: Instansi Contoh\n",
    "contoh/satu/unit.yaml": "nama: Unit Contoh Satu\n",
    "contoh/satu/predikat.yaml": "peristiwa:\n- {jenis: ditetapkan, predikat: WBK, tanggal: 2024-12-10}\n",
    "contoh/dua/unit.yaml": "nama: Unit Contoh Dua\n",
}
ANSWERS = """\
instrumen: permenpanrb-90-2021
tahun: 2026
jawaban:
  A.I.1.i.a:
    jawab: Ya
    bukti:
    - {judul: SK Tim, tanggal: 2025-06-01, tautan: https://contoh.example/sk}
  A.I.1.i.b: {jawab: B}
"""


@pytest.fixture
def root(tmp_path):
    """A registry with the two units."""
    for path, text in {**UNITS, **{f"contoh/{name}/2026/mandiri.yaml": ANSWERS for name in ("satu", "dua")}}.items():
        place = tmp_path / "units" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return tmp_path


def changed(root, text, name="baru.yaml"):
    """Return what would change: (unit, what) -> (now, then)."""
    with open_tree(root) as tree:
        found = list(preview(tree, [replacement(text.encode(), name)], TODAY))
    return {(unit.unit, one.label): (one.before, one.after) for unit in found for one in unit.changes}


def edited(path, *edits):
    """Return the text of a rule file with replacements, each of which must be there."""
    text = path.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("path", [CYCLE, AGES, LIFE, SHEET], ids=lambda path: path.stem)
def test_the_rules_in_force_change_nothing(root, path) -> None:
    """Nor does a cosmetic change of them: comments, order of lines, quotes."""
    assert changed(root, path.read_text(encoding="utf-8")) == {}
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert changed(root, "# lain\n" + yaml.safe_dump(data, allow_unicode=True, default_style=None)) == {}


def test_a_shorter_warning_moves_a_status(root) -> None:
    """30 days instead of 90: 40 days left are no longer "segera". The other unit has no status to move."""
    text = edited(CYCLE, ("segera_hari:\n  nilai: 90", "segera_hari:\n  nilai: 30"))
    assert changed(root, text) == {("contoh/satu", "status pemantauan"): ("segera", "terjadwal")}


def test_a_shorter_interval_moves_the_due_day_too(root) -> None:
    """12 months after 10 December 2024: due 10 December 2025, late on 31 October 2026."""
    text = edited(CYCLE, ("selang_bulan:\n  nilai: 24", "selang_bulan:\n  nilai: 12"))
    assert changed(root, text) == {
        ("contoh/satu", "status pemantauan"): ("segera", "terlambat"),
        ("contoh/satu", "jatuh tempo"): ("10 Desember 2026", "10 Desember 2025"),
    }


def test_longer_freshness_moves_evidence_and_the_verdict_s_value(root) -> None:
    """Yearly evidence fresh for 18 months: 1 June 2025 is fresh until 1 December 2026, in both units.

    The one signal weighs 30 of 100, less than the 50 a verdict needs: it stays "belum cukup data".
    """
    text = edited(AGES, ("segar_bulan: 12", "segar_bulan: 18"))
    assert changed(root, text) == {
        (f"contoh/{unit}", f"bukti {state} 2026"): told
        for unit in ("dua", "satu")
        for state, told in {"menua": ("1", "–"), "segar": ("–", "1")}.items()
    }


def test_a_lower_need_of_signals_makes_a_verdict(root) -> None:
    """With 30 points of weight enough, ageing evidence (1/2) alone decides: 0.50, between 0.40 and 0.70."""
    text = edited(LIFE, ("nilai: 50", "nilai: 30"))
    assert changed(root, text) == {
        ("contoh/satu", "kesimpulan"): ("belum cukup data", "melambat"),
        ("contoh/satu", "nilai kehidupan"): ("–", "0,50"),
    }


def test_another_scale_moves_scores(root) -> None:
    """B worth 0.4 on a-c: A.I.1.i (weight 0.5) is 0.5 x (1 + 0.4) / 2 = 0.35 instead of 0.5 x 1.5 / 2 = 0.375.

    The figures are shown in as many digits as tell them apart.
    """
    found = changed(root, edited(SHEET, ('{A: "1", B: "0.5", C: "0"}', '{A: "1", B: "0.4", C: "0"}')))
    assert found == {(f"contoh/{unit}", "nilai mandiri 2026"): ("0,38", "0,35") for unit in ("dua", "satu")}


def test_another_limit_moves_conditions(root) -> None:
    """A total of 0 is reached by everybody: met, where it could not be told while questions are open."""
    found = changed(root, edited(SHEET, ('WBK: "75"', 'WBK: "0"')))
    assert found == {
        (f"contoh/{unit}", "WBK menurut mandiri 2026, syarat Nilai total"): ("belum pasti", "terpenuhi")
        for unit in ("dua", "satu")
    }


def test_an_instrument_nobody_uses_changes_nothing(root) -> None:
    """It is new, and said to be."""
    text = edited(SHEET, ("id: permenpanrb-90-2021", "id: permenpanrb-5-2024"))
    assert replacement(text.encode(), "x.yaml").is_new
    assert changed(root, text) == {}


def test_nothing_of_the_program_changes(root) -> None:
    """The rules in force judge as before, in the same process."""

    def now():
        with open_tree(root) as tree:
            return list(records(tree, load_catalogue(), TODAY, life=True))[1].monitoring

    before, digest = now(), load_catalogue().digest
    changed(root, edited(CYCLE, ("selang_bulan:\n  nilai: 24", "selang_bulan:\n  nilai: 12")))
    assert (now(), load_catalogue().digest) == (before, digest)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_fault_is_told_where_it_stands(path) -> None:
    """A case marks its wrong lines with "# !": exactly those are told, each with a remedy."""
    raw = path.read_bytes()
    marked = [number for number, line in enumerate(raw.decode().splitlines(), start=1) if line.endswith("# !")]
    with pytest.raises(Unsound) as told:
        replacement(raw, path.name)
    assert sorted({finding.line for finding in told.value.findings}) == marked
    assert all(finding.message and finding.hint for finding in told.value.findings)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n",
        "x: 1\n",
        "a: &a [*a]\n",
        "jenis: 5\nbaku: 1\npertanyaan: 2\n",
        "isi: {}\nid: []\nskala: 1\njudul: 1\n",
    ],
)
def test_nonsense_is_refused(text) -> None:
    """Whatever it is, it is told and nothing else happens."""
    with pytest.raises(Unsound):
        replacement(text.encode(), "baru.yaml")


def test_a_number_without_end_is_refused() -> None:
    """A limit of 1e999999999 would keep a machine busy for ever."""
    with pytest.raises(Unsound) as told:
        replacement(edited(SHEET, ('WBK: "75"', 'WBK: "1e999999999"')).encode(), "baru.yaml")
    (finding,) = told.value.findings
    assert "harus berupa angka desimal" in finding.message
