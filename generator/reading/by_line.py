"""Strict YAML whose every line is plainly `key: value`, read line by line: less than half of what libyaml costs.

It reads what `generator.canonical` writes, save what needs a look (escapes, empty lists, numbers below zero, list
items with a colon), with blank lines and lines of comment between; for anything else it answers None, and `by_event`
reads the file. What it does read, data and marks, is what libyaml reads: tests/reading/test_by_line.py holds the two
together.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from generator.model.document import Mark
from generator.reading.scalars import typed

if TYPE_CHECKING:
    from generator.reading.strict_yaml import Limits

Marks = dict[str | int, Mark]

_MOST_EVENTS = 5
"""libyaml's events for one line, at most: "- key:" begins and ends a mapping, has a key, begins and ends a value."""
_AROUND = 6
"""Events around all lines: stream, document and mapping begin and end."""
_STEP = "  "
"""From a level to the next."""
_DASH = "- "
_COMMENT = "#"
_BEHIND = " #"
"""A comment behind a value, unless in quotes."""
_DIGITS = "0123456789"
_BEGINS_KEY = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_KEY_SIGNS = _BEGINS_KEY | frozenset(_DIGITS + "_.-")
_LONGEST_KEY = 100
_STARTS_TYPED = frozenset(_DIGITS + "ntf")
_BEGINS_TEXT = _BEGINS_KEY | _STARTS_TYPED
_LETTERS = _BEGINS_KEY - _STARTS_TYPED
_ALSO_BEGINS = frozenset("(/")
"""A plain value, beside letters and digits."""
_NO_END = frozenset(": ")
_QUOTES = frozenset("\"'")

_new = tuple.__new__
"""What makes a `Mark` for half of what calling the class costs."""


def read(text: str, limits: Limits) -> tuple[dict[str, Any], Mark] | None:
    """Return data and marks; None where libyaml must read the text. `raw_text` must have found no fault in it."""
    lines = text.split("\n")
    if "\r" in text or "\t" in text or len(lines) * _MOST_EVENTS + _AROUND > limits.events:
        return None
    if _COMMENT in text:
        lines = ["" if line.lstrip(" ").startswith(_COMMENT) else line for line in lines]
        if _BEHIND in text and any(_BEHIND in line for line in lines):
            return None
    try:
        return _Lines(limits).read(lines)
    except _NotPlain:
        return None


class _NotPlain(Exception):
    """A line that libyaml must read."""


class _Lines:
    """Takes one line after another; a line that does not fit those before it is `_NotPlain`."""

    __slots__ = ("_limits", "_open", "_waiting")

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._open: list[tuple[str, Any, Marks]] = [("", {}, {})]
        """The mapping or list at hand and those around it, the outermost first: indent, data, marks of its parts."""
        self._waiting: tuple[str, Marks] | None = None
        """A key at hand whose mapping or list is to begin on the next line, and the marks of its parts."""

    def read(self, lines: list[str]) -> tuple[dict[str, Any], Mark]:
        """Return data and marks of all lines."""
        indent, data, marks = self._open[0]
        at_hand: str | None = indent
        longest = self._limits.scalar
        root, root_marks = data, marks
        for number, line in enumerate(lines, start=1):
            head, colon, value = line.partition(": ")
            if not colon:
                if not line:
                    continue
                if line[-1] != ":":
                    self._item(line, number)
                    at_hand = None
                    continue
                head = line[:-1]
            before, key, column = _head(head)
            if before != at_hand:
                at_hand, data, marks = self._turn(before, number)
            if key in marks:
                raise _NotPlain
            if colon:
                sign = value[:1]
                # most values are these, and nothing else: the rest is for `_value`
                if sign in _BEGINS_TEXT and ": " not in value and value[-1] not in _NO_END and len(value) <= longest:
                    data[key] = value if sign in _LETTERS else typed(value)
                else:
                    data[key] = self._value(value)
                marks[key] = _new(Mark, (number, column, None))
            else:
                inside: Marks = {}
                marks[key] = _new(Mark, (number, column, inside))
                self._waiting = key, inside
                at_hand = None
        if self._waiting is not None or not root_marks:
            raise _NotPlain
        first = next(iter(root_marks.values()))
        return root, _new(Mark, (first.line, first.column, root_marks))

    def _turn(self, before: str, number: int) -> tuple[str, dict[str, Any], Marks]:
        """Return the mapping a line with this before its key belongs to: one around what was at hand, or a new one."""
        if before.endswith(_DASH):
            indent, items, marks = self._at(before.removesuffix(_DASH), list)
            item: dict[str, Any] = {}
            inside: Marks = {}
            marks[len(items)] = _new(Mark, (number, len(before) + 1, inside))
            items.append(item)
            return self._begin(indent + _STEP, item, inside)
        return self._at(before, dict)

    def _item(self, line: str, number: int) -> None:
        """Add a list item that is a plain value."""
        indent, dash, text = line.partition(_DASH)
        if not dash or indent.strip(" "):
            raise _NotPlain
        _, items, marks = self._at(indent, list)
        marks[len(items)] = _new(Mark, (number, len(indent + _DASH) + 1, None))
        items.append(self._value(text))

    def _at(self, indent: str, kind: type) -> tuple[str, Any, Marks]:
        """Return the mapping or list at this indent: the one a key waits for, or one that is open."""
        if self._waiting is not None:
            (key, inside), self._waiting = self._waiting, None
            around, data, _ = self._open[-1]
            if indent != around + _STEP:
                raise _NotPlain
            data[key] = kind()
            return self._begin(indent, data[key], inside)
        while len(self._open[-1][0]) > len(indent):
            self._open.pop()  # what lies deeper is at its end
        found = self._open[-1]
        if found[0] != indent or type(found[1]) is not kind:
            raise _NotPlain
        return found

    def _begin(self, indent: str, data: Any, marks: Marks) -> tuple[str, Any, Marks]:
        if len(self._open) >= self._limits.depth:
            raise _NotPlain
        self._open.append((indent, data, marks))
        return self._open[-1]

    def _value(self, text: str) -> Any:
        """Return what stands behind a key or dash: in quotes without an escape, or plain."""
        if not text or len(text) > self._limits.scalar:
            raise _NotPlain
        sign = text[0]
        if sign in _QUOTES:
            quoted = text[1:-1]
            if len(text) == 1 or text[-1] != sign or sign in quoted or "\\" in quoted:
                raise _NotPlain
            return quoted
        # ": " would end it, and ":" or a space at its end be no part of it
        if ": " in text or text[-1] in _NO_END or not (sign.isalnum() or sign in _ALSO_BEGINS):
            raise _NotPlain
        return typed(text) if sign in _STARTS_TYPED else text


@lru_cache(maxsize=4096)
def _head(text: str) -> tuple[str, str, int]:
    """Return what stands before the key of a line, the key, and its column; of all of these there are few."""
    key = text.lstrip(" ").removeprefix(_DASH)
    if len(key) > _LONGEST_KEY or key[:1] not in _BEGINS_KEY or not _KEY_SIGNS.issuperset(key):
        raise _NotPlain
    before = text[: len(text) - len(key)]
    return before, key, len(before) + 1
