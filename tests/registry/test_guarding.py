"""Proposals judged by the roles of the commit they are for: scenes in real Git repositories."""

import pytest

from generator.model.failure import Failure, RepositoryUnusable
from generator.model.review import Review, ReviewState
from generator.program_files import SCHEMA
from generator.registry.guarding import guard

POLICY = "schema/aturan/peran.yaml"
AGENCY = "units/kemen/instansi.yaml"
UNIT = "units/kemen/kppn-satu"
OTHER = "units/kemen/kppn-dua"
ROLES = (SCHEMA / "aturan" / "peran.yaml").read_text(encoding="utf-8").replace("@pemelihara-contoh", "@Kepala")
TEAMS = {
    "nama": "Kementerian Contoh",
    "tim": {
        "mandiri": ["Tim Kerja ZI", "@umum"],
        "tpi": ["Inspektorat", "@tpi-satu", "@TPI-Dua", "@org/tpi"],
        "tpn": ["@tpn-satu", "@tpn-dua"],
    },
    "tim_unit": {"kppn-satu": ["@operator"]},
}
ANSWER = "instrumen: permenpanrb-90-2021\ntahun: 2025\njawaban:\n  A.I.1.i.a: {jawab: %s}\n"
SURVEYS = """\
survei:
  - {id: a, jenis: IPAK, penyelenggara: unit, responden: 10, indeks: "3.5"}
  - {id: b, jenis: IPAK, penyelenggara: TPI, responden: 10, indeks: "3.5"}
"""
MONITORING = "pemantauan: []\npernyataan: []\n"
STATEMENT = "pernyataan:\n  - {triwulan: 2025-Q1, program: Loket, masih_berjalan: ya}\n"
REPORT = "pemantauan:\n  - {tanggal: 2025-09-18, pelaksana: TPI, hasil: dipertahankan}\n"


@pytest.fixture
def registry(repository):
    """A registry on main with two units; a proposal is what is committed on the branch "usulan"."""
    repository.commit(
        {
            POLICY: ROLES,
            "mkdocs.yml": "site_name: x\n",
            AGENCY: TEAMS,
            f"{UNIT}/unit.yaml": "nama: KPPN Satu\n",
            f"{UNIT}/2025/mandiri.yaml": ANSWER % "belum",
            f"{UNIT}/2025/survei.yaml": SURVEYS,
            f"{UNIT}/pemantauan.yaml": MONITORING,
            f"{UNIT}/predikat.yaml": "peristiwa: []\n",
            f"{OTHER}/unit.yaml": "nama: KPPN Dua\n",
            "units/lain/instansi.yaml": {"nama": "Lain", "tim": {"tpi": ["@tpi-lain"]}},
            "units/lain/satu/unit.yaml": "nama: Satu\n",
        }
    )
    repository.git("checkout", "-qb", "usulan")
    return repository


def review(account, commit, state=ReviewState.APPROVED):
    """Return a review as it is read from the forge's list."""
    return Review(account=account, state=state, commit=commit)


def found(registry, actor, *approvers, reviews=None, members=None):
    """Return code and path of each finding; `approvers` approve the last commit, without any no review is judged."""
    head = registry.git("rev-parse", "usulan").strip()
    if approvers:
        reviews = tuple(review(account, head) for account in approvers)
    guarded = guard(registry.root, "main", "usulan", actor=actor, reviews=reviews, members=members)
    return [(finding.code, finding.path) for finding in guarded.findings]


def only(code, path):
    """Return what one fault looks like."""
    return [(code, path)]


@pytest.mark.parametrize("actor", ["operator", "@operator", "OPERATOR"])
def test_an_honest_submission_has_no_finding(registry, actor) -> None:
    """The unit's operator answers, TPI approves the last commit; letter case and "@" of an account do not matter."""
    registry.commit({f"{UNIT}/2025/mandiri.yaml": ANSWER % "Ya"})
    assert found(registry, actor) == []
    assert found(registry, actor, "tpi-satu") == []


