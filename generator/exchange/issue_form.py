"""The issue form `.github/ISSUE_TEMPLATE/jawaban.yml` as GitHub renders it: a heading per field, then what it got.

All of it is a stranger's text. A heading counts where it is one of the form's own; the form's headings must stand
there once each and in its order. A text that holds such a heading, to pose as another field, makes the whole form
refused: nobody can say which of the two is meant.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.model.failure import Failure
from generator.model.finding import Finding, Level
from generator.model.review import is_login
from generator.model.wording import listed, shown
from generator.reading.raw_text import hidden, hidden_name

EVENT_LIMIT = 256 * 1024
"""Bytes of an event; GitHub's own are far smaller."""
BODY_LIMIT = 64 * 1024
"""Characters of an issue's text; GitHub allows 65,536."""
PLACE = "formulir"
"""What a finding about the form has for a path."""


_BROKEN = "formulir-rusak"
_TOO_LONG = f"Isi formulir melebihi {BODY_LIMIT} karakter."


class Field(NamedTuple):
    """A field of the form."""

    id: str
    label: str
    lines: bool = False
    """Whether its text may have several lines."""


FIELDS = (
    Field("unit", "Unit"),
    Field("tahun", "Tahun penilaian"),
    Field("kode", "Kode pertanyaan"),
    Field("jawab", "Jawaban"),
    Field("isian", "Isian angka", lines=True),
    Field("survei", "Id survei"),
    Field("penjelasan", "Penjelasan", lines=True),
    Field("judul", "Judul bukti"),
    Field("tautan", "Tautan bukti"),
    Field("berkas", "Nama berkas bukti"),
    Field("tanggal", "Tanggal bukti"),
    Field("berlaku_sampai", "Berlaku sampai"),
    Field("sha256", "SHA-256 berkas bukti"),
    Field("klasifikasi", "Klasifikasi bukti"),
    Field("pernyataan", "Pernyataan"),
)
"""The form's fields in its order; a test holds them equal to the form's file."""

EVIDENCE = ("judul", "tautan", "berkas", "tanggal", "berlaku_sampai", "sha256", "klasifikasi")
"""The fields that make one piece of evidence; keys of `bukti`, in the order of their schema."""

LABELS: Mapping[str, str] = {field.id: field.label for field in FIELDS}

_ACTIONS = ("opened", "edited")
_LARGEST_NUMBER = 10**9
_HEADING = re.compile(r" {0,3}#{1,6}[ ]+(.*?)[ #]*")
_NOTHING = frozenset({"_No response_", "None"})
"""What GitHub writes for a field that was left empty."""
_CHECKED = re.compile(r"- \[[xX]\] .+")


class Issue(NamedTuple):
    """What of an event is looked at."""

    number: int
    login: str
    body: str


def issue(raw: bytes) -> Issue:
    """Return the issue of a webhook's event; raises `Failure` for bytes that are no such event."""
    if len(raw) > EVENT_LIMIT:
        raise Failure(f"Berkas peristiwa melebihi {EVENT_LIMIT} bita; GitHub tidak mengirim yang sebesar itu.")
    try:
        event = json.loads(raw, parse_constant=_no_constant)
        number, login, body = event["issue"]["number"], event["issue"]["user"]["login"], event["issue"]["body"]
        action = event["action"]
    except (ValueError, RecursionError, KeyError, TypeError):
        raise Failure("Berkas peristiwa bukan JSON peristiwa issue dari GitHub (issue.number, user, body).") from None
    if action not in _ACTIONS:
        raise Failure(f"Peristiwa {shown(action)} bukan issue yang dibuat atau disunting; tidak ada yang dikerjakan.")
    if type(number) is not int or not 0 < number <= _LARGEST_NUMBER:
        raise Failure("Nomor issue pada peristiwa bukan bilangan bulat positif.")
    if not is_login(login):
        raise Failure(f"Nama akun {shown(login, ascii_only=True)} bukan nama akun di forge.")
    return Issue(number, login, body if isinstance(body, str) else "")


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def texts(body: str) -> tuple[Mapping[str, str], tuple[Finding, ...]]:
    """Return the text of each field by its id ("" where nothing was filled in), and what is wrong with the form.

    With findings about the form as a whole there are no texts.
    """
    body = unicodedata.normalize("NFC", body.replace("\r\n", "\n"))
    if len(body) > BODY_LIMIT:
        return {}, (fault("", _TOO_LONG, "Pindahkan rincian ke dokumen bukti.", _BROKEN),)
    parts = _parts(body)
    broken = _broken([field for field, _ in parts if field is not None], lead=parts[0][1])
    if broken is not None:
        return {}, (broken,)
    values = {field.id: _value(lines) for field, lines in parts if field is not None}
    return values, tuple(_faults(values))


