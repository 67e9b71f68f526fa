"""An edit of one answer in a person's YAML: its own lines change, all others stay as they are, byte by byte.

ruamel.yaml gets only the lines of that one answer. Given a whole sheet it would move the comments before the next
question into this one, and take a second for it. It types nothing (`_Untyped`): a file means what
`reading.strict_yaml` says it means, and that reading before and after is compared, so no edit can mean more than it
should.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString, PlainScalarString

from generator.canonical import ORDER, scalar
from generator.model.document import Kind, Mark
from generator.reading.strict_yaml import load

_ROOT = "jawaban"
_EVIDENCE = "bukti"
_EMPTY = re.compile(r"jawaban:[ ]*(?:\{[ ]*\}|null|~)?[ ]*(#.*)?")
_RANKS = {key: rank for rank, key in enumerate(ORDER[Kind.MANDIRI])}


class Edit(NamedTuple):
    """What an answer shall say. What is not named here stays as it is."""

    values: Mapping[str, str | Mapping[str, int]]
    """jawab, survei, penjelasan: text; isian: name -> number, added to those there."""
    evidence: Sequence[Mapping[str, str]] = ()
    """Added after the evidence there is, unless the very same is there."""
    without: Sequence[str] = ()
    """Keys the answer shall lose: the `jawab: belum` of a question that is answered with numbers."""


class Unfit(Exception):
    """The file is written so that one answer cannot be edited by itself; a person has to."""


def edited(raw: bytes, path: str, code: str, edit: Edit, order: Sequence[str]) -> bytes:
    """Return the sheet with the answer to `code` edited; `order` has all codes as the instrument does.

    Raises `strict_yaml.Refused` for a file that is none, before ruamel sees any of it, and `Unfit`.
    """
    loaded = load(raw, path=path)
    text = raw.decode().replace("\r\n", "\n")
    lines = text.removesuffix("\n").split("\n")
    answers = loaded.data.get(_ROOT) or {}
    if not isinstance(answers, dict) or not _fits(answers.get(code)):
        raise Unfit
    first, end, indent = _block(lines, loaded.marks, code, order)
    old = [line.removeprefix(" " * indent) for line in lines[first:end]] or [f"{scalar(code)}: {{}}"]
    new = [" " * indent + line if line else "" for line in _rewritten(old, code, edit)]
    after = "\n".join([*lines[:first], *new, *lines[end:]]) + "\n"
    if not answers:
        after = _opened(after)
    result = after.replace("\n", "\r\n").encode() if b"\r\n" in raw else after.encode()
    expected = {**loaded.data, _ROOT: {**answers, code: wanted(answers.get(code) or {}, edit)}}
    if load(result, path=path).data != expected:
        raise Unfit
    return result


def wanted(answer: Mapping[str, Any], edit: Edit) -> Mapping[str, Any]:
    """Return the answer's data with the edit."""
    result = {key: value for key, value in answer.items() if key not in edit.without}
    for key, value in edit.values.items():
        result[key] = {**(result.get(key) or {}), **value} if isinstance(value, Mapping) else value
    there = list(result.get(_EVIDENCE) or ())
    new = [dict(one) for one in edit.evidence if dict(one) not in there]
    return {**result, _EVIDENCE: [*there, *new]} if new else result


def _fits(answer: Any) -> bool:
    """Tell whether the answer is nothing yet, or has the shape that is edited here."""
    if not isinstance(answer, dict):
        return answer is None
    evidence = answer.get(_EVIDENCE) or []
    numbers = answer.get("isian") or {}
    whole = isinstance(evidence, list) and isinstance(numbers, dict)
    return whole and all(isinstance(one, dict) for one in evidence)


def _block(lines: Sequence[str], marks: Mark, code: str, order: Sequence[str]) -> tuple[int, int, int]:
    """Return the answer's lines (first, end) and how far it is indented; for a new one, where it goes (first = end)."""
    root = (marks.children or {}).get(_ROOT)
    if root is None:
        raise Unfit
    siblings = {str(key): mark for key, mark in (root.children or {}).items()}
    starts = sorted({mark.line for mark in siblings.values()})
    columns = {mark.column for mark in siblings.values()}
    if len(starts) != len(siblings) or root.line in starts or len(columns) > 1:
        raise Unfit  # written in braces, several answers on a line
    indent = columns.pop() - 1 if columns else root.column + 1
    after = min((mark.line for mark in (marks.children or {}).values() if mark.line > root.line), default=0)
    last = after - 1 if after else len(lines)
    if code not in siblings:
        ranks = {known: rank for rank, known in enumerate(order)}
        before = [name for name in siblings if ranks.get(name, -1) < ranks[code]]
        if not before:
            return root.line, root.line, indent
        place = siblings[max(before, key=lambda name: (ranks.get(name, -1), siblings[name].line))].line
        end = _end(lines, place, next((line for line in starts if line > place), last + 1) - 1, indent)
        return end, end, indent
    place = siblings[code].line
    return place - 1, _end(lines, place, next((line for line in starts if line > place), last + 1) - 1, indent), indent


