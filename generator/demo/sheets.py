"""The files of one unit-year as they stand after each step of the year: answers arrive, are corrected, are judged."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import IntEnum
from functools import cached_property
from itertools import pairwise
from random import Random
from typing import Any

from generator.demo.answers import ACHIEVEMENT, Given, Tiers, answers, area_of, one_down
from generator.demo.chance import chance, day_between
from generator.demo.names import Place
from generator.demo.stories import Level, Twist, Year
from generator.demo.wording import Writer, misspelt, shared_evidence, survey, survey_id
from generator.judging.binding import as_read
from generator.judging.fingerprint import of_answer, of_answers
from generator.model.declared import Tier
from generator.model.document import Kind
from generator.model.instrument import Instrument, Question

Data = dict[str, Any]


class Step(IntEnum):
    """What happens in a year, in this order; the work of a step is in the files from then on."""

    AREAS_1_2 = 1
    AREAS_3_4 = 2
    AREAS_5_6 = 3
    RESULTS = 4
    EVIDENCE = 5
    """The unit replaces and adds evidence."""
    TPI_FIRST = 6
    TPI_SECOND = 7
    CORRECTION = 8
    """The unit corrects answers after TPI's remarks."""
    TPI_REVISION = 9
    TYPO = 10
    """Spelling only."""
    TIDY = 11
    """A file written by hand becomes canonical; its data stay."""
    MISTAKE = 12
    UNDO = 13
    TPN = 14
    CLEARANCE = 15
    END = 99


_OPENS = {"1": Step.AREAS_1_2, "2": Step.AREAS_1_2, "3": Step.AREAS_3_4, "4": Step.AREAS_3_4}
_OPENS |= {"5": Step.AREAS_5_6, "6": Step.AREAS_5_6, "B": Step.RESULTS}
_JUDGED = {area: Step.TPI_FIRST if area in "123" else Step.TPI_SECOND for area in _OPENS}
_INDEX = {
    # level -> (IPAK, IPKP), each from - to in hundredths
    Level.ISTIMEWA: ((370, 388), (368, 390)),
    Level.BAIK: ((363, 376), (328, 352)),
    Level.CUKUP: ((330, 352), (300, 316)),
    Level.LEMAH: ((250, 310), (240, 300)),
}
_OLD_YEARS = 3
_ENDED = {"A.I.6.i.b", "A.I.6.ii.d"}
"""Questions whose first piece of old evidence was valid for some years only."""
_ENDED_ON = "06-30"
"""When: in the year of the sheet, after it was filled."""
_DRAFTS = 4
"""Questions that each kind of later change concerns."""
_MISTAKEN = "A.I.5.iii.b"
_RECYCLED_AREAS = "146"
_EVIDENCE_COUNTS = (1, 1, 1, 2, 2, 3)

Versions = dict[str, list[tuple[Step, Data]]]
"""Question -> its answer from each step on, in the order of steps."""


