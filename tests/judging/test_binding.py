"""A judgement is of the answers it was stamped for, and of no others."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging.binding import Binding, binding, stamps
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


def missing(judged, own=OWN, only=()):
    """Return the questions a stamp is missing for, whether the sheet's is, and which judgements stay loose."""
    found = stamps(judged, {"jawaban": own}, only)
    return tuple(found.answers), found.whole is not None, found.loose


def test_a_sheet_is_stamped_until_it_is_bound():
    """All judged answers and the sheet itself; then nothing is missing."""
    found = stamps(sheet(whole=False), {"jawaban": OWN})
    assert found.answers == {code: of_answer(answer) for code, answer in OWN.items()}
    assert found.whole == of_answers(OWN)
    assert missing(sheet(*OWN)) == ((), False, ())


def test_only_what_was_judged_is_stamped():
    """Not what the assessor left open or only remarked upon; an answer with a stamp was judged once."""
    answers = {
        "A.1": {"jawab": "belum", "catatan": "Menunggu"},
        "A.2": {"bukti": {"sah": "ya"}},
        "A.3": {"menilai": "x"},
    }
    assert missing({"jawaban": answers}) == (("A.2", "A.3"), True, ())
    assert missing({"jawaban": {"A.1": {"jawab": "belum"}}}) == ((), False, ())


def test_one_question_is_judged_anew_without_blessing_the_others():
    """The sheet's own stamp waits until every judged answer is current."""
    own = OWN | {"A.1": {"jawab": "Tidak"}, "A.2": {"jawab": "A"}}
    assert missing(sheet(*OWN), own, only=["A.1"]) == (("A.1",), False, ("A.2",))
    assert missing(sheet(*OWN), OWN | {"A.1": {"jawab": "Tidak"}}, only=["A.1"]) == (("A.1",), True, ())
    assert missing(sheet(whole=False), OWN, only=["A.3"]) == (("A.3",), False, ("A.1", "A.2"))


def test_a_judgement_of_an_answer_that_is_gone_stays_loose():
    """There is nothing to bind it to, so the sheet is not bound either."""
    own = {code: OWN[code] for code in ("A.1", "A.3")}
    found = stamps(sheet(*OWN), {"jawaban": own})
    assert (found.answers, found.whole, found.absent, found.loose) == ({}, None, ("A.2",), ("A.2",))
    assert found.judged == ("A.1", "A.2", "A.3")


@settings(derandomize=True, deadline=None)
@given(ANSWERS, ANSWERS, st.sets(st.sampled_from(["A.1", "A.2", "A.3"])))
def test_what_is_stamped_is_bound(before, after, only):
    """With the missing stamps set, nothing of what was asked for has changed since it was judged."""
    judged = sheet(*before, own=before)
    found = stamps(judged, {"jawaban": after}, only)
    for code, stamp in found.answers.items():
        judged["jawaban"][code]["menilai"] = stamp
    judged |= {"menilai": found.whole} if found.whole else {}
    bound = of(judged, after)
    assert bound.changed == set(found.loose)
    assert bound.changed & (only or before.keys()) == set(found.absent)
    assert not bound.rest_changed


def test_a_judged_index_is_the_figure_of_its_survey() -> None:
    """Whoever changes the index in survei.yaml changes what was judged, though mandiri.yaml stays as it is."""
    mandiri = {"jawaban": {"B.I.a": {"survei": "ipak-1"}, "A.1": {"jawab": "Ya"}}}
    surveys = {"survei": [{"id": "ipak-1", "indeks": "3.60"}, {"id": "ipak-2", "indeks": "3.70"}]}
    judged = {"jawaban": {"B.I.a": {"survei": "ipak-1"}, "A.1": {"jawab": "Ya"}}}
    found = stamps(judged, mandiri, survei=surveys)
    stamped = {"menilai": found.whole} | {
        "jawaban": {code: {**answer, "menilai": found.answers[code]} for code, answer in judged["jawaban"].items()}
    }
    assert binding(stamped, mandiri, surveys) == Binding(current=frozenset({"A.1", "B.I.a"}))
    other = {"survei": [{"id": "ipak-1", "indeks": "4.00"}, {"id": "ipak-2", "indeks": "3.70"}]}
    assert binding(stamped, mandiri, other).changed == {"B.I.a"}
    more = {"survei": [*surveys["survei"], {"id": "ipak-3", "indeks": "1.00"}]}
    assert binding(stamped, mandiri, more) == Binding(current=frozenset({"A.1", "B.I.a"}))
