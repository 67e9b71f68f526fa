"""What a change of one file needs: for each part of it that became another one, the roles that may do that."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from generator.model.document import Kind

from .policy import FileRule, Items, Policy, Role, Roles


class Without(Enum):
    """Why there is no data."""

    FILE = auto()
    """There is no such file on this side."""
    SENSE = auto()
    """The file cannot be read."""


Content = Mapping[str, Any] | Without


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A file of the registry that the proposal adds, changes or removes."""

    path: str
    kind: Kind
    agency: str
    unit: str
    """The last part of the unit's id; "" for instansi.yaml."""
    before: Content
    after: Content
    known_unit: bool
    """The unit's folder is in the base."""
    known_agency: bool
    """The agency's folder is in the base."""
    moved: bool = False
    """It goes or comes as it was, with its unit that moves to another folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A change that one of the roles may make."""

    touched: Touched
    part: str
    """What of the file, as peran.yaml names it; "" for the whole file."""
    roles: Roles


def looks_inside(policy: Policy, kind: Kind) -> bool:
    """Tell whether it takes the content to say who may change such a file."""
    rule = policy.files[kind]
    return bool(rule.blank_by or rule.sections or rule.items)


def needs(touched: Touched, policy: Policy) -> tuple[Need, ...]:
    """Return what the change needs, at least one; the content counts only where `looks_inside` says so."""
    rule = policy.files[touched.kind]
    if touched.moved:
        return (_need(touched, "", policy.moving),)
    if touched.before is Without.FILE and not isinstance(touched.after, Without) and says_nothing(touched.after):
        by = rule.blank_by or rule.by
        return (_need(touched, "", by if touched.known_agency else by | policy.new_agency),)
    changed = _changed(touched, rule, _may_begin(touched, policy) | rule.by)
    found = tuple(_need(touched, part, roles) for part, roles in sorted(changed.items()))
    return found or (_need(touched, "", frozenset().union(*rule.parts)),)


def _may_begin(touched: Touched, policy: Policy) -> Roles:
    """Return who may add the file besides, because it begins a unit or an agency."""
    begun: Roles = frozenset()
    if touched.before is Without.FILE and touched.kind in {Kind.UNIT, Kind.INSTANSI}:
        if touched.kind is Kind.UNIT and not touched.known_unit:
            begun |= policy.new_unit
        if not touched.known_agency:
            begun |= policy.new_agency
    return begun


def says_nothing(value: Any) -> bool:
    """Tell whether the value says nothing yet: empty, "belum", or made only of such values."""
    if isinstance(value, Mapping):
        return all(map(says_nothing, value.values()))
    if isinstance(value, list):
        return all(map(says_nothing, value))
    return value is None or value in {"", "belum"}


def _need(touched: Touched, part: str, roles: Roles) -> Need:
    return Need(touched=touched, part=part, roles=roles)


def _changed(touched: Touched, rule: FileRule, by: Roles) -> dict[str, Roles]:
    """Return part -> roles of what became another one; "" for what is no part of its own, which is `by`'s."""
    if not rule.sections and rule.items is None:
        return {"": by}
    if Without.SENSE in (touched.before, touched.after):  # any part may be another one
        return {"": frozenset.intersection(*rule.parts) or frozenset({Role.PEMELIHARA})}
    before, after = ({} if isinstance(side, Without) else side for side in (touched.before, touched.after))
    changed: dict[str, Roles] = {}
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if _text(old) == _text(new) or (says_nothing(old) and says_nothing(new)):
            continue
        if rule.items and key == rule.items.key:
            changed |= _items(old, new, rule.items, by)
        elif key in rule.sections:
            changed[key] = rule.sections[key]
        else:
            changed[""] = by
    return changed


def _items(old: Any, new: Any, items: Items, otherwise: Roles) -> dict[str, Roles]:
    """Return value of the field -> roles of the items that came or went; an item that changed did both."""
    if not all(value is None or isinstance(value, list) for value in (old, new)):
        return {"": otherwise}
    before, after = (Counter(map(_text, value or ())) for value in (old, new))
    changed: dict[str, Roles] = {}
    for text in (before - after) + (after - before):
        item = json.loads(text)
        owner = item.get(items.field) if isinstance(item, Mapping) else None
        if isinstance(owner, str) and owner in items.by:
            changed[f"{items.key} {owner}"] = items.by[owner]
        else:
            changed[""] = otherwise
    return changed


def _text(item: Any) -> str:
    """Return the item as text that is equal for equal data only: to Python, true is 1."""
    return json.dumps(item, sort_keys=True, ensure_ascii=False)
