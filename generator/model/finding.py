"""What is wrong with the data, as a value. Findings are collected, sorted and reported once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding weighs; only errors make `zi check` end with 1 (with --strict, warnings too)."""

    ERROR = "error"
    """The data cannot stand as it is."""
    WARNING = "warning"
    """The data can stand, but a person should look."""
    NOTE = "note"
    """Worth knowing; nothing needs to change."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """One fault, with its place and its remedy.

    `path` is relative to the registry root, with "/" between parts; `line` and `column` count from 1
    (0 where the fault is the whole file or a folder); `pointer` is a JSON Pointer (RFC 6901) or "".
    `code` is stable; `message` and `hint` are one plain Indonesian sentence each and may improve.
    """

    path: str
    line: int
    column: int
    code: str
    level: Level
    pointer: str
    message: str
    hint: str
