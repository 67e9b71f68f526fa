"""The demo's commits: offices at work over the years, written in the order of the calendar, one unit-year at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from generator.canonical import dump
from generator.demo import handwriting
from generator.demo.calendar import (
    FULL,
    REGISTRY,
    Act,
    Point,
    beginning,
    enrolled,
    joined,
    optional_steps,
    unit_points,
)
from generator.demo.chance import chance
from generator.demo.lives import KINDS, Life, agency_data
from generator.demo.messages import MOVED, README, step_message
from generator.demo.names import MOVES, REGISTRAR, TPN, Office, Place, place
from generator.demo.repository import Repository, Signature
from generator.demo.sheets import Step, YearFiles
from generator.demo.stories import END, LAST_YEAR, Story, Year, story
from generator.model.declared import Tier
from generator.model.document import Kind
from generator.model.instrument import Instrument

_UTC_OF_EIGHT = 3600
"""Seconds after midnight UTC at which an office in Jakarta opens."""
_DAY = 86_400
_HALF_DAY = _DAY // 2
_EPOCH = date(1970, 1, 1)
_SKEWED = 0.03
"""Part of the commits made on a computer whose clock runs late."""
_CACHED = 2 * FULL
_REGISTRAR_ZONE = "+0700"

_FILES: Mapping[Step, tuple[Kind, ...]] = {
    Step.AREAS_1_2: (Kind.MANDIRI,),
    Step.AREAS_3_4: (Kind.MANDIRI,),
    Step.AREAS_5_6: (Kind.MANDIRI,),
    Step.RESULTS: (Kind.MANDIRI, Kind.SURVEI),
    Step.EVIDENCE: (Kind.MANDIRI,),
    Step.TPI_FIRST: (Kind.TPI,),
    Step.TPI_SECOND: (Kind.TPI,),
    Step.CORRECTION: (Kind.MANDIRI,),
    Step.TPI_REVISION: (Kind.TPI,),
    Step.TYPO: (Kind.MANDIRI,),
    Step.TIDY: (Kind.MANDIRI,),
    Step.MISTAKE: (Kind.MANDIRI,),
    Step.UNDO: (Kind.MANDIRI,),
    Step.TPN: (Kind.TPN, Kind.SURVEI),
    Step.CLEARANCE: (Kind.CLEARANCE,),
}
"""What each step writes."""


class _Branch(NamedTuple):
    """A unit's open proposal."""

    tip: int
    files: Mapping[str, int]


class Written(NamedTuple):
    """What came of it."""

    commits: int
    head: str
    """Id of the last commit on main."""


def write(
    folder: Path,
    instrument: Instrument,
    *,
    units: int,
    years: int,
    seed: int,
    progress: Callable[[Sequence[Point]], Iterable[Point]] = iter,
) -> Written:
    """Write the demo registry into an empty or absent folder, and check its files out.

    `progress` passes on the points it is given, one for each commit, and may show how far they are. Raises
    `CannotWrite` when Git cannot write (what was written stays), and `Failure` where there is no Git.
    """
    with Repository(folder) as repository:
        history = _History(repository, instrument, units=units, years=years, seed=seed)
        points = history.points()
        for point in progress(points):
            history.make(point)
        head = repository.id_of(history.main)
    return Written(commits=len(points), head=head)


