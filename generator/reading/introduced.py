"""What commits bring with them, all of it public once pushed: names, messages, paths, contents."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from generator.model.failure import Failure
from generator.model.wording import shown
from generator.reading import git

_FORMAT = "--format=tformat:%H%x00%an%x00%ae%x00%cn%x00%ce%x00%B"
_FIELDS = _FORMAT.count("%x00") + 1
_RAW = ("--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff")
_SUBMODULE = "160000"
_NOTHING = "000000"
_RANGE = ".."


class Saying(NamedTuple):
    """What a commit says of itself; free text of whoever made it."""

    commit: str
    author: str
    """"Name <e-mail>"."""
    committer: str
    message: str


class Content(NamedTuple):
    """A file that was added or changed."""

    path: str
    blob: str
    """Git's id of the content; "" for a submodule, which has none here."""


class Introduced(NamedTuple):
    """What is new in a range or in the index."""

    sayings: tuple[Saying, ...]
    """Oldest first; none for the index."""
    contents: tuple[Content, ...]
    """Sorted by path; every version that any of the commits holds, without those the beginning has."""


def between(root: Path, span: str) -> Introduced:
    """Return what the commits of BASE..HEAD bring; "..HEAD" means all of HEAD's past.

    What was added and removed again within the range counts: it stays in the history.
    Raises `Failure` for a span of another form, `RepositoryUnusable` for an unknown revision.
    """
    base, dots, head = span.partition(_RANGE)
    if not dots or not head or head.startswith("."):
        raise Failure(f"Rentang {shown(span)} tidak dikenal; tulis AWAL..AKHIR, misalnya main..HEAD.")
    tip = git.commit_id(root, head)
    known: set[Content] = set()
    without = []
    if base.strip("0"):  # a new branch's beginning is named by zeros where Git pushes
        start = git.commit_id(root, base)
        without = [f"^{start}"]
        known = set(_listed(git.run(root, "ls-tree", "-rz", "--full-tree", start)))
    output = git.run(
        root, "log", *_RAW, "-m", "--reverse", "--root", "--encoding=none", _FORMAT, "--end-of-options", tip, *without
    )
    sayings: dict[str, Saying] = {}
    contents: set[Content] = set()
    for saying, touched in _records(output):
        sayings[saying.commit] = saying
        contents |= touched
    return Introduced(tuple(sayings.values()), tuple(sorted(contents - known)))


def staged(root: Path, index: str | None = None) -> Introduced:
    """Return what the index would bring into a commit; `index`: the file Git uses as one while it commits."""
    tokens = git.run(root, "diff", "--cached", *_RAW, index=index).split(b"\0")[:-1]
    return Introduced((), tuple(sorted(_touched(tokens))))


def sizes(root: Path, contents: Collection[Content]) -> tuple[int, ...]:
    """Return how many bytes each content has; 0 for a submodule. Raises `RepositoryUnusable` where one is missing."""
    ids = {one.blob for one in contents if one.blob}
    if not ids:
        return tuple(0 for _ in contents)
    asked = "".join(f"{blob}\n" for blob in sorted(ids)).encode("ascii")
    answers = git.run(root, "cat-file", "--batch-check=%(objectname) %(objectsize)", input=asked).decode("ascii")
    if " missing" in answers:
        raise git.incomplete(root)
    known = dict(line.split(" ") for line in answers.splitlines())
    return tuple(int(known.get(one.blob, 0)) for one in contents)


def _records(output: bytes) -> Iterator[tuple[Saying, set[Content]]]:
    """Yield each commit of a log; as in `reading.git_log`, nothing a person writes can pose as a field."""
    tokens = output.split(b"\0")
    at = 0
    while at + _FIELDS < len(tokens):
        commit, name, mail, committer, committer_mail, message = map(_text, tokens[at : at + _FIELDS])
        at = start = at + _FIELDS
        while tokens[at].startswith((b":", b"\n:")):
            at += 2
        saying = Saying(
            commit=commit.strip(),
            author=f"{name} <{mail}>",
            committer=f"{committer} <{committer_mail}>",
            message=message,
        )
        yield saying, set(_touched(tokens[start:at]))


def _touched(tokens: list[bytes]) -> Iterator[Content]:
    """Yield what ":oldmode newmode oldid newid status" and path, by turns, leave behind."""
    for head, path in zip(tokens[::2], tokens[1::2], strict=True):
        _, mode, _, blob, _ = head.decode("ascii").split()
        if mode != _NOTHING:
            yield Content(_text(path), "" if mode == _SUBMODULE else blob)


def _listed(listing: bytes) -> Iterator[Content]:
    for record in listing.split(b"\0")[:-1]:
        head, _, path = record.partition(b"\t")
        mode, _, blob = head.decode("ascii").split()
        yield Content(_text(path), "" if mode == _SUBMODULE else blob)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
