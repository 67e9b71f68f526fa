"""What a reviewer is asked to look at first."""

from fractions import Fraction

import pytest

from generator.judging.assessing import assess
from generator.judging.attention import Reason, attention, new_evidence, reused
from generator.judging.binding import binding
from generator.judging.changes import compare
from generator.judging.fingerprint import of_answer
from generator.judging.rules.dated import Use
from generator.judging.rules.places import Place
from generator.model.declared import Agency, Answer, Evidence, Judgement, Sheet, Survey, Tier, Unit, UnitYear
from generator.model.document import Kind
from generator.model.history import Change, ChangeKind

CODE = "A.I.1.i.b"  # A to C
RATIO = "A.II.1.i.a"
ZERO, HALF, FULL = ({"agen-perubahan": n, "perubahan-dibuat": n // 2 if n == 8 else n} for n in (0, 8, 5))
OLD = {"judul": "SK", "tautan": "https://arsip.contoh.example/sk"}
NEW = {"judul": "Notula", "tautan": "https://arsip.contoh.example/notula"}
UNIT = "contoh/kppn-satu"


class Scene:
    """One year of one unit, written as its files are: question -> answer, tier by tier; surveys id -> index, link."""

    def __init__(self, instrument):
        self.instrument = instrument

    def __call__(self, before, after):
        """Return (reason, tier, code, before, after, who judged) of what is to be looked at."""
        assessed = [{2025: self.assessed(state)} if state else {} for state in (before, after)]
        found = attention(self.changes(before, after), *assessed)
        return [(one.reason, one.tier, one.code, one.before, one.after, one.judges) for one in found]

    def reasons(self, before, after):
        """Return reasons and codes only."""
        return [(reason, code) for reason, _, code, *_ in self(before, after)]

    def changes(self, before, after):
        """Return what changed, as the files' data say it."""
        found = []
        for tier in Tier:
            old, new = ({"jawaban": state[tier]} if tier in state else None for state in (before, after))
            found += compare(Kind(tier), old, new, unit=UNIT, year=2025, tier=tier)
        old, new = (
            {"survei": [{"id": key, "indeks": index, "tautan": link} for key, (index, link) in self.surveys(state)]}
            for state in (before, after)
        )
        return [*found, *compare(Kind.SURVEI, old, new, unit=UNIT, year=2025, tier=None)]

    @staticmethod
    def surveys(state):
        """Return id -> (index, link)."""
        return state.get("survei", {}).items()

    def assessed(self, state):
        """Return the year, judged."""
        sheets = {
            tier: Sheet(
                tier=tier,
                instrument=self.instrument.id,
                year=2025,
                answers={code: declared(row) for code, row in state[tier].items()},
            )
            for tier in Tier
            if tier in state
        }
        surveys = tuple(
            Survey(id=key, kind="IPAK", surveyor="unit", respondents=100, index=Fraction(index), link=link)
            for key, (index, link) in self.surveys(state)
        )
        own = {"jawaban": state.get("mandiri", {})}
        year = UnitYear(year=2025, sheets=sheets, surveys=surveys, clearances={})
        bound = {tier: binding({"jawaban": state[tier]}, own) for tier in (Tier.TPI, Tier.TPN) if tier in state}
        agency = Agency(id="contoh", name="C", monitors={})
        unit = Unit(id=UNIT, agency=agency, name="K", events=(), monitoring=(), statements=(), years=(year,))
        return assess(self.instrument, unit, year, 24, bound)


def declared(row):
    """Return the answer of a file's row."""
    evidence = row.get("bukti", ())
    judged = isinstance(evidence, dict)
    return Answer(
        choice=row.get("jawab", ""),
        counts=row.get("isian", {}),
        survey=row.get("survei", ""),
        judges=row.get("menilai", ""),
        evidence=() if judged else tuple(Evidence(title=one["judul"], link=one["tautan"]) for one in evidence),
        judgement=Judgement(relevant=evidence.get("relevan") == "ya") if judged else None,
    )


@pytest.fixture(scope="module")
def scene(instrument):
    """What compares two states of one unit-year."""
    return Scene(instrument)


def mandiri(jawab, *evidence, code=CODE, **more):
    """Return a state with one answer of the unit."""
    return {"mandiri": {code: {"jawab": jawab, "bukti": list(evidence)} | more}}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(mandiri("B", OLD), mandiri("A", OLD), True, id="the same evidence"),
        pytest.param(mandiri("B"), mandiri("A"), True, id="none at all"),
        pytest.param(mandiri("B", OLD), mandiri("A", {**OLD, "judul": "SK (2)"}), True, id="the same, named anew"),
        pytest.param(mandiri("B", OLD, NEW), mandiri("A", OLD), True, id="less evidence"),
        pytest.param(mandiri("B", OLD), mandiri("A", OLD, NEW), False, id="more evidence"),
        pytest.param(mandiri("B", OLD), mandiri("A", NEW), False, id="other evidence"),
        pytest.param(
            mandiri("B", OLD), mandiri("A", {**OLD, "tautan": NEW["tautan"]}), False, id="the same name elsewhere"
        ),
        pytest.param(mandiri("A", OLD), mandiri("B", OLD), False, id="it fell"),
        pytest.param(mandiri("B", OLD), mandiri("B", OLD, penjelasan="x"), False, id="it stayed"),
        pytest.param(mandiri("belum", OLD), mandiri("A", OLD), False, id="a first answer on evidence that was there"),
        pytest.param({}, mandiri("A", OLD), False, id="a new sheet with evidence"),
        pytest.param({}, mandiri("A"), True, id="a new sheet without"),
        pytest.param({}, mandiri("C"), False, id="a first answer worth nothing"),
        pytest.param(mandiri("B", OLD), {}, False, id="the sheet is gone"),
        pytest.param(mandiri("B", OLD), mandiri("Z", OLD), False, id="an answer outside its scale"),
    ],
)  # fmt: skip
def test_an_answer_that_rises_needs_evidence_that_came_in(scene, before, after, expected):
    """Evidence described better is not new; a first answer may rest on evidence that already stands beside it."""
    assert ((Reason.RAISED, CODE) in scene.reasons(before, after)) is expected


