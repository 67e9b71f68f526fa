from calendar import monthrange
from datetime import date, timedelta

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging.course import course, progress
from generator.judging.monitoring import build_cycle, status
from generator.judging.standing import standing
from generator.model.day import add_months
from generator.model.declared import Agency, EventKind, FollowUp, MonitoringReport, Predicate, PredicateEvent, Unit
from generator.model.judged import Progress, Stage, Status, Timing
from generator.program_files import SCHEMA

CYCLE = build_cycle(yaml.safe_load((SCHEMA / "aturan" / "pemantauan.yaml").read_text(encoding="utf-8")))

days = st.dates(date(2010, 1, 1), date(2040, 12, 31))
events = st.lists(
    st.builds(PredicateEvent, kind=st.sampled_from(EventKind), predicate=st.sampled_from(Predicate), dated=days),
    max_size=6,
)
proposals = st.lists(
    st.builds(PredicateEvent, kind=st.just(EventKind.DIUSULKAN), predicate=st.sampled_from(Predicate), dated=days),
    max_size=3,
)
reports = st.lists(
    st.builds(
        MonitoringReport,
        dated=days,
        by=st.just("TPI"),
        result=st.sampled_from(["dipertahankan", "perlu-perbaikan", "diusulkan-dicabut"]),
        follow_ups=st.lists(
            st.builds(FollowUp, what=st.text("abc", min_size=1), until=days, done=st.none() | days), max_size=2
        ).map(tuple),
    ),
    max_size=4,
    unique_by=lambda report: report.dated,
)


def units(of_events=events):
    """Make a unit of an agency that names Itjen for WBBM and nobody for WBK."""
    return st.builds(
        Unit,
        id=st.just("contoh/kppn-contoh-satu"),
        agency=st.just(Agency(id="contoh", name="Instansi Contoh", monitors={Predicate.WBBM: "Itjen"})),
        name=st.just("KPPN Contoh Satu"),
        events=of_events.map(tuple),
        monitoring=reports.map(tuple),
        statements=st.just(()),
        years=st.just(()),
    )


law = settings(derandomize=True, deadline=None)


@law
@given(units(), days, st.integers(0, 4000))
def test_time_alone_never_adds_days(unit, day, later) -> None:
    """Between two days with nothing recorded in between, the days left fall by exactly the days gone by."""
    after = day + timedelta(later)
    quiet = not any(day < fact.dated <= after for fact in (*unit.events, *unit.monitoring))
    first, second = status(unit, CYCLE, day), status(unit, CYCLE, after)
    if quiet and first.days is not None:
        assert second.days == first.days - later
        assert second.due == first.due


@law
@given(units(), days)
def test_due_is_never_before_what_it_counts_from(unit, day) -> None:
    """Due lies after the award and after the last monitoring, and neither lies after the day asked for."""
    found = status(unit, CYCLE, day)
    if found.due is not None:
        assert found.since is not None
        assert found.since <= (found.last or found.since) <= day
        assert found.due > (found.last or found.since)


@law
@given(units(), days)
def test_the_fields_agree_with_the_status(unit, day) -> None:
    """Held: predicate, due, days and body are all there; barred: only the bar's end; else nothing."""
    found = status(unit, CYCLE, day)
    held = (found.predicate, found.since, found.due, found.days, found.by)
    if found.status in {Status.TERJADWAL, Status.SEGERA, Status.TERLAMBAT}:
        assert None not in held
        assert found.barred_until is None
    else:
        assert set(held) == {None}
        assert (found.barred_until is not None) == (found.status is Status.DICABUT)
        assert found.barred_until is None or day <= found.barred_until


@law
@given(units(), days)
def test_what_lies_ahead_does_not_exist_yet(unit, day) -> None:
    """A status is the same whether or not the file already knows what happens later."""
    cut = Unit(
        id=unit.id,
        agency=unit.agency,
        name=unit.name,
        events=tuple(event for event in unit.events if event.dated <= day),
        monitoring=tuple(report for report in unit.monitoring if report.dated <= day),
        statements=(),
        years=(),
    )
    assert status(cut, CYCLE, day) == status(unit, CYCLE, day)


