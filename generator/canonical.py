"""The canonical YAML of our files: one way to write the same data, so that a diff shows what changed and nothing else.

Block style, two spaces a level, one key a line, known keys in the order of their schema, codes and other free keys
in natural order (A.2 before A.10). A question is therefore a block of lines that begins with its code behind two
spaces, and blocks of two versions can be compared as text. Lists keep their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from generator.model.document import Kind

_ANSWER = ("jawab", "isian", "survei", "penjelasan", "bukti")
_EVIDENCE = ("judul", "tautan", "berkas", "tanggal", "berlaku_sampai", "sha256", "klasifikasi")
_JUDGED = ("instrumen", "tahun", "menilai", "jawaban", *_ANSWER, "relevan", "lengkap", "sah", "catatan")
_REPORT = ("pemantauan", "tanggal", "pelaksana", "hasil", "nomor", "metode", "temuan")
_FOLLOW_UP = ("tindak_lanjut", "uraian", "batas", "selesai")
_STATEMENT = ("pernyataan", "triwulan", "program", "masih_berjalan")
_PROOF = ("bukti", "judul", "tautan", "sha256", "sumber", "oleh", "catatan")
_SURVEY = ("id", "jenis", "penyelenggara", "responden", "indeks", "tanggal", "metode", "tautan", "catatan")

ORDER: Mapping[Kind, tuple[str, ...]] = {
    Kind.INSTANSI: ("nama", "jenis", "pemantau", "WBK", "WBBM", "tim", "mandiri", "tpi", "tpn", "tim_unit", "catatan"),
    Kind.UNIT: ("nama", "layanan", "tempat", "target", "situs", "asal", "catatan"),
    Kind.PREDIKAT: ("peristiwa", "jenis", "predikat", "tanggal", "nomor", "sumber"),
    Kind.PEMANTAUAN: (*_REPORT, *_FOLLOW_UP, *_STATEMENT, *_PROOF),
    Kind.TANGGAPAN: ("tanggapan", "tanggal", "oleh", "isi", "sumber"),
    Kind.KASUS: ("kasus", "jenis", "bulan", "sumber", "keadaan"),
    Kind.MANDIRI: ("instrumen", "tahun", "jawaban", *_ANSWER, *_EVIDENCE, "catatan"),
    Kind.TPI: _JUDGED,
    Kind.TPN: _JUDGED,
    Kind.SURVEI: ("survei", *_SURVEY),
    Kind.CLEARANCE: ("KPK", "Ombudsman", "status", "nomor", "tanggal", "sumber"),
}
"""The keys of each kind, at whatever depth, in the order of its schema; keys not named here follow, sorted."""

_MAX_DIGITS = 15
"""Digits of an integer that generator/reading/strict_yaml.py still reads as one."""


def dump(kind: Kind, data: Mapping[str, Any], *, comment: str = "") -> bytes:
    """Return the file of this kind that holds the data: UTF-8, LF, a newline at the end.

    strict_yaml reads back the same data wherever its text is text the registry accepts and its keys are shorter
    than 1,000 characters. `comment`, one line without "#", becomes the first line. Raises TypeError for a value
    that is neither text, int, bool, None, mapping nor list, and ValueError for an integer of more than 15 digits.
    """
    lines = [f"# {comment}"] if comment else []
    _mapping(data, "", _ranks(kind), lines)
    return ("\n".join(lines) + "\n").encode() if lines else b"{}\n"


def scalar(text: str) -> str:
    """Return the text as YAML on one line: plain where that reads back as the same text, else in double quotes.

    What another YAML reader (an editor's) would take for a number, truth value or nothing is quoted as well;
    dates are not.
    """
    if (
        _PLAIN_START.match(text)
        and text.isprintable()
        and not _BREAKS_PLAIN.search(text)
        and not _LOOKS_TYPED.fullmatch(text)
    ):
        return text
    return f'"{_escaped(text)}"'


_PLAIN_START = re.compile(r"[^\W_]|[(/]")
_BREAKS_PLAIN = re.compile(r":(?= |$)| #| $")
_LOOKS_TYPED = re.compile(
    r"(?i:true|false|null|yes|no|on|off|y|n)|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|[0-9]+(?::[0-9]+)+|"
    r"0[xXoObB][0-9a-fA-F_]+"
)


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return text if text.isprintable() else "".join(sign if sign.isprintable() else _escape(sign) for sign in text)


def _escape(sign: str) -> str:
    short = {"\n": "\\n", "\t": "\\t"}.get(sign)
    code = ord(sign)
    return short or (f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}")  # noqa: PLR2004 - what \u can hold


@lru_cache
def _ranks(kind: Kind) -> Mapping[str, int]:
    return {key: rank for rank, key in enumerate(ORDER[kind])}


def _in_order(keys: Iterable[str], ranks: Mapping[str, int]) -> Iterator[str]:
    known: list[str] = []
    free: list[str] = []
    for key in keys:
        (known if key in ranks else free).append(key)
    yield from sorted(known, key=ranks.__getitem__)
    yield from sorted(free, key=_natural)


_NUMBER = re.compile(r"[0-9]{1,15}")


@lru_cache(maxsize=4096)
def _natural(key: str) -> tuple[tuple[int, str], ...]:
    parts = ((int(part), part) if _NUMBER.fullmatch(part) else (-1, part) for part in key.split("."))
    return tuple(parts)


@lru_cache(maxsize=4096)
def _key(key: str) -> str:
    return scalar(key)


def _mapping(data: Mapping[str, Any], indent: str, ranks: Mapping[str, int], lines: list[str]) -> None:
    for key in _in_order(data, ranks):
        _value(f"{indent}{_key(key)}:", data[key], indent + "  ", ranks, lines)


def _value(head: str, value: Any, indent: str, ranks: Mapping[str, int], lines: list[str]) -> None:
    if isinstance(value, str):
        lines.append(f"{head} {scalar(value)}")
    elif isinstance(value, Mapping):
        lines.append(head if value else f"{head} {{}}")
        _mapping(value, indent, ranks, lines)
    elif isinstance(value, list | tuple):
        lines.append(head if value else f"{head} []")
        for item in value:
            _item(item, indent, ranks, lines)
    else:
        lines.append(f"{head} {_typed(value)}")


def _item(item: Any, indent: str, ranks: Mapping[str, int], lines: list[str]) -> None:
    first = len(lines)
    inner = indent + "  "
    if isinstance(item, Mapping) and item:
        _mapping(item, inner, ranks, lines)
        lines[first] = f"{indent}- {lines[first][len(inner) :]}"
    else:
        _value(f"{indent}-", item, inner, ranks, lines)


def _typed(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if not isinstance(value, int):
        raise TypeError(f"{type(value).__name__} has no place in our YAML")
    if abs(value) >= 10**_MAX_DIGITS:
        raise ValueError("an integer of more than 15 digits would be read back as text")
    return str(value)
