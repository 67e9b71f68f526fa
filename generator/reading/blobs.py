"""The files under units/, from the work tree or from Git's objects: regular files with known names, nothing else.

The work tree is a plain folder (no Git is asked): names are never followed, special files never opened. With a
revision everything comes from the object database, so attributes, filters and letter case of a checkout play no part.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.model.failure import RepositoryUnusable
from generator.model.finding import Finding, Level
from generator.model.wording import reason, shown
from generator.reading import paths
from generator.reading.raw_text import too_large
from generator.reading.strict_yaml import UNIT_FILE

if TYPE_CHECKING:
    from generator.reading import git

_REGULAR = "100644"
_EXECUTABLE = "100755"
_MODES = {"120000": "tautan simbolik (symlink)", "160000": "submodul Git", _EXECUTABLE: "berkas yang dapat dijalankan"}

_NO_FOLDER = "berkas, bukan folder"


class Entry:
    """A file that can be read: regular, with a path of `paths.locate`, and not too large."""

    __slots__ = ("_identify", "mode", "path", "size")

    def __init__(self, *, path: str, mode: str, size: int, identify: Callable[[], str]) -> None:
        self.path = path
        """From the registry's root: "units/contoh/kppn-satu/unit.yaml"."""
        self.mode = mode
        """As Git writes it; "100644", in a work tree also "100755"."""
        self.size = size
        """Bytes."""
        self._identify = identify

    def __repr__(self) -> str:
        return f"Entry({self.path!r}, {self.mode}, {self.size})"

    @property
    def id(self) -> str:
        """Git's id of the content. In a work tree the file is read and hashed when this is first asked.

        Raises `RepositoryUnusable` where the file can no longer be read.
        """
        return self._identify()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """What lies under units/. Usable as long as `open_tree` is open."""

    entries: tuple[Entry, ...]
    """Sorted by path."""
    findings: tuple[Finding, ...]
    """What lies there and must not, sorted: it is not among `entries`, save an executable file of a work tree."""
    content: Callable[[Entry], tuple[Entry, bytes]]
    """An entry's bytes, before them the entry of just these bytes."""

    def read(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, bytes]]:
        """Yield each entry with its bytes; its `id` is theirs, even if the file changed since it was listed.

        Raises `RepositoryUnusable` where one can no longer be read or its blob is missing.
        """
        for entry in entries:
            yield self.content(entry)


@contextmanager
def open_tree(root: Path, rev: str | None = None, *, near: Collection[str] = ()) -> Iterator[Tree]:
    """Open the files under ROOT/units: the work tree's, or those of the revision.

    With `near` (files or folders, "units/…") only what lies in these folders, or beside these files, is listed:
    looking at one file must not cost a walk through the registry.
    Raises `RepositoryUnusable` where there is no such folder, repository or revision.
    """
    scope = frozenset(path.rpartition("/")[0] if paths.locate(path) else path for path in near)
    if rev is None:
        yield _work_tree(root, scope)
        return
    from generator.reading import git  # noqa: PLC0415 - a work tree is read without it

    with git.Blobs(root) as blobs:
        yield _git_tree(root, rev, blobs, scope)


def laid_over(tree: Tree, files: Mapping[str, bytes]) -> Tree:
    """Return the tree as it would be with these files (paths of `paths.locate`) in place of, or beside, its own."""
    new = {
        path: Entry(path=path, mode=_REGULAR, size=len(raw), identify=cache(partial(blob_id, raw)))
        for path, raw in files.items()
    }

    def content(entry: Entry) -> tuple[Entry, bytes]:
        return (entry, files[entry.path]) if entry.path in files else tree.content(entry)

    kept = [entry for entry in tree.entries if entry.path not in new]
    return Tree(entries=_by_path([*kept, *new.values()]), findings=tree.findings, content=content)


def blob_id(raw: bytes) -> str:
    """Return the id Git gives a blob with these bytes (SHA-1 repositories)."""
    import hashlib  # noqa: PLC0415 - a check of single files asks for no id

    return hashlib.sha1(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()


def _git_tree(root: Path, rev: str, blobs: git.Blobs, scope: Collection[str]) -> Tree:
    from generator.reading import git  # noqa: PLC0415 - as above

    wanted = sorted(scope) if scope else [paths.FOLDER]
    listing = git.run(root, "ls-tree", "-rlz", "--full-tree", git.tree_id(root, rev), *wanted)
    entries: list[Entry] = []
    findings: set[Finding] = set()
    names: list[str] = []
    for record in listing.split(b"\0")[:-1]:
        head, _, raw_path = record.partition(b"\t")
        mode, _, object_id, size = head.decode("ascii").split()
        path = raw_path.decode("utf-8", "surrogateescape")
        names.append(path)
        if path == paths.FOLDER and mode == _REGULAR:
            findings.add(_wrong_mode(path, _NO_FOLDER))
        elif mode != _REGULAR:
            findings.add(_wrong_mode(path, _MODES.get(mode, f"objek Git bermode {mode}")))
        elif paths.locate(path) is None:
            findings.add(paths.fault(path))
        elif not size.isdecimal():  # ls-tree says BAD of a blob that is not there
            raise git.incomplete(root)
        elif int(size) > UNIT_FILE.size:
            findings.add(_too_large(path, int(size)))
        else:
            entries.append(Entry(path=path, mode=mode, size=int(size), identify=partial(str, object_id)))
    findings.update(paths.twins(names))

    def content(entry: Entry) -> tuple[Entry, bytes]:
        return entry, blobs.read(entry.id)

    return Tree(entries=_by_path(entries), findings=tuple(sorted(findings)), content=content)


def _by_path(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.path))


