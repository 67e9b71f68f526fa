"""The same text in plain signs: a number reads the same in any script, with any dash, and with hidden signs between."""

from __future__ import annotations

import re
import sys
import unicodedata
from typing import NamedTuple

_ASCII = bytes(range(128))
_FEW = 24
"""Kinds of sign up to which replacing one after the other is faster than looking at every sign of a text."""
_DOTS = "·•∙。"
_NOTHING = "\x00"
"""Stands for a sign that draws nothing, until it is taken out."""
_CODES = {
    "\\": re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U(00[0-9A-Fa-f]{6})|[tnr_ ](?=[0-9])|\r?\n[ \t]*)"),
    "%": re.compile("%(20|2[BbDdEe]|40|5[Ff])"),
    "&": re.compile("&#(?:0*64|[xX]0*40);|&commat;"),
}
"""Signs written as codes, by how they begin: in double quotes of YAML, in links (space + - . @ _), "@" in HTML."""


class Folded(NamedTuple):
    """A text in plain signs, and where each of them stood."""

    text: str
    places: tuple[int, ...] | None
    """Offset in the original of every sign; None where none was taken out."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the part stands in the original text."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """Return the text with decimal digits, dashes, points and spaces of any script as ASCII, without hidden signs.

    A full-width letter or "@" becomes the plain one, and so does a sign written as a code of YAML, of links or of
    HTML: the site shows what it means. What has no plain twin stays.
    """
    for begin, code in _CODES.items():
        if begin in text:
            text = code.sub(_decoded, text)
    if text.isascii() and _NOTHING not in text:
        return Folded(text, None)
    signs = set(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass"))
    plain = {sign: twin for sign in signs if (twin := _twin(sign)) != sign}
    if len(plain) > _FEW:
        text = text.translate({ord(sign): twin for sign, twin in plain.items()})
    else:
        for sign, twin in plain.items():
            text = text.replace(sign, twin)
    if _NOTHING not in text:
        return Folded(text, None)
    places = tuple(at for at, sign in enumerate(text) if sign != _NOTHING)
    return Folded(text.replace(_NOTHING, ""), places)


def _decoded(code: re.Match[str]) -> str:
    """Return the sign that is meant, with what keeps all others in their place."""
    written = code.group()
    if code.lastindex:
        value = int(code[code.lastindex], 16)
        sign = chr(value) if value <= sys.maxunicode else _NOTHING
    elif written.startswith("&"):
        sign = "@"
    else:
        sign = _NOTHING if "\n" in written else " "
    return sign + _NOTHING * (len(written) - 1)


def _twin(sign: str) -> str:
    """Return the one plain sign that says the same."""
    digit = unicodedata.digit(sign, None)  # circled and superscript digits too
    if digit is not None:
        return str(digit)
    kind = unicodedata.category(sign)
    if kind in {"Cf", "Cc", "Mn", "Me"}:  # zero-width signs, controls, and marks: a keycap draws a box around a digit
        return _NOTHING
    if kind == "Pd" or sign == "\u2212":
        return "-"
    if kind in {"Zs", "Zl", "Zp"}:
        return " "
    if sign in _DOTS:
        return "."
    twin = unicodedata.normalize("NFKC", sign)
    return twin if len(twin) == 1 else sign
