"""units/contoh: the units operators copy from."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
UNITS = ROOT / "units" / "contoh"


def keys(path):
    """Return every key used anywhere in the files of this name."""

    def within(data):
        if isinstance(data, dict):
            yield from data
        for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
            yield from within(part)

    return {key for file in UNITS.rglob(path) for key in within(yaml.safe_load(file.read_text(encoding="utf-8")))}


@pytest.mark.parametrize("epoch", [None, "1767200400", "2000000000"])
def test_the_examples_pass_whatever_the_day(epoch) -> None:
    """No finding of any level today, at the start of 2026 (1767200400) or in 2033 (2000000000)."""
    day = {} if epoch is None else {"SOURCE_DATE_EPOCH": epoch}
    done = subprocess.run(
        [sys.executable, "-m", "generator", "check", "--format", "json", "--root", str(ROOT), "units/contoh"],
        env={**os.environ, **day},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["findings"] == []


@pytest.mark.parametrize(
    "kind",
    ["instansi", "unit", "predikat", "pemantauan", "tanggapan", "kasus", "mandiri", "tpi", "survei", "clearance"],
)
def test_the_examples_show_every_field(kind) -> None:
    """Whatever a schema allows is shown filled in somewhere, so that nobody must guess its form."""

    def properties(schema):
        for name, part in schema.get("properties", {}).items():
            yield name
            yield from properties(part)
        for part in (schema.get("items"), schema.get("$defs", {}).get("jawaban")):
            yield from properties(part) if part else ()

    schema = json.loads((ROOT / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    unused = set(properties(schema)) - keys(f"{kind}.yaml")
    # `asal`: none of these units had another id before, and an invented one would be a lie.
    assert unused <= {"asal"}


def test_the_examples_show_the_three_stages() -> None:
    """Two whole years with three tiers, a forecast of TPI, a beginner."""
    stages = {
        unit.name: sorted(f"{file.parent.name}/{file.stem}" for file in unit.glob("*/*.yaml"))
        for unit in UNITS.iterdir()
        if unit.is_dir()
    }
    own, whole = ("clearance", "mandiri", "survei"), ("clearance", "mandiri", "survei", "tpi", "tpn")
    assert stages == {
        "kpp-contoh-dua": sorted(f"2025/{kind}" for kind in (*own, "tpi")),
        "kppn-contoh-satu": [f"{year}/{kind}" for year in (2023, 2024) for kind in whole],
        "layanan-contoh-tiga": [f"2025/{kind}" for kind in own],
    }
