"""`zi remind`: one issue on the forge for every unit whose monitoring is near or overdue, as requests to be sent.

Nothing of what it writes changes from day to day within a stage: a second run asks for nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.as_of import as_of_option, standing
from generator.cli.diff import inert
from generator.cli.due import monitored, stop_for_unread
from generator.model.day import day_text
from generator.model.judged import MonitoringStatus, UnitRecord
from generator.model.reminder import Notice, Posted

if TYPE_CHECKING:
    from generator.exchange.requests import Request
    from generator.judging.reminding import Step

_LONGEST = 200
"""Characters of a name or a reason."""
_DONE = "selesai"
"""The mark of an issue that was closed here; any stage after it is news."""


@click.command(help="Siapkan issue pengingat pemantauan di forge: yang perlu dibuat, diperbarui, atau ditutup.")
@click.option(
    "--issues",
    "issues_file",
    type=click.Path(path_type=Path),
    required=True,
    help="Issue berlabel pemantauan yang ada: JSON dari gh issue list --state all --json number,title,state,body.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder untuk permintaan ke forge.")
@click.option(
    "--repo",
    envvar="GITHUB_REPOSITORY",
    metavar="PEMILIK/REGISTRI",
    required=True,
    help="Repositori di forge; tanpa ini dari GITHUB_REPOSITORY.",
)
@click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri (yang berisi units/).")
@as_of_option
def command(*, issues_file: Path, out: Path, repo: str, root: Path, as_of: str | None) -> None:
    """Write the requests; exit 1 where a status could not be told, whose unit's issue is then left alone."""
    from generator import registry
    from generator.exchange.reminders import read_posted
    from generator.exchange.requests import write
    from generator.judging.reminding import steps

    rev, day = standing(root, as_of, None, by_calendar=True)
    catalogue = registry.load_catalogue()
    records, unread = monitored(root, rev, catalogue, day)
    posted = read_posted(issues_file)
    states = {record.unit.id: record.monitoring for record in records}
    notices = dict(_notices(records, catalogue.cycle.reminder_days))
    known = {*states, *(issue.unit_id for issue in posted)}
    unknown = {unit_id for unit_id in known if _rests_on(unit_id, unread)}
    todo = list(steps(notices, posted, unknown))
    write((request for step in todo for request in _requests(step, states, repo)), out)
    counts = Counter(step.action.value for step in todo)
    click.echo(
        ", ".join(f"{count} {action}" for action, count in sorted(counts.items())) or "Tidak ada yang perlu diubah."
    )
    stop_for_unread(unread)


def _rests_on(unit_id: str, unread: Sequence[str]) -> bool:
    """Tell whether one of the paths is of the unit: its own, its agency's file, or a folder it lies in."""
    own, agency = f"units/{unit_id}/", f"units/{unit_id.partition('/')[0]}/instansi.yaml"
    return any(path.startswith(own) or path == agency or own.startswith(f"{path}/") for path in unread)


def _notices(records: Iterable[UnitRecord], reminder_days: Sequence[int]) -> Iterator[tuple[str, Notice]]:
    from generator.judging.reminding import stage

    for record in records:
        state = record.monitoring
        reached = stage(state.days, reminder_days) if state.days is not None else None
        if reached is not None:
            yield record.unit.id, _notice(record, reached)


def _notice(record: UnitRecord, reached: str) -> Notice:
    from generator.exchange.reminders import marked

    unit_id, state = record.unit.id, record.monitoring
    assert state.due is not None  # noqa: S101 - who has a stage has a day
    mark = f"{reached} {state.due.isoformat()}"
    return Notice(
        mark=mark,
        title=f"Pemantauan {unit_id}: jatuh tempo {day_text(state.due)} ({_stage_words(reached)})",
        body=marked(unit_id, mark, "\n".join(_text(record, reached))),
    )


def _stage_words(reached: str) -> str:
    from generator.judging.reminding import LATE, TODAY

    words = {TODAY: "waktunya tiba", LATE: "sudah lewat"}
    return words.get(reached) or f"sisa paling lama {reached} hari"


def _text(record: UnitRecord, reached: str) -> Iterator[str]:
    """Yield the issue's text; what people wrote in the registry stands in code spans."""
    unit_id, state = record.unit.id, record.monitoring
    assert state.due is not None  # noqa: S101 - as above
    yield "| | |"
    yield "|---|---|"
    yield f"| Unit | {inert(record.unit.name, _LONGEST)} (`{unit_id}`) |"
    yield f"| Predikat | {state.predicate} |"
    yield f"| Pemantauan berikutnya | {day_text(state.due)} ({_stage_words(reached)}) |"
    yield f"| Pelaksana | {inert(state.by or '', _LONGEST)} |"
    yield f"| Dasar | {inert(state.reason, 2 * _LONGEST)} |"
    yield ""
    yield f"Hasilnya ditulis di `units/{unit_id}/pemantauan.yaml`; sesudah digabungkan, program menutup issue ini."
    yield "Judul dan teks ini diganti pada tahap berikutnya; tulis catatan sebagai komentar, tanpa data pribadi."


def _requests(step: Step, states: Mapping[str, MonitoringStatus], repo: str) -> Iterator[Request]:
    """Yield a step's requests: the comment first, so that a run that breaks off says it twice rather than never."""
    from generator.exchange.reminders import LABEL
    from generator.exchange.requests import Method, Request, api_path
    from generator.judging.reminding import Action

    if step.posted is None:
        assert step.notice is not None  # noqa: S101 - what is opened says something
        body = {"title": step.notice.title, "body": step.notice.body, "labels": [LABEL]}
        yield Request(method=Method.POST, path=api_path(repo, "issues"), body=body)
        return
    issue = api_path(repo, "issues", step.posted.number)
    if step.action is not Action.REWORD:
        comments = api_path(repo, "issues", step.posted.number, "comments")
        yield Request(method=Method.POST, path=comments, body={"body": _comment(step, states.get(step.unit_id))})
    yield Request(method=Method.PATCH, path=issue, body=_standing(step, step.posted))


def _standing(step: Step, posted: Posted) -> Mapping[str, object]:
    """Return how the issue is to stand."""
    from generator.exchange.reminders import marked

    if step.notice is not None:
        return {"title": step.notice.title, "body": step.notice.body, "state": "open"}
    text = "Belum jatuh tempo lagi. Program membuka issue ini kembali bila waktunya tiba."
    return {
        "title": f"Pemantauan {posted.unit_id}: selesai",
        "body": marked(posted.unit_id, _DONE, text),
        "state": "closed",
        "state_reason": "completed",
    }


def _comment(step: Step, state: MonitoringStatus | None) -> str:
    if step.notice is not None:
        return f"Tahap berubah: {step.notice.title.partition(': ')[2]}."
    if state is None:
        return f"Ditutup: tidak ada lagi unit dengan id `{step.unit_id}` di registri."
    if state.due is None:
        return f"Ditutup: unit tidak menyandang predikat. Keterangan: {inert(state.reason, 2 * _LONGEST)}"
    return f"Ditutup: pemantauan berikutnya {day_text(state.due)}. Dasar: {inert(state.reason, 2 * _LONGEST)}"
