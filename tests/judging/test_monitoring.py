from datetime import date
from pathlib import Path

import pytest
import yaml

from generator.judging.course import course
from generator.judging.monitoring import build_cycle, status
from generator.model.day import add_months
from generator.model.declared import Agency, EventKind, FollowUp, MonitoringReport, Predicate, PredicateEvent, Unit
from generator.program_files import SCHEMA

CASES = Path(__file__).parents[1] / "cases" / "monitoring"
CYCLE = build_cycle(yaml.safe_load((SCHEMA / "aturan" / "pemantauan.yaml").read_text(encoding="utf-8")))
FIELDS = ("predikat", "sejak", "status", "jatuh_tempo", "hari", "pelaksana", "dilarang_sampai", "terakhir")


def unit_of(scene: dict) -> Unit:
    """Return the unit a case file describes."""
    return Unit(
        id="contoh/kppn-contoh-satu",
        agency=Agency(
            id="contoh",
            name="Instansi Contoh",
            monitors={Predicate(name): body for name, body in scene.get("pemantau", {}).items()},
        ),
        name="KPPN Contoh Satu",
        events=tuple(
            PredicateEvent(
                kind=EventKind(event["jenis"]), predicate=Predicate(event["predikat"]), dated=event["tanggal"]
            )
            for event in scene.get("peristiwa", [])
        ),
        monitoring=tuple(
            MonitoringReport(
                dated=report["tanggal"],
                by=report["pelaksana"],
                result=report["hasil"],
                follow_ups=tuple(
                    FollowUp(what=one["uraian"], until=one["batas"], done=one.get("selesai"))
                    for one in report.get("tindak_lanjut", [])
                ),
            )
            for report in scene.get("pemantauan", [])
        ),
        statements=(),
        years=(),
    )


def moments(asked: str) -> list:
    """Return every (scene, day) the case files have under `asked`; what it does not name is expected to be null."""
    return [
        pytest.param(scene, day, expected, id=f"{path.stem}@{day}")
        for path in sorted(CASES.glob("*.yaml"))
        for scene in [yaml.safe_load(path.read_text(encoding="utf-8"))]
        for day, expected in scene.get(asked, {}).items()
    ]


@pytest.mark.parametrize(("scene", "day", "expected"), moments("pada"))
def test_a_scene_stands_as_its_file_works_out(scene, day, expected) -> None:
    """On every day a scene names, the status is the one worked out in its comment."""
    found = status(unit_of(scene), CYCLE, day)
    given = (
        found.predicate,
        found.since,
        found.status,
        found.due,
        found.days,
        found.by,
        found.barred_until,
        found.last,
    )
    assert dict(zip(FIELDS, given, strict=True)) == dict.fromkeys(FIELDS) | {
        name: value for name, value in expected.items() if name != "alasan"
    }
    assert found.as_of == day
    assert found.reason == expected.get("alasan", found.reason)


@pytest.mark.parametrize(("scene", "day", "expected"), moments("tahap"))
def test_a_scene_is_in_the_stage_its_file_works_out(scene, day, expected) -> None:
    """Stage and since when, how early the last monitoring was, what is open and late; nothing named is none."""
    found = status(unit_of(scene), CYCLE, day)
    assert {
        "tahap": found.stage,
        "sejak": found.stage_since,
        "lebih_awal": found.timing and found.timing.early,
        "terbuka": len(found.follow_ups),
        "lewat": found.follow_ups_late,
    } == {"sejak": None, "lebih_awal": None, "terbuka": 0, "lewat": 0} | expected


