"""`zi remind`: an issue for every unit that is due, asked for once; strangers' text stays text."""

import json
import os
import re
import subprocess
import sys

import pytest
import yaml

DAYS_BEFORE = {91: "2026-09-25", 90: "2026-09-26", 30: "2026-11-25", 7: "2026-12-18", 0: "2026-12-25", -1: "2026-12-26"}
"""Days left until the monitoring of `registry`'s unit, due on 25 December 2026 -> the day."""
UNIT = "contoh/kppn-satu"


def write(root, path, data):
    """Write a file of the registry."""
    file = root / "units" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


@pytest.fixture
def registry(tmp_path):
    """A unit with WBK since 25 December 2024, and one without a predicate."""
    award = {"jenis": "ditetapkan", "predikat": "WBK", "tanggal": "2024-12-25"}
    write(tmp_path, "contoh/instansi.yaml", {"nama": "Instansi Contoh", "pemantau": {"WBK": "Inspektorat Contoh"}})
    write(tmp_path, f"{UNIT}/unit.yaml", {"nama": "KPPN Contoh Satu"})
    write(tmp_path, f"{UNIT}/predikat.yaml", {"peristiwa": [award]})
    write(tmp_path, "contoh/kppn-dua/unit.yaml", {"nama": "KPPN Contoh Dua"})
    return tmp_path


class Forge:
    """A forge of issues: gives its list as `gh` does, and does what requests ask for."""

    def __init__(self, registry, *issues):
        """Hold the issues given."""
        self.registry, self.issues, self.comments, self.runs = registry, {one["number"]: one for one in issues}, [], 0

    def remind(self, days, *arguments, status=0):
        """Run the command as so many days are left, do what it asks for; return the requests."""
        self.runs += 1
        listing, out = self.registry / "issues.json", self.registry / f"permintaan-{self.runs}"
        listing.write_text(json.dumps(list(self.issues.values())), encoding="utf-8")
        options = ["--issues", listing, "--out", out, "--root", self.registry, "--as-of", DAYS_BEFORE[days], *arguments]
        done = subprocess.run(
            [sys.executable, "-m", "generator", "remind", *map(str, options)],
            env=os.environ | {"GITHUB_REPOSITORY": "contoh/registri"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        assert done.returncode == status, done.stderr
        self.said = done.stdout + done.stderr
        rows = [line.split("\t") for line in (out / "daftar.tsv").read_text(encoding="ascii").splitlines()]
        asked = [(method, path, json.loads((out / name).read_text(encoding="ascii"))) for method, path, name in rows]
        for request in asked:
            self.do(*request)
        return asked

    def do(self, method, path, body):
        """Change the issues as a request asks."""
        if path == "repos/contoh/registri/issues":
            assert method == "POST"
            number = max(self.issues, default=0) + 1
            self.issues[number] = {"number": number, "title": body["title"], "state": "OPEN", "body": body["body"]}
            return
        number, comments = re.fullmatch(r"repos/contoh/registri/issues/(\d+)(/comments)?", path).groups()
        if comments:
            assert method == "POST"
            self.comments.append((int(number), body["body"]))
            return
        assert method == "PATCH"
        self.issues[int(number)] |= {key: body[key] for key in ("title", "body")} | {"state": body["state"].upper()}


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (90, "sisa paling lama 90 hari"),
        (30, "sisa paling lama 30 hari"),
        (7, "sisa paling lama 7 hari"),
        (0, "waktunya tiba"),
        (-1, "sudah lewat"),
    ],
)
def test_a_unit_that_is_due_gets_one_issue(registry, days, words):
    """With its label, what is due, who monitors and why; a second run asks for nothing."""
    forge = Forge(registry)
    ((method, path, body),) = forge.remind(days)
    assert (method, path, body["labels"]) == ("POST", "repos/contoh/registri/issues", ["pemantauan"])
    assert body["title"] == f"Pemantauan {UNIT}: jatuh tempo 25 Desember 2026 ({words})"
    assert body["body"].startswith(f"<!-- zi:pemantauan:{UNIT} -->\n")
    for fact in ("KPPN Contoh Satu", "WBK", "Inspektorat Contoh", "24 bulan sejak penetapan WBK 25 Desember 2024"):
        assert fact in body["body"]
    assert forge.remind(days) == []
    assert "Tidak ada yang perlu diubah." in forge.said


def test_nobody_is_reminded_before_the_first_stage(registry):
    """91 days before, and of units without a predicate, nothing is said."""
    assert Forge(registry).remind(91) == []


def test_an_issue_lives_through_the_stages(registry):
    """Every stage changes the title and says so once; the monitoring closes it, and two years later it opens again."""
    forge = Forge(registry)
    for days, comments in ((90, 0), (30, 1), (30, 1), (7, 2), (0, 3), (-1, 4)):
        forge.remind(days)
        assert len(forge.issues) == 1
        assert len(forge.comments) == comments
    assert forge.issues[1]["title"].endswith("(sudah lewat)")
    report = {"tanggal": "2026-12-26", "pelaksana": "Inspektorat Contoh", "hasil": "dipertahankan", "nomor": "LAP-1"}
    write(registry, f"{UNIT}/pemantauan.yaml", {"pemantauan": [report]})
    forge.remind(-1)
    assert forge.issues[1]["state"] == "CLOSED"
    assert forge.comments[-1][1].startswith("Ditutup: pemantauan berikutnya 26 Desember 2028.")
    assert forge.remind(-1) == []
    (registry / f"units/{UNIT}/pemantauan.yaml").unlink()  # the report is taken back: it is due again
    assert [method for method, _, _ in forge.remind(-1)] == ["POST", "PATCH"]
    assert forge.issues[1]["state"] == "OPEN"


