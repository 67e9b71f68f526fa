"""Rules on surveys: their ids, and the answers that point at them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.document import Document
from generator.model.finding import Finding
from generator.model.wording import listed, shown

from .answers import answers
from .codes import Code
from .fault import fault, items
from .forms import Form


def repeated_survey(surveys: Document) -> Iterator[Finding]:
    """Find a survey whose id an earlier one in the file has."""
    first: dict[str, int] = {}
    for place, survey in enumerate(items(surveys.data.get("survei"))):
        name = survey.get("id")
        if not isinstance(name, str):
            continue
        if name in first:
            line, _ = surveys.place(("survei", first[name], "id"))
            yield fault(
                surveys,
                ("survei", place, "id"),
                Code.SURVEI_KEMBAR,
                f"Id survei {shown(name)} sudah dipakai pada baris {line}.",
                "Beri setiap survei id sendiri, misalnya dengan menambahkan jenis dan semesternya.",
            )
        first.setdefault(name, place)


def unfit_survey(sheet: Document, form: Form, surveys: Document | None) -> Iterator[Finding]:
    """Find answers that point at a survey which is not there, or is of the other kind."""
    kinds = _kinds(surveys)
    for code, answer in answers(sheet):
        question = form.questions.get(code)
        name = answer.get("survei")
        if question is None or not question.survey or not isinstance(name, str):
            continue
        kind = kinds.get(name)
        fitting = [known for known, its in kinds.items() if its == question.survey]
        hint = (
            f"Tulis id survei {question.survey} tahun ini: {listed([shown(known) for known in fitting])}."
            if fitting
            else f"Tambahkan survei {question.survey} itu ke survei.yaml tahun yang sama."
        )
        if kind is None:
            yield fault(
                sheet,
                ("jawaban", code, "survei"),
                Code.SURVEI_TIDAK_DIKENAL,
                f"Survei {shown(name)} yang dirujuk {code} tidak ada di survei.yaml tahun yang sama.",
                hint,
            )
        elif kind != question.survey:
            yield fault(
                sheet,
                ("jawaban", code, "survei"),
                Code.SURVEI_SALAH_JENIS,
                f"{code} menanyakan {question.survey}, tetapi survei {shown(name)} berjenis {shown(kind)}.",
                hint,
            )


def _kinds(surveys: Document | None) -> dict[str, str]:
    """Return id -> kind; of two with one id the first counts."""
    kinds: dict[str, str] = {}
    for survey in items(surveys.data.get("survei")) if surveys is not None else ():
        kinds.setdefault(str(survey.get("id")), str(survey.get("jenis")))
    return kinds
