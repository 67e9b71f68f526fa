"""What a schema fault means to the person who wrote the file: one sentence and a remedy, in Indonesian."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

import jsonschema_rs

from generator.model.document import Pointer
from generator.model.wording import listed, shown

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_FIRST = re.compile(r"([0-3]?[0-9])[-/. ]([01]?[0-9])[-/. ](20[0-9]{2})")
_DIGITS = re.compile(r"\+?[0-9]{1,30}")
_COMMA = re.compile(r"[0-9]+,[0-9]+")
_TYPES = {
    "string": "teks",
    "integer": "bilangan bulat",
    "number": "bilangan",
    "object": "kelompok kunci dan nilai",
    "array": "daftar",
}


class Fault(NamedTuple):
    """One thing wrong, where, and what must go so that the rest can be used."""

    pointer: Pointer
    message: str
    hint: str
    remove: Pointer | None
    subject: str
    """"" for the value at the pointer, else the key that is missing there."""
    rank: int
    """Of several faults with one pointer and subject the lowest rank says it best."""


class _Case(NamedTuple):
    """What the words are made from."""

    pointer: Pointer
    value: Any
    schema: Mapping[str, Any]
    """The schema of the value, `$ref` followed."""
    details: Mapping[str, Any]
    """The engine's: limit, options, types, unexpected…"""

    @property
    def name(self) -> str:
        """The nearest key above the value, shown."""
        key = next((step for step in reversed(self.pointer) if isinstance(step, str)), "")
        return shown(key, 40, ascii_only=True)[1:-1]

    def example(self, default: str = "") -> str:
        """Return the schema's first example as one would write it."""
        examples = self.schema.get("examples") or self.schema.get("enum") or [default]
        return _written(examples[0])


Words = tuple[str, str]


