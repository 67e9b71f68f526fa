"""`--as-of TANGGAL|REV`: the registry as it stood on main then, and the day it is judged on."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date

import click
import pytest

from generator.cli.as_of import standing
from generator.model.failure import Failure, RepositoryUnusable

UNIT = "units/contoh/kppn-satu"
SHEET = "instrumen: permenpanrb-90-2021\ntahun: 2025\njawaban:\n  A.I.1.i.a: {jawab: Ya}\n"
EVENT = "peristiwa:\n  - {jenis: ditetapkan, predikat: WBK, tanggal: 2025-05-20}\n"

# Day and hour of a commit, in Jakarta, and the files it writes. The second breaks a file; the third mends it.
COMMITS = (
    (
        "2025-03-01T08:00",
        {"units/contoh/instansi.yaml": "nama: Instansi Contoh\n", f"{UNIT}/unit.yaml": "nama: Lama\n"},
    ),
    ("2025-06-01T23:59", {f"{UNIT}/2025/mandiri.yaml": SHEET, f"{UNIT}/predikat.yaml": "peristiwa: [\n"}),
    ("2025-09-01T00:00", {f"{UNIT}/predikat.yaml": EVENT, f"{UNIT}/unit.yaml": "nama: Baru\n"}),
    ("2025-12-01T08:00", {f"{UNIT}/2025/mandiri.yaml": SHEET + "  A.I.1.i.b: {jawab: A}\n"}),
)


def git(root, *arguments, day="2025-01-01T00:00"):
    """Run git with a fixed person and date; return what it prints."""
    variables = dict(os.environ)
    for role in ("AUTHOR", "COMMITTER"):
        variables |= {f"GIT_{role}_NAME": "Kantor", f"GIT_{role}_EMAIL": "kantor@contoh.example"}
        variables |= {f"GIT_{role}_DATE": f"{day}:00+0700"}
    done = subprocess.run(["git", *arguments], cwd=root, env=variables, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def write(root, files):
    """Write files of a registry."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The commits above in a repository."""
    root = tmp_path_factory.mktemp("registri")
    git(root, "init", "-q", "-b", "main")
    for number, (day, files) in enumerate(COMMITS, 1):
        write(root, files)
        git(root, "add", "--all")
        git(root, "commit", "-q", "-m", f"Commit {number}", day=day)
        git(root, "tag", f"v{number}")
    return root


@pytest.fixture
def registry(kept, tmp_path):
    """The repository with an edit nobody has committed: the predicate is revoked."""
    root = tmp_path / "registri"
    shutil.copytree(kept, root)
    write(root, {f"{UNIT}/predikat.yaml": EVENT + "  - {jenis: dicabut, predikat: WBK, tanggal: 2025-12-02}\n"})
    return root


@pytest.fixture
def plain(registry):
    """The same files in a folder without Git."""
    shutil.rmtree(registry / ".git")
    return registry


def zi(*arguments, cwd, **environment):
    """Run the command line as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("day", "tag"),
    [
        ("2025-03-01", "v1"),
        ("2025-05-31", "v1"),
        ("2025-06-01", "v2"),
        ("2025-08-31", "v2"),
        ("2025-09-01", "v3"),
        ("2025-11-30", "v3"),
    ],
)
def test_a_day_is_main_at_its_end(day, tag, registry):
    """A commit counts from its own day on, by Jakarta's clock: 23:59 still, 00:00 already."""
    assert standing(registry, day, None) == (git(registry, "rev-parse", tag), date.fromisoformat(day))


TODAY = "1765108800"
"""2025-12-07 19:00 in Jakarta."""


@pytest.mark.parametrize("day", ["2025-12-07", "2025-12-08", "2026-12-01", "9999-12-31"])
def test_from_today_on_it_is_the_work_tree(day, registry, monkeypatch):
    """Nothing on main is later: the files as they lie there, uncommitted ones too, judged on that day."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    assert standing(registry, day, None) == (None, date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2025-12-01", "2025-12-02", "2025-12-06"])
def test_a_day_that_is_over_is_main_s_also_since_the_last_commit(day, registry, monkeypatch):
    """What somebody edits today was not on main yesterday; dated events alone are asked of the files."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    assert standing(registry, day, None) == (git(registry, "rev-parse", "v4"), date.fromisoformat(day))
    assert standing(registry, day, None, by_calendar=True) == (None, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("rev", "tag", "day"), [("v2", "v2", "2025-06-01"), ("HEAD", "v4", "2025-12-01"), ("main~1", "v3", "2025-09-01")]
)
def test_a_revision_is_judged_on_its_own_day(rev, tag, day, registry):
    """The tree and the day of that commit, and never the work tree."""
    assert standing(registry, rev, None) == (git(registry, "rev-parse", tag), date.fromisoformat(day))


