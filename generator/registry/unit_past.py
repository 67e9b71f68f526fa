"""A unit's past as the pages show it: what happened, since when everything stands, what the score was.

    with Cache(root) as cache, open_past(root, rev, cache) as past:
        memory = Memory(past, catalogue, cache)
        memory.unit("instansi/unit")

The dates and the scores follow from the steps; both are kept in the cache under the key of the steps.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from generator.judging.dating import Dated, Dates, Question, dates
from generator.model.declared import Tier
from generator.model.history import Commit, PointsMoved, ScorePoint, Step, Tag

from .monitored import Stretch, main_days, stretches
from .past import Chronicle, scores_over_time
from .uncommitted import uncommitted

if TYPE_CHECKING:
    from generator.reading.blobs import Tree
    from generator.reading.cache import Cache
    from generator.reading.history import Past

    from .catalogue import Catalogue

_FORM = 1
"""Of what the cache keeps; another form, another key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPast:
    """What main remembers of one unit, also from before it moved here. Empty for a unit that is not on main yet."""

    steps: tuple[Step, ...]
    """What each version of its files did, oldest first in the order main took them."""
    dated: Dated
    """The dates of every answer and every evidence that stands."""
    points: tuple[ScorePoint, ...]
    """The totals after each step that moved or could have moved them, oldest first."""
    old_ids: tuple[str, ...]
    """Ids it had before, sorted."""


class Memory:
    """What main remembers, unit by unit, each worked out when asked for; usable as long as its `Past` is open."""

    def __init__(
        self,
        past: Past,
        catalogue: Catalogue,
        cache: Cache | None = None,
        *,
        tags: Sequence[Tag] = (),
        work_tree: Tree | None = None,
    ) -> None:
        self.tags = tags
        """The repository's, by name."""
        self.uncommitted = uncommitted(work_tree, past.history) if work_tree is not None else {}
        """By unit: files that are not as the memory's end has them."""
        self._chronicle = Chronicle(past, catalogue, cache)
        self._catalogue = catalogue
        self._cache = cache
        self.commits: Sequence[Commit] = past.history.commits
        """All of main's line, oldest first."""
        self.tip: Commit = past.history.commits[-1]
        """The commit where the memory ends."""
        self.days = main_days(self.commits)
        """By position: the first day at whose end main had the commit."""
        self._agencies: dict[str, tuple[Step, ...]] = {}

    def unit(self, unit_id: str) -> UnitPast:
        """Return the past of a unit. Raises what `Past.read` raises."""
        steps = tuple(self._chronicle.timeline(unit_id))
        dated, points = self._known(unit_id, steps) or self._derived(unit_id, steps)
        return UnitPast(steps=steps, dated=dated, points=points, old_ids=self._chronicle.old_ids(unit_id))

    @property
    def gone(self) -> tuple[str, ...]:
        """Ids of units that stand on main no more, and did not become others; sorted."""
        known, standing = self._chronicle.known, set(self._chronicle.units)
        return tuple(one for one in known if one not in standing and self._chronicle.find(one) == one)

    def agency(self, agency_id: str) -> tuple[Step, ...]:
        """Return what each version of an agency's own file did, oldest first."""
        if agency_id not in self._agencies:
            self._agencies[agency_id] = tuple(self._chronicle.timeline(agency_id))
        return self._agencies[agency_id]

    def stretches(self, past: UnitPast) -> tuple[Stretch, ...]:
        """Return what the unit held and when it had to be monitored, from its first day on main."""
        return stretches(past.steps, self.agency, self._catalogue, self.days)

    def _known(self, unit_id: str, steps: Sequence[Step]) -> tuple[Dated, tuple[ScorePoint, ...]] | None:
        if self._cache is None:
            return None
        return self._cache.get(self._key(unit_id), lambda value: (_dated(value), _points(value, steps)))

    def _derived(self, unit_id: str, steps: Sequence[Step]) -> tuple[Dated, tuple[ScorePoint, ...]]:
        dated, points = dates(steps), scores_over_time(steps, self._catalogue)
        if self._cache is not None:
            self._cache.put(self._key(unit_id), {**_plain_dates(dated), "nilai": _plain_points(points, steps)})
        return dated, points

    def _key(self, unit_id: str) -> str:
        return hashlib.sha256(f"tanggal dan nilai {_FORM} {self._chronicle.key(unit_id)}".encode()).hexdigest()


def _plain_dates(dated: Dated) -> dict[str, Any]:
    return {
        "jawaban": [[*question, _row(one)] for question, one in dated.answers.items()],
        "bukti": [[*question, list(map(_row, those))] for question, those in dated.evidence.items()],
    }


def _row(one: Dates) -> list[str | None]:
    days = (one.first, one.added, one.changed, one.judged)
    return [day.isoformat() if day is not None else None for day in days]


def _dated(value: Any) -> Dated:
    return Dated(
        answers={_question(*question): _dates(row) for *question, row in value["jawaban"]},
        evidence={_question(*question): tuple(map(_dates, rows)) for *question, rows in value["bukti"]},
    )


def _question(year: int, tier: str, code: str) -> Question:
    return Question(int(year), Tier(tier), str(code))


def _dates(row: Sequence[Any]) -> Dates:
    first, added, changed = map(date.fromisoformat, row[:3])
    return Dates(
        first=first, added=added, changed=changed, judged=None if row[3] is None else date.fromisoformat(row[3])
    )


def _plain_points(points: Sequence[ScorePoint], steps: Sequence[Step]) -> list[list[Any]]:
    places = {id(step.version): place for place, step in enumerate(steps)}
    return [
        [
            places[id(point.version)],
            point.year,
            [[tier, None if total is None else str(total)] for tier, total in point.totals.items()],
            [[one.tier, one.code, str(one.before), str(one.after)] for one in point.moved],
        ]
        for point in points
    ]


def _points(value: Any, steps: Sequence[Step]) -> tuple[ScorePoint, ...]:
    return tuple(
        ScorePoint(
            version=steps[place].version,
            year=int(year),
            totals={Tier(tier): None if total is None else Fraction(total) for tier, total in totals},
            moved=tuple(
                PointsMoved(tier=Tier(tier), code=str(code), before=Fraction(before), after=Fraction(after))
                for tier, code, before, after in moved
            ),
        )
        for place, year, totals, moved in value["nilai"]
    )
