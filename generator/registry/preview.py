"""What another rule file would make of the registry: which units' states, verdicts and scores would be others.

The new file is data, read strictly; nothing is written and no file of the program changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.judging import freshness, instrument, life_rules, rule_shapes
from generator.model.day import day_text
from generator.model.document import Pointer, pointer_text
from generator.model.exact import apart
from generator.model.finding import Finding, Level
from generator.model.wording import listed
from generator.program_files import SCHEMA
from generator.reading.strict_yaml import INSTRUMENT, Loaded, Refused, load

from .catalogue import Catalogue, load_catalogue
from .units import records

if TYPE_CHECKING:
    from generator.judging.shape import Check
    from generator.model.judged import Assessment, UnitRecord
    from generator.reading.blobs import Tree

_MET = {True: "terpenuhi", False: "tidak terpenuhi", None: "belum pasti"}
_SILENT = "–"


class Outcome(NamedTuple):
    """One thing the rules make of a unit."""

    kind: str
    """What it is counted under: "kesimpulan", "status pemantauan" …"""
    label: str
    """What it is of the unit: "WBK menurut TPN 2025"."""
    value: Any
    """What is compared, exactly."""
    words: str


Teller = Callable[["UnitRecord", Catalogue], Iterator[Outcome]]
"""Tells what the rules of a catalogue make of a unit; the record was judged by them."""


class Changed(NamedTuple):
    """One thing that would be another."""

    kind: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChanges:
    """What would change of one unit."""

    unit: str
    name: str
    changes: tuple[Changed, ...]
    """At least one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A rule file that is sound."""

    place: str
    """Of the file it would replace: "aturan/kesegaran.yaml"."""
    is_new: bool
    """An instrument that there is none of that id of."""
    raw: bytes
    rule: RuleFile


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFile:
    """One kind of rule file: how it is known, what is wrong with it, and what rests on it."""

    place: str
    """In schema/; of an instrument the folder with "/"."""
    keys: frozenset[str]
    """By which data are known for it."""
    faults: Callable[[str, Loaded], Iterator[Finding]]
    outcomes: tuple[Teller, ...]


class Unsound(Exception):
    """The new file cannot be a rule file; `findings` say why, at least one."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings


def replacement(raw: bytes, path: str, folder: Path = SCHEMA) -> Replacement:
    """Return what the bytes would replace; `path` names them in findings, and by its end says what they are.

    Raises `Unsound` for what is not strict YAML, no rule file, or has faults; each has a line and a remedy.
    """
    try:
        loaded = load(raw, path=path, limits=INSTRUMENT)
    except Refused as refused:
        raise Unsound(refused.findings) from None
    rule = _known(path, loaded.data)
    if rule is None:
        raise Unsound((_finding(path, loaded, (), _UNKNOWN, _UNKNOWN_HINT),))
    found = tuple(sorted(rule.faults(path, loaded)))
    if found:
        raise Unsound(found)
    place = rule.place if not rule.place.endswith("/") else f"{rule.place}{loaded.data['id']}.yaml"
    return Replacement(place=place, is_new=not (folder / place).is_file(), raw=raw, rule=rule)


def preview(
    tree: Tree, news: Sequence[Replacement], today: date, folder: Path = SCHEMA, *, met: list[str] | None = None
) -> Iterator[UnitChanges]:
    """Yield every unit of which something would be another with all the new files, sorted by id.

    `met` takes the ids of all units. Raises `Failure` where the rule files would not fit one another.
    """
    before = load_catalogue(folder)
    after = load_catalogue(folder, instead={new.place: new.raw for new in news})
    tellers = tuple(dict.fromkeys(outcomes for new in news for outcomes in new.rule.outcomes))
    pairs = zip(records(tree, before, today, life=True), records(tree, after, today, life=True), strict=True)
    for old, would_be in pairs:
        if met is not None:
            met.append(old.unit.id)
        changes = tuple(_changes(_outcomes(tellers, old, before), _outcomes(tellers, would_be, after)))
        if changes:
            yield UnitChanges(unit=old.unit.id, name=old.unit.name, changes=changes)


