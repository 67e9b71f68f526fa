"""Laws that hold for every sheet."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging.conditions import verdicts
from generator.judging.gap import gaps
from generator.judging.instrument import build
from generator.judging.score import score
from generator.model.declared import Answer, Predicate, Sheet, Survey, Tier
from generator.model.instrument import Group, Question

LAW = settings(derandomize=True, deadline=None, max_examples=100)
STRANGE = ("", "belum", "a", "F", "-", "ya", "Ya ")
COUNTS = (0, 1, 3, 7, -1, 10**15 - 1)
INDEXES = st.one_of(
    st.sampled_from([Fraction(0), Fraction(16, 5), Fraction(18, 5), Fraction(4)]),
    st.builds(Fraction, st.integers(0, 400), st.just(100)),
)


@pytest.fixture(scope="module")
def questions(instrument) -> list[Question]:
    """The questions, in the worksheet's order."""
    return list(instrument.questions.values())


def answers_to(question: Question) -> list[Answer | None]:
    """Answers of every kind: those that fit, those that do not, and none."""
    if question.values:
        fit = [Answer(choice=choice) for choice in question.values] * 3
    elif question.formula is not None:
        names = (question.formula.numerator, *question.formula.denominator)
        fit = [Answer(counts=dict(zip(names, counts, strict=True))) for counts in product(COUNTS, repeat=len(names))]
    else:
        fit = [Answer(survey=survey) for survey in ("s1", "s2", "tidak-ada")] * 3
    return [*fit, *(Answer(choice=choice) for choice in STRANGE), None]


def sheets(instrument) -> st.SearchStrategy[Sheet]:
    """Any sheet of the instrument. One draw holds all picks: a draw per question would take ten times as long."""
    possible = {code: answers_to(question) for code, question in instrument.questions.items()}

    def sheet(picks: bytes) -> Sheet:
        pairs = zip(possible.items(), picks[::2], picks[1::2], strict=True)
        picked = {code: answers[(high * 256 + low) % len(answers)] for (code, answers), high, low in pairs}
        kept = {code: answer for code, answer in picked.items() if answer is not None}
        return Sheet(tier=Tier.MANDIRI, instrument=instrument.id, year=2025, answers=kept)

    return st.binary(min_size=2 * len(possible), max_size=2 * len(possible)).map(sheet)


def full_sheets(instrument) -> st.SearchStrategy[Sheet]:
    """Any sheet on which nothing is unanswered, when its surveys are "s1" (IPAK) and "s2" (IPKP)."""
    fitting = {
        code: Answer(survey="s1" if question.survey_kind == "IPAK" else "s2")
        if question.survey_kind
        else Answer(counts={count.id: 3 for count in question.counts}, choice=next(iter(question.values), ""))
        for code, question in instrument.questions.items()
    }
    plain = {code: question for code, question in instrument.questions.items() if question.values}

    def fill(sheet: Sheet) -> Sheet:
        chosen = {
            code: one for code, one in sheet.answers.items() if code in plain and one.choice in plain[code].values
        }
        return replace(sheet, answers={**fitting, **chosen})

    return sheets(instrument).map(fill)


SURVEYS = st.tuples(INDEXES, INDEXES, st.sampled_from(["IPAK", "IPKP"]), st.sampled_from(["IPAK", "IPKP"])).map(
    lambda drawn: (
        Survey(id="s1", kind=drawn[2], surveyor="unit", respondents=9, index=drawn[0]),
        Survey(id="s2", kind=drawn[3], surveyor="TPN", respondents=9, index=drawn[1]),
    )
)


def choices_first_to_last(question: Question) -> list[str]:
    """The choices of a scale, best first."""
    return sorted(question.values, key=lambda choice: -question.values[choice])


def better(question: Question, given_answer: Answer | None, surveys) -> tuple[Answer | None, tuple[Survey, ...]]:
    """The next better answer: one choice up, one more above the line (one less after a decrease), a higher index."""
    if question.values:
        ranked = choices_first_to_last(question)
        if given_answer is None or given_answer.choice not in ranked:
            return Answer(choice=ranked[-1]), surveys
        return Answer(choice=ranked[max(ranked.index(given_answer.choice) - 1, 0)]), surveys
    if question.formula is not None:
        return Answer(counts=improved(question, given_answer)), surveys
    higher = tuple(replace(one, index=min(one.index + Fraction(1, 100), Fraction(4))) for one in surveys)
    return given_answer, higher


def improved(question: Question, given_answer: Answer | None) -> dict[str, int]:
    """The counts with one more above the line, or one less where less is better; 0 of 0 where none were given."""
    counts = dict(given_answer.counts) if given_answer else {}
    above = question.formula.numerator
    if any(counts.get(name, -1) < 0 for name in (above, *question.formula.denominator)):
        return dict.fromkeys((count.id for count in question.counts), 0)
    counts[above] = max(counts[above] - 1, 0) if question.formula.kind == "penurunan" else counts[above] + 1
    return counts


@LAW
@given(data=st.data())
def test_a_better_answer_lowers_nothing(data, bench, questions) -> None:
    """One question answered better: no node and no total falls, and no condition that was met is no longer met."""
    sheet, surveys = data.draw(sheets(bench.instrument)), data.draw(SURVEYS)
    question = data.draw(st.sampled_from(questions))
    improved_answer, higher = better(question, sheet.answers.get(question.code), surveys)
    answers = {**sheet.answers, question.code: improved_answer} if improved_answer else sheet.answers
    before = score(bench.instrument, sheet, surveys)
    after = score(bench.instrument, replace(sheet, answers=answers), higher)
    assert after.total >= before.total
    assert [code for code in before.nodes if after.nodes[code].score < before.nodes[code].score] == []
    assert set(after.unanswered) <= set(before.unanswered)
    met = [conditions_met(bench, one) for one in (before, after)]
    assert met[0] <= met[1]


