"""`zi diff`: what is different between two revisions, for a person, a pull request and a program."""

import json
import os
import subprocess
import sys

import pytest

INSTRUMENT = "permenpanrb-90-2021"
UNIT = "contoh/kppn-satu"
MANDIRI = f"units/{UNIT}/2025/mandiri.yaml"
PROFILE = f"units/{UNIT}/unit.yaml"
CLEARANCE = f"units/{UNIT}/2025/clearance.yaml"


def zi(*arguments, root):
    """Run the command line as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "generator", "diff", *arguments, "--root", str(root)],
        env=os.environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def printed(*arguments, root):
    """Return what is printed on success."""
    done = zi(*arguments, root=root)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def sheet(**answers):
    """Return a sheet of 2025; underscores in codes stand for dots."""
    rows = {
        code.replace("_", "."): {"jawab": said} if isinstance(said, str) else said for code, said in answers.items()
    }
    return {"instrumen": INSTRUMENT, "tahun": 2025, "jawaban": rows}


@pytest.fixture
def changed(repository):
    """One unit's answer went from B to A and its clearance came; another unit was only written otherwise."""
    other = "units/contoh/lain/unit.yaml"
    repository.commit({PROFILE: {"nama": "K"}, other: "nama: L\n", MANDIRI: sheet(A_I_1_i_a="Ya", A_I_1_i_b="B")})
    repository.git("tag", "awal")
    clearance = {"KPK": {"status": "catatan"}, "Ombudsman": {"status": "bersih"}}
    repository.commit({MANDIRI: sheet(A_I_1_i_a="Ya", A_I_1_i_b="A"), CLEARANCE: clearance, other: "# x\nnama: 'L'\n"})
    return repository


def test_the_text_tells_scores_conditions_and_changes(changed):
    """Per unit; two digits; what a condition was and is."""
    # A.I.1.i weighs 0.5 over two questions: Ya brings 0.25, B 0.125 and A 0.25
    assert printed("awal", "HEAD", root=changed.root).splitlines() == [
        "Perubahan dari awal ke HEAD",
        "",
        "contoh/kppn-satu",
        "  nilai Mandiri 2025: 0,38 → 0,50",
        "  syarat WBK Mandiri 2025, Pernyataan bersih dari KPK dan Ombudsman: belum pasti → tidak",
        "  syarat WBBM Mandiri 2025, Pernyataan bersih dari KPK dan Ombudsman: belum pasti → tidak",
        "  Tahun 2025  keterangan KPK dicatat: catatan",
        "  Tahun 2025  keterangan Ombudsman dicatat: bersih",
        "  Mandiri 2025  A.I.1.i.b  jawaban B → A",
        "",
        "contoh/lain",
        "  hanya cara menulisnya yang berubah",
        "",
        "2 unit atau instansi berubah.",
    ]


def test_the_json_is_exact(changed):
    """Ten digits, and the changes as `zi history` has them."""
    found = json.loads(printed("awal", "HEAD", "--format", "json", root=changed.root))
    first, second = found["unit"]
    assert (found["dari"], found["ke"], first["unit"], second["unit"]) == ("awal", "HEAD", UNIT, "contoh/lain")
    assert first["nilai"] == [
        {"tahun": 2025, "tingkat": "mandiri", "sebelum": "0.3750000000", "sesudah": "0.5000000000"}
    ]
    assert [(one["predikat"], one["kode"], one["sebelum"], one["sesudah"]) for one in first["syarat"]] == [
        ("WBK", "clearance", None, False),
        ("WBBM", "clearance", None, False),
    ]
    assert [(one["jenis"], one["kode"], one["sebelum"], one["sesudah"]) for one in first["perubahan"]][-1] == (
        "jawaban-berubah", "A.I.1.i.b", "B", "A",
    )  # fmt: skip
    assert (second["nilai"], second["syarat"], second["perubahan"]) == ([], [], [])


