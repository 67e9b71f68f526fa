from calendar import monthrange
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging.monitoring import Cycle, status
from generator.model.day import add_months
from generator.model.declared import Agency, EventKind, MonitoringReport, Predicate, PredicateEvent, Unit
from generator.model.judged import Status

CYCLE = Cycle(interval_months=24, soon_days=90, barred_months=24, default_monitor="TPI")

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
    ),
    max_size=4,
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
