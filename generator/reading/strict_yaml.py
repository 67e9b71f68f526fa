"""YAML as plain data, and nothing more: text, numbers, mappings and lists, with lines and columns.

Refused: aliases, anchors, tags, directives, merge keys, duplicate keys, hidden characters, text not in NFC, several
documents, and more than `Limits` allow. Typed: `true`, `false`, `null` (also an empty value and `~`), and plain
decimal integers without a leading zero and of at most 15 digits; everything else is text as it was written.

libyaml's events say what a file is (`by_event`). A file whose every line is plainly `key: value`, as most are, is
read line by line (`by_line`), with the same result and without loading libyaml.

Its values are named tuples: making a dataclass costs half a millisecond at every start of the program, as in the
other modules that a check of one file imports.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from generator.model.document import Mark
from generator.model.finding import Finding, Level
from generator.reading import by_line, raw_text
from generator.reading.raw_text import Fault


class Limits(NamedTuple):
    """How much a file may hold; beyond it no sheet is honest, only expensive."""

    size: int = 256 * 1024
    """Bytes."""
    events: int = 20_000
    """libyaml's events: each key, value, start and end."""
    depth: int = 12
    """Mappings and lists inside one another."""
    scalar: int = 8 * 1024
    """Characters of one key or value."""
    findings: int = 50
    """Findings named before reading stops: the rest are of a kind."""


UNIT_FILE = Limits()
"""A file under units/."""
INSTRUMENT = Limits(depth=16)
"""A file of the program's own schema/, which nests deeper."""


class Loaded(NamedTuple):
    """A file's data and, in the same shape, the place of every key and list item."""

    data: dict[str, Any]
    marks: Mark


class Refused(Exception):
    """The file cannot be read; `findings` say why, sorted, at least one."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings


def load(raw: bytes, *, path: str, limits: Limits = UNIT_FILE) -> Loaded:
    """Return the data of a file; `path` only names it in the findings.

    Raises `Refused` for any bytes that are not the strict YAML of this module; nothing else.
    """
    faults = list(raw_text.faults(raw, limits.size, limits.findings))
    if faults:
        raise _refused(path, faults)
    return Loaded(*(by_line.read(raw.decode(), limits) or _by_event(raw, path, limits)))


def _by_event(raw: bytes, path: str, limits: Limits) -> tuple[dict[str, Any], Mark]:
    from generator.reading import by_event  # noqa: PLC0415 - PyYAML takes a sixth of what a check of one file costs

    try:
        return by_event.read(raw, limits)
    except by_event.Faulty as faulty:
        raise _refused(path, faulty.faults) from None


def _refused(path: str, faults: list[Fault]) -> Refused:
    findings = (
        Finding(
            path=path,
            line=fault.line,
            column=fault.column,
            code=fault.code,
            level=Level.ERROR,
            pointer="",
            message=fault.message,
            hint=fault.hint,
        )
        for fault in faults
    )
    return Refused(tuple(sorted(set(findings))))
