"""CODEOWNERS: whose approval the forge asks for, path by path, made of the same roles that `judgement` applies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model.document import Kind

from .people import People
from .policy import FileRule, Role, is_account

_HEAD = """\
# Dibuat oleh zi owners dari schema/aturan/peran.yaml dan units/*/instansi.yaml; jangan disunting, buat ulang.
# Setiap baris: berkas, lalu siapa yang harus menyetujui perubahannya. Baris terakhir yang cocok berlaku.
# Akun di sini perlu hak tulis pada repositori; yang tidak dapat ditulis di sini (peran campuran, persetujuan
# orang unit sendiri) diperiksa zi guard.
"""


def owners_text(people: People) -> str:
    """Return the file: everything is the maintainers', then each agency's files, sorted.

    Nothing needs escaping: ids of agencies are lower-case letters, digits and hyphens. An agency that names no account
    for a role leaves those files to the maintainers: a line without owners would ask for nobody's approval.
    """
    lines = [f"* {_written(people.policy.maintainers)}"]
    for agency in sorted(people.agencies):
        lines.append("")
        lines += (f"{_pattern(agency, kind)} {_owners(people, kind, agency)}" for kind in Kind)
    return _HEAD + "\n".join(lines) + "\n"


def _pattern(agency: str, kind: Kind) -> str:
    folder = f"/units/{agency}" if kind is Kind.INSTANSI else f"/units/{agency}/**"
    return f"{folder}/{kind}.yaml"


def _owners(people: People, kind: Kind, agency: str) -> str:
    names = [name for role in _approvers(people, people.policy.files[kind]) for name in people.names(role, agency, "")]
    return _written(names) or _written(people.policy.maintainers)


def _approvers(people: People, rule: FileRule) -> Iterator[Role]:
    """Yield the roles that approve what the file's roles change; the maintainers only where nobody else may."""
    roles = frozenset[Role]().union(*rule.parts)
    for role in sorted(roles - {Role.PEMELIHARA} or roles):
        yield from (role,) if role is Role.PEMELIHARA else sorted(people.policy.approval[role])


def _written(names: Iterable[str]) -> str:
    """Return the accounts and teams among the names, sorted, none twice; a bot can own nothing."""
    accounts = {name.lower(): name for name in names if is_account(name) and not name.endswith("[bot]")}
    return " ".join(accounts[key] for key in sorted(accounts))
