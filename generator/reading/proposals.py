"""The forge's list of pull requests, a JSON file. Hostile: anybody can open a pull request, and name files in it.

Source of its form: `gh pr list --state open --json number,createdAt,closedAt,state,isDraft,files` (GitHub CLI). Other
keys are passed over, titles first among them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from generator.model.day import jakarta_day
from generator.model.proposal import Place, Proposal
from generator.reading.forge import load, refuse
from generator.reading.paths import locate

LARGEST = 8 * 1024 * 1024
"""Bytes of the list."""
MOST = 5_000
"""Proposals in it."""
MOST_FILES = 3_000
"""Files of one proposal: GitHub lists no more."""
_LONGEST_PATH = 4_096
_LARGEST_NUMBER = 2**31 - 1
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)
_STATES = ("OPEN", "CLOSED", "MERGED")
_ABSENT = object()


def read_proposals(*paths: Path) -> tuple[Proposal, ...]:
    """Return the proposals of the files by number, each named once.

    Raises `Failure` that names the file and the place in it (JSON pointer) of a fault.
    """
    found: dict[int, Proposal] = {}
    for path in paths:
        data = load(path, LARGEST)
        if not isinstance(data, list) or len(data) > MOST:
            refuse(path, f"isinya bukan daftar usulan (paling banyak {MOST})")
        for place, item in enumerate(data):
            taker = _Taker(path, f"/{place}")
            proposal = taker.proposal(item)
            if proposal.number in found:
                taker.refuse("number", f"usulan #{proposal.number} sudah disebut sebelumnya")
            found[proposal.number] = proposal
    return tuple(found[number] for number in sorted(found))


class _Taker:
    """Takes one proposal by its shape; no text of the file reaches a message."""

    def __init__(self, path: Path, at: str) -> None:
        self._path = path
        self._at = at

    def refuse(self, key: str, reason: str) -> NoReturn:
        """Refuse the file for what stands at the key, or for the whole proposal ("")."""
        refuse(self._path, f"di {self._at}{'/' if key else ''}{key} {reason}")

    def proposal(self, item: Any) -> Proposal:
        """Return the proposal; raises `Failure`."""
        if not isinstance(item, dict):
            self.refuse("", "harus ada objek")
        opened, closed = self._days(item)
        places, elsewhere = self._touched(item)
        return Proposal(
            number=self._number(item),
            opened=opened,
            closed=closed,
            draft=self._draft(item),
            places=places,
            elsewhere=elsewhere,
        )

    def _number(self, item: Mapping[str, Any]) -> int:
        number = item.get("number")
        if type(number) is not int or not 0 < number <= _LARGEST_NUMBER:  # to Python, true is an int
            self.refuse("number", f"harus ada bilangan bulat dari 1 sampai {_LARGEST_NUMBER}")
        return number

    def _draft(self, item: Mapping[str, Any]) -> bool:
        draft = item.get("isDraft")
        if not isinstance(draft, bool):
            self.refuse("isDraft", "harus ada true atau false")
        return draft

    def _days(self, item: Mapping[str, Any]) -> tuple[date, date | None]:
        state = item.get("state")
        if state not in _STATES:  # compared, not looked up in a set: a list has no hash
            self.refuse("state", f"harus ada salah satu dari {', '.join(_STATES)}")
        opened = self._moment(item, "createdAt")
        if state == "OPEN":
            if item.get("closedAt") is not None:
                self.refuse("closedAt", "harus ada null, karena usulannya OPEN")
            return jakarta_day(opened), None
        closed = self._moment(item, "closedAt")
        if closed < opened:
            self.refuse("closedAt", "ada waktu sebelum createdAt")
        return jakarta_day(opened), jakarta_day(closed)

    def _moment(self, item: Mapping[str, Any], key: str) -> datetime:
        text = item.get(key)
        if isinstance(text, str) and _MOMENT.fullmatch(text):
            with suppress(ValueError):  # a day or an hour that does not exist
                return datetime.fromisoformat(text)
        return self.refuse(key, "harus ada waktu seperti 2026-01-31T08:00:00Z")

    def _touched(self, item: Mapping[str, Any]) -> tuple[frozenset[Place], bool]:
        files = item.get("files", _ABSENT)
        if files is None:  # as gh writes an empty list
            return frozenset(), True
        if not isinstance(files, list) or len(files) > MOST_FILES:
            self.refuse("files", f"harus ada daftar berkas (paling banyak {MOST_FILES})")
        found: set[Place] = set()
        elsewhere = not files
        for place, file in enumerate(files):
            path = file.get("path") if isinstance(file, dict) else None
            if not isinstance(path, str) or not 0 < len(path) <= _LONGEST_PATH:
                self.refuse(f"files/{place}/path", f"harus ada nama berkas (paling panjang {_LONGEST_PATH} huruf)")
            known = locate(path)
            if known is None:
                elsewhere = True
            else:
                found.add(Place(known.agency, known.unit, known.kind))
        return frozenset(found), elsewhere
