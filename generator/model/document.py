"""A file that was read: plain data and the place of every key in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple


class Kind(StrEnum):
    """The kinds of file under units/; the value is the file's stem and its schema's name."""

    INSTANSI = "instansi"
    UNIT = "unit"
    PREDIKAT = "predikat"
    PEMANTAUAN = "pemantauan"
    TANGGAPAN = "tanggapan"
    KASUS = "kasus"
    MANDIRI = "mandiri"
    TPI = "tpi"
    TPN = "tpn"
    SURVEI = "survei"
    CLEARANCE = "clearance"


Pointer = tuple[str | int, ...]
"""A way into a document: keys and list positions from the root."""


class Mark(NamedTuple):
    """Where a key (or list item) stands: line and column from 1, and the marks of what it holds.

    A named tuple: one is made for every key that is read, and it costs half of a frozen dataclass.
    """

    line: int
    column: int
    children: Mapping[str | int, Mark] | None = None

    def place(self, pointer: Pointer) -> tuple[int, int]:
        """Line and column of the key or item the pointer names, or of its nearest known parent."""
        mark = self
        for step in pointer:
            child = mark.children.get(step) if mark.children else None
            if child is None:
                break
            mark = child
        return mark.line, mark.column


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The data of one file. `marks` has the root's place; `marks.children` mirrors `data`."""

    path: str
    kind: Kind
    data: Mapping[str, Any]
    marks: Mark

    def place(self, pointer: Pointer) -> tuple[int, int]:
        """Line and column of the key or item the pointer names, or of its nearest known parent."""
        return self.marks.place(pointer)


def pointer_text(pointer: Pointer) -> str:
    """The pointer in RFC 6901 form: "/jawaban/A.I.1.i.a/jawab"."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in pointer)
