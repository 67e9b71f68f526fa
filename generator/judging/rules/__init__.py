"""Cross-file rules: relations only (shape is the schema's), each a small function that yields findings.

`timeless` judges the files of one folder by themselves: it looks into no other folder, knows no today and no
other unit, so its result can be kept as long as the folder's files stay as they are. The rules of `dated` see
only `Place`s, which are kept with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple, Protocol

from generator.model.document import Document, Kind
from generator.model.finding import Finding

from .bindings import changed_since_judged
from .forms import Form
from .links import unsafe_link
from .places import LINKS, Place, places
from .refusals import unexplained_refusals
from .sheets import faulty_answers, judged_unanswered, other_instrument, unknown_instrument, wrong_year
from .surveys import repeated_survey, unfit_survey

TIERS = (Kind.MANDIRI, Kind.TPI, Kind.TPN)
NEEDS: Mapping[Kind, Collection[Kind]] = {
    Kind.MANDIRI: (Kind.SURVEI,),
    Kind.TPI: (Kind.SURVEI, Kind.MANDIRI),
    Kind.TPN: (Kind.SURVEI, Kind.MANDIRI),
    Kind.PEMANTAUAN: (Kind.PREDIKAT,),
    Kind.PREDIKAT: (Kind.PEMANTAUAN,),
}
"""Kind of file -> the other files of its folder that its rules look into."""


class Norms(Protocol):
    """What the rules judge with; asked only when a file needs it."""

    @property
    def instrument_ids(self) -> Collection[str]:
        """Ids of every instrument there is."""

    @property
    def barred_months(self) -> int:
        """Months after a revocation without a new proposal."""

    def form(self, instrument_id: str) -> Form | None:
        """Return what the instrument of that id asks, or None where there is none."""


class Folder(NamedTuple):
    """The files of one folder: an agency's, a unit's, or one year's of a unit."""

    year: int | None
    """The folder's year; None for an agency's or a unit's folder."""
    documents: Mapping[Kind, Document]
    """What could be read."""
    unusable: Collection[Kind] = ()
    """Kinds whose file is there but could not be used: a rule that would miss it keeps quiet."""


def timeless(folder: Folder, norms: Norms) -> tuple[tuple[Finding, ...], tuple[Place, ...]]:
    """Return what is wrong inside the folder, and the places the rules of `dated` will ask for."""
    found: list[Finding] = []
    kept: list[Place] = []
    for document in folder.documents.values():
        for place in places(document):
            if place.key in LINKS:
                found += unsafe_link(place)
            else:
                kept.append(place)
    found += _of_unit(folder, norms) if folder.year is None else _of_year(folder, folder.year, norms)
    return tuple(sorted(found)), tuple(kept)


def _of_unit(folder: Folder, norms: Norms) -> Iterator[Finding]:
    predikat = folder.documents.get(Kind.PREDIKAT)
    pemantauan = folder.documents.get(Kind.PEMANTAUAN)
    if predikat is None and pemantauan is None:
        return
    from . import events  # noqa: PLC0415 - a sheet has none

    if predikat is not None:
        yield from events.unsorted_events(predikat)
        yield from events.impossible_events(predikat, norms.barred_months)
        if Kind.PEMANTAUAN not in folder.unusable:
            yield from events.unasked_confirmation(predikat, pemantauan)
    if pemantauan is not None:
        yield from events.early_follow_up(pemantauan)
        if Kind.PREDIKAT not in folder.unusable:
            yield from events.unfounded_monitoring(pemantauan, predikat)
    if pemantauan is not None and pemantauan.data.get("pernyataan"):
        from .statements import early_statement, repeated_statement  # noqa: PLC0415 - few units have made one

        yield from early_statement(pemantauan)
        yield from repeated_statement(pemantauan)


def _of_year(folder: Folder, year: int, norms: Norms) -> Iterator[Finding]:
    surveys = folder.documents.get(Kind.SURVEI)
    mandiri = folder.documents.get(Kind.MANDIRI)
    for document in folder.documents.values():
        yield from wrong_year(document, year)
    if surveys is not None:
        yield from repeated_survey(surveys)
    for tier in TIERS:
        sheet = folder.documents.get(tier)
        if sheet is None:
            continue
        yield from unknown_instrument(sheet, norms.instrument_ids)
        form = norms.form(str(sheet.data.get("instrumen")))
        if form is not None:
            yield from faulty_answers(sheet, form)
            if Kind.SURVEI not in folder.unusable:
                yield from unfit_survey(sheet, form, surveys)
        if tier is not Kind.MANDIRI and Kind.MANDIRI not in folder.unusable:
            yield from judged_unanswered(sheet, mandiri)
            yield from unexplained_refusals(sheet)
            if Kind.SURVEI not in folder.unusable:
                yield from changed_since_judged(sheet, mandiri, surveys)
            if mandiri is not None:
                yield from other_instrument(sheet, mandiri)
