"""What the forge tells, as JSON files: the reviews of a proposal, who is in a team. Hostile: taken by its shape.

Source of the reviews' form: GitHub's REST API, "List reviews for a pull request".
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from generator.model.failure import Failure
from generator.model.review import Review, ReviewState, is_login
from generator.model.wording import reason, shown
from generator.reading.git import OBJECT_ID

LARGEST = 1024 * 1024
"""Bytes of one file."""
_MOST = 5_000
"""Reviews, teams, or members of a team."""
_TEAM = re.compile(r"@?([A-Za-z0-9][A-Za-z0-9_-]{0,99}/[A-Za-z0-9][A-Za-z0-9._-]{0,99})", re.ASCII)
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)


def read_reviews(path: Path) -> tuple[Review, ...]:
    """Return the reviews of the file, the oldest first; raises `Failure` where it is not such a list.

    Unknown keys are passed over, and so are reviews of accounts that are gone (`user: null`).
    """
    return _reviews(load(path), path)


def read_members(path: Path) -> Mapping[str, frozenset[str]]:
    """Return team ("@organisation/team", lower case) -> logins, lower case.

    Raises `Failure` where the file is not an object of teams with lists of logins.
    """
    data = load(path)
    if not isinstance(data, dict) or len(data) > _MOST:
        refuse(path, 'isinya bukan objek {"@organisasi/tim": ["akun", …]}')
    found: dict[str, frozenset[str]] = {}
    for team, logins in data.items():
        named = _TEAM.fullmatch(team)
        if not named or not isinstance(logins, list) or len(logins) > _MOST or not all(map(is_login, logins)):
            refuse(path, f"isi untuk {shown(team)} bukan daftar akun sebuah tim @organisasi/tim")
        found[f"@{named[1].lower()}"] = frozenset(login.lower() for login in logins)
    return found


def _reviews(data: Any, path: Path) -> tuple[Review, ...]:
    if not isinstance(data, list) or len(data) > _MOST:
        refuse(path, f"isinya bukan daftar telaah (paling banyak {_MOST})")
    found = []
    for place, item in enumerate(data):
        if not isinstance(item, dict):
            refuse(path, f"telaah ke-{place + 1} bukan objek")
        if item.get("user") is not None:
            found.append((_moment(item, place, path), place, _review(item, place, path)))
    return tuple(review for _, _, review in sorted(found, key=lambda one: one[:2]))


def _review(item: Mapping[str, Any], place: int, path: Path) -> Review:
    user, state, commit = item["user"], item.get("state"), item.get("commit_id")
    login = user.get("login") if isinstance(user, dict) else None
    if not is_login(login):
        refuse(path, f"user.login pada telaah ke-{place + 1} bukan nama akun")
    if not isinstance(state, str) or state not in set(ReviewState):
        refuse(path, f"state pada telaah ke-{place + 1} tidak dikenal")
    if commit is not None and not (isinstance(commit, str) and OBJECT_ID.fullmatch(commit)):
        refuse(path, f"commit_id pada telaah ke-{place + 1} bukan id commit")
    return Review(account=str(login).lower(), state=ReviewState(state), commit=commit or "")


def _moment(item: Mapping[str, Any], place: int, path: Path) -> str:
    """Return when it was sent, as text that sorts; one that was not sent yet is the last."""
    moment = item.get("submitted_at")
    if moment is None:
        return "~"
    if not isinstance(moment, str) or not _MOMENT.fullmatch(moment):
        refuse(path, f"submitted_at pada telaah ke-{place + 1} bukan waktu seperti 2026-01-31T08:00:00Z")
    return moment


def load(path: Path, largest: int = LARGEST, *, stranger: bool = False) -> Any:
    """Return the JSON data of a file from the forge.

    With `stranger`, who may have made the file itself and not only what it says, it must be a regular file: no
    symbolic link is followed, no pipe waited for. Raises `Failure` where it cannot be read, is larger than `largest`
    bytes, or is no JSON that means one thing.
    """
    flags = os.O_RDONLY | os.O_CLOEXEC | ((os.O_NOFOLLOW | os.O_NONBLOCK) if stranger else 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as file:
            if stranger and not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                refuse(path, "bukan berkas biasa")
            raw = file.read(largest + 1)
    except OSError as error:
        raise Failure(f"{shown(path, 200)} tidak dapat dibaca ({reason(error)}); periksa nama berkasnya.") from None
    if len(raw) > largest:
        refuse(path, f"lebih besar dari {largest} byte")
    try:
        return json.loads(raw.decode("utf-8"), object_pairs_hook=_pairs, parse_constant=_no_number)
    except (ValueError, RecursionError):  # not UTF-8, not JSON, a key twice, a number too long, too deep
        refuse(path, "bukan JSON yang sah")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def refuse(path: Path, reason: str) -> NoReturn:
    """Raise the `Failure` of a file that is not taken; the reason ends without a full stop."""
    raise Failure(f"{shown(path, 200)} ditolak: {reason}. Ambil lagi berkasnya dari forge.")
