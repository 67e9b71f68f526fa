r"""What is to be asked of the forge: written as files, for a workflow to send with the forge's own client.

Nothing here opens a connection, and no workflow needs logic. It sends a folder's requests, in it, one after another:

    while IFS=$'\t' read -r method path file; do
      gh api --method "$method" "$path" --input "$file"
    done < daftar.tsv
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from generator.model.failure import Failure
from generator.model.wording import shown
from generator.writing import add_files

LIST = "daftar.tsv"
"""The list of a folder's requests, in the order they are to be sent: METHOD, PATH and FILE between tabs."""
LARGEST_NUMBER = 10**9
"""Of issues and pull requests, which share their numbers."""

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}", re.ASCII)
_PLACES = ("issues", "comments", "labels")
_LARGEST_ID = 10**18


class Method(StrEnum):
    """What a request does."""

    POST = "POST"
    """It makes something."""
    PATCH = "PATCH"
    """It changes what is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request to the forge's REST API."""

    method: Method
    path: str
    """As `api_path` makes it."""
    body: Mapping[str, object]
    """JSON's own types."""


def api_path(slug: str, *parts: str | int) -> str:
    """Return a path of the API below a repository, made of checked parts only.

    >>> api_path("contoh/registri", "issues", 12, "comments")
    'repos/contoh/registri/issues/12/comments'

    Raises `Failure` for a slug that is none (it comes from an event). A part is one of the API's words that requests
    here need, or a positive number; anything else is a ValueError: the program's own fault.
    """
    if not _SLUG.fullmatch(slug):
        raise Failure(f"{shown(slug, ascii_only=True)} bukan nama repositori; tulis seperti pemilik/registri.")
    for part in parts:
        if part not in _PLACES and not (type(part) is int and 0 < part <= _LARGEST_ID):
            raise ValueError(part)
    return "/".join(("repos", slug, *map(str, parts)))


def write(requests: Iterable[Request], folder: Path) -> int:
    """Write the requests into the folder, which is made where there is none; return how many they are.

    Without requests the list is empty: the loop then sends nothing. Raises `CannotWrite` as `add_files` does, also
    where the folder holds requests already.
    """
    files: dict[str, bytes] = {}
    lines: list[str] = []
    for request in requests:
        name = f"{len(lines) + 1:04}.json"
        files[name] = json.dumps(request.body, ensure_ascii=True, allow_nan=False, sort_keys=True).encode() + b"\n"
        lines.append(f"{request.method}\t{request.path}\t{name}\n")
    add_files(folder, {**files, LIST: "".join(lines).encode()})
    return len(lines)
