"""/data/: what every file may hold, from the schemas the files are checked against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.model.document import Kind

from .html import Column, Html, contents, escape, join, none, table

Schema = Mapping[str, Any]

_DEEPEST = 8
_COLUMNS = (Column("Kunci"), Column("Isi", "luas"), Column("Wajib", "sempit"), Column("Nilai yang mungkin"))


def places(schemas: Mapping[Kind, Schema]) -> dict[str, Html]:
    """Return what fills the places of the data page."""
    entries = [
        ("lisensi", "Lisensi"),
        ("susunan", "Susunan folder"),
        ("umpan", "Umpan dan kalender"),
        ("berkas", "Isi setiap berkas"),
    ]
    entries += [(kind.value, f"{kind.value}.yaml") for kind in schemas]
    return {
        "daftar-isi": contents(entries),
        "skema": join(_file(kind, schema) for kind, schema in schemas.items()) or none("Belum ada skema."),
    }


def _file(kind: Kind, schema: Schema) -> Html:
    rows = list(_rows(schema, schema, "", 0))
    return Html(
        f'<section><h3 id="{kind.value}">{kind.value}.yaml</h3><p>{escape(schema.get("description", ""))}</p>'
        f"{table(f'Kunci {kind.value}.yaml', _COLUMNS, rows)}</section>"
    )


def _rows(schema: Schema, root: Schema, above: str, depth: int) -> Iterator[tuple[Html, ...]]:
    """Yield a row for every key below the schema, keys within keys after them."""
    if depth > _DEEPEST:
        return
    schema = _resolved(schema, root)
    required = set(schema.get("required", ()))
    for name, part in schema.get("properties", {}).items():
        key = f"{above}{name}"
        yield _row(key, _resolved(part, root), required=name in required)
        yield from _rows(part, root, f"{key}.", depth + 1)
    if isinstance(schema.get("additionalProperties"), Mapping) and _has_keys(schema["additionalProperties"], root):
        yield from _rows(schema["additionalProperties"], root, f"{above}<kode>.", depth + 1)
    if "items" in schema:
        yield from _rows(schema["items"], root, f"{above.removesuffix('.')}[].", depth + 1)


def _has_keys(schema: Schema, root: Schema) -> bool:
    return bool(_resolved(schema, root).get("properties"))


def _resolved(schema: Schema, root: Schema) -> Schema:
    """Follow a reference inside the same schema file, its own words first."""
    reference = schema.get("$ref", "")
    if not reference.startswith("#/"):
        return schema
    found: Any = root
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return {**found, **{key: value for key, value in schema.items() if key != "$ref"}}


def _row(key: str, schema: Schema, *, required: bool) -> tuple[Html, ...]:
    return (
        Html(f"<code>{escape(key)}</code>"),
        escape(schema.get("description", schema.get("title", ""))),
        Html("<b>wajib</b>" if required else "boleh"),
        _possible(schema),
    )


def _possible(schema: Schema) -> Html:
    """Say which values there are, or show one."""
    if "enum" in schema:
        return join((f"<code>{escape(str(value))}</code>" for value in schema["enum"]), ", ")
    inner = {"object": "kunci di bawahnya", "array": "daftar"}.get(str(schema.get("type")))
    if inner or not schema.get("examples"):
        return Html(inner or "teks")
    return Html(f"misalnya <code>{escape(str(schema['examples'][0]))}</code>")
