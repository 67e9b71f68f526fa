"""`zi comment`: what a job found of a pull request becomes the one comment below it, as requests to the forge.

The job looked at a stranger's commits, and its workflow may be the stranger's: what it left decides nothing here.
Which pull request is commented is what the forge says, and the text keeps no sign that could do anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.model.failure import Failure

if TYPE_CHECKING:
    from generator.exchange.pull_request import Submitted, Verdict
    from generator.exchange.requests import Request

RESULT = "tinjauan.json"
"""The file that is looked for in a folder."""
_MARKER = "<!-- zi:pemeriksaan -->"
"""Begins the comment, unseen; the next run finds it by this."""
_DOUBT = (
    "Usulan ini mengubah berkas di luar units/ (mungkin juga alur yang memeriksanya), atau perubahannya tidak dapat "
    "dibaca. Hasil di bawah baru dapat dipercaya sesudah pemelihara menjalankan zi review sendiri."
)
_LONGEST = 300
"""Characters of what could not be read."""


@click.command(
    help="Buat atau perbarui komentar pemeriksaan di pull request: hasilnya permintaan ke forge di folder --out. "
    f"HASIL adalah berkas dari zi review, atau folder yang berisi {RESULT}."
)
@click.argument("event", metavar="PERISTIWA.json", type=click.Path(path_type=Path))
@click.argument("artifact", metavar="HASIL", type=click.Path(path_type=Path))
@click.option(
    "--pulls",
    required=True,
    type=click.Path(path_type=Path),
    help="Berkas JSON daftar pull request yang terbuka (REST GitHub); nomornya diambil dari sini.",
)
@click.option(
    "--comments",
    type=click.Path(path_type=Path),
    help="Berkas JSON komentar pull request itu (REST GitHub); komentar sendiri yang lama diperbarui. "
    "Tanpa ini hanya nomor usulannya yang dicetak.",
)
@click.option(
    "--reviews",
    type=click.Path(path_type=Path),
    help="Berkas JSON telaah usulan (REST GitHub): menambah bagian Persetujuan. Commit usulan harus ada di --root.",
)
@click.option(
    "--members", type=click.Path(path_type=Path), help="Berkas JSON anggota tim seperti pada zi guard, untuk --reviews."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder permintaan ke forge (daftar.tsv dan isinya); bersama --comments.",
)
@click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri (puncak repositori Git).")
def command(
    *,
    event: Path,
    artifact: Path,
    pulls: Path,
    comments: Path | None,
    reviews: Path | None,
    members: Path | None,
    out: Path | None,
    root: Path,
) -> None:
    """Write the requests, none where the pull request went on or is closed; exit 2 where the result is refused."""
    from generator.exchange.pull_request import read_open, read_run, read_verdict
    from generator.exchange.requests import write

    if (comments is None) is not (out is None):
        raise click.UsageError("--comments dan --out dipakai bersama.")
    run = read_run(event)
    candidates = read_open(pulls, run)
    if not candidates:
        click.echo(f"Tidak ada usulan terbuka dengan commit terakhir {run.head}.", err=True)
        if out is not None:
            write((), out)
        return
    verdict = read_verdict(artifact / RESULT if artifact.is_dir() else artifact)
    pull = _meant(candidates, verdict)
    if comments is None or out is None:
        click.echo(pull.number)
        return
    known = "\n".join(_known(root, pull, verdict, reviews, members))
    request = _request(run.slug, pull.number, _body(known, verdict.comment), comments)
    count = write((request,) if request else (), out)
    click.echo(f"Usulan #{pull.number}: {'komentar ditulis' if count else 'komentar sudah sesuai'}.")


def _meant(candidates: tuple[Submitted, ...], verdict: Verdict) -> Submitted:
    """Return the pull request that forge and result agree on; raises `Failure` where there is none."""
    for pull in candidates:
        if (pull.number, pull.head) == (verdict.number, verdict.head):
            return pull
    numbers = ", ".join(f"#{pull.number}" for pull in candidates)
    raise Failure(
        f"Hasil pemeriksaan ditolak: menyebut usulan atau commit lain daripada {numbers} menurut forge."
        " Jalankan ulang pemeriksaannya."
    )


def _body(known: str, told: str) -> str:
    """Return the comment: what is known here first, so that nothing of what was told can hide or begin it."""
    from generator.exchange.inert_markdown import MOST, inert_markdown

    first = f"{_MARKER}\n{inert_markdown(known, MOST // 2)}\n\n"
    return first + inert_markdown(told, MOST - len(first))


def _known(root: Path, pull: Submitted, verdict: Verdict, reviews: Path | None, members: Path | None) -> Iterator[str]:
    """Yield the outcome, as far as it can be believed, and who approved."""
    doubtful = reviews is not None and _may_have_made(root, pull)
    outcome = "perlu dipastikan pemelihara" if doubtful else "lulus" if verdict.passed else "belum lulus"
    yield f"## Pemeriksaan usulan: {outcome}"
    yield from ("", f"Untuk commit `{pull.head}`.")
    if doubtful:
        yield from ("", _DOUBT)
    if reviews is not None:
        yield from ("", *_approvals(root, pull, reviews, members))


def _may_have_made(root: Path, pull: Submitted) -> bool:
    """Tell whether the pull request may itself have made the result: it changes more than units/, or nobody knows."""
    from generator.reading.paths import FOLDER
    from generator.reading.pull_request import pull_request

    try:
        changed = pull_request(root, pull.base, pull.head).changed
    except Failure:
        return True
    return not all(one.path.startswith(f"{FOLDER}/") for one in changed)


def _request(slug: str, number: int, body: str, comments: Path) -> Request | None:
    """Return what makes the comment be so; None where it is already."""
    from generator.exchange.pull_request import read_own_comment
    from generator.exchange.requests import Method, Request, api_path

    standing = read_own_comment(comments, number, _MARKER)
    if standing is None:
        path = api_path(slug, "issues", number, "comments")
        return Request(method=Method.POST, path=path, body={"body": body})
    place, before = standing
    if before == body:
        return None
    return Request(method=Method.PATCH, path=api_path(slug, "issues", "comments", place), body={"body": body})


def _approvals(root: Path, pull: Submitted, reviews: Path, members: Path | None) -> Iterator[str]:
    """Yield the section on who approved; judged here, by the forge's own data and the base's rules."""
    from generator.cli.inert import inert
    from generator.cli.review import listing
    from generator.reading.forge import read_members, read_reviews
    from generator.registry.guarding import guard

    given, known = read_reviews(reviews), read_members(members) if members else None
    yield from ("### Persetujuan", "")
    try:
        found = guard(root, pull.base, pull.head, actor=pull.author, reviews=given, members=known).findings
    except Failure as failure:
        yield f"- Belum dapat diperiksa: {inert(str(failure), _LONGEST)}"
        return
    if not found:
        yield "- Persetujuan yang diperlukan sudah lengkap untuk commit ini."
    yield from listing(found)
