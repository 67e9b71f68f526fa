"""Main's line as the cache has it: what Git said of a commit, and of all that it follows, it says for ever.

A commit's id is a digest of its content and of its parents' ids. So what came later is all that Git need be asked for,
where the line still goes through the last commit that was kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from generator.model.failure import RepositoryUnusable
from generator.model.history import Commit, History, Mark
from generator.reading.git_log import EPOCH
from generator.reading.program import program_digest

if TYPE_CHECKING:
    from generator.reading.cache import Cache

_FORM = 1
"""Of what the cache keeps; another form, another key."""


def recalled(cache: Cache) -> History | None:
    """Return what the line remembered when it was kept last; None where that is not known."""
    return cache.get(_key(cache), _decoded)


def keep(cache: Cache, history: History) -> None:
    """Keep what the line remembers, in place of what was kept before; nothing where what a merge brought is missing."""
    try:
        rows = [_row(commit) for commit in history.commits]
    except RepositoryUnusable:  # said to whoever asks who is behind it
        return
    marks = {path: tuple(zip(*those, strict=True)) for path, those in history.marks.items()}
    cache.put(_key(cache), {"commits": rows, "marks": marks})


def _decoded(value: Any) -> History:
    ids = tuple(str(row[0]) for row in value["commits"])
    commits = [_commit(ids, position, row) for position, row in enumerate(value["commits"])]
    marks = {path: _marks(positions, blobs, len(ids)) for path, (positions, blobs) in value["marks"].items()}
    if not ids:
        raise ValueError(value)
    return History(marks, ids, commits.__getitem__)


def _marks(positions: Sequence[int], blobs: Sequence[str | None], length: int) -> list[Mark]:
    if not 0 <= positions[0] <= positions[-1] < length:
        raise ValueError(positions)
    return list(map(Mark._make, zip(positions, blobs, strict=True)))


def _row(commit: Commit) -> Sequence[Any]:
    """Return what a commit says beyond its place on the line, which says its first parent."""
    alone = commit.contributors == (commit.author,)
    return (
        commit.id,
        commit.author,
        commit.email,
        _seconds(commit.authored),
        _seconds(commit.committed) if commit.dated else None,
        commit.message,
        commit.parents[1:],
        () if alone else commit.contributors,
        commit.approvals,
        commit.brought,
    )


def _commit(ids: Sequence[str], position: int, row: Sequence[Any]) -> Commit:
    _, author, email, authored, committed, message, others, contributors, approvals, brought = row
    return Commit(
        id=ids[position],
        position=position,
        author=author,
        email=email,
        authored=_moment(authored),
        committed=_moment(committed or 0),
        message=message,
        parents=(*ids[position - 1 : position], *others),
        contributors=tuple(contributors) or (author,),
        approvals=tuple(approvals),
        dated=committed is not None,
        brought=tuple(brought),
    )


def _seconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(seconds=1)


def _moment(seconds: int) -> datetime:
    return EPOCH + timedelta(seconds=seconds)


def _key(cache: Cache) -> str:
    return hashlib.sha256(f"garis utama {_FORM} {program_digest(cache)}".encode()).hexdigest()
