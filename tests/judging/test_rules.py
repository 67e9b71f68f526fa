"""What the rules say, beside where they point (the cases under tests/cases/invalid hold the places)."""

import time
from datetime import date
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging.rules import Folder, timeless
from generator.judging.rules.dated import recycled, reuses, untimely
from generator.judging.rules.forms import Form, Question, Ratio
from generator.judging.rules.links import why_unsafe
from generator.judging.rules.places import Place, day_of, places
from generator.model.document import Document, Kind, Mark
from generator.model.finding import Level

RATIO = Ratio(kind="rasio", above="selesai", below=("wajib",), zero_value="1", zero_reason="Tidak ada yang wajib.")
FALL = Ratio(kind="penurunan", above="kini", below=("lalu",), zero_value="0", zero_reason="Naik dari nol.")


def question(code, choices=(), counts=(), ratio=None, survey=""):
    """Return a question with one way to answer it; all its counts are part of the ratio."""
    return Question(code, choices, dict.fromkeys(counts, False), ratio, survey)


QUESTIONS = (
    question("A.I.1.i.a", choices=("Ya", "Tidak")),
    question("A.I.1.i.b", choices=("A", "B", "C")),
    question("A.II.1.i.a", counts=("wajib", "selesai"), ratio=RATIO),
    question("A.II.3.i.a", counts=("lalu", "kini"), ratio=FALL),
    question("B.I.a", survey="IPAK"),
)


class OneForm:
    """Norms with one small instrument."""

    instrument_ids = ("kecil",)
    barred_months = 24

    def form(self, instrument_id):
        """Return it under its id."""
        questions = {one.code: one for one in QUESTIONS}
        return Form("kecil", questions, frozenset()) if instrument_id == "kecil" else None


def document(data, kind=Kind.MANDIRI, path="units/a/b/2025/mandiri.yaml"):
    """Return a document without marks: the rules under test here are not about places."""
    return Document(path=path, kind=kind, data=data, marks=Mark(1, 1))


def found(answers):
    """Return what the rules find in a sheet with these answers."""
    sheet = document({"instrumen": "kecil", "tahun": 2025, "jawaban": answers})
    return timeless(Folder(year=2025, documents={Kind.MANDIRI: sheet}), OneForm())[0]


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        ("ya", "Tulis Ya, persis begitu: huruf besar dan kecil dibedakan."),
        (" YA ", "Tulis Ya, persis begitu: huruf besar dan kecil dibedakan."),
        ("-", "Bila belum dijawab tulis jawab: belum; bila sudah, pilih salah satu: Ya, Tidak."),
        ("", "Bila belum dijawab tulis jawab: belum; bila sudah, pilih salah satu: Ya, Tidak."),
        ("A", "Pilih salah satu: Ya, Tidak; atau belum bila belum dijawab."),
    ],
)
def test_an_answer_outside_the_scale_is_told_the_choices(answer, hint):
    """The remedy names the allowed answers, the right case, or how to say "not answered yet"."""
    (finding,) = found({"A.I.1.i.a": {"jawab": answer}})
    assert finding.code == "jawaban-di-luar-skala"
    assert finding.hint == hint


@pytest.mark.parametrize(
    ("code", "nearest"),
    [
        ("A.I.1.i.c", "A.I.1.i.a"),
        ("a.i.1.i.b", "A.I.1.i.b"),
        ("AI1ib", "A.I.1.i.b"),
        ("A.II.1.i", "A.II.1.i.a"),
        ("A.III.1.i.a", "A.II.1.i.a"),
    ],
)
def test_an_unknown_code_is_told_the_nearest(code, nearest):
    """The remedy of an unknown code is the known code that begins most like it."""
    (finding,) = found({code: {"jawab": "Ya"}})
    assert finding.code == "kode-tidak-dikenal"
    assert finding.hint == f"Ganti dengan {nearest} bila itu maksudnya."


def test_a_code_like_no_other_is_told_where_to_look():
    """Where nothing is near, no code is guessed."""
    (finding,) = found({"zzz": {"jawab": "Ya"}})
    assert "Ganti dengan" not in finding.hint


def test_thousands_of_unknown_codes_cost_no_time():
    """A hostile sheet of 6,000 unknown codes is judged in well under the five seconds a file may take."""
    start = time.process_time()
    assert len(found({f"A.I.1.i.x{number}": {} for number in range(6000)})) == 6000
    assert time.process_time() - start < 5


