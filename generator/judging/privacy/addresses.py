"""E-mail addresses outside .go.id, also those written so that a machine should not see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_LOCAL = re.compile(r"([\w.%+'&*!#$=?^{|}~-]{1,64})[ \t]{0,2}\Z")
_LONGEST_LOCAL = 64 + 2
_DOMAIN = re.compile(r"(\w[\w-]{0,62}(?:\.\w[\w-]{0,62}){1,8})")
_POINT = r"(?:[ \t]?\.[ \t]?|[ \t]{0,2}[\[({<][ \t]?(?:dot|titik)[ \t]?[\])}>][ \t]{0,2}|[ \t](?:dot|titik)[ \t])"
_LOOSE = re.compile(rf"(?:[ \t]{{0,2}}|\r?\n[ ]+)(\w[\w-]{{0,62}}(?:{_POINT}\w[\w-]{{0,62}}){{1,6}})", re.IGNORECASE)
_POINTS = re.compile(_POINT, re.IGNORECASE)
_AT = re.compile(r"@|[\[({<][ \t]{0,2}(?:at|a|@)[ \t]{0,2}[\])}>]|(?<=\w)[ \t]at[ \t](?=\w)", re.IGNORECASE)
_TOP = re.compile(r"[^\W\d_][\w-]{1,23}")
_COMMON_TOPS = frozenset(
    [
        "com",
        "net",
        "org",
        "id",
        "co",
        "info",
        "me",
        "io",
        "my",
        "sg",
        "us",
        "uk",
        "au",
        "de",
        "nl",
        "biz",
        "edu",
        "gov",
        "mail",
        "online",
        "site",
        "web",
    ]
)
_PROVIDERS = re.compile(
    r"(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|icloud|proton|protonmail)\.", re.IGNORECASE
)
_IMAGE_SCALE = re.compile(r"[1-9]x\.", re.IGNORECASE)
_OFFICE = re.compile(r"(?:.+\.)?go\.id(?:-\w+)?", re.IGNORECASE)
"""Of an office; "-nya" is a word's ending."""


class Address(NamedTuple):
    """An address and where it stands."""

    start: int
    end: int
    local: str
    domain: str
    """In small letters, points as points."""


def addresses(text: str) -> Iterator[Address]:
    """Yield every e-mail address that is not one of .go.id."""
    for at in _AT.finditer(text):
        local = _LOCAL.search(text[max(0, at.start() - _LONGEST_LOCAL) : at.start()])
        if local is None or not any(sign.isalnum() for sign in local.group(1)):
            continue
        domain = _plain(text, at, local) or _spaced(text, at)
        if domain is not None and not _OFFICE.fullmatch(domain.name):
            start = at.start() - len(local.group())
            yield Address(start=start, end=domain.end, local=local.group(1), domain=domain.name)


class _Domain(NamedTuple):
    name: str
    end: int


def _plain(text: str, at: re.Match[str], local: re.Match[str]) -> _Domain | None:
    """Return the domain of an address as machines read it: name@domain.top."""
    domain = _DOMAIN.match(text, at.end())
    if domain is None or at.group() != "@" or local.end(1) != local.end():
        return None
    name = domain.group().lower()
    return _Domain(name, domain.end()) if _TOP.fullmatch(_top(name)) and not _IMAGE_SCALE.match(name) else None


def _spaced(text: str, at: re.Match[str]) -> _Domain | None:
    """Return the domain of an address written for people: up to the last label that is a common top-level domain."""
    loose = _LOOSE.match(text, at.end())
    if loose is None:
        return None
    points = [*_POINTS.finditer(text, loose.start(1), loose.end(1))]
    starts = [loose.start(1), *(point.end() for point in points)]
    ends = [*(point.start() for point in points), loose.end(1)]
    labels = [text[start:end].lower() for start, end in zip(starts, ends, strict=True)]
    count = max((n for n in range(2, len(labels) + 1) if labels[n - 1] in _COMMON_TOPS), default=0)
    name, end = ".".join(labels[:count]), ends[count - 1]
    if not count or (at.group().strip().lower() == "at" and not _is_meant(name, text[loose.start(1) : end])):
        return None
    return _Domain(name, end)


def _is_meant(name: str, written: str) -> bool:
    """Tell whether "x at y" is an address: at a mail provider, or with its points spelled too."""
    return bool(_PROVIDERS.match(name)) or name != written.lower()


def _top(domain: str) -> str:
    return domain.rpartition(".")[2]