def test_findings_that_came_and_went_are_told(changed):
    """Those that stay are told by neither form; in JSON they are as `zi check` has them."""
    changed.commit({MANDIRI: sheet(A_I_1_i_a="ya", A_I_1_i_b="A", X="Ya")})
    changed.commit({MANDIRI: sheet(A_I_1_i_a="Ya", A_I_1_i_b="a", X="Ya")})
    told = [line for line in printed("HEAD~1", "HEAD", root=changed.root).splitlines() if "temuan" in line]
    where = f"kesalahan jawaban-di-luar-skala di {MANDIRI}"
    assert told == [
        f'  temuan baru: {where}:7: Jawaban "a" tidak ada pada skala pertanyaan A.I.1.i.b (A, B, C).',
        f'  temuan selesai: {where}:5: Jawaban "ya" tidak ada pada skala pertanyaan A.I.1.i.a (Ya, Tidak).',
    ]
    (found,) = json.loads(printed("HEAD~1", "HEAD", "--format", "json", root=changed.root))["unit"]
    ((new,), (solved,)) = found["temuan_baru"], found["temuan_selesai"]
    assert (new["code"], new["level"], new["line"], new["pointer"]) == (
        "jawaban-di-luar-skala", "error", 7, "/jawaban/A.I.1.i.b/jawab",
    )  # fmt: skip
    assert (solved["pointer"], solved["line"]) == ("/jawaban/A.I.1.i.a/jawab", 5)


def test_a_finding_that_only_moved_to_another_line_is_not_new(changed):
    """Nor is it solved."""
    changed.commit({MANDIRI: sheet(A_I_1_i_a="Ya", A_I_1_i_b="A", X="Ya")})
    changed.commit({MANDIRI: "# satu\n# dua\n" + (changed.root / MANDIRI).read_text(encoding="utf-8")})
    assert printed("HEAD~1", "HEAD", root=changed.root).splitlines()[2:-2] == [
        UNIT, "  hanya cara menulisnya yang berubah",
    ]  # fmt: skip


def test_what_to_look_at_is_in_the_json(changed):
    """An answer that rose on nothing."""
    found = json.loads(printed("awal", "HEAD", "--format", "json", root=changed.root))["unit"][0]
    assert found["perhatian"] == [
        {
            "alasan": "naik-tanpa-bukti-baru",
            "tahun": 2025,
            "tingkat": "mandiri",
            "kode": "A.I.1.i.b",
            "sebelum": "B",
            "sesudah": "A",
            "dinilai_oleh": [],
            "bukti": None,
            "dipakai_juga": [],
        }
    ]


def test_the_same_revision_has_no_difference(changed):
    """Nothing is read, nothing is told."""
    assert printed("HEAD", "HEAD", root=changed.root).splitlines()[-1] == "Tidak ada yang berubah."
    assert json.loads(printed("HEAD", "HEAD", "--format", "json", root=changed.root))["unit"] == []


def test_backwards_is_the_reverse(changed):
    """What came is gone, what rose fell."""
    text = printed("HEAD", "awal", root=changed.root)
    assert "nilai Mandiri 2025: 0,50 → 0,38" in text
    assert "keterangan KPK dihapus: catatan" in text


def test_a_unit_that_moved_is_one_unit(changed):
    """Its files are compared with those it had before."""
    (changed.root / "units/lain").mkdir()
    (changed.root / f"units/{UNIT}").rename(changed.root / "units/lain/kppn-baru")
    changed.commit({"units/lain/kppn-baru/unit.yaml": {"nama": "K", "asal": UNIT}})
    assert printed("HEAD~1", "HEAD", root=changed.root).splitlines()[2:-2] == [
        "lain/kppn-baru (sebelumnya contoh/kppn-satu)",
        "  unit pindah dari contoh/kppn-satu ke lain/kppn-baru (3 berkas)",
        "  asal unit diisi: contoh/kppn-satu",
    ]


