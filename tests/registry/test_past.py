"""The past of a unit: every version of its files told, across moves, with and without the cache."""

import sqlite3
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import registry
from generator.judging import changes
from generator.judging.dating import Question, dates
from generator.model.declared import Tier
from generator.reading.blobs import open_tree
from generator.reading.cache import Cache
from generator.reading.history import open_past
from generator.reading.paths import locate
from generator.reading.strict_yaml import Refused, load
from generator.registry.past import Chronicle, scores_over_time, timeline

UNIT = "contoh/kppn-satu"
MANDIRI = f"units/{UNIT}/2025/mandiri.yaml"
TPI = f"units/{UNIT}/2025/tpi.yaml"
PROFILE = f"units/{UNIT}/unit.yaml"
INSTRUMENT = "permenpanrb-90-2021"
CATALOGUE = registry.load_catalogue()


def sheet(**answers):
    """Return a sheet of 2025; underscores in codes stand for dots."""
    rows = {
        code.replace("_", "."): {"jawab": said} if isinstance(said, str) else said for code, said in answers.items()
    }
    return {"instrumen": INSTRUMENT, "tahun": 2025, "jawaban": rows}


def past_of(repository, unit=UNIT, cache=None):
    """Return the unit's steps."""
    with open_past(repository.root, cache=cache) as past:
        return timeline(unit, past, CATALOGUE, cache)


def told(steps):
    """Return the steps as (path below units/, [(kind, code, before, after)])."""
    return [
        (
            step.version.path.removeprefix("units/"),
            [(one.kind.value, one.code or one.field, one.before, one.after) for one in step.changes],
        )
        for step in steps
    ]


def test_versions_are_told_in_the_order_main_took_them(repository):
    """Files of one commit by path; what each did, and nothing of another unit."""
    repository.commit(
        {PROFILE: {"nama": "KPPN"}, MANDIRI: sheet(A_1="B"), "units/contoh/lain/unit.yaml": {"nama": "L"}}
    )
    repository.commit({TPI: sheet(A_1="C")})
    repository.commit({MANDIRI: sheet(A_1="A")})
    assert told(past_of(repository))[1:] == [
        ("contoh/kppn-satu/unit.yaml", [("data-unit-berubah", "nama", None, "KPPN")]),
        (
            "contoh/kppn-satu/2025/tpi.yaml",
            [
                ("lembar-berubah", "instrumen", None, INSTRUMENT),
                ("dijawab", "A.1", None, "C"),
                ("lembar-berubah", "tahun", None, 2025),
            ],
        ),
        ("contoh/kppn-satu/2025/mandiri.yaml", [("jawaban-berubah", "A.1", "B", "A")]),
    ]


def test_another_hand_is_no_change(repository):
    """Key order, quotes, comments and line ends leave an empty patch; the next change is told against the same data."""
    repository.commit({MANDIRI: sheet(A_1="B", A_2="B")})
    by_hand = (
        "# tangan\r\njawaban:\r\n    'A.2': {jawab: 'B'}\r\n    A.1: {jawab: B}\r\n"
        f"tahun: 2025\r\ninstrumen: {INSTRUMENT}\r\n"
    )
    repository.commit({MANDIRI: by_hand})
    repository.commit({MANDIRI: sheet(A_1="B", A_2="A")})
    assert [bool(step.patch) for step in past_of(repository)] == [True, False, True]
    assert told(past_of(repository))[1:] == [
        ("contoh/kppn-satu/2025/mandiri.yaml", []),
        ("contoh/kppn-satu/2025/mandiri.yaml", [("jawaban-berubah", "A.2", "B", "A")]),
    ]


def test_evidence_that_changed_places_is_no_change(repository):
    """The document is another, so there is a patch; nothing is told and no date moves."""
    sk, foto = {"judul": "SK"}, {"judul": "Foto"}
    repository.commit({MANDIRI: sheet(A_1={"jawab": "B", "bukti": [sk, foto]})})
    before = dates(past_of(repository))
    repository.commit({MANDIRI: sheet(A_1={"jawab": "B", "bukti": [foto, sk]})})
    steps = past_of(repository)
    assert [bool(step.patch) for step in steps] == [True, True]
    assert told(steps)[1:] == [("contoh/kppn-satu/2025/mandiri.yaml", [])]
    assert dates(steps) == before


