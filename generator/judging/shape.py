"""The shape a rule file's data must have, told key by key before anything is built from it.

A check is a function of a place and a value that yields what is wrong: (pointer, sentence in Indonesian).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from re import ASCII, fullmatch
from typing import Any

from generator.model.document import Pointer
from generator.model.wording import listed, shown

Fault = tuple[Pointer, str]
Check = Callable[[Pointer, Any], Iterator[Fault]]


def _name(pointer: Pointer) -> str:
    return shown(".".join(map(str, pointer))) if pointer else "berkas"


def text(pointer: Pointer, value: Any) -> Iterator[Fault]:
    """Ask for a text, which may be empty."""
    if not isinstance(value, str):
        yield pointer, f"{_name(pointer)} harus berupa teks."


def pattern(what: str, allowed: str) -> Check:
    """Ask for a text of the pattern; `what` says which."""

    def check(pointer: Pointer, value: Any) -> Iterator[Fault]:
        if not isinstance(value, str) or not fullmatch(allowed, value, ASCII):
            yield pointer, f"{_name(pointer)} harus berupa {what}, bukan {shown(value)}."

    return check


decimal = pattern('angka desimal sebagai teks, misalnya "17.5"', r"[0-9]{1,3}(?:\.[0-9]{1,10})?")
above_zero = pattern('angka lebih dari 0 sebagai teks, misalnya "17.5"', r"(?=.*[1-9])[0-9]{1,3}(?:\.[0-9]{1,10})?")


def whole(least: int, most: int) -> Check:
    """Ask for a whole number."""

    def check(pointer: Pointer, value: Any) -> Iterator[Fault]:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            yield pointer, f"{_name(pointer)} harus bilangan bulat {least} sampai {most}, bukan {shown(value)}."

    return check


def truth(pointer: Pointer, value: Any) -> Iterator[Fault]:
    """Ask for true or false."""
    if not isinstance(value, bool):
        yield pointer, f"{_name(pointer)} harus true atau false."


def one_of(*names: str) -> Check:
    """Ask for one of the names."""

    def check(pointer: Pointer, value: Any) -> Iterator[Fault]:
        if value not in names:
            yield pointer, f"{_name(pointer)} harus salah satu dari {listed(names, len(names))}, bukan {shown(value)}."

    return check


def listing(each: Check, least: int = 0) -> Check:
    """Ask for a list of at least so many."""

    def check(pointer: Pointer, value: Any) -> Iterator[Fault]:
        if not isinstance(value, list) or len(value) < least:
            yield pointer, f"{_name(pointer)} harus berupa daftar{' yang tidak kosong' if least else ''}."
            return
        for place, item in enumerate(value):
            yield from each((*pointer, place), item)

    return check


def table(each: Check, names: Collection[str] = ()) -> Check:
    """Ask for a mapping that is not empty, with keys of `names` alone where there are any."""

    def check(pointer: Pointer, value: Any) -> Iterator[Fault]:
        if not isinstance(value, Mapping) or not value:
            yield pointer, f"{_name(pointer)} harus berisi paling sedikit satu kunci."
            return
        for key, item in value.items():
            if names and key not in names:
                yield (*pointer, key), f"{_name((*pointer, key))} tidak dikenal; yang ada: {listed(sorted(names))}."
            else:
                yield from each((*pointer, key), item)

    return check


def keys(needed: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """Ask for a mapping that has all the needed keys, and no others than those and the optional."""
    known = {**needed, **(optional or {})}

    def check(pointer: Pointer, value: Any) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            yield pointer, f"{_name(pointer)} harus berisi {listed(list(needed), len(needed))}."
            return
        if missing := [key for key in needed if key not in value]:
            yield pointer, f"{_name(pointer)} tidak mempunyai {listed(missing)}."
        for key, item in value.items():
            if key not in known:
                yield (*pointer, key), f"{_name((*pointer, key))} tidak dikenal; yang ada: {listed(list(known), 20)}."
            else:
                yield from known[key]((*pointer, key), item)

    return check


def either(first: Check, second: Check, use_first: Callable[[Any], bool]) -> Check:
    """Ask for the first where `use_first` holds of the value, else for the second."""
    return lambda pointer, value: (first if use_first(value) else second)(pointer, value)
