"""Reads the versions of one file, one after another, and parses of a sheet only the questions whose text changed.

A sheet is cut where a question begins, under `jawaban:`: behind two spaces where it is in canonical form
(`generator.canonical`), else behind as many as its first question.
What was read before is not read again, and a question whose every line is `key: value` is read line by line, which
costs a fifth of libyaml. Where either cannot be shown to be right libyaml has its say, so the data are the same in any
case: each question parsed must begin on the line where it was cut off, and what could be read otherwise beside its
neighbours (a line at the margin, a file without end of line) is not cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from generator.reading import raw_text
from generator.reading.plain_lines import PlainReader
from generator.reading.strict_yaml import UNIT_FILE, Refused, load

_FIRST_QUESTION = re.compile(rb"(?:\A|\n)jawaban:\n( {1,9})(?=[^ #\r\n])")
_CANONICAL = 2
"""Spaces before a code in canonical form."""
_AT_MARGIN = re.compile(rb"\n[^ #\r\n]")
_HEAD = b"jawaban:"
_TOP = 1000
"""Bytes from the start: a Git LFS pointer shows itself in fewer of them."""
_NEAR = 8
"""Questions among which one is looked for that was changed, after others were taken out."""
_FRAME = 8
"""Events around the questions: stream, document, the root mapping, that of `jawaban`; starts and ends."""


class _Part(NamedTuple):
    """A question's code and answer, and how many of libyaml's events they are."""

    code: str
    answer: Any
    events: int


class Reader:
    """Reads versions of one file, oldest first."""

    def __init__(self) -> None:
        self.cut = False
        """Whether the last version read was cut at its questions."""
        self._head: tuple[bytes, dict[str, Any], int] | None = None
        self._parts: dict[bytes, _Part] = {}
        """By their text (`_pieces`), as they stood in the last version that was cut."""
        self._plainly = PlainReader()

    def read(self, raw: bytes, *, path: str) -> dict[str, Any] | None:
        """Return the data of this version; None where it is not the strict YAML this registry reads."""
        data = self._cut(raw, path)
        self.cut = data is not None
        if data is not None:
            return data
        try:
            return load(raw, path=path).data
        except Refused:
            return None

    def _cut(self, raw: bytes, path: str) -> dict[str, Any] | None:
        pieces = _pieces(raw, tuple(self._parts))
        head = self._read_head(pieces[0], path) if pieces else None
        if pieces is None or head is None:
            return None
        parts = self._read_parts(pieces[1:], path)
        if parts is None:
            return None
        answers = {code: answer for code, answer, _ in parts.values()}
        events = _FRAME + head[1] + sum([events for _, _, events in parts.values()])
        if len(answers) != len(pieces) - 1 or events > UNIT_FILE.events:
            return None
        self._parts = parts
        return {**head[0], "jawaban": answers}

    def _read_head(self, head: bytes, path: str) -> tuple[dict[str, Any], int] | None:
        """Return what stands above the questions, and its events; None where `jawaban:` is not its last key."""
        if self._head is None or self._head[0] != head:
            try:
                data = load(head + b"\n", path=path).data
            except Refused:
                return None
            if list(data)[-1] != "jawaban" or data["jawaban"] is not None:
                return None
            self._head = head, data, sum(1 + _events(value) for value in data.values()) - 1
        return self._head[1:]

    def _read_parts(self, pieces: list[bytes], path: str) -> dict[bytes, _Part] | None:
        known = self._parts
        new = [piece for piece in pieces if piece not in known]
        if new:
            parsed = _parsed([piece[1:] for piece in new], self._plainly, path)
            if parsed is None:
                return None
            known = {**known, **dict(zip(new, parsed, strict=True))}
        return {piece: known[piece] for piece in pieces}


def _pieces(raw: bytes, before: Sequence[bytes]) -> list[bytes] | None:
    """Return what stands above the questions, then each question with the end of line before it.

    `before` are the questions of one other version: what stands here too is taken from there, as the same object.
    None where the file does not look like a sheet that can be cut.
    """
    if len(raw) > UNIT_FILE.size or not raw.endswith(b"\n") or raw_text.LFS_POINTER in raw[:_TOP]:
        return None
    first = _FIRST_QUESTION.search(raw)
    if first is None:
        return None
    begins = _before_question(len(first[1]))
    at, end, place = first.start(1) - 1, len(raw) - 1, 0
    if begins.search(raw, 0, at):
        return None
    pieces = [raw[:at]]
    while at < end:
        while place < len(before) and raw.startswith(before[place], at, end):
            pieces.append(before[place])
            at += len(before[place])
            place += 1
        if at < end and not begins.match(raw, at):  # the last one goes on here
            at -= len(pieces.pop())
            place -= 1
        if place == len(before):  # all the rest is new
            return pieces + [b"\n" + question for question in begins.split(raw[at:end])[1:]]
        if at < end:
            following = begins.search(raw, at + 1)
            pieces.append(raw[at : following.start() if following else end])
            at += len(pieces[-1])
            place = _following(pieces[-1], before, place)
    return pieces


def _following(piece: bytes, before: Sequence[bytes], place: int) -> int:
    """Return the place of what probably follows: a question read anew was there too, at `place` or soon after it."""
    code = piece[: piece.find(b":") + 1]
    for other in range(place, min(place + _NEAR, len(before))):
        if before[other].startswith(code):
            return other + 1
    return place


@lru_cache
def _before_question(spaces: int) -> re.Pattern[bytes]:
    return re.compile(rb"\n(?= {%d}[^ #\r\n])" % spaces)


def _parsed(pieces: list[bytes], plainly: PlainReader, path: str) -> list[_Part] | None:
    """Read questions: line by line if all are so plain, else by libyaml; None where one does not stand by itself."""
    spaces = len(pieces[0]) - len(pieces[0].lstrip(b" "))
    plain = plainly.read(pieces) if spaces == _CANONICAL else None
    if plain is not None:
        return [_Part(*question) for question in plain]
    return _parsed_side_by_side(pieces, spaces, path)


def _parsed_side_by_side(pieces: list[bytes], spaces: int, path: str) -> list[_Part] | None:
    if any(_AT_MARGIN.search(piece) for piece in pieces):
        return None
    text = b"\n".join((_HEAD, *pieces, b""))
    if len(text) > UNIT_FILE.size:
        return None
    try:
        data, marks = load(text, path=path)
    except Refused:
        return None
    answers = data["jawaban"]
    places = (marks.children or {})["jawaban"].children or {}
    if list(data) != ["jawaban"] or not isinstance(answers, dict) or len(answers) != len(pieces):
        return None
    line = 2
    for piece, place in zip(pieces, places.values(), strict=True):
        if (place.line, place.column) != (line, spaces + 1):
            return None
        line += piece.count(b"\n") + 1
    return [_Part(code, answer, 1 + _events(answer)) for code, answer in answers.items()]


def _events(value: Any) -> int:
    if isinstance(value, dict):
        return 2 + sum(1 + _events(inner) for inner in value.values())
    if isinstance(value, list):
        return 2 + sum(map(_events, value))
    return 1
