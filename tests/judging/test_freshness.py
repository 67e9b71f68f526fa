from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from generator.judging import freshness
from generator.judging.freshness import build, hold_to, of_sheet
from generator.judging.instrument import build as build_instrument
from generator.model.alive import FreshnessState, Tally
from generator.model.declared import Answer, Evidence, Sheet, Tier, UnitYear
from generator.model.judged import Assessment
from generator.program_files import SCHEMA

CASES = Path(__file__).parents[1] / "cases" / "kesegaran"
DATA = yaml.safe_load((SCHEMA / "aturan" / "kesegaran.yaml").read_text(encoding="utf-8"))
RULES = build(DATA)
LKE = "permenpanrb-90-2021"
INSTRUMENT = build_instrument(yaml.safe_load((SCHEMA / "instrumen" / f"{LKE}.yaml").read_text(encoding="utf-8")))
S = FreshnessState


def moments() -> list:
    """Return every (scene, day, state) of the case files."""
    return [
        pytest.param(scene, day, state, id=f"{path.stem}@{day}")
        for path in sorted(CASES.glob("*.yaml"))
        for scene in [yaml.safe_load(path.read_text(encoding="utf-8"))]
        for day, state in scene["pada"].items()
    ]


@pytest.mark.parametrize(("scene", "day", "expected"), moments())
def test_evidence_is_as_fresh_as_its_scene_works_out(scene, day, expected) -> None:
    """On every day a scene names, evidence is in the state worked out in its comment."""
    evidence = Evidence(dated=scene["bukti"].get("tanggal"), valid_until=scene["bukti"].get("berlaku_sampai"))
    assert RULES.state(evidence, scene["pertanyaan"], LKE, day) == expected


def sheet(answers: dict[str, list[Evidence]], year: int = 2026) -> Sheet:
    """Return a unit's own sheet with the evidence of each question."""
    return Sheet(
        tier=Tier.MANDIRI,
        instrument=LKE,
        year=year,
        answers={code: Answer(choice="Ya", evidence=tuple(evidence)) for code, evidence in answers.items()},
    )


def year(number: int, sheets: dict[Tier, Sheet]) -> Assessment:
    """Return a year with its sheets; nobody scored it."""
    return Assessment(
        declared=UnitYear(year=number, sheets=sheets, surveys=(), clearances={}),
        instrument=INSTRUMENT,
        results={},
        deciding=None,
        forecast=True,
        gaps={},
    )


AS_OF = date(2026, 11, 25)
FRESH = Evidence(title="Segar", dated=date(2026, 11, 1))
AGEING = Evidence(title="Menua", dated=date(2025, 6, 1))
STALE = Evidence(title="Basi", dated=date(2023, 1, 1))
EXPIRED = Evidence(title="Habis", dated=date(2026, 1, 1), valid_until=date(2026, 11, 24))
UNDATED = Evidence(title="Tanpa tanggal")
COMING = Evidence(title="Belum ada", dated=date(2026, 11, 26))


def test_shares_are_told_per_area_and_in_all() -> None:
    """Stale or expired out of what is dated, exactly; an area of Pemenuhan and Reform together, and Hasil by itself."""
    found = of_sheet(
        RULES,
        INSTRUMENT,
        sheet(
            {
                "A.I.1.i.a": [FRESH, STALE, UNDATED],  # area 1, Pemenuhan
                "A.II.1.ii.a": [EXPIRED],  # area 1, Reform
                "A.I.2.i.b": [AGEING, COMING],  # area 2
                "B.I.b": [UNDATED],  # Hasil
            }
        ),
        AS_OF,
    )
    assert found.states["A.I.1.i.a"] == (S.SEGAR, S.BASI, S.TANPA_TANGGAL)
    assert found.whole.counts == {
        S.SEGAR: 1,
        S.MENUA: 1,
        S.BASI: 1,
        S.HABIS: 1,
        S.TANPA_TANGGAL: 2,
        S.BELUM_ADA: 1,
    }
    # area 1: fresh, stale, expired = 2 of 3; area 2: ageing = 0 of 1; all: 2 of 4
    shares = {part.code: part.tally.stale_share for part in found.parts}
    none = dict.fromkeys(["3", "4", "5", "6", "B"])
    assert shares == {"1": Fraction(2, 3), "2": Fraction(0), **none}
    assert found.whole.stale_share == Fraction(1, 2)
    assert [(one.code, one.evidence.title) for one in found.expired] == [("A.II.1.ii.a", "Habis")]


def test_every_question_is_in_one_part() -> None:
    """The parts cover the instrument: no piece of evidence is left out and none counted twice."""
    codes = [code for part in freshness.parts(INSTRUMENT) for code in part.questions]
    assert sorted(codes) == sorted(INSTRUMENT.questions)


