"""A Git repository written through `git fast-import`.

Nothing of the user's Git has a say: identity, templates, hooks, signing, default branch, object format.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import IO, NamedTuple, Self

from generator.demo.names import Office
from generator.model.failure import CannotWrite, Failure
from generator.reading.git import environment

MAIN = "refs/heads/main"
_SIDE = "refs/heads/usulan"
"""Where proposals are committed; it is gone in the end, their merges hold them."""
_NOWHERE = "0" * 40
_OPTIONS = (
    *("-c", "fastimport.unpackLimit=0"),  # one pack, never thousands of loose objects
    *("-c", "pack.compression=1"),  # large registries in half the time, for a tenth more space
    *("-c", f"core.attributesFile={os.devnull}"),  # the user's would change line ends when files are checked out
)


class Signature(NamedTuple):
    """An office and the moment it signs: Unix seconds and a zone as Git writes it."""

    office: Office
    at: int
    zone: str

    def __str__(self) -> str:
        """Return the line of a commit."""
        return f"{self.office} {self.at} {self.zone}"


class Repository:
    """A new repository; commits are numbered by marks, from 1, and written when the context ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._marks = 0
        self._import: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Make the folder and an empty repository in it; raises `Failure` where there is no git."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._git("init", "--quiet", "--initial-branch=main", "--object-format=sha1", "--template=")
        self._import = self._start("fast-import", "--quiet", "--done", "--date-format=raw")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the import and check the files out; after an error only end the process."""
        process, self._import = self._import, None
        assert process is not None  # noqa: S101 - set on entering
        if kind is not None:
            process.kill()
            _, complaint = process.communicate()
            if kind is BrokenPipeError:
                raise self._broken(complaint) from error
            return
        self._finish(process)
        self._git("reset", "--quiet", "--hard", "main")

    def blob(self, content: bytes) -> int:
        """Write a file's content and return its mark."""
        self._marks += 1
        self._write(b"blob\nmark :%d\ndata %d\n%b\n" % (self._marks, len(content), content))
        return self._marks

    def commit(
        self,
        files: Mapping[str, int],
        message: str,
        author: Signature,
        committer: Signature,
        parents: Sequence[int],
        *,
        proposal: bool = False,
        renamed: Mapping[str, str] = MappingProxyType({}),
    ) -> int:
        """Write a commit on top of its first parent; return its mark.

        It renames folders (old path -> new), then sets the files (path -> blob's mark).
        """
        self._marks += 1
        said = message.encode()
        head = f"commit {_SIDE if proposal else MAIN}\nmark :{self._marks}\n"
        head += f"author {author}\ncommitter {committer}\ndata {len(said)}\n"
        kin = [f"{word} :{mark}" for word, mark in zip(["from", *["merge"] * len(parents)], parents, strict=False)]
        changes = [f"R {before} {after}" for before, after in sorted(renamed.items())]
        changes += [f"M 100644 :{mark} {path}" for path, mark in sorted(files.items())]
        self._write(head.encode() + said + "\n".join(["", *kin, *changes, "", ""]).encode())
        return self._marks

    def tag(self, name: str, mark: int, said: tuple[str, Signature] | None = None) -> None:
        """Name a commit, with a message and who wrote it or, as a lightweight tag, without."""
        if said is None:
            self._write(f"reset refs/tags/{name}\nfrom :{mark}\n\n".encode())
            return
        message, tagger = said[0].encode(), said[1]
        self._write(f"tag {name}\nfrom :{mark}\ntagger {tagger}\ndata {len(message)}\n".encode() + message + b"\n")

    def id_of(self, mark: int) -> str:
        """Return the id of the commit or blob; raises BrokenPipeError where Git has ended."""
        self._write(b"get-mark :%d\n" % mark)
        self._pipe.flush()
        assert self._import is not None  # noqa: S101 - only while the import runs
        assert self._import.stdout is not None  # noqa: S101 - asked for in _start
        answer = self._import.stdout.readline()
        if not answer:
            raise BrokenPipeError
        return answer.decode().strip()

    @property
    def _pipe(self) -> IO[bytes]:
        assert self._import is not None  # noqa: S101 - only while the import runs
        assert self._import.stdin is not None  # noqa: S101 - asked for in _start
        return self._import.stdin

    def _write(self, command: bytes) -> None:
        self._pipe.write(command)

    def _finish(self, process: subprocess.Popen[bytes]) -> None:
        try:
            _, complaint = process.communicate(f"reset {_SIDE}\nfrom {_NOWHERE}\n\ndone\n".encode())
        except BrokenPipeError:
            raise self._broken() from None
        if process.returncode != 0:
            raise self._broken(complaint)

    def _broken(self, complaint: bytes = b"") -> CannotWrite:
        said = complaint.decode("utf-8", "replace").strip().partition("\n")[0]
        return CannotWrite(
            f"Git berhenti sebelum registri contoh di {self._folder} selesai{f' ({said})' if said else ''}; "
            "periksa ruang disk, lalu ulangi di folder lain."
        )

    def _git(self, *args: str) -> bytes:
        process = self._start(*args)
        output, complaint = process.communicate()
        if process.returncode != 0:
            raise self._broken(complaint)
        return output

    def _start(self, *args: str) -> subprocess.Popen[bytes]:
        folder = self._folder.resolve()
        try:
            return subprocess.Popen(
                ["git", *_OPTIONS, *args],
                cwd=folder,
                env=environment(folder),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except FileNotFoundError:
            raise Failure("Program git tidak ditemukan; pasang Git untuk membuat registri contoh.") from None
