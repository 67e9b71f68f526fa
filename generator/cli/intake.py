"""`zi intake`: an issue filled in by form becomes an edit of mandiri.yaml, or words about what keeps it from that.

Everything that a workflow needs afterwards stands in one JSON document, so that it holds no logic: the paths written,
the branch's name, and a title and text made of checked ids and of this program's own sentences.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from generator.cli.clock import today
from generator.model.failure import Failure
from generator.model.finding import Finding, Level
from generator.model.wording import reason, shown

if TYPE_CHECKING:
    from generator.exchange.answering import Place
    from generator.exchange.editing import Edit
    from generator.exchange.issue_form import Issue
    from generator.exchange.requests import Request
    from generator.judging.privacy.allowance import Allowance
    from generator.reading.blobs import Tree
    from generator.registry import Catalogue

_MOST = 30
"""Findings told in the comment; who mends these finds the rest."""
_LONGEST = 600
"""Characters of one finding in the comment."""
_MARKER = "<!-- zi:formulir -->"
"""The first line of the comment, by which it is known again."""
_STANDS = (
    "Isi formulir ini sudah dapat diusulkan: usulannya tertaut pada issue ini. Penilai membacanya sebelum disahkan."
)


class Outcome(NamedTuple):
    """What came of the form: files to write, or findings."""

    place: Place | None
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    sender: str = ""
    """What the registry knows of the account that filled it in: a sentence for who approves."""

    @property
    def stands(self) -> bool:
        """Whether it may be proposed."""
        return bool(self.files) and all(finding.level is not Level.ERROR for finding in self.findings)


@click.command(help="Ubah isi formulir issue GitHub menjadi perubahan mandiri.yaml yang sudah diperiksa.")
@click.argument("event", metavar="PERISTIWA.json", type=click.Path(path_type=Path))
@click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri (yang berisi units/).")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Tulis hasilnya (JSON) ke berkas ini, bukan ke keluaran perintah."
)
@click.option(
    "--outputs",
    type=click.Path(path_type=Path),
    help="Untuk workflow: tambahkan usul, cabang, judul, pesan, dan isi ke berkas keluaran langkah (GITHUB_OUTPUT).",
)
@click.option(
    "--requests",
    "requests_folder",
    type=click.Path(path_type=Path),
    help="Untuk workflow: tulis jawaban bagi pengisi formulir sebagai permintaan ke forge di folder ini, "
    "dan keluar dengan 0 walaupun isinya belum dapat diusulkan. Memerlukan --comments dan --repo.",
)
@click.option(
    "--comments",
    "comments_file",
    type=click.Path(path_type=Path),
    help="Komentar yang sudah ada di issue itu (JSON dari forge), agar jawaban lama diperbarui.",
)
@click.option(
    "--repo",
    envvar="GITHUB_REPOSITORY",
    metavar="PEMILIK/REGISTRI",
    help="Repositori di forge; tanpa ini dari GITHUB_REPOSITORY.",
)
def command(
    *,
    event: Path,
    root: Path,
    out: Path | None,
    outputs: Path | None,
    requests_folder: Path | None,
    comments_file: Path | None,
    repo: str | None,
) -> None:
    """Write the edit and say what was done; exit 1, with nothing written in the registry, where something is wrong."""
    if requests_folder is not None and (comments_file is None or repo is None):
        raise click.UsageError("--requests memerlukan --comments dan --repo.")
    from generator.exchange.issue_form import issue
    from generator.judging.privacy.telling import discreet
    from generator.reading.blobs import open_tree
    from generator.registry import load_catalogue

    received = issue(_bounded(event))
    with open_tree(root) as tree:
        outcome = _outcome(received.body, tree, load_catalogue())
        # a finding quotes what was filled in, and its comment stays when the issue is mended
        outcome = outcome._replace(findings=tuple(map(discreet, outcome.findings)))
        if outcome.stands:
            _write(root, tree, outcome.files)
            outcome = outcome._replace(sender=_sender(received.login, outcome.place, tree))
    result = _result(received, outcome)
    if outputs is not None:
        from generator.exchange.step_outputs import add_outputs

        usable = {"usul": "true" if outcome.stands else "false"}
        add_outputs(outputs, usable | {name: str(result[name]) for name in ("cabang", "judul", "pesan", "isi")})
    if requests_folder is not None and comments_file is not None and repo is not None:
        from generator.exchange.requests import write

        write(_replies(received, outcome, comments_file, repo), requests_folder)
    text = json.dumps(result, ensure_ascii=True, indent=1)
    if out is None:
        click.echo(text)
    else:
        from generator.writing import replace_file

        replace_file(out, f"{text}\n".encode())
        for line in _told(outcome):
            click.echo(line)
    sys.exit(0 if outcome.stands or requests_folder is not None else 1)


def _bounded(event: Path) -> bytes:
    """Return the file's bytes, at most one more than an event may have; raises `Failure` where it is no file."""
    from generator.exchange.issue_form import EVENT_LIMIT

    try:
        with event.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Failure(f"{shown(event, 200)} bukan berkas biasa; sebut berkas peristiwa issue.")
            return file.read(EVENT_LIMIT + 1)
    except OSError as error:
        raise Failure(f"{shown(event, 200)} tidak dapat dibaca: {reason(error)}; periksa nama berkasnya.") from None


