"""What changed last: five lines on a report card, ten on the home page, two hundred at /perubahan/."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from generator.model.declared import Agency, Unit

from . import addresses
from .figures import day
from .happenings import Happening
from .html import Html, Section, escape, join, none

_ON_CARD = 5
_ON_HOME = 10
_OF_REGISTRY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One happening of the registry, ready to be shown."""

    order: tuple[int, str]
    """Position on main and the id of the unit or agency."""
    day: date
    address: str
    """Of the happening, from the site's root."""
    name: Html
    """Of the unit or agency."""
    summary: Html


@dataclass(slots=True)
class Newest:
    """The newest lines of the registry; of more it keeps none."""

    lines: list[Line] = field(default_factory=list)

    def take(self, whose: Unit | Agency, page: str, past: Sequence[Happening]) -> None:
        """Take in what happened to a unit or an agency, newest first, told at `page`."""
        told = [one for one in past if one.gathered][:_OF_REGISTRY]
        self.lines += (
            Line(
                order=(one.commit.position, whose.id),
                day=one.day,
                address=f"{page}#{one.anchor}",
                name=escape(whose.name),
                summary=one.summary,
            )
            for one in told
        )
        self.lines = sorted(self.lines, key=lambda line: line.order, reverse=True)[:_OF_REGISTRY]


def section(past: Sequence[Happening]) -> Section:
    """Return what changed last in a unit, for its report card."""
    told = [one for one in past if one.gathered][:_ON_CARD]
    items = "".join(
        f'<li>{day(one.day)} <a href="riwayat/index.html#{one.anchor}">{one.summary}</a></li>' for one in told
    )
    latest = f'<ul class="zi-terakhir">{items}</ul>' if told else none("Belum ada perubahan yang tercatat.")
    more = '<p><a href="riwayat/index.html">Riwayat lengkap unit ini</a></p>'
    return Section("perubahan", "Perubahan terakhir", Html(latest + more))


def on_home(lines: Sequence[Line]) -> Html:
    """Return what changed last in the registry."""
    if not lines:
        return Html("")
    items = "".join(f"<li>{day(line.day)} {_line(line, '')}</li>" for line in lines[:_ON_HOME])
    return Html(
        f'<section><h2 id="perubahan">Perubahan terakhir</h2><ul class="zi-terakhir">{items}</ul>'
        '<p><a href="perubahan/index.html">Semua perubahan terbaru</a> · <a href="versi/index.html">Versi</a></p>'
        f"{addresses.shown((addresses.EVERYTHING,), '')}</section>"
    )


def by_day(lines: Sequence[Line] | None) -> Html:
    """Return what /perubahan/ lists; None where there is no history at all."""
    if lines is None:
        return none("Situs ini dibuat dari folder tanpa riwayat Git, jadi perubahan tidak dapat ditunjukkan.")
    if not lines:
        return none("Belum ada perubahan yang tercatat.")
    days: list[str] = [addresses.shown((addresses.EVERYTHING,), "../")]
    for when, those in groupby(lines, key=lambda line: line.day):  # by main's order: a clock may have gone back
        items = "".join(f"<li>{_line(line, '../')}</li>" for line in those)
        days.append(f'<section><h2>{day(when)}</h2><ul class="zi-terakhir">{items}</ul></section>')
    return join(days)


def _line(line: Line, root: str) -> Html:
    return Html(f'<b>{line.name}</b> <a href="{root}{line.address}">{line.summary}</a>')
