"""Questions of a sheet whose every line is plainly `key: value`, read line by line: a fifth of what libyaml costs.

A question is cut at the keys of its answer, and what stands there is read once: an answer explained anew keeps its
evidence, as the very same object. It reads what `generator.canonical` writes, save what needs a look (escapes, empty
lists, numbers below zero), and answers None for anything else: no comment, blank line, block text, tab or quote in an
unusual place is read here. What it does read is what libyaml reads; tests/reading/test_blocks.py holds the two
together.
"""

from __future__ import annotations

import re
from typing import Any

from generator.reading import raw_text
from generator.reading.strict_yaml import UNIT_FILE

Question = tuple[str, dict[str, Any], int]
"""Code, answer, and how many of libyaml's events the two are."""

_Entry = tuple[str, Any, int]
"""A key of an answer, its value, and how many of libyaml's events the two are."""

_BEFORE_KEY = re.compile(rb"\n(?=    [^ ])")
_CODE_LINE = re.compile(rb"  ([A-Za-z][A-Za-z0-9_.-]{0,99}):")
_LINE = re.compile(
    r"^( ++(?:- )?+)"  # how deep
    r"([A-Za-z][A-Za-z0-9_.-]{0,99}+):"
    r"("
    # plain, without ": " or " #", and with neither ":" nor a space at its end
    r"(?: (?:[^\W_]|[(/])[^\n\t:#]*+(?:(?::(?! |$)|(?<! )#)[^\n\t:#]*+)*+(?<! )"
    r'| "[^"\\\n\t]*+")?+'
    r")$",
    re.MULTILINE,
)
_KEY, _BELOW, _ITEM, _OF_ITEM = "    ", "      ", "      - ", "        "
"""How deep: a key of the answer, a key below, an item, a key of it."""
_COUNT = re.compile(r"0|[1-9][0-9]{0,14}")
_NOT_PLAIN = frozenset({"null", "true", "false"})
_STARTS_TYPED = frozenset("0123456789ntf")
_LONGEST = UNIT_FILE.scalar
"""Of a value with the space before it."""
_MOST_KEPT = 4 * UNIT_FILE.size
"""Bytes of entries that are remembered."""


class PlainReader:
    """Reads the plain questions of one file's versions."""

    def __init__(self) -> None:
        self._entries: dict[bytes, _Entry] = {}
        """By their text."""
        self._size = 0

    def read(self, questions: list[bytes]) -> list[Question] | None:
        """Return what each question says (a code may come twice); None where a line or the bytes are not so plain."""
        cut = [_BEFORE_KEY.split(question) for question in questions]
        texts = dict.fromkeys([text for parts in cut for text in parts[1:]])
        if self._size > _MOST_KEPT:
            self._entries, self._size = {}, 0
        known = self._entries
        if not self._learn([text for text in texts if text not in known]):
            return None
        found = []
        for code_line, *lines in cut:
            code = _CODE_LINE.fullmatch(code_line)
            answer = {}
            events = 3  # the code, start and end of the answer
            for key, value, more in map(known.__getitem__, lines):
                answer[key] = value
                events += more
            if code is None or not answer or len(answer) != len(lines):
                return None
            found.append((code[1].decode("ascii"), answer, events))
        return found

    def _learn(self, texts: list[bytes]) -> bool:
        """Read these entries; False where one is not plain."""
        joined = b"\n".join(texts)
        if b"\r" in joined or any(raw_text.faults(joined, UNIT_FILE.size, 1)):
            return False
        decoded = joined.decode("utf-8")
        lines = _LINE.findall(decoded)
        if texts and len(lines) != decoded.count("\n") + 1:
            return False
        try:
            entries = _Lines().read(lines)
        except _NotPlain:
            return False
        self._entries.update(zip(texts, entries, strict=True))
        self._size += len(joined)
        return True


class _NotPlain(Exception):
    """A line that libyaml must read."""


class _Lines:
    """Takes one line after another; a line that does not fit those before it is `_NotPlain`."""

    __slots__ = ("_below", "_entry", "_first", "_found", "_key", "_more")

    def __init__(self) -> None:
        self._found: list[_Entry] = []
        self._entry: dict[str, Any] = {}
        self._key = ""
        """Of the entry."""
        self._below: dict[str, Any] | list[dict[str, Any]] | None = None
        """The entry's value, once it began on the lines below its key."""
        self._first = 0
        """Number of the entry's line."""
        self._more = 0
        """libyaml's events of the entry that are more than two a line."""

    def read(self, lines: list[tuple[str, str, str]]) -> list[_Entry]:
        """Return the entries of all lines: how deep, key, and value."""
        place: dict[str, Any] = {}
        open_depth = ""
        for number, (depth, key, rest) in enumerate(lines):
            if depth != open_depth:
                place, open_depth = self._begin(depth, key, number)
            if not rest and depth == _KEY:
                continue
            if not rest or key in place or len(rest) > _LONGEST:
                raise _NotPlain
            sign = rest[1]
            if sign == '"':
                place[key] = rest[2:-1]
            else:
                place[key] = _typed(rest[1:]) if sign in _STARTS_TYPED else rest[1:]
        self._end(len(lines))
        return self._found

    def _begin(self, depth: str, key: str, number: int) -> tuple[dict[str, Any], str]:
        """Begin an entry, an item or a mapping; return to what this line adds its key, and how deep others may."""
        if depth == _KEY:
            self._end(number)
            self._entry, self._key, self._below, self._first, self._more = {}, key, None, number, 0
            return self._entry, ""
        if depth == _ITEM:
            return self._item(), _OF_ITEM
        if depth != _BELOW or self._below is not None or self._entry:
            raise _NotPlain
        place = self._below = {}
        self._more += 1
        return place, depth

    def _item(self) -> dict[str, Any]:
        if self._below is None and not self._entry:
            self._below = []
            self._more += 1
        if not isinstance(self._below, list):
            raise _NotPlain
        item: dict[str, Any] = {}
        self._below.append(item)
        self._more += 2
        return item

    def _end(self, number: int) -> None:
        if number == 0:
            return
        value = self._below if self._below is not None else self._entry.get(self._key, self._entry)
        if value is self._entry:  # a key without a value
            raise _NotPlain
        self._found.append((self._key, value, 2 * (number - self._first) + self._more))


def _typed(value: str) -> str | int:
    """Return a value that is perhaps no text."""
    if value in _NOT_PLAIN:
        raise _NotPlain
    return int(value) if _COUNT.fullmatch(value) else value
