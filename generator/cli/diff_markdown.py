"""A difference as the comment a reviewer reads: first what it does, then what to look at, then everything.

Plain Markdown of GitHub and GitLab. What a stranger wrote stands in code spans (`inert`); the only HTML is the two
constant tags around a checklist.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.cli.change_text import lines, written
from generator.cli.checklist import checklist, heading
from generator.cli.diff_summary import look_first, summary
from generator.cli.diff_words import LEVELS, figure, whose
from generator.cli.inert import inert, ours
from generator.cli.score_text import NAMES
from generator.judging.attention import Reason
from generator.judging.privacy import masked
from generator.model.finding import Finding, Level
from generator.publishing.change_parts import briefly, together

if TYPE_CHECKING:
    from generator.judging.refusing import Refusal
    from generator.model.history import Change
    from generator.registry.differences import Difference, Flip, Touched

LONGEST = 60_000
"""Size of the comment as a JSON string in UTF-8: GitHub takes 65,536 characters, and what carries it 64 kB."""
_LAST_WORD = 600
"""Kept free for what is said where it is cut."""
_MOST_LINES = 600
"""Lines of changes that the units share; each has at least a few."""
_FEWEST_LINES = 6
_MOST_ITEMS = 60
"""Findings (and refusals) that the units share; each has at least a few, and none more than is read."""
_FEWEST_ITEMS = 3
_IN_FULL = 25
"""Questions of a unit whose changes are told in full; of more, what came in is only counted."""
_ITEMS = 20
_LONG = 300
"""Characters of a finding's message, of a remedy and of a reason."""
_REVISION = 80
_OPEN = ("<details>", "<summary>Tampilkan daftar periksa</summary>", "")
_CLOSE = ("", "</details>")


def as_markdown(before: str, after: str, differences: Iterable[Difference]) -> Iterator[str]:
    """Yield the comment's lines, at most `LONGEST` in all, the most important first."""
    found = sorted(differences, key=_urgency)
    return _bounded(_comment(before, after, found), f"zi diff {before} {after} --format text")


def _urgency(unit: Difference) -> tuple[bool, bool, str]:
    errors = any(finding.level is Level.ERROR for finding in unit.findings.new)
    return not errors, not unit.attention, unit.unit


def _comment(before: str, after: str, found: Sequence[Difference]) -> Iterator[str]:
    yield summary(found)
    if found:
        yield from look_first(found)
        for unit in found:
            yield from _unit(unit, _Room.of(len(found)))
        if any(unit.touched for unit in found):
            yield from _checklists(found)
    yield ""
    yield f"Dibandingkan: {inert(before, _REVISION)} dengan {inert(after, _REVISION)}."


