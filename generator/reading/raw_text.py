"""What is refused in the bytes of a file before anything parses them.

A reviewer must see what the parser sees: no character that hides, reorders or starts a line only for one of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from generator.model.wording import shown

LFS_POINTER = b"version https://git-lfs"
_LFS_WITHIN = 100
"""Bytes from the start in which a Git LFS pointer shows itself."""
_PLAIN = bytes(range(0x20, 0x7F)) + b"\t\n"
"""ASCII that needs no look."""

# Controls but tab and LF; Unicode's Default_Ignorable_Code_Point (they draw nothing) but U+FE0E and U+FE0F, which
# telephones put after emoji; bidi controls; line and paragraph separators; surrogates; non-characters.
_HIDDEN_RANGES = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe-\uffff\ufdd0-\ufdef\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_CONFLICT = re.compile(rb"^(?:<{7}|>{7})(?:[ \r]|$)", re.MULTILINE)
"""No line of YAML that we accept starts so."""
_AS_UTF8 = "Simpan ulang dengan penyandian (encoding) UTF-8."


@cache
def hidden() -> re.Pattern[str]:
    """Return what finds a character that must not stand in any text of the registry.

    Compiling so wide a class takes two milliseconds, and a file of plain ASCII needs it not.
    """
    return re.compile(f"[{_HIDDEN_RANGES}]")


class Fault(NamedTuple):
    """What is wrong at a place; line and column from 1, or 0 where it is the whole file."""

    line: int
    column: int
    code: str
    message: str
    hint: str


def faults(raw: bytes, limit: int, most: int) -> Iterator[Fault]:
    """Yield what is wrong with the bytes, at most `most` hidden characters of them; nothing for text fit to parse."""
    if len(raw) > limit:
        yield too_large(len(raw), limit)
        return
    if LFS_POINTER in raw[:_LFS_WITHIN]:
        yield Fault(
            1,
            1,
            "yaml-lfs",
            "Berkas ini hanya penunjuk Git LFS, isinya tidak ada di sini.",
            "Simpan isi YAML-nya langsung di Git, tanpa Git LFS.",
        )
        return
    conflict = _CONFLICT.search(raw) if b"<<<<<<<" in raw or b">>>>>>>" in raw else None
    if conflict:
        yield Fault(
            raw.count(b"\n", 0, conflict.start()) + 1,
            1,
            "yaml-salah-tulis",
            "Berkas memuat penanda konflik Git (<<<<<<< atau >>>>>>>).",
            "Pilih isi yang benar, lalu hapus baris-baris penanda konflik.",
        )
        return
    rest = raw.translate(None, _PLAIN)
    if not rest or (not rest.strip(b"\r") and raw.count(b"\r") == raw.count(b"\r\n")):
        return
    if _utf16(raw):
        yield Fault(1, 1, "yaml-penyandian", "Berkas tersimpan sebagai UTF-16.", _AS_UTF8)
        return
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        yield _not_utf8(raw, error)
        return
    if text.startswith("\ufeff"):
        yield Fault(
            1,
            1,
            "yaml-penyandian",
            "Berkas diawali tanda BOM (byte order mark).",
            "Simpan ulang sebagai UTF-8 tanpa BOM.",
        )
        text = text[1:]
    yield from _hidden(text.replace("\r\n", "\n"), most)
    if not unicodedata.is_normalized("NFC", text):
        yield _not_nfc(text)


def too_large(size: int, limit: int) -> Fault:
    """Return the fault of a file of `size` bytes where `limit` are allowed."""
    return Fault(
        0,
        0,
        "yaml-terlalu-besar",
        f"Berkas berukuran {size} bita, padahal batasnya {limit} bita.",
        "Pindahkan isi yang panjang ke dokumen bukti dan cantumkan tautannya.",
    )


def hidden_name(sign: str) -> str:
    """Return the character as U+XXXX with what it does."""
    code = ord(sign)
    for first, last, does in _DOES:
        if first <= code <= last:
            return f"U+{code:04X} ({does})"
    return f"U+{code:04X} (karakter yang tidak terlihat)"


_DOES = (
    (0x0D, 0x0D, "ganti baris tanpa LF"),
    (0x85, 0x85, "ganti baris tersembunyi"),
    (0x2028, 0x2029, "ganti baris tersembunyi"),
    (0x00, 0x9F, "karakter kendali"),
    (0x200E, 0x200F, "pengubah arah tulisan"),
    (0x202A, 0x202E, "pengubah arah tulisan"),
    (0x2066, 0x2069, "pengubah arah tulisan"),
    (0xD800, 0xDFFF, "separuh karakter"),
)


def _hidden(text: str, most: int) -> Iterator[Fault]:
    for found, match in enumerate(hidden().finditer(text)):
        if found == most:
            return
        line, column = place(text, match.start())
        yield Fault(
            line,
            column,
            "yaml-karakter",
            f"Ada karakter tersembunyi {hidden_name(match.group())}.",
            "Hapus karakter itu; ketik ulang baris ini bila karakternya tidak terlihat.",
        )


def place(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, from 1, of the character at the offset; only LF ends a line, as in Git."""
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1


def _utf16(raw: bytes) -> bool:
    # with a BOM, or with a first ASCII character beside a zero
    return raw[:2] in {b"\xff\xfe", b"\xfe\xff"} or (len(raw) > 1 and raw[:2].count(0) == 1)


def _not_utf8(raw: bytes, error: UnicodeDecodeError) -> Fault:
    before = raw[: error.start].decode("utf-8")
    line, column = place(before, len(before))
    message = "Karakter ini tidak dapat dibaca sebagai UTF-8."
    return Fault(line, column, "yaml-penyandian", message, _AS_UTF8)


def _not_nfc(text: str) -> Fault:
    for number, line in enumerate(text.split("\n"), start=1):
        composed = unicodedata.normalize("NFC", line)
        if composed == line:
            continue
        column = next((at for at, (one, other) in enumerate(zip(line, composed, strict=False)) if one != other), 0)
        word = line[column : column + 2]
        return Fault(
            number,
            column + 1,
            "yaml-nfc",
            f"Huruf {shown(word, ascii_only=True)} ditulis terurai: huruf dan tandanya terpisah (bukan bentuk NFC).",
            "Ketik ulang huruf itu, atau simpan teksnya dalam bentuk Unicode NFC.",
        )
    raise AssertionError("a text whose every line is NFC is NFC")
