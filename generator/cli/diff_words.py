"""Words for a difference, the same in text and in Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from generator.cli.score_text import NAMES
from generator.judging.attention import Reason
from generator.model.exact import decimal_text
from generator.model.finding import Level

if TYPE_CHECKING:
    from generator.judging.attention import Attention
    from generator.model.history import TotalMoved
    from generator.registry.differences import Flip

LEVELS = {Level.ERROR: "kesalahan", Level.WARNING: "peringatan", Level.NOTE: "catatan"}
"""How a finding's level is called."""

REASONS: Mapping[Reason, tuple[str, str]] = {
    Reason.CHANGED_SINCE_JUDGED: (
        "Berubah setelah dinilai",
        "penilaian yang ada adalah atas jawaban sebelumnya, jadi perlu dinilai ulang",
    ),
    Reason.RAISED: ("Naik tanpa bukti baru", "nilainya naik, tetapi tidak ada bukti yang masuk bersamanya"),
    Reason.REUSED: (
        "Bukti dipakai ulang",
        "bukti yang sama juga dipakai di tempat lain; boleh bila memang membuktikan keduanya",
    ),
    Reason.EVIDENCE_GONE: ("Bukti dihapus", "jawabannya tidak turun, tetapi buktinya berkurang"),
    Reason.REJUDGED: ("Penilaian diubah", "penilai mengubah nilai yang sudah pernah diberikannya"),
    Reason.ZERO_DENOMINATOR: (
        "Penyebut nol",
        "tidak ada yang dapat dibagi, jadi nilainya adalah keputusan registri sendiri",
    ),
}
"""What is said of a reason, and why it matters."""


def figure(value: Fraction | None) -> str:
    """Return a score with two digits; a dash where there is none."""
    return "–" if value is None else decimal_text(value, 2).replace(".", ",")


def whose(one: TotalMoved | Flip | Attention) -> str:
    """Return whose sheet of which year."""
    return f"{NAMES[one.tier]} {one.year}"


def condition(flip: Flip) -> str:
    """Return which condition of which predicate."""
    return f"syarat {flip.predicate} {whose(flip)}, {flip.name or 'semua syarat'}"