class _History:
    """Makes the commits of the calendar, one after the other; what it keeps of a unit does not grow with its files."""

    def __init__(self, repository: Repository, instrument: Instrument, *, units: int, years: int, seed: int) -> None:
        self._repository = repository
        self._instrument = instrument
        self._seed = seed
        self._units = units
        self._years = years
        self._stories: list[Story] = [story(seed, index) for index in range(units)]
        self._year_files = lru_cache(maxsize=_CACHED)(self._make_year_files)
        self._clock = chance(seed, "clock")
        self._now = 0
        self._branches: dict[int, _Branch] = {}
        self._recorded = dict.fromkeys(range(units), beginning(years))
        self._last_message = ""
        self._half = (0, 0)
        self._others: Mapping[Act, Callable[[Point], None]] = {
            Act.ENROL: self._enrol,
            Act.PROPOSE: self._propose,
            Act.RECORD: self._record,
            Act.SUBMIT: self._whole,
            Act.ASSESS: self._whole,
            Act.MOVE: self._move,
        }
        self.main = 0
        """Mark of the last commit on the main line."""

    def points(self) -> list[Point]:
        """Return every commit to be made, in order."""
        first = beginning(self._years)
        together = joined(self._units)
        points = [Point(first, Act.FOUND, REGISTRY, first.year, Step.END)]
        for index in range(self._units):
            if enrolled(index, self._units):
                points.append(Point(first, Act.ENROL, index, first.year, Step.END))
            points += unit_points(self._seed, index, self._life(index, first), self._years, together)
        return sorted(points)

    def make(self, point: Point) -> None:
        """Make the commit of the point."""
        self._close(point.day)
        match point.act:
            case Act.FOUND:
                files = {"README.md": README.encode()}
                self._commit(point, files, REGISTRAR, "Mulai registri contoh\n\nSemua isinya fiktif.")
            case Act.MERGE:
                self._merge(point, [point.unit])
            case Act.JOIN:
                self._merge(point, joined(self._units))
            case Act.REVERT:
                undone = self._repository.id_of(self.main)
                subject = self._last_message.partition("\n")[0]
                reason = f"This reverts commit {undone}.\n\nJawaban terubah tanpa sengaja."
                self._step(point, f'Revert "{subject}"\n\n{reason}')
            case Act.WRITE:
                self._step(point, step_message(point.step, _where(point), point.year))
            case act:
                self._others[act](point)

    def _close(self, day: date) -> None:
        """Name what main was when a half of a year ended: at the end of June in passing, of December with a message."""
        before, self._half = self._half, (day.year, (day.month - 1) // 6)
        year, second = before
        if self.main and before != self._half:
            said = f"Keadaan registri pada akhir {year}\n", Signature(REGISTRAR, self._now, _REGISTRAR_ZONE)
            self._repository.tag(*(str(year), self.main, said) if second else (f"{year}-06", self.main))

    def _life(self, index: int, day: date) -> Life:
        first_year = beginning(self._years).year
        return Life(self._seed, index, place(index, day), self._stories[index], first_year)

    def _make_year_files(self, index: int, number: int) -> YearFiles:
        year = self._year(index, number)
        steps = optional_steps(index, number) if index < FULL else frozenset[Step]()
        subject, then = (self._seed, index, number), place(index, date(number, 1, 1))
        # a spelling corrected afterwards would loosen what TPI stamped: such years bear no stamp
        stamped = index < FULL and number == LAST_YEAR and Step.TYPO not in steps
        return YearFiles(self._instrument, subject, then, year, steps, stamped=stamped)

    def _year(self, index: int, number: int) -> Year:
        year = self._stories[index].year(number)
        assert year is not None  # noqa: S101 - the calendar has no point in a year without a worksheet
        return year

    def _enrol(self, point: Point) -> None:
        first = _where(point)
        together = enrolled(point.unit, self._units)
        agency = first.agency
        files = {f"units/{agency.id}/instansi.yaml": dump(Kind.INSTANSI, agency_data(agency))}
        for index in together:
            life, unit = self._life(index, point.day), place(index, point.day)
            files[f"units/{unit.id}/unit.yaml"] = dump(Kind.UNIT, life.unit())
            for kind in KINDS:
                known = life.data(kind, point.day)
                if known:
                    files[f"units/{unit.id}/{kind}.yaml"] = dump(kind, known)
        who = first.name if len(together) == 1 else f"{len(together)} unit {agency.name}"
        self._commit(point, files, REGISTRAR, f"Daftarkan {who}")

    def _record(self, point: Point) -> None:
        life, unit = self._life(point.unit, point.day), _where(point)
        since, self._recorded[point.unit] = self._recorded[point.unit], point.day
        new = [entry for entry in life.entries if since < entry.recorded <= point.day]
        kinds = sorted({entry.kind for entry in new})
        files = {f"units/{unit.id}/{kind}.yaml": dump(kind, life.data(kind, point.day)) for kind in kinds}
        message = "\n".join(dict.fromkeys(entry.subject for entry in new)).replace("\n", "\n\n", 1)
        self._commit(point, files, new[0].by, message)

    def _move(self, point: Point) -> None:
        before, after = MOVES[point.unit].before, _where(point)
        profile = {**self._life(point.unit, point.day).unit(), "asal": before.id}
        files = {
            f"units/{after.agency.id}/instansi.yaml": dump(Kind.INSTANSI, agency_data(after.agency)),
            f"units/{after.id}/unit.yaml": dump(Kind.UNIT, profile),
        }
        message = f"{MOVED.format(before=before, after=after)}\n\nDisetujui-oleh: {after.agency.assessors}"
        renamed = {f"units/{before.id}": f"units/{after.id}"}
        self.main = self._signed(point, self._blobs(files), REGISTRAR, message, [self.main], renamed=renamed)
        self._last_message = message

    def _propose(self, point: Point) -> None:
        unit = _where(point)
        files = self._blobs(self._written(point))
        before = self._branches.get(point.unit, _Branch(self.main, {}))
        message = step_message(point.step, unit, point.year)
        tip = self._signed(point, files, unit.operator, message, [before.tip])
        self._branches[point.unit] = _Branch(tip, {**before.files, **files})

    def _merge(self, point: Point, indices: Sequence[int]) -> None:
        branches = [self._branches.pop(index) for index in indices]
        units = [place(index, point.day) for index in indices]
        approvers = sorted({unit.agency.assessors for unit in units})
        subject = f"Gabungkan usulan {', '.join(unit.name for unit in units)} ({point.year})"
        trailers = "\n".join(f"Disetujui-oleh: {office}" for office in approvers)
        files = {path: mark for branch in branches for path, mark in branch.files.items()}
        office = approvers[0] if len(approvers) == 1 else REGISTRAR
        parents = [self.main, *(branch.tip for branch in branches)]
        self.main = self._signed(point, files, office, f"{subject}\n\n{trailers}", parents)

    def _step(self, point: Point, message: str) -> None:
        self._commit(point, self._written(point), _author(point.step, _where(point)), message)

    def _written(self, point: Point) -> dict[str, bytes]:
        """Return the files the step writes, as they stand after it."""
        files = self._year_files(point.unit, point.year)
        folder = f"units/{_where(point).id}/{point.year}"
        by_hand = point.step < Step.TIDY and Step.TIDY in optional_steps(point.unit, point.year)
        return {
            f"{folder}/{kind}.yaml": handwriting.sheet(files.data(kind, point.step))
            if by_hand and kind is Kind.MANDIRI
            else dump(kind, files.data(kind, point.step))
            for kind in _FILES[point.step]
        }

    def _whole(self, point: Point) -> None:
        files, year = self._year_files(point.unit, point.year), self._year(point.unit, point.year)
        unit = _where(point)
        if point.act is Act.SUBMIT:
            versions = {Kind.MANDIRI: Step.END, Kind.SURVEI: Step.RESULTS}
            author, message = unit.operator, f"{unit.name}: isi LKE {point.year}"
        else:
            versions = {Kind.TPI: Step.END}
            if year.reach is Tier.TPN:
                versions |= {Kind.TPN: Step.END, Kind.SURVEI: Step.END}
            if year.clearance is not None:
                versions |= {Kind.CLEARANCE: Step.END}
            author, message = unit.agency.assessors, f"Penilaian {unit.name} tahun {point.year}"
        folder = f"units/{unit.id}/{point.year}"
        written = {f"{folder}/{kind}.yaml": dump(kind, files.data(kind, step)) for kind, step in versions.items()}
        self._commit(point, written, author, message)

    def _commit(self, point: Point, files: Mapping[str, bytes], author: Office, message: str) -> None:
        """Commit the files on the main line."""
        parents = [self.main] if self.main else []
        self.main = self._signed(point, self._blobs(files), author, message, parents)
        self._last_message = message

    def _blobs(self, files: Mapping[str, bytes]) -> Mapping[str, int]:
        return {path: self._repository.blob(content) for path, content in files.items()}

    def _signed(
        self,
        point: Point,
        files: Mapping[str, int],
        office: Office,
        message: str,
        parents: Sequence[int],
        *,
        renamed: Mapping[str, str] = MappingProxyType({}),
    ) -> int:
        at = self._tick(point.day)
        unit = place(max(point.unit, 0), point.day)
        proposal = point.act is Act.PROPOSE
        author = committer = Signature(office, at, unit.agency.zone)
        if office == unit.operator and not proposal:
            # operators may only propose: what they send for the main line, TPI applies within the day
            author = author._replace(at=at - self._clock.randrange(_HALF_DAY))
            committer = committer._replace(office=unit.agency.assessors)
        return self._repository.commit(
            files, message + "\n", author, committer, parents, proposal=proposal, renamed=renamed
        )

    def _tick(self, day: date) -> int:
        """Return the second at which the next commit is made; a clock that runs late shows up to 30 hours less."""
        opening = (day - _EPOCH).days * _DAY + _UTC_OF_EIGHT
        self._now = max(self._now + self._clock.randint(20, 200), opening + self._clock.randrange(600))
        self._now = min(self._now, _CLOSING)
        late = self._clock.randrange(30 * 3600) if self._clock.random() < _SKEWED else 0
        return self._now - late


_CLOSING = (END + timedelta(days=1) - _EPOCH).days * _DAY - 9 * 3600 - 1
"""The story's last second, in the easternmost zone."""


def _where(point: Point) -> Place:
    """Return the unit of the point as it was then."""
    return place(point.unit, point.day)


def _author(step: Step, unit: Place) -> Office:
    if step is Step.TPN:
        return TPN
    if step is Step.TIDY:
        return REGISTRAR
    judged = step in {Step.TPI_FIRST, Step.TPI_SECOND, Step.TPI_REVISION, Step.CLEARANCE}
    return unit.agency.assessors if judged else unit.operator