def test_a_new_year_as_zi_new_makes_it_is_the_operator_s(registry) -> None:
    """Files that say nothing yet come with the year, also those whose content will be others'."""
    registry.commit(
        {
            f"{UNIT}/2026/mandiri.yaml": ANSWER % "Ya",
            f"{UNIT}/2026/survei.yaml": "# belum ada\nsurvei: []\n",
            f"{UNIT}/2026/clearance.yaml": "KPK: {status: belum}\nOmbudsman: {status: belum}\n",
        }
    )
    assert found(registry, "operator", "tpi-satu") == []


def test_a_clearance_that_says_something_is_not_the_operator_s(registry) -> None:
    """Two needs no one role meets (mixed), and one that is not the author's: two rules, two findings."""
    clearance = f"{UNIT}/2026/clearance.yaml"
    registry.commit({f"{UNIT}/2026/mandiri.yaml": ANSWER % "Ya", clearance: "KPK: {status: bersih}\n"})
    assert found(registry, "operator") == [("bukan-perannya", clearance), ("peran-bercampur", clearance)]


def test_mixing_roles_is_a_fault_even_of_who_holds_both(registry) -> None:
    """One proposal, one role."""
    both = {"nama": "K", "tim": {"mandiri": ["@dua"], "tpi": ["@dua", "@tpi-satu"]}}
    registry.git("checkout", "-q", "main")
    registry.commit({AGENCY: both})
    registry.git("checkout", "-q", "usulan")
    registry.commit({f"{UNIT}/2025/mandiri.yaml": ANSWER % "Ya", f"{UNIT}/2025/tpi.yaml": ANSWER % "Ya"})
    assert found(registry, "dua") == only("peran-bercampur", f"{UNIT}/2025/mandiri.yaml")


def test_a_unit_with_its_own_team_is_not_filled_in_by_the_agency_s(registry) -> None:
    """`tim_unit` narrows; a unit it does not name is filled in by tim.mandiri, and by no other unit's team."""
    registry.commit({f"{UNIT}/2025/mandiri.yaml": ANSWER % "Ya"})
    assert found(registry, "umum") == only("bukan-perannya", f"{UNIT}/2025/mandiri.yaml")
    registry.commit({f"{UNIT}/2025/mandiri.yaml": ANSWER % "belum", f"{OTHER}/2025/mandiri.yaml": ANSWER % "Ya"})
    assert found(registry, "umum") == []
    assert found(registry, "operator") == only("bukan-perannya", f"{OTHER}/2025/mandiri.yaml")


@pytest.mark.parametrize("actor", ["orang-lain", "tpi-lain", "@org/tpi", "", "a b\x1b[31m", "x" * 5000, "operator\n"])
def test_who_is_in_no_team_is_not_known(registry, actor) -> None:
    """One finding, however many files; a team's name and hostile text are nobody's account."""
    registry.commit({f"{UNIT}/2025/mandiri.yaml": ANSWER % "Ya", f"{UNIT}/unit.yaml": "nama: X\n"})
    assert found(registry, actor) == only("aktor-tidak-dikenal", f"{UNIT}/2025/mandiri.yaml")


def test_members_of_a_team_are_known_where_they_are_given(registry) -> None:
    """A team is whoever the forge says is in it; without that list it is nobody."""
    registry.commit({f"{UNIT}/2025/tpi.yaml": ANSWER % "Ya"})
    assert found(registry, "ani") == only("aktor-tidak-dikenal", f"{UNIT}/2025/tpi.yaml")
    assert found(registry, "Ani", members={"@org/tpi": frozenset({"ani"})}) == []


