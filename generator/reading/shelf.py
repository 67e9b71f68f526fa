"""Small things worked out once, kept as JSON files in ROOT/.zi-cache/. It never raises, and losing it loses only time.

For what one command asks for every time: opening a database (`reading.cache`) would cost more than working it out.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

FOLDER = ".zi-cache"

T = TypeVar("T")


def own_place(root: Path, name: str) -> Path | None:
    """Return where this registry keeps `name`, making the folder if need be; None where it cannot be trusted.

    The file's name carries inode and time of the folder's .gitignore, which nobody can know before the folder is
    made: what came along with a checkout, or lies behind a symbolic link, is never opened. A pull request must not
    bring its own results. Raises OSError where the folder cannot be made.
    """
    folder = root / FOLDER
    mark = folder / ".gitignore"
    if not mark.exists():
        if _is_inside(root):
            return None
        _make(folder, mark)
    state = mark.lstat()
    if not stat.S_ISDIR(folder.lstat().st_mode) or not stat.S_ISREG(state.st_mode):
        return None
    return folder / f"{state.st_ino:x}-{state.st_mtime_ns:x}-{name}"


def _is_inside(root: Path) -> bool:
    """Tell whether the folder lies in a registry's units/: a command run too deep must leave nothing there."""
    return not (root / "units").is_dir() and "units" in root.resolve().parts


def _make(folder: Path, mark: Path) -> None:
    with suppress(FileExistsError):
        folder.mkdir()
    if stat.S_ISDIR(folder.lstat().st_mode):
        with suppress(FileExistsError):
            handle = os.open(mark, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
            with os.fdopen(handle, "w", encoding="ascii") as text:
                text.write("*\n")


class Shelf:
    """Values (plain JSON data) by name; a name must say all that its value depends on."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def get(self, name: str, decode: Callable[[Any], T]) -> T | None:
        """Return what was put under the name, decoded; None where it is not known or does not decode."""
        try:
            path = own_place(self._root, name)
            return decode(json.loads(path.read_bytes())) if path is not None else None
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None

    def put(self, name: str, value: object) -> None:
        """Keep the value under the name."""
        with suppress(OSError):
            path = own_place(self._root, name)
            if path is not None:
                half = path.with_name(f"{path.name}.{os.getpid()}")
                half.write_text(json.dumps(value), encoding="ascii")
                half.replace(path)
