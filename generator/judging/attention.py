"""What a reviewer should look at first in a proposal: changes that may well be right, but seldom explain themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from generator.model.declared import Answer, Tier
from generator.model.history import Change, ChangeKind
from generator.model.judged import Assessment, QuestionScore, TierResult

from .rules.dated import Use, serves
from .rules.places import FINGERPRINT, Place

_LINK = "tautan"
_INDEX = "indeks"
_NEW_EVIDENCE = frozenset({ChangeKind.EVIDENCE_ADDED, ChangeKind.EVIDENCE_REPLACED})
_ASSESSORS = (Tier.TPI, Tier.TPN)


class Reason(StrEnum):
    """Why to look; the order is that of urgency."""

    CHANGED_SINCE_JUDGED = "berubah-setelah-dinilai"
    """What an assessor has judged is edited, an answer or a survey's index, and the judgement stays as it was."""
    RAISED = "naik-tanpa-bukti-baru"
    """An answer is worth more than before, and no evidence came in with it."""
    REUSED = "bukti-dipakai-ulang"
    """Evidence that came in serves another unit, year or question too."""
    EVIDENCE_GONE = "bukti-dihapus"
    """Evidence was taken away, nothing came instead, and the answer is worth no less."""
    REJUDGED = "penilaian-diubah"
    """An assessor's answer is worth something else than the same assessor said before."""
    ZERO_DENOMINATOR = "penyebut-nol"
    """Counts changed to a ratio over nothing: the registry's own decision gives the value."""


class Attention(NamedTuple):
    """One thing to look at."""

    reason: Reason
    year: int
    tier: Tier
    """Whose answer it is."""
    code: str
    before: str = ""
    """The answer in short, as `QuestionScore.given` has it."""
    after: str = ""
    judges: tuple[Tier, ...] = ()
    """CHANGED_SINCE_JUDGED: who had judged it."""
    title: str = ""
    """REUSED: what the evidence is called (or where it lies); hostile."""
    uses: tuple[Use, ...] = ()
    """REUSED: what else it serves, other units first."""


Told = Mapping[tuple[Tier, str], Collection[Change]]
"""The changes of one year, by the tier and question they are of."""


def attention(
    changes: Iterable[Change], before: Mapping[int, Assessment], after: Mapping[int, Assessment]
) -> Iterator[Attention]:
    """Yield what to look at in one unit but reused evidence (`reused`): by year, reason, and the worksheet's order.

    `before` and `after` are its assessments by year. Of a sheet that could not be read in one of the two, nothing is
    said: there is nothing to compare.
    """
    years: defaultdict[int, list[Change]] = defaultdict(list)
    for change in changes:
        if change.year is not None:
            years[change.year].append(change)
    for year, found in sorted(years.items()):
        if year in after:
            compared = _Compared(year, found, before.get(year), after[year])
            for rule in _RULES:
                yield from rule(compared)


class _Compared:
    """One year of a unit before and after."""

    def __init__(self, year: int, changes: Collection[Change], before: Assessment | None, after: Assessment) -> None:
        self.year = year
        self.changes = changes
        self.before = before
        self.after = after
        self.codes = tuple(after.instrument.questions)
        self.unread = {change.tier for change in changes if change.kind is ChangeKind.UNREADABLE}
        told: defaultdict[tuple[Tier, str], list[Change]] = defaultdict(list)
        for change in changes:
            if change.tier is not None and change.code:
                told[change.tier, change.code].append(change)
        self.told: Told = told

    def touched(self, tier: Tier) -> Iterator[str]:
        """Yield the questions whose answer by the tier changed, in the worksheet's order."""
        if tier not in self.unread:
            yield from (code for code in self.codes if (tier, code) in self.told)

    def kinds(self, tier: Tier, code: str) -> frozenset[ChangeKind]:
        """Return what kinds of change the answer saw."""
        return frozenset(change.kind for change in self.told.get((tier, code), ()))

    def old(self, tier: Tier, code: str) -> QuestionScore | None:
        """Return what the answer was worth; None where its sheet or its question was not there."""
        result = self.before.results.get(tier) if self.before else None
        return result.score.questions.get(code) if result else None

    def new(self, tier: Tier, code: str) -> QuestionScore | None:
        """Return what the answer is worth."""
        result = self.after.results.get(tier)
        return result.score.questions[code] if result else None

    def judged(self, tier: Tier, code: str) -> bool:
        """Tell whether the tier had judged the question before."""
        sheet = self.before.declared.sheets.get(tier) if self.before else None
        answer = sheet.answers.get(code) if sheet else None
        return answer is not None and has_judged(answer)

    def item(self, reason: Reason, tier: Tier, code: str, judges: tuple[Tier, ...] = ()) -> Attention:
        """Return the thing to look at."""
        old, new = self.old(tier, code), self.new(tier, code)
        return Attention(
            reason, self.year, tier, code, old.given if old else "", new.given if new else "", judges=judges
        )


