"""`zi review` as the workflow of a pull request runs it: on the base's checkout, with the proposal as objects only."""

import json
import os
import subprocess
import sys

import pytest

from generator.cli import review
from generator.cli.inert import ours
from generator.exchange.inert_markdown import inert_markdown
from generator.exchange.pull_request import VERDICT_LIMIT, read_verdict
from generator.program_files import SCHEMA
from generator.registry import load_catalogue

UNIT = "units/kemen/kppn-satu"
SHEET = f"{UNIT}/2025/mandiri.yaml"
TEAMS = {"nama": "Kementerian Contoh", "tim": {"mandiri": ["@operator"], "tpi": ["@tpi-satu"]}}
ANSWERS = "instrumen: permenpanrb-90-2021\ntahun: 2025\njawaban:\n"
CANARY = "kenari-8d1f"


def zi(*arguments):
    """Run the command line, with a secret in its environment that no output may show."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        env={**os.environ, "RAHASIA": CANARY, "SOURCE_DATE_EPOCH": "1764028800"},  # 2025-11-25
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert CANARY not in done.stdout + done.stderr
    return done


class Forge:
    """A registry whose work tree stays at the base; what is proposed lies on the branch "usulan"."""

    def __init__(self, repository, folder):
        self.repository = repository
        self.result = folder / "tinjauan.json"
        self.event = folder / "peristiwa.json"

    def propose(self, *steps, author="operator", onto="main"):
        """Commit each step on the proposal's branch, go back to the base, review; return what ran and what is left."""
        git = self.repository.git
        git("checkout", "-qB", "usulan", onto)
        for step in steps:
            step() if callable(step) else self.repository.commit(step)
        git("checkout", "-q", "main")
        return self.review(author)

    def review(self, author="operator", **changed):
        """Run the command for the event as it would be now."""
        base, head = (self.repository.git("rev-parse", name).strip() for name in ("main", "usulan"))
        asked = {"base": {"sha": base}, "head": {"sha": head}, "user": {"login": author}}
        self.event.write_text(json.dumps({"number": 7, "pull_request": asked | changed}), encoding="utf-8")
        done = zi(
            "review", self.event, "--head", "usulan", "--out", self.result, "--root", self.repository.root,
        )  # fmt: skip
        return done, read_verdict(self.result) if self.result.exists() else None


@pytest.fixture
def forge(repository, tmp_path):
    """A unit that has answered one question, with a fault of its own in the other one's answer."""
    repository.commit(
        {
            "units/kemen/instansi.yaml": TEAMS,
            f"{UNIT}/unit.yaml": "nama: KPPN Contoh Satu\n",
            SHEET: ANSWERS + "  A.I.1.i.a: {jawab: belum}\n  A.I.1.i.b: {jawab: Z}\n",
        }
    )
    return Forge(repository, tmp_path)


def answers(first, second="{jawab: Z}"):
    """The sheet with these two answers."""
    return {SHEET: f"{ANSWERS}  A.I.1.i.a: {first}\n  A.I.1.i.b: {second}\n"}


