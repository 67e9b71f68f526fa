"""Scenes: people with their own clones, a bare repository as the forge, and the workflows run as they stand."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from .machine import SLUG, Machine, Ran, run_git

ROOT = Path(__file__).parents[2]
PROGRAM = (
    ".github", "Makefile", "docs", "generator", "mkdocs.yml", "pyproject.toml", "requirements", "schema", "setup",
)  # fmt: skip
"""What main holds beside units/."""
HERE = 1
"""GitHub's id of the registry's repository; forks have others."""
TEAMS = """
nama: Instansi Contoh
jenis: kementerian
pemantau: {WBK: UKI-Es.I, WBBM: Itjen}
tim:
  mandiri: ["@operator", "@operator-dua"]
  tpi: ["@tpi-satu", "@tpi-dua"]
  tpn: ["@tpn-satu", "@tpn-dua"]
"""
"""instansi.yaml of the scenes' registry; its units are those of units/contoh."""
UNIT = "units/contoh/kpp-contoh-dua"


def _signed(name, moment, mail="forge"):
    """Return the environment in which git commits as somebody, at a moment in Jakarta."""
    values = {"NAME": name, "EMAIL": f"{mail}@contoh.example", "DATE": f"{moment} +0700"}
    return {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in values.items()}


class Person:
    """Somebody's clone. What they change is committed on the branch `usulan` and proposed as one pull request."""

    def __init__(self, forge, name, source):
        self.forge, self.name, self.source = forge, name, source
        self.root = forge.folder / name
        run_git(forge.folder, "clone", "-q", "--shared", "--template=", forge.bare, self.root)
        self.git("checkout", "-qb", "usulan")

    def git(self, *words, **environment):
        """Run git in the clone."""
        return run_git(self.root, *words, **environment)

    def read(self, path):
        """Return a file's text."""
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, files):
        """Write files: text, bytes, a Path to be linked to, or None for one to be removed."""
        for path, content in files.items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if content is None or isinstance(content, Path):
                file.unlink(missing_ok=True)
            if isinstance(content, Path):
                file.symlink_to(content)
            elif content is None:
                continue
            else:
                file.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, files=(), message="Isi", author=None):
        """Write files and commit everything in the folder, an hour after the commit before it."""
        self.write(dict(files))
        signed = _signed(author or self.name, self.forge.hour(), self.name)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, **signed)

    def propose(self, files=(), message="Isi", author=None):
        """Commit, push, and open the pull request, or bring it up to date; return its number."""
        self.commit(files, message, author)
        return self.forge.receive(self)