def conditions_met(bench, one) -> set[tuple[Predicate, str]]:
    """The conditions the score meets."""
    found = verdicts(bench.instrument, one, bench.earlier(), bench.year())
    return {
        (name, condition.code) for name, verdict in found.items() for condition in verdict.conditions if condition.met
    }


@LAW
@given(data=st.data())
def test_scores_stay_within_their_bounds_and_add_up(data, instrument) -> None:
    """0 <= value <= 1, 0 <= node <= weight; contributions add up to the total, and parts to their parent."""
    found = score(instrument, data.draw(sheets(instrument)), data.draw(SURVEYS))
    assert all(0 <= one.value <= 1 for one in found.questions.values())
    assert all(0 <= node.score <= node.weight for node in found.nodes.values())
    assert sum(one.contribution for one in found.questions.values()) == found.total
    assert sum(found.nodes[group.code].score for group in instrument.groups) == found.total
    for node in instrument.nodes.values():
        if isinstance(node, Group):
            assert sum(points(part, found) for part in node.parts) == found.nodes[node.code].score, node.code


def points(part: Group | Question, found) -> Fraction:
    """What a part of a group brings."""
    return found.nodes[part.code].score if part.code in found.nodes else found.questions[part.code].contribution


@LAW
@given(data=st.data())
def test_an_averaged_group_is_the_average_times_its_weight(data, instrument) -> None:
    """Said as the instrument says it: add the values, divide by how many there are, multiply by the weight."""
    found = score(instrument, data.draw(sheets(instrument)), data.draw(SURVEYS))
    for node in instrument.nodes.values():
        if isinstance(node, Group) and all(part.weight is None for part in node.parts):
            values = [found.questions[part.code].value for part in node.parts]
            assert found.nodes[node.code].score == sum(values, Fraction(0)) / len(values) * node.weight


@LAW
@given(data=st.data())
def test_what_is_unanswered_is_counted_once(data, instrument) -> None:
    """The nodes count the unanswered questions below them, and an unanswered question brings nothing."""
    found = score(instrument, data.draw(sheets(instrument)), data.draw(SURVEYS))
    assert found.unanswered == tuple(code for code, one in found.questions.items() if not one.answered)
    assert sum(found.nodes[group.code].unanswered for group in instrument.groups) == len(found.unanswered)
    for one in found.questions.values():
        assert one.answered or (one.value, one.contribution, one.given) == (0, 0, "")


@LAW
@given(data=st.data())
def test_the_order_of_answers_and_surveys_does_not_matter(data, instrument) -> None:
    """A sheet is a set of answers."""
    sheet, surveys = data.draw(sheets(instrument)), data.draw(SURVEYS)
    shuffled = dict(data.draw(st.permutations(list(sheet.answers.items()))))
    assert score(instrument, sheet, surveys) == score(instrument, replace(sheet, answers=shuffled), surveys[::-1])


@LAW
@given(data=st.data())
def test_the_same_data_give_the_same_score(data, instrument, instrument_data) -> None:
    """An instrument built again scores the same; nothing is kept from one sheet to the next."""
    sheet, surveys = data.draw(sheets(instrument)), data.draw(SURVEYS)
    other = data.draw(sheets(instrument))
    first = score(instrument, sheet, surveys)
    score(instrument, other, surveys)
    assert score(build(instrument_data), sheet, surveys) == first == score(instrument, sheet, surveys)


@LAW
@given(data=st.data(), full=st.booleans())
def test_a_verdict_follows_from_its_conditions(data, full, bench) -> None:
    """None while any question is unanswered; else false where any condition is false, true where all are true."""
    kinds = ("IPAK", "IPKP")
    surveys = tuple(replace(one, kind=kind) for one, kind in zip(data.draw(SURVEYS), kinds, strict=True))
    sheet = data.draw((full_sheets if full else sheets)(bench.instrument))
    found = score(bench.instrument, sheet, surveys)
    assert not (full and found.unanswered)
    status = st.sampled_from(["bersih", "catatan", "belum"])
    year = bench.year(clearance={"KPK": data.draw(status), "Ombudsman": data.draw(status)})
    for verdict in verdicts(bench.instrument, found, bench.earlier(), year).values():
        met = [condition.met for condition in verdict.conditions]
        if found.unanswered:
            assert verdict.met is None
        else:
            assert verdict.met is (False if False in met else None if None in met else True)
            assert [one.code for one in verdict.conditions if one.met is None] in ([], ["clearance"])


@LAW
@given(data=st.data())
def test_areas_and_total_gaps_are_sums_of_node_gaps(data, instrument) -> None:
    """An area is its Pemenuhan and its Reform; the six areas are the Pengungkit; all tiers stand side by side."""
    tiers = data.draw(st.lists(st.sampled_from(list(Tier)), unique=True))
    scores = {tier: score(instrument, data.draw(sheets(instrument)), data.draw(SURVEYS)) for tier in tiers}
    found = gaps(instrument, scores)
    for tier in tiers:
        areas = [found[f"area-{area.code}"].scores[tier] for area in instrument.areas]
        assert sum(areas) == found["A"].scores[tier]
        assert found["total"].scores[tier] == found["A"].scores[tier] + found["B"].scores[tier]
