"""Questions of a sheet whose every line is plainly `key: value`, read line by line: a fifth of what libyaml costs.

It reads what `generator.canonical` writes, save what needs a look (escapes, empty lists, numbers below zero), and
answers None for anything else: no comment, blank line, block text, tab or quote in an unusual place is read here.
What it does read is what libyaml reads; tests/reading/test_blocks.py holds the two together.
"""

from __future__ import annotations

import re
from typing import Any

from generator.reading import raw_text
from generator.reading.strict_yaml import UNIT_FILE

Question = tuple[str, dict[str, Any], int]
"""Code, answer, and how many of libyaml's events the two are."""

_LINE = re.compile(
    r"^(    |      - |        |      |  )"  # how deep: a key of the answer, an item, a key of it, a key below, a code
    r"([A-Za-z][A-Za-z0-9_.-]{0,99}):"
    r"("
    # plain, without ": " or " #", and with neither ":" nor a space at its end
    r"(?: (?:[^\W_]|[(/])[^\n\t:#]*(?:(?::(?! |$)|(?<! )#)[^\n\t:#]*)*(?<! )"
    r'| "[^"\\\n\t]*")?'
    r")$",
    re.MULTILINE,
)
_CODE, _KEY, _BELOW, _ITEM, _OF_ITEM = "  ", "    ", "      ", "      - ", "        "
_COUNT = re.compile(r"0|[1-9][0-9]{0,14}")
_NOT_PLAIN = frozenset({"null", "true", "false"})
_STARTS_TYPED = frozenset("0123456789ntf")
_LONGEST = UNIT_FILE.scalar
"""Of a value with the space before it."""


def questions(text: bytes) -> list[Question] | None:
    """Return the questions in order (a code may come twice); None where a line or the bytes are not so plain."""
    if b"\r" in text or any(raw_text.faults(text, UNIT_FILE.size, 1)):
        return None
    decoded = text.decode("utf-8")
    lines = _LINE.findall(decoded)
    if len(lines) != decoded.count("\n") + 1:
        return None
    try:
        return _Sheet().read(lines)
    except _NotPlain:
        return None


class _NotPlain(Exception):
    """A line that libyaml must read."""


class _Sheet:
    """Takes one line after another; a line that does not fit those before it is `_NotPlain`."""

    __slots__ = ("_answer", "_below", "_code", "_first", "_found", "_more", "_places", "_waiting")

    def __init__(self) -> None:
        self._found: list[Question] = []
        self._code = ""
        self._answer: dict[str, Any] = {}
        self._waiting = ""
        """The key of the answer whose value is on the lines below it."""
        self._below: dict[str, Any] | list[dict[str, Any]] | None = None
        """That value, once it began."""
        self._places: dict[str, dict[str, Any]] = {}
        """By depth: the mapping to which a line of this depth adds a key as things stand."""
        self._first = 0
        """Number of the question's line."""
        self._more = 0
        """libyaml's events of the question that are more than two a line."""

    def read(self, lines: list[tuple[str, str, str]]) -> list[Question]:
        """Return the questions of all lines: how deep, key, and value."""
        place_at = self._places.get
        for number, (depth, key, rest) in enumerate(lines):
            place = place_at(depth)
            if place is None:
                place = self._begin(depth, key, rest, number)
            if not rest:
                self._wait(depth, key)
                continue
            if key in place or len(rest) > _LONGEST:
                raise _NotPlain
            sign = rest[1]
            if sign == '"':
                place[key] = rest[2:-1]
            else:
                place[key] = _typed(rest[1:]) if sign in _STARTS_TYPED else rest[1:]
        self._end(len(lines))
        return self._found

    def _wait(self, depth: str, key: str) -> None:
        """Take a line without a value: a code, or a key of the answer whose value follows."""
        if depth == _CODE:
            return
        if depth != _KEY or key in self._answer:
            raise _NotPlain
        self._answer[key] = None
        self._waiting, self._below = key, None
        self._places.clear()
        self._more += 1

    def _begin(self, depth: str, key: str, rest: str, number: int) -> dict[str, Any]:
        """Return the mapping that begins, or is gone on with, on a line of a depth other than before."""
        if depth == _CODE and not rest:
            return self._begin_question(key, number)
        if depth == _KEY:
            self._end_value()
            place = self._answer
        elif depth == _ITEM:
            place = self._begin_item()
            depth = _OF_ITEM
        elif depth == _BELOW and self._waiting and self._below is None:
            place = self._below = self._answer[self._waiting] = {}
        else:
            raise _NotPlain
        self._places.clear()
        self._places[depth] = place
        return place

    def _begin_question(self, code: str, number: int) -> dict[str, Any]:
        if self._code:
            self._end(number)
        self._code, self._answer, self._first, self._more = code, {}, number, 1
        self._places.clear()
        self._places[_KEY] = self._answer
        return {}

    def _begin_item(self) -> dict[str, Any]:
        if self._waiting and self._below is None:
            self._below = self._answer[self._waiting] = []
        if not isinstance(self._below, list):
            raise _NotPlain
        item: dict[str, Any] = {}
        self._below.append(item)
        self._more += 2
        return item

    def _end_value(self) -> None:
        if not self._code or (self._waiting and self._below is None):
            raise _NotPlain
        self._waiting, self._below = "", None

    def _end(self, number: int) -> None:
        self._end_value()
        if not self._answer:
            raise _NotPlain
        self._found.append((self._code, self._answer, 2 * (number - self._first) + self._more))


def _typed(value: str) -> str | int:
    """Return a value that is perhaps no text."""
    if value in _NOT_PLAIN:
        raise _NotPlain
    return int(value) if _COUNT.fullmatch(value) else value
