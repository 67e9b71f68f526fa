"""`zi intake`: a form becomes an edit of one answer or words about what is wrong, whatever a stranger wrote in it."""

import difflib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

CASES = Path(__file__).parents[1] / "cases"
REFUSED = sorted(path for path in (CASES / "intake").glob("*/*.md") if path.parent.name != "diterima")
ACCEPTED = sorted((CASES / "intake/diterima").glob("*.md"))
MANDIRI = "units/contoh/kppn-satu/2025/mandiri.yaml"
NOON = {"SOURCE_DATE_EPOCH": "1782795600"}  # 30 June 2026, 12:00 in Jakarta

UNSAID = ("rahasia-kenari", "3171 0117 0845 0001", "3171011708450001", "budi.contoh")
"""A secret of the environment, and what is personal in the cases: a comment stays when its issue is mended."""


def name(path):
    """Name a case by its folder and file."""
    return f"{path.parent.name}/{path.stem}"


def event(body, **other):
    """Return a webhook's event as GitHub gives it, cut to what matters."""
    issue = {"number": 12, "title": "Jawaban: ", "user": {"login": "operator-contoh"}, "body": body}
    return {"action": "opened", "issue": issue, "repository": {"full_name": "contoh/registri"}} | other


@pytest.fixture
def root(tmp_path):
    """A sound registry that may be changed."""
    return shutil.copytree(CASES / "valid/lengkap", tmp_path / "registri berspasi")


