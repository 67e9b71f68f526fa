"""What an instrument asks, as the rules need it: which answers fit which question.

Taken straight from the instrument's data. `judging.instrument.build` makes of the same data what scoring needs, and
costs several times as much: too much for a command that looks at one file before every commit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

Data = Mapping[str, Any]


class Ratio(NamedTuple):
    """How counts become a value."""

    kind: str
    """rasio or penurunan."""
    above: str
    """The count above the line."""
    below: tuple[str, ...]
    """The counts below the line, which are added."""
    zero_value: str
    """What the registry gives where they are 0 together."""
    zero_reason: str


class Question(NamedTuple):
    """One question. It has choices, or a ratio with its counts, or the kind of survey that answers it."""

    code: str
    choices: tuple[str, ...]
    counts: Mapping[str, bool]
    """Count -> whether it only informs, without a part in the ratio."""
    ratio: Ratio | None
    survey: str

    @property
    def way(self) -> str:
        """The one key that answers it: "jawab", "isian" or "survei"."""
        if self.ratio is not None:
            return "isian"
        return "survei" if self.survey else "jawab"


class Form(NamedTuple):
    """An instrument's questions, in its order, and the codes of its groups."""

    instrument: str
    questions: Mapping[str, Question]
    groups: Collection[str]


def form(data: Data) -> Form:
    """Return the form of an instrument's data; raises KeyError where a part is missing."""
    nodes = tuple(_nodes(data["isi"]))
    questions = (_question(node, data["skala"]) for node in nodes if "isi" not in node)
    return Form(
        instrument=data["id"],
        questions={question.code: question for question in questions},
        groups=frozenset(node["kode"] for node in nodes if "isi" in node),
    )


def _nodes(parts: Iterable[Data]) -> Iterator[Data]:
    for part in parts:
        yield part
        yield from _nodes(part.get("isi", ()))


def _question(node: Data, scales: Data) -> Question:
    formula = node.get("rumus")
    return Question(
        code=node["kode"],
        choices=tuple(scales.get(node["skala"], ())),
        counts={count["id"]: count.get("hanya_informasi", False) for count in node.get("isian", ())},
        ratio=_ratio(formula) if formula is not None else None,
        survey=node.get("survei", ""),
    )


def _ratio(formula: Data) -> Ratio:
    fall = formula["jenis"] == "penurunan"
    below = formula["sebelum" if fall else "penyebut"]
    zero = formula["penyebut_nol"]
    return Ratio(
        kind=formula["jenis"],
        above=formula["sesudah" if fall else "pembilang"],
        below=(below,) if isinstance(below, str) else tuple(below),
        zero_value=zero["nilai"],
        zero_reason=zero["alasan"],
    )


def encoded(value: Form) -> list[Any]:
    """Return the form as plain JSON data."""
    questions = [[*question[:3], question.ratio, question.survey] for question in value.questions.values()]
    return [value.instrument, questions, sorted(value.groups)]


def decoded(value: Any) -> Form:
    """Return the form of `encoded` data; raises TypeError or ValueError where they are none."""
    instrument, rows, groups = value
    questions = (
        Question(code, tuple(choices), counts, None if ratio is None else _decoded_ratio(ratio), survey)
        for code, choices, counts, ratio, survey in rows
    )
    return Form(instrument, {question.code: question for question in questions}, frozenset(groups))


def _decoded_ratio(value: Any) -> Ratio:
    kind, above, below, zero_value, zero_reason = value
    return Ratio(kind, above, tuple(below), zero_value, zero_reason)
