"""The vocabulary of the pages, and the one escape. `Html` is text that may stand in a page as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape as _escape
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    Html = NewType("Html", str)
    """Finished HTML. Text of a unit becomes Html by `escape` alone."""
else:
    Html = str  # calling a NewType costs more than escaping a text does

# https, no user info, an ASCII host; the rest without what a browser drops or bends, of which `is_safe` refuses what is
# not ASCII. The reader refuses more.
_SAFE_LINK = re.compile(r"https://[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?(?:[/?#][^ \\<>\"'`\x00-\x1f\x7f]*)?")
_BREAKING = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff"
_BROKEN = re.compile(f"[{_BREAKING}]")
_SPECIAL = re.compile(f"[&<>\"'{_BREAKING}]")
_MARKED = bytes(ord("?") if _SPECIAL.match(chr(char)) else char for char in range(256))
"""ASCII with a mark in place of what a page does not show as it is."""


def escape(value: str) -> Html:
    """Return the text as HTML, inert in content and in quoted attributes (all ours are quoted).

    What breaks or bends a page (control and bidi characters, lone surrogates) becomes U+FFFD; the reader refuses
    it long before.
    """
    # Most text is plain ASCII, which marking leaves as it is: the fastest look.
    if value.isascii() and (text := value.encode()).translate(_MARKED) == text:
        return Html(value)
    if _SPECIAL.search(value) is None:
        return Html(value)
    return Html(_escape(_BROKEN.sub("\ufffd", value)))


def join(parts: Iterable[str], between: str = "") -> Html:
    """Return finished parts one after the other."""
    return Html(between.join(parts))


def is_safe(address: str) -> bool:
    """Say whether the address may become a link: plain https, and nothing in it that a browser drops or bends."""
    return _SAFE_LINK.fullmatch(address) is not None and (address.isascii() or address.isprintable())


def link_out(address: str, label: Html) -> Html:
    """Return a link to another site; the label alone where the address is not plain https, "" for no address."""
    if not address:
        return Html("")
    if not is_safe(address):
        return label
    inert = address.replace("&", "&amp;")  # of what `escape` looks for, a safe address can hold nothing else
    return Html(f'<a href="{inert}" rel="nofollow noopener noreferrer">{label}</a>')


def source(value: str) -> Html:
    """Return where something was said: a link where it is one, else its text."""
    return link_out(value, Html("Sumber")) if is_safe(value) else escape(value)


@lru_cache(maxsize=1_000)  # states are few
def badge(look: str, sign: str, label: str) -> Html:
    """Return a state as shape and words; the colour only repeats them."""
    return Html(
        f'<span class="zi-badge zi-{look}"><span class="zi-sign" aria-hidden="true">{sign}</span>{escape(label)}</span>'
    )


def none(words: str) -> Html:
    """Return the sentence that stands where there is nothing to show."""
    return Html(f'<p class="zi-none">{words}</p>')


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    label: str
    look: str = ""
    """"angka" for numbers, "sempit" for what must not wrap, "nomor" for letter numbers, "luas" for running text."""


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Html]], *, label: str = "") -> Html:
    """Return a table whose first column names the row, in a region that scrolls by itself and can be focused.

    `caption`, `label` (the region's name, the caption unless given) and the columns' labels are finished HTML, the
    first two without tags.
    """
    looks = [f' class="zi-{column.look}"' if column.look else "" for column in columns]
    head = "".join([f'<th scope="col"{look}>{column.label}</th>' for column, look in zip(columns, looks, strict=True)])
    row = f'<tr><th scope="row"{looks[0]}>%s</th>{"".join([f"<td{look}>%s</td>" for look in looks[1:]])}</tr>'
    body = "".join([row % tuple(cells) for cells in rows])
    return Html(
        f'<div class="zi-scroll" tabindex="0" role="region" aria-label="{label or caption}"><table class="zi-table">'
        f"<caption><span>{caption}</span></caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def facts(pairs: Iterable[tuple[str, Html]]) -> Html:
    """Return a list of names and what they hold, without those that hold nothing."""
    return Html(
        '<dl class="zi-facts">'
        + "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in pairs if value)
        + "</dl>"
    )


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page that its table of contents names."""

    anchor: str
    title: str
    body: Html


def sections(parts: Sequence[Section]) -> Html:
    """Return the parts under their headings."""
    return join(f'<section><h2 id="{part.anchor}">{part.title}</h2>{part.body}</section>' for part in parts)


def contents(entries: Iterable[tuple[str, str]], label: str = "Di halaman ini") -> Html:
    """Return a table of contents from (anchor, title) pairs."""
    items = "".join(f'<li><a href="#{anchor}">{title}</a></li>' for anchor, title in entries)
    return Html(
        f'<nav class="zi-toc" aria-label="{label}"><p class="zi-toc__title">{label}</p><ul>{items}</ul></nav>'
        if items
        else ""
    )


def trail(steps: Sequence[tuple[str, str]], here: Html) -> Html:
    """Return the way from the directory to this page: (address, finished label) pairs, and where one is."""
    links = "".join(f'<li><a href="{address}">{label}</a></li>' for address, label in steps)
    return Html(
        f'<nav class="zi-trail" aria-label="Letak halaman"><ol>{links}<li aria-current="page">{here}</li></ol></nav>'
    )
