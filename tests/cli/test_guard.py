"""`zi guard` and `zi owners` as a workflow and a person run them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNIT = "units/kemen/kppn-satu"
TEAMS = {"nama": "Kemen", "tim": {"mandiri": ["@operator"], "tpi": ["@tpi-satu", "@org/tpi"]}}
POLICY = "schema/aturan/peran.yaml"


def zi(*arguments):
    """Run the command line, with a secret in its environment that no output may show."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        env={**os.environ, "RAHASIA": "kenari-8d1f"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.fixture
def proposed(repository):
    """A registry as data only, and a branch on which the operator also answers for TPI."""
    repository.commit({"units/kemen/instansi.yaml": TEAMS, f"{UNIT}/unit.yaml": "nama: Satu\n"})
    repository.git("checkout", "-qb", "usulan")
    repository.commit({f"{UNIT}/2025/tpi.yaml": "instrumen: x\ntahun: 2025\njawaban: {}\n"})
    return repository


def guard(repository, *arguments, actor="operator"):
    """Run `zi guard main usulan`."""
    return zi("guard", "main", "usulan", "--actor", actor, "--root", repository.root, *arguments)


def test_a_finding_says_what_where_and_how_to_mend(proposed) -> None:
    """In the form of every other command; exit 1."""
    done = guard(proposed)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        f"{UNIT}/2025/tpi.yaml: kesalahan bukan-perannya: Pengusul @operator mengubah kemen/kppn-satu/2025/tpi.yaml,"
        " padahal yang boleh hanya TPI untuk kemen/kppn-satu.\n"
        "    Keluarkan perubahan ini dari usulan; yang boleh mengajukannya: @org/tpi, @tpi-satu"
        " (anggota @org/tpi tidak dikenal tanpa --members).\n"
        "\n"
        "1 kesalahan. 1 unit, 1 berkas diperiksa.\n"
    )


def test_programs_and_github_get_the_same_finding(proposed) -> None:
    """As JSON, and as an annotation of the file."""
    found = json.loads(guard(proposed, "--format", "json").stdout)
    assert [one["code"] for one in found["findings"]] == ["bukan-perannya"]
    assert found["errors"] == 1
    line = guard(proposed, "--format", "github").stdout.splitlines()[0]
    assert line.startswith(f"::error file={UNIT}/2025/tpi.yaml,title=bukan-perannya::")


def test_reviews_and_members_come_from_files(proposed, tmp_path) -> None:
    """As GitHub's API gives them: the author is a member of the team, a member approves the last commit: exit 0."""
    head = proposed.git("rev-parse", "usulan").strip()
    reviews, members = tmp_path / "telaah.json", tmp_path / "anggota.json"
    review = {"user": {"login": "TPI-satu"}, "state": "APPROVED", "commit_id": head, "lain": 1}
    reviews.write_text(json.dumps([review | {"submitted_at": "2026-11-25T00:00:00Z"}]), encoding="utf-8")
    members.write_text(json.dumps({"org/tpi": ["ani"]}), encoding="utf-8")
    done = guard(proposed, "--reviews", reviews, "--members", members, actor="ani")
    assert (done.returncode, done.stdout) == (0, "Tidak ada temuan. 1 unit, 1 berkas diperiksa.\n")
    reviews.write_text("[", encoding="utf-8")
    done = guard(proposed, "--reviews", reviews, actor="ani")
    assert (done.returncode, done.stdout) == (2, "")
    assert "bukan JSON yang sah" in done.stderr


def test_hostile_names_reach_no_terminal_and_no_runner(repository) -> None:
    """File names and the actor with escapes, workflow commands and bidi signs are shown harmless; nothing is run."""
    repository.commit({"units/kemen/instansi.yaml": TEAMS, f"{UNIT}/unit.yaml": "nama: Satu\n"})
    repository.git("checkout", "-qb", "usulan")
    names = ["\x1b[2J\n::set-env name=A::B", "##[add-mask]\u202e", "$(printenv RAHASIA)", "--output=x"]
    repository.commit({f"{place}{name}": "x" for name in names for place in ("", f"{UNIT}/")})
    for form in ("text", "github", "json"):
        done = guard(repository, "--format", form, actor="\x1b[31m\n::error::x$(id)")
        assert done.returncode == 1
        printed = done.stdout.replace("\n", "")
        assert printed.isascii() or printed.isprintable()
        assert not {sign for sign in printed if not sign.isprintable()}
        assert "\n::set-env" not in done.stdout
        assert "##[" not in done.stdout or form == "json"
        assert "kenari" not in done.stdout + done.stderr


