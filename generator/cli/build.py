"""`zi build`: the public site, from units/ to a folder any web server can show."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.as_of import as_of_option, standing
from generator.cli.check import Progress
from generator.cli.reporting import FORMATS, Report, wants_colour
from generator.model.document import Kind
from generator.model.finding import Level
from generator.program_files import MKDOCS, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any, TextIO

    from generator.judging.rules.dated import Reuse
    from generator.judging.waiting import Queues
    from generator.model.history import Tag
    from generator.publishing.site import Rulebook
    from generator.reading.blobs import Tree
    from generator.registry import Catalogue
    from generator.registry.unit_past import Memory
    from generator.writing import Published

_BETWEEN = 50
"""Files between two looks of the line that says how far a build is."""
_WITHOUT = "Tanpa riwayat: folder ini bukan repositori Git atau belum mempunyai commit."


@click.command(help="Buat situs publik dari units/. Situs lama tetap tampil sampai yang baru lengkap.")
@click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri (yang berisi units/).")
@click.option("--site", type=click.Path(path_type=Path), default="site", help="Tempat situs.")
@click.option("--rev", help="Pakai isi revisi Git ini, bukan berkas di folder kerja.")
@as_of_option
@click.option(
    "--usulan",
    "listed",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Berkas JSON daftar usulan (gh pr list); dapat diulang. Tanpa ini situs tidak menyebut usulan.",
)
def command(root: Path, site: Path, rev: str | None, as_of: str | None, listed: tuple[Path, ...]) -> None:
    """Check the registry and publish its site; with an error in the data, exit 1 and leave the old site."""
    from generator import registry
    from generator.reading.blobs import open_tree

    rev, day = standing(root, as_of, rev)
    catalogue = registry.load_catalogue()
    waiting = _queues(listed, root, rev, day) if listed else None
    with open_tree(root, rev) as tree:
        reuses = _stop_for_errors(tree, catalogue, day, root)
        with memory(root, rev, catalogue, tree if rev is None else None) as chronicle:
            published = _publish(tree, catalogue, day, site, chronicle, waiting=waiting, reuses=reuses)
            without = (
                "" if chronicle else " Tanpa riwayat: folder ini bukan repositori Git atau belum mempunyai commit."
            )
    counts = f"{published.pages} halaman, {published.files} berkas, {published.written} berubah"
    click.echo(f"Situs: {site / 'index.html'} ({counts}).{without}")


@contextmanager
def memory(root: Path, rev: str | None, catalogue: Catalogue, work_tree: Tree | None = None) -> Iterator[Memory | None]:
    """Open what main remembers up to `rev` (None: HEAD); None for a folder without Git or without commits.

    With `work_tree` it knows which of its files are not committed.
    Raises `RepositoryUnusable` for a shallow or partial clone: half a history would look like a whole one.
    """
    if not _has_commits(root):
        yield None
        return
    from generator.reading.cache import Cache
    from generator.reading.history import open_past
    from generator.registry.unit_past import Memory

    with Cache(root) as cache, open_past(root, rev or "HEAD", cache) as past:
        yield Memory(past, catalogue, cache, tags=_tags(root, rev), work_tree=work_tree)


def _tags(root: Path, rev: str | None) -> tuple[Tag, ...]:
    """Return the repository's tags, without those of commits that came to HEAD after `rev`."""
    from generator.reading.git import commit_id, run
    from generator.reading.tags import tags

    later = run(root, "rev-list", f"{commit_id(root, rev)}..HEAD").decode("ascii").split() if rev else ()
    passed_over = frozenset(later)
    return tuple(tag for tag in tags(root) if tag.commit not in passed_over)


def _has_commits(root: Path) -> bool:
    from generator.reading.git import UnknownRevision, commit_id

    if not os.path.lexists(root / ".git"):
        return False
    try:
        commit_id(root, "HEAD")
    except UnknownRevision:
        return False
    return True


def _stop_for_errors(tree: Tree, catalogue: Catalogue, day: date, root: Path) -> Sequence[Reuse]:
    """Print what is wrong, as `zi check` does, and exit 1 where it is an error; return evidence that is recycled."""
    from generator import registry
    from generator.reading.cache import Cache

    with Cache(root) as cache, Progress(sys.stderr) as progress:
        findings, reuses = registry.check(tree, catalogue, day, cache=cache, progress=progress.show)
    if not any(finding.level is Level.ERROR for finding in findings):
        return reuses
    units, files = registry.extent(tree)
    report = Report(findings=findings, units=units, files=files)
    for line in FORMATS["text"](report, coloured=wants_colour(sys.stdout)):
        click.echo(line)
    click.echo("Situs tidak dibuat; situs lama, bila ada, tetap tampil.", err=True)
    sys.exit(1)


def _queues(listed: Iterable[Path], root: Path, rev: str | None, day: date) -> Queues:
    """Return what the forge's lists say waits, by the roles the registry itself states."""
    from generator.judging.waiting import queues
    from generator.reading.proposals import read_proposals
    from generator.registry.guarding import standing_policy

    return queues(read_proposals(*listed), standing_policy(root, rev), day)


def _publish(
    tree: Tree,
    catalogue: Catalogue,
    day: date,
    site: Path,
    chronicle: Memory | None,
    *,
    waiting: Queues | None,
    reuses: Sequence[Reuse],
) -> Published:
    from generator import registry
    from generator.publishing.site import pages
    from generator.publishing.theme import render
    from generator.writing import publish

    records = registry.records(tree, catalogue, day, life=True)
    files = pages(records, render(MKDOCS), rulebook(catalogue), day, chronicle, queues=waiting, reuses=reuses)
    return publish(_watched(files, sys.stderr), site)


def _watched(files: Iterable[tuple[str, bytes]], stream: TextIO) -> Iterator[tuple[str, bytes]]:
    """Pass the files on; on a terminal, say how many are done."""
    if not stream.isatty():
        yield from files
        return
    for done, file in enumerate(files, start=1):
        if done % _BETWEEN == 0:
            stream.write(f"\rMenulis berkas {done} …\x1b[K")
            stream.flush()
        yield file
    stream.write("\r\x1b[K")
    stream.flush()


def rulebook(catalogue: Catalogue) -> Rulebook:
    """Read what the pages about the rules are written from."""
    from generator.publishing.site import Rulebook

    return Rulebook(
        instruments=tuple(catalogue.instruments.values()),
        monitoring=_monitoring_rules(),
        freshness=catalogue.freshness,
        life=catalogue.life.life,
        schemas={kind: json.loads((SCHEMA / f"{kind.value}.schema.json").read_text(encoding="utf-8")) for kind in Kind},
    )


def _monitoring_rules() -> Mapping[str, Any]:
    from generator.reading.strict_yaml import load

    path = SCHEMA / "aturan" / "pemantauan.yaml"
    return load(path.read_bytes(), path=path.name).data
