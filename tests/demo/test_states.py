"""The demo shows every state worth seeing, on the unit that generator/demo/__init__.py names for it."""

from datetime import date
from fractions import Fraction

import pytest

import generator.demo
from generator.demo.stories import END
from generator.model.day import quarter_end
from generator.model.declared import EventKind, Predicate, Tier
from generator.model.finding import Level
from generator.model.judged import Stage, Status
from generator.reading.blobs import open_tree
from generator.registry import check, load_catalogue

WBK, WBBM = Predicate.WBK, Predicate.WBBM


@pytest.fixture(scope="session")
def findings(demo):
    """Everything `zi check` says of the demo, long after its last day."""
    with open_tree(demo) as tree:
        return check(tree, load_catalogue(), date(2035, 1, 1)).findings


def last(units, unit):
    """Assessment of the last year."""
    return units[unit].assessments[-1]


def unmet(units, unit, tier=Tier.TPN):
    """Codes of the conditions for WBK that the tier's result does not meet (or cannot tell)."""
    verdict = last(units, unit).results[tier].verdicts[WBK]
    return {condition.code: condition.met for condition in verdict.conditions if condition.met is not True}


def node(units, unit, tier, code):
    """Score of a node in the last year."""
    return last(units, unit).results[tier].score.nodes[code].score


def test_the_table_of_units_names_every_unit(units):
    """Whoever looks for a state finds the unit's id in the package's docstring."""
    assert len(units) == 24
    assert [unit for unit in units if unit not in generator.demo.__doc__] == []


@pytest.mark.parametrize(
    ("unit", "state"),
    [
        ("keuangan/kppn-contoh-satu", (WBBM, Status.TERJADWAL, "2027-12-10", "Itjen")),
        ("pertanahan/kantah-contoh-satu", (WBK, Status.TERLAMBAT, "2025-12-05", "Itjen")),
        ("keuangan/kppn-contoh-dua", (WBK, Status.SEGERA, "2027-01-15", "UKI-Es.I")),
        ("keuangan/kppn-contoh-empat", (WBK, Status.TERJADWAL, "2028-08-19", "UKI-Es.I")),
        ("kesehatan/balai-contoh-lima", (WBBM, Status.TERLAMBAT, "2025-10-03", "TPI")),
        ("kesehatan/balai-contoh-enam", (WBK, Status.TERJADWAL, "2027-11-20", "TPI")),
        ("kota/puskesmas-contoh-enam", (WBK, Status.TERJADWAL, "2027-12-10", "Inspektorat Daerah")),
        ("kota/puskesmas-contoh-satu", (None, Status.BELUM_BERPREDIKAT, None, None)),
        ("keuangan/kppn-contoh-lima", (None, Status.BELUM_BERPREDIKAT, None, None)),
    ],
)
def test_monitoring_states(units, unit, state):
    """Scheduled, due soon, overdue, done, and none: by different bodies."""
    found = units[unit].monitoring
    due = found.due.isoformat() if found.due else None
    assert (found.predicate, found.status, due, found.by) == state


def test_monitoring_done_this_year(units):
    """One unit was monitored a few months before the story ends."""
    assert units["keuangan/kppn-contoh-empat"].monitoring.last == date(2026, 8, 19)


@pytest.mark.parametrize(
    ("unit", "barred_until"),
    [("kesehatan/balai-contoh-satu", date(2027, 3, 17)), ("kota/puskesmas-contoh-lima", date(2028, 2, 16))],
)
def test_revoked_and_barred(units, unit, barred_until):
    """A WBK and a WBBM were revoked; the units may not be proposed yet."""
    monitoring = units[unit].monitoring
    assert (monitoring.status, monitoring.barred_until) == (Status.DICABUT, barred_until)