def test_the_program_of_a_proposal_is_not_run(repository) -> None:
    """A head that brings hooks, a configuration, a package named as ours and a .mailmap is only looked at."""
    repository.commit({"units/kemen/instansi.yaml": TEAMS, f"{UNIT}/unit.yaml": "nama: Satu\n"})
    repository.git("checkout", "-qb", "usulan")
    trap = f"open({str(repository.root / 'dibajak')!r}, 'w').write('x')\n"
    files = {
        "generator/__init__.py": trap,
        "hook.py": trap,
        "mkdocs.yml": "hooks: [hook.py]\n",
        ".mailmap": "A <b@c>\n",
    }
    repository.commit(files)
    done = guard(repository, "--format", "json")
    codes = [one["code"] for one in json.loads(done.stdout)["findings"]]
    assert codes == ["berkas-git-khusus", "perlu-pemelihara"]
    assert not (repository.root / "dibajak").exists()


def test_a_revision_that_is_none_ends_with_3(proposed) -> None:
    """As with every command that reads Git."""
    assert zi("guard", "tidak-ada", "usulan", "--actor", "a", "--root", proposed.root).returncode == 3


def test_the_committed_codeowners_is_what_the_roles_make() -> None:
    """Whoever changes a team or a role makes it anew: zi owners > .github/CODEOWNERS."""
    done = zi("owners", "--root", ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (ROOT / ".github" / "CODEOWNERS").read_text(encoding="utf-8")
    assert zi("owners", "--root", ROOT, "--check", ROOT / ".github" / "CODEOWNERS").returncode == 0


def test_codeowners_of_a_registry(repository) -> None:
    """Sorted by agency; who approves, not who fills in; without an account the maintainers; no bot, no plain name."""
    team = {"mandiri": ["@operator"], "tpi": ["Itjen", "@Zet", "@aji", "@robot[bot]"], "tpn": ["@org/tpn"]}
    repository.commit(
        {
            "units/b/instansi.yaml": {"nama": "B", "tim": team},
            "units/a/instansi.yaml": {"nama": "A"},
            POLICY: (ROOT / POLICY).read_text(encoding="utf-8").replace("@pemelihara-contoh", "@kepala"),
        }
    )
    done = zi("owners", "--root", repository.root)
    kept = "@kepala @zi-contoh/pemelihara"
    assert [line for line in done.stdout.splitlines() if line and not line.startswith("#")] == [
        f"* {kept}",
        f"/units/a/instansi.yaml {kept}",
        *(
            f"/units/a/**/{name}.yaml {kept}"
            for name in (
                "unit",
                "predikat",
                "pemantauan",
                "tanggapan",
                "kasus",
                "mandiri",
                "tpi",
                "tpn",
                "survei",
                "clearance",
            )
        ),
        f"/units/b/instansi.yaml {kept}",
        "/units/b/**/unit.yaml @aji @Zet",
        "/units/b/**/predikat.yaml @aji @org/tpn @Zet",
        "/units/b/**/pemantauan.yaml @aji @org/tpn @Zet",
        "/units/b/**/tanggapan.yaml @aji @Zet",
        "/units/b/**/kasus.yaml @aji @org/tpn @Zet",
        "/units/b/**/mandiri.yaml @aji @Zet",
        "/units/b/**/tpi.yaml @aji @org/tpn @Zet",
        "/units/b/**/tpn.yaml @org/tpn",
        "/units/b/**/survei.yaml @aji @org/tpn @Zet",
        "/units/b/**/clearance.yaml @aji @org/tpn @Zet",
    ]


def test_a_codeowners_that_is_out_of_date_ends_with_1(repository, tmp_path) -> None:
    """With the remedy; a file that cannot be read is wrong use."""
    repository.commit({"units/a/instansi.yaml": {"nama": "A"}})
    old = tmp_path / "CODEOWNERS"
    old.write_text("* @siapa\n", encoding="utf-8")
    done = zi("owners", "--root", repository.root, "--check", old)
    assert done.returncode == 1
    assert "zi owners >" in done.stdout
    assert zi("owners", "--root", repository.root, "--check", tmp_path / "tidak-ada").returncode == 2
