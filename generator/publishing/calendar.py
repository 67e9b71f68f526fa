"""Due monitoring as iCalendar (RFC 5545): what a calendar program can subscribe to.

A line of a file ends where we end it: text of a unit is escaped (3.3.11), and no control character of it is left.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256

from .summary import Summary

ALL = "pemantauan/jatuh-tempo.ics"
AUTHORITY = "registri-zi.invalid"
"""Whose ids these are; a name that can never be anybody's host (RFC 2606)."""

_OCTETS = 75
"""Longest line without its end (3.1)."""
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff"
_CONTROL = re.compile(f"[\x00-\x1f\x7f-\x9f{_UNSEEN}]")
_SPECIAL = re.compile(r"[\\;,]")
# A calendar needs a component (3.6), also on a day when nothing is due: the zone its days are meant in.
_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Jakarta",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0700",
    "TZOFFSETTO:+0700",
    "TZNAME:WIB",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def files(units: Sequence[Summary], as_of: date) -> Iterator[tuple[str, bytes]]:
    """Yield the calendar of all units, of each body where there are several, of each once awarded unit.

    A body is one of an agency: "TPI" of two agencies are two.
    """
    yield ALL, _calendar("Jatuh tempo pemantauan Zona Integritas", units, as_of)
    bodies = by_body(units)
    if len(bodies) > 1:
        for (agency, body), found in bodies.items():
            name = f"Jatuh tempo pemantauan: {body}, {found[0].agency.name}"
            yield f"pemantauan/{body_file(agency, body)}", _calendar(name, found, as_of)
    for unit in units:
        if unit.awards:
            yield unit_file(unit.id), _calendar(f"Jatuh tempo pemantauan: {unit.name}", [unit], as_of)


def body_file(agency: str, body: str) -> str:
    """Return the name of a body's calendar in /pemantauan/: a body has no id, so its name is hashed."""
    return f"jatuh-tempo-{agency}-{sha256(body.encode('utf-8', 'replace')).hexdigest()[:8]}.ics"


def unit_file(unit_id: str) -> str:
    """Return the address of a unit's calendar."""
    return f"unit/{unit_id}/jatuh-tempo.ics"


def by_body(units: Iterable[Summary]) -> dict[tuple[str, str], list[Summary]]:
    """Return the units to be monitored by agency's id and body, sorted."""
    found: defaultdict[tuple[str, str], list[Summary]] = defaultdict(list)
    for unit in units:
        if unit.monitoring.due is not None and unit.monitoring.by:
            found[unit.agency.id, unit.monitoring.by].append(unit)
    return dict(sorted(found.items()))


def _calendar(name: str, units: Iterable[Summary], as_of: date) -> bytes:
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Registri Zona Integritas//ID", "CALSCALE:GREGORIAN")
    events = (line for unit in sorted(units, key=lambda unit: unit.id) for line in _event(unit, as_of))
    lines = (*head, f"X-WR-CALNAME:{_text(name)}", *_ZONE, *events, "END:VCALENDAR")
    return b"".join(map(_folded, lines))


def _event(unit: Summary, as_of: date) -> Iterator[str]:
    """Yield a day's event: one per unit, which moves when the unit was monitored, so its id stays."""
    held = unit.monitoring
    if held.due is None:
        return
    yield "BEGIN:VEVENT"
    yield f"UID:{unit.id.replace('/', '.')}@{AUTHORITY}"
    yield f"DTSTAMP:{_day(as_of)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_day(held.due)}"
    yield f"SUMMARY:{_text(f'Jatuh tempo pemantauan {held.predicate}: {unit.name}')}"
    yield f"DESCRIPTION:{_text(f'{unit.agency.name}. {held.reason}')}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(value: date) -> str:
    return value.isoformat().replace("-", "")


def _text(value: str) -> str:
    lines = _BREAK.split(value)
    return "\\n".join(_SPECIAL.sub(r"\\\g<0>", _CONTROL.sub("\ufffd", line)) for line in lines)


def _folded(line: str) -> bytes:
    """Return the line in pieces of at most 75 octets, none of which cuts a character."""
    pieces: list[str] = [""]
    room = _OCTETS
    for sign in line:
        size = len(sign.encode())
        if size > room:
            pieces.append("")
            room = _OCTETS - 1  # the space that continues a line
        pieces[-1] += sign
        room -= size
    return ("\r\n ".join(pieces) + "\r\n").encode()
