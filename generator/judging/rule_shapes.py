"""What schema/aturan/pemantauan.yaml and an instrument must look like before they are built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.model.declared import EventKind, Predicate
from generator.model.document import Pointer
from generator.model.judged import Stage

from .course import BAR_ENDED
from .instrument import FORMULA_KEYS, REQUIREMENT_KINDS
from .life_rules import RESULTS
from .shape import (
    Fault,
    above_zero,
    decimal,
    either,
    keys,
    listing,
    one_of,
    pattern,
    table,
    text,
    truth,
    whole,
)

_MOST_MONTHS = 1200
_MOST_DAYS = 3660
_MOST_ROWS = 10_000
_NAMES = tuple(one.value for one in Predicate)
_CAUSES = (*(kind.value for kind in EventKind), *RESULTS, BAR_ENDED)


def _rule(value: Any) -> Any:
    return keys({"nilai": value, "sumber": text, "catatan": text})


_days = pattern('hari-hari, misalnya "90, 30, 7"', r"[0-9]{1,4}(?:, [0-9]{1,4}){0,9}")
_stage = keys({"nama": text, "arti": text, "lalu": table(one_of(*Stage), _CAUSES)})

CYCLE = keys(
    {
        "selang_bulan": _rule(whole(1, _MOST_MONTHS)),
        "segera_hari": _rule(whole(0, _MOST_DAYS)),
        "pengingat_hari": _rule(_days),
        "larangan_bulan": _rule(whole(0, _MOST_MONTHS)),
        "pelaksana_baku": _rule(text),
        "tahap": _rule(keys({stage.value: _stage for stage in Stage})),
    }
)
"""schema/aturan/pemantauan.yaml."""


def _closing(pointer: Pointer, value: Any) -> Iterator[Fault]:
    try:
        date.fromisoformat(f"2001-{value}")  # a day every year has
    except ValueError:
        yield pointer, 'batas_usulan harus berupa bulan dan hari yang ada setiap tahun, misalnya "05-31".'


_names = either(listing(text, 1), text, lambda value: isinstance(value, list))
_ratio = keys(
    {"jenis": one_of(*FORMULA_KEYS), "penyebut_nol": keys({"nilai": decimal, "alasan": text})},
    {"pembilang": text, "penyebut": _names, "sesudah": text, "sebelum": text},
)
_row = whole(1, _MOST_ROWS)


def _formula(pointer: Pointer, value: Any) -> Iterator[Fault]:
    yield from _ratio(pointer, value)
    kind = value.get("jenis") if isinstance(value, Mapping) else None
    if isinstance(kind, str):
        for key in FORMULA_KEYS.get(kind, ()):
            if key not in value:
                yield pointer, f"Rumus berjenis {kind} tidak mempunyai {key}."


_question = keys(
    {"kode": text, "baris": _row, "teks": text, "skala": text},
    {
        "bobot": above_zero,
        "kriteria": table(text),
        "isian": listing(keys({"id": text, "baris": _row, "teks": text}, {"hanya_informasi": truth}), 1),
        "rumus": _formula,
        "survei": one_of("IPAK", "IPKP"),
        "pengaduan": keys({"selesai": text, "jumlah": text}),
    },
)


def _node(pointer: Pointer, value: Any) -> Iterator[Fault]:
    group = isinstance(value, Mapping) and "isi" in value
    yield from (_group if group else _question)(pointer, value)


_group = keys({"kode": text, "nama": text, "bobot": above_zero, "isi": listing(_node, 1)})
_plain_limits = table(_names, _NAMES)
_requirement = keys(
    {"kode": text, "nama": text, "jenis": one_of(*REQUIREMENT_KINDS), "batas": _plain_limits},
    {"simpul": listing(text, 1), "indeks": table(decimal, _NAMES)},
)


def _condition(pointer: Pointer, value: Any) -> Iterator[Fault]:
    yield from _requirement(pointer, value)
    if isinstance(value, Mapping) and isinstance(limits := value.get("batas"), Mapping):
        if value.get("jenis") in ("nilai", "persen"):  # a tuple: what stands there may have no hash
            yield from table(decimal)((*pointer, "batas"), limits)
        if value.get("jenis") == "predikat":
            yield from table(one_of(*_NAMES))((*pointer, "batas"), limits)


INSTRUMENT = keys(
    {
        "id": pattern("id: huruf kecil, angka, dan tanda hubung", r"[a-z0-9][a-z0-9-]{0,59}"),
        "judul": text,
        "dasar": text,
        "batas_usulan": _closing,
        "sumber": listing(keys({"perihal": text, "asal": text, "pemeriksaan": text})),
        "skala": table(table(decimal)),
        "isi": listing(_group, 1),
        "area": listing(keys({"kode": text, "nama": text, "simpul": listing(text, 1)})),
        "syarat": listing(_condition),
    }
)
"""A file of schema/instrumen/."""
