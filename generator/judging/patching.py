"""The difference of two documents as RFC 6902 operations (add, remove, replace), and its application."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from generator.model.document import pointer_text

from .matching import ALIKE, in_order, pairs, same

Operation = Mapping[str, Any]
Data = Mapping[str, Any]
_ABSENT = object()
"""Stands where a key is not there: null is a value."""


def patch(before: Data | None, after: Data | None) -> tuple[Operation, ...]:
    """Return the operations that, applied in turn, make `before` into `after`; None means no document.

    Empty exactly where both say the same: the order of keys says nothing, that of list items does. Keys go in
    sorted order; in a list, items that are the same one (`matching.ALIKE`) are changed in place, not replaced.
    """
    if before is None:
        return () if after is None else (_operation("add", "", after),)
    if after is None:
        return (_operation("remove", ""),)
    found: list[Operation] = []
    _value(before, after, "", found)
    return tuple(found)


def apply(document: Any, operations: Iterable[Operation]) -> Any:
    """Return the document after the operations of `patch`; what does not change is shared with it.

    Raises KeyError, IndexError, TypeError or ValueError for operations that do not fit.
    """
    root: dict[str, Any] = {"": document}  # a pointer begins with the step that leads from here into the document
    copies: dict[str, Any] = {}
    for operation in operations:
        _apply(root, operation, copies)
    return root.get("")


def _operation(name: str, path: str, *value: Any) -> Operation:
    written = {"op": name, "path": path}
    return {**written, "value": value[0]} if value else written


def _value(before: Any, after: Any, path: str, found: list[Operation]) -> None:
    if isinstance(before, dict | Mapping) and isinstance(after, dict | Mapping):
        _mapping(before, after, path, found)
    elif not same(before, after):
        if isinstance(before, list | tuple) and isinstance(after, list | tuple):
            _list(before, after, path, found)
        else:
            found.append(_operation("replace", path, after))


def _mapping(before: Data, after: Data, path: str, found: list[Operation]) -> None:
    # the very same object, as a question is that was not read again, costs no look inside
    perhaps = [key for key, value in after.items() if before.get(key, _ABSENT) is not value]
    if before.keys() != after.keys():
        perhaps += before.keys() - after.keys()
    for key in sorted(perhaps):
        if key not in after:
            found.append(_operation("remove", path + _step(key)))
        elif key not in before:
            found.append(_operation("add", path + _step(key), after[key]))
        elif type(after[key]) is not str or before[key] != after[key]:  # most values are the same text
            _value(before[key], after[key], path + _step(key), found)


def _list(before: Sequence[Any], after: Sequence[Any], path: str, found: list[Operation]) -> None:
    kept = in_order(pairs(before, after, ALIKE))
    old = new = place = 0  # in `before`, in `after`, in the list as it is being changed
    for next_old, next_new in (*kept, (len(before), len(after))):
        for item in range(max(next_old - old, next_new - new)):
            here = f"{path}/{place}"
            if new + item >= next_new:
                found.append(_operation("remove", here))
                continue
            name = "add" if old + item >= next_old else "replace"
            found.append(_operation(name, here, after[new + item]))
            place += 1
        if next_old < len(before):
            _value(before[next_old], after[next_new], f"{path}/{place}", found)
            place += 1
        old, new = next_old + 1, next_new + 1


@lru_cache(maxsize=4096)
def _step(key: str) -> str:
    return pointer_text((key,))


def _apply(root: Any, operation: Operation, copies: dict[str, Any]) -> None:
    """Change the document in `root`; only `copies`, lists and mappings by path that were made for this, are changed."""
    path, name = operation["path"], operation["op"]
    around, slash, step = path.rpartition("/")
    place = _copied(root, around, copies) if slash else root
    key = _key(place, step)
    is_list = isinstance(place, list)
    if is_list or path in copies:  # in a list also what comes after it moves
        prefix = f"{around}/" if is_list else path
        for stale in [known for known in copies if known.startswith(prefix)]:
            del copies[stale]
    if name == "remove":
        del place[key]
    elif is_list and name == "add":
        place.insert(key, operation["value"])
    else:
        place[key] = operation["value"]


def _copied(root: Any, path: str, copies: dict[str, Any]) -> Any:
    """Return the list or mapping at the path, copied if it was not yet, and all around it."""
    if path not in copies:
        around, slash, step = path.rpartition("/")
        place = _copied(root, around, copies) if slash else root
        key = _key(place, step)
        value = place[key]
        place[key] = copies[path] = [*value] if isinstance(value, list) else {**value}
    return copies[path]


def _key(place: object, step: str) -> Any:
    """Return what a pointer's step (RFC 6901, 4) names in a list or a mapping."""
    if isinstance(place, list):
        return int(step)
    return step.replace("~1", "/").replace("~0", "~") if "~" in step else step
