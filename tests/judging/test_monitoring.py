from datetime import date
from pathlib import Path

import pytest
import yaml

from generator.judging.monitoring import build_cycle, status
from generator.model.day import add_months
from generator.model.declared import Agency, EventKind, MonitoringReport, Predicate, PredicateEvent, Unit
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
            MonitoringReport(dated=report["tanggal"], by=report["pelaksana"], result=report["hasil"])
            for report in scene.get("pemantauan", [])
        ),
        statements=(),
        years=(),
    )


def moments() -> list:
    """Return every (scene, day) of the case files; a field a scene does not name is expected to be null."""
    return [
        pytest.param(scene, day, expected, id=f"{path.stem}@{day}")
        for path in sorted(CASES.glob("*.yaml"))
        for scene in [yaml.safe_load(path.read_text(encoding="utf-8"))]
        for day, expected in scene["pada"].items()
    ]


@pytest.mark.parametrize(("scene", "day", "expected"), moments())
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
