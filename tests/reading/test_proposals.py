"""The forge's list of pull requests: taken by its shape, refused in one sentence that says where."""

import contextlib
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.document import Kind
from generator.model.failure import Failure
from generator.model.proposal import Place, Proposal
from generator.reading.proposals import LARGEST, MOST, read_proposals

REFUSED = Path(__file__).parents[1] / "cases/usulan/ditolak"
ITEM = {
    "number": 12,
    "title": "Bukti triwulan tiga <script>",
    "createdAt": "2026-11-12T03:00:00Z",
    "closedAt": None,
    "state": "OPEN",
    "isDraft": False,
    "files": [{"path": "units/contoh/satu/2026/mandiri.yaml", "additions": 3, "deletions": 0}],
}


@pytest.fixture
def read(tmp_path):
    """Write what the forge gave (bytes or data) and read it."""

    def made(content):
        path = tmp_path / "usulan.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return read_proposals(path)

    return made


def test_lists_of_open_and_of_closed_proposals_are_one(tmp_path):
    """By number; one that stands in both is refused where it stands again, for which of the two holds?"""
    paths = tmp_path / "terbuka.json", tmp_path / "ditutup.json"
    ended = ITEM | {"number": 3, "state": "MERGED", "closedAt": "2026-11-13T03:00:00Z"}
    for path, item in zip(paths, (ITEM, ended), strict=True):
        path.write_text(json.dumps([item]), encoding="utf-8")
    assert [proposal.number for proposal in read_proposals(*paths)] == [3, ITEM["number"]]
    paths[1].write_text(json.dumps([ended, ended | {"number": ITEM["number"]}]), encoding="utf-8")
    with pytest.raises(Failure, match=r'ditutup\.json" ditolak: di /1/number '):
        read_proposals(*paths)


def test_a_list_as_gh_gives_it(read):
    """Sorted by number; neither title nor author is kept, and unknown keys may hold anything."""
    other = ITEM | {"number": 3, "isDraft": True, "author": {"login": ["x"]}, "url": "javascript:alert(1)"}
    first, second = read([ITEM, other])
    assert second == Proposal(
        number=12,
        opened=date(2026, 11, 12),
        closed=None,
        draft=False,
        places=frozenset({Place("contoh", "satu", Kind.MANDIRI)}),
        elsewhere=False,
    )
    assert (first.number, first.draft) == (3, True)
    assert read([]) == ()


@pytest.mark.parametrize(
    ("opened", "closed", "days"),
    [
        # 16:59:59 UTC is 23:59:59 in Jakarta, a second later it is the next day there
        ("2026-11-12T16:59:59Z", "2026-11-12T17:00:00Z", (date(2026, 11, 12), date(2026, 11, 13))),
        ("2025-12-31T17:00:00Z", "2025-12-31T17:00:00Z", (date(2026, 1, 1), date(2026, 1, 1))),
        ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", (date(1, 1, 1), date(9999, 12, 31))),
    ],
)
@pytest.mark.parametrize("state", ["CLOSED", "MERGED"])
def test_days_are_jakarta_s(read, state, opened, closed, days):
    """Merged or turned down: both decide, on the day it is in Jakarta."""
    (one,) = read([ITEM | {"state": state, "createdAt": opened, "closedAt": closed}])
    assert (one.opened, one.closed) == days


@pytest.mark.parametrize(
    ("paths", "places", "elsewhere"),
    [
        (["units/contoh/satu/unit.yaml", "units/contoh/instansi.yaml"], {("satu", "unit"), ("", "instansi")}, False),
        (["units/contoh/satu/unit.yaml", "schema/aturan/peran.yaml"], {("satu", "unit")}, True),
        (["generator/cli/build.py"], set(), True),
        # what only looks like a file of the registry is none
        (["units/contoh/satu/2026/mandiri.yml"], set(), True),
        (["/units/contoh/satu/unit.yaml", "units/contoh/../satu/unit.yaml", "units//satu/unit.yaml"], set(), True),
        (["units/contoh/<b>/unit.yaml", "units/contoh/s\u0430tu/unit.yaml"], set(), True),
        (["units\\contoh\\satu\\unit.yaml"], set(), True),
        (["units/contoh/satu/unit.yaml\n", "\ud800", "\u202eunits/contoh/satu/unit.yaml"], set(), True),
        ([], set(), True),
    ],
)
def test_what_a_proposal_touches(read, paths, places, elsewhere):
    """Files by their exact place in the registry; everything else is one thing, and keeps no name."""
    (one,) = read([ITEM | {"files": [{"path": path} for path in paths]}])
    assert {(place.unit, place.kind) for place in one.places} == places
    assert one.elsewhere == elsewhere


def test_no_files_at_all(read):
    """Written null."""
    assert read([ITEM | {"files": None}])[0].elsewhere


@pytest.mark.parametrize("case", sorted(REFUSED.glob("*.json")), ids=lambda path: path.stem)
def test_anything_else_is_refused_in_one_sentence(case):
    """The sentence names the place and what should stand there, and shows nothing of what stands there."""
    with pytest.raises(Failure) as caught:
        read_proposals(case)
    expected = case.with_suffix(".expect").read_text(encoding="utf-8").strip()
    assert caught.value.exit_code == 2
    assert str(caught.value).endswith(f'.json" ditolak: {expected}. Ambil lagi berkasnya dari forge.')
    assert str(caught.value).isprintable()


def test_every_case_has_its_sentence():
    """And there are cases."""
    assert len(list(REFUSED.glob("*.json"))) == len(list(REFUSED.glob("*.expect"))) > 30


def test_size_is_bounded_before_parsing(read):
    """8 MiB of spaces around a list are too many; to the byte, they are not."""
    assert read(b" " * (LARGEST - 2) + b"[]") == ()
    with pytest.raises(Failure, match="lebih besar dari 8388608 byte"):
        read(b" " * (LARGEST - 1) + b"[]")


def test_a_full_list_is_read(read):
    """As many proposals as are allowed, each of one file."""
    assert len(read([ITEM | {"number": number} for number in range(1, MOST + 1)])) == MOST


def test_a_file_that_is_not_there_is_named(tmp_path):
    """As every wrong use."""
    with pytest.raises(Failure, match="tidak-ada"):
        read_proposals(tmp_path / "tidak-ada")


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["OPEN", "CLOSED", "2026-11-12T03:00:00Z", "units/contoh/satu/unit.yaml"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*ITEM, "path"]), inner, max_size=4),
    max_leaves=10,
)


@settings(derandomize=True, deadline=None)
@given(value=_VALUES, key=st.sampled_from(sorted(ITEM)))
def test_any_json_is_read_or_refused(tmp_path_factory, value, key):
    """Nothing else is ever raised: not for a whole list, not for one value in a good one."""
    path = tmp_path_factory.getbasetemp() / "usulan.json"
    for content in (value, [value], [ITEM | {key: value}]):
        path.write_text(json.dumps(content), encoding="utf-8")
        with contextlib.suppress(Failure):
            assert all(proposal.number > 0 for proposal in read_proposals(path))
