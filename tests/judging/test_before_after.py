from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging.assessing import assess
from generator.judging.before_after import before_after, remembered, spans
from generator.judging.monitoring import build_cycle, status
from generator.model.declared import (
    Agency,
    Answer,
    EventKind,
    Evidence,
    FollowUp,
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
from generator.model.history import Change, ChangeKind, Commit, Step, Version
from generator.model.judged import UnitRecord
from generator.program_files import SCHEMA

CASES = sorted((Path(__file__).parents[1] / "cases" / "sebelum-sesudah").glob("*.yaml"))
CYCLE = build_cycle(yaml.safe_load((SCHEMA / "aturan" / "pemantauan.yaml").read_text(encoding="utf-8")))
COMPLAINTS, ANOTHER = "A.II.5.ii.a", "A.I.1.i.a"


def evidence_of(rows):
    """Return the evidence of a case's rows."""
    keys = {"sha256": "sha256", "tautan": "link", "berkas": "file", "judul": "title", "tanggal": "dated"}
    return tuple(Evidence(**{keys[key]: value for key, value in row.items()}) for row in rows)


def year_of(instrument, year, scene):
    """Return a year of a case."""
    counts = {Tier(tier): pair for tier, pair in scene.get("pengaduan", {}).items()}
    sheets = {}
    for tier in {Tier.MANDIRI, *counts}:
        answers = {}
        if tier in counts:
            done, received = counts[tier]
            answers[COMPLAINTS] = Answer(counts={"pengaduan-selesai": done, "pengaduan-wajib": received})
        if tier is Tier.MANDIRI:
            answers[ANOTHER] = Answer(choice="Ya", evidence=evidence_of(scene.get("bukti", [])))
        sheets[tier] = Sheet(tier=tier, instrument=instrument.id, year=year, answers=answers)
    surveys = tuple(
        Survey(
            id=f"s{place}",
            kind=row["jenis"],
            surveyor=row["penyelenggara"],
            respondents=10,
            index=Fraction(row["indeks"]),
            dated=row.get("tanggal"),
        )
        for place, row in enumerate(scene.get("survei", []))
    )
    return UnitYear(year=year, sheets=sheets, surveys=surveys, clearances={})


def record_of(instrument, scene):
    """Return the record a case describes."""
    unit = Unit(
        id="contoh/kppn-contoh-satu",
        agency=Agency(id="contoh", name="Instansi Contoh", monitors={}),
        name="KPPN Contoh Satu",
        events=tuple(
            PredicateEvent(kind=EventKind(one["jenis"]), predicate=Predicate(one["predikat"]), dated=one["tanggal"])
            for one in scene["peristiwa"]
        ),
        monitoring=tuple(
            MonitoringReport(
                dated=one["tanggal"],
                by="TPI",
                result="dipertahankan",
                follow_ups=tuple(
                    FollowUp(what="Benahi", until=asked["batas"], done=asked.get("selesai"))
                    for asked in one["tindak_lanjut"]
                ),
            )
            for one in scene.get("pemantauan", [])
        ),
        statements=tuple(
            Statement(quarter=one["triwulan"], programme=one["program"], running=one["ya"])
            for one in scene.get("pernyataan", [])
        ),
        years=tuple(year_of(instrument, year, told) for year, told in scene.get("tahun", {}).items()),
    )
    return UnitRecord(
        unit=unit,
        agency=unit.agency,
        assessments=tuple(assess(instrument, unit, year, 24) for year in unit.years),
        monitoring=status(unit, CYCLE, scene["per"]),
    )


NEVER = datetime(2020, 1, 1, tzinfo=UTC)


def steps_of(changes):
    """Return a step for each (year, tier), one commit each; an empty pair is a cosmetic version."""
    for position, change in enumerate(changes):
        commit = Commit(f"{position:040x}", position, "A", "a@b.example", NEVER, NEVER, "", (), (), ())
        told = ()
        if change:
            year, tier = change
            told = (Change(ChangeKind.ANSWER_CHANGED, "contoh/satu", year, Tier(tier), ANOTHER, "jawab", "A", "B"),)
        yield Step(Version(commit, "units/contoh/satu/2024/mandiri.yaml", "0" * 40), (), told)


def known_of(history):
    """Return what Git knows in a case: first a version that changes no answer, on the day it begins."""
    if history is None:
        return None
    rows = history["perubahan"]
    steps = tuple(steps_of([(), *((row["tahun"], row["penilai"]) for row in rows)]))
    return remembered(steps, [history["sejak"], *(row["hari"] for row in rows)])


def told(period):
    """Return a period as a case writes it."""
    said, complaints = period.said, period.complaints
    return {
        "mulai": period.span.start,
        "selesai": period.finished,
        "perubahan": period.changed,
        "sejak": period.changed_since,
        "bukti": period.evidence,
        "pernyataan": [said.yes, said.no, said.silent] if said else None,
        "survei": {kind: f"{float(one.index):.2f}" for kind, one in period.surveys.items()},
        "pengaduan": list(complaints) if complaints else None,
        "tindak_lanjut": period.follow_ups,
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_each_period_has_what_is_on_record_of_it(path, instrument) -> None:
    """The case file says in its head how each figure comes about."""
    scene = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = before_after(record_of(instrument, scene), known_of(scene.get("riwayat")))
    assert told(found.before) == scene["sebelum"]
    assert [told(period) for period in found.since] == scene["sesudah"]
    assert found.undated == scene["tanpa_tanggal"]
    assert found.remembered == ("riwayat" in scene)


def test_a_unit_without_a_predicate_is_not_compared(instrument) -> None:
    """Nothing was awarded, so there is no before."""
    scene = {"per": date(2026, 1, 1), "peristiwa": []}
    assert before_after(record_of(instrument, scene), None) is None


def test_steps_that_change_no_answer_count_for_nothing() -> None:
    """Commits are not counted: a hundred versions that change no meaning are no real change."""
    found = remembered(tuple(steps_of([()] * 100)), [date(2025, 1, 1)] * 100)
    assert found.changed == ()
    assert found.since == date(2025, 1, 1)


DAYS = st.dates(date(1999, 1, 1), date(2035, 12, 31))
LAWS = settings(derandomize=True, deadline=None, max_examples=60)


@LAWS
@given(st.dates(), st.dates(), st.dates())
def test_periods_partition_time(award, as_of, day) -> None:
    """Any day lies in at most one period, every day from the award to as_of in exactly one; there is no gap."""
    award, as_of = sorted((award, as_of))
    found = spans(award, as_of)
    assert all(one.end == following.start for one, following in pairwise(found))
    assert sum(span.holds(day) for span in found) <= 1
    if award <= day <= as_of < date.max:
        assert sum(span.holds(day) for span in found[1:]) == 1


SCENES = st.fixed_dictionaries(
    {
        "award": DAYS,
        "length": st.integers(0, 1500),
        "evidence": st.lists(st.tuples(st.sampled_from("abcdef"), st.none() | DAYS), max_size=8),
        "follow_ups": st.lists(st.tuples(DAYS, DAYS), max_size=4),
        "surveys": st.lists(st.tuples(st.sampled_from(["IPAK", "IPKP"]), DAYS), max_size=4),
        "statements": st.lists(
            st.tuples(
                st.integers(2000, 2030), st.integers(1, 4), st.sampled_from(["Klinik", "Antrean"]), st.booleans()
            ),
            max_size=6,
        ),
        "changed": st.lists(DAYS, max_size=6),
    }
)


def scene_record(instrument, made):
    """Return the record and what Git knows of a made scene."""
    as_of = made["award"] + timedelta(days=made["length"])
    scene = {
        "per": as_of,
        "peristiwa": [{"jenis": "ditetapkan", "predikat": "WBK", "tanggal": made["award"]}],
        "pemantauan": [
            {"tanggal": made["award"], "tindak_lanjut": [{"batas": u, "selesai": d} for u, d in made["follow_ups"]]}
        ],
        "pernyataan": [
            {"triwulan": f"{year}-Q{quarter}", "program": name, "ya": yes}
            for year, quarter, name, yes in made["statements"]
        ],
        "tahun": {
            2024: {
                "bukti": [{"tautan": link, **({"tanggal": day} if day else {})} for link, day in made["evidence"]],
                "survei": [
                    {"jenis": kind, "indeks": "3", "penyelenggara": "lembaga", "tanggal": day}
                    for kind, day in made["surveys"]
                ],
            }
        },
    }
    days = sorted(made["changed"])
    steps = tuple(steps_of([(day.year, "mandiri") for day in days]))
    return record_of(instrument, scene), remembered(steps, days)


@LAWS
@given(made=SCENES)
def test_every_dated_thing_counts_in_at_most_one_period(instrument, made) -> None:
    """Summed over the periods no figure is more than what there is, and nothing of after as_of counts."""
    record, known = scene_record(instrument, made)
    found = before_after(record, known)
    periods, as_of = (found.before, *found.since), record.monitoring.as_of
    pieces = {link for link, day in made["evidence"] if day is not None and day <= as_of}
    assert sum(one.evidence or 0 for one in periods) <= len(pieces)
    assert sum(one.changed or 0 for one in periods) <= sum(day <= as_of for day in made["changed"])
    assert sum(one.follow_ups or 0 for one in periods) <= sum(done <= as_of for _, done in made["follow_ups"])
    shown = Counter(survey.id for one in periods for survey in one.surveys.values())
    assert all(number == 1 for number in shown.values())
    cells = {(year, quarter, name) for year, quarter, name, _ in made["statements"]}
    assert sum(one.said.yes + one.said.no for one in periods if one.said) <= len(cells)
    assert all(one.said.silent >= 0 for one in periods if one.said)


@LAWS
@given(made=SCENES, commits=st.integers(1, 5))
def test_a_cosmetic_change_alters_nothing(instrument, made, commits) -> None:
    """Reworded titles and notes, and versions without a change of meaning, move no figure."""
    record, known = scene_record(instrument, made)
    before = before_after(record, known)
    (year,) = record.unit.years
    answer = year.sheets[Tier.MANDIRI].answers[ANOTHER]
    retouched = replace(
        answer,
        explanation="Ejaan dibetulkan",
        evidence=tuple(replace(one, title="Judul lain", note="Catatan") for one in answer.evidence),
    )
    sheet = replace(year.sheets[Tier.MANDIRI], answers={ANOTHER: retouched})
    unit = replace(record.unit, years=(replace(year, sheets={Tier.MANDIRI: sheet}),))
    days = sorted(made["changed"])
    if days:
        steps = tuple(steps_of([*((day.year, "mandiri") for day in days), *[()] * commits]))
        known = remembered(steps, [*days, *[days[-1]] * commits])
    assert before_after(replace(record, unit=unit), known) == before
