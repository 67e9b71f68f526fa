"""Which findings came and which went between two states of a unit's files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from generator.judging.privacy.telling import discreet
from generator.judging.rules.codes import Code
from generator.model.finding import Finding, Level
from generator.reading.blobs import Tree
from generator.reading.paths import FOLDER

from .checking import check

if TYPE_CHECKING:
    from .catalogue import Catalogue

_PROFILE = "/unit.yaml"
Identity = tuple[str, str, str, str]
"""Code, path inside the unit's folder, pointer and message: the line may be another, and the unit's id."""
Found = Mapping[Identity, Finding]


class Turnover(NamedTuple):
    """What became of the findings; each sorted, the gravest first."""

    new: tuple[Finding, ...]
    solved: tuple[Finding, ...]
    standing: int
    """How many were there before and still are."""


def turnover(before: Found, after: Found) -> Turnover:
    """Return what came, what went, and how many stayed."""
    return Turnover(
        new=_gravest_first(after[one] for one in after.keys() - before.keys()),
        solved=_gravest_first(before[one] for one in before.keys() - after.keys()),
        standing=len(before.keys() & after.keys()),
    )


def findings(
    tree: Tree,
    unit_id: str,
    names: Collection[str],
    catalogue: Catalogue,
    *,
    today: date,
    strays: Iterable[Finding] = (),
) -> Found:
    """Return what is wrong in the unit's (or agency's) files and in those beside them, with its strays.

    `names` are paths inside its folder, also of files that are no longer there. No other folder is read, so evidence
    used again is not among them (`registry.reuse` looks for that); `asal` is held against all units.
    """
    inside = f"{FOLDER}/{unit_id}/"
    folders = {f"{inside}{name}".rpartition("/")[0] for name in names}
    near = [entry for entry in tree.entries if entry.path.rpartition("/")[0] in folders]
    paths = {f"{inside}{name}" for name in names} | {entry.path for entry in near}
    if any("/" not in name for name in names):  # a file that must be there is missed only beside others
        near = [entry for entry in tree.entries if entry.path.startswith(inside) or entry.path.endswith(_PROFILE)]
    scope = Tree(entries=tuple(near), findings=tree.findings, content=tree.content)
    found = [*(check(scope, catalogue, today, paths).findings if paths else ()), *map(discreet, strays)]
    return {_identity(one, inside): one for one in found if one.code != Code.BUKTI_DIPAKAI_ULANG}


def strays(tree: Tree, known: Collection[str]) -> Mapping[str, tuple[Finding, ...]]:
    """Return what lies in the tree and must not, by the unit or agency (of `known`) it lies in, else by "units"."""
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in tree.findings:
        parts = finding.path.split("/")
        names = ("/".join(parts[1:3]), parts[1] if len(parts) > 1 else "")
        found[next((name for name in names if name in known), FOLDER)].append(finding)
    return {owner: tuple(those) for owner, those in found.items()}


def _identity(finding: Finding, inside: str) -> Identity:
    return finding.code, finding.path.removeprefix(inside), finding.pointer, finding.message


def _gravest_first(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda one: (list(Level).index(one.level), one)))
