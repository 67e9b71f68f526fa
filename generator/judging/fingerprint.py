"""The fingerprint of answers: what `menilai` in tpi.yaml and tpn.yaml binds a judgement to.

SHA-256 of canonical JSON: keys sorted by code point, no space between the signs, text as it is (only what JSON must
escape is escaped, in its short form), UTF-8. For our data that is RFC 8785 (JCS): keys are ASCII, integers have at
most 15 digits, and there is no float. Any program can make the same fingerprint from the same file.

Two answers have the same fingerprint exactly where `changes.compare` tells no change between them: the order of
keys, comments, quoting and line ends say nothing; the order of evidence does, and `jawab: belum` is not absence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=dict)


def of_answer(answer: Mapping[str, Any]) -> str:
    """Return "sha256:" and 64 hexadecimal digits for one answer as its file has it.

    Values are text, int, bool, None, lists and mappings with text for keys, as `reading.strict_yaml` gives them.
    """
    return f"sha256:{hashlib.sha256(_CANONICAL.encode(answer).encode()).hexdigest()}"


def of_answers(answers: Mapping[str, Any]) -> str:
    """Return the fingerprint of all answers of a sheet, by question code: what `jawaban` of its file has."""
    return of_answer(answers)
