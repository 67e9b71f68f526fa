"""`zi hook`: with real Git, what is staged decides whether a commit comes to be."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.cli import hook

CASES = Path(__file__).parents[1] / "cases"
MANDIRI = "units/contoh/kppn-satu/2025/mandiri.yaml"
UNIT = "units/contoh/kppn-satu/unit.yaml"
NOON = {"SOURCE_DATE_EPOCH": "1782795600"}  # 30 June 2026, 12:00 in Jakarta
WHO = {
    f"GIT_{role}_{part}": text
    for role in ("AUTHOR", "COMMITTER")
    for part, text in {
        "NAME": "Operator Contoh",
        "EMAIL": "operator@contoh.go.id",
        "DATE": "2026-06-30T03:00:00Z",
    }.items()
}
# Made up: a province and a date that are none of a living person's registration
NIK = "3171011708450001"


def run(*command, cwd, check=False, **env):
    """Run a command as the operator."""
    return subprocess.run(
        list(map(str, command)), cwd=cwd, env=os.environ | NOON | WHO | env, capture_output=True, text=True, check=check
    )


def zi(*arguments, cwd):
    """Run `zi hook`."""
    return run(sys.executable, "-m", "generator", "hook", *arguments, cwd=cwd)


def git(root, *arguments):
    """Run git, which must succeed."""
    return run("git", *arguments, cwd=root, check=True).stdout


@pytest.fixture
def root(tmp_path):
    """A sound registry under Git, in a folder whose name has spaces and quotes; no hook yet."""
    folder = shutil.copytree(CASES / "valid/lengkap", tmp_path / "registri 'satu' kantor")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Awal")
    return folder


@pytest.fixture
def hooked(root):
    """The same with the hooks installed."""
    done = zi("install", cwd=root)
    assert done.returncode == 0, done.stderr
    return root


def change(root, old, new, path=MANDIRI):
    """Replace the one occurrence of a text in a file of the work tree."""
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def commit(root, *arguments, message="Perbaiki jawaban"):
    """Try to commit what is staged; return the process."""
    return run("git", "commit", "-m", message, *arguments, cwd=root)


def head(root):
    """Return the commit the branch stands at."""
    return git(root, "rev-parse", "HEAD")


def test_a_sound_change_is_committed_without_a_word_of_ours(hooked):
    """The hook is silent where nothing is wrong."""
    change(hooked, "jawab: B", "jawab: A")
    git(hooked, "add", "-A")
    done = commit(hooked)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_a_faulty_file_is_refused_with_its_finding_and_what_to_do(hooked):
    """File, line, code, remedy; the branch does not move."""
    before = head(hooked)
    change(hooked, "jawab: B", "jawab: Z")
    git(hooked, "add", "-A")
    done = commit(hooked)
    assert done.returncode == 1
    assert f"{MANDIRI}:15:" in done.stderr
    assert "jawaban-di-luar-skala" in done.stderr
    assert "Commit belum dibuat." in done.stderr
    assert "git add" in done.stderr
    assert head(hooked) == before


def test_what_is_staged_counts_and_not_what_lies_in_the_folder(hooked):
    """A fault mended in the folder only is still refused; one that is only in the folder stops nothing."""
    change(hooked, "jawab: B", "jawab: Z")
    git(hooked, "add", "-A")
    change(hooked, "jawab: Z", "jawab: A")
    assert commit(hooked).returncode == 1
    git(hooked, "add", "-A")
    change(hooked, "jawab: A", "jawab: Z")
    assert commit(hooked).returncode == 0


def test_committing_named_files_or_all_looks_at_what_would_be_committed(hooked):
    """`git commit FILE` and `git commit -a` build an index of their own."""
    change(hooked, "jawab: B", "jawab: Z")
    git(hooked, "add", "-A")
    change(hooked, "nama: ", "nama: Kantor ", UNIT)
    done = commit(hooked, "--", UNIT)
    assert done.returncode == 0, done.stderr
    assert commit(hooked, "-a").returncode == 1


def test_a_fault_that_is_already_there_stops_no_work_elsewhere(root):
    """Only the folders a commit changes are looked at."""
    change(root, "jawab: B", "jawab: Z")
    git(root, "commit", "-qam", "Salah sebelum ada hook")
    assert zi("install", cwd=root).returncode == 0
    (root / "README.md").write_text("Catatan\n", encoding="utf-8")
    git(root, "add", "-A")
    assert commit(root).returncode == 0


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("units/contoh/kppn-satu/2025/catatan.txt", "berkas-tidak-dikenal"),
        ("units/Contoh/unit.yaml", "folder-bukan-id"),
    ],
)
def test_a_path_the_registry_has_not_is_refused(hooked, path, code):
    """Wherever it lies under units/."""
    (hooked / path).parent.mkdir(exist_ok=True)
    (hooked / path).write_text("x\n", encoding="utf-8")
    git(hooked, "add", "-A")
    done = commit(hooked)
    assert done.returncode == 1
    assert code in done.stderr


def test_a_deleted_file_others_need_is_refused(hooked):
    """Surveys that answers refer to."""
    git(hooked, "rm", "-q", "units/contoh/kppn-satu/2025/survei.yaml")
    done = commit(hooked)
    assert done.returncode == 1
    assert "survei" in done.stderr


def test_the_first_commit_of_a_repository_is_checked(tmp_path):
    """Before it there is nothing to compare with."""
    folder = shutil.copytree(CASES / "valid/lengkap", tmp_path / "baru")
    git(folder, "init", "-q", "-b", "main")
    assert zi("install", cwd=folder).returncode == 0
    change(folder, "jawab: B", "jawab: Z")
    git(folder, "add", "-A")
    assert commit(folder).returncode == 1
    change(folder, "jawab: Z", "jawab: B")
    git(folder, "add", "-A")
    assert commit(folder).returncode == 0


def test_another_work_tree_of_the_repository_has_the_hook_too(hooked):
    """And is checked by what is staged there."""
    other = hooked.parent / "pohon kedua"
    git(hooked, "worktree", "add", "-q", "-b", "usulan", other)
    change(other, "jawab: B", "jawab: Z")
    git(other, "add", "-A")
    assert commit(other).returncode == 1
    done = zi("install", cwd=other)
    assert done.returncode == 0
    assert str(hooked / ".git/hooks") in done.stdout


def test_a_program_that_lies_in_the_work_tree_is_not_run(hooked):
    """A branch that brings its own generator/ is data to the hook."""
    (hooked / "generator").mkdir()
    for name in ("__init__.py", "__main__.py"):
        (hooked / "generator" / name).write_text("raise SystemExit('dijalankan')\n", encoding="utf-8")
    change(hooked, "jawab: B", "jawab: Z")
    git(hooked, "add", "-A")
    done = commit(hooked)
    assert "dijalankan" not in done.stderr
    assert "jawaban-di-luar-skala" in done.stderr


@pytest.mark.parametrize("spelled", [NIK, "317101 170845 0001", "31.71.01.17.08.45.0001"])
def test_personal_data_in_a_file_is_refused_and_not_repeated(hooked, spelled):
    """The whole number shows nowhere, nor in any spelling."""
    change(hooked, "SK ditetapkan Januari", f'"SK untuk pegawai {spelled}"')
    git(hooked, "add", "-A")
    done = commit(hooked)
    assert done.returncode == 1
    assert "data-pribadi" in done.stderr
    assert "NIK" in done.stderr
    assert spelled not in done.stderr


def test_personal_data_outside_the_data_is_refused_as_well(hooked):
    """A note beside the registry becomes as public as the registry."""
    (hooked / "catatan.txt").write_text(f"Hubungi pegawai {NIK}\n", encoding="utf-8")
    git(hooked, "add", "-A")
    done = commit(hooked)
    assert done.returncode == 1
    assert "catatan.txt:1:" in done.stderr
    assert NIK not in done.stderr
    assert "Commit belum dibuat." in done.stderr


def test_personal_data_in_the_message_is_refused_and_not_repeated(hooked):
    """The message is public as well."""
    change(hooked, "jawab: B", "jawab: A")
    git(hooked, "add", "-A")
    before = head(hooked)
    done = commit(hooked, message=f"Perbaiki jawaban\n\nAtas permintaan {NIK}")
    assert done.returncode == 1
    assert "Pesan commit baris 3: ada NIK" in done.stderr
    assert NIK not in done.stderr
    assert head(hooked) == before


def test_an_address_of_a_private_person_is_refused_before_it_is_public(hooked):
    """Name and address of who commits are in the history for ever; what the office gives them passes."""
    change(hooked, "jawab: B", "jawab: A")
    git(hooked, "add", "-A")
    command = ("git", "commit", "-m", "Perbaiki jawaban")
    done = run(*command, cwd=hooked, GIT_AUTHOR_EMAIL="budi.contoh@surel-pribadi.example")
    assert done.returncode == 1
    assert "e-mail" in done.stderr
    assert "budi.contoh" not in done.stderr
    assert "user.email" in done.stderr
    done = run(*command, cwd=hooked, GIT_COMMITTER_EMAIL="budi.contoh@surel-pribadi.example")
    assert "Pencatat commit: ada e-mail" in done.stderr
    assert "budi.contoh" not in done.stderr
    assert run(*command, cwd=hooked).returncode == 0


def test_what_git_shows_below_the_scissors_is_no_message(hooked):
    """`git commit --verbose` puts the changes there and keeps nothing of it."""
    file = hooked / "pesan"
    file.write_text(f"Perbaiki\n# ------------------------ >8 ------------------------\n-{NIK}\n", encoding="utf-8")
    assert zi("message", file, cwd=hooked).returncode == 0


def test_installing_twice_is_installing_once_and_leaves_with_uninstall(hooked):
    """Nothing of ours stays."""
    before = {path.name: path.read_bytes() for path in (hooked / ".git/hooks").iterdir()}
    assert zi("install", cwd=hooked).returncode == 0
    assert {path.name: path.read_bytes() for path in (hooked / ".git/hooks").iterdir()} == before
    assert "commit-msg" in zi("uninstall", cwd=hooked).stdout
    assert not {"pre-commit", "commit-msg"} & {path.name for path in (hooked / ".git/hooks").iterdir()}
    assert "Tidak ada hook" in zi("uninstall", cwd=hooked).stdout


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg"])
def test_a_hook_of_another_is_never_overwritten(root, name):
    """Neither is the other one installed; what to add to it by hand is said."""
    foreign = root / ".git/hooks" / name
    foreign.parent.mkdir(exist_ok=True)
    foreign.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    others = sorted(foreign.parent.iterdir())
    done = zi("install", cwd=root)
    assert done.returncode == 1
    assert "bukan milik zi" in done.stderr
    assert "-m generator hook" in done.stderr
    assert foreign.read_text(encoding="utf-8") == "#!/bin/sh\nexit 0\n"
    assert sorted(foreign.parent.iterdir()) == others
    zi("uninstall", cwd=root)
    assert foreign.exists()


def test_a_link_in_place_of_a_hook_is_another_s(root):
    """Even one that leads to a hook of ours."""
    target = root.parent / "milik-kami"
    assert zi("install", cwd=root).returncode == 0
    hook = root / ".git/hooks/pre-commit"
    hook.rename(target)
    hook.symlink_to(target)
    assert zi("install", cwd=root).returncode == 1
    assert hook.is_symlink()


def test_hooks_kept_elsewhere_are_said_and_not_touched(root):
    """With core.hooksPath Git would never run ours: refused, with the way out."""
    git(root, "config", "core.hooksPath", ".hook-bersama")
    done = zi("install", cwd=root)
    assert done.returncode == 2
    assert "core.hooksPath" in done.stderr
    assert "zi hook run" in done.stderr
    assert not (root / ".hook-bersama").exists()


def test_a_folder_without_git_is_said(tmp_path):
    """Exit 3, one sentence."""
    done = zi("install", cwd=tmp_path)
    assert done.returncode == 3
    assert "bukan puncak repositori Git" in done.stderr


def test_a_python_that_is_gone_stops_the_commit_and_says_why(hooked):
    """A moved virtual environment must not let everything through."""
    hook = hooked / ".git/hooks/pre-commit"
    text = hook.read_text(encoding="utf-8")
    hook.write_text(text.replace(sys.executable, "/tidak/ada/python"), encoding="utf-8")
    done = commit(hooked, "--allow-empty")
    assert done.returncode == 1
    assert "zi hook install" in done.stderr


def test_the_framework_pre_commit_is_offered_the_same():
    """Its entries are commands of `zi hook`, for the stages at which Git's own hooks run them."""
    entries = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [(one["id"], one["entry"], one["language"]) for one in entries] == [
        ("zi-check", "zi hook run", "python"),
        ("zi-pesan", "zi hook message", "python"),
    ]
    for one in entries:
        command, name = one["entry"].split()[0], one["entry"].split()[2]
        assert command == "zi"
        assert name in hook.command.commands
    assert entries[0]["pass_filenames"] is False
    assert entries[1]["stages"] == ["commit-msg"]


def test_the_hook_is_plain_sh(hooked):
    """Any POSIX shell reads it."""
    for name in ("pre-commit", "commit-msg"):
        assert run("sh", "-n", hooked / ".git/hooks" / name, cwd=hooked).returncode == 0