class Forge:
    """What GitHub keeps and does: commits, pull requests, reviews, comments, issues, and runs of workflows."""

    def __init__(self, folder, template, compiled):
        self.folder, self.compiled = folder, compiled
        self.bare = folder / "forge.git"
        shutil.copytree(template, self.bare)
        self.url = f"file://{self.bare}"
        self.flows = ROOT / ".github/workflows"
        self.today = "2026-01-15"
        self.pulls, self.reviews, self.comments, self.issues, self.artifacts = {}, {}, {}, {}, {}
        self.mark = folder / "terlaksana"
        """What strangers bring tries to make this file."""
        self._hours = self._runs = 0

    def hour(self):
        """Return the next hour, from 10 January 2026 on."""
        self._hours += 1
        return f"2026-01-{10 + self._hours // 24}T{self._hours % 24:02}:00:00"

    def person(self, name, *, fork=False):
        """Return somebody with a clone; with `fork` their branch is not in the registry's repository."""
        return Person(self, name, 900 + len(name) if fork else HERE)

    def receive(self, person):
        """Take a person's branch as a pull request, as GitHub does: its commits get a name of their own."""
        known = [number for number, pull in self.pulls.items() if pull["user"]["login"] == person.name]
        number = known[0] if known else len(self.pulls) + 7
        run_git(self.bare, "fetch", "-q", person.root, f"+usulan:refs/pull/{number}/head")
        self.pulls[number] = {
            "number": number,
            "state": "open",
            "title": "<img src=x onerror=alert(1)> @pemelihara-contoh",
            "user": {"login": person.name},
            "base": {"ref": "main", "sha": self.tip("main")},
            "head": {"ref": "usulan", "sha": self.tip(f"refs/pull/{number}/head"), "repo": {"id": person.source}},
        }
        return number

    def tip(self, name):
        """Return the commit of a name."""
        return run_git(self.bare, "rev-parse", name)

    def merge(self, number):
        """Merge the pull request, whatever anybody says of it."""
        proposed = f"refs/pull/{number}/head"
        tree = run_git(self.bare, "merge-tree", "--write-tree", "main", proposed)
        message = ("-p", "main", "-p", proposed, "-m", f"Gabungkan #{number}")
        merged = run_git(self.bare, "commit-tree", tree, *message, **_signed("Forge", self.hour()))
        run_git(self.bare, "update-ref", "refs/heads/main", merged)
        self.pulls[number]["state"] = "closed"

    def review(self, number, login, state="APPROVED"):
        """Add a review of the pull request's last commit."""
        given = {"user": {"login": login}, "state": state, "commit_id": self.pulls[number]["head"]["sha"]}
        given["submitted_at"] = f"{self.hour()}Z"
        self.reviews.setdefault(number, []).append(given)

    def check(self, number, action="synchronize"):
        """Run the workflow that looks at a pull request, if it looks at such a one after such an event."""
        pull = self.pulls[number]
        pull["base"]["sha"] = self.tip(pull["base"]["ref"])
        trigger = self.flow("check")["on"]["pull_request"]
        if pull["base"]["ref"] not in trigger["branches"] or action not in trigger["types"]:
            return Ran("skipped")
        ran = self.run("check", "check", {"number": number, "pull_request": pull})
        ran.head = pull["head"]["sha"]
        return ran

    def comment(self, number, checked=None, *, left=None):
        """Run the workflow that comments, on what the check left or on what a scene says it left (a path)."""
        pull = self.pulls[number]
        self._runs += 1
        self.artifacts[str(self._runs)] = {"tinjauan": str(left or checked.artifacts["tinjauan"])}
        ran = {
            "id": self._runs,
            "event": "pull_request",
            "conclusion": checked.conclusion if checked else "success",
            "head_sha": checked.head if checked else pull["head"]["sha"],
            "head_repository": {"id": pull["head"]["repo"]["id"]},
        }
        repository = {"full_name": SLUG, "default_branch": "main"}
        return self.run("comment", "comment", {"repository": repository, "workflow_run": ran})

    def judge(self, number):
        """Check and comment; return how the check went and the text that then stands below the pull request."""
        checked = self.check(number)
        commented = self.comment(number, checked)
        assert commented.conclusion == "success", commented.output
        return checked, self.told(number)

    def told(self, number):
        """Return what the workflows said below a pull request or an issue; "" for nothing."""
        bodies = [one["body"] for one in self.comments.get(number, ()) if one["user"]["type"] == "Bot"]
        assert len(bodies) <= 1
        return "".join(bodies)

    def flow(self, name):
        """Read a workflow; `on` is text, as it is for GitHub."""
        text = (self.flows / f"{name}.yml").read_text(encoding="utf-8")
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - texts only

    def run(self, workflow, job, event):
        """Run a job and do what it asks the forge for."""
        ran = Machine(self, workflow, event).run(job)
        for method, path, body in ran.requests:
            self._do(method, path, body)
        return ran

    def _do(self, method, path, body):
        parts = path.removeprefix(f"repos/{SLUG}/").split("/")
        match method, parts:
            case "POST", ["issues", number, "comments"]:
                kept = self.comments.setdefault(int(number), [])
                url = f"https://api.github.com/repos/{SLUG}/issues/{number}"
                bot = {"login": "github-actions[bot]", "type": "Bot"}
                kept.append({"id": 4000 + self._runs * 10 + len(kept), "issue_url": url, "user": bot, **body})
            case "PATCH", ["issues", "comments", place]:
                (one,) = [one for kept in self.comments.values() for one in kept if one["id"] == int(place)]
                one.update(body)
            case "POST", ["issues"]:
                self.issues[len(self.issues) + 100] = {"state": "open", **body}
            case "PATCH", ["issues", number]:
                self.issues[int(number)].update(body)
            case _:
                pytest.fail(f"nobody expects {method} {path}")

    def answers(self):
        """Return what `gh` is asked -> its answer."""
        repos = f"repos/{SLUG}"
        said = {
            f"api {repos}/pulls?state=open&per_page=100 --paginate --slurp": [
                [pull for pull in self.pulls.values() if pull["state"] == "open"]
            ]
        }
        for number in {*self.pulls, *self.comments, 12}:
            comments = f"api {repos}/issues/{number}/comments?per_page=100 --paginate --slurp"
            said[comments] = [self.comments.get(number, [])]
            said[f"api {repos}/pulls/{number}/reviews?per_page=100 --paginate"] = self.reviews.get(number, [])
        said["issue list --label pemantauan --state all --limit 5000 --json number,title,state,body"] = [
            {"number": number, "title": one["title"], "body": one["body"], "state": one["state"].upper()}
            for number, one in self.issues.items()
        ]
        keys = "--json number,createdAt,closedAt,state,files,isDraft"
        for state, limit, kept in (("open", 1000, {"OPEN"}), ("closed", 500, {"CLOSED", "MERGED"})):
            said[f"pr list --state {state} --limit {limit} {keys}"] = [
                one for one in map(self._listed, self.pulls.values()) if one["state"] in kept
            ]
        return said

    def _listed(self, pull):
        span = f"{pull['base']['sha']}...refs/pull/{pull['number']}/head"
        paths = run_git(self.bare, "diff", "--name-only", span).splitlines()
        is_open = pull["state"] == "open"
        return {
            "number": pull["number"],
            "createdAt": "2026-01-03T02:00:00Z",
            "closedAt": None if is_open else "2026-01-09T02:00:00Z",
            "state": "OPEN" if is_open else "MERGED",
            "isDraft": False,
            "files": [{"path": path, "additions": 1, "deletions": 0} for path in paths],
        }


