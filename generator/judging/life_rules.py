"""What schema/aturan/kehidupan.yaml says: which signals there are, what each weighs, and where the limits lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .rule_data import decimal, section, text, whole

_WHOLE = 100
_MOST_MONTHS = 1200
_MOST_DAYS = 3660
_MOST_QUARTERS = 40
_HIGHEST_INDEX = 4
RESULTS = ("dipertahankan", "perlu-perbaikan", "diusulkan-dicabut")
"""What a monitoring can come to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every signal has."""

    code: str
    name: str
    weight: int
    """Of 100; the weights of all signals add up to it."""
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRule(Rule):
    """How fresh the evidence is."""

    least_told: Fraction
    """Share of the evidence whose age must be known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRule(Rule):
    """What the unit stated."""

    quarters: int
    least: int
    """So many of the quarters must have a statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringRule(Rule):
    """What the last monitoring came to."""

    months: int
    """How long a report says something."""
    values: Mapping[str, Fraction]
    """For each of `RESULTS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRule(Rule):
    """Where the users' surveys go."""

    months: int
    """How long after the end of its year a survey says something."""
    slight: Fraction
    """A fall of at most so much is worth a half."""
    steady: Fraction
    """A fall of at most so much is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeRules:
    """The values of schema/aturan/kehidupan.yaml."""

    least_weight: int
    """Of signals that are not silent, for a verdict."""
    alive: Fraction
    slowing: Fraction
    notice_days: int
    evidence: EvidenceRule
    statements: StatementRule
    monitoring: MonitoringRule
    follow_ups: Rule
    surveys: SurveyRule


def build(data: object) -> LifeRules:
    """Return the rules of the file's data; raises ValueError with an Indonesian sentence for what is not strict."""
    top = section("berkas", data, ("bobot_paling_sedikit", "batas", "pemberitahuan_hari", "isyarat"))
    limits = section("batas", top["batas"], ("hidup", "melambat"))
    alive, slowing = (decimal(f"batas.{name}", limits[name], 1) for name in ("hidup", "melambat"))
    if not 0 < slowing < alive:
        raise ValueError("batas.melambat harus lebih dari 0 dan kurang dari batas.hidup")
    signals = section("isyarat", top["isyarat"], ("bukti", "pernyataan", "pemantauan", "tindak_lanjut", "survei"))
    rules = LifeRules(
        least_weight=_value("bobot_paling_sedikit", top, 1, _WHOLE),
        alive=alive,
        slowing=slowing,
        notice_days=_value("pemberitahuan_hari", top, 0, _MOST_DAYS),
        evidence=_evidence(signals),
        statements=_statements(signals),
        monitoring=_monitoring(signals),
        follow_ups=Rule(**_common("tindak_lanjut", signals)),
        surveys=_surveys(signals),
    )
    every = (rules.evidence, rules.statements, rules.monitoring, rules.follow_ups, rules.surveys)
    total = sum(rule.weight for rule in every)
    if total != _WHOLE:
        raise ValueError(f"isyarat: jumlah bobot {total}, seharusnya {_WHOLE}")
    return rules


def _value(name: str, top: Mapping[str, Any], least: int, most: int) -> int:
    rule = section(name, top[name], ("nilai", "catatan"))
    text(f"{name}.catatan", rule["catatan"])
    return whole(f"{name}.nilai", rule["nilai"], least, most)


def _common(code: str, signals: Mapping[str, Any], keys: Iterable[str] = ()) -> dict[str, Any]:
    where = f"isyarat.{code}"
    rule = section(where, signals[code], ("nama", "bobot", *keys, "catatan"))
    return {
        "code": code,
        "name": text(f"{where}.nama", rule["nama"]),
        "weight": whole(f"{where}.bobot", rule["bobot"], 1, _WHOLE),
        "note": text(f"{where}.catatan", rule["catatan"]),
    }


def _evidence(signals: Mapping[str, Any]) -> EvidenceRule:
    key = "bukti_bertanggal_paling_sedikit"
    common = _common("bukti", signals, (key,))
    return EvidenceRule(**common, least_told=decimal(f"isyarat.bukti.{key}", signals["bukti"][key], 1))


def _statements(signals: Mapping[str, Any]) -> StatementRule:
    common, rule = _common("pernyataan", signals, ("triwulan", "paling_sedikit")), signals["pernyataan"]
    quarters = whole("isyarat.pernyataan.triwulan", rule["triwulan"], 1, _MOST_QUARTERS)
    least = whole("isyarat.pernyataan.paling_sedikit", rule["paling_sedikit"], 1, quarters)
    return StatementRule(**common, quarters=quarters, least=least)


def _monitoring(signals: Mapping[str, Any]) -> MonitoringRule:
    common, rule = _common("pemantauan", signals, ("berlaku_bulan", "nilai")), signals["pemantauan"]
    values = section("isyarat.pemantauan.nilai", rule["nilai"], RESULTS)
    return MonitoringRule(
        **common,
        months=whole("isyarat.pemantauan.berlaku_bulan", rule["berlaku_bulan"], 1, _MOST_MONTHS),
        values={name: decimal(f"isyarat.pemantauan.nilai.{name}", values[name], 1) for name in RESULTS},
    )


def _surveys(signals: Mapping[str, Any]) -> SurveyRule:
    common, rule = _common("survei", signals, ("berlaku_bulan", "turun_sedikit", "tetap")), signals["survei"]
    slight = decimal("isyarat.survei.turun_sedikit", rule["turun_sedikit"], _HIGHEST_INDEX)
    steady = decimal("isyarat.survei.tetap", rule["tetap"], _HIGHEST_INDEX)
    if steady > slight:
        raise ValueError("isyarat.survei.tetap tidak boleh lebih dari turun_sedikit")
    months = whole("isyarat.survei.berlaku_bulan", rule["berlaku_bulan"], 1, _MOST_MONTHS)
    return SurveyRule(**common, months=months, slight=slight, steady=steady)
