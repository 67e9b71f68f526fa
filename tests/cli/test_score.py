"""`zi score`: figures for a person at a terminal, exact decimals for programs."""

import json
import os
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from generator.program_files import SCHEMA

CASES = {path.stem: path for path in sorted((Path(__file__).parents[1] / "cases" / "score").glob("*.yaml"))}
INSTRUMENT = "permenpanrb-90-2021"
DATA = yaml.safe_load((SCHEMA / "instrumen" / f"{INSTRUMENT}.yaml").read_text(encoding="utf-8"))


def zi(*arguments, root):
    """Run the command line as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "generator", "score", *arguments, "--root", str(root)],
        env=os.environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def write(root, path, data):
    """Write a file of the registry."""
    file = root / "units" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def questions(parts):
    """Every question of the instrument's data."""
    for part in parts:
        if "isi" in part:
            yield from questions(part["isi"])
        else:
            yield part


def base(name):
    """A case's base as answers: every question answered at its best ("terbaik"), its worst ("terendah"), or none."""
    if name == "kosong":
        return {}
    best = name == "terbaik"
    return {question["kode"]: extreme(question, best=best) for question in questions(DATA["isi"])}


def extreme(question, *, best):
    """The answer worth 1 (`best`) or 0."""
    if "survei" in question:
        return {"survei": f"{'atas' if best else 'bawah'}-{question['survei'].lower()}"}
    if "rumus" not in question:
        return {"jawab": list(DATA["skala"][question["skala"]])[0 if best else -1]}
    formula = question["rumus"]
    counts = {count["id"]: 0 for count in question["isian"]}
    if formula["jenis"] == "penurunan":
        counts.update({formula["sebelum"]: 5, formula["sesudah"]: 0 if best else 5})
    else:
        whole = formula["penyebut"] if isinstance(formula["penyebut"], str) else formula["penyebut"][0]
        counts.update({whole: 5, formula["pembilang"]: 5 if best else 0})
    return {"isian": counts}


def write_sheet(root, unit, tier="mandiri", *, start="terbaik", changes=(), year=2025, instrument=INSTRUMENT):
    """Write one tier's sheet of a unit that has what a unit needs, and the surveys the bases name."""
    answers = base(start) | dict(changes)
    kept = {code: answer for code, answer in answers.items() if answer is not None}
    write(root, f"{unit.split('/')[0]}/instansi.yaml", {"nama": "Instansi Contoh"})
    write(root, f"{unit}/unit.yaml", {"nama": "KPPN Contoh Satu"})
    write(root, f"{unit}/{year}/{tier}.yaml", {"instrumen": instrument, "tahun": year, "jawaban": kept})
    write_surveys(root, unit, year=year)


def write_surveys(root, unit, rows=(), *, year=2025):
    """Write the surveys of the rows, after those the bases name."""
    ends = (("atas", "IPAK", "4"), ("atas", "IPKP", "4"), ("bawah", "IPAK", "0"), ("bawah", "IPKP", "0"))
    named = [{"id": f"{end}-{kind.lower()}", "jenis": kind, "indeks": index} for end, kind, index in ends]
    surveys = [{"penyelenggara": "lembaga", "responden": 100} | row for row in (*named, *rows)]
    write(root, f"{unit}/{year}/survei.yaml", {"survei": surveys})


def write_case(root, unit, case):
    """Write a hand-worked case of scoring as the files of a unit."""
    write_sheet(root, unit, start=case["dasar"], changes=case.get("jawaban", {}))
    write_surveys(root, unit, case.get("survei", ()))
    if "clearance" in case:
        statuses = {body: {"status": status} for body, status in case["clearance"].items()}
        write(root, f"{unit}/2025/clearance.yaml", statuses)
    if "peristiwa" in case:
        events = [dict(zip(("jenis", "predikat", "tanggal"), map(str, row), strict=True)) for row in case["peristiwa"]]
        write(root, f"{unit}/predikat.yaml", {"peristiwa": events})


def ten_digits(text):
    """A fraction as ten digits after the point, rounded half up, by the decimal module."""
    value = Fraction(text)
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return f"{exact.quantize(Decimal('1e-10'), rounding=ROUND_HALF_UP):f}"


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """The JSON of a registry in which every hand-worked case is a unit."""
    root = tmp_path_factory.mktemp("kasus")
    for name, path in CASES.items():
        write_case(root, f"contoh/{name}", yaml.safe_load(path.read_text(encoding="utf-8")))
    done = zi("--json", root=root)
    units = {unit["id"].partition("/")[2]: unit for unit in json.loads(done.stdout)["unit"]}
    assert list(units) == sorted(CASES)
    return units


