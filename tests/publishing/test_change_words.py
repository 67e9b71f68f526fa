"""What a change is called: hand-made changes and the words a reader gets."""

import re

import pytest

from generator.cli.change_text import phrase
from generator.model.declared import Tier
from generator.model.history import Change, ChangeKind
from generator.publishing.change_words import GROUP_OF, GROUPS, briefly, count, together, words


def change(kind, field, before, after, code="A.I.1.i.a"):
    """A change of one answer of TPI in 2025."""
    return Change(kind=kind, unit="a/b", year=2025, tier=Tier.TPI, code=code, field=field, before=before, after=after)


@pytest.mark.parametrize(
    ("kind", "field", "before", "after", "expected"),
    [
        ("jawaban-berubah", "jawab", "B", "A", "jawaban B → A"),
        ("jawaban-berubah", "jawab", "B", None, "jawaban ditarik: B"),
        ("jawaban-berubah", "jawab", "B", "belum", "jawaban ditarik: B"),
        ("jawaban-berubah", "jawab", None, "belum", "belum dijawab"),
        ("jawaban-berubah", "jawab", "belum", None, "belum dijawab"),
        ("dijawab", "jawab", "belum", "Ya", "dijawab: Ya"),
        ("catatan-berubah", "bukti", None, [], "bukti masih kosong"),
        ("dijawab", "jawab", None, "Ya", "dijawab: Ya"),
        ("dijawab", "isian", None, {"masuk": 4, "selesai": 3}, "dijawab: masuk: 4, selesai: 3"),
        (
            "jawaban-berubah",
            "isian",
            {"masuk": 4, "selesai": 3},
            {"masuk": 4, "selesai": 4},
            "selesai <q>3</q> → <q>4</q>",
        ),
        ("bukti-ditambah", "bukti", None, {"judul": "<b>SK</b>"}, "bukti ditambah: <q>&lt;b&gt;SK&lt;/b&gt;</q>"),
        ("bukti-dihapus", "bukti", {"berkas": "sk.pdf"}, None, "bukti dihapus: <q>sk.pdf</q>"),
        ("bukti-diganti", "bukti", {"judul": "SK"}, {"judul": "SK"}, "bukti diganti, judulnya tetap: <q>SK</q>"),
        ("bukti-diganti", "bukti", {"judul": "SK"}, {"judul": "ST"}, "bukti diganti: <q>SK</q> → <q>ST</q>"),
        ("penilaian-berubah", "lengkap", "tidak", "ya", "bukti lengkap: tidak → ya"),
        ("penilaian-berubah", "sah", None, "ya", "bukti sah: belum dinilai → ya"),
        ("catatan-berubah", "bukti.tautan", "https://a.example", "https://b.example", "tautan bukti diubah"),
        ("lembar-berubah", "menilai", "sha256:12", "sha256:34", "sidik jawaban diubah"),
        ("lembar-berubah", "menilai", None, "sha256:34", "sidik jawaban ditambah"),
        ("catatan-berubah", "catatan", "x" * 161, None, f"catatan dihapus: <q>{'x' * 160}…</q>"),
        (
            "unit-pindah",
            "berkas",
            "units/a/b/unit.yaml",
            "units/a/c/unit.yaml",
            "unit pindah dari <q>a/b</q> ke <q>a/c</q>",
        ),
    ],
)
def test_words(kind, field, before, after, expected):
    """Exact words; a stranger's text is escaped, and cut at 160 characters."""
    assert words(change(ChangeKind(kind), field, before, after)) == expected


OPEN = {"uraian": "Latih petugas", "batas": "2026-06-30"}
WIDER = {"uraian": "<b>Umumkan</b>", "batas": "2026-06-30"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([OPEN], [{**OPEN, "selesai": "2026-06-12"}], "<q>Latih petugas</q>: selesai diisi: <q>12 Juni 2026</q>"),
        (
            [OPEN],
            [{**OPEN, "batas": "2026-07-31"}],
            "<q>Latih petugas</q>: batas <q>30 Juni 2026</q> → <q>31 Juli 2026</q>",
        ),
        ([OPEN], [OPEN, WIDER], "<q>&lt;b&gt;Umumkan&lt;/b&gt;</q> ditambah"),
        ([OPEN, WIDER], [OPEN], "<q>&lt;b&gt;Umumkan&lt;/b&gt;</q> dihapus"),
        (
            None,
            [OPEN, WIDER],
            "<q>Latih petugas</q> ditambah, tindak lanjut <q>&lt;b&gt;Umumkan&lt;/b&gt;</q> ditambah",
        ),
    ],
)
def test_follow_ups_are_told_one_by_one(before, after, expected):
    """Not the whole list before and after."""
    told = words(change(ChangeKind.MONITORING, "tindak_lanjut", before, after, code="2026-01-05"))
    assert told == f"laporan pemantauan 2026-01-05: tindak lanjut {expected}"


def test_a_blank_form_is_not_told_as_answers_or_reports():
    """What `zi new` writes says nothing yet: no answer, no survey, no report, no event; and is counted as that."""
    form = [
        change(ChangeKind.ANSWER_CHANGED, "jawab", None, "belum"),
        change(ChangeKind.SURVEY_CHANGED, "survei", None, [], code=""),
        change(ChangeKind.MONITORING, "pemantauan", None, [], code=""),
        change(ChangeKind.PREDICATE_EVENT, "peristiwa", None, [], code=""),
    ]
    named = change(ChangeKind.PROFILE_CHANGED, "nama", None, "KPPN Contoh Satu", code="")
    assert [words(one) for one in form] == [
        "belum dijawab",
        "survei masih kosong",
        "pemantauan masih kosong",
        "peristiwa masih kosong",
    ]
    assert count([*form, named]) == "1 data unit, 4 isian kosong"


