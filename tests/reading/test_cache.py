"""What is kept by content: it may save time and nothing else."""

import hashlib
import os
import sqlite3
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from generator.reading.cache import Cache, zstd
from generator.reading.shelf import FOLDER

KEY = "k" * 64


def same(value: object) -> object:
    """Take the value as it is."""
    return value


def kept(root: Path) -> object:
    """Return what a newly opened cache knows of KEY."""
    with Cache(root) as cache:
        return cache.get(KEY, same)


def base_of(root: Path) -> Path:
    """Return the one database file of the cache."""
    (base,) = (root / FOLDER).glob("*.sqlite")
    return base


def sealed(packed: bytes, key: str = KEY) -> bytes:
    """Return what was packed, sealed as the cache seals it: BLAKE2b of 16 bytes, with the key."""
    return hashlib.blake2b(packed, key=key.encode(), digest_size=16).digest() + packed


def packed(text: bytes) -> bytes:
    """Return the text packed and sealed."""
    return sealed(zstd.compress(text))


@pytest.fixture
def root(tmp_path):
    """A registry folder whose cache knows KEY."""
    with Cache(tmp_path) as cache:
        cache.put(KEY, {"temuan": ["é", 1, None]})
    return tmp_path


def test_what_was_put_is_known_to_the_next_run(root):
    """A value comes back equal; an unknown key is None."""
    assert kept(root) == {"temuan": ["é", 1, None]}
    with Cache(root) as cache:
        assert cache.get("lain", same) is None


def test_the_folder_hides_itself_from_git(root):
    """The cache folder brings its own .gitignore, whatever the registry's says."""
    assert (root / FOLDER / ".gitignore").read_text() == "*\n"


def test_a_deleted_cache_is_begun_anew(root):
    """Deleting the folder loses time only."""
    for file in (root / FOLDER).iterdir():
        file.unlink()
    (root / FOLDER).rmdir()
    assert kept(root) is None
    with Cache(root) as cache:
        cache.put(KEY, [1])
    assert kept(root) == [1]


@pytest.mark.parametrize("content", [b"", b"bukan SQLite" * 1000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_file_is_begun_anew(root, content):
    """A file that is no database, or a torn one, is dropped; the next run keeps again."""
    base_of(root).write_bytes(content)
    assert kept(root) is None
    with Cache(root) as cache:
        cache.put(KEY, [1])
        cache.get(KEY, same)
    with Cache(root) as cache:
        cache.put(KEY, [2])
    assert kept(root) == [2]


def test_whichever_byte_of_the_file_rots_nothing_wrong_is_believed(tmp_path):
    """No traceback, no value of another key; and what is given to it later is known again."""
    keys = {name: (name * 64)[:64] for name in "abcdefgh"}
    with Cache(tmp_path) as cache:
        for name, key in keys.items():
            cache.put(key, [name])
    file = base_of(tmp_path)
    whole = file.read_bytes()
    places = [place for place in range(len(whole)) if whole[place] or place % 64 == 0 or place < 200]
    for number, place in enumerate(places):
        rotten = bytearray(whole)
        rotten[place] ^= (0x80, 0x01, 0x10, 0x06)[number % 4]
        file.write_bytes(bytes(rotten))
        with Cache(tmp_path) as cache:
            for name, key in keys.items():
                assert cache.get(key, same) in (None, [name]), (place, name)
                cache.put(key, [name])
        with Cache(tmp_path) as cache:
            assert [cache.get(key, same) for key in keys.values()] == [[name] for name in keys], place


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"bukan zstd",
        packed(b"bukan JSON"),
        packed(b"[" * 100_000),
        packed(b"[1, 2]")[:-3],
        packed(b"[1, 2]").replace(b"[1, 2]", b"[1, 3]"),
        sealed(zstd.compress(b"[1, 2]"), "l" * 64),
        sealed(b"bukan zstd"),
        sealed(zstd.compress(b"[1, 2]")[:-3]),
        zlib.compress(b"[1, 2]"),
        "teks",
        7,
        None,
    ],
    ids=[
        "kosong",
        "bukan-zstd",
        "bukan-json",
        "dalam",
        "terpotong",
        "diubah",
        "milik-kunci-lain",
        "bersegel-bukan-zstd",
        "bersegel-terpotong",
        "bentuk-lama",
        "teks",
        "angka",
        "null",
    ],
)
def test_a_damaged_value_is_not_known(root, value):
    """One value that does not decode is a miss, no failure."""
    base = sqlite3.connect(base_of(root))
    base.execute("DROP TABLE derived")
    base.execute("CREATE TABLE derived (key TEXT PRIMARY KEY, value)")
    base.execute("INSERT INTO derived VALUES (?, ?)", (KEY, value))
    base.commit()
    base.close()
    assert kept(root) is None


def test_a_value_that_unpacks_without_end_is_not_known(root, monkeypatch):
    """A thousand bytes that would become a million are unpacked up to the limit and no further."""
    monkeypatch.setattr("generator.reading.cache._LARGEST_VALUE", 10_000)
    bomb = packed(b"[" + b" " * 1_000_000 + b"]")
    assert len(bomb) < 1200
    base = sqlite3.connect(base_of(root))
    base.execute("UPDATE derived SET value = ?", (bomb,))
    base.commit()
    base.close()
    assert kept(root) is None


def test_a_value_of_which_any_byte_is_another_is_not_believed(root):
    """Whichever byte of it rots: it is not known, or says what it said."""
    base = sqlite3.connect(base_of(root))
    ((whole,),) = base.execute("SELECT value FROM derived")
    for place in range(len(whole)):
        rotten = bytearray(whole)
        rotten[place] ^= 0x10
        base.execute("UPDATE derived SET value = ?", (bytes(rotten),))
        base.commit()
        assert kept(root) in (None, {"temuan": ["é", 1, None]}), place
    base.close()