@pytest.fixture(scope="session")
def _templates(tmp_path_factory):
    """The forge's repository as every scene begins with it, and the program's compiled files."""
    folder = tmp_path_factory.mktemp("cetakan")
    main = folder / "main"
    unread = shutil.ignore_patterns("__pycache__")
    for name in (*PROGRAM, "units/contoh"):
        source = ROOT / name
        (main / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, main / name, ignore=unread) if source.is_dir() else shutil.copy(source, main / name)
    (main / "units/contoh/instansi.yaml").write_text(TEAMS, encoding="utf-8")
    run_git(main, "init", "-q", "-b", "main", ".")
    run_git(main, "add", "-A")
    run_git(main, "commit", "-qm", "Awal", **_signed("Pemelihara", "2026-01-10T00:00:00"))
    run_git(folder, "clone", "-q", "--bare", main, folder / "forge.git")
    (folder / "terkompilasi").mkdir()
    shutil.move(main / "generator", folder / "terkompilasi")
    compiling = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "generator"]
    subprocess.run(compiling, cwd=folder / "terkompilasi", check=True)
    return folder / "forge.git", folder / "terkompilasi"


@pytest.fixture(scope="session")
def new_forge(tmp_path_factory, _templates):
    """What makes a forge, for scenes that share one."""
    return lambda: Forge(tmp_path_factory.mktemp("forge"), *_templates)


@pytest.fixture
def forge(new_forge):
    """GitHub, with the registry as it is on main."""
    return new_forge()


@pytest.fixture
def acting():
    """What finds in a comment whatever would do something: links, pictures, HTML other than folding, mentions."""
    renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    folding = re.compile(r"(</?details>|<summary>[^<>]*</summary>|<!-- zi:[a-z]+ -->|\s)+")

    def found(text):
        tokens = [token for block in renderer.parse(text) for token in (block, *(block.children or ()))]
        html = [token.content for token in tokens if token.type in ("html_block", "html_inline")]
        kinds = [token.type for token in tokens if token.type in ("link_open", "image", "fence")]
        return [one for one in html if not folding.fullmatch(one)] + kinds + re.findall("@", text)

    return found
