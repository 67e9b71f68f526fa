"""/unit/<instansi>/<unit>/riwayat/: what changed, newest first. Names and messages are strangers'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from generator.model.declared import Agency, Tier
from generator.model.history import Commit, TotalMoved
from generator.model.judged import UnitRecord

from . import addresses, dated
from .change_words import GROUP_OF, GROUPS, briefly, count
from .figures import PLACES, day, difference, number
from .frames import Frame
from .happenings import Gathered, Happening, Place, sentence
from .html import Html, escape, join, none, trail
from .words import TIERS

_OPEN = 20
"""Places of one commit shown at once; a whole worksheet at once is folded."""
_MAIL = re.compile(r"<?[^\s<>@]{1,100}@[^\s<>@]{1,255}>?")
_SUBJECT = 200
_MESSAGE = 4_000
"""Characters shown of a message's first line, and of the rest."""


def page(
    record: UnitRecord, past: Sequence[Happening], tip: Commit, frame: Frame, uncommitted: Iterable[str] = ()
) -> bytes:
    """Return the unit's history, from its happenings (newest first); `uncommitted` are files of its folder."""
    unit, agency, root = record.unit, record.agency, "../../../../"
    way = ((f"{root}unit/index.html", Html("Unit")), ("../index.html", escape(unit.name)))
    above = f'<a href="{root}{addresses.agency_history(agency.id)}">{escape(agency.name)}</a>'
    feeds = addresses.of_unit(record)
    brief = "<p>Isian pertama satu lembar diringkas; teksnya utuh di LKE tahun itu, atau pada perubahan berikutnya.</p>"
    about = f"{_about('berkas unit ini', tip)}{dated.uncommitted(uncommitted)}{brief}{addresses.shown(feeds, root)}"
    return frame.fill(
        {
            "isi": Html(
                f'{trail(way, Html("Riwayat"))}<h1>{escape(unit.name)} <span class="zi-year">Riwayat</span></h1>'
                f'<p class="zi-soft">{above}</p>{about}{_years(past, _FILTER, "Unit ini")}'
            ),
            "umpan": addresses.in_head(feeds, root),
        },
        title=f"{unit.name}: riwayat",
        description=f"Setiap perubahan data {unit.name}: kapan, oleh siapa, mengapa, dan siapa yang menyetujui.",
    )


def agency_page(agency: Agency, past: Sequence[Happening], tip: Commit, frame: Frame) -> bytes:
    """Return the history of an agency's own file, from its happenings (newest first)."""
    name, root = escape(agency.name), "../../"
    way = (("../index.html", Html("Perubahan")),)
    feeds = (addresses.of_agency(agency),)
    units = f'<p><a href="{root}unit/index.html#{agency.id}">Unit instansi ini</a> punya riwayat masing-masing.</p>'
    return frame.fill(
        {
            "isi": Html(
                f'{trail(way, name)}<h1>{name} <span class="zi-year">Riwayat</span></h1>'
                f"{_about('berkas instansi ini (instansi.yaml)', tip)}{units}{addresses.shown(feeds, root)}"
                f"{_years(past, '', 'Instansi ini')}"
            ),
            "umpan": addresses.in_head(feeds, root),
        },
        title=f"{agency.name}: riwayat",
        description=f"Setiap perubahan data {agency.name}: kapan, oleh siapa, mengapa, dan siapa yang menyetujui.",
    )


def _about(what: str, tip: Commit) -> Html:
    return Html(
        f'<p class="zi-lead">Setiap perubahan makna pada {what}, yang terbaru di atas. Tanggal, nama, dan '
        "persetujuan menurut catatan Git: hari Jakarta ketika perubahan masuk ke main.</p>"
        f'<p class="zi-as-of">Riwayat sampai commit <code>{tip.id[:12]}</code>.</p>'
    )


