"""Runs of digits with spaces, points, commas … between them, and the windows of a run that can be one number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

_GAP = r"(?:[ \t._/(),:|-]{1,3}|\r?\n[ ]+)?"
"""Between two digits of one number: up to three separators, or the fold of a wrapped line of YAML."""
_LONE_DAY = r"(?:(?<=1)9|(?<=2)0)[0-9]{2}-[0-9]{2}-[0-9]{2}(?![ ./-]{0,3}[0-9])"
_RUN = re.compile(
    r"[0-9](?=[0-9 \t._/(),:|\r\n-]{6})"  # first what a search can skip by
    rf"(?<![0-9]{{2}})(?<![0-9A-Fa-f]{{8}}[0-9])(?!{_LONE_DAY})(?:{_GAP}[0-9]){{6,}}"
)
"""Seven digits or more that are no lone date and do not stand deep inside a hexadecimal string."""
_LISTS = frozenset(",:|")
"""Signs that rather stand between numbers than inside one: in a list, a time, a row of a table."""
_WHOLE_GROUP = 4
"""Digits from which groups with such signs between them are parts of one number: 3573,0415,0690,0001."""
_FEWEST = 7
_FEWEST_IN_LINK = 9
"""Links are full of short ids; a telephone number in one (wa.me/62…) is longer."""
_GROUP = re.compile("[0-9]+")
_SHORTEST_HEX = 32
_SHORTENED_HEX = 12
"""As hashes are quoted in messages; in one of these only fewer digits than it has signs are no number."""
_HEX = re.compile(r"[0-9A-Fa-f]+")
_AROUND = 2 * 128
"""Signs looked at on each side for the rest of a hexadecimal string: SHA-512 has 128."""

CONTEXT = 48
"""Signs before a number in which a word says what it is."""


class Window(NamedTuple):
    """Some neighbouring groups of digits of a run."""

    text: str
    start: int
    end: int
    digits: str
    gaps: tuple[str, ...]
    """What stands between the groups."""
    sizes: tuple[int, ...]
    """How many digits each group has."""

    @property
    def written(self) -> str:
        """The number as it stands in the text."""
        return self.text[self.start : self.end]

    @property
    def before(self) -> str:
        """What stands right before the number."""
        return self.text[max(0, self.start - CONTEXT) : self.start]

    @property
    def after(self) -> str:
        """What stands right after the number."""
        return self.text[self.end : self.end + CONTEXT]

    @property
    def is_even(self) -> bool:
        """One kind of gap throughout, as who writes one number does."""
        return len(set(self.gaps)) <= 1

    @property
    def is_listed(self) -> bool:
        """Tell whether a sign stands between the groups that also parts a list."""
        return any(sign in _LISTS for gap in self.gaps for sign in gap)

    @property
    def is_whole(self) -> bool:
        """Tell whether it is rather one number than a list: by its signs, or by groups too long for a list's items."""
        return not self.is_listed or (self.is_even and all(size >= _WHOLE_GROUP for size in self.sizes[:-1]))

    def separated_by(self, separators: str) -> bool:
        """Tell whether no other sign stands between the digits."""
        return all(sign in separators for gap in self.gaps for sign in gap)


class Run(NamedTuple):
    """Groups of digits that stand so close that they may be one number."""

    text: str
    groups: tuple[tuple[int, int], ...]

    def windows(self, first: int, longest: int) -> Iterator[Window]:
        """Yield the windows that begin with the group `first`, short ones first, up to `longest` digits."""
        digits = ""
        for last in range(first, len(self.groups)):
            start, end = self.groups[last]
            digits += self.text[start:end]
            if len(digits) > longest:
                return
            groups = self.groups[first : last + 1]
            yield Window(
                text=self.text,
                start=groups[0][0],
                end=end,
                digits=digits,
                gaps=tuple(self.text[one[1] : two[0]] for one, two in pairwise(groups)),
                sizes=tuple(stop - begin for begin, stop in groups),
            )


def runs(text: str) -> Iterator[Run]:
    """Yield every run of seven digits or more, without those of hexadecimal strings of 32 digits or more."""
    for match in _RUN.finditer(text):
        groups = tuple(
            group.span() for group in _GROUP.finditer(text, *match.span()) if not _in_hex(text, *group.span())
        )
        count = sum(end - start for start, end in groups)
        if count >= _FEWEST and (count >= _FEWEST_IN_LINK or not _in_link(text, match.start())):
            yield Run(text, groups)


def _in_link(text: str, start: int) -> bool:
    word = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    return text.find("://", word, start) >= 0


def _in_hex(text: str, start: int, end: int) -> bool:
    if not (text[start - 1 : start].isalpha() or text[end : end + 1].isalpha()):
        return False
    before = text[max(0, start - _AROUND) : start]
    left = start - len(before) + len(before.rstrip("0123456789abcdefABCDEF"))
    whole = _HEX.match(text, left)
    shortest = _SHORTENED_HEX if end - start < _SHORTENED_HEX else _SHORTEST_HEX
    if whole is None or whole.end() - left < shortest:
        return False
    return not (text[left - 1 : left].isalnum() or text[whole.end() : whole.end() + 1].isalnum())
