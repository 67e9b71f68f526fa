"""Does a file have the shape its kind asks for? JSON Schema decides, one schema per kind (schema/*.schema.json).

The engine is jsonschema-rs alone, for the verdict and for its reasons, so the two cannot differ. Its regular
expressions run in linear time, `format` is checked, and nothing is ever fetched.
"""

from __future__ import annotations

import copy
import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.model.document import Document, Kind, Pointer, pointer_text
from generator.model.finding import Finding, Level
from generator.model.wording import shown
from generator.reading.engine import jsonschema_rs

CODE = "skema"
_LONGEST_MESSAGE = 200


class Schemas:
    """The schemas of a folder; each is read and built when a file of its kind is first checked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._built: dict[Kind, tuple[Mapping[str, Any], jsonschema_rs.Draft202012Validator]] = {}

    def check(self, document: Document) -> tuple[Document, tuple[Finding, ...]]:
        """Return the document without its faulty parts, and what was wrong with them, sorted.

        A faulty key is left out; a faulty list item becomes None, so that every other item keeps its position
        and its place. What a schema asks for may then be missing: see `reading.declaring`.
        """
        schema, validator = self._schema(document.kind)
        mixed = tuple(_mixed_scripts(document))
        if validator.is_valid(document.data):
            return document, mixed
        from generator.reading.schema_wording import Fault, faults  # noqa: PLC0415 - most files need no wording

        found: list[Fault] = []
        for error in validator.iter_errors(document.data):
            found += faults(error, document.data, schema)
        findings = {_finding(document, fault.pointer, fault.message, fault.hint) for fault in _foremost(found)}
        return _pruned(document, [fault.remove for fault in found]), tuple(sorted({*findings, *mixed}))

    def _schema(self, kind: Kind) -> tuple[Mapping[str, Any], jsonschema_rs.Draft202012Validator]:
        if kind not in self._built:
            schema = json.loads((self._folder / f"{kind}.schema.json").read_bytes())
            validator = jsonschema_rs.Draft202012Validator(
                schema,
                validate_formats=True,
                offline=True,
                pattern_options=jsonschema_rs.RegexOptions(),  # the linear engine
                mask="…",  # messages are ours: the engine need not print a hostile value into its own
            )
            self._built[kind] = schema, validator
        return self._built[kind]


def _foremost(faults: list[Any]) -> Iterator[Any]:
    """Yield one fault per place and subject: a number where a choice is meant is no wrong choice as well."""
    first: dict[tuple[Pointer, str], Any] = {}
    for fault in faults:
        key = fault.pointer, fault.subject
        if key not in first or fault.rank < first[key].rank:
            first[key] = fault
    yield from first.values()


def _finding(document: Document, pointer: Pointer, message: str, hint: str) -> Finding:
    line, column = document.place(pointer)
    return Finding(
        path=document.path,
        line=line,
        column=column,
        code=CODE,
        level=Level.ERROR,
        pointer=pointer_text(pointer),
        message=_cut(message),
        hint=_cut(hint),
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_MESSAGE else text[: _LONGEST_MESSAGE - 1] + "…"


def _pruned(document: Document, pointers: list[Pointer | None]) -> Document:
    data = copy.deepcopy(document.data)
    # the deepest first: a part inside a faulty part may already be gone with it
    for pointer in sorted({found for found in pointers if found}, key=len, reverse=True):
        *way, last = pointer
        parent: Any = data
        for step in way:
            parent = parent[step]
        if isinstance(parent, list):
            parent[int(last)] = None
        else:
            parent.pop(last, None)
    return replace(document, data=data)


def _mixed_scripts(document: Document) -> Iterator[Finding]:
    """Find a word of `nama` whose letters come from more than one script: it looks like another name."""
    name = document.data.get("nama")
    if not isinstance(name, str) or name.isascii():
        return
    for word in name.split():
        scripts = {unicodedata.name(sign, "?").split()[0] for sign in word if sign.isalpha()}
        if len(scripts) > 1:
            yield replace(
                _finding(
                    document,
                    ("nama",),
                    f"Kata {shown(word, ascii_only=True)} memakai huruf dari lebih dari satu aksara.",
                    "Ketik ulang nama itu dengan huruf Latin saja.",
                ),
                code="aksara-campur",
            )
