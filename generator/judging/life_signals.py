"""The signals a verdict on a unit's life rests on; how each is counted stands in schema/aturan/kehidupan.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby

from generator.model.alive import Freshness, FreshnessState, Word
from generator.model.day import add_months, day_text
from generator.model.declared import MonitoringReport, Survey, Unit
from generator.model.exact import decimal_text
from generator.model.life import Signal

from .life_rules import EvidenceRule, LifeRules, MonitoringRule, Rule, StatementRule, SurveyRule
from .statements import last_quarters, programmes

_HALF = Fraction(1, 2)
_PAIR = 2
_KINDS = ("IPAK", "IPKP")
_RESULTS = {
    "dipertahankan": "dipertahankan",
    "perlu-perbaikan": "perlu perbaikan",
    "diusulkan-dicabut": "diusulkan dicabut",
}


def signals(unit: Unit, since: date, freshness: Freshness | None, rules: LifeRules, as_of: date) -> tuple[Signal, ...]:
    """Return every signal, in the order of the rules.

    `since` is the day the held predicate was awarded, `freshness` that of the unit's last filled year on `as_of`.
    """
    reports = _in_order(report for report in unit.monitoring if since <= report.dated <= as_of)
    return (
        _evidence(freshness, rules.evidence),
        _statements(unit, rules.statements, as_of),
        _monitoring(reports, since, rules.monitoring, as_of),
        _follow_ups(reports, rules.follow_ups, as_of),
        _surveys(unit, rules.surveys, as_of),
    )


def _signal(rule: Rule, value: Fraction | None, *, limit: str, reason: str, change: str) -> Signal:
    return Signal(
        code=rule.code, name=rule.name, weight=rule.weight, value=value, limit=limit, reason=reason, change=change
    )


def _evidence(freshness: Freshness | None, rule: EvidenceRule) -> Signal:
    limit = f"Paling sedikit {_percent(rule.least_told)} bukti diketahui umurnya."
    if freshness is None:
        change = "LKE yang diisi dengan bukti bertanggal."
        return _signal(rule, None, limit=limit, reason="Unit belum mengisi LKE.", change=change)
    whole = freshness.whole
    every = whole.everything - whole.count(FreshnessState.BELUM_ADA)
    lacking = _ceiling(every * rule.least_told) - whole.told
    if not whole.told or lacking > 0:
        reason = f"Dari {every} bukti LKE {freshness.year}, {whole.told} diketahui umurnya."
        change = f"Tanggal pada {lacking} bukti lagi." if every else "Bukti bertanggal pada LKE."
        return _signal(rule, None, limit=limit, reason=reason, change=change)
    fresh, ageing = whole.count(FreshnessState.SEGAR), whole.count(FreshnessState.MENUA)
    stale, ended = whole.count(FreshnessState.BASI), whole.count(FreshnessState.HABIS)
    old = ageing + stale + ended
    return _signal(
        rule,
        (fresh + ageing * _HALF) / whole.told,
        limit=limit,
        reason=(
            f"Dari {every} bukti LKE {freshness.year}, {whole.told} diketahui umurnya: {fresh} segar, {ageing} menua, "
            f"{stale} basi, {ended} habis masa berlakunya."
        ),
        change=(
            f"Bukti baru bagi {old} bukti yang menua, basi, atau habis menaikkannya; tanpa bukti baru ia turun."
            if old
            else "Tanpa bukti baru ia turun bila bukti yang ada menua."
        ),
    )


def _statements(unit: Unit, rule: StatementRule, as_of: date) -> Signal:
    limit = f"Paling sedikit {rule.least} dari {rule.quarters} triwulan terakhir dinyatakan."
    rows = programmes(unit.statements, as_of, rule.quarters)
    said: dict[str, tuple[int, int]] = {}
    for position, quarter in enumerate(last_quarters(as_of, rule.quarters)):
        words = [row.quarters[position].word for row in rows]
        runs = words.count(Word.YA)
        said[quarter] = runs, runs + words.count(Word.TIDAK)
    stated = {quarter: Fraction(runs, every) for quarter, (runs, every) in said.items() if every}
    spoken = [f"{_quarter(one)}: {said[one][0]} dari {said[one][1]} program berjalan" for one in stated]
    empty = [_quarter(one) for one in said if one not in stated]
    reason = "; ".join([*spoken, *([f"kosong: {', '.join(empty)}"] if empty else [])]) + "."
    reason = reason[0].upper() + reason[1:]
    if len(stated) < rule.least:
        change = f"Pernyataan untuk {rule.least - len(stated)} triwulan lagi."
        return _signal(rule, None, limit=limit, reason=reason, change=change)
    value = sum(stated.values(), Fraction(0)) / len(stated)
    change = (
        "Pernyataan triwulan berikutnya: program yang dinyatakan berjalan menaikkannya, yang berhenti menurunkannya."
        if value < 1
        else "Program yang dinyatakan berhenti menurunkannya; bila triwulan dibiarkan kosong, isyarat ini menjadi diam."
    )
    return _signal(rule, value, limit=limit, reason=reason, change=change)


def _in_order(reports: Iterator[MonitoringReport]) -> list[MonitoringReport]:
    return sorted(reports, key=lambda report: report.dated)  # sorted() keeps the file's order within a day


def _monitoring(reports: Sequence[MonitoringReport], since: date, rule: MonitoringRule, as_of: date) -> Signal:
    limit = f"Hasil dipakai selama {rule.months} bulan."
    change = "Laporan pemantauan berikutnya."
    if not reports:
        reason = f"Belum ada laporan pemantauan sejak predikat ditetapkan {day_text(since)}."
        return _signal(rule, None, limit=limit, reason=reason, change=change)
    last = reports[-1]
    until = add_months(last.dated, rule.months)
    told = f"Pemantauan terakhir {day_text(last.dated)}: {_RESULTS.get(last.result, 'hasil tidak dikenal')}"
    if as_of > until or last.result not in rule.values:
        reason = f"{told}; dipakai sampai dengan {day_text(until)}."
        return _signal(rule, None, limit=limit, reason=reason, change=change)
    change = f"Laporan pemantauan berikutnya; sesudah {day_text(until)} isyarat ini diam."
    return _signal(rule, rule.values[last.result], limit=limit, reason=f"{told}.", change=change)


def _follow_ups(reports: Sequence[MonitoringReport], rule: Rule, as_of: date) -> Signal:
    asked = [one for report in reports for one in report.follow_ups]
    passed = [one for one in asked if one.until < as_of]
    limit = "Dihitung sesudah batas waktunya lewat."
    coming = min((one.until for one in asked if one.until >= as_of), default=None)
    later = f"Tindak lanjut berikutnya berbatas waktu {day_text(coming)}." if coming else ""
    if not passed:
        reason = f"Belum ada tindak lanjut yang batas waktunya lewat; tercatat {len(asked)} tindak lanjut."
        change = later or "Laporan pemantauan yang meminta tindak lanjut."
        return _signal(rule, None, limit=limit, reason=reason, change=change)
    done = sum(one.done is not None and one.done <= as_of for one in passed)
    late = len(passed) - done
    first = f"Tanggal selesai bagi {late} tindak lanjut menaikkannya." if late else ""
    return _signal(
        rule,
        Fraction(done, len(passed)),
        limit=limit,
        reason=f"Dari {len(passed)} tindak lanjut yang batas waktunya lewat, {done} selesai.",
        change=" ".join(filter(None, (first, later))) or "Tindak lanjut baru yang lewat batas waktu tanpa selesai.",
    )


def _surveys(unit: Unit, rule: SurveyRule, as_of: date) -> Signal:
    values: list[Fraction] = []
    told: list[str] = []
    for kind in _KINDS:
        pair = _compared(unit, kind, as_of)
        if pair is None:
            told.append(f"{kind}: belum ada dua tahun survei dari penyelenggara yang sama")
            continue
        (before, earlier), (year, last) = pair
        words = f"{kind} {before} {_index(earlier.index)} dan {year} {_index(last.index)}"
        if as_of > add_months(date(year, 12, 31), rule.months):
            told.append(f"{words}: sudah lebih dari {rule.months} bulan")
            continue
        fall = earlier.index - last.index
        values.append(Fraction(1) if fall <= rule.steady else _HALF if fall <= rule.slight else Fraction(0))
        told.append(f"{words}: {_way(fall)}")
    return _signal(
        rule,
        sum(values, Fraction(0)) / len(values) if values else None,
        limit=(
            f"Turun paling banyak {_index(rule.steady)} bernilai 1, paling banyak {_index(rule.slight)} bernilai 0,5; "
            f"berlaku {rule.months} bulan sesudah tahunnya."
        ),
        reason=f"{'; '.join(told)}.",
        change="Survei tahun berikutnya.",
    )


def _compared(unit: Unit, kind: str, as_of: date) -> Sequence[tuple[int, Survey]] | None:
    """Return the last two years with a survey of the kind by one surveyor, the earlier first."""
    known = [
        (one.surveyor, year.year, one.dated or date(year.year, 1, 1), position, one)
        for year in unit.years
        if year.year <= as_of.year
        for position, one in enumerate(year.surveys)
        if one.kind == kind and (one.dated is None or one.dated <= as_of)
    ]
    series = []
    for _, rows in groupby(sorted(known, key=lambda row: row[:4]), key=lambda row: row[0]):
        by_year = {row[1]: row[4] for row in rows}  # the last of a year stands
        if len(by_year) >= _PAIR:
            series.append(list(by_year.items())[-_PAIR:])
    # max() takes the first of equals, and "lembaga" comes before "unit"
    return max(series, key=lambda pair: pair[-1][0], default=None)


def _way(fall: Fraction) -> str:
    if not fall:
        return "tetap"
    return f"turun {_index(fall)}" if fall > 0 else f"naik {_index(-fall)}"


def _index(value: Fraction) -> str:
    """Return an index, or a difference of two, exactly: it has at most ten digits after the point."""
    whole, _, digits = decimal_text(value).partition(".")
    return f"{whole},{digits.rstrip('0').ljust(2, '0')}"


def _percent(share: Fraction) -> str:
    whole, _, digits = decimal_text(share * 100).partition(".")
    digits = digits.rstrip("0")
    return f"{whole},{digits} %" if digits else f"{whole} %"


def _quarter(quarter: str) -> str:
    year, _, number = quarter.partition("-Q")
    return f"triwulan {number} {year}"


def _ceiling(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)
