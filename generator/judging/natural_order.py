"""The order in which questions are told: "A.2" before "A.10"."""

from __future__ import annotations

import re
from functools import lru_cache

_NUMBERS = re.compile(r"([0-9]{1,15})")


@lru_cache(maxsize=128)
def in_natural_order(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys in natural order: answers have the same few, sheets the same codes."""
    return tuple(sorted(keys, key=_natural))


@lru_cache(maxsize=4096)
def _natural(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), part) if _NUMBERS.fullmatch(part) else (-1, part) for part in _NUMBERS.split(text))
