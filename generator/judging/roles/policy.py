"""The roles as data: schema/aturan/peran.yaml, taken strictly. What it means is written there."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from generator.model.document import Kind, Mark, Pointer, pointer_text
from generator.model.finding import Finding, Level
from generator.model.review import LOGIN
from generator.model.wording import listed, shown

CODE = "kebijakan-peran"
_ACCOUNT = re.compile(rf"@(?P<login>{LOGIN})(?P<team>/[A-Za-z0-9][A-Za-z0-9._-]{{0,99}})?")


class Role(StrEnum):
    """Who acts; the value is the word of peran.yaml."""

    MANDIRI = "mandiri"
    """The unit's own people."""
    TPI = "tpi"
    """The agency's assessors."""
    TPN = "tpn"
    """The national assessors, as the agency names them."""
    PEMELIHARA = "pemelihara"
    """Those who keep the registry itself."""


Roles = frozenset[Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list whose items belong to roles, by the value of one of their fields."""

    key: str
    field: str
    by: Mapping[str, Roles]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRule:
    """Who may change a kind of file."""

    by: Roles
    """May change all of it; where parts have their own roles, only what is none of the parts."""
    blank_by: Roles
    """May add it while it says nothing."""
    sections: Mapping[str, Roles]
    """Top-level key -> who may change it; empty where the file is one whole."""
    items: Items | None

    @property
    def parts(self) -> tuple[Roles, ...]:
        """The roles of what is no part of its own, then those of each part."""
        return (self.by, *self.sections.values(), *(self.items.by.values() if self.items else ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The values of peran.yaml."""

    maintainers: tuple[str, ...]
    """Accounts and teams, "@name" or "@organisation/team", as written."""
    files: Mapping[Kind, FileRule]
    new_unit: Roles
    new_agency: Roles
    moving: Roles
    """May move a unit with all its files to another folder."""
    approval: Mapping[Role, Roles]
    """Role of who proposes, save the maintainers -> roles of which one must approve."""
    git_names: frozenset[str]
    """File names, lower case, that no proposal may touch."""


class PolicyFaulty(Exception):
    """The file does not say who may do what; `findings` say where, sorted, at least one."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings


def is_account(name: str) -> bool:
    """Tell whether the name is an account or a team of the forge ("@akun", "@organisasi/tim"), not only a name."""
    return bool(_ACCOUNT.fullmatch(name))


def build_policy(data: Mapping[str, Any], marks: Mark, path: str) -> Policy:
    """Return the policy the file states; raises `PolicyFaulty` with everything in it that is not understood."""
    form = _Form(marks, path)
    top = form.mapping(data, (), _KEYS, needed=_KEYS)
    files = form.mapping(top["berkas"], ("berkas",), _NAMES, needed=_NAMES)
    approval = form.mapping(top["persetujuan"], ("persetujuan",), _JUDGED, needed=_JUDGED)
    policy = Policy(
        maintainers=form.accounts(top["pemelihara"], ("pemelihara",)),
        files={Kind(name.removesuffix(".yaml")): _file_rule(form, rule, name) for name, rule in files.items()},
        new_unit=form.roles(top["unit_baru"], ("unit_baru",)),
        new_agency=form.roles(top["instansi_baru"], ("instansi_baru",)),
        moving=form.roles(top["pindah"], ("pindah",)),
        approval={
            Role(role): form.roles(by, ("persetujuan", role), never=Role.MANDIRI) for role, by in approval.items()
        },
        git_names=frozenset(name.casefold() for name in form.names(top["berkas_git"], ("berkas_git",))),
    )
    if form.faults:
        raise PolicyFaulty(tuple(sorted(form.faults)))
    return policy


_KEYS = ("pemelihara", "berkas", "unit_baru", "instansi_baru", "pindah", "persetujuan", "berkas_git")
_JUDGED = (Role.MANDIRI, Role.TPI, Role.TPN)
_NAMES = tuple(f"{kind}.yaml" for kind in Kind)


def _file_rule(form: _Form, value: Any, name: str) -> FileRule:
    at = ("berkas", name)
    rule = form.mapping(value, at, ("oleh", "kosong_oleh", "bagian", "butir"), needed=("oleh",))
    by = form.roles(rule["oleh"], (*at, "oleh"))
    sections = form.mapping(rule.get("bagian", {}), (*at, "bagian"))
    return FileRule(
        by=by,
        blank_by=form.roles(rule["kosong_oleh"], (*at, "kosong_oleh")) if "kosong_oleh" in rule else frozenset(),
        sections={key: form.roles(roles, (*at, "bagian", key)) for key, roles in sections.items()},
        items=_items(form, rule["butir"], (*at, "butir")) if "butir" in rule else None,
    )


def _items(form: _Form, value: Any, at: Pointer) -> Items:
    keys = ("daftar", "menurut", "peran")
    rule = form.mapping(value, at, keys, needed=keys)
    by = form.mapping(rule["peran"], (*at, "peran"))
    return Items(
        key=form.name(rule["daftar"], (*at, "daftar")),
        field=form.name(rule["menurut"], (*at, "menurut")),
        by={key: form.roles(roles, (*at, "peran", key)) for key, roles in by.items()},
    )


class _Form:
    """Takes values out of the file and keeps what is wrong with them; what it returns for a faulty one is empty."""

    def __init__(self, marks: Mark, path: str) -> None:
        self._marks = marks
        self._path = path
        self.faults: set[Finding] = set()

    def mapping(
        self, value: Any, at: Pointer, known: Sequence[str] | None = None, *, needed: Collection[str] = ()
    ) -> dict[str, Any]:
        """Return the mapping without keys that are not `known`; a needed key that is not there is `_ABSENT` in it."""
        if not isinstance(value, Mapping):
            if value is not _ABSENT:
                self._add(at, "Di sini harus ada pasangan kunci dan nilai.", _EXAMPLE)
            return dict.fromkeys(needed, _ABSENT)
        for key in value:
            if known is not None and key not in known:
                self._add((*at, key), f"Kunci {shown(key)} tidak dikenal.", f"Pakai yang dikenal: {listed(known, 12)}.")
        for key in needed:
            if key not in value:
                self._add(at, f"Kunci {key} tidak ada.", f"Tambahkan {key}. {_EXAMPLE}")
        given = {key: inside for key, inside in value.items() if known is None or key in known}
        return dict.fromkeys(needed, _ABSENT) | given

    def roles(self, value: Any, at: Pointer, *, never: Role | None = None) -> Roles:
        """Return the roles of a list that names at least one."""
        allowed = [role for role in Role if role is not never]
        names = self.names(value, at)
        for name in names:
            if name not in allowed:
                self._add(at, f"Peran {shown(name)} tidak dapat dipakai di sini.", f"Pilih dari: {listed(allowed)}.")
        return frozenset(role for role in allowed if role in names)

    def accounts(self, value: Any, at: Pointer) -> tuple[str, ...]:
        """Return the accounts of a list that names at least one."""
        names = self.names(value, at)
        for name in names:
            if not is_account(name):
                self._add(at, f"{shown(name)} bukan akun.", 'Tulis "@akun" atau "@organisasi/tim", dengan tanda kutip.')
        return names

    def names(self, value: Any, at: Pointer) -> tuple[str, ...]:
        """Return the texts of a list that has at least one and none twice."""
        if value is _ABSENT:
            return ()
        texts = tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()
        if not texts or len(set(texts)) != len(value):
            self._add(at, "Di sini harus ada daftar nama: paling sedikit satu, tidak ada yang dua kali.", _AS_LIST)
            return ()
        return texts

    def name(self, value: Any, at: Pointer) -> str:
        """Return a text that is not empty."""
        if isinstance(value, str) and value:
            return value
        if value is not _ABSENT:
            self._add(at, "Di sini harus ada satu nama.", _EXAMPLE)
        return ""

    def _add(self, at: Pointer, message: str, hint: str) -> None:
        line, column = self._marks.place(at)
        self.faults.add(
            Finding(
                path=self._path,
                line=line,
                column=column,
                code=CODE,
                level=Level.ERROR,
                pointer=pointer_text(at),
                message=message,
                hint=hint,
            )
        )


_ABSENT = object()
"""Stands for a value whose key is not there, which has been said."""
_AS_LIST = "Tulis misalnya [tpi, tpn]."
_EXAMPLE = "Contohnya ada di schema/aturan/peran.yaml program ini."
