"""An operator's honest proposal: from the clone to the comment below it, into the registry, and judged anew."""

UNIT = "units/contoh/kpp-contoh-dua"
SHEET = f"{UNIT}/2025/mandiri.yaml"
TPI = f"{UNIT}/2025/tpi.yaml"
OLD = "jawab: B\n    penjelasan: Sosialisasi dilakukan pada kelas pajak, belum terjadwal.\n"
NEW = "jawab: A\n    penjelasan: Sosialisasi pada kelas pajak, terjadwal setiap bulan.\n"
EVIDENCE = "      - judul: Jadwal sosialisasi 2025\n        tautan: https://contoh.example/jadwal-2025.pdf\n"


def raised(person):
    """Return the sheet where A.I.1.ii.c is raised from B to A, with one more piece of evidence."""
    text = person.read(SHEET)
    before, after = text.split(OLD)
    return {SHEET: before + NEW + after.replace("    bukti:\n", "    bukti:\n" + EVIDENCE, 1)}


def test_what_the_operator_raises_is_told_to_the_head_of_office(forge) -> None:
    """The check passes; the comment tells the score before and after, the evidence, and what to look at.

    By hand: A.I.1.ii weighs 1 and has 3 questions; B is 1/2 of a question on a scale of A to C, A is 1. So the score
    rises by 1 * 1/2 / 3 = 0.1667, from 73.2222 to 73.3889.
    """
    operator = forge.person("operator")
    number = operator.propose(raised(operator), "Sosialisasi kini terjadwal")
    checked, told = forge.judge(number)
    assert checked.conclusion == "success", checked.output
    assert told.startswith("<!-- zi:pemeriksaan -->\n## Pemeriksaan usulan: lulus\n")
    assert f"Untuk commit `{forge.pulls[number]['head']['sha']}`." in told
    assert "Tidak ada temuan yang harus diperbaiki." in told
    assert "| Mandiri 2025 | 73,22 | 73,39 |" in told
    assert "jawaban `B` → `A`" in told
    assert "`Jadwal sosialisasi 2025`" in told
    assert "Naik tanpa bukti baru" not in told
    assert "  - [ ] Sesuai kriteria A: Media/kegiatan interaktif dikelola efektif dan berkala" in told


def test_an_answer_that_was_judged_says_so_when_it_changes(forge) -> None:
    """In the annotations of the check and, first of all, in the comment; white space and comments change nothing."""
    operator = forge.person("operator")
    number = operator.propose({SHEET: operator.read(SHEET).replace("\njawaban:\n", "\n# catatan\n\njawaban:\n")})
    checked, told = forge.judge(number)
    assert (checked.conclusion, "berubah" in checked.output) == ("success", False)
    assert "setelah dinilai" not in told
    operator.propose(raised(operator))
    checked, told = forge.judge(number)
    assert checked.conclusion == "success"
    assert f"::warning file={TPI},line=36,col=3,title=berubah-setelah-dinilai::" in checked.output
    assert "- **Berubah setelah dinilai** (1)" in told
    assert "  - Mandiri 2025, **A.I.1.ii.c**: jawaban `B` → `A`, sudah dinilai TPI" in told


def test_the_one_comment_follows_the_proposal_until_it_is_approved(forge) -> None:
    """TPI's approval of the last commit completes it; one of an earlier commit does not count."""
    operator = forge.person("operator")
    number = operator.propose(raised(operator))
    checked, told = forge.judge(number)
    assert "`Belum ada persetujuan TPI instansi contoh untuk perubahan pada contoh/kpp-contoh-dua.`" in told
    forge.review(number, "tpi-satu")
    operator.propose({SHEET: operator.read(SHEET) + "# selesai\n"})
    checked, told = forge.judge(number)
    assert "`Persetujuan ＠tpi-satu untuk perubahan pada contoh/kpp-contoh-dua bukan atas commit terakhir" in told
    forge.review(number, "tpi-satu")
    assert forge.comment(number, checked).conclusion == "success"
    assert "- Persetujuan yang diperlukan sudah lengkap untuk commit ini." in forge.told(number)
    assert len(forge.comments[number]) == 1
    assert forge.comment(number, checked).requests == []


def test_a_check_of_a_commit_that_is_no_longer_the_last_is_not_told(forge) -> None:
    """The proposal went on meanwhile: its own check will tell. Once it was merged nobody is told either."""
    operator = forge.person("operator")
    number = operator.propose(raised(operator))
    checked = forge.check(number)
    operator.propose({SHEET: operator.read(SHEET) + "# selesai\n"})
    late = forge.comment(number, checked)
    assert (late.conclusion, late.requests) == ("success", [])
    forge.merge(number)
    ended = forge.comment(number, left=checked.artifacts["tinjauan"])
    assert (ended.conclusion, ended.requests) == ("success", [])