def _outcomes(tellers: Sequence[Teller], record: UnitRecord, catalogue: Catalogue) -> Mapping[str, Outcome]:
    return {one.label: one for teller in tellers for one in teller(record, catalogue)}


def _changes(old: Mapping[str, Outcome], new: Mapping[str, Outcome]) -> Iterator[Changed]:
    for label in dict.fromkeys((*old, *new)):
        was, would_be = old.get(label), new.get(label)
        if was is None or would_be is None:
            there = was or would_be
            kind = there.kind if there is not None else ""
            yield Changed(kind, label, was.words if was else _SILENT, would_be.words if would_be else _SILENT)
        elif was.value != would_be.value:
            yield Changed(was.kind, label, *_told(was, would_be))


def _told(was: Outcome, would_be: Outcome) -> tuple[str, str]:
    """Return both in words, with as many digits as show that they differ."""
    old, new = was.value, would_be.value
    if isinstance(old, Fraction) and isinstance(new, Fraction):
        return _decimal(old, new), _decimal(new, old)
    return was.words, would_be.words


def _monitoring(record: UnitRecord, catalogue: Catalogue) -> Iterator[Outcome]:
    del catalogue
    held = record.monitoring
    told = {
        "status pemantauan": held.status.value,
        "tahap": held.stage.value,
        "predikat yang disandang": held.predicate,
        "jatuh tempo": held.due and day_text(held.due),
        "pelaksana": held.by,
        "larangan usulan sampai": held.barred_until and day_text(held.barred_until),
    }
    for name, value in told.items():
        yield Outcome(name, name, value, str(value) if value else _SILENT)


def _scores(record: UnitRecord, catalogue: Catalogue) -> Iterator[Outcome]:
    del catalogue
    for assessment in record.assessments:
        for tier, result in assessment.results.items():
            whose = _whose(assessment, tier)
            yield Outcome("nilai", f"nilai {whose}", result.score.total, _decimal(result.score.total))
            missing = len(result.score.unanswered)
            yield Outcome("belum dijawab", f"belum dijawab, {whose}", missing, str(missing))


def _conditions(record: UnitRecord, catalogue: Catalogue) -> Iterator[Outcome]:
    del catalogue
    for assessment in record.assessments:
        for tier, result in assessment.results.items():
            whose = _whose(assessment, tier)
            for predicate, verdict in result.verdicts.items():
                label = f"{predicate} menurut {whose}"
                yield Outcome("memenuhi syarat", label, verdict.met, _MET[verdict.met])
                for one in verdict.conditions:
                    yield Outcome("syarat", f"{label}, syarat {one.name}", one.met, _MET[one.met])


def _freshness(record: UnitRecord, catalogue: Catalogue) -> Iterator[Outcome]:
    found = freshness.of_unit(catalogue.freshness, record.assessments, record.monitoring.as_of)
    if found is not None:
        for state, count in sorted(found.whole.counts.items()):
            yield Outcome("kesegaran bukti", f"bukti {state} {found.year}", count, str(count))


def _life(record: UnitRecord, catalogue: Catalogue) -> Iterator[Outcome]:
    life = record.life
    if life is None:
        return
    rules = catalogue.life.life
    until = f", dalam pemberitahuan sampai {day_text(life.notice_until)}" if life.notice_until else ""
    words = f"{life.verdict.value.replace('-', ' ')}{until}"
    yield Outcome("kesimpulan", "kesimpulan", (life.verdict, life.notice_until), words)
    value = _SILENT if life.value is None else _decimal(life.value, rules.alive, rules.slowing)
    yield Outcome("nilai kehidupan", "nilai kehidupan", life.value, value)


def _whose(assessment: Assessment, tier: str) -> str:
    return f"{tier if tier == 'mandiri' else tier.upper()} {assessment.declared.year}"


