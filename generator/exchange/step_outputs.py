"""Outputs of a workflow's step, as the runner reads them from the file that GITHUB_OUTPUT names.

Source of the form: GitHub's "Workflow commands for GitHub Actions", multiline strings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from generator.model.failure import CannotWrite
from generator.model.wording import reason, shown

_NAME = re.compile(r"[a-z][a-z_]*", re.ASCII)


def output_text(values: Mapping[str, str]) -> str:
    r"""Return the values, each between lines that no text can hold: a value would have to contain its own SHA-256.

    So a value of any text can neither end early nor set another output. Raises ValueError for a name that is none.

    >>> output_text({"judul": "a"}).split("\n")[1]
    'a'
    """
    lines = []
    for name, value in values.items():
        if not _NAME.fullmatch(name):
            raise ValueError(name)
        border = f"zi_{sha256(value.encode('utf-8', 'surrogatepass')).hexdigest()}"
        lines.append(f"{name}<<{border}\n{value}\n{border}\n")
    return "".join(lines)


def add_outputs(file: Path, values: Mapping[str, str]) -> None:
    """Append the values to the file, which other lines of the step may have written to; raises `CannotWrite`."""
    try:
        with file.open("a", encoding="utf-8", newline="\n") as target:
            target.write(output_text(values))
    except OSError as error:
        raise CannotWrite(f"{shown(file, 200)} tidak dapat ditulis: {reason(error)}.") from None
