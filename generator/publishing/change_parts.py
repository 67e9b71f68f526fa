"""A change in words a head of office understands, in parts: our words, and what a stranger wrote.

Whoever shows it makes the strangers' parts inert for where they go: a page (`change_words`), a terminal or Markdown
(`generator/cli/change_text.py`). There is no other wording of a change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from generator.judging.changes import ORDER
from generator.model.day import day_text, is_written_day
from generator.model.history import Change, ChangeKind
from generator.registry.telling import MOVED_FILE


class Said(NamedTuple):
    """What a stranger wrote, uncut: hostile until it is shown."""

    text: str
    quoted: bool = False
    """Whether it is a text of its own, to be set apart from ours."""


Parts = tuple[str | Said, ...]
"""Text that is ours, and what was said, in the order of reading."""
Say = Callable[[Change], Parts]

COUNTED: Mapping[ChangeKind, str] = {
    ChangeKind.ANSWERED: "jawaban pertama",
    ChangeKind.ANSWER_CHANGED: "perubahan jawaban",
    ChangeKind.EVIDENCE_ADDED: "bukti ditambah",
    ChangeKind.EVIDENCE_REPLACED: "bukti diganti",
    ChangeKind.EVIDENCE_REMOVED: "bukti dihapus",
    ChangeKind.JUDGEMENT_CHANGED: "penilaian bukti",
    ChangeKind.NOTE_CHANGED: "penjelasan atau catatan",
    ChangeKind.SURVEY_ADDED: "survei ditambah",
    ChangeKind.SURVEY_CHANGED: "perubahan survei",
    ChangeKind.SURVEY_REMOVED: "survei dihapus",
    ChangeKind.CLEARANCE_CHANGED: "keterangan KPK atau Ombudsman",
    ChangeKind.PREDICATE_EVENT: "peristiwa predikat",
    ChangeKind.MONITORING: "laporan pemantauan",
    ChangeKind.STATEMENT: "pernyataan unit",
    ChangeKind.REPLY: "tanggapan unit",
    ChangeKind.CASE: "kasus",
    ChangeKind.UNIT_MOVED: "perpindahan",
    ChangeKind.PROFILE_CHANGED: "data unit",
    ChangeKind.SHEET_CHANGED: "perubahan lembar",
    ChangeKind.UNREADABLE: "versi tidak terbaca",
}
"""What comes after a number of changes of a kind."""

_ITEMS: Mapping[ChangeKind, tuple[str, tuple[str, ...]]] = {
    ChangeKind.SURVEY_ADDED: ("survei", ("jenis", "indeks", "penyelenggara")),
    ChangeKind.SURVEY_CHANGED: ("survei", ("jenis", "indeks")),
    ChangeKind.SURVEY_REMOVED: ("survei", ("jenis", "indeks")),
    ChangeKind.CLEARANCE_CHANGED: ("keterangan", ("status", "nomor", "tanggal")),
    ChangeKind.PREDICATE_EVENT: ("peristiwa", ("tanggal", "nomor")),
    ChangeKind.MONITORING: ("laporan pemantauan", ("pelaksana", "hasil", "nomor")),
    ChangeKind.STATEMENT: ("pernyataan", ("program", "masih_berjalan")),
    ChangeKind.REPLY: ("tanggapan", ("oleh", "isi")),
    ChangeKind.CASE: ("kasus", ("keadaan",)),
}
"""How an item of a list is called, and which of its values are said when it came or went."""
NAMED = frozenset(_ITEMS)
"""Kinds whose words name the item (`Change.code`) themselves."""

_FIELDS = {
    "jawab": "jawaban",
    "survei": "survei yang dirujuk",
    "bukti.judul": "judul bukti",
    "bukti.tautan": "tautan bukti",
    "bukti.berkas": "berkas bukti",
    "bukti.catatan": "catatan bukti",
    "bukti.tanggal": "tanggal bukti",
    "bukti.berlaku_sampai": "masa berlaku bukti",
    "bukti.klasifikasi": "klasifikasi bukti",
    "bukti.sha256": "sidik SHA-256 bukti",
    "menilai": "sidik jawaban",
    "berlaku_sampai": "masa berlaku",
    "masih_berjalan": "masih berjalan",
}
_UNSAID = frozenset({"bukti.tautan", "bukti.berkas", "bukti.sha256", "bukti.catatan", "menilai"})
"""Fields whose values are not repeated: long and nothing to read, or closed with the evidence they describe."""
_TITLES = ("judul", "berkas", "tautan")


def parts(change: Change) -> Parts:
    """Return what happened, without where."""
    return _blank(change) if _is_blank(change) else _SAY.get(change.kind, _plainly)(change)


def together(changes: Iterable[Change]) -> tuple[Parts, ...]:
    """Return what happened in one place: the same judgement of several things once, and nothing twice."""
    return _once(one for those in _alike(changes) for one in those.parts())


def briefly(changes: Iterable[Change]) -> tuple[Parts, ...]:
    """Return the same without the text that came in: it stands on its year's page, or a later change tells it."""
    return _once(one for those in _alike(changes) for one in those.brief())


