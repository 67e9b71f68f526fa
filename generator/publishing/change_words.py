"""A change in words a head of office understands, and which filter finds it. Every value is a stranger's text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from generator.judging.changes import ORDER
from generator.model.day import day_text, is_written_day
from generator.model.history import Change, ChangeKind
from generator.registry.past import MOVED_FILE

from .html import Html, escape

Say = Callable[[Change], Html]

_CUT = 160
"""Characters of a value: the whole of it is in the file, and mostly on the page of its year."""

GROUPS: Mapping[str, str] = {
    "jawaban": "Jawaban",
    "bukti": "Bukti",
    "penilaian": "Penilaian bukti",
    "catatan": "Penjelasan dan catatan",
    "survei": "Survei",
    "predikat": "Predikat dan pemantauan",
    "unit": "Data unit dan lembar",
}
"""What a reader may look for -> its name."""

GROUP_OF: Mapping[ChangeKind, str] = {
    ChangeKind.ANSWERED: "jawaban",
    ChangeKind.ANSWER_CHANGED: "jawaban",
    ChangeKind.EVIDENCE_ADDED: "bukti",
    ChangeKind.EVIDENCE_REPLACED: "bukti",
    ChangeKind.EVIDENCE_REMOVED: "bukti",
    ChangeKind.JUDGEMENT_CHANGED: "penilaian",
    ChangeKind.NOTE_CHANGED: "catatan",
    ChangeKind.SURVEY_ADDED: "survei",
    ChangeKind.SURVEY_CHANGED: "survei",
    ChangeKind.SURVEY_REMOVED: "survei",
    ChangeKind.CLEARANCE_CHANGED: "predikat",
    ChangeKind.PREDICATE_EVENT: "predikat",
    ChangeKind.MONITORING: "predikat",
    ChangeKind.STATEMENT: "predikat",
    ChangeKind.UNIT_MOVED: "unit",
    ChangeKind.PROFILE_CHANGED: "unit",
    ChangeKind.SHEET_CHANGED: "unit",
    ChangeKind.UNREADABLE: "unit",
}

_COUNTED: Mapping[ChangeKind, str] = {
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
    ChangeKind.UNIT_MOVED: "perpindahan",
    ChangeKind.PROFILE_CHANGED: "data unit",
    ChangeKind.SHEET_CHANGED: "perubahan lembar",
    ChangeKind.UNREADABLE: "versi tidak terbaca",
}
_FIELDS = {
    "jawab": "jawaban",
    "survei": "survei yang dirujuk",
    "bukti.judul": "judul bukti",
    "bukti.tautan": "tautan bukti",
    "bukti.catatan": "catatan bukti",
    "bukti.tanggal": "tanggal bukti",
    "bukti.berlaku_sampai": "masa berlaku bukti",
    "bukti.klasifikasi": "klasifikasi bukti",
    "bukti.sha256": "sidik SHA-256 bukti",
    "berlaku_sampai": "masa berlaku",
    "masih_berjalan": "masih berjalan",
}
_UNSAID = frozenset({"bukti.tautan", "bukti.berkas", "bukti.sha256", "bukti.catatan"})
"""Fields whose values are not repeated: long, or closed with the evidence they describe."""


def words(change: Change) -> Html:
    """Return what happened, without where."""
    return _SAY.get(change.kind, _plainly)(change)


def count(changes: Iterable[Change]) -> Html:
    """Return how many changes of each kind there are, in the order of their kinds."""
    found: dict[ChangeKind, int] = {}
    for change in changes:
        found[change.kind] = found.get(change.kind, 0) + 1
    return Html(", ".join(f"{found[kind]} {_COUNTED[kind]}" for kind in ChangeKind if kind in found))


def _text(value: Any) -> Html:
    """Return one value, cut; a day in words."""
    if isinstance(value, bool):
        return Html("ya" if value else "tidak")
    text = value if isinstance(value, str) else _listing(value)
    if is_written_day(text):
        try:
            return Html(day_text(date.fromisoformat(text)))
        except ValueError:
            pass
    return escape(f"{text[:_CUT]}…" if len(text) > _CUT else text)


def _listing(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_listing(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(map(_listing, value))
    return "kosong" if value is None else str(value)


def _value(value: Any) -> Html:
    return Html(f"<q>{_text(value)}</q>")


def _from_to(name: str, before: Any, after: Any) -> Html:
    """Say a field's change; `name` is finished HTML."""
    if before is None:
        return Html(f"{name} diisi: {_value(after)}")
    if after is None:
        return Html(f"{name} dihapus: {_value(before)}")
    return Html(f"{name} {_value(before)} → {_value(after)}")


def _field(change: Change) -> str:
    return escape(_FIELDS.get(change.field) or change.field.replace("_", " ").replace("bukti.", "bukti: "))


def _plainly(change: Change) -> Html:
    name = _field(change) or "isi berkas"
    if change.field == ORDER or change.field.endswith(f".{ORDER}"):
        return Html("urutan diubah")
    if change.field in _UNSAID:
        return Html(f"{name} {_verb(change, 'ditambah', 'diubah', 'dihapus')}")
    return _from_to(name, change.before, change.after)


