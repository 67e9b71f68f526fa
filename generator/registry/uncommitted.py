"""Which files of a work tree are not as main last had them: their dates are the last commit's, their figures not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from generator.reading.blobs import blob_id
from generator.reading.paths import locate

if TYPE_CHECKING:
    from generator.model.history import History
    from generator.reading.blobs import Tree


def uncommitted(tree: Tree, history: History) -> Mapping[str, tuple[str, ...]]:
    """Return, by unit (or agency), the files that are new, gone or other than in the history's last commit.

    They are named by their paths in the unit's folder, sorted. Line ends do not count: a checkout may have turned
    them (core.autocrlf), and nobody edited the file then.
    Raises `RepositoryUnusable` where a file can no longer be read.
    """
    last = {path: marks[-1].blob for path, marks in history.marks.items() if marks[-1].blob is not None}
    other = [entry for entry in tree.entries if last.get(entry.path) != entry.id]
    edited = [
        entry.path for entry, raw in tree.read(other) if last.get(entry.path) != blob_id(raw.replace(b"\r\n", b"\n"))
    ]
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted((*edited, *last.keys() - {entry.path for entry in tree.entries})):
        location = locate(path)
        assert location is not None  # noqa: S101 - neither tree nor history has other paths
        found[location.unit_id].append(path.removeprefix(f"units/{location.unit_id}/"))
    return {unit_id: tuple(names) for unit_id, names in found.items()}