class _Room(NamedTuple):
    """How much of one unit is told."""

    lines: int
    items: int

    @classmethod
    def of(cls, units: int) -> _Room:
        """Share what there is among the units."""
        return cls(max(_FEWEST_LINES, _MOST_LINES // units), min(_ITEMS, max(_FEWEST_ITEMS, _MOST_ITEMS // units)))


def _bounded(comment: Iterable[str], command: str) -> Iterator[str]:
    """Yield whole lines while they fit, then how many there are more and how to see them."""
    waiting = list(comment)
    left = LONGEST - _LAST_WORD
    is_open = False
    for place, line in enumerate(waiting):
        left -= len(json.dumps(f"{line}\n", ensure_ascii=False).encode())
        if left < 0:
            yield from _CLOSE if is_open else ()
            yield ""
            yield (
                f"Komentar ini dipotong: masih ada {len(waiting) - place} baris. "
                f"Lihat semua perubahan dengan {inert(command, 2 * _REVISION + 40)}."
            )
            return
        yield line
        is_open = (is_open or line == _OPEN[0]) and line != _CLOSE[-1]


def _unit(unit: Difference, room: _Room) -> Iterator[str]:
    title = f"{inert(unit.name)} ({inert(unit.unit)})" if unit.name else inert(unit.unit)
    moved = f", sebelumnya {inert(unit.old_id)}" if unit.old_id else ""
    yield from ("", f"### {title}{moved}")
    yield from _table("Nilai", [(whose(one), figure(one.before), figure(one.after)) for one in unit.totals], "---:")
    yield from _table("Syarat", [(_condition(one), _MET[one.before], _MET[one.after]) for one in unit.flips])
    yield from _findings(unit, room.items)
    yield from _refused(unit, room.items)
    yield from _changes(unit, room.lines)


_MET = {True: "terpenuhi", False: "tidak terpenuhi", None: "belum pasti"}


def _condition(flip: Flip) -> str:
    return f"{flip.predicate} menurut {whose(flip)}: {ours(flip.name) if flip.name else '**seluruh syarat**'}"


def _table(name: str, rows: Sequence[tuple[str, str, str]], align: str = "---") -> Iterator[str]:
    if rows:
        yield from ("", f"| {name} | Sebelum | Sesudah |", f"|---|{align}|{align}|")
        yield from (f"| {what} | {before} | {after} |" for what, before, after in rows)


def _findings(unit: Difference, most: int) -> Iterator[str]:
    found = unit.findings
    above = {one.reason for one in unit.attention}
    new = [_finding(one) for one in found.new if one.code not in above]
    if len(new) < len(found.new):
        new.append(f"{len(found.new) - len(new)} temuan yang sudah disebut pada “Lihat lebih dulu”")
    solved = [_finding(one, mend=False) for one in found.solved]
    yield from _listing(f"**Temuan baru** ({len(found.new)})", new, most)
    yield from _listing(f"**Temuan selesai** ({len(solved)})", solved, most)
    if found.standing:
        yield from ("", f"Selain itu ada {found.standing} temuan yang sudah ada sebelumnya.")


def _finding(finding: Finding, *, mend: bool = True) -> str:
    where = f"{finding.path}:{finding.line}" if finding.line else finding.path
    said = f"{LEVELS[finding.level]} di {inert(where, _LONG)}: {inert(finding.message, _LONG)}"
    return f"{said} Cara membetulkan: {inert(finding.hint, _LONG)}" if mend and finding.hint else said


def _listing(head: str, items: Sequence[str], most: int) -> Iterator[str]:
    if items:
        yield from ("", head, "")
        yield from (f"- {item}" for item in items[:most])
        if len(items) > most:
            yield f"- … dan {len(items) - most} lagi"


def _refused(unit: Difference, most: int) -> Iterator[str]:
    told = {
        (one.year, one.question.code, refusal): f"**{one.question.code}** {one.year}, {_refusal(refusal)}"
        for one in unit.touched
        for refusal in one.refusals
    }
    yield from _listing(f"**Tidak diterima penilai** ({len(told)})", list(told.values()), most)


def _refusal(refusal: Refusal) -> str:
    answer = f"{inert(refusal.claimed)} dinilai {inert(refusal.given)}" if refusal.given else inert(refusal.claimed)
    lacking = f", bukti tidak {' dan tidak '.join(refusal.lacking)}" if refusal.lacking else ""
    reason = f"; alasan: {inert(refusal.reason, _LONG)}" if refusal.reason else "; alasannya belum ditulis"
    return f"{NAMES[refusal.tier]}: {answer}{lacking}{reason}"


def _changes(unit: Difference, most: int) -> Iterator[str]:
    """Yield what changed: question by question, then the rest."""
    in_full = len(unit.touched) <= _IN_FULL
    told = [
        *(line for touched in unit.touched for line in _question(unit, touched, in_full=in_full)),
        *(f"- {', '.join(filter(None, line))}" for line in lines(unit.other_changes(), inert)),
    ]
    if not told and not unit.findings.new and not unit.findings.solved:
        told = ["- hanya cara menulisnya yang berubah"]
    if told:
        yield from ("", "**Jawaban dan bukti**" if unit.touched else "**Perubahan**", "")
        yield from told[:most]
    if len(told) > most:
        yield f"- … dan {len(told) - most} baris lagi"


def _question(unit: Difference, touched: Touched, *, in_full: bool) -> Iterator[str]:
    judges = [
        NAMES[judge]
        for one in unit.attention
        if one.reason is Reason.CHANGED_SINCE_JUDGED
        and (one.year, one.tier, one.code) == (touched.year, touched.tier, touched.question.code)
        for judge in one.judges
    ]
    mark = f" — **berubah setelah dinilai {' dan '.join(judges)}**" if judges else ""
    yield f"- {heading(touched)}{mark}"
    for parts in together(map(_focused, touched.changes)) if in_full else briefly(touched.changes):
        yield f"  - {written(parts, inert)}"


def _focused(change: Change) -> Change:
    """Return the change of a long text from shortly before where it differs: cut, both might look the same."""
    if not (isinstance(change.before, str) and isinstance(change.after, str)):
        return change
    before, after = masked(change.before), masked(change.after)  # first, or a number could be cut in two
    pairs = enumerate(zip(before, after, strict=False))
    shared = next((place for place, (old, new) in pairs if old != new), min(len(before), len(after)))
    start = before.rfind(" ", 0, max(0, shared - _BEFORE)) + 1
    if start <= _BEFORE:
        return change
    return change._replace(before=f"…{before[start:]}", after=f"…{after[start:]}")


_BEFORE = 20
"""Characters shown before a difference, at least."""


def _checklists(found: Sequence[Difference]) -> Iterator[str]:
    yield from ("", "### Daftar periksa")
    for unit in found:
        if unit.touched:
            yield from ("", f"{inert(unit.name or unit.unit)}: {len(unit.touched)} pertanyaan", "", *_OPEN)
            for touched in unit.touched:
                yield from checklist(touched)
            yield from _CLOSE
