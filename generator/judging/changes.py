"""What happened between two versions of a file, in words a head of office understands.

Only meaning counts: the order of keys, comments, quoting and line ends are gone before a document comes here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from generator.model.declared import Tier
from generator.model.document import Kind
from generator.model.history import Change, ChangeKind

from .matching import EVENT, EVIDENCE, REPORT, STATEMENT, SURVEY, Identity, in_order, pairs, same
from .patching import apply, patch

__all__ = ["ORDER", "answered", "apply", "compare", "natural", "patch", "replaced"]

Data = Mapping[str, Any]
ORDER = "urutan"
"""`Change.field` where items only changed places."""
_ANSWER = ("jawab", "isian", "survei")
"""Keys that answer a question."""
_UNANSWERED: tuple[object, ...] = (None, "", "belum", {}, [])
_PLACE = ("tautan", "berkas")


class _Absent:
    """Stands where a key is not there: null is a value."""


_ABSENT = _Absent()


class _Difference(NamedTuple):
    kind: ChangeKind
    code: str
    field: str
    before: Any
    after: Any


def compare(
    kind: Kind, before: Data | None, after: Data | None, *, unit: str, year: int | None, tier: Tier | None
) -> tuple[Change, ...]:
    """Return what changed in meaning, by question and key in natural order; None means no document.

    Empty exactly where `patch` is. An item that came or went is one change with an empty `field`; of an item that
    stayed, each key is one.
    """
    if before is after or (before is not None and after is not None and same(before, after)):
        return ()
    found = tuple(_BY_KIND[kind](before or {}, after or {}))
    return tuple(
        Change(
            kind=one.kind,
            unit=unit,
            year=year,
            tier=tier,
            code=one.code,
            field=one.field,
            before=_written(one.before),
            after=_written(one.after),
        )
        for one in found or (_Difference(_OF_FILE[kind], "", "", before, after),)
    )


def answered(answer: object) -> bool:
    """Tell whether an answer, as its file has it, says more than "not answered yet"."""
    return isinstance(answer, Mapping) and any(answer.get(key) not in _UNANSWERED for key in _ANSWER)


def replaced(before: Data, after: Data) -> bool:
    """Tell whether evidence is another document than before, and not the same one described better.

    It is where it lies elsewhere or its fingerprint is another or gone. A fingerprint given for the first time
    describes what already lay there.
    """
    fingerprint = before.get("sha256")
    return any(not same(before.get(key), after.get(key)) for key in _PLACE) or (
        fingerprint is not None and str(fingerprint).lower() != str(after.get("sha256")).lower()
    )


@lru_cache(maxsize=4096)
def natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts "A.2" before "A.10"."""
    return tuple((int(part), part) if _NUMBERS.fullmatch(part) else (-1, part) for part in _NUMBERS.split(text))


_NUMBERS = re.compile(r"([0-9]{1,15})")


def _written(value: Any) -> Any:
    return None if value is _ABSENT else value


def _differing(before: Data, after: Data) -> list[tuple[str, Any, Any]]:
    """Return key, value before and after (`_ABSENT` where it is not there) of what is not the same."""
    keys = [key for key, value in after.items() if key not in before or not same(before[key], value)]
    keys += [key for key in before if key not in after]
    if len(keys) > 1:
        keys.sort(key=natural)
    return [(key, before.get(key, _ABSENT), after.get(key, _ABSENT)) for key in keys]


def _are(kinds: type | tuple[type, ...], *values: object) -> bool:
    """Tell whether each value that is there is of the kind."""
    return all(value is _ABSENT or isinstance(value, kinds) for value in values)


def _rows(value: Any) -> Data:
    return {} if value is _ABSENT else value


def _items(value: Any) -> list[Any]:
    return [] if value is _ABSENT else list(value)


def _or_whole(parts: Iterable[_Difference], whole: _Difference) -> Iterator[_Difference]:
    """Yield the parts; where there is none (an empty list came or went) the whole."""
    yield from tuple(parts) or (whole,)


def _sheet(before: Data, after: Data) -> Iterator[_Difference]:
    for key, old, new in _differing(before, after):
        whole = _Difference(ChangeKind.SHEET_CHANGED, "", key, old, new)
        if key == "jawaban" and _are(Mapping, old, new):
            answers = _differing(_rows(old), _rows(new))
            yield from _or_whole((part for answer in answers for part in _answer(*answer)), whole)
        else:
            yield whole


def _answer(code: str, before: Any, after: Any) -> Iterator[_Difference]:
    whole = _Difference(ChangeKind.ANSWER_CHANGED, code, "", before, after)
    if not _are(Mapping, before, after):
        yield whole
        return
    first = not answered(before)
    keys = _differing(_rows(before), _rows(after))
    yield from _or_whole((part for key in keys for part in _of_answer(code, *key, first=first)), whole)


def _of_answer(code: str, key: str, before: Any, after: Any, *, first: bool) -> Iterator[_Difference]:
    if key == "bukti":
        yield from _evidence(code, before, after)
    elif key in _ANSWER:
        new = first and answered({key: _written(after)})
        yield _Difference(ChangeKind.ANSWERED if new else ChangeKind.ANSWER_CHANGED, code, key, before, after)
    else:
        yield _Difference(ChangeKind.NOTE_CHANGED, code, key, before, after)


