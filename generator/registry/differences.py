"""What is different between two states of the registry: per unit what changed, and what that did to its scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.judging.attention import Attention, Reason, attention, new_evidence
from generator.judging.changes import compare
from generator.judging.refusing import Refusal, refusals
from generator.model.declared import Answer, Predicate, Tier
from generator.model.document import Kind
from generator.model.finding import Finding
from generator.model.history import Change, ChangeKind, TotalMoved
from generator.model.instrument import Question
from generator.reading.blobs import Tree
from generator.reading.paths import FOLDER, locate
from generator.reading.strict_yaml import Refused, load

from .moved import Remembered, matched, origins_of
from .reuse import Uses
from .telling import MOVED_FILE, change_of
from .turnover import Found, Turnover, findings, strays, turnover
from .units import readings

if TYPE_CHECKING:
    from generator.model.judged import Assessment, TierResult, UnitRecord
    from generator.reading.blobs import Entry

    from .catalogue import Catalogue

Data = Mapping[str, Any]
Files = Mapping[str, "Entry"]
"""By the path inside the unit's folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A condition of a predicate that is met otherwise than before, by one tier's sheet; None: cannot be told."""

    year: int
    tier: Tier
    predicate: Predicate
    code: str
    """"" for the verdict: all conditions together."""
    name: str
    before: bool | None
    after: bool | None


class Touched(NamedTuple):
    """A question whose answer by one tier is another than before."""

    year: int
    tier: Tier
    question: Question
    answer: Answer | None
    """As it stands after; None where it was taken out or its sheet cannot be read."""
    refusals: tuple[Refusal, ...]
    """Of the unit's answer: of the one that was judged, where it is another now."""
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What is different in one unit, or in an agency's own file; "units" stands for what lies in neither."""

    unit: str
    """Its id after; before, where it is gone."""
    old_id: str
    """Where it stood before, if elsewhere; else ""."""
    name: str
    """What the unit is called, hostile; "" where that is not known."""
    changes: tuple[Change, ...]
    """Sorted by path; empty where its files were only written otherwise."""
    totals: tuple[TotalMoved, ...]
    """Of every year and tier whose total is another."""
    flips: tuple[Flip, ...]
    attention: tuple[Attention, ...]
    """What to look at first."""
    searched_all: bool
    """False where the registry is too large to look for reused evidence in all of it."""
    touched: tuple[Touched, ...]
    """By year, tier, and the worksheet's order."""
    findings: Turnover
    """In the folders with a file that is different (`turnover.findings` says which it leaves out)."""

    def other_changes(self) -> tuple[Change, ...]:
        """Return the changes of none of the touched questions."""
        told = {id(change) for one in self.touched for change in one.changes}
        return tuple(change for change in self.changes if id(change) not in told)


def differences(
    before: Tree, after: Tree, catalogue: Catalogue, today: date, remembered: Remembered = dict
) -> Iterator[Difference]:
    """Yield what is different, sorted by unit id.

    Of a unit with a file that is different, its own files and those of the years it is about are read; of the others
    none, unless evidence came in: then their sheets are searched for it. `remembered` says which units moved, and is
    asked only where a unit is gone and another new, and neither names the other. Raises what `Tree.read` raises.
    """
    old, new = _by_unit(before), _by_unit(after)
    moved = _moved(before, old, after, new, remembered)
    gone = set(moved.values())
    lying = tuple(strays(tree, old.keys() | new.keys()) for tree in (before, after))
    others = {owner for owner in lying[0].keys() | lying[1].keys() if lying[0].get(owner) != lying[1].get(owner)}
    pairs = [
        _Pair(
            _Side(before, origin := moved.get(unit_id, unit_id), old.get(origin, {}), lying[0].get(origin, ())),
            _Side(after, unit_id, new.get(unit_id, {}), lying[1].get(unit_id, ())),
        )
        for unit_id in sorted((old.keys() | new.keys() | others) - gone)
    ]
    differing = [pair for pair in pairs if pair.is_different]
    uses = Uses(after, {pair.after.unit_id.split("/")[0] for pair in differing})
    for pair in differing:
        yield _difference(pair, catalogue, today, uses)


