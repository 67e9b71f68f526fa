"""What a commit would hold: Git's index as a tree, and where it differs from the commit before it."""

from __future__ import annotations

from pathlib import Path

from generator.reading import git
from generator.reading.paths import FOLDER, locate, told_at

_MOST = 200
"""Folders beyond which the whole registry is looked at: a command line has an end."""


def staged_tree(root: Path, index: str | None = None) -> str:
    """Return the id of the tree that the index makes; `index`: the file Git uses as one while it commits.

    Raises `RepositoryUnusable`; also where the index holds a conflict.
    """
    return git.run(root, "write-tree", index=index).decode("ascii").strip()


def changed_paths(root: Path, tree: str) -> tuple[str, ...]:
    """Return where under units/ the tree differs from HEAD: the folders of known files, other paths as they are."""
    before = _head_tree(root)
    listing = git.run(root, "diff-tree", "-r", "-z", "--name-only", "--no-renames", before, tree, "--", FOLDER)
    found: set[str] = set()
    for raw in listing.split(b"\0")[:-1]:
        path = raw.decode("utf-8", "surrogateescape")
        found |= {path.rpartition("/")[0]} if locate(path) else told_at(path)
    return tuple(sorted(found)) if len(found) <= _MOST else (FOLDER,)


def _head_tree(root: Path) -> str:
    try:
        return git.tree_id(root, "HEAD")
    except git.UnknownRevision:  # before the first commit: nothing is there yet
        return git.run(root, "hash-object", "-t", "tree", "--stdin", input=b"").decode("ascii").strip()


def hooks_folder(root: Path) -> Path:
    """Return the folder of the repository's own hooks; all work trees of a repository share it."""
    common = git.run(root, "rev-parse", "--git-common-dir").removesuffix(b"\n").decode("utf-8", "surrogateescape")
    return git.top(root) / common / "hooks"
