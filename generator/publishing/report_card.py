"""/unit/<instansi>/<unit>/: what one unit holds, what the data say, and whether it is looked after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from generator.model.declared import EventKind, Predicate, PredicateEvent, Tier
from generator.model.instrument import Area
from generator.model.judged import Assessment, Gap, UnitRecord

from . import addresses, life, recent, since_judged, trends, vitality, words
from .figures import day, difference, number, percent
from .frames import Frame
from .happenings import Happening
from .html import Column, Html, Section, badge, contents, escape, facts, link_out, none, sections, source, table, trail
from .verdicts import conditions, deciding_sentence, verdict_badges

_WIDEST = 10
"""How many of the questions with the widest gaps the card names."""


def page(
    record: UnitRecord,
    frame: Frame,
    past: Sequence[Happening] | None = None,
    more: Sequence[Section] = (),
    *,
    alive: Sequence[Section] = (),
) -> bytes:
    """Return the unit's report card; without `past` (newest first) it says nothing of what changed.

    `alive` comes after what was judged, `more` after what changed.
    """
    unit = record.unit
    last = shown_year(record.assessments)
    changed = (recent.section(past),) if past is not None else ()
    feeds = addresses.of_unit(record) if past is not None else ()
    found = (*_judged(record, last), *alive, *life.parts(record), *changed, *more, _about(record))
    parts = [part for part in found if part.body]
    entries = [(part.anchor, part.title) for part in parts]
    body = Html(
        f"{trail((('../../index.html', 'Unit'),), escape(unit.name))}"
        f"<h1>{escape(unit.name)}</h1>"
        f'<p class="zi-soft">{_where(record)}</p>'
        f'{_overview(record, last)}<div class="zi-with-toc">{contents(entries)}<div>{sections(parts)}</div></div>'
    )
    return frame.fill(
        {"isi": body, "umpan": addresses.in_head(feeds, "../../../")},
        title=unit.name,
        description=f"{unit.name}, {record.agency.name}: predikat, nilai, syarat WBK dan WBBM, dan pemantauan.",
    )


def shown_year(assessments: Sequence[Assessment]) -> Assessment | None:
    """Return the last year somebody answered; where nobody ever did, the last year."""
    answered = [one for one in assessments if one.deciding is not None]
    return next(reversed(answered or assessments), None)


def _where(record: UnitRecord) -> Html:
    agency = f'<a href="../../index.html#{record.agency.id}">{escape(record.agency.name)}</a>'
    return Html(f"{agency} · {escape(record.unit.place)}" if record.unit.place else agency)


def _overview(record: UnitRecord, last: Assessment | None) -> Html:
    cards = (
        ("Predikat yang disandang", _predicate(record)),
        ("Memenuhi syarat menurut data", _according_to_data(last)),
        ("Nilai", _total(last)),
        ("Pemantauan", _monitoring(record)),
        *((("Program", vitality.brief(record.life)),) if record.life is not None else ()),
    )
    items = "".join(f"<div><h2>{title}</h2>{body}</div>" for title, body in cards)
    return Html(f'<div class="zi-cards">{items}</div>')


def award_in_force(record: UnitRecord) -> PredicateEvent | None:
    """Return the event that awarded the predicate held."""
    held = record.monitoring
    for event in reversed(record.unit.events):
        if (event.kind, event.predicate, event.dated) == (EventKind.DITETAPKAN, held.predicate, held.since):
            return event
    return None


def _predicate(record: UnitRecord) -> Html:
    held = record.monitoring
    if held.predicate is None:
        until = f"<p>Tidak dapat diusulkan sampai {day(held.barred_until)}.</p>" if held.barred_until else ""
        return Html(f'<p class="zi-big">{words.status(held.status)}</p>{until}')
    event = award_in_force(record)
    decree = f"Keputusan {escape(event.number)}, " if event and event.number else "Ditetapkan "
    cite = f" {source(event.source)}" if event and event.source else ""
    return Html(
        f'<p class="zi-big">{held.predicate}</p><p>{words.PREDICATES[held.predicate]}</p>'
        f'<p class="zi-soft">{decree}{day(held.since)}.{cite}</p>'
    )


def _according_to_data(last: Assessment | None) -> Html:
    if last is None or last.deciding is None:
        return none("Belum ada penilaian.")
    result = last.results[last.deciding]
    unanswered = len(result.score.unanswered)
    why = f"{unanswered} pertanyaan belum dijawab. " if unanswered else ""
    return Html(
        f'<p class="zi-verdicts">{verdict_badges(result)}</p>'
        f'<p class="zi-soft">{why}Bukan predikat: perbandingan angka {last.declared.year} dengan syaratnya.</p>'
    )


def _total(last: Assessment | None) -> Html:
    if last is None or last.deciding is None:
        return none("Belum ada nilai.")
    total = number(last.results[last.deciding].score.total)
    kind = "Prakiraan menurut" if last.forecast else "Menurut"
    year = last.declared.year
    return Html(
        f'<p class="zi-big">{total} <small>/ 100</small></p>'
        f'<p>{kind} {words.TIERS[last.deciding]}, {year}.</p><p><a href="{year}/index.html">Lihat LKE {year}</a></p>'
    )


def _monitoring(record: UnitRecord) -> Html:
    held = record.monitoring
    when = f"<p>{words.due(held)}</p>" if held.due or held.barred_until else ""
    by = f'<p class="zi-soft">Pelaksana: {escape(held.by)}</p>' if held.by else ""
    return Html(f'<p class="zi-big">{words.status(held.status)}</p>{when}{by}')


def _judged(record: UnitRecord, last: Assessment | None) -> Iterator[Section]:
    if last is None or not last.results:
        yield Section("penilaian", "Penilaian", none("Belum ada penilaian untuk unit ini."))
    else:
        year = last.declared.year
        if last.deciding is not None:
            said = deciding_sentence(last) + since_judged.summary(last, f"{year}/index.html")
            shown = conditions(last, last.results[last.deciding])
            yield Section("syarat", f"Syarat WBK dan WBBM, {year}", Html(said + shown))
        yield Section("area", f"Enam area, {year}", _areas(last))
        yield Section("selisih", f"Selisih antarpenilai, {year}", _gaps(last))
    if record.assessments:
        yield Section("tahun", "Nilai per tahun", _years(record.assessments))


def _areas(last: Assessment) -> Html:
    columns = [Column("Area"), Column("Bobot", "angka")]
    columns += [Column(words.TIERS[tier], "angka") for tier in last.results]
    rows = [_area(area, last) for area in last.instrument.areas]
    return table("Pemenuhan dan Reform bersama, poin dan bagian dari bobot", columns, rows)


def _area(area: Area, last: Assessment) -> tuple[Html, ...]:
    nodes = [[result.score.nodes[code] for code in area.groups] for result in last.results.values()]
    weight = sum((node.weight for node in nodes[0]), Fraction(0))
    cells = []
    for below in nodes:
        points = sum((node.score for node in below), Fraction(0))
        unanswered = sum(node.unanswered for node in below)
        open_ = f'<span class="zi-open">{unanswered} belum dijawab</span>' if unanswered else ""
        share = f'<span class="zi-soft">{percent(points / weight)}</span>' if weight else ""
        cells.append(Html(f"{number(points)} {share}{open_}"))
    first = f'<a href="{last.declared.year}/index.html#{area.groups[0]}">{area.code}. {escape(area.name)}</a>'
    return (Html(first), number(weight), *cells)


def _gaps(last: Assessment) -> Html:
    tiers = tuple(last.results)
    if len(tiers) < 2:  # noqa: PLR2004 - a difference needs two
        return none(f"Baru satu penilai: {words.TIER_NAMES[tiers[0]]}. Selisih tampil sesudah penilai berikutnya.")
    names = {"total": "Total", **{f"area-{area.code}": f"{area.code}. {area.name}" for area in last.instrument.areas}}
    rows = [
        _gap(Html(f"<b>{name}</b>") if code == "total" else escape(name), last.gaps[code], tiers)
        for code, name in names.items()
        if code in last.gaps
    ]
    first = table("Selisih poin, total dan per area", _gap_columns("Bagian", tiers), rows)
    return Html(f"<p>Selisih negatif berarti penilai berikutnya lebih ketat.</p>{first}{_widest(last, tiers)}")


def _gap_columns(first: str, tiers: Sequence[Tier]) -> tuple[Column, ...]:
    return (
        Column(first),
        *(Column(words.TIERS[tier], "angka") for tier in tiers),
        *(Column(f"{words.TIERS[later]} − {words.TIERS[earlier]}", "angka") for earlier, later in pairwise(tiers)),
    )


def _gap(name: Html, gap: Gap, tiers: Sequence[Tier]) -> tuple[Html, ...]:
    values = [gap.scores.get(tier) for tier in tiers]
    unsaid = badge("kosong", "○", "belum dijawab")
    shown = [unsaid if value is None else number(value) for value in values]
    steps = [
        Html("–") if earlier is None or later is None else difference(later - earlier)
        for earlier, later in pairwise(values)
    ]
    return (name, *shown, *steps)


def _widest(last: Assessment, tiers: Sequence[Tier]) -> Html:
    """Name the questions on which the tiers differ most, by value: a weighted question's gap is in points."""
    found = []
    asked = [last.results[tier].score.questions for tier in tiers]
    codes = last.instrument.questions
    answers = zip(*([questions[code].given for code in codes] for questions in asked), strict=True)
    for code, given in zip(codes, answers, strict=True):
        if len({*given} - {""}) < 2:  # noqa: PLR2004 - two differ; the same answer has the same value
            continue
        scores = [questions[code] for questions in asked]
        values = {tier: one.value for tier, one in zip(tiers, scores, strict=True) if one.answered}
        width = max(values.values()) - min(values.values())
        if width:
            found.append((width, code, Gap(code=code, scores=values)))
    widest = sorted(found, key=lambda one: (-one[0], one[1]))[:_WIDEST]
    if not widest:
        return Html("<p>Pada semua pertanyaan yang dijawab bersama, para penilai sepakat.</p>")
    rows = [_gap(_question(last, code), gap, tiers) for _, code, gap in widest]
    caption = f"Pertanyaan dengan selisih nilai terbesar ({len(widest)} dari {len(found)})"
    return table(caption, _gap_columns("Pertanyaan", tiers), rows)


