"""Queues of proposals: ages in days, medians per review team, on any day."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging.roles.policy import Role
from generator.judging.waiting import MAINTAINERS, NOTHING, WINDOW, Open, Queue, Team, deciding, queues
from generator.model.document import Kind
from generator.model.proposal import Place, Proposal
from generator.program_files import SCHEMA
from generator.registry.guarding import read_policy

TODAY = date(2026, 11, 24)
POLICY = read_policy(None)
"""The program's own peran.yaml: mandiri is decided by TPI, tpi by TPI or TPN, tpn by TPN."""
TPI, TPN = Team("contoh", Role.TPI), Team("contoh", Role.TPN)


def proposal(number, opened=12, closed=None, *kinds, draft=False, elsewhere=False, unit="satu"):
    """A proposal opened so many days before today, closed so many days before today (None: open)."""
    return Proposal(
        number=number,
        opened=TODAY - timedelta(days=opened),
        closed=None if closed is None else TODAY - timedelta(days=closed),
        draft=draft,
        places=frozenset(Place("contoh", "" if kind is Kind.INSTANSI else unit, kind) for kind in kinds),
        elsewhere=elsewhere,
    )


def own(number, opened=12, closed=None, **more):
    """A proposal of the unit's own answers, which TPI decides."""
    return proposal(number, opened, closed, Kind.MANDIRI, **more)


def numbers(queue):
    """Numbers of what waits, oldest first."""
    return [one.number for one in queue.waiting]


def test_what_waits_oldest_first():
    """Opened 3, 12 and 5 days ago: of the same day the lower number comes first."""
    found = queues([own(1, 3), own(2, 12), own(3, 5), own(4, 12)], POLICY, TODAY)
    assert numbers(found.units) == [2, 4, 3, 1]
    assert found.units.waiting[0] == Open(date(2026, 11, 12), 2)
    assert found.units == found.by_unit["contoh/satu"] == found.by_team[TPI]
    assert set(found.by_team) == {TPI}


def test_nothing_at_all():
    """An empty list is known to be empty."""
    found = queues([], POLICY, TODAY)
    assert (found.units, dict(found.by_unit), dict(found.by_team)) == (NOTHING, {}, {})


def test_the_day_decides_what_there_is():
    """Opened after the day: not there. Closed after the day: open on it. Closed on the day: decided."""
    of_all = [own(1, 10, 5), own(2, 4), own(3, 0)]
    on = {days: queues(of_all, POLICY, TODAY - timedelta(days=days)).units for days in (11, 10, 6, 5, 4, 0)}
    assert {days: (numbers(queue), queue.decisions) for days, queue in on.items()} == {
        11: ([], ()),
        10: ([1], ()),
        6: ([1], ()),
        5: ([], (5,)),
        4: ([2], (5,)),
        0: ([2, 3], (5,)),
    }


def test_drafts_wait_for_their_authors():
    """They are told apart; a draft that was closed was given up, nobody decided it."""
    found = queues([own(1, draft=True), own(2), own(3, 9, 1, draft=True)], POLICY, TODAY).units
    assert (numbers(found), found.drafts, found.decisions) == ([2], (1,), ())


@pytest.mark.parametrize(
    ("days", "median"),
    [
        ([], None),
        ([0], 0),
        ([7], 7),
        ([3, 4], Fraction(7, 2)),
        ([1, 2, 30], 2),  # the middle one, not the mean 11
        ([1, 3, 4, 100], Fraction(7, 2)),
        ([5, 5], 5),
    ],
)
def test_median_is_exact(days, median):
    """The middle of the sorted days; halfway between the two in the middle."""
    found = queues([own(number, took + 1, 1) for number, took in enumerate(days, 1)], POLICY, TODAY)
    assert found.units.median == median
    assert found.units.decisions == tuple(sorted(days))


def test_only_a_year_of_decisions_counts():
    """The day itself and the 364 before it; one decided a day earlier is history."""
    found = queues([own(1, 400, WINDOW - 1), own(2, 400, WINDOW)], POLICY, TODAY).units
    assert found.decisions == (400 - 364,)


def test_program_alone_is_the_maintainers():
    """It touches no unit, so no unit's figure knows of it; an agency's own file touches no unit either."""
    of_program = [proposal(1, elsewhere=True), proposal(2, 7, None, Kind.INSTANSI)]
    found = queues(of_program, POLICY, TODAY)
    assert (found.units, dict(found.by_unit)) == (NOTHING, {})
    assert {team: numbers(queue) for team, queue in found.by_team.items()} == {MAINTAINERS: [1, 2]}


