"""The demo's history looks like offices at work: proposals, corrections, merges, slips and repairs."""

import re
from datetime import UTC, datetime

import pytest

from generator.demo.stories import END
from generator.reading import git
from generator.reading.strict_yaml import load
from generator.reading.tags import tags


def log(root, *options):
    """Fields of the commits chosen, newest first."""
    out = git.run(root, "log", "-z", "--format=%H%x1f%P%x1f%an%x1f%ce%x1f%at%x1f%ct%x1f%B", *options)
    return [commit.split("\x1f") for commit in out.decode().split("\0") if commit]


@pytest.fixture(scope="session")
def commits(demo):
    """Every commit of main."""
    return log(demo, "main")


def changed(root, commit, path):
    """Data of the file before and after the commit, and whether its bytes differ."""
    before, after = (git.run(root, "show", f"{revision}:{path}") for revision in (f"{commit}^", commit))
    return load(before, path=path).data, load(after, path=path).data, before != after


def paths(root, commit):
    """Files the commit touches."""
    return git.run(root, "diff-tree", "--no-commit-id", "--name-only", "-r", commit).decode().split()


def one(root, words):
    """Id of the newest commit whose message has the words."""
    return log(root, "-1", f"--grep={words}")[0][0]


def test_the_repository_is_whole(demo):
    """Git finds nothing wrong; main is the only branch; the files checked out are those of main."""
    git.run(demo, "fsck", "--strict")
    assert git.run(demo, "for-each-ref", "--format=%(refname)", "refs/heads").split() == [b"refs/heads/main"]
    assert git.run(demo, "status", "--porcelain") == b""


def test_every_half_year_has_a_tag(demo):
    """Lightweight in June, with a message in December; each names what main was when the half ended."""
    found = tags(demo)
    assert [tag.name for tag in found] == ["2023", "2023-06", "2024", "2024-06", "2025", "2025-06", "2026-06"]
    assert {bool(tag.message) for tag in found if "-" in tag.name} == {False}
    assert found[0].message == "Keadaan registri pada akhir 2023"
    for tag in found:
        year, _, month = tag.name.partition("-")
        end = f"{year}-{month or '12'}-31"
        since = git.run(demo, "log", "--first-parent", "--format=%cs", f"{tag.commit}..main").split()
        assert tag.made.date().isoformat() <= end
        assert min(since).decode() >= f"{year}-{month or '12'}-29"  # a clock may be a day late


def test_as_many_commits_as_years_of_work(commits):
    """24 units and 4 years make a history worth looking at, not a wall."""
    assert 600 < len(commits) < 1500


def test_commits_are_by_offices(demo, commits):
    """Operators, TPI, TPN, monitors and the registrar; operators commit only on their branches."""
    kinds = {name.split()[0] for _, _, name, *_ in commits}
    assert kinds == {"Operator", "TPI", "Tim", "Pengelola", "UKI-Es.I", "Itjen", "Inspektorat"}
    assert all(mail.endswith("@contoh.example") for _, _, _, mail, *_ in commits)
    main = log(demo, "--first-parent", "main")
    assert [mail for _, _, _, mail, *_ in main if mail.startswith("operator.")] == []


def test_proposals_are_merged_with_an_approval(commits):
    """A unit's branch is joined by a merge whose message says who approved."""
    merges = [message for _, parents, *_, message in commits if " " in parents]
    assert len(merges) > 100
    assert all(
        re.search(r"^Disetujui-oleh: TPI .+ <tpi\.[a-z]+@contoh\.example>$", each, re.MULTILINE) for each in merges
    )


def test_one_octopus_merge(commits):
    """Three branches are merged at once, each approved by its own TPI."""
    (octopus,) = (message for _, parents, *_, message in commits if parents.count(" ") > 1)
    assert octopus.count("Disetujui-oleh: TPI") == 3


def test_a_merge_brings_what_its_branch_has(demo, commits):
    """The files of a proposal are on main after its merge, byte for byte."""
    merge, parents = next((commit, parents) for commit, parents, *_ in commits if parents.count(" ") == 1)
    side = parents.split()[1]
    for path in paths(demo, side):
        assert git.run(demo, "show", f"{merge}:{path}") == git.run(demo, "show", f"{side}:{path}")


def test_a_typing_error_is_only_spelling(demo):
    """Such a commit changes letters of explanations and nothing else."""
    commit = one(demo, "salah ketik")
    (path,) = paths(demo, commit)
    before, after, _ = changed(demo, commit, path)
    differing = {code for code in after["jawaban"] if before["jawaban"][code] != after["jawaban"][code]}
    assert differing
    for code in differing:
        old, new = before["jawaban"][code], after["jawaban"][code]
        assert {key for key in new if old[key] != new[key]} == {"penjelasan"}
        assert sorted(old["penjelasan"]) == sorted(new["penjelasan"])


def test_tidying_changes_no_meaning(demo):
    """A reformatting commit rewrites most lines; the data stay equal."""
    commit = one(demo, "Rapikan penulisan")
    (path,) = paths(demo, commit)
    before, after, differs = changed(demo, commit, path)
    assert differs
    assert before == after


def test_answers_change_after_remarks(demo):
    """A correction lowers claims and adds what TPI missed; TPI then judges again."""
    commit = one(demo, "menurut catatan TPI")
    (path,) = paths(demo, commit)
    before, after, _ = changed(demo, commit, path)
    differing = {code for code in after["jawaban"] if before["jawaban"][code] != after["jawaban"][code]}
    assert any(before["jawaban"][code].get("jawab") != after["jawaban"][code].get("jawab") for code in differing)
    judged = path.replace("mandiri", "tpi")
    assert any(judged in paths(demo, revision) for revision, *_ in log(demo, "--grep=tutup penilaian"))


def test_a_revert_restores_what_was(demo):
    """The mistaken answer is gone: the file is the one from before the mistake."""
    (revert, parents, *_, message) = log(demo, "--grep=^Revert ")[0]
    assert f"This reverts commit {parents}." in message
    (path,) = paths(demo, revert)
    assert git.run(demo, "show", f"{revert}:{path}") == git.run(demo, "show", f"{revert}~2:{path}")


def test_one_unit_moved(demo):
    """To another agency and with another name, in one commit; its files went along, and unit.yaml says from where."""
    old, new = "units/kesehatan/pos-kesehatan-contoh", "units/kota/puskesmas-contoh-satu"
    commit = one(demo, "Pindahkan Pos Kesehatan Contoh")
    before = git.run(demo, "ls-tree", "-r", f"{commit}^:{old}").splitlines()
    after = git.run(demo, "ls-tree", "-r", f"{commit}:{new}").splitlines()
    assert [line for line in before if b"unit.yaml" not in line] == [line for line in after if b"unit.yaml" not in line]
    assert len(before) == len(after) > 3
    profile = load(git.run(demo, "show", f"{commit}:{new}/unit.yaml"), path="unit.yaml").data
    assert (profile["asal"], profile["nama"]) == ("kesehatan/pos-kesehatan-contoh", "Puskesmas Contoh Satu")
    assert git.run(demo, "ls-tree", commit, f"{old}/") == b""


def test_some_clocks_run_late(commits):
    """A few commits are dated before their parents; none after the story's end."""
    times = {commit: int(at) for commit, _, _, _, _, at, _ in commits}
    late = [1 for commit, parents, *_ in commits if parents and times[commit] < times[parents.split()[0]]]
    assert 5 < len(late) < len(commits) / 10
    assert datetime.fromtimestamp(max(times.values()), UTC).date() <= END