def has_judged(answer: Answer) -> bool:
    """Tell whether an assessor's answer says anything of the question or of its evidence."""
    given = answer.choice not in {"", "belum"} or bool(answer.counts) or bool(answer.survey)
    return given or answer.judgement is not None or bool(answer.judges)


def _changed_since_judged(year: _Compared) -> Iterator[Attention]:
    for code in year.touched(Tier.MANDIRI):
        if year.kinds(Tier.MANDIRI, code) - {ChangeKind.SHEET_CHANGED}:
            judges = tuple(tier for tier in _ASSESSORS if _stands_unrevised(year, tier, code))
            if judges:
                yield year.item(Reason.CHANGED_SINCE_JUDGED, Tier.MANDIRI, code, judges)
    for tier in _ASSESSORS:
        for code in _indices_changed(year, tier):
            yield year.item(Reason.CHANGED_SINCE_JUDGED, tier, code, (tier,))


def _indices_changed(year: _Compared, tier: Tier) -> Iterator[str]:
    """Yield the questions the tier judged on a survey whose index is another one now: its answer says more than it did.

    Mostly the survey is the unit's own. A stamp does not tell: it binds answers, and the answer only names the survey.
    """
    edited = {
        change.code for change in year.changes if change.kind is ChangeKind.SURVEY_CHANGED and change.field == _INDEX
    }
    sheet = year.after.declared.sheets.get(tier)
    answers = sheet.answers if sheet else {}
    for code in year.codes:
        answer = answers.get(code)
        if answer and answer.survey in edited and year.judged(tier, code) and (tier, code) not in year.told:
            yield code


def _stands_unrevised(year: _Compared, tier: Tier, code: str) -> bool:
    """Tell whether the tier's judgement was there before, and was not given again in the same proposal."""
    result: TierResult | None = year.after.results.get(tier)
    if result is None or tier in year.unread:
        return False
    sheet = year.after.declared.sheets[tier]
    stamped = code in sheet.answers and bool(sheet.answers[code].judges)
    if stamped:
        return code in result.changed
    return year.judged(tier, code) and (tier, code) not in year.told


def _raised(year: _Compared) -> Iterator[Attention]:
    for code in year.codes if Tier.MANDIRI not in year.unread else ():
        old, new = year.old(Tier.MANDIRI, code), year.new(Tier.MANDIRI, code)
        if new is not None and new.value > (old.value if old else 0) and not _founded(year, code, old):
            yield year.item(Reason.RAISED, Tier.MANDIRI, code)


