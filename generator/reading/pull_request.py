"""What a proposal changes: from the commit it branched off to its last one, names and modes only, no checkout."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

from generator.model.failure import RepositoryUnusable
from generator.model.review import is_login
from generator.model.wording import shown
from generator.reading import git
from generator.reading.strict_yaml import UNIT_FILE

REGULAR = "100644"
ABSENT = "000000"
_DIFF = (
    "diff-tree",
    "-r",
    "-z",
    "--raw",
    "--no-renames",  # a renamed file is one that went and one that came
    "--no-abbrev",
    "--no-color",
    "--no-ext-diff",
    "--no-relative",
    "--ignore-submodules=none",
    f"-O{os.devnull}",  # diff.orderFile
)


_SENDER = re.compile(r"^Diusulkan-oleh: @?(\S+)[ \t]*$", re.MULTILINE)
"""A line that `zi intake` writes for who filled in a form."""


class Changed(NamedTuple):
    """One path of the difference, anywhere in the repository."""

    path: str
    """Bytes that are no UTF-8 are surrogates."""
    before: str
    """Git's mode, `ABSENT` where it comes in."""
    after: str
    """Git's mode, `ABSENT` where it goes."""
    old_id: str
    new_id: str
    """Ids of the contents; zeros where there is none."""


class PullRequest(NamedTuple):
    """A proposal as commits."""

    base: str
    """Id of the commit it asks to be merged into: what is in force."""
    start: str
    """Id of the commit it branched off: what it is compared with."""
    head: str
    """Id of its last commit."""
    changed: tuple[Changed, ...]
    """Sorted by path."""
    senders: tuple[str, ...]
    """Accounts its commits name as those they were made for, in small letters, sorted. Anybody can write such a line:
    it may take an approval away, never give a right."""


def pull_request(root: Path, base: str, head: str) -> PullRequest:
    """Return what HEAD changes since it branched off BASE (the difference Git writes BASE...HEAD).

    Raises `RepositoryUnusable` for an unknown revision, a shallow clone, and where there is not just one commit at
    which the two parted: one difference could then hide what another shows.
    """
    base_id, head_id = git.commit_id(root, base), git.commit_id(root, head)
    if git.run(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise RepositoryUnusable(
            f"Klon {shown(root, 200)} terpotong (shallow), jadi awal usulan tidak dapat dipastikan;"
            " lengkapi di sana dengan git fetch --unshallow."
        )
    start = _start(root, base_id, head_id)
    fields = git.run(root, *_DIFF, start, head_id).decode("utf-8", "surrogateescape").split("\0")
    changed = []
    for head_field, path in zip(fields[0:-1:2], fields[1::2], strict=True):
        before, after, old_id, new_id, _ = head_field.removeprefix(":").split(" ")
        changed.append(Changed(path, before, after, old_id, new_id))
    messages = git.run(root, "log", "-z", "--format=tformat:%B", f"{start}..{head_id}").decode("utf-8", "replace")
    senders = sorted({name.lower() for name in _SENDER.findall(messages) if is_login(name)})
    return PullRequest(base_id, start, head_id, tuple(sorted(changed)), tuple(senders))


def _start(root: Path, base: str, head: str) -> str:
    advice = "perbarui cabang usulan dengan git rebase ke commit dasar, lalu jalankan ulang."
    try:
        starts = git.run(root, "merge-base", "--all", base, head).decode("ascii").split()
    except RepositoryUnusable:  # git ends with 1 where there is none
        raise RepositoryUnusable(f"Usulan dan commit dasarnya tidak punya leluhur bersama; {advice}") from None
    if len(starts) != 1:
        raise RepositoryUnusable(f"Usulan dan commit dasarnya berpisah di {len(starts)} tempat; {advice}")
    return starts[0]


def file_at(root: Path, commit: str, path: str) -> bytes | None:
    """Return a regular file of the commit (an id); None where there is none, or it is larger than the registry reads.

    Raises `RepositoryUnusable` as `git.run` does.
    """
    listing = git.run(root, "ls-tree", "-lz", "--full-tree", commit, path)
    if not listing:
        return None
    mode, kind, object_id, size = listing.partition(b"\t")[0].decode("ascii").split()
    if (mode, kind) != (REGULAR, "blob") or not size.isdecimal() or int(size) > UNIT_FILE.size:
        return None
    with git.Blobs(root) as blobs:
        return blobs.read(object_id)