class _Side(NamedTuple):
    """One unit in one of the two trees."""

    tree: Tree
    unit_id: str
    files: Files
    strays: tuple[Finding, ...]

    def assessed(self, years: Collection[int], catalogue: Catalogue, today: date) -> UnitRecord | None:
        """Return the unit with these years; None where there is no such unit."""
        if "/" not in self.unit_id or not self.files:
            return None
        near = [entry for name, entry in self.files.items() if "/" not in name or int(name.split("/")[0]) in years]
        scope = Tree(entries=tuple(near), findings=self.tree.findings, content=self.tree.content)
        return next((one.record for one in readings(scope, catalogue, today, (self.unit_id,))), None)


class _Pair(NamedTuple):
    """One unit in both trees."""

    before: _Side
    after: _Side

    @property
    def is_different(self) -> bool:
        """Tell whether there is anything to say."""
        return bool(self.names) or self.has_moved or set(self.before.strays) != set(self.after.strays)

    @property
    def has_moved(self) -> bool:
        """Tell whether it stands elsewhere."""
        return self.before.unit_id != self.after.unit_id

    @property
    def names(self) -> list[str]:
        """Return the files (by their paths in its folder) with other bytes, sorted."""
        here, there = self.before.files, self.after.files
        return [name for name in sorted(here.keys() | there.keys()) if _id(here.get(name)) != _id(there.get(name))]

    @property
    def years(self) -> frozenset[int]:
        """Return the years whose score may be another: all, where the predicates it holds are."""
        every = frozenset(int(name.split("/")[0]) for side in self for name in side.files if "/" in name)
        if _EVENTS in self.names:
            return every
        return frozenset(int(name.split("/")[0]) for name in self.names if "/" in name)

    def changes(self) -> Iterator[Change]:
        """Yield what changed in meaning, file by file."""
        here, there = self.before.files, self.after.files
        stayed = here.keys() & there.keys() if self.has_moved else set()
        for name in sorted({*self.names, *stayed}):
            yield from _changes(self.before.tree, self.after.tree, here.get(name), there.get(name))


_EVENTS = f"{Kind.PREDIKAT}.yaml"
_PROFILE = f"{Kind.UNIT}.yaml"


def _difference(pair: _Pair, catalogue: Catalogue, today: date, uses: Uses) -> Difference:
    changes = tuple(pair.changes())
    earlier, later = (side.assessed(pair.years, catalogue, today) for side in pair)
    before, after = _by_year(earlier), _by_year(later)
    looked = sorted(
        [*attention(changes, before, after), *uses.reused(new_evidence(changes))],
        key=lambda one: (list(Reason).index(one.reason), one.year),
    )
    named = later or earlier
    return Difference(
        unit=pair.after.unit_id,
        old_id=pair.before.unit_id if pair.has_moved else "",
        name=named.unit.name if named else "",
        changes=changes,
        totals=tuple(_totals(_results(before), _results(after))),
        flips=tuple(_flips(_results(before), _results(after))),
        attention=tuple(looked),
        searched_all=uses.complete,
        touched=tuple(_touched(changes, before, after, _outdated(looked))),
        findings=turnover(*(_findings(side, pair.names, catalogue, today) for side in pair)),
    )


def _findings(side: _Side, names: Collection[str], catalogue: Catalogue, today: date) -> Found:
    return findings(side.tree, side.unit_id, names, catalogue, today=today, strays=side.strays)


def _outdated(looked: Iterable[Attention]) -> Collection[tuple[int, str]]:
    """Return year and code of the answers that were judged and are others now."""
    return {(one.year, one.code) for one in looked if one.reason is Reason.CHANGED_SINCE_JUDGED}


def _touched(
    changes: Iterable[Change], before: Assessments, after: Assessments, outdated: Collection[tuple[int, str]]
) -> Iterator[Touched]:
    told: defaultdict[tuple[int | None, Tier | None, str], list[Change]] = defaultdict(list)
    for change in changes:
        told[change.year, change.tier, change.code].append(change)
    for year, assessment in sorted({**before, **after}.items()):
        for tier in Tier:
            sheet = after[year].declared.sheets.get(tier) if year in after else None
            for code, question in assessment.instrument.questions.items():
                if (year, tier, code) in told:
                    judged = (before if (year, code) in outdated else after).get(year)
                    yield Touched(
                        year=year,
                        tier=tier,
                        question=question,
                        answer=sheet.answers.get(code) if sheet else None,
                        refusals=tuple(refusals(judged, code)) if judged else (),
                        changes=tuple(told[year, tier, code]),
                    )


def _by_unit(tree: Tree) -> Mapping[str, Files]:
    """Return unit (or agency) -> name inside its folder -> file."""
    units: dict[str, dict[str, Entry]] = {}
    for entry in tree.entries:
        location = locate(entry.path)
        if location is not None:
            name = entry.path.removeprefix(f"{FOLDER}/{location.unit_id}/")
            units.setdefault(location.unit_id, {})[name] = entry
    return units


