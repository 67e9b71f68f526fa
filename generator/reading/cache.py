"""What was derived from files, kept by their content in ROOT/.zi-cache/: without it everything is the same, only later.

Nothing here raises. A cache that is missing, damaged, locked, not writable or not ours answers "not known", and
what it is given is forgotten.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from collections.abc import Callable, Sequence
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
_EFFORT = 9
"""zstd's: long pasts take less than xz's second preset leaves of them, in a third of its time and a tenth to unpack."""
_SEAL = 16
"""Bytes before what is packed, that tell whether it is whole and belongs to its key."""
_PATIENCE = 0.2
"""Seconds to wait for another process that writes."""
_LOST = (sqlite3.Error, OSError, UnicodeDecodeError)
"""What SQLite may raise: the last where the damage is in a text that its message repeats."""
_ELSEWHERE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_INTERRUPT,
}
"""Result codes (their last byte) that say nothing of the file's content: locked, not writable, the disk full …"""
_COLUMNS = "derived (key TEXT PRIMARY KEY, value BLOB NOT NULL)"

T = TypeVar("T")


class Cache:
    """Values (plain JSON data) by key (SHA-256 in hex): `with Cache(root) as cache`; opened when it is first asked."""

    def __init__(self, root: Path) -> None:
        self._root: Path | None = root
        """Until it was opened."""
        self._file: Path | None = None
        self._base: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keep what was put, unless something went wrong."""
        if kind is None and self._base is not None:
            try:
                self._base.commit()
            except _LOST as lost:
                self._lose(lost)
        self._close()

    def get(self, key: str, decode: Callable[[Any], T]) -> T | None:
        """Return what was put under the key, decoded; None where it is not known or does not decode."""
        rows = self._rows("SELECT value FROM derived WHERE key = ?", key)
        if not rows:
            return None
        try:
            return decode(json.loads(_unpacked(key, rows[0][0])))
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, zstd.ZstdError):
            return None  # damaged or of another make: derive it again

    def put(self, key: str, value: object) -> None:
        """Keep the value under the key; it must be plain JSON data."""
        if self._root is None and self._base is None:
            return
        text = json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii")
        if len(text) <= _LARGEST_VALUE:
            self._rows("INSERT OR REPLACE INTO derived (key, value) VALUES (?, ?)", key, _packed(key, text))

    def _rows(self, statement: str, *values: object) -> Sequence[Any]:
        """Return what the database answers; nothing where it is lost."""
        try:
            base = self._opened()
            return base.execute(statement, values).fetchall() if base is not None else ()
        except _LOST as lost:
            self._lose(lost)
            return ()

    def _opened(self) -> sqlite3.Connection | None:
        root, self._root = self._root, None
        if root is not None:
            self._file = own_place(root, "hasil.sqlite")
            self._base = _open(self._file) if self._file is not None else None
        return self._base

    def _lose(self, lost: Exception) -> None:
        # not asked again: waiting for a lock at every key would cost more than the cache saves
        self._close()
        if _is_damage(lost) and self._file is not None:
            with suppress(OSError):
                self._file.unlink()  # the next one begins it anew

    def _close(self) -> None:
        base, self._base, self._root = self._base, None, None
        if base is not None:
            with suppress(*_LOST):
                base.close()


def _packed(key: str, text: bytes) -> bytes:
    packed = zstd.compress(text, _EFFORT)
    return _seal(key, packed) + packed


def _unpacked(key: str, sealed: bytes) -> bytes:
    """Return what was packed; raises ValueError or `ZstdError` for what is damaged or more than `_LARGEST_VALUE`.

    Where the file's pages rot, SQLite may answer with the value of another key.
    """
    packed = sealed[_SEAL:]
    if sealed[:_SEAL] != _seal(key, packed):
        raise ValueError(key)
    unpacker = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW})
    text = unpacker.decompress(packed, _LARGEST_VALUE)
    if not unpacker.eof:
        raise ValueError(len(text))
    return text


def _seal(key: str, packed: bytes) -> bytes:
    return hashlib.blake2b(packed, key=key.encode("ascii"), digest_size=_SEAL).digest()


def _open(file: Path) -> sqlite3.Connection:
    if file.exists() and file.stat().st_size > _LARGEST:
        file.unlink()
    try:
        return _connect(file)
    except _LOST as lost:
        if not _is_damage(lost):
            raise
        file.unlink()
        return _connect(file)


def _connect(file: Path) -> sqlite3.Connection:
    base = sqlite3.connect(file, timeout=_PATIENCE, isolation_level="DEFERRED")
    try:
        base.execute("PRAGMA synchronous = OFF")  # what a crash damages is derived again
        base.execute(f"CREATE TABLE IF NOT EXISTS {_COLUMNS}")
        schema = base.execute("SELECT sql FROM sqlite_master WHERE sql NOTNULL").fetchall()
        faults = base.execute("PRAGMA integrity_check(1)").fetchall()  # else a rotten key leads others astray for good
        if schema != [(f"CREATE TABLE {_COLUMNS}",)] or faults != [("ok",)]:
            raise sqlite3.DatabaseError(faults)
    except _LOST:
        base.close()
        raise
    return base


def _is_damage(lost: Exception) -> bool:
    """Tell whether the file's content is at fault, or of another make."""
    code = getattr(lost, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return not isinstance(lost, OSError) and code & 0xFF not in _ELSEWHERE