def test_a_version_nobody_can_read_is_stepped_over(repository):
    """It is told as such, and the next readable version is compared with the last readable one."""
    repository.commit({MANDIRI: sheet(A_1="B")})
    repository.commit({MANDIRI: "jawaban: [\n"})
    repository.commit({MANDIRI: sheet(A_1="A")})
    steps = past_of(repository)
    assert steps[1].patch == ()
    assert told(steps)[1:] == [
        ("contoh/kppn-satu/2025/mandiri.yaml", [("tidak-terbaca", "", None, None)]),
        ("contoh/kppn-satu/2025/mandiri.yaml", [("jawaban-berubah", "A.1", "B", "A")]),
    ]


def test_a_file_removed_and_restored(repository):
    """Its going and its coming back are told whole."""
    repository.commit({TPI: sheet(A_1="B"), PROFILE: {"nama": "K"}})
    repository.commit({TPI: None})
    repository.commit({TPI: sheet(A_1="B")})
    gone, back = past_of(repository)[2:]
    assert gone.patch == ({"op": "remove", "path": ""},)
    assert ("jawaban-berubah", "A.1", "B", None) in told([gone])[0][1]
    assert ("dijawab", "A.1", None, "B") in told([back])[0][1]


def move(repository, old, new, asal, edit=None):
    """Move a unit's folder, say so in unit.yaml, and commit."""
    target = repository.root / "units" / new
    target.parent.mkdir(exist_ok=True)
    (repository.root / "units" / old).rename(target)
    files = {f"units/{new}/unit.yaml": {"nama": "KPPN", "asal": asal}, **(edit or {})}
    return repository.commit(files, "Pindah")


def test_a_unit_that_moved_keeps_its_past(repository):
    """Its files are the same files: what moved is told as moved, what was edited on the way as edited, no more."""
    repository.commit({PROFILE: {"nama": "KPPN"}, MANDIRI: sheet(A_1="B", A_2="B"), TPI: sheet(A_1="C")})
    new = "lain/kppn-baru"
    edit = {f"units/{new}/2025/mandiri.yaml": sheet(A_1="A", A_2="B")}
    move(repository, UNIT, new, UNIT, edit)
    repository.commit({f"units/{new}/2025/mandiri.yaml": sheet(A_1="A", A_2="A")})
    steps = past_of(repository, new)
    moved = [("unit-pindah", "berkas", f"units/{UNIT}/{name}", f"units/{new}/{name}") for name in
             ("2025/mandiri.yaml", "2025/tpi.yaml", "unit.yaml")]  # fmt: skip
    assert told(steps)[3:] == [
        ("contoh/kppn-satu/2025/mandiri.yaml", [moved[0]]),
        ("contoh/kppn-satu/2025/tpi.yaml", [moved[1]]),
        ("contoh/kppn-satu/unit.yaml", [moved[2]]),
        ("lain/kppn-baru/2025/mandiri.yaml", [moved[0], ("jawaban-berubah", "A.1", "B", "A")]),
        ("lain/kppn-baru/2025/tpi.yaml", [moved[1]]),
        ("lain/kppn-baru/unit.yaml", [moved[2], ("unit-pindah", "asal", None, UNIT)]),
        ("lain/kppn-baru/2025/mandiri.yaml", [("jawaban-berubah", "A.2", "B", "A")]),
    ]
    # the patches are of the paths themselves: each file can be had again from its own
    assert [step.patch[0]["op"] for step in steps[3:9]] == ["remove"] * 3 + ["add"] * 3
    with open_past(repository.root) as past:
        chronicle = Chronicle(past, CATALOGUE)
        assert chronicle.find(UNIT) == new
        assert chronicle.old_ids(new) == (UNIT,)
        assert chronicle.units == (new,)


