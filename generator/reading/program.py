"""Which program derives what the cache keeps: other code, other keys."""

from __future__ import annotations

import hashlib
import os
from functools import cache as once
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.reading.cache import Cache


def program_digest(cache: Cache | None = None) -> str:
    """Return SHA-256 over the program's own source: a changed rule must not meet yesterday's results.

    The cache remembers it for as long as no file of it was written: Python knows its bytecode to be up to date by
    less.
    """
    if cache is None:
        return _source_digest()
    known = cache.get(_source_state(), lambda value: str(value["program"]))
    if known is None:
        known = _source_digest()
        cache.put(_source_state(), {"program": known})
    return known


@once
def _source_digest() -> str:
    total = hashlib.sha256()
    for path in _sources():
        total.update(hashlib.sha256(Path(path).read_bytes()).digest())
    return total.hexdigest()


@once
def _source_state() -> str:
    """Return what changes whenever a file of the source is written: names, sizes, and times of content and inode."""
    total = hashlib.sha256(b"program\n")
    for path in _sources():
        state = os.stat(path)  # noqa: PTH116 - the paths are text: a Path of each costs as much as asking
        total.update(
            f"{path} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns}\n".encode("utf-8", "surrogateescape")
        )
    return total.hexdigest()


def _sources() -> list[str]:
    package = Path(__file__).parents[1]
    found: list[str] = []
    for part in ("model", "reading", "judging", "registry"):
        for folder, folders, names in os.walk(package / part):
            folders[:] = [name for name in folders if name != "__pycache__"]
            found += [f"{folder}/{name}" for name in names if name.endswith(".py")]
    return sorted(found)
