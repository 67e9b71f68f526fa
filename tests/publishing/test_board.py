"""/pemantauan/: the board an internal assessor works from, and the same facts for programs."""

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
import yaml

from generator.model.declared import (
    Agency,
    EventKind,
    FollowUp,
    MonitoringReport,
    Predicate,
    PredicateEvent,
)
from generator.model.judged import Stage
from generator.program_files import SCHEMA
from generator.publishing import words as names
from generator.publishing.site import pages

TODAY = date(2026, 11, 24)
OTHER = Agency(id="lain", name="Badan Lain", monitors={Predicate.WBBM: "Itjen"})
FOLLOW_UPS = (
    FollowUp(what="Latih petugas", until=date(2026, 11, 23)),
    FollowUp(what="Perbarui maklumat", until=date(2026, 11, 24)),
    FollowUp(what="Umumkan", until=date(2026, 1, 31), done=date(2026, 1, 31)),
)


def award(day, predicate=Predicate.WBK):
    """An award."""
    return PredicateEvent(kind=EventKind.DITETAPKAN, predicate=predicate, dated=day)


def report(day, result="dipertahankan", follow_ups=()):
    """A report."""
    return MonitoringReport(dated=day, by="TPI", result=result, follow_ups=follow_ups)


@pytest.fixture
def units(make_unit):
    """Six units that hold a predicate on 24 November 2026, two of another agency, and one that is barred."""
    return (
        # due 23 November 2026, a day ago
        make_unit("lewat", events=(award(date(2024, 11, 23)),)),
        # due today
        make_unit("hari-ini", events=(award(date(2024, 11, 24)),)),
        # due 22 February 2027: 6 + 31 + 31 + 22 = 90 days
        make_unit("sembilan-puluh", events=(award(date(2025, 2, 22)),)),
        # due 23 February 2027: 91 days
        make_unit("sembilan-satu", events=(award(date(2025, 2, 23)),)),
        # monitored 10 October 2025 (due 10 December 2025: 21 + 30 + 10 = 61 days early), so due 10 October 2027
        replace(
            make_unit("dua", events=(award(date(2023, 12, 10)),)),
            id="lain/dua",
            agency=OTHER,
            monitoring=(report(date(2025, 10, 10), "perlu-perbaikan", FOLLOW_UPS),),
        ),
        # WBBM: monitored 1 November 2026, on its due day, and proposed to be revoked
        replace(
            make_unit("satu", events=(award(date(2022, 12, 1)), award(date(2024, 11, 1), Predicate.WBBM))),
            id="lain/satu",
            agency=OTHER,
            monitoring=(report(date(2026, 11, 1), "diusulkan-dicabut"),),
        ),
        make_unit(
            "dicabut",
            events=(
                award(date(2022, 12, 1)),
                PredicateEvent(kind=EventKind.DICABUT, predicate=Predicate.WBK, dated=date(2024, 11, 24)),
            ),
            monitoring=(report(date(2024, 10, 1), "diusulkan-dicabut"),),
        ),
    )


@pytest.fixture
def made(bare_theme, rulebook, judged, units):
    """The site's files of those units."""
    return dict(pages(map(judged, units), bare_theme, rulebook, TODAY))


def part(page, anchor):
    """Return the words of the section that the anchor stands in."""
    (found,) = re.findall(rf'<section[^>]*>(?:<h2 id="{anchor}">|(?<=id="{anchor}">)).*?</section>', page, re.DOTALL)
    text = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", found))).strip()
    return re.sub(r" (?=[.,:;])", "", text)


def listed(page, anchor):
    """Return the units a section lists, in order."""
    (found,) = re.findall(rf'<section[^>]*>(?:<h2 id="{anchor}">|(?<=id="{anchor}">)).*?</section>', page, re.DOTALL)
    return re.findall(r'href="\.\./unit/[a-z-]+/([a-z-]+)/index\.html"', found)


def test_each_unit_stands_where_its_day_puts_it(made):
    """Late, due today to 90 days ahead, later; done: the newest first, the late not; barred through the last day."""
    page = made["pemantauan/index.html"].decode()
    assert listed(page, "terlambat") == ["lewat"]
    assert listed(page, "segera") == ["hari-ini", "sembilan-puluh"]
    assert listed(page, "terjadwal") == ["sembilan-satu", "dua", "satu"]
    assert listed(page, "dipantau") == ["satu", "dua"]
    assert listed(page, "dicabut") == ["dicabut"]


