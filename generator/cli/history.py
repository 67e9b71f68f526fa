"""`zi history`: what happened to a unit, by whom, when, why, and approved by whom."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.model.wording import listed, shown

if TYPE_CHECKING:
    from generator.model.history import Commit, Step
    from generator.registry.past import Chronicle


@click.command(help="Riwayat sebuah unit: apa yang berubah, kapan, oleh siapa, mengapa, dan siapa yang menyetujui.")
@click.argument("unit_id", metavar="UNIT")
@click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri (yang berisi units/).")
@click.option("--json", "as_json", is_flag=True, help="Keluaran untuk program: setiap versi dengan patch RFC 6902.")
def command(*, unit_id: str, root: Path, as_json: bool) -> None:
    """Print the unit's past, also of its old ids; exit 3 where the repository does not hold all of it."""
    from generator import registry
    from generator.reading.cache import Cache
    from generator.reading.history import open_past
    from generator.registry.past import Chronicle

    with Cache(root) as cache, open_past(root, cache=cache) as past:
        chronicle = Chronicle(past, registry.load_catalogue(), cache)
        known = _known_unit(chronicle, unit_id)
        steps = tuple(chronicle.timeline(known))
        for piece in as_data(known, steps) if as_json else as_text(known, chronicle.old_ids(known), steps):
            click.echo(piece)


def _known_unit(chronicle: Chronicle, text: str) -> str:
    """Return the id under which the unit is found; its folder (units/instansi/unit/) names it too.

    Raises a usage error where there never was such a unit.
    """
    unit_id = text.removeprefix("./").removeprefix("units/").rstrip("/")
    found = chronicle.find(unit_id) if "/" in unit_id else None
    if found is not None:
        return found
    known = chronicle.known
    folder = unit_id.rpartition("/")[2]
    near = [one for one in known if folder and one.endswith(f"/{folder}")] or get_close_matches(unit_id, known, n=3)
    hint = f"Barangkali maksudnya {' atau '.join(near[:3])}?" if near else f"Unit yang ada: {listed(known, 5)}."
    raise click.UsageError(
        f"Unit {shown(text)} tidak ada dalam riwayat. {hint if known else 'Belum ada unit di units/.'}"
    )


def as_data(unit_id: str, steps: Iterable[Step]) -> Iterator[str]:
    """Yield one JSON document in pieces, a version at a time, oldest first."""
    separator = "\n"
    yield f'{{"unit": {json.dumps(unit_id)}, "versi": ['
    for step in steps:
        # ASCII: control and bidi characters reach no terminal
        yield separator + json.dumps(_version(step), ensure_ascii=True)
        separator = ","
    yield "]}"


def _version(step: Step) -> dict[str, Any]:
    from generator.cli.change_text import as_data as change_data

    commit = step.version.commit
    return {
        "commit": commit.id,
        "berkas": step.version.path,
        "penulis": commit.author,
        "tanggal": f"{commit.authored:%Y-%m-%dT%H:%M:%SZ}",
        "pesan": commit.message,
        "disetujui": commit.approvals,
        "kontributor": commit.contributors,
        "kosmetik": not step.patch,
        "patch": step.patch,
        "perubahan": [change_data(change) for change in step.changes],
    }


def as_text(unit_id: str, old_ids: Sequence[str], steps: Sequence[Step]) -> Iterator[str]:
    """Yield lines for a person, newest first, by the year in which they came to main."""
    from generator.cli.change_text import plain
    from generator.model.day import jakarta_day

    before = f" (sebelumnya {', '.join(map(plain, old_ids))})" if old_ids else ""
    yield f"Riwayat {unit_id}{before}, menurut catatan Git"
    newest_first = sorted(steps, key=lambda step: -step.version.commit.position)
    for year, found in groupby(newest_first, key=lambda step: jakarta_day(step.version.commit.committed).year):
        told = [line for line in _lines(found) if line]
        if told:
            yield ""
            yield str(year)
            yield from told
    silent = sum(not step.changes for step in steps)
    if silent:
        yield ""
        yield f"{silent} versi hanya mengubah cara menulis; isinya tetap, dan tidak ada tanggal yang bergeser."


def _lines(steps: Iterable[Step]) -> Iterator[str]:
    from generator.cli.change_text import by_step, lines, plain
    from generator.model.day import day_text, jakarta_day

    for found, changes in by_step(steps):
        commit = found[0].version.commit
        day = day_text(jakarta_day(commit.committed))
        for where, code, what in lines(changes, plain):
            yield "  " + "  ".join(filter(None, (day, where, code, what, f"— {_why(commit)}")))


def _why(commit: Commit) -> str:
    from generator.cli.change_text import plain

    subject = next((line for line in commit.message.splitlines() if line.strip()), "tanpa pesan")
    writers = ", ".join(plain(name, 60) for name in commit.contributors) or "tanpa nama"
    approvals = ", ".join(plain(name, 60) for name in commit.approvals)
    return f"{plain(subject)} ({writers}; {f'disetujui {approvals}' if approvals else 'tanpa catatan persetujuan'})"
