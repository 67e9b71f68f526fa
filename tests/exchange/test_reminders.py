"""The list of reminders from the forge: taken by its shape, known again by its marks."""

import json

import pytest

from generator.exchange.reminders import MOST, marked, read_posted
from generator.model.failure import Failure


def issue(body, **other):
    """Return an issue as `gh issue list --json number,title,state,body` gives it."""
    return {"number": 7, "title": "Pemantauan", "state": "OPEN", "body": body} | other


def read(tmp_path, data):
    """Read a list that was written as JSON, or as it is."""
    file = tmp_path / "issues.json"
    file.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    return read_posted(file)


def test_a_written_reminder_is_known_again(tmp_path):
    """Unit, stage and text come back; also after a browser put its line ends in."""
    text = marked("contoh/kppn-satu", "30 2026-12-25", "Isi\nbaris dua")
    (plain,) = read(tmp_path, [issue(text)])
    assert (plain.number, plain.unit_id, plain.mark) == (7, "contoh/kppn-satu", "30 2026-12-25")
    assert (plain.title, plain.body, plain.is_open) == ("Pemantauan", text, True)
    assert read(tmp_path, [issue(text.replace("\n", "\r\n") + "\r\n", lain=1)]) == (plain,)
    assert not read(tmp_path, [issue(text, state="CLOSED")])[0].is_open


@pytest.mark.parametrize(
    "body",
    [
        None,
        "",
        "Tanpa tanda",
        "Teks dahulu\n<!-- zi:pemantauan:contoh/kppn-satu -->",
        "> <!-- zi:pemantauan:contoh/kppn-satu -->",
        "<!-- zi:pemantauan:contoh/kppn-satu --> lalu teks",
        "<!-- zi:pemantauan:contoh -->",
        "<!-- zi:pemantauan:contoh/kppn/satu -->",
        "<!-- zi:pemantauan:../../etc -->",
        "<!-- zi:pemantauan:Contoh/KPPN -->",
        "<!-- zi:pemantauan:contoh/con -->",
        "<!-- zi:pemantauan:contoh/kppn-s\u0430tu -->",
        "<!-- zi:pemantauan:contoh/kppn-satu\u2028 -->",
    ],
)
def test_a_text_without_a_mark_on_its_first_line_is_no_reminder(tmp_path, body):
    """People may write about reminders; only the program's own first line counts."""
    assert read(tmp_path, [issue(body)]) == ()


@pytest.mark.parametrize(
    "second", ["", "<!-- zi:tahap: -->", "<!-- zi:tahap:x --> -->", f"<!-- zi:tahap:{'9' * 41} -->"]
)
def test_a_stage_that_is_none_is_news(tmp_path, second):
    """Without a stage the issue counts as one that says nothing yet."""
    (found,) = read(tmp_path, [issue(f"<!-- zi:pemantauan:a/b -->\n{second}\n<!-- zi:tahap:30 2026-12-25 -->")])
    assert found.mark == ""


@pytest.mark.parametrize(
    "data",
    [
        {},
        [1],
        [issue("", number=True)],
        [issue("", number=0)],
        [issue("", number="7")],
        [issue("", number=10**10)],
        [issue("", state="merged")],
        [issue("", state=["OPEN"])],
        [issue("", title=None)],
        [issue(["a"])],
        [issue("a" * 100_001)],
        [issue("")] * MOST,
        b"\xff",
        b"[NaN]",
        b'[{"number": 1, "number": 2}]',
        b"[" * 100_000,
    ],
    ids=range(16),
)
def test_a_list_of_another_shape_is_refused(tmp_path, data):
    """With one sentence, and never taken in part; a list as long as was asked for may lack some."""
    with pytest.raises(Failure):
        read(tmp_path, data)