def _decimal(value: Fraction, *others: Fraction) -> str:
    return apart(value, others).replace(".", ",")


def _known(path: str, data: Mapping[str, Any]) -> RuleFile | None:
    """Return the kind of rule file: by its name, else by the keys of which it has the most, at least half."""
    given = PurePosixPath(path)
    for rule in RULES:
        if given.name == PurePosixPath(rule.place).name and not rule.place.endswith("/"):
            return rule
    best = max(RULES, key=lambda rule: len(rule.keys & data.keys()))
    return best if 2 * len(best.keys & data.keys()) >= len(best.keys) else None


def _shaped(check: Check) -> Callable[[str, Loaded], Iterator[Finding]]:
    def faults(path: str, loaded: Loaded) -> Iterator[Finding]:
        for pointer, message in check((), loaded.data):
            yield _finding(path, loaded, pointer, message, _COMPARE)

    return faults


def _instrument_faults(path: str, loaded: Loaded) -> Iterator[Finding]:
    found = tuple(_shaped(rule_shapes.INSTRUMENT)(path, loaded))
    yield from found or instrument.faults(path, loaded.data, loaded.marks)


def _built(build: Callable[[dict[str, Any]], object]) -> Callable[[str, Loaded], Iterator[Finding]]:
    """Take what a builder says is wrong to the line it speaks of."""

    def faults(path: str, loaded: Loaded) -> Iterator[Finding]:
        try:
            build(loaded.data)
        except ValueError as error:
            message = str(error)
            yield _finding(path, loaded, _spoken_of(message, loaded.data), f"{message}.", _COMPARE)

    return faults


def _spoken_of(message: str, data: Mapping[str, Any]) -> Pointer:
    """Return the place a builder's sentence begins with ("isyarat.bukti.bobot harus …", "jenis tahunan: segar …")."""
    pointer: list[str] = []
    inside: Any = data
    for word in re.split(r"[.:\s]+", message):
        if not isinstance(inside, Mapping) or word not in inside:
            break
        pointer.append(word)
        inside = inside[word]
    return tuple(pointer)


def _finding(path: str, loaded: Loaded, pointer: Pointer, message: str, hint: str) -> Finding:
    line, column = loaded.marks.place(pointer)
    return Finding(
        path=path,
        line=line,
        column=column,
        code="berkas-aturan",
        level=Level.ERROR,
        pointer=pointer_text(pointer),
        message=message,
        hint=hint,
    )


RULES = (
    RuleFile(
        place="aturan/pemantauan.yaml",
        keys=frozenset({"selang_bulan", "segera_hari", "larangan_bulan", "tahap"}),
        faults=_shaped(rule_shapes.CYCLE),
        outcomes=(_monitoring, _conditions, _life),
    ),
    RuleFile(
        place="aturan/kesegaran.yaml",
        keys=frozenset({"jenis", "baku", "pertanyaan"}),
        faults=_built(freshness.build),
        outcomes=(_freshness, _life),
    ),
    RuleFile(
        place="aturan/kehidupan.yaml",
        keys=frozenset({"bobot_paling_sedikit", "batas", "pemberitahuan_hari", "isyarat"}),
        faults=_built(life_rules.build),
        outcomes=(_life,),
    ),
    RuleFile(
        place="instrumen/",
        keys=frozenset({"id", "judul", "dasar", "skala", "isi", "area", "syarat"}),
        faults=_instrument_faults,
        outcomes=(_scores, _conditions, _freshness, _life),
    ),
)
"""Every rule file whose change can be looked at beforehand."""

_COMPARE = "Bandingkan dengan berkas yang berlaku di folder schema/, lalu betulkan bagian ini."
_UNKNOWN = "Berkas ini bukan berkas aturan yang dikenal."
_UNKNOWN_HINT = f"Yang dikenal: {listed([one.place for one in RULES])} di folder schema/, menurut nama atau kuncinya."
