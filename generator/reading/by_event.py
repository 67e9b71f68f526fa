"""Any strict YAML, built on libyaml's events: nothing is ever constructed but text and numbers.

For what `by_line` leaves: it names every fault of the file, each at its line and column.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, Any, NoReturn

from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    YAMLError,
)
from yaml._yaml import CParser

from generator.model.document import Mark
from generator.model.wording import shown
from generator.reading.raw_text import Fault, hidden, hidden_name
from generator.reading.scalars import typed

if TYPE_CHECKING:
    from generator.reading.strict_yaml import Limits


class Faulty(Exception):
    """The text cannot be read; `faults` say why, at least one."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults


def read(raw: bytes, limits: Limits) -> tuple[dict[str, Any], Mark]:
    """Return data and marks. `raw_text` must have found no fault in the bytes; raises `Faulty` and nothing else."""
    builder = _Builder(raw, limits)
    try:
        data, marks = builder.document()
    except _Stop:
        pass
    except StopIteration:
        builder.faults.append(Fault(0, 0, *_TOO_MANY))
    except (YAMLError, ValueError) as error:  # ValueError: text of a tag that is not UTF-8 once unescaped
        from generator.reading.yaml_problems import explain  # noqa: PLC0415 - a file that can be read needs no wording

        builder.faults.append(explain(error, raw))
    if builder.faults:
        raise Faulty(builder.faults)
    return data, marks


class _Stop(Exception):
    """Nothing after this fault can be read."""


_UNQUOTED = (None, "")
"""`ScalarEvent.style` of a plain scalar: what libyaml says, and what Python's parser would."""


class _Builder:
    """Builds one document; faults that leave the rest readable are collected, others stop it."""

    __slots__ = ("_left", "_limits", "_longest", "_next", "faults")

    def __init__(self, raw: bytes, limits: Limits) -> None:
        # the counting is islice's: a Python function around every event would cost a tenth of all reading
        self._next: Callable[[], Any] = islice(iter(CParser(raw).get_event, None), limits.events).__next__
        self._limits = limits
        self._longest = limits.scalar
        self._left = limits.depth
        self.faults: list[Fault] = []

    def document(self) -> tuple[dict[str, Any], Mark]:
        """Return the only document's mapping and its marks.

        Raises `_Stop` after adding a fault, StopIteration beyond the limit of events, and what the parser raises.
        """
        self._next()  # start of the stream
        start = self._next()
        if type(start) is not DocumentStartEvent:
            self._stop_empty()
        if start.version is not None or start.tags:
            self._add(start, *_DIRECTIVE)
        root = self._next()
        kind = type(root)
        if kind is ScalarEvent and not root.value:
            self._stop_empty()
        if kind is not MappingStartEvent:
            self._stop(root, *_NO_MAPPING)
        data, children = self._mapping(root)
        self._next()  # end of the document
        after = self._next()
        if type(after) is DocumentStartEvent:
            self._stop(after, *_SECOND)
        return data, Mark(root.start_mark.line + 1, root.start_mark.column + 1, children)

    def _mapping(self, start: Any) -> tuple[dict[str, Any], dict[str | int, Mark]]:
        self._enter(start)
        data: dict[str, Any] = {}
        children: dict[str | int, Mark] = {}
        event = self._next()
        while type(event) is not MappingEndEvent:
            key = self._key(event, children)
            at = event.start_mark
            value = self._next()
            inside = None
            if type(value) is ScalarEvent:
                data[key] = self._scalar(value)
            else:
                data[key], inside = self._collection(value)
            children[key] = tuple.__new__(Mark, (at.line + 1, at.column + 1, inside))
            event = self._next()
        self._left += 1
        return data, children

    def _sequence(self, start: Any) -> tuple[list[Any], dict[str | int, Mark]]:
        self._enter(start)
        data: list[Any] = []
        children: dict[str | int, Mark] = {}
        event = self._next()
        while type(event) is not SequenceEndEvent:
            at = event.start_mark
            inside = None
            if type(event) is ScalarEvent:
                item = self._scalar(event)
            else:
                item, inside = self._collection(event)
            children[len(data)] = tuple.__new__(Mark, (at.line + 1, at.column + 1, inside))
            data.append(item)
            event = self._next()
        self._left += 1
        return data, children

    def _collection(self, event: Any) -> tuple[Any, dict[str | int, Mark] | None]:
        kind = type(event)
        if kind is MappingStartEvent:
            return self._mapping(event)
        if kind is SequenceStartEvent:
            return self._sequence(event)
        assert kind is AliasEvent  # noqa: S101 - libyaml has no other event where a value stands
        self._add(event, *_ALIAS)
        return None, None

    def _enter(self, start: Any) -> None:
        if start.anchor is not None:
            self._add(start, *_ANCHOR)
        if start.tag is not None:
            self._add(start, *_TAG)
        self._left -= 1
        if self._left < 0:
            self._stop(
                start,
                "yaml-terlalu-dalam",
                f"Isi bersarang lebih dari {self._limits.depth} tingkat.",
                "Ratakan isinya; tidak ada berkas registri yang sedalam ini.",
            )

    def _key(self, event: Any, seen: dict[str | int, Mark]) -> str:
        if type(event) is not ScalarEvent:
            self._add(event, *_NO_KEY)
            self._collection(event)
            return ""
        key: str = event.value
        if event.tag or event.anchor or event.style == '"' or len(key) > self._longest:
            self._look(event)
        if key in seen:
            self._add(
                event,
                "yaml-kunci-kembar",
                f"Kunci {shown(key)} sudah ada pada baris {seen[key].line}.",
                "Hapus salah satu; setiap kunci hanya boleh ada satu kali.",
            )
        elif key in _NO_KEYS:
            self._add(event, *_NO_KEYS[key])
        return key

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        style = event.style
        if event.tag or event.anchor or style == '"' or len(text) > self._longest:
            self._look(event)
        return typed(text) if style in _UNQUOTED else text

    def _look(self, event: Any) -> None:
        """Look for what a key or value must not have."""
        if event.anchor is not None:
            self._add(event, *_ANCHOR)
        if event.tag is not None:
            self._add(event, *_TAG)
        text: str = event.value
        if len(text) > self._limits.scalar:
            self._add(
                event,
                "yaml-terlalu-besar",
                f"Teks ini {len(text)} karakter, padahal batasnya {self._limits.scalar}.",
                "Ringkas teksnya, atau pindahkan ke dokumen bukti.",
            )
        if event.style == '"':  # only here can an escape bring what the raw text does not have
            self._escaped(event, text)

    def _escaped(self, event: Any, text: str) -> None:
        sign = hidden().search(text)
        if sign:
            self._add(
                event,
                "yaml-karakter",
                f"Teks ini memuat karakter tersembunyi {hidden_name(sign.group())} yang ditulis dengan tanda \\.",
                "Hapus karakter itu, atau pakai tanda kutip tunggal bila \\ bagian dari teks.",
            )
        if not unicodedata.is_normalized("NFC", text):
            self._add(
                event,
                "yaml-nfc",
                f"Teks {shown(text, ascii_only=True)} memuat huruf terurai (bukan bentuk NFC).",
                "Ketik hurufnya langsung, tanpa tanda \\.",
            )

    def _add(self, event: Any, code: str, message: str, hint: str) -> None:
        at = event.start_mark
        self.faults.append(Fault(at.line + 1, at.column + 1, code, message, hint))
        if len(self.faults) >= self._limits.findings:
            raise _Stop

    def _stop(self, event: Any, code: str, message: str, hint: str) -> NoReturn:
        self._add(event, code, message, hint)
        raise _Stop

    def _stop_empty(self) -> NoReturn:
        self.faults.append(Fault(1, 1, *_EMPTY))
        raise _Stop


