"""Which item of one list is which item of another, and whether two JSON values are the same."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

_MAPPING = (dict, Mapping)
_ABSENT = object()
_written = json.JSONEncoder(sort_keys=True).encode

Identity = tuple[str, ...]
"""Keys whose values together say which item it is."""

EVIDENCE: tuple[Identity, ...] = (("sha256",), ("tautan",), ("berkas",), ("judul",))
"""The content itself, else where it lies, else what it is called."""
SURVEY: tuple[Identity, ...] = (("id",),)
EVENT: tuple[Identity, ...] = (("jenis", "predikat", "tanggal"), ("nomor",), ("jenis", "predikat"))
REPORT: tuple[Identity, ...] = (("tanggal", "pelaksana"), ("nomor",), ("tanggal",))
STATEMENT: tuple[Identity, ...] = (("triwulan", "program"), ("tautan",))
REPLY: tuple[Identity, ...] = (("tanggal", "oleh"), ("tanggal",))
CASE: tuple[Identity, ...] = (("jenis", "bulan", "sumber"), ("sumber",), ("jenis", "bulan"))
ALIKE: tuple[Identity, ...] = (*SURVEY, *STATEMENT[:1], *EVIDENCE, *CASE, *EVENT, *REPLY[:1], *REPORT)
"""For a list of any kind; an item has the keys of one kind only."""


def same(one: object, other: object) -> bool:
    """Tell whether two JSON values are equal; true is not 1, and the order of keys says nothing."""
    if one is other:
        return True
    if isinstance(one, str):  # most values are
        return isinstance(other, str) and one == other
    if isinstance(one, _MAPPING):
        return isinstance(other, _MAPPING) and len(one) == len(other) and next(changed(one, other), None) is None
    if isinstance(one, list | tuple):
        return isinstance(other, list | tuple) and len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys that do not have the same value in both, those of `after` first.

    A value that is the very same object, as a question is that was not read again, costs no look inside.
    """
    for key, value in after.items():
        old = before.get(key, _ABSENT)
        if old is not value and (old is _ABSENT or not same(old, value)):
            yield key
    if before.keys() != after.keys():
        yield from (key for key in before if key not in after)


def pairs(before: Sequence[Any], after: Sequence[Any], identities: Iterable[Identity]) -> dict[int, int]:
    """Return place before -> place after of the items that are the same one, sorted by place before.

    Equal items first, then by each identity in turn; where several have the same, the first is the first.
    """
    found: dict[int, int] = {}
    for place, (one, other) in enumerate(zip(before, after, strict=False)):
        if not same(one, other):
            break
        found[place] = place  # the first of these is the first: most lists begin as they did
    left, right = list(range(len(found), len(before))), list(range(len(found), len(after)))
    for identity in (None, *identities):
        if not left or not right:
            break
        waiting: defaultdict[str, list[int]] = defaultdict(list)
        for place in reversed(right):
            name = _name(after[place], identity)
            if name is not None:
                waiting[name].append(place)
        for place in left:
            name = _name(before[place], identity)
            if name is not None and waiting[name]:
                found[place] = waiting[name].pop()
        taken = set(found.values())
        left = [place for place in left if place not in found]
        right = [place for place in right if place not in taken]
    return dict(sorted(found.items()))


def _name(item: object, identity: Identity | None) -> str | None:
    """Return the item's identity as text; None where it lacks a part of it. Without one, its whole content."""
    if identity is None:
        return _written(item)
    if not isinstance(item, _MAPPING):
        return None
    values = [item.get(key) for key in identity]
    if None in values or "" in values:
        return None
    name = _written(values)
    return name.lower() if identity == ("sha256",) else name


def in_order(matched: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
    """Return most of the pairs (of `pairs`) such that both places rise: the items that did not move."""
    ends: list[int] = []  # ends[n]: smallest place after that ends a rising run of n + 1 pairs
    last: list[int] = []  # the place before that belongs to it
    previous: dict[int, int | None] = {}
    for place, target in matched.items():
        length = bisect_left(ends, target)
        previous[place] = last[length - 1] if length else None
        ends[length : length + 1] = [target]
        last[length : length + 1] = [place]
    run: list[tuple[int, int]] = []
    place_before = last[-1] if last else None
    while place_before is not None:
        run.append((place_before, matched[place_before]))
        place_before = previous[place_before]
    return tuple(reversed(run))
