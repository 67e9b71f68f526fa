"""A registry with a long past, for measuring: sheets of an office written in thirteen steps, one commit each.

The sheets are those of the demo. Each begins with half of its questions; every later version adds some, explains
others anew and changes an answer, all in canonical form.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from generator.demo.names import REGISTRAR
from generator.demo.repository import Repository, Signature

VERSIONS = 13
YEARS = 5
"""Unit-years of a unit."""
_FIRST_YEAR = 2021
_UNITS_OF_AGENCY = 10
_BEGINNING = 1_700_000_000
_QUESTION = re.compile(rb"\n(?=  [^ ])")
_EXPLAINED_ANEW = 12
"""Questions whose explanation each version changes."""


def paths(unit_years: int) -> list[str]:
    """Return the path of each sheet."""
    units = (f"units/instansi-{one // _UNITS_OF_AGENCY}/unit-{one}" for one in range(-(-unit_years // YEARS)))
    found = [f"{unit}/{_FIRST_YEAR + year}/mandiri.yaml" for unit in units for year in range(YEARS)]
    return found[:unit_years]


def write(folder: Path, demo: Path, unit_years: int) -> None:
    """Write the repository; `demo` is a demo registry, which lends its sheets."""
    lent = [path.read_bytes() for path in sorted(demo.glob("units/*/*/*/mandiri.yaml"))]
    sheets = [text for text in lent if len(text) > max(map(len, lent)) // 2]
    with Repository(folder) as repository:
        marks = {
            path: [repository.blob(text) for text in sheet_versions(sheets[number % len(sheets)], number, VERSIONS)]
            for number, path in enumerate(paths(unit_years))
        }
        profiles = {f"{path.rsplit('/', 2)[0]}/unit.yaml" for path in marks}
        files = {path: repository.blob(f"nama: {path.split('/')[2]}\n".encode()) for path in sorted(profiles)}
        last = _commit(repository, files, "Daftarkan unit", 0, [])
        for version in range(VERSIONS):
            for number, (path, blobs) in enumerate(marks.items(), start=1):
                minute = version * len(marks) + number
                last = _commit(repository, {path: blobs[version]}, f"Isi LKE ({version + 1})", minute, [last])


def _commit(repository: Repository, files: dict[str, int], message: str, minute: int, parents: list[int]) -> int:
    by = Signature(REGISTRAR, _BEGINNING + 60 * minute, "+0700")
    return repository.commit(files, message, by, by, parents)


def sheet_versions(text: bytes, number: int, count: int) -> Iterator[bytes]:
    """Yield versions of a sheet, oldest first; another `number` shares no line of evidence with it."""
    chance = random.Random(number)  # noqa: S311 - measured data, no secret
    head, *questions = _QUESTION.split(text.replace(b"contoh.example", b"contoh-%d.example" % number).rstrip(b"\n"))
    for version in range(count):
        there = len(questions) * (count + version) // (2 * count - 1)
        for place in chance.sample(range(there), min(there, _EXPLAINED_ANEW)):
            questions[place] = questions[place].replace(b"penjelasan: ", b"penjelasan: Ditinjau %d. " % version)
        place = chance.randrange(there)
        questions[place] = questions[place].replace(b"jawab: B", b"jawab: A").replace(b"jawab: C", b"jawab: B")
        yield b"\n".join((head, *questions[:there])) + b"\n"
