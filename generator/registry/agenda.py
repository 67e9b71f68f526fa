"""What must be monitored, as JSON data: the same for `zi due`, `zi coverage` and the site's file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from generator.judging.coverage import Coverage, coverage
from generator.model.declared import Agency
from generator.model.exact import decimal_text
from generator.model.judged import MonitoringStatus


def entry(unit_id: str, state: MonitoringStatus) -> dict[str, Any]:
    """Return where a unit stands."""
    return {
        "id": unit_id,
        "predikat": state.predicate,
        "status": state.status,
        "jatuh_tempo": state.due and state.due.isoformat(),
        "hari": state.days,
        "pelaksana": state.by,
        "dilarang_sampai": state.barred_until and state.barred_until.isoformat(),
        "tahap": state.stage,
        "tahap_sejak": state.stage_since and state.stage_since.isoformat(),
        "pemantauan_terakhir": state.last and state.last.isoformat(),
        "dipantau_lebih_awal": state.timing and state.timing.early,
        "tindak_lanjut_terbuka": len(state.follow_ups),
        "tindak_lanjut_terlambat": state.follow_ups_late,
    }


def by_agency(rows: Iterable[tuple[Agency, MonitoringStatus]]) -> list[tuple[Agency, Coverage]]:
    """Return what is monitored of each agency's units, sorted by the agency's id."""
    ordered = sorted(rows, key=lambda row: row[0].id)
    groups = [list(found) for _, found in groupby(ordered, key=lambda row: row[0].id)]
    return [(found[0][0], coverage(state for _, state in found)) for found in groups]


def coverage_data(rows: Iterable[tuple[Agency, MonitoringStatus]], as_of: date) -> dict[str, Any]:
    """Return the coverage of each agency and of all."""
    found = tuple(rows)
    return {
        "per": as_of.isoformat(),
        "instansi": [
            {"id": agency.id, "nama": agency.name, **_counts(counted)} for agency, counted in by_agency(found)
        ],
        "semua": _counts(coverage(state for _, state in found)),
    }


def _counts(counted: Coverage) -> dict[str, Any]:
    return {
        "unit": counted.units,
        "berpredikat": counted.holding,
        "dipantau": counted.monitored,
        "cakupan": None if counted.share is None else decimal_text(counted.share),
        "belum_jatuh_tempo": counted.new,
        "terlambat": counted.overdue,
        "dalam_konfirmasi": counted.confirming,
        "tindak_lanjut_terbuka": counted.follow_ups,
        "tindak_lanjut_terlambat": counted.follow_ups_late,
    }
