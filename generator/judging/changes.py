"""What happened between two versions of a file, in words a head of office understands.

Only meaning counts: the order of keys, comments, quoting and line ends are gone before a document comes here. The order
of items says nothing either, but where it tells which of two came first (`_Listing.ties`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from generator.model.declared import Tier
from generator.model.document import Kind
from generator.model.history import Change, ChangeKind

from .matching import CASE, EVENT, EVIDENCE, REPLY, REPORT, STATEMENT, SURVEY, Identity, changed, pairs, same
from .natural_order import in_natural_order
from .patching import Operation, apply, patch

__all__ = ["ORDER", "answered", "apply", "compare", "patch", "replaced"]

Data = Mapping[str, Any]
ORDER = "urutan"
"""`Change.field` where items of one time changed places."""
_ANSWER = ("jawab", "isian", "survei")
"""Keys that answer a question."""
_STAMP = "menilai"
"""Key in a sheet and in each of its answers that `zi stamp` sets. Beside a word of the assessor's on the same answer
it says nothing more, and is not told."""
_UNANSWERED: tuple[object, ...] = (None, "", "belum", {}, [])
_SHEETS = (Kind.MANDIRI, Kind.TPI, Kind.TPN)
_OF_ANSWER = 2
"""Steps of a pointer to an answer: /jawaban/A.I.1.i.a."""
_PLACE = ("tautan", "berkas")
_NOTE_CHANGED = ChangeKind.NOTE_CHANGED
"""A member of an enumeration takes as long to find as ten names of a module."""
_MAPPING = (dict, Mapping)
_LIST = (list, tuple)


class _Absent:
    """Stands where a key is not there: null is a value."""


_ABSENT = _Absent()


def compare(
    kind: Kind,
    before: Data | None,
    after: Data | None,
    *,
    unit: str,
    year: int | None,
    tier: Tier | None,
    operations: Sequence[Operation] = (),
) -> tuple[Change, ...]:
    """Return what changed in meaning, by question and key in natural order; None means no document.

    Empty where `patch` is, and where items only changed places. An item that came or went is one change with an empty
    `field`; of an item that stayed, each key is one (but `_STAMP`).
    `operations`: what `patch` returns for the two, where that is at hand; then of a sheet only what it names is looked
    at, and the changes are the same.
    """
    if before is after:
        return ()
    told = _Telling(unit, year, tier)
    if kind in _SHEETS:
        _sheet(told, before or {}, after or {}, operations)
    else:
        _BY_KIND[kind](told, before or {}, after or {})
    if not told.changes and (before is None) != (after is None):
        told.tell(_OF_FILE[kind], "", "", before, after)
    return tuple(told.changes)


def answered(answer: object) -> bool:
    """Tell whether an answer, as its file has it, says more than "not answered yet"."""
    if isinstance(answer, _MAPPING):
        for key in _ANSWER:
            if answer.get(key) not in _UNANSWERED:
                return True
    return False


def replaced(before: Data, after: Data) -> bool:
    """Tell whether evidence is another document than before, and not the same one described better.

    It is where it lies elsewhere or its fingerprint is another or gone. A fingerprint given for the first time
    describes what already lay there.
    """
    fingerprint = before.get("sha256")
    return any(not same(before.get(key), after.get(key)) for key in _PLACE) or (
        fingerprint is not None and str(fingerprint).lower() != str(after.get("sha256")).lower()
    )


@lru_cache(maxsize=128)
def _stamp_last(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return an answer's keys in the order they are told: whether `_STAMP` is depends on what was said before it."""
    return tuple(sorted(in_natural_order(keys), key=_STAMP.__eq__))


def _differing(before: Data, after: Data) -> Sequence[str]:
    """Return the keys of what is not the same."""
    return in_natural_order(tuple(changed(before, after) if before else after))


def _perhaps_differing(before: Data, after: Data) -> list[str]:
    """Return the keys of what is not the very same object, as a question is that was not read again."""
    keys = [key for key, value in after.items() if before.get(key, _ABSENT) is not value]
    if before.keys() != after.keys():
        keys += before.keys() - after.keys()
    return keys


