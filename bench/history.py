"""Every past against Git itself, and against the tools that ask it file by file.

The floor is what Git alone needs: `git log --raw` of the main line, and `git cat-file --batch` of every version asked
file by file, both read to the end and thrown away. Ours is what comes upon that and contains it: a process that tells
every change of every unit (bench.telling), its start apart, for that is a constant and measured elsewhere.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import defaultdict
from functools import partial
from pathlib import Path
from statistics import median

from bench import corpus
from bench.measure import QUIET, cpu, report, side_by_side, tool
from generator.demo.names import REGISTRAR

_LOG = ("log", "--raw", "--no-abbrev", "--no-renames", "--first-parent", "-m", "--format=%H", "--reverse")
_RUNS = 5
_PEER_FILES = 3
"""Files given to each peer, which takes more for one than we for all."""
_GIT_HISTORY = """
data = yaml.load(content, Loader=yaml.CSafeLoader)
return [{"kode": kode, **jawaban} for kode, jawaban in data["jawaban"].items()]
"""
_ITER_COMMITS = """
import sys
from git import Repo
for path in sys.argv[2:]:
    print(len(list(Repo(sys.argv[1]).iter_commits("main", paths=path))))
"""


def pasts(demo: Path, work: Path) -> None:
    """Print every figure of the past; `demo` is a demo registry."""
    short, long = work / "650", work / "6500"
    corpus.write(short, demo, 50)
    corpus.write(long, demo, 500)
    for root in (demo, short, long):
        cold = _cold(root)
        _warm(root)
    _grown(long)
    _peers(long, cold)


def _cold(root: Path) -> float:
    """Report the cold past and return its seconds."""
    blobs = _asked(root)
    ours, floor, ratio = side_by_side(lambda: _told("cold", root), lambda: _floor(root, blobs), _RUNS)
    report(
        "riwayat dingin / git log + cat-file",
        ratio,
        "≤ 6",
        f"{ours:.2f} s / {floor:.2f} s; {root.name}: {len(blobs.splitlines())} versi",
    )
    return ours


def _warm(root: Path) -> None:
    shutil.rmtree(root / ".zi-cache", ignore_errors=True)
    versions = _versions(_telling("fill", root))
    for what, name in (("warm", "kunci saja"), ("read", "dibaca semua")):
        ours, floor, ratio = side_by_side(partial(_told, what, root), partial(_log, root), _RUNS)
        report(
            f"riwayat hangat, {name} / git log",
            ratio,
            "≤ 2" if what == "warm" else "–",
            f"{ours * 1e3:.0f} ms / {floor * 1e3:.0f} ms; {root.name}",
        )
    kept = sum(path.stat().st_size for path in (root / ".zi-cache").rglob("*") if path.is_file())
    report("tembolok riwayat, kB per versi", kept / versions / 1000, "sekitar 1", f"{root.name}: {kept // 1000} kB")


def _grown(root: Path) -> None:
    """Ten new commits, each to a sheet of another unit, where all before them is in the cache.

    The target holds for what a site needs: the ten timelines told from their beginning.
    """
    for what, name, target in (("news", "", "≤ 0,2"), ("warm", ", belum dibaca", "–")):
        ours, floor = [], []
        for _ in range(3):
            _add_commits(root, 10)
            ours.append(_told(what, root))
            floor.append(_floor(root, b""))
        beyond, note = median(ours) - median(floor), f"{median(ours):.2f} s / {median(floor):.2f} s"
        report(f"sepuluh commit baru{name}, s di atas git log", beyond, target, note)


def _peers(root: Path, cold: float) -> None:
    """The peers on a few files of the same repository; theirs for each of these, ours for each of all.

    iter_commits tells which commits touched a file and neither reads nor compares its content: it is measured against
    what lists the versions of every file, and against the whole past with all that it tells.
    """
    files = corpus.paths(500)
    few = files[:_PEER_FILES]
    database = root / ".zi-cache" / "git-history.db"
    options = ("--repo", str(root), "--branch", "main", "--id", "kode", "--import", "yaml", "--silent")

    def git_history(path: str) -> float:
        database.unlink(missing_ok=True)
        return cpu([tool("git-history"), "file", str(database), str(root / path), *options, "--convert", _GIT_HISTORY])

    def iter_commits(path: str) -> float:
        return cpu([sys.executable, "-c", _ITER_COMMITS, str(root), path])

    listed = _told("list", root)
    for name, peer, what, spent in (
        ("git-history", git_history, "riwayat dingin", cold),
        ("iter_commits", iter_commits, "daftar versi", listed),
        ("iter_commits", iter_commits, "riwayat dingin", cold),
    ):
        ours, theirs = spent / len(files), median(map(peer, few))
        note = f"per berkas {theirs * 1e3:.0f} ms / {ours * 1e3:.1f} ms; {len(few)} dari {len(files)} berkas"
        if peer is iter_commits:
            note += "; tanpa isi, lawan " + ("tanpa isi" if spent is listed else "isi dan semua perubahannya")
        report(f"{name} / {what}", theirs / ours, "≥ 20", note)


def _telling(what: str, root: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.telling", what, str(root)]
    done = subprocess.run(command, capture_output=True, env=QUIET, check=True, cwd=Path(__file__).parents[1])
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _told(what: str, root: Path) -> float:
    return _telling(what, root)["seconds"]


def _versions(measured: dict[str, float]) -> int:
    return int(measured["versions"])


def _log(root: Path) -> float:
    return cpu(["git", "-C", str(root), *_LOG])


def _floor(root: Path, blobs: bytes) -> float:
    return _log(root) + cpu(["git", "-C", str(root), "cat-file", "--batch"], given=blobs)


def _asked(root: Path) -> bytes:
    """Return what `cat-file --batch` is asked: the blobs of each file's versions together."""
    done = subprocess.run(["git", "-C", str(root), *_LOG, "--", "units"], capture_output=True, check=True)
    blobs = defaultdict(list)
    for line in done.stdout.decode().splitlines():
        if line.startswith(":"):
            _, _, _, blob, _, path = line.split(None, 5)
            blobs[path].append(blob)
    return "".join(f"{blob}\n" for path in sorted(blobs) for blob in blobs[path] if blob.strip("0")).encode()


def _add_commits(root: Path, count: int) -> None:
    """Explain an answer anew in a sheet of each of `count` units."""
    for path in corpus.paths(500)[:: corpus.YEARS][:count]:
        sheet = root / path
        sheet.write_bytes(sheet.read_bytes().replace(b"penjelasan: ", b"penjelasan: Lagi. ", 1))
        who = {"NAME": REGISTRAR.name, "EMAIL": REGISTRAR.mail}
        signed = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
        command = ["git", "-C", str(root), "commit", "--quiet", "--message", "Jelaskan lagi", "--", path]
        subprocess.run(command, check=True, capture_output=True, env={**QUIET, **signed})
