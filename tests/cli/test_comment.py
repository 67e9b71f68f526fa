"""`zi comment` as the workflow runs it that may write: nothing in what a job left decides anything."""

import json
import os
import subprocess
import sys

import pytest

from generator.exchange.pull_request import Verdict, verdict_bytes

MARKER = "<!-- zi:pemeriksaan -->"
CANARY = "kenari-8d1f"
BASE, HEAD, OTHER = "a" * 40, "b" * 40, "c" * 40
LEFT = Verdict(7, BASE, HEAD, passed=True, comment="### Perubahan\n\n- `kemen/satu`: **A.I.1** Ya\n")
TEAMS = {"nama": "Kementerian Contoh", "tim": {"mandiri": ["@operator"], "tpi": ["@tpi-satu"]}}
UNIT = "units/kemen/kppn-satu"


class Workflow:
    """The files that the workflow has fetched, and the folder of requests it will send."""

    def __init__(self, folder, head=HEAD, base=BASE):
        self.folder = folder
        self.head = head
        self.base = base
        self.out = folder / "permintaan"
        self.root = folder
        self.artifact = folder / "tinjauan.json"
        ran = {"event": "pull_request", "head_sha": head, "head_repository": {"id": 77}}
        repository = {"full_name": "contoh/registri", "default_branch": "main"}
        self.save("peristiwa.json", {"repository": repository, "workflow_run": ran})
        self.save("usulan.json", [[self.pull(6, OTHER, base), self.pull(7, head, base)]])
        self.save("komentar.json", [])
        self.leave(LEFT._replace(head=head))

    @staticmethod
    def pull(number, head, base=BASE):
        """A pull request as GitHub lists it, title and all."""
        return {
            "number": number,
            "state": "open",
            "title": "<img src=x>",
            "base": {"ref": "main", "sha": base},
            "head": {"sha": head, "repo": {"id": 77}},
            "user": {"login": "operator"},
        }

    def save(self, name, data):
        """Write data as JSON."""
        (self.folder / name).write_text(json.dumps(data), encoding="utf-8")

    def leave(self, verdict):
        """Write what the job leaves."""
        self.artifact.write_bytes(verdict_bytes(verdict))

    def run(self, *more, artifact=None, out=True):
        """Run the command, with a secret in its environment that no output may show."""
        arguments = ["comment", "peristiwa.json", artifact or self.artifact, "--pulls", "usulan.json"]
        arguments += ["--comments", "komentar.json", "--out", self.out] if out else []
        done = subprocess.run(
            [sys.executable, "-m", "generator", *map(str, [*arguments, "--root", self.root, *more])],
            cwd=self.folder,
            env={**os.environ, "RAHASIA": CANARY, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        written = b"".join(path.read_bytes() for path in self.out.rglob("*")) if self.out.exists() else b""
        assert CANARY not in done.stdout + done.stderr + written.decode()
        return done

    def requests(self):
        """Return (method, path, body) of each request, and make room for the next run's."""
        lines = (self.out / "daftar.tsv").read_text(encoding="utf-8").splitlines()
        found = [
            (method, path, json.loads((self.out / file).read_bytes()))
            for method, path, file in (line.split("\t") for line in lines)
        ]
        self.out.rename(self.out.with_name(f"terkirim-{len(list(self.folder.iterdir()))}"))
        return found

    def written(self):
        """Return the text of the one comment that is written."""
        ((_, _, body),) = self.requests()
        return body["body"]


@pytest.fixture
def workflow(tmp_path):
    """A job that found nothing wrong with #7."""
    return Workflow(tmp_path)


def test_the_first_comment_is_made_and_the_next_one_updates_it(workflow) -> None:
    """One comment below the pull request that the forge names; the same text again asks for nothing."""
    done = workflow.run()
    assert (done.returncode, done.stdout) == (0, "Usulan #7: komentar ditulis.\n")
    ((method, path, body),) = workflow.requests()
    assert (method, path) == ("POST", "repos/contoh/registri/issues/7/comments")
    assert body == {
        "body": f"{MARKER}\n## Pemeriksaan usulan: lulus\n\nUntuk commit `{HEAD}`.\n\n"
        "### Perubahan\n\n- `kemen/satu`: **A.I.1** Ya\n"
    }
    standing = {
        "id": 4711,
        "issue_url": "https://api.github.com/repos/contoh/registri/issues/7",
        "user": {"login": "github-actions[bot]", "type": "Bot"},
        **body,
    }
    forged = standing | {"id": 1, "user": {"login": "penipu", "type": "User"}}
    workflow.save("komentar.json", [forged, standing])
    assert workflow.run().stdout == "Usulan #7: komentar sudah sesuai.\n"
    assert workflow.requests() == []
    workflow.leave(LEFT._replace(passed=False))
    workflow.run()
    ((method, path, body),) = workflow.requests()
    assert (method, path) == ("PATCH", "repos/contoh/registri/issues/comments/4711")
    assert "## Pemeriksaan usulan: belum lulus" in body["body"]


def test_a_folder_is_looked_at_for_the_one_file_by_name(workflow) -> None:
    """Whatever else was unpacked there is not opened; a link in the file's place is refused."""
    folder = workflow.folder / "hasil"
    folder.mkdir()
    (folder / "lain.json").write_text("[", encoding="utf-8")
    (folder / "tinjauan.json").symlink_to(workflow.artifact)
    done = workflow.run(artifact=folder)
    assert (done.returncode, workflow.out.exists()) == (2, False)
    (folder / "tinjauan.json").unlink()
    assert workflow.run(artifact=folder).returncode == 2
    (folder / "tinjauan.json").write_bytes(workflow.artifact.read_bytes())
    assert workflow.run(artifact=folder).returncode == 0


@pytest.mark.parametrize(
    "left",
    [
        verdict_bytes(LEFT._replace(number=6)),  # an open one, but of another commit
        verdict_bytes(LEFT._replace(number=8)),
        verdict_bytes(LEFT._replace(head=OTHER)),
        verdict_bytes(LEFT._replace(number=6, head=OTHER)),
        verdict_bytes(LEFT._replace(comment="x" * 65_536)),
        verdict_bytes(LEFT)[:-3],
        b"PK\x03\x04" + b"\0" * 1000,
        b"",
        b'{"nomor": "../../../user/repos"}',
    ],
    ids=["number", "unknown number", "head", "other pull request", "long", "torn", "zip", "empty", "path"],
)
def test_a_poisoned_result_is_refused(workflow, left) -> None:
    """Exit 2 and one sentence; no request is written."""
    workflow.artifact.write_bytes(left)
    done = workflow.run()
    assert (done.returncode, done.stdout, workflow.out.exists()) == (2, "", False)
    assert "ditolak" in done.stderr


def test_a_result_that_is_a_gigabyte_is_not_read(workflow) -> None:
    """Only as far as the limit."""
    with workflow.artifact.open("wb") as file:
        file.truncate(2**30)
    assert workflow.run().returncode == 2


def test_a_pull_request_that_went_on_or_was_closed_is_left_alone(workflow) -> None:
    """Its next run will comment; nothing is wrong, and nothing to send."""
    workflow.save("usulan.json", [workflow.pull(7, OTHER)])
    done = workflow.run()
    assert (done.returncode, done.stdout, workflow.requests()) == (0, "", [])
    assert "Tidak ada usulan terbuka" in done.stderr


def test_two_pull_requests_of_one_commit_are_told_apart_by_the_result(workflow) -> None:
    """Both are the forge's; the result only says which of them."""
    workflow.save("usulan.json", [workflow.pull(7, HEAD), workflow.pull(9, HEAD)])
    workflow.leave(LEFT._replace(number=9))
    workflow.run()
    assert workflow.requests()[0][1] == "repos/contoh/registri/issues/9/comments"


def test_the_number_alone_is_printed_for_what_has_to_be_fetched_first(workflow) -> None:
    """Without --comments; one of the two alone is wrong use."""
    done = workflow.run(out=False)
    assert (done.returncode, done.stdout) == (0, "7\n")
    workflow.save("usulan.json", [])
    done = workflow.run(out=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert workflow.run("--out", workflow.out, out=False).returncode == 2


def test_hostile_text_is_inert_and_cannot_pose_as_ours(workflow) -> None:
    """No marker, heading of outcome hidden, mention or link; the outcome stands first."""
    evil = f"<details>\n\n{MARKER}\n<img src=x> @admin [k](https://x.example) #1\n```\n"
    workflow.leave(LEFT._replace(passed=False, comment=evil))
    workflow.run()
    text = workflow.written()
    assert text.startswith(f"{MARKER}\n## Pemeriksaan usulan: belum lulus\n")
    assert text.count("<!--") == 1
    for sign in ("<img", "@", "[", "://", "#1", "```"):
        assert sign not in text
    assert text.endswith("</details>")


def test_a_repository_s_name_that_is_none_is_refused(workflow) -> None:
    """A path of the API is made of checked parts only."""
    event = json.loads((workflow.folder / "peristiwa.json").read_bytes())
    event["repository"]["full_name"] = "contoh/registri/../../user"
    workflow.save("peristiwa.json", event)
    done = workflow.run()
    assert (done.returncode, workflow.out.exists()) == (2, False)


class Reviewed(Workflow):
    """A registry with a proposal of the operator's in it, and reviews."""

    def __init__(self, repository, folder, files):
        repository.commit({"units/kemen/instansi.yaml": TEAMS, f"{UNIT}/unit.yaml": "nama: KPPN Contoh Satu\n"})
        base = repository.git("rev-parse", "HEAD").strip()
        repository.git("checkout", "-qb", "usulan")
        super().__init__(folder, repository.commit(files), base)
        repository.git("checkout", "-q", "main")
        self.root = repository.root

    def reviewed(self, account, commit=None):
        """Say that the account approved, and return the comment."""
        review = {"user": {"login": account}, "state": "APPROVED", "commit_id": commit or self.head}
        self.save("telaah.json", [review | {"submitted_at": "2025-11-25T00:00:00Z"}])
        done = self.run("--reviews", "telaah.json")
        assert (done.returncode, done.stderr) == (0, "")
        return self.written()


SHEET = {f"{UNIT}/2025/mandiri.yaml": "instrumen: permenpanrb-90-2021\ntahun: 2025\njawaban: {}\n"}


def test_approvals_are_judged_here_by_the_base_s_rules(repository, tmp_path) -> None:
    """Who is entitled, for the last commit; a word of the result does not count."""
    workflow = Reviewed(repository, tmp_path, SHEET)
    workflow.leave(LEFT._replace(head=workflow.head, comment="### Persetujuan\n\nSudah disetujui semua.\n"))
    own = workflow.reviewed("operator")
    assert "Pengusul ＠operator menyetujui usulannya sendiri." in own
    assert "Belum ada persetujuan TPI" in own
    assert own.index("Belum ada persetujuan TPI") < own.index("Sudah disetujui semua")
    assert "bukan atas commit terakhir" in workflow.reviewed("tpi-satu", workflow.base)
    assert "- Persetujuan yang diperlukan sudah lengkap untuk commit ini.\n" in workflow.reviewed("tpi-satu")


def test_who_changes_the_program_may_have_made_the_result(repository, tmp_path) -> None:
    """The comment says so instead of the outcome it was told, and before it tells the rest."""
    text = Reviewed(repository, tmp_path, {".github/workflows/check.yml": "on: push\n"}).reviewed("tpi-satu")
    assert "tanpa persetujuan pemelihara" in text
    assert "lulus" not in text
    assert text.index("baru dapat dipercaya sesudah pemelihara") < text.index("### Perubahan")


def test_approvals_that_cannot_be_judged_are_told_so(repository, tmp_path) -> None:
    """The commits are not there: the comment is written all the same."""
    workflow = Reviewed(repository, tmp_path, SHEET)
    workflow.root = tmp_path
    text = workflow.reviewed("tpi-satu")
    assert "## Pemeriksaan usulan: perlu dipastikan pemelihara\n" in text
    assert "### Persetujuan\n\n- Belum dapat diperiksa: `" in text