def fault(field: str, message: str, hint: str, code: str = "formulir-isian") -> Finding:
    """Return a finding about a field, or about the form as a whole ("")."""
    where = f"Kolom {LABELS[field]}: " if field else ""
    return Finding(
        path=PLACE,
        line=0,
        column=0,
        code=code,
        level=Level.ERROR,
        pointer=f"/{field}" if field else "",
        message=where + message,
        hint=hint,
    )


def _parts(body: str) -> list[tuple[Field | None, list[str]]]:
    """Return what stands before the first heading, then each heading of the form with its lines."""
    by_label = {field.label.casefold(): field for field in FIELDS}
    parts: list[tuple[Field | None, list[str]]] = [(None, [])]
    for line in body.split("\n"):
        heading = _HEADING.fullmatch(line.rstrip())
        field = by_label.get(heading[1].strip().casefold()) if heading else None
        if field is None:
            parts[-1][1].append(line)
        else:
            parts.append((field, []))
    return parts


def _broken(found: list[Field], lead: list[str]) -> Finding | None:

    twice = sorted({field.label for field in found if found.count(field) > 1})
    if twice:
        return fault(
            "",
            f"Judul kolom {listed(twice)} muncul lebih dari sekali, jadi isinya tidak pasti.",
            "Jangan menulis baris yang diawali ### dengan nama kolom di dalam isian; isi ulang formulirnya.",
            _BROKEN,
        )
    missing = [field.label for field in FIELDS if field not in found]
    if missing:
        return fault(
            "",
            f"Kolom {listed(missing)} tidak ada: issue ini tidak dibuat dari formulir, atau judul kolomnya berubah.",
            "Buat issue baru dengan formulir Jawaban dan bukti satu pertanyaan.",
            _BROKEN,
        )
    if tuple(found) != FIELDS or any(line.strip() for line in lead):
        return fault(
            "",
            "Urutan kolom berbeda dari formulirnya, atau ada teks sebelum kolom pertama.",
            "Buat issue baru dengan formulir, lalu ubah hanya isi kolomnya.",
            _BROKEN,
        )
    return None


def _value(lines: list[str]) -> str:
    text = "\n".join(line.rstrip().expandtabs(4) for line in lines).strip()
    return "" if text in _NOTHING else text


def _faults(values: Mapping[str, str]) -> Iterator[Finding]:
    for field in FIELDS:
        text = values[field.id]
        sign = hidden().search(text)
        if sign:
            yield fault(
                field.id,
                f"ada karakter tersembunyi {hidden_name(sign.group())}.",
                "Ketik ulang isinya; jangan salin-tempel dari dokumen lain.",
            )
        if "\n" in text and not field.lines:
            yield fault(field.id, "isinya lebih dari satu baris.", "Tulis dalam satu baris.")
    if not _CHECKED.fullmatch(values["pernyataan"]):
        yield fault("pernyataan", "belum dicentang.", "Baca pernyataannya, lalu centang kotaknya.")