def _founded(year: _Compared, code: str, old: QuestionScore | None) -> bool:
    """Tell whether something came in with the answer that can bear it; a first answer may rest on what was there."""
    answer = year.after.declared.sheets[Tier.MANDIRI].answers[code]
    if year.kinds(Tier.MANDIRI, code) & _NEW_EVIDENCE or ((old is None or not old.answered) and answer.evidence):
        return True
    if not answer.survey:
        return False
    # an index stands on its survey: another one, or another report of it
    return any(change.field == "survei" for change in year.told.get((Tier.MANDIRI, code), ())) or any(
        change.code == answer.survey
        and (
            change.kind is ChangeKind.SURVEY_ADDED
            or (change.kind is ChangeKind.SURVEY_CHANGED and change.field == _LINK)
        )
        for change in year.changes
    )


def _evidence_gone(year: _Compared) -> Iterator[Attention]:
    for code in year.touched(Tier.MANDIRI):
        kinds = year.kinds(Tier.MANDIRI, code)
        old, new = year.old(Tier.MANDIRI, code), year.new(Tier.MANDIRI, code)
        gone = ChangeKind.EVIDENCE_REMOVED in kinds and not kinds & _NEW_EVIDENCE
        if gone and old and new and new.answered and new.value >= old.value:
            yield year.item(Reason.EVIDENCE_GONE, Tier.MANDIRI, code)


def _rejudged(year: _Compared) -> Iterator[Attention]:
    for tier in _ASSESSORS:
        for code in year.touched(tier):
            old, new = year.old(tier, code), year.new(tier, code)
            if old and old.answered and new and new.value != old.value:
                yield year.item(Reason.REJUDGED, tier, code)


def _zero_denominator(year: _Compared) -> Iterator[Attention]:
    for tier in Tier:
        for code in year.touched(tier):
            new = year.new(tier, code)
            if new and new.zero_denominator:
                yield year.item(Reason.ZERO_DENOMINATOR, tier, code)


_RULES: tuple[Callable[[_Compared], Iterator[Attention]], ...] = (
    _changed_since_judged,
    _raised,
    _evidence_gone,
    _rejudged,
    _zero_denominator,
)


class NewEvidence(NamedTuple):
    """A piece of evidence that came in, by what it can be recognised elsewhere."""

    use: Use
    """What it came in for."""
    tier: Tier
    title: str
    marks: frozenset[tuple[str, str]]
    """(key, value) of its SHA-256 and its link, those that it has."""


def new_evidence(changes: Iterable[Change]) -> tuple[NewEvidence, ...]:
    """Return the evidence that was added, or took another's place, in answers."""
    return tuple(
        NewEvidence(Use(change.unit, str(change.year), change.code), change.tier, _title(change.after), marks)
        for change in changes
        if change.kind in _NEW_EVIDENCE and change.tier and (marks := _marks(change.after))
    )


def _marks(item: object) -> frozenset[tuple[str, str]]:
    named = item if isinstance(item, Mapping) else {}
    values = ((key, named.get(key)) for key in (FINGERPRINT, _LINK))
    return frozenset((key, value) for key, value in values if isinstance(value, str) and value.strip())


def _title(item: object) -> str:
    named = item if isinstance(item, Mapping) else {}
    titles = (named.get(key) for key in ("judul", "berkas", _LINK))
    return next((title for title in titles if isinstance(title, str) and title), "")


def reused(evidence: Iterable[NewEvidence], places: Iterable[Place]) -> Iterator[Attention]:
    """Yield the evidence that serves something else too, among the places that were looked at (links and SHA-256)."""
    serving: defaultdict[tuple[str, str], set[Use]] = defaultdict(set)
    for place in places:
        use = serves(place)
        if use is not None:
            serving[place.key, place.value].add(use)
    for one in evidence:
        uses = {use for mark in one.marks for use in serving.get(mark, ())} - {one.use}
        if uses:
            own = one.use
            yield Attention(
                Reason.REUSED, int(own.year), one.tier, own.question, title=one.title, uses=_farthest_first(uses, own)
            )


def _farthest_first(uses: Collection[Use], own: Use) -> tuple[Use, ...]:
    """Return other units before other years before other questions: what is farther is stranger."""
    return tuple(sorted(uses, key=lambda use: (use.unit == own.unit, use.year == own.year, use)))
