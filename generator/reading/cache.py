"""What was derived from files, kept by their content in ROOT/.zi-cache/: without it everything is the same, only later.

Nothing here raises. A cache that is missing, damaged, locked, not writable or not ours answers "not known", and
what it is given is forgotten.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from generator.reading.shelf import own_place

_LARGEST = 256 * 1024 * 1024
"""Bytes of the file beyond which it is begun anew: old content is never asked for again, only kept."""
_LARGEST_VALUE = 64 * 1024 * 1024
_XZ = b"\xfd7zXZ\0"
_XZ_EFFORT = 2
"""Three quarters of zlib's size for twice its time; more effort takes ten times that."""
_XZ_MEMORY = 32 * 1024 * 1024
_ZLIB_EFFORT = 6
_WORTH_XZ = 4096
"""Bytes below which xz's frame takes what it saves."""
_PATIENCE = 0.2
"""Seconds to wait for another process that writes."""
_LOST = (sqlite3.Error, OSError)

T = TypeVar("T")


class Cache:
    """Values (plain JSON data) by key, for as long as it is open: `with Cache(root) as cache`."""

    def __init__(self, root: Path) -> None:
        self._base: sqlite3.Connection | None = None
        with suppress(*_LOST):
            self._base = _open(root)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keep what was put, unless something went wrong."""
        base, self._base = self._base, None
        if base is not None:
            with suppress(*_LOST):
                if kind is None:
                    base.commit()
            with suppress(*_LOST):
                base.close()

    def get(self, key: str, decode: Callable[[Any], T]) -> T | None:
        """Return what was put under the key, decoded; None where it is not known or does not decode."""
        if self._base is None:
            return None
        try:
            row = self._base.execute("SELECT value FROM derived WHERE key = ?", (key,)).fetchone()
        except _LOST:
            self._give_up()
            return None
        if row is None:
            return None
        try:
            return decode(json.loads(_unpacked(row[0])))
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, zlib.error):
            return None  # damaged or of another make: derive it again

    def put(self, key: str, value: object, *, tight: bool = False) -> None:
        """Keep the value under the key; it must be plain JSON data. A tight one takes less space and more time."""
        if self._base is None:
            return
        packed = _packed(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii"), tight=tight)
        try:
            self._base.execute("INSERT OR REPLACE INTO derived (key, value) VALUES (?, ?)", (key, packed))
        except _LOST:
            self._give_up()

    def _give_up(self) -> None:
        # once lost, not asked again: waiting for a lock at every key would cost more than the cache saves
        base, self._base = self._base, None
        if base is not None:
            with suppress(*_LOST):
                base.close()


def _packed(text: bytes, *, tight: bool) -> bytes:
    if not tight or len(text) < _WORTH_XZ:
        return zlib.compress(text, _ZLIB_EFFORT if tight else 1)
    import lzma  # noqa: PLC0415 - for long pasts alone

    return lzma.compress(text, preset=_XZ_EFFORT)


def _unpacked(packed: bytes) -> bytes:
    """Return what was packed; raises ValueError or zlib.error for what is damaged or more than `_LARGEST_VALUE`."""
    if packed.startswith(_XZ):
        return _unpacked_xz(packed)
    unpacker = zlib.decompressobj()
    text = unpacker.decompress(packed, _LARGEST_VALUE)
    if not unpacker.eof:
        raise ValueError(len(text))
    return text


def _unpacked_xz(packed: bytes) -> bytes:
    import lzma  # noqa: PLC0415 - as above

    unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
    try:
        text = unpacker.decompress(packed, _LARGEST_VALUE)
    except lzma.LZMAError as error:
        raise ValueError(packed[:10]) from error
    if not unpacker.eof:
        raise ValueError(len(text))
    return text


def _open(root: Path) -> sqlite3.Connection | None:
    path = own_place(root, "hasil.sqlite")
    if path is None:
        return None
    if path.exists() and path.stat().st_size > _LARGEST:
        path.unlink()
    try:
        return _connect(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):  # locked or not writable: somebody else may be using it
            raise
        path.unlink()
        return _connect(path)


def _connect(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=_PATIENCE, isolation_level="DEFERRED")
    try:
        base.execute("PRAGMA synchronous = OFF")  # what a crash damages is derived again
        base.execute("CREATE TABLE IF NOT EXISTS derived (key TEXT PRIMARY KEY, value BLOB NOT NULL)")
    except _LOST:
        base.close()
        raise
    return base
