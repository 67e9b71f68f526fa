"""How fresh evidence is: by the day written on it, never by the day of a commit.

The rules, and how they are counted, stand in schema/aturan/kesegaran.yaml.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from generator.model.alive import Expired, Freshness, FreshnessState, PartFreshness, Tally
from generator.model.day import add_months
from generator.model.declared import Answer, Evidence, Sheet, Tier
from generator.model.instrument import Area, Group, Instrument, Question
from generator.model.judged import Assessment

from .rule_data import section, text, whole

_MOST_MONTHS = 1200
"""A hundred years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifetime:
    """How long evidence of one kind of question shows how things stand."""

    id: str
    name: str
    fresh_months: int
    ageing_months: int
    """More than `fresh_months`; both counted from the day of the evidence."""
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshnessRules:
    """The values of schema/aturan/kesegaran.yaml."""

    kinds: tuple[Lifetime, ...]
    default: Lifetime
    questions: Mapping[str, Mapping[str, Lifetime]]
    """Instrument -> question -> kind; a question that is not named has the default."""

    def lifetime(self, code: str, instrument_id: str) -> Lifetime:
        """Return the kind of a question."""
        return self.questions.get(instrument_id, {}).get(code, self.default)

    def state(self, evidence: Evidence, code: str, instrument_id: str, as_of: date) -> FreshnessState:
        """Return how fresh the evidence of a question is on a day."""
        return _state(evidence, self.lifetime(code, instrument_id), as_of)


def build(data: Mapping[str, Any]) -> FreshnessRules:
    """Return the rules the file describes; raises ValueError with an Indonesian sentence for what is not strict."""
    section("berkas", data, ("jenis", "baku", "pertanyaan"))
    kinds = {name: _lifetime(name, kind) for name, kind in _mapping("jenis", data["jenis"]).items()}
    return FreshnessRules(
        kinds=tuple(kinds.values()),
        default=_kind("baku", kinds, data["baku"]),
        questions={
            instrument: dict(_classified(f"pertanyaan {instrument}", named, kinds))
            for instrument, named in _mapping("pertanyaan", data["pertanyaan"]).items()
        },
    )


def _lifetime(name: str, kind: object) -> Lifetime:
    where = f"jenis {name}"
    values = section(where, kind, ("nama", "segar_bulan", "menua_bulan", "catatan"))
    fresh, ageing = (whole(f"{where}: {key}", values[key], 1, _MOST_MONTHS) for key in ("segar_bulan", "menua_bulan"))
    if ageing <= fresh:
        raise ValueError(f"{where}: menua_bulan harus lebih dari segar_bulan")
    return Lifetime(
        id=name,
        name=text(f"{where}: nama", values["nama"]),
        fresh_months=fresh,
        ageing_months=ageing,
        note=text(f"{where}: catatan", values["catatan"]),
    )


def _classified(where: str, named: object, kinds: Mapping[str, Lifetime]) -> Iterator[tuple[str, Lifetime]]:
    seen: set[str] = set()
    for name, codes in _mapping(where, named).items():
        kind = _kind(where, kinds, name)
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            raise ValueError(f"{where}: {name} harus berupa daftar kode pertanyaan")
        for code in codes:
            if code in seen:
                raise ValueError(f"{where}: {code} disebut dua kali")
            seen.add(code)
            yield code, kind


def _kind(where: str, kinds: Mapping[str, Lifetime], name: object) -> Lifetime:
    if not isinstance(name, str) or name not in kinds:
        raise ValueError(f"{where}: jenis {name} tidak dikenal; yang ada: {', '.join(kinds)}")
    return kinds[name]