def test_what_could_not_be_unpacked_is_not_kept(root, monkeypatch):
    """Beyond the limit a value would take its room and its time, and never be known; what was there stays."""
    monkeypatch.setattr("generator.reading.cache._LARGEST_VALUE", 100)
    with Cache(root) as cache:
        cache.put(KEY, "x" * 99)
    assert kept(root) == {"temuan": ["é", 1, None]}
    with Cache(root) as cache:
        cache.put(KEY, "x" * 98)
    assert kept(root) == "x" * 98


@pytest.mark.parametrize(("window", "known"), [(20, [1]), (30, None)])
def test_a_value_that_asks_for_much_memory_is_not_known(root, window, known):
    """A frame (RFC 8878, 3.1.1) says how much unpacking it takes to hold: a gigabyte is too much, a megabyte is not."""
    text = b"[1]"
    block = (len(text) << 3 | 1).to_bytes(3, "little") + text  # the last one, as it is
    frame = b"\x28\xb5\x2f\xfd" + bytes([0, window - 10 << 3]) + block
    base = sqlite3.connect(base_of(root))
    base.execute("UPDATE derived SET value = ?", (sealed(frame),))
    base.commit()
    base.close()
    assert kept(root) == known


def test_a_value_of_another_make_is_not_known(root):
    """What the reader cannot make sense of counts as not known."""
    with Cache(root) as cache:
        assert cache.get(KEY, lambda value: value["lain"]) is None
        assert cache.get(KEY, lambda value: value[3]) is None


def test_a_database_of_another_make_answers_nothing(root):
    """A database with other tables neither answers nor fails."""
    base = sqlite3.connect(base_of(root))
    base.execute("DROP TABLE derived")
    base.execute("CREATE TABLE derived (lain INTEGER)")
    base.commit()
    base.close()
    with Cache(root) as cache:
        assert cache.get(KEY, same) is None
        cache.put(KEY, [1])


def test_a_locked_cache_is_done_without(root):
    """While another process writes, reading goes on without the cache and without long waiting."""
    other = sqlite3.connect(base_of(root), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with Cache(root) as cache:
        assert cache.get(KEY, same) is None
        cache.put(KEY, [1])
    other.execute("ROLLBACK")
    other.close()
    assert kept(root) == {"temuan": ["é", 1, None]}


def test_two_writers_do_not_disturb_each_other(root):
    """Of two that write at once one keeps; neither fails."""
    with Cache(root) as one, Cache(root) as two:
        one.put("satu", [1])
        two.put("dua", [2])
        one.put("tiga", [3])
    with Cache(root) as cache:
        assert cache.get("satu", same) == [1]
        assert cache.get("tiga", same) == [3]


@pytest.fixture
def as_nobody():
    """Run as a user who may write nowhere, where the tests run as root; else as the user at hand."""
    superuser = os.geteuid() == 0
    if superuser:
        os.seteuid(65534)
    yield
    if superuser:
        os.seteuid(0)


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path, as_nobody):
    """A read-only registry is checked like any other."""
    del as_nobody
    with suppress(PermissionError):
        tmp_path.chmod(0o500)
    with Cache(tmp_path) as cache:
        cache.put(KEY, [1])
        assert cache.get(KEY, same) is None


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path):
    """A plain file named as the cache folder is neither opened nor replaced."""
    (tmp_path / FOLDER).write_text("milik orang lain")
    with Cache(tmp_path) as cache:
        cache.put(KEY, [1])
        assert cache.get(KEY, same) is None
    assert (tmp_path / FOLDER).read_text() == "milik orang lain"


@pytest.mark.parametrize("part", [FOLDER, f"{FOLDER}/.gitignore"])
def test_a_symbolic_link_leads_nowhere(tmp_path, part):
    """A link in the cache's place (a pull request can bring one) writes nothing outside the registry."""
    outside = tmp_path / "luar"
    root = tmp_path / "registri"
    (root / FOLDER).parent.mkdir()
    if part == FOLDER:
        outside.mkdir()
        (root / FOLDER).symlink_to(outside)
    else:
        (root / FOLDER).mkdir()
        (root / part).symlink_to(outside)
    with Cache(root) as cache:
        cache.put(KEY, [1])
        assert cache.get(KEY, same) is None
    assert not outside.exists() or list(outside.iterdir()) == []


def test_a_cache_that_came_from_elsewhere_is_not_asked(root, tmp_path_factory):
    """A copied cache folder (as a checkout would bring it) is not believed: it could say "no findings"."""
    other = tmp_path_factory.mktemp("salinan")
    (other / FOLDER).mkdir()
    for file in (root / FOLDER).iterdir():
        (other / FOLDER / file.name).write_bytes(file.read_bytes())
    assert kept(other) is None


def test_nothing_is_kept_when_the_run_failed(root):
    """What was put before an error is forgotten."""

    def failing_run() -> None:
        with Cache(root) as cache:
            cache.put(KEY, [1])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing_run()
    assert kept(root) == {"temuan": ["é", 1, None]}


def test_a_missing_root_is_no_error(tmp_path):
    """Where there is no registry there is no cache, and none is made."""
    with Cache(tmp_path / "tidak-ada") as cache:
        cache.put(KEY, [1])
        assert cache.get(KEY, same) is None
    assert not (tmp_path / "tidak-ada").exists()
