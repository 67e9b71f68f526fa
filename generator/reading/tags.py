"""The tags of a repository, in one call. Names and messages are strangers' text.

No name or message that Git prints can hold a NUL (a message is cut there), so none can pose as a field or as a tag.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from generator.model.history import Tag

from . import git
from .git_log import EPOCH, moment

_PREFIX = "refs/tags/"
_FIELDS = (
    "refname",
    "objecttype",
    "objectname",
    "committerdate:unix",
    "*objecttype",
    "*objectname",
    "*committerdate:unix",
    "contents:subject",
    "contents:body",
)
_FORMAT = f"--format={''.join(f'%({field})%00' for field in _FIELDS)}"


def tags(root: Path) -> tuple[Tag, ...]:
    """Return every tag, annotated or not, by name; raises `RepositoryUnusable` as `git.run` does.

    A tag of a file, of a folder or of another tag names no commit.
    """
    output = git.run(root, "for-each-ref", "--sort=refname", _FORMAT, _PREFIX)
    tokens = [token.removeprefix(b"\n") for token in output.split(b"\0")]
    rows = zip(*[iter(tokens)] * len(_FIELDS), strict=False)  # after the last field only a line's end is left
    return tuple(_tag(row) for row in rows)


def _tag(row: tuple[bytes, ...]) -> Tag:
    name, kind, named, made, target_kind, target, target_made, subject, body = row
    annotated = kind == b"tag"
    commit, at = (target, target_made) if annotated else (named, made)
    is_commit = (target_kind if annotated else kind) == b"commit"
    message = b"\n\n".join(part for part in (subject, body.strip()) if part) if annotated else b""
    return Tag(
        name=_text(name).removeprefix(_PREFIX),
        commit=commit.decode("ascii") if is_commit else None,
        made=_moment(at) if is_commit else EPOCH,
        message=_text(message),
    )


def _moment(seconds: bytes) -> datetime:
    return moment(seconds) or EPOCH


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "backslashreplace")
