"""Stamps in an assessor's file: `menilai` is set, and not one other byte changes.

The text is edited where libyaml says that its parts begin and end. The result is read again and must hold the data of
before with these stamps and nothing else, so no way of writing YAML that was not thought of can spoil a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from yaml import CSafeLoader, MappingNode, Node, ScalarNode, compose

from generator.reading.strict_yaml import Refused, load

_STAMP = "menilai"
_ANSWERS = "jawaban"


class Unfit(Exception):
    """The file is written so that a stamp cannot be set in it; a person has to write its lines anew."""


def stamped(raw: bytes, answers: Mapping[str, str], whole: str | None = None) -> bytes:
    """Return the file with these stamps: fingerprints by question code, and `whole`, where given, at the top.

    A new stamp becomes the first key of its answer; the sheet's stands before `jawaban`. Every code must have an
    answer with a key in it. Raises `strict_yaml.Refused` for bytes that are no strict YAML, and `Unfit`.
    """
    before = load(raw, path=_STAMP).data
    text = raw.decode()
    for edit in sorted(_edits(text, answers, whole), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    result = text.encode()
    try:
        after = load(result, path=_STAMP).data
    except Refused as refused:
        raise Unfit from refused
    if after != _wanted(before, answers, whole):
        raise Unfit
    return result


def _wanted(data: Mapping[str, Any], answers: Mapping[str, str], whole: str | None) -> Mapping[str, Any]:
    judged = {**data[_ANSWERS], **{code: {**data[_ANSWERS][code], _STAMP: stamp} for code, stamp in answers.items()}}
    return {**data, _ANSWERS: judged, **({_STAMP: whole} if whole else {})}


class _Edit(NamedTuple):
    """Characters of the text to replace."""

    start: int
    end: int
    text: str


def _edits(text: str, answers: Mapping[str, str], whole: str | None) -> Iterator[_Edit]:
    newline = "\r\n" if "\r\n" in text else "\n"
    root = _entries(compose(text, Loader=CSafeLoader))
    if _ANSWERS not in root:
        raise Unfit
    sheet = _entries(root[_ANSWERS].value)
    if whole:
        yield _set(root, root[_ANSWERS], whole, newline)
    for code, stamp in answers.items():
        answer = _entries(sheet[code].value)
        yield _set(answer, next(iter(answer.values())), stamp, newline)


class _Entry(NamedTuple):
    """One key of a mapping with its value."""

    key: Node
    value: Node
    in_braces: bool


def _entries(node: Node | None) -> Mapping[str, _Entry]:
    if not isinstance(node, MappingNode) or not node.value:
        raise Unfit
    return {key.value: _Entry(key, value, bool(node.flow_style)) for key, value in node.value}


def _set(entries: Mapping[str, _Entry], follower: _Entry, stamp: str, newline: str) -> _Edit:
    """Return the edit that gives the mapping this stamp: in place of the one it has, else before `follower`."""
    old = entries.get(_STAMP)
    if old is not None:
        value = old.value
        quote = (value.style or "") if isinstance(value, ScalarNode) else ""
        return _Edit(value.start_mark.index, value.end_mark.index, f"{quote}{stamp}{quote}")
    at = follower.key.start_mark
    if follower.in_braces:
        return _Edit(at.index, at.index, f'{_STAMP}: "{stamp}", ')
    return _Edit(at.index, at.index, f"{_STAMP}: {stamp}{newline}{' ' * at.column}")
