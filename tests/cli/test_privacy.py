"""`zi privacy`: what would become public, looked through before it does. Every number and address here is invented."""

import json
import os
import subprocess
import sys

import pytest

NIK = "3573041506900001"
PHONE = "0812-3456-7890"
MAIL = "budi.rekaan@surel-rekaan.com"


def run(root, *args, **environment):
    """Run the command and return exit code and output."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", "privacy", "--root", str(root), *args],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    return done.returncode, done.stdout + done.stderr


def places(root, *args, **environment):
    """Return where the command finds something, and hold it to the promise never to repeat it."""
    code, output = run(root, *args, "--format", "json", **environment)
    assert not any(secret in output for secret in (NIK, PHONE, MAIL, "budi.rekaan")), output
    findings = json.loads(output)["findings"]
    assert code == (1 if findings else 0)
    assert {finding["code"] for finding in findings} <= {"data-pribadi"}
    return [(finding["path"], finding["line"]) for finding in findings]


@pytest.fixture
def clean(repository):
    """A repository with one clean commit of an office."""
    repository.commit({"units/contoh/instansi.yaml": "nama: Instansi Contoh\n", "docs/isi.md": "Isi.\n"})
    return repository


def test_files_of_the_work_tree_are_looked_through_by_content_and_name(clean):
    """Without options: units/, whatever the files are called."""
    (clean.root / f"units/contoh/{NIK}.txt").write_text(f"Telp {PHONE}\n", encoding="utf-8")
    assert places(clean.root) == [("units/contoh/3573…0001.txt", 0), ("units/contoh/3573…0001.txt", 1)]


def test_a_range_tells_of_messages_authors_names_and_every_version_between(clean):
    """What was added and removed again stays in the history: it is found too."""
    base = clean.git("rev-parse", "HEAD").strip()
    clean.commit({"docs/isi.md": f"Ketua: {NIK}\n"}, message=f"Hubungi {PHONE}\n\nReviewed-by: X <{MAIL}>")
    clean.commit({"docs/isi.md": "Isi lagi.\n", f"docs/{PHONE}.md": "Kosong.\n"})
    author = {"GIT_AUTHOR_NAME": "Budi Rekaan", "GIT_AUTHOR_EMAIL": MAIL, "GIT_COMMITTER_NAME": "Kantor"}
    subprocess.run(
        ["git", "commit", "-q", "--allow-empty", "-m", "Kosong"],
        cwd=clean.root,
        env={**os.environ, **author, "GIT_COMMITTER_EMAIL": "kantor@kemenkeu.go.id"},
        check=True,
    )
    first, second, third = (line[:12] for line in clean.git("rev-list", "--reverse", f"{base}..HEAD").split())
    assert sorted(places(clean.root, "--range", f"{base}..HEAD")) == sorted(
        [
            (f"commit {first}", 1),
            (f"commit {first}", 3),
            (f"commit {third} (pengarang)", 0),
            ("docs/0812…90.md", 0),
            ("docs/isi.md", 1),
        ]
    )
    assert places(clean.root, "--range", f"{second}..HEAD") == [(f"commit {third} (pengarang)", 0)]
    assert places(clean.root, "--range", f"{base}..{base}") == []


def test_what_is_staged_is_read_from_the_index_and_not_from_the_work_tree(clean):
    """The hook asks what will be committed; the author is whom Git names to its hooks."""
    path = clean.root / "docs/isi.md"
    path.write_text(f"{NIK}\n", encoding="utf-8")
    assert places(clean.root, "--staged") == []
    clean.git("add", "docs/isi.md")
    path.write_text("Bersih.\n", encoding="utf-8")
    assert places(clean.root, "--staged") == [("docs/isi.md", 1)]
    who = {"GIT_AUTHOR_NAME": "Budi Rekaan", "GIT_AUTHOR_EMAIL": MAIL}
    assert ("pengarang commit", 0) in places(clean.root, "--staged", **who)
    told = run(clean.root, "--staged", **who)[1].partition("pengarang commit")[2]
    assert told.index("git commit lagi") < told.index("--amend")  # the commit before is another one


def test_the_first_commit_can_be_looked_through_before_it_is_made(repository):
    """There is nothing before it to compare with."""
    (repository.root / "a.txt").write_text(f"{NIK}\n", encoding="utf-8")
    repository.git("add", "a.txt")
    assert places(repository.root, "--staged") == [("a.txt", 1)]


def test_paths_narrow_what_is_looked_at(clean):
    """Asked for one folder, the command keeps quiet about the others."""
    base = clean.git("rev-parse", "HEAD").strip()
    clean.commit({"docs/isi.md": f"{NIK}\n", "lain/isi.md": f"{NIK}\n"})
    assert places(clean.root, "--range", f"{base}..HEAD", "lain") == [("lain/isi.md", 1)]


def test_addresses_that_the_forge_gives_are_no_person_s(clean):
    """GitHub's noreply addresses may author commits; the committer here is the invented operator."""
    clean.git(
        "-c", "user.name=x", "commit", "-q", "--allow-empty", "-m", "x", "--author=A <1+a@users.noreply.github.com>"
    )
    assert places(clean.root, "--range", "..HEAD") == []


@pytest.mark.parametrize("span", ["HEAD", "..", "HEAD...HEAD", "tidak-ada..HEAD", "--output=x..HEAD"])
def test_a_range_that_is_none_is_refused_in_one_sentence(clean, span):
    """Wrong use or an unknown revision: no traceback, no option slips through to Git."""
    code, output = run(clean.root, f"--range={span}")
    assert code in {2, 3}
    assert output.startswith("zi: ")
    assert output.count("\n") == 1


def test_pictures_are_no_text_and_utf_16_is(clean):
    """Bytes that are no text are passed by."""
    (clean.root / "units/contoh/a.bin").write_bytes(b"\x89PNG\0" + NIK.encode())
    (clean.root / "units/contoh/b.txt").write_bytes(f"{NIK}\n".encode("utf-16"))
    assert places(clean.root) == [("units/contoh/b.txt", 1)]
