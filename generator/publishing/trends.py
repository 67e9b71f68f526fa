"""How a unit's figures went from year to year: totals, surveys, and the same questions side by side.

Years under different instruments are never joined or compared: the break is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import groupby, pairwise

from generator.judging.freshness import Part
from generator.judging.freshness import parts as areas_of
from generator.model.declared import Survey, Tier, UnitYear
from generator.model.instrument import Instrument
from generator.model.judged import Assessment, UnitRecord

from . import words
from .chart import About, Line, Scale, lines
from .figures import difference, number
from .html import Column, Html, Section, escape, join, table

_TOTAL = Scale(low=Fraction(0), high=Fraction(100))
_INDEX = Scale(low=Fraction(0), high=Fraction(4))
_KINDS: Mapping[str, str] = {"IPAK": "persepsi anti korupsi", "IPKP": "persepsi kualitas pelayanan"}
_OWN = "unit"
"""`penyelenggara` of the unit's own surveys: what others found is drawn over it."""
_ENOUGH = 2
"""Years that make a trend."""
_DASH = Html("–")


def totals(assessments: Sequence[Assessment]) -> Html:
    """Return the chart of the totals by tier and year, and what its breaks are; empty before the second year."""
    shown = [one for one in assessments if one.results]
    if len(shown) < _ENOUGH:
        return Html("")
    years = [one.declared.year for one in shown]
    breaks = _breaks(shown)
    rows = [Line(words.TIERS[tier], [_total(one, tier) for one in shown]) for tier in Tier]
    rows = [row for row in rows if any(value is not None for value in row.values)]
    about = About("tren-total", "Total per tahun dan penilai, dari 100", _told(years, rows))
    apart = sorted({*breaks, *_gaps(years)})
    return Html(lines(about, list(map(str, years)), rows, _TOTAL, breaks=apart) + _broken(shown, breaks))


def _told(years: Sequence[int], rows: Sequence[Line]) -> str:
    """Return every figure of a chart in words."""
    return " ".join(
        f"{row.name} {'; '.join(_figure(*pair) for pair in zip(years, row.values, strict=True))}." for row in rows
    )


def _figure(year: int, value: Fraction | None) -> str:
    return f"{year}: {number(value) if value is not None else 'tidak ada'}"


def _total(assessment: Assessment, tier: Tier) -> Fraction | None:
    return assessment.results[tier].score.total if tier in assessment.results else None


def _breaks(assessments: Sequence[Assessment]) -> list[int]:
    """Return the places of the years under another instrument than the year before."""
    steps = enumerate(pairwise(assessments), start=1)
    return [place for place, (before, after) in steps if before.instrument.id != after.instrument.id]


def _gaps(years: Sequence[int]) -> list[int]:
    return [place for place, (before, after) in enumerate(pairwise(years), start=1) if after != before + 1]


def _broken(assessments: Sequence[Assessment], breaks: Sequence[int]) -> Html:
    steps = [(assessments[place - 1], assessments[place]) for place in breaks]
    return join(
        Html(
            f'<p class="zi-soft">Sejak {after.declared.year} instrumennya {escape(after.instrument.basis)}, sebelumnya '
            f"{escape(before.instrument.basis)}: nilainya tidak dapat dibandingkan, jadi tidak dihubungkan.</p>"
        )
        for before, after in steps
    )


def sections(record: UnitRecord) -> Iterator[Section]:
    """Yield the surveys by year and the questions by year; a part is empty before the second year."""
    yield Section("tren-survei", "Survei dari tahun ke tahun", _surveys(record.unit.years))
    yield Section("tren-pertanyaan", "Pertanyaan yang sama dari tahun ke tahun", _questions(record.assessments))


def _surveys(declared: Sequence[UnitYear]) -> Html:
    years = [year for year in declared if year.surveys]
    if len(years) < _ENOUGH:
        return Html("")
    return join(_kind(kind, meaning, years) for kind, meaning in _KINDS.items())