def _work_tree(root: Path, scope: Collection[str]) -> Tree:
    if not root.is_dir():
        raise RepositoryUnusable(f"Folder {shown(root, 200)} tidak ada; tunjuk folder registri dengan --root.")
    walk = _Walk(root, scope)
    walk.visit(paths.FOLDER)

    def content(entry: Entry) -> tuple[Entry, bytes]:
        raw = _read(root / entry.path, entry.path)
        read = Entry(path=entry.path, mode=entry.mode, size=len(raw), identify=cache(partial(blob_id, raw)))
        return read, raw

    findings = walk.findings | set(paths.twins(walk.names))
    return Tree(entries=_by_path(walk.entries), findings=tuple(sorted(findings)), content=content)


class _Walk:
    """Collects what lies under units/ in a work tree; goes no deeper than the folders the registry has."""

    def __init__(self, root: Path, scope: Collection[str]) -> None:
        self._root = root
        self._scope = scope
        self.entries: list[Entry] = []
        self.findings: set[Finding] = set()
        self.names: list[str] = []

    def visit(self, folder: str) -> None:
        """Visit the folder (a path from the root) and those in it."""
        try:
            if stat.S_ISLNK((self._root / folder).lstat().st_mode):
                self.findings.add(_wrong_mode(folder, _MODES["120000"]))
                return
            with os.scandir(self._root / folder) as listing:
                found = sorted(listing, key=lambda entry: entry.name)
        except FileNotFoundError:
            return
        except NotADirectoryError:
            self.findings.add(_wrong_mode(folder, _NO_FOLDER))
            return
        except OSError as error:
            self.findings.add(_unreadable(folder, error))
            return
        for item in found:
            path = f"{folder}/{item.name}"
            self.names.append(path)
            if self._in_scope(path):
                self._take(path, item)

    def _in_scope(self, path: str) -> bool:
        """Tell whether the path lies in a folder asked for, or above one."""
        return not self._scope or any(
            f"{path}/".startswith(f"{folder}/") or folder.startswith(f"{path}/") for folder in self._scope
        )

    def _take(self, path: str, item: os.DirEntry[str]) -> None:
        try:
            state = item.stat(follow_symlinks=False)
        except OSError as error:
            self.findings.add(_unreadable(path, error))
            return
        if stat.S_ISDIR(state.st_mode):
            fault = paths.folder_fault(path)
            if fault is None:
                self.visit(path)
            else:
                self.findings.add(fault)
        elif stat.S_ISREG(state.st_mode):
            self._take_file(path, state)
        else:
            kind = _MODES["120000"] if stat.S_ISLNK(state.st_mode) else "berkas khusus (perangkat, pipa, atau soket)"
            self.findings.add(_wrong_mode(path, kind))

    def _take_file(self, path: str, state: os.stat_result) -> None:
        if paths.locate(path) is None:
            self.findings.add(paths.fault(path))
            return
        if state.st_size > UNIT_FILE.size:
            self.findings.add(_too_large(path, state.st_size))
            return
        full = self._root / path
        if not os.access(full, os.R_OK):
            self.findings.add(_unreadable(path, PermissionError(errno.EACCES, "")))
            return
        executable = bool(state.st_mode & stat.S_IXUSR)
        if executable:
            # a warning only: some file systems (FAT, network drives) set the bit on everything
            self.findings.add(_wrong_mode(path, _MODES[_EXECUTABLE], level=Level.WARNING))
        self.entries.append(
            Entry(
                path=path,
                mode=_EXECUTABLE if executable else _REGULAR,
                size=state.st_size,
                identify=cache(partial(_identify, full, path)),
            )
        )


def _identify(full: Path, path: str) -> str:
    return blob_id(_read(full, path))


def _read(full: Path, path: str) -> bytes:
    # what was a regular file when listed may be a symlink or a FIFO by now: do not follow, do not wait
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(full, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise RepositoryUnusable(f"{shown(path, 200)} bukan berkas biasa lagi; jalankan ulang.")
            return file.read(UNIT_FILE.size + 1)  # one more than allowed is enough to be refused
    except OSError as error:
        raise RepositoryUnusable(
            f"{shown(path, 200)} tidak dapat dibaca ({reason(error)}); periksa hak aksesnya, lalu jalankan ulang."
        ) from None


def _wrong_mode(path: str, kind: str, *, level: Level = Level.ERROR) -> Finding:
    hint = (
        "Hapus hak jalannya: chmod a-x, lalu git update-index --chmod=-x."
        if kind == _MODES[_EXECUTABLE]
        else "Ganti dengan berkas YAML biasa, atau hapus dari units/."
    )
    return _finding(
        path, "mode-berkas", level, f"Ini {kind}; di sini hanya boleh ada folder dan berkas YAML biasa.", hint
    )


def _too_large(path: str, size: int) -> Finding:
    fault = too_large(size, UNIT_FILE.size)
    return _finding(path, fault.code, Level.ERROR, fault.message, fault.hint)


def _unreadable(path: str, error: OSError) -> Finding:
    return _finding(
        path,
        "berkas-tidak-terbaca",
        Level.ERROR,
        f"Tidak dapat dibaca: {reason(error)}.",
        "Periksa hak aksesnya, atau hapus dari units/.",
    )


def _finding(path: str, code: str, level: Level, message: str, hint: str) -> Finding:
    return Finding(
        path=paths.visible(path), line=0, column=0, code=code, level=level, pointer="", message=message, hint=hint
    )