def test_a_move_moves_no_date(repository):
    """An answer stands since it was given, wherever the unit was then."""
    repository.commit({PROFILE: {"nama": "KPPN"}, MANDIRI: sheet(A_1={"jawab": "B", "bukti": [{"judul": "SK"}]})})
    move(repository, UNIT, "lain/kppn-baru", [UNIT])
    found = dates(past_of(repository, "lain/kppn-baru"))
    question = Question(2025, Tier.MANDIRI, "A.1")
    assert found.answers[question].added == found.evidence[question][0].added == date(2025, 1, 2)


def come_back(repository, steps):
    """Return what was told of an answer, and the dates, of a unit that left its id and came back by `steps`."""
    repository.commit({PROFILE: {"nama": "KPPN"}, MANDIRI: sheet(A_1="B")})
    steps()
    found = past_of(repository)
    answers = [one for step in found for one in step.changes if one.code == "A.1"]
    return [(one.kind.value, one.before, one.after) for one in answers], dates(found)


def test_a_unit_that_comes_back_to_its_id_keeps_its_past(repository):
    """From one id over two others to the first, each move said by asal: one answer, given once, on its day."""

    def away():
        move(repository, UNIT, "lain/kppn-b", UNIT)
        move(repository, "lain/kppn-b", "baru/kppn-c", "lain/kppn-b")
        move(repository, "baru/kppn-c", UNIT, "baru/kppn-c")

    answers, found = come_back(repository, away)
    assert answers == [("dijawab", None, "B")]
    assert found.answers[Question(2025, Tier.MANDIRI, "A.1")].added == date(2025, 1, 2)
    with open_past(repository.root) as past:
        chronicle = Chronicle(past, CATALOGUE)
        assert chronicle.old_ids(UNIT) == ("baru/kppn-c", "lain/kppn-b")
        assert chronicle.find("lain/kppn-b") == UNIT


def test_a_move_taken_back_keeps_the_past(repository):
    """`git revert` of a move says nothing of asal: the heir goes at the very commit the unit stands again."""

    def away():
        moved = move(repository, UNIT, "lain/kppn-b", UNIT)
        repository.commit({"units/lain/kppn-b/2025/mandiri.yaml": sheet(A_1="B", A_2="C")})
        repository.git("revert", "--no-edit", "HEAD")
        repository.git("revert", "--no-edit", moved)
        repository.commit({MANDIRI: sheet(A_1="B", A_3="A")})

    answers, found = come_back(repository, away)
    assert answers == [("dijawab", None, "B")]
    assert found.answers[Question(2025, Tier.MANDIRI, "A.1")].added == date(2025, 1, 2)


def test_ids_used_again_and_again_are_told_alike_with_and_without_the_cache(repository, tmp_path):
    """Away, taken back, away by the same id, home over a third: only what somebody wrote is told of answers."""
    away = "lain/kppn-b"
    steps = (
        lambda: move(repository, UNIT, away, UNIT),
        lambda: repository.git("revert", "--no-edit", "HEAD"),
        lambda: repository.commit({MANDIRI: sheet(A_1="B", A_3="A")}),
        lambda: move(repository, UNIT, away, UNIT),
        lambda: move(repository, away, "baru/kppn-c", away),
        lambda: move(repository, "baru/kppn-c", UNIT, "baru/kppn-c"),
        lambda: repository.commit({MANDIRI: sheet(A_1="A", A_3="A")}),
    )
    repository.commit({PROFILE: {"nama": "KPPN"}, MANDIRI: sheet(A_1="B")})
    for step in steps:
        step()
        with Cache(tmp_path / "tembolok") as cache, open_past(repository.root) as past:
            for unit in Chronicle(past, CATALOGUE).known:
                assert timeline(unit, past, CATALOGUE, cache) == timeline(unit, past, CATALOGUE)
    answers = [one for step in past_of(repository) for one in step.changes if one.code.startswith("A.")]
    assert [(one.kind.value, one.code, one.before, one.after) for one in answers] == [
        ("dijawab", "A.1", None, "B"),
        ("dijawab", "A.3", None, "A"),
        ("jawaban-berubah", "A.1", "B", "A"),
    ]


