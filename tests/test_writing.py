"""What `generator.writing` promises: all or nothing, whatever fails and whenever it is killed."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from generator.model.failure import CannotWrite, Failure
from generator.writing import add_files, publish, replace_file

SYSTEM_CALLS = ("open", "write", "mkdir", "link", "fsync", "rename", "symlink", "replace", "read")
"""What a publication asks of the system; each may fail, and a kill may come before each."""


def version(mark: str, size: int = 6) -> list[tuple[str, bytes]]:
    """Return a small site whose files all name one version, but for one that never changes."""
    pages = [(f"unit/{number}/index.html", f"{mark} {number}".encode()) for number in range(size)]
    return [("index.html", mark.encode()), ("assets/style.css", b"same"), *pages]


def content(site: Path) -> dict[str, bytes]:
    """Return every file of the site, by its path."""
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


class TestPublish:
    """`publish` shows exactly the files given, by one swap."""

    def test_site_is_exactly_the_files(self, tmp_path: Path) -> None:
        """What was there before and is not given any more is gone; a folder above may be new."""
        site = tmp_path / "out" / "site"
        publish(version("one", 9), site)
        result = publish(version("two", 3), site)
        assert content(site) == dict(version("two", 3))
        assert (result.files, result.written) == (5, 4)  # the style sheet did not change

    def test_no_file_at_all_is_a_site(self, tmp_path: Path) -> None:
        """An empty site is an empty folder, not a fault."""
        publish([], tmp_path / "site")
        assert (tmp_path / "site").is_dir()
        assert content(tmp_path / "site") == {}

    def test_unchanged_files_are_hard_links(self, tmp_path: Path) -> None:
        """Only what differs is written: the same file of two builds is one file on the disk."""
        site = tmp_path / "site"
        publish(version("one"), site)
        before = (site / "assets/style.css").stat().st_ino
        publish(version("two"), site)
        assert (site / "assets/style.css").stat().st_ino == before

    def test_nothing_changed(self, tmp_path: Path) -> None:
        """A build of the same files swaps nothing and keeps the build to go back to."""
        site = tmp_path / "site"
        publish(version("one"), site)
        publish(version("two"), site)
        shown, kept = site.readlink(), sorted((tmp_path / ".site-builds").iterdir())
        assert publish(version("two"), site).written == 0
        assert (site.readlink(), sorted((tmp_path / ".site-builds").iterdir())) == (shown, kept)

    def test_files_changed_by_hand_are_mended(self, tmp_path: Path) -> None:
        """A page edited, a page removed or a page added in the site is put right by the next build."""
        site = tmp_path / "site"
        for spoil in (
            lambda: (site / "index.html").write_bytes(b"forged"),
            (site / "unit/1/index.html").unlink,
            lambda: (site / "unit/extra.html").write_bytes(b"more"),
        ):
            publish(version("one"), site)
            spoil()
            publish(version("one"), site)
            assert content(site) == dict(version("one"))

    def test_one_build_is_kept_to_go_back_to(self, tmp_path: Path) -> None:
        """Of old builds the last stays, with its manifest; older ones go."""
        for mark in ("one", "two", "three"):
            publish(version(mark), tmp_path / "site")
        builds = tmp_path / ".site-builds"
        folders = {entry.name for entry in builds.iterdir() if entry.is_dir()}
        assert len(folders) == 2
        assert {entry.name for entry in builds.iterdir()} == folders | {f"{name}.sha256" for name in folders} | {"lock"}
        assert {(builds / name / "index.html").read_bytes() for name in folders} == {b"two", b"three"}

    def test_manifest_can_be_checked_by_sha256sum(self, tmp_path: Path) -> None:
        """The manifest has the form other people's tools read."""
        publish(version("one"), tmp_path / "site")
        build = (tmp_path / "site").resolve()
        subprocess.run(["sha256sum", "--check", "--strict", f"../{build.name}.sha256"], cwd=build, check=True)

    def test_back_to_an_earlier_content(self, tmp_path: Path) -> None:
        """Publishing what stood there two builds ago is a build like any other."""
        for mark in ("one", "two", "one", "two"):
            publish(version(mark), tmp_path / "site")
            assert content(tmp_path / "site") == dict(version(mark))

    def test_the_folder_may_be_moved(self, tmp_path: Path) -> None:
        """The link is relative: the site moves with the folder around it."""
        publish(version("one"), tmp_path / "here" / "site")
        (tmp_path / "here").rename(tmp_path / "there")
        assert content(tmp_path / "there/site") == dict(version("one"))


