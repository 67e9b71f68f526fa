"""Since when an answer or a piece of evidence stands, when it really changed, when it was last judged.

Days are those on which a version came to main, in Jakarta, by the committer's clock ("menurut catatan Git"). They
follow what is said, never how it is written: a note, a title's spelling or another order of keys moves no date. What
was taken out and put in again is added anew; `Dates.first` still says when it was there for the first time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from generator.model.day import add_months, jakarta_day
from generator.model.declared import Tier
from generator.model.history import ChangeKind, Commit, Step

from .changes import answered, apply, replaced
from .matching import EVIDENCE, changed, pairs, same

_ASSESSORS = (Tier.TPI, Tier.TPN)
_ANSWER = ("jawab", "isian", "survei")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The days of one answer or one piece of evidence."""

    first: date
    """When it was there for the first time; `added`, unless it was taken out in between."""
    added: date
    changed: date
    """When it last became another answer, or another document; `added` where it never did."""
    judged: date | None
    """When TPI or TPN last said something else of it: of an answer by an answer of their own or a judgement of its
    evidence, of evidence by a judgement made since it was added. None where nobody's word on it stands."""


class Question(NamedTuple):
    """One question of one tier's sheet."""

    year: int
    tier: Tier
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """The dates of all that stands after the last step."""

    answers: Mapping[Question, Dates]
    """Of every question that is answered."""
    evidence: Mapping[Question, tuple[Dates, ...]]
    """Of every question with evidence, in the order of its list."""


def dates(steps: Iterable[Step]) -> Dated:
    """Return the dates of everything that stands after a unit's steps (oldest first, all its files)."""
    sheets = _Sheets()
    for step in steps:
        if step.patch:
            sheets.take(step)
    return sheets.dated()


def age(day: date, today: date) -> str:
    """Return how long ago the day was, in whole months once there is one.

    >>> age(date(2024, 1, 31), date(2024, 2, 29)), age(date(2024, 1, 31), date(2026, 3, 1))
    ('1 bulan lalu', '2 tahun 1 bulan lalu')
    """
    if day > today:
        return "bertanggal sesudah hari ini"
    months = 12 * (today.year - day.year) + today.month - day.month
    if add_months(day, months) > today:
        months -= 1
    if not months:
        days = (today - day).days
        return f"{days} hari lalu" if days else "hari ini"
    parts = zip(divmod(months, 12), ("tahun", "bulan"), strict=True)
    return " ".join(f"{number} {name}" for number, name in parts if number) + " lalu"


class _Stand(NamedTuple):
    """What is said, and the commits that brought it."""

    said: Any
    first: Commit
    added: Commit
    changed: Commit


class _Sheets:
    """The sheets of a unit as they stand while its steps go by."""

    def __init__(self) -> None:
        self._files: dict[str, Any] = {}
        self._named: dict[str, tuple[int, Tier]] = {}
        """Path of a sheet: what it is a sheet of, wherever the unit was."""
        self._rows: dict[tuple[int, Tier], Mapping[str, Any]] = {}
        self._answers: dict[Question, _Stand] = {}
        self._judgements: dict[Question, _Stand] = {}
        self._evidence: dict[Question, list[_Stand]] = {}
        self._gone: dict[Question, list[_Stand]] = {}
        """Evidence taken out, the latest last."""
        self._first: dict[Question, Commit] = {}

    def take(self, step: Step) -> None:
        """Let one step pass."""
        path = step.version.path
        self._files[path] = apply(self._files.get(path), step.patch)
        self._named.update((path, (one.year, one.tier)) for one in step.changes if one.year and one.tier)
        moved_away = step.version.blob is None and any(one.kind is ChangeKind.UNIT_MOVED for one in step.changes)
        if path not in self._named or moved_away:
            return
        year, tier = self._named[path]
        before, after = self._rows.get((year, tier), {}), _rows(self._files[path])
        self._rows[year, tier] = after
        for code in sorted(changed(before, after)):  # also one whose evidence changed places, of which nothing is told
            self._answer(Question(year, tier, code), after.get(code), step.version.commit)
            self._proof(Question(year, tier, code), after.get(code), step.version.commit)

    def _answer(self, question: Question, answer: Any, commit: Commit) -> None:
        said = {key: answer[key] for key in _ANSWER if key in answer} if answered(answer) else None
        before = self._answers.pop(question, None)
        if said is not None:
            first = self._first.setdefault(question, commit)
            self._answers[question] = _now(before, said, first, commit)

    def _proof(self, question: Question, answer: Any, commit: Commit) -> None:
        """Take note of `bukti`: the unit's evidence, or an assessor's judgement of it."""
        proof = answer.get("bukti") if isinstance(answer, Mapping) else None
        judged = self._judgements.pop(question, None)
        if isinstance(proof, Mapping) and proof:
            self._judgements[question] = _now(judged, proof, commit, commit)
        before = self._evidence.pop(question, [])
        items = list(proof) if isinstance(proof, list | tuple) else []
        matched = {new: old for old, new in pairs([one.said for one in before], items, EVIDENCE).items()}
        gone = self._gone.setdefault(question, [])
        gone += [stand for place, stand in enumerate(before) if place not in matched.values()]
        returned = {new: old for old, new in pairs([one.said for one in reversed(gone)], items, EVIDENCE).items()}
        stands = []
        for place, item in enumerate(items):
            old = before[matched[place]] if place in matched else None
            back = gone[-1 - returned[place]].first if place in returned else commit
            stands.append(_evident(old, item, back, commit))
        if stands:
            self._evidence[question] = stands

    def dated(self) -> Dated:
        """Return the dates of what stands now."""
        return Dated(
            answers={
                question: _dates(stand, self._last_word(question, self._answers, self._judgements))
                for question, stand in sorted(self._answers.items())
            },
            evidence={
                question: tuple(_dates(stand, self._word_since(question, stand)) for stand in stands)
                for question, stands in sorted(self._evidence.items())
            },
        )

    def _last_word(self, question: Question, *said: Mapping[Question, _Stand]) -> Commit | None:
        words = (where.get(question._replace(tier=tier)) for tier in _ASSESSORS for where in said)
        return max((word.changed for word in words if word), key=lambda commit: commit.position, default=None)

    def _word_since(self, question: Question, stand: _Stand) -> Commit | None:
        word = self._last_word(question, self._judgements)
        return word if word is not None and word.position >= stand.added.position else None


def _rows(sheet: Any) -> Mapping[str, Any]:
    rows = (sheet or {}).get("jawaban")
    return rows if isinstance(rows, Mapping) else {}


def _now(before: _Stand | None, said: Any, first: Commit, commit: Commit) -> _Stand:
    if before is None:
        return _Stand(said, first, commit, commit)
    return before if same(before.said, said) else before._replace(said=said, changed=commit)


def _evident(before: _Stand | None, item: Any, first: Commit, commit: Commit) -> _Stand:
    if before is None:
        return _Stand(item, first, commit, commit)
    both = isinstance(item, Mapping) and isinstance(before.said, Mapping)
    anew = replaced(before.said, item) if both else not same(before.said, item)
    return before._replace(said=item, changed=commit if anew else before.changed)


def _dates(stand: _Stand, judged: Commit | None) -> Dates:
    return Dates(
        first=_day(stand.first),
        added=_day(stand.added),
        changed=_day(stand.changed),
        judged=_day(judged) if judged is not None else None,
    )


def _day(commit: Commit) -> date:
    return jakarta_day(commit.committed)
