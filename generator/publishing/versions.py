"""/versi/: the repository's tags, newest first, and what changed from each to the next. Their text is strangers'.

Order is the position on main's line, whatever clocks say. A tag of a commit that is not on it is only listed: what lies
between could not be told without reading another line.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from generator.model.day import jakarta_day
from generator.model.declared import Tier
from generator.model.history import Commit, Tag, TotalMoved

from .change_parts import count
from .figures import day
from .happenings import Happening
from .history_page import total_moved, without_mail
from .html import Column, Html, Section, contents, escape, join, none, sections, table

_ROWS = 300
"""Units shown between two versions; of more, how many they are. A page of a large registry stays a page."""
_MESSAGE = 2_000
_NOT_IN_ADDRESS = re.compile(r"[^A-Za-z0-9.]+")
_COLUMNS = (Column("Unit"), Column("Perubahan", "luas"), Column("Total yang bergeser", "luas"))
_HOW = (
    "<p>Versi adalah tag Git pada main: nama tetap bagi satu keadaan registri, misalnya pada akhir tahun. "
    "Pengelola membuatnya dengan <code>git tag -a 2026-12 -m &quot;Keadaan akhir 2026&quot;</code> dan mengirimnya "
    "dengan <code>git push origin 2026-12</code>; situs yang dibuat sesudah itu memuatnya di sini.</p>"
)


@dataclass(slots=True)
class _Span:
    """What changed between two tags."""

    rows: list[tuple[Html, Html, Html]] = field(default_factory=list)
    subjects: int = 0
    changes: int = 0


class Versions:
    """Gathers, unit by unit, what changed from tag to tag; what it keeps does not grow with the units."""

    def __init__(self, tags: Iterable[Tag], line: Sequence[Commit]) -> None:
        """`line` is main's, oldest first; empty where there is no history at all."""
        positions = {commit.id: commit.position for commit in line}
        by_name = sorted(tags, key=lambda tag: tag.name)
        self._elsewhere = [tag for tag in by_name if tag.commit not in positions]
        known = ((positions[tag.commit], tag) for tag in by_name if tag.commit in positions)
        self._tags = sorted(known, key=lambda one: one[0])  # stable: of one commit, by name
        self._bounds = [position for position, _ in self._tags]
        self._spans = [_Span() for _ in range(len(self._tags) + 1)]
        """Up to each tag, the last since the last tag."""
        self._line = line

    def take(self, name: str, address: str, past: Sequence[Happening]) -> None:
        """Take in the happenings (newest first) of a unit or an agency; `address` is of its history, "" for none."""
        if not self._tags:
            return
        told = (one for one in past if one.gathered)
        for place, group in groupby(told, key=lambda one: bisect_left(self._bounds, one.commit.position)):
            those = tuple(group)
            changes = [change for one in those for gathered in one.gathered for change in gathered.changes]
            span = self._spans[place]
            span.subjects += 1
            span.changes += len(changes)
            if len(span.rows) < _ROWS:
                linked = Html(f'<a href="../{address}">{escape(name)}</a>') if address else escape(name)
                span.rows.append((linked, Html(count(changes)), _totals(those)))

    def page(self) -> Html:
        """Return what /versi/ shows, when all have been taken in."""
        if not self._line:
            return none("Situs ini dibuat dari folder tanpa riwayat Git, jadi tidak ada versi untuk ditunjukkan.")
        if not self._tags and not self._elsewhere:
            return Html(none("Registri ini belum mempunyai versi.") + _HOW)
        parts = [*self._parts(), *([self._others()] if self._elsewhere else [])]
        entries = [(part.anchor, part.title) for part in parts]
        return Html(f'<div class="zi-with-toc">{contents(entries, "Versi")}<div>{sections(parts)}{_HOW}</div></div>')

    def _parts(self) -> Iterator[Section]:
        """Yield what came after the last tag, then tag by tag, newest first."""
        if not self._tags:
            return
        names = [_plain(tag) for _, tag in self._tags]
        anchors = _anchors([tag for _, tag in self._tags])
        tip = self._line[-1]
        latest = f"Sampai commit <code>{tip.id[:12]}</code>, {day(jakarta_day(tip.committed))} menurut catatan Git."
        since = _changes(self._spans[-1], names[-1], self._line[self._bounds[-1]], tip)
        yield Section("sejak-versi-terakhir", "Sejak versi terakhir", Html(f'<p class="zi-soft">{latest}</p>{since}'))
        for place in reversed(range(len(self._tags))):
            position, tag = self._tags[place]
            start = self._line[self._bounds[place - 1]] if place else None
            before = names[place - 1] if place else Html("awal registri")
            changes = _changes(self._spans[place], before, start, self._line[position])
            yield Section(anchors[place], _name(tag), Html(_about(tag) + changes))

    def _others(self) -> Section:
        items = "".join(f"<li><b>{_name(tag)}</b>{_about(tag)}</li>" for tag in self._elsewhere)
        words = (
            "<p>Tag ini tidak menandai commit pada garis main sampai commit "
            f"<code>{self._line[-1].id[:12]}</code>, jadi tidak dibandingkan.</p>"
        )
        return Section("di-luar-main", "Di luar garis main", Html(f"{words}<ul>{items}</ul>"))


