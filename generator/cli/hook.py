"""`zi hook`: the check before a commit, so that nothing wrong or private becomes public.

The hooks are plain Git's: a few lines of sh that start this program again. They look at what is staged, which Git
keeps in the file `GIT_INDEX_FILE` names while it commits, and never at the work tree.
"""

from __future__ import annotations

import os
import shlex
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli.clock import today
from generator.cli.reporting import Report, as_text, wants_colour
from generator.model.failure import CannotWrite, Failure
from generator.model.finding import Level
from generator.model.wording import reason, shown

if TYPE_CHECKING:
    from generator.judging.privacy.allowance import Allowance

HOOKS = {"pre-commit": "run", "commit-msg": 'message "$1"'}
"""Git's name of a hook -> what of `zi hook` it starts."""
_MARK = "# Milik zi-registry: dipasang oleh zi hook install, dilepas oleh zi hook uninstall."
_ROLES = {"AUTHOR": "Penulis", "COMMITTER": "Pencatat"}
_SCISSORS = "# ------------------------ >8 ------------------------\n"
"""Below it, Git shows the changes to who writes the message (git commit --verbose) and keeps nothing of it."""
_MEND = "Perbaiki menurut temuan di atas, git add berkasnya, lalu git commit lagi."
_MESSAGE_LIMIT = 256 * 1024
"""Bytes of a commit's message that are looked at."""

_root = click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri.")


@click.group(help="Pasang pemeriksaan sebelum commit, agar yang salah tidak sempat terbuka untuk umum.")
def command() -> None:
    """Group the hook's life and its runs."""


@command.command(help="Pasang hook Git: yang akan masuk commit diperiksa dahulu. Hook milik orang lain tidak ditimpa.")
@_root
def install(*, root: Path) -> None:
    """Write both hooks, or none where one of another stands; again is the same as once."""
    from generator.writing import replace_file

    folder = _folder(root)
    foreign = [name for name in HOOKS if _is_foreign(folder / name)]
    if foreign:
        _refuse(folder, foreign)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"{folder} tidak dapat dibuat: {reason(error)}; periksa izin foldernya.") from None
    for name, what in HOOKS.items():
        replace_file(folder / name, _script(what).encode(), mode=0o755)
    click.echo(f"Terpasang di {folder}: {', '.join(HOOKS)}.")
    click.echo("Mulai sekarang git commit memeriksa dahulu; yang salah ditolak beserta cara memperbaikinya.")


@command.command(help="Lepas hook Git yang dipasang zi hook install.")
@_root
def uninstall(*, root: Path) -> None:
    """Remove our hooks; those of others stay."""
    folder = _folder(root)
    ours = [name for name in HOOKS if os.path.lexists(folder / name) and not _is_foreign(folder / name)]
    for name in ours:
        (folder / name).unlink()
    click.echo(f"Dilepas: {', '.join(ours)}." if ours else "Tidak ada hook zi-registry yang terpasang.")


@command.command(help="Periksa berkas units/ yang akan masuk commit (isi indeks Git, bukan folder kerja).")
@_root
def run(*, root: Path) -> None:
    """Check what is staged, in the folders that a commit would change; exit 1 where it must not be committed."""
    from generator import registry
    from generator.reading.blobs import open_tree
    from generator.reading.shelf import Shelf
    from generator.reading.staged import changed_paths, staged_tree

    tree_id = staged_tree(root, os.environ.get("GIT_INDEX_FILE"))
    paths = changed_paths(root, tree_id)
    if paths:
        with open_tree(root, tree_id, near=paths) as tree:
            findings = registry.check(tree, registry.load_catalogue(shelf=Shelf(root)), today(), paths).findings
            units, files = registry.extent(tree, paths)
        errors = [finding for finding in findings if finding.level is Level.ERROR]
        _stop_for(Report(findings=errors, units=units, files=files))
    _stop_for(_personal(root))


def _personal(root: Path) -> Report:
    """Look for personal data in all that is staged, also outside units/; no finding repeats it."""
    from generator.cli.privacy import of_git
    from generator.judging.privacy import telling
    from generator.registry import load_catalogue

    found, looked = of_git(root, None, (), load_catalogue().allowance)
    return Report(findings=sorted(map(telling.discreet, found)), units=0, files=0, looked=looked)


def _stop_for(report: Report) -> None:
    """Print what is wrong and stop the commit, where anything is."""
    if report.findings:
        for line in as_text(report, coloured=wants_colour(sys.stderr)):
            click.echo(line, err=True)
        _stop(_MEND)