def test_a_revoked_unit_was_monitored_when_it_was(made):
    """Its last monitoring is that of the predicate it held, and not said to be missing."""
    text = part(made["pemantauan/index.html"].decode(), "dicabut")
    assert "tidak dapat diusulkan sampai 24 November 2026 – 1 Oktober 2024 0" in text


def test_what_was_done_says_how_early_and_what_is_open(made):
    """Two follow-ups are open, of which one had its last day yesterday."""
    text = part(made["pemantauan/index.html"].decode(), "dipantau")
    assert "1 November 2026 tepat pada jatuh temponya ▲ Dalam konfirmasi Itjen 1 November 2028 0" in text
    assert "10 Oktober 2025 61 hari sebelum jatuh tempo ◆ Perlu perbaikan TPI 10 Oktober 2027 2, 1 lewat batas" in text


def test_coverage_of_each_agency(made):
    """Badan Lain: both monitored; Instansi Contoh: of four, one late, three not due yet; together 2 of 6, a third."""
    text = part(made["pemantauan/index.html"].decode(), "cakupan")
    assert "Badan Lain 2 2 (100,00 %) 0 0 1 2, 1 lewat batas" in text
    assert "Instansi Contoh 4 0 (0,00 %) 3 1 0 0" in text
    assert "Semua instansi 6 2 (33,33 %) 3 1 1 2, 1 lewat batas" in text


def test_each_body_has_its_own_list_at_its_own_address(made):
    """Three bodies; a link from the table leads to each list, which has that body's units alone, the urgent first."""
    page = made["pemantauan/index.html"].decode()
    anchors = re.findall(r'<a href="#(pelaksana-[a-z0-9-]+)">', page)
    assert [re.sub("-[0-9a-f]{8}$", "", anchor) for anchor in anchors] == [
        *("pelaksana-lain", "pelaksana-lain", "pelaksana-contoh"),
    ]
    lists = [listed(page, anchor) for anchor in anchors]
    assert sorted(lists) == [["dua"], ["lewat", "hari-ini", "sembilan-puluh", "sembilan-satu"], ["satu"]]
    assert page.count('class="zi-badan"') == 3
    for anchor in anchors:
        assert page.count(f'id="{anchor}"') == 1


def test_one_body_needs_no_list_of_its_own(bare_theme, rulebook, judged, units):
    """The page is that list already."""
    page = dict(pages(map(judged, units[:4]), bare_theme, rulebook, TODAY))["pemantauan/index.html"].decode()
    assert "zi-badan" not in page
    assert "#pelaksana-" not in page


def test_the_file_says_what_the_board_says(made):
    """pemantauan.json: coverage per agency and of all; each unit with what is open."""
    data = json.loads(made["pemantauan/pemantauan.json"])
    assert data["per"] == "2026-11-24"
    assert [(one["id"], one["berpredikat"], one["dipantau"], one["terlambat"]) for one in data["instansi"]] == [
        ("contoh", 4, 0, 1),
        ("lain", 2, 2, 0),
    ]
    assert (data["semua"]["berpredikat"], data["semua"]["tindak_lanjut_terlambat"]) == (6, 1)
    by_id = {unit["id"]: unit for unit in data["unit"]}
    assert list(by_id) == sorted(by_id)
    assert by_id["lain/dua"] == {
        "id": "lain/dua",
        "predikat": "WBK",
        "status": "terjadwal",
        "jatuh_tempo": "2027-10-10",
        "hari": 320,  # 6 to 30 November, 31, then 273 to 30 September 2027, 10
        "pelaksana": "TPI",
        "dilarang_sampai": None,
        "tahap": "perlu-perbaikan",
        "tahap_sejak": "2025-10-10",
        "pemantauan_terakhir": "2025-10-10",
        "dipantau_lebih_awal": 61,
        "tindak_lanjut_terbuka": 2,
        "tindak_lanjut_terlambat": 1,
        "nama": "KPPN Contoh Dua",
        "instansi": "lain",
        "tindak_lanjut": [
            {"uraian": "Latih petugas", "batas": "2026-11-23", "keadaan": "terlambat"},
            {"uraian": "Perbarui maklumat", "batas": "2026-11-24", "keadaan": "terbuka"},
        ],
    }


def test_stages_are_called_on_pages_what_the_rules_call_them():
    """One name each, in schema/aturan/pemantauan.yaml and on every page."""
    rules = yaml.safe_load((SCHEMA / "aturan" / "pemantauan.yaml").read_text(encoding="utf-8"))["tahap"]["nilai"]
    assert {stage.value: names.STAGES[stage][2] for stage in Stage} == {
        stage: rule["nama"] for stage, rule in rules.items()
    }
