"""What looks like personal data and is none: reviewed with the program, read from schema/aturan/privasi.yaml.

Nothing personal can be allowed: no NIK, NIP or NPWP, no single mailbox, and no hash of one (all NIK of a regency can
be hashed in minutes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_KEYS = {"nomor": "pola", "teks": "pola", "surel": "akhiran", "pengirim": "akhiran", "jalur": "awal"}
"""Section -> what its entries name; each entry has `alasan` too."""
_ENDING = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII)
_PATH = re.compile(r"(?!units/)(?:[a-z0-9._-]+/)+", re.ASCII)
"""A folder, and never one of data."""
_NUMBER = re.compile(r"[0-9#]{6,15}", re.ASCII)
_FEWEST_FIXED = 3
_SHORTEST_REASON = 10
_LONGEST_TEXT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What is allowed; empty where nothing is."""

    numbers: tuple[re.Pattern[str], ...] = ()
    """Telephone and account numbers of offices, digits alone."""
    texts: tuple[re.Pattern[str], ...] = ()
    """Forms of text (numbers of letters and decrees) that hold digits."""
    endings: tuple[str, ...] = ()
    """Domains of offices beside .go.id."""
    sender_endings: tuple[str, ...] = ()
    """Domains allowed in what Git says of a commit's author and committer, and in trailers."""
    paths: tuple[str, ...] = field(default=())
    """Beginnings of paths whose content is invented."""

    def has_number(self, digits: str) -> bool:
        """Tell whether the telephone or account number is an office's."""
        return any(pattern.fullmatch(digits) for pattern in self.numbers)

    def covers(self, text: str, start: int, end: int) -> bool:
        """Tell whether an allowed form of text holds the part from `start` to `end`."""
        near, offset = text[max(0, start - _LONGEST_TEXT) : end + _LONGEST_TEXT], max(0, start - _LONGEST_TEXT)
        return any(
            match.start() + offset <= start and end <= match.end() + offset
            for pattern in self.texts
            for match in pattern.finditer(near)
        )

    def has_domain(self, domain: str, *, sender: bool = False) -> bool:
        """Tell whether mailboxes of the domain are offices', or with `sender` no person's."""
        endings = self.endings + self.sender_endings if sender else self.endings
        return any(domain == ending or domain.endswith("." + ending) for ending in endings)

    def has_path(self, path: str) -> bool:
        """Tell whether the content of the path is invented."""
        return path.startswith(self.paths) if self.paths else False


def build(data: Mapping[str, Any]) -> Allowance:
    """Return the allowance of the file's data; raises ValueError with an Indonesian sentence for what is not strict."""
    unknown = sorted(set(data) - set(_KEYS))
    if unknown:
        raise ValueError(f"bagian {unknown[0]} tidak dikenal; yang ada: {', '.join(_KEYS)}")
    return Allowance(
        numbers=tuple(_digits(pattern) for pattern in _entries(data, "nomor", _NUMBER)),
        texts=tuple(_form(pattern) for pattern in _entries(data, "teks", re.compile(f".{{6,{_LONGEST_TEXT}}}"))),
        endings=tuple(_entries(data, "surel", _ENDING)),
        sender_endings=tuple(_entries(data, "pengirim", _ENDING)),
        paths=tuple(_entries(data, "jalur", _PATH)),
    )


def _entries(data: Mapping[str, Any], section: str, form: re.Pattern[str]) -> Iterator[str]:
    """Yield what each entry of the section names."""
    key = _KEYS[section]
    entries = data.get(section) or []
    if not isinstance(entries, list):
        raise ValueError(f"{section} harus berupa daftar")  # noqa: TRY004 - one kind of failure for what is not strict
    for number, entry in enumerate(entries, start=1):
        where = f"{section} butir {number}"
        if not isinstance(entry, Mapping) or set(entry) != {key, "alasan"}:
            raise ValueError(f"{where} harus berisi {key} dan alasan, tanpa kunci lain")
        value, reason = entry[key], entry["alasan"]
        if not isinstance(reason, str) or len(reason) < _SHORTEST_REASON:
            raise ValueError(f"{where}: alasan harus menjelaskan mengapa ini bukan data pribadi")
        if not isinstance(value, str) or not form.fullmatch(value):
            raise ValueError(f"{where}: {key} tidak berbentuk seperti yang dijelaskan di awal berkas")
        yield value


def _digits(pattern: str) -> re.Pattern[str]:
    if sum(sign != "#" for sign in pattern) < _FEWEST_FIXED:
        raise ValueError(f"pola nomor {pattern} terlalu longgar: paling sedikit tiga angka harus tetap")
    return re.compile(pattern.replace("#", "[0-9]"))


def _form(pattern: str) -> re.Pattern[str]:
    if sum(sign.isalpha() for sign in pattern) < _FEWEST_FIXED:
        raise ValueError(f"pola teks {pattern} terlalu longgar: paling sedikit tiga huruf harus tetap")
    return re.compile("".join("[0-9]" if sign == "#" else re.escape(sign) for sign in pattern))
