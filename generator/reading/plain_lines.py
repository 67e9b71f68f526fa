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


def questions(text: bytes) -> list[Question] | None:
    """Return the questions in order (a code may come twice); None where a line or the bytes are not so plain."""
    if b"\r" in text or any(raw_text.faults(text, UNIT_FILE.size, 1)):
        return None
    decoded = text.decode("utf-8")
    lines = _LINE.findall(decoded)
    if len(lines) != decoded.count("\n") + 1:
        return None
    sheet = _Sheet()
    take = {_CODE: sheet.code, _KEY: sheet.key, _BELOW: sheet.below, _ITEM: sheet.item, _OF_ITEM: sheet.of_item}
    try:
        for depth, key, rest in lines:
            take[depth](key, rest)
        sheet.end()
    except _NotPlain:
        return None
    return sheet.found


class _NotPlain(Exception):
    """A line that libyaml must read."""


class _Sheet:
    """Takes one line after another; a line that does not fit those before it is `_NotPlain`."""

    __slots__ = ("_answer", "_below", "_code", "_events", "_item", "_waiting", "found")

    def __init__(self) -> None:
        self.found: list[Question] = []
        self._code = ""
        self._answer: dict[str, Any] = {}
        self._waiting = ""
        """The key of the answer whose value is on the lines below it."""
        self._below: dict[str, Any] | list[dict[str, Any]] | None = None
        """That value, once it began."""
        self._item: dict[str, Any] = {}
        self._events = 0

    def code(self, key: str, rest: str) -> None:
        """Begin a question."""
        if self._code:
            self.end()
        if rest:
            raise _NotPlain
        self._code, self._answer, self._waiting, self._below, self._events = key, {}, "", None, 3

    def end(self) -> None:
        """End the question."""
        if not self._answer or (self._waiting and self._below is None):
            raise _NotPlain
        self.found.append((self._code, self._answer, self._events))

    def key(self, key: str, rest: str) -> None:
        """Take a key of the answer, with its value or without."""
        if key in self._answer or (self._waiting and self._below is None):
            raise _NotPlain
        if rest:
            self._answer[key] = _scalar(rest)
            self._waiting = ""
            self._events += 2
        else:
            self._answer[key] = None
            self._waiting = key
            self._events += 3
        self._below = None

    def below(self, key: str, rest: str) -> None:
        """Take a key of a mapping below a key of the answer."""
        if self._below is None and self._waiting:
            self._below = self._answer[self._waiting] = {}
        if not isinstance(self._below, dict) or key in self._below or not rest:
            raise _NotPlain
        self._below[key] = _scalar(rest)
        self._events += 2

    def item(self, key: str, rest: str) -> None:
        """Begin an item of a list below a key of the answer."""
        if self._below is None and self._waiting:
            self._below = self._answer[self._waiting] = []
        if not isinstance(self._below, list) or not rest:
            raise _NotPlain
        self._item = {key: _scalar(rest)}
        self._below.append(self._item)
        self._events += 4

    def of_item(self, key: str, rest: str) -> None:
        """Take a further key of the item."""
        if not isinstance(self._below, list) or key in self._item or not rest:
            raise _NotPlain
        self._item[key] = _scalar(rest)
        self._events += 2


def _scalar(rest: str) -> str | int:
    """Return the value of " value" or ' "value"'."""
    if len(rest) > UNIT_FILE.scalar:
        raise _NotPlain
    if rest[1] == '"':
        return rest[2:-1]
    value = rest[1:]
    if value in _NOT_PLAIN:
        raise _NotPlain
    return int(value) if value[0] <= "9" and _COUNT.fullmatch(value) else value