def _moved(
    before: Tree, old: Mapping[str, Files], after: Tree, new: Mapping[str, Files], remembered: Remembered
) -> dict[str, str]:
    """Return new id -> old id of the units that moved: by what the two trees say, and where that is not all, history.

    An id that is a unit in both is the same unit, as in its history.
    """
    gone = {one: origins_of(before, old[one].get(_PROFILE)) for one in old.keys() - new.keys() if "/" in one}
    came = {one: origins_of(after, new[one].get(_PROFILE)) for one in new.keys() - old.keys() if "/" in one}
    if not gone or not came:
        return {}
    moved = matched(gone, came, _taken(before, old, after, new))
    if gone.keys() == {*moved.values()} or came.keys() == moved.keys():
        return moved
    known = {unit_id: origin for unit_id, origin in remembered().items() if unit_id in came and origin in gone}
    rest = {one: origin for one, origin in moved.items() if one not in known and origin not in known.values()}
    return known | rest


def _taken(before: Tree, old: Mapping[str, Files], after: Tree, new: Mapping[str, Files]) -> Collection[str]:
    """Return the ids that units of both trees name after and did not before."""
    taken: set[str] = set()
    for unit_id in old.keys() & new.keys():
        earlier, later = old[unit_id].get(_PROFILE), new[unit_id].get(_PROFILE)
        if _id(earlier) != _id(later):
            taken |= origins_of(after, later) - origins_of(before, earlier)
    return taken


def _id(entry: Entry | None) -> str | None:
    return entry.id if entry is not None else None


def _data(tree: Tree, entry: Entry | None) -> Data | None:
    """Return the file's data; None where there is no file or it cannot be read."""
    if entry is None:
        return None
    ((_, raw),) = tree.read([entry])
    try:
        return load(raw, path=entry.path).data
    except Refused:
        return None


def _changes(before: Tree, after: Tree, old: Entry | None, new: Entry | None) -> Iterator[Change]:
    entry = new or old
    location = locate(entry.path) if entry is not None else None
    if entry is None or location is None:
        return
    if old is not None and new is not None and old.path != new.path:
        yield change_of(location, ChangeKind.UNIT_MOVED, MOVED_FILE, old.path, new.path)
    if _id(old) == _id(new):
        return
    here, there = _data(before, old), _data(after, new)
    if (old is not None and here is None) or (new is not None and there is None):
        yield change_of(location, ChangeKind.UNREADABLE)
        return
    tier = Tier(location.kind) if location.kind in _SHEETS else None
    yield from compare(location.kind, here, there, unit=location.unit_id, year=location.year, tier=tier)


_SHEETS = frozenset({Kind.MANDIRI, Kind.TPI, Kind.TPN})

Assessments = Mapping[int, "Assessment"]
"""By year."""
Results = Mapping[tuple[int, Tier], "TierResult"]


def _by_year(record: UnitRecord | None) -> Assessments:
    return {one.declared.year: one for one in record.assessments} if record else {}


def _results(assessments: Assessments) -> Results:
    return {(year, tier): result for year, one in assessments.items() for tier, result in one.results.items()}


def _totals(before: Results, after: Results) -> Iterator[TotalMoved]:
    for year, tier in _keys(before, after):
        old, new = (found[year, tier].score.total if (year, tier) in found else None for found in (before, after))
        if old != new:
            yield TotalMoved(year=year, tier=tier, before=old, after=new)


def _flips(before: Results, after: Results) -> Iterator[Flip]:
    for year, tier in _keys(before, after):
        old, new = before.get((year, tier)), after.get((year, tier))
        if old is None or new is None:
            continue
        for predicate, verdict in new.verdicts.items():
            earlier = old.verdicts[predicate]
            met = {condition.code: condition.met for condition in earlier.conditions}
            rows = [("", "", earlier.met, verdict.met)]
            rows += [(one.code, one.name, met.get(one.code), one.met) for one in verdict.conditions]
            for code, name, was, now in rows:
                if was is not now:
                    yield Flip(year=year, tier=tier, predicate=predicate, code=code, name=name, before=was, after=now)


def _keys(before: Results, after: Results) -> list[tuple[int, Tier]]:
    return sorted(before.keys() | after.keys(), key=lambda key: (key[0], list(Tier).index(key[1])))
