"""The dates, links and fingerprints of a document, wherever in it they stand, as light values.

What depends on today or on other units is judged on these alone: they outlive their document, fit a cache, and
a registry's worth of them fits in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from generator.model.document import Document, Kind, Mark, Pointer, pointer_text
from generator.model.finding import Finding, Level

from .codes import Code

FINGERPRINT = "sha256"
ORIGIN = "asal"
"""An old id of a unit, alone or in a list."""
SOURCE = "sumber"
"""A link or words: "Surat usulan 2020"."""
LINKS = frozenset({"tautan", "situs", SOURCE})
_WANTED = frozenset({"tanggal", "selesai", "bulan", "triwulan", "berlaku_sampai", FINGERPRINT, *LINKS})


class Place(NamedTuple):
    """A text value the rules ask for, and where it stands; fields as in `Finding`."""

    path: str
    line: int
    column: int
    pointer: str
    key: str
    value: str

    def finding(self, code: Code, message: str, hint: str, *, level: Level = Level.ERROR) -> Finding:
        """Return a finding at this place."""
        return Finding(
            path=self.path,
            line=self.line,
            column=self.column,
            code=code.value,
            level=level,
            pointer=self.pointer,
            message=message,
            hint=hint,
        )


def places(document: Document) -> Iterator[Place]:
    """Yield every text value whose key the rules know, in the order of the file; then the unit's old ids."""
    found: list[Place] = []
    _gather(found, document.path, document.data, document.marks, "")
    yield from found
    if document.kind is Kind.UNIT and ORIGIN in document.data:
        yield from _origins(document, document.data[ORIGIN])


def _origins(document: Document, value: Any) -> Iterator[Place]:
    one = isinstance(value, str)
    for place, origin in enumerate([value] if one else value):
        pointer: Pointer = (ORIGIN,) if one else (ORIGIN, place)
        if isinstance(origin, str):
            yield Place(document.path, *document.place(pointer), pointer_text(pointer), ORIGIN, origin)


def _gather(found: list[Place], path: str, value: Any, mark: Mark, pointer: str) -> None:
    """Add the places inside the value. A list goes along, and not a generator a level: this looks at every value."""
    children = mark.children or {}
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inner, str):
            if key in _WANTED:
                at = children.get(key, mark)
                found.append(tuple.__new__(Place, (path, at.line, at.column, f"{pointer}/{key}", key, inner)))
        elif isinstance(inner, (dict, list)):
            step = str(key).replace("~", "~0").replace("/", "~1")
            _gather(found, path, inner, children.get(key, mark), f"{pointer}/{step}")


def day_of(value: object) -> date | None:
    """Return the day a "2025-01-31" names, else None (the schema says what is wrong with it)."""
    # fromisoformat takes week dates and days without hyphens as well
    if not isinstance(value, str) or len(value) != len("2025-01-31") or value[4] != "-" or value[7] != "-":
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def month_start(value: str) -> date | None:
    """Return the first day of a "2026-03", else None."""
    return day_of(f"{value}-01")
