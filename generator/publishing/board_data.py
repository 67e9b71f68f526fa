"""pemantauan/pemantauan.json: what the board shows, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from generator.judging.course import progress
from generator.registry.agenda import coverage_data, entry

from .summary import Summary

FILE = "pemantauan/pemantauan.json"


def file(units: Sequence[Summary], as_of: date) -> tuple[str, bytes]:
    """Return the file: coverage as `zi coverage --json` has it, units as `zi due --json`, with what is open."""
    covered = coverage_data(((unit.agency, unit.monitoring) for unit in units), as_of)
    data = {**covered, "unit": list(_units(units, as_of))}
    return FILE, (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "replace")


def _units(units: Iterable[Summary], as_of: date) -> Iterable[dict[str, Any]]:
    for unit in sorted(units, key=lambda unit: unit.id):
        yield {
            **entry(unit.id, unit.monitoring),
            "nama": unit.name,
            "instansi": unit.agency.id,
            "tindak_lanjut": [
                {"uraian": one.what, "batas": one.until.isoformat(), "keadaan": progress(one, as_of)}
                for one in unit.monitoring.follow_ups
            ],
        }