@pytest.mark.parametrize(
    ("unit", "state"),
    [
        # due 12 December 2024; 12 November is 30 days early; from then due 12 November 2026, 6 October is 37 early
        ("kota/puskesmas-contoh-empat", (Stage.DALAM_KONFIRMASI, "2026-10-06", [30, 37], 1, 0)),
        # due 12 December 2024: 19 + 31 + 28 + 31 + 30 + 31 + 17 = 187 days late
        ("pertanahan/kantah-contoh-lima", (Stage.DIKONFIRMASI, "2025-10-20", [-187], 0, 0)),
        # due 21 December 2022: 22 + 21 = 43; then due 8 November 2024: 16 + 8 = 24
        ("kesehatan/balai-contoh-satu", (Stage.DICABUT, "2025-03-17", [43, 24], 0, 0)),
        ("pertanahan/kantah-contoh-empat", (Stage.DIUSULKAN, "2026-05-22", [], 0, 0)),
        ("keuangan/kppn-contoh-lima", (Stage.BELUM_DIUSULKAN, None, [], 0, 0)),
    ],
)
def test_stages(units, unit, state):
    """In confirmation, confirmed, revoked, proposed again, never proposed; how early monitored, what is open."""
    found = units[unit].monitoring
    since = found.stage_since.isoformat() if found.stage_since else None
    early = [timing.early for timing in found.timings]
    assert (found.stage, since, early, len(found.follow_ups), found.follow_ups_late) == state


def test_revoked_and_free_again(units):
    """A unit whose bar is over is proposed again."""
    record = units["pertanahan/kantah-contoh-empat"]
    kinds = [event.kind for event in record.unit.events]
    assert kinds == [EventKind.DITETAPKAN, EventKind.DICABUT, EventKind.DIUSULKAN]
    assert record.monitoring.status is Status.BELUM_BERPREDIKAT


def test_met_and_held(units):
    """What TPN found in 2025 met WBBM; what it finds elsewhere in 2026 meets WBK, awarded or not."""
    awarded = next(one for one in units["keuangan/kppn-contoh-satu"].assessments if one.declared.year == 2025)
    assert (awarded.deciding, awarded.forecast) == (Tier.TPN, False)
    assert awarded.results[Tier.TPN].verdicts[WBBM].met is True
    for unit in ("keuangan/kppn-contoh-enam", "kesehatan/balai-contoh-enam"):
        verdicts = last(units, unit).results[Tier.TPN].verdicts
        assert (verdicts[WBK].met, verdicts[WBBM].met) == (True, False)


def test_forecasts(units):
    """Where TPN has not assessed, TPI's result is a forecast; where TPI has not, the unit's own."""
    for unit, tier in (("kota/puskesmas-contoh-satu", Tier.TPI), ("kesehatan/balai-contoh-empat", Tier.MANDIRI)):
        assert (last(units, unit).deciding, last(units, unit).forecast) == (tier, True)


def test_self_assessment_far_above_tpi(units):
    """More than 20 points lie between the unit's own total and TPI's."""
    results = last(units, "kota/puskesmas-contoh-satu").results
    assert results[Tier.MANDIRI].score.total - results[Tier.TPI].score.total > 20


def test_survey_a_hair_below_its_limit(units):
    """IPAK 3.59 is all that stands between the unit and WBK: 3.59 / 4 x 17.5 = 15.70625 < 15.75."""
    assert unmet(units, "kesehatan/balai-contoh-dua") == {"B.I.a": False}
    assert node(units, "kesehatan/balai-contoh-dua", Tier.TPN, "B.I.a") == Fraction("15.70625")


def test_one_weak_area(units):
    """One area below 60 % stops a unit whose total is far above 75."""
    assert unmet(units, "kota/puskesmas-contoh-dua") == {"area-5": False}
    assert last(units, "kota/puskesmas-contoh-dua").results[Tier.TPN].score.total > 80


def test_exactly_at_the_limits(units):
    """A limit is met by what equals it: IPAK 15.75, B.I.b 2.50, B.I 18.25, B.II 14.00."""
    unit = "keuangan/kppn-contoh-tiga"
    scores = [node(units, unit, Tier.TPN, code) for code in ("B.I.a", "B.I.b", "B.I", "B.II")]
    assert scores == [Fraction("15.75"), Fraction("2.5"), Fraction("18.25"), Fraction(14)]
    assert unmet(units, unit) == {}