def test_a_move_is_counted_once_however_many_files_moved():
    """The files, and the line in unit.yaml that names the old id, are one happening."""
    moved = [
        change(ChangeKind.UNIT_MOVED, "berkas", f"units/a/b/{name}", f"units/a/c/{name}", code="")
        for name in ("2025/mandiri.yaml", "2025/tpi.yaml", "unit.yaml")
    ]
    assert count([*moved, change(ChangeKind.UNIT_MOVED, "asal", None, "a/b", code="")]) == "1 perpindahan"


@pytest.mark.parametrize("odd", [[OPEN, OPEN], [{"batas": "2026-06-30"}], ["x"], "x", [WIDER, OPEN]])
def test_follow_ups_that_cannot_be_told_apart_are_told_whole(odd):
    """Two of one name, none, another shape, or another order alone: something is said all the same."""
    told = words(change(ChangeKind.MONITORING, "tindak_lanjut", [OPEN, WIDER], odd, code="2026-01-05"))
    assert told.startswith("laporan pemantauan 2026-01-05: tindak lanjut")


@pytest.mark.parametrize(
    ("kind", "code", "item", "expected"),
    [
        (
            ChangeKind.REPLY,
            "2026-02-01",
            {"tanggal": "2026-02-01", "oleh": "Kepala kantor", "isi": "Sudah <b>diperbaiki</b>"},
            "tanggapan 2026-02-01 dicatat: Kepala kantor, Sudah &lt;b&gt;diperbaiki&lt;/b&gt;",
        ),
        (ChangeKind.CASE, "suap 2026-03", {"keadaan": "diperiksa"}, "kasus suap 2026-03 dicatat: diperiksa"),
    ],
)
def test_replies_and_cases(kind, code, item, expected):
    """A reply with who gave it; a case with how far it is established."""
    assert words(change(kind, "", None, item, code=code)) == expected


JUDGED = [
    change(ChangeKind.JUDGEMENT_CHANGED, "lengkap", None, "ya"),
    change(ChangeKind.JUDGEMENT_CHANGED, "relevan", None, "ya"),
    change(ChangeKind.JUDGEMENT_CHANGED, "sah", "ya", "tidak"),
]
FILLED = [
    change(ChangeKind.ANSWERED, "jawab", None, "Ya"),
    change(ChangeKind.EVIDENCE_ADDED, "bukti", None, {"judul": "SK"}),
    change(ChangeKind.EVIDENCE_ADDED, "bukti", None, {"judul": "ST"}),
    change(ChangeKind.NOTE_CHANGED, "penjelasan", None, "Panjang sekali"),
]


def test_the_same_judgement_of_several_things_is_said_once():
    """Complete and relevant came together; valid went another way."""
    assert together(JUDGED) == "bukti lengkap, relevan: belum dinilai → ya; bukti sah: ya → tidak"
    assert together([JUDGED[0], JUDGED[2], JUDGED[1]]) == together(JUDGED)
    assert briefly(JUDGED) == "bukti lengkap, relevan: ya; bukti sah: ya → tidak"


def test_a_whole_judgement_keeps_its_words():
    """An assessor who gave all at once, or something that is no yes and no no."""
    whole = change(ChangeKind.JUDGEMENT_CHANGED, "bukti", None, {"sah": "ya"})
    assert together([whole, whole]) == briefly([whole]) == "penilaian bukti diberikan: sah: ya"


def test_the_same_words_are_said_once():
    """Ten files that moved with their unit are one move."""
    moved = change(ChangeKind.UNIT_MOVED, "asal", None, "a/b")
    assert together([moved, moved]) == words(moved)


def test_text_that_came_in_is_named_and_not_repeated():
    """It stands on the page of its year. What went, and what changed, is told in full: it stands nowhere else."""
    assert briefly(FILLED) == "dijawab: Ya; +2 bukti; penjelasan diisi"
    gone = [
        change(ChangeKind.EVIDENCE_REMOVED, "bukti", {"judul": "SK"}, None),
        change(ChangeKind.NOTE_CHANGED, "penjelasan", "Lama", None),
        change(ChangeKind.NOTE_CHANGED, "catatan", "Lama", "Baru"),
    ]
    assert briefly(gone) == together(gone)


@pytest.mark.parametrize("kind", ChangeKind)
@pytest.mark.parametrize("field", ["", "x", "bukti", "jawab", "berkas", "urutan"])
@pytest.mark.parametrize("value", [None, "<i>", 7, True, ["<i>", {}], {"judul": ["<i>"], "jenis": {"<i>": "<i>"}}])
def test_no_shape_of_data_breaks_the_words(kind, field, value):
    """Old versions hold anything a file can hold: there are words for it, without a tag of the file's."""
    for before, after in ((None, value), (value, None), (value, "<i>")):
        one = change(kind, field, before, after, code="<i>")
        assert not [said for said in (words(one), together([one, one]), briefly([one, one])) if "<i>" in said]


@pytest.mark.parametrize("one", [*JUDGED, *FILLED, change(ChangeKind.SHEET_CHANGED, "tahun", None, "2025")])
def test_a_terminal_says_what_a_page_says(one):
    """There is one wording; only quotes and escapes differ."""
    assert phrase(one, str) == re.sub("<[^>]*>", "", words(one))


def test_every_kind_can_be_filtered():
    """No kind is forgotten, and no choice is empty."""
    assert set(GROUP_OF) == set(ChangeKind)
    assert set(GROUP_OF.values()) == set(GROUPS)
