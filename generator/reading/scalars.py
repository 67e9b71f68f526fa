"""What a plain scalar of strict YAML says: true, false, nothing, a decimal integer, else just its text."""

from __future__ import annotations

_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_MOST_DIGITS = 15
_LONGEST = len("-") + _MOST_DIGITS


def typed(text: str) -> str | int | bool | None:
    """Return what the text says where it stands without quotes."""
    if len(text) > _LONGEST:
        return text
    if text in _WORDS:
        return _WORDS[text]
    # an integer as JSON writes it; no -0
    figures = text.removeprefix("-")
    plain = figures.isdecimal() and figures.isascii() and len(figures) <= _MOST_DIGITS
    return int(text) if plain and (figures[0] != "0" or text == "0") else text
