"""What the forge and a job tell of a pull request, taken by its shape."""

import json
import os

import pytest

from generator.exchange.pull_request import (
    VERDICT_LIMIT,
    Run,
    Submitted,
    Verdict,
    read_open,
    read_own_comment,
    read_run,
    read_submitted,
    read_verdict,
    verdict_bytes,
)
from generator.model.failure import Failure

BASE, HEAD, OTHER = "a" * 40, "b" * 40, "c" * 40
MARKER = "<!-- zi:uji -->"
REPOSITORY = {"full_name": "contoh/registri", "default_branch": "main"}
RUN = Run("contoh/registri", HEAD, 77, "main")


@pytest.fixture
def file(tmp_path):
    """What writes data as JSON, or bytes as they are, and names the file."""

    def write(data):
        path = tmp_path / "berkas.json"
        path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
        return path

    return write


def event(**changed):
    """An event `pull_request`, cut to what is looked at; unknown keys do not matter."""
    asked = {
        "base": {"sha": BASE},
        "head": {"sha": HEAD, "ref": "$(id)"},
        "user": {"login": "operator"},
        "body": "\x1b",
    }
    return {"action": "opened", "number": 7, "pull_request": asked} | changed


def pull(number=7, head=HEAD, source=77, **changed):
    """An item of GitHub's list of pull requests."""
    repository = None if source is None else {"id": source}
    return {
        "number": number,
        "state": "open",
        "base": {"ref": "main", "sha": BASE},
        "head": {"sha": head, "repo": repository},
        "user": {"login": "operator"},
    } | changed


def comment(place=1, login="github-actions[bot]", kind="Bot", body=f"{MARKER}\nlama"):
    """An item of GitHub's list of comments."""
    url = "https://api.github.com/repos/contoh/registri/issues/7"
    return {"id": place, "issue_url": url, "user": {"login": login, "type": kind}, "body": body}


def test_an_event_names_the_pull_request(file) -> None:
    """Number, both commits, who asks."""
    assert read_submitted(file(event())) == Submitted(7, BASE, HEAD, "operator")


def asked(**changed):
    """An event whose pull request differs."""
    return event(pull_request=event()["pull_request"] | changed)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[1]",
        b'{"number": NaN}',
        b"[" * 100_000,
        b'{"number": 7, "number": 8}',
        b" " * (1024 * 1024 + 1),
        *(event(number=number) for number in (0, -1, True, "7", 7.0, 10**9 + 1, None, "../7")),
        *(asked(base=base) for base in (None, {}, {"sha": "main"}, {"sha": BASE[1:]}, {"sha": BASE + "\n"})),
        asked(head={"sha": HEAD.upper()}),
        *(asked(user=user) for user in (None, {}, {"login": "a b"}, {"login": "-x"}, {"login": "a\n"}, {"login": 1})),
        {"number": 7},
    ],
    ids=lambda data: repr(data)[:40],
)
def test_what_is_no_event_is_refused(file, data) -> None:
    """Each fault is one sentence, and nothing of the text is repeated."""
    with pytest.raises(Failure, match=r"ditolak: .*Ambil lagi berkasnya dari forge\.$"):
        read_submitted(file(data))


def run(**changed):
    """An event `workflow_run`."""
    ran = {"event": "pull_request", "head_sha": HEAD, "head_repository": {"id": 77}}
    return {"repository": REPOSITORY, "workflow_run": ran | changed}


def test_a_run_names_its_commit_and_where_that_comes_from(file) -> None:
    """A repository that is gone has no id, and no pull request is found by it."""
    assert read_run(file(run())) == RUN
    assert read_run(file(run(head_repository=None))) == RUN._replace(source=None)


@pytest.mark.parametrize(
    "data",
    [
        {},
        run(event="push"),
        run(head_sha="main"),
        run() | {"repository": None},
        run() | {"repository": REPOSITORY | {"default_branch": 1}},
        {"workflow_run": 1},
    ],
)
def test_a_run_that_no_pull_request_started_is_refused(file, data) -> None:
    """Of a push there is nothing to comment."""
    with pytest.raises(Failure):
        read_run(file(data))


