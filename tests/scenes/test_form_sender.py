"""An operator without Git: an issue form becomes a pull request's content, or an answer about what is wrong."""

import re

import pytest

SHEET = "units/contoh/kpp-contoh-dua/2025/mandiri.yaml"
LABELS = (
    "Unit", "Tahun penilaian", "Kode pertanyaan", "Jawaban", "Isian angka", "Id survei", "Penjelasan", "Judul bukti",
    "Tautan bukti", "Nama berkas bukti", "Tanggal bukti", "Berlaku sampai", "SHA-256 berkas bukti", "Klasifikasi bukti",
)  # fmt: skip
"""The form's fields as GitHub writes them."""
GOOD = {
    "Unit": "contoh/kpp-contoh-dua",
    "Tahun penilaian": "2025",
    "Kode pertanyaan": "A.I.1.ii.c",
    "Jawaban": "A",
    "Penjelasan": "Sosialisasi terjadwal setiap bulan.",
    "Judul bukti": "Jadwal sosialisasi 2025",
    "Tautan bukti": "https://contoh.example/jadwal-2025.pdf",
    "Tanggal bukti": "2025-02-01",
    "Klasifikasi bukti": "terbuka",
}


def event(fields, login="operator", action="opened", state="open", label="jawaban"):
    """Return the event of an issue that was filled in by form."""
    body = "\n\n".join(f"### {name}\n\n{fields.get(name, '_No response_')}" for name in LABELS)
    body += "\n\n### Pernyataan\n\n- [X] Tidak ada data pribadi di formulir ini, dan saya berwenang mengirimnya.\n"
    issue = {
        "number": 12, "title": "Jawaban: $(touch x) <b>", "state": state, "body": body, "user": {"login": login},
        "labels": [{"name": label}],
    }  # fmt: skip
    return {"action": action, "issue": issue, "repository": {"full_name": "contoh/registri"}}


def test_a_form_becomes_a_proposal_that_changes_one_answer(forge) -> None:
    """The inputs of the pull request are the program's own words; all other lines of the sheet stay as they are."""
    before = forge.person("operator").read(SHEET)
    ran = forge.run("intake", "intake", event(GOOD))
    assert ran.conclusion == "success", ran.output
    ((action, given, files),) = ran.used
    assert (action, given["branch"], given["add-paths"]) == ("create-pull-request", "usulan/12", "units")
    assert given["commit-message"] == f"{given['title']}\n\nDiusulkan-oleh: @operator\n"
    assert "contoh/kpp-contoh-dua" in given["title"]
    assert "Closes #12" in given["body"] or "#12" in given["body"]
    assert "$(" not in str(given)
    assert list(files) == [SHEET]
    old, new = before.splitlines(), files[SHEET].decode().splitlines()
    assert [line for line in old if line not in new] == [
        "    penjelasan: Sosialisasi dilakukan pada kelas pajak, belum terjadwal.",
    ]
    assert {line.strip() for line in new if line not in old} == {
        "penjelasan: Sosialisasi terjadwal setiap bulan.",
        "- judul: Jadwal sosialisasi 2025",
        "tautan: https://contoh.example/jadwal-2025.pdf",
        "tanggal: 2025-02-01",
    }
    assert new[new.index("  A.I.1.ii.c:") + 1] == "    jawab: A"


HOSTILE = {
    "a path": {"Unit": "../../../etc/passwd"},
    "a command": {"Unit": "contoh/$(touch terlaksana)", "Penjelasan": "`touch terlaksana`"},
    "an output": {"Kode pertanyaan": "A.I.1.ii.c\nusul=true\nusul<<EOF\ntrue\nEOF"},
    "another key": {"Penjelasan": "x\n\n### Jawaban\n\nA"},
    "a script for a link": {"Tautan bukti": "javascript:alert(1)"},
    "HTML for an answer": {"Jawaban": "<img src=x onerror=alert(1)> @pemelihara-contoh [x](https://contoh.example)"},
    "a number of a person": {"Penjelasan": "Milik 3171011708450001"},
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_form_is_answered_with_what_is_wrong(forge, acting, case) -> None:
    """No proposal; one comment with findings, in which nothing of the form means anything."""
    ran = forge.run("intake", "intake", event(GOOD | HOSTILE[case], login="forker"))
    assert (ran.conclusion, ran.used, ran.outputs["formulir"]["usul"]) == ("success", [], "false")
    ((method, path, body),) = ran.requests
    assert (method, path) == ("POST", "repos/contoh/registri/issues/12/comments")
    said = body["body"].removeprefix("<!-- zi:formulir -->\n")
    assert re.search(r"^- `", said, re.MULTILINE)
    assert acting(said) == []
    assert "3171011708450001" not in said


def test_the_answer_follows_the_form(forge) -> None:
    """What was wrong is mended: the same comment says so, and the proposal is made."""
    assert forge.run("intake", "intake", event(GOOD | {"Jawaban": "Z"})).used == []
    first = forge.told(12)
    mended = forge.run("intake", "intake", event(GOOD, action="edited"))
    assert len(mended.used) == 1
    assert forge.told(12) != first
    assert "sudah dapat diusulkan" in forge.told(12)


def test_an_issue_that_is_none_of_the_form_s_is_left_alone(forge) -> None:
    """Closed, or without the label."""
    for other in ({"state": "closed"}, {"label": "pertanyaan"}):
        ran = forge.run("intake", "intake", event(GOOD, **other))
        assert (ran.conclusion, ran.output, ran.requests) == ("skipped", "", [])
