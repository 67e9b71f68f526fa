"""`zi privacy`: personal data in files, in what is staged, or in all that a range of commits would make public."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.reporting import FORMATS, Report, format_option, wants_colour
from generator.model.failure import Failure
from generator.model.finding import Finding, Level
from generator.model.wording import reason, shown

if TYPE_CHECKING:
    from generator.judging.privacy.allowance import Allowance
    from generator.reading.introduced import Saying

_UNITS = "units"
_MOST = 2 * 1024 * 1024
"""Bytes of a file beyond which it is not looked at, and said so."""
_SHORT_ID = 12


@click.command(
    help="Cari data pribadi (NIK, NIP, NPWP, telepon, rekening, e-mail di luar .go.id) pada isi dan nama berkas; "
    "dengan --range juga pada pesan dan pengarang commit. Tanpa pilihan: units/ di folder kerja."
)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri (puncak repositori Git).")
@click.option("--range", "span", metavar="AWAL..AKHIR", help="Semua yang dibawa commit dalam rentang ini.")
@click.option("--staged", is_flag=True, help="Isi indeks Git: yang akan masuk commit berikutnya.")
@format_option
def command(*, paths: tuple[str, ...], root: Path, span: str | None, staged: bool, form: str) -> None:
    """Print what is personal, masked; exit 1 where there is anything."""
    from generator.judging.privacy import telling
    from generator.registry import load_catalogue

    if span is not None and staged:
        raise click.UsageError("--range dan --staged tidak dapat dipakai bersama.")
    allowed = load_catalogue().allowance
    found: set[Finding] = set()
    if span is None and not staged:
        files = sorted(dict(_lying(root, paths or (str(root / _UNITS),))).items())
        looked = f"{len(files)} berkas diperiksa."
        for name, path in files:
            found |= set(_of_file(name, _bytes(path), allowed))
    else:
        found, looked = of_git(root, span, paths, allowed)
    report = Report(findings=tuple(sorted(map(telling.discreet, found))), units=0, files=0, looked=looked)
    for line in FORMATS[form](report, coloured=wants_colour(sys.stdout)):
        click.echo(line)
    sys.exit(1 if report.of(Level.ERROR) else 0)


def of_git(root: Path, span: str | None, paths: tuple[str, ...], allowed: Allowance) -> tuple[set[Finding], str]:
    """Return what is found in the range or, without one, in the index; and what was looked at, in words."""
    from generator.judging.privacy import telling
    from generator.reading import introduced
    from generator.reading.git import Blobs

    new = introduced.between(root, span) if span is not None else introduced.staged(root, _index())
    contents = tuple(one for one in new.contents if not paths or _is_in(one.path, paths))
    found = set(_of_sayings(new.sayings, allowed))
    with Blobs(root) as blobs:
        for content, size in zip(contents, introduced.sizes(root, contents), strict=True):
            raw = None if size > _MOST else blobs.read(content.blob) if content.blob else b""
            found |= set(_of_file(content.path, raw, allowed))
    if span is not None:
        return found, f"{len(new.sayings)} commit, {len(contents)} isi berkas diperiksa."
    found |= set(telling.in_identity("pengarang commit", _author(), allowed))
    return found, f"{len(contents)} berkas di indeks diperiksa."


def _index() -> str | None:
    """Return the index Git will commit, which it tells its hooks; None for the repository's own."""
    return os.environ.get("GIT_INDEX_FILE")


def _author() -> str:
    """Return who Git will name as the author, which it tells its hooks; "" outside of one."""
    name, mail = (os.environ.get(f"GIT_AUTHOR_{part}", "") for part in ("NAME", "EMAIL"))
    return f"{name} <{mail}>" if name or mail else ""


def _of_sayings(sayings: Iterable[Saying], allowed: Allowance) -> Iterator[Finding]:
    """Find personal data in messages and, once for each person, in what commits say of author and committer."""
    from generator.judging.privacy import telling

    met: set[str] = set()
    for saying in sayings:
        commit = f"commit {saying.commit[:_SHORT_ID]}"
        yield from telling.in_text(commit, saying.message, allowed, sender=True)
        for role, who in (("pengarang", saying.author), ("pembuat", saying.committer)):
            if who not in met:
                met.add(who)
                yield from telling.in_identity(f"{commit} ({role})", who, allowed)


def _of_file(path: str, raw: bytes | None, allowed: Allowance) -> Iterator[Finding]:
    """Find personal data in a file's path and content; None is one too large to be looked at."""
    from generator.judging.privacy import telling

    yield from telling.in_path(path, allowed)
    if raw is None:
        yield telling.unseen(path, _MOST)
    elif not allowed.has_path(path):
        yield from telling.in_text(path, _decoded(raw), allowed)


def _decoded(raw: bytes) -> str:
    """Return the bytes as text; "" for what is none, such as a picture."""
    if b"\0" not in raw:
        return raw.decode("utf-8", "replace")
    half = raw[:2]
    if half in {b"\xff\xfe", b"\xfe\xff"}:
        return raw.decode("utf-16", "replace")
    return ""


def _lying(root: Path, paths: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Yield the files at and below the paths (from the working directory, else from the root), with their names.

    A name is from the root where the file lies in it. Symbolic links are not followed, .git is passed by.
    Raises `Failure` for a path that is not there.
    """
    top = root.resolve()
    for given in paths:
        start = next((one for one in (Path(given), root / given) if os.path.lexists(one)), None)
        if start is None:
            raise Failure(
                f"{shown(given, 200)} tidak ada; periksa ejaannya, atau tunjuk folder registri dengan --root."
            )
        for path in _files(start):
            full = path.parent.resolve() / path.name
            yield (full.relative_to(top) if full.is_relative_to(top) else path).as_posix(), path


def _files(start: Path) -> Iterator[Path]:
    if not start.is_dir() or start.is_symlink():
        yield start
        return
    for folder, folders, names in os.walk(start):
        folders[:] = sorted(name for name in folders if name != ".git")
        yield from (Path(folder, name) for name in sorted(names))


def _bytes(path: Path) -> bytes | None:
    """Return the content, b"" for what is no regular file, None where it is too large; raises `Failure`."""
    if path.is_symlink() or not path.is_file():
        return b""
    try:
        return path.read_bytes() if path.stat().st_size <= _MOST else None
    except OSError as error:
        raise Failure(f"{shown(path, 200)} tidak dapat dibaca: {reason(error)}; periksa hak aksesnya.") from None


def _is_in(path: str, paths: tuple[str, ...]) -> bool:
    return any(path == one.rstrip("/") or path.startswith(one.rstrip("/") + "/") for one in paths)
