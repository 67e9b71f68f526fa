"""Git as a store of bytes: no configuration, hook, replacement, network or prompt of anybody takes part."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from generator.model.failure import RepositoryUnusable
from generator.model.wording import shown

_OPTIONS = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c safe.directory=*",  # only `root` itself can be found (ceiling below), and the caller has named it
    "-c safe.bareRepository=explicit",  # a bare repository inside units/ is data, its configuration is not ours
    "-c protocol.allow=never",
    "-c core.commitGraph=false",  # a file beside the commits that says again what their parents are
    "-c core.fsmonitor=false",
    f"-c core.hooksPath={os.devnull}",
    "-c log.mailmap=false",
    "-c log.showSignature=false",
)
ARGUMENTS = tuple(word for option in _OPTIONS for word in option.split(" ", 1))
"""What stands between `git` and its command, whoever starts it."""
OBJECT_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_LONGEST_REVISION = 250
_COMPLETE = "git fetch --refetch --no-filter"
NO_GIT = "Program git tidak ditemukan; pasang Git lalu jalankan lagi."


class UnknownRevision(RepositoryUnusable):
    """No commit has this name; HEAD is none where nothing is committed yet."""


def run(
    root: Path,
    *args: str,
    input: bytes | None = None,  # noqa: A002 - subprocess names it so
    index: str | None = None,
) -> bytes:
    """Run git in the repository whose top is `root` and return what it prints.

    `index`: the file to take for the repository's index, relative to `root`; else its own.
    Raises `RepositoryUnusable` when there is no git, no repository, or git fails.
    """
    folder = top(root)
    try:
        done = subprocess.run(
            ["git", *ARGUMENTS, *args],
            cwd=folder,
            env={**environment(folder), **({"GIT_INDEX_FILE": index} if index else {})},
            input=input,
            stdin=subprocess.DEVNULL if input is None else None,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise RepositoryUnusable(NO_GIT) from None
    if done.returncode != 0:
        raise refused(root, done.stderr)
    return done.stdout


def tree_id(root: Path, revision: str) -> str:
    """Return the id of the tree a revision (commit, tag, branch, tree) names.

    Raises `UnknownRevision` for one that is not there and for text that is none, `RepositoryUnusable` as `run` does.
    """
    return _object_id(root, revision, "tree")


def commit_id(root: Path, revision: str) -> str:
    """Return the id of the commit a revision (commit, tag, branch) names; raises as `tree_id` does."""
    return _object_id(root, revision, "commit")


def _object_id(root: Path, revision: str, kind: str) -> str:
    unknown = f"Revisi {shown(revision)} tidak dikenal; lihat yang ada dengan git branch -a, git tag, atau git log."
    if not revision or revision.startswith("-") or not revision.isprintable() or len(revision) > _LONGEST_REVISION:
        raise UnknownRevision(unknown)
    run(root, "rev-parse", "--git-dir")  # another sentence for "no repository" than for "no such revision"
    found = _resolved(root, f"{revision}^{{{kind}}}")
    if found is None:
        raise incomplete(root) if _is_broken(root, revision, kind) else UnknownRevision(unknown)
    return found


def _resolved(root: Path, revision: str) -> str | None:
    """Return the id of what the revision names; None where it names nothing, or that is not there."""
    try:
        return run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", revision).decode("ascii").strip()
    except RepositoryUnusable as failure:
        if _COMPLETE in str(failure):
            raise
        return None


def _is_broken(root: Path, revision: str, kind: str) -> bool:
    """Tell whether a name is known and what it leads to is gone: any forty digits are a name that Git repeats."""
    if OBJECT_ID.fullmatch(revision) or ":" in revision or _resolved(root, revision) is None:  # behind ":" is a path
        return False
    is_gone = _resolved(root, f"{revision}^{{}}") is None
    return is_gone or (kind == "tree" and _resolved(root, f"{revision}^{{commit}}") is not None)


class Blobs:
    """Contents of blobs, by id, through one `git cat-file --batch` that starts when it is first asked."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()  # it only reads: nothing is lost
            process.communicate()

    def read(self, blob_id: str) -> bytes:
        """Return the blob's bytes; raises `RepositoryUnusable` where it is not in this repository."""
        if not OBJECT_ID.fullmatch(blob_id):
            raise RepositoryUnusable(f"{shown(blob_id)} bukan id objek Git.")
        asked, answers = self._pipes()
        try:
            asked.write(blob_id.encode("ascii") + b"\n")
            asked.flush()
        except BrokenPipeError:
            raise incomplete(self._root) from None
        head = answers.readline().split()  # id, type, size; or id, "missing"; or nothing when git gave up
        if len(head) != len(("id", "type", "size")) or head[1] != b"blob":
            raise incomplete(self._root)
        size = int(head[2])
        content = answers.read(size + 1)
        if len(content) != size + 1:
            raise incomplete(self._root)
        return content[:-1]

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            folder = top(self._root)
            try:
                self._process = subprocess.Popen(
                    ["git", *ARGUMENTS, "cat-file", "--batch"],
                    cwd=folder,
                    env=environment(folder),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            except FileNotFoundError:
                raise RepositoryUnusable(NO_GIT) from None
        assert self._process.stdin is not None  # noqa: S101 - asked for above
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        return self._process.stdin, self._process.stdout


def incomplete(root: Path) -> RepositoryUnusable:
    """Return the failure of a repository that lacks some of its objects, with the command that mends it."""
    return RepositoryUnusable(
        f"Sebagian isi repositori {shown(root, 200)} tidak ada (klon parsial?); lengkapi di sana dengan {_COMPLETE}."
    )


def environment(root: Path) -> Mapping[str, str]:
    """Return the environment git gets: ours without any GIT_ variable, and with every door shut."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",  # git >= 2.45; an older one is stopped by protocol.allow
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_FLUSH": "0",  # git log writes blocks to us, not commit by commit
        "GIT_CEILING_DIRECTORIES": str(root.parent),  # a repository further up is another one
    }


def top(root: Path) -> Path:
    """Return the folder git is run in, without symbolic links; raises `RepositoryUnusable` where there is none."""
    folder = root.resolve()
    if not folder.is_dir():
        raise RepositoryUnusable(f"Folder {shown(root, 200)} tidak ada; tunjuk folder registri dengan --root.")
    return folder


def refused(root: Path, complaint: bytes) -> RepositoryUnusable:
    """Return the failure behind what git wrote to stderr before it ended."""
    return RepositoryUnusable(_reason(root, complaint.decode("utf-8", "replace")))


def _reason(root: Path, complaint: str) -> str:
    bare = "cannot use bare repository" in complaint
    if bare or "not a git repository" in complaint:
        above = next((one for one in root.resolve().parents if os.path.lexists(one / ".git")), None)
        way = f"puncaknya {shown(above, 200)}, tunjuk dengan --root" if above else "jalankan git init di sana"
        if bare and above is None:
            way = "repositori bare tidak mempunyai folder; tunjuk klonnya (git clone) dengan --root"
        return f"{shown(root, 200)} bukan puncak repositori Git; {way}."
    if "fetch" in complaint or "promisor" in complaint or "missing" in complaint or "unable to read" in complaint:
        return str(incomplete(root))
    said = (line for line in complaint.splitlines() if line.strip() and not line.startswith("hint:"))
    first = next(said, "git berhenti tanpa pesan")  # a hint says how to go on with something else: grafts, for one
    return f"Repositori {shown(root, 200)} tidak dapat dibaca: {shown(first, 200)}. Periksa dengan git fsck."
