"""Pages at the addresses a unit had before: they send the reader on. Nothing in them is anybody's text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import addresses
from .html import escape

_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'"


def pages(old_ids: Iterable[str], unit_id: str, years: Iterable[int], feed: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a page (path, bytes) for each page the unit had at its old ids, and there its feed of today too.

    A feed cannot send its readers on; as deep in the site as the new one, its links lead to the same places.
    """
    below = ("", "riwayat/", *(f"{year}/" for year in years))
    for old in old_ids:
        for part in below:
            up = "../" * (f"{old}/{part}".count("/"))
            yield f"unit/{old}/{part}index.html", _page(f"{up}{unit_id}/{part}index.html")
        yield addresses.feed(old), feed


def _page(target: str) -> bytes:
    address = escape(target)
    return (
        '<!doctype html>\n<html lang="id"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta http-equiv="refresh" content="0; url={address}">\n'
        '<meta name="robots" content="noindex"><title>Unit ini pindah alamat</title></head>\n'
        f'<body><p>Unit ini pindah alamat: <a href="{address}">buka halamannya</a>.</p></body></html>\n'
    ).encode()
