"""A judgement is of the answers it was stamped for, and of no others."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging.binding import Binding, binding
from generator.judging.changes import compare
from generator.judging.fingerprint import of_answer, of_answers
from generator.judging.rules import Folder, timeless
from generator.model.document import Document, Kind, Mark
from generator.model.finding import Level

OWN = {"A.1": {"jawab": "Ya"}, "A.2": {"jawab": "B", "bukti": [{"judul": "SK"}]}, "A.3": {"jawab": "C"}}


def sheet(*codes, whole=True, own=OWN):
    """Return an assessor's sheet that judges three answers, stamped for some of them, and as a whole or not."""
    answers = {code: {"jawab": "Ya"} | ({"menilai": of_answer(own[code])} if code in codes else {}) for code in own}
    return {"jawaban": answers} | ({"menilai": of_answers(own)} if whole else {})


def of(judged, own):
    """Return how the sheet is bound to these answers of the unit."""
    return binding(judged, {"jawaban": own})


def test_without_a_stamp_nothing_is_said():
    """Old sheets, and sheets in the making, promise nothing."""
    assert of(sheet(whole=False), OWN) == Binding()
    assert of(sheet(whole=False), {}) == Binding()


def test_what_was_judged_is_current_while_it_stays():
    """Every stamped question is current; the others are in neither set."""
    assert of(sheet("A.1", "A.2"), OWN) == Binding(current=frozenset({"A.1", "A.2"}))


@pytest.mark.parametrize("now", [{"jawab": "C"}, {"jawab": "B"}, {"jawab": "B", "bukti": [{"judul": "SK 2"}]}, None])
def test_the_question_that_changed_is_named_alone(now):
    """Answer, evidence taken away or replaced, or all of it gone; the whole is then explained."""
    own = {code: answer for code, answer in (OWN | {"A.2": now}).items() if answer is not None}
    found = of(sheet("A.1", "A.2", "A.3"), own)
    assert found == Binding(current=frozenset({"A.1", "A.3"}), changed=frozenset({"A.2"}))


def test_a_change_no_stamped_question_explains_is_of_the_sheet():
    """The answer that changed was not stamped for itself, or the unit answered one more."""
    assert of(sheet("A.1"), OWN | {"A.3": {"jawab": "A"}}) == Binding(current=frozenset({"A.1"}), rest_changed=True)
    assert of(sheet(), OWN | {"A.4": {"jawab": "A"}}) == Binding(rest_changed=True)
    assert of(sheet("A.1", whole=False), OWN | {"A.3": {"jawab": "A"}}) == Binding(current=frozenset({"A.1"}))


def test_a_unit_without_a_sheet_has_no_answer():
    """Whatever was judged is gone."""
    assert binding(sheet("A.1", whole=False), {}) == Binding(changed=frozenset({"A.1"}))
    assert binding(sheet(), {}) == Binding(rest_changed=True)


ANSWERS = st.dictionaries(
    st.sampled_from(["A.1", "A.2", "A.3"]),
    st.fixed_dictionaries({"jawab": st.sampled_from("AB")}, optional={"catatan": st.sampled_from("xy")}),
)


@settings(derandomize=True, deadline=None)
@given(ANSWERS, ANSWERS)
def test_exactly_the_questions_told_as_changed_are_loose(before, after):
    """What a reviewer is told of two versions and what loosens the judgement are the same questions."""
    judged = sheet(*before, own=before)
    sheets = ({"jawaban": answers} for answers in (before, after))
    told = compare(Kind.MANDIRI, *sheets, unit="a/b", year=2025, tier=None)
    found = of(judged, after)
    assert found.changed == {change.code for change in told} & before.keys()
    assert found.current == before.keys() - found.changed
    assert found.rest_changed == (bool(told) and not found.changed)


class NoForm:
    """Norms that know no instrument: no rule on answers runs."""

    instrument_ids = ("kecil",)
    barred_months = 24

    def form(self, instrument_id):
        """Return None for any id."""
        del instrument_id


def said(judged, own, unusable=()):
    """Return what the check says of a year with these two sheets."""
    year = {"instrumen": "kecil", "tahun": 2025}
    documents = {
        kind: Document(path=f"units/a/b/2025/{kind}.yaml", kind=kind, data=year | data, marks=Mark(1, 1))
        for kind, data in ((Kind.TPI, judged), (Kind.MANDIRI, {"jawaban": own}))
        if kind not in unusable
    }
    return timeless(Folder(year=2025, documents=documents, unusable=unusable), NoForm())[0]


def test_the_check_names_each_question_and_how_to_judge_it_anew():
    """One warning per question, at the assessor's answer, with the command that stamps only that question."""
    found = said(sheet("A.1", "A.2", "A.3"), OWN | {"A.1": {"jawab": "Tidak"}, "A.3": {"jawab": "A"}})
    assert [(one.level, one.code, one.pointer) for one in found] == [
        (Level.WARNING, "berubah-setelah-dinilai", "/jawaban/A.1"),
        (Level.WARNING, "berubah-setelah-dinilai", "/jawaban/A.3"),
    ]
    assert "zi stamp units/a/b/2025/tpi.yaml --kode A.1" in found[0].hint


def test_a_sheet_of_the_unit_that_cannot_be_read_is_no_change():
    """Its own fault is named where it stands; that the judgement is loose is not known."""
    assert said(sheet("A.1", "A.2", "A.3"), {}, unusable={Kind.MANDIRI}) == ()