def test_an_answer_to_no_question_has_no_part() -> None:
    """What the instrument does not ask is named by the checks, not counted here."""
    assert of_sheet(RULES, INSTRUMENT, sheet({"Z.9": [STALE]}), AS_OF).whole == Tally(counts={})


def test_the_last_year_the_unit_itself_filled_is_told() -> None:
    """A year of assessors alone, or of a scaffold where nothing is answered yet, does not hide the year before."""
    blank = Sheet(tier=Tier.MANDIRI, instrument=LKE, year=2026, answers={"A.I.1.i.a": Answer(choice="belum")})
    judged = Sheet(tier=Tier.TPI, instrument=LKE, year=2027, answers={"A.I.1.i.a": Answer(choice="Ya")})
    years = [
        year(2024, {Tier.MANDIRI: sheet({"A.I.1.i.a": [STALE]}, 2024)}),
        year(2025, {Tier.MANDIRI: sheet({"A.I.1.i.a": [FRESH]}, 2025)}),
        year(2026, {Tier.MANDIRI: blank}),
        year(2027, {Tier.TPI: judged}),
    ]
    found = freshness.of_unit(RULES, years, AS_OF)
    assert found is not None
    assert (found.year, found.whole.counts) == (2025, {S.SEGAR: 1})
    assert freshness.of_unit(RULES, years[2:], AS_OF) is None


def test_the_rules_name_only_questions_the_instrument_asks() -> None:
    """A code mistyped in the file would quietly leave its question yearly."""
    hold_to(RULES, LKE, INSTRUMENT.questions)
    with pytest.raises(ValueError, match=r"A\.I\.6\.i\.b bukan pertanyaan instrumen itu"):
        hold_to(RULES, LKE, INSTRUMENT.questions.keys() - {"A.I.6.i.b"})


def test_what_a_question_asks_decides_its_kind() -> None:
    """Laid down once, quarterly, and everything that is not named: yearly."""
    assert RULES.lifetime("A.I.6.i.b", LKE).id == "sekali"
    assert RULES.lifetime("A.I.4.i.c", LKE).id == "triwulanan"
    # asks whether the policy is carried out, not whether there is one
    assert RULES.lifetime("A.I.5.iii.a", LKE).id == "tahunan"
    assert RULES.lifetime("A.I.6.i.b", "instrumen-lain").id == "tahunan"


KIND = {"nama": "Tahunan", "segar_bulan": 12, "menua_bulan": 24, "catatan": "Setiap tahun."}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"lain": 1}, "berkas harus berisi jenis, baku, pertanyaan, tanpa kunci lain"),
        ({"jenis": {}}, "jenis harus berisi paling sedikit satu kunci"),
        ({"jenis": {"tahunan": 3}}, "jenis tahunan harus berisi nama, segar_bulan"),
        ({"jenis": {"tahunan": {"nama": "Tahunan"}}}, "jenis tahunan harus berisi nama, segar_bulan"),
        ({"jenis": {"tahunan": KIND | {"nama": 3}}}, "jenis tahunan: nama harus berupa teks"),
        ({"jenis": {"tahunan": KIND | {"segar_bulan": 0}}}, "segar_bulan harus bilangan bulat 1 sampai 1200"),
        ({"jenis": {"tahunan": KIND | {"segar_bulan": True}}}, "segar_bulan harus bilangan bulat"),
        ({"jenis": {"tahunan": KIND | {"menua_bulan": "24"}}}, "menua_bulan harus bilangan bulat"),
        ({"jenis": {"tahunan": KIND | {"menua_bulan": 12}}}, "menua_bulan harus lebih dari segar_bulan"),
        ({"baku": "bulanan"}, "baku: jenis bulanan tidak dikenal; yang ada: tahunan"),
        ({"pertanyaan": {"x": {"bulanan": []}}}, "pertanyaan x: jenis bulanan tidak dikenal"),
        ({"pertanyaan": {"x": {"tahunan": "A"}}}, "pertanyaan x: tahunan harus berupa daftar kode pertanyaan"),
        ({"pertanyaan": {"x": {"tahunan": ["A", "A"]}}}, "pertanyaan x: A disebut dua kali"),
    ],
)
def test_a_rule_file_that_is_not_strict_is_refused_in_words(changed, message) -> None:
    """No value is guessed: whoever edits the file reads what is wrong and where."""
    sound = {"jenis": {"tahunan": KIND}, "baku": "tahunan", "pertanyaan": {"x": {"tahunan": ["A"]}}}
    build(sound)
    with pytest.raises(ValueError, match=message):
        build(sound | changed)