class YearFiles:
    """The files of a unit-year; texts are made when a file is first asked for."""

    def __init__(
        self,
        instrument: Instrument,
        subject: tuple[int, int, int],
        place: Place,
        year: Year,
        optional: Container[Step],
        *,
        stamped: bool = False,
    ) -> None:
        """`subject` is seed, unit and year; `optional` says which of TYPO and MISTAKE happen.

        `stamped`: assessors run `zi stamp` after each of their steps.
        """
        self._instrument = instrument
        self._subject = subject
        self._seed, _, self._number = subject
        self._place = place
        self._year = year
        self._optional = optional
        self._stamped = stamped

    def data(self, kind: Kind, step: Step) -> Data:
        """Return the data of a file of the year after the step."""
        if kind is Kind.SURVEI:
            return {"survei": [entry for since, entry in self._surveys if since <= step]}
        if kind is Kind.CLEARANCE:
            return self._clearance
        versions = self._mandiri if kind is Kind.MANDIRI else self._assessments[Tier(kind.value)]
        current = _current(versions, step)
        data = {
            "instrumen": self._instrument.id,
            "tahun": self._number,
            "jawaban": {code: answer for code, (_, answer) in current.items()},
        }
        if kind is Kind.MANDIRI or not self._stamped:
            return data
        return _with_stamps(data, self._own_as_read, {code: since for code, (since, _) in current.items()})

    @cached_property
    def _own_as_read(self) -> Versions:
        """The unit's answers as an assessor reads them; a survey does not change once it is in."""
        surveys = {"survei": [entry for _, entry in self._surveys]}
        return {
            code: [(step, as_read({code: answer}, surveys)[code]) for step, answer in versions]
            for code, versions in self._mandiri.items()
        }

    @cached_property
    def _tiers(self) -> Tiers:
        return answers(self._instrument, self._subject, self._year)

    @cached_property
    def _touched(self) -> Mapping[Step, tuple[str, ...]]:
        """The questions that later steps change, none twice."""
        rng = chance(*self._subject, "drafts")
        own = self._tiers[Tier.MANDIRI]
        codes = [code for code in own if code.startswith("A") and code != _MISTAKEN]
        drawn = rng.sample(codes, 3 * _DRAFTS)
        # TPI's remarks hit where less than the best remained
        drawn.sort(key=lambda code: isinstance(own[code], str) and own[code] != self._best(code))
        steps = (Step.EVIDENCE, Step.TYPO, Step.CORRECTION)
        return {step: tuple(drawn[at * _DRAFTS : (at + 1) * _DRAFTS]) for at, step in enumerate(steps)}

    def _best(self, code: str) -> str:
        """Return the best choice, "" where the question has none."""
        return next(iter(self._instrument.questions[code].values), "")

    @cached_property
    def _mandiri(self) -> Versions:
        rng = chance(*self._subject, Kind.MANDIRI)
        writer = Writer(self._instrument, self._place, self._number, rng)
        versions = {
            code: [(_OPENS[area_of(code)], self._answer(code, given, writer, rng))]
            for code, given in self._tiers[Tier.MANDIRI].items()
        }
        for step, draft in _DRAFT.items():
            if not self._drafted(step):
                continue
            for code in self._touched[step]:
                opens, final = versions[code][0]
                versions[code] = [(opens, draft(final, self._instrument.questions[code], writer, rng)), (step, final)]
        if Step.MISTAKE in self._optional and _MISTAKEN in versions:
            opens, final = versions[_MISTAKEN][0]
            wrong = {**final, "jawab": "Tidak" if final["jawab"] == "Ya" else "Ya"}
            versions[_MISTAKEN] = [(opens, final), (Step.MISTAKE, wrong), (Step.UNDO, final)]
        if self._year.twist is Twist.BELUM_LENGKAP:
            versions |= self._left_open()
        return versions

    def _drafted(self, step: Step) -> bool:
        if step is Step.CORRECTION:
            return self._year.reach is not Tier.MANDIRI
        return step is not Step.TYPO or step in self._optional

    def _answer(self, code: str, given: Given, writer: Writer, rng: Random) -> Data:
        question = self._instrument.questions[code]
        answer: Data = {"penjelasan": writer.explanation(question, given)}
        if question.survey_kind:
            return {"survei": survey_id(question.survey_kind, Tier.MANDIRI, self._number), **answer}
        old = self._number - _OLD_YEARS
        archive = Writer(self._instrument, self._place, old, rng) if self._year.twist is Twist.BUKTI_LAMA else writer
        bukti = [archive.evidence(code, number) for number in range(rng.choice(_EVIDENCE_COUNTS))]
        if self._year.twist is Twist.DAUR_ULANG and area_of(code) in _RECYCLED_AREAS and code.endswith("a"):
            bukti[0] = shared_evidence(self._seed, code, self._place)
        if archive is not writer and code in _ENDED:
            bukti[0]["berlaku_sampai"] = f"{self._number}-{_ENDED_ON}"
        return {**_given(given), **answer, "bukti": bukti}

    def _left_open(self) -> Versions:
        """Half of the open questions say so, the others are simply absent."""
        absent = [code for code in self._instrument.questions if code not in self._tiers[Tier.MANDIRI]]
        return {code: [(_OPENS[area_of(code)], {"jawab": "belum"})] for code in absent[::2]}

    @cached_property
    def _assessments(self) -> Mapping[Tier, Versions]:
        rng = chance(*self._subject, "penilaian")
        writer = Writer(self._instrument, self._place, self._number, rng)
        tiers = list(self._tiers)
        return {
            tier: {code: self._judged(code, tier, before, writer, rng) for code in self._tiers[tier]}
            for before, tier in pairwise(tiers)
        }

    def _judged(self, code: str, tier: Tier, before: Tier, writer: Writer, rng: Random) -> list[tuple[Step, Data]]:
        question = self._instrument.questions[code]
        given, earlier = self._tiers[tier][code], self._tiers[before][code]
        bukti = self._mandiri[code][-1][1].get("bukti", ())
        answer: Data = (
            {"survei": survey_id(question.survey_kind, tier, self._number)} if question.survey_kind else _given(given)
        )
        if bukti:
            doubts = given != earlier and code != ACHIEVEMENT
            answer["bukti"] = _judgement(rng) if doubts else {"relevan": "ya", "lengkap": "ya", "sah": "ya"}
        remark = writer.remark(question, earlier, given, bukti)
        if remark:
            answer["catatan"] = remark
        if tier is Tier.TPN:
            return [(Step.TPN, answer)]
        step = _JUDGED[area_of(code)]
        if code not in self._touched[Step.CORRECTION]:
            return [(step, answer)]
        anew = () if self._year.twist is Twist.DIUBAH else ((Step.TPI_REVISION, answer),)
        lower = _given(one_down(question, given)) if question.values else {}
        doubt = {**answer, **lower, "bukti": {"relevan": "ya", "lengkap": "tidak", "sah": "ya"}}
        doubt["catatan"] = "Penjelasan belum menunjuk bukti yang cukup; mohon dilengkapi sebelum penilaian ditutup."
        return [(step, doubt), *anew]

    @cached_property
    def _surveys(self) -> tuple[tuple[Step, Data], ...]:
        rng = chance(*self._subject, Kind.SURVEI)
        indices = [
            Decimal(said) if said else Decimal(rng.randint(*span)) / 100
            for said, span in zip((self._year.ipak, self._year.ipkp), _INDEX[self._year.level], strict=True)
        ]
        return tuple(self._each_survey(indices, rng))

    def _each_survey(self, indices: Sequence[Decimal], rng: Random) -> Iterator[tuple[Step, Data]]:
        final = self._year.reach is Tier.TPN
        for kind, index in zip(("IPAK", "IPKP"), indices, strict=True):
            # the unit's own survey flatters where TPN's decides
            own = min(index + Decimal(rng.randint(2, 9)) / 100, Decimal("3.99")) if final else index
            yield Step.RESULTS, survey(kind, Tier.MANDIRI, self._number, f"{own:.2f}", rng)
            if final:
                yield Step.TPN, survey(kind, Tier.TPN, self._number, f"{index:.2f}", rng)

    @property
    def _clearance(self) -> Data:
        assert self._year.clearance is not None  # noqa: S101 - history asks for the file only where there is one
        rng = chance(*self._subject, Kind.CLEARANCE)
        return {
            body: _cleared(body, status, self._number, rng)
            for body, status in zip(("KPK", "Ombudsman"), self._year.clearance, strict=True)
        }


