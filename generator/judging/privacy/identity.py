"""NIK, NIP and NPWP: numbers that name one person or taxpayer, told by how they are made or by the word before."""

from __future__ import annotations

import re
from datetime import date

from .runs import Window

_NIK, _NIP, _OLD_NIP, _NPWP, _OLD_NPWP = 16, 18, 9, 16, 15
LONGEST = _NIP

_PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 97))
    for code in range(first, last + 1)
)
"""Kemendagri's codes. stdnum's own list of places is from before Papua was divided: it lacks 92, 93, 95 to 97."""
_LAST_PLACE = 79
"""Regencies count from 01, cities from 71."""
_LAST_WOMAN = 71
"""Day 31 of a woman: 40 is added."""
_WORKING_AGE = 15
_CONTRACT = frozenset({"21", "22"})
"""In the place of the month, for contract employees (PPPK)."""
_STANDARD = (2, 3, 3, 1, 3, 3)
"""99.999.999.9-999.999"""

_NIK_WORD = re.compile(r"(?:nik|ktp|kependudukan|identitas)[^0-9]{0,30}$", re.IGNORECASE)
_NIP_WORD = re.compile(r"(?<![a-z])(?:nip|nrp|pegawai)[^0-9]{0,30}$", re.IGNORECASE)
_NPWP_WORD = re.compile(r"(?:npwp|wajib pajak)[^0-9]{0,30}$", re.IGNORECASE)


def is_nik(window: Window) -> bool:
    """Tell whether the window is a NIK: place, date of birth (day + 40 for women), serial; or is called one."""
    digits = window.digits
    if len(digits) != _NIK:
        return False
    if _NIK_WORD.search(window.before):
        return True
    if not window.is_whole:
        return False
    if digits[:2] not in _PROVINCES or not 1 <= int(digits[2:4]) <= _LAST_PLACE or int(digits[6:8]) > _LAST_WOMAN:
        return False
    from stdnum.exceptions import ValidationError  # noqa: PLC0415 - most texts hold nothing of 16 digits
    from stdnum.id.nik import get_birth_date  # noqa: PLC0415 - as above

    try:
        get_birth_date(digits)
    except ValidationError:
        return False
    return True


def is_nip(window: Window) -> bool:
    """Tell whether the window is a NIP: birth, year and month of appointment, sex, serial; or is called one."""
    digits = window.digits
    if (len(digits) == _NIP or (len(digits) == _OLD_NIP and window.is_whole)) and _NIP_WORD.search(window.before):
        return True
    if len(digits) != _NIP or digits[14] not in "12" or (window.is_listed and not window.is_even):
        return False
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    year, month = int(digits[8:12]), digits[12:14]
    return (
        date(1930, 1, 1) <= born
        and born.year + _WORKING_AGE <= year <= born.year + 70
        and ("01" <= month <= "12" or month in _CONTRACT)
    )


def is_npwp(window: Window) -> bool:
    """Tell whether the window is an NPWP of 15 or 16 digits: by its check digit, its standard form, or its name."""
    digits = window.digits
    if len(digits) not in {_NPWP, _OLD_NPWP}:
        return False
    if window.sizes[-6:] == _STANDARD or _NPWP_WORD.search(window.before):
        return True
    if not (window.is_even and window.is_whole):
        return False
    if len(digits) == _NPWP and digits[0] != "0":  # a NIK serves as one, and is one
        return False
    from stdnum.id import npwp  # noqa: PLC0415 - as in is_nik

    return npwp.is_valid(digits)