def _end(lines: Sequence[str], first: int, last: int, indent: int) -> int:
    """Return the last of the lines, without the empty ones and comments before what follows: they belong to that."""
    while last > first and _belongs_below(lines[last - 1], indent):
        last -= 1
    return last


def _belongs_below(line: str, indent: int) -> bool:
    inside = line.lstrip(" ")
    return not inside or (inside.startswith("#") and len(line) - len(inside) <= indent)


def _opened(text: str) -> str:
    """Return the text with `jawaban: {}` as the head of a block."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        head = _EMPTY.fullmatch(line)
        if head:
            lines[number] = f"{_ROOT}:  {head[1]}" if head[1] else f"{_ROOT}:"
            return "\n".join(lines)
    raise Unfit


def _rewritten(lines: Sequence[str], code: str, edit: Edit) -> Sequence[str]:
    """Return the lines of one answer (not indented) with the edit."""
    source = "\n".join(lines) + "\n"
    yaml = _yaml(source, load(source.encode(), path=code).marks.children or {}, code)
    try:
        document = yaml.load(source)
        answer = document[code]
        if not answer:
            document[code] = answer = CommentedMap()
        _apply(answer, edit)
        written = io.StringIO()
        yaml.dump(document, written)
    except YAMLError as error:
        raise Unfit from error
    return written.getvalue().rstrip("\n").split("\n")


def _apply(answer: CommentedMap, edit: Edit) -> None:
    for key in edit.without:
        answer.pop(key, None)
    for key, value in edit.values.items():
        if not isinstance(value, Mapping):
            _put(answer, key, _text(value))
            continue
        if not answer.get(key):
            _put(answer, key, CommentedMap())
        for name, number in value.items():
            answer[key][name] = str(number)
    if not edit.evidence:
        return
    if not answer.get(_EVIDENCE):
        _put(answer, _EVIDENCE, CommentedSeq())
    for one in edit.evidence:
        if all(dict(known) != dict(one) for known in answer[_EVIDENCE]):
            answer[_EVIDENCE].append(CommentedMap((key, _text(value)) for key, value in one.items()))


def _put(answer: CommentedMap, key: str, value: Any) -> None:
    """Set the key; a new one goes before those that follow it in the schema."""
    if key in answer:
        answer[key] = value
        return
    rank = _RANKS.get(key, len(_RANKS))
    after = (place for place, other in enumerate(answer) if _RANKS.get(other, len(_RANKS)) > rank)
    answer.insert(next(after, len(answer)), key, value)


def _text(value: str) -> str:
    """Return the text in the style it is written in: as `canonical.scalar` does, several lines as a block."""
    plain = scalar(value) == value
    style = LiteralScalarString if "\n" in value else PlainScalarString if plain else DoubleQuotedScalarString
    text: str = style(value)
    return text


def _yaml(source: str, marks: Mapping[str | int, Mark], code: str) -> YAML:
    """Return ruamel set up to write as the lines are written now; as `zi new` writes where they do not show it."""
    yaml = YAML(typ="rt", pure=True)
    yaml.Resolver = _Untyped
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.allow_unicode = True
    children = marks[code].children or {}
    inner = {mark.column - marks[code].column for mark in children.values() if mark.line > marks[code].line}
    mapping = min(inner, default=2)
    evidence = children.get(_EVIDENCE)
    sequence, offset = mapping + 2, mapping
    if evidence is not None and evidence.children:
        item = next(iter(evidence.children.values()))
        line = source.split("\n")[item.line - 1]
        if line.lstrip(" ").startswith("- "):
            offset = len(line) - len(line.lstrip(" ")) + 1 - evidence.column
            sequence = item.column - evidence.column
    yaml.indent(mapping=mapping, sequence=sequence, offset=offset)
    return yaml


class _Untyped(VersionedResolver):
    """Takes every plain scalar for text, so that 012, no, 1_000 and 2025-01-10 are written back as they were."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """Return the tag of text for a scalar, whatever it looks like."""
        return super().resolve(kind, value, (False, False) if kind is ScalarNode else implicit)