def _plain(tag: Tag) -> Html:
    return escape(without_mail(tag.name))


def _name(tag: Tag) -> Html:
    return Html(f"<bdi>{_plain(tag)}</bdi>")


def _anchors(tags: Iterable[Tag]) -> list[str]:
    """Return an address for each tag: its name as far as an address can hold it, numbered where that is not enough."""
    taken: dict[str, int] = {}
    found = []
    for tag in tags:
        name = _NOT_IN_ADDRESS.sub("-", tag.name).strip("-") or "tag"
        taken[name] = taken.get(name, 0) + 1
        found.append(f"v-{name}" + (f"--{taken[name]}" if taken[name] > 1 else ""))
    return found


def _about(tag: Tag) -> Html:
    named = "Tidak menandai sebuah commit."
    if tag.commit is not None:
        made = day(jakarta_day(tag.made))
        named = f"Commit <code>{escape(tag.commit[:12])}</code>, {made} menurut catatan Git."
    message = without_mail(tag.message).strip()
    cut = f"{message[:_MESSAGE]}…" if len(message) > _MESSAGE else message
    said = f'<p class="zi-said">{escape(cut)}</p>' if cut else ""
    return Html(f'<p class="zi-soft">{named}</p>{said}')


def _changes(span: _Span, before: Html, start: Commit | None, end: Commit) -> Html:
    """Return what changed in the span; `before` names where it starts."""
    if not span.subjects:
        return Html(f'<p class="zi-none">Tidak ada perubahan makna sejak <bdi>{before}</bdi>.</p>')
    counted = f"{_thousands(span.changes)} perubahan makna pada {_thousands(span.subjects)} unit atau instansi"
    more = span.subjects - len(span.rows)
    rest = f"<p>Dan {_thousands(more)} yang lain; semuanya ada di riwayat masing-masing.</p>" if more else ""
    ask = f"<p>Rinciannya: <code>zi diff {start.id[:12]} {end.id[:12]}</code></p>" if start is not None else ""
    return Html(
        f'<details class="zi-antara"><summary>Sejak <bdi>{before}</bdi>: {counted}</summary>'
        f"{table(f'Perubahan sejak {before}', _COLUMNS, span.rows)}{rest}{ask}</details>"
    )


def _thousands(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def _totals(past: Sequence[Happening]) -> Html:
    """Return the totals that are others after the happenings (newest first) than before."""
    moved: dict[tuple[int, Tier], TotalMoved] = {}
    for one in (one for happening in past for one in happening.totals):
        later = moved.get((one.year, one.tier), one)
        moved[one.year, one.tier] = TotalMoved(year=one.year, tier=one.tier, before=one.before, after=later.after)
    items = [f"<li>{total_moved(one)}</li>" for _, one in sorted(moved.items()) if one.before != one.after]
    return Html(f'<ul class="zi-geser">{join(items)}</ul>' if items else "")
