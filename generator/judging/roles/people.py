"""Who holds which role: accounts of peran.yaml and instansi.yaml, and the members of teams where they are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.model.review import is_login
from generator.model.wording import listed

from .policy import Policy, Role, is_account


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """What instansi.yaml says of people: names as written, of which only those with "@" are accounts."""

    teams: Mapping[Role, tuple[str, ...]]
    unit_teams: Mapping[str, tuple[str, ...]]
    """Unit (last part of its id) -> who fills in for it; a unit not named here is filled in by `teams`."""


def agency_people(data: Mapping[str, Any]) -> Agency:
    """Return the agency's people; what is not a list of texts names nobody."""
    teams, unit_teams = (data.get(key) for key in ("tim", "tim_unit"))
    return Agency(
        teams={role: _names(teams, role) for role in (Role.MANDIRI, Role.TPI, Role.TPN)},
        unit_teams={unit: _names(unit_teams, unit) for unit in unit_teams} if isinstance(unit_teams, Mapping) else {},
    )


def _names(value: Any, key: str) -> tuple[str, ...]:
    names = value.get(key) if isinstance(value, Mapping) else None
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


NOBODY = agency_people({})
"""An agency of which nothing is known."""


def login(text: str) -> str:
    """Return the account's name without "@", lower case: the forge does not tell letter case apart; "" for no name.

    A team is none: nobody can say to be one.
    """
    name = text.removeprefix("@")
    return name.lower() if is_login(name) else ""  # in this order: "\u212a" in small letters is a "k"


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Everybody the base knows."""

    policy: Policy
    agencies: Mapping[str, Agency]
    """Agency's id -> its people."""
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Team, "@organisation/team" in lower case -> logins; a team not named here has no known member."""

    def names(self, role: Role, agency: str, unit: str) -> tuple[str, ...]:
        """Return who holds the role there, as written; names that are no accounts too."""
        if role is Role.PEMELIHARA:
            return self.policy.maintainers
        own = self.agencies.get(agency, NOBODY)
        return own.unit_teams.get(unit, own.teams[role]) if role is Role.MANDIRI else own.teams[role]

    def holds(self, account: str, role: Role, agency: str = "", unit: str = "") -> bool:
        """Tell whether the account (a `login`) holds the role there."""
        return self._among(account, self.names(role, agency, unit))

    def of_unit(self, account: str, agency: str, unit: str) -> bool:
        """Tell whether the account fills in for the unit, or for the units of its agency in general."""
        own = self.agencies.get(agency, NOBODY)
        return self._among(account, (*own.teams[Role.MANDIRI], *own.unit_teams.get(unit, ())))

    def knows(self, account: str, agency: str) -> bool:
        """Tell whether the agency names the account anywhere, or it is a maintainer's."""
        own = self.agencies.get(agency, NOBODY)
        everybody = (name for names in (*own.teams.values(), *own.unit_teams.values()) for name in names)
        return self._among(account, (*everybody, *self.policy.maintainers))

    def written(self, names: Iterable[str]) -> str:
        """Return the names for a hint, sorted, and of which teams nobody knows the members; "" for no name."""
        known = sorted(set(names))
        unknown = [name for name in known if is_account(name) and "/" in name and name.lower() not in self.members]
        note = f" (anggota {listed(unknown, 3)} tidak dikenal tanpa --members)" if unknown else ""
        return f"{listed(known)}{note}"

    def _among(self, account: str, names: Iterable[str]) -> bool:
        accounts = (name.lower() for name in names if is_account(name))
        return bool(account) and any(
            account in self.members.get(name, ()) if "/" in name else f"@{account}" == name for name in accounts
        )