def _question(last: Assessment, code: str) -> Html:
    text = escape(last.instrument.questions[code].text)
    return Html(f'<a href="{last.declared.year}/index.html#{code}">{code}</a> {text}')


def _years(assessments: Sequence[Assessment]) -> Html:
    columns = [Column("Tahun"), *(Column(name, "angka") for name in words.TIERS.values())]
    columns += [Column("Yang menentukan"), Column("Memenuhi syarat menurut data"), Column("Instrumen")]
    rows = [_year(one) for one in reversed(assessments)]
    return Html(trends.totals(assessments) + table("Total per tahun dan penilai, dari 100", columns, rows))


def _year(assessment: Assessment) -> tuple[Html, ...]:
    year, deciding = assessment.declared.year, assessment.deciding
    totals = [_tier_total(assessment, tier) for tier in Tier]
    who, verdict = Html("belum ada"), Html("")
    if deciding is not None:
        who = Html(f"{words.TIERS[deciding]}{' (prakiraan)' if assessment.forecast else ''}")
        verdict = verdict_badges(assessment.results[deciding])
    link = Html(f'<a href="{year}/index.html">{year}</a>')
    return (link, *totals, who, verdict, escape(assessment.instrument.basis))


def _tier_total(assessment: Assessment, tier: Tier) -> Html:
    if tier not in assessment.results:
        return Html('<span class="zi-soft">belum menilai</span>')
    score = assessment.results[tier].score
    open_ = f'<span class="zi-open">{len(score.unanswered)} belum dijawab</span>' if score.unanswered else ""
    return Html(f"{number(score.total)}{open_}")


def _about(record: UnitRecord) -> Section:
    unit = record.unit
    services = "".join(f"<li>{escape(service)}</li>" for service in unit.services)
    return Section(
        "tentang",
        "Tentang unit",
        facts(
            (
                ("Instansi", escape(record.agency.name)),
                ("Jenis instansi", escape(record.agency.kind)),
                ("Tempat", escape(unit.place)),
                ("Situs", link_out(unit.site, escape(unit.site))),
                ("Predikat yang diupayakan", escape(unit.target)),
                ("Layanan", Html(f"<ul>{services}</ul>" if services else "")),
                ("Pemantau WBK", escape(record.agency.monitors.get(Predicate.WBK, ""))),
                ("Pemantau WBBM", escape(record.agency.monitors.get(Predicate.WBBM, ""))),
                *(
                    (f"Tim {words.TIERS[tier]}", escape(", ".join(names)))
                    for tier, names in record.agency.teams.items()
                ),
                ("Catatan", escape(unit.note)),
                ("Catatan instansi", escape(record.agency.note)),
                ("Kode unit", Html(f"<code>{escape(unit.id)}</code>")),
            )
        ),
    )