def test_the_pull_request_is_the_open_one_of_that_commit_and_repository(file) -> None:
    """Not meant: another commit, repository or branch to be merged into, a closed one, one whose repository is gone."""
    others = [pull(1, OTHER), pull(2, source=78), pull(3, source=None), pull(4, state="closed"), pull(5, user=None)]
    others.append(pull(6, base={"ref": "usulan/3", "sha": BASE}))
    meant = Submitted(7, BASE, HEAD, "operator")
    assert read_open(file([*others, pull()]), RUN) == (meant,)
    assert read_open(file([others, [pull()], []]), RUN) == (meant,)  # pages
    assert read_open(file([*others]), RUN) == ()
    assert read_open(file([pull(3, source=None)]), RUN._replace(source=None)) == ()


@pytest.mark.parametrize("data", [{}, [1], [[[pull()]]], [pull(number="7")], [pull(base={"sha": "main"})], "x"])
def test_what_is_no_list_of_pull_requests_is_refused(file, data) -> None:
    """Also where the one that is meant stands elsewhere in it."""
    with pytest.raises(Failure):
        read_open(file(data), RUN)


def test_the_own_comment_is_the_bot_s(file) -> None:
    """Anybody can write the marker, or take a name like the bot's; the marker in the middle of a text is a quote."""
    foreign = [comment(2, "penipu"), comment(3, kind="User"), comment(4, "github-actions"), comment(5, body=None)]
    foreign += [comment(6, body=f"> {MARKER}"), comment(7) | {"user": None}]
    assert read_own_comment(file([*foreign, comment(8), comment(9)]), 7, MARKER) == (8, f"{MARKER}\nlama")
    assert read_own_comment(file(foreign), 7, MARKER) is None
    assert read_own_comment(file([comment()]), 17, MARKER) is None
    assert read_own_comment(file([]), 7, MARKER) is None
    for data in ({}, [1], [comment("8")], [comment(-8)], [comment() | {"issue_url": 7}]):
        with pytest.raises(Failure):
            read_own_comment(file(data), 7, MARKER)


VERDICT = Verdict(7, BASE, HEAD, passed=True, comment="Isi → ‹x›\n")
LEFT = {"nomor": 7, "base": BASE, "head": HEAD, "lulus": True, "komentar": "Isi → ‹x›\n"}


def test_what_a_job_leaves_is_read_as_it_was_written(file) -> None:
    """Exactly five keys."""
    raw = verdict_bytes(VERDICT)
    assert json.loads(raw) == LEFT
    assert read_verdict(file(raw)) == VERDICT


@pytest.mark.parametrize(
    "data",
    [
        [],
        {},
        LEFT | {"lain": 1},
        {key: value for key, value in LEFT.items() if key != "lulus"},
        *(LEFT | {"nomor": number} for number in ("7", True, 0, 7.5, 10**30)),
        LEFT | {"base": "main"},
        LEFT | {"head": HEAD + "\n"},
        LEFT | {"lulus": "ya"},
        LEFT | {"lulus": 1},
        LEFT | {"komentar": ["x"]},
        LEFT | {"komentar": "x" * VERDICT_LIMIT},
        b"\xef\xbb\xbf{}",
        b'{"nomor": 7, "nomor": 8}',
    ],
    ids=lambda data: repr(data)[:60],
)
def test_anything_else_is_refused(file, data) -> None:
    """Another key, another type, a byte too many."""
    with pytest.raises(Failure, match="ditolak"):
        read_verdict(file(data))


def test_only_a_plain_file_is_opened(tmp_path, file) -> None:
    """No link to a secret, no pipe that never ends, no folder, no device, nothing that is not there."""
    secret = file(verdict_bytes(VERDICT))
    link, pipe, folder = tmp_path / "tautan", tmp_path / "pipa", tmp_path / "folder"
    link.symlink_to(secret)
    os.mkfifo(pipe)
    folder.mkdir()
    for path in (link, pipe, folder, tmp_path / "tidak-ada"):
        with pytest.raises(Failure):
            read_verdict(path)