def _years(past: Sequence[Happening], choices: str, whose: str) -> Html:
    if not past:
        return none(f"{whose} belum ada di main, jadi belum ada riwayatnya.")
    by_year = sorted(past, key=lambda one: -one.day.year)  # stable: newest first inside a year
    years = [_year(year, tuple(those)) for year, those in groupby(by_year, key=lambda one: one.day.year)]
    opened = years[0].replace("<details", "<details open", 1)
    return Html(
        f'<div class="zi-riwayat">{choices}{opened}{"".join(years[1:])}'
        '<p class="zi-none zi-takada">Tidak ada perubahan yang cocok dengan pilihan ini.</p></div>'
    )


def _radios(name: str, label: str, choices: Sequence[tuple[str, str]]) -> str:
    items = [
        f'<label><input type="radio" name="{name}" id="{name}-{key}" autocomplete="off"> {words}</label>'
        for key, words in choices
    ]
    items[0] = items[0].replace(" autocomplete", " checked autocomplete", 1)
    return f"<fieldset><legend>{label}</legend>{''.join(items)}</fieldset>"


_FILTER = (
    '<div class="zi-saring">'
    + _radios("penilai", "Penilai", (("semua", "Semua"), *((tier.value, TIERS[tier]) for tier in Tier)))
    + _radios("jenis", "Jenis perubahan", (("semua", "Semua"), *GROUPS.items()))
    + "</div>"
)
"""Works by style alone (docs/gaya/riwayat.css); where the browser cannot, it is hidden and everything is shown."""


def _year(year: int, past: Sequence[Happening]) -> Html:
    told = [one for one in past if one.gathered]
    return Html(
        f'<details class="zi-tahun" id="tahun-{year}"><summary><h2>{year}</h2> '
        f'<span class="zi-soft">{len(told)} kali berubah</span></summary>'
        f"{join(map(_entry, told))}{_cosmetic(past)}</details>"
    )


def _entry(one: Happening) -> Html:
    if len(one.gathered) > _OPEN:
        body = _many(one.gathered)
    else:
        body = Html(f'<ul class="zi-ubahan">{join(map(_place, one.gathered))}</ul>')
    return Html(
        f'<article class="zi-entri" id="{one.anchor}"><h3>{day(one.day)} '
        f'<a class="zi-tetap" href="#{one.anchor}">{one.commit.id[:12]}</a></h3>{by(one.commit)}'
        f"{_totals(one.totals)}{body}</article>"
    )


def by(commit: Commit) -> Html:
    """Return who changed it, why, and who approved, all as Git has it."""
    writers = ", ".join(dict.fromkeys(commit.contributors or (commit.author,)))
    merged = f" · digabungkan oleh {_name(commit.author)}" if len(commit.parents) > 1 else ""
    approved = ", ".join(commit.approvals)
    approval = (
        f"disetujui: {_name(approved)} <span>menurut catatan Git</span>" if approved else "tanpa catatan persetujuan"
    )
    return Html(
        f'<div class="zi-oleh"><p>{_message(commit.message)}</p>{_rest(commit.message)}'
        f'<p class="zi-soft">Oleh {_name(writers)}{merged} · {approval}</p></div>'
    )


def _name(text: str) -> Html:
    return Html(f"<bdi>{escape(without_mail(text))}</bdi>")


def without_mail(text: str) -> str:
    """Return a stranger's text without e-mail addresses: none is published.

    >>> without_mail("Reviewed-by: TPI Contoh <tpi@contoh.example>")
    'Reviewed-by: TPI Contoh (alamat surel)'
    """
    return _MAIL.sub("(alamat surel)", text) if "@" in text else text


def _message(message: str) -> Html:
    first = without_mail(message).strip().partition("\n")[0]
    return Html(f"<bdi>{escape(first[:_SUBJECT])}{'…' if len(first) > _SUBJECT else ''}</bdi>" if first else "")


def _rest(message: str) -> Html:
    first, _, rest = without_mail(message).strip().partition("\n")
    more = first[_SUBJECT:] + ("\n" if first[_SUBJECT:] else "") + rest.strip()
    if not more:
        return Html("")
    cut = f"{more[:_MESSAGE]}…" if len(more) > _MESSAGE else more
    return Html(
        f'<details class="zi-pesan"><summary>Pesan lengkap</summary><p class="zi-said">{escape(cut)}</p></details>'
    )


