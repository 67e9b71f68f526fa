"""Every finding tells an operator how to mend it: a sentence that begins with what to do.

The findings are those of every faulty file under tests/cases, and those the program's own source words.
"""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from generator import registry
from generator.judging.rules.codes import Code
from generator.model.document import Kind
from generator.program_files import PROGRAM
from generator.reading.blobs import open_tree

CASES = Path(__file__).parent / "cases"
TODAY = date(2026, 6, 30)
UNIT = "units/contoh/unit-a"
PLACES = {
    Kind.INSTANSI: "units/contoh/instansi.yaml",
    **{kind: f"{UNIT}/{kind}.yaml" for kind in (Kind.UNIT, Kind.PREDIKAT, Kind.PEMANTAUAN, Kind.TANGGAPAN, Kind.KASUS)},
    **{kind: f"{UNIT}/2025/{kind}.yaml" for kind in (Kind.MANDIRI, Kind.TPI, Kind.TPN, Kind.SURVEI, Kind.CLEARANCE)},
}
DOING = {
    "Awali Bandingkan Beri Betulkan Boleh Buat Ganti Hapus Isi Jawab Ketik Lihat Maksudnya Mulai Nilai Namai Pakai",
    "Periksa Pilih Pindahkan Ratakan Ringkas Salin Samakan Simpan Sisakan Taruh Tambahkan Tulis Tutup Urutkan",
    "Baca Cabut Cantumkan Jangan Keluarkan Kosongkan Minta Pisahkan Satukan",
    "Bila Satu",  # "Bila belum dijawab tulis …", "Satu tahun dinilai dengan satu instrumen; samakan …"
}
"""How a remedy begins."""


def faulty(folder):
    """Yield the root of every faulty registry: the cases of many files as they lie there, the others made here."""
    yield from sorted(path.parent for path in (CASES / "invalid").glob("*/*/harapan.txt"))
    for case in sorted(path for group in ("hostile", "schema", "syntax") for path in (CASES / group).glob("*.yaml")):
        kind = case.stem.rpartition(".")[2]
        place = PLACES[Kind(kind) if kind in set(Kind) else Kind.UNIT]
        root = folder / case.parent.name / case.stem
        sound = {PLACES[Kind.INSTANSI]: b"nama: Instansi Contoh\n", PLACES[Kind.UNIT]: b"nama: Unit Contoh\n"}
        for path, raw in {**sound, place: case.read_bytes()}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(raw)
        yield root


@pytest.fixture(scope="module")
def findings(tmp_path_factory):
    """What is found in all of them."""
    catalogue, gathered = registry.load_catalogue(), set()
    for root in faulty(tmp_path_factory.mktemp("kasus")):
        with open_tree(root) as tree:
            gathered.update(registry.check(tree, catalogue, TODAY).findings)
    return sorted(gathered)


def test_every_remedy_begins_with_what_to_do(findings):
    """An operator reads what is wrong, then what to do; both are whole printable sentences."""
    doing = {word for line in DOING for word in line.split()}
    assert len(findings) > 150
    for finding in findings:
        assert re.match(r"[A-Z]\w*", finding.hint), finding
        assert finding.hint.split()[0].strip(",") in doing, finding.hint
        assert finding.hint.endswith((".", "…", "?")), finding.hint
        assert finding.hint != finding.message
        assert (finding.message + finding.hint).isprintable()


def test_the_cases_have_a_finding_of_every_rule(findings):
    """So that no remedy of a rule goes unread."""
    assert set(Code) - {finding.code for finding in findings} == set()


def openings(node):
    """Yield how the texts of an expression begin, as far as the source says it."""
    if isinstance(node, ast.IfExp):
        yield from openings(node.body)
        yield from openings(node.orelse)
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        yield node.values[0].value
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def remedies():
    """Yield place and opening of the last sentence of every call in the program that makes a finding."""
    makers = {"Finding", "fault", "finding", "_fault", "_finding", "_add"}
    for path in sorted((PROGRAM / "generator").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in makers:
                named = [one.value for one in node.keywords if one.arg == "hint"]
                for last in (named or node.args)[-1:]:
                    yield from ((f"{path.name}:{node.lineno}", text) for text in openings(last))


def test_every_remedy_in_the_program_begins_with_what_to_do():
    """Also those of proposals and forms, which no case above brings about."""
    doing = {word for line in DOING for word in line.split()}
    found = list(remedies())
    assert len(found) > 60
    assert [(place, text) for place, text in found if text.split()[0].strip(",") not in doing] == []
