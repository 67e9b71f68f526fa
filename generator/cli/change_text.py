"""A change in one line of words; what a stranger wrote goes through the caller's `value`, which makes it inert."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from generator.judging.changes import ORDER
from generator.model.declared import Tier
from generator.model.history import Change, ChangeKind, Step
from generator.model.wording import shown
from generator.registry.past import MOVED_FILE

Value = Callable[[str], str]

MANY = 8
"""More changes of one kind than this in one version are told as a number."""
_CUT = 80
_TIERS = {Tier.MANDIRI: "Mandiri", Tier.TPI: "TPI", Tier.TPN: "TPN"}
_COUNTED: Mapping[ChangeKind, str] = {
    ChangeKind.ANSWERED: "pertanyaan dijawab",
    ChangeKind.ANSWER_CHANGED: "jawaban berubah",
    ChangeKind.EVIDENCE_ADDED: "bukti ditambah",
    ChangeKind.EVIDENCE_REPLACED: "bukti diganti",
    ChangeKind.EVIDENCE_REMOVED: "bukti dihapus",
    ChangeKind.JUDGEMENT_CHANGED: "penilaian bukti berubah",
    ChangeKind.NOTE_CHANGED: "penjelasan atau catatan berubah",
    ChangeKind.SURVEY_ADDED: "survei ditambah",
    ChangeKind.SURVEY_CHANGED: "isi survei berubah",
    ChangeKind.SURVEY_REMOVED: "survei dihapus",
    ChangeKind.CLEARANCE_CHANGED: "keterangan KPK atau Ombudsman berubah",
    ChangeKind.PREDICATE_EVENT: "peristiwa predikat dicatat atau dibetulkan",
    ChangeKind.MONITORING: "laporan pemantauan dicatat atau dibetulkan",
    ChangeKind.STATEMENT: "pernyataan dicatat atau dibetulkan",
    ChangeKind.UNIT_MOVED: "berkas pindah",
    ChangeKind.PROFILE_CHANGED: "data unit berubah",
    ChangeKind.SHEET_CHANGED: "isi lembar berubah",
    ChangeKind.UNREADABLE: "versi tidak terbaca",
}
_LISTED: Mapping[ChangeKind, tuple[str, tuple[str, ...]]] = {
    ChangeKind.SURVEY_ADDED: ("survei", ("jenis", "indeks", "penyelenggara")),
    ChangeKind.SURVEY_CHANGED: ("survei", ("jenis", "indeks")),
    ChangeKind.SURVEY_REMOVED: ("survei", ("jenis", "indeks")),
    ChangeKind.CLEARANCE_CHANGED: ("keterangan", ("status", "nomor")),
    ChangeKind.PREDICATE_EVENT: ("peristiwa", ("tanggal", "nomor")),
    ChangeKind.MONITORING: ("laporan pemantauan", ("pelaksana", "hasil")),
    ChangeKind.STATEMENT: ("pernyataan", ("program", "masih_berjalan")),
}
"""How an item of a list is called, and which of its values are said when it came or went."""
_TOGETHER = frozenset({ChangeKind.SHEET_CHANGED, ChangeKind.PROFILE_CHANGED})
"""Told on one line: they came in one edit and say little alone."""
_TITLES = ("judul", "berkas", "tautan")


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
    moved: dict[tuple[str, str], set[str]] = {}
    for change in changes:
        if change.kind is ChangeKind.UNIT_MOVED and change.field == MOVED_FILE:
            moved.setdefault((_unit_of(change.before), _unit_of(change.after)), set()).add(change.after)
        else:
            rest.append(change)
    for (before, after), files in moved.items():
        yield "", "", f"unit pindah dari {value(before)} ke {value(after)} ({len(files)} berkas)"
    for where, here in groupby(rest, key=place):
        kinds: dict[ChangeKind, list[Change]] = {}
        for change in here:
            kinds.setdefault(change.kind, []).append(change)
        for kind, found in kinds.items():
            yield from _of_kind(where, kind, found, value)


def _of_kind(where: str, kind: ChangeKind, found: list[Change], value: Value) -> Iterator[tuple[str, str, str]]:
    if len(found) > MANY:
        yield where, "", f"{len(found)} {_COUNTED[kind]}"
    elif kind in _TOGETHER:
        yield where, "", "; ".join(phrase(change, value) for change in found)
    else:
        for change in found:
            named = kind not in _LISTED and change.code
            yield where, value(change.code) if named else "", phrase(change, value)


def _unit_of(path: str) -> str:
    return "/".join(path.split("/")[1:3])


def by_step(steps: Iterable[Step]) -> Iterator[tuple[list[Step], tuple[Change, ...]]]:
    """Yield what belongs together: the steps of one commit, and all they changed."""
    for _, same_commit in groupby(steps, key=lambda step: step.version.commit.position):
        found = list(same_commit)
        yield found, tuple(change for step in found for change in step.changes)


def phrase(change: Change, value: Value) -> str:
    """Return what happened, without where."""
    if change.field.rpartition(".")[2] == ORDER:
        return "urutan diubah"
    return _SAY.get(change.kind, _plainly)(change, value)


def _plainly(change: Change, value: Value) -> str:
    name = value(change.field.replace(".", " ").replace("_", " ")) if change.field else "isi"
    return _from_to(name, change, value)


def _unreadable(change: Change, value: Value) -> str:
    del change, value
    return "versi ini tidak dapat dibaca"


def _judgement(change: Change, value: Value) -> str:
    return f"bukti {_from_to(value(change.field), change, value)}"


def _answer(change: Change, value: Value) -> str:
    before, after = change.before, change.after
    if change.field == "jawab":
        return f"jawaban {_said(before, value, 'belum')} → {_said(after, value, 'belum')}"
    if change.field == "isian" and isinstance(before, Mapping) and isinstance(after, Mapping):
        keys = [key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key)]
        return "isian " + ", ".join(
            f"{value(str(key))} {_said(before.get(key), value)} → {_said(after.get(key), value)}" for key in keys
        )
    return _from_to(value(change.field) if change.field else "jawaban", change, value)


def _evidence(change: Change, value: Value) -> str:
    if change.kind is ChangeKind.EVIDENCE_ADDED:
        return f"bukti ditambah: {_title(change.after, value)}"
    if change.kind is ChangeKind.EVIDENCE_REMOVED:
        return f"bukti dihapus: {_title(change.before, value)}"
    before, after = _title(change.before, value), _title(change.after, value)
    return f"bukti diganti: {after}" if before == after else f"bukti diganti: {before} → {after}"


def _title(item: Any, value: Value) -> str:
    named = item if isinstance(item, Mapping) else {}
    titles = (named.get(key) for key in _TITLES)
    return value(next((title for title in titles if isinstance(title, str) and title), "tanpa judul"))


def _item(change: Change, value: Value) -> str:
    kind, keys = _LISTED[change.kind]
    name = f"{kind} {value(change.code)}" if change.code else kind
    if change.field:
        return f"{name}: {_plainly(change, value)}"
    item, verb = (change.after, "dicatat") if change.after is not None else (change.before, "dihapus")
    said = [_said(item[key], value) for key in keys if key in item] if isinstance(item, Mapping) else []
    return f"{name} {verb}" + (f": {', '.join(said)}" if said else "")


def _from_to(name: str, change: Change, value: Value) -> str:
    return f"{name} {_said(change.before, value)} → {_said(change.after, value)}"


def _said(item: Any, value: Value, nothing: str = "–") -> str:
    """Return a JSON value in words."""
    if item is None:
        return nothing
    return value(item if isinstance(item, str) else _listed(item))


def _listed(item: Any) -> str:
    if isinstance(item, Mapping):
        return ", ".join(f"{key}: {_listed(inner)}" for key, inner in item.items())
    if isinstance(item, list | tuple):
        return "; ".join(map(_listed, item))
    return item if isinstance(item, str) else json.dumps(item)


_SAY: Mapping[ChangeKind, Callable[[Change, Value], str]] = {
    ChangeKind.ANSWERED: _answer,
    ChangeKind.ANSWER_CHANGED: _answer,
    ChangeKind.EVIDENCE_ADDED: _evidence,
    ChangeKind.EVIDENCE_REMOVED: _evidence,
    ChangeKind.EVIDENCE_REPLACED: _evidence,
    ChangeKind.JUDGEMENT_CHANGED: _judgement,
    ChangeKind.UNREADABLE: _unreadable,
    **dict.fromkeys(_LISTED, _item),
}


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
