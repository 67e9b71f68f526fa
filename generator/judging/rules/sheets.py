"""Rules on one tier's sheet, beside the unit's own sheet and the folder it lies in."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.model.document import Document
from generator.model.finding import Finding
from generator.model.wording import listed, shown

from .answers import ANSWER_RULES, COUNT_RULES, answers, given, judged, unknown_question
from .codes import Code
from .fault import fault, rows
from .forms import Form


def wrong_year(document: Document, year: int) -> Iterator[Finding]:
    """Find a `tahun` that is not the year of the folder."""
    said = document.data.get("tahun", year)
    if said != year:
        yield fault(
            document,
            ("tahun",),
            Code.TAHUN_TIDAK_COCOK,
            f"Berkas ini menyebut tahun {shown(said)}, padahal terletak di folder tahun {year}.",
            f"Tulis tahun: {year}, atau pindahkan berkas ke folder tahunnya.",
        )


def unknown_instrument(sheet: Document, known: Collection[str]) -> Iterator[Finding]:
    """Find an instrument the program does not have; the sheet's answers cannot be judged then."""
    name = sheet.data.get("instrumen")
    if name is not None and name not in known:
        yield fault(
            sheet,
            ("instrumen",),
            Code.INSTRUMEN_TIDAK_DIKENAL,
            f"Instrumen {shown(name)} tidak dikenal, sehingga jawabannya tidak dapat diperiksa atau dinilai.",
            f"Tulis id instrumen yang tersedia: {listed(sorted(known))}.",
        )


def other_instrument(sheet: Document, mandiri: Document) -> Iterator[Finding]:
    """Find an assessor's sheet under another instrument than the unit's own."""
    own, name = mandiri.data.get("instrumen"), sheet.data.get("instrumen")
    if own is not None and name is not None and own != name:
        yield fault(
            sheet,
            ("instrumen",),
            Code.INSTRUMEN_TIDAK_COCOK,
            f"Berkas ini memakai instrumen {shown(name)}, padahal mandiri.yaml memakai {shown(own)}.",
            "Satu tahun dinilai dengan satu instrumen; samakan keduanya.",
        )


def judged_unanswered(sheet: Document, mandiri: Document | None) -> Iterator[Finding]:
    """Find questions an assessor judged though the unit did not answer them (or has no sheet at all).

    An answer of the unit's that is faulty counts as answered: its own fault is named where it stands.
    """
    answered = _attempted(mandiri) if mandiri is not None else frozenset()
    for code, answer in answers(sheet):
        if judged(answer) and code not in answered and (mandiri is not None or "bukti" in answer):
            yield fault(
                sheet,
                ("jawaban", code),
                Code.PENILAIAN_TANPA_JAWABAN,
                f"Pertanyaan {shown(code)} dinilai di sini, padahal unit tidak menjawabnya di mandiri.yaml.",
                "Hapus penilaian ini, atau minta unit menjawab pertanyaannya lebih dahulu.",
            )


def _attempted(mandiri: Document) -> frozenset[str]:
    # What the schema check pruned is gone from the data but still has its mark.
    marks = mandiri.marks.children or {}
    written = marks.get("jawaban")
    pruned = {str(code) for code in (written.children if written and written.children else ())}
    left = rows(mandiri.data.get("jawaban"))
    pruned -= {str(code) for code in left}
    return frozenset(pruned | {str(code) for code, answer in left.items() if given(rows(answer))})


def faulty_answers(sheet: Document, form: Form) -> Iterator[Finding]:
    """Run every rule on an answer over the sheet's answers."""
    yield from unknown_question(sheet, form)
    for code, answer in answers(sheet):
        question = form.questions.get(code)
        if question is not None:
            for rule in (*ANSWER_RULES, *COUNT_RULES) if "isian" in answer else ANSWER_RULES:
                yield from rule(sheet, question, answer)
