"""The same data as a person would type them: quotes, brackets, keys in another order, a comment.

Such a file becomes canonical in a later commit, which changes many lines and no meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_USUAL = ("penjelasan", "bukti", "jawab", "isian", "survei")


def sheet(data: Mapping[str, Any]) -> bytes:
    """Return mandiri.yaml as typed by hand; its text must be printable and on one line."""
    return ("\n".join(_lines(data)) + "\n").encode()


def _lines(data: Mapping[str, Any]) -> Iterator[str]:
    yield "# diisi operator unit; jangan diubah tanpa memberi tahu tim kerja"
    yield f"tahun: {data['tahun']}"
    yield f"instrumen: {_quoted(data['instrumen'])}"
    yield ""
    yield "jawaban:"
    for code, answer in data["jawaban"].items():
        yield f"    {_quoted(code)}:"
        for key in (key for key in _USUAL if key in answer):
            yield from _entry(key, answer[key])


def _entry(key: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"        {key}: {_flow(value)}"
        return
    yield f"        {key}:"
    for item in value:
        yield f"        - {_flow(item)}"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(value[key])}" for key in reversed(value)) + "}"
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
