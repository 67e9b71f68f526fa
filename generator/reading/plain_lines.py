"""Questions of a sheet whose every line is plainly `key: value`, read line by line: a fifth of what libyaml costs.

A question is cut at the keys of its answer, and what stands there is read once: an answer explained anew keeps its
evidence, as the very same object. It reads what `generator.canonical` writes, save what needs a look (escapes, empty
lists, numbers below zero), and answers None for anything else: no comment, blank line, block text, tab or quote in an
unusual place is read here. What it does read is what libyaml reads; tests/reading/test_blocks.py holds the two
together.
"""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_letters
from typing import Any

from generator.reading import raw_text
from generator.reading.scalars import typed
from generator.reading.strict_yaml import UNIT_FILE

Question = tuple[str, dict[str, Any], int]
"""Code, answer, and how many of libyaml's events the two are."""

_Entry = tuple[str, Any, int]
"""A key of an answer, its value, and how many of libyaml's events the two are."""

_BEFORE_KEY = re.compile(rb"\n(?=    [^ ])")
_CODE_LINE = re.compile(rb"  ([A-Za-z][A-Za-z0-9_.-]{0,99}):")
_HEAD = re.compile(r"( +(?:- )?)([A-Za-z][A-Za-z0-9_.-]{0,99})")
_KEY, _BELOW, _ITEM, _OF_ITEM = "    ", "      ", "      - ", "        "
"""How deep: a key of the answer, a key below, an item, a key of it."""
_STARTS_TYPED = frozenset("0123456789ntf")
_ALSO_BEGINS = frozenset("(/")
"""A plain value, beside letters and digits."""
_NO_END = frozenset(": ")
_LETTERS = frozenset(ascii_letters) - _STARTS_TYPED
_ELSEWHERE = (b"\r", b"\t")
_COMMENT, _BEHIND = b"#", b" #"
"""What libyaml must read, wherever it stands; one sign is found in a tenth of the time of two."""
_LONGEST = UNIT_FILE.scalar - 1
"""Of a value."""
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
        comment = _COMMENT in joined and _BEHIND in joined
        if comment or any(sign in joined for sign in _ELSEWHERE) or any(raw_text.faults(joined, UNIT_FILE.size, 1)):
            return False
        try:
            entries = _Lines().read(joined.decode("utf-8").split("\n") if texts else [])
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

    def read(self, lines: list[str]) -> list[_Entry]:
        """Return the entries of all lines, none of which has anything that libyaml must read wherever it stands."""
        place: dict[str, Any] = {}
        open_depth = ""
        for number, line in enumerate(lines):
            head, colon, value = line.partition(": ")
            depth, key = _head(head if colon else _without_colon(line))
            if depth != open_depth:
                place, open_depth = self._begin(depth, key, number)
            if colon:
                if key in place:
                    raise _NotPlain
                # what most values are: a text that begins with a letter, and is nothing else (`_value`)
                plain = value[:1] in _LETTERS and ": " not in value and value[-1] not in _NO_END
                place[key] = value if plain and len(value) <= _LONGEST else _value(value)
            elif depth != _KEY:
                raise _NotPlain
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


@lru_cache(maxsize=1024)
def _head(text: str) -> tuple[str, str]:
    """Return how deep a line is and its key, of which there are few."""
    found = _HEAD.fullmatch(text)
    if found is None:
        raise _NotPlain
    return found[1], found[2]


def _without_colon(line: str) -> str:
    if not line.endswith(":"):
        raise _NotPlain
    return line[:-1]


def _value(text: str) -> str | int | bool | None:
    """Return what stands behind a key: in quotes without an escape, or plain."""
    if not text or len(text) > _LONGEST:
        raise _NotPlain
    sign = text[0]
    if sign == '"':
        quoted = text[1:-1]
        if len(text) == 1 or text[-1] != '"' or '"' in quoted or "\\" in quoted:
            raise _NotPlain
        return quoted
    # ": " would end it, ":" or a space at its end be no part of it
    if ": " in text or text[-1] in _NO_END or not (sign.isalnum() or sign in _ALSO_BEGINS):
        raise _NotPlain
    return typed(text) if sign in _STARTS_TYPED else text
