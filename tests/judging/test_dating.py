"""Since when something stands, when it really changed, when it was last judged, and how its age is said."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging import changes
from generator.judging.dating import Dates, Question, age, dates
from generator.model.day import add_months
from generator.model.declared import Tier
from generator.model.document import Kind
from generator.model.history import Change, ChangeKind, Commit, Step, Version

UNIT = "contoh/kppn-satu"
CODE = "A.I.1.i.a"
SK = {"judul": "SK Tim", "tautan": "https://contoh.example/sk.pdf", "sha256": "a" * 64}
FOTO = {"judul": "Foto"}


def commit(position, moment):
    """Return the commit of main at this place, whatever its clock said."""
    return Commit(
        id=f"{position:040x}",
        position=position,
        author="Operator",
        email="",
        authored=moment,
        committed=moment,
        message="",
        parents=(),
        contributors=(),
        approvals=(),
    )


def steps(*versions):
    """Return the steps of (day or moment, tier, answer to the one question or None for no file)."""
    found, before = [], {}
    for position, (when, tier, answer) in enumerate(versions):
        moment = when if isinstance(when, datetime) else datetime(*map(int, when.split("-")), 3, tzinfo=UTC)
        after = None if answer is None else {"instrumen": "kecil", "tahun": 2025, "jawaban": {CODE: answer}}
        path = f"units/{UNIT}/2025/{tier}.yaml"
        old = before.get(path)
        found.append(
            Step(
                version=Version(commit=commit(position, moment), path=path, blob=None if after is None else "b" * 40),
                patch=changes.patch(old, after),
                changes=changes.compare(Kind(tier), old, after, unit=UNIT, year=2025, tier=Tier(tier)),
            )
        )
        before[path] = after
    return found


def of_answer(*versions, tier="mandiri"):
    """Return first, added, changed, judged of the answer as text."""
    found = dates(steps(*versions)).answers.get(Question(2025, Tier(tier), CODE))
    return found and [str(one) for one in (found.first, found.added, found.changed, found.judged)]


def of_evidence(*versions):
    """Return first, added, changed, judged of each piece of evidence as text."""
    found = dates(steps(*versions)).evidence.get(Question(2025, Tier.MANDIRI, CODE), ())
    return [[str(day) for day in (one.first, one.added, one.changed, one.judged)] for one in found]


def test_an_answer_that_never_changed():
    """It was added and changed on one day, and nobody has judged it."""
    assert of_answer(("2025-01-10", "mandiri", {"jawab": "B"})) == ["2025-01-10", "2025-01-10", "2025-01-10", "None"]


def test_what_is_not_the_answer_moves_no_date():
    """Notes, explanations, evidence and "belum" filled in beside it leave the answer's dates alone."""
    assert of_answer(
        ("2025-01-10", "mandiri", {"jawab": "B", "penjelasan": "a"}),
        ("2025-02-10", "mandiri", {"jawab": "B", "penjelasan": "salah ketik dibetulkan"}),
        ("2025-03-10", "mandiri", {"jawab": "B", "bukti": [SK]}),
    ) == ["2025-01-10", "2025-01-10", "2025-01-10", "None"]


def test_another_answer_is_a_real_change():
    """Only a commit that changes the answer counts, the last of them."""
    assert of_answer(
        ("2025-01-10", "mandiri", {"jawab": "B"}),
        ("2025-02-10", "mandiri", {"jawab": "A"}),
        ("2025-03-10", "mandiri", {"jawab": "A", "catatan": "x"}),
    ) == ["2025-01-10", "2025-01-10", "2025-02-10", "None"]


def test_belum_is_no_answer():
    """The question stands since it was answered, not since somebody wrote "not answered yet"."""
    belum = ("2025-01-10", "mandiri", {"jawab": "belum"})
    assert of_answer(belum) is None
    assert of_answer(belum, ("2025-02-01", "mandiri", {"jawab": "B"}))[1] == "2025-02-01"