_EMPTY = ("yaml-kosong", "Berkas ini kosong.", "Isi berkasnya, atau hapus bila tidak diperlukan.")
_NO_MAPPING = (
    "yaml-akar",
    "Isi berkas bukan pasangan kunci dan nilai.",
    "Mulai berkas dengan kunci, misalnya nama: KPPN Contoh Satu.",
)
_SECOND = (
    "yaml-banyak-dokumen",
    "Berkas memuat lebih dari satu dokumen YAML (dipisahkan ---).",
    "Sisakan satu dokumen; hapus baris --- dan isi sesudahnya.",
)
_DIRECTIVE = (
    "yaml-perintah",
    "Baris yang diawali % adalah perintah YAML, dan itu tidak dipakai di registri ini.",
    "Hapus baris itu beserta tanda --- di bawahnya.",
)
_TOO_MANY = (
    "yaml-terlalu-besar",
    "Isi berkas terlalu banyak (kunci dan nilainya melebihi batas).",
    "Pindahkan rincian ke dokumen bukti dan cantumkan tautannya.",
)
_ALIAS = (
    "yaml-alias",
    "Tanda * di awal nilai menyalin bagian lain (alias YAML), dan itu tidak dipakai di registri ini.",
    "Tulis isinya langsung, atau beri tanda kutip bila * bagian dari teks.",
)
_ANCHOR = (
    "yaml-alias",
    "Tanda & di awal nilai memberi nama bagian ini (anchor YAML), dan itu tidak dipakai di registri ini.",
    "Hapus tanda & dan namanya, atau beri tanda kutip bila & bagian dari teks.",
)
_TAG = (
    "yaml-tag",
    "Tanda ! di awal nilai adalah tag YAML, dan itu tidak dipakai di registri ini.",
    "Hapus tagnya, atau beri tanda kutip bila ! bagian dari teks.",
)
_MERGE = (
    "yaml-gabung",
    "Kunci << menggabungkan isi dari tempat lain, dan itu tidak dipakai di registri ini.",
    "Tulis kunci dan nilainya langsung.",
)
_NO_KEY = (
    "yaml-kunci",
    "Kunci di sini bukan teks biasa (kosong, daftar, atau kelompok).",
    "Tulis kunci sebagai satu kata, misalnya judul: SK Tim Kerja.",
)
_NO_KEYS = {"": _NO_KEY, "<<": _MERGE}
