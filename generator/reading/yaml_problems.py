"""What libyaml's problems mean to a person who edits YAML as they would a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from generator.reading.raw_text import Fault

CODE = "yaml-salah-tulis"
TOO_DEEP = (
    "yaml-terlalu-dalam",
    "Isi bersarang terlalu dalam.",
    "Ratakan isinya; tidak ada berkas registri yang sedalam ini.",
)
_UNCLOSED_QUOTE = (
    "Tanda kutip yang dibuka di sini tidak ditutup.",
    "Tutup dengan tanda kutip yang sama; tanda kutip di dalam teks ditulis dua kali ('') bila pembukanya '.",
)
_UNCLOSED_BRACKET = (
    "Tanda [ atau { yang dibuka di sini tidak ditutup dengan benar.",
    "Tutup dengan ] atau }, pisahkan isinya dengan koma, atau tulis satu isi per baris.",
)
_INDENT = (
    "Lekukan (spasi di awal baris) di sini tidak sejajar dengan baris-baris di atasnya.",
    "Samakan jumlah spasi di awal baris dengan baris lain yang setingkat.",
)
_TAB = (
    "Baris ini dimulai dengan tab.",
    "Ganti tab dengan spasi; YAML hanya menerima spasi di awal baris.",
)
_RESERVED = (
    "Nilai tidak boleh diawali dengan tanda ini.",
    "Beri tanda kutip pada nilainya, misalnya '@kantor' atau '%capaian'.",
)
_ANCHOR_OR_TAG = (
    "Tanda &, *, atau ! di awal nilai punya arti khusus dan tidak dipakai di registri ini.",
    "Beri tanda kutip pada nilainya, misalnya '*catatan'.",
)
_BLOCK_TEXT = (
    "Tanda | atau > di akhir kunci harus diikuti baris baru.",
    "Tulis teksnya mulai baris berikutnya, menjorok ke dalam.",
)
_DIRECTIVE = (
    "Baris yang diawali % adalah perintah YAML, dan itu tidak dipakai di registri ini.",
    "Hapus baris itu, atau beri tanda kutip bila itu nilai.",
)
_AFTER_QUOTE = (
    "Ada tulisan sesudah nilai yang sudah selesai.",
    "Bila tanda kutip bagian dari teks, beri tanda kutip lain di sekeliling seluruh nilai.",
)
_COLON_IN_VALUE = (
    "Ada titik dua di dalam nilai, atau lekukan baris ini tidak sejajar.",
    "Beri tanda kutip pada nilai yang memuat titik dua, atau samakan spasi di awal baris.",
)
_LIST_ITEM = (
    "Butir daftar (tanda -) tidak boleh berada di sini.",
    "Taruh setiap butir pada baris sendiri di bawah kuncinya, dengan lekukan yang sama.",
)
_ESCAPE = (
    r"Tanda \ di dalam tanda kutip ganda diikuti huruf yang tidak dikenal.",
    r"Pakai tanda kutip tunggal, misalnya 'C:\arsip', atau tulis \\ untuk satu garis miring terbalik.",
)
_MISSING_COLON = (
    "Baris ini tidak memuat kunci dan titik dua.",
    "Tulis sebagai kunci: nilai, dengan satu spasi sesudah titik dua.",
)
_ODD_SPACE = (
    "Baris ini menjorok dengan spasi yang bukan spasi biasa, misalnya yang tersalin dari pengolah kata atau laman web.",
    "Hapus spasi di awal baris ini, lalu ketik lagi dengan tombol spasi.",
)
_OTHER = (
    "Tulisan di sini tidak dapat dibaca sebagai YAML.",
    "Periksa titik dua, tanda kutip, dan lekukan baris ini dan baris sebelumnya.",
)
_INDENTING = " -"
# (context, problem) as libyaml words them, first match wins; at_context: the place that helps is where the
# unfinished thing began, not where the parser gave up.
_KNOWN: tuple[tuple[str, str, tuple[str, str], bool], ...] = (
    ("quoted scalar", "end of stream", _UNCLOSED_QUOTE, True),
    ("quoted scalar", "document indicator", _UNCLOSED_QUOTE, True),
    ("quoted scalar", "escape", _ESCAPE, False),
    ("quoted scalar", "hexdecimal", _ESCAPE, False),
    ("block scalar", "tab character", _TAB, False),
    ("block scalar", "", _BLOCK_TEXT, False),
    ("", "tab character", _TAB, False),
    ("directive", "", _DIRECTIVE, False),
    ("", "directive", _DIRECTIVE, False),
    ("", "incompatible YAML document", _DIRECTIVE, False),
    ("simple key", "expected ':'", _MISSING_COLON, True),
    ("flow sequence", "", _UNCLOSED_BRACKET, True),
    ("flow mapping", "", _UNCLOSED_BRACKET, True),
    ("an alias", "", _ANCHOR_OR_TAG, False),
    ("an anchor", "", _ANCHOR_OR_TAG, False),
    ("a tag", "", _ANCHOR_OR_TAG, False),
    ("", "tag handle", _ANCHOR_OR_TAG, False),
    ("next token", "cannot start any token", _RESERVED, False),
    ("", "mapping values are not allowed", _COLON_IN_VALUE, False),
    ("", "mapping keys are not allowed", _RESERVED, False),
    ("", "block sequence entries are not allowed", _LIST_ITEM, False),
    ("block mapping", "expected key", _INDENT, False),
    ("block collection", "'-' indicator", _INDENT, False),
)


def explain(error: Exception, raw: bytes) -> Fault:
    """Return the fault behind an exception of PyYAML's C parser (a `YAMLError` or `ValueError`)."""
    context = str(getattr(error, "context", None) or "")
    problem = str(getattr(error, "problem", None) or "")
    (message, hint), at_context = next(
        (
            (words, where)
            for in_context, in_problem, words, where in _KNOWN
            if in_context in context and in_problem in problem
        ),
        (_OTHER, False),
    )
    line, column = _where(error, at_context=at_context)
    if "nesting depth" in problem:  # libyaml's own limit, reached while it looks ahead
        return Fault(line, column, *TOO_DEEP)
    lines = ["", *raw.decode("utf-8", "replace").split("\n")]
    odd = _odd_space(lines, line)
    if odd is not None:
        return Fault(*odd, CODE, *_ODD_SPACE)
    start = lines[line][:column] if line < len(lines) else ""
    if "\t" in start and not start.strip():
        message, hint = _TAB
    elif message == _INDENT[0] and ":" in start and start[:-1].rstrip().endswith(('"', "'")):
        message, hint = _AFTER_QUOTE
    elif message == _COLON_IN_VALUE[0] and ": " not in start:
        unfinished = _without_colon(lines, line)
        if unfinished is not None:
            return Fault(*unfinished, CODE, *_MISSING_COLON)
    return Fault(line, column, CODE, message, hint)