class _Alike(NamedTuple):
    """Changes of one place that one sentence can tell; mostly a single one."""

    kind: ChangeKind
    changes: tuple[Change, ...]

    def parts(self) -> Iterator[Parts]:
        """Yield them in full."""
        first = self.changes[0]
        if _is_of_one_thing(first) and len(self.changes) > 1:
            yield "bukti ", *self._names(), ": ", _judged(first.before), " → ", _judged(first.after)
        else:
            yield from map(parts, self.changes)

    def _names(self) -> Parts:
        return _listed((_field(change),) for change in self.changes)

    def brief(self) -> Iterator[Parts]:
        """Yield them, but of evidence and texts that came in only that they came."""
        if self.kind is ChangeKind.EVIDENCE_ADDED:
            yield (f"+{len(self.changes)} bukti",)
        elif self.kind is ChangeKind.NOTE_CHANGED and all(
            change.before is None and not _is_blank(change) for change in self.changes
        ):
            yield from ((_field(change), " diisi") for change in self.changes)
        elif _is_of_one_thing(self.changes[0]) and self.changes[0].before is None:
            yield "bukti ", *self._names(), ": ", _said(self.changes[0].after)
        else:
            yield from self.parts()


def _alike(changes: Iterable[Change]) -> Iterator[_Alike]:
    groups: dict[tuple[ChangeKind, str], list[Change]] = {}
    for change in changes:
        groups.setdefault((change.kind, _sameness(change)), []).append(change)
    for (kind, _), those in groups.items():
        yield _Alike(kind, tuple(those))


def _sameness(change: Change) -> str:
    """Return what changes of one kind must have in common to be told together."""
    if change.kind is not ChangeKind.JUDGEMENT_CHANGED:
        return "" if change.before is None else "before"
    return f"{_is_of_one_thing(change)} {change.before!r} {change.after!r}"


def _is_of_one_thing(change: Change) -> bool:
    """Say whether it is the judgement of one thing (relevan, lengkap, sah), and not all of them at once."""
    whole = isinstance(change.before, Mapping) or isinstance(change.after, Mapping)
    return change.kind is ChangeKind.JUDGEMENT_CHANGED and not whole


def _once(told: Iterable[Parts]) -> tuple[Parts, ...]:
    return tuple(dict.fromkeys(told))


def count(changes: Iterable[Change]) -> str:
    """Return how many changes of each kind there are: "2 jawaban pertama, 1 bukti ditambah".

    A move is one, however many files moved. What a blank form says is no answer and no report: it is counted apart.
    """
    found: dict[ChangeKind, int] = {}
    blank = 0
    for change in changes:
        if _is_blank(change):
            blank += 1
        elif change.kind is ChangeKind.UNIT_MOVED:
            found[change.kind] = 1
        else:
            found[change.kind] = found.get(change.kind, 0) + 1
    told = [f"{found[kind]} {COUNTED[kind]}" for kind in ChangeKind if kind in found]
    return ", ".join([*told, f"{blank} isian kosong"] if blank else told)