def test_incomplete(units):
    """Nine questions are open, some said to be and some absent; no verdict is given."""
    assessment = last(units, "pertanahan/kantah-contoh-tiga")
    answers = assessment.declared.sheets[Tier.MANDIRI].answers
    result = assessment.results[Tier.MANDIRI]
    assert len(result.score.unanswered) == 9
    assert 0 < len([code for code in result.score.unanswered if code in answers]) < 9
    assert result.verdicts[WBK].met is None


def test_clearance(units):
    """Withheld is "not met"; not yet given is "cannot tell"."""
    assert unmet(units, "kesehatan/balai-contoh-tiga") == {"clearance": False}
    assert unmet(units, "kota/puskesmas-contoh-tiga") == {"clearance": None}


def test_no_worksheet_yet(units):
    """A unit may be registered before it answers anything."""
    assert units["pertanahan/kantah-contoh-enam"].assessments == ()


def test_statements_stop(units):
    """A programme ends, then the unit says nothing more, while others state every quarter."""
    silent = units["pertanahan/kantah-contoh-satu"].unit.statements
    assert {statement.running for statement in silent} == {True, False}
    assert max(statement.quarter for statement in silent) == "2025-Q1"
    assert max(statement.quarter for statement in units["keuangan/kppn-contoh-satu"].unit.statements) == "2026-Q3"


def test_statements_say_when_and_by_whom(units):
    """Every statement has a day after its quarter's last, and an office."""
    said = [statement for unit in units.values() for statement in unit.unit.statements]
    assert len(said) > 50
    for statement in said:
        assert quarter_end(statement.quarter) < statement.dated <= END
        assert statement.by == "Tim Kerja ZI"


def test_old_evidence_has_expired(units):
    """Where the evidence is old, what was promised for some years only ran out in June 2026."""
    sheet = last(units, "pertanahan/kantah-contoh-satu").declared.sheets[Tier.MANDIRI]
    ended = {
        code
        for code, answer in sheet.answers.items()
        for piece in answer.evidence
        if piece.valid_until is not None and piece.valid_until < END
    }
    assert ended == {"A.I.6.i.b", "A.I.6.ii.d"}


def test_check_finds_nothing_but_the_stories(findings):
    """On any later day: no error; warnings and notes only where a story promises them."""
    assert {(finding.level, finding.code, finding.path.split("/")[2]) for finding in findings} == {
        (Level.WARNING, "bukti-kedaluwarsa", "balai-contoh-lima"),
        (Level.WARNING, "bukti-kedaluwarsa", "kantah-contoh-satu"),
        (Level.WARNING, "berubah-setelah-dinilai", "kantah-contoh-empat"),
        (Level.WARNING, "penyebut-nol", "puskesmas-contoh-empat"),
        (Level.NOTE, "bukti-dipakai-ulang", "kantah-contoh-dua"),
        (Level.NOTE, "bukti-dipakai-ulang", "kantah-contoh-lima"),
    }


def test_answers_changed_after_they_were_judged(units):
    """Four questions that TPI judged and stamped in 2026 are others now; the other stamps of that year hold."""
    changed = {unit: record.assessments[-1].results for unit, record in units.items() if record.assessments}
    named = {unit: results[Tier.TPI].changed for unit, results in changed.items() if Tier.TPI in results}
    assert {unit: len(codes) for unit, codes in named.items() if codes} == {"pertanahan/kantah-contoh-empat": 4}
    stamped = [unit for unit in named if last(units, unit).declared.sheets[Tier.TPI].judges]
    assert len(stamped) > 10
    assert not any(result.rest_changed for results in changed.values() for result in results.values())