@pytest.mark.parametrize(
    ("actor", "text", "expected"),
    [
        ("operator", MONITORING.replace("pernyataan: []\n", STATEMENT), None),
        ("tpi-satu", MONITORING.replace("pernyataan: []\n", STATEMENT), "bukan-perannya"),
        ("tpi-satu", MONITORING.replace("pemantauan: []\n", REPORT), None),
        ("operator", MONITORING.replace("pemantauan: []\n", REPORT), "bukan-perannya"),
        ("operator", "# tata letak\npernyataan: []\npemantauan: []\n", None),
        ("tpn-satu", "# tata letak\npernyataan: []\npemantauan: []\n", "perlu-pemelihara"),
        # what cannot be read, or is no part, is the maintainers' to mend
        ("operator", "pemantauan: [\n", "perlu-pemelihara"),
        ("operator", MONITORING + "lain: 1\n", "perlu-pemelihara"),
    ],
)
def test_the_parts_of_pemantauan_have_their_own_roles(registry, actor, text, expected) -> None:
    """Statements are the unit's, reports TPI's; comments and order are whose part is in the file."""
    registry.commit({f"{UNIT}/pemantauan.yaml": text})
    assert [code for code, _ in found(registry, actor)] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("actor", "old", "new", "expected"),
    [
        ("operator", 'unit, responden: 10, indeks: "3.5"', 'unit, responden: 99, indeks: "3.9"', []),
        ("operator", "TPI, responden: 10", "TPI, responden: 99", ["bukan-perannya"]),
        ("tpi-satu", "TPI, responden: 10", "TPI, responden: 99", []),
        # an entry that changes hands is one of the unit's that goes and one of TPI's that comes
        ("operator", "penyelenggara: unit", "penyelenggara: TPI", ["bukan-perannya", "peran-bercampur"]),
        ("operator", "penyelenggara: unit", "penyelenggara: siapa", ["peran-bercampur", "perlu-pemelihara"]),
        ("operator", 'indeks: "3.5"}\n  - {id: b', 'indeks: "3.6"}\n  - {id: b', []),
    ],
)
def test_the_entries_of_survei_belong_to_who_asked(registry, actor, old, new, expected) -> None:
    """`penyelenggara` decides, before and after."""
    assert old in SURVEYS
    registry.commit({f"{UNIT}/2025/survei.yaml": SURVEYS.replace(old, new)})
    assert [code for code, _ in found(registry, actor)] == expected


def test_a_new_unit_is_its_agency_s_to_begin(registry) -> None:
    """Its mandiri or TPI, nobody of another agency; later its files are as any unit's."""
    files = {"unit.yaml": "nama: Baru\n", "predikat.yaml": "peristiwa: []\n", "pemantauan.yaml": MONITORING}
    registry.commit({f"units/kemen/baru/{name}": text for name, text in files.items()})
    assert found(registry, "umum", "tpi-satu") == []
    assert found(registry, "tpi-satu", "tpi-dua") == []
    foreign = [path for code, path in found(registry, "tpn-satu") if code == "bukan-perannya"]
    assert foreign == ["units/kemen/baru/pemantauan.yaml", "units/kemen/baru/unit.yaml"]  # TPN has a part in predikat
    assert [code for code, _ in found(registry, "tpi-lain")] == ["aktor-tidak-dikenal"]


def test_a_new_agency_is_the_maintainers_to_begin(registry) -> None:
    """Anybody may ask for it; a maintainer agrees. Answers come later, when its teams are in force."""
    baru = {"units/baru/instansi.yaml": {**TEAMS, "nama": "Baru"}, "units/baru/satu/unit.yaml": "nama: Satu\n"}
    registry.commit(baru)
    assert found(registry, "kepala") == []
    assert found(registry, "siapa-saja") == only("perlu-pemelihara", "units/baru/instansi.yaml")
    assert found(registry, "siapa-saja", "kepala") == []
    registry.commit({"units/baru/satu/2025/mandiri.yaml": ANSWER % "Ya"})
    codes = [code for code, _ in found(registry, "operator", "kepala")]
    assert codes == ["peran-bercampur", "aktor-tidak-dikenal"]


def test_the_teams_in_force_are_the_base_s(registry) -> None:
    """Who writes himself into a team, or new roles into the policy, gains nothing by it."""
    mine = {**TEAMS, "tim": {**TEAMS["tim"], "tpi": ["@operator"]}}
    policy = ROLES.replace("mandiri.yaml:\n    oleh: [mandiri]", "mandiri.yaml:\n    oleh: [mandiri, tpi]")
    registry.commit({AGENCY: mine, POLICY: policy, f"{UNIT}/2025/tpi.yaml": ANSWER % "Ya"})
    assert found(registry, "operator") == [
        ("perlu-pemelihara", POLICY),
        ("program-dan-data", POLICY),
        ("peran-bercampur", AGENCY),
        ("bukan-perannya", f"{UNIT}/2025/tpi.yaml"),
    ]


