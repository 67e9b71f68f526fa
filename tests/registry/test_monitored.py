"""Stretches of days on which a unit's status stays the same: what `status` answers from each day's files."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging.changes import patch
from generator.judging.monitoring import status
from generator.model.day import jakarta_day
from generator.model.declared import Agency, EventKind, MonitoringReport, Predicate, PredicateEvent, Unit
from generator.model.history import Commit, Step, Version
from generator.registry import load_catalogue
from generator.registry.monitored import main_days, stretches

START = date(2024, 1, 1)
DAYS = st.integers(0, 2_000).map(lambda number: START + timedelta(days=number))
EVENTS = st.lists(st.tuples(st.sampled_from(["ditetapkan", "dicabut"]), st.sampled_from(list(Predicate)), DAYS))
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("predikat"), EVENTS),
        st.tuples(st.just("pemantauan"), st.lists(DAYS, max_size=3)),
        st.tuples(st.just("instansi"), st.sampled_from(["Itjen", "UKI-Es.I", ""])),
        st.tuples(st.just("hapus"), st.none()),
    ),
    max_size=6,
)


def commit(position, moment, *, dated=True):
    """A commit of main of which only its place and moment matter."""
    return Commit(
        id=f"{position:040x}",
        position=position,
        author="",
        email="",
        authored=moment,
        committed=moment,
        message="",
        parents=(),
        contributors=(),
        approvals=(),
        dated=dated,
    )


@pytest.fixture(scope="module")
def catalogue():
    """The program's own rules."""
    return load_catalogue()


DATA = {
    "predikat": lambda events: {
        "peristiwa": [
            {"jenis": kind, "predikat": predicate.value, "tanggal": day.isoformat()} for kind, predicate, day in events
        ]
    },
    "pemantauan": lambda days: {
        "pemantauan": [{"tanggal": day.isoformat(), "pelaksana": "TPI", "hasil": "dipertahankan"} for day in days]
    },
    "instansi": lambda body: {"nama": "A", "jenis": "lembaga", **({"pemantau": {"WBK": body}} if body else {})},
    "unit": lambda name: {"nama": name},
}
PATHS = {kind: f"units/a/{'' if kind == 'instansi' else 'b/'}{kind}.yaml" for kind in DATA}


class Main:
    """A main line on which each change is a commit, ten days after the one before it."""

    def __init__(self):
        self.commits = []
        self.steps = []
        self.files = {}
        self.states = []
        """Day, and what the files say from it on."""

    def write(self, kind, value):
        """Commit a file; "hapus" removes the unit's files and leaves its agency's."""
        number = len(self.commits)
        one = commit(number, datetime(2024, 1, 1, 3, tzinfo=UTC) + timedelta(days=10 * number))
        self.commits.append(one)
        removed = [name for name in self.files if name != "instansi"] if kind == "hapus" else []
        for name in removed or ([kind] if kind != "hapus" else []):
            before = self.files.pop(name, (None, None))[1]
            after = None if removed else DATA[name](value)
            if after is not None:
                self.files[name] = value, after
            version = Version(commit=one, path=PATHS[name], blob=None if after is None else "0" * 40)
            self.steps.append(Step(version=version, patch=patch(before, after), changes=()))
        self.states.append((jakarta_day(one.committed), {name: value for name, (value, _) in self.files.items()}))

    def stretches(self, catalogue):
        """What the program makes of it."""
        of_unit = [step for step in self.steps if step.version.path.startswith("units/a/b/")]
        of_agency = [step for step in self.steps if step.version.path == "units/a/instansi.yaml"]
        return stretches(of_unit, {"a": of_agency}.__getitem__, catalogue, main_days(self.commits))

    def unit(self, day):
        """The unit as declared at the end of the day; None where it has no file."""
        known = [files for since, files in self.states if since <= day]
        if not known or not set(known[-1]) - {"instansi"}:
            return None
        files = known[-1]
        body = files.get("instansi")
        return Unit(
            id="a/b",
            agency=Agency(id="a", name="A", monitors={Predicate.WBK: body} if body else {}),
            name="B",
            events=tuple(
                PredicateEvent(kind=EventKind(kind), predicate=predicate, dated=on)
                for kind, predicate, on in files.get("predikat", ())
            ),
            monitoring=tuple(
                MonitoringReport(dated=on, by="TPI", result="dipertahankan") for on in files.get("pemantauan", ())
            ),
            statements=(),
            years=(),
        )


def told(state):
    """What of a status stays the same through a stretch."""
    return state and (state.predicate, state.status, state.due, state.by, state.barred_until)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(changes=CHANGES, asked=st.lists(st.integers(-30, 4_000), min_size=20, max_size=60))
def test_every_day_has_the_status_of_its_files(catalogue, changes, asked):
    """Law: look up the last stretch begun; it says what `status` says from the files of that day."""
    main = Main()
    for kind, value in (("instansi", "TPI"), ("unit", "B"), *changes):
        main.write(kind, value)
    found = main.stretches(catalogue)
    turns = [one.since for one in found]
    assert turns == sorted(set(turns))
    near = [day + timedelta(days=shift) for day in turns for shift in (-1, 0, 1)]
    for day in (*near, *(START + timedelta(days=number) for number in asked)):
        begun = [one for one in found if one.since <= day]
        unit = main.unit(day)
        expected = status(unit, catalogue.cycle, day) if unit is not None else None
        assert told(begun[-1].status if begun else None) == told(expected), day


def test_what_never_changes_is_one_stretch(catalogue):
    """No predicate, ever: from the first day on; a note in the agency's file begins nothing."""
    main = Main()
    for kind, value in (("instansi", "TPI"), ("unit", "B"), ("instansi", "Itjen"), ("predikat", [])):
        main.write(kind, value)
    (only,) = main.stretches(catalogue)
    assert (only.since, only.commit.position) == (date(2024, 1, 11), 1)


MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds it


@settings(derandomize=True, deadline=None)
@given(line=st.lists(st.tuples(MOMENTS, st.booleans()), min_size=1, max_size=12), asked=MOMENTS)
def test_main_has_a_commit_from_its_day_on(line, asked):
    """Law: on a day main stands at the last commit dated on or before it; so many commits have begun by then."""
    commits = [commit(number, moment, dated=dated) for number, (moment, dated) in enumerate(line)]
    made, clocks = date(1970, 1, 1), []
    for one in commits:
        made = jakarta_day(one.committed) if one.dated else made
        clocks.append(made)
    for day in (jakarta_day(asked), *clocks):
        stands_at = max((number for number, clock in enumerate(clocks) if clock <= day), default=-1)
        assert sum(since <= day for since in main_days(commits)) == stands_at + 1


def test_no_commit_no_day():
    """An empty line has none."""
    assert main_days(()) == ()