def test_evidence_is_recycled_across_years_and_units(units, findings):
    """The same file serves other years of the unit, and another unit; the check names the other unit first."""

    def hashes(unit, year):
        sheets = {one.declared.year: one.declared.sheets[Tier.MANDIRI] for one in units[unit].assessments}
        return {piece.sha256 for answer in sheets[year].answers.values() for piece in answer.evidence} - {""}

    used = hashes("pertanahan/kantah-contoh-dua", 2026)
    assert used & hashes("pertanahan/kantah-contoh-dua", 2023)
    assert used & hashes("pertanahan/kantah-contoh-lima", 2023)
    notes = [note.message for note in findings if note.path.endswith("kantah-contoh-dua/2026/mandiri.yaml")]
    assert any("dipakai juga untuk pertanahan/kantah-contoh-lima" in note for note in notes)


def test_evidence_of_every_kind(units):
    """Some evidence is exempt from disclosure, some valid for long; answers have one to three pieces."""
    sheets = [assessment.declared.sheets[Tier.MANDIRI] for unit in units.values() for assessment in unit.assessments]
    answers = [answer for sheet in sheets for answer in sheet.answers.values() if answer.choice not in {"", "belum"}]
    evidence = [piece for answer in answers for piece in answer.evidence]
    assert {len(answer.evidence) for answer in answers} == {1, 2, 3}
    assert any(piece.exempt for piece in evidence)
    assert any(piece.valid_until and piece.valid_until.year > 2050 for piece in evidence)
    assert all(piece.dated <= END for piece in evidence)


def test_sheets_have_the_size_of_real_ones(demo):
    """A full worksheet is a file of 40 to 100 kB, an assessment of 15 to 40 kB."""
    for path in demo.glob("units/*/*/2026/*.yaml"):
        size = path.stat().st_size / 1000
        if path.stem == "mandiri":
            assert 40 < size < 100
        elif path.stem in {"tpi", "tpn"}:
            assert 15 < size < 40


@pytest.mark.parametrize(
    ("unit", "verdict", "notice"),
    [
        ("keuangan/kppn-contoh-empat", "hidup", None),
        ("keuangan/kppn-contoh-satu", "hidup", None),
        ("keuangan/kppn-contoh-dua", "melambat", None),
        ("kesehatan/balai-contoh-lima", "melambat", date(2026, 11, 30)),  # follow-ups due 30 September: 1 October + 60
        ("pertanahan/kantah-contoh-satu", "dorman", None),
        ("kota/puskesmas-contoh-enam", "belum-cukup-data", None),
    ],
)
def test_every_verdict_on_a_programme(units, unit, verdict, notice):
    """Alive, slowing, on notice, dormant, and too little to tell."""
    life = units[unit].life
    assert (life.verdict, life.notice_until) == (verdict, notice)


def test_a_signal_of_every_kind(units):
    """One unit has all five; elsewhere some are silent."""
    spoken = {unit: [one.code for one in record.life.signals if one.value is not None] for unit, record in held(units)}
    assert len(spoken["keuangan/kppn-contoh-empat"]) == 5
    assert spoken["kota/puskesmas-contoh-enam"] == ["bukti", "survei"]


def held(units):
    """Units that hold a predicate."""
    return [(unit, record) for unit, record in units.items() if record.life is not None]


def test_replies_and_cases(units):
    """Units reply to what hurts; a case stands beside a verdict it does not move, proven or not."""
    replied = {unit for unit, record in units.items() if record.unit.replies}
    assert replied == {
        "pertanahan/kantah-contoh-satu",
        "kesehatan/balai-contoh-lima",
        "kota/puskesmas-contoh-lima",
    }
    states = {unit: [case.state for case in record.unit.cases] for unit, record in units.items() if record.unit.cases}
    assert states == {"keuangan/kppn-contoh-empat": ["tidak-terbukti"], "kota/puskesmas-contoh-lima": ["terbukti"]}


def test_a_follow_up_is_done_only_when_it_is_done(units):
    """Done late, done early, still open."""
    reports = units["keuangan/kppn-contoh-empat"].unit.monitoring
    asked = [(one.until, one.done) for report in reports for one in report.follow_ups]
    assert asked == [
        (date(2025, 3, 31), date(2025, 3, 12)),
        (date(2025, 6, 30), date(2025, 7, 15)),
        (date(2026, 12, 31), None),
    ]