@pytest.mark.parametrize("name", CASES)
def test_files_score_as_their_case_works_out(cases, name) -> None:
    """From YAML on disk to JSON: nodes with ten digits, the unanswered, verdicts and conditions."""
    wanted = yaml.safe_load(CASES[name].read_text(encoding="utf-8"))["harap"]
    (year,) = cases[name]["tahun"]
    tier = year["tingkat"]["mandiri"]
    given = {"total": tier["total"], **tier["nilai"]}
    assert {code: given[code] for code in wanted["nilai"]} == {
        code: ten_digits(value) for code, value in wanted["nilai"].items()
    }
    assert "belum" not in wanted or tier["belum_dijawab"] == wanted["belum"]
    for predicate, met in wanted.get("putusan", {}).items():
        assert tier["syarat"][predicate]["terpenuhi"] is met
    for predicate, conditions in wanted.get("syarat", {}).items():
        found = {row["kode"]: row["terpenuhi"] for row in tier["syarat"][predicate]["rincian"]}
        assert {code: found[code] for code in conditions} == conditions


def test_the_json_has_the_promised_shape(cases) -> None:
    """Every weighted node, the conditions in order with value, limit and reason, and who decides."""
    (year,) = cases["semua-terbaik"]["tahun"]
    assert (year["tahun"], year["instrumen"]) == (2025, INSTRUMENT)
    assert year["penentu"] == {"tingkat": "mandiri", "prakiraan": True}
    tier = year["tingkat"]["mandiri"]
    assert len(tier["nilai"]) == 63
    assert tier["nilai"]["A.I.1.i"] == "0.5000000000"
    wbbm = {row["kode"]: row for row in tier["syarat"]["WBBM"]["rincian"]}
    assert wbbm["total"] == {
        "kode": "total",
        "nama": "Nilai total",
        "nilai": "100.0000000000",
        "batas": "85",
        "terpenuhi": True,
        "alasan": "100,00 lebih 15,00 dari batas 85,00",
    }
    assert (wbbm["area-1"]["nilai"], wbbm["predikat-sebelumnya"]["nilai"]) == ("100.0000000000", "WBK")


@pytest.fixture
def registry(tmp_path):
    """Two units: one with three tiers in 2025 and its own sheet in 2024, one without any year."""
    unit = "contoh/kppn-satu"
    write_sheet(tmp_path, unit, year=2024)
    write_sheet(tmp_path, unit)
    write_sheet(tmp_path, unit, "tpi", changes={"A.I.1.iii.a": {"jawab": "B"}, "B.I.b": {"jawab": "belum"}})
    write_sheet(tmp_path, unit, "tpn", start="kosong")
    write(tmp_path, "contoh/kppn-dua/unit.yaml", {"nama": "KPPN Contoh Dua"})
    return tmp_path


def test_without_a_unit_each_year_is_a_line(registry) -> None:
    """Totals side by side, the verdicts of the deciding tier, how much is unanswered, and whose word it is.

    TPI: 100 − 0,33 / 3 (A.I.1.iii) − 5 (B.I.b) = 94,89.
    """
    done = zi(root=registry)
    assert done.stdout.splitlines() == [
        "  Tahun  Mandiri      TPI      TPN   WBK    WBBM   Belum dijawab  Menurut",
        "contoh/kppn-dua",
        "  belum ada penilaian",
        "contoh/kppn-satu",
        "   2024   100,00        –        –   ?      tidak  0              Mandiri (prakiraan)",
        "   2025   100,00    94,89     0,00   ?      ?      1              TPI (prakiraan)",
        "",
        "Rincian: zi score UNIT [TAHUN]. Tanda ? berarti belum pasti.",
    ]
    assert (done.returncode, done.stderr) == (0, "")