def test_an_honest_proposal_passes_and_the_comment_says_what_it_does(forge) -> None:
    """Faults that the base has already stop nobody; the result names number and commits of the event."""
    done, left = forge.propose(answers("{jawab: Ya}"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "Tidak ada temuan. 1 unit, 1 berkas diperiksa."
    head = forge.repository.git("rev-parse", "usulan").strip()
    base = forge.repository.git("rev-parse", "main").strip()
    assert (left.number, left.base, left.head, left.passed) == (7, base, head, True)
    assert "1 jawaban mandiri 2025" in left.comment
    assert f"Dibandingkan: `{base[:12]}` dengan `{head[:12]}`." in left.comment


def test_a_new_fault_stops_and_is_told_at_its_line(forge) -> None:
    """As an annotation for GitHub, and in the comment."""
    done, left = forge.propose(answers("{jawab: Mungkin}"))
    assert (done.returncode, left.passed) == (1, False)
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("::error")]
    assert line.startswith(f"::error file={SHEET},line=4,")
    assert "jawaban-di-luar-skala" in line
    assert "### Harus diperbaiki" in left.comment
    assert f"- `{SHEET}:4`: `" in left.comment


def test_an_old_fault_stays_an_old_one_where_lines_move(forge) -> None:
    """It is known by what it says, not by its line; one that goes is counted."""
    done, left = forge.propose({SHEET: "# catatan\n\n" + answers("{jawab: belum}")[SHEET]})
    assert (done.returncode, left.passed) == (0, True)
    done, left = forge.propose(answers("{jawab: belum}", "{jawab: A}"))
    assert done.returncode == 0
    assert left.comment.startswith("Tidak ada temuan yang harus diperbaiki; 1 temuan lama terselesaikan.\n")


def test_what_main_mended_meanwhile_is_no_fault_of_the_proposal(forge) -> None:
    """The proposal branched off before; and what main changed is not told as its change."""
    forge.propose({f"{UNIT}/unit.yaml": "nama: KPPN Contoh Satu\nlayanan: [Perbendaharaan]\n"})
    forge.repository.commit(answers("{jawab: Ya}", "{jawab: A}"))
    done, left = forge.review()
    assert (done.returncode, left.passed) == (0, True), done.stdout
    assert "A.I.1.i" not in left.comment


def test_a_unit_that_moved_takes_its_old_faults_along(forge) -> None:
    """They are no new ones for standing at another path."""
    new = "units/kemen/kppn-baru"
    moved = {f"{UNIT}/unit.yaml": None, SHEET: None, f"{new}/2025/mandiri.yaml": answers("{jawab: belum}")[SHEET]}
    moved[f"{new}/unit.yaml"] = "nama: KPPN Contoh Satu\nasal: kemen/kppn-satu\n"
    done, _ = forge.propose(moved, author="pemelihara-contoh")
    assert "jawaban-di-luar-skala" not in done.stdout
    assert done.returncode == 0, done.stdout


def test_a_unit_that_moved_twice_within_the_proposal_is_one_unit(forge) -> None:
    """The comment tells one move, and the unit's old fault is no new one.

    It may be merged once unit.yaml names the id that main knows, too: the one between never stood there.
    """
    between, new = "units/kemen/kppn-antara", "units/kemen/kppn-baru"
    sheet = answers("{jawab: belum}")[SHEET]
    name = "nama: KPPN Contoh Satu\n"
    first = {f"{UNIT}/unit.yaml": None, SHEET: None, f"{between}/2025/mandiri.yaml": sheet}
    second = {f"{between}/unit.yaml": None, f"{between}/2025/mandiri.yaml": None, f"{new}/2025/mandiri.yaml": sheet}
    for last, stopped in (("[kemen/kppn-antara]", 1), ("[kemen/kppn-antara, kemen/kppn-satu]", 0)):
        done, left = forge.propose(
            {**first, f"{between}/unit.yaml": f"{name}asal: kemen/kppn-satu\n"},
            {**second, f"{new}/unit.yaml": f"{name}asal: {last}\n"},
            author="pemelihara-contoh",
        )
        assert "memindahkan `kemen/kppn-satu` menjadi `kemen/kppn-baru`" in left.comment
        assert "jawaban-di-luar-skala" not in done.stdout
        assert done.returncode == stopped, done.stdout
        assert ("file=units/kemen/kppn-baru/unit.yaml,title=asal-terputus" in done.stdout) is bool(stopped)
        assert ("Tambahkan kemen/kppn-satu pada asal di unit.yaml" in left.comment) is bool(stopped)


def test_moves_taken_back_within_the_proposal_must_be_told_too(forge) -> None:
    """Main sees the unit leave one id and come to another: asal says so, unless the id it left names that other one."""
    away, far = "units/kemen/kppn-antara", "units/kemen/kppn-jauh"
    name = "nama: KPPN Contoh Satu\n"
    moved = {f"{UNIT}/unit.yaml": None, SHEET: None, f"{away}/unit.yaml": f"{name}asal: kemen/kppn-satu\n"}
    forge.repository.commit(moved)
    back = {f"{away}/unit.yaml": None, f"{UNIT}/unit.yaml": name}
    done, left = forge.propose(back, author="pemelihara-contoh")
    assert "memindahkan `kemen/kppn-antara` menjadi `kemen/kppn-satu`" in left.comment
    assert "asal-terputus" not in done.stdout
    forge.repository.commit({f"{away}/unit.yaml": None, f"{far}/unit.yaml": f"{name}asal: kemen/kppn-antara\n"})
    steps = {f"{far}/unit.yaml": None, f"{away}/unit.yaml": f"{name}asal: kemen/kppn-satu\n"}
    done, left = forge.propose(steps, back, author="pemelihara-contoh")
    assert "memindahkan `kemen/kppn-jauh` menjadi `kemen/kppn-satu`" in left.comment
    assert f"file={UNIT}/unit.yaml,title=asal-terputus" in done.stdout


def test_roles_and_personal_data_stop_too(forge) -> None:
    """An operator who judges himself, and a telephone number in a commit's message; masked wherever it is told."""
    sheet = {f"{UNIT}/2025/tpi.yaml": ANSWERS + "  A.I.1.i.a: {jawab: Ya}\n"}
    done, left = forge.propose(lambda: forge.repository.commit(sheet, "Hubungi 0812-3456-7890 untuk bukti"))
    assert (done.returncode, left.passed) == (1, False)
    assert "title=bukan-perannya" in done.stdout
    assert "title=data-pribadi" in done.stdout
    for text in (done.stdout, left.comment):
        assert "3456" not in text.replace(" ", "").replace("-", "")
    assert "Pengusul ＠operator mengubah" in left.comment


def test_data_that_comes_and_goes_within_the_proposal_stays_in_the_history(forge) -> None:
    """Every commit counts, not only the last."""
    done, _ = forge.propose(answers("{jawab: Ya, penjelasan: 'NIK 3201014507900001'}"), answers("{jawab: Ya}"))
    assert done.returncode == 1
    assert "title=data-pribadi" in done.stdout
    assert "3201014507900001" not in done.stdout


def test_a_number_in_a_file_s_name_is_not_repeated(forge) -> None:
    """Whoever finds something wrong with the file: check, roles or the privacy guard."""
    done, left = forge.propose({f"{UNIT}/3201014507900001.yaml": "a: 1\n", "NIK-3201014507900001.txt": "x\n"})
    assert done.returncode == 1
    assert "title=program-dan-data" in done.stdout
    assert "3201014507900001" not in done.stdout + left.comment


def hostile_tree(forge):
    """Commit what Git can hold and the registry must not: links, a submodule, a nested repository, special names."""
    root = forge.repository.root
    (root / UNIT / "tautan.yaml").symlink_to("/etc/passwd")
    nested = root / UNIT / "bare"
    for name, content in {"HEAD": "ref: refs/heads/x\n", "config": "[core]\n\tfsmonitor = touch dibajak\n"}.items():
        nested.mkdir(exist_ok=True)
        (nested / name).write_text(content, encoding="utf-8")
    (nested / "objects").mkdir()
    (nested / "refs").mkdir()
    (root / ".gitattributes").write_text("*.yaml -diff\n", encoding="utf-8")
    (root / ".mailmap").write_text("Kepala <a@b.example>\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text("hooks: [hook.py]\n", encoding="utf-8")
    (root / "hook.py").write_text("open('dibajak', 'w')\n", encoding="utf-8")
    (root / UNIT / "x\n::error::palsu\u202e.yaml").write_text("a: 1\n", encoding="utf-8")
    forge.repository.git("add", "-A")
    forge.repository.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},{UNIT}/submodul")
    forge.repository.git("commit", "-qm", "Serangan ::add-mask::x")


def test_a_hostile_tree_is_told_and_nothing_of_it_runs(forge) -> None:
    """Each fault once, by path; the runner reads no command out of a name, and no file appears."""
    done, left = forge.propose(lambda: hostile_tree(forge))
    assert (done.returncode, done.stderr, left.passed) == (1, "", False)
    told = [line for line in done.stdout.splitlines() if line.startswith("::")]
    assert all(line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in told)
    for name in ("tautan.yaml", "submodul", "bare", "palsu\\u202e.yaml", ".gitattributes"):
        assert len([line for line in told if f"{name},title=" in line]) == 1, name
    assert {"program-dan-data", "perlu-pemelihara"} <= {line.split("title=")[1].split(":")[0] for line in told}
    assert not list(forge.repository.root.rglob("dibajak"))
    assert inert_markdown(left.comment) == left.comment


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("x: " + "a" * 10_000_000 + "\n", "ukuran"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "yaml-"),
        ("{" * 5_000, "yaml-"),
        ("nama: !!python/object/apply:os.system [id]\n", "yaml-"),
    ],
    ids=["10 MB", "bomb", "deep", "tag"],
)
def test_a_hostile_file_is_a_finding(forge, content, code) -> None:
    """Told and passed over; the review ends as any other."""
    done, left = forge.propose({SHEET: content})
    assert (done.returncode, done.stderr, left.passed) == (1, "", False)
    assert f"::error file={SHEET}" in done.stdout
    assert code in done.stdout


