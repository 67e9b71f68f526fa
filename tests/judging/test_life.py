from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from generator.judging import freshness, life_rules
from generator.judging.assessing import assess
from generator.judging.life import Norms, verdict
from generator.model.declared import (
    Agency,
    Answer,
    Case,
    Confirmation,
    EventKind,
    Evidence,
    FollowUp,
    MonitoringReport,
    Predicate,
    PredicateEvent,
    Reply,
    Sheet,
    Statement,
    Survey,
    Tier,
    Unit,
    UnitYear,
)
from generator.model.judged import Assessment
from generator.program_files import SCHEMA

CASES = Path(__file__).parents[1] / "cases" / "kehidupan"
CODE = "A.I.1.i.a"
"""A question whose evidence is yearly: fresh 12 months, ageing up to 24."""


def rules_data():
    """The data of the shipped rules."""
    return yaml.safe_load((SCHEMA / "aturan" / "kehidupan.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def norms():
    """The shipped rules."""
    ages = yaml.safe_load((SCHEMA / "aturan" / "kesegaran.yaml").read_text(encoding="utf-8"))
    return Norms(life=life_rules.build(rules_data()), freshness=freshness.build(ages), barred_months=24)


def unit_of(scene: dict) -> Unit:
    """Return the unit a case file describes."""
    return Unit(
        id="contoh/kppn-contoh-satu",
        agency=Agency(id="contoh", name="Instansi Contoh", monitors={}),
        name="KPPN Contoh Satu",
        events=tuple(
            PredicateEvent(kind=EventKind(one["jenis"]), predicate=Predicate(one["predikat"]), dated=one["tanggal"])
            for one in scene.get("peristiwa", [])
        ),
        monitoring=tuple(
            MonitoringReport(
                dated=one["tanggal"],
                by="TPI",
                result=one["hasil"],
                follow_ups=tuple(
                    FollowUp(what="Benahi", until=asked["batas"], done=asked.get("selesai"))
                    for asked in one.get("tindak_lanjut", [])
                ),
            )
            for one in scene.get("pemantauan", [])
        ),
        statements=tuple(
            Statement(quarter=one["triwulan"], programme=one["program"], running=one["ya"], dated=one.get("tanggal"))
            for one in scene.get("pernyataan", [])
        ),
        years=tuple(year_of(year, declared) for year, declared in sorted(scene.get("tahun", {}).items())),
    )


def year_of(year: int, declared: dict) -> UnitYear:
    """Return a year; all its evidence belongs to one question."""
    proofs = [
        Evidence(title="Bukti", dated=one.get("tanggal"), valid_until=one.get("berlaku_sampai"))
        for one in declared.get("bukti", [])
        for _ in range(one.get("kali", 1))
    ]
    answers = {CODE: Answer(choice="Ya", evidence=tuple(proofs))} if proofs else {CODE: Answer(choice="belum")}
    return UnitYear(
        year=year,
        sheets={Tier.MANDIRI: Sheet(tier=Tier.MANDIRI, instrument="permenpanrb-90-2021", year=year, answers=answers)},
        surveys=tuple(
            Survey(
                id=f"survei-{number}",
                kind=one["jenis"],
                surveyor=one.get("penyelenggara", "lembaga"),
                respondents=100,
                index=Fraction(one["indeks"]),
                dated=one.get("tanggal"),
            )
            for number, one in enumerate(declared.get("survei", []))
        ),
        clearances={},
    )


def assessed(unit: Unit, instrument) -> tuple[Assessment, ...]:
    """Return the unit's years, without their scores: no verdict on life rests on one."""
    return tuple(
        Assessment(declared=year, instrument=instrument, results={}, deciding=None, forecast=True, gaps={})
        for year in unit.years
    )


def scenes() -> list:
    """Return every (scene, day) of the case files."""
    return [
        pytest.param(scene, day, expected, id=f"{path.stem}@{day}")
        for path in sorted(CASES.glob("*.yaml"))
        for scene in [yaml.safe_load(path.read_text(encoding="utf-8"))]
        for day, expected in scene["pada"].items()
    ]


@pytest.mark.parametrize(("scene", "day", "expected"), scenes())
def test_a_scene_is_judged_as_its_file_works_out(scene, day, expected, norms, instrument) -> None:
    """On every day a scene names, the verdict and each signal are what its comment works out; others are silent."""
    unit = unit_of(scene)
    found = verdict(unit, assessed(unit, instrument), norms, day)
    if expected is None:
        assert found is None
        return
    assert found is not None
    assert (found.as_of, found.verdict, found.filled, found.notice_until) == (
        day,
        expected["kesimpulan"],
        expected["bobot_terisi"],
        expected.get("pemberitahuan_sampai"),
    )
    assert found.value == (Fraction(expected["nilai"]) if "nilai" in expected else None)
    spoken = {one.code: one.value for one in found.signals if one.value is not None}
    assert spoken == {code: Fraction(value) for code, value in expected["isyarat"].items()}
    assert [one.code for one in found.signals] == list(rules_data()["isyarat"])
    for one in found.signals:
        assert one.name
        for sentence in (one.limit, one.reason, one.change):
            assert sentence.endswith(".")
            assert sentence[0] == sentence[0].upper()


def test_the_scenes_show_every_verdict() -> None:
    """Nothing the verdict can be is left without a worked scene."""
    told = [scene.values[2] for scene in scenes()]
    assert {one["kesimpulan"] for one in told if one} == {"hidup", "melambat", "dorman", "belum-cukup-data"}
    assert None in told
    assert any(one and "pemberitahuan_sampai" in one for one in told)


def sentences(name: str, day: str, norms, instrument) -> dict:
    """Return what the signals of a scene say, by code: reason and what would change it."""
    unit = unit_of(yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8")))
    found = verdict(unit, assessed(unit, instrument), norms, date.fromisoformat(day))
    assert found is not None
    return {one.code: (one.reason, one.change) for one in found.signals}


def test_every_signal_gives_its_figures(norms, instrument) -> None:
    """A reader can work the value out from the sentence."""
    assert sentences("hidup", "2026-10-31", norms, instrument) == {
        "bukti": (
            "Dari 4 bukti LKE 2025, 4 diketahui umurnya: 2 segar, 1 menua, 1 basi, 0 habis masa berlakunya.",
            "Bukti baru bagi 2 bukti yang menua, basi, atau habis menaikkannya; tanpa bukti baru ia turun.",
        ),
        "pernyataan": (
            (
                "Triwulan 4 2025: 2 dari 2 program berjalan; triwulan 1 2026: 1 dari 2 program berjalan; "
                "triwulan 3 2026: 1 dari 1 program berjalan; kosong: triwulan 2 2026."
            ),
            (
                "Pernyataan triwulan berikutnya: program yang dinyatakan berjalan menaikkannya, yang berhenti "
                "menurunkannya."
            ),
        ),
        "pemantauan": (
            "Pemantauan terakhir 1 Agustus 2026: dipertahankan.",
            "Laporan pemantauan berikutnya; sesudah 1 Februari 2029 isyarat ini diam.",
        ),
        "tindak_lanjut": (
            "Dari 2 tindak lanjut yang batas waktunya lewat, 1 selesai.",
            (
                "Tanggal selesai bagi 1 tindak lanjut menaikkannya. Tindak lanjut berikutnya berbatas waktu "
                "31 Desember 2026."
            ),
        ),
        "survei": (
            "IPAK 2024 3,60 dan 2025 3,62: naik 0,02; IPKP 2024 3,60 dan 2025 3,50: turun 0,10.",
            "Survei tahun berikutnya.",
        ),
    }


def test_a_silent_signal_says_what_is_missing(norms, instrument) -> None:
    """Silence is called silence, with what would end it."""
    assert sentences("tanpa-catatan", "2026-12-10", norms, instrument) == {
        "bukti": ("Unit belum mengisi LKE.", "LKE yang diisi dengan bukti bertanggal."),
        "pernyataan": (
            "Kosong: triwulan 4 2025, triwulan 1 2026, triwulan 2 2026, triwulan 3 2026.",
            "Pernyataan untuk 2 triwulan lagi.",
        ),
        "pemantauan": (
            "Belum ada laporan pemantauan sejak predikat ditetapkan 10 Desember 2024.",
            "Laporan pemantauan berikutnya.",
        ),
        "tindak_lanjut": (
            "Belum ada tindak lanjut yang batas waktunya lewat; tercatat 0 tindak lanjut.",
            "Laporan pemantauan yang meminta tindak lanjut.",
        ),
        "survei": (
            (
                "IPAK: belum ada dua tahun survei dari penyelenggara yang sama; "
                "IPKP: belum ada dua tahun survei dari penyelenggara yang sama."
            ),
            "Survei tahun berikutnya.",
        ),
    }
    undated = sentences("bukti-kurang-bertanggal", "2026-06-30", norms, instrument)["bukti"]
    assert undated == ("Dari 3 bukti LKE 2025, 1 diketahui umurnya.", "Tanggal pada 1 bukti lagi.")  # half of 3: 2
    old = sentences("survei", "2028-01-01", norms, instrument)["survei"]
    assert old[0].startswith("IPAK 2024 3,55 dan 2025 3,35: sudah lebih dari 24 bulan; IPKP")


def test_cases_and_replies_move_nothing(norms, instrument) -> None:
    """A public case is no verdict and a reply no proof: with or without them the verdict is the same."""
    unit = unit_of(yaml.safe_load((CASES / "hidup.yaml").read_text(encoding="utf-8")))
    case = Case(kind="suap", month=date(2026, 3, 1), source="https://contoh.go.id/", state=Confirmation.TERBUKTI)
    told = replace(unit, cases=(case,), replies=(Reply(dated=date(2026, 4, 1), text="Sudah dibenahi."),))
    day, years = date(2026, 10, 31), assessed(unit, instrument)
    assert verdict(told, years, norms, day) == verdict(unit, years, norms, day)


def test_no_score_rests_on_a_verdict(bench, instrument, norms) -> None:
    """Whatever a unit's life comes to, its assessment is the same, to the last fraction; and the other way round."""
    scene = yaml.safe_load((CASES / "pemberitahuan.yaml").read_text(encoding="utf-8"))
    unit, silent = unit_of(scene), unit_of({"peristiwa": scene["peristiwa"]})
    year = bench.year(bench.sheet("terbaik"), bench.sheet("terendah", tier=Tier.TPI))
    assert assess(instrument, unit, year, 24) == assess(instrument, silent, year, 24)
    scored = tuple(assess(instrument, unit, declared, 24) for declared in unit.years)
    for day in scene["pada"]:
        assert verdict(unit, scored, norms, day) == verdict(unit, assessed(unit, instrument), norms, day)


WRONG = [
    ((), {}, "berkas harus berisi"),
    (("catatan",), "x", "berkas harus berisi"),
    (("batas", "hidup"), "0.40", "batas.melambat harus"),
    (("batas", "hidup"), 1, "batas.hidup harus berupa teks desimal"),
    (("batas", "hidup"), "1.01", "batas.hidup harus berupa teks desimal 0 sampai 1"),
    (("batas", "melambat"), "0", "batas.melambat harus"),
    (("batas", "melambat"), "2/5", "batas.melambat harus berupa teks desimal"),
    (("bobot_paling_sedikit",), 50, "bobot_paling_sedikit harus berisi nilai, catatan"),
    (("bobot_paling_sedikit", "nilai"), 0, "bobot_paling_sedikit.nilai harus bilangan bulat 1 sampai 100"),
    (("bobot_paling_sedikit", "catatan"), "", "bobot_paling_sedikit.catatan harus berupa teks"),
    (("pemberitahuan_hari", "nilai"), True, "pemberitahuan_hari.nilai harus bilangan bulat"),
    (("pemberitahuan_hari", "nilai"), -1, "pemberitahuan_hari.nilai harus bilangan bulat"),
    (("isyarat", "komit"), {}, "isyarat harus berisi bukti, pernyataan"),
    (("isyarat", "bukti", "bobot"), 31, "isyarat: jumlah bobot 101, seharusnya 100"),
    (("isyarat", "bukti", "bobot"), "30", "isyarat.bukti.bobot harus bilangan bulat"),
    (("isyarat", "bukti", "nama"), " ", "isyarat.bukti.nama harus berupa teks"),
    (("isyarat", "bukti", "bukti_bertanggal_paling_sedikit"), "1.5", "isyarat.bukti.bukti_bertanggal_paling_sedikit"),
    (
        ("isyarat", "pernyataan", "paling_sedikit"),
        5,
        "isyarat.pernyataan.paling_sedikit harus",
    ),
    (("isyarat", "pernyataan", "triwulan"), 0, "isyarat.pernyataan.triwulan harus"),
    (("isyarat", "pemantauan", "nilai", "dicabut"), "0", "isyarat.pemantauan.nilai harus berisi dipertahankan"),
    (("isyarat", "pemantauan", "berlaku_bulan"), 0, "isyarat.pemantauan.berlaku_bulan harus"),
    (("isyarat", "survei", "tetap"), "0.21", "isyarat.survei.tetap tidak boleh lebih dari turun_sedikit"),
    (("isyarat", "survei", "turun_sedikit"), "4.1", "isyarat.survei.turun_sedikit harus"),
    (("isyarat", "tindak_lanjut", "nilai"), "1", "isyarat.tindak_lanjut harus berisi"),
]


@pytest.mark.parametrize(("place", "value", "message"), WRONG)
def test_rules_that_are_not_strict_are_refused(place, value, message) -> None:
    """Every fault in the rule file is named with its place."""
    data = {"": rules_data()}
    part = data
    for key in ("", *place)[:-1]:
        part = part[key]
    part[("", *place)[-1]] = value
    with pytest.raises(ValueError, match=message.replace(".", r"\.")):
        life_rules.build(data[""])
