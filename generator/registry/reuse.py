"""Where else in the registry a piece of evidence is used: sheets are searched as bytes, and only hits are read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from generator.judging.attention import Attention, NewEvidence, reused
from generator.judging.rules.places import Place, places
from generator.model.document import Document, Kind
from generator.reading.paths import locate
from generator.reading.strict_yaml import Refused, load

if TYPE_CHECKING:
    from generator.reading.blobs import Entry, Tree

_MARK = re.compile(rb"[0-9a-f]{64}|https?://[^\s'\"]+")
"""What a SHA-256 or a link looks like in a file."""
_MOST_BYTES = 64 * 1024 * 1024
"""Sheets searched, those of the units' own agencies first: about a second."""
_MOST_READ = 12
"""Sheets read for one unit: a link that stands everywhere is told by its first uses."""


class Uses:
    """The unit's own sheets of a tree, searchable by what marks their evidence; nothing is read before it is asked."""

    def __init__(self, tree: Tree, agencies: Collection[str]) -> None:
        self._tree = tree
        self._agencies = agencies
        self._sheets: dict[int, list[Entry]] | None = None
        self._read: dict[str, Sequence[Place]] = {}
        self.complete = True
        """False where the registry was too large to search all of it."""

    def reused(self, evidence: Sequence[NewEvidence]) -> Iterator[Attention]:
        """Yield the evidence that serves another unit, year or question too.

        Raises what `Tree.read` raises.
        """
        values = {value for one in evidence for _, value in one.marks}
        if values:
            own = {one.use.unit for one in evidence}
            yield from reused(
                evidence, [place for entry in self._holding(values, own) for place in self._places(entry)]
            )

    def _holding(self, values: Collection[str], own: Collection[str]) -> list[Entry]:
        """Return the sheets in which one of the values may stand: the unit's own, then others as they come."""
        if self._sheets is None:
            self._sheets = self._searched()
        found = {entry.path: entry for value in values for entry in self._sheets.get(hash(value.encode()), ())}
        ordered = sorted(found.values(), key=lambda entry: (_unit_id(entry) in own, entry.path))
        return ordered[:_MOST_READ]

    def _searched(self) -> dict[int, list[Entry]]:
        """Return by hash of a mark the sheets that hold it; two marks with one hash cost a look and no more."""
        sheets: defaultdict[int, list[Entry]] = defaultdict(list)
        left = _MOST_BYTES
        for entry in sorted(self._tree.entries, key=self._nearness):
            if not entry.path.endswith(f"/{Kind.MANDIRI}.yaml"):
                continue
            left -= entry.size
            if left < 0:
                self.complete = False
                break
            ((_, raw),) = self._tree.read([entry])
            for mark in set(_MARK.findall(raw)):
                sheets[hash(mark)].append(entry)
        return sheets

    def _nearness(self, entry: Entry) -> tuple[bool, str]:
        return entry.path.split("/")[1] not in self._agencies, entry.path

    def _places(self, entry: Entry) -> Sequence[Place]:
        if entry.path not in self._read:
            self._read[entry.path] = tuple(self._evidence(entry))
        return self._read[entry.path]

    def _evidence(self, entry: Entry) -> Iterator[Place]:
        ((_, raw),) = self._tree.read([entry])
        try:
            loaded = load(raw, path=entry.path)
        except Refused:
            return
        yield from places(Document(path=entry.path, kind=Kind.MANDIRI, data=loaded.data, marks=loaded.marks))


def _unit_id(entry: Entry) -> str:
    location = locate(entry.path)
    return location.unit_id if location else ""