def _odd_space(lines: list[str], line: int) -> tuple[int, int] | None:
    """Return where this line, or the one above it, goes in by a space that is none to YAML."""
    for number, text in _upward(lines, line + 1, 2):
        rest = text.lstrip(_INDENTING)
        if rest[:1].isspace() and rest[:1] not in "\t\r":
            return number, len(text) - len(rest) + 1
    return None


def _without_colon(lines: list[str], line: int) -> tuple[int, int] | None:
    """Return where a key without its colon stands above this line, which libyaml takes for more of the same text.

    It is the first below a comment, or below a key that has nothing on its own line, or the first of a list item.
    """
    found = None
    for number, text in _upward(lines, line):
        words = text.strip()
        if words.endswith(":") or words.startswith("#"):
            return found
        if ": " in words:
            return None
        item = text.lstrip(_INDENTING)
        found = number, len(text) - len(item) + 1
        if words.startswith("- "):
            return found
    return None


def _upward(lines: list[str], below: int, most: int | None = None) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines above this one that are not empty, the nearest first, at most `most`."""
    numbers = (number for number in range(min(below, len(lines)) - 1, 0, -1) if lines[number].strip())
    return ((number, lines[number]) for number in islice(numbers, most))


def _where(error: Exception, *, at_context: bool) -> tuple[int, int]:
    names = ("context_mark", "problem_mark") if at_context else ("problem_mark", "context_mark")
    mark = next((found for name in names if (found := getattr(error, name, None)) is not None), None)
    return (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)
