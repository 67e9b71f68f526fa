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


def why_unsafe(link: str) -> str:
    """Return what is wrong with the link, as half a sentence; "" where nothing is.

    Safe is: https, a host of ASCII letters, digits, points and hyphens, no user info, no backslash, no space,
    no control, bidi or zero-width character. A browser drops or bends those: one address is shown, another opened.
    """
    if not link.isprintable() or " " in link:
        return "memuat spasi atau tanda yang tidak terlihat"
    if _SAFE.fullmatch(link):
        return ""
    if "\\" in link:
        return "memuat garis miring terbalik"
    if not link.lower().startswith("https://"):
        return "tidak diawali https://"
    host = re.split("[/?#]", link[len("https://") :], maxsplit=1)[0]
    if "@" in host:
        return "memuat nama pengguna di depan alamatnya (tanda @)"
    return "tidak menyebut nama situs yang wajar (huruf a-z, angka, titik)"


def unsafe_link(link: Place) -> Iterator[Finding]:
    """Find a link that is not safe to publish."""
    if link.key == SOURCE and not _ADDRESS.match(link.value.lstrip()):
        return
    why = why_unsafe(link.value)
    if why:
        yield link.finding(
            Code.TAUTAN_TIDAK_AMAN,
            f"Tautan {shown(link.value)} {why}, sehingga tidak dapat diterbitkan.",
            "Tulis alamat lengkap yang diawali https://, seperti yang tampak di bilah alamat peramban.",
        )
