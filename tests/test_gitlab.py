"""The example pipeline for GitLab: its jobs' own script lines run with real Git against a bare repository as the forge.

`make` and `curl` are stand-ins on PATH: the one links the installed `zi`, the other records each request and answers
from a table. Nothing else is replaced.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.program_files import PROGRAM, SCHEMA

PIPELINE = PROGRAM / "docs/gitlab/gitlab-ci.yml"
JOBS = yaml.safe_load(PIPELINE.read_bytes())
UNIT = "units/kemen/kppn-satu"
SHEET = f"{UNIT}/2025/mandiri.yaml"
ANSWERS = "instrumen: permenpanrb-90-2021\ntahun: 2025\njawaban:\n  A.I.1.i.a: {jawab: %s}\n"
TEAMS = {"nama": "Kementerian Contoh", "tim": {"mandiri": ["@operator"], "tpi": ["@tpi-satu"], "tpn": ["@tpn-satu"]}}
AWARD = "peristiwa:\n  - {jenis: ditetapkan, predikat: WBK, tanggal: 2023-12-01}\n"
CANARY = "glpat-kenari-yang-tidak-boleh-bocor"
NUMBER = 7
PROJECT = "https://gitlab.contoh.example/api/v4/projects/11"
NOTES = f"{PROJECT}/merge_requests/{NUMBER}/notes"

MAKE = """#!/bin/sh
test "$*" = .venv/ready && mkdir -p .venv/bin && ln -sf '{zi}' .venv/bin/zi
"""
CURL = """#!{python}
import json, os, sys
from pathlib import Path
args, method, body, token = sys.argv[1:], "GET", "", ""
while args:
    arg = args.pop(0)
    if arg == "--request":
        method = args.pop(0)
    elif arg in ("--data", "--data-urlencode"):
        body = Path(args.pop(0).partition("@")[2]).read_text(encoding="utf-8")
    elif arg == "--header":
        header = args.pop(0)
        token = Path(header[1:]).read_text() if header.startswith("@") else token
    elif arg.startswith("https:"):
        address = arg
with open(os.environ["PERMINTAAN"], "a", encoding="utf-8") as log:
    log.write(json.dumps([method, address, body, token, "glpat" in " ".join(sys.argv)]) + "\\n")
answers = json.loads(Path(os.environ["JAWABAN"]).read_text(encoding="utf-8"))
if method == "GET":
    print(json.dumps(answers[address.partition("?")[0]]))
"""


class Forge:
    """A bare repository, the operator's clone, and what GitLab would answer."""

    def __init__(self, folder, clone):
        self.folder, self.clone = folder, clone
        self.bare = folder / "registri.git"
        self.sent = folder / "permintaan.jsonl"
        self.answers = {f"{PROJECT}/merge_requests/{NUMBER}": {"author": {"username": "operator"}}}
        tools = folder / "alat"
        tools.mkdir()
        zi = Path(sys.executable).with_name("zi")
        for name, text in (("make", MAKE.format(zi=zi)), ("curl", CURL.replace("{python}", sys.executable))):
            (tools / name).write_text(text, encoding="utf-8")
            (tools / name).chmod(0o755)
        clone.git("init", "-q", "--bare", "-b", "main", str(self.bare))
        clone.git("push", "-q", str(self.bare), "main")
        clone.git("checkout", "-qb", "usulan")

    def propose(self, files, message="Isi jawaban"):
        """Push a merge request's commit as GitLab keeps it; return its id."""
        commit = self.clone.commit(files, message)
        self.clone.git("push", "-qf", str(self.bare), f"usulan:refs/merge-requests/{NUMBER}/head")
        return commit

    def run(self, job, **variables):
        """Run a job's script as GitLab's runner does: its lines joined, in bash -eo pipefail."""
        here = self.folder / "kerja"
        here.mkdir(exist_ok=True)
        answers = self.folder / "jawaban.json"
        answers.write_text(json.dumps(self.answers), encoding="utf-8")
        given = {
            "PATH": f"{self.folder / 'alat'}:{os.environ['PATH']}",
            "PERMINTAAN": str(self.sent),
            "JAWABAN": str(answers),
            "HOME": str(self.folder),
            "CI_API_V4_URL": "https://gitlab.contoh.example/api/v4",
            "CI_PROJECT_ID": "11",
            "CI_DEFAULT_BRANCH": "main",
            "CI_MERGE_REQUEST_IID": str(NUMBER),
            "CI_MERGE_REQUEST_PROJECT_ID": "11",
            "CI_MERGE_REQUEST_PROJECT_URL": str(self.bare).removesuffix(".git"),
            "GITLAB_USER_LOGIN": "tpi-satu",  # who started the pipeline is not who proposes
            "SOURCE_DATE_EPOCH": "1764547200",  # 1 December 2025
            **variables,
        }
        script = "\n".join(JOBS[job]["script"])
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", script], cwd=here, env=given, capture_output=True, text=True, check=False
        )

    def requests(self):
        """Return method, address and body of what was sent; the token is in the header alone."""
        lines = [json.loads(line) for line in self.sent.read_text(encoding="utf-8").splitlines()]
        assert not any(told for *_, told in lines)
        return [tuple(one[:3]) for one in lines if one[0] != "GET"]