@pytest.mark.parametrize(
    "path",
    [
        "mkdocs.yml",
        "schema/tpi.schema.json",
        "schema/aturan/pemantauan.yaml",
        ".github/workflows/check.yml",
        ".github/CODEOWNERS",
        "unitsx/a",
        AGENCY,
    ],
)
def test_what_is_the_maintainers_takes_a_maintainer(registry, path) -> None:
    """Author or not, a maintainer other than the author approves; without reviews a maintainer may propose it."""
    registry.commit({path: "hooks: [jahat.py]\n"})
    assert found(registry, "operator") == only("perlu-pemelihara", path)
    assert found(registry, "kepala") == []
    assert found(registry, "operator", "tpi-satu", "tpn-satu") == only("perlu-pemelihara", path)
    assert found(registry, "operator", "kepala") == []
    wakil = {"@zi-contoh/pemelihara": frozenset({"wakil"})}
    head = registry.git("rev-parse", "usulan").strip()
    assert found(registry, "kepala", reviews=()) == only("perlu-pemelihara", path)
    assert found(registry, "kepala", reviews=(review("wakil", head),), members=wakil) == []


def test_program_and_data_do_not_change_together(registry) -> None:
    """Not even by a maintainer, and a maintainer writes no answers either."""
    registry.commit({"mkdocs.yml": "site_name: y\n", f"{UNIT}/2025/mandiri.yaml": ANSWER % "Ya"})
    assert found(registry, "kepala") == [
        ("program-dan-data", "mkdocs.yml"),
        ("bukan-perannya", f"{UNIT}/2025/mandiri.yaml"),
    ]
    assert found(registry, "operator", "kepala", "tpi-satu") == only("program-dan-data", "mkdocs.yml")


@pytest.mark.parametrize(
    ("approvers", "expected"),
    [
        (["tpi-satu"], []),
        (["TPI-Dua".lower(), "orang-lain"], []),
        (["orang-lain"], ["persetujuan-kurang"]),
        (["tpn-satu"], ["persetujuan-kurang"]),
        (["tpi-lain"], ["persetujuan-kurang"]),
        (["operator"], ["disetujui-sendiri", "persetujuan-kurang"]),
        (["operator", "tpi-satu"], ["disetujui-sendiri"]),
        (["umum"], ["disetujui-unit-sendiri", "persetujuan-kurang"]),
        (["umum", "tpi-satu"], ["disetujui-unit-sendiri"]),
    ],
)
def test_a_unit_s_change_is_approved_by_its_agency_s_tpi(registry, approvers, expected) -> None:
    """Its own people and the author do not count, and their approval is a fault of its own."""
    registry.commit({f"{UNIT}/2025/mandiri.yaml": ANSWER % "Ya"})
    assert sorted(code for code, _ in found(registry, "operator", *approvers)) == expected


@pytest.mark.parametrize(
    ("approvers", "expected"),
    [
        (["tpi-satu"], ["disetujui-sendiri", "persetujuan-kurang"]),
        (["tpi-satu", "tpi-dua"], ["disetujui-sendiri"]),
        (["tpi-dua"], []),
    ],
)
def test_who_sent_a_form_does_not_approve_it(registry, approvers, expected) -> None:
    """The author of what a form became is a workflow; the commit says for whom, whatever the letter case."""
    registry.commit({f"{UNIT}/2025/mandiri.yaml": ANSWER % "Ya"}, "Jawaban dari #12\n\nDiusulkan-oleh: @TPI-Satu")
    assert sorted(code for code, _ in found(registry, "operator", *approvers)) == expected


def test_a_line_in_a_commit_gives_no_right(registry) -> None:
    """Anybody can write it: naming the operator makes a stranger no operator."""
    registry.commit({f"{UNIT}/2025/mandiri.yaml": ANSWER % "Ya"}, "Isi\n\nDiusulkan-oleh: @operator")
    assert [code for code, _ in found(registry, "siapa-saja")] == ["aktor-tidak-dikenal"]