def test_a_zero_denominator_is_told_the_decision_and_its_reason():
    """The message says what value the registry gives, that it is its own decision, and why."""
    (finding,) = found({"A.II.1.i.a": {"isian": {"wajib": 0, "selesai": 0}}})
    assert finding.level is Level.WARNING
    assert "registri memberi nilai 1 (keputusan registri sendiri: Tidak ada yang wajib)" in finding.message


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        (0, 0, []),  # the official worksheet decides this one: 1
        (0, 2, ["penyebut-nol"]),
        (2, 5, []),  # a rise is no part above its whole
    ],
)
def test_a_fall_from_zero(before, after, codes):
    """Of a "penurunan" only a rise from zero has no official value."""
    assert [finding.code for finding in found({"A.II.3.i.a": {"isian": {"lalu": before, "kini": after}}})] == codes


def test_a_part_of_nothing_is_both_above_its_whole_and_over_zero():
    """Three of zero breaks two rules, and both are said."""
    codes = [finding.code for finding in found({"A.II.1.i.a": {"isian": {"wajib": 0, "selesai": 3}}})]
    assert codes == ["pembilang-melebihi-penyebut", "penyebut-nol"]


def test_a_negative_count_makes_no_ratio():
    """A count below zero is named once, not also as part of a ratio."""
    codes = [finding.code for finding in found({"A.II.1.i.a": {"isian": {"wajib": -3, "selesai": 2}}})]
    assert codes == ["isian-negatif"]


def test_hostile_text_is_shown_escaped_and_cut():
    """What a stranger wrote reaches the message without control characters and at most 60 characters long."""
    (finding,) = found({"A.I.1.i.a": {"jawab": "\x1b[31m\u202e" + "x" * 5000}})
    assert finding.message.isprintable()
    assert "\\u001b[31m\\u202e" in finding.message
    assert len(finding.message) < 200


@pytest.mark.parametrize("unusable", [{Kind.MANDIRI}, set()])
def test_a_file_that_cannot_be_read_brings_no_second_finding(unusable):
    """Where mandiri.yaml is there but unusable, nobody is told that its answers are missing."""
    sheet = document(
        {"instrumen": "kecil", "tahun": 2025, "jawaban": {"A.I.1.i.a": {"bukti": {"sah": "ya"}}}},
        Kind.TPI,
        "units/a/b/2025/tpi.yaml",
    )
    folder = Folder(year=2025, documents={Kind.TPI: sheet}, unusable=unusable)
    codes = [finding.code for finding in timeless(folder, OneForm())[0]]
    assert codes == ([] if unusable else ["penilaian-tanpa-jawaban"])


def test_an_answer_the_schema_pruned_counts_as_answered():
    """A faulty answer of the unit is gone from the data but not unanswered: its own fault is named, no second one."""
    marks = Mark(1, 1, {"jawaban": Mark(3, 1, {"A.I.1.i.a": Mark(4, 3)})})
    mandiri = Document(
        path="units/a/b/2025/mandiri.yaml",
        kind=Kind.MANDIRI,
        data={"instrumen": "kecil", "tahun": 2025, "jawaban": {}},
        marks=marks,
    )
    sheet = document(
        {"instrumen": "kecil", "tahun": 2025, "jawaban": {"A.I.1.i.a": {"jawab": "Ya"}}},
        Kind.TPI,
        "units/a/b/2025/tpi.yaml",
    )
    folder = Folder(year=2025, documents={Kind.MANDIRI: mandiri, Kind.TPI: sheet})
    assert timeless(folder, OneForm())[0] == ()


@pytest.mark.parametrize(
    "link",
    [
        "https://contoh.example",
        "https://contoh.example/SK%20Tim.pdf?v=2#hal-3",
        "https://contoh.example:8443/a",
        "https://contoh.example/dokumen/Ringkasan–2025.pdf",  # a browser encodes what stands after the host
        "HTTPS://Contoh.Example/a",
    ],
)
def test_links_that_are_safe(link):
    """Plain https with an ASCII host is safe, whatever follows the host."""
    assert why_unsafe(link) == ""


@pytest.mark.parametrize(
    "link",
    [
        "",
        "contoh.example/sk.pdf",
        "//contoh.example/sk.pdf",
        "http://contoh.example/",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "https:contoh.example",
        "https:///sk.pdf",
        "https://",
        "https://?q",
        "https://pengguna@contoh.example/",
        "https://pengguna:sandi@contoh.example/",
        "https://contoh.example\\@jahat.example/",
        "https:\\\\contoh.example",
        "https://contoh.example/\\..",
        "https://cont\u043eh.example/",  # Cyrillic o
        "https://contoh.example\u202e/",
        "https://contoh.example/a\u200bb",
        "https://contoh.example/a b",
        " https://contoh.example/",
        "https://contoh.example/a\tb",
        "https://contoh.example:99999/",
        "https://contoh.example:x/",
        "https://[::1/",
        "https://-/",
        "file:///etc/passwd",
    ],
)
def test_links_that_are_not_safe(link):
    """Anything else is refused with a reason."""
    assert why_unsafe(link)


