"""Small charts as inline SVG, drawn from exact numbers. Each stands beside a table that says the same.

Shapes and dashes tell what belongs together, colour only repeats them; colours come from docs/gaya/grafik.css, so that
a chart follows the page into the dark and onto paper. Names and labels are finished HTML without tags.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from generator.model.exact import decimal_text

from .figures import short
from .html import Html, join

_WIDTH = 320
"""Of the drawing, in its own units: on a phone about a pixel each."""
_LEFT, _RIGHT = 34, 310
_TOP, _FOOT = 30, 138
_LABELS = 154
_MOST_LABELS = 8
_MARK = 4
_BAR_TOP, _BAR_FOOT, _BAR_LABELS = 22, 84, 100
_WIDEST_BAR = 34


class About(NamedTuple):
    """What a chart says of itself to whoever does not see it. Finished HTML without tags."""

    anchor: str
    """Makes its ids unique on the page."""
    title: str
    description: str


class Line(NamedTuple):
    """One row of values, one per label; None where there is none."""

    name: str
    values: Sequence[Fraction | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """From where to where the values of a chart go."""

    low: Fraction
    high: Fraction

    def part(self, value: Fraction) -> Fraction:
        """Return how far up the value lies, 0 to 1; beyond the scale it lies on its edge."""
        return max(Fraction(0), min(Fraction(1), (value - self.low) / (self.high - self.low)))


def lines(
    about: About,
    labels: Sequence[str],
    rows: Sequence[Line],
    scale: Scale,
    *,
    breaks: Collection[int] = (),
) -> Html:
    """Return a chart of at most four rows of dots, joined where one value follows the other.

    No line leads to a label whose place is in `breaks`: what stands before it cannot be compared with what follows.
    """
    across = _places(len(labels))
    parts = [
        *_grid(scale),
        *(_divider(across, place) for place in sorted(breaks)),
        *(one for place, row in enumerate(rows) for one in _row(place, row, across, scale, breaks)),
        *_names(rows),
        *_under(labels, across, _LABELS),
    ]
    return _figure(about, _LABELS + 8, parts)


def bars(
    about: About,
    labels: Sequence[str],
    values: Sequence[int | None],
    *,
    apart: Collection[int] = (),
    unfinished: Collection[int] = (),
) -> Html:
    """Return a chart with a bar for each count, its figure above it; "–" where there is none.

    Bars whose place is in `apart` are hatched, those in `unfinished` only outlined.
    """
    slot = Fraction(_WIDTH, max(len(labels), 1))
    across = tuple(slot * place + slot / 2 for place in range(len(labels)))
    most = max((value for value in values if value), default=1)
    width = min(Fraction(_WIDEST_BAR), slot * 3 / 5)
    parts = [f'<path class="zi-sumbu" d="M0 {_BAR_FOOT}H{_WIDTH}"/>']
    for place, (middle, value) in enumerate(zip(across, values, strict=True)):
        height = Fraction(_BAR_FOOT - _BAR_TOP) * (value or 0) / most
        top = _BAR_FOOT - height
        if value:
            look = " zi-batang--belum" if place in unfinished else " zi-batang--awal" if place in apart else ""
            parts.append(
                f'<rect class="zi-batang{look}" x="{_at(middle - width / 2)}" y="{_at(top)}" '
                f'width="{_at(width)}" height="{_at(height)}"/>'
            )
        parts.append(_text(middle, top - 5, "–" if value is None else str(value), "zi-angka-grafik"))
    parts += _under(labels, across, _BAR_LABELS)
    return _figure(about, _BAR_LABELS + 8, parts)


def _figure(about: About, height: int, parts: Sequence[str]) -> Html:
    anchor, title, description = about
    return Html(
        f'<svg class="zi-grafik" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-labelledby="{anchor}-judul {anchor}-uraian"><title id="{anchor}-judul">{title}</title>'
        f'<desc id="{anchor}-uraian">{description}</desc>{join(map(Html, parts))}</svg>'
    )


def _places(number: int) -> tuple[Fraction, ...]:
    """Return where the labels stand, from left to right; one alone in the middle."""
    wide = Fraction(_RIGHT - _LEFT)
    edge = min(wide / (2 * max(number, 1)), Fraction(40))
    step = (wide - 2 * edge) / (number - 1) if number > 1 else Fraction(0)
    first = _LEFT + (edge if number > 1 else wide / 2)
    return tuple(first + step * place for place in range(number))


def _grid(scale: Scale) -> Iterator[str]:
    for value in (scale.low, (scale.low + scale.high) / 2, scale.high):
        height = _height(scale, value)
        yield f'<path class="zi-kisi" d="M{_LEFT} {_at(height)}H{_RIGHT}"/>'
        yield _text(Fraction(_LEFT - 5), height + 4, short(value), "zi-skala")


def _divider(across: Sequence[Fraction], place: int) -> str:
    middle = (across[place - 1] + across[place]) / 2
    return f'<path class="zi-putus" d="M{_at(middle)} {_TOP - 4}V{_FOOT + 4}"/>'


def _row(place: int, row: Line, across: Sequence[Fraction], scale: Scale, breaks: Collection[int]) -> Iterator[str]:
    for run in _runs(row.values, breaks):
        points = [(across[one], _height(scale, value)) for one, value in run]
        if len(points) > 1:
            joined = " ".join(f"{_at(x)},{_at(y)}" for x, y in points)
            yield f'<polyline class="zi-garis zi-garis{place}" points="{joined}"/>'
        yield from (_mark(place, x, y) for x, y in points)


def _runs(values: Sequence[Fraction | None], breaks: Collection[int]) -> Iterator[list[tuple[int, Fraction]]]:
    """Yield what may be joined: values that follow one another with nothing missing and no break between."""
    run: list[tuple[int, Fraction]] = []
    for place, value in enumerate(values):
        if run and (value is None or place in breaks):
            yield run
            run = []
        if value is not None:
            run.append((place, value))
    if run:
        yield run


def _height(scale: Scale, value: Fraction) -> Fraction:
    return _FOOT - (_FOOT - _TOP) * scale.part(value)


def _mark(place: int, x: Fraction, y: Fraction) -> str:
    """Return the sign of a row: a disc, a square, a triangle, a ring."""
    look = f'class="zi-titik zi-titik{place}"'
    if place in {0, 3}:
        return f'<circle {look} cx="{_at(x)}" cy="{_at(y)}" r="{_MARK}"/>'
    if place == 1:
        return f'<rect {look} x="{_at(x - _MARK)}" y="{_at(y - _MARK)}" width="{2 * _MARK}" height="{2 * _MARK}"/>'
    return f'<path {look} d="M{_at(x)} {_at(y - _MARK - 1)}l{_MARK + 1} {2 * _MARK}h-{2 * _MARK + 2}z"/>'


def _names(rows: Sequence[Line]) -> Iterator[str]:
    for place, row in enumerate(rows):
        x = 8 + Fraction(_WIDTH - 8, len(rows)) * place
        yield _mark(place, x, Fraction(12))
        yield _text(x + 9, Fraction(16), row.name, "zi-nama-grafik")


def _under(labels: Sequence[str], across: Sequence[Fraction], y: int) -> Iterator[str]:
    step = -(-len(labels) // _MOST_LABELS) or 1  # the last one always shows
    for place, (label, x) in enumerate(zip(labels, across, strict=True)):
        if (len(labels) - 1 - place) % step == 0:
            yield _text(x, Fraction(y), label, "zi-label-grafik")


def _text(x: Fraction, y: Fraction, words: str, look: str) -> str:
    return f'<text class="{look}" x="{_at(x)}" y="{_at(y)}">{words}</text>'


def _at(value: Fraction) -> str:
    return decimal_text(value, 1)