def test_the_old_id_taken_into_use_again_is_another_unit(repository):
    """Its new files are its own past, the unit that left takes nothing of them, and asal no longer counts."""
    repository.commit({PROFILE: {"nama": "KPPN"}, MANDIRI: sheet(A_1="B")})
    move(repository, UNIT, "lain/kppn-baru", UNIT)
    assert len(past_of(repository, "lain/kppn-baru")) == 6
    repository.commit({PROFILE: {"nama": "Penerus"}})
    assert len(past_of(repository, "lain/kppn-baru")) == 2
    assert len(past_of(repository, UNIT)) == 5


def test_two_moves_are_one_past(repository):
    """The ids a unit had before count however long the way is."""
    repository.commit({PROFILE: {"nama": "KPPN"}, MANDIRI: sheet(A_1="B")})
    move(repository, UNIT, "lain/kppn-baru", UNIT)
    move(repository, "lain/kppn-baru", "baru/kppn-baru", "lain/kppn-baru")
    steps = past_of(repository, "baru/kppn-baru")
    kinds = {one.kind.value for step in steps[2:] for one in step.changes}
    assert kinds == {"unit-pindah"}
    assert len(steps) == 10


def test_an_agency_has_a_past_too(repository):
    """Its id alone stands for its instansi.yaml."""
    repository.commit({"units/contoh/instansi.yaml": {"nama": "Instansi"}, PROFILE: {"nama": "K"}})
    assert told(past_of(repository, "contoh")) == [
        ("contoh/instansi.yaml", [("data-unit-berubah", "nama", None, "Instansi")])
    ]
    assert past_of(repository, "tidak/ada") == ()


ANSWER = st.fixed_dictionaries(
    {"jawab": st.sampled_from(["A", "B", "belum"])},
    optional={
        "catatan": st.sampled_from("xy"),
        "bukti": st.lists(st.sampled_from([{"judul": n} for n in "abc"]), max_size=3),
    },
)
CONTENT = st.one_of(
    st.none(),
    st.just("jawaban: [\n"),
    st.dictionaries(st.sampled_from(["A.1", "A.2", "A.10"]), ANSWER).map(lambda rows: {**sheet(), "jawaban": rows}),
    st.sampled_from("AB").map(
        lambda said: f"jawaban:\n    A.1: {{jawab: {said}}}\ninstrumen: {INSTRUMENT}\ntahun: 2025\n"
    ),
)
EDITS = st.lists(st.tuples(st.sampled_from([MANDIRI, TPI]), CONTENT), min_size=1, max_size=7)


def reference(repository):
    """Return what a slow, obvious reader makes of the unit: every version read by itself and compared whole."""
    found = []
    with open_past(repository.root) as past:
        for path, versions in past.history.versions.items():
            location = locate(path)
            before = None
            for version in versions:
                after = None
                if version.blob is not None:
                    raw = repository.git("cat-file", "blob", version.blob).encode()
                    try:
                        after = load(raw, path=path).data
                    except Refused:
                        found.append((version, (), ["tidak-terbaca"]))
                        continue
                place = {"unit": UNIT, "year": location.year, "tier": Tier(location.kind)}
                told = [one.kind.value for one in changes.compare(location.kind, before, after, **place)]
                found.append((version, changes.patch(before, after), told))
                before = after
    return sorted(found, key=lambda one: (one[0].commit.position, one[0].path))


def as_told(steps):
    """Return steps as `reference` does."""
    return [(step.version, step.patch, [one.kind.value for one in step.changes]) for step in steps]


