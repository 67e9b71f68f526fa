"""The program that `bench.history` measures: `python -m bench.telling WHAT ROOT` prints its CPU seconds, start apart.

list: the versions of every file are listed, none is read. cold: every timeline is worked out, nothing is kept. fill:
also kept. warm: every key is looked up, and where it is another than before what the new versions did is worked out and
kept; nothing is told. news: as warm, and these timelines are told from their beginning. read: every timeline is told.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import git.cmd  # noqa: F401 - GitPython, whose import is no part of what is measured

import generator.cli  # noqa: F401 - it sets, as for every command, how often Python looks for cycles
from generator import registry
from generator.reading.cache import Cache
from generator.reading.history import open_past
from generator.registry.past import Chronicle


def tell(what: str, root: Path) -> int:
    """Do what is measured and return how many versions it was about."""
    catalogue = registry.load_catalogue()
    cache = Cache(root) if what not in {"list", "cold"} else None
    with cache or nullcontext(), open_past(root, cache=cache) as past:
        chronicle = Chronicle(past, catalogue, cache)
        for unit_id in chronicle.units if what != "list" else ():
            if what in ("warm", "news") and chronicle.knows(unit_id):
                continue
            steps = chronicle.timeline(unit_id)
            if what != "warm":
                tuple(steps)
        listed = past.history.versions if what == "list" else past.history.marks  # only a list decodes every commit
        return sum(map(len, listed.values()))


def spent() -> float:
    """CPU seconds so far, user and system, children included."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    start = spent()
    versions = tell(sys.argv[1], Path(sys.argv[2]))
    print(json.dumps({"seconds": spent() - start, "start": start, "versions": versions}))