@pytest.fixture
def forge(tmp_path, repository):
    """A registry of one agency on the forge; its operator has a branch."""
    if shutil.which("jq") is None:
        pytest.skip("jq tidak ada; pasang dengan: apt-get install jq")
    repository.who = lambda date: {"NAME": "KPPN Contoh Satu", "EMAIL": "kppn@contoh.go.id", "DATE": date}
    policy = "schema/aturan/peran.yaml"
    repository.commit(
        {
            policy: (SCHEMA / "aturan/peran.yaml").read_text(encoding="utf-8"),
            "units/kemen/instansi.yaml": TEAMS,
            f"{UNIT}/unit.yaml": "nama: KPPN Contoh Satu\n",
            f"{UNIT}/predikat.yaml": AWARD,
            SHEET: ANSWERS % "belum",
        }
    )
    return Forge(tmp_path, repository)


def test_the_pipeline_is_one_gitlab_accepts():
    """By the schema GitLab publishes for editors."""
    tool = Path(sys.executable).with_name("check-jsonschema")
    options = ("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci")
    done = subprocess.run([tool, *options, PIPELINE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_job_of_a_merge_request_is_given_the_token():
    """The jobs that send use ZI_TOKEN, and run on schedules of the default branch only."""
    for name in ("komentar", "ingatkan"):
        assert [rule["if"].split(" && ")[0] for rule in JOBS[name]["rules"]] == ['$CI_PIPELINE_SOURCE == "schedule"']
    assert "ZI_TOKEN" not in json.dumps([JOBS["periksa-usulan"], JOBS["pages"]])


def test_an_honest_proposal_passes(forge):
    """Checked by main's program; the proposal's files are never laid out."""
    head = forge.propose({SHEET: ANSWERS % "Ya"})
    done = forge.run("periksa-usulan", CI_COMMIT_SHA=head)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "belum" in (forge.folder / "kerja/registri" / SHEET).read_text(encoding="utf-8")


HOSTILE = {
    "an assessor's file by the operator": ({f"{UNIT}/2025/tpi.yaml": ANSWERS % "Ya"}, "Isi", "bukan-perannya"),
    "program beside data": ({SHEET: ANSWERS % "Ya", "mkdocs.yml": "hooks: [x.py]\n"}, "Isi", "program-dan-data"),
    "a pipeline of its own": ({".gitlab-ci.yml": "x: {script: [id]}\n"}, "Isi", "perlu-pemelihara"),
    "a wrong answer": ({SHEET: ANSWERS % "ya"}, "Isi", "jawaban-di-luar-skala"),
    "a telephone number in a message": ({SHEET: ANSWERS % "Ya"}, "Hubungi 0812-3456-7890", "data-pribadi"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_proposal_fails(forge, name):
    """And the job's log says which rule it broke."""
    files, message, code = HOSTILE[name]
    head = forge.propose(files, message)
    done = forge.run("periksa-usulan", CI_COMMIT_SHA=head)
    assert done.returncode == 1
    assert code in done.stdout


def test_the_author_counts_and_not_who_started_the_pipeline(forge):
    """A stranger's proposal fails also where an assessor started its pipeline."""
    forge.answers[f"{PROJECT}/merge_requests/{NUMBER}"] = {"author": {"username": "orang-asing"}}
    head = forge.propose({f"{UNIT}/2025/tpi.yaml": ANSWERS % "Ya"})
    done = forge.run("periksa-usulan", CI_COMMIT_SHA=head)
    assert done.returncode == 1
    assert "aktor-tidak-dikenal" in done.stdout


def test_another_commit_than_the_pipeline_s_is_not_judged(forge):
    """What was pushed meanwhile has its own pipeline; no result is lent."""
    first = forge.propose({SHEET: ANSWERS % "ya"})
    forge.propose({SHEET: ANSWERS % "Ya"})
    assert forge.run("periksa-usulan", CI_COMMIT_SHA=first).returncode == 1


@pytest.fixture
def on_main(forge):
    """The schedule's checkout of the default branch."""
    forge.clone.git("clone", "-q", str(forge.bare), str(forge.folder / "kerja"))
    forge.answers |= {
        "https://gitlab.contoh.example/api/v4/user": {"id": 42},
        f"{PROJECT}/merge_requests": [{"iid": NUMBER}],
        NOTES: [{"id": 1, "author": {"id": 9}, "body": "<!-- zi:usulan -->\npalsu"}],
    }
    return forge


def test_the_comment_is_written_once_and_then_renewed(on_main):
    """A stranger's comment with our mark is left alone."""
    on_main.propose({SHEET: ANSWERS % "Ya"})
    first = on_main.run("komentar", ZI_TOKEN=CANARY)
    assert first.returncode == 0, first.stderr
    on_main.answers[NOTES].append({"id": 5, "author": {"id": 42}, "body": "<!-- zi:usulan -->\nlama"})
    second = on_main.run("komentar", ZI_TOKEN=CANARY)
    (made, renewed) = on_main.requests()
    assert made[:2] == ("POST", NOTES)
    assert renewed[:2] == ("PUT", f"{NOTES}/5")
    assert made[2] == renewed[2]
    assert made[2].startswith("<!-- zi:usulan -->\n")
    assert "A.I.1.i.a" in made[2]
    assert CANARY not in first.stdout + first.stderr + second.stdout + second.stderr + made[2]


def test_reminders_become_gitlab_s_issues(on_main):
    """An award of December 2023 is due in December 2025: an issue is opened, and closed once monitoring is told."""
    on_main.answers[f"{PROJECT}/issues"] = []
    done = on_main.run("ingatkan", ZI_TOKEN=CANARY)
    assert done.returncode == 0, done.stderr
    ((method, address, body),) = on_main.requests()
    issue = json.loads(body)
    assert (method, address, issue["labels"]) == ("POST", f"{PROJECT}/issues", "pemantauan")
    assert issue["description"].startswith("<!-- zi:pemantauan:kemen/kppn-satu -->")

    told = {"iid": 3, "title": issue["title"], "description": issue["description"], "state": "opened"}
    on_main.answers[f"{PROJECT}/issues"] = [told]
    work = on_main.folder / "kerja"
    shutil.rmtree(work / "permintaan")
    report = "pemantauan:\n  - {tanggal: 2025-11-20, pelaksana: TPI, hasil: dipertahankan}\n"
    (work / UNIT / "pemantauan.yaml").write_text(report, encoding="utf-8")
    on_main.sent.unlink()
    done = on_main.run("ingatkan", ZI_TOKEN=CANARY)
    assert done.returncode == 0, done.stderr
    note, closing = on_main.requests()
    assert note[:2] == ("POST", f"{PROJECT}/issues/3/notes")
    assert json.loads(note[2])["body"].startswith("Ditutup")
    assert closing[:2] == ("PUT", f"{PROJECT}/issues/3")
    assert json.loads(closing[2])["state_event"] == "close"
    assert "labels" not in json.loads(closing[2])
    assert CANARY not in done.stdout + done.stderr