def _outcome(body: str, tree: Tree, catalogue: Catalogue) -> Outcome:
    from generator.exchange import answering, issue_form

    texts, found = issue_form.texts(body)
    if not texts:
        return Outcome(None, {}, found)
    place, unplaced = answering.place(texts)
    if place is None or found:
        return Outcome(place, {}, (*found, *unplaced))
    known = {entry.path: entry for entry in tree.entries}
    if f"units/{place.unit_id}/unit.yaml" not in known:
        message = f"unit {place.unit_id} tidak ada di registri ini."
        return Outcome(place, {}, (issue_form.fault("unit", message, "Periksa ejaannya di daftar unit di situs."),))
    sheet = known.get(f"{place.folder}/mandiri.yaml")
    files = _new_year(place, known, catalogue) if sheet is None else {sheet.path: next(tree.read([sheet]))[1]}
    return _answered(place, texts, files, tree, catalogue)


def _new_year(place: Place, known: Iterable[str], catalogue: Catalogue) -> Mapping[str, bytes]:
    """Return the first files of a year as `zi new tahun` makes them, without those that stand already."""
    from generator.cli.new import newest
    from generator.scaffolding import year_files

    files = year_files(place.unit_id, place.year, newest(catalogue))
    return {path: raw for path, raw in files.items() if path not in known}


def _answered(
    place: Place, texts: Mapping[str, str], files: Mapping[str, bytes], tree: Tree, catalogue: Catalogue
) -> Outcome:
    from generator.exchange import answering, issue_form
    from generator.reading.strict_yaml import Refused, load

    path = f"{place.folder}/mandiri.yaml"
    raw = files[path]
    try:
        instrument = str(load(raw, path=path).data.get("instrumen"))
    except Refused as refused:
        return Outcome(place, {}, refused.findings)
    form = catalogue.form(instrument)
    question = form.questions.get(place.code) if form is not None else None
    if form is None or question is None:
        message = f"{place.code} bukan kode pertanyaan di instrumen {shown(instrument, ascii_only=True)}."
        return Outcome(place, {}, (issue_form.fault("kode", message, "Salin kodenya dari lembar jawaban."),))
    personal = tuple(_personal(texts, catalogue.allowance))
    edit, found = answering.edit(texts, question)
    if found:
        return Outcome(place, {}, (*found, *personal))
    changed = _edited(raw, path, place, edit, tuple(form.questions))
    outcome = changed if isinstance(changed, Outcome) else _checked(place, {**files, path: changed}, tree, catalogue)
    if not personal:
        return outcome
    rest = (finding for finding in outcome.findings if finding.code != personal[0].code)  # the same, by file and line
    return outcome._replace(findings=(*personal, *rest))