def _mapping(where: str, value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or not value:
        raise ValueError(f"{where} harus berisi paling sedikit satu kunci")
    return value


def hold_to(rules: FreshnessRules, instrument_id: str, codes: Collection[str]) -> None:
    """Raise ValueError where the rules classify a question of the instrument that is none of its `codes`."""
    for code in rules.questions.get(instrument_id, {}):
        if code not in codes:
            raise ValueError(f"pertanyaan {instrument_id}: {code} bukan pertanyaan instrumen itu")


def latest_filled(assessments: Iterable[Assessment]) -> Assessment | None:
    """Return the last of the years (oldest first) in which the unit itself answered a question."""
    last = None
    for assessment in assessments:
        sheet = assessment.declared.sheets.get(Tier.MANDIRI)
        if sheet is not None and any(map(_says_something, sheet.answers.values())):
            last = assessment
    return last


def _says_something(answer: Answer) -> bool:
    return answer.choice not in {"", "belum"} or bool(answer.counts or answer.survey or answer.evidence)


def of_unit(rules: FreshnessRules, assessments: Iterable[Assessment], as_of: date) -> Freshness | None:
    """Return how fresh a unit's evidence is: that of its latest filled year; None where it filled none."""
    last = latest_filled(assessments)
    if last is None:
        return None
    return of_sheet(rules, last.instrument, last.declared.sheets[Tier.MANDIRI], as_of)


def of_sheet(rules: FreshnessRules, instrument: Instrument, sheet: Sheet, as_of: date) -> Freshness:
    """Return how fresh the evidence of a sheet is; answers to what the instrument does not ask have no part in it."""
    states: dict[str, tuple[FreshnessState, ...]] = {}
    expired: list[Expired] = []
    for code in instrument.questions:
        answer = sheet.answers.get(code)
        if answer is None or not answer.evidence:
            continue
        lifetime = rules.lifetime(code, instrument.id)
        states[code] = found = tuple([_state(evidence, lifetime, as_of) for evidence in answer.evidence])
        if FreshnessState.HABIS in found:
            both = zip(found, answer.evidence, strict=True)
            expired += [Expired(code, evidence) for state, evidence in both if state is FreshnessState.HABIS]
    return Freshness(
        year=sheet.year,
        as_of=as_of,
        whole=_tally(states.values()),
        parts=tuple(
            PartFreshness(
                code=part.code,
                name=part.name,
                address=part.address,
                tally=_tally(states.get(code, ()) for code in part.questions),
            )
            for part in parts(instrument)
        ),
        states=states,
        expired=tuple(expired),
    )


def _tally(states: Iterable[Iterable[FreshnessState]]) -> Tally:
    found = list(chain.from_iterable(states))
    # counted by comparing: hashing a member of an enum costs more
    return Tally(counts={state: count for state in FreshnessState if (count := found.count(state))})


def _state(evidence: Evidence, lifetime: Lifetime, as_of: date) -> FreshnessState:
    if evidence.dated is not None and evidence.dated > as_of:
        return FreshnessState.BELUM_ADA
    if evidence.valid_until is not None and evidence.valid_until < as_of:
        return FreshnessState.HABIS
    if evidence.dated is None:
        return FreshnessState.TANPA_TANGGAL
    fresh, ageing = _last_days(evidence.dated, lifetime.fresh_months, lifetime.ageing_months)
    if as_of <= fresh:
        return FreshnessState.SEGAR
    return FreshnessState.MENUA if as_of <= ageing else FreshnessState.BASI


@lru_cache(maxsize=20_000)  # a registry's evidence has few days
def _last_days(dated: date, fresh_months: int, ageing_months: int) -> tuple[date, date]:
    return add_months(dated, fresh_months), add_months(dated, ageing_months)


class Part(NamedTuple):
    """A part of an instrument that a share is told of."""

    code: str
    name: str
    address: str
    """Code of its first group."""
    questions: tuple[str, ...]


@lru_cache(maxsize=8)  # instruments are few, and each equals only itself
def parts(instrument: Instrument) -> tuple[Part, ...]:
    """Return every area, then each top group with its questions that are in no area."""
    areas = [
        Part(area.code, area.name, area.groups[0], tuple(chain.from_iterable(map(_below, _nodes(instrument, area)))))
        for area in instrument.areas
    ]
    known = {code for area in areas for code in area.questions}
    rest = (
        Part(top.code, top.name, top.code, tuple(code for code in _below(top) if code not in known))
        for top in instrument.groups
    )
    return (*areas, *(part for part in rest if part.questions))


def _nodes(instrument: Instrument, area: Area) -> Iterator[Group | Question]:
    return (instrument.nodes[code] for code in area.groups)


def _below(node: Group | Question) -> Iterator[str]:
    if isinstance(node, Question):
        yield node.code
    else:
        for part in node.parts:
            yield from _below(part)
