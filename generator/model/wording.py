"""How a message shows what others wrote: a stranger between quotes, escaped and cut; the system in Indonesian."""

from __future__ import annotations

import errno
from collections.abc import Sequence

_CUT = 60
_LISTED = 8
_REASONS = {
    errno.ENOENT: "berkas atau foldernya tidak ada",
    errno.EACCES: "izinnya ditolak",
    errno.EPERM: "sistem tidak membolehkannya",
    errno.ENOSPC: "ruang cakram habis",
    errno.EROFS: "sistem berkasnya hanya dapat dibaca",
    errno.EISDIR: "ini folder, bukan berkas",
    errno.ENOTDIR: "sebagian jalurnya bukan folder",
    errno.ELOOP: "tautan simboliknya berputar-putar",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.EEXIST: "sudah ada",
    errno.ENOTEMPTY: "foldernya tidak kosong",
}


def shown(value: object, limit: int = _CUT, *, ascii_only: bool = False) -> str:
    r"""Return the value in quotes, at most `limit` characters of it, everything unprintable as \uXXXX.

    Control, bidi and zero-width characters and lone surrogates are unprintable: none reaches a terminal or a page.
    With `ascii_only` letters beyond ASCII are escaped too: a Cyrillic "а" in a key must not look like an "a".

    >>> shown("Ya" + chr(0x202E))
    '"Ya\\u202e"'
    """
    text = value if isinstance(value, str) else str(value)
    cut = text[:limit]
    plain = "".join(
        sign if sign.isprintable() and (sign.isascii() or not ascii_only) else f"\\u{ord(sign):04x}" for sign in cut
    )
    return f'"{plain}…"' if len(text) > limit else f'"{plain}"'


def listed(names: Sequence[str], limit: int = _LISTED) -> str:
    """Return the names joined by commas; beyond `limit`, how many more there are.

    >>> listed(["a", "b", "c"], 2)
    'a, b, dan 1 lagi'
    """
    rest = len(names) - limit
    joined = ", ".join(names[:limit])
    return f"{joined}, dan {rest} lagi" if rest > 0 else joined


def reason(error: OSError) -> str:
    """Return why the system refused: in Indonesian where that is common, else in the system's own words.

    >>> reason(FileNotFoundError(errno.ENOENT, "No such file or directory"))
    'berkas atau foldernya tidak ada'
    """
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
