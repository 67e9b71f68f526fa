"""`make bench`: every figure the design promises, as a ratio to a peer or a floor named beside it.

Whole processes are measured by their CPU (user + system, children included), in turn, as medians of pairs.
Needs no network. Takes some minutes: the registry of 1,000 unit-years is made anew.
"""

from __future__ import annotations

import math
import shutil
import sys
import tempfile
from itertools import count
from pathlib import Path

from bench.history import pasts
from bench.measure import cpu, peak_megabytes, report, side_by_side, tool
from bench.pages import pages_against_bytes
from bench.privacy import privacy_guard

ZI = tool("zi")
YEARS = 4
SAMPLE = 24
"""Tier files given to check-jsonschema, the peer, which takes most of a second for each."""


def registry(folder: Path, units: int) -> Path:
    """Make a demo registry of `units` × 4 unit-years."""
    cpu([ZI, "demo", str(folder), "--units", str(units), "--years", str(YEARS)])
    return folder


def tier_files(root: Path) -> list[Path]:
    """Return every mandiri, tpi and tpn file, sorted."""
    return sorted(path for kind in ("mandiri", "tpi", "tpn") for path in root.glob(f"units/*/*/*/{kind}.yaml"))


def forget(root: Path) -> None:
    """Delete the cache, so that the next run is cold."""
    shutil.rmtree(root / ".zi-cache", ignore_errors=True)


def one_file(root: Path) -> None:
    """One changed file, in a registry that was checked before, against an empty Python."""
    path = max(root.glob("units/*/*/*/mandiri.yaml"), key=lambda path: (path.stat().st_size, path))
    text = path.read_bytes()
    edits = count(1)
    cpu([ZI, "check", "--root", str(root)])

    def check() -> float:
        path.write_bytes(text + b"# %d\n" % next(edits))  # new bytes each time: nothing of it can be remembered
        return cpu([ZI, "check", "--root", str(root), str(path)])

    ours, floor, ratio = side_by_side(check, lambda: cpu([sys.executable, "-c", "pass"]), runs=15)
    report(
        "zi check SATU-BERKAS / python -c pass",
        ratio,
        "≤ 8",
        f"{ours * 1000:.0f} ms / {floor * 1000:.0f} ms; {path.stat().st_size // 1024} KiB",
    )


def whole_registry(root: Path) -> None:
    """Cold and warm check of everything against check-jsonschema on a sample of the same files, per tier file."""
    schema = Path(__file__).parents[1] / "schema"
    files = tier_files(root)
    step = max(1, len(files) // SAMPLE)
    sample = files[::step][:SAMPLE]

    def peer() -> float:
        spent = 0.0
        for kind in ("mandiri", "tpi", "tpn"):
            of_kind = [str(path) for path in sample if path.stem == kind]
            command = [tool("check-jsonschema"), "--schemafile", str(schema / f"{kind}.schema.json"), *of_kind]
            spent += cpu(command, ends=(0, 1))
        return spent / len(sample)

    def cold() -> float:
        forget(root)
        return cpu([ZI, "check", "--root", str(root)]) / len(files)

    def warm() -> float:
        return cpu([ZI, "check", "--root", str(root)]) / len(files)

    unit_years = len(list(root.glob("units/*/*/*/mandiri.yaml")))
    size = sum(path.stat().st_size for path in files) / len(files) / 1024
    note = f"{unit_years} unit-tahun, {len(files)} berkas rata-rata {size:.0f} KiB; pembanding {len(sample)} berkas"
    ours, theirs, ratio = side_by_side(cold, peer, runs=3)
    report(
        "zi check dingin / check-jsonschema", ratio, "≤ 0,06", f"{ours * 1e3:.2f} ms / {theirs * 1e3:.0f} ms; {note}"
    )
    ours, theirs, ratio = side_by_side(warm, peer, runs=3)
    report("zi check hangat / check-jsonschema", ratio, "≤ 0,005", f"{ours * 1e3:.2f} ms / {theirs * 1e3:.0f} ms")


def growth(small: Path, large: Path) -> None:
    """How cost grows from 100 to 1,000 unit-years: the exponent of a power law, 1 is linear."""
    factor = len(tier_files(large)) / len(tier_files(small))

    def check(root: Path) -> float:
        forget(root)
        return cpu([ZI, "check", "--root", str(root)])

    def build(root: Path) -> float:
        site = root / "site-bench"
        spent = cpu([ZI, "build", "--root", str(root), "--site", str(site)])
        site.unlink()
        shutil.rmtree(root / f".{site.name}-builds")
        return spent

    for name, work in (("zi check dingin", check), ("zi build", build)):
        more, less, ratio = side_by_side(lambda work=work: work(large), lambda work=work: work(small), runs=1)
        exponent = math.log(ratio) / math.log(factor)
        report(f"pertumbuhan {name}, pangkat", exponent, "≤ 1,1", f"{less:.1f} s → {more:.1f} s untuk {factor:.1f} ×")


def memory(large: Path) -> None:
    """Peak memory at 1,000 unit-years."""
    forget(large)
    site = large / "site-bench"
    for name, command in (
        ("zi check", [ZI, "check", "--root", str(large)]),
        ("zi score --json", [ZI, "score", "--root", str(large), "--json"]),
        ("zi build", [ZI, "build", "--root", str(large), "--site", str(site)]),
    ):
        report(f"memori puncak {name}, MB", peak_megabytes(command), "≤ 512", "")


def main() -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory(prefix="zi-bench-") as folder:
        work = Path(folder)
        small, middle = registry(work / "100", 25), registry(work / "500", 125)
        one_file(small)
        pages_against_bytes(small, work / "pages")
        privacy_guard(small, work / "privacy")
        pasts(small, work / "past")
        whole_registry(middle)
        shutil.rmtree(middle)
        large = registry(work / "1000", 250)
        growth(small, large)
        memory(large)


if __name__ == "__main__":
    main()