def test_an_issue_that_a_person_closed_rests_until_there_is_news(registry):
    """The stage was told; the next one opens it again."""
    forge = Forge(registry)
    forge.remind(90)
    forge.issues[1]["state"] = "CLOSED"
    assert forge.remind(90) == []
    forge.remind(30)
    assert forge.issues[1]["state"] == "OPEN"


def test_a_reworded_issue_is_put_right_without_a_comment(registry):
    """What the registry says stands there again; nobody is notified."""
    forge = Forge(registry)
    forge.remind(30)
    forge.issues[1]["body"] += "\nTidak perlu dipantau."
    ((method, path, _),) = forge.remind(30)
    assert (method, path) == ("PATCH", "repos/contoh/registri/issues/1")
    assert "Tidak perlu" not in forge.issues[1]["body"]


def test_a_forged_mark_takes_no_unit_s_place(registry):
    """Of two issues with a unit's mark the lowest number counts; text before a mark, or another unit's, is nothing."""
    forge = Forge(registry)
    forge.remind(30)
    first = dict(forge.issues[1])
    for number, body in ((2, first["body"]), (3, f"Lihat:\n{first['body']}"), (4, "<!-- zi:pemantauan:x/../y -->")):
        forge.issues[number] = {"number": number, "title": "palsu", "state": "OPEN", "body": body}
    assert forge.remind(30) == []
    forge.remind(7)
    assert forge.comments[-1][0] == 1
    assert {issue["title"] for number, issue in forge.issues.items() if number > 1} == {"palsu"}


def test_an_issue_of_a_unit_that_is_gone_is_closed(registry):
    """It says so; the id comes from the mark, which only an id can be."""
    body = "<!-- zi:pemantauan:contoh/kppn-lama -->\n<!-- zi:tahap:30 2026-12-25 -->\nIsi"
    forge = Forge(registry, {"number": 5, "title": "x", "state": "OPEN", "body": body})
    forge.remind(91)
    assert forge.comments == [(5, "Ditutup: tidak ada lagi unit dengan id `contoh/kppn-lama` di registri.")]
    assert forge.issues[5]["state"] == "CLOSED"
    assert forge.remind(91) == []


def test_a_revoked_unit_s_issue_is_closed_with_the_reason(registry):
    """Who holds no predicate is not monitored."""
    forge = Forge(registry)
    forge.remind(30)
    events = yaml.safe_load((registry / f"units/{UNIT}/predikat.yaml").read_text(encoding="utf-8"))["peristiwa"]
    events.append({"jenis": "dicabut", "predikat": "WBK", "tanggal": "2026-11-20"})
    write(registry, f"{UNIT}/predikat.yaml", {"peristiwa": events})
    forge.remind(30)
    assert "WBK dicabut 20 November 2026" in forge.comments[-1][1]
    assert forge.issues[1]["state"] == "CLOSED"


HOSTILE = "KPPN`@pejabat <script>x</script> [a](https://contoh.go.id) | ![](x) --> # b"


def test_what_people_wrote_in_the_registry_is_inert(registry):
    """Names stand in code spans they cannot leave: no mention, tag, link, picture or row of a table of theirs."""
    write(registry, f"{UNIT}/unit.yaml", {"nama": HOSTILE})
    write(registry, "contoh/instansi.yaml", {"nama": "Instansi Contoh", "pemantau": {"WBK": HOSTILE}})
    forge = Forge(registry)
    ((_, _, body),) = forge.remind(30)
    lines = body["body"].split("\n")
    assert lines[:2] == [f"<!-- zi:pemantauan:{UNIT} -->", "<!-- zi:tahap:30 2026-12-25 -->"]
    for line in lines[2:]:
        outside = re.sub(r"`[^`]*`", "", line)
        assert re.fullmatch(r"[A-Za-z0-9 .,:;()|-]*", outside), line
        assert not re.search(r"[<>@]", line)
        assert line.count("|") in {0, 3}
    assert forge.remind(30) == []


@pytest.mark.parametrize("path", [f"{UNIT}/predikat.yaml", "contoh/instansi.yaml"])
def test_a_unit_that_cannot_be_read_is_left_alone(registry, path):
    """Its issue is not closed for a fault in a file; the command says which file and ends with 1."""
    forge = Forge(registry)
    forge.remind(30)
    (registry / "units" / path).write_text("a: [", encoding="utf-8")
    assert forge.remind(7, status=1) == []
    assert f"units/{path}" in forge.said


def test_a_repository_s_name_is_checked(registry):
    """It becomes a part of every path."""
    listing = registry / "issues.json"
    listing.write_text("[]", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "generator", "remind", "--issues", str(listing), "--out", str(registry / "out"),
         "--root", str(registry), "--as-of", "2026-12-25", "--repo", "contoh/registri/../../lain"],
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert not (registry / "out").exists()
