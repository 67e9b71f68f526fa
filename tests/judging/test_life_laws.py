from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.judging import freshness, life_rules
from generator.judging.instrument import build
from generator.judging.life import Norms, turning_days, verdict, weighed
from generator.judging.statements import last_quarters
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
from generator.model.judged import Assessment
from generator.model.life import Vitality
from generator.program_files import SCHEMA

CODES = ("A.I.1.i.a", "A.I.1.iii.b", "A.I.2.i.a")
"""A yearly, a quarterly and a once-only question."""
law = settings(derandomize=True, deadline=None, max_examples=150)


def rule_file(name: str):
    """The data of a shipped rule file."""
    return yaml.safe_load((SCHEMA / "aturan" / f"{name}.yaml").read_text(encoding="utf-8"))


NORMS = Norms(
    life=life_rules.build(rule_file("kehidupan")), freshness=freshness.build(rule_file("kesegaran")), barred_months=24
)
INSTRUMENT = build(
    yaml.safe_load((SCHEMA / "instrumen" / "permenpanrb-90-2021.yaml").read_text(encoding="utf-8")),
)

days = st.dates(date(2022, 1, 1), date(2027, 12, 31))
proofs = st.builds(Evidence, dated=st.none() | days, valid_until=st.none() | days)
statements = st.builds(
    Statement,
    quarter=st.builds("{}-Q{}".format, st.integers(2024, 2026), st.integers(1, 4)),
    programme=st.sampled_from(["Klinik", "Antrean"]),
    running=st.booleans(),
    dated=st.none() | days,
)
reports = st.builds(
    MonitoringReport,
    dated=days,
    by=st.just("TPI"),
    result=st.sampled_from(life_rules.RESULTS),
    follow_ups=st.lists(st.builds(FollowUp, what=st.just("Benahi"), until=days, done=st.none() | days), max_size=3).map(
        tuple
    ),
)
surveys = st.builds(
    Survey,
    id=st.just("s"),
    kind=st.sampled_from(["IPAK", "IPKP"]),
    surveyor=st.sampled_from(["lembaga", "unit"]),
    respondents=st.just(100),
    index=st.sampled_from(["3.00", "3.05", "3.20", "3.25"]).map(Fraction),
    dated=st.none() | days,
)


@st.composite
def years(draw, year: int) -> UnitYear:
    """A year of the unit, with evidence of three kinds of question."""
    answers = {
        code: Answer(choice=draw(st.sampled_from(["", "Ya"])), evidence=tuple(draw(st.lists(proofs, max_size=3))))
        for code in CODES
    }
    sheet = Sheet(tier=Tier.MANDIRI, instrument=INSTRUMENT.id, year=year, answers=answers)
    return UnitYear(
        year=year,
        sheets={Tier.MANDIRI: sheet},
        surveys=tuple(draw(st.lists(surveys, max_size=4))),
        clearances={},
    )


units = st.builds(
    Unit,
    id=st.just("contoh/kppn-contoh-satu"),
    agency=st.just(Agency(id="contoh", name="Instansi Contoh", monitors={})),
    name=st.just("KPPN Contoh Satu"),
    events=st.lists(
        st.builds(
            PredicateEvent,
            kind=st.sampled_from([EventKind.DITETAPKAN, EventKind.DITETAPKAN, EventKind.DICABUT]),
            predicate=st.sampled_from(Predicate),
            dated=days,
        ),
        min_size=1,
        max_size=2,
    ).map(tuple),
    monitoring=st.lists(reports, max_size=3).map(tuple),
    statements=st.lists(statements, max_size=8).map(tuple),
    years=st.tuples(years(2024), years(2025)),
)
moments = st.dates(date(2024, 1, 1), date(2028, 6, 30))


def assessed(unit: Unit) -> tuple[Assessment, ...]:
    """The unit's years, without scores."""
    return tuple(
        Assessment(declared=year, instrument=INSTRUMENT, results={}, deciding=None, forecast=True, gaps={})
        for year in unit.years
    )


