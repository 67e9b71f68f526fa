"""What the tests of scoring share: the real instrument, and sheets written as a case file writes them."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
import yaml

from generator.judging.instrument import build
from generator.judging.standing import Standing, standing
from generator.model.declared import (
    Agency,
    Answer,
    Clearance,
    EventKind,
    Predicate,
    PredicateEvent,
    Sheet,
    Survey,
    Tier,
    Unit,
    UnitYear,
)
from generator.model.instrument import Instrument, Question
from generator.program_files import SCHEMA

INSTRUMENT = SCHEMA / "instrumen" / "permenpanrb-90-2021.yaml"
YEAR = 2025


@pytest.fixture(scope="session")
def instrument_data():
    """The data of the 2021 instrument, as its file has them."""
    return yaml.safe_load(INSTRUMENT.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def instrument(instrument_data):
    """The 2021 instrument."""
    return build(instrument_data)


def best(question: Question) -> Answer:
    """The answer worth 1: the first choice; 5 of 5 (a decrease: from 5 to 0); survey "atas-…", index 4."""
    return _extreme(question, choice=0, part=5, after=0, survey="atas")


def worst(question: Question) -> Answer:
    """The answer worth 0: the last choice; 0 of 5 (a decrease: from 5 to 5); survey "bawah-…", index 0."""
    return _extreme(question, choice=-1, part=0, after=5, survey="bawah")


def _extreme(question: Question, *, choice: int, part: int, after: int, survey: str) -> Answer:
    if question.values:
        return Answer(choice=list(question.values)[choice])
    if question.formula is None:
        return Answer(survey=f"{survey}-{question.survey_kind.lower()}")
    counts = {count.id: 0 for count in question.counts}
    counts[question.formula.denominator[0]] = 5
    counts[question.formula.numerator] = after if question.formula.kind == "penurunan" else part
    return Answer(counts=counts)


BASES = {"terbaik": best, "terendah": worst}


class Bench:
    """Makes declared values the way a case file writes them; whatever the case does not say is plain."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument

    def sheet(self, base: str = "kosong", changes: Mapping | None = None, tier: Tier = Tier.MANDIRI) -> Sheet:
        """Every question answered by the base ("terbaik", "terendah", "kosong"), but for the changes."""
        answers = (
            {question.code: BASES[base](question) for question in self.instrument.questions.values()}
            if base in BASES
            else {}
        )
        for code, answer in (changes or {}).items():
            if answer is None:
                del answers[code]
            else:
                answers[code] = Answer(
                    choice=answer.get("jawab", ""), counts=answer.get("isian", {}), survey=answer.get("survei", "")
                )
        return Sheet(tier=tier, instrument=self.instrument.id, year=YEAR, answers=answers)

    def surveys(self, rows: list | tuple = ()) -> tuple[Survey, ...]:
        """The surveys of the rows, after those the bases name."""
        ends = [
            {"id": f"{end}-{kind.lower()}", "jenis": kind, "indeks": index}
            for end, index in (("atas", "4"), ("bawah", "0"))
            for kind in ("IPAK", "IPKP")
        ]
        return tuple(
            Survey(
                id=row["id"], kind=row["jenis"], surveyor="lembaga", respondents=100, index=Fraction(str(row["indeks"]))
            )
            for row in (*ends, *rows)
        )

    def year(self, *sheets: Sheet, surveys: list | tuple = (), clearance: Mapping | None = None) -> UnitYear:
        """The year of the sheets."""
        return UnitYear(
            year=YEAR,
            sheets={sheet.tier: sheet for sheet in sheets},
            surveys=self.surveys(surveys),
            clearances={body: Clearance(body=body, status=status) for body, status in (clearance or {}).items()},
        )

    def unit(self, events: list | tuple = ()) -> Unit:
        """A unit with the events, each (kind, predicate, "YYYY-MM-DD")."""
        return Unit(
            id="contoh/kppn-contoh-satu",
            agency=Agency(id="contoh", name="Instansi Contoh", monitors={}),
            name="KPPN Contoh Satu",
            events=tuple(
                PredicateEvent(
                    kind=EventKind(kind), predicate=Predicate(predicate), dated=date.fromisoformat(str(dated))
                )
                for kind, predicate, dated in events
            ),
            monitoring=(),
            statements=(),
            years=(),
        )

    def earlier(self, events: list | tuple = ()) -> Standing:
        """What a unit with the events held on the day proposals of the year closed, 31 May."""
        return standing(self.unit(events).events, 24, date(YEAR, 5, 31))


@pytest.fixture(scope="session")
def bench(instrument):
    """What makes sheets, years and units for the instrument."""
    return Bench(instrument)