def test_without_any_review_the_approval_is_missing(registry) -> None:
    """An empty list of reviews is judged; no list is not."""
    registry.commit({f"{UNIT}/2025/mandiri.yaml": ANSWER % "Ya"})
    assert found(registry, "operator", reviews=()) == only("persetujuan-kurang", f"{UNIT}/2025/mandiri.yaml")


@pytest.mark.parametrize(
    ("author", "approver", "name", "expected"),
    [
        ("tpi-satu", "tpi-dua", "tpi", []),
        ("tpi-satu", "tpn-satu", "tpi", []),
        ("tpi-satu", "umum", "tpi", ["disetujui-unit-sendiri", "persetujuan-kurang"]),
        ("tpn-satu", "tpn-dua", "tpn", []),
        ("tpn-satu", "tpi-satu", "tpn", ["persetujuan-kurang"]),
    ],
)
def test_assessments_are_approved_by_another_assessor(registry, author, approver, name, expected) -> None:
    """TPI's by another of TPI or by TPN, TPN's by another of TPN."""
    registry.commit({f"{UNIT}/2025/{name}.yaml": ANSWER % "Ya"})
    assert sorted(code for code, _ in found(registry, author, approver)) == expected


def test_who_fills_in_and_assesses_does_not_approve_what_was_filled_in(registry) -> None:
    """Somebody in tim_unit and in TPI is of the unit itself."""
    registry.git("checkout", "-q", "main")
    registry.commit({AGENCY: {**TEAMS, "tim_unit": {"kppn-satu": ["@operator", "@tpi-satu"]}}})
    registry.git("checkout", "-q", "usulan")
    registry.commit({f"{UNIT}/2025/mandiri.yaml": ANSWER % "Ya"})
    codes = sorted(code for code, _ in found(registry, "operator", "tpi-satu"))
    assert codes == ["disetujui-unit-sendiri", "persetujuan-kurang"]


def test_an_approval_of_an_earlier_commit_is_stale(registry) -> None:
    """What was pushed after the approval has been seen by nobody; the finding says whose approval it was."""
    first = registry.commit({f"{UNIT}/2025/mandiri.yaml": ANSWER % "Tidak"})
    last = registry.commit({f"{UNIT}/2025/mandiri.yaml": ANSWER % "Ya"})
    path = f"{UNIT}/2025/mandiri.yaml"
    stale = review("tpi-satu", first)
    assert found(registry, "operator", reviews=(stale,)) == only("persetujuan-basi", path)
    assert found(registry, "operator", reviews=(stale, review("tpi-dua", last))) == []
    assert found(registry, "operator", reviews=(stale, review("tpi-satu", last))) == []
    assert found(registry, "operator", reviews=(review("tpi-satu", ""),)) == only("persetujuan-basi", path)


@pytest.mark.parametrize(
    ("then", "counts"),
    [
        (ReviewState.COMMENTED, True),
        (ReviewState.PENDING, True),
        (ReviewState.CHANGES_REQUESTED, False),
        (ReviewState.DISMISSED, False),
    ],
)
def test_a_reviewer_s_last_decision_counts(registry, then, counts) -> None:
    """A comment decides nothing; who asks for changes, or is set aside, no longer approves."""
    head = registry.commit({f"{UNIT}/2025/mandiri.yaml": ANSWER % "Ya"})
    reviews = (review("tpi-satu", head), review("tpi-satu", head, then))
    codes = [code for code, _ in found(registry, "operator", reviews=reviews)]
    assert codes == ([] if counts else ["persetujuan-kurang"])


@pytest.mark.parametrize("folder", ["", "docs/", "units/", f"{UNIT}/", f"{UNIT}/2025/"])
@pytest.mark.parametrize(
    "name", [".gitattributes", ".mailmap", ".gitmodules", ".GitAttributes", ".git\u200dattributes"]
)
def test_files_that_steer_git_are_nobody_s(registry, folder, name) -> None:
    """One finding, whoever brings them and wherever; invisible characters and letter case hide nothing."""
    registry.commit({f"{folder}{name}": "* -diff\n"})
    assert [code for code, _ in found(registry, "kepala")] == ["berkas-git-khusus"]


