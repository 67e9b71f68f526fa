"""An instrument's data (schema/instrumen/*.yaml) become values, or findings where they do not add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from generator.model.declared import Predicate
from generator.model.document import Mark, Pointer, pointer_text
from generator.model.exact import decimal_text
from generator.model.finding import Finding, Level
from generator.model.instrument import Area, Count, Formula, Group, Handled, Instrument, Question, Requirement, Source
from generator.model.wording import listed, shown

Data = Mapping[str, Any]

WHOLE = Fraction(100)
"""What the weights at the top come to."""
FORMULA_KEYS = {"rasio": ("pembilang", "penyebut"), "penurunan": ("sesudah", "sebelum")}
"""Kind of formula -> the keys that name its counts: above the line, below it."""
SCALES_WITHOUT_CHOICES = {"persen": "rumus", "indeks-0-4": "survei"}
"""Scales that no list of choices describes -> the key that says how such a question is answered."""
REQUIREMENT_KINDS = {"nilai": "simpul", "persen": "simpul", "predikat": "batas", "clearance": "batas"}
"""Kinds of condition -> the key such a condition cannot be without."""


def build(data: Data) -> Instrument:
    """Return the instrument the data describe.

    Raises KeyError or ValueError where a part is missing or a number is none; what is there but does not add up
    is for `faults`.
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
        complaints=_handled(data["pengaduan"]) if "pengaduan" in data else None,
    )


def _handled(data: Data) -> Handled:
    return Handled(done=data["selesai"], received=data["jumlah"])


def _count(data: Data) -> Count:
    return Count(id=data["id"], text=data["teks"], row=data["baris"], informative=data.get("hanya_informasi", False))


def _formula(data: Data) -> Formula:
    above, below = FORMULA_KEYS[data["jenis"]]
    return Formula(
        kind=data["jenis"],
        numerator=data[above],
        denominator=_names(data[below]),
        zero_value=Fraction(data["penyebut_nol"]["nilai"]),
        zero_reason=data["penyebut_nol"]["alasan"],
    )


def _names(value: str | Sequence[str]) -> tuple[str, ...]:
    """Return one name or several as several."""
    return (value,) if isinstance(value, str) else tuple(value)


def _requirement(data: Data) -> Requirement:
    return Requirement(
        code=data["kode"],
        name=data["nama"],
        kind=data["jenis"],
        nodes=tuple(data.get("simpul", ())),
        limits={Predicate(name): ", ".join(_names(limit)) for name, limit in data["batas"].items()},
        index={Predicate(name): index for name, index in data.get("indeks", {}).items()},
    )


class _Fault(NamedTuple):
    pointer: Pointer
    code: str
    message: str
    hint: str


def faults(document_path: str, data: Data, marks: Mark) -> tuple[Finding, ...]:
    """Return every fault of the data, sorted by place: an instrument that does not add up misjudges every unit.

    The data must have an instrument's keys, else KeyError or ValueError as `build` raises them.
    """
    nodes = tuple(_nodes(data["isi"], ("isi",)))
    found = [
        *_scale_faults(data["skala"]),
        *_weight_faults(data["isi"], nodes),
        *_twin_faults(data, nodes),
        *_node_name_faults(data, nodes),
    ]
    for pointer, node in nodes:
        if "isi" not in node:
            found += _question_faults(pointer, node, data["skala"])
    return tuple(sorted(_finding(document_path, marks, fault) for fault in found))


def _finding(path: str, marks: Mark, fault: _Fault) -> Finding:
    line, column = marks.place(fault.pointer)
    return Finding(
        path=path,
        line=line,
        column=column,
        code=fault.code,
        level=Level.ERROR,
        pointer=pointer_text(fault.pointer),
        message=fault.message,
        hint=fault.hint,
    )


def _nodes(parts: Sequence[Data], pointer: Pointer) -> Iterator[tuple[Pointer, Data]]:
    """Yield every group and question with its place."""
    for place, part in enumerate(parts):
        yield (*pointer, place), part
        yield from _nodes(part.get("isi", ()), (*pointer, place, "isi"))


def _scale_faults(scales: Data) -> Iterator[_Fault]:
    for scale, values in scales.items():
        for choice, value in values.items():
            if not 0 <= Fraction(value) <= 1:
                yield _Fault(
                    ("skala", scale, choice),
                    "nilai-di-luar-batas",
                    f"Nilai {shown(choice)} pada skala {scale} harus dari 0 sampai 1.",
                    "Betulkan nilainya.",
                )


def _weight_faults(top: Sequence[Data], nodes: Iterable[tuple[Pointer, Data]]) -> Iterator[_Fault]:
    """Find parts that do not add up to their whole, and groups that mix sums with averages."""
    yield from _sum_faults(top, WHOLE, "seluruh instrumen", ("isi",))
    for pointer, node in nodes:
        if "isi" not in node:
            continue
        weighted = {"bobot" in part for part in node["isi"]}
        if weighted == {True}:
            yield from _sum_faults(node["isi"], Fraction(node["bobot"]), node["kode"], (*pointer, "bobot"))
        elif weighted != {False} or any("isi" in part for part in node["isi"]):
            yield _Fault(
                (*pointer, "isi"),
                "bobot-tidak-cocok",
                f"Bagian-bagian {node['kode']} tidak dapat dijumlahkan maupun dirata-ratakan.",
                "Beri bobot kepada semua bagian, atau isi dengan pertanyaan tanpa bobot saja.",
            )


