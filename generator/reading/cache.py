"""What was derived from files, kept by their content in ROOT/.zi-cache/: without it everything is the same, only later.

Nothing here raises. A cache that is missing, damaged, locked, not writable or not ours answers "not known", and
what it is given is forgotten.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from generator.reading.shelf import own_place

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_LARGEST = 256 * 1024 * 1024
"""Bytes of the file beyond which it is begun anew: old content is never asked for again, only kept."""
_LARGEST_VALUE = 64 * 1024 * 1024
_WINDOW = 26
"""Power of two of the bytes that unpacking may look back over, and hold: those of `_LARGEST_VALUE`."""
_PACKING: Mapping[int, int] = {
    # long pasts take less than xz's second preset leaves of them, in a third of its time and a tenth to unpack
    zstd.CompressionParameter.compression_level: 9,
    zstd.CompressionParameter.checksum_flag: 1,
}
_PATIENCE = 0.2
"""Seconds to wait for another process that writes."""
_LOST = (sqlite3.Error, OSError)

T = TypeVar("T")


class Cache:
    """Values (plain JSON data) by key: `with Cache(root) as cache`. Its file is opened when it is first asked."""

    def __init__(self, root: Path) -> None:
        self._root: Path | None = root
        """Until it was opened."""
        self._opened: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keep what was put, unless something went wrong."""
        with suppress(*_LOST):
            if kind is None and self._opened is not None:
                self._opened.commit()
        self._close()

    def get(self, key: str, decode: Callable[[Any], T]) -> T | None:
        """Return what was put under the key, decoded; None where it is not known or does not decode."""
        base = self._base()
        if base is None:
            return None
        try:
            row = base.execute("SELECT value FROM derived WHERE key = ?", (key,)).fetchone()
        except _LOST:
            self._close()
            return None
        if row is None:
            return None
        try:
            return decode(json.loads(_unpacked(row[0])))
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, zstd.ZstdError):
            return None  # damaged or of another make: derive it again

    def put(self, key: str, value: object) -> None:
        """Keep the value under the key; it must be plain JSON data."""
        base = self._base()
        if base is None:
            return
        text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
        packed = zstd.compress(text.encode("ascii"), options=_PACKING)
        try:
            base.execute("INSERT OR REPLACE INTO derived (key, value) VALUES (?, ?)", (key, packed))
        except _LOST:
            self._close()

    def _base(self) -> sqlite3.Connection | None:
        root, self._root = self._root, None
        if root is not None:
            with suppress(*_LOST):
                self._opened = _open(root)
        return self._opened

    def _close(self) -> None:
        # once lost, not asked again: waiting for a lock at every key would cost more than the cache saves
        base, self._opened, self._root = self._opened, None, None
        if base is not None:
            with suppress(*_LOST):
                base.close()


def _unpacked(packed: bytes) -> bytes:
    """Return what was packed; raises ValueError or `ZstdError` for what is damaged or more than `_LARGEST_VALUE`."""
    unpacker = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW})
    text = unpacker.decompress(packed, _LARGEST_VALUE)
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
