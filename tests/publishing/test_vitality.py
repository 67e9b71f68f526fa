"""A report card says whether the programme is alive, with every figure, the unit's reply, and public cases."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
import yaml

from generator.judging.life_rules import build
from generator.judging.monitoring import build_cycle, status
from generator.model.declared import Agency, Case, Confirmation, Reply, Unit
from generator.model.judged import UnitRecord
from generator.model.life import Life, Signal, Vitality
from generator.program_files import SCHEMA
from generator.publishing import cases, directory, vitality, vitality_method
from generator.publishing.summary import summarise

TODAY = date(2026, 11, 24)
RULES = build(yaml.safe_load((SCHEMA / "aturan" / "kehidupan.yaml").read_text(encoding="utf-8")))
SPOKEN = Signal(
    code="pemantauan",
    name="Hasil pemantauan terakhir",
    weight=20,
    value=Fraction(1, 2),
    limit="Hasil dipakai selama 30 bulan.",
    reason="Pemantauan terakhir 10 Juni 2025: perlu perbaikan.",
    change="Laporan pemantauan berikutnya.",
)
SILENT = replace(SPOKEN, code="survei", name="Arah survei", weight=15, value=None, reason="Belum ada survei.")
CYCLE = build_cycle(yaml.safe_load((SCHEMA / "aturan" / "pemantauan.yaml").read_text(encoding="utf-8")))
AGENCY = Agency(id="contoh", name="Instansi Contoh", monitors={})


def life(verdict: Vitality = Vitality.DORMAN, value: str = "1/5", notice: date | None = None) -> Life:
    """A verdict from one signal that speaks and one that is silent."""
    return Life(
        as_of=TODAY,
        verdict=verdict,
        value=Fraction(value),
        filled=50,
        notice_until=notice,
        signals=(SPOKEN, SILENT),
    )


def record(found: Life | None, **declared: object) -> UnitRecord:
    """A unit's record with that verdict."""
    unit = Unit(
        id="contoh/satu", agency=AGENCY, name="KPPN", events=(), monitoring=(), statements=(), years=(), **declared
    )
    return UnitRecord(unit=unit, agency=AGENCY, assessments=(), monitoring=status(unit, CYCLE, TODAY), life=found)


def words(html: str) -> str:
    """The words without elements, cells apart."""
    return re.sub(r"<[^>]+>", "", re.sub(r"</(?:t[hd]|p|caption)>", " | ", html))


def section(found: Life | None, **declared: object):
    """The one section that the record has of it."""
    (part,) = vitality.parts(record(found, **declared), RULES)
    return part


def test_the_verdict_stands_with_all_it_rests_on():
    """Value and limits; each signal's value, weight, contribution, figures, limit, and what would change it."""
    part = section(life())
    shown = words(part.body)
    assert (part.anchor, part.title) == ("kehidupan", "Apakah programnya masih hidup?")
    assert "Dorman" in shown
    assert (
        "Nilai 0,20: sumbangan 10,00 dibagi bobot isyarat yang tidak diam, 50. "
        "Batas: hidup mulai 0,70, melambat mulai 0,40. Keadaan per 24 November 2026." in shown
    )
    assert (
        "Hasil pemantauan terakhir nilai 0,50 × bobot 20 = sumbangan 10,00 | "
        "Pemantauan terakhir 10 Juni 2025: perlu perbaikan. | Batas: Hasil dipakai selama 30 bulan. | "
        "Yang mengubahnya: Laporan pemantauan berikutnya. |" in shown
    )
    assert "Arah survei ○diam bobot 15 tidak ditimbang | Belum ada survei. |" in shown
    assert "Kesimpulan ini tidak mengubah nilai LKE, predikat, atau jatuh tempo pemantauan" in shown


def test_during_its_notice_the_word_is_nowhere():
    """The card says until when, and what the unit can do; not what is coming."""
    part = section(life(Vitality.MELAMBAT, notice=date(2026, 12, 30)))
    shown = words(part.body)
    assert "dorman" not in part.body.lower()
    assert "◆Melambat" in shown
    assert "Dalam pemberitahuan sampai 30 Desember 2026." in shown
    brief = words(vitality.brief(life(Vitality.MELAMBAT, notice=date(2026, 12, 30))))
    assert brief == "◆Melambat | Dalam pemberitahuan sampai 30 Desember 2026. | Alasan dan tanggapan unit | "
    assert words(vitality.brief(life())) == "▲Dorman | Alasan dan tanggapan unit | "