def test_hostile_text_in_every_field_is_inert(forge) -> None:
    """Markup, mentions, links in names, answers, evidence, messages; `zi comment` leaves the comment as it is."""
    evil = "</summary><img src=x onerror=alert(1)> @admin #1 [k](https://x.example) `` | ![x](y) <!-- z -->"
    evidence = f"bukti: [{{judul: {json.dumps(evil)}, tautan: 'https://contoh.go.id/a', tanggal: 2025-01-10}}]"
    step = answers(f"{{jawab: Ya, penjelasan: {json.dumps(evil)}, {evidence}}}", f"{{jawab: {json.dumps(evil)}}}")
    step[f"{UNIT}/unit.yaml"] = f"nama: {json.dumps(evil)}\n"
    _, left = forge.propose(lambda: forge.repository.commit(step, evil))
    assert inert_markdown(left.comment) == left.comment
    for sign in ("<img", "@admin", "<!--", "</summary><"):
        assert sign not in left.comment


def test_our_own_words_are_left_as_they_are() -> None:
    """Every question and criterion of every instrument reaches the comment unchanged."""
    catalogue = load_catalogue()
    for name in catalogue.instrument_ids:
        for question in catalogue.instrument(name).questions.values():
            for text in (question.text, *question.criteria.values()):
                line = f"- **{question.code}** {ours(text)}"
                assert inert_markdown(line) == line


