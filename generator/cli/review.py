"""`zi review`: what the registry has to say of a pull request, from Git's objects alone, and a file for who comments.

The commits that are looked at are a stranger's, so nothing of theirs is checked out, run or taken as a rule: of HEAD
only files under units/, names, and what commits say of themselves are read, and its rule files as data, for a preview
(`rules_review`). The file says in every case how it went.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from generator.cli.clock import today
from generator.cli.reporting import FORMATS, Report
from generator.model.failure import Failure, RepositoryUnusable
from generator.model.finding import Finding, Level
from generator.model.wording import shown

if TYPE_CHECKING:
    from generator.exchange.pull_request import Submitted
    from generator.reading.blobs import Tree
    from generator.reading.pull_request import PullRequest
    from generator.registry import Catalogue
    from generator.registry.differences import Difference

_UNFINISHED = "Pemeriksaan dimulai tetapi tidak selesai; lihat catatan alur kerjanya, lalu jalankan ulang."
_MOST = 20
"""Findings told in the comment; all of them are in the job's log."""
_LONGEST = 300
"""Characters of a finding's path, of its message and of its remedy in the comment."""
_SHORT_ID = 12


@click.command(
    help="Tinjau pull request: temuan baru, peran, data pribadi, dan perubahan nilai; hasilnya satu berkas JSON untuk "
    "dikomentarkan. Dari usulan hanya dibaca objek Git-nya."
)
@click.argument("event", metavar="PERISTIWA.json", type=click.Path(path_type=Path))
@click.option("--head", required=True, metavar="REV", help="Commit terakhir usulan; harus sama dengan head.sha.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Berkas JSON hasil, paling banyak 64 KiB.")
@click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri (puncak repositori Git).")
def command(*, event: Path, head: str, out: Path, root: Path) -> None:
    """Print findings as annotations and write the result; exit 1 where the pull request must not be merged as it is."""
    from generator.exchange.pull_request import read_submitted

    submitted = read_submitted(event)
    _leave(out, submitted, _UNFINISHED, passed=False)  # what a job leaves that is stopped
    try:
        reviewed = _review(root, submitted, head)
    except Failure as failure:
        _leave(out, submitted, "\n".join(_stopped(failure)), passed=False)
        raise
    _leave(out, submitted, "\n".join(_comment(reviewed)), passed=not reviewed.stopping)
    report = Report(findings=reviewed.findings, units=reviewed.units, files=reviewed.files)
    for line in FORMATS["github"](report):
        click.echo(line)
    sys.exit(1 if reviewed.stopping else 0)


class _Reviewed(NamedTuple):
    """What there is to say."""

    findings: tuple[Finding, ...]
    """What the pull request brings, sorted."""
    solved: int
    """How many findings it does away with."""
    difference: tuple[str, ...]
    """Lines of Markdown."""
    units: int
    files: int

    @property
    def stopping(self) -> list[Finding]:
        """What must be mended first."""
        return [finding for finding in self.findings if finding.level is Level.ERROR]


def _review(root: Path, submitted: Submitted, rev: str) -> _Reviewed:
    from generator.cli.privacy import of_git
    from generator.judging.privacy.telling import discreet
    from generator.reading.git import commit_id
    from generator.reading.pull_request import pull_request
    from generator.registry import load_catalogue
    from generator.registry.guarding import guard

    if commit_id(root, rev) != submitted.head:
        raise RepositoryUnusable(
            f"Revisi {shown(rev)} bukan commit terakhir usulan menurut peristiwanya: usulan sudah diperbarui;"
            " tunggu pemeriksaan commit yang baru."
        )
    request = pull_request(root, submitted.base, submitted.head)
    catalogue = load_catalogue()
    guarded = guard(root, request.base, request.head, actor=submitted.author)
    roles = set(map(discreet, guarded.findings))
    personal, _ = of_git(root, f"{request.base}..{request.head}", (), catalogue.allowance)
    compared = _compare(root, request, catalogue)
    said = {(finding.path, finding.code) for finding in roles}
    brought = {one for one in compared.found if (one.path, one.code) not in said}
    brought |= {one for one in map(discreet, personal) if _identity(one) not in compared.known}
    return _Reviewed(
        findings=tuple(sorted(brought | roles)),
        solved=compared.solved,
        difference=compared.difference,
        units=guarded.units,
        files=guarded.files,
    )


Identity = tuple[str, str, str, str]