@pytest.mark.parametrize("without", [{"jawab": "belum"}, {}, None])
def test_an_answer_taken_back_and_given_again_is_added_anew(without):
    """Its first day is kept as such."""
    assert of_answer(
        ("2025-01-10", "mandiri", {"jawab": "B"}),
        ("2025-02-10", "mandiri", without),
        ("2025-03-10", "mandiri", {"jawab": "B"}),
    ) == ["2025-01-10", "2025-03-10", "2025-03-10", "None"]


def test_an_assessor_s_word_is_the_last_judgement():
    """TPI's or TPN's answer and judgement of the evidence count, their notes do not; the latest stands."""
    versions = [
        ("2025-01-10", "mandiri", {"jawab": "B"}),
        ("2025-05-01", "tpi", {"jawab": "B"}),
        ("2025-05-20", "tpi", {"jawab": "B", "bukti": {"sah": "ya"}}),
        ("2025-06-01", "tpi", {"jawab": "B", "bukti": {"sah": "ya"}, "catatan": "ejaan"}),
    ]
    assert of_answer(*versions)[-1] == "2025-05-20"
    assert of_answer(*versions, tier="tpi") == ["2025-05-01", "2025-05-01", "2025-05-01", "2025-05-20"]
    versions.append(("2025-07-01", "tpn", {"jawab": "C"}))
    assert of_answer(*versions)[-1] == "2025-07-01"


def test_a_judgement_withdrawn_is_none():
    """Where no assessor's word stands any more, nobody has judged."""
    assert of_answer(
        ("2025-01-10", "mandiri", {"jawab": "B"}),
        ("2025-05-01", "tpi", {"jawab": "B"}),
        ("2025-06-01", "tpi", None),
    )[-1] == "None"  # fmt: skip


def test_evidence_keeps_its_dates_wherever_it_stands():
    """Another before it and a spelling fix move nothing; a new fingerprint is another document."""
    mended = {**SK, "judul": "SK Tim ZI"}
    versions = [
        ("2025-01-10", "mandiri", {"jawab": "B", "bukti": [SK]}),
        ("2025-02-10", "mandiri", {"jawab": "B", "bukti": [FOTO, mended]}),
    ]
    assert of_evidence(*versions) == [
        ["2025-02-10", "2025-02-10", "2025-02-10", "None"],
        ["2025-01-10", "2025-01-10", "2025-01-10", "None"],
    ]
    versions.append(("2025-03-10", "mandiri", {"jawab": "B", "bukti": [{**mended, "sha256": "b" * 64}]}))
    assert of_evidence(*versions) == [["2025-01-10", "2025-01-10", "2025-03-10", "None"]]


@pytest.mark.parametrize("beside", [{}, {"penjelasan": "x"}])
def test_evidence_that_changed_places_keeps_its_dates(beside):
    """It takes them along, though nothing is told of it, alone or beside something that is told."""
    versions = [
        ("2025-01-10", "mandiri", {"bukti": [SK]}),
        ("2025-02-10", "mandiri", {"bukti": [SK, FOTO]}),
        ("2025-03-10", "mandiri", {"bukti": [FOTO, SK], **beside}),
    ]
    foto, sk = ["2025-02-10", "2025-02-10", "2025-02-10", "None"], ["2025-01-10", "2025-01-10", "2025-01-10", "None"]
    assert of_evidence(*versions) == [foto, sk]
    assert of_evidence(*versions, ("2025-04-10", "mandiri", {"bukti": [FOTO]})) == [foto]


def test_evidence_put_in_again_is_added_anew():
    """And its first day is kept as such."""
    assert of_evidence(
        ("2025-01-10", "mandiri", {"bukti": [SK, FOTO]}),
        ("2025-02-10", "mandiri", {"bukti": [FOTO]}),
        ("2025-03-10", "mandiri", {"bukti": [FOTO, SK]}),
    ) == [
        ["2025-01-10", "2025-01-10", "2025-01-10", "None"],
        ["2025-01-10", "2025-03-10", "2025-03-10", "None"],
    ]


