"""Changes as Atom feeds (RFC 4287): of all units, of each agency, of each unit; the newest fifty of each.

Times are the committers', in UTC; nothing is stamped with the day of the build. Order is main's, whatever clocks say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby

from generator.model.history import Change, ChangeKind, Commit, Step

from .history_page import without_mail
from .html import escape

ALL = "perubahan/atom.xml"
_TAG = "tag:registri-zi.invalid,2026"
"""Whose ids these are (RFC 4151): a name nobody can own, so that ids outlive a move to another host."""
_MOST = 50
_TITLE = "Registri Zona Integritas"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one commit did to one unit, or to an agency's own file."""

    commit: Commit
    subject: str
    """"instansi/unit", or "instansi" for an agency's own file."""
    name: str
    page: str
    """Site-relative address of the page it can be seen on."""
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
            found.append(Entry(commit=commit, subject=subject, name=name, page=page, changes=changes))
    return _newest(found)


@dataclass(slots=True, kw_only=True)
class Feeds:
    """Makes each unit's feed as it comes, and remembers the newest of every agency.

    `tip` is where history ends: the time of a feed without entries.
    """

    agencies: dict[str, tuple[str, list[Entry]]] = field(default_factory=dict)
    """By id: name, and its newest entries."""

    def unit(self, unit_id: str, name: str, steps: Iterable[Step], tip: Commit) -> Iterator[tuple[str, bytes]]:
        """Yield the feed of a unit."""
        page = f"unit/{unit_id}/index.html"
        found = entries(unit_id, name, page, steps)
        self._remember(unit_id.partition("/")[0], found)
        yield feed(f"unit/{unit_id}/atom.xml", name, page, found, tip.committed)

    def agency(self, agency_id: str, name: str, steps: Iterable[Step]) -> None:
        """Take an agency's name and what happened to its own file."""
        self.agencies[agency_id] = name, self.agencies.get(agency_id, ("", []))[1]
        self._remember(agency_id, entries(agency_id, name, "unit/index.html", steps))

    def rest(self, tip: Commit) -> Iterator[tuple[str, bytes]]:
        """Yield the feeds of the agencies and of all, when every unit has come."""
        for agency_id, (name, found) in sorted(self.agencies.items()):
            yield feed(f"unit/{agency_id}/atom.xml", name, "unit/index.html", found, tip.committed)
        every = _newest(entry for _, found in self.agencies.values() for entry in found)
        yield feed(ALL, "semua perubahan", "index.html", every, tip.committed)

    def _remember(self, agency_id: str, found: Sequence[Entry]) -> None:
        name, known = self.agencies.get(agency_id, (agency_id, []))
        self.agencies[agency_id] = name, _newest((*known, *found))


def feed(path: str, title: str, page: str, found: Sequence[Entry], otherwise: datetime) -> tuple[str, bytes]:
    """Return a feed with its address; `otherwise` is its time where it has no entries."""
    up = "../" * path.count("/")
    updated = found[0].commit.committed if found else otherwise
    lines = (
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id">',
        f"<id>{_TAG}:{path.removesuffix('/atom.xml')}</id>",
        f"<title>{escape(f'{_TITLE}: {title}')}</title>",
        f"<updated>{_time(updated)}</updated>",
        f"<author><name>{_TITLE}</name></author>",
        '<link rel="self" type="application/atom+xml" href="atom.xml"/>',
        f'<link rel="alternate" type="text/html" href="{up}{page}"/>',
        *(_entry(entry, up) for entry in found),
        "</feed>\n",
    )
    return path, "\n".join(lines).encode()


def _entry(entry: Entry, up: str) -> str:
    commit = entry.commit
    counted = _counted(entry.changes)
    authors = "".join(
        f"<author><name>{escape(without_mail(name))}</name></author>" for name in commit.contributors if name.strip()
    )
    return (
        f"<entry><id>{_TAG}:unit/{entry.subject}/{commit.id}</id>"
        f"<title>{escape(entry.name)}: {counted}</title>"
        f"<updated>{_time(commit.committed)}</updated>{authors}"
        f'<link rel="alternate" type="text/html" href="{up}{entry.page}"/>'
        f"<summary>{_summary(commit, counted)}</summary></entry>"
    )


def _counted(changes: Iterable[Change]) -> str:
    """Say how many changes of each kind there are: "2 dijawab, 1 bukti ditambah"."""
    counts = Counter(change.kind for change in changes)
    return ", ".join(f"{counts[kind]} {kind.replace('-', ' ')}" for kind in ChangeKind if kind in counts)


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
