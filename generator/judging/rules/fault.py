"""A finding at a place in a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.model.document import Document, Pointer, pointer_text
from generator.model.finding import Finding, Level

from .codes import Code

Rows = Mapping[str, Any]


def fault(
    document: Document, pointer: Pointer, code: Code, message: str, hint: str, *, level: Level = Level.ERROR
) -> Finding:
    """Return the finding, placed at the key or item the pointer names."""
    line, column = document.place(pointer)
    return Finding(
        path=document.path,
        line=line,
        column=column,
        code=code.value,
        level=level,
        pointer=pointer_text(pointer),
        message=message,
        hint=hint,
    )


def rows(value: object) -> Rows:
    """Return the value where it is a mapping, else an empty one: the schema names the fault, a rule passes by."""
    return value if isinstance(value, Mapping) else {}


def items(value: object) -> tuple[Rows, ...]:
    """Return the list's items, each as `rows` does; nothing where the value is no list."""
    return tuple(rows(item) for item in value) if isinstance(value, list | tuple) else ()
