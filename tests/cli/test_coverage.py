"""`zi coverage`: agency by agency, what is monitored of what must be."""

import json
import os
import subprocess
import sys

import pytest
import yaml


def zi(*arguments, cwd):
    """Run the command line as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd,
        env={**os.environ},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def write(root, path, data):
    """Write a file of the registry."""
    file = root / "units" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


# On 1 December 2026, unit -> award and reports. Agency "alfa":
LIVES = {
    # award + 24 months = 1 December 2026, that day included: not due yet, and never monitored
    "alfa/baru": ("2024-12-01", []),
    # one day more: overdue
    "alfa/lewat": ("2024-11-30", []),
    # monitored 24 months ago to the day: within the interval; one follow-up done, one late, one open
    "alfa/dipantau": (
        "2022-12-06",
        [
            {
                "tanggal": "2024-12-01",
                "pelaksana": "TPI",
                "hasil": "perlu-perbaikan",
                "tindak_lanjut": [
                    {"uraian": "a", "batas": "2025-06-30", "selesai": "2026-12-01"},
                    {"uraian": "b", "batas": "2026-11-30", "selesai": "2026-12-02"},
                    {"uraian": "c", "batas": "2026-12-01"},
                ],
            }
        ],
    ),
    # monitored since, and in confirmation; a report of tomorrow does not exist yet
    "alfa/konfirmasi": (
        "2022-12-06",
        [
            {"tanggal": "2026-11-01", "pelaksana": "TPI", "hasil": "diusulkan-dicabut"},
            {"tanggal": "2026-12-02", "pelaksana": "TPI", "hasil": "dipertahankan"},
        ],
    ),
    "alfa/tanpa": (None, []),
    # Agency "beta": nobody holds a predicate.
    "beta/tanpa": (None, []),
}


@pytest.fixture
def registry(tmp_path):
    """Two agencies; the units of `LIVES`."""
    for unit, (award, reports) in LIVES.items():
        agency = unit.partition("/")[0]
        write(tmp_path, f"{agency}/instansi.yaml", {"nama": f"Instansi {agency.title()}"})
        write(tmp_path, f"{unit}/unit.yaml", {"nama": "KPPN Contoh"})
        if award:
            event = {"jenis": "ditetapkan", "predikat": "WBK", "tanggal": award}
            write(tmp_path, f"{unit}/predikat.yaml", {"peristiwa": [event]})
        if reports:
            write(tmp_path, f"{unit}/pemantauan.yaml", {"pemantauan": reports})
    return tmp_path


def test_the_table_is_what_the_scenes_add_up_to(registry) -> None:
    """Alfa: 4 hold one, 2 of them monitored, 1 new, 1 overdue; open are b and c, of which b is late."""
    done = zi("coverage", "--as-of", "2026-12-01", cwd=registry)
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout
        == """\
Cakupan pemantauan per 1 Desember 2026

  Berpredikat     Dipantau  Belum jatuh tempo  Terlambat  Tindak lanjut  Instansi
            4  2 (50,00 %)                  1          1     2, 1 lewat  alfa
            0            0                  0          0              0  beta
            4  2 (50,00 %)                  1          1     2, 1 lewat  semua instansi
"""
    )


def test_the_json_has_the_same_counts(registry) -> None:
    """A share of nothing is null, and not 0."""
    data = json.loads(zi("coverage", "--as-of", "2026-12-01", "--json", cwd=registry).stdout)
    alfa = {
        "unit": 5,
        "berpredikat": 4,
        "dipantau": 2,
        "cakupan": "0.5000000000",
        "belum_jatuh_tempo": 1,
        "terlambat": 1,
        "dalam_konfirmasi": 1,
        "tindak_lanjut_terbuka": 2,
        "tindak_lanjut_terlambat": 1,
    }
    beta = {**dict.fromkeys(alfa, 0), "unit": 1, "cakupan": None}
    assert data == {
        "per": "2026-12-01",
        "instansi": [
            {"id": "alfa", "nama": "Instansi Alfa", **alfa},
            {"id": "beta", "nama": "Instansi Beta", **beta},
        ],
        "semua": {**alfa, "unit": 6},
    }


def test_a_registry_without_units_says_so(tmp_path) -> None:
    """Nothing to cover is one thing, nothing there another."""
    assert "Belum ada unit" in zi("coverage", cwd=tmp_path).stdout
    assert json.loads(zi("coverage", "--json", cwd=tmp_path).stdout)["instansi"] == []


def test_counts_that_may_be_wrong_are_said_to_be(registry) -> None:
    """A file they rest on that cannot be read whole: exit 1, and stderr names it."""
    (registry / "units/alfa/baru/predikat.yaml").write_text("peristiwa: [\n", encoding="utf-8")
    done = zi("coverage", cwd=registry)
    assert done.returncode == 1
    assert "units/alfa/baru/predikat.yaml" in done.stderr