def _current(versions: Versions, step: Step) -> dict[str, tuple[Step, Data]]:
    """Return, by question, since which step an answer stands after the step, and the answer."""
    found = ((code, [one for one in answers if one[0] <= step]) for code, answers in versions.items())
    return {code: passed[-1] for code, passed in found if passed}


def _with_stamps(data: Data, own: Versions, judged: Mapping[str, Step]) -> Data:
    """Return an assessor's sheet with the stamps of the unit's answers as they stood when each was judged."""
    then = {step: {code: one for code, (_, one) in _current(own, step).items()} for step in set(judged.values())}
    stamps = {code: of_answer(then[step][code]) for code, step in judged.items()}
    answers = {code: {"menilai": stamps[code], **answer} for code, answer in data["jawaban"].items()}
    return {**data, "menilai": of_answers(then[max(then)]), "jawaban": answers}


def _given(given: Given) -> Data:
    return {"jawab": given} if isinstance(given, str) else {"isian": dict(given)}


def _judgement(rng: Random) -> Data:
    return {"relevan": "ya", "lengkap": "tidak", "sah": rng.choice(("ya", "tidak"))}


def _cleared(body: str, status: str, year: int, rng: Random) -> Data:
    if status == "belum":
        return {"status": status}
    number = f"B-{rng.randint(100, 999)}/{body.upper()}-CONTOH/{year}"
    day = day_between(rng, date(year, 9, 10), date(year, 10, 5))
    return {"status": status, "nomor": number, "tanggal": day.isoformat(), "sumber": f"Surat {body} (fiktif)"}


def _draft_evidence(final: Data, question: Question, writer: Writer, rng: Random) -> Data:
    """Return the answer before its evidence was complete: the last piece missing, or another in its place."""
    bukti = list(final["bukti"])
    if len(bukti) > 1 and rng.random() < 0.5:  # noqa: PLR2004 - half of them
        return {**final, "bukti": bukti[:-1]}
    return {**final, "bukti": [*bukti[:-1], writer.evidence(question.code, len(bukti))]}


def _draft_correction(final: Data, question: Question, writer: Writer, rng: Random) -> Data:
    """Return the answer as TPI found it wanting: the best claimed, thinly explained, no evidence but the first."""
    del writer, rng
    draft = {**final, "penjelasan": f"{question.text}.", "bukti": final["bukti"][:1]}
    return {**draft, "jawab": next(iter(question.values))} if question.values else draft


def _draft_typo(final: Data, question: Question, writer: Writer, rng: Random) -> Data:
    del question, writer
    return {**final, "penjelasan": misspelt(final["penjelasan"], rng)}


_DRAFT: Mapping[Step, Callable[[Data, Question, Writer, Random], Data]] = {
    Step.EVIDENCE: _draft_evidence,
    Step.CORRECTION: _draft_correction,
    Step.TYPO: _draft_typo,
}