def faults(error: jsonschema_rs.ValidationError, data: Any, schema: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the faults behind one of the engine's errors, at least one."""
    pointer, value = _place(error, data)
    keyword = error.kind.name
    case = _Case(pointer, value, _subschema(schema, error.schema_path[:-1]), error.kind.as_dict())
    if keyword == "required":
        key = str(case.details["property"])
        message, hint = _missing(case, key)
        yield Fault(pointer, message, hint, None, key, 0)
    elif keyword == "additionalProperties":
        for key in case.details["unexpected"]:
            message, hint = (_bad_name if "patternProperties" in case.schema else _unexpected)(case, key)
            yield Fault((*pointer, key), message, hint, (*pointer, key), "", 0)
    elif keyword == "anyOf":
        message, hint = _none_of(case)
        yield Fault(pointer, message, hint, None, "", 0)
    else:
        rank, words = _KEYWORDS.get(keyword, (len(_KEYWORDS), _other))
        message, hint = words(case)
        yield Fault(pointer, message, hint, pointer, "", rank)


def _place(error: jsonschema_rs.ValidationError, data: Any) -> tuple[Pointer, Any]:
    """Return the pointer to the faulty value, and the value.

    The engine gives a key of digits as a number, "1", "01" and "+1" all as 1. Where it could mean several keys, the
    pointer ends at the value that holds them.
    """
    pointer: list[str | int] = []
    value = data
    for step in error.instance_path:
        if isinstance(step, int) and isinstance(value, Mapping):
            keys = [key for key in value if _DIGITS.fullmatch(key) and int(key) == step]
            if len(keys) != 1:
                return tuple(pointer), error.instance
            step = keys[0]  # noqa: PLW2901 - the same step, as the file has it
        pointer.append(step)
        value = value[step]
    return tuple(pointer), value


def _subschema(schema: Mapping[str, Any], path: Sequence[str | int]) -> Mapping[str, Any]:
    at: Any = schema
    for step in path:
        at = _resolved(at[step] if step != "$ref" else at, schema)
    return at if isinstance(at, Mapping) else {}


def _resolved(at: Any, schema: Mapping[str, Any]) -> Any:
    """Follow the one kind of reference our schemas have: "#/$defs/NAME"."""
    if isinstance(at, Mapping) and "$ref" in at:
        return schema["$defs"][at["$ref"].rpartition("/")[2]]
    return at


def _written(example: Any) -> str:
    if isinstance(example, Mapping):
        return "{" + ", ".join(f"{key}: {_written(value)}" for key, value in example.items()) + "}"
    return str(example)


def _missing(case: _Case, key: str) -> Words:
    inside = case.schema.get("properties", {}).get(key, {})
    examples = inside.get("examples") or inside.get("enum") or []
    example = f", misalnya {key}: {_written(examples[0])}" if examples else ""
    where = f" pada {case.name}" if case.pointer else ""
    return f"Kunci {key} belum ada{where}.", f"Tambahkan {key}{example}."


def _unexpected(case: _Case, key: str) -> Words:
    allowed = sorted(case.schema.get("properties", {}))
    near = _nearest(key.replace(" ", "_"), allowed)
    if key.isdigit():  # {indeks: 3,72} is a key 72 beside the value 3
        hint = "Bila ini bagian angka desimal, pakai titik sebagai ganti koma, misalnya 3.72."
    else:
        hint = f"Maksudnya {near}?" if near else "Hapus kunci ini, atau betulkan letak dan lekukannya."
    return f"Kunci {shown(key, 40, ascii_only=True)} tidak dikenal di sini; yang ada: {listed(allowed, 12)}.", hint


def _bad_name(case: _Case, key: str) -> Words:
    shown_key = shown(key, 40, ascii_only=True)
    if case.name == "jawaban":
        return f"Kunci {shown_key} bukan kode pertanyaan.", "Tulis kode seperti di lembar kerja, misalnya A.I.1.i.a."
    return (
        f"Kunci {shown_key} bukan nama isian.",
        "Pakai huruf kecil, angka, dan tanda hubung, misalnya agen-perubahan.",
    )


def _none_of(case: _Case) -> Words:
    keys = [part["required"][0] for part in case.schema["anyOf"]]
    return f"Berkas ini harus memuat {' atau '.join(keys)}.", f"Tambahkan {keys[0]}: dengan sedikitnya satu butir."


def _type(case: _Case) -> Words:
    wanted = case.details["types"]
    if case.value is None:
        return f"Nilai {case.name} kosong.", f"Isi nilainya{_such_as(case)}, atau hapus barisnya."
    if "enum" in case.schema:
        return _enum(case)
    words = " atau ".join(_TYPES.get(kind, kind) for kind in wanted)
    message = f"Nilai {case.name} harus {words}, bukan {_kind_of(case.value)}."
    return message, f"{_remedy(case, wanted)}."


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _remedy(case: _Case, wanted: Sequence[str]) -> str:
    if "string" in wanted and _is_number(case.value):
        inside_list = not case.pointer or isinstance(case.pointer[-1], int)
        return f'Beri tanda kutip: {"" if inside_list else case.name + ": "}"{case.value}"'
    if "integer" in wanted and isinstance(case.value, str):
        return f"Tulis angka saja tanpa tanda kutip, titik, koma, atau satuan{_such_as(case)}"
    if "array" in wanted:
        return "Awali setiap butir dengan tanda - pada baris sendiri"
    return f"Tulis {'kunci dan nilainya' if 'object' in wanted else 'satu nilai saja'}{_such_as(case)}"


def _kind_of(value: Any) -> str:
    if isinstance(value, bool):
        return f"ya/tidak komputer ({str(value).lower()})"
    if isinstance(value, int):
        return f"bilangan {value}"
    if isinstance(value, str):
        return f"teks {shown(value, 40)}"
    return "daftar" if isinstance(value, list) else "kelompok kunci dan nilai"


def _such_as(case: _Case) -> str:
    example = case.example()
    return f", misalnya {example}" if example else ""


def _enum(case: _Case) -> Words:
    options = [str(option) for option in case.schema["enum"]]
    near = _nearest(str(case.value), options)
    hint = f"Maksudnya {near}?" if near else "Pilih salah satu, dengan huruf besar dan kecil yang sama."
    return f"Nilai {shown(case.value, 40)} tidak dikenal untuk {case.name}; pilihannya: {listed(options, 12)}.", hint


def _nearest(text: str, allowed: Sequence[str]) -> str:
    folded = {option.casefold(): option for option in allowed}
    near = get_close_matches(text[:40].casefold(), folded, n=1)
    return folded[near[0]] if near else ""


def _pattern(case: _Case) -> Words:
    value = str(case.value)
    if case.schema.get("format") == "date":
        return _date(case)
    if case.schema.get("type") == ["string", "number"]:
        return _index(case)
    if "\n" in value or "\t" in value:
        return f"Nilai {case.name} harus satu baris tanpa tab.", f"Tulis dalam satu baris{_such_as(case)}."
    if len(value) == 64 and case.name == "sha256" and value != value.lower():  # noqa: PLR2004 - SHA-256 in hexadecimal
        return f"Nilai {case.name} memakai huruf besar.", "Tulis sidik SHA-256 dengan huruf kecil."
    return (
        f"Nilai {shown(value, 40)} tidak sesuai untuk {case.name}.",
        f"{_like(case)} {case.schema.get('description', '')}".strip(),
    )


def _like(case: _Case) -> str:
    example = case.example()
    return f"Tulis seperti contoh ini: {example}." if example else "Betulkan nilainya."


def _date(case: _Case) -> Words:
    value = str(case.value)
    if _DATE.fullmatch(value):
        return f"Tanggal {value} tidak ada di kalender.", f"Periksa bulan dan harinya{_such_as(case)}."
    day_first = _DAY_FIRST.fullmatch(value)
    if day_first:
        day, month, year = day_first.groups()
        example = f"{year}-{int(month):02d}-{int(day):02d}"
    else:
        example = case.example()
    return (
        f"Nilai {shown(value, 40)} untuk {case.name} bukan tanggal.",
        f"Tulis tahun-bulan-hari, misalnya {example}.",
    )


def _index(case: _Case) -> Words:
    value = str(case.value)
    message = f"Nilai {shown(value, 40)} untuk {case.name} bukan angka dari 0 sampai 4."
    if _COMMA.fullmatch(value):
        return message, f"Pakai titik sebagai tanda desimal: {value.replace(',', '.')}."
    return message, f"Tulis angka dengan titik desimal{_such_as(case)}."


def _too_long(case: _Case) -> Words:
    limit = case.details["limit"]
    return f"Nilai {case.name} {len(case.value)} karakter, padahal batasnya {limit}.", "Ringkas teksnya."


def _too_short(case: _Case) -> Words:
    return f"Nilai {case.name} kosong.", f"Isi nilainya{_such_as(case)}, atau hapus barisnya."


def _too_small(case: _Case) -> Words:
    return f"Nilai {case.name} {case.value} kurang dari {case.details['limit']}.", f"Periksa angkanya{_such_as(case)}."


def _too_big(case: _Case) -> Words:
    return f"Nilai {case.name} {case.value} lebih dari {case.details['limit']}.", f"Periksa angkanya{_such_as(case)}."


def _too_many(case: _Case) -> Words:
    limit = case.details["limit"]
    return f"Isi {case.name} {len(case.value)} butir, padahal batasnya {limit}.", "Hapus butir yang tidak diperlukan."


def _too_few(case: _Case) -> Words:
    keys = listed(list(case.schema.get("properties", {})), 12)
    return f"Bagian {case.name} kosong.", f"Isi sedikitnya satu kunci ({keys}), atau hapus bagian ini."


def _other(case: _Case) -> Words:
    return f"Nilai {case.name} tidak sesuai skema.", f"{_like(case)} {case.schema.get('description', '')}".strip()


_KEYWORDS: dict[str, tuple[int, Callable[[_Case], Words]]] = {
    keyword: (rank, words)
    for rank, (keyword, words) in enumerate(
        (
            ("type", _type),
            ("minLength", _too_short),
            ("enum", _enum),
            ("pattern", _pattern),
            ("format", _date),
            ("maxLength", _too_long),
            ("minimum", _too_small),
            ("maximum", _too_big),
            ("maxItems", _too_many),
            ("maxProperties", _too_many),
            ("minProperties", _too_few),
        )
    )
}
