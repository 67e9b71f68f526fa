"""A small instrument and three units made by hand: what the pages are tested on without reading a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType

import pytest
import yaml

from generator.judging.assessing import assess
from generator.judging.freshness import build as build_freshness
from generator.judging.instrument import build
from generator.judging.life import Norms, verdict
from generator.judging.life_rules import build as build_life
from generator.judging.monitoring import build_cycle, status
from generator.model.declared import (
    Agency,
    Answer,
    Clearance,
    EventKind,
    Evidence,
    FollowUp,
    Judgement,
    MonitoringReport,
    Predicate,
    PredicateEvent,
    Sheet,
    Statement,
    Survey,
    Tier,
    Unit,
    UnitYear,
)
from generator.model.document import Kind
from generator.model.judged import UnitRecord
from generator.program_files import SCHEMA as SCHEMAS
from generator.publishing.frames import frame
from generator.publishing.site import Rulebook
from generator.publishing.theme import Theme

TODAY = date(2026, 11, 24)

# Two groups of Pengungkit (one averaged of two, one a ratio), one survey: 60 + 40 points.
SMALL = {
    "id": "kecil-2025",
    "judul": "Lembar kerja kecil",
    "dasar": "Contoh",
    "skala": {"ya-tidak": {"Ya": "1", "Tidak": "0"}, "a-c": {"A": "1", "B": "0.5", "C": "0"}},
    "isi": [
        {
            "kode": "A",
            "nama": "Pengungkit",
            "bobot": "60",
            "isi": [
                {
                    "kode": "A.1",
                    "nama": "Perubahan",
                    "bobot": "30",
                    "isi": [
                        {
                            "kode": "A.1.a",
                            "baris": 1,
                            "teks": "Tim sudah dibentuk",
                            "skala": "ya-tidak",
                            "kriteria": {"Ya": "Tim ada", "Tidak": "Tim belum ada"},
                        },
                        {
                            "kode": "A.1.b",
                            "baris": 2,
                            "teks": "Rencana dijalankan",
                            "skala": "a-c",
                            "kriteria": {"A": "Semua", "B": "Sebagian", "C": "Belum ada"},
                        },
                    ],
                },
                {
                    "kode": "A.2",
                    "nama": "Pengaduan",
                    "bobot": "30",
                    "isi": [
                        {
                            "kode": "A.2.a",
                            "baris": 3,
                            "teks": "Pengaduan ditindaklanjuti",
                            "skala": "persen",
                            "isian": [
                                {"id": "masuk", "baris": 4, "teks": "Pengaduan masuk"},
                                {"id": "selesai", "baris": 5, "teks": "Pengaduan selesai"},
                            ],
                            "rumus": {
                                "jenis": "rasio",
                                "pembilang": "selesai",
                                "penyebut": "masuk",
                                "penyebut_nol": {"nilai": "1", "alasan": "Tidak ada yang tertinggal."},
                            },
                        }
                    ],
                },
            ],
        },
        {
            "kode": "B",
            "nama": "Hasil",
            "bobot": "40",
            "isi": [
                {"kode": "B.a", "baris": 6, "bobot": "40", "teks": "Indeks IPAK", "skala": "indeks", "survei": "IPAK"}
            ],
        },
    ],
    "area": [
        {"kode": "1", "nama": "Perubahan", "simpul": ["A.1"]},
        {"kode": "2", "nama": "Pengaduan", "simpul": ["A.2"]},
    ],
    "syarat": [
        {
            "kode": "total",
            "nama": "Total",
            "jenis": "nilai",
            "simpul": ["A", "B"],
            "batas": {"WBK": "75", "WBBM": "85"},
        },
        {"kode": "area-1", "nama": "Perubahan", "jenis": "persen", "simpul": ["A.1"], "batas": {"WBK": "60"}},
        {"kode": "sebelumnya", "nama": "Predikat sebelumnya", "jenis": "predikat", "batas": {"WBBM": "WBK"}},
        {
            "kode": "clearance",
            "nama": "Keterangan",
            "jenis": "clearance",
            "batas": {"WBK": ["KPK", "Ombudsman"], "WBBM": ["KPK", "Ombudsman"]},
        },
    ],
    "batas_usulan": "05-31",
    "sumber": [{"perihal": "Bobot", "asal": "Contoh", "pemeriksaan": "Dihitung tangan"}],
}

RULES = {
    "selang_bulan": {"nilai": 24, "sumber": "Contoh", "catatan": "Dua tahun"},
    "segera_hari": {"nilai": 90, "sumber": "Registri", "catatan": ""},
    "pengingat_hari": {"nilai": "90, 30, 7", "sumber": "Registri", "catatan": ""},
    "larangan_bulan": {"nilai": 24, "sumber": "Contoh", "catatan": ""},
    "pelaksana_baku": {"nilai": "TPI", "sumber": "Contoh", "catatan": ""},
    "tahap": yaml.safe_load((SCHEMAS / "aturan" / "pemantauan.yaml").read_text(encoding="utf-8"))["tahap"],
}

FRESHNESS = {
    "jenis": {
        "sekali": {"nama": "Sekali", "segar_bulan": 36, "menua_bulan": 60, "catatan": "Kebijakan."},
        "tahunan": {"nama": "Tahunan", "segar_bulan": 12, "menua_bulan": 24, "catatan": "Setiap tahun."},
    },
    "baku": "tahunan",
    "pertanyaan": {"kecil-2025": {"sekali": ["A.1.b"]}},
}

LIFE = build_life(yaml.safe_load((SCHEMAS / "aturan" / "kehidupan.yaml").read_text(encoding="utf-8")))

SCHEMA = {
    "description": "Satu unit.",
    "required": ["nama"],
    "properties": {
        "nama": {"description": "Nama resmi.", "type": "string", "examples": ["KPPN Contoh"]},
        "layanan": {"description": "Layanan.", "type": "array", "items": {"properties": {"judul": {"type": "string"}}}},
        "bagian": {"$ref": "#/$defs/bagian", "description": "Bagian."},
    },
    "$defs": {"bagian": {"type": "object", "properties": {"jenis": {"enum": ["a", "b"]}}}},
}

AGENCY = Agency(id="contoh", name="Instansi Contoh", kind="kementerian", monitors={Predicate.WBK: "UKI-Es.I"})


def sheet(tier: Tier, answers: dict[str, Answer], year: int = 2025) -> Sheet:
    """Return a sheet under the small instrument."""
    return Sheet(tier=tier, instrument="kecil-2025", year=year, answers=MappingProxyType(answers))


def year_of(
    *sheets: Sheet, surveys: tuple[Survey, ...] = (), clearances: dict[str, Clearance] | None = None
) -> UnitYear:
    """Return a year with these sheets."""
    return UnitYear(year=2025, sheets={one.tier: one for one in sheets}, surveys=surveys, clearances=clearances or {})


def unit_of(name: str = "satu", **changes: object) -> Unit:
    """Return a unit that declares nothing but what is given."""
    plain = Unit(
        id=f"contoh/{name}",
        agency=AGENCY,
        name=f"KPPN Contoh {name.title()}",
        events=(),
        monitoring=(),
        statements=(),
        years=(),
    )
    return replace(plain, **changes)


def judge(instrument, unit: Unit, as_of: date = TODAY) -> UnitRecord:
    """Return the record the registry would make of the unit."""
    assessments = tuple(assess(instrument, unit, year, 24) for year in unit.years)
    norms = Norms(life=LIFE, freshness=build_freshness(FRESHNESS), barred_months=24)
    return UnitRecord(
        unit=unit,
        agency=unit.agency,
        assessments=assessments,
        monitoring=status(unit, build_cycle(RULES), as_of),
        life=verdict(unit, assessments, norms, as_of),
    )


IPAK = Survey(
    id="ipak",
    kind="IPAK",
    surveyor="TPN",
    respondents=120,
    index=Fraction("3.72"),
    dated=date(2025, 6, 30),
    method="Kuesioner",
    link="https://contoh.example/ipak",
    note="Daring",
)

FULL_YEAR = year_of(
    sheet(
        Tier.MANDIRI,
        {
            "A.1.a": Answer(
                choice="Ya",
                explanation="SK Januari",
                evidence=(
                    Evidence(
                        title="SK Tim 2025",
                        link="https://contoh.example/sk",
                        dated=date(2025, 1, 10),
                        valid_until=date(2025, 12, 31),
                        sha256="4f" * 32,
                        note="Halaman 2",
                    ),
                    Evidence(title="Laporan rahasia", link="https://contoh.example/rahasia", exempt=True),
                    Evidence(file="lampiran.pdf"),
                ),
            ),
            "A.1.b": Answer(choice="A"),
            "A.2.a": Answer(counts={"masuk": 8, "selesai": 7}),
            "B.a": Answer(survey="ipak"),
        },
    ),
    sheet(
        Tier.TPI,
        {
            "A.1.a": Answer(
                choice="Ya", judgement=Judgement(relevant=True, complete=True, valid=False), note="SK belum diteken"
            ),
            "A.1.b": Answer(choice="B"),
            "A.2.a": Answer(counts={"masuk": 8, "selesai": 7}),
            "B.a": Answer(survey="ipak"),
        },
    ),
    sheet(
        Tier.TPN,
        {
            "A.1.a": Answer(choice="Ya"),
            "A.1.b": Answer(choice="A"),
            "A.2.a": Answer(counts={"masuk": 0, "selesai": 0}),
            "B.a": Answer(survey="ipak"),
        },
    ),
    surveys=(IPAK,),
    clearances={
        "KPK": Clearance(body="KPK", status="bersih", number="B-1", dated=date(2025, 3, 1), source="Surat"),
        "Ombudsman": Clearance(body="Ombudsman", status="bersih"),
    },
)

HELD = unit_of(
    place="Kota Contoh",
    services=("Pencairan dana", "Konsultasi"),
    target="WBBM",
    site="https://contoh.example",
    note="Unit contoh",
    events=(
        PredicateEvent(kind=EventKind.DIUSULKAN, predicate=Predicate.WBK, dated=date(2024, 5, 20)),
        PredicateEvent(
            kind=EventKind.DITETAPKAN,
            predicate=Predicate.WBK,
            dated=date(2024, 12, 1),
            number="KEP-9/CONTOH/2024",
            source="https://contoh.example/kep-9",
        ),
    ),
    monitoring=(
        MonitoringReport(
            dated=date(2025, 8, 17),
            by="UKI-Es.I",
            result="dipertahankan",
            number="LAP-1",
            method="Kunjungan",
            findings=("Maklumat usang", "Loket penuh"),
            follow_ups=(
                FollowUp(what="Perbarui maklumat", until=date(2025, 9, 30), done=date(2025, 10, 2), source="Surat 7"),
                FollowUp(what="Tambah loket", until=date(2026, 11, 23)),
                FollowUp(what="Umumkan jam layanan", until=date(2026, 11, 24)),
            ),
            evidence=(
                Evidence(title="Berita acara", link="https://contoh.example/ba", sha256="ab" * 32),
                Evidence(title="Foto loket"),
            ),
            note="Baik",
        ),
    ),
    statements=(Statement(quarter="2025-Q1", programme="Tamu rahasia", running=True, note="Tetap"),),
    years=(FULL_YEAR,),
)
"""WBK held and monitored; three tiers; every kind of evidence."""

PARTIAL = unit_of(
    "dua",
    years=(
        year_of(
            sheet(Tier.MANDIRI, {"A.1.a": Answer(choice="Tidak"), "A.1.b": Answer(choice="belum")}),
            sheet(Tier.TPI, {"A.1.a": Answer(choice="Tidak"), "A.2.a": Answer(counts={"masuk": 5, "selesai": 0})}),
        ),
    ),
)
"""A forecast: "Tidak", "not answered" and a value of 0 stand side by side."""

REVOKED = unit_of(
    "tiga",
    events=(
        PredicateEvent(kind=EventKind.DITETAPKAN, predicate=Predicate.WBK, dated=date(2022, 12, 1)),
        PredicateEvent(kind=EventKind.DICABUT, predicate=Predicate.WBK, dated=date(2025, 7, 1), number="KEP-3"),
    ),
)
"""No year at all, and barred from proposals."""

PAGE = (
    '<!doctype html><html lang="id"><head><meta charset="utf-8"><title>ZI-JUDUL</title>'
    '<meta name="description" content="ZI-URAIAN"></head><body>{}</body></html>\n'
)
FRAMES = {
    "index.html": "<!-- zi:angka --><!-- zi:tenggat --><!-- zi:usulan --><!-- zi:penetapan -->",
    "unit/index.html": "<!-- zi:direktori -->",
    "unit/_/_/index.html": "<!-- zi:isi -->",
    "unit/_/_/_/index.html": "<!-- zi:kepala --><!-- zi:daftar-isi --><!-- zi:lembar -->",
    "pemantauan/index.html": "<!-- zi:papan -->",
    "metodologi/index.html": (
        "<!-- zi:daftar-isi --><!-- zi:instrumen --><!-- zi:aturan-pemantauan --><!-- zi:kesegaran -->"
        "<!-- zi:kehidupan -->"
    ),
    "data/index.html": "<!-- zi:daftar-isi --><!-- zi:skema -->",
}


@pytest.fixture(scope="session")
def instrument():
    """The small instrument."""
    return build(SMALL)


@pytest.fixture(scope="session")
def bare_theme():
    """Frames with nothing around the places, so that pages are tested without MkDocs."""
    return Theme(frames={path: frame(PAGE.format(body)) for path, body in FRAMES.items()}, files={})


@pytest.fixture(scope="session")
def rulebook(instrument):
    """The rules behind the small instrument."""
    return Rulebook(
        instruments=(instrument,),
        monitoring=RULES,
        freshness=build_freshness(FRESHNESS),
        life=LIFE,
        schemas={Kind.UNIT: SCHEMA},
    )


@pytest.fixture(scope="session")
def records(instrument):
    """The three units, judged."""
    return [judge(instrument, unit) for unit in (PARTIAL, HELD, REVOKED)]


@pytest.fixture(scope="session")
def judged(instrument):
    """The function that judges a unit under the small instrument."""
    return lambda unit, as_of=TODAY: judge(instrument, unit, as_of)


@pytest.fixture(scope="session")
def held():
    """The unit that declares everything there is."""
    return HELD


@pytest.fixture(scope="session")
def make_unit():
    """The function that makes a unit declaring nothing but what is given."""
    return unit_of