def test_a_judgement_is_of_the_evidence_that_was_there():
    """Evidence added after it has not been judged; evidence replaced after it was, before it changed."""
    assert of_evidence(
        ("2025-01-10", "mandiri", {"bukti": [SK]}),
        ("2025-05-01", "tpi", {"jawab": "B", "bukti": {"sah": "ya"}}),
        ("2025-06-01", "mandiri", {"bukti": [{**SK, "sha256": "b" * 64}, FOTO]}),
    ) == [
        ["2025-01-10", "2025-01-10", "2025-06-01", "2025-05-01"],
        ["2025-06-01", "2025-06-01", "2025-06-01", "None"],
    ]


def test_the_day_is_jakarta_s():
    """17.00 UTC is midnight in Jakarta."""
    late = datetime(2025, 1, 31, 17, tzinfo=UTC)
    assert of_answer((late, "mandiri", {"jawab": "B"}))[1] == "2025-02-01"


def test_order_is_the_place_on_main_not_the_clock():
    """A commit dated before its parent is later all the same."""
    assert of_answer(
        ("2025-06-10", "mandiri", {"jawab": "B"}),
        ("1970-01-01", "mandiri", {"jawab": "A"}),
    ) == ["2025-06-10", "2025-06-10", "1970-01-01", "None"]  # fmt: skip


def test_a_version_nobody_can_read_moves_nothing():
    """It has no operations, so what stood before stands."""
    first, second = steps(("2025-01-10", "mandiri", {"jawab": "B"}), ("2025-02-10", "mandiri", {"jawab": "A"}))
    unreadable = Change(
        kind=ChangeKind.UNREADABLE, unit=UNIT, year=2025, tier=Tier.MANDIRI, code="", field="", before=None, after=None
    )
    broken = Step(version=second.version, patch=(), changes=(unreadable,))
    assert dates([first, broken]) == dates([first])


@pytest.mark.parametrize(
    ("day", "today", "said"),
    [
        ("2026-06-30", "2026-06-30", "hari ini"),
        ("2026-06-29", "2026-06-30", "1 hari lalu"),
        ("2026-05-31", "2026-06-30", "1 bulan lalu"),  # 31 May + 1 month is 30 June
        ("2026-05-30", "2026-06-29", "30 hari lalu"),
        ("2026-03-30", "2026-06-30", "3 bulan lalu"),
        ("2026-03-31", "2026-06-29", "2 bulan lalu"),
        ("2025-06-30", "2026-06-30", "1 tahun lalu"),
        ("2025-07-01", "2026-06-30", "11 bulan lalu"),
        ("2024-05-30", "2026-06-30", "2 tahun 1 bulan lalu"),
        ("2024-02-29", "2025-02-28", "1 tahun lalu"),  # the leap day's year ends on 28 February
        ("2099-01-01", "2026-06-30", "bertanggal sesudah hari ini"),
    ],
)
def test_age_in_words(day, today, said):
    """Days up to a month, then whole months, then years and months."""
    assert age(date.fromisoformat(day), date.fromisoformat(today)) == said


@settings(derandomize=True, deadline=None)
@given(st.dates(date(1970, 1, 1), date(2100, 1, 1)), st.integers(1, 1000))
def test_an_age_is_whole_months(day, months):
    """On the day `months` later it is exactly that many, and on the day before it is one less."""
    years, rest = divmod(months, 12)
    said = " ".join(f"{number} {name}" for number, name in ((years, "tahun"), (rest, "bulan")) if number)
    end = add_months(day, months)
    assert age(day, end) == f"{said} lalu"
    assert age(day, date.fromordinal(end.toordinal() - 1)) != f"{said} lalu"


def test_dates_are_what_is_promised():
    """The four days of an answer, by name."""
    found = dates(steps(("2025-01-10", "mandiri", {"jawab": "B"}))).answers[Question(2025, Tier.MANDIRI, CODE)]
    day = date(2025, 1, 10)
    assert found == Dates(first=day, added=day, changed=day, judged=None)
