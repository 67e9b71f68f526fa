"""Rules on quarterly statements: made too early, or twice."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.day import quarter_end
from generator.model.document import Document
from generator.model.finding import Finding, Level
from generator.model.wording import shown

from .codes import Code
from .fault import fault, items
from .places import day_of


def early_statement(pemantauan: Document) -> Iterator[Finding]:
    """Find a statement made before the last day of its quarter."""
    for place, statement in enumerate(items(pemantauan.data.get("pernyataan"))):
        quarter = statement.get("triwulan")
        end = quarter_end(quarter) if isinstance(quarter, str) else None
        day = day_of(statement.get("tanggal"))
        if end is not None and day is not None and day < end:
            yield fault(
                pemantauan,
                ("pernyataan", place, "tanggal"),
                Code.PERNYATAAN_TERLALU_DINI,
                f"Pernyataan tentang triwulan {quarter} bertanggal {day}, padahal triwulan itu baru selesai {end}.",
                "Betulkan tanggal atau triwulannya; yang dinyatakan adalah triwulan yang sudah selesai.",
            )


def repeated_statement(pemantauan: Document) -> Iterator[Finding]:
    """Find a second statement about one programme and quarter; case and spacing make no other programme."""
    first: dict[tuple[str, str], int] = {}
    for place, statement in enumerate(items(pemantauan.data.get("pernyataan"))):
        quarter, programme = statement.get("triwulan"), statement.get("program")
        if not isinstance(quarter, str) or not isinstance(programme, str):
            continue
        key = quarter, programme_key(programme)
        if key in first:
            line, _ = pemantauan.place(("pernyataan", first[key]))
            yield fault(
                pemantauan,
                ("pernyataan", place, "program"),
                Code.PERNYATAAN_KEMBAR,
                f"Program {shown(programme)} sudah dinyatakan untuk triwulan {quarter} pada baris {line}.",
                "Sisakan satu pernyataan untuk setiap program dan triwulan.",
                level=Level.WARNING,
            )
        first.setdefault(key, place)


def programme_key(name: str) -> str:
    """Return what makes two spellings one programme: case and spacing do not count."""
    return " ".join(name.casefold().split())
