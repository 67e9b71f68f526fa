"""A difference in one sentence, and what to look at first in it, as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from generator.cli.diff_words import REASONS, figure, whose
from generator.cli.inert import inert
from generator.cli.score_text import NAMES
from generator.judging.attention import Reason
from generator.model.declared import Tier
from generator.model.finding import Level
from generator.model.history import ChangeKind
from generator.model.wording import listed
from generator.publishing.change_parts import count
from generator.registry.telling import MOVED_FILE

if TYPE_CHECKING:
    from generator.judging.attention import Attention
    from generator.registry.differences import Difference, Flip

_MOST = 10
"""Things to look at that are told one by one, for each reason."""
_NAMED = 3
"""Units and totals the sentence names."""
_SMALL = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")


def summary(found: Sequence[Difference]) -> str:
    """Return what the proposal does, in one sentence; stands alone as a paragraph."""
    if not found:
        return "Usulan ini tidak mengubah apa pun di units/."
    told = [*_totals(found), *_conditions(found), *_findings(found)]
    return f"Usulan ini {_deeds(found)}{': ' if told else ''}{'; '.join(told)}."


def _deeds(found: Sequence[Difference]) -> str:
    """Return what it changes, and in which units."""
    moves = [f"memindahkan {inert(one.old_id)} menjadi {inert(one.unit)}" for one in found if one.old_id]
    deeds = [*_answers(found), *_rest(found)]
    if not moves and not deeds:
        written = not any(unit.findings.new or unit.findings.solved for unit in found)
        deeds = ["hanya mengubah cara menulis berkas" if written else "mengubah berkas"]
    names = [inert(one.name or one.unit) for one in found]
    where = names[0] if len(names) == 1 else f"{len(names)} unit atau instansi ({listed(names, _NAMED)})"
    return f"{_and([*moves[:_NAMED], *deeds])} di {where}"


def _answers(found: Sequence[Difference]) -> Iterator[str]:
    """Yield "mengubah 3 jawaban mandiri 2025 dan 1 penilaian TPI 2025 (2 bukti ditambah)"."""
    those = [one for unit in found for one in unit.touched]
    touched = Counter((one.year, list(Tier).index(one.tier)) for one in those)
    parts: list[str] = []
    for (year, place), many in sorted(touched.items()):
        tier = list(Tier)[place]
        what = "jawaban mandiri" if tier is Tier.MANDIRI else f"penilaian {NAMES[tier]}"
        parts.append(f"{many} {what} {year}")
    if len(parts) > _NAMED:
        parts = [f"{len(those)} jawaban dan penilaian"]
    if parts:
        evidence = count(change for one in those for change in one.changes if change.kind in _EVIDENCE)
        yield f"mengubah {_and(parts)}{f' ({evidence})' if evidence else ''}"


_EVIDENCE = frozenset({ChangeKind.EVIDENCE_ADDED, ChangeKind.EVIDENCE_REPLACED, ChangeKind.EVIDENCE_REMOVED})


def _rest(found: Sequence[Difference]) -> Iterator[str]:
    """Yield "membawa perubahan lain (1 survei ditambah)", for what is no answer to a known question."""
    changes = [change for unit in found for change in unit.other_changes() if change.field != MOVED_FILE]
    if changes:
        kinds = len({change.kind for change in changes})
        yield (
            f"membawa perubahan lain ({count(changes)})"
            if kinds <= _NAMED
            else f"membawa {len(changes)} perubahan lain"
        )


def _totals(found: Sequence[Difference]) -> Iterator[str]:
    moved = [one for unit in found for one in unit.totals]
    if len(moved) > _NAMED:
        yield f"{len(moved)} nilai berubah"
    elif moved:
        yield _and([f"nilai {whose(one)} {figure(one.before)} → {figure(one.after)}" for one in moved])
    elif any(unit.touched for unit in found):
        yield "nilai tetap"


def _conditions(found: Sequence[Difference]) -> Iterator[str]:
    """Yield how many conditions of each predicate are met now and were not, or the reverse; then whole verdicts."""
    flips = [flip for unit in found for flip in unit.flips]
    counted = Counter((flip.predicate, _became(flip)) for flip in flips if flip.code)
    for (predicate, became), many in counted.items():
        yield f"{_number(many)} syarat {predicate} {became}"
    whole = [flip for flip in flips if not flip.code and (flip.after or flip.before)]
    if len(whole) <= _NAMED:
        yield from (f"seluruh syarat {flip.predicate} menurut {whose(flip)} {_became(flip)}" for flip in whole)
        return
    for (predicate, became), many in Counter((flip.predicate, _became(flip)) for flip in whole).items():
        yield f"seluruh syarat {predicate} {became} pada {many} lembar"


def _became(flip: Flip) -> str:
    if flip.after:
        return "menjadi terpenuhi"
    if flip.before:
        return "tidak lagi terpenuhi" if flip.after is False else "menjadi belum pasti"
    return "menjadi belum pasti" if flip.after is None else "kini jelas tidak terpenuhi"


def _findings(found: Sequence[Difference]) -> Iterator[str]:
    new = sum(len(unit.findings.new) for unit in found)
    solved = sum(len(unit.findings.solved) for unit in found)
    if new:
        yield f"{_number(new)} temuan baru"
    if solved:
        yield f"{_number(solved)} temuan selesai"


def look_first(found: Sequence[Difference]) -> Iterator[str]:
    """Yield the lines of "Lihat lebih dulu": errors that came, then what to look at, by reason."""
    yield from ("", "### Lihat lebih dulu", "")
    errors = sum(finding.level is Level.ERROR for unit in found for finding in unit.findings.new)
    if errors:
        yield f"- **Kesalahan baru** ({errors}): harus dibetulkan sebelum digabung; rinciannya di bawah."
    items = [(unit, one) for unit in found for one in unit.attention]
    for reason in Reason:
        those = [(unit, one) for unit, one in items if one.reason is reason]
        if those:
            yield from _reason(reason, those, alone=len(found) == 1)
    if not items and not errors:
        yield (
            "Tidak ada yang menonjol: tidak ada jawaban yang naik tanpa bukti baru, bukti yang dipakai ulang, "
            "atau perubahan atas jawaban yang sudah dinilai."
        )
    if not all(unit.searched_all for unit in found):
        yield from (
            "",
            "Registri ini besar: bukti yang dipakai ulang dicari pada sebagian saja, instansi sendiri dulu.",
        )


def _reason(reason: Reason, those: Sequence[tuple[Difference, Attention]], *, alone: bool) -> Iterator[str]:
    name, why = REASONS[reason]
    yield f"- **{name}** ({len(those)}): {why}."
    for unit, one in those[:_MOST]:
        yield f"  - {'' if alone else inert(unit.unit) + ' '}{whose(one)}, **{one.code}**: {_about(one)}"
    if len(those) > _MOST:
        yield f"  - … dan {len(those) - _MOST} lagi"


def _about(one: Attention) -> str:
    if one.reason is Reason.REUSED:
        uses = [inert(f"{use.unit} {use.year} {use.question}") for use in one.uses]
        return f"{inert(one.title)} juga dipakai untuk {listed(uses, _NAMED)}"
    answer = inert(one.after) if one.after else "belum dijawab"
    if one.before != one.after:
        answer = f"{inert(one.before) if one.before else 'belum dijawab'} → {answer}"
    if one.reason is Reason.CHANGED_SINCE_JUDGED:
        return f"jawaban {answer}, sudah dinilai {_and([NAMES[tier] for tier in one.judges])}"
    return f"jawaban {answer}"


def _number(many: int) -> str:
    return _SMALL[many] if many < len(_SMALL) else str(many)


def _and(parts: Iterable[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} dan {last}" if first else last
