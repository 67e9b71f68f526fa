"""The issues that remind of monitoring, as `gh issue list` gives them, and the marks by which they are known again.

The list is hostile: it is taken by its shape, and of a text only the marks count, on its first two lines. Whoever may
give an issue the label could forge one; `judging.reminding.steps` then takes the issue with the lowest number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.exchange.requests import LARGEST_NUMBER
from generator.model.reminder import Posted
from generator.reading.forge import load, refuse
from generator.reading.paths import is_id

LABEL = "pemantauan"
MOST = 5_000
"""Issues in a list. The workflow asks for as many: a full list may lack some, and theirs would be opened twice."""
_LARGEST = 16 * 1024 * 1024
"""Bytes of a list."""
_LONGEST = 100_000
"""Characters of a title or body; GitHub allows 65,536."""
_STATES = {"OPEN": True, "CLOSED": False}
_UNIT = re.compile(r"<!-- zi:pemantauan:([a-z0-9-]{1,100})/([a-z0-9-]{1,100}) -->", re.ASCII)
_MARK = re.compile(r"<!-- zi:tahap:([ -=?-~]{1,40}) -->", re.ASCII)


def marked(unit_id: str, mark: str, text: str) -> str:
    """Return the text of an issue under its marks."""
    return f"<!-- zi:pemantauan:{unit_id} -->\n<!-- zi:tahap:{mark} -->\n{text}"


def read_posted(path: Path) -> tuple[Posted, ...]:
    """Return the issues of the list that bear a unit's mark, in its order.

    Raises `Failure` where the file is no such list or may not hold all issues.
    """
    data = load(path, _LARGEST)
    if not isinstance(data, list):
        refuse(path, "isinya bukan daftar issue")
    if len(data) >= MOST:
        refuse(path, f"berisi {len(data)} issue, jadi mungkin terpotong")
    return tuple(_posted(data, path))


def _posted(data: list[Any], path: Path) -> Iterator[Posted]:
    for place, item in enumerate(data, start=1):
        fields = item if isinstance(item, dict) else {}
        number, title, state = fields.get("number"), fields.get("title"), fields.get("state")
        body = fields.get("body") or ""
        if type(number) is not int or not 0 < number <= LARGEST_NUMBER:
            refuse(path, f"number pada issue ke-{place} bukan bilangan bulat positif")
        if not isinstance(state, str) or state not in _STATES:
            refuse(path, f"state pada issue ke-{place} bukan OPEN atau CLOSED")
        if not all(isinstance(text, str) and len(text) <= _LONGEST for text in (title, body)):
            refuse(path, f"title atau body pada issue ke-{place} bukan teks sampai {_LONGEST} karakter")
        text = body.replace("\r\n", "\n").strip()
        first, _, rest = text.partition("\n")
        unit = _UNIT.fullmatch(first)
        if unit and is_id(unit[1]) and is_id(unit[2]):
            mark = _MARK.fullmatch(rest.partition("\n")[0])
            yield Posted(
                number=number,
                is_open=_STATES[state],
                unit_id=f"{unit[1]}/{unit[2]}",
                mark=mark[1] if mark else "",
                title=str(title),
                body=text,
            )
