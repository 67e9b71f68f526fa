"""What passes the shapes can be built and judged by; whatever else is in a file is told, not tripped over."""

import copy
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.judging import freshness, life_rules, rule_shapes
from generator.judging.assessing import assess
from generator.judging.instrument import build, faults
from generator.judging.monitoring import build_cycle
from generator.model.declared import Agency, Answer, Sheet, Survey, Tier, Unit, UnitYear
from generator.model.document import Mark
from generator.program_files import SCHEMA

CASE = Path(__file__).parents[1] / "cases" / "instrument" / "cocok.yaml"
SMALL = yaml.safe_load(CASE.read_text(encoding="utf-8"))
AGES, LIFE = (
    yaml.safe_load((SCHEMA / "aturan" / f"{name}.yaml").read_text(encoding="utf-8"))
    for name in ("kesegaran", "kehidupan")
)
CYCLE = yaml.safe_load((SCHEMA / "aturan" / "pemantauan.yaml").read_text(encoding="utf-8"))
SHIPPED = sorted((SCHEMA / "instrumen").glob("*.yaml"))
VALUES = st.sampled_from(
    [None, True, 0, -1, 1, 10**12, "", "0", "1", "0.5", "-1", "1e9", "nan", "1/0", "WBK", "persen", "02-29", [], {}]
)
VALUES |= st.sampled_from([[[]], ["A"], {"A": "1"}, {"jenis": "rasio"}, {"isi": []}, {"isi": [{}]}])
LAWS = settings(derandomize=True, deadline=None, max_examples=400)


def places(data, path=()):
    """Yield the place of everything in the data."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from places(value, (*path, key))


def changed(data, place, value, *, drop):
    """Return the data with another value at the place, or without it."""
    new = copy.deepcopy(data)
    inside = new
    for step in place[:-1]:
        inside = inside[step]
    if drop:
        del inside[place[-1]]
    else:
        inside[place[-1]] = value
    return new


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_our_instruments_have_their_shape(path) -> None:
    """So has every other rule file that has a shape."""
    assert list(rule_shapes.INSTRUMENT((), yaml.safe_load(path.read_text(encoding="utf-8")))) == []
    assert list(rule_shapes.CYCLE((), CYCLE)) == []


SHEET = Sheet(
    tier=Tier.MANDIRI,
    instrument="contoh-1",
    year=2025,
    answers={
        "A.a": Answer(choice="Ya"),
        "A.b": Answer(counts={"bagian": 1, "seluruh": 2}),
        "B.a": Answer(choice="Tidak"),
        "B.b": Answer(survey="s"),
    },
)
YEAR = UnitYear(
    year=2025,
    sheets={Tier.MANDIRI: SHEET},
    surveys=(Survey(id="s", kind="IPAK", surveyor="TPN", respondents=1, index=Fraction(3)),),
    clearances={},
)
UNIT = Unit(
    id="contoh/satu",
    agency=Agency(id="contoh", name="Contoh", monitors={}),
    name="Satu",
    events=(),
    monitoring=(),
    statements=(),
    years=(YEAR,),
)


@LAWS
@given(st.sampled_from(list(places(SMALL))), VALUES, st.booleans())
def test_an_instrument_is_told_wrong_or_can_be_judged_by(place, value, drop) -> None:
    """Anything at any place: either the shape or the sums say no, or a sheet is judged without a stumble."""
    data = changed(SMALL, place, value, drop=drop)
    if list(rule_shapes.INSTRUMENT((), data)) or faults("x.yaml", data, Mark(1, 1)):
        return
    assess(build(data), UNIT, YEAR, 24)


@LAWS
@given(st.sampled_from(list(places(CYCLE))), VALUES, st.booleans())
def test_a_cycle_is_told_wrong_or_can_be_built(place, value, drop) -> None:
    """Anything at any place."""
    data = changed(CYCLE, place, value, drop=drop)
    if not list(rule_shapes.CYCLE((), data)):
        build_cycle(data)


@pytest.mark.parametrize(("data", "build_rules"), [(AGES, freshness.build), (LIFE, life_rules.build)])
@settings(derandomize=True, deadline=None, max_examples=200)
@given(made=st.data())
def test_the_builders_of_other_rules_say_what_is_wrong(data, build_rules, made) -> None:
    """They have no shape: whatever is in the file, they build from it or raise a ValueError with a sentence."""
    place = made.draw(st.sampled_from(list(places(data))))
    wrong = changed(data, place, made.draw(VALUES), drop=made.draw(st.booleans()))
    try:
        build_rules(wrong)
    except ValueError as error:
        assert " " in str(error)  # noqa: PT017 - either way is right