def _evidence(code: str, before: Any, after: Any) -> Iterator[_Difference]:
    """Compare `bukti`: the unit's list of evidence, or an assessor's judgement of it."""
    if _are((list, tuple), before, after):
        whole = _Difference(ChangeKind.NOTE_CHANGED, code, "bukti", before, after)
        yield from _or_whole(_listed(_EVIDENCE, _items(before), _items(after), code), whole)
        return
    whole = _Difference(ChangeKind.JUDGEMENT_CHANGED, code, "bukti", before, after)
    if not _are(Mapping, before, after):
        yield whole
        return
    said = _differing(_rows(before), _rows(after))
    yield from _or_whole((_Difference(ChangeKind.JUDGEMENT_CHANGED, code, *one) for one in said), whole)


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


def _of_one_kind(identities: tuple[Identity, ...], kind: ChangeKind, named_by: tuple[str, ...]) -> _Listing:
    return _Listing(identities, kind, kind, kind, named_by)


_EVENTS = _of_one_kind(EVENT, ChangeKind.PREDICATE_EVENT, ("jenis", "predikat"))
_REPORTS = _of_one_kind(REPORT, ChangeKind.MONITORING, ("tanggal",))
_STATEMENTS = _of_one_kind(STATEMENT, ChangeKind.STATEMENT, ("triwulan",))
_LISTS = {"survei": _SURVEYS, "peristiwa": _EVENTS, "pemantauan": _REPORTS, "pernyataan": _STATEMENTS}


def _listed(how: _Listing, before: list[Any], after: list[Any], code: str = "") -> Iterator[_Difference]:
    """Compare lists; `code` stands for the name of each item."""
    matched = pairs(before, after, how.identities) if before and after else {}
    for place, item in enumerate(before):
        if place not in matched:
            yield _Difference(how.removed, code or _label(how, item), how.whole, item, _ABSENT)
    origin = {target: place for place, target in matched.items()}
    for place, item in enumerate(after):
        if place not in origin:
            yield _Difference(how.added, code or _label(how, item), how.whole, _ABSENT, item)
        else:
            yield from _item(how, before[origin[place]], item, code)
    if len(matched) > 1 and len(in_order(matched)) < len(matched):
        lists = ([_label(how, item) for item in items] for items in (before, after))
        yield _Difference(how.changed, code, how.prefix + ORDER, *lists)


def _item(how: _Listing, before: Any, after: Any, code: str) -> Iterator[_Difference]:
    if same(before, after):
        return
    if how.replaced is not None and replaced(before, after):
        yield _Difference(how.replaced, code, how.whole, before, after)
        return
    for key, old, new in _differing(before, after):
        yield _Difference(how.changed, code or _label(how, after), how.prefix + key, old, new)


def _label(how: _Listing, item: Any) -> str:
    values = (item.get(key) for key in how.named_by) if isinstance(item, Mapping) else ()
    return " ".join(str(value) for value in values if isinstance(value, str | int))


def _lists(before: Data, after: Data, other: ChangeKind) -> Iterator[_Difference]:
    """Compare a file that holds lists; what else it holds is `other`."""
    for key, old, new in _differing(before, after):
        how = _LISTS.get(key)
        if how is not None and _are((list, tuple), old, new):
            whole = _Difference(how.changed, "", key, old, new)
            yield from _or_whole(_listed(how, _items(old), _items(new)), whole)
        else:
            yield _Difference(how.changed if how is not None else other, "", key, old, new)


def _surveys(before: Data, after: Data) -> Iterator[_Difference]:
    return _lists(before, after, ChangeKind.SURVEY_CHANGED)


def _events(before: Data, after: Data) -> Iterator[_Difference]:
    return _lists(before, after, ChangeKind.PREDICATE_EVENT)


def _monitoring(before: Data, after: Data) -> Iterator[_Difference]:
    return _lists(before, after, ChangeKind.MONITORING)


def _clearance(before: Data, after: Data) -> Iterator[_Difference]:
    for body, old, new in _differing(before, after):
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            for said in _differing(old, new):
                yield _Difference(ChangeKind.CLEARANCE_CHANGED, body, *said)
        else:
            yield _Difference(ChangeKind.CLEARANCE_CHANGED, body, "", old, new)


def _profile(before: Data, after: Data) -> Iterator[_Difference]:
    for key, old, new in _differing(before, after):
        kind = ChangeKind.UNIT_MOVED if key == "asal" else ChangeKind.PROFILE_CHANGED
        yield _Difference(kind, "", key, old, new)


_BY_KIND = {
    Kind.INSTANSI: _profile,
    Kind.UNIT: _profile,
    Kind.PREDIKAT: _events,
    Kind.PEMANTAUAN: _monitoring,
    Kind.MANDIRI: _sheet,
    Kind.TPI: _sheet,
    Kind.TPN: _sheet,
    Kind.SURVEI: _surveys,
    Kind.CLEARANCE: _clearance,
}
_OF_FILE = {
    Kind.INSTANSI: ChangeKind.PROFILE_CHANGED,
    Kind.UNIT: ChangeKind.PROFILE_CHANGED,
    Kind.PREDIKAT: ChangeKind.PREDICATE_EVENT,
    Kind.PEMANTAUAN: ChangeKind.MONITORING,
    Kind.MANDIRI: ChangeKind.SHEET_CHANGED,
    Kind.TPI: ChangeKind.SHEET_CHANGED,
    Kind.TPN: ChangeKind.SHEET_CHANGED,
    Kind.SURVEI: ChangeKind.SURVEY_CHANGED,
    Kind.CLEARANCE: ChangeKind.CLEARANCE_CHANGED,
}
"""What is said of a file that came or went with nothing in it."""