CAUSES = ("diusulkan", "ditetapkan", "dipertahankan", "perlu-perbaikan", "diusulkan-dicabut", "dikonfirmasi", "dicabut")
# Where each cause (in the order of CAUSES) leads from each stage; "." is no turn.
TABLE = """
belum-diusulkan   diusulkan ditetapkan .             .               .                .            dicabut
diusulkan         .         ditetapkan .             .               .                .            dicabut
ditetapkan        .         ditetapkan dipertahankan perlu-perbaikan dalam-konfirmasi .            dicabut
dipertahankan     .         ditetapkan dipertahankan perlu-perbaikan dalam-konfirmasi .            dicabut
perlu-perbaikan   .         ditetapkan dipertahankan perlu-perbaikan dalam-konfirmasi .            dicabut
dalam-konfirmasi  .         ditetapkan .             .               .                dikonfirmasi dicabut
dikonfirmasi      .         ditetapkan dipertahankan perlu-perbaikan dalam-konfirmasi .            dicabut
dicabut           .         .          .             .               .                .            dicabut
"""
# How each stage is come to from nothing, a cause a month.
WAYS = {
    "belum-diusulkan": "",
    "diusulkan": "diusulkan",
    "ditetapkan": "ditetapkan",
    "dipertahankan": "ditetapkan dipertahankan",
    "perlu-perbaikan": "ditetapkan perlu-perbaikan",
    "dalam-konfirmasi": "ditetapkan diusulkan-dicabut",
    "dikonfirmasi": "ditetapkan diusulkan-dicabut dikonfirmasi",
    "dicabut": "dicabut",
}


@pytest.mark.parametrize(
    ("stage", "cause", "then"),
    [
        (stage, cause, then)
        for stage, *row in (line.split() for line in TABLE.strip().splitlines())
        for cause, then in zip(CAUSES, row, strict=True)
    ],
)
def test_what_leads_where(stage, cause, then) -> None:
    """From each stage each cause leads where the table says, on its day, or changes nothing."""
    causes = [*WAYS[stage].split(), cause]
    dated = [(cause, date(2025, month, 10)) for month, cause in enumerate(causes, start=1)]
    kinds = set(EventKind)
    unit = unit_of(
        {
            "peristiwa": [{"jenis": one, "predikat": "WBK", "tanggal": day} for one, day in dated if one in kinds],
            "pemantauan": [
                {"tanggal": day, "pelaksana": "TPI", "hasil": one} for one, day in dated if one not in kinds
            ],
        }
    )
    past = course(unit, CYCLE, date(2025, 12, 31))
    assert [turn.cause for turn in past.turns] == (causes if then != "." else causes[:-1])
    assert past.stage == (stage if then == "." else then)
    if then != ".":
        assert past.turns[-1].day == dated[-1][1]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 8, 31), 1, date(2025, 9, 30)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 11, 30), 1, date(2025, 12, 30)),
        (date(2025, 1, 31), 0, date(2025, 1, 31)),
        (date(9999, 11, 30), 1, date(9999, 12, 30)),
        (date(9999, 12, 1), 1, date(9999, 12, 31)),
        (date(9998, 1, 1), 1200, date(9999, 12, 31)),
    ],
)
def test_a_month_too_short_ends_on_its_last_day(day, months, expected) -> None:
    """The day of the month stays, unless the month lacks it; the calendar's end is the end."""
    assert add_months(day, months) == expected


def test_the_rule_file_says_what_the_regulation_says() -> None:
    """24 months between monitorings, 90 days of warning, 24 months barred, TPI where the agency is silent."""
    assert (CYCLE.interval_months, CYCLE.soon_days, CYCLE.barred_months, CYCLE.default_monitor) == (24, 90, 24, "TPI")
    assert CYCLE.reminder_days == (90, 30, 7)


def test_every_rule_names_its_source_and_a_note() -> None:
    """A number without a source cannot be corrected by a reader."""
    rules = yaml.safe_load((SCHEMA / "aturan" / "pemantauan.yaml").read_text(encoding="utf-8"))
    numbers = ["larangan_bulan", "pelaksana_baku", "pengingat_hari", "segera_hari", "selang_bulan"]
    assert sorted(rules) == [*numbers, "tahap"]
    for rule in rules.values():
        assert sorted(rule) == ["catatan", "nilai", "sumber"]


@pytest.mark.parametrize("broken", [{}, {"selang_bulan": {"nilai": "dua tahun"}}])
def test_a_broken_rule_file_is_no_cycle(broken) -> None:
    """A rule file without its numbers stops the program instead of guessing."""
    with pytest.raises((KeyError, ValueError)):
        build_cycle(broken)
