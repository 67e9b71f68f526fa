"""The rule on links: plain https to a public host, whatever the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.finding import Finding
from generator.model.wording import shown

from .codes import Code
from .places import SOURCE, Place

_SAFE = re.compile(
    r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::(?:[1-5]?[0-9]{1,4}))?(?:[/?#][^\\ ]*)?", re.ASCII | re.IGNORECASE
)
"""A port may be up to 59999; those above are lent to clients, no service waits there."""
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|(?:javascript|data|vbscript|mailto|file):", re.ASCII | re.IGNORECASE)
"""How a source begins that is meant as an address and not as words."""


_HIDDEN = "memuat spasi atau tanda yang tidak terlihat"
_BACKSLASH = "memuat garis miring terbalik"
_NOT_HTTPS = "tidak diawali https://"
_USER = "memuat nama pengguna di depan alamatnya (tanda @)"
_NO_HOST = "tidak menyebut nama situs yang wajar (huruf a-z, angka, titik)"
_REMEDIES = {
    _HIDDEN: "Salin ulang alamatnya dari bilah alamat peramban; spasi di dalam alamat ditulis %20.",
    _BACKSLASH: "Ganti \\ dengan /, atau salin ulang alamatnya dari bilah alamat peramban.",
    _NOT_HTTPS: "Tulis alamat lengkap yang diawali https://, seperti yang tampak di bilah alamat peramban.",
    _USER: "Hapus nama pengguna dan tanda @ di depan nama situs; dokumennya harus dapat dibuka tanpa masuk akun.",
    _NO_HOST: "Salin ulang alamatnya dari bilah alamat peramban; nama situs hanya huruf a-z, angka, titik, dan -.",
}


def why_unsafe(link: str) -> str:
    """Return what is wrong with the link, as half a sentence; "" where nothing is.

    Safe is: https, a host of ASCII letters, digits, points and hyphens, no user info, no backslash, no space,
    no control, bidi or zero-width character. A browser drops or bends those: one address is shown, another opened.
    """
    if not link.isprintable() or " " in link:
        return _HIDDEN
    if _SAFE.fullmatch(link):
        return ""
    if "\\" in link:
        return _BACKSLASH
    if not link.lower().startswith("https://"):
        return _NOT_HTTPS
    host = re.split("[/?#]", link[len("https://") :], maxsplit=1)[0]
    if "@" in host:
        return _USER
    return _NO_HOST


def unsafe_link(link: Place) -> Iterator[Finding]:
    """Find a link that is not safe to publish."""
    if link.key == SOURCE and not _ADDRESS.match(link.value.lstrip()):
        return
    why = why_unsafe(link.value)
    if why:
        yield link.finding(
            Code.TAUTAN_TIDAK_AMAN,
            f"Tautan {shown(link.value)} {why}, sehingga tidak dapat diterbitkan.",
            _REMEDIES[why],
        )