def test_links_and_submodules_and_executables_are_refused(registry) -> None:
    """In units/ only regular files that do not run; outside no links and submodules, programs may run."""
    (registry.root / "docs-tautan").symlink_to("/etc/passwd")
    (registry.root / UNIT / "2025" / "tpi.yaml").symlink_to("../unit.yaml")
    (registry.root / UNIT / "unit.yaml").chmod(0o755)
    (registry.root / "jalan").write_bytes(b"#!/bin/sh\n")
    (registry.root / "jalan").chmod(0o755)
    registry.save()
    registry.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},{OTHER}/modul")
    registry.git("commit", "-qm", "Modul")
    wrong = [path for code, path in found(registry, "kepala") if code == "mode-berkas"]
    assert wrong == ["docs-tautan", f"{OTHER}/modul", f"{UNIT}/2025/tpi.yaml", f"{UNIT}/unit.yaml"]


def test_an_embedded_repository_is_only_files_nobody_knows(registry) -> None:
    """HEAD, objects, refs and config inside units/ are named and not used."""
    inside = {
        "HEAD": "ref: refs/heads/main\n",
        "config": "[core]\n\tfsmonitor = touch dibajak\n",
        "refs/x": "",
        "objects/x": "",
    }
    registry.commit({f"{OTHER}/{name}": text for name, text in inside.items()})
    assert found(registry, "umum") == [
        ("berkas-tidak-dikenal", f"{OTHER}/HEAD"),
        ("berkas-tidak-dikenal", f"{OTHER}/config"),
        ("folder-bukan-id", f"{OTHER}/objects"),
        ("folder-bukan-id", f"{OTHER}/refs"),
    ]
    assert not (registry.root / "dibajak").exists()


def test_a_stray_file_is_taken_out_by_the_maintainers(registry) -> None:
    """What should never have come in is nobody's part."""
    registry.git("checkout", "-q", "main")
    registry.commit({f"{UNIT}/catatan.txt": "x\n"})
    registry.git("checkout", "-q", "usulan")
    registry.git("merge", "-q", "main")
    registry.commit({f"{UNIT}/catatan.txt": None})
    assert found(registry, "operator") == only("perlu-pemelihara", f"{UNIT}/catatan.txt")
    assert found(registry, "kepala") == []


def test_a_rename_is_a_removal_and_an_addition(registry) -> None:
    """Moving a judgement to another unit takes rights in both."""
    registry.git("mv", f"{UNIT}/2025/mandiri.yaml", f"{UNIT}/2025/tpi.yaml")
    registry.save()
    assert found(registry, "operator") == [
        ("peran-bercampur", f"{UNIT}/2025/mandiri.yaml"),
        ("bukan-perannya", f"{UNIT}/2025/tpi.yaml"),
    ]


def test_a_unit_moves_whole_with_the_maintainers(registry) -> None:
    """The new id names the old one, each file comes as it went: a maintainer agrees, whoever proposes it."""
    new = "units/kemen/kppn-pindah"
    registry.git("mv", UNIT, new)
    registry.commit({f"{new}/unit.yaml": "nama: KPPN Satu\nasal: kemen/kppn-satu\n"})
    assert found(registry, "kepala") == []
    assert found(registry, "operator", "kepala") == []
    assert {code for code, _ in found(registry, "operator")} == {"perlu-pemelihara"}
    # what is touched on the way is its role's, so this is no mere move
    registry.commit({f"{new}/2025/mandiri.yaml": ANSWER % "Ya"})
    codes = {code for code, _ in found(registry, "kepala")}
    assert codes == {"peran-bercampur", "bukan-perannya"}