def _verb(change: Change, came: str, stayed: str, went: str) -> str:
    if change.before is None:
        return came
    return went if change.after is None else stayed


def _answer(change: Change) -> Html:
    before, after = change.before, change.after
    if change.field == "isian" and isinstance(before, Mapping) and isinstance(after, Mapping):
        keys = [key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key)]
        return Html(", ".join(_from_to(escape(str(key)), before.get(key), after.get(key)) for key in keys))
    if change.field == "jawab" and before is not None and after is not None:
        return Html(f"jawaban {_text(before)} → {_text(after)}")
    if after is None:
        return Html(f"jawaban ditarik: {_text(before)}")
    if change.field == "survei":
        return Html(f"dijawab dengan survei {_text(after)}")
    return Html(f"{'dijawab' if before is None else 'jawaban berubah'}: {_text(after)}")


def _title(item: Any) -> Html:
    named = item if isinstance(item, Mapping) else {}
    values = (named.get(key) for key in ("judul", "berkas", "tautan"))
    title = next((one for one in values if isinstance(one, str) and one), "tanpa judul")
    return Html(f"<q>{_text(title)}</q>")


def _evidence(change: Change) -> Html:
    if change.kind is ChangeKind.EVIDENCE_ADDED:
        return Html(f"bukti ditambah: {_title(change.after)}")
    if change.kind is ChangeKind.EVIDENCE_REMOVED:
        return Html(f"bukti dihapus: {_title(change.before)}")
    before, after = _title(change.before), _title(change.after)
    return Html(f"bukti diganti: {before} → {after}" if before != after else f"bukti diganti, judulnya tetap: {after}")


def _judgement(change: Change) -> Html:
    if isinstance(change.before, Mapping) or isinstance(change.after, Mapping):
        said = f": {_text(change.after)}" if change.after else ""
        return Html(f"penilaian bukti {_verb(change, 'diberikan', 'diubah', 'ditarik')}{said}")
    before, after = ("belum dinilai" if one is None else _text(one) for one in (change.before, change.after))
    return Html(f"bukti {_field(change)}: {before} → {after}")


def _item(name: str, keys: tuple[str, ...]) -> Say:
    """Return what says a change of a listed item: what it is, and of a new or gone one its main values."""

    def say(change: Change) -> Html:
        label = f"{name} {escape(change.code)}".strip()
        if change.field:
            plain = _plainly(change)
            return Html(f"{label}: {plain}") if change.code else plain
        item = change.after if change.after is not None else change.before
        about = ", ".join(_said_of(item, keys)) if isinstance(item, Mapping) else ""
        return Html(f"{label} {_verb(change, 'dicatat', 'diubah', 'dihapus')}{': ' if about else ''}{about}")

    return say


def _said_of(item: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[Html]:
    for key in keys:
        value = item.get(key)
        if value is None:
            continue
        if key == "indeks":
            yield Html(f"indeks {str(_text(value)).replace('.', ',')}")
        elif key == "masih_berjalan":
            yield Html("masih berjalan" if value == "ya" else f"masih berjalan: {_text(value)}")
        else:
            yield _text(value)


def _moved(change: Change) -> Html:
    if change.field != MOVED_FILE:
        return _from_to("asal unit", change.before, change.after)
    before, after = ("/".join(str(path).split("/")[1:3]) for path in (change.before, change.after))
    return Html(f"unit pindah dari {_value(before)} ke {_value(after)}")


def _unreadable(change: Change) -> Html:
    del change
    return Html("versi berkas ini tidak dapat dibaca; versi di sekitarnya tetap dibandingkan")


_SAY: Mapping[ChangeKind, Say] = {
    ChangeKind.ANSWERED: _answer,
    ChangeKind.ANSWER_CHANGED: _answer,
    ChangeKind.EVIDENCE_ADDED: _evidence,
    ChangeKind.EVIDENCE_REPLACED: _evidence,
    ChangeKind.EVIDENCE_REMOVED: _evidence,
    ChangeKind.JUDGEMENT_CHANGED: _judgement,
    ChangeKind.SURVEY_ADDED: _item("survei", ("jenis", "indeks", "penyelenggara")),
    ChangeKind.SURVEY_CHANGED: _item("survei", ("jenis", "indeks")),
    ChangeKind.SURVEY_REMOVED: _item("survei", ("jenis", "indeks")),
    ChangeKind.CLEARANCE_CHANGED: _item("keterangan", ("status", "nomor", "tanggal")),
    ChangeKind.PREDICATE_EVENT: _item("peristiwa", ("tanggal", "nomor")),
    ChangeKind.MONITORING: _item("laporan pemantauan", ("pelaksana", "hasil", "nomor")),
    ChangeKind.STATEMENT: _item("pernyataan", ("program", "masih_berjalan")),
    ChangeKind.UNIT_MOVED: _moved,
    ChangeKind.UNREADABLE: _unreadable,
}