def test_several_units_and_teams():
    """Each unit and each team has it before it; the count over all units has it once."""
    places = frozenset({Place("contoh", "satu", Kind.MANDIRI), Place("lain", "dua", Kind.TPN)})
    both = Proposal(number=8, opened=TODAY, closed=None, draft=False, places=places, elsewhere=True)
    found = queues([both], POLICY, TODAY)
    assert numbers(found.units) == [8]
    assert list(found.by_unit) == ["contoh/satu", "lain/dua"]
    assert list(found.by_team) == [MAINTAINERS, TPI, Team("lain", Role.TPN)]


@pytest.mark.parametrize(
    ("kinds", "roles"),
    [
        ({Kind.MANDIRI}, {Role.TPI}),
        ({Kind.TPI}, {Role.TPI, Role.TPN}),
        ({Kind.TPN}, {Role.TPN}),
        ({Kind.INSTANSI}, {Role.PEMELIHARA}),
        # a survey may be anybody's: its file does not tell whose
        ({Kind.SURVEI}, {Role.TPI, Role.TPN}),
        # beside the unit's answers it is the unit's
        ({Kind.MANDIRI, Kind.SURVEI}, {Role.TPI}),
        # empty files come with a new year's folder, from the unit
        ({Kind.MANDIRI, Kind.SURVEI, Kind.CLEARANCE, Kind.PREDIKAT, Kind.PEMANTAUAN, Kind.UNIT}, {Role.TPI}),
        # a new agency with its first unit: only the maintainers may do both
        ({Kind.INSTANSI, Kind.UNIT}, {Role.PEMELIHARA}),
        # nobody may do both; each part has its own deciders
        ({Kind.MANDIRI, Kind.TPN}, {Role.TPI, Role.TPN}),
    ],
)
def test_who_decides(kinds, roles):
    """By the roles of peran.yaml, as far as file names tell."""
    assert deciding(kinds, POLICY) == roles


def test_another_policy_has_other_teams():
    """The roles are data: here TPN alone decides what units propose."""
    text = (SCHEMA / "aturan/peran.yaml").read_text(encoding="utf-8").replace("mandiri: [tpi]", "mandiri: [tpn]")
    found = queues([own(1)], read_policy(text.encode()), TODAY)
    assert list(found.by_team) == [TPN]


_DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
_PLACES = st.builds(
    lambda agency, kind: Place(agency, "" if kind is Kind.INSTANSI else "satu", kind),
    st.sampled_from(["contoh", "lain"]),
    st.sampled_from(sorted(Kind)),
)


@st.composite
def _lists(draw):
    """Proposals that can be: closed on the day they were opened or later."""
    made = []
    for number in range(1, draw(st.integers(0, 8)) + 1):
        opened, other = draw(_DAYS), draw(st.none() | _DAYS)
        made.append(
            Proposal(
                number=number,
                opened=opened,
                closed=max(opened, other) if other else None,
                draft=draw(st.booleans()),
                places=draw(st.frozensets(_PLACES, max_size=3)),
                elsewhere=draw(st.booleans()),
            )
        )
    return made


@settings(derandomize=True, deadline=None)
@given(proposals=_lists(), as_of=_DAYS, shift=st.integers(-500, 500))
def test_laws(proposals, as_of, shift):
    """Nobody is forgotten or told twice in a queue, order does not matter, days count only as differences."""
    found = queues(proposals, POLICY, as_of)
    assert queues(reversed(proposals), POLICY, as_of) == found
    there = {one.number for one in proposals if one.opened <= as_of and (one.closed is None or one.closed > as_of)}
    every = [found.units, *found.by_unit.values(), *found.by_team.values()]
    assert {number for queue in every for number in (*numbers(queue), *queue.drafts)} == there
    for queue in every:
        assert len({*numbers(queue), *queue.drafts}) == len(queue.waiting) + len(queue.drafts)
        assert queue.median is None or queue.decisions[0] <= queue.median <= queue.decisions[-1]
    by_units = {number for queue in found.by_unit.values() for number in numbers(queue)}
    assert sorted(by_units) == sorted(numbers(found.units))
    moved = queues([later(one, shift) for one in proposals], POLICY, as_of + timedelta(days=shift))
    assert [ages(queue, moved.as_of) for queue in moved.by_team.values()] == [
        ages(queue, as_of) for queue in found.by_team.values()
    ]


def later(one, shift):
    """The same proposal so many days later."""
    by = timedelta(days=shift)
    return Proposal(
        number=one.number,
        opened=one.opened + by,
        closed=one.closed + by if one.closed else None,
        draft=one.draft,
        places=one.places,
        elsewhere=one.elsewhere,
    )


def ages(queue: Queue, as_of: date):
    """A queue without its dates."""
    return [(as_of - one.opened).days for one in queue.waiting], queue.drafts, queue.decisions
