"""How personal data is named without being repeated: enough to recognise it, at least half of it hidden."""

from __future__ import annotations

_SHOWN_FIRST = 4
_SHOWN_LAST = 4
GAP = "…"


def number(digits: str) -> str:
    """Return the first four digits and, of a long number, some of the last.

    >>> number("3201015708900001")
    '3201…0001'
    >>> number("081234567890")
    '0812…90'
    """
    first = min(_SHOWN_FIRST, len(digits) // 2)
    last = max(0, min(_SHOWN_LAST, len(digits) // 2 - first))
    return digits[:first] + GAP + digits[len(digits) - last :]


def address(local: str, domain: str) -> str:
    """Return the first letter of a mailbox and the end of its domain: the rest may be a person's name.

    >>> address("budi.santoso", "budi-santoso.com")
    'b…@….com'
    """
    first = local[:1] if len(local) > 1 else ""
    return f"{first}{GAP}@{GAP}.{domain.rpartition('.')[2]}"
