"""Who may propose what, and whose approval counts: people who try to be more than they are."""

UNIT = "units/contoh/kpp-contoh-dua"
SHEET = f"{UNIT}/2025/mandiri.yaml"
TPI = f"{UNIT}/2025/tpi.yaml"
AGENCY = "units/contoh/instansi.yaml"


def judged(person):
    """Return the TPI's sheet where A.I.1.i.b is judged B instead of C, with another reason."""
    before, after = person.read(TPI).split("    jawab: C\n", 1)
    return {TPI: before + "    jawab: B\n" + after.replace("tidak menunjukkan pemilihan", "kini lengkap", 1)}


def test_someone_of_no_team_is_refused(forge) -> None:
    """A forker's account stands in no team of the agency; what it says of itself in the proposal does not count."""
    forker = forge.person("forker", fork=True)
    named = forker.read(AGENCY).replace('"@operator"', '"@operator", "@forker"')
    number = forker.propose({SHEET: forker.read(SHEET) + "# x\n", AGENCY: named}, author="tpi-satu")
    checked, told = forge.judge(number)
    assert checked.conclusion == "failure"
    assert "aktor-tidak-dikenal" in checked.faults
    assert "## Pemeriksaan usulan: belum lulus" in told
    assert "`Pengusul ＠forker tidak tercantum di tim mana pun dari instansi contoh.`" in told


def test_an_operator_does_not_judge_himself(forge) -> None:
    """Not beside his own answer, and not by making himself TPI in the same proposal."""
    operator = forge.person("operator")
    number = operator.propose({SHEET: operator.read(SHEET).replace("jawab: C", "jawab: B", 1), **judged(operator)})
    checked, told = forge.judge(number)
    assert (checked.conclusion, checked.faults) == ("failure", ["bukan-perannya", "peran-bercampur"])
    assert "Pisahkan menjadi satu usulan untuk setiap peran" in told
    team = operator.read(AGENCY).replace('tpi: ["@tpi-satu"', 'tpi: ["@operator", "@tpi-satu"')
    operator.git("reset", "-q", "--hard", "origin/main")
    operator.propose({AGENCY: team, **judged(operator)})
    checked = forge.check(number)
    assert checked.conclusion == "failure"
    assert "bukan-perannya" in checked.faults


def test_program_and_data_do_not_change_together(forge) -> None:
    """A rule that is loosened so that an answer fits."""
    operator = forge.person("operator")
    rules = "schema/aturan/peran.yaml"
    loosened = operator.read(rules).replace("oleh: [tpi]\n", "oleh: [mandiri]\n")
    number = operator.propose({rules: loosened, **judged(operator)})
    checked, told = forge.judge(number)
    assert checked.conclusion == "failure"
    assert {"program-dan-data", "bukan-perannya", "perlu-pemelihara"} <= set(checked.faults)
    assert told.startswith("<!-- zi:pemeriksaan -->\n## Pemeriksaan usulan: perlu dipastikan pemelihara\n")


def test_nobody_approves_what_is_his_own(forge) -> None:
    """The assessor's own approval is a finding; another assessor's completes the proposal."""
    assessor = forge.person("tpi-satu")
    number = assessor.propose(judged(assessor))
    checked = forge.check(number)
    assert (checked.conclusion, checked.faults) == ("success", [])
    forge.review(number, "tpi-satu")
    forge.comment(number, checked)
    assert "`Pengusul ＠tpi-satu menyetujui usulannya sendiri.`" in forge.told(number)
    assert "Belum ada persetujuan TPI atau TPN" in forge.told(number)
    forge.review(number, "tpi-satu", "DISMISSED")
    forge.review(number, "tpn-satu")
    forge.comment(number, checked)
    assert "- Persetujuan yang diperlukan sudah lengkap untuk commit ini." in forge.told(number)


def test_the_unit_does_not_approve_itself(forge) -> None:
    """A colleague of the operator is of the unit too; a stranger's approval is none."""
    operator = forge.person("operator")
    number = operator.propose({SHEET: operator.read(SHEET).replace("jawab: C", "jawab: B", 1)})
    checked = forge.check(number)
    forge.review(number, "operator-dua")
    forge.review(number, "forker")
    forge.comment(number, checked)
    told = forge.told(number)
    assert (
        "`＠operator-dua menyetujui perubahan pada contoh/kpp-contoh-dua, padahal termasuk tim unit itu sendiri.`"
        in told
    )
    assert "Belum ada persetujuan TPI" in told


def test_tpn_is_approved_by_tpn_alone(forge) -> None:
    """TPI's approval of TPN's judgement does not count; another assessor's of TPN does."""
    assessor = forge.person("tpn-satu")
    sheet = "units/contoh/kppn-contoh-satu/2024/tpn.yaml"
    before, after = assessor.read(sheet).split("    jawab: A\n", 1)
    number = assessor.propose({sheet: f"{before}    jawab: B\n    catatan: Belum berkala.\n{after}"})
    checked = forge.check(number)
    assert (checked.conclusion, checked.faults) == ("success", []), checked.output
    forge.review(number, "tpi-satu")
    forge.comment(number, checked)
    assert "`Belum ada persetujuan TPN instansi contoh untuk perubahan pada contoh/kppn-contoh-satu.`" in forge.told(
        number
    )
    forge.review(number, "tpn-dua")
    forge.comment(number, checked)
    assert "- Persetujuan yang diperlukan sudah lengkap untuk commit ini." in forge.told(number)