def intake(root, given, *arguments):
    """Run the command on an event (data, or bytes as they are); return the process."""
    file = root.parent / "peristiwa.json"
    file.write_bytes(given if isinstance(given, bytes) else json.dumps(given).encode())
    return subprocess.run(
        [sys.executable, "-m", "generator", "intake", str(file), "--root", str(root), *arguments],
        env=os.environ | NOON | {"CANARY": "rahasia-kenari"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def taken(root, body, status):
    """Run the command on a body; return the result it writes to --out, having looked at what it prints."""
    out = root.parent / "hasil.json"
    done = intake(root, event(body), "--out", str(out))
    assert done.returncode == status, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert all(line.isprintable() for line in done.stdout.split("\n"))
    raw = out.read_bytes()
    assert raw.isascii()
    for kept in UNSAID:
        assert kept not in raw.decode() + done.stdout + done.stderr
    return json.loads(raw)


def content(root):
    """Return every file of the registry, by its path."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def changed(before, after):
    """Return what differs between two texts, a line each, with its sign."""
    lines = difflib.unified_diff(before.decode().split("\n"), after.decode().split("\n"), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize("case", REFUSED, ids=name)
def test_a_form_that_cannot_stand_changes_nothing_and_says_why(root, case):
    """The folder's name is the code of the finding; the registry stays as it was, byte by byte."""
    before = content(root)
    result = taken(root, case.read_text(encoding="utf-8"), 1)
    assert case.parent.name in {finding["code"] for finding in result["temuan"]}
    assert result["berkas"] == []
    assert content(root) == before
    assert_inert(result)


@pytest.mark.parametrize("case", ACCEPTED, ids=name)
def test_a_form_that_stands_changes_the_lines_of_its_answer_only(root, case):
    """The lines that differ are those beside the case, worked out by hand; all else stays byte by byte."""
    before = content(root)
    result = taken(root, case.read_text(encoding="utf-8"), 0)
    after = content(root)
    written = {path for path in after if after[path] != before.get(path)}
    assert result["berkas"] == sorted(written)
    expected = case.with_suffix(".diff")
    if expected.exists():
        assert written == {MANDIRI}
        assert "\n".join(changed(before[MANDIRI], after[MANDIRI])) + "\n" == expected.read_text(encoding="utf-8")
    assert_inert(result)


@pytest.mark.parametrize(
    ("case", "field"), [("nik-di-penjelasan", "Kolom Penjelasan: "), ("surel-di-judul", "Kolom Judul bukti: ")]
)
def test_personal_data_is_told_by_its_field_and_mended_where_it_stands(root, case, field):
    """Who fills in a form knows no file and no commit; the issue is public already, and so is what it said before."""
    result = taken(root, (CASES / f"intake/data-pribadi/{case}.md").read_text(encoding="utf-8"), 1)
    (finding,) = result["temuan"]
    assert finding["message"].startswith(field)
    assert "riwayat suntingan" in finding["hint"]
    assert "git push" not in result["isi"]
    assert ".yaml" not in result["isi"]


def assert_inert(result):
    """Branch, title and text hold checked ids, and a stranger's words only inside code spans."""
    assert result["cabang"] == "usulan/12"
    assert re.fullmatch(r"[A-Za-z0-9 /.:#()-]+", result["judul"])
    outside = re.sub(r"`[^`\n]*`", "", result["isi"])
    assert re.fullmatch(r"[A-Za-z0-9 .,:;()#|\n-]*", outside), outside


def test_a_new_year_gets_its_scaffold_and_the_answer(root):
    """All files of a first year come with the first answer to it, and the whole passes the check."""
    result = taken(root, (CASES / "intake/diterima/tahun-baru.md").read_text(encoding="utf-8"), 0)
    folder = "units/contoh/kppn-satu/2026"
    assert result["berkas"] == [f"{folder}/clearance.yaml", f"{folder}/mandiri.yaml", f"{folder}/survei.yaml"]
    sheet = (root / folder / "mandiri.yaml").read_text(encoding="utf-8")
    assert "  A.I.1.i.a:\n    jawab: Ya\n    penjelasan: Tim diperbarui.\n\n  # " in sheet
    done = subprocess.run(
        [sys.executable, "-m", "generator", "check", "--root", str(root)], env=os.environ | NOON, check=False
    )
    assert done.returncode == 0


def test_the_proposal_says_where_it_comes_from(root):
    """Title and text for the pull request: the number of the issue, the account, the answer it is about."""
    result = taken(root, (CASES / "intake/diterima/jawaban-diganti.md").read_text(encoding="utf-8"), 0)
    assert result["judul"] == "contoh/kppn-satu 2025: jawaban A.I.1.i.a (dari #12)"
    assert "`operator-contoh`" in result["isi"]
    assert result["pesan"] == f"{result['judul']}\n\nDiusulkan-oleh: @operator-contoh\n"
    assert "Closes #12" in result["isi"]


def test_the_comment_names_the_field_that_is_wrong(root):
    """Who filled in the form never saw the file: they are told of the field, and how to mend it."""
    result = taken(root, (CASES / "intake/skema/sha256-pendek.md").read_text(encoding="utf-8"), 1)
    assert "Kolom SHA-256 berkas bukti: " in result["isi"]


def test_line_ends_of_a_browser_are_those_of_a_file(root):
    """An issue that was edited comes with CRLF; the result is the same."""
    body = (CASES / "intake/diterima/bukti-ditambahkan.md").read_text(encoding="utf-8")
    taken(root, body.replace("\n", "\r\n"), 0)
    assert b"\r" not in (root / MANDIRI).read_bytes()


def test_a_file_that_cannot_be_read_reaches_no_other_reader(root):
    """An alias in the sheet is refused by the strict reader, with its code, and the sheet stays."""
    bomb = b"instrumen: permenpanrb-90-2021\ntahun: 2025\njawaban: &a\n  A.I.1.i.a: *a\n"
    (root / MANDIRI).write_bytes(bomb)
    result = taken(root, (CASES / "intake/diterima/jawaban-diganti.md").read_text(encoding="utf-8"), 1)
    assert "yaml-alias" in {finding["code"] for finding in result["temuan"]}
    assert (root / MANDIRI).read_bytes() == bomb


def test_a_symbolic_link_in_place_of_the_sheet_is_not_followed(root):
    """Neither read nor written through."""
    outside = root.parent / "luar.yaml"
    (root / MANDIRI).rename(outside)
    before = outside.read_bytes()
    (root / MANDIRI).symlink_to(outside)
    result = taken(root, (CASES / "intake/diterima/jawaban-diganti.md").read_text(encoding="utf-8"), 1)
    assert "mode-berkas" in {finding["code"] for finding in result["temuan"]}
    assert outside.read_bytes() == before
    assert (root / MANDIRI).is_symlink()


def test_an_issue_that_was_mended_is_read_again(root):
    """GitHub tells of an edit as it tells of a new issue; other events are none of ours."""
    body = (CASES / "intake/diterima/jawaban-diganti.md").read_text(encoding="utf-8")
    assert intake(root, event(body, action="edited")).returncode == 0


def test_a_sheet_with_a_fault_elsewhere_is_mended_first(root):
    """What is proposed passes the check as a whole; the comment names file and line of a fault elsewhere."""
    text = (root / MANDIRI).read_text(encoding="utf-8")
    (root / MANDIRI).write_text(text.replace("jawab: B", "jawab: Z"), encoding="utf-8")
    result = taken(root, (CASES / "intake/diterima/jawaban-diganti.md").read_text(encoding="utf-8"), 1)
    assert f"{MANDIRI}:15: " in result["isi"]


def test_a_comment_has_an_end(root):
    """A hundred faults are thirty lines and their number."""
    body = (CASES / "intake/formulir-isian/isian-tidak-dikenal.md").read_text(encoding="utf-8")
    result = taken(root, body.replace("agen-rahasia: 7", "\n".join(f"rahasia-{number}: 1" for number in range(100))), 1)
    assert len(result["isi"].splitlines()) == 2 + 30 + 1
    assert result["isi"].endswith("- dan 70 temuan lain")


def test_without_out_the_result_is_printed(root):
    """One JSON document on the output."""
    done = intake(root, event((CASES / "intake/diterima/jawaban-diganti.md").read_text(encoding="utf-8")))
    assert done.returncode == 0
    assert json.loads(done.stdout)["berkas"] == [MANDIRI]


def with_issue(**other):
    """Return an event whose issue differs in these parts."""
    given = event("")
    return {**given, "issue": {**given["issue"], **other}}


UNUSABLE = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "depth": b"[" * 100_000,
    "not UTF-8": b'{"action": "\xff"}',
    "not a number": json.dumps(with_issue(number=float("nan"))).encode(),
    "digits": b'{"issue": {"number": ' + b"9" * 10_000 + b"}}",
    "too large": json.dumps(event("x" * 300_000)).encode(),
    "another action": event("", action="deleted"),
    "no issue": {"action": "opened"},
    "number as text": with_issue(number="12; rm -rf ."),
    "number as truth": with_issue(number=True),
    "negative number": with_issue(number=-1),
    "login with a line end": with_issue(user={"login": "a\n::set-output"}),
    "login as a path": with_issue(user={"login": "../x"}),
    "no user": with_issue(user=None),
}


@pytest.mark.parametrize("given", UNUSABLE.values(), ids=UNUSABLE)
def test_an_event_that_is_none_is_wrong_use(root, given):
    """Exit 2 with a sentence; nothing is written, and no trace of the program shows."""
    before = content(root)
    done = intake(root, given, "--out", str(root.parent / "hasil.json"))
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("zi: ")
    assert len(done.stderr.splitlines()) == 1
    assert not (root.parent / "hasil.json").exists()
    assert content(root) == before


@pytest.mark.parametrize("body", [None, 12, {"a": 1}, "x" * 70_000], ids=["null", "number", "mapping", "long"])
def test_a_body_that_is_no_form_is_a_finding(root, body):
    """An issue without text, or with more than GitHub lets through, is answered in words."""
    result = taken(root, body, 1)
    assert {finding["code"] for finding in result["temuan"]} == {"formulir-rusak"}


def asked(root, number, body, comments):
    """Run the command as the workflow does; return the step's outputs by name, and what is asked of the forge."""
    file, outputs, folder = root.parent / "komentar.json", root.parent / f"keluaran-{number}", root.parent / str(number)
    file.write_text(json.dumps(comments), encoding="utf-8")
    outputs.write_text("lain=1\n", encoding="utf-8")
    options = ("--comments", file, "--requests", folder, "--outputs", outputs, "--repo", "contoh/registri")
    done = intake(root, event(body), "--out", str(root.parent / "hasil.json"), *map(str, options))
    assert done.returncode == 0, done.stdout + done.stderr
    first, *lines = outputs.read_text(encoding="utf-8").split("\n")
    assert first == "lain=1"
    values = {}
    while lines != [""]:
        name, border = lines.pop(0).split("<<")
        end = lines.index(border)
        values[name] = "\n".join(lines[:end])
        del lines[: end + 1]
    rows = [line.split("\t") for line in (folder / "daftar.tsv").read_text(encoding="ascii").splitlines()]
    return values, [(method, path, json.loads((folder / name).read_text())["body"]) for method, path, name in rows]


def test_a_workflow_gets_outputs_and_one_answer_that_follows_the_form(root):
    """What is wrong is told in one comment, again only when it changed, and taken back when the form was mended."""
    wrong = (CASES / "intake/skema/sha256-pendek.md").read_text(encoding="utf-8")
    sound = (CASES / "intake/diterima/jawaban-diganti.md").read_text(encoding="utf-8")
    values, requests = asked(root, 1, wrong, [])
    assert (values["usul"], values["cabang"]) == ("false", "usulan/12")
    ((method, path, body),) = requests
    assert (method, path) == ("POST", "repos/contoh/registri/issues/12/comments")
    assert body == f"<!-- zi:formulir -->\n{values['isi']}"
    bot = {"login": "github-actions[bot]", "type": "Bot"}
    place = {"issue_url": "https://api.github.com/repos/contoh/registri/issues/12"}
    forged = {"id": 80, "user": {"login": "siapa-pun", "type": "User"}, "body": "<!-- zi:formulir -->\nPalsu"}
    known = [forged | place, {"id": 81, "user": bot, "body": body} | place]
    assert asked(root, 2, wrong, known)[1] == []
    values, requests = asked(root, 3, sound, [known])  # in pages, as `gh api --paginate --slurp` gives them
    assert (values["usul"], values["judul"]) == ("true", "contoh/kppn-satu 2025: jawaban A.I.1.i.a (dari #12)")
    assert "Closes #12" in values["isi"]
    ((method, path, body),) = requests
    assert (method, path) == ("PATCH", "repos/contoh/registri/issues/comments/81")
    assert "sudah dapat diusulkan" in body


def test_a_form_that_stands_needs_no_answer(root):
    """The proposal itself shows at the issue."""
    sound = (CASES / "intake/diterima/jawaban-diganti.md").read_text(encoding="utf-8")
    assert asked(root, 1, sound, [])[1] == []


@pytest.mark.parametrize(
    ("team", "words"),
    [
        ({"tim": {"mandiri": ["@Operator-Contoh"]}}, "Akun itu tercantum"),
        ({"tim_unit": {"kppn-satu": ["@operator-contoh"]}}, "Akun itu tercantum"),
        ({"tim": {"mandiri": ["@operator-contoh"]}, "tim_unit": {"kppn-satu": ["@lain"]}}, "Akun itu tidak tercantum"),
        ({"tim": {"mandiri": ["operator-contoh", "@operator-contoh/tim"]}}, "Akun itu tidak tercantum"),
        ({"tim": {"tpi": ["@operator-contoh"]}}, "Akun itu tidak tercantum"),
        ({}, "Akun itu tidak tercantum"),
    ],
)
def test_who_approves_reads_whether_the_account_is_the_unit_s(root, team, words):
    """Anybody can send a form, and its proposal is a workflow's: the account is told, and whether the unit names it."""
    file = root / "units/contoh/instansi.yaml"
    file.write_text(yaml.safe_dump({"nama": "Instansi Contoh"} | team), encoding="utf-8")
    result = taken(root, (CASES / "intake/diterima/jawaban-diganti.md").read_text(encoding="utf-8"), 0)
    assert words in result["isi"]
    assert_inert(result)