def test_nobody_takes_another_unit_s_past(registry) -> None:
    """`asal` is the maintainers' word; a copy of a unit that stays is no move."""
    registry.commit({f"{UNIT}/unit.yaml": "nama: KPPN Satu\nasal: kemen/yang-sudah-tiada\n"})
    assert found(registry, "operator", "tpi-satu") == only("perlu-pemelihara", f"{UNIT}/unit.yaml")
    registry.git("checkout", "-q", "main")
    registry.git("checkout", "-qB", "usulan")
    copy = {"unit.yaml": "nama: X\nasal: kemen/kppn-satu\n", "2025/tpi.yaml": ANSWER % "Ya"}
    registry.commit({f"units/kemen/salinan/{name}": text for name, text in copy.items()})
    codes = [code for code, _ in found(registry, "umum")]
    assert codes == ["bukan-perannya", "peran-bercampur", "perlu-pemelihara"]


def test_what_main_did_meanwhile_is_not_the_proposal_s(registry) -> None:
    """The difference is from where the branch left; the rules are those of main now."""
    registry.commit({f"{UNIT}/2025/mandiri.yaml": ANSWER % "Ya"})
    registry.git("checkout", "-q", "main")
    registry.commit({f"{UNIT}/2025/tpi.yaml": ANSWER % "Ya", "mkdocs.yml": "site_name: z\n"})
    assert found(registry, "operator") == []
    registry.commit({AGENCY: {**TEAMS, "tim_unit": {"kppn-satu": ["@pengganti"]}}})
    assert [code for code, _ in found(registry, "operator")] == ["aktor-tidak-dikenal"]


def test_a_file_of_ten_megabytes_is_not_read(registry) -> None:
    """It counts as unreadable, as one full of aliases does."""
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\npemantauan: [*b, *b]\n"
    for text in (bomb, "pemantauan:\n" + "  - {tanggal: 2025-01-01}\n" * 400_000):
        registry.commit({f"{UNIT}/pemantauan.yaml": text})
        assert found(registry, "tpi-satu") == only("perlu-pemelihara", f"{UNIT}/pemantauan.yaml")


def test_a_registry_without_a_policy_takes_the_program_s(registry) -> None:
    """A folder of data only is judged by the roles the program brings; a head's policy still counts for nothing."""
    registry.git("checkout", "-q", "main")
    registry.commit({POLICY: None})
    registry.git("checkout", "-qB", "usulan")
    registry.commit({POLICY: ROLES})
    assert found(registry, "kepala") == only("perlu-pemelihara", POLICY)
    assert found(registry, "pemelihara-contoh") == []


def test_a_policy_that_is_not_understood_allows_nothing(registry) -> None:
    """The command fails and says where; it does not fall back to anything."""
    registry.git("checkout", "-q", "main")
    registry.commit({POLICY: ROLES.replace("oleh: [tpn]", "oleh: [tpx]")})
    with pytest.raises(Failure, match=r"peran\.yaml:[0-9]+: Peran \"tpx\" tidak dapat dipakai"):
        found(registry, "operator")


def test_a_proposed_policy_is_no_rule_and_must_be_understood(registry) -> None:
    """Merged, it would stop every proposal: it is read only to say so, at its line."""
    registry.commit({POLICY: ROLES.replace("oleh: [tpn]", "oleh: [tpx]")})
    assert found(registry, "kepala") == only("kebijakan-peran", POLICY)
    registry.commit({POLICY: "a: &a [*a]\n"})
    assert {code for code, _ in found(registry, "kepala")} == {"yaml-alias"}


def test_an_agency_s_file_that_cannot_be_read_names_nobody(registry) -> None:
    """Its own maintainers mend it; until then nobody of the agency proposes."""
    registry.git("checkout", "-q", "main")
    registry.commit({AGENCY: "tim: [\n"})
    registry.git("checkout", "-q", "usulan")
    registry.commit({f"{UNIT}/2025/mandiri.yaml": ANSWER % "Ya"})
    assert [code for code, _ in found(registry, "operator")] == ["aktor-tidak-dikenal"]


@pytest.mark.parametrize("rev", ["tidak-ada", "--output=x", "", "HEAD~99", "main:units"])
def test_a_revision_that_is_none_is_refused(registry, rev) -> None:
    """It never becomes an option of git."""
    with pytest.raises(RepositoryUnusable):
        guard(registry.root, rev, "usulan", actor="operator")
    with pytest.raises(RepositoryUnusable):
        guard(registry.root, "main", rev, actor="operator")