def _named(operations: Iterable[Operation]) -> dict[str, list[str]] | None:
    """Return which keys of which answers are changed, no key for a whole answer; None where something else is too."""
    found: dict[str, list[str]] = {}
    for operation in operations:
        _, *steps = operation["path"].split("/", _OF_ANSWER + 2)
        if len(steps) < _OF_ANSWER or steps[0] != "jawaban" or "~" in operation["path"]:
            return None
        keys = found.setdefault(steps[1], [])
        if len(steps) > _OF_ANSWER and steps[_OF_ANSWER] not in keys:
            keys.append(steps[_OF_ANSWER])
    return found


def _are(kinds: tuple[type, ...], before: object, after: object) -> bool:
    """Tell whether both values are of the kind, where they are there."""
    return (before is _ABSENT or isinstance(before, kinds)) and (after is _ABSENT or isinstance(after, kinds))


def _stayed(kinds: tuple[type, ...], before: object, after: object) -> bool:
    """Tell whether both values are there and of the kind: where nothing inside is told, only places changed."""
    return isinstance(before, kinds) and isinstance(after, kinds)


def _rows(value: Any) -> Data:
    return {} if value is _ABSENT else value


def _items(value: Any) -> list[Any]:
    return [] if value is _ABSENT else list(value)


class _Telling:
    """The changes of one file, in the order they are told."""

    __slots__ = ("changes", "tell")

    def __init__(self, unit: str, year: int | None, tier: Tier | None) -> None:
        self.changes: list[Change] = []
        append, make = self.changes.append, tuple.__new__

        def tell(kind: ChangeKind, code: str, field: str, before: Any, after: Any) -> None:
            if before is _ABSENT:
                before = None
            if after is _ABSENT:
                after = None
            # what Change(…) does, without the call of Python that a named tuple's own takes
            append(make(Change, (kind, unit, year, tier, code, field, before, after)))

        self.tell = tell
        """Tell one change."""


def _sheet(told: _Telling, before: Data, after: Data, operations: Sequence[Operation]) -> None:
    named = _named(operations) if operations else None
    if named is not None and _stayed(_MAPPING, before.get("jawaban"), after.get("jawaban")):
        _answers(told, before["jawaban"], after["jawaban"], named)
        return
    for key in in_natural_order(tuple(_perhaps_differing(before, after))):
        old, new = before.get(key, _ABSENT), after.get(key, _ABSENT)
        count = len(told.changes)
        if key == "jawaban" and _are(_MAPPING, old, new):
            was, is_now = _rows(old), _rows(new)
            _answers(told, was, is_now, dict.fromkeys(_perhaps_differing(was, is_now), ()))
            if _stayed(_MAPPING, old, new):
                continue
        if len(told.changes) == count and not same(old, new):
            told.tell(ChangeKind.SHEET_CHANGED, "", key, old, new)


def _answers(told: _Telling, before: Data, after: Data, named: Mapping[str, Sequence[str]]) -> None:
    for code in in_natural_order(tuple(named)):
        _answer(told, code, before.get(code, _ABSENT), after.get(code, _ABSENT), named[code])


def _answer(told: _Telling, code: str, before: Any, after: Any, named: Sequence[str]) -> None:
    """Tell of a question; nothing where both say the same. `named`: the keys that do not, where they are known."""
    if not _are(_MAPPING, before, after):
        if not same(before, after):
            told.tell(ChangeKind.ANSWER_CHANGED, code, "", before, after)
        return
    tell, count = told.tell, len(told.changes)
    was, is_now = _rows(before), _rows(after)
    for key in _stamp_last(tuple(named or (changed(was, is_now) if was else is_now))):
        old, new = was.get(key, _ABSENT), is_now.get(key, _ABSENT)
        if key == "bukti":
            _evidence(told, code, old, new)
        elif key in _ANSWER:
            tell(_of_answer(was, is_now, new), code, key, old, new)
        elif key != _STAMP:
            tell(_NOTE_CHANGED, code, key, old, new)
        elif len(told.changes) == count:
            tell(ChangeKind.SHEET_CHANGED, code, key, old, new)
    if len(told.changes) == count and not _stayed(_MAPPING, before, after):
        told.tell(ChangeKind.SHEET_CHANGED, code, "", before, after)