def test_a_comment_without_end_is_cut_to_what_may_be_left(forge) -> None:
    """Hundreds of faults, of signs with three bytes each: the file stays within its limit, all is in the log."""
    files = {f"units/kemen/unit-{n}/unit.yaml": f"nama: {'→' * 200}\nsalah_{n}: {'→' * 300}\n" for n in range(150)}
    done, left = forge.propose(files)
    assert done.returncode == 1
    assert forge.result.stat().st_size <= VERDICT_LIMIT
    assert left.comment.count("\n- ") >= 20
    assert done.stdout.count("::error") >= 150


def test_a_revision_other_than_the_event_s_is_not_reviewed(forge) -> None:
    """The proposal has gone on meanwhile: exit 3, and the file says so."""
    forge.propose(answers("{jawab: Ya}"))
    done, left = forge.review(head={"sha": "1" * 40})
    assert (done.returncode, done.stdout) == (3, "")
    assert "bukan commit terakhir usulan" in done.stderr
    assert (left.head, left.passed) == ("1" * 40, False)
    assert left.comment.startswith("Usulan ini tidak dapat diperiksa:\n\n- `Revisi ")


def test_a_history_without_a_common_start_is_not_reviewed(forge) -> None:
    """Unrelated histories: exit 3, and the file says so."""
    git = forge.repository.git
    git("checkout", "-q", "--orphan", "usulan")
    git("commit", "-qm", "Lain")
    git("checkout", "-q", "main")
    done, left = forge.review()
    assert (done.returncode, left.passed) == (3, False)
    assert "tidak punya leluhur bersama" in left.comment


def test_a_job_that_is_stopped_has_left_a_result(forge, monkeypatch) -> None:
    """Before anything is looked at the file says that it was begun: no time limit, no lack of memory hides that."""

    def stop(*_):
        raise MemoryError

    forge.propose(answers("{jawab: Ya}"))
    forge.result.unlink()
    monkeypatch.setattr(review, "_review", stop)
    arguments = {"event": forge.event, "head": "usulan", "out": forge.result, "root": forge.repository.root}
    with pytest.raises(MemoryError):
        review.command.callback(**arguments)
    left = read_verdict(forge.result)
    assert not left.passed
    assert left.comment.startswith("Pemeriksaan dimulai tetapi tidak selesai")