@settings(derandomize=True, deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
def test_any_sequence_of_edits_is_told_as_the_slow_reader_tells_it(new_repository, edits):
    """Whatever is written, broken, removed and restored; at once, with a cache, and with one that grows."""
    repository = new_repository()
    root = repository.root
    for number, (path, content) in enumerate(edits):
        there = (root / path).exists()
        repository.commit({path: content} if there or content is not None else {}, f"{number}")
        with Cache(root) as cache:
            grown = past_of(repository, cache=cache)
    assert as_told(grown) == as_told(past_of(repository)) == reference(repository)


@pytest.fixture
def busy(repository):
    """A unit with six commits in every kind of file."""
    repository.commit({PROFILE: {"nama": "KPPN"}, MANDIRI: sheet(A_1="B", A_2="B")})
    repository.commit({MANDIRI: sheet(A_1="A", A_2="B"), TPI: sheet(A_1={"jawab": "B", "bukti": {"sah": "ya"}})})
    repository.commit({TPI: "x: [\n"})
    repository.commit({MANDIRI: sheet(A_1="A")})
    repository.commit({TPI: sheet(A_1="C")})
    repository.commit({MANDIRI: None})
    return repository


def remembered(repository, unit=UNIT):
    """Return the unit's steps as told with the registry's cache."""
    with Cache(repository.root) as cache:
        return past_of(repository, unit, cache)


def test_the_cache_changes_nothing(busy):
    """First told, told again, and told without: the same steps, to the order of keys."""
    plain = past_of(busy)
    assert remembered(busy) == remembered(busy) == plain
    assert repr(remembered(busy)) == repr(plain)


def test_keys_in_another_order_are_told_alike_with_and_without_the_cache(repository):
    """Evidence whose keys changed places, and then was replaced: what stood before is told the same, byte by byte."""
    sheets = (
        "jawaban:\n  A.1:\n    jawab: B\n    bukti:\n    - judul: SK\n      tautan: https://arsip.contoh.example/1\n",
        "jawaban:\n  A.1:\n    bukti:\n    - tautan: https://arsip.contoh.example/1\n      judul: SK\n    jawab: B\n",
        "jawaban:\n  A.1:\n    bukti:\n    - tautan: https://arsip.contoh.example/2\n      judul: SK\n    jawab: B\n",
        "jawaban: {}\n",
    )
    for text in sheets:
        repository.commit({MANDIRI: f"instrumen: {INSTRUMENT}\ntahun: 2025\n{text}"})
    plain = past_of(repository)
    assert plain[1].patch == ()
    assert repr(remembered(repository)) == repr(remembered(repository)) == repr(plain)


def test_what_the_cache_knows_is_not_read_again(busy, monkeypatch):
    """With the timeline kept, nothing is read; with one more commit only that version and the one before it are."""
    remembered(busy)
    busy.commit({TPI: sheet(A_1="A")})
    asked = []
    with Cache(busy.root) as cache, open_past(busy.root) as past:
        read = past.read
        monkeypatch.setattr(past, "read", lambda versions: read(asked.extend(known := list(versions)) or known))
        steps = tuple(Chronicle(past, CATALOGUE, cache).timeline(UNIT))
    assert sorted((version.path, version.commit.position) for version in asked) == [(TPI, 4), (TPI, 6)]
    assert steps == past_of(busy)


def test_what_is_new_is_kept_before_anybody_asks_for_steps(busy, monkeypatch):
    """And what was kept before is not read for it, however often: neither from the cache nor, then, from Git."""
    remembered(busy)
    told = []
    monkeypatch.setattr("generator.registry.past.Teller.tell", lambda *entry: told.append(entry))
    for number in range(20):
        busy.commit({TPI: sheet(A_1={"jawab": "A", "catatan": str(number)})})
        with Cache(busy.root) as cache, open_past(busy.root) as past:
            chronicle = Chronicle(past, CATALOGUE, cache)
            chronicle.timeline(UNIT)
            assert chronicle.knows(UNIT)
    assert told == []
    monkeypatch.undo()
    assert remembered(busy) == remembered(busy) == past_of(busy)


def kept(repository):
    """Return what the cache has, by key."""
    (file,) = (one for one in (repository.root / ".zi-cache").iterdir() if one.suffix == ".sqlite")
    base = sqlite3.connect(file)
    keys = [key for (key,) in base.execute("SELECT key FROM derived ORDER BY key")]
    base.close()
    with Cache(repository.root) as cache:
        return {key: cache.get(key, lambda value: value) for key in keys}


def keep(repository, values):
    """Let the cache have these values."""
    with Cache(repository.root) as cache:
        for key, value in values.items():
            cache.put(key, value)


def test_a_timeline_that_grew_often_is_kept_as_one(repository, monkeypatch):
    """Growths are kept one upon another up to a number, then together; at every length the steps are the same."""
    monkeypatch.setattr("generator.registry.past._LAYERS", 2)
    repository.commit({PROFILE: {"nama": "KPPN"}})
    for number in range(8):
        repository.commit({MANDIRI: sheet(A_1="AB"[number % 2], A_2={"jawab": "A", "catatan": str(number)})})
        assert remembered(repository) == past_of(repository)
    sizes = [len(value["patches"]) for value in kept(repository).values() if "patches" in value]
    assert sorted(sizes) == [1, 1, 1, 1, 2, 4, 6, 8]  # 2 versions, 1 upon them, 4 together, 1 upon them, 6 …


DAMAGE = [
    {},
    [],
    {"asal": []},
    {"asal": 7},
    {"patches": [], "cut": []},
    {"n": 1, "key": "x"},
    {"n": 99, "key": 1},
    "x",
    7,
    None,
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_cache_is_noticed(busy, damage):
    """Whatever stands where a timeline should, the steps are worked out again."""
    plain = remembered(busy)
    keep(busy, dict.fromkeys(kept(busy), damage))
    assert remembered(busy) == plain == remembered(busy)


@pytest.mark.parametrize(
    "patches", [[[]], [7], [[{"op": "add"}]], [[{"op": "remove", "path": "/x/y"}]], [[{"path": "/0"}]]]
)
def test_operations_that_do_not_fit_are_noticed(busy, patches):
    """A timeline of the right length that cannot be replayed is worked out again."""
    plain = remembered(busy)
    values = kept(busy)
    for value in values.values():
        if "patches" in value:
            value["patches"] = (patches * len(value["patches"]))[: len(value["patches"])]
    keep(busy, values)
    if patches != [[]]:  # empty patches fit anything: only whoever can write the cache could put them there
        assert remembered(busy) == plain
    busy.commit({TPI: sheet(A_1="B")})
    assert remembered(busy) == past_of(busy)  # what came later does not fit upon them


def test_another_revision_is_another_past(busy):
    """What was kept for the tip is not taken for an earlier day's."""
    remembered(busy)
    with Cache(busy.root) as cache, open_past(busy.root, "HEAD~2") as past:
        assert len(timeline(UNIT, past, CATALOGUE, cache)) == 6
    assert len(remembered(busy)) == 8


def test_a_key_stays_as_long_as_nothing_changes(busy):
    """Another unit's commit leaves it, the unit's own does not."""

    def key():
        with open_past(busy.root) as past:
            return Chronicle(past, CATALOGUE).key(UNIT)  # fmt: skip

    first = key()
    busy.commit({"units/contoh/lain/unit.yaml": {"nama": "L"}})
    assert key() == first
    busy.commit({PROFILE: {"nama": "Lain"}})
    assert key() != first


def test_the_score_after_each_change(repository):
    """A total per tier, None without a sheet, and the answers that moved it by how many points."""
    repository.commit({PROFILE: {"nama": "K"}, MANDIRI: sheet(A_I_1_i_a="Ya", A_I_1_i_b="B")})
    repository.commit({MANDIRI: sheet(A_I_1_i_a="Ya", A_I_1_i_b={"jawab": "A", "catatan": "naik"})})
    repository.commit({MANDIRI: sheet(A_I_1_i_a="Ya", A_I_1_i_b={"jawab": "A", "catatan": "ejaan"})})
    repository.commit({TPI: sheet(A_I_1_i_a="Tidak")})
    repository.commit({MANDIRI: None})
    points = scores_over_time(past_of(repository), CATALOGUE)
    # A.I.1.i weighs 0.5 and has two questions: each brings at most 0.25; B is worth 0.5, so 0.125
    assert [point.totals[Tier.MANDIRI] for point in points] == [
        Fraction(3, 8), Fraction(1, 2), Fraction(1, 2), Fraction(1, 2), None,
    ]  # fmt: skip
    assert [point.totals[Tier.TPI] for point in points] == [None, None, None, 0, 0]
    assert [[(one.code, one.before, one.after) for one in point.moved] for point in points] == [
        [("A.I.1.i.a", 0, Fraction(1, 4)), ("A.I.1.i.b", 0, Fraction(1, 8))],
        [("A.I.1.i.b", Fraction(1, 8), Fraction(1, 4))],
        [],
        [],
        [("A.I.1.i.a", Fraction(1, 4), 0), ("A.I.1.i.b", Fraction(1, 4), 0)],
    ]


def test_a_survey_moves_the_score_of_whoever_points_at_it(repository):
    """The index is worth index / 4 x 17.5; the point is the survey's version."""
    survey = {"id": "ipak", "jenis": "IPAK", "penyelenggara": "TPI", "responden": 9, "indeks": "3.2"}
    path = f"units/{UNIT}/2025/survei.yaml"
    repository.commit({PROFILE: {"nama": "K"}, MANDIRI: sheet(B_I_a={"survei": "ipak"}), path: {"survei": [survey]}})
    repository.commit({path: {"survei": [{**survey, "indeks": "3.6"}]}})
    (*_, last) = scores_over_time(past_of(repository), CATALOGUE)
    assert last.version.path == path
    assert last.totals[Tier.MANDIRI] == Fraction("15.75")
    assert [(one.code, one.before, one.after) for one in last.moved] == [("B.I.a", 14, Fraction("15.75"))]


def test_a_move_is_no_change_of_score(repository):
    """The files went elsewhere, the figures did not."""
    repository.commit({PROFILE: {"nama": "KPPN"}, MANDIRI: sheet(A_I_1_i_a="Ya")})
    move(repository, UNIT, "lain/kppn-baru", UNIT)
    (point,) = scores_over_time(past_of(repository, "lain/kppn-baru"), CATALOGUE)
    assert point.version.commit.position == 0


def test_a_sheet_of_an_unknown_instrument_has_no_score(repository):
    """Nobody knows what its answers are worth."""
    repository.commit({PROFILE: {"nama": "K"}, MANDIRI: {**sheet(A_I_1_i_a="Ya"), "instrumen": "lain"}})
    (point,) = scores_over_time(past_of(repository), CATALOGUE)
    assert (point.totals[Tier.MANDIRI], point.moved) == (None, ())


def test_the_last_point_is_what_the_registry_says_today(tmp_path):
    """On a demo registry: per unit and year the last totals are those of `readings`, and what moved adds up to them."""
    from generator.demo.history import write  # noqa: PLC0415 - only here

    root = tmp_path / "contoh"
    write(root, CATALOGUE.instruments[INSTRUMENT], units=3, years=2, seed=2)
    with open_tree(root, "HEAD") as tree, open_past(root) as past:
        chronicle = Chronicle(past, CATALOGUE)
        for reading in registry.readings(tree, CATALOGUE, date(2026, 12, 31)):
            points = scores_over_time(chronicle.timeline(reading.unit_id), CATALOGUE)
            for assessment in reading.record.assessments:
                ours = [point for point in points if point.year == assessment.declared.year]
                for tier in Tier:
                    result = assessment.results.get(tier)
                    assert ours[-1].totals[tier] == (result.score.total if result else None)
                    added = sum(one.after - one.before for point in ours for one in point.moved if one.tier is tier)
                    assert added == (ours[-1].totals[tier] or 0)
