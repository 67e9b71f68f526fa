"""From the texts of a form to an edit of one answer: which unit, year and question, and whether the answer fits it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from generator.exchange.editing import Edit
from generator.exchange.issue_form import EVIDENCE, fault
from generator.model.finding import Finding
from generator.model.wording import listed, shown
from generator.reading.paths import is_id, is_year

UNANSWERED = "belum"
_COUNT = re.compile(r"([a-z0-9][a-z0-9-]{0,62})[ ]*:[ ]*(0|[1-9][0-9]{0,14})", re.ASCII)
_CODE = re.compile(r"[A-Z][A-Za-z0-9.]{0,39}", re.ASCII)
_WAYS = {"jawab": "salah satu pilihan", "isian": "angka", "survei": "id survei"}


class Question(Protocol):
    """What of a question is needed here; `registry.Catalogue.form` gives it."""

    @property
    def code(self) -> str:
        """Its code, A.I.1.i.a."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The answers of its scale; none where it is answered otherwise."""

    @property
    def counts(self) -> Mapping[str, bool]:
        """The numbers it asks for."""

    @property
    def way(self) -> str:
        """The one key that answers it: "jawab", "isian" or "survei"."""


class Place(NamedTuple):
    """Which answer a form is about. Every part is plain ASCII of a known shape: fit for a path and a title."""

    unit_id: str
    year: int
    code: str

    @property
    def folder(self) -> str:
        """The year's folder, from the registry's root."""
        return f"units/{self.unit_id}/{self.year}"


def place(texts: Mapping[str, str]) -> tuple[Place | None, tuple[Finding, ...]]:
    """Return which answer the form names, or None and why not; whether there is such a unit is not asked here."""
    unit_id = texts["unit"].removeprefix("units/").rstrip("/")
    parts = unit_id.split("/")
    found = []
    if len(parts) != len(("instansi", "unit")) or not all(map(is_id, parts)):
        found.append(
            fault("unit", f"{_quoted(texts['unit'])} bukan id unit.", "Tulis seperti contoh/kppn-contoh-satu.")
        )
    if not is_year(texts["tahun"]):
        found.append(fault("tahun", f"{_quoted(texts['tahun'])} bukan tahun.", "Tulis empat angka, misalnya 2026."))
    if not _CODE.fullmatch(texts["kode"]):
        found.append(
            fault("kode", f"{_quoted(texts['kode'])} bukan kode pertanyaan.", "Tulis seperti A.I.1.i.a, tanpa spasi.")
        )
    return (None, tuple(found)) if found else (Place(unit_id, int(texts["tahun"]), texts["kode"]), ())


def edit(texts: Mapping[str, str], question: Question) -> tuple[Edit, tuple[Finding, ...]]:
    """Return what the form does to the answer, and what in it does not fit the question."""
    counts, found = _counts(texts["isian"], question)
    found += _misfits(texts, question)
    evidence = {key: texts[key] for key in EVIDENCE if texts[key]}
    if evidence and "judul" not in evidence:
        found.append(fault("judul", "belum diisi, padahal kolom bukti lain diisi.", "Tulis nama dokumennya."))
    values: dict[str, str | Mapping[str, int]] = {
        key: texts[key] for key in ("jawab", "survei", "penjelasan") if texts[key]
    }
    if counts:
        values["isian"] = counts
    otherwise = question.way != "jawab" and question.way in values
    if otherwise:
        values.pop("jawab", None)  # "belum" beside what answers it
    if not values and not evidence and not found:
        found.append(fault("jawab", "tidak ada jawaban, penjelasan, atau bukti yang diisi.", "Isi salah satunya."))
    without = ("jawab",) if otherwise else ()
    return Edit(values=values, evidence=(evidence,) if evidence else (), without=without), tuple(found)


def _misfits(texts: Mapping[str, str], question: Question) -> Iterator[Finding]:
    """Find what is filled in and is not how the question is answered."""
    for key in _WAYS:
        if texts[key] and key != question.way and not (key == "jawab" and texts[key] == UNANSWERED):
            yield fault(
                key,
                f"pertanyaan {question.code} dijawab dengan {_WAYS[question.way]}.",
                "Kosongkan kolom ini dan isi kolom yang sesuai.",
            )
    choices = (*question.choices, UNANSWERED)
    if texts["jawab"] and question.way == "jawab" and texts["jawab"] not in choices:
        yield fault(
            "jawab",
            f"{_quoted(texts['jawab'])} bukan pilihan untuk {question.code}.",
            f"Pilih {listed(choices)}.",
        )


def _counts(text: str, question: Question) -> tuple[Mapping[str, int], list[Finding]]:
    counts: dict[str, int] = {}
    found: list[Finding] = []
    if not text or question.way != "isian":
        return counts, found
    known = list(question.counts)
    for line in filter(None, map(str.strip, text.split("\n"))):
        match = _COUNT.fullmatch(line)
        if match is None:
            found.append(
                fault("isian", f"{_quoted(line)} bukan isian.", f"Tulis misalnya {known[0]}: 7, satu angka satu baris.")
            )
        elif match[1] not in known:
            found.append(
                fault("isian", f"isian {match[1]} tidak ada di {question.code}.", f"Pakai yang ada: {listed(known)}.")
            )
        elif match[1] in counts:
            found.append(fault("isian", f"isian {match[1]} ditulis dua kali.", "Sisakan satu."))
        else:
            counts[match[1]] = int(match[2])
    return counts, found


def _quoted(text: str) -> str:
    return shown(text, ascii_only=True)