def _sum_faults(parts: Sequence[Data], whole: Fraction, name: str, pointer: Pointer) -> Iterator[_Fault]:
    total = sum((Fraction(part.get("bobot", 0)) for part in parts), Fraction(0))
    if total != whole:
        yield _Fault(
            pointer,
            "bobot-tidak-cocok",
            f"Bobot {name} adalah {_plain(whole)}, padahal bobot bagian-bagiannya berjumlah {_plain(total)}.",
            "Betulkan bobotnya sampai jumlahnya cocok.",
        )


def _plain(number: Fraction) -> str:
    return decimal_text(number).rstrip("0").rstrip(".").replace(".", ",")


def _twin_faults(data: Data, nodes: Iterable[tuple[Pointer, Data]]) -> Iterator[_Fault]:
    """Find a code that stands for two things."""
    yield from _twins("kode", nodes)
    for key in ("area", "syarat"):
        yield from _twins("kode", (((key, place), row) for place, row in enumerate(data[key])))
    for pointer, node in nodes:
        yield from _twins("id", (((*pointer, "isian", n), row) for n, row in enumerate(node.get("isian", ()))))


def _twins(key: str, rows: Iterable[tuple[Pointer, Data]]) -> Iterator[_Fault]:
    seen: Counter[str] = Counter()
    for pointer, row in rows:
        seen[row[key]] += 1
        if seen[row[key]] > 1:
            yield _Fault(
                (*pointer, key),
                "kode-kembar",
                f"{key} {shown(row[key])} sudah dipakai di atas.",
                "Beri kode yang berbeda.",
            )


def _question_faults(pointer: Pointer, question: Data, scales: Data) -> Iterator[_Fault]:
    """Find a question that cannot be answered or valued."""
    scale = question["skala"]
    if scale in SCALES_WITHOUT_CHOICES:
        needed = SCALES_WITHOUT_CHOICES[scale]
        if needed not in question:
            yield _Fault(
                (*pointer, "skala"),
                "skala-tidak-lengkap",
                f"Pertanyaan {question['kode']} berskala {scale} tetapi tidak mempunyai {needed}.",
                f"Tambahkan {needed}, atau pilih skala lain.",
            )
    elif scale not in scales:
        yield _Fault(
            (*pointer, "skala"),
            "skala-tidak-dikenal",
            f"Skala {shown(scale)} pada pertanyaan {question['kode']} tidak ada.",
            f"Skala yang ada: {listed([*scales, *SCALES_WITHOUT_CHOICES])}.",
        )
    if "rumus" in question:
        yield from _formula_faults((*pointer, "rumus"), question)
    if "pengaduan" in question:
        yield from _unknown_counts((*pointer, "pengaduan"), question, ("selesai", "jumlah"))


def _formula_faults(pointer: Pointer, question: Data) -> Iterator[_Fault]:
    formula = question["rumus"]
    if formula["jenis"] not in FORMULA_KEYS:
        yield _Fault(
            (*pointer, "jenis"),
            "rumus-tidak-dikenal",
            f"Rumus {shown(formula['jenis'])} pada pertanyaan {question['kode']} tidak ada.",
            f"Rumus yang ada: {listed(list(FORMULA_KEYS))}.",
        )
        return
    yield from _unknown_counts(pointer, question, FORMULA_KEYS[formula["jenis"]])
    if not 0 <= Fraction(formula["penyebut_nol"]["nilai"]) <= 1:
        yield _Fault(
            (*pointer, "penyebut_nol", "nilai"),
            "nilai-di-luar-batas",
            f"Nilai bila penyebut nol pada pertanyaan {question['kode']} harus dari 0 sampai 1.",
            "Betulkan nilainya.",
        )


def _unknown_counts(pointer: Pointer, question: Data, keys: Iterable[str]) -> Iterator[_Fault]:
    """Find what the keys of `rumus` or `pengaduan` name and the question does not count."""
    part = str(pointer[-1])
    counts = [count["id"] for count in question.get("isian", ())]
    for key in keys:
        for name in _names(question[part][key]):
            if name not in counts:
                yield _Fault(
                    (*pointer, key),
                    "isian-tidak-dikenal",
                    f"{part.title()} pada pertanyaan {question['kode']} memakai isian {shown(name)} yang tidak ada.",
                    f"Isian pertanyaan ini: {listed(counts)}.",
                )


def _node_name_faults(data: Data, nodes: Iterable[tuple[Pointer, Data]]) -> Iterator[_Fault]:
    """Find areas and conditions that name what is not there, or ask in no known way."""
    weighted = {node["kode"] for _, node in nodes if "bobot" in node}
    for key in ("area", "syarat"):
        for place, row in enumerate(data[key]):
            for name in row.get("simpul", ()):
                if name not in weighted:
                    yield _Fault(
                        (key, place, "simpul"),
                        "simpul-tidak-dikenal",
                        f"{key} {shown(row['kode'])} menyebut {shown(name)}, yang bukan simpul berbobot.",
                        "Tulis kode kelompok atau pertanyaan yang berbobot.",
                    )
    for place, row in enumerate(data["syarat"]):
        if not row.get(REQUIREMENT_KINDS.get(row["jenis"], "")):
            yield _Fault(
                ("syarat", place, "jenis"),
                "syarat-tidak-lengkap",
                f"Syarat {shown(row['kode'])} berjenis {shown(row['jenis'])}: jenisnya tidak ada, atau simpulnya.",
                f"Jenis yang ada: {listed(list(REQUIREMENT_KINDS))}; nilai dan persen memerlukan simpul.",
            )
