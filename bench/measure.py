"""How a figure is taken: CPU of a whole process and its children, and its peak memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

QUIET = {**os.environ, "SOURCE_DATE_EPOCH": "1796000000"}
"""One day for every run (2026-11-30), so that runs differ in nothing."""
QUIET.pop("PYTHONDONTWRITEBYTECODE", None)  # where it is set, every start compiles every module again


def cpu(command: Iterable[str], *, ends: tuple[int, ...] = (0,), given: bytes = b"") -> float:
    """Run the command, which reads what is given, and return its CPU seconds, user and system, children included.

    Raises RuntimeError where it ends with a code that is not in `ends`: a failed run is no measurement.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(list(command), input=given, capture_output=True, env=QUIET, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in ends:
        raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr[-800:]!r}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def peak_megabytes(command: Iterable[str]) -> float:
    """Run the command in a process of its own and return the peak memory of the largest process in it."""
    program = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *command], capture_output=True, env=QUIET, check=True, text=True
    )
    return int(done.stdout) / 1024


def side_by_side(a: Callable[[], float], b: Callable[[], float], runs: int) -> tuple[float, float, float]:
    """Measure a and b in turn; return median a, median b and the median of the ratios pair by pair."""
    a(), b()  # a warm-up each: byte code, page cache
    pairs = [(a(), b()) for _ in range(runs)]
    return median(x for x, _ in pairs), median(y for _, y in pairs), median(x / y for x, y in pairs)


def here(work: Callable[[], object]) -> float:
    """CPU seconds of this process for the work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def report(name: str, ratio: float, target: str, detail: str) -> None:
    """Print one figure on one line."""
    print(f"{name:<46} {ratio:>9.4f}   sasaran {target:<9} {detail}", flush=True)


def tool(name: str) -> str:
    """Path of a command that stands beside this Python."""
    return str(Path(sys.executable).parent / name)