def shown(unit: Unit, day: date):
    """What the public sees."""
    return verdict(unit, assessed(unit), NORMS, day)


def value_of(unit: Unit, day: date, code: str) -> Fraction | None:
    """One signal's value, None while it is silent."""
    found = weighed(unit, assessed(unit), NORMS, day)
    assert found is not None
    return next(one.value for one in found.signals if one.code == code)


def notice_day_by_day(unit: Unit, day: date) -> date | None:
    """The end of the notice, found the slow way: go back a day at a time while the day before is dorman too."""
    years_, first = assessed(unit), day

    def dorman(moment: date) -> bool:
        found = weighed(unit, years_, NORMS, moment)
        return found is not None and found.verdict is Vitality.DORMAN

    if not dorman(day):
        return None
    while (day - first).days <= NORMS.life.notice_days and dorman(first - timedelta(1)):
        first -= timedelta(1)
    end = first + timedelta(NORMS.life.notice_days)
    return end if day <= end else None


DORMAN = Unit(
    id="contoh/kppn-contoh-satu",
    agency=Agency(id="contoh", name="Instansi Contoh", monitors={}),
    name="KPPN Contoh Satu",
    events=(PredicateEvent(kind=EventKind.DITETAPKAN, predicate=Predicate.WBK, dated=date(2022, 1, 1)),),
    monitoring=(),
    statements=(),
    years=(),
)


def surveyed(year: int, dated):
    """A year of which only surveys are known."""
    found = st.lists(st.builds(replace, surveys, dated=st.none() | dated), max_size=2)
    return found.map(lambda made: UnitYear(year=year, sheets={}, surveys=tuple(made), clearances={}))


@st.composite
def declining(draw) -> tuple[Unit, date]:
    """A unit whose last turns, mostly for the worse, lie about as far back as a notice lasts; and the day."""
    day = draw(moments)
    lately = st.integers(-5, 130).map(lambda back: day - timedelta(back))
    ended = st.builds(Evidence, dated=st.just(day - timedelta(200)), valid_until=st.none() | lately)
    bad = st.sampled_from(["diusulkan-dicabut", "diusulkan-dicabut", "perlu-perbaikan", "dipertahankan"])
    asked = st.builds(FollowUp, what=st.just("Benahi"), until=lately, done=st.none() | lately)
    report = st.builds(
        MonitoringReport,
        dated=lately | st.just(day - timedelta(300)),
        by=st.just("TPI"),
        result=bad,
        follow_ups=st.lists(asked, max_size=2).map(tuple),
    )
    said = st.builds(
        Statement,
        quarter=st.sampled_from(last_quarters(day, 6)),
        programme=st.sampled_from(["Klinik", "Antrean"]),
        running=st.sampled_from([False, False, True]),
        dated=st.none() | lately,
    )
    award = st.just(date(2022, 1, 1)) | lately
    sheet = Sheet(
        tier=Tier.MANDIRI,
        instrument=INSTRUMENT.id,
        year=day.year,
        answers={CODES[0]: Answer(choice="Ya", evidence=tuple(draw(st.lists(ended, min_size=1, max_size=3))))},
    )
    unit = replace(
        DORMAN,
        events=(replace(DORMAN.events[0], dated=draw(award)),),
        monitoring=tuple(draw(st.lists(report, max_size=3))),
        statements=tuple(draw(st.lists(said, max_size=6))),
        years=(
            *(draw(surveyed(day.year - ago, lately)) for ago in (3, 2, 1)),
            replace(draw(surveyed(day.year, lately)), sheets={Tier.MANDIRI: sheet}),
        ),
    )
    return unit, day


def ways() -> list:
    """Two hundred declining units, the same each time, for the laws that ask what came out."""
    found: list = []

    @settings(derandomize=True, deadline=None, max_examples=200, database=None)
    @given(declining())
    def collect(one) -> None:
        found.append(one)

    collect()
    return found


