"""Changes line by line; what a stranger wrote goes through the caller's `value`, which makes it inert."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from generator.model.declared import Tier
from generator.model.history import Change, ChangeKind, Step
from generator.model.wording import shown
from generator.publishing.change_parts import NAMED, Parts, count, parts
from generator.registry.telling import MOVED_FILE

Value = Callable[[str], str]

MANY = 8
"""More changes of one kind than this in one version are told as a number."""
_CUT = 80
_TIERS = {Tier.MANDIRI: "Mandiri", Tier.TPI: "TPI", Tier.TPN: "TPN"}
_TOGETHER = frozenset({ChangeKind.SHEET_CHANGED, ChangeKind.PROFILE_CHANGED})
"""Told on one line: they came in one edit and say little alone."""


def plain(text: str, limit: int = _CUT) -> str:
    """Return a stranger's text on one line, cut, with nothing in it that moves a cursor, hides or reorders."""
    return shown(text, limit)[1:-1]


def place(change: Change) -> str:
    """Return whose sheet of which year, or "" for a file of the unit itself."""
    if change.year is None:
        return ""
    return f"{_TIERS[change.tier] if change.tier else 'Tahun'} {change.year}"


def lines(changes: Iterable[Change], value: Value) -> Iterator[tuple[str, str, str]]:
    """Yield (place, code, what happened); many changes of one kind in one place are one line with their number.

    Files that moved with their unit are one line, wherever they are told. Codes are inert: they go through `value`.
    """
    rest: list[Change] = []
    moved: dict[Parts, set[str]] = {}
    for change in changes:
        if change.kind is ChangeKind.UNIT_MOVED and change.field == MOVED_FILE:
            moved.setdefault(parts(change), set()).add(change.after)
        else:
            rest.append(change)
    for told, files in moved.items():
        yield "", "", f"{written(told, value)} ({len(files)} berkas)"
    for where, here in groupby(rest, key=place):
        kinds: dict[ChangeKind, list[Change]] = {}
        for change in here:
            kinds.setdefault(change.kind, []).append(change)
        for kind, found in kinds.items():
            yield from _of_kind(where, kind, found, value)


def _of_kind(where: str, kind: ChangeKind, found: list[Change], value: Value) -> Iterator[tuple[str, str, str]]:
    if len(found) > MANY:
        yield where, "", count(found)
    elif kind in _TOGETHER:
        yield where, "", "; ".join(phrase(change, value) for change in found)
    else:
        for change in found:
            named = kind not in NAMED and change.code
            yield where, value(change.code) if named else "", phrase(change, value)


def by_step(steps: Iterable[Step]) -> Iterator[tuple[list[Step], tuple[Change, ...]]]:
    """Yield what belongs together: the steps of one commit, and all they changed."""
    for _, same_commit in groupby(steps, key=lambda step: step.version.commit.position):
        found = list(same_commit)
        yield found, tuple(change for step in found for change in step.changes)


def phrase(change: Change, value: Value) -> str:
    """Return what happened, without where."""
    return written(parts(change), value)


def written(told: Parts, value: Value) -> str:
    """Return the parts in a row: ours as they are, strangers' through `value`."""
    return "".join(part if isinstance(part, str) else value(part.text) for part in told)


def as_data(change: Change) -> dict[str, Any]:
    """Return the change as the JSON of `zi history` and `zi diff` has it."""
    return {
        "jenis": change.kind,
        "tahun": change.year,
        "tingkat": change.tier,
        "kode": change.code,
        "bidang": change.field,
        "sebelum": change.before,
        "sesudah": change.after,
    }