@pytest.mark.parametrize(
    ("surveys", "survey", "expected"),
    [
        ({"s": ("3.80", "https://a.example/1")}, "s", True),  # only the figure is another
        ({"s": ("3.80", "https://a.example/2")}, "s", False),  # another report
        ({"s": ("3.40", "https://a.example/1"), "t": ("3.80", "https://a.example/2")}, "t", False),  # another survey
        ({"s": ("3.20", "https://a.example/1")}, "s", False),  # it fell
    ],
)
def test_an_index_stands_on_its_survey(scene, surveys, survey, expected):
    """A higher index under the same report is an answer raised without evidence, though mandiri.yaml is untouched."""
    before = {"mandiri": {"B.I.a": {"survei": "s"}}, "survei": {"s": ("3.40", "https://a.example/1")}}
    after = {"mandiri": {"B.I.a": {"survei": survey}}, "survei": surveys}
    assert ((Reason.RAISED, "B.I.a") in scene.reasons(before, after)) is expected


def test_a_sheet_nobody_could_read_before_raises_no_answer(scene):
    """What it said then is unknown."""
    unread = Change(ChangeKind.UNREADABLE, UNIT, 2025, Tier.MANDIRI, "", "", None, None)
    assert list(attention([unread], {}, {2025: scene.assessed(mandiri("A"))})) == []


def tpi(stamped=None, jawab="B", **more):
    """Return TPI's judgement, stamped for an answer of the unit or not at all."""
    return {"tpi": {CODE: {"jawab": jawab} | ({"menilai": of_answer(stamped)} if stamped else {}) | more}}


def test_what_was_judged_and_then_edited_is_named_with_its_judge(scene):
    """The judgement is of the answer before."""
    before = mandiri("B", OLD) | tpi(stamped=mandiri("B", OLD)["mandiri"][CODE])
    after = before | mandiri("A", NEW)
    assert scene(before, after) == [(Reason.CHANGED_SINCE_JUDGED, Tier.MANDIRI, CODE, "B", "A", (Tier.TPI,))]


def test_an_unstamped_judgement_is_held_to_what_stood_beside_it(scene):
    """Whoever never stamped has judged all the same; also where only the evidence was judged."""
    only_evidence = {"tpn": {CODE: {"bukti": {"relevan": "ya"}}}}
    for judged, judge in ((tpi(), Tier.TPI), (only_evidence, Tier.TPN)):
        before = mandiri("B", OLD) | judged
        assert scene(before, before | mandiri("B", NEW)) == [
            (Reason.CHANGED_SINCE_JUDGED, Tier.MANDIRI, CODE, "B", "B", (judge,))
        ]


@pytest.mark.parametrize("judged", [{}, tpi(jawab="belum")])
def test_what_nobody_judged_may_change(scene, judged):
    """An assessor who has not come to the question yet judged nothing."""
    before = mandiri("B", OLD) | judged
    assert scene(before, before | mandiri("B", NEW)) == []


def test_judged_again_in_the_same_proposal_is_judged(scene):
    """A stamp of the new answer, or without stamps another word of the assessor's."""
    after = mandiri("A", NEW)
    new = after["mandiri"][CODE]
    assert scene(mandiri("B", OLD) | tpi(), after | tpi(stamped=new)) == []
    assert scene(mandiri("B", OLD) | tpi(), after | tpi(catatan="sudah dilihat lagi")) == []