class TestRefusals:
    """`publish` never destroys what it did not make."""

    @pytest.mark.parametrize("path", ["../x", "/x", "a/../x", "a//x", "", "./x", "a/.", "a\\x", "a\0x"], ids=repr)
    def test_paths_that_leave_the_site(self, tmp_path: Path, path: str) -> None:
        """No path reaches outside the site, and the old site stays."""
        publish(version("one"), tmp_path / "site")
        with pytest.raises(CannotWrite):
            publish([("index.html", b"two"), (path, b"x")], tmp_path / "site")
        assert content(tmp_path / "site") == dict(version("one"))

    def test_a_path_given_twice(self, tmp_path: Path) -> None:
        """Two pages at one address are a fault, not a race."""
        with pytest.raises(CannotWrite, match="dua kali"):
            publish([("a", b"1"), ("a", b"2")], tmp_path / "site")

    def test_a_folder_that_is_not_ours(self, tmp_path: Path) -> None:
        """A real folder stays untouched, and nothing is made beside it."""
        (tmp_path / "site").mkdir()
        (tmp_path / "site" / "thesis.txt").write_text("my only copy")
        with pytest.raises(Failure, match="tidak dihapus"):
            publish(version("one"), tmp_path / "site")
        assert content(tmp_path) == {"site/thesis.txt": b"my only copy"}

    def test_a_link_to_elsewhere(self, tmp_path: Path) -> None:
        """A symbolic link that no build made is not replaced."""
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "site").symlink_to("elsewhere")
        with pytest.raises(Failure, match="tidak dihapus"):
            publish(version("one"), tmp_path / "site")
        assert (tmp_path / "site").readlink() == Path("elsewhere")

    @pytest.mark.parametrize("site", [".", "..", "/"])
    def test_a_place_without_a_name(self, site: str) -> None:
        """The folder one stands in cannot be swapped."""
        with pytest.raises(Failure):
            publish(version("one"), Path(site))

    def test_two_builds_at_once(self, tmp_path: Path) -> None:
        """The second build is refused; the first ends well."""

        def meanwhile() -> Iterator[tuple[str, bytes]]:
            yield from version("one")
            with pytest.raises(Failure, match="sedang berjalan"):
                publish(version("two"), tmp_path / "site")

        publish(meanwhile(), tmp_path / "site")
        assert content(tmp_path / "site") == dict(version("one"))

    def test_what_the_pages_raise_passes_through(self, tmp_path: Path) -> None:
        """A fault while composing, be it of the system, is not told as a fault of writing; nothing is left."""

        def broken() -> Iterator[tuple[str, bytes]]:
            yield "index.html", b"two"
            raise FileNotFoundError("schema")

        publish(version("one"), tmp_path / "site")
        before = sorted((tmp_path / ".site-builds").iterdir())
        with pytest.raises(FileNotFoundError):
            publish(broken(), tmp_path / "site")
        assert content(tmp_path / "site") == dict(version("one"))
        assert sorted((tmp_path / ".site-builds").iterdir()) == before


def at_call(number: int, happens: Callable[[], None], patch: pytest.MonkeyPatch) -> list[int]:
    """Let `happens` come before the N-th call to the system; return a list that holds how many calls were made."""
    count = [0]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            count[0] += 1
            if count[0] == number:
                happens()
            return real(*args, **options)

        return call

    for name in SYSTEM_CALLS:
        patch.setattr(os, name, counted(getattr(os, name)))
    return count


