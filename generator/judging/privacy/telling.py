"""Personal data as findings: what kind stands where, and what to do; never the thing itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.judging.rules.codes import Code
from generator.model.finding import Finding, Level

from . import Personal, find, masked

if TYPE_CHECKING:
    from .allowance import Allowance

_INSTEAD = {
    Personal.PHONE: "tulis nomor layanan kantor di situs kantor, bukan di sini",
    Personal.ACCOUNT: "tulis nama kantor pemiliknya saja",
    Personal.EMAIL: "pakai alamat kantor (.go.id)",
}
_MOST = 100
_OFFICE = "tulis jabatan atau kantor"
_PUBLIC = "bila sudah telanjur dikomit, hubungi pemelihara sebelum mendorongnya (git push), karena riwayat tetap ada"


def in_text(path: str, text: str, allowed: Allowance | None = None, *, sender: bool = False) -> Iterator[Finding]:
    """Yield a finding for each item of the text, at most 100, at its line and column.

    Both count from 1; only LF ends a line, as in Git.
    """
    for item in find(text, allowed, sender=sender)[:_MOST]:
        start = text.rfind("\n", 0, item.start) + 1
        yield _finding(
            path,
            f"Ada {item.kind} ({item.masked}).",
            f"Hapus {item.kind} ini, {_INSTEAD.get(item.kind, _OFFICE)}; {_PUBLIC}.",
            line=text.count("\n", 0, item.start) + 1,
            column=item.start - start + 1,
        )


def in_path(path: str, allowed: Allowance | None = None) -> Iterator[Finding]:
    """Yield a finding for each item in the path, named up to the folder or file that carries it."""
    for item in find(path, allowed):
        end = path.find("/", item.end)
        yield _finding(
            path if end < 0 else path[:end],
            f"Nama berkas atau folder memuat {item.kind} ({item.masked}).",
            f"Ganti namanya tanpa {item.kind}, {_INSTEAD.get(item.kind, _OFFICE)}; {_PUBLIC}.",
        )


def in_identity(path: str, who: str, allowed: Allowance | None = None) -> Iterator[Finding]:
    """Yield a finding for each item in "Name <e-mail>" as Git keeps it for a commit's author or committer."""
    for item in find(who, allowed, sender=True):
        yield _finding(
            path,
            f"Nama atau alamat pada commit memuat {item.kind} ({item.masked}).",
            "Pakai nama kantor dan alamat .go.id atau alamat noreply dari GitHub: atur git config user.name dan "
            "user.email, lalu git commit lagi. Hanya bila commit ini sudah telanjur dibuat: git commit --amend "
            "--reset-author sebelum mendorongnya.",
        )


def unseen(path: str, limit: int) -> Finding:
    """Return the finding of a file that was not looked at because it has more bytes than `limit`."""
    return _finding(
        path,
        f"Berkas ini lebih besar dari {limit // 1024 // 1024} MiB dan karena itu tidak diperiksa.",
        "Simpan berkas besar di luar repositori dan cantumkan tautannya.",
    )


def discreet(finding: Finding) -> Finding:
    """Return the finding with every item masked that its path, pointer, message or hint repeats."""
    path, pointer, message, hint = map(masked, (finding.path, finding.pointer, finding.message, finding.hint))
    if (path, pointer, message, hint) == (finding.path, finding.pointer, finding.message, finding.hint):
        return finding
    return Finding(
        path=path,
        line=finding.line,
        column=finding.column,
        code=finding.code,
        level=finding.level,
        pointer=pointer,
        message=message,
        hint=hint,
    )


def _finding(path: str, message: str, hint: str, *, line: int = 0, column: int = 0) -> Finding:
    return Finding(
        path=path,
        line=line,
        column=column,
        code=Code.DATA_PRIBADI.value,
        level=Level.ERROR,
        pointer="",
        message=message,
        hint=hint,
    )
