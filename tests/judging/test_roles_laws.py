"""Laws of roles: what one role proposes of its own is clean, and one foreign file more is a finding."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging.roles.judgement import Proposal, judge
from generator.judging.roles.needs import Touched, Without, needs, says_nothing
from generator.judging.roles.people import People, agency_people, login
from generator.judging.roles.policy import Role, build_policy
from generator.model.document import Kind
from generator.model.review import Review, ReviewState
from generator.program_files import SCHEMA
from generator.reading.strict_yaml import load

_LOADED = load((SCHEMA / "aturan" / "peran.yaml").read_bytes(), path="peran.yaml")
POLICY = build_policy(_LOADED.data, _LOADED.marks, "peran.yaml")
AGENCIES = ("a", "b")
UNITS = ("satu", "dua")
HEAD = "1" * 40


def agency(name):
    """Return an agency whose people are named by it and their role: "a-tpi-1"; a unit's by the unit: "a-satu"."""
    teams = {role: [f"@{name}-{role}-{number}" for number in (1, 2)] for role in ("mandiri", "tpi", "tpn")}
    return agency_people({"tim": teams, "tim_unit": {unit: [f"@{name}-{unit}"] for unit in UNITS}})


PEOPLE = People(policy=POLICY, agencies={name: agency(name) for name in AGENCIES})

# Kind -> what a role changes in it: before and after, as data where the roles depend on it.
BY_ROLE = {
    Role.MANDIRI: [
        (Kind.UNIT, {"nama": "A"}, {"nama": "B"}),
        (Kind.MANDIRI, Without.FILE, Without.SENSE),
        (Kind.PEMANTAUAN, {"pernyataan": []}, {"pernyataan": [{"triwulan": "2025-Q1"}]}),
        (Kind.SURVEI, {"survei": []}, {"survei": [{"penyelenggara": "unit"}]}),
        (Kind.CLEARANCE, Without.FILE, {"KPK": {"status": "belum"}}),
    ],
    Role.TPI: [
        (Kind.TPI, Without.SENSE, Without.FILE),
        (Kind.PREDIKAT, {"peristiwa": []}, {"peristiwa": [{"jenis": "diusulkan"}]}),
        (Kind.PEMANTAUAN, {"pemantauan": [1]}, {"pemantauan": [True]}),
        (Kind.SURVEI, {"survei": [{"penyelenggara": "TPI"}]}, {"survei": [{"penyelenggara": "lembaga"}]}),
        (Kind.CLEARANCE, Without.FILE, {"KPK": {"status": "bersih"}}),
    ],
    Role.TPN: [
        (Kind.TPN, Without.SENSE, Without.SENSE),
        (Kind.SURVEI, {"survei": [{"penyelenggara": "TPN"}]}, Without.FILE),
        (Kind.CLEARANCE, {"KPK": {"status": "catatan"}}, {"KPK": {"status": "bersih"}}),
    ],
}
# What the role of a proposal cannot change.
FOREIGN = {
    Role.MANDIRI: [BY_ROLE[Role.TPI][0], BY_ROLE[Role.TPI][2], BY_ROLE[Role.TPN][0], BY_ROLE[Role.TPN][2]],
    Role.TPI: [BY_ROLE[Role.MANDIRI][0], BY_ROLE[Role.MANDIRI][1], BY_ROLE[Role.TPN][0], BY_ROLE[Role.TPN][1]],
    Role.TPN: [BY_ROLE[Role.MANDIRI][0], BY_ROLE[Role.MANDIRI][2], BY_ROLE[Role.TPI][0], BY_ROLE[Role.TPI][2]],
}
APPROVES = {Role.MANDIRI: "tpi-1", Role.TPI: "tpn-1", Role.TPN: "tpn-2"}


def touched(change, agency="a", unit="satu", year=2025, **known):
    """Return the change as a file of the unit."""
    kind, before, after = change
    return Touched(
        path=f"units/{agency}/{unit}/{year}/{kind}.yaml",
        kind=kind,
        agency=agency,
        unit=unit,
        before=before,
        after=after,
        **{"known_unit": True, "known_agency": True} | known,
    )


def proposal(files, actor, approver=None, **rest):
    """Return a proposal, approved where an approver is named."""
    reviews = None if approver is None else (Review(account=approver, state=ReviewState.APPROVED, commit=HEAD),)
    return Proposal(actor=actor, head=HEAD, touched=tuple(files), reviews=reviews, **{"program": ()} | rest)


@st.composite
def of_one_role(draw):
    """Draw a role, files of one unit that are its, and its member and approver."""
    role = draw(st.sampled_from(list(BY_ROLE)))
    name, unit = draw(st.sampled_from(AGENCIES)), draw(st.sampled_from(UNITS))
    years = st.integers(2020, 2030)
    changes = draw(st.lists(st.tuples(st.sampled_from(BY_ROLE[role]), years), min_size=1, max_size=8))
    actor = f"{name}-{unit}" if role is Role.MANDIRI else f"{name}-{role}-1"
    files = [touched(change, name, unit, year) for change, year in changes]
    return role, files, actor, f"{name}-{APPROVES[role]}"


