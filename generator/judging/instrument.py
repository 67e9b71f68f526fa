"""An instrument's data (schema/instrumen/*.yaml) become values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from generator.model.declared import Predicate
from generator.model.instrument import Area, Count, Formula, Group, Instrument, Question, Requirement, Source

Data = Mapping[str, Any]


def build(data: Data) -> Instrument:
    """Return the instrument the data describe.

    Raises KeyError or ValueError where a part is missing or a number is none; what is there but does not add up
    is for `instrument_faults.faults`.
    """
    groups = tuple(_group(part, data["skala"]) for part in data["isi"])
    below = tuple(node for group in groups for node in walk(group))
    return Instrument(
        id=data["id"],
        title=data["judul"],
        basis=data["dasar"],
        groups=groups,
        nodes={node.code: node for node in below if node.weight is not None},
        questions={node.code: node for node in below if isinstance(node, Question)},
        areas=tuple(Area(code=row["kode"], name=row["nama"], groups=tuple(row["simpul"])) for row in data["area"]),
        requirements=tuple(_requirement(row) for row in data["syarat"]),
        proposals_close=data["batas_usulan"],
        sources=tuple(
            Source(subject=row["perihal"], origin=row["asal"], checked=row["pemeriksaan"]) for row in data["sumber"]
        ),
    )


def walk(node: Group | Question) -> Iterator[Group | Question]:
    """Yield the node and everything below it, in the worksheet's order."""
    yield node
    if isinstance(node, Group):
        for part in node.parts:
            yield from walk(part)


def _group(data: Data, scales: Data) -> Group:
    return Group(
        code=data["kode"],
        name=data["nama"],
        weight=Fraction(data["bobot"]),
        parts=tuple(_group(part, scales) if "isi" in part else _question(part, scales) for part in data["isi"]),
    )


def _question(data: Data, scales: Data) -> Question:
    formula = data.get("rumus")
    return Question(
        code=data["kode"],
        text=data["teks"],
        row=data["baris"],
        weight=Fraction(data["bobot"]) if "bobot" in data else None,
        scale=data["skala"],
        values={choice: Fraction(value) for choice, value in scales.get(data["skala"], {}).items()},
        criteria=data.get("kriteria", {}),
        counts=tuple(_count(row) for row in data.get("isian", ())),
        formula=_formula(formula) if formula is not None else None,
        survey_kind=data.get("survei", ""),
    )


def _count(data: Data) -> Count:
    return Count(id=data["id"], text=data["teks"], row=data["baris"], informative=data.get("hanya_informasi", False))


def _formula(data: Data) -> Formula:
    numerator, denominator = FORMULA_KEYS[data["jenis"]]
    below = data[denominator]
    return Formula(
        kind=data["jenis"],
        numerator=data[numerator],
        denominator=(below,) if isinstance(below, str) else tuple(below),
        zero_value=Fraction(data["penyebut_nol"]["nilai"]),
        zero_reason=data["penyebut_nol"]["alasan"],
    )


FORMULA_KEYS = {"rasio": ("pembilang", "penyebut"), "penurunan": ("sesudah", "sebelum")}
"""Kind of formula -> the keys that name its counts: above the line, below it."""


def _requirement(data: Data) -> Requirement:
    return Requirement(
        code=data["kode"],
        name=data["nama"],
        kind=data["jenis"],
        nodes=tuple(data.get("simpul", ())),
        limits={
            Predicate(name): limit if isinstance(limit, str) else ", ".join(limit)
            for name, limit in data["batas"].items()
        },
        index={Predicate(name): index for name, index in data.get("indeks", {}).items()},
    )
