"""Where the pages and feeds of the past stand, from the site's root, and how other pages point to the feeds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.model.declared import Agency
from generator.model.judged import UnitRecord

from .html import Html, escape

CHANGES = "perubahan/index.html"
ALL_FEED = "perubahan/atom.xml"


def history(unit_id: str) -> str:
    """Return the page of a unit's past."""
    return f"unit/{unit_id}/riwayat/index.html"


def agency_history(agency_id: str) -> str:
    """Return the page of the past of an agency's own file."""
    return f"perubahan/{agency_id}/index.html"


def feed(subject: str) -> str:
    """Return the feed of a unit ("instansi/unit") or of an agency with all its units ("instansi")."""
    return f"unit/{subject}/atom.xml"


class Feed(NamedTuple):
    """A feed as a page names it."""

    title: str
    """Plain text."""
    path: str
    """From the site's root."""


EVERYTHING = Feed("semua perubahan", ALL_FEED)


def of_agency(agency: Agency) -> Feed:
    """Return the feed of an agency and all its units."""
    return Feed(f"{agency.name} dan semua unitnya", feed(agency.id))


def of_unit(record: UnitRecord) -> tuple[Feed, ...]:
    """Return the feeds a unit is in: its own, its agency's, everybody's."""
    return Feed(record.unit.name, feed(record.unit.id)), of_agency(record.agency), EVERYTHING


def in_head(feeds: Iterable[Feed], root: str) -> Html:
    """Return what feed readers look for in a page's head; `root` leads from the page to the site's root."""
    return Html(
        "\n".join(
            f'<link rel="alternate" type="application/atom+xml" title="{escape(one.title)}" href="{root}{one.path}">'
            for one in feeds
        )
    )


def shown(feeds: Iterable[Feed], root: str) -> Html:
    """Return the same for people."""
    links = ", ".join(f'<a href="{root}{one.path}">{escape(one.title)}</a>' for one in feeds)
    return Html(f'<p class="zi-umpan">Ikuti lewat umpan Atom: {links}.</p>')
