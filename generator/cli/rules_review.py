"""What a pull request's rule files would change, for its comment: read as strict data from Git's objects, never run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator.model.failure import Failure

if TYPE_CHECKING:
    from generator.reading.blobs import Tree
    from generator.reading.pull_request import PullRequest

_RULE_FILE = re.compile(r"schema/(?:aturan/(?:pemantauan|kesegaran|kehidupan)|instrumen/[a-z0-9-]{1,60})\.yaml")
_MOST_FILES = 5
_LONGEST = 300


def rules_section(root: Path, request: PullRequest, head: Tree, day: date) -> Iterator[str]:
    """Yield Markdown lines; none where no rule file changed. `head` is the pull request's units."""
    paths = [one.path for one in request.changed if _RULE_FILE.fullmatch(one.path)]
    if not paths:
        return
    yield "### Andai aturannya berubah"
    yield ""
    yield "Pratinjau menurut berkas aturan usulan ini, dibandingkan dengan aturan yang berlaku; belum ada yang berubah."
    yield ""
    try:
        yield from _told(root, request, paths, head, day)
    except Failure as failure:
        from generator.cli.inert import inert

        yield f"Pratinjau tidak dapat dibuat: {inert(str(failure), _LONGEST)}"
    yield ""


def _told(root: Path, request: PullRequest, paths: list[str], head: Tree, day: date) -> Iterator[str]:
    from generator.cli.review import listing
    from generator.cli.rules import as_markdown, look
    from generator.reading.pull_request import file_at
    from generator.registry.preview import Unsound, replacement

    if len(paths) > _MOST_FILES:
        yield f"{len(paths)} berkas aturan sekaligus; paling banyak {_MOST_FILES} yang dipratinjau. Pecah usulannya."
        return
    news = []
    sound = True
    for path in paths:
        raw = file_at(root, request.head, path)
        if raw is None:
            yield f"- `{path}` dihapus, terlalu besar, atau bukan berkas biasa; yang berlaku tetap dipakai."
            continue
        try:
            new = replacement(raw, path)
        except Unsound as unsound:
            sound = False
            yield from listing(unsound.findings)
            continue
        if f"schema/{new.place}" != path:
            sound = False
            yield f"- `{path}` memuat aturan untuk `schema/{new.place}`; beri nama yang sama dengan isinya."
        news.append(new)
    if sound and news:
        yield from as_markdown(look(head, news, day))
