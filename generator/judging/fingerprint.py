"""The fingerprint of answers: what `menilai` in tpi.yaml and tpn.yaml binds a judgement to.

SHA-256 of canonical JSON: keys sorted by code point, no space between the signs, text as it is (only what JSON must
escape is escaped, in its short form), UTF-8. For our data that is RFC 8785 (JCS): keys are ASCII, integers have at
most 15 digits, and there is no float. Any program can make the same fingerprint from the same file.

Two answers have the same fingerprint exactly where `changes.compare` tells no change between them: the order of
keys, comments, quoting and line ends say nothing, nor does the order of evidence (`bukti` is sorted by the canonical
JSON of its items, by code point); `jawab: belum` is not absence.
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
    return _sha256(_in_one_order(answer))


def of_answers(answers: Mapping[str, Any]) -> str:
    """Return the fingerprint of all answers of a sheet, by question code: what `jawaban` of its file has."""
    return _sha256({code: _in_one_order(answer) for code, answer in answers.items()})


def _in_one_order(answer: Any) -> Any:
    """Return the answer with its evidence sorted."""
    evidence = answer.get("bukti") if isinstance(answer, Mapping) else None
    if not isinstance(evidence, list | tuple):
        return answer
    return {**answer, "bukti": sorted(evidence, key=_CANONICAL.encode)}


def _sha256(value: Any) -> str:
    return f"sha256:{hashlib.sha256(_CANONICAL.encode(value).encode()).hexdigest()}"