def test_a_unit_that_moved_twice_is_one_unit(changed):
    """Its unit.yaml names the id between, which neither revision has: history between them knows."""
    before = UNIT
    for after in ("lain/kppn-baru", "jauh/kppn-baru"):
        (changed.root / "units" / after).parent.mkdir()
        (changed.root / "units" / before).rename(changed.root / "units" / after)
        changed.commit({f"units/{after}/unit.yaml": {"nama": "K", "asal": [before]}})
        before = after
    expected = [
        "jauh/kppn-baru (sebelumnya contoh/kppn-satu)",
        "  unit pindah dari contoh/kppn-satu ke jauh/kppn-baru (3 berkas)",
        "  asal unit diisi: lain/kppn-baru",
    ]
    assert printed("HEAD~2", "HEAD", root=changed.root).splitlines()[2:-2] == expected
    (one,) = json.loads(printed("HEAD~2", "HEAD", "--format", "json", root=changed.root))["unit"]
    assert (one["unit"], one["asal"], one["nilai"]) == ("jauh/kppn-baru", UNIT, [])
    markdown = printed("HEAD~2", "HEAD", "--format", "markdown", root=changed.root)
    assert markdown.startswith("Usulan ini memindahkan `contoh/kppn-satu` menjadi `jauh/kppn-baru`")


def test_a_new_unit_and_one_that_is_gone(changed):
    """Each is told whole; totals come from nothing or go to nothing."""
    changed.commit({MANDIRI: None, CLEARANCE: None, PROFILE: None, "units/contoh/baru/unit.yaml": {"nama": "B"}})
    text = printed("HEAD~1", "HEAD", root=changed.root)
    assert "contoh/baru\n  nama diisi: B\n" in text
    assert "nilai Mandiri 2025: 0,50 → –" in text


def test_a_file_nobody_can_read_is_told(changed):
    """And the unit is scored without it, as the registry does."""
    changed.commit({MANDIRI: "jawaban: [\n"})
    text = printed("HEAD~1", "HEAD", root=changed.root)
    assert "Mandiri 2025  versi berkas ini tidak dapat dibaca; versi di sekitarnya tetap dibandingkan" in text
    assert "nilai Mandiri 2025: 0,50 → –" in text


@pytest.mark.parametrize("rev", ["tidak-ada", "--output=x", "", "HEAD~99"])
def test_an_unknown_revision_ends_with_an_exit_code(changed, rev):
    """Nothing is printed but the sentence."""
    done = zi("--", rev, "HEAD", root=changed.root)
    assert done.returncode in (2, 3)
    assert done.stdout == ""


def test_a_shallow_clone_is_enough(changed, tmp_path):
    """Two trees are read, not the history between them."""
    clone = tmp_path / "dangkal"
    changed.git("clone", "-q", "--depth", "2", f"file://{changed.root}", str(clone))
    assert printed("HEAD~1", "HEAD", root=clone).splitlines()[1:] == (
        printed("HEAD~1", "HEAD", root=changed.root).splitlines()[1:]
    )  # fmt: skip


EVIL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "`</code><b>x</b>",
    "``` x ``` <i>",
    "[x](https://jahat.example)",
    "![x](https://jahat.example/x.png)",
    "https://jahat.example www.jahat.example a@jahat.example",
    "@orang-lain #1 jahat/repo#2",
    "x | y |\n|---|---|\n| z |",
    "\n\n# Predikat: WBBM\n- [ ] x",
    "\x1b[2J\u202e x",
    "a\\`b \\| c",
    "&lt;b&gt; &#64;orang",
    "   ",
    "`",
]


@pytest.mark.parametrize("evil", EVIL)
def test_hostile_text_is_printable(repository, evil):
    """Nothing moves a cursor, hides or reorders, whatever the form; how Markdown stays inert has tests of its own."""
    row = {"jawab": evil, "penjelasan": evil, evil: evil, "bukti": [{"judul": evil, "tautan": evil}]}
    plain = json.dumps  # double quotes: any text may stand in YAML
    text = f"instrumen: {INSTRUMENT}\ntahun: 2025\njawaban:\n  {plain(evil)}: {plain(row)}\n  X: {plain(row)}\n"
    repository.commit({PROFILE: {"nama": "K"}, MANDIRI: sheet(X="B")})
    repository.commit({MANDIRI: text, PROFILE: f"nama: {plain(evil)}\n"})
    for form in ("text", "json", "markdown"):
        shown = printed("HEAD~1", "HEAD", "--format", form, root=repository.root)
        assert all(sign.isprintable() or sign == "\n" for sign in shown)
