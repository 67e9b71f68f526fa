"""Which reminders are opened, renewed or closed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging.reminding import Action, stage, steps
from generator.model.reminder import Notice, Posted

DAYS = (90, 30, 7)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (10_000, None),
        (91, None),
        (90, "90"),
        (31, "90"),
        (30, "30"),
        (8, "30"),
        (7, "7"),
        (1, "7"),
        (0, "hari-ini"),
        (-1, "terlambat"),
        (-10_000, "terlambat"),
    ],
)
def test_a_stage_begins_on_its_day(days, expected):
    """90, 30 and 7 days before, on the day, and from the day after it."""
    assert stage(days, DAYS) == expected
    assert stage(days, reversed(DAYS)) == expected


def notice(mark="30 2026-12-25", title="judul", body="isi"):
    """Return what an issue should say."""
    return Notice(mark=mark, title=title, body=body)


def posted(number=1, **other):
    """Return an open issue that says what `notice()` does."""
    same = {"is_open": True, "unit_id": "a/b", "mark": "30 2026-12-25", "title": "judul", "body": "isi"}
    return Posted(number=number, **(same | other))


@pytest.mark.parametrize(
    ("issue", "wanted", "expected"),
    [
        (None, None, None),
        (None, notice(), Action.OPEN),
        (posted(), notice(), None),
        (posted(title="lain"), notice(), Action.REWORD),
        (posted(body="lain"), notice(), Action.REWORD),
        (posted(mark="90 2026-12-25"), notice(), Action.TELL),
        (posted(mark="30 2024-12-25"), notice(), Action.TELL),  # the same stage, two years later
        (posted(mark=""), notice(), Action.TELL),
        (posted(is_open=False), notice(), None),  # a person closed it: no news, no noise
        (posted(is_open=False, body="lain"), notice(), None),
        (posted(is_open=False, mark="90 2026-12-25"), notice(), Action.TELL),
        (posted(is_open=False, mark="selesai"), notice(), Action.TELL),
        (posted(), None, Action.CLOSE),
        (posted(is_open=False), None, None),
    ],
)
def test_what_is_done_depends_on_what_stands(issue, wanted, expected):
    """One thing for each pair of what an issue says and what it should say."""
    found = list(steps({"a/b": wanted} if wanted else {}, [issue] if issue else []))
    assert [step.action for step in found] == ([expected] if expected else [])


def test_of_several_issues_the_lowest_number_counts():
    """A forged or doubled mark neither replaces the first issue nor gets a reminder of its own."""
    found = list(steps({"a/b": notice("7 2026-12-25")}, [posted(9, is_open=False), posted(4), posted(5)]))
    assert [(step.action, step.posted.number) for step in found] == [(Action.TELL, 4)]


def test_units_of_which_nobody_can_tell_are_left_alone():
    """Neither opened nor closed while a file is broken."""
    assert list(steps({"a/b": notice()}, [posted(unit_id="a/c")], {"a/b", "a/c"})) == []


MARKS = st.sampled_from(["", "selesai", "30 2026-12-25", "7 2026-12-25"])
UNITS = st.sampled_from(["a/a", "a/b", "b/a"])
NOTICES = st.dictionaries(UNITS, st.builds(notice, MARKS.filter(bool), st.sampled_from("xy"), st.sampled_from("xy")))
ISSUES = st.lists(
    st.builds(
        posted,
        st.integers(1, 99),
        is_open=st.booleans(),
        unit_id=UNITS,
        mark=MARKS,
        title=st.sampled_from("xy"),
        body=st.sampled_from("xy"),
    ),
    unique_by=lambda issue: issue.number,
)


def after(step):
    """Return the issue as it stands when a step was done."""
    number = step.posted.number if step.posted else 100
    if step.notice is None:
        return posted(number, is_open=False, unit_id=step.unit_id, mark="selesai")
    text = {"mark": step.notice.mark, "title": step.notice.title, "body": step.notice.body}
    return posted(number, unit_id=step.unit_id, **text)


@settings(derandomize=True, deadline=None)
@given(NOTICES, ISSUES)
def test_doing_what_is_asked_leaves_nothing_to_ask(notices, issues):
    """At most one step a unit, and none the second time."""
    first = list(steps(notices, issues))
    assert len({step.unit_id for step in first}) == len(first)
    changed = {step.posted.number for step in first if step.posted}
    stands = [issue for issue in issues if issue.number not in changed]
    assert list(steps(notices, [*stands, *map(after, first)])) == []