def test_a_judge_who_says_something_else_is_named(scene):
    """The first word is none of it."""
    before, after = mandiri("A", OLD) | tpi(jawab="C"), mandiri("A", OLD) | tpi(jawab="A")
    assert scene(before, after) == [(Reason.REJUDGED, Tier.TPI, CODE, "C", "A", ())]
    assert scene(mandiri("A", OLD), after) == []


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (mandiri("A", OLD), True),
        (mandiri("B", OLD), False),  # the answer fell with it
        (mandiri("A", OLD, {**NEW, "tautan": "https://a.example/x", "judul": "X"}), False),  # another came
    ],
)
def test_evidence_that_goes_while_the_answer_stays_is_told(scene, after, expected):
    """Whoever takes evidence away must say what the answer stands on now."""
    assert ((Reason.EVIDENCE_GONE, CODE) in scene.reasons(mandiri("A", OLD, NEW), after)) is expected


def test_counts_that_come_to_nothing_are_told(scene):
    """0 of 0 has a value by the registry's own decision; told only where the answer is touched."""
    zero, half = ({"mandiri": {RATIO: {"isian": counts, "bukti": [OLD]}}} for counts in (ZERO, HALF))
    assert scene(half, zero) == [(Reason.ZERO_DENOMINATOR, Tier.MANDIRI, RATIO, "4/8", "0/0", ())]
    assert scene(zero, half) == [(Reason.RAISED, Tier.MANDIRI, RATIO, "0/0", "4/8", ())]
    assert scene(zero, zero | {"survei": {"s": ("3.4", "")}}) == []


def place(value, unit="contoh/lain", year="2024", code=CODE, key="tautan"):
    """Return where a link or SHA-256 of evidence stands."""
    return Place(f"units/{unit}/{year}/mandiri.yaml", 1, 1, f"/jawaban/{code}/bukti/0/{key}", key, value)


def test_evidence_that_came_in_is_looked_for_elsewhere(scene):
    """By link or SHA-256; other units first, then other years, then other questions; its own place is none."""
    sha = "ab" * 32
    came = {**NEW, "sha256": sha}
    evidence = new_evidence(scene.changes(mandiri("A", OLD), mandiri("A", OLD, came)))
    assert [(one.title, one.use) for one in evidence] == [("Notula", Use(UNIT, "2025", CODE))]
    link = NEW["tautan"]
    places = [
        place(link, unit=UNIT, year="2025"),
        place(link, unit=UNIT, year="2025", code="A.I.1.i.a"),
        place(link, unit=UNIT, year="2024"),
        place(sha, key="sha256"),
        place(OLD["tautan"], unit="contoh/entah"),
        place(sha, unit="contoh/bukan"),  # a link that looks like it is another thing
    ]
    (found,) = reused(evidence, places)
    assert (found.reason, found.year, found.tier, found.code, found.title) == (
        Reason.REUSED, 2025, Tier.MANDIRI, CODE, "Notula",
    )  # fmt: skip
    assert found.uses == (
        Use("contoh/lain", "2024", CODE),
        Use(UNIT, "2024", CODE),
        Use(UNIT, "2025", "A.I.1.i.a"),
    )


def test_evidence_without_a_mark_cannot_be_looked_for(scene):
    """A title alone says nothing, and evidence that stayed did not come in."""
    titled = {"judul": "SK", "tautan": ""}
    assert new_evidence(scene.changes(mandiri("A"), mandiri("A", titled))) == ()
    assert new_evidence(scene.changes(mandiri("A", OLD), mandiri("B", OLD))) == ()


@pytest.mark.parametrize(
    ("judged", "again", "judges"),
    [
        ({"survei": "s"}, {"survei": "s"}, [(Reason.CHANGED_SINCE_JUDGED, "B.I.a")]),
        ({"survei": "s"}, {"survei": "t"}, []),
        ({"survei": "t"}, {"survei": "t"}, []),
    ],
)
def test_an_index_that_changes_below_a_judgement_is_an_edit_of_what_was_judged(scene, judged, again, judges):
    """TPI judged on survey s; who then edits the index of s edits TPI's answer. Not where TPI answers anew, or on t."""
    surveys = {"s": ("3.4", "https://a.example/1"), "t": ("3.5", "https://a.example/2")}
    before = {"tpi": {"B.I.a": judged}, "survei": surveys}
    after = {"tpi": {"B.I.a": again}, "survei": surveys | {"s": ("4", "https://a.example/1")}}
    looked = scene(before, after)
    assert [(reason, code) for reason, _, code, *_ in looked if reason is Reason.CHANGED_SINCE_JUDGED] == judges
    if judges:
        assert looked[0][1:] == (Tier.TPI, "B.I.a", "3.4", "4", (Tier.TPI,))
