"""Reading rule files strictly: what is missing, unknown or out of range is named, in an Indonesian sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from re import ASCII, fullmatch
from typing import Any


def section(where: str, data: object, keys: Collection[str]) -> Mapping[str, Any]:
    """Return the mapping, which has exactly the keys; raises ValueError."""
    if not isinstance(data, Mapping) or set(data) != set(keys):
        raise ValueError(f"{where} harus berisi {', '.join(keys)}, tanpa kunci lain")
    return data


def text(where: str, value: object) -> str:
    """Return a text that says something; raises ValueError."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{where} harus berupa teks")
    return value


def whole(where: str, value: object, least: int, most: int) -> int:
    """Return a whole number from `least` to `most`; raises ValueError."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{where} harus bilangan bulat {least} sampai {most}")
    return value


def decimal(where: str, value: object, most: int) -> Fraction:
    """Return an exact number from 0 to `most`, written as text ("0.70"); raises ValueError."""
    if isinstance(value, str) and fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,10})?", value, ASCII):
        number = Fraction(value)
        if number <= most:
            return number
    raise ValueError(f'{where} harus berupa teks desimal 0 sampai {most}, misalnya "0.50"')
