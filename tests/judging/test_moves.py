"""Which old ids belong to a unit, and up to where; what is wrong with them is held by tests/cases/invalid/asal-*."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging.moves import Claim, declared_origins, heir, origins, stretches, with_returns


def claims(**units):
    """Return claims: unit (a letter) -> versions, each (position, old ids as letters)."""
    return {name: [Claim(position, tuple(old)) for position, old in said] for name, said in units.items()}


def scope(unit, said, **gone):
    """Return the stretches of a unit that stands alone, each as (id, first, last); `gone`: when unit.yaml went."""
    found = stretches(unit, with_returns(said, gone), {unit})
    assert found[-1].until == sys.maxsize
    return [(one.unit, one.since, min(one.until, END)) for one in found]


END = 99


def test_an_old_id_belongs_up_to_the_commit_that_said_so():
    """The first version that names it, however often it is named after."""
    assert origins("b", claims(a=[(0, "")], b=[(5, ""), (7, "a"), (9, "a")]), {"b"}) == {"a": 7}


def test_an_old_id_no_longer_named_does_not_belong():
    """And one named again belongs since it was named again."""
    assert origins("b", claims(b=[(5, "a"), (7, "")]), {"b"}) == {}
    assert origins("b", claims(b=[(5, "a"), (7, ""), (9, "a")]), {"b"}) == {"a": 9}


def test_a_unit_that_moved_twice_keeps_both_pasts():
    """Whether the last unit.yaml names one old id or both."""
    once = claims(a=[(0, "")], b=[(3, "a")], c=[(8, "b")])
    both = claims(a=[(0, "")], b=[(3, "a")], c=[(8, "ba")])
    assert origins("c", once, {"c"}) == {"a": 3, "b": 8}
    assert origins("c", both, {"c"}) == {"a": 8, "b": 8}
    assert heir("a", once, {"c"}) == heir("b", both, {"c"}) == "c"


def test_what_an_old_id_said_later_does_not_count():
    """Whoever takes the old folder into use again brings no past to the unit that left it."""
    assert origins("b", claims(a=[(0, ""), (9, "x")], b=[(5, "a")]), {"b"}) == {"a": 5}


def test_a_unit_that_came_back_has_its_own_past_and_that_of_the_way():
    """a became b and a again."""
    assert origins("a", claims(a=[(0, ""), (8, "b")], b=[(3, "a")]), {"a"}) == {"b": 8}


@pytest.mark.parametrize(("named", "left"), [(("a", "b", "c"), 3), (("a", "ba", "cb"), 6), (("a", "ab", "bc"), 6)])
def test_an_id_a_unit_came_back_to_is_two_stretches(named, left):
    """a became b, c, and a again, whether each names the id before or all of them: then up to where the last did."""
    of_b, of_c, of_a = named
    found = scope("a", claims(a=[(0, ""), (9, of_a)], b=[(3, of_b)], c=[(6, of_c)]), a=[3], b=[6], c=[9])
    assert [name for name, _, _ in found] == ["a", "b", "c", "a"]
    assert (found[0], found[-1]) == (("a", 0, left), ("a", left + 1, END))


@pytest.mark.parametrize("asal", ["", "b"])
def test_a_move_taken_back_is_a_return(asal):
    """Said by asal or, as git revert does, not: the heir goes at the very commit."""
    assert scope("a", claims(a=[(0, ""), (5, asal)], b=[(3, "a")]), a=[3], b=[5]) == [
        ("a", 0, 3), ("b", 0, 5), ("a", 4, END),
    ]  # fmt: skip


def test_a_return_taken_back_is_a_return():
    """a became b, c, a; taking the last move back brings the unit.yaml of c again, which names b."""
    said = claims(a=[(0, ""), (9, "c")], b=[(3, "a")], c=[(6, "b"), (12, "b")])
    assert scope("c", said, a=[3, 12], b=[6], c=[9]) == [
        ("a", 0, 3), ("b", 0, 6), ("c", 0, 9), ("a", 4, 12), ("c", 10, END),
    ]  # fmt: skip


def test_whoever_had_the_id_in_between_keeps_its_past():
    """a became b, somebody else was a from 5 to 7, and b became a."""
    said = claims(a=[(0, ""), (5, ""), (9, "b")], b=[(3, "a")])
    assert scope("a", said, a=[3, 7], b=[9]) == [("a", 0, 3), ("b", 0, 9), ("a", 8, END)]


def test_a_unit_removed_and_restored_has_one_past():
    """Whoever moved in between or claims its id: nobody came back."""
    said = claims(a=[(0, "")], b=[(3, "a"), (9, "a")], z=[(5, "b")])
    found = stretches("b", with_returns(said, {"a": [3], "b": [7], "z": [6]}), {"b"})
    assert [(one.unit, one.since) for one in found][-2:] == [("a", 0), ("b", 0)]


def test_an_old_id_that_is_a_unit_today_keeps_its_past():
    """Nobody takes the past of a unit that stands."""
    assert origins("b", claims(a=[(0, "")], b=[(5, "a")]), {"a", "b"}) == {}
    assert heir("a", claims(a=[(0, "")], b=[(5, "a")]), {"a", "b"}) is None


@pytest.mark.parametrize("unit", ["b", "c"])
def test_an_old_id_claimed_by_two_goes_to_neither(unit):
    """Directly, or through a unit that is gone."""
    two = claims(b=[(5, "a")], c=[(6, "a")])
    assert origins(unit, two, {"b", "c"}) == {}
    assert heir("a", two, {"b", "c"}) is None
    through = claims(b=[(3, "a")], c=[(5, "b")], d=[(7, "a")])
    assert origins("c", through, {"c", "d"}) == {"b": 5}
    assert origins("d", through, {"c", "d"}) == {}


@settings(derandomize=True, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from("abcdef"),
        st.lists(st.tuples(st.integers(0, 9), st.lists(st.sampled_from("abcdef"), max_size=3)), max_size=3),
    ),
    st.sets(st.sampled_from("abcdef"), min_size=2),
)
def test_no_past_is_anybody_else_s(said, standing):
    """Whatever is claimed, an end is found, and no old id belongs to two units of today or is one itself."""
    known = claims(**{name: sorted(versions) for name, versions in said.items()})
    owned = [old for unit in sorted(standing) for old in origins(unit, known, standing)]
    assert len(owned) == len(set(owned))
    assert not set(owned) & standing


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({}, ()),
        ({"asal": "x/a"}, ("x/a",)),
        ({"asal": ["x/a", "x/b", "x/a"]}, ("x/a", "x/b")),
        ({"asal": ["x/a", 7, None, ""]}, ("x/a",)),
        ({"asal": {"x/a": 1}}, ()),
        ({"asal": None}, ()),
    ],
)
def test_old_ids_are_a_text_or_a_list_of_texts(data, found):
    """Anything else is the schema's to name."""
    assert declared_origins(data) == found