@settings(derandomize=True, deadline=None, max_examples=200)
@given(case=of_one_role(), data=st.data())
def test_one_role_s_own_files_are_clean_and_a_foreign_file_is_not(case, data) -> None:
    """Its member proposes, another who may approves: nothing is found, with reviews and without.

    A file more that is another role's, another agency's, the maintainers' or the program's, and there is something.
    """
    role, files, actor, approver = case
    assert judge(proposal(files, actor), PEOPLE) == ()
    assert judge(proposal(files, actor, approver), PEOPLE) == ()
    there = files[0]
    elsewhere = "b" if there.agency == "a" else "a"
    foreign = data.draw(
        st.one_of(
            st.sampled_from(FOREIGN[role]).map(lambda change: touched(change, there.agency, there.unit)),
            st.sampled_from(BY_ROLE[role]).map(lambda change: touched(change, elsewhere, there.unit)),
            st.just(touched((Kind.INSTANSI, Without.SENSE, Without.SENSE), there.agency, "")),
        )
    )
    assert judge(proposal([*files, foreign], actor), PEOPLE)
    assert judge(proposal([*files, foreign], actor, approver), PEOPLE)
    path = data.draw(st.sampled_from(["mkdocs.yml", "schema/x", "README.md"]))
    assert judge(proposal(files, actor, approver, program=(path,)), PEOPLE)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(case=of_one_role(), approver=st.sampled_from(["x", "a-mandiri-1", "b-mandiri-2", "a-satu", "b-dua"]))
def test_no_approval_of_a_unit_s_people_or_a_stranger_suffices(case, approver) -> None:
    """Whoever fills in never approves, for any role."""
    _, files, actor, _ = case
    assert judge(proposal(files, actor, approver), PEOPLE)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(case=of_one_role(), moves=st.permutations(range(8)))
def test_the_order_of_files_changes_no_finding(case, moves) -> None:
    """The same set of faults, whatever comes first, for an author who may do none of it."""
    _, files, _, _ = case
    shuffled = [files[place] for place in moves if place < len(files)]
    codes = [{finding.code for finding in judge(proposal(some, "siapa"), PEOPLE)} for some in (files, shuffled)]
    assert codes[0] == codes[1] == {"aktor-tidak-dikenal"}


@pytest.mark.parametrize(
    ("kind", "before", "after", "roles"),
    [
        # a number that was a truth value is another value
        (Kind.PEMANTAUAN, {"pernyataan": [True]}, {"pernyataan": [1]}, [{"mandiri"}]),
        (Kind.PEMANTAUAN, {"pernyataan": None}, {"pernyataan": []}, [{"mandiri", "tpi", "pemelihara"}]),
        (Kind.PEMANTAUAN, {}, {"pernyataan": [1], "pemantauan": [1]}, [{"tpi"}, {"mandiri"}]),
        (Kind.PEMANTAUAN, Without.SENSE, {"pernyataan": []}, [{"pemelihara"}]),
        (Kind.UNIT, {"nama": "A"}, {"nama": "A", "asal": "a/lain"}, [{"pemelihara"}]),
        (Kind.UNIT, {"nama": "A", "asal": "a/lain"}, {"nama": "B"}, [{"mandiri"}, {"pemelihara"}]),
        (Kind.UNIT, {"nama": "A"}, Without.SENSE, [{"pemelihara"}]),
        (Kind.UNIT, {"nama": "A"}, {"nama": "A"}, [{"mandiri", "pemelihara"}]),
        # the same entry twice is an entry more
        (Kind.SURVEI, {"survei": [{"penyelenggara": "TPN"}]}, {"survei": [{"penyelenggara": "TPN"}] * 2}, [{"tpn"}]),
        (Kind.SURVEI, {"survei": []}, {"survei": ["TPI"]}, [{"pemelihara"}]),
        (Kind.SURVEI, {"survei": []}, {"survei": {"penyelenggara": "unit"}}, [{"pemelihara"}]),
        (Kind.SURVEI, {"survei": []}, {"survei": [{"penyelenggara": ["unit"]}]}, [{"pemelihara"}]),
        # taking an empty file away is no content, but it is not bringing one either
        (Kind.PREDIKAT, {"peristiwa": []}, Without.FILE, [{"tpi", "tpn"}]),
        (Kind.PREDIKAT, Without.FILE, {"peristiwa": []}, [{"mandiri", "tpi", "tpn"}]),
        (Kind.PREDIKAT, Without.FILE, Without.SENSE, [{"tpi", "tpn"}]),
    ],
)
def test_what_a_change_needs(kind, before, after, roles) -> None:
    """Each part that became another one needs its own role; hand-worked."""
    assert [need.roles for need in needs(touched((kind, before, after)), POLICY)] == roles


@pytest.mark.parametrize("value", [None, "", "belum", [], {}, [{}], {"status": "belum"}, {"a": {"b": [None]}}])
def test_what_says_nothing_yet(value) -> None:
    """Empty, or only "belum"."""
    assert says_nothing(value)


@pytest.mark.parametrize("value", [0, False, "Belum", "bersih", [0], {"status": "belum", "nomor": "1"}])
def test_what_says_something(value) -> None:
    """Zero and false are values."""
    assert not says_nothing(value)


@pytest.mark.parametrize("text", ["\u212aantor", "\u017fatu", "@operator-\u212appn"])
def test_a_letter_that_only_looks_like_another_s_small_form_is_no_login(text) -> None:
    """KELVIN SIGN becomes "k" in lower case, LONG S is one "s" in capitals: neither is in any forge's account."""
    assert login(text) == ""


@settings(derandomize=True, deadline=None)
@given(text=st.text(max_size=20))
def test_a_login_is_an_account_s_name_or_nothing(text) -> None:
    """No text becomes a team, and none is left half cleaned."""
    name = login(text)
    assert name in {"", text.removeprefix("@").lower()}
    assert "/" not in name
