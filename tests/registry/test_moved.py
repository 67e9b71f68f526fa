"""Which unit of one revision is which of another, also where neither unit.yaml says so: the commits between them do."""

from datetime import date

import pytest

from generator.reading.blobs import open_tree
from generator.registry import load_catalogue
from generator.registry.differences import differences
from generator.registry.moved import moves_between

CATALOGUE = load_catalogue()
A, B, C = "contoh/kppn-a", "lain/kppn-b", "baru/kppn-c"
OTHER = "contoh/kppn-lain"


def unit(unit_id, name="KPPN", said="B", **profile):
    """Return the files of a unit with one answer."""
    answers = {"A.I.1.i.b": {"jawab": said, "penjelasan": name}}
    return {
        f"units/{unit_id}/unit.yaml": {"nama": name, **profile},
        f"units/{unit_id}/2025/mandiri.yaml": {
            "instrumen": "permenpanrb-90-2021",
            "tahun": 2025,
            "jawaban": answers,
        },
    }


def without(unit_id):
    """Return the removal of a unit's files."""
    return dict.fromkeys(unit(unit_id))


def move(repository, old, new, **more):
    """Commit a move that its unit.yaml tells by `asal`."""
    return repository.commit({**without(old), **unit(new, asal=[old], **more)}, "Pindah")


def told(repository, before, after="HEAD"):
    """Return unit -> (where it stood before, kinds of its changes)."""
    root = repository.root
    with open_tree(root, before) as old, open_tree(root, after) as new:
        found = differences(old, new, CATALOGUE, date(2026, 1, 1), lambda: moves_between(root, before, after))
        return {one.unit: (one.old_id, {change.kind.value for change in one.changes}) for one in found}


MOVED = {"unit-pindah"}


@pytest.fixture
def start(repository):
    """A unit at its first id, and another that is always there."""
    repository.commit(unit(A) | unit(OTHER, "Lain"))
    repository.git("tag", "awal")
    return repository


def test_two_moves_are_one(start):
    """At the end unit.yaml names only the id between: no answer is another, nothing is gone, nothing new."""
    move(start, A, B)
    move(start, B, C)
    assert told(start, "awal") == {C: (A, MOVED)}


def test_what_changed_on_the_way_is_told(start):
    """And only that; it is the same unit before and after."""
    move(start, A, B)
    start.commit(unit(OTHER, "Lain", "C"))
    move(start, B, C, said="A")
    assert told(start, "awal") == {C: (A, {*MOVED, "jawaban-berubah"}), OTHER: ("", {"jawaban-berubah"})}


def test_a_move_may_take_more_than_one_commit(start):
    """The new folder first and the old one's removal later, or the other way round."""
    start.commit(unit(B, asal=A))
    start.commit(without(A))
    start.commit(without(B))
    start.commit(unit(C, asal=B))
    assert told(start, "awal") == {C: (A, MOVED)}


def test_the_id_between_may_be_left_before_the_first_is(start):
    """The old folder lay there till the end."""
    start.commit(unit(B, asal=A))
    move(start, B, C)
    start.commit(without(A))
    assert told(start, "awal") == {C: (A, MOVED)}


def test_a_unit_that_comes_back_to_an_id_it_had(start):
    """Over a third id: between any two of the revisions it is one unit."""
    move(start, A, B)
    start.git("tag", "kedua")
    move(start, B, C)
    start.git("tag", "ketiga")
    move(start, C, A)
    assert told(start, "awal") == {A: ("", MOVED)}  # asal is told, and nothing else
    assert told(start, "kedua") == {A: (B, MOVED)}
    assert told(start, "ketiga") == {A: (C, MOVED)}
    move(start, A, B)
    assert told(start, "awal") == {B: (A, MOVED)}
    assert told(start, "ketiga") == {B: (C, MOVED)}


def test_moves_taken_back_one_after_another(start):
    """`git revert` says nothing in unit.yaml; what went at the very commit came back by it."""
    moves = [move(start, A, B), move(start, B, C)]
    start.git("tag", "jauh")
    for one in reversed(moves):
        start.git("revert", "--no-edit", one)
    assert told(start, "awal") == {}
    assert told(start, "jauh") == {A: (C, MOVED)}
    move(start, A, B)
    assert told(start, "awal") == {B: (A, MOVED)}


