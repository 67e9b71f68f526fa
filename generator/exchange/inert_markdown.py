"""Markdown from a stranger made inert: what our own comments are made of stays, everything else loses its meaning.

What stays as it is:

    lines of         # headings, - lists, 1. lists, - [ ] checklists, | tables |, paragraphs with *stress*
    in these         `code spans` that begin and end in one line, without < > @ |; signs escaped by a backslash
    alone in a line  <details>, </details>, <summary>words</summary>, <details><summary>words</summary>

There is no link, image, mention, reference to an issue or a commit, HTML, fence, quote or formula, and nothing that
stays open into what is written below it: signs and words that could begin one give way to lookalikes. `inert_markdown`
changes nothing in what it has made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST = 60_000
"""Characters of a comment; GitHub takes 65,536."""
_DEEPEST = 3
"""Folded parts within each other."""
_CUT = "Komentar ini dipotong karena terlalu panjang."

_OPENING = re.compile(r"(?P<open><details>)?(?:<summary>(?P<title>.*)</summary>)?")
_CLOSING = "</details>"
_LEAD = re.compile(r" *(?:#{1,6} |(?:[-*]|[0-9]{1,3}\.) (?:\[[ x]\] )?)?")
"""What may begin a line; the rest of it is text with code spans."""
_PIECE = re.compile(r"`[^`]+`|(?P<escaped>\\(?:[\\*_\[\]<>|~&]|#(?![0-9A-Za-z])))")
"""What stands in a text as it is."""
_RUN_OF_TICKS = re.compile(r"``+")
_IN_CODE = str.maketrans({"<": "‹", ">": "›", "@": "＠", "|": "¦"})
_IN_TEXT = str.maketrans(
    {"`": "ˋ", "<": "‹", ">": "›", "@": "＠", "&": "＆", "[": "［", "]": "］", "\\": "＼", "~": "∼", "$": "＄"}
)
_WORDS = (
    (re.compile(r":(?=//)"), "："),  # an address becomes a link by itself
    (re.compile(r"(www)\.", re.IGNORECASE), r"\1․"),
    (re.compile(r"#(?=[0-9A-Za-z])"), "＃"),  # another issue would be told that it was named
    (re.compile(r"(GH|GHSA|CVE)-", re.IGNORECASE), "\\1\N{NON-BREAKING HYPHEN}"),
    (re.compile(r"(?<![0-9A-Za-z])([0-9a-fA-F]{6})[0-9a-fA-F]+(?![0-9A-Za-z])"), r"\1…"),  # a commit
    (re.compile(r":(?=(?![0-9-]{1,50}:)[0-9A-Za-z_+-]{1,50}:)"), "："),  # some emoji are pictures
)
"""What GitHub makes something of, outside code, without a sign of Markdown."""


def inert_markdown(text: str, most: int = MOST) -> str:
    """Return the text inert, of at most `most` characters: cut at the end of a line, and said so."""
    room = most - len(_CUT) - _DEEPEST * len(f"\n\n{_CLOSING}") - len("\n\n")
    lines: list[str] = []
    size = depth = fitting = open_there = 0
    for line, step in _lines(text):
        lines.append(line)
        size += len(line) + 1
        depth += step
        if size <= room:
            fitting, open_there = len(lines), depth
    whole = "\n".join([*lines, *_closed(depth)])
    return whole if len(whole) <= most else "\n".join([*lines[:fitting], *_closed(open_there), "", _CUT])


def _closed(depth: int) -> list[str]:
    return ["", _CLOSING] * depth


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Yield each line with how many folded parts it opens (-1: it closes one).

    Between tags and text is an empty line: up to it all is HTML, in which code spans protect nothing.
    """
    depth = 0
    above, above_is_tag = "", True
    for line in text.split("\n"):
        plain = "".join(sign if sign.isprintable() else " " for sign in line).rstrip()
        tag = _tag(plain, depth)
        made, step = tag or (_text(plain), 0)
        if made and above and (tag is None) is above_is_tag:
            yield "", 0
        yield made, step
        depth += step
        above, above_is_tag = made, tag is not None


def _tag(line: str, depth: int) -> tuple[str, int] | None:
    if line == _CLOSING:
        return (_CLOSING, -1) if depth else ("", 0)
    found = _OPENING.fullmatch(line) if line else None
    if found is None or (found["open"] and depth == _DEEPEST):
        return None
    title = "" if found["title"] is None else f"<summary>{_words(found['title'])}</summary>"
    return f"{found['open'] or ''}{title}", 1 if found["open"] else 0


def _text(line: str) -> str:
    lead = _LEAD.match(line)
    start = lead.end() if lead else 0
    rest = _RUN_OF_TICKS.sub(lambda run: "ˋ" * len(run[0]), line[start:])
    made = [line[:start]]
    done = 0
    for piece in _PIECE.finditer(rest):
        made += (_words(rest[done : piece.start()]), piece["escaped"] or piece[0].translate(_IN_CODE))
        done = piece.end()
    return "".join([*made, _words(rest[done:])])


def _words(text: str) -> str:
    """Return text that stands outside of code."""
    text = text.translate(_IN_TEXT)
    for pattern, instead in _WORDS:
        text = pattern.sub(instead, text)
    return text
