"""What a reviewer ticks off for a question whose answer changed: its criteria, its counts, its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.cli.inert import inert, ours
from generator.cli.score_text import NAMES
from generator.model.declared import Tier

if TYPE_CHECKING:
    from generator.model.declared import Answer
    from generator.model.instrument import Question
    from generator.registry.differences import Touched

_UNANSWERED = frozenset({"", "belum"})


def checklist(touched: Touched) -> Iterator[str]:
    """Yield Markdown lines: the question, and below it what to tick."""
    yield f"- {heading(touched)}"
    for item in _items(touched):
        yield f"  - [ ] {item}"


def heading(touched: Touched) -> str:
    """Return which question of whose sheet."""
    return f"**{touched.question.code}** {ours(touched.question.text)} ({NAMES[touched.tier]} {touched.year})"


def _items(touched: Touched) -> Iterator[str]:
    question, answer = touched.question, touched.answer
    if answer is None:
        yield "Jawaban memang sengaja dihapus"
        return
    if question.values:
        yield from _criteria(question, answer.choice)
    elif question.formula:
        yield from _counts(question, answer)
    else:
        said = f" {inert(answer.survey)}" if answer.survey else ""
        yield f"Laporan survei {question.survey_kind}{said} dapat dibuka dan indeksnya sama"
    if touched.tier is not Tier.MANDIRI:
        yield "Alasan penilai tertulis dan menjawab buktinya"
    elif not question.survey_kind:
        yield "Bukti dapat dibuka, relevan, lengkap, dan sah" if answer.evidence else "Memang tidak perlu bukti"


def _criteria(question: Question, choice: str) -> Iterator[str]:
    """Yield the criterion of the choice, and that of the next lower: what must be more than that."""
    choices = list(question.values)
    if choice not in choices:
        said = (
            f"Jawaban {inert(choice)} tidak ada pada skalanya" if choice not in _UNANSWERED else "Memang belum dijawab"
        )
        yield f"{said}; pilihannya {', '.join(map(ours, choices))}"
        return
    yield f"Sesuai kriteria {ours(choice)}: {_criterion(question, choice)}"
    lower = next(iter(choices[choices.index(choice) + 1 :]), "")
    if lower and question.values[lower]:  # what is worth nothing needs no telling apart
        yield f"Lebih dari kriteria {ours(lower)}: {_criterion(question, lower)}"


def _criterion(question: Question, choice: str) -> str:
    return ours(question.criteria.get(choice, "tidak dirinci pada lembar kerja"))


def _counts(question: Question, answer: Answer) -> Iterator[str]:
    for count in question.counts:
        number = answer.counts.get(count.id)
        said = "belum diisi" if number is None else f"{inert(str(number))}, cocok dengan sumbernya"
        yield f"{ours(count.text)}: {said}"