def test_the_list_of_units_names_the_last_day_of_a_notice():
    """Melambat during a notice is not any melambat: the list says until when, as the unit's own page does."""
    shown = words(directory.directory([summarise(record(life(Vitality.MELAMBAT, notice=date(2026, 12, 30))))]))
    assert "| ◆Melambat dalam pemberitahuan sampai 30 Desember 2026 |" in shown
    assert "dorman" not in shown.lower()
    assert "pemberitahuan" not in directory.directory([summarise(record(life()))])


def test_a_value_is_shown_on_its_side_of_the_limit():
    """0.6994 is not shown as 0.70, which would be alive."""
    assert "Nilai 0,699:" in words(section(life(Vitality.MELAMBAT, "3497/5000")).body)
    assert "Nilai 0,70:" in words(section(life(Vitality.HIDUP, "7/10")).body)


def test_too_little_to_tell_gives_no_value():
    """It says how much weight there is and how much is needed."""
    found = replace(life(Vitality.BELUM_CUKUP_DATA), value=None, filled=20)
    shown = words(section(found).body)
    assert "Belum cukup data" in shown
    assert "Nilai tidak dihitung: isyarat yang tidak diam berbobot 20, sedangkan yang diperlukan" in shown


REPLIES = (
    Reply(dated=date(2026, 9, 1), text="Sedang dibenahi.", by="Kepala kantor", source="https://contoh.go.id/surat"),
    Reply(dated=date(2026, 11, 1), text="<b>Selesai</b>\nsemua"),
    Reply(dated=date(2026, 12, 1), text="Belum terjadi"),
)


def test_the_reply_stands_beside_the_verdict():
    """The latest first, dated, by the office; text is text; a reply of a later day is not there yet."""
    body = section(life(), replies=REPLIES).body
    shown = words(body)
    assert shown.index("1 November 2026") < shown.index("1 September 2026 · Kepala kantor · Sumber")
    assert "&lt;b&gt;Selesai&lt;/b&gt;" in body
    assert "Belum terjadi" not in body
    assert "Unit belum menanggapi" not in shown
    assert "Unit belum menanggapi" in words(section(life()).body)


def test_a_unit_without_a_predicate_is_not_judged_but_may_reply():
    """No verdict, and no empty part of the page."""
    assert section(None, replies=REPLIES).anchor == "tanggapan"
    assert list(vitality.parts(record(None), RULES)) == []


def test_verdicts_are_counted_in_a_sentence():
    """In the order alive to unknown; units without a predicate are not counted."""
    found = [Vitality.DORMAN, Vitality.HIDUP, None, Vitality.HIDUP]
    assert vitality.counted(found) == "Program unit berpredikat: 2 hidup, 1 dorman."
    assert vitality.counted([None]) == ""


CASE = Case(kind="pungutan-liar", month=date(2026, 3, 1), source="https://contoh.go.id/7", state=Confirmation.DIPERIKSA)


def test_a_case_is_kind_month_state_and_source():
    """Nothing else; it is no verdict, and complaints go to the official channel."""
    later = replace(CASE, month=date(2026, 12, 1), kind="suap")
    part = cases.part(record(None, cases=(CASE, later)))
    shown = words(part.body)
    assert "Maret 2026 | Pungutan liar | ◆Diperiksa | Sumber |" in shown
    assert "Suap" not in shown
    assert "Sebuah kasus bukan putusan atas unit ini" in shown
    assert 'href="https://contoh.go.id/7"' in part.body
    assert 'href="https://www.lapor.go.id"' in part.body


def test_a_case_with_an_unsafe_source_links_nowhere():
    """Whoever recorded it."""
    part = cases.part(record(None, cases=(replace(CASE, source="javascript:alert(1)"),)))
    assert "javascript" not in part.body


def test_without_cases_the_channel_is_still_named():
    """None recorded is not none there."""
    shown = words(cases.part(record(None)).body)
    assert "Tidak ada kasus yang dicatat." in shown
    assert "SP4N-LAPOR!" in shown


@pytest.mark.parametrize(
    "row",
    [
        "Tindak lanjut yang selesai | 10 |",
        "Hidup bila nilainya paling sedikit | 0,7 |",
        "Pemberitahuan sebelum dorman ditampilkan | 60 hari |",
        "Triwulan yang dinyatakan, paling sedikit | 2 dari 4 |",
        "Hasil pemantauan perlu perbaikan | bernilai 0,5 |",
        "Indeks survei turun sedikit (bernilai 0,5) bila paling banyak | 0,2 |",
    ],
)
def test_the_method_page_shows_the_rules(row):
    """Every signal with its weight, every limit, from the data judged with."""
    assert row in words(vitality_method.rules_table(RULES))