class _Compared(NamedTuple):
    """What is in the files now, and what was."""

    found: tuple[Finding, ...]
    """What `known` does not hold."""
    known: frozenset[Identity]
    """Findings of the base and of where the pull request branched off: nobody has to mend them here."""
    solved: int
    difference: tuple[str, ...]


def _compare(root: Path, request: PullRequest, catalogue: Catalogue) -> _Compared:
    from generator.cli.diff_markdown import as_markdown
    from generator.cli.rules_review import rules_section
    from generator.reading.blobs import open_tree
    from generator.reading.cache import Cache
    from generator.registry import check
    from generator.registry.differences import differences
    from generator.registry.moved import cut_off, moves_between

    day = today()
    moved: dict[str, str] = {}
    with (
        open_tree(root, request.base) as base,
        open_tree(root, request.start) as start,
        open_tree(root, request.head) as head,
        Cache(root) as cache,
    ):
        remembered = partial(moves_between, root, request.start, request.head)
        changes = _noting(differences(start, head, catalogue, day, remembered), moved)
        text = tuple(as_markdown(request.base[:_SHORT_ID], request.head[:_SHORT_ID], changes))
        rules = tuple(rules_section(root, request, head, day))
        cut = tuple(cut_off(start, head, {unit_id: old for old, unit_id in moved.items()}))

        def findings(tree: Tree) -> tuple[Finding, ...]:
            return check(tree, catalogue, day, cache=cache).findings

        before = {_identity(finding, moved) for finding in findings(start)}
        standing = before if request.base == request.start else {_identity(one, moved) for one in findings(base)}
        after = {_identity(finding): finding for finding in findings(head)}
    known = frozenset(before | standing)
    return _Compared(
        found=(*cut, *(finding for identity, finding in after.items() if identity not in known)),
        known=known,
        solved=len(before - after.keys()),
        difference=(*rules, *text),
    )


def _noting(found: Iterable[Difference], moved: dict[str, str]) -> Iterator[Difference]:
    """Pass the differences on, and note which unit stands where now."""
    for difference in found:
        if difference.old_id:
            moved[difference.old_id] = difference.unit
        yield difference


def _identity(finding: Finding, moved: Mapping[str, str] | None = None) -> Identity:
    """Return what makes it the same finding as before, on whatever line, and wherever its unit moved."""
    path = finding.path
    parts = path.split("/")
    old = "/".join(parts[1:3])
    if moved and old in moved:
        path = "/".join([parts[0], moved[old], *parts[3:]])
    return path, finding.code, finding.pointer, finding.message


def _leave(out: Path, submitted: Submitted, comment: str, *, passed: bool) -> None:
    """Write the result, with as much of the comment as it may hold."""
    from generator.exchange.inert_markdown import MOST, inert_markdown
    from generator.exchange.pull_request import VERDICT_LIMIT, Verdict, verdict_bytes
    from generator.writing import replace_file

    most = MOST
    while True:
        text = inert_markdown(comment, most)
        raw = verdict_bytes(Verdict(submitted.number, submitted.base, submitted.head, passed, text))
        if len(raw) <= VERDICT_LIMIT:
            break
        most = most * VERDICT_LIMIT // len(raw) - 1  # signs of more than one byte
    replace_file(out, raw)


def _stopped(failure: Failure) -> Iterator[str]:
    from generator.cli.inert import inert

    yield "Usulan ini tidak dapat diperiksa:"
    yield ""
    yield f"- {inert(str(failure), _LONGEST)}"


def _comment(reviewed: _Reviewed) -> Iterator[str]:
    stopping = reviewed.stopping
    lead = f"{len(stopping)} temuan harus diperbaiki" if stopping else "Tidak ada temuan yang harus diperbaiki"
    yield f"{lead}; {reviewed.solved} temuan lama terselesaikan." if reviewed.solved else f"{lead}."
    if stopping:
        yield from ("", "### Harus diperbaiki", "", *listing(stopping))
    yield ""
    yield from reviewed.difference


def listing(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield findings as a Markdown list, with the remedy of each, and last how many more there are."""
    from generator.cli.inert import inert

    for finding in findings[:_MOST]:
        place = f"{finding.path}:{finding.line}" if finding.line else finding.path
        hint = f" Cara membetulkan: {inert(finding.hint, _LONGEST)}" if finding.hint else ""
        yield f"- {inert(place, _LONGEST)}: {inert(finding.message, _LONGEST)}{hint}"
    if len(findings) > _MOST:
        yield f"- … dan {len(findings) - _MOST} lagi; semuanya ada di catatan pemeriksaan"