def test_what_looks_like_a_day_is_one(registry):
    """A tag of such a name is still there, under its full name."""
    git(registry, "tag", "2025-03-15", "v3")
    assert standing(registry, "2025-03-15", None)[0] == git(registry, "rev-parse", "v1")
    assert standing(registry, "refs/tags/2025-03-15", None)[0] == git(registry, "rev-parse", "v3")


def test_another_time_zone_changes_nothing(registry, monkeypatch):
    """Days are Jakarta's wherever the command runs."""
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        monkeypatch.setenv("TZ", zone)
        assert standing(registry, "2025-06-01", None)[0] == git(registry, "rev-parse", "v2")


def test_without_as_of_nothing_changes(registry, monkeypatch):
    """The revision asked for, and today."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert standing(registry, None, "v1") == ("v1", date(1970, 1, 1))
    assert standing(registry, None, None) == (None, date(1970, 1, 1))


@pytest.mark.parametrize("day", ["2020-01-01", "2026-01-01"])
def test_a_folder_without_git_has_only_today_s_files(day, plain):
    """As before anything is committed: the files that lie there, judged on that day."""
    assert standing(plain, day, None) == (None, date.fromisoformat(day))
    git(plain, "init", "-q")
    assert standing(plain, day, None) == (None, date.fromisoformat(day))


@pytest.mark.parametrize("text", ["", "kemarin", "v1", "1 Desember 2026", "20261201", "2026-13-01"])
def test_a_folder_without_git_takes_days_alone(text, plain):
    """Wrong use, with the form that is expected."""
    with pytest.raises(Failure, match="2026-01-31") as refused:
        standing(plain, text, None)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize("day", ["2026-13-01", "2026-02-29", "0000-00-00"])
def test_a_day_in_no_calendar_is_wrong_use(day, registry):
    """It is not taken for a revision."""
    with pytest.raises(Failure, match="bukan tanggal") as refused:
        standing(registry, day, None)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize("rev", ["", "v9", "-h", "--output=x", "2025-3-1", "kemarin", "HEAD:units"])
def test_an_unknown_revision_is_unusable(rev, registry):
    """Exit 3, and nothing is written."""
    with pytest.raises(RepositoryUnusable, match="tidak dikenal"):
        standing(registry, rev, None)


def test_before_the_first_commit_there_is_no_registry(registry):
    """The sentence says since when there is one."""
    with pytest.raises(RepositoryUnusable, match=r"28 Februari 2025.*1 Maret 2025"):
        standing(registry, "2025-02-28", None)


def test_the_calendar_reaches_behind_the_first_commit(registry):
    """Who was due is told by dated events, also for days before the registry was kept in Git."""
    assert standing(registry, "2025-02-28", None, by_calendar=True) == (None, date(2025, 2, 28))
    assert zi("due", "--as-of", "2025-02-28", cwd=registry).returncode == 0


def test_both_together_are_wrong_use(registry, plain):
    """--as-of says the revision already, also where it would be the work tree."""
    for root in (registry, plain):
        with pytest.raises(click.UsageError, match="tanpa --rev"):
            standing(root, "2025-12-01", "v1")


def test_check_finds_what_was_wrong_then(registry):
    """The broken file of the second commit is found on its days, whole or by name, and on no other."""
    assert zi("check", cwd=registry, SOURCE_DATE_EPOCH="1764727200").returncode == 0  # 3 December 2025
    for arguments in (("--as-of", "2025-07-01"), ("--as-of", "v2"), ("--as-of", "v2", f"{UNIT}/predikat.yaml")):
        then = zi("check", "--format", "json", *arguments, cwd=registry)
        assert then.returncode == 1
        assert {finding["path"] for finding in json.loads(then.stdout)["findings"] if finding["level"] == "error"} == {
            f"{UNIT}/predikat.yaml"
        }
    assert zi("check", "--as-of", "2025-09-01", cwd=registry).returncode == 0


def test_check_judges_on_that_day(registry):
    """The award of 20 May lies in the future of a day before it, even in the files of today."""
    shutil.rmtree(registry / ".git")
    found = zi("check", "--as-of", "2025-05-19", "--format", "json", cwd=registry)
    assert "tanggal-di-masa-depan" in {finding["code"] for finding in json.loads(found.stdout)["findings"]}


def test_check_of_a_path_that_was_not_there_yet(registry):
    """It lies in the work tree, but did not lie in the registry then."""
    then = zi("check", "--as-of", "2025-03-01", f"{UNIT}/predikat.yaml", cwd=registry)
    assert (then.returncode, "tidak ada di registri ini" in then.stderr) == (2, True)


def test_score_counts_what_was_answered_then(registry):
    """One answer in September, two since December; no year at all in March."""
    for day, answered in (("2025-09-01", {"A.I.1.i.a"}), ("2025-12-01", {"A.I.1.i.a", "A.I.1.i.b"})):
        (unit,) = json.loads(zi("score", "--as-of", day, "--json", cwd=registry).stdout)["unit"]
        unanswered = unit["tahun"][0]["tingkat"]["mandiri"]["belum_dijawab"]
        assert {"A.I.1.i.a", "A.I.1.i.b"} - set(unanswered) == answered
    assert json.loads(zi("score", "--as-of", "v1", "--json", cwd=registry).stdout)["unit"][0]["tahun"] == []


def test_due_lists_what_was_known_then(registry):
    """Awarded in the files since September; revoked in the work tree alone, which is asked since the last commit."""
    for when, status in (
        ("2025-03-01", "belum-berpredikat"),
        ("v3", "terjadwal"),
        ("2025-11-30", "terjadwal"),
        ("HEAD", "terjadwal"),
        ("2025-12-02", "dicabut"),
    ):
        (unit,) = json.loads(zi("due", "--as-of", when, "--json", cwd=registry).stdout)["unit"]
        assert unit["status"] == status, when


def test_build_publishes_the_registry_of_then(registry):
    """The unit had its old name in the spring; since September it has another."""
    for day, name in (("2025-05-01", "Lama"), ("v3", "Baru")):
        done = zi("build", "--as-of", day, "--site", f"situs-{name}", cwd=registry)
        assert done.returncode == 0, done.stderr
        page = (registry / f"situs-{name}/unit/contoh/kppn-satu/index.html").read_text(encoding="utf-8")
        heading = page.partition("<h1")[2].partition("</h1>")[0]  # its recent changes may tell of the old name
        assert {"Lama", "Baru"} & set(heading.replace("<", " ").replace(">", " ").split()) == {name}


def test_build_knows_no_version_of_later(registry):
    """A tag on a commit that came to main afterwards is not of that day; one beside main's line still is."""
    git(registry, "tag", "samping", git(registry, "commit-tree", "-m", "samping", "-p", "v1", "v1^{tree}"))
    done = zi("build", "--as-of", "2025-09-01", "--site", "situs", cwd=registry)
    assert done.returncode == 0, done.stderr
    page = (registry / "situs/versi/index.html").read_text(encoding="utf-8")
    assert [name for name in ("v1", "v2", "v3", "v4", "samping") if f"<bdi>{name}</bdi>" in page] == [
        "v1",
        "v2",
        "v3",
        "samping",
    ]


@pytest.mark.parametrize("name", ["check", "score", "due", "build"])
def test_every_command_says_the_same_of_it(name, registry):
    """Help explains days, revisions and the work tree; both options together end with exit 2 and one sentence."""
    words = " ".join(zi(name, "--help", cwd=registry, COLUMNS="100").stdout.split())
    assert "--as-of TANGGAL|REV Registri seperti keadaannya di main" in words
    both = zi(name, "--as-of", "2025-12-01", "--rev", "v1", cwd=registry)
    assert both.returncode == 2
    assert "tanpa --rev" in both.stderr
    assert "Traceback" not in both.stderr
