"""Text in a Markdown comment: a stranger's is shut into a code span, our own is escaped."""

from __future__ import annotations

import re

from generator.cli.change_text import plain
from generator.judging.privacy import masked

_LOOKALIKES = str.maketrans({"`": "ˋ", "|": "¦", "@": "＠", "<": "‹", ">": "›"})
"""What could end a code span or a cell, name a person or begin a tag; in its place something that looks alike."""
_MARKS = re.compile(r"([\\`*_\[\]<>|~&$#])")
"""What Markdown, GitHub's and GitLab's included, may take for more than text."""


def inert(text: str, limit: int = 80) -> str:
    """Return a stranger's text, cut, as a Markdown code span: no HTML, link, image or mention lives in it.

    Personal data in it is masked: a comment stays where the file can still be mended.

    >>> inert("a`b|@c")
    '`aˋb¦＠c`'
    """
    shown = plain(masked(text), limit).translate(_LOOKALIKES)
    return f"`{shown}`" if shown.strip() else "(kosong)"


def ours(text: str) -> str:
    r"""Return text of the program's own schema folder as Markdown that says just that.

    >>> ours("nilai <= 3 * 2, lihat @tim")
    'nilai \\<= 3 \\* 2, lihat ＠tim'
    """
    return _MARKS.sub(r"\\\1", text).replace("@", "＠")