def test_what_is_no_event_leaves_nothing(forge, tmp_path) -> None:
    """Wrong use, exit 2: there is no number to answer for."""
    wrong = tmp_path / "lain.json"
    wrong.write_text("{}", encoding="utf-8")
    done = zi("review", wrong, "--head", "main", "--out", forge.result, "--root", forge.repository.root)
    assert (done.returncode, forge.result.exists()) == (2, False)


CYCLE = (SCHEMA / "aturan" / "pemantauan.yaml").read_text(encoding="utf-8")
SOONER = CYCLE.replace("selang_bulan:\n  nilai: 24", "selang_bulan:\n  nilai: 12")
AWARD = {f"{UNIT}/predikat.yaml": "peristiwa:\n- {jenis: ditetapkan, predikat: WBK, tanggal: 2024-12-10}\n"}


def test_what_changed_rules_would_do_is_told(forge) -> None:
    """WBK since 10 December 2024: due a year earlier if the proposal's rules held; they are looked at, not used."""
    forge.repository.commit(AWARD)
    _, left = forge.propose({"schema/aturan/pemantauan.yaml": SOONER}, author="pemelihara-contoh")
    assert "### Andai aturannya berubah" in left.comment
    assert "1 dari 1 unit akan berubah: 1 jatuh tempo" in left.comment
    assert "| `jatuh tempo` | `10 Desember 2026` | `10 Desember 2025` |" in left.comment
    assert inert_markdown(left.comment) == left.comment


def test_no_word_of_rules_where_none_changed(forge) -> None:
    """Nor where only another file of schema/ did."""
    _, left = forge.propose({"schema/lain.yaml": "a: 1\n", **answers("{jawab: Ya}")})
    assert "Andai aturannya" not in left.comment


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (CYCLE.replace("nilai: 24", "nilai: dua"), "harus bilangan bulat"),
        ("selang_bulan: !!python/object/apply:os.system [touch dibajak]\n", "tag YAML"),
        ("x: &a [*a]\n", "YAML"),
        ("a: " + "b" * 300_000 + "\n", "terlalu besar"),
        ("</details><img src=x> @admin: 1\n", "tidak dikenal"),
    ],
    ids=["wrong", "tag", "alias", "large", "markup"],
)
def test_a_hostile_rule_file_is_told_as_text(forge, content, told) -> None:
    """Read as strict data within its limits, and never run: its faults stand in the comment, nothing else happens."""
    done, left = forge.propose({"schema/aturan/pemantauan.yaml": content}, author="pemelihara-contoh")
    assert done.stderr == ""
    assert told in left.comment
    assert inert_markdown(left.comment) == left.comment
    assert "<img" not in left.comment
    assert "@admin" not in left.comment
    assert not list(forge.repository.root.rglob("dibajak"))


def test_a_rule_file_that_is_a_link_is_not_followed(forge) -> None:
    """Only a regular file is read."""

    def step():
        folder = forge.repository.root / "schema" / "aturan"
        folder.mkdir(parents=True)
        (folder / "pemantauan.yaml").symlink_to("/etc/passwd")
        forge.repository.git("add", "-A")
        forge.repository.git("commit", "-qm", "Tautan")

    _, left = forge.propose(step, author="pemelihara-contoh")
    assert "`schema/aturan/pemantauan.yaml` dihapus, terlalu besar, atau bukan berkas biasa" in left.comment
    assert "root:" not in left.comment


def test_an_instrument_is_named_by_its_id(forge) -> None:
    """Another name would be another instrument once it is merged."""
    text = (SCHEMA / "instrumen" / "permenpanrb-90-2021.yaml").read_text(encoding="utf-8")
    _, left = forge.propose({"schema/instrumen/lain.yaml": text}, author="pemelihara-contoh")
    assert (
        "`schema/instrumen/lain.yaml` memuat aturan untuk `schema/instrumen/permenpanrb-90-2021.yaml`" in left.comment
    )
