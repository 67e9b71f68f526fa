"""The shelf beside the cache: the same promises, for small things."""

import pytest

from generator import registry
from generator.reading.shelf import FOLDER, Shelf


def same(value):
    """Take the value as it is."""
    return value


def test_what_was_put_is_known_to_the_next_run(tmp_path):
    """A value comes back equal, to another shelf of the same registry; an unknown name is None."""
    Shelf(tmp_path).put("satu.json", {"é": [1, None]})
    assert Shelf(tmp_path).get("satu.json", same) == {"é": [1, None]}
    assert Shelf(tmp_path).get("dua.json", same) is None
    assert (tmp_path / FOLDER / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000])
def test_a_damaged_value_is_not_known(tmp_path, content):
    """What is no JSON counts as not known, and is replaced by what is put next."""
    shelf = Shelf(tmp_path)
    shelf.put("satu.json", [1])
    (file,) = (tmp_path / FOLDER).glob("*satu.json")
    file.write_bytes(content)
    assert shelf.get("satu.json", same) is None
    shelf.put("satu.json", [2])
    assert shelf.get("satu.json", same) == [2]


def test_a_value_of_another_make_is_not_known(tmp_path):
    """What the reader cannot make sense of counts as not known."""
    shelf = Shelf(tmp_path)
    shelf.put("satu.json", [1])
    assert shelf.get("satu.json", lambda value: value["lain"]) is None


def test_a_copied_shelf_is_not_believed(tmp_path):
    """A checkout cannot bring values: their file's name is not known before the folder is made."""
    here, there = tmp_path / "sini", tmp_path / "sana"
    for root in (here, there):
        root.mkdir()
    Shelf(here).put("satu.json", [1])
    (there / FOLDER).mkdir()
    for file in (here / FOLDER).iterdir():
        (there / FOLDER / file.name).write_bytes(file.read_bytes())
    assert Shelf(there).get("satu.json", same) is None


def test_a_link_or_file_in_its_place_is_left_alone(tmp_path):
    """Neither a symbolic link nor a plain file in the folder's place is written to."""
    (tmp_path / "luar").mkdir()
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / FOLDER).symlink_to(tmp_path / "luar")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / FOLDER).write_text("milik orang lain")
    for name in ("a", "b", "tidak-ada"):
        Shelf(tmp_path / name).put("satu.json", [1])
        assert Shelf(tmp_path / name).get("satu.json", same) is None
    assert list((tmp_path / "luar").iterdir()) == []
    assert (tmp_path / "b" / FOLDER).read_text() == "milik orang lain"


def test_an_instrument_asks_the_same_from_the_shelf(tmp_path):
    """The form of the instrument is equal whether worked out, put on the shelf, or taken from it."""
    plain = registry.load_catalogue().form("permenpanrb-90-2021")
    for _ in range(2):
        shelved = registry.load_catalogue(shelf=Shelf(tmp_path)).form("permenpanrb-90-2021")
        assert shelved == plain
        assert list(shelved.questions) == list(plain.questions)
    assert len(list((tmp_path / FOLDER).glob("*.json"))) == 1
    assert registry.load_catalogue(shelf=Shelf(tmp_path)).form("../permenpanrb-90-2021") is None
