"""Proposals that wait for a decision: a line and a table on the home page, a part of each report card.

A proposal is named by its number alone: what its author calls it may be an insult, or somebody's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from generator.judging.roles.policy import Role
from generator.judging.waiting import MAINTAINERS, NOTHING, WINDOW, Queue, Queues, Team
from generator.model.declared import Agency, Tier

from .figures import short
from .html import Column, Html, Section, escape, join, link_out, table
from .words import TIERS

_TEAMS_ON_HOME = 10
_LISTED = 10
"""How many proposals are named in a line."""
_GITHUB = re.compile(r"https://github\.com/[A-Za-z0-9-]+/[A-Za-z0-9._-]+")
_GITLAB = re.compile(r"https://gitlab\.[a-z0-9.-]+(?:/[A-Za-z0-9._-]+){2,}")
_COLUMNS = (
    Column("Tim yang memutus"),
    Column("Menunggu", "angka"),
    Column("Tertua", "sempit"),
    Column("Median sampai keputusan", "nomor"),
)
_HOW = Html(
    "Dihitung sejak usulan dibuka, menurut hari di Jakarta. Median: usulan yang digabung atau ditutup dalam "
    f"{WINDOW} hari terakhir. Draf belum menunggu siapa pun. Usulan yang boleh diputus beberapa tim dihitung pada "
    'setiap tim; yang tidak menyentuh unit hanya pada pemelihara. <a href="data/index.html#usulan">Asal angka ini</a>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The queues, and where the proposals in them can be read."""

    queues: Queues
    repository: str = ""
    """Address of the repository at its forge; "" where it has none."""

    def on_home(self, agencies: Mapping[str, Agency]) -> Html:
        """Return the part of the home page; `agencies` by id are those it may name."""
        queues = self.queues
        oldest = sorted(queues.by_team, key=lambda team: (_oldest(queues.by_team[team]), team))
        rows = [_row(_named(team, agencies), queues.by_team[team], queues.as_of) for team in oldest[:_TEAMS_ON_HOME]]
        shown = table("Tim, yang paling lama ditunggu di atas", _COLUMNS, rows) if rows else Html("")
        rest = len(oldest) - len(rows)
        more = f"<p>Ada {rest} tim lagi; angka setiap tim ada di rapor unit instansinya.</p>" if rest else ""
        drafts = f"; {len(queues.units.drafts)} lagi masih draf" if queues.units.drafts else ""
        return Html(
            f'<section><h2 id="usulan">Usulan yang menunggu</h2><p>{_said(queues.units, queues.as_of)}{drafts}.</p>'
            f'{shown}{more}<p class="zi-soft">{_HOW}</p></section>'
        )

    def of_unit(self, unit_id: str, agency: Agency) -> Section:
        """Return the part of a unit's report card."""
        queue = self.queues.by_unit.get(unit_id, NOTHING)
        links = self._links([one.number for one in queue.waiting])
        drafts = f" Masih draf: {self._links(queue.drafts)}." if queue.drafts else ""
        line = f"<p>{_said(queue, self.queues.as_of)}{': ' if links else ''}{links}.{drafts}</p>"
        medians = join(
            (
                f"{TIERS[Tier(role)]} {_median(self.queues.by_team.get(Team(agency.id, role), NOTHING))}"
                for role in (Role.TPI, Role.TPN)
            ),
            "; ",
        )
        speed = f"Median sampai keputusan untuk semua unit {escape(agency.name)}, {WINDOW} hari terakhir: {medians}."
        return Section("usulan", "Usulan yang menunggu", Html(f'{line}<p class="zi-soft">{speed}</p>'))

    def _links(self, numbers: Sequence[int]) -> Html:
        shown = join((self._link(number) for number in numbers[:_LISTED]), ", ")
        rest = len(numbers) - _LISTED
        return Html(f"{shown}, dan {rest} lagi") if rest > 0 else shown

    def _link(self, number: int) -> Html:
        label = Html(f"#{number}")
        return link_out(self._address(number), label) or label

    def _address(self, number: int) -> str:
        """Return where the proposal is read, "" where the repository is at no forge whose addresses are known."""
        home = self.repository.removesuffix("/").removesuffix(".git")
        if _GITHUB.fullmatch(home):
            return f"{home}/pull/{number}"
        return f"{home}/-/merge_requests/{number}" if _GITLAB.fullmatch(home) else ""


def _said(queue: Queue, as_of: date) -> Html:
    """Say how many wait and since when."""
    if not queue.waiting:
        return Html("Tidak ada usulan yang menunggu")
    return Html(f"<b>{len(queue.waiting)} usulan menunggu, tertua {_age(queue, as_of)}</b>")


def _row(name: Html, queue: Queue, as_of: date) -> tuple[Html, ...]:
    drafts = f' <span class="zi-soft">dan {len(queue.drafts)} draf</span>' if queue.drafts else ""
    return name, Html(f"{len(queue.waiting)}{drafts}"), Html(_age(queue, as_of)), _median(queue)


def _named(team: Team, agencies: Mapping[str, Agency]) -> Html:
    if team == MAINTAINERS:
        return Html("Pemelihara (program dan aturan)")
    agency = agencies.get(team.agency)
    return Html(f"{TIERS[Tier(team.role)]} {escape(agency.name if agency else team.agency)}")


def _oldest(queue: Queue) -> date:
    return queue.waiting[0].opened if queue.waiting else date.max


def _age(queue: Queue, as_of: date) -> str:
    """Say how long the oldest waits, in days; "–" where none does."""
    if not queue.waiting:
        return "–"
    days = (as_of - queue.waiting[0].opened).days
    return f"{days} hari" if days else "hari ini"


def _median(queue: Queue) -> Html:
    median: Fraction | None = queue.median
    if median is None:
        return Html("belum ada")
    return Html(f"{short(median)} hari dari {len(queue.decisions)} keputusan")