def _of_answer(before: Data, after: Data, new: Any) -> ChangeKind:
    """Return what to call another value of an answer: absent and "belum" both say that there is none yet."""
    if before and answered(before):
        return ChangeKind.ANSWER_CHANGED
    if new not in _UNANSWERED and new is not _ABSENT:
        return ChangeKind.ANSWERED
    return ChangeKind.ANSWER_CHANGED if answered(after) else ChangeKind.SHEET_CHANGED


def _evidence(told: _Telling, code: str, before: Any, after: Any) -> None:
    """Tell of `bukti`: the unit's list of evidence, or an assessor's judgement of it."""
    if before is _ABSENT and after and isinstance(after, _LIST):  # most evidence comes with its answer
        for item in after:
            told.tell(_EVIDENCE.added, code or _label(_EVIDENCE, item), _EVIDENCE.whole, _ABSENT, item)
        return
    count = len(told.changes)
    kind = ChangeKind.JUDGEMENT_CHANGED
    if _are(_LIST, before, after):
        kind = ChangeKind.NOTE_CHANGED
        _listed(told, _EVIDENCE, _items(before), _items(after), code)
    elif _are(_MAPPING, before, after):
        _keys(told, kind, (code, ""), _rows(before), _rows(after))
    if len(told.changes) == count and not _stayed(_LIST, before, after):
        told.tell(kind, code, "bukti", before, after)


class _Listing(NamedTuple):
    """How items of a list are told apart and what is said of them."""

    identities: tuple[Identity, ...]
    added: ChangeKind
    changed: ChangeKind
    removed: ChangeKind
    named_by: tuple[str, ...]
    """Keys whose values name an item."""
    replaced: ChangeKind | None = None
    """What is said, once, of an item that became another one."""
    whole: str = ""
    """`Change.field` where an item came, went or was replaced."""
    prefix: str = ""
    """Stands before the key of an item that was changed."""
    ties: str = ""
    """Key of the time items are sorted by: of one time, the order in the file tells. Without it, no order does."""


_EVIDENCE = _Listing(
    EVIDENCE,
    ChangeKind.EVIDENCE_ADDED,
    ChangeKind.NOTE_CHANGED,
    ChangeKind.EVIDENCE_REMOVED,
    ("judul",),
    replaced=ChangeKind.EVIDENCE_REPLACED,
    whole="bukti",
    prefix="bukti.",
)
_SURVEYS = _Listing(
    SURVEY, ChangeKind.SURVEY_ADDED, ChangeKind.SURVEY_CHANGED, ChangeKind.SURVEY_REMOVED, named_by=("id",)
)


def _of_one_kind(
    identities: tuple[Identity, ...], kind: ChangeKind, named_by: tuple[str, ...], ties: str = ""
) -> _Listing:
    return _Listing(identities, kind, kind, kind, named_by, ties=ties)


_EVENTS = _of_one_kind(EVENT, ChangeKind.PREDICATE_EVENT, ("jenis", "predikat"), ties="tanggal")
_REPORTS = _of_one_kind(REPORT, ChangeKind.MONITORING, ("tanggal",), ties="tanggal")
_STATEMENTS = _of_one_kind(STATEMENT, ChangeKind.STATEMENT, ("triwulan",), ties="triwulan")
_LISTS = {
    "survei": _SURVEYS,
    "peristiwa": _EVENTS,
    "pemantauan": _REPORTS,
    "pernyataan": _STATEMENTS,
    "tanggapan": _of_one_kind(REPLY, ChangeKind.REPLY, ("tanggal",)),
    "kasus": _of_one_kind(CASE, ChangeKind.CASE, ("jenis", "bulan")),
}


def _listed(told: _Telling, how: _Listing, before: list[Any], after: list[Any], code: str = "") -> None:
    """Tell of a list; `code` stands for the name of each item."""
    if not before:
        for item in after:
            told.tell(how.added, code or _label(how, item), how.whole, _ABSENT, item)
        return
    matched = pairs(before, after, how.identities) if after else {}
    for place, item in enumerate(before):
        if place not in matched:
            told.tell(how.removed, code or _label(how, item), how.whole, item, _ABSENT)
    origin = {target: place for place, target in matched.items()}
    for place, item in enumerate(after):
        if place not in origin:
            told.tell(how.added, code or _label(how, item), how.whole, _ABSENT, item)
        else:
            _item(told, how, before[origin[place]], item, code)
    if how.ties and _changed_places(how.ties, matched, after):
        lists = ([_label(how, item) for item in items] for items in (before, after))
        told.tell(how.changed, code, how.prefix + ORDER, *lists)


