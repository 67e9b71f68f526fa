"""Personal data in any text: NIK, NIP, NPWP, telephone and account numbers, e-mail outside .go.id.

Pure: text -> what stands where. It must find a number however it is parted or disguised, and must not be so eager
that nobody listens; what it cannot tell apart, schema/aturan/privasi.yaml allows by name. A text without seven near
digits and without an "@" costs one look of one regular expression.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from . import masking
from .folding import Folded, fold
from .runs import Run, Window, runs

if TYPE_CHECKING:
    from .allowance import Allowance

__all__ = ["Item", "Personal", "find", "masked"]

_SPELLED_AT = (" at ", "at)", "at]", "at}", "(a)", "[a]")
"""Small letters; "( at )" holds the first."""


class Personal(StrEnum):
    """The kinds, as a message names them."""

    NIK = "NIK"
    """Nomor Induk Kependudukan."""
    NIP = "NIP"
    """Nomor Induk Pegawai."""
    NPWP = "NPWP"
    """Nomor Pokok Wajib Pajak."""
    PHONE = "nomor telepon"
    """Mobile or landline."""
    ACCOUNT = "nomor rekening"
    """Of a bank."""
    EMAIL = "e-mail"
    """Outside .go.id."""


class Item(NamedTuple):
    """One piece of personal data in a text."""

    kind: Personal
    start: int
    end: int
    """Offsets in the text that was given: text[start:end] is the item."""
    masked: str
    """What may be shown of it."""


def find(text: str, allowed: Allowance | None = None, *, sender: bool = False) -> tuple[Item, ...]:
    """Return what is personal in the text and not allowed, in order, without overlaps.

    `sender`: the text is what Git says of a commit, where addresses that the forge made up are usual.
    """
    folded = fold(text)
    found: list[Item] = []
    near = tuple(runs(folded.text))
    if near:
        found += _numbers(folded, near, allowed)
    if _may_have_address(folded.text):
        found += _addresses(folded, allowed, sender=sender)
    return tuple(sorted(found, key=lambda item: (item.start, item.end)))


def masked(text: str) -> str:
    """Return the text with every item in it masked, allowed or not: what may be printed of it."""
    parts, done = [], 0
    for item in find(text):
        if item.start >= done:
            parts += [text[done : item.start], item.masked]
            done = item.end
    return "".join([*parts, text[done:]])


def _may_have_address(text: str) -> bool:
    if "@" in text:
        return True
    small = text.lower()
    # a lone sign is found faster than a word
    return any(spelled[-1] in text and spelled in small for spelled in _SPELLED_AT)


def _numbers(folded: Folded, near: Iterable[Run], allowed: Allowance | None) -> Iterator[Item]:
    from .numbers import numbers  # noqa: PLC0415 - most files hold no run of digits

    for kind, window in numbers(near):
        if allowed is None or not _is_office(folded.text, kind, window, allowed):
            start, end = folded.span(window.start, window.end)
            yield Item(Personal(kind), start, end, masking.number(window.digits))


def _is_office(text: str, kind: str, window: Window, allowed: Allowance) -> bool:
    return (kind in {Personal.PHONE, Personal.ACCOUNT} and allowed.has_number(window.digits)) or allowed.covers(
        text, window.start, window.end
    )


def _addresses(folded: Folded, allowed: Allowance | None, *, sender: bool) -> Iterator[Item]:
    from .addresses import addresses  # noqa: PLC0415 - as above

    for found in addresses(folded.text):
        if allowed is None or not allowed.has_domain(found.domain, sender=sender):
            start, end = folded.span(found.start, found.end)
            yield Item(Personal.EMAIL, start, end, masking.address(found.local, found.domain))
