"""`--as-of TANGGAL|REV`: which files a command reads, and which day it takes for today."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from generator.cli.clock import today
from generator.model.day import is_written_day

as_of_option = click.option(
    "--as-of",
    metavar="TANGGAL|REV",
    help="Registri seperti keadaannya di main pada hari itu (misalnya 2026-12-01, hari Jakarta) atau pada revisi Git "
    "itu, dihitung per hari itu. Untuk hari ini dan sesudahnya, dan di folder tanpa Git: berkas di folder kerja. "
    "Tidak bersama --rev.",
)
"""The same words for every command that takes it."""


def standing(root: Path, as_of: str | None, rev: str | None, *, by_calendar: bool = False) -> tuple[str | None, date]:
    """Return the revision to read, None for the work tree, and the day to take for today.

    Without `as_of`: `rev`, and today. With a revision: it, and the day on which it was committed. With a day: that
    day, and the commit main stood at by the end of it (`reading.history.commit_on`); but the work tree for today and
    later days where no later commit is on main, so that what is due next month can be asked before anything is
    committed, and where the folder has no Git or nothing is committed yet. What looks like a day is one; a tag of that
    name is refs/tags/2026-12-01.
    `by_calendar`: a day before the first commit, or any since the last, reads the work tree as well. What is asked
    then rests on dated events alone, and those tell of years before the registry was kept in Git.
    Raises a usage error for `as_of` with `rev`, `Failure` for a day that is none, `RepositoryUnusable` for an unknown
    revision and, unless `by_calendar`, for a day before the first commit.
    """
    if as_of is None:
        return rev, today()
    if rev is not None:
        raise click.UsageError("--as-of sudah menentukan revisinya; pakai tanpa --rev.")
    if not os.path.lexists(root / ".git"):
        return None, today(as_of)
    if is_written_day(as_of):
        return _commit_of(root, today(as_of), by_calendar=by_calendar), today(as_of)
    from generator.reading.history import commit_on, day_of

    commit = commit_on(root, as_of)
    return commit, day_of(root, commit)


def _commit_of(root: Path, day: date, *, by_calendar: bool) -> str | None:
    from generator.reading.git import UnknownRevision, commit_id
    from generator.reading.history import BeforeFirstCommit, commit_on

    try:
        newest = commit_id(root, "HEAD")
    except UnknownRevision:
        return None
    try:
        commit = commit_on(root, day.isoformat())
    except BeforeFirstCommit:
        if by_calendar:
            return None
        raise
    # a day that is over is main's, whatever lies in the work tree since; today and what is to come are the files'
    return None if commit == newest and (by_calendar or day >= today()) else commit
