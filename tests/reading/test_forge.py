"""Reviews and teams as the forge tells them: taken by their shape, refused in one sentence."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.failure import Failure
from generator.model.review import Review, ReviewState, standing
from generator.reading.forge import LARGEST, read_members, read_reviews

COMMIT = "a" * 40
ITEM = {
    "id": 80,
    "user": {"login": "TPI-Satu", "id": 1, "type": "User"},
    "body": "Sudah sesuai",
    "state": "APPROVED",
    "commit_id": COMMIT,
    "submitted_at": "2026-11-20T08:00:00Z",
    "author_association": "OWNER",
    "_links": {"html": {"href": "https://contoh.example"}},
}


@pytest.fixture
def file(tmp_path):
    """Write what the forge gave (text, bytes, or data) and return its path."""

    def write(content):
        path = tmp_path / "telaah.json"
        raw = content if isinstance(content, bytes) else content.encode() if isinstance(content, str) else None
        path.write_bytes(json.dumps(content).encode() if raw is None else raw)
        return path

    return write


def test_reviews_are_read_as_github_gives_them(file) -> None:
    """Keys that are not needed are passed over, whatever they hold; logins are lower case."""
    assert read_reviews(file([ITEM])) == (Review(account="tpi-satu", state=ReviewState.APPROVED, commit=COMMIT),)
    assert read_reviews(file([])) == ()


def test_reviews_come_in_the_order_they_were_sent(file) -> None:
    """By time, then by place; one that is still being written is the last."""
    later = ITEM | {"state": "DISMISSED", "submitted_at": "2026-11-21T08:00:00Z"}
    pending = ITEM | {"state": "PENDING", "submitted_at": None}
    states = [review.state for review in read_reviews(file([pending, later, ITEM, ITEM | {"state": "COMMENTED"}]))]
    assert states == ["APPROVED", "COMMENTED", "DISMISSED", "PENDING"]


def test_a_reviewer_who_is_gone_and_a_commit_that_is_gone(file) -> None:
    """GitHub gives null for a deleted account (no review of anybody) and for a commit that was pushed away."""
    gone = ITEM | {"user": None}
    assert [review.commit for review in read_reviews(file([gone, ITEM | {"commit_id": None}]))] == [""]


def test_the_last_decision_stands(file) -> None:
    """A comment after it decides nothing."""
    rows = [ITEM, ITEM | {"state": "CHANGES_REQUESTED"}, ITEM | {"state": "COMMENTED"}]
    decided = standing(read_reviews(file(rows)))
    assert {name: review.state for name, review in decided.items()} == {"tpi-satu": ReviewState.CHANGES_REQUESTED}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "null",
        "{}",
        '"APPROVED"',
        "[1]",
        "[[]]",
        b"\xff\xfe[\x00]\x00",
        "[NaN]",
        "[" * 100_000,
        "[" + "9" * 10_000 + "]",
        '[{"user": {"login": "a"}, "user": {"login": "b"}}]',
        [{}, ITEM | {"user": "tpi-satu"}],
        [ITEM | {"user": {"login": "org/tim"}}],
        [ITEM | {"user": {"login": "a\n"}}],
        [ITEM | {"user": {"login": "a" * 101}}],
        [ITEM | {"state": "approved"}],
        [ITEM | {"state": ["APPROVED"]}],
        [ITEM | {"commit_id": "HEAD"}],
        [ITEM | {"commit_id": COMMIT + "\n"}],
        [ITEM | {"submitted_at": "besok"}],
        [{"user": None}] * 5001,
        " " * (LARGEST + 1),
    ],
    ids=range(22),
)
def test_anything_else_is_refused_in_one_sentence(file, content) -> None:
    """No approval is guessed from a damaged list, and no text of it reaches the message as it is."""
    with pytest.raises(Failure) as caught:
        read_reviews(file(content))
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 400


def test_a_file_that_is_not_there_is_named(tmp_path) -> None:
    """As every wrong use."""
    with pytest.raises(Failure, match="tidak-ada"):
        read_reviews(tmp_path / "tidak-ada")


def test_members_are_teams_with_logins(file) -> None:
    """With or without "@", lower case: the forge does not tell letter case apart."""
    members = read_members(file({"@Org/Tim": ["Ani", "budi"], "org/dua": []}))
    assert members == {"@org/tim": frozenset({"ani", "budi"}), "@org/dua": frozenset()}


@pytest.mark.parametrize(
    "content", [[], {"tim": ["a"]}, {"@a/b": "c"}, {"@a/b": [1]}, {"@a/b": ["@c"]}, {"@a/b/c": []}]
)
def test_other_members_are_refused(file, content) -> None:
    """A team that cannot be, or somebody who cannot be in it."""
    with pytest.raises(Failure):
        read_members(file(content))


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["APPROVED", COMMIT, "a"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["user", "login", "state", "commit_id", "submitted_at"]), inner, max_size=4)
    ),
    max_leaves=10,
)


@settings(derandomize=True, deadline=None)
@given(value=_VALUES)
def test_any_json_is_read_or_refused(tmp_path_factory, value) -> None:
    """Nothing else is ever raised."""
    path = tmp_path_factory.getbasetemp() / "apa-saja.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    with contextlib.suppress(Failure):
        assert all(review.account for review in read_reviews(path))