@law
@given(declining() | st.tuples(units, moments))
def test_the_notice_is_the_one_found_day_by_day(case) -> None:
    """Looking only at days on which something can turn finds the run that looking at every day finds."""
    unit, day = case
    found = shown(unit, day)
    assert (found.notice_until if found else None) == notice_day_by_day(unit, day)


OLD_REPORT = MonitoringReport(dated=date(2024, 2, 29), by="TPI", result="dipertahankan")


@settings(law, max_examples=70)
@given(declining() | st.tuples(units, moments))
@example((replace(DORMAN, monitoring=(OLD_REPORT,)), date(2026, 12, 31)))
def test_nothing_turns_but_on_a_turning_day(case) -> None:
    """From one day to the next no signal's value changes, and no predicate comes or goes, but on a day named."""
    unit, last = case
    years_, first = assessed(unit), last - timedelta(400)
    # 20 months: a year's surveys then fall silent on a day that begins no quarter
    norms = replace(NORMS, life=replace(NORMS.life, surveys=replace(NORMS.life.surveys, months=20)))
    turns = set(turning_days(unit, years_, norms, (first, last)))

    def values(day: date):
        found = weighed(unit, years_, norms, day)
        return found and [one.value for one in found.signals]

    told = values(first)
    for back in range(399, -1, -1):
        day = last - timedelta(back)
        before, told = told, values(day)
        assert before == told or day in turns


def test_dorman_is_never_public_during_its_notice() -> None:
    """With a notice the verdict is melambat though the value is under its limit; both kinds of days occur."""
    seen = set()
    for unit, day in ways():
        found = shown(unit, day)
        if found is not None and found.value is not None and found.value < NORMS.life.slowing:
            noticed = found.notice_until is not None
            assert found.verdict is (Vitality.MELAMBAT if noticed else Vitality.DORMAN)
            assert not noticed or day <= found.notice_until <= day + timedelta(NORMS.life.notice_days)
            seen.add(noticed)
    assert seen == {True, False}


@law
@given(units, moments)
def test_a_verdict_needs_weight_and_a_predicate(unit, day) -> None:
    """Under the least weight nothing is said and no value given; the value is the contributions over that weight."""
    found = shown(unit, day)
    if found is None:
        return
    spoken = [one for one in found.signals if one.value is not None]
    assert found.filled == sum(one.weight for one in spoken)
    if found.filled < NORMS.life.least_weight:
        assert (found.verdict, found.value) == (Vitality.BELUM_CUKUP_DATA, None)
    else:
        assert found.value * found.filled == sum(one.weight * one.value for one in spoken)
        assert 0 <= found.value <= 1
    assert all(0 <= one.value <= 1 for one in spoken)


@law
@given(units, moments, statements)
def test_a_positive_statement_never_lowers_the_value(unit, day, statement) -> None:
    """Of the signal never, and of the whole never but where it ends the silence over a programme stated as stopped."""
    before = shown(unit, day)
    if before is None:
        return
    said = replace(statement, running=True)
    richer = replace(unit, statements=(*unit.statements, said))
    earlier, later = value_of(unit, day, "pernyataan"), value_of(richer, day, "pernyataan")
    after = shown(richer, day)
    if earlier is not None:
        assert later >= earlier
    if before.value is not None and (earlier is not None or later in {None, 1}):
        assert after.value >= before.value


@law
@given(units, moments, st.sampled_from(CODES), st.integers(0, 2000))
def test_stale_evidence_never_raises_the_value(unit, day, code, more) -> None:
    """Of the signal never, and of the whole never but where it ends the silence over fresher evidence without a day.

    Evidence older than any kind's ageing is stale for every question.
    """
    before = shown(unit, day)
    if before is None:
        return
    oldest = max(kind.ageing_months for kind in NORMS.freshness.kinds)
    stale = Evidence(dated=day - timedelta(32 * oldest + more))
    richer = replace(unit, years=tuple(_with(year, code, stale) for year in unit.years))
    earlier, later = value_of(unit, day, "bukti"), value_of(richer, day, "bukti")
    after = shown(richer, day)
    if earlier is not None:
        assert later is not None
        assert later <= earlier
    if before.value is not None and (earlier is not None or later in {None, 0}):
        assert after.value <= before.value