@law
@given(units(), days, st.randoms(use_true_random=False))
def test_the_order_of_the_file_matters_only_within_a_day(unit, day, random) -> None:
    """Facts of different days may stand in any order."""
    distinct = {event.dated: event for event in unit.events}
    shuffled = list(distinct.values())
    random.shuffle(shuffled)
    one, other = (
        Unit(
            id=unit.id,
            agency=unit.agency,
            name=unit.name,
            events=tuple(order),
            monitoring=reports,
            statements=(),
            years=(),
        )
        for order, reports in ((distinct.values(), unit.monitoring), (shuffled, unit.monitoring[::-1]))
    )
    assert status(one, CYCLE, day) == status(other, CYCLE, day)


@law
@given(units(of_events=proposals), days)
def test_without_an_award_monitoring_reports_give_nothing(unit, day) -> None:
    """Reports and proposals alone never make a predicate."""
    assert status(unit, CYCLE, day).status is Status.BELUM_BERPREDIKAT


@law
@given(units(), days, st.integers(0, 4000))
def test_a_later_day_never_makes_a_turn_unhappen(unit, day, later) -> None:
    """Every later course begins with the earlier one; monitorings stay as early or late as they were."""
    first, second = course(unit, CYCLE, day), course(unit, CYCLE, day + timedelta(later))
    assert second.turns[: len(first.turns)] == first.turns
    assert second.timings[: len(first.timings)] == first.timings


@law
@given(units(), days)
def test_turns_stand_in_the_order_of_their_days(unit, day) -> None:
    """No turn is dated before the one above it or after the day asked for."""
    turned = [turn.day for turn in course(unit, CYCLE, day).turns]
    assert turned == sorted(turned)
    assert all(turn <= day for turn in turned)


@law
@given(units(), days)
def test_the_stage_agrees_with_what_is_held(unit, day) -> None:
    """A predicate is held in five of the stages and in no other; revoked is said exactly as long as the bar lasts."""
    found = status(unit, CYCLE, day)
    held = standing(unit.events, CYCLE.barred_months, day).highest
    without = {Stage.BELUM_DIUSULKAN, Stage.DIUSULKAN, Stage.DICABUT}
    assert (found.stage in without) == (held is None)
    assert (found.stage is Stage.DICABUT) == (found.status is Status.DICABUT)
    assert (found.stage is Stage.DITETAPKAN) == (held is not None and found.last is None)


@law
@given(units(), days)
def test_a_monitoring_is_timed_by_what_was_due_the_day_before(unit, day) -> None:
    """The last one that counts: as early as the day before it said, or on the award's day by the whole interval."""
    found = status(unit, CYCLE, day)
    assert (found.timing is None) == (found.last is None)
    if found.timing is not None:
        before = status(unit, CYCLE, found.timing.dated - timedelta(1))
        if before.since == found.since:
            assert found.timing.due == before.due
        else:
            assert found.timing == Timing(dated=found.since, due=add_months(found.since, 24))


@law
@given(units(), days, st.integers(0, 4000))
def test_what_is_done_stays_done_and_what_is_late_stays_late_until_then(unit, day, later) -> None:
    """A follow-up goes from open to late or done and never back; without a predicate none is open."""
    order = [Progress.TERBUKA, Progress.TERLAMBAT, Progress.SELESAI]
    for one in (one for report in unit.monitoring for one in report.follow_ups):
        assert order.index(progress(one, day)) <= order.index(progress(one, day + timedelta(later)))
    found = status(unit, CYCLE, day)
    assert 0 <= found.follow_ups_late <= len(found.follow_ups)
    assert found.predicate is not None or not found.follow_ups


@law
@given(st.dates(), st.integers(0, 2000))
def test_months_keep_the_day_or_clamp_to_the_last(day, months) -> None:
    """The result is in the month so many later; its day is the same, or that month's last and smaller."""
    later = add_months(day, months)
    ordinal = day.year * 12 + day.month - 1 + months
    if ordinal // 12 > date.max.year:
        assert later == date.max
        return
    assert later.year * 12 + later.month - 1 == ordinal
    last = monthrange(later.year, later.month)[1]
    assert later.day == day.day or later.day == last < day.day


@law
@given(st.dates(), st.dates(), st.integers(0, 600))
def test_months_never_turn_two_days_around(one, other, months) -> None:
    """Who was awarded earlier is never due later."""
    early, late = sorted((one, other))
    assert add_months(early, months) <= add_months(late, months)
