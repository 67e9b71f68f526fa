"""The rule that holds a judgement to the answers it judged."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.document import Document
from generator.model.finding import Finding, Level
from generator.model.wording import shown

from .answers import answers
from .codes import Code
from .fault import fault

_STAMP = "menilai"


def changed_since_judged(sheet: Document, mandiri: Document | None, surveys: Document | None) -> Iterator[Finding]:
    """Find answers of the unit that are others, or gone, since an assessor judged and stamped them.

    Where no stamped question has changed and all answers together have, it is said once, at the sheet's own stamp.
    """
    if _STAMP not in sheet.data and not any(_STAMP in answer for _, answer in answers(sheet)):
        return
    from generator.judging.binding import binding  # noqa: PLC0415 - hashing loads OpenSSL; only a stamp needs it

    bound = binding(sheet.data, *(one.data if one is not None else {} for one in (mandiri, surveys)))
    for code in sorted(bound.changed):
        yield fault(
            sheet,
            ("jawaban", code),
            Code.BERUBAH_SETELAH_DINILAI,
            f"Jawaban unit pada {shown(code)} berubah setelah dinilai di sini.",
            f"Nilai ulang pertanyaan ini, lalu jalankan zi stamp {sheet.path} --kode {code}.",
            level=Level.WARNING,
        )
    if bound.rest_changed:
        yield fault(
            sheet,
            (_STAMP,),
            Code.BERUBAH_SETELAH_DINILAI,
            "Jawaban di mandiri.yaml berubah setelah dinilai di sini, pada pertanyaan tanpa stempel sendiri.",
            f"Bandingkan dengan zi diff, nilai yang berubah, lalu jalankan zi stamp {sheet.path}.",
            level=Level.WARNING,
        )