def _personal(texts: Mapping[str, str], allowed: Allowance) -> Iterator[Finding]:
    """Find personal data in the form's fields: an issue is public already, so that is where it must go first."""
    from generator.exchange.issue_form import fault
    from generator.judging.privacy import find
    from generator.judging.rules.codes import Code

    for field, text in texts.items():
        for item in find(text, allowed):
            hint = (
                "Hapus dari kolom ini. Issue ini sudah terbuka untuk umum: hapus juga isi lamanya dari riwayat "
                "suntingan (tulisan edited di atas isi issue), atau minta pemelihara melakukannya."
            )
            yield fault(field, f"ada {item.kind} ({item.masked}).", hint, Code.DATA_PRIBADI.value)


def _edited(raw: bytes, path: str, place: Place, edit: Edit, order: Sequence[str]) -> bytes | Outcome:
    """Return the sheet with the edit, or why there is none."""
    from generator.exchange.editing import Unfit, edited
    from generator.exchange.issue_form import fault
    from generator.reading.strict_yaml import Refused

    try:
        changed = edited(raw, path, place.code, edit, order)
    except Refused as refused:  # what would come of it is more than a file may hold
        return Outcome(place, {}, refused.findings)
    except Unfit:
        message = f"{path} ditulis dengan cara yang tidak dapat disunting program."
        hint = "Minta pengelola repositori menulis jawaban ini langsung di berkasnya."
        return Outcome(place, {}, (fault("", message, hint),))
    if changed == raw:
        message = "semua yang diisi sudah sama dengan isi registri."
        return Outcome(place, {}, (fault("jawab", message, "Jangan kirim lagi; jawabannya sudah tercatat."),))
    return changed


def _checked(place: Place, files: Mapping[str, bytes], tree: Tree, catalogue: Catalogue) -> Outcome:
    """Judge the files as they would lie in the registry: all errors count, of the rest what is said of this answer."""
    from generator.reading.blobs import laid_over
    from generator.registry import check

    paths = sorted(files)
    pointer = f"/jawaban/{place.code}"
    found = check(laid_over(tree, files), catalogue, today(), paths).findings
    told = [
        finding
        for finding in found
        if finding.level is Level.ERROR or finding.pointer == pointer or finding.pointer.startswith(pointer + "/")
    ]
    return Outcome(place, files, tuple(told))


def _sender(account: str, place: Place | None, tree: Tree) -> str:
    """Say whether the account fills in for the unit: anybody can send a form, and the proposal is a workflow's."""
    from generator.judging.roles.people import agency_people
    from generator.judging.roles.policy import Role
    from generator.reading.strict_yaml import Refused, load

    unknown = "Akun itu tidak tercantum dalam tim unit ini: pastikan siapa pengirimnya sebelum menyetujui."
    if place is None:
        return unknown
    agency, _, unit = place.unit_id.partition("/")
    path = f"units/{agency}/instansi.yaml"
    try:
        raw = next((raw for _, raw in tree.read([entry for entry in tree.entries if entry.path == path])), b"")
        people = agency_people(load(raw, path=path).data)
    except Refused:
        return unknown
    names = {name.lower() for name in people.unit_teams.get(unit, people.teams[Role.MANDIRI])}
    return "Akun itu tercantum dalam tim unit ini." if f"@{account.lower()}" in names else unknown


def _write(root: Path, tree: Tree, files: Mapping[str, bytes]) -> None:
    from generator.writing import add_files, replace_file

    standing = {entry.path for entry in tree.entries}
    add_files(root, {path: raw for path, raw in files.items() if path not in standing})
    for path, raw in sorted(files.items()):
        if path in standing:
            replace_file(root / path, raw)


