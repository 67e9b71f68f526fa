"""Texts of the demo: explanations, evidence, remarks. Made from vocabulary and the instrument's own criteria."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from generator.demo import vocabulary
from generator.demo.answers import Given, area_of
from generator.demo.chance import day_between
from generator.demo.names import HOST, Place
from generator.model.day import MONTHS
from generator.model.declared import Tier
from generator.model.instrument import Group, Instrument, Question

_QUARTERS = ("Triwulan I", "Triwulan II", "Triwulan III", "Triwulan IV", "Semester I", "Semester II", "Tahun")
_EXEMPT = 0.03
"""Part of the evidence that is exempt from disclosure."""
_HASHED = 0.85
_VALID_UNTIL = 0.05
_REMARKED = 0.7


class Writer:
    """Writes the texts of one unit-year, one draw after the other."""

    def __init__(self, instrument: Instrument, place: Place, year: int, rng: Random) -> None:
        self._instrument = instrument
        self._place = place
        self._year = year
        self._rng = rng

    def explanation(self, question: Question, given: Given) -> str:
        """Return two or three sentences that fit the answer."""
        rng, words = self._rng, vocabulary.AREAS[area_of(question.code)]
        claim = question.criteria.get(given, question.text) if isinstance(given, str) else question.text
        when = f"{rng.choice(MONTHS)} {self._year - 1}"
        deed = f"{rng.choice(words.activities)} di {rng.choice(vocabulary.PLACES)} pada {when}"
        deed += f" bersama {rng.choice(vocabulary.PARTIES)} ({rng.randint(6, 96)} orang)."
        sentences = [f"{claim}.", deed]
        if rng.random() < 0.6:  # noqa: PLR2004 - a little more often than not
            sentences.append(rng.choice(words.outcomes))
        return " ".join(sentences)

    def evidence(self, code: str, number: int) -> dict[str, Any]:
        """Return the evidence of that number (from 0) for the question."""
        rng = self._rng
        topic = self._topic(code)
        title = f"{rng.choice(vocabulary.AREAS[area_of(code)].documents)} {topic} {rng.choice(_QUARTERS)}"
        found: dict[str, Any] = {"judul": f"{title} {self._year - 1}"}
        exempt = rng.random() < _EXEMPT
        name = f"{code.replace('.', '-').lower()}-{number + 1}-{rng.randrange(16**6):06x}"
        if exempt:
            found["berkas"] = f"{name}.pdf"
        else:
            found["tautan"] = f"https://arsip.{HOST}/{self._place.id}/{self._year}/{name}.pdf"
        found["tanggal"] = day_between(rng, date(self._year - 1, 2, 1), date(self._year, 1, 10)).isoformat()
        if rng.random() < _VALID_UNTIL:
            # far beyond any day on which somebody will look: validity that ends would be a warning then
            found["berlaku_sampai"] = f"{rng.randint(2060, 2090)}-12-31"
        if rng.random() < _HASHED:
            found["sha256"] = f"{rng.getrandbits(256):064x}"
        if exempt:
            found["klasifikasi"] = "dikecualikan"
        return found

    def remark(self, question: Question, before: Given, after: Given, bukti: Sequence[Mapping[str, Any]]) -> str:
        """Return an assessor's reason for a changed answer, sometimes one for an unchanged answer, else ""."""
        rng = self._rng
        subject = bukti[0]["judul"] if bukti else self._topic(question.code)
        if before != after:
            change = f" dari {before} menjadi {after}" if isinstance(after, str) else " sesuai hasil penghitungan ulang"
            return f"{subject} {rng.choice(vocabulary.LACKS)}; jawaban disesuaikan{change}."
        if rng.random() < _REMARKED:
            asked = f"{rng.choice(vocabulary.PARTIES)} di {rng.choice(vocabulary.PLACES)}"
            return f"{subject} {rng.choice(vocabulary.CHECKS)}; dibahas dengan {asked}."
        return ""

    def _topic(self, code: str) -> str:
        group = self._instrument.nodes[code.rpartition(".")[0]]
        return group.name if isinstance(group, Group) else ""


def shared_evidence(seed: int, code: str, place: Place) -> dict[str, Any]:
    """Return evidence that is the same file whatever the year or unit; the place only says who linked it."""
    digest = hashlib.sha256(f"{seed}/{code}".encode()).hexdigest()
    return {
        "judul": f"Laporan kegiatan bersama {code}",
        "tautan": f"https://arsip.{HOST}/{place.agency.id}/bersama/{digest[:8]}.pdf",
        "tanggal": "2022-11-14",
        "sha256": digest,
    }


def misspelt(text: str, rng: Random) -> str:
    """Return the text with two neighbouring letters of one longer word swapped."""
    words = text.split(" ")
    longer = [at for at, word in enumerate(words) if len(word) > 5 and word.isalpha()]  # noqa: PLR2004 - long enough
    at = rng.choice(longer)
    word = words[at]
    spot = next(spot for spot in range(1, len(word) - 1) if word[spot] != word[spot + 1])
    words[at] = word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :]
    return " ".join(words)


def survey(kind: str, tier: Tier, year: int, index: str, rng: Random) -> dict[str, Any]:
    """Return an entry of survei.yaml: the unit's own in spring, TPN's in late summer."""
    own = tier is Tier.MANDIRI
    days = (date(year, 2, 1), date(year, 3, 10)) if own else (date(year, 8, 3), date(year, 8, 31))
    return {
        "id": survey_id(kind, tier, year),
        "jenis": kind,
        "penyelenggara": "unit" if own else "TPN",
        "responden": rng.randint(40, 400),
        "indeks": index,
        "tanggal": day_between(rng, *days).isoformat(),
        "metode": rng.choice(vocabulary.METHODS),
    }


def survey_id(kind: str, tier: Tier, year: int) -> str:
    """Return the id of the survey the tier's sheet refers to; TPI refers to the unit's."""
    return f"{kind.lower()}-{year}" + ("-tpn" if tier is Tier.TPN else "")
