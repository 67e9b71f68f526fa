"""What is told of a pull request: the forge's events and lists, and what the job that looked at it left behind.

All of it is hostile, in three degrees. GitHub writes events and lists, so a number, an id or a commit in them is
what it says it is; the text in them is anybody's. What a job leaves that looked at a stranger's commits may be made
by the stranger altogether: it is taken by its shape, and believed in nothing.

Source of the forms: GitHub's webhook events `pull_request` and `workflow_run`, and its REST API ("List pull
requests", "List issue comments").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from generator.exchange.requests import LARGEST_NUMBER
from generator.model.review import is_login
from generator.reading.forge import load, refuse

EVENT_LIMIT = 1024 * 1024
"""Bytes of an event."""
LIST_LIMIT = 64 * 1024 * 1024
"""Bytes of a list of pull requests or comments: anybody may write a thousand long comments."""
VERDICT_LIMIT = 64 * 1024
"""Bytes of what a job leaves."""
BOT = "github-actions[bot]"
"""The account of a workflow's own token."""

_COMMIT = re.compile(r"[0-9a-f]{40}", re.ASCII)
_LARGEST_ID = 10**18


class Submitted(NamedTuple):
    """A pull request as its event tells it."""

    number: int
    base: str
    """Id of the commit it asks to be merged into, 40 digits."""
    head: str
    """Id of its last commit."""
    author: str
    """Login."""


class Run(NamedTuple):
    """A workflow's run that looked at a pull request."""

    slug: str
    """The repository it ran in, "owner/name"; as the event has it, `requests.api_path` checks it."""
    head: str
    """Id of the commit it looked at."""
    source: int | None
    """Id of the repository the commit comes from; None where that is gone."""
    main: str
    """The repository's default branch: what the registry is."""


class Verdict(NamedTuple):
    """What a job says it found; nothing of it is known to be true."""

    number: int
    base: str
    head: str
    passed: bool
    comment: str
    """Markdown, as yet not inert."""


def read_submitted(path: Path) -> Submitted:
    """Return the pull request of an event `pull_request`; raises `Failure` where the file is none."""
    event = load(path, EVENT_LIMIT)
    number, base, head, author = (
        _at(event, *keys.split("."))
        for keys in ("number", "pull_request.base.sha", "pull_request.head.sha", "pull_request.user.login")
    )
    if not is_number(number):
        refuse(path, "number bukan nomor usulan")
    if not (_is_commit(base) and _is_commit(head)):
        refuse(path, "pull_request.base.sha atau pull_request.head.sha bukan id commit")
    if not is_login(author):
        refuse(path, "pull_request.user.login bukan nama akun")
    return Submitted(number, base, head, author)


def read_run(path: Path) -> Run:
    """Return the run that a pull request started, of an event `workflow_run`; raises `Failure` where it is none."""
    event = load(path, EVENT_LIMIT)
    run = _at(event, "workflow_run")
    slug, main = _at(event, "repository", "full_name"), _at(event, "repository", "default_branch")
    head, source = _at(run, "head_sha"), _at(run, "head_repository", "id")
    if _at(run, "event") != "pull_request":
        refuse(path, "workflow_run.event bukan pull_request")
    if not isinstance(slug, str) or not isinstance(main, str) or not _is_commit(head):
        refuse(path, "repository.full_name, default_branch atau workflow_run.head_sha tidak ada atau bukan bentuknya")
    return Run(slug, head, source if _is_id(source) else None, main)


def read_open(path: Path, run: Run) -> tuple[Submitted, ...]:
    """Return the open pull requests whose last commit, from the same repository, is the one that the run looked at.

    Seldom more than one. None where all have newer commits or were closed meanwhile. One into another branch than
    main is passed over: rules and roles there may be anybody's who can push, and it may be turned to main later. So
    is one whose author is gone. Raises `Failure` where the file is no list of pull requests.
    """
    found = []
    for item in _items(path):
        number, base, head, author = (
            _at(item, *keys.split(".")) for keys in ("number", "base.sha", "head.sha", "user.login")
        )
        if not is_number(number) or not _is_commit(base) or not _is_commit(head):
            refuse(path, "isinya bukan daftar usulan (number, base.sha, head.sha)")
        source = _at(item, "head", "repo", "id")
        same = head == run.head and _is_id(source) and source == run.source
        standing = _at(item, "state") == "open" and _at(item, "base", "ref") == run.main
        if same and standing and is_login(author):
            found.append(Submitted(number, base, head, author))
    return tuple(found)


def read_own_comment(path: Path, number: int, marker: str) -> tuple[int, str] | None:
    """Return id and text of the comment that workflows wrote below the pull request and that begins with the marker.

    Anybody can write the marker: only the first such comment of `BOT` counts; None where there is none. Raises
    `Failure` where the file is no list of comments.
    """
    for item in _items(path):
        place, body, issue = _at(item, "id"), _at(item, "body"), _at(item, "issue_url")
        if not _is_id(place) or not isinstance(issue, str):
            refuse(path, "isinya bukan daftar komentar (id, issue_url, user, body)")
        own = (_at(item, "user", "login"), _at(item, "user", "type")) == (BOT, "Bot")
        if own and issue.endswith(f"/issues/{number}") and isinstance(body, str) and body.startswith(marker):
            return place, body
    return None


def read_verdict(path: Path) -> Verdict:
    """Return what the job left in the file; raises `Failure` where it is anything else than `verdict_bytes` makes."""
    data = load(path, VERDICT_LIMIT, stranger=True)
    if not isinstance(data, dict) or data.keys() != set(_KEYS):
        refuse(path, f"isinya bukan objek dengan tepat {', '.join(_KEYS)}")
    number, base, head, passed, comment = (data[key] for key in _KEYS)
    if not is_number(number) or not _is_commit(base) or not _is_commit(head):
        refuse(path, "nomor, base, atau head bukan bentuknya")
    if type(passed) is not bool or not isinstance(comment, str):
        refuse(path, "lulus bukan true atau false, atau komentar bukan teks")
    return Verdict(number, base, head, passed, comment)


def verdict_bytes(verdict: Verdict) -> bytes:
    """Return the file that a job leaves; it can be longer than `VERDICT_LIMIT`."""
    fields = dict(zip(_KEYS, verdict, strict=True))
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def is_number(value: Any) -> bool:
    """Tell whether the value is the number of an issue or a pull request."""
    return type(value) is int and 0 < value <= LARGEST_NUMBER


_KEYS = ("nomor", "base", "head", "lulus", "komentar")


def _items(path: Path) -> Iterator[Any]:
    """Yield the items of a list, or of a list of its pages (`gh api --paginate --slurp`)."""
    data = load(path, LIST_LIMIT)
    if not isinstance(data, list):
        refuse(path, "isinya bukan daftar")
    for item in data:
        yield from item if isinstance(item, list) else (item,)


def _at(data: Any, *keys: str) -> Any:
    """Return what stands at the keys; None where there is nothing."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _is_commit(value: Any) -> bool:
    return isinstance(value, str) and bool(_COMMIT.fullmatch(value))


def _is_id(value: Any) -> bool:
    return type(value) is int and 0 < value <= _LARGEST_ID
