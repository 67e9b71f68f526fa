"""The difference of two documents as RFC 6902 operations (add, remove, replace), and its application."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.model.document import Pointer, pointer_text

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
        return () if after is None else (_operation("add", (), after),)
    if after is None:
        return (_operation("remove", ()),)
    found: list[Operation] = []
    _value(before, after, (), found)
    return tuple(found)


def apply(document: Any, operations: Iterable[Operation]) -> Any:
    """Return the document after the operations of `patch`; what does not change is shared with it.

    Raises KeyError, IndexError, TypeError or ValueError for operations that do not fit.
    """
    for operation in operations:
        document = _applied(document, _steps(operation["path"]), operation)
    return document


def _operation(name: str, pointer: Pointer, *value: Any) -> Operation:
    written = {"op": name, "path": pointer_text(pointer)}
    return {**written, "value": value[0]} if value else written


def _value(before: Any, after: Any, pointer: Pointer, found: list[Operation]) -> None:
    if isinstance(before, dict | Mapping) and isinstance(after, dict | Mapping):
        _mapping(before, after, pointer, found)
    elif isinstance(before, list | tuple) and isinstance(after, list | tuple):
        if not same(before, after):
            _list(before, after, pointer, found)
    elif not same(before, after):
        found.append(_operation("replace", pointer, after))


def _mapping(before: Data, after: Data, pointer: Pointer, found: list[Operation]) -> None:
    # the very same object, as a question is that was not read again, costs no look inside
    perhaps = [key for key, value in after.items() if before.get(key, _ABSENT) is not value]
    if before.keys() != after.keys():
        perhaps += before.keys() - after.keys()
    for key in sorted(perhaps):
        if key not in after:
            found.append(_operation("remove", (*pointer, key)))
        elif key not in before:
            found.append(_operation("add", (*pointer, key), after[key]))
        elif type(after[key]) is not str or before[key] != after[key]:  # most values are the same text
            _value(before[key], after[key], (*pointer, key), found)


def _list(before: Sequence[Any], after: Sequence[Any], pointer: Pointer, found: list[Operation]) -> None:
    kept = in_order(pairs(before, after, ALIKE))
    here = old = new = 0  # place in the list as it is being changed, in `before`, in `after`
    for next_old, next_new in (*kept, (len(before), len(after))):
        for item in range(max(next_old - old, next_new - new)):
            if old + item >= next_old:
                found.append(_operation("add", (*pointer, here), after[new + item]))
                here += 1
            elif new + item >= next_new:
                found.append(_operation("remove", (*pointer, here)))
            else:
                found.append(_operation("replace", (*pointer, here), after[new + item]))
                here += 1
        if next_old < len(before):
            _value(before[next_old], after[next_new], (*pointer, here), found)
            here += 1
        old, new = next_old + 1, next_new + 1


def _steps(path: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in path.split("/")[1:]]


def _applied(value: Any, steps: list[str], operation: Operation) -> Any:
    if not steps:
        return None if operation["op"] == "remove" else operation["value"]
    if isinstance(value, list):
        items: list[Any] = list(value)
        _put(items, int(steps[0]), steps[1:], operation)
        return items
    keys: dict[str, Any] = dict(value)
    if steps[1:]:
        keys[steps[0]] = _applied(keys[steps[0]], steps[1:], operation)
    elif operation["op"] == "remove":
        del keys[steps[0]]
    else:
        keys[steps[0]] = operation["value"]
    return keys


def _put(items: list[Any], place: int, rest: list[str], operation: Operation) -> None:
    if rest:
        items[place] = _applied(items[place], rest, operation)
    elif operation["op"] == "remove":
        del items[place]
    elif operation["op"] == "add":
        items.insert(place, operation["value"])
    else:
        items[place] = operation["value"]