def _with(year: UnitYear, code: str, evidence: Evidence) -> UnitYear:
    sheet = year.sheets[Tier.MANDIRI]
    answer = sheet.answers[code]
    richer = {**sheet.answers, code: replace(answer, evidence=(*answer.evidence, evidence))}
    return replace(year, sheets={Tier.MANDIRI: replace(sheet, answers=richer)})


@law
@given(units, moments, st.randoms(use_true_random=False), st.text(max_size=20))
def test_cosmetic_changes_alter_nothing(unit, day, random, text) -> None:
    """Other titles, notes, explanations, a programme's case and spacing, the order of what is dated: nothing moves."""
    reports_ = {report.dated: report for report in unit.monitoring}
    order = list(reports_.values())
    random.shuffle(order)
    plain = replace(unit, monitoring=tuple(reports_.values()))
    made_up = replace(
        plain,
        name="Nama yang dibetulkan",
        note=text,
        monitoring=tuple(replace(report, note=text, number=text, by="Itjen") for report in order),
        statements=tuple(
            replace(one, programme=f" {one.programme.upper()}  ", note=text, link=text) for one in unit.statements
        ),
        years=tuple(_made_up(year, text) for year in unit.years),
    )
    assert shown(made_up, day) == shown(plain, day)


def _made_up(year: UnitYear, text: str) -> UnitYear:
    sheet = year.sheets[Tier.MANDIRI]
    answers = {
        code: replace(
            answer,
            explanation=text,
            note=text,
            evidence=tuple(replace(one, title=text, link=text, note=text) for one in reversed(answer.evidence)),
        )
        for code, answer in reversed(sheet.answers.items())
    }
    return replace(
        year,
        sheets={Tier.MANDIRI: replace(sheet, answers=answers)},
        surveys=tuple(replace(one, note=text, method=text, respondents=7) for one in year.surveys),
    )


@law
@given(units, moments)
def test_what_lies_ahead_does_not_exist_yet(unit, day) -> None:
    """A verdict is the same whether or not the files already know what is dated later."""
    cut = replace(
        unit,
        events=tuple(one for one in unit.events if one.dated <= day),
        monitoring=tuple(one for one in unit.monitoring if one.dated <= day),
        statements=tuple(one for one in unit.statements if one.dated is None or one.dated <= day),
        years=tuple(
            replace(year, surveys=tuple(one for one in year.surveys if one.dated is None or one.dated <= day))
            for year in unit.years
        ),
    )
    assert shown(cut, day) == shown(unit, day)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1, 3, 1), date(2026, 10, 31), date.max])
def test_silence_of_everything_says_nothing(day) -> None:
    """Silence is neither life nor death, on any day of the calendar."""
    held = replace(DORMAN.events[0], dated=date.min)
    found = shown(replace(DORMAN, events=(held,)), day)
    assert (found.verdict, found.value, found.filled) == (Vitality.BELUM_CUKUP_DATA, None, 0)
    assert {one.value for one in found.signals} == {None}


def test_dorman_on_the_calendar_s_first_day_has_its_notice() -> None:
    """Nothing lies before it to be asked."""
    worst = MonitoringReport(dated=date.min, by="TPI", result="diusulkan-dicabut")
    stopped = tuple(
        Statement(quarter=f"0001-Q{number}", programme="Klinik", running=False, dated=date.min) for number in (1, 2)
    )
    unit = replace(DORMAN, events=(replace(DORMAN.events[0], dated=date.min),), monitoring=(worst,), statements=stopped)
    late = replace(worst, follow_ups=(FollowUp(what="Benahi", until=date.min),))
    found = shown(replace(unit, monitoring=(late,)), date(1, 7, 2))  # 25 + 20 + 10 of weight, all 0, since 1 July
    assert (found.verdict, found.notice_until) == (Vitality.MELAMBAT, date(1, 8, 30))