def _kind(kind: str, meaning: str, declared: Sequence[UnitYear]) -> Html:
    """Return chart and table of one kind of survey; who asked is a row of its own, for others may ask otherwise."""
    by_year = {year.year: found for year in declared if (found := _last(year.surveys, kind))}
    if len(by_year) < _ENOUGH:
        return Html("")
    years = sorted(by_year)
    surveyors = sorted({one for found in by_year.values() for one in found}, key=lambda one: (one != _OWN, one))
    rows = [
        Line(words.surveyor(one), [by_year[year][one].index if one in by_year[year] else None for year in years])
        for one in surveyors
    ]
    chart = lines(
        About(f"tren-{kind.lower()}", f"{kind} per tahun dan penyelenggara, 0 sampai 4", _told(years, rows[:4])),
        list(map(str, years)),
        rows[:4],
        _INDEX,
        breaks=_gaps(years),
    )
    cells = [(Html(str(year)), *(_index(row.values, place) for row in rows)) for place, year in enumerate(years)]
    columns = (Column("Tahun"), *(Column(row.name, "angka") for row in rows))
    shown = table(
        f"{kind} per tahun dan penyelenggara, dan selisih dari tahun sebelumnya", columns, list(reversed(cells))
    )
    return Html(f"<h3>{kind}: {meaning}</h3>{chart}{shown}")


def _last(surveys: Sequence[Survey], kind: str) -> Mapping[str, Survey]:
    """Return of each surveyor the last survey of the kind."""
    those = sorted((one for one in surveys if one.kind == kind), key=lambda one: str(one.dated or ""))
    return {one.surveyor: one for one in those}


def _index(values: Sequence[Fraction | None], place: int) -> Html:
    value = values[place]
    if value is None:
        return _DASH
    before = values[place - 1] if place else None
    step = f'<span class="zi-soft">{difference(value - before)}</span>' if before is not None else ""
    return Html(f"{number(value)} {step}")


def _questions(assessments: Sequence[Assessment]) -> Html:
    """Return a table per area for each run of years under one instrument; years nobody answered are left out."""
    shown = [one for one in assessments if one.deciding is not None]
    runs = [tuple(run) for _, run in groupby(shown, key=lambda one: one.instrument.id)]
    told = [_run(run, several=len(runs) > 1) for run in runs if len(run) >= _ENOUGH]
    if not told:
        return Html("")
    note = "Yang bertanda berbeda dari tahun sebelumnya. Jawaban menurut penilai yang menentukan pada tahun itu, "
    ask = "dan penilainya dapat berlainan. “belum”: belum dijawab. "
    apart = "Tahun dengan instrumen lain tidak dibandingkan." if len(runs) > 1 else ""
    return Html(f'<p class="zi-soft">{note}{ask}{apart}</p>{join(told)}')


def _run(run: Sequence[Assessment], *, several: bool) -> Html:
    instrument = run[0].instrument
    head = f"<h3>{escape(instrument.basis)}</h3>" if several else ""
    columns = (Column("Pertanyaan"), *map(_year, run))
    given = [_given(one) for one in run]
    return Html(head + join(_area(part, given, columns, run) for part in areas_of(instrument)))


def _year(assessment: Assessment) -> Column:
    tier = words.TIERS[assessment.deciding] if assessment.deciding is not None else ""
    return Column(f"{assessment.declared.year} <small>{tier}</small>")


def _given(assessment: Assessment) -> Mapping[str, str]:
    """Return what the deciding tier answered, by question; "" where it did not."""
    assert assessment.deciding is not None  # noqa: S101 - the caller left the others out
    asked = assessment.results[assessment.deciding].score.questions
    return {code: one.given if one.answered else "" for code, one in asked.items()}


def _area(
    part: Part,
    given: Sequence[Mapping[str, str]],
    columns: Sequence[Column],
    run: Sequence[Assessment],
) -> Html:
    asked = part.questions
    heads = _heads(run[-1].instrument, run[-1].declared.year)
    rows = [(heads[one], *_answers([year[one] for year in given])) for one in asked]
    moved = sum(len({year[one] for year in given}) > 1 for one in asked)
    title = f"{part.code}. {escape(part.name)}"
    said = f"{moved} dari {len(asked)} pertanyaan berbeda antartahun"
    return Html(
        f'<details class="zi-antara"><summary>{title}: {said}</summary>'
        f"{table(f'{title}: jawaban per tahun', columns, rows)}</details>"
    )


def _answers(given: Sequence[str]) -> Iterator[Html]:
    before = None
    for one in given:
        yield _answer(one, changed=before not in {None, one})
        before = one


@lru_cache(maxsize=2_000)
def _answer(given: str, *, changed: bool) -> Html:
    shown = escape(given.replace(".", ",")) if given else Html('<span class="zi-soft">belum</span>')
    return Html(f'<span class="zi-berubah">{shown} <small>berubah</small></span>') if changed else shown


@lru_cache(maxsize=64)  # an instrument's questions are the same on every card
def _heads(instrument: Instrument, year: int) -> Mapping[str, Html]:
    return {
        code: Html(f'<a href="{year}/index.html#{code}">{code}</a> {escape(question.text)}')
        for code, question in instrument.questions.items()
    }