def _is_blank(change: Change) -> bool:
    """Say whether nothing was said before and nothing is said now: the blocks of a form that wait to be filled in."""
    told = change.kind is ChangeKind.UNREADABLE  # something is there, and nobody can say what
    return not told and _says_nothing(change, change.before) and _says_nothing(change, change.after)


def _says_nothing(change: Change, value: Any) -> bool:
    if value is None or (value == "belum" and change.field == "jawab"):
        return True
    return not value and isinstance(value, str | list | tuple | Mapping)  # 0 and false say something


def _blank(change: Change) -> Parts:
    if change.kind is ChangeKind.ANSWER_CHANGED:
        return ("belum dijawab",)
    return (_field(change) if change.code else Said(change.field or "isi berkas")), " masih kosong"


def _said(value: Any, *, quoted: bool = False) -> Said:
    """Return one value; a day in words."""
    if isinstance(value, bool):
        return Said("ya" if value else "tidak", quoted)
    text = value if isinstance(value, str) else _listing(value)
    if is_written_day(text):
        try:
            return Said(day_text(date.fromisoformat(text)), quoted)
        except ValueError:
            pass
    return Said(text, quoted)


def _listing(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_listing(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(map(_listing, value))
    return "kosong" if value is None else str(value)


def _from_to(name: str | Said, before: Any, after: Any) -> Parts:
    if before is None:
        return name, " diisi: ", _said(after, quoted=True)
    if after is None:
        return name, " dihapus: ", _said(before, quoted=True)
    return name, " ", _said(before, quoted=True), " → ", _said(after, quoted=True)


def _field(change: Change) -> str | Said:
    if not change.field:
        return "isi berkas"
    return _FIELDS.get(change.field) or Said(change.field.replace("_", " ").replace("bukti.", "bukti: "))


def _plainly(change: Change) -> Parts:
    if change.field == ORDER or change.field.endswith(f".{ORDER}"):
        return ("urutan diubah",)
    if change.field in _UNSAID:
        return _field(change), f" {_verb(change, 'ditambah', 'diubah', 'dihapus')}"
    return _from_to(_field(change), change.before, change.after)


def _verb(change: Change, came: str, stayed: str, went: str) -> str:
    if change.before is None:
        return came
    return went if change.after is None else stayed


def _answer(change: Change) -> Parts:
    before, after = change.before, change.after
    if change.field == "isian" and isinstance(before, Mapping) and isinstance(after, Mapping):
        keys = [key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key)]
        return _listed(_from_to(Said(str(key)), before.get(key), after.get(key)) for key in keys)
    if _says_nothing(change, after):
        return "jawaban ditarik: ", _said(before)
    first = _says_nothing(change, before)
    if change.field == "jawab" and not first:
        return "jawaban ", _said(before), " → ", _said(after)
    if change.field == "survei":
        return "dijawab dengan survei ", _said(after)
    return "dijawab: " if first else "jawaban berubah: ", _said(after)


def _listed(those: Iterable[Parts]) -> Parts:
    """Return the parts of all, commas between."""
    return tuple(part for one in those for part in (", ", *one))[1:]


def _title(item: Any) -> Said:
    named = item if isinstance(item, Mapping) else {}
    values = (named.get(key) for key in _TITLES)
    return _said(next((one for one in values if isinstance(one, str) and one), "tanpa judul"), quoted=True)


def _evidence(change: Change) -> Parts:
    if change.kind is ChangeKind.EVIDENCE_ADDED:
        return "bukti ditambah: ", _title(change.after)
    if change.kind is ChangeKind.EVIDENCE_REMOVED:
        return "bukti dihapus: ", _title(change.before)
    before, after = _title(change.before), _title(change.after)
    return ("bukti diganti: ", before, " → ", after) if before != after else ("bukti diganti, judulnya tetap: ", after)


def _judgement(change: Change) -> Parts:
    if not _is_of_one_thing(change):
        said: Parts = (": ", _said(change.after)) if change.after else ()
        return f"penilaian bukti {_verb(change, 'diberikan', 'diubah', 'ditarik')}", *said
    return "bukti ", _field(change), ": ", _judged(change.before), " → ", _judged(change.after)


def _judged(value: Any) -> str | Said:
    return "belum dinilai" if value is None else _said(value)


def _item(change: Change) -> Parts:
    name, keys = _ITEMS[change.kind]
    label: Parts = (f"{name} ", Said(change.code)) if change.code else (name,)
    if change.field:
        apart = _follow_ups(change.before, change.after) if change.field == "tindak_lanjut" else None
        plain = apart or _plainly(change)
        return (*label, ": ", *plain) if change.code else plain
    item = change.after if change.after is not None else change.before
    about = _listed(_said_of(item, keys)) if isinstance(item, Mapping) else ()
    return *label, f" {_verb(change, 'dicatat', 'diubah', 'dihapus')}{': ' if about else ''}", *about


def _follow_ups(before: Any, after: Any) -> Parts | None:
    """Say follow-up by follow-up what changed in `tindak_lanjut`; None where it is not told apart so."""
    old, new = _by_name(before), _by_name(after)
    if old is None or new is None:
        return None
    told: list[Parts] = []
    for name in dict.fromkeys((*old, *new)):
        one: Parts = ("tindak lanjut ", Said(name, quoted=True))
        if name not in old or name not in new:
            told.append((*one, " ditambah" if name in new else " dihapus"))
            continue
        keys = [key for key in dict.fromkeys((*old[name], *new[name])) if old[name].get(key) != new[name].get(key)]
        told += ((*one, ": ", *_from_to(Said(key), old[name].get(key), new[name].get(key))) for key in keys)
    return _listed(told) or None


def _by_name(items: Any) -> dict[str, Mapping[str, Any]] | None:
    """Return the follow-ups by what they ask for; None where two ask for the same or one has no name."""
    if not isinstance(items, list | tuple):
        return {} if items is None else None
    named = {
        item["uraian"]: item for item in items if isinstance(item, Mapping) and isinstance(item.get("uraian"), str)
    }
    return named if len(named) == len(items) else None


def _said_of(item: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[Parts]:
    for key in keys:
        value = item.get(key)
        if value is None:
            continue
        if key == "indeks":
            yield "indeks ", Said(_said(value).text.replace(".", ","))
        elif key == "masih_berjalan":
            yield ("masih berjalan",) if value == "ya" else ("masih berjalan: ", _said(value))
        else:
            yield (_said(value),)


def _moved(change: Change) -> Parts:
    if change.field != MOVED_FILE:
        return _from_to("asal unit", change.before, change.after)
    before, after = (Said("/".join(str(path).split("/")[1:3]), quoted=True) for path in (change.before, change.after))
    return "unit pindah dari ", before, " ke ", after


def _unreadable(change: Change) -> Parts:
    del change
    return ("versi berkas ini tidak dapat dibaca; versi di sekitarnya tetap dibandingkan",)


_SAY: Mapping[ChangeKind, Say] = {
    ChangeKind.ANSWERED: _answer,
    ChangeKind.ANSWER_CHANGED: _answer,
    ChangeKind.EVIDENCE_ADDED: _evidence,
    ChangeKind.EVIDENCE_REPLACED: _evidence,
    ChangeKind.EVIDENCE_REMOVED: _evidence,
    ChangeKind.JUDGEMENT_CHANGED: _judgement,
    ChangeKind.UNIT_MOVED: _moved,
    ChangeKind.UNREADABLE: _unreadable,
    **dict.fromkeys(_ITEMS, _item),
}