def _replies(received: Issue, outcome: Outcome, comments: Path, repo: str) -> Iterator[Request]:
    """Yield what makes the one comment of this program say what holds now; a form that stands needs none."""
    from generator.exchange.pull_request import read_own_comment
    from generator.exchange.requests import Method, Request, api_path

    told = [_STANDS] if outcome.stands else _answer(outcome)
    body = "\n".join([_MARKER, *told])
    standing = read_own_comment(comments, received.number, _MARKER)
    if standing is not None and standing[1] != body:
        path = api_path(repo, "issues", "comments", standing[0])
        yield Request(method=Method.PATCH, path=path, body={"body": body})
    elif standing is None and not outcome.stands:
        path = api_path(repo, "issues", received.number, "comments")
        yield Request(method=Method.POST, path=path, body={"body": body})


def _result(received: Issue, outcome: Outcome) -> Mapping[str, object]:
    fields = ("code", "level", "path", "line", "column", "pointer", "message", "hint")
    title = _title(received, outcome.place if outcome.stands else None)
    return {
        "berkas": sorted(outcome.files) if outcome.stands else [],
        "cabang": f"usulan/{received.number}",
        "judul": title,
        # the pull request's author is the workflow: zi guard reads here whose approval is none
        "pesan": f"{title}\n\nDiusulkan-oleh: @{received.login}\n",
        "isi": "\n".join(_proposal(received, outcome) if outcome.stands else _answer(outcome)),
        "temuan": [{name: getattr(finding, name) for name in fields} for finding in outcome.findings],
    }


def _title(received: Issue, place: Place | None) -> str:
    if place is None:
        return f"Jawaban dari #{received.number}"
    return f"{place.unit_id} {place.year}: jawaban {place.code} (dari #{received.number})"


def _proposal(received: Issue, outcome: Outcome) -> Iterator[str]:
    """Yield the text of the pull request; of what was filled in nothing is repeated, the files say it."""
    place = outcome.place
    assert place is not None  # noqa: S101 - what stands has a place
    yield f"Dari formulir #{received.number}, dikirim oleh akun `{received.login}`. Closes #{received.number}"
    yield ""
    yield "| Unit | Tahun | Pertanyaan |"
    yield "|---|---|---|"
    yield f"| `{place.unit_id}` | {place.year} | `{place.code}` |"
    yield ""
    yield f"Berkas yang berubah: {', '.join(f'`{path}`' for path in sorted(outcome.files))}."
    yield outcome.sender
    yield "Lulus `zi check`; isinya tetap perlu dibaca orang sebelum disahkan."
    if outcome.findings:
        yield ""
        yield from _listed(outcome)


def _answer(outcome: Outcome) -> Iterator[str]:
    """Yield the comment for the issue of a form that cannot be proposed."""
    yield "Isi formulir ini belum dapat dijadikan usulan. Sunting issue ini (tombol Edit), perbaiki, lalu simpan:"
    yield ""
    yield from _listed(outcome)


def _listed(outcome: Outcome) -> Iterator[str]:
    from generator.cli.inert import inert

    for finding in outcome.findings[:_MOST]:
        yield f"- {inert(_said(finding, outcome.place), _LONGEST)}"
    if len(outcome.findings) > _MOST:
        yield f"- dan {len(outcome.findings) - _MOST} temuan lain"


def _said(finding: Finding, place: Place | None) -> str:
    """Return the finding in words: with the field of the form where it is about one, else with path and line."""
    from generator.exchange.issue_form import LABELS, PLACE

    where = f"{finding.path}:{finding.line}: "
    if finding.path == PLACE:
        where = ""  # the message names the field
    elif place is not None and finding.pointer.startswith(f"/jawaban/{place.code}/"):
        field = finding.pointer.rpartition("/")[2]
        where = f"Kolom {LABELS[field]}: " if field in LABELS else where
    return f"{where}{finding.message} {finding.hint}".strip()


def _told(outcome: Outcome) -> Iterator[str]:
    if outcome.stands:
        yield from (f"Ditulis: {path}" for path in sorted(outcome.files))
    for finding in outcome.findings:
        yield shown(_said(finding, outcome.place), _LONGEST)[1:-1]