def test_a_unit_s_year_is_shown_in_full(registry) -> None:
    """Tiers side by side, conditions with reasons by the deciding tier, the unanswered in short; 80 columns."""
    done = zi("contoh/kppn-satu", "2025", root=registry)
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[:2] == [
        "contoh/kppn-satu, tahun 2025 (permenpanrb-90-2021)",
        "Yang menentukan: TPI, sebagai prakiraan sampai TPN menilai.",
    ]
    for line in (
        "                                               Bobot  Mandiri      TPI      TPN",
        "  A.I.1  Manajemen Perubahan                    4,00     4,00     3,89     0,00",
        "         Total                                         100,00    94,89     0,00",
        "         Belum dijawab                                      0        1      113",
        "         Syarat WBK terpenuhi                               ?        ?        ?",
        "Syarat WBK menurut TPI: belum pasti",
        "  terpenuhi    Nilai total: 94,89 lebih 19,89 dari batas 75,00; 1 pertanyaan",
        "               belum dijawab",
        "Belum dijawab, TPI: B.I.b.",
    ):
        assert line in lines
    assert "tahun 2024" not in done.stdout
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["contoh/kppn-satu", "units/contoh/kppn-satu/", "./units/contoh/kppn-satu"])
def test_a_unit_may_be_named_by_its_folder(registry, name) -> None:
    """As a shell completes it."""
    done = zi(name, "--json", root=registry)
    (unit,) = json.loads(done.stdout)["unit"]
    assert (unit["id"], [year["tahun"] for year in unit["tahun"]]) == ("contoh/kppn-satu", [2024, 2025])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["contoh/kppn-satuu"], 'Unit "contoh/kppn-satuu" tidak ada. Barangkali maksudnya contoh/kppn-satu'),
        (["kppn-dua"], 'Unit "kppn-dua" tidak ada. Barangkali maksudnya contoh/kppn-dua?'),
        (["xyz"], 'Unit "xyz" tidak ada. Unit yang ada: contoh/kppn-dua, contoh/kppn-satu.'),
        (["contoh/kppn-satu", "2026"], 'Tahun "2026" tidak ada pada contoh/kppn-satu. Tahun yang ada: 2024, 2025.'),
        (["contoh/kppn-satu", "02025"], 'Tahun "02025" tidak ada'),
        (["contoh/kppn-dua", "2025"], "Unit ini belum mempunyai tahun penilaian."),
    ],
)
def test_a_name_that_is_none_is_wrong_use(registry, arguments, said) -> None:
    """Exit 2 with the nearest names, nothing on stdout."""
    done = zi(*arguments, root=registry)
    assert said in done.stderr
    assert (done.returncode, done.stdout) == (2, "")


def test_a_sheet_that_cannot_be_read_is_said_and_the_rest_is_scored(registry) -> None:
    """Exit 1 and the finding with its line on stderr; the other tiers' numbers still come."""
    broken = registry / "units/contoh/kppn-satu/2025/tpi.yaml"
    broken.write_text(broken.read_text(encoding="utf-8") + "tahun: 2025\n", encoding="utf-8")
    done = zi("contoh/kppn-satu", "--json", root=registry)
    assert done.returncode == 1
    assert "units/contoh/kppn-satu/2025/tpi.yaml:" in done.stderr
    years = json.loads(done.stdout)["unit"][0]["tahun"]
    assert [list(year["tingkat"]) for year in years] == [["mandiri"], ["mandiri", "tpn"]]
    assert zi("contoh/kppn-satu", "2024", root=registry).returncode == 0
    assert zi("contoh/kppn-dua", root=registry).returncode == 0


def test_a_sheet_of_another_instrument_is_said_and_not_scored(registry) -> None:
    """Neither under the year's instrument nor under none: its answers are to other questions."""
    write_sheet(registry, "contoh/kppn-satu", "tpi", instrument="permenpanrb-1-2099")
    write_sheet(registry, "contoh/kppn-dua", instrument="permenpanrb-1-2099")
    done = zi("--json", root=registry)
    assert done.returncode == 1
    assert "kppn-satu/2025/tpi.yaml: kesalahan instrumen-tidak-cocok" in done.stderr
    assert "kppn-dua/2025/mandiri.yaml: kesalahan instrumen-tidak-dikenal" in done.stderr
    two, one = json.loads(done.stdout)["unit"]
    assert two["tahun"] == []
    assert list(one["tahun"][1]["tingkat"]) == ["mandiri", "tpn"]


def test_a_registry_without_units_scores_nothing(tmp_path) -> None:
    """An empty list is still JSON."""
    (tmp_path / "units").mkdir()
    assert json.loads(zi("--json", root=tmp_path).stdout) == {"unit": []}
    assert zi(root=tmp_path).stdout == "Belum ada unit di folder units/.\n"


def test_a_revision_is_scored_as_it_was(registry) -> None:
    """--rev reads Git's objects: what was changed since does not count."""
    git = ["git", "-c", "user.name=Contoh", "-c", "user.email=contoh@example.org", "-C", str(registry)]
    dates = {"GIT_AUTHOR_DATE": "2025-01-01T00:00:00Z", "GIT_COMMITTER_DATE": "2025-01-01T00:00:00Z"}
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "Awal"]):
        subprocess.run([*git, *arguments], check=True, env={**os.environ, **dates})
    write_sheet(registry, "contoh/kppn-satu", start="terendah", year=2024)
    totals = [
        json.loads(zi("contoh/kppn-satu", "2024", "--json", *rev, root=registry).stdout)["unit"][0]["tahun"][0]
        for rev in (["--rev", "HEAD"], [])
    ]
    assert [year["tingkat"]["mandiri"]["total"] for year in totals] == ["100.0000000000", "0.0000000000"]
