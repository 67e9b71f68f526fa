"""A rendered page with named places to fill, and the Content-Security-Policy it gets."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from .html import Html, escape

_PLACES = re.compile(r"<!-- zi:([a-z-]+) -->|ZI-(JUDUL|URAIAN)")
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_DATA_SCRIPT = re.compile(r"""type\s*=\s*["']?application/(?:ld\+)?json""", re.IGNORECASE)
_CHARSET = '<meta charset="utf-8">'


@dataclass(frozen=True, slots=True)
class Frame:
    """Fixed HTML (UTF-8) and the names of the places between: fixed[0], names[0], fixed[1], …"""

    fixed: tuple[bytes, ...]
    names: tuple[str, ...]

    def fill(self, places: Mapping[str, Html | list[bytes]], title: str = "", description: str = "") -> bytes:
        """Return the page with every place filled, by text or by UTF-8 in parts; title and description are plain text.

        Raises KeyError for a place that nothing fills: frame and generator do not fit each other.
        """
        given = {**places, "judul": escape(title), "uraian": escape(description)}
        parts = [self.fixed[0]]
        for name, fixed in zip(self.names, self.fixed[1:], strict=True):
            filling = given[name]
            parts += filling if isinstance(filling, list) else (filling.encode(),)
            parts.append(fixed)
        return b"".join(parts)


def frame(page: str) -> Frame:
    """Read the places of a rendered page, and give it its policy.

    Places are comments `<!-- zi:name -->`, and ZI-JUDUL and ZI-URAIAN (in attributes and <title> too).
    """
    page = _with_policy(re.sub(r"\n\s*\n", "\n", page))
    fixed: list[str] = []
    names: list[str] = []
    start = 0
    for place in _PLACES.finditer(page):
        fixed.append(page[start : place.start()])
        names.append((place[1] or place[2]).lower())
        start = place.end()
    return Frame(fixed=tuple(part.encode() for part in (*fixed, page[start:])), names=tuple(names))


def policy(page: str) -> str:
    """Return the Content-Security-Policy of a page: itself, and exactly the scripts it has.

    Inline scripts are allowed by their SHA-256; 'self' only where the page loads a script file, which may then read
    files of the site too. Static hosts send no headers, so the policy travels in a <meta>.
    """
    allowed = set()
    asked = ""
    for attributes, code in _SCRIPT.findall(page):
        if re.search(r"\bsrc\s*=", attributes):
            allowed.add("'self'")
            asked = " connect-src 'self';"
        elif not _DATA_SCRIPT.search(attributes):
            allowed.add(f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'")
    scripts = " ".join(sorted(allowed)) or "'none'"
    return (
        f"default-src 'none'; script-src {scripts};{asked} style-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _with_policy(page: str) -> str:
    """Put the policy before everything it must hold for."""
    before, charset, after = page.partition(_CHARSET)
    if not charset:
        raise ValueError(f"a rendered page must have {_CHARSET}")
    return f'{before}{charset}\n<meta http-equiv="Content-Security-Policy" content="{policy(page)}">{after}'