@settings(derandomize=True, deadline=None)
@given(st.text())
def test_no_text_breaks_the_link_rule(text):
    """Whatever a stranger writes as a link is safe or has a reason; nothing raises."""
    assert not why_unsafe(text) or why_unsafe(text).isprintable()


@settings(derandomize=True, deadline=None, max_examples=1000)
@given(st.text(st.sampled_from("htps:/\\@.?#[]ab-8 \tо%"), max_size=20).map("https://{}".format))
def test_a_safe_link_is_safe_to_the_standard_library_too(link):
    """What the rule lets pass, urlsplit reads as https to an ASCII host without user info."""
    if not why_unsafe(link):
        parts = urlsplit(link)
        assert (parts.scheme, parts.username, parts.password) == ("https", None, None)
        assert parts.hostname
        assert parts.hostname.isascii()


@pytest.mark.parametrize("text", ["2025-02-30", "2025-W01-1", "20250101", "2025-1-1", "0000-01-01", "", 2025, None])
def test_what_is_no_day_is_passed_by(text):
    """A date that is none is the schema's finding; the rules pass it by."""
    assert day_of(text) is None


def evidence(unit, year, code, fingerprint="0" * 64):
    """Return the place of a fingerprint in a unit's own sheet."""
    return Place(f"units/{unit}/{year}/mandiri.yaml", 7, 9, f"/jawaban/{code}/bukti/0/sha256", "sha256", fingerprint)


def test_recycled_evidence_names_the_other_places():
    """Each place names the others in order, never itself, and no more than three of them."""
    found_at = {
        finding.path: finding.message
        for finding in recycled(
            [evidence("a/b", year, "A.I.1.i.a") for year in (2025, 2021, 2022, 2024, 2023)],
        )
    }
    assert (
        "a/b 2021 A.I.1.i.a, a/b 2022 A.I.1.i.a, a/b 2023 A.I.1.i.a, dan 1 lagi"
        in found_at["units/a/b/2025/mandiri.yaml"]
    )
    assert "a/b 2022 A.I.1.i.a, a/b 2023" in found_at["units/a/b/2021/mandiri.yaml"]


def test_other_units_are_named_first():
    """A reader looks for another unit's document first; a unit's own years follow, in order."""
    where = [("b/b", 2025), ("b/b", 2024), ("c/c", 2020), ("a/a", 2026), ("b/b", 2023)]
    found = {reuse.own[:2]: reuse for reuse in reuses([evidence(unit, year, "B.I.b") for unit, year in where])}
    assert [str(use) for use in found["b/b", "2024"].others] == ["a/a 2026 B.I.b", "c/c 2020 B.I.b", "b/b 2023 B.I.b"]
    assert found["b/b", "2024"].more == 1
    assert [str(use) for use in found["c/c", "2020"].others] == ["a/a 2026 B.I.b", "b/b 2023 B.I.b", "b/b 2024 B.I.b"]
    assert [str(use) for use in found["a/a", "2026"].others] == ["b/b 2023 B.I.b", "b/b 2024 B.I.b", "b/b 2025 B.I.b"]


def test_evidence_used_twice_for_one_question_is_no_recycling():
    """The same fingerprint twice under one question of one year is one use."""
    assert list(recycled([evidence("a/b", 2025, "B.I.b"), evidence("a/b", 2025, "B.I.b")])) == []


def test_places_are_found_wherever_they_stand():
    """Dates, links and fingerprints are found at any depth, with RFC 6901 pointers; other keys are not."""
    data = {"tanggal": "2025-01-01", "a/b": [{"sumber": {"tautan": "x"}, "judul": "y"}], "tahun": 2025}
    assert [(place.pointer, place.value) for place in places(document(data))] == [
        ("/tanggal", "2025-01-01"),
        ("/a~1b/0/sumber/tautan", "x"),
    ]


@pytest.mark.parametrize(
    ("key", "value", "codes"),
    [
        ("tanggal", "2026-06-30", []),
        ("tanggal", "2026-07-01", ["tanggal-di-masa-depan"]),
        ("tanggal", "kemarin", []),
        ("berlaku_sampai", "2026-06-30", []),
        ("berlaku_sampai", "2026-06-29", ["bukti-kedaluwarsa"]),
        ("berlaku_sampai", "2099-01-01", []),
        ("triwulan", "2026-Q2", []),
        ("triwulan", "2026-Q3", ["tanggal-di-masa-depan"]),
        ("sha256", "2099-01-01", []),
    ],
)
def test_today_is_still_in_time(key, value, codes):
    """What happened today is past; what is valid through today still is; a quarter ends with its last day."""
    place = Place("units/a/b/unit.yaml", 1, 1, f"/{key}", key, value)
    assert [finding.code for finding in untimely(place, date(2026, 6, 30))] == codes