@command.command(help="Periksa pesan commit dan nama serta alamat pengirimnya: tidak boleh memuat data pribadi.")
@click.argument("file", metavar="BERKAS", type=click.Path(path_type=Path))
def message(*, file: Path) -> None:
    """Look for personal data in what Git will keep of the commit beside its files; exit 1 where there is some."""
    from generator.registry import load_catalogue

    allowed = load_catalogue().allowance
    said = list(_in_message(_message(file), allowed))
    sent = [line for role in _ROLES for line in _in_identity(role, allowed)]
    for line in (*said, *sent):
        click.echo(line, err=True)
    if said:
        _stop(
            "Tulis ulang pesannya tanpa data pribadi, lalu git commit lagi. Pesan commit terbuka untuk umum selamanya."
        )
    if sent:
        _stop(
            "Nama dan alamat pengirim terbuka untuk umum selamanya; pakai yang milik kantor: "
            "git config user.email alamat@kantor.go.id (dan user.name), lalu git commit lagi."
        )


def _message(file: Path) -> str:
    try:
        with file.open("rb") as source:
            raw = source.read(_MESSAGE_LIMIT)
    except OSError as error:
        raise Failure(f"{shown(file, 200)} tidak dapat dibaca: {reason(error)}; periksa hak aksesnya.") from None
    return raw.decode("utf-8", "replace").partition(_SCISSORS)[0]


def _in_message(text: str, allowed: Allowance) -> Iterator[str]:
    """Yield what is personal, a line each; lines with "#" are mostly Git's own and name the author's address."""
    from generator.judging.privacy import Personal, find

    lines = text.split("\n")
    for item in find(text, allowed, sender=True):
        number = text.count("\n", 0, item.start)
        if not (item.kind is Personal.EMAIL and lines[number].startswith("#")):
            yield f"Pesan commit baris {number + 1}: ada {item.kind} ({item.masked})."


def _in_identity(role: str, allowed: Allowance) -> Iterator[str]:
    """Yield what is personal in the name and address Git will write down; nothing where it knows none yet."""
    from generator.judging.privacy import find

    # Git's own configuration and environment decide it: name <address> seconds zone
    identity = _asked("var", f"GIT_{role}_IDENT").rpartition(" ")[0].rpartition(" ")[0]
    for item in find(identity, allowed, sender=True):
        yield f"{_ROLES[role]} commit: ada {item.kind} ({item.masked})."


def _asked(*arguments: str) -> str:
    """Return what the user's own Git answers in the working directory, "" where it has no answer.

    With the user's configuration and environment: what this program's hardened Git ignores is what matters here.
    """
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, stdin=subprocess.DEVNULL, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""


def _stop(remedy: str) -> NoReturn:
    click.echo(f"Commit belum dibuat. {remedy}", err=True)
    sys.exit(1)


def _folder(root: Path) -> Path:
    """Return where Git looks for hooks; raises `Failure` where the user has told Git to look elsewhere."""
    from generator.reading.staged import hooks_folder

    folder = hooks_folder(root)
    elsewhere = _asked("-C", str(root), "config", "--get", "core.hooksPath")
    if elsewhere:
        raise Failure(
            f"Git di sini memakai hook dari {shown(elsewhere, 200)} (core.hooksPath), jadi yang di {folder} tidak akan "
            "berjalan. Panggil `zi hook run` dari pre-commit di sana, atau hapus setelannya: "
            "git config --unset core.hooksPath (dengan --global bila setelan itu berlaku untuk semua repositori)."
        )
    return folder


def _is_foreign(hook: Path) -> bool:
    """Tell whether something stands there that we did not write; a link is never ours."""
    if not os.path.lexists(hook):
        return False
    if not stat.S_ISREG(hook.lstat().st_mode):
        return True
    try:
        with hook.open("rb") as file:
            return _MARK.encode() not in file.read(_MESSAGE_LIMIT)
    except OSError:
        return True


def _refuse(folder: Path, foreign: Sequence[str]) -> NoReturn:
    names = ", ".join(str(folder / name) for name in foreign)
    click.echo(f"zi: {names} sudah ada dan bukan milik zi; tidak ada yang dipasang atau ditimpa.", err=True)
    for name in foreign:
        click.echo(f"Tambahkan baris ini ke {name} itu: {_call(HOOKS[name])} || exit 1", err=True)
    sys.exit(1)


def _script(what: str) -> str:
    """Return the hook's sh: it starts the very Python that installed it, and stops the commit where that is gone."""
    python = shlex.quote(sys.executable)
    return f"""\
#!/bin/sh
{_MARK}
if [ ! -x {python} ]; then
    echo "zi tidak ditemukan lagi di tempatnya saat hook ini dipasang. Commit belum dibuat." >&2
    echo "Pasang ulang: zi hook install; atau lepas: hapus berkas $0" >&2
    exit 1
fi
exec {_call(what)}
"""


def _call(what: str) -> str:
    # -P: what lies in the work tree as generator/ is data to a hook, not the program
    return f"{shlex.quote(sys.executable)} -P -m generator hook {what}"
