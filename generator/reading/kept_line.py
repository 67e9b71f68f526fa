"""Main's line as the cache has it: what Git said of a commit, and of all that it follows, it says for ever.

A commit's id is a digest of its content and of its parents' ids. So what came later is all that Git need be asked for,
where the line still goes through the last commit that was kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from generator.model.failure import RepositoryUnusable
from generator.model.history import Commit, History, Mark
from generator.reading.git_log import EPOCH
from generator.reading.program import program_digest

if TYPE_CHECKING:
    from generator.reading.cache import Cache

_FORM = 1
"""Of what the cache keeps; another form, another key."""


def recalled(cache: Cache, reread: Callable[[str], History]) -> History | None:
    """Return what the line remembered when it was kept last; None where that is not known.

    `reread` returns the same from Git, of the line that ends at a commit: asked where what commits say is damaged.
    """

    def decoded(value: Any) -> History:
        ids = tuple(map(str, value["ids"]))
        marks = {path: _marks(positions, blobs, len(ids)) for path, (positions, blobs) in value["marks"].items()}
        if not ids:
            raise ValueError(ids)
        return History(marks, ids, _Commits(cache, ids, reread))

    return cache.get(_key(cache, "garis"), decoded)


def keep(cache: Cache, history: History) -> None:
    """Keep what the line remembers, in place of what was kept before; nothing where what a merge brought is missing."""
    try:
        rows = [_row(commit) for commit in history.commits]
    except RepositoryUnusable:  # said to whoever asks who is behind it
        return
    marks = {path: tuple(zip(*those, strict=True)) for path, those in history.marks.items()}
    cache.put(_key(cache, "garis"), {"ids": history.ids, "marks": marks})
    cache.put(_key(cache, "commit"), {"end": history.ids[-1], "commits": rows})


class _Commits:
    """What the commits say, read when the first one is asked for."""

    def __init__(self, cache: Cache, ids: Sequence[str], reread: Callable[[str], History]) -> None:
        self._cache = cache
        self._ids = ids
        self._reread = reread

    def __call__(self, position: int) -> Commit:
        if self._rows is not None:
            with suppress(TypeError, ValueError, OverflowError):  # what fits nothing is damaged
                return _commit(self._ids, position, self._rows[position])
        return self._from_git.commit(position)

    @cached_property
    def _rows(self) -> Sequence[Sequence[Any]] | None:
        def decoded(value: Any) -> Sequence[Sequence[Any]]:
            rows: Sequence[Sequence[Any]] = value["commits"]
            if value["end"] != self._ids[-1] or len(rows) != len(self._ids):
                raise ValueError(value["end"])
            return rows

        return self._cache.get(_key(self._cache, "commit"), decoded)

    @cached_property
    def _from_git(self) -> History:
        history = self._reread(self._ids[-1])
        keep(self._cache, history)
        return history


def _marks(positions: Sequence[int], blobs: Sequence[str | None], length: int) -> list[Mark]:
    if not 0 <= positions[0] <= positions[-1] < length:
        raise ValueError(positions)
    return list(map(Mark._make, zip(positions, blobs, strict=True)))


def _row(commit: Commit) -> Sequence[Any]:
    """Return what a commit says beyond its place on the line, which says its first parent."""
    alone = commit.contributors == (commit.author,)
    return (
        commit.author,
        commit.email,
        _seconds(commit.authored),
        _seconds(commit.committed) if commit.dated else None,
        commit.message,
        commit.parents[1:],
        () if alone else commit.contributors,
        commit.approvals,
    )


def _commit(ids: Sequence[str], position: int, row: Sequence[Any]) -> Commit:
    author, email, authored, committed, message, others, contributors, approvals = row
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
    )


def _seconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(seconds=1)


def _moment(seconds: int) -> datetime:
    return EPOCH + timedelta(seconds=seconds)


def _key(cache: Cache, of: str) -> str:
    return hashlib.sha256(f"garis utama {_FORM} {program_digest(cache)} {of}".encode()).hexdigest()
