"""The rule that a refusal says why: who is refused must be able to mend it, and who reads must be able to follow."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.document import Document
from generator.model.finding import Finding, Level
from generator.model.wording import listed, shown

from .answers import answers
from .codes import Code
from .fault import fault, rows


def unexplained_refusals(sheet: Document) -> Iterator[Finding]:
    """Find evidence an assessor refused without a word of explanation."""
    for code, answer in answers(sheet):
        refused = [word for word, said in rows(answer.get("bukti")).items() if said == "tidak"]
        if refused and not answer.get("catatan") and not answer.get("penjelasan"):
            yield fault(
                sheet,
                ("jawaban", code, "bukti"),
                Code.PENOLAKAN_TANPA_ALASAN,
                f"Bukti untuk {shown(code)} dinilai tidak {listed(refused)}, tetapi alasannya tidak ditulis.",
                "Tulis alasannya di catatan, agar unit tahu apa yang harus dilengkapi.",
                level=Level.WARNING,
            )