def test_units_that_swapped_ids_keep_the_past_of_the_id(start):
    """An id that stands is its unit's own, as in its history: neither is told to have moved to where the other was."""
    aside = "contoh/sementara"
    start.commit(unit(B, "Kedua", "A"))
    start.git("tag", "dua")
    start.commit({**without(A), **unit(aside, asal=A)})
    start.git("tag", "tengah")
    start.commit({**without(aside), **unit(A, "Kedua", "A", asal=B), **unit(B, asal=aside)})
    found = told(start, "dua")
    assert {unit_id: old for unit_id, (old, _) in found.items()} == {A: "", B: ""}
    found = told(start, "tengah")
    assert {unit_id: old for unit_id, (old, _) in found.items()} == {A: "", B: "", aside: ""}


def test_each_of_two_that_moved_is_itself(start):
    """Also where one takes the id that the other left."""
    start.commit(unit(B, "Kedua", "A"))
    start.git("tag", "dua")
    move(start, A, C)
    start.commit({**without(B), **unit("baru/kppn-d", "Kedua", "A", asal=B)})
    start.commit({**without(C), **unit("baru/kppn-e", asal=C)})
    start.commit({**without("baru/kppn-d"), **unit(C, "Kedua", "A", asal="baru/kppn-d")})
    assert told(start, "dua") == {C: (B, MOVED), "baru/kppn-e": (A, MOVED)}


def test_nobody_is_taken_for_another(start):
    """A unit made where one was dissolved; one whose old id two claim; one that another took in."""
    start.commit(without(A))
    start.commit(unit(B, "Baru"))
    start.commit({**without(B), **unit(C, "Baru", asal=B)})
    assert {unit_id: old for unit_id, (old, _) in told(start, "awal").items()} == {A: "", C: ""}
    start.git("checkout", "-q", "awal")
    start.commit({**without(A), **unit(B, asal=A), **unit(C, asal=A)})
    assert {unit_id: old for unit_id, (old, _) in told(start, "awal").items()} == {A: "", B: "", C: ""}
    move(start, B, "baru/kppn-d")
    move(start, C, "baru/kppn-e")
    assert {one: old for one, (old, _) in told(start, "awal").items()} == {A: "", "baru/kppn-d": "", "baru/kppn-e": ""}
    start.git("checkout", "-q", "awal")
    start.commit({**without(A), **unit(OTHER, "Lain", asal=A), **unit(B, "Baru")})
    assert {unit_id: old for unit_id, (old, _) in told(start, "awal").items()} == {A: "", B: "", OTHER: ""}


def test_history_is_asked_only_where_the_trees_leave_it_open(start):
    """A unit that only moved once, one that is only gone, one that is only new: the two trees say it all."""

    def never():
        raise AssertionError

    start.commit(unit("contoh/baru-saja", "Baru"))
    move(start, A, B)
    start.commit(without(OTHER))
    for before, after in (("awal", "HEAD~2"), ("HEAD~2", "HEAD~1"), ("HEAD~1", "HEAD"), ("HEAD", "HEAD")):
        with open_tree(start.root, before) as old, open_tree(start.root, after) as new:
            list(differences(old, new, CATALOGUE, date(2026, 1, 1), never))


def test_who_is_behind_a_merge_is_not_asked(start):
    """A commit beside main is not needed for it, not even there."""
    start.git("checkout", "-q", "-b", "usulan")
    move(start, A, B)
    start.git("checkout", "-q", "main")
    start.git("merge", "-q", "--no-ff", "-m", "Gabungkan", "usulan")
    move(start, B, C)
    gone = start.git("rev-parse", "usulan").strip()
    (start.root / ".git/objects" / gone[:2] / gone[2:]).unlink()
    assert told(start, "awal") == {C: (A, MOVED)}


def test_without_history_the_trees_alone_are_compared(start, tmp_path):
    """A shallow clone, a revision of another line, a tree instead of a commit: one unit gone and one new."""
    move(start, A, B)
    move(start, B, C)
    start.git("tag", "akhir")
    two = {A: "", C: ""}
    clone = tmp_path / "dangkal"
    start.git("clone", "-q", "--depth", "3", f"file://{start.root}", str(clone))
    assert moves_between(clone, "HEAD~2", "HEAD") == {}
    assert {one: old for one, (old, _) in told(start, "awal^{tree}").items()} == two
    start.git("checkout", "-q", "--orphan", "lain")
    start.commit(unit(A) | unit(OTHER, "Lain") | without(C))
    assert {one: old for one, (old, _) in told(start, "HEAD", "akhir").items()} == two


def test_files_nobody_can_read_name_nothing(start):
    """Of a stranger's commits any byte may come."""
    start.commit({**without(A), **unit(B), f"units/{B}/unit.yaml": f"asal: [{A}\n"})
    start.commit({**without(B), **unit(C, asal=B)})
    assert {one: old for one, (old, _) in told(start, "awal").items()} == {A: "", C: ""}