def no_space() -> None:
    """Fail as a full disk does."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def die() -> None:
    """End this process as `kill -9` does."""
    os.kill(os.getpid(), signal.SIGKILL)


def calls_of_a_publication(folder: Path) -> int:
    """Count the calls to the system that replacing one version by the other makes."""
    publish(version("one"), folder / "site")
    with pytest.MonkeyPatch.context() as patch:
        count = at_call(0, no_space, patch)
        publish(version("two"), folder / "site")
    return count[0]


class TestRoughWeather:
    """Full disks and kills: the site is the old one or the new one, and the next build needs no help."""

    def test_every_call_may_fail(self, tmp_path: Path) -> None:
        """A full disk at any moment is a `CannotWrite` and leaves the old site, or came after the swap."""
        calls = calls_of_a_publication(tmp_path / "count")
        assert calls > 40  # 7 new files: at least open, write, read, fsync each
        for number in range(1, calls + 1):
            site = tmp_path / str(number) / "site"
            publish(version("one"), site)
            with pytest.MonkeyPatch.context() as patch:
                at_call(number, no_space, patch)
                with suppress(CannotWrite):
                    publish(version("two"), site)
            assert content(site) in (dict(version("one")), dict(version("two")))
            publish(version("three"), site)
            assert content(site) == dict(version("three"))

    def test_killed_at_every_call(self, tmp_path: Path) -> None:
        """A kill at any moment leaves one whole site; the next build succeeds without cleaning by hand."""
        calls = calls_of_a_publication(tmp_path / "count")
        for number in range(1, calls + 1):
            site = tmp_path / str(number) / "site"
            publish(version("one"), site)
            child = os.fork()
            if not child:
                at_call(number, die, pytest.MonkeyPatch())
                publish(version("two"), site)
                os._exit(0)
            assert os.waitpid(child, 0)[1] == signal.SIGKILL
            assert content(site) in (dict(version("one")), dict(version("two")))
            publish(version("two"), site)
            assert content(site) == dict(version("two"))

    def test_killed_at_random(self, tmp_path: Path) -> None:
        """Thirty kills of a process that publishes without pause: never a mixed or torn site."""
        site = tmp_path / "site"
        program = (
            "import sys; from itertools import count; from pathlib import Path; from generator.writing import publish\n"
            "for n in count():\n"
            "    publish([(f'{i}/index.html', b'%d' % n * 5000) for i in range(40)], Path(sys.argv[1]))\n"
        )
        publish([(f"{i}/index.html", b"0" * 5000) for i in range(40)], site)
        chance = random.Random(1)  # noqa: S311 - moments, not secrets
        for _ in range(30):
            with subprocess.Popen([sys.executable, "-c", program, str(site)]) as child:
                time.sleep(0.05 + 0.15 * chance.random())
                child.kill()
            shown = content(site)
            assert len(shown) == 40
            assert len(set(shown.values())) == 1
        publish([("index.html", b"well")], site)
        assert content(site) == {"index.html": b"well"}


class TestAddFiles:
    """`add_files` adds all or nothing and overwrites nothing."""

    FILES = {"units/a/unit.yaml": b"nama: A\n", "units/a/2025/mandiri.yaml": b"tahun: 2025\n"}  # noqa: RUF012 - a constant

    def test_all_are_written(self, tmp_path: Path) -> None:
        """Folders are made as needed; what stands there already stays."""
        (tmp_path / "units").mkdir()
        add_files(tmp_path, self.FILES)
        assert content(tmp_path) == self.FILES

    def test_an_existing_file_stops_all(self, tmp_path: Path) -> None:
        """Nothing is overwritten, and no other file or folder is left."""
        (tmp_path / "units/a").mkdir(parents=True)
        (tmp_path / "units/a/unit.yaml").write_bytes(b"mine")
        with pytest.raises(CannotWrite, match="sudah ada"):
            add_files(tmp_path, self.FILES)
        assert content(tmp_path) == {"units/a/unit.yaml": b"mine"}
        assert not (tmp_path / "units/a/2025").exists()

    def test_a_dangling_link_is_something(self, tmp_path: Path) -> None:
        """A symbolic link is never written through."""
        (tmp_path / "x").symlink_to(tmp_path / "outside")
        with pytest.raises(CannotWrite):
            add_files(tmp_path, {"x": b"1"})
        assert not (tmp_path / "outside").exists()

    def test_a_folder_that_is_a_link_outwards(self, tmp_path: Path) -> None:
        """A symbolic link in the way does not carry files out of the root."""
        (tmp_path / "outside").mkdir()
        (tmp_path / "root").mkdir()
        (tmp_path / "root/units").symlink_to(tmp_path / "outside")
        with pytest.raises(CannotWrite, match="ke luar"):
            add_files(tmp_path / "root", self.FILES)
        assert list((tmp_path / "outside").iterdir()) == []

    def test_every_call_may_fail(self, tmp_path: Path) -> None:
        """A full disk at any moment takes back what was written."""
        for number in range(1, 9):  # 3 folders, 2 files opened, written: 7 calls
            root = tmp_path / str(number)
            root.mkdir()
            with pytest.MonkeyPatch.context() as patch:
                count = at_call(number, no_space, patch)
                try:
                    add_files(root, self.FILES)
                except CannotWrite:
                    assert list(root.iterdir()) == []
                else:
                    assert count[0] < number


class TestReplaceFile:
    """`replace_file` changes one file in one step."""

    def test_the_bytes_are_the_new_ones_and_the_permissions_stay(self, tmp_path: Path) -> None:
        """Nothing else is left in the folder."""
        file = tmp_path / "mandiri.yaml"
        file.write_bytes(b"lama")
        file.chmod(0o640)
        replace_file(file, b"baru")
        assert content(tmp_path) == {"mandiri.yaml": b"baru"}
        assert file.stat().st_mode & 0o777 == 0o640

    def test_a_new_file_may_be_executable(self, tmp_path: Path) -> None:
        """As a hook must be."""
        replace_file(tmp_path / "pre-commit", b"#!/bin/sh\n", mode=0o755)
        assert os.access(tmp_path / "pre-commit", os.X_OK)

    def test_a_symbolic_link_is_not_followed(self, tmp_path: Path) -> None:
        """The file it leads to, and the link, stay."""
        (tmp_path / "luar").write_bytes(b"milik orang lain")
        link = tmp_path / "mandiri.yaml"
        link.symlink_to("luar")
        with pytest.raises(CannotWrite, match="bukan berkas biasa"):
            replace_file(link, b"baru")
        assert link.is_symlink()
        assert (tmp_path / "luar").read_bytes() == b"milik orang lain"

    def test_a_fault_of_the_disk_leaves_the_old_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """And nothing beside it."""
        file = tmp_path / "mandiri.yaml"
        file.write_bytes(b"lama")

        def full(*_: object) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "write", full)
        with pytest.raises(CannotWrite, match="tidak diubah"):
            replace_file(file, b"baru")
        assert content(tmp_path) == {"mandiri.yaml": b"lama"}
