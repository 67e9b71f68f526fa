"""The numbers of a text: each run of digits read from the left, the most telling kind first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from . import contacts, identity
from .runs import Run, Window

_Rule = Callable[[Window], bool]

_RULES: tuple[tuple[str, _Rule], ...] = (
    ("NIP", identity.is_nip),
    ("NIK", identity.is_nik),
    ("NPWP", identity.is_npwp),
    ("nomor rekening", contacts.is_account),
    ("nomor telepon", contacts.is_phone),
)
"""Kind (as in `Personal`) -> what tells it, in the order in which they are asked."""
_LONGEST = max(identity.LONGEST, contacts.LONGEST_PHONE, contacts.LONGEST_ACCOUNT)


def numbers(near: Iterable[Run]) -> Iterator[tuple[str, Window]]:
    """Yield every personal number of the runs with its kind; no two overlap."""
    for run in near:
        first = 0
        while first < len(run.groups):
            found = _at(run, first)
            if found is None:
                first += 1
            else:
                yield found
                first += len(found[1].sizes)


def _at(run: Run, first: int) -> tuple[str, Window] | None:
    """Return the kind and the longest window of the first rule that fits at the group."""
    windows = tuple(run.windows(first, _LONGEST))[::-1]
    return next(((kind, window) for kind, rule in _RULES for window in windows if rule(window)), None)
