"""Changes as Atom feeds (RFC 4287): of all units, of each agency, of each unit; the newest fifty of each.

Times are the committers', in UTC; nothing is stamped with the day of the build. Order is main's, whatever clocks say.
An id is of the site, of the unit at the time, and of the commit: neither a rebuild nor a move of the unit changes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from urllib.parse import quote, urlsplit

from generator.model.history import Change, ChangeKind, Commit, Step
from generator.registry.telling import MOVED_FILE

from . import addresses
from .change_parts import count
from .happenings import anchor
from .history_page import without_mail
from .html import escape

_NOBODY = "registri-zi.invalid"
"""Whose ids these are where the site has no address: a name nobody can own (RFC 2606)."""
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_MOST = 50
_TITLE = "Registri Zona Integritas"


def tag(site: str) -> str:
    """Return what every id of the site begins with (RFC 4151): its host and folder; of no address, a constant.

    >>> tag("https://zi.contoh.example/registri/")
    'tag:zi.contoh.example,2026:registri/'
    >>> tag("")
    'tag:registri-zi.invalid,2026:'
    """
    parts = urlsplit(site)
    host = parts.hostname or ""
    if not _HOST.fullmatch(host):
        return f"tag:{_NOBODY},2026:"
    folder = quote(parts.path.strip("/"), safe="/%~")
    return f"tag:{host},2026:{folder}{'/' if folder else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one commit did to one unit, or to an agency's own file."""

    commit: Commit
    subject: str
    """"instansi/unit" as it was then, or "instansi" for an agency's own file."""
    name: str
    page: str
    """Site-relative address of the page that tells it."""
    changes: tuple[Change, ...]

    @property
    def order(self) -> tuple[int, str]:
        """Main's order; of one commit, that of the ids."""
        return self.commit.position, self.subject


def entries(subject: str, name: str, page: str, steps: Iterable[Step]) -> list[Entry]:
    """Return the newest commits that changed something in meaning, newest first. Steps come oldest first."""
    found = []
    for _, group in groupby(steps, key=lambda step: step.version.commit.position):
        of_commit = tuple(group)
        changes = tuple(change for step in of_commit for change in step.changes)
        if changes:
            commit = of_commit[0].version.commit
            then = _then(of_commit) if "/" in subject else subject
            address = f"{page}#{anchor(commit)}"
            found.append(Entry(commit=commit, subject=then, name=name, page=address, changes=changes))
    return _newest(found)


def _then(steps: Sequence[Step]) -> str:
    """Return the id the unit had after the steps of one commit."""
    changes = (change for step in steps for change in step.changes)
    moved = (change.after for change in changes if change.kind is ChangeKind.UNIT_MOVED and change.field == MOVED_FILE)
    return "/".join(next(moved, steps[0].version.path).split("/")[1:3])


@dataclass(slots=True, kw_only=True)
class Feeds:
    """Makes each unit's feed as it comes, and remembers the newest of every agency.

    `site` is the site's address, "" where it is not known: links are relative then. `tip` is where history ends: the
    time of a feed without entries.
    """

    site: str = ""
    agencies: dict[str, tuple[str, list[Entry]]] = field(default_factory=dict)
    """By id: name, and its newest entries."""

    def unit(self, unit_id: str, name: str, steps: Iterable[Step], tip: Commit) -> bytes:
        """Return the feed of a unit."""
        found = entries(unit_id, name, addresses.history(unit_id), steps)
        self._remember(unit_id.partition("/")[0], found)
        return self._feed(addresses.feed(unit_id), name, addresses.history(unit_id), found, tip)

    def agency(self, agency_id: str, name: str, steps: Iterable[Step]) -> None:
        """Take an agency's name and what happened to its own file."""
        self.agencies[agency_id] = name, self.agencies.get(agency_id, ("", []))[1]
        self._remember(agency_id, entries(agency_id, name, addresses.agency_history(agency_id), steps))

    def rest(self, tip: Commit) -> Iterator[tuple[str, bytes]]:
        """Yield the feeds of the agencies and of all, when every unit has come."""
        for agency_id, (name, found) in sorted(self.agencies.items()):
            path = addresses.feed(agency_id)
            yield path, self._feed(path, name, f"unit/index.html#{agency_id}", found, tip)
        every = _newest(entry for _, found in self.agencies.values() for entry in found)
        yield addresses.ALL_FEED, self._feed(addresses.ALL_FEED, "semua perubahan", addresses.CHANGES, every, tip)

    def _remember(self, agency_id: str, found: Sequence[Entry]) -> None:
        name, known = self.agencies.get(agency_id, (agency_id, []))
        self.agencies[agency_id] = name, _newest((*known, *found))

    def _feed(self, path: str, title: str, page: str, found: Sequence[Entry], tip: Commit) -> bytes:
        root = self.site or "../" * path.count("/")
        ids = tag(self.site)
        updated = found[0].commit.committed if found else tip.committed
        lines = (
            '<?xml version="1.0" encoding="utf-8"?>',
            '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id">',
            f"<id>{ids}{path.removesuffix('/atom.xml')}</id>",
            f"<title>{escape(f'{_TITLE}: {title}')}</title>",
            f"<updated>{_time(updated)}</updated>",
            f"<author><name>{_TITLE}</name></author>",
            f'<link rel="self" type="application/atom+xml" href="{escape(root + path)}"/>',
            f'<link rel="alternate" type="text/html" href="{escape(root + page)}"/>',
            *(_entry(entry, root, ids) for entry in found),
            "</feed>\n",
        )
        return "\n".join(lines).encode()


def _entry(entry: Entry, root: str, ids: str) -> str:
    commit = entry.commit
    counted = count(entry.changes)
    authors = "".join(
        f"<author><name>{escape(without_mail(name))}</name></author>" for name in commit.contributors if name.strip()
    )
    return (
        f"<entry><id>{ids}unit/{entry.subject}/{commit.id}</id>"
        f"<title>{escape(entry.name)}: {counted}</title>"
        f"<updated>{_time(commit.committed)}</updated>{authors}"
        f'<link rel="alternate" type="text/html" href="{escape(root + entry.page)}"/>'
        f"<summary>{_summary(commit, counted)}</summary></entry>"
    )


def _summary(commit: Commit, counted: str) -> str:
    said = without_mail(commit.message).strip().partition("\n")[0]
    approved = (
        f"disetujui {without_mail(', '.join(commit.approvals))}" if commit.approvals else "tanpa catatan persetujuan"
    )
    return f"{counted}. {escape(f'Pesan: {said}. ' if said else '')}{escape(f'Menurut catatan Git: {approved}.')}"


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _newest(found: Iterable[Entry]) -> list[Entry]:
    return sorted(found, key=lambda entry: entry.order, reverse=True)[:_MOST]
