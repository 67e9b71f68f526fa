"""What the files say becomes values: every key once, and nothing of what a schema has refused."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.declared import (
    Agency,
    Answer,
    Case,
    Clearance,
    Evidence,
    FollowUp,
    Judgement,
    MonitoringReport,
    Predicate,
    PredicateEvent,
    Reply,
    Statement,
    Survey,
    Tier,
    Unit,
)
from generator.program_files import SCHEMA
from generator.reading.declaring import declare
from generator.reading.schema import Schemas
from generator.reading.units import UnitFiles, read_document

SCHEMAS = Schemas(SCHEMA)
HASH = "4f0c" * 16
FULL = {
    "unit.yaml": """\
nama: KPPN Contoh Satu
layanan: [Pencairan dana, Konsultasi]
tempat: Kota Contoh
target: WBBM
situs: https://contoh.go.id
catatan: Pindah gedung.
""",
    "predikat.yaml": """\
peristiwa:
  - {jenis: diusulkan, predikat: WBK, tanggal: 2022-05-20}
  - {jenis: ditetapkan, predikat: WBK, tanggal: 2022-12-06, nomor: KEP-1, sumber: https://contoh.go.id/kep-1}
""",
    "pemantauan.yaml": """\
pemantauan:
  - {tanggal: 2024-11-20, pelaksana: TPI, hasil: dipertahankan, nomor: LAP-1, sumber: Arsip, catatan: Baik}
  - tanggal: 2026-11-19
    pelaksana: TPI
    hasil: perlu-perbaikan
    metode: Telaah dokumen
    temuan: [Maklumat usang]
    tindak_lanjut:
      - {uraian: Perbarui maklumat, batas: 2027-01-31, selesai: 2027-01-15, sumber: Berita acara}
      - {uraian: Umumkan, batas: 2027-02-28}
    bukti: [{judul: Laporan, tautan: "https://contoh.go.id/l"}]
pernyataan:
  - {triwulan: 2025-Q1, program: Antre daring, masih_berjalan: ya, tautan: https://contoh.go.id/p, catatan: Ramai}
  - {triwulan: 2025-Q2, program: Antre daring, masih_berjalan: tidak, tanggal: 2025-07-02, oleh: Tim Kerja ZI}
""",
    "tanggapan.yaml": """\
tanggapan:
  - {tanggal: 2026-12-01, oleh: Kepala kantor, isi: Sudah diperbarui., sumber: Surat S-1}
  - {tanggal: 2027-03-02, isi: Selesai.}
""",
    "kasus.yaml": """\
kasus:
  - {jenis: suap, bulan: 2026-03, sumber: https://contoh.go.id/siaran, keadaan: diperiksa}
  - {jenis: pelayanan, bulan: 2026-04, sumber: https://contoh.go.id/lain, keadaan: tidak-terbukti}
""",
    "2025/mandiri.yaml": f"""\
instrumen: permenpanrb-90-2021
tahun: 2025
jawaban:
  A.I.1.i.a:
    jawab: Ya
    penjelasan: Ditetapkan Januari
    catatan: Lihat halaman 3
    bukti:
      - judul: SK Tim
        tautan: https://contoh.go.id/sk
        berkas: sk.pdf
        tanggal: 2025-01-10
        berlaku_sampai: 2025-12-31
        sha256: {HASH}
        klasifikasi: dikecualikan
        catatan: Salinan
      - judul: Notula
  A.II.1.i.a: {{isian: {{agen: 7, perubahan: -1}}}}
  B.I.a: {{survei: ipak}}
  A.I.1.ii.a: {{jawab: belum}}
""",
    "2025/tpi.yaml": f"""\
instrumen: permenpanrb-90-2021
tahun: 2025
menilai: sha256:{HASH}
jawaban:
  A.I.1.i.a:
    menilai: sha256:{HASH}
    jawab: Tidak
    bukti: {{relevan: ya, sah: tidak}}
    penjelasan: Belum ditandatangani
""",
    "2025/survei.yaml": """\
survei:
  - {id: ipak, jenis: IPAK, penyelenggara: unit, responden: 120, indeks: 3.72, tanggal: 2025-06-30,
     metode: Daring, tautan: https://contoh.go.id/s, catatan: Semua loket}
  - {id: ipkp, jenis: IPKP, penyelenggara: TPN, responden: 30, indeks: 4}
""",
    "2025/clearance.yaml": """\
KPK: {status: bersih, nomor: B-1, tanggal: 2025-03-01, sumber: Surat}
Ombudsman: {status: belum}
""",
    "2023/mandiri.yaml": "{instrumen: a, tahun: 2023, jawaban: {}}\n",
}
AGENCY = """\
nama: Instansi Contoh
jenis: kementerian
pemantau: {WBK: UKI-Es.I}
tim: {tpi: [Itjen], mandiri: []}
catatan: Fiktif.
"""


def declared(files, agency=AGENCY):
    """Declare the unit of these files (file name below the unit's folder -> text)."""
    documents = [
        read_document(f"units/contoh/a/{name}", text.encode(), SCHEMAS)[0] for name, text in sorted(files.items())
    ]
    return declare(
        UnitFiles(
            unit_id="contoh/a",
            agency=read_document("units/contoh/instansi.yaml", agency.encode(), SCHEMAS)[0] if agency else None,
            documents=tuple(document for document in documents if document is not None),
            blobs=(),
            findings=(),
        )
    )


def test_the_unit_and_its_agency():
    """Every key of unit.yaml and instansi.yaml; an empty team is none."""
    unit = declared(FULL)
    assert (unit.id, unit.name, unit.place, unit.services) == (
        "contoh/a",
        "KPPN Contoh Satu",
        "Kota Contoh",
        ("Pencairan dana", "Konsultasi"),
    )
    assert (unit.target, unit.site, unit.note) == ("WBBM", "https://contoh.go.id", "Pindah gedung.")
    assert unit.agency == Agency(
        id="contoh",
        name="Instansi Contoh",
        kind="kementerian",
        monitors={Predicate.WBK: "UKI-Es.I"},
        teams={Tier.TPI: ("Itjen",)},
        note="Fiktif.",
    )


def test_the_life_of_the_predicate():
    """Events, reports and statements keep the order of their file."""
    unit = declared(FULL)
    assert unit.events == (
        PredicateEvent(kind="diusulkan", predicate=Predicate.WBK, dated=date(2022, 5, 20)),
        PredicateEvent(
            kind="ditetapkan",
            predicate=Predicate.WBK,
            dated=date(2022, 12, 6),
            number="KEP-1",
            source="https://contoh.go.id/kep-1",
        ),
    )
    assert unit.monitoring == (
        MonitoringReport(
            dated=date(2024, 11, 20), by="TPI", result="dipertahankan", number="LAP-1", source="Arsip", note="Baik"
        ),
        MonitoringReport(
            dated=date(2026, 11, 19),
            by="TPI",
            result="perlu-perbaikan",
            method="Telaah dokumen",
            findings=("Maklumat usang",),
            follow_ups=(
                FollowUp(
                    what="Perbarui maklumat",
                    until=date(2027, 1, 31),
                    done=date(2027, 1, 15),
                    source="Berita acara",
                ),
                FollowUp(what="Umumkan", until=date(2027, 2, 28)),
            ),
            evidence=(Evidence(title="Laporan", link="https://contoh.go.id/l"),),
        ),
    )
    assert unit.statements == (
        Statement(
            quarter="2025-Q1", programme="Antre daring", running=True, link="https://contoh.go.id/p", note="Ramai"
        ),
        Statement(
            quarter="2025-Q2",
            programme="Antre daring",
            running=False,
            dated=date(2025, 7, 2),
            by="Tim Kerja ZI",
        ),
    )


def test_years_come_oldest_first():
    """With the tiers that have a file."""
    years = declared(FULL).years
    assert [(year.year, list(year.sheets)) for year in years] == [(2023, ["mandiri"]), (2025, ["mandiri", "tpi"])]


def test_the_units_own_answers():
    """Choice, counts, survey, evidence; a count below zero is for the rules to judge."""
    sheet = declared(FULL).years[1].sheets[Tier.MANDIRI]
    assert (sheet.instrument, sheet.year, sheet.judges) == ("permenpanrb-90-2021", 2025, "")
    assert sheet.answers["A.I.1.i.a"] == Answer(
        choice="Ya",
        explanation="Ditetapkan Januari",
        note="Lihat halaman 3",
        evidence=(
            Evidence(
                title="SK Tim",
                link="https://contoh.go.id/sk",
                file="sk.pdf",
                dated=date(2025, 1, 10),
                valid_until=date(2025, 12, 31),
                sha256=HASH,
                exempt=True,
                note="Salinan",
            ),
            Evidence(title="Notula"),
        ),
    )
    assert sheet.answers["A.II.1.i.a"] == Answer(counts={"agen": 7, "perubahan": -1})
    assert sheet.answers["B.I.a"] == Answer(survey="ipak")
    assert sheet.answers["A.I.1.ii.a"] == Answer(choice="belum")


def test_an_assessors_answers():
    """The judgement of the evidence, and of which answer it is; what was not said is None."""
    sheet = declared(FULL).years[1].sheets[Tier.TPI]
    assert sheet.judges == f"sha256:{HASH}"
    assert sheet.answers["A.I.1.i.a"] == Answer(
        choice="Tidak",
        explanation="Belum ditandatangani",
        judgement=Judgement(relevant=True, complete=None, valid=False),
        judges=f"sha256:{HASH}",
    )


def test_replies_and_cases():
    """Both keep the order of their file; a month is its first day."""
    unit = declared(FULL)
    assert unit.replies == (
        Reply(dated=date(2026, 12, 1), text="Sudah diperbarui.", by="Kepala kantor", source="Surat S-1"),
        Reply(dated=date(2027, 3, 2), text="Selesai."),
    )
    suap = Case(kind="suap", month=date(2026, 3, 1), source="https://contoh.go.id/siaran", state="diperiksa")
    assert unit.cases == (
        suap,
        Case(kind="pelayanan", month=date(2026, 4, 1), source="https://contoh.go.id/lain", state="tidak-terbukti"),
    )


def test_surveys_and_clearance():
    """An index is exact, whether text or whole number."""
    year = declared(FULL).years[1]
    assert year.surveys == (
        Survey(
            id="ipak",
            kind="IPAK",
            surveyor="unit",
            respondents=120,
            index=Fraction(372, 100),
            dated=date(2025, 6, 30),
            method="Daring",
            link="https://contoh.go.id/s",
            note="Semua loket",
        ),
        Survey(id="ipkp", kind="IPKP", surveyor="TPN", respondents=30, index=Fraction(4)),
    )
    assert dict(year.clearances) == {
        "KPK": Clearance(body="KPK", status="bersih", number="B-1", dated=date(2025, 3, 1), source="Surat"),
        "Ombudsman": Clearance(body="Ombudsman", status="belum"),
    }


def test_a_unit_without_anything_has_its_folders_name():
    """No unit.yaml, no instansi.yaml, no year."""
    assert declared({}, agency="") == Unit(
        id="contoh/a",
        agency=Agency(id="contoh", name="contoh", monitors={}),
        name="a",
        events=(),
        monitoring=(),
        statements=(),
        years=(),
    )


LOSSES = {
    # what a schema refuses -> what is left
    "a survey without an index": (
        "2025/survei.yaml",
        "indeks: 3.72",
        "indeks: '3,72'",
        lambda unit: len(unit.years[1].surveys) == 1,
    ),
    "an event on no day": ("predikat.yaml", "2022-12-06", "2022-12-36", lambda unit: len(unit.events) == 1),
    "a report without a result": ("pemantauan.yaml", "dipertahankan", "bagus", lambda unit: len(unit.monitoring) == 1),
    "a statement that says neither": (
        "pemantauan.yaml",
        "masih_berjalan: ya",
        "masih_berjalan: true",
        lambda unit: len(unit.statements) == 1,
    ),
    "a reply without a word": ("tanggapan.yaml", "isi: Selesai.", "isi: ''", lambda unit: len(unit.replies) == 1),
    "a case in no state": ("kasus.yaml", "keadaan: diperiksa", "keadaan: ramai", lambda unit: len(unit.cases) == 1),
    "a case in no month": ("kasus.yaml", "2026-03", "2026-13", lambda unit: len(unit.cases) == 1),
    "a sheet without an instrument": (
        "2025/tpi.yaml",
        "instrumen",
        "instrumn",
        lambda unit: list(unit.years[1].sheets) == [Tier.MANDIRI],
    ),
    "a sheet of no year": (
        "2025/tpi.yaml",
        "tahun: 2025",
        "tahun: lalu",
        lambda unit: Tier.TPI not in unit.years[1].sheets,
    ),
    "a sheet whose answers are a list": ("2023/mandiri.yaml", "{}", "[]", lambda unit: not unit.years[0].sheets),
    "an answer that is a number": (
        "2025/mandiri.yaml",
        "jawab: Ya",
        "jawab: 1",
        lambda unit: unit.years[1].sheets[Tier.MANDIRI].answers["A.I.1.i.a"].choice == "",
    ),
    "an answer that is no mapping": (
        "2025/tpi.yaml",
        "{relevan: ya",
        "[relevan: ya",
        lambda unit: list(unit.years[1].sheets) == [Tier.MANDIRI],
    ),
    "a clearance of unknown status": (
        "2025/clearance.yaml",
        "bersih",
        "aman",
        lambda unit: list(unit.years[1].clearances) == ["Ombudsman"],
    ),
    "a file that is no YAML": ("2025/survei.yaml", "survei:", "survei: [", lambda unit: unit.years[1].surveys == ()),
}


@pytest.mark.parametrize("name", LOSSES)
def test_what_a_schema_refuses_is_left_out_and_the_rest_stays(name):
    """Never half a survey, event or sheet."""
    file, old, new, holds = LOSSES[name]
    assert old in FULL[file]
    assert holds(declared(FULL | {file: FULL[file].replace(old, new, 1)}))


WRONG = ["", "null", "[]", "{}", "[{}]", "x", "12", "true", "[null]", "{x: 1}", "2025-02-30", "'\\n'"]


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.sampled_from(sorted(FULL)), st.data())
def test_no_wrong_value_anywhere_breaks_it(name, data):
    """Any value of any file replaced by one of another shape still gives a unit."""
    lines = FULL[name].splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    key, colon, _ = lines[number].partition(": ")
    wrong = data.draw(st.sampled_from(WRONG))
    lines[number] = f"{key}: {wrong}" if colon else wrong
    assert declared(FULL | {name: "\n".join(lines) + "\n"}).id == "contoh/a"