def _totals(totals: Sequence[TotalMoved]) -> Html:
    if not totals:
        return Html("")
    items = "".join(f"<li>{total_moved(one)}</li>" for one in totals)
    return Html(f'<ul class="zi-geser">{items}</ul>')


def total_moved(one: TotalMoved) -> Html:
    """Return which total moved from what to what, in as many digits as show it."""
    name = f"total {TIERS[one.tier]} {one.year}"
    if one.before is None or one.after is None:
        was = "belum ada" if one.before is None else number(one.before)
        return Html(f"{name} {was} → <b>{'tidak ada lagi' if one.after is None else number(one.after)}</b>")
    places = PLACES
    while number(one.before, places) == number(one.after, places) and places < _MOST_PLACES:
        places += 1  # what moved must be seen to move
    return Html(f"{name} {number(one.before, places)} → <b>{number(one.after, places)}</b>")


_MOST_PLACES = 10


def _many(places: Sequence[Gathered]) -> Html:
    """Fold the places, sheet by sheet, and tell each in a short line: a whole worksheet is hundreds of them."""
    counted = count(change for one in places for change in one.changes)
    sheets = []
    for sheet, those in groupby(places, key=lambda one: Place(one.place.year, one.place.tier, "").words):
        rows = join(map(_row, those))
        sheets.append(f'<div class="zi-lembar"><h4>{sheet or "Unit"}</h4><ul class="zi-ubahan">{rows}</ul></div>')
    return Html(
        f'<details class="zi-banyak"><summary>{len(places)} bagian: {counted}</summary>{"".join(sheets)}</details>'
    )


def _row(one: Gathered) -> Html:
    code = escape(one.place.code) if one.place.tier is not None else ""
    points = f"{_points(one)}; " if one.moved is not None else ""
    return Html(
        f'<li class="{_looks(one)}" id="{one.anchor}"><a href="#{one.anchor}">{code or "#"}</a> '
        f"{points}{briefly(one.changes)}</li>"
    )


def _place(one: Gathered) -> Html:
    points = f' <span class="zi-soft">({_points(one)} poin)</span>' if one.moved is not None else ""
    return Html(
        f'<li class="{_looks(one)}" id="{one.anchor}"><bdi>{sentence(one)}</bdi>{points} '
        f'<a class="zi-tetap" href="#{one.anchor}" aria-label="Tautan tetap">#</a></li>'
    )


_TIER_LOOKS = {Tier.MANDIRI: "tm", Tier.TPI: "ti", Tier.TPN: "tn"}
_LOOKS = dict(zip(GROUPS, ("kj", "kb", "kp", "kc", "ks", "kd", "ku"), strict=True))
"""What docs/gaya/riwayat.css filters by; short, for a page has a thousand of them."""


def _looks(one: Gathered) -> str:
    tier = (_TIER_LOOKS[one.place.tier],) if one.place.tier is not None else ()
    return " ".join((*tier, *dict.fromkeys(_LOOKS[GROUP_OF[change.kind]] for change in one.changes)))


def _points(one: Gathered) -> Html:
    moved = one.moved
    return difference(moved.after - moved.before) if moved is not None else Html("")


def _cosmetic(past: Sequence[Happening]) -> Html:
    """Fold what changed no meaning: counted, and named by its commits."""
    found = [one for one in past if one.cosmetic]
    if not found:
        return Html("")
    total = sum(map(attrgetter("cosmetic"), found))
    return Html(
        f'<details class="zi-tampilan"><summary>{total} perubahan tampilan tanpa perubahan makna</summary>'
        f"<ul>{join(_cosmetic_rows(found))}</ul></details>"
    )


def _cosmetic_rows(found: Sequence[Happening]) -> Iterator[str]:
    for one in found:
        here = "" if one.gathered else f' id="{one.anchor}"'
        yield (
            f"<li{here}>{day(one.day)} <code>{one.commit.id[:12]}</code> {_message(one.commit.message)} "
            f'<span class="zi-soft">{_name(one.commit.author)}</span></li>'
        )