def _changed_places(ties: str, matched: Mapping[int, int], after: list[Any]) -> bool:
    """Tell whether two items of one time stand the other way round."""
    latest: dict[str, int] = {}
    for target in matched.values():
        item = after[target]
        time = json.dumps(item.get(ties) if isinstance(item, Mapping) else None, sort_keys=True)
        if target < latest.get(time, -1):
            return True
        latest[time] = target
    return False


def _item(told: _Telling, how: _Listing, before: Any, after: Any, code: str) -> None:
    if same(before, after):
        return
    if how.replaced is not None and replaced(before, after):
        told.tell(how.replaced, code, how.whole, before, after)
        return
    _keys(told, how.changed, (code or _label(how, after), how.prefix), before, after)


def _keys(told: _Telling, kind: ChangeKind, of: tuple[str, str], before: Data, after: Data) -> None:
    """Tell of each key that differs; `of`: the code, and what stands before the key."""
    code, prefix = of
    for key in _differing(before, after):
        told.tell(kind, code, prefix + key, before.get(key, _ABSENT), after.get(key, _ABSENT))


def _label(how: _Listing, item: Any) -> str:
    values = (item.get(key) for key in how.named_by) if isinstance(item, Mapping) else ()
    return " ".join(str(value) for value in values if isinstance(value, str | int))


def _lists(told: _Telling, before: Data, after: Data) -> None:
    """Tell of a file that holds lists, and whatever else it holds."""
    for key in _differing(before, after):
        old, new = before.get(key, _ABSENT), after.get(key, _ABSENT)
        count = len(told.changes)
        how = _LISTS.get(key)
        if how is not None and _are(_LIST, old, new):
            _listed(told, how, _items(old), _items(new))
        if len(told.changes) == count and not (how is not None and _stayed(_LIST, old, new)):
            told.tell(how.changed if how is not None else ChangeKind.SHEET_CHANGED, "", key, old, new)


def _clearance(told: _Telling, before: Data, after: Data) -> None:
    for body in _differing(before, after):
        old, new = before.get(body, _ABSENT), after.get(body, _ABSENT)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            _keys(told, ChangeKind.CLEARANCE_CHANGED, (body, ""), old, new)
        else:
            told.tell(ChangeKind.CLEARANCE_CHANGED, body, "", old, new)


def _profile(told: _Telling, before: Data, after: Data) -> None:
    for key in _differing(before, after):
        kind = ChangeKind.UNIT_MOVED if key == "asal" else ChangeKind.PROFILE_CHANGED
        told.tell(kind, "", key, before.get(key, _ABSENT), after.get(key, _ABSENT))


_BY_KIND = {
    Kind.INSTANSI: _profile,
    Kind.UNIT: _profile,
    Kind.PREDIKAT: _lists,
    Kind.PEMANTAUAN: _lists,
    Kind.TANGGAPAN: _lists,
    Kind.KASUS: _lists,
    Kind.SURVEI: _lists,
    Kind.CLEARANCE: _clearance,
}
_OF_FILE = {
    Kind.INSTANSI: ChangeKind.PROFILE_CHANGED,
    Kind.UNIT: ChangeKind.PROFILE_CHANGED,
    Kind.PREDIKAT: ChangeKind.PREDICATE_EVENT,
    Kind.PEMANTAUAN: ChangeKind.MONITORING,
    Kind.TANGGAPAN: ChangeKind.REPLY,
    Kind.KASUS: ChangeKind.CASE,
    Kind.MANDIRI: ChangeKind.SHEET_CHANGED,
    Kind.TPI: ChangeKind.SHEET_CHANGED,
    Kind.TPN: ChangeKind.SHEET_CHANGED,
    Kind.SURVEI: ChangeKind.SURVEY_CHANGED,
    Kind.CLEARANCE: ChangeKind.CLEARANCE_CHANGED,
}
"""What is said of a file that came or went with nothing in it."""
