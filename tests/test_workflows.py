"""The workflows: read as a reviewer reads them, held to what they may do, and every command line to the program."""

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml

from generator.cli import group
from generator.exchange.reminders import LABEL, MOST

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".github/workflows"
BIN = ROOT / ".venv/bin"
FILES = sorted(FOLDER.glob("*.yml"))

ACTIONS = {
    "actions/checkout": ("3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
    "actions/setup-python": ("5fda3b95a4ea91299a34e894583c3862153e4b97", "v7.0.0"),
    "actions/upload-artifact": ("bbbca2ddaa5d8feaa63e36b76fdaad77386f024f", "v7.0.0"),
    "actions/upload-pages-artifact": ("fc324d3547104276b827a68afc52ff2a11cc49c9", "v5.0.0"),
    "actions/deploy-pages": ("cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "v5.0.0"),
    "peter-evans/create-pull-request": ("5f6978faf089d4d20b00c7766989d076bb2fc7f1", "v8.1.1"),
}
"""Action -> the commit it is pinned to, and its tag."""

GRANTS = {
    "check": {},
    "ci": {"contents": "read"},
    "comment": {"actions": "read", "contents": "read", "pull-requests": "write"},
    "intake": {"contents": "write", "issues": "write", "pull-requests": "write"},
    "monitor": {"contents": "read", "issues": "write"},
    "publish": {"contents": "read", "pull-requests": "read", "pages": "write", "id-token": "write"},
}
"""Workflow -> all that its jobs' tokens may do."""

WORDS = {"make", "git", "gh", ".venv/bin/zi", "ulimit", "timeout", "while", "done"}
"""What a line of a step may begin with: logic is the program's."""


def load(file):
    """Read a workflow; `on` is text, as it is for GitHub."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts only


FLOWS = {file.stem: load(file) for file in FILES}


def jobs():
    """Every job, with its workflow's name."""
    return [(name, job) for name, flow in FLOWS.items() for job in flow["jobs"].values()]


def steps():
    """Every step, with its workflow's name."""
    return [(name, step) for name, job in jobs() for step in job["steps"]]


def lines():
    """Every line of every step's script, with its workflow's name."""
    for name, step in steps():
        for line in step.get("run", "").splitlines():
            yield name, line.strip()


def run(*command):
    """Run a tool on the repository, without network."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120)


@pytest.mark.parametrize("persona", ["regular", "pedantic", "auditor"])
def test_zizmor_finds_nothing(persona):
    """Whatever it is asked to be; what is excused has its reason beside it."""
    done = run(BIN / "zizmor", "--offline", "--no-progress", "--persona", persona, "--format", "json", ".github")
    assert (done.returncode, json.loads(done.stdout)) == (0, []), done.stdout
    excused = [line for file in FILES for line in file.read_text("utf-8").splitlines() if "zizmor: ignore" in line]
    assert [re.search(r"ignore\[(.*)\] \w+ \w+", line)[1] for line in excused] == [
        "dangerous-triggers",
        "superfluous-actions",
    ]


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", FILES),
        ("vendor.dependabot", [ROOT / ".github/dependabot.yml"]),
        ("vendor.github-issue-forms", [ROOT / ".github/ISSUE_TEMPLATE/jawaban.yml"]),
        ("vendor.github-issue-config", [ROOT / ".github/ISSUE_TEMPLATE/config.yml"]),
    ],
)
def test_the_forge_s_schemas_accept_what_is_for_it(schema, files):
    """Workflows, the form, and the updates' schedule."""
    done = run(BIN / "check-jsonschema", "--builtin-schema", schema, *files)
    assert done.returncode == 0, done.stdout + done.stderr


def test_these_are_the_workflows():
    """One for each thing the forge does for the registry, and one that tests the program."""
    assert set(FLOWS) == set(GRANTS)
    assert all(flow["name"] == name for name, flow in FLOWS.items())


def test_every_action_is_pinned_to_a_known_commit():
    """A tag can be moved; it stands beside the commit, for people."""
    used = re.findall(r"uses: (.*)", "\n".join(file.read_text(encoding="utf-8") for file in FILES))
    assert set(used) == {f"{action}@{commit} # {tag}" for action, (commit, tag) in ACTIONS.items()}
    assert all(re.fullmatch("[0-9a-f]{40}", commit) for commit, _ in ACTIONS.values())


def test_a_token_may_do_what_its_job_needs():
    """Nothing at the top; each grant stands here. What looks at a stranger's commits has none at all."""
    for name, flow in FLOWS.items():
        assert flow["permissions"] == {}, name
        grants = {}
        for job in flow["jobs"].values():
            grants |= job.get("permissions", {})
        assert grants == GRANTS[name]
    deploy = FLOWS["publish"]["jobs"]["deploy"]
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}
    assert deploy["environment"]["name"] == "github-pages"
    assert not any("checkout" in step.get("uses", "") for step in deploy["steps"])


def test_no_trigger_hands_a_stranger_a_token():
    """`pull_request_target` runs with the repository's rights; no secret is named anywhere."""
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        assert "pull_request_target" not in text
        assert "secrets." not in text
        assert "secrets: inherit" not in text
    assert FLOWS["comment"]["on"] == {"workflow_run": {"workflows": ["check"], "types": ["completed"]}}


def test_values_of_an_event_reach_a_script_only_as_variables():
    """What GitHub would paste into a script could end a quotation in it."""
    for name, step in steps():
        assert "${{" not in step.get("run", ""), name
    for file in FILES:
        for line in file.read_text(encoding="utf-8").splitlines():
            if "github.event" in line and "${{" in line:
                assert re.fullmatch(r" *(group|NUMBER|RUN_ID|ref): .*", line), line


def test_scripts_hold_no_logic():
    """Lines of one command each, of the program, Git, the forge's client or make; requests go out by one loop."""
    loop = (
        "while IFS=$'\\t' read -r method path file; do\n"
        '  gh api --method "$method" "$path" --input "permintaan/$file" --silent\n'
        "done < permintaan/daftar.tsv\n"
    )
    for name, line in lines():
        assert line.split()[0] in WORDS, (name, line)
        assert len(line) <= 160, (name, line)
        assert not re.search(r"[|;`]|&&|\beval\b", re.sub(r"; do$", "", line).replace("&per_page", "")), (name, line)
    assert [name for name, step in steps() if step.get("run") == loop] == ["comment", "intake", "monitor"]


def test_every_job_ends_and_none_runs_twice_at_once():
    """A limit of time everywhere; whoever asks twice waits or replaces."""
    for name, job in jobs():
        assert 0 < int(job["timeout-minutes"]) <= 60, name
    for name, flow in FLOWS.items():
        assert flow["concurrency"]["group"].startswith(name)


def test_a_checkout_leaves_no_token_and_nothing_is_cached():
    """What runs later finds no credentials in the folder; a proposal cannot poison what main would use."""
    for name, step in steps():
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false", name
            assert not {"repository", "submodules", "lfs"} & set(step["with"]), name
    assert not any("cache" in file.read_text(encoding="utf-8") for file in FILES)


def test_a_proposal_is_fetched_as_objects_and_read_within_limits():
    """The program is the base's; memory and time are bounded before a stranger's bytes are read."""
    checkout, _, fetch, review, _ = FLOWS["check"]["jobs"]["check"]["steps"]
    assert checkout["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"
    assert fetch["run"].startswith("git fetch --no-tags --no-recurse-submodules origin ")
    assert review["run"].startswith("ulimit -v ")
    assert "timeout " in review["run"]
    assert not any(re.search(r"git (checkout|switch|worktree|merge|pull|reset)", line) for _, line in lines())


def called():
    """Every call of the program in a script: workflow, command, options."""
    for name, line in lines():
        for call in re.findall(r"\.venv/bin/zi ([^)]*)", line):
            command, *words = shlex.split(call)
            yield name, command, [word for word in words if word.startswith("--")]


def test_scripts_call_the_program_as_it_is():
    """Every command and every option exists."""
    seen = set()
    for name, command, options in called():
        known = {option for parameter in group.get_command(None, command).params for option in parameter.opts}
        assert set(options) <= known, (name, command)
        seen.add((name, command))
    assert {
        ("check", "review"),
        ("comment", "comment"),
        ("intake", "intake"),
        ("monitor", "remind"),
        ("publish", "check"),
        ("publish", "build"),
    } <= seen


def test_names_agree_with_the_program_s():
    """Labels, limits and files that stand in a workflow and elsewhere."""
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/jawaban.yml").read_text(encoding="utf-8"))
    assert f"'{form['labels'][0]}'" in FLOWS["intake"]["jobs"]["intake"]["if"]
    listing = next(line for name, line in lines() if name == "monitor" and line.startswith("gh issue list"))
    assert f"--label {LABEL} " in listing
    assert f"--limit {MOST} " in listing


def test_the_adoption_page_names_what_is_to_be_set():
    """The check that is required, the labels, the account of the form, the actions that are allowed, every workflow."""
    page = (ROOT / "docs/pasang/index.md").read_text(encoding="utf-8")
    names = [FLOWS["check"]["jobs"]["check"]["name"], LABEL, "jawaban", *(set(FLOWS))]
    assert [name for name in names if f"`{name}`" not in page] == []
    assert '"@github-actions[bot]"' in page
    allowed = ("actions/", "peter-evans/create-pull-request")
    assert all(action.startswith(allowed) for action in ACTIONS)
