"""A machine that runs one job of a workflow: every `run:` as it stands, by bash, in a fresh folder.

What is not ours is stood in for by the tables `VALUES`, `CONDITIONS` and `USES` and by the script `gh` beside this
file; whatever a table does not know fails the scene. The environment holds secrets, and what strangers bring tries to
leave a mark in a file: every run is looked through for both.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

SLUG = "contoh/registri"
SECRETS = {name: f"kenari-{name.lower()}-7d21f0" for name in ("GITHUB_TOKEN", "GH_TOKEN", "ZI_CANARY")}
TOKEN = "kenari-token-93c5ab"  # noqa: S105 - stands for github.token


def run_git(root, *words, **environment):
    """Run git, without anybody's configuration, and return what it prints."""
    clean = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    clean |= {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsync", "GIT_CONFIG_VALUE_0": "none"}  # quicker
    done = subprocess.run(
        ["git", *words], cwd=root, env=os.environ | clean | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@dataclass
class Ran:
    """What came of a job."""

    conclusion: str = "success"
    output: str = ""
    """All that its steps printed."""
    outputs: dict = field(default_factory=dict)
    """By the id of a step."""
    used: list = field(default_factory=list)
    """Actions that would do something outside: (name, inputs, files they would take along)."""
    artifacts: dict = field(default_factory=dict)
    requests: list = field(default_factory=list)
    """(method, path, body) of what was sent to the forge."""
    folder: Path = None
    head: str = ""
    """The last commit of the pull request that was looked at."""

    @property
    def faults(self):
        """The codes of the errors that a check annotates, sorted."""
        return sorted(re.findall(r"^::error .*?title=([a-z-]+)::", self.output, re.MULTILINE))


VALUES = {
    "github.token": lambda _: TOKEN,
    "github.repository": lambda _: SLUG,
    "github.event.pull_request.number": lambda runner: str(runner.event["pull_request"]["number"]),
    "github.event.pull_request.base.sha": lambda runner: runner.event["pull_request"]["base"]["sha"],
    "github.event.workflow_run.id": lambda runner: str(runner.event["workflow_run"]["id"]),
    "github.event.issue.number": lambda runner: str(runner.event["issue"]["number"]),
    "steps.formulir.outputs.cabang": lambda runner: runner.ran.outputs["formulir"]["cabang"],
    "steps.formulir.outputs.judul": lambda runner: runner.ran.outputs["formulir"]["judul"],
    "steps.formulir.outputs.pesan": lambda runner: runner.ran.outputs["formulir"]["pesan"],
    "steps.formulir.outputs.isi": lambda runner: runner.ran.outputs["formulir"]["isi"],
}
"""Expression -> its value."""


def _succeeded(runner):
    return runner.ran.conclusion == "success"


CONDITIONS = {
    None: _succeeded,
    "${{ !cancelled() }}": lambda _: True,
    "steps.formulir.outputs.usul == 'true'": lambda runner: (
        _succeeded(runner) and runner.ran.outputs["formulir"]["usul"] == "true"
    ),
    "github.event.workflow_run.event == 'pull_request' "
    """&& contains(fromJSON('["success", "failure"]'), github.event.workflow_run.conclusion)""": lambda runner: (
        runner.event["workflow_run"]["event"] == "pull_request"
        and runner.event["workflow_run"]["conclusion"] in ("success", "failure")
    ),
    "github.event.issue.state == 'open' && contains(github.event.issue.labels.*.name, 'jawaban')": lambda runner: (
        runner.event["issue"]["state"] == "open"
        and "jawaban" in [label["name"] for label in runner.event["issue"]["labels"]]
    ),
}
"""`if:` of a job or a step -> whether it holds."""


def _valued(text, runner):
    """Return the text of a workflow with its expressions' values."""

    def value(match):
        if match[1] not in VALUES:
            pytest.fail(f"unknown expression {match[1]!r}")
        return VALUES[match[1]](runner)

    return re.sub(r"\$\{\{ (.+?) \}\}", value, text)


def _checkout(runner, given):
    """Take the commit (the default: main) with as much history as asked for; no token stays behind."""
    assert given.pop("persist-credentials") == "false"
    ref, depth = given.pop("ref", "main"), given.pop("fetch-depth", "1")
    assert not given, given
    git, work = run_git, runner.work
    git(work, "init", "-q", "--template=", "-b", "main", ".")
    git(work, "remote", "add", "origin", runner.forge.url)
    if depth == "0":
        git(work, "fetch", "-q", "--tags", "origin", "+refs/heads/*:refs/remotes/origin/*")
        git(work, "checkout", "-q", "--detach", ref if re.fullmatch("[0-9a-f]{40}", ref) else f"origin/{ref}")
    else:
        git(work, "fetch", "-q", "--no-tags", f"--depth={depth}", "origin", ref)
        git(work, "checkout", "-q", "-B", "main", "FETCH_HEAD")
    _install(runner)


def _install(runner):
    """Lay ready what `make .venv/ready` would: it then finds that nothing is left to do.

    The program is the one that was checked out, as an editable install is; compiled once for all scenes, and compared
    with its source by hash, so that a changed program runs as changed.
    """
    (runner.work / ".venv/bin").mkdir(parents=True)
    program = runner.work / ".venv/bin/zi"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path[0] = {str(runner.work)!r}\n"
        "from generator.cli import main\nsys.exit(main())\n"
    )
    program.chmod(0o755)
    (runner.work / ".venv/ready").touch()
    for cache in runner.forge.compiled.rglob("__pycache__"):
        (runner.work / cache.relative_to(runner.forge.compiled)).symlink_to(cache)


def _upload(runner, given):
    """Keep a file or a folder; a missing one fails the step."""
    source = runner.work / given["path"]
    kept = runner.folder / given.get("name", "github-pages")
    if source.is_dir():
        shutil.copytree(source, kept)  # links within followed, as tar --dereference does
    elif source.is_file():
        kept.mkdir()
        shutil.copy(source, kept)
    else:
        runner.ran.conclusion = "failure"
        return
    runner.ran.artifacts[kept.name] = kept


def _create_pull_request(runner, given):
    """Note what the pull request would be made of: its inputs, and the files that changed."""
    paths = run_git(runner.work, "ls-files", "-mo", "--exclude-standard", "--", given["add-paths"]).splitlines()
    files = {path: (runner.work / path).read_bytes() for path in paths}
    runner.ran.used.append(("create-pull-request", given, files))


USES = {
    "actions/checkout": _checkout,
    "actions/setup-python": lambda *_: None,
    "actions/upload-artifact": _upload,
    "actions/upload-pages-artifact": _upload,
    "peter-evans/create-pull-request": _create_pull_request,
}
"""Action -> what it does here."""


class Machine:
    """One job on a machine of its own."""

    def __init__(self, forge, workflow, event):
        self.forge, self.event, self.ran = forge, event, Ran()
        self.flow = forge.flow(workflow)
        self.folder = forge.folder / f"mesin-{len(list(forge.folder.iterdir()))}-{workflow}"
        self.work, self.temp = self.folder / "registri", self.folder / "temp"
        for folder in (self.work, self.temp):
            folder.mkdir(parents=True)

    def run(self, job):
        """Run the job's steps; whatever it left was looked through."""
        self.ran.folder = self.work
        plan = self.flow["jobs"][job]
        if "if" in plan and not CONDITIONS[plan["if"]](self):
            self.ran.conclusion = "skipped"
            return self.ran
        (self.temp / "peristiwa.json").write_text(json.dumps(self.event), encoding="utf-8")
        shutil.copy(Path(__file__).with_name("gh"), self.temp)
        known = {"token": TOKEN, "slug": SLUG, "answers": self.forge.answers(), "artifacts": self.forge.artifacts}
        (self.temp / "forge.json").write_text(json.dumps(known), encoding="utf-8")
        for step in plan["steps"]:
            if CONDITIONS[step.get("if")](self):
                self._step(step)
        sent = self.temp / "terkirim.jsonl"
        for line in sent.read_text("utf-8").splitlines() if sent.exists() else ():
            said = json.loads(line)
            self.ran.requests.append((said["method"], said["path"], said["body"]))
        self._look_through()
        return self.ran

    def _step(self, step):
        if "uses" in step:
            action = step["uses"].partition("@")[0]
            USES[action](self, {key: _valued(value, self) for key, value in step.get("with", {}).items()})
            return
        assert self.flow["defaults"]["run"]["shell"] == "bash"
        script, outputs = self.temp / "langkah.sh", self.temp / f"keluaran-{step.get('id')}"
        script.write_text(step["run"], encoding="utf-8")
        outputs.write_bytes(b"")
        declared = {name: _valued(value, self) for name, value in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script],
            cwd=self.work,
            env=self._environment() | {"GITHUB_OUTPUT": str(outputs)} | declared,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=120,
        )
        self.ran.output += done.stdout.decode("utf-8", "replace")
        if done.returncode:
            self.ran.conclusion = "failure"
        form = re.compile(r"([a-z_]+)<<(\S+)\n(.*?)\n\2\n", re.DOTALL)
        self.ran.outputs[step.get("id")] = {name: value for name, _, value in form.findall(outputs.read_text("utf-8"))}

    def _environment(self):
        noon = datetime.fromisoformat(f"{self.forge.today}T05:00:00").replace(tzinfo=UTC)
        return SECRETS | {
            "PATH": f"{self.temp}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.temp),
            "GIT_CONFIG_NOSYSTEM": "1",
            "LANG": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_PATH": str(self.temp / "peristiwa.json"),
            "GITHUB_REPOSITORY": SLUG,
            "GITHUB_WORKSPACE": str(self.work),
            "SOURCE_DATE_EPOCH": str(int(noon.timestamp())),
        }

    def _look_through(self):
        """No secret in anything that was printed, sent, written or left; nothing of a stranger's was run."""
        assert not self.forge.mark.exists(), "something of a stranger's was run"
        said = self.ran.output + json.dumps([self.ran.requests, self.ran.outputs, [used[1] for used in self.ran.used]])
        secrets = [secret.encode() for secret in (*SECRETS.values(), TOKEN)]
        files = [path for path in self.folder.rglob("*") if path.is_file() and not path.is_symlink()]
        ours = {".git", ".venv", "temp", "generator", "__pycache__"}
        for raw in (
            said.encode(),
            *(path.read_bytes() for path in files if not ours & set(path.relative_to(self.folder).parts)),
        ):
            assert not any(secret in raw for secret in secrets), "a secret came out"
