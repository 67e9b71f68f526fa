"""per-tanggal.json: what it says of a day is what the command line says of that day."""

import json
import os
import re
import subprocess
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from generator.cli.due import command as due
from generator.cli.score import command as score
from generator.demo.history import write
from generator.judging.monitoring import status
from generator.model.failure import RepositoryUnusable
from generator.publishing.as_of_data import section, standing, text
from generator.publishing.happenings import happenings
from generator.reading.blobs import open_tree
from generator.reading.history import open_past
from generator.registry import load_catalogue, records
from generator.registry.unit_past import Memory

UNIT = "units/a/b"
CODE = "A.I.1.i.a"
WBK = {"jenis": "ditetapkan", "predikat": "WBK", "tanggal": "2025-01-10"}
BUILT = date(2026, 11, 24)


def sheet(answer="Ya", year=2025):
    """The unit's own sheet of a year, with one answer."""
    return {"instrumen": "permenpanrb-90-2021", "tahun": year, "jawaban": {CODE: {"jawab": answer}}}


def published(root, unit_id="a/b"):
    """The JSON of a unit, as text and as data, and its part of the report card."""
    with open_past(root) as past:
        memory = Memory(past, load_catalogue())
        one = memory.unit(unit_id)
        state = standing(memory, one)
        written = text(unit_id, state)
        part = section(state, written, happenings(one.steps, one.points), BUILT)
    return written, json.loads(written), part.body


def looked_up(data, day):
    """What the script finds for a day: the state, and each year's totals; None before the unit's first day."""
    states = [row for row in data["pemantauan"] if row["mulai"] <= day]
    if not states:
        return None
    years = {row["tahun"]: row["total"] for row in data["nilai"] if row["mulai"] <= day}
    return states[-1], {year: totals for year, totals in years.items() if totals}


def asked(command, root, day, *more):
    """What a command answers as JSON; None where it refuses the day, or does not know the unit on it."""
    done = CliRunner().invoke(command, [*more, "--root", str(root), "--as-of", day, "--json"])
    if isinstance(done.exception, RepositoryUnusable) or (done.exit_code == 2 and "tidak ada" in done.output):
        return None
    assert done.exit_code == 0, done.output
    return json.loads(done.output)["unit"]


def on_command_line(root, unit_id, day):
    """The same of `zi score` and `zi due`."""
    scored = asked(score, root, day, unit_id)
    if scored is None:
        return None
    (state,) = (row for row in asked(due, root, day) if row["id"] == unit_id)
    totals = {
        year["tahun"]: {tier: one["total"] for tier, one in year["tingkat"].items()} for year in scored[0]["tahun"]
    }
    return state, totals


def assert_equal_on(root, unit_id, days, asked_as=None):
    """On every day the file and the command line (asked for the unit's id of then) say the same."""
    _, data, _ = published(root, unit_id)
    for day in days:
        expected, found = on_command_line(root, asked_as or unit_id, day), looked_up(data, day)
        if expected is None:
            assert found is None or found[0]["status"] is None, day
            continue
        state, totals = expected
        assert found is not None, day
        keys = ("predikat", "status", "jatuh_tempo", "pelaksana", "dilarang_sampai")
        assert {key: found[0][key] for key in keys} == {key: state[key] for key in keys}, day
        assert found[1] == totals, day
        if state["jatuh_tempo"]:
            assert (date.fromisoformat(found[0]["jatuh_tempo"]) - date.fromisoformat(day)).days == state["hari"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A small demo registry."""
    folder = tmp_path_factory.mktemp("demo") / "registri"
    write(folder, load_catalogue().instruments["permenpanrb-90-2021"], units=2, years=2, seed=3)
    return folder


@pytest.mark.parametrize("unit_id", ["keuangan/kppn-contoh-satu"])
def test_the_file_says_what_the_command_line_says(demo, unit_id):
    """Before the first commit, on days with many commits, on days without, today and years from now."""
    days = ["2024-12-31", "2025-01-01", "2025-02-26", "2025-05-16", "2025-12-31", "2026-04-10", "2026-11-24"]
    assert_equal_on(demo, unit_id, [*days, "2027-06-30", "2029-01-01"])


def dated(repository, when, files, message="Isi"):
    """Commit files at a moment of the committer's clock."""
    for path, data in files.items():
        target = repository.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(data), encoding="utf-8")  # JSON is YAML too
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", message, date=when)


def test_clocks_that_are_ahead_or_behind(repository):
    """A commit dated 2030 is there as soon as a later one is; one dated 1970 makes what came before it old."""
    unit = {"units/a/instansi.yaml": {"nama": "A", "jenis": "lembaga"}, f"{UNIT}/unit.yaml": {"nama": "B"}}
    dated(repository, "2025-01-01T03:00:00Z", unit)
    dated(repository, "2030-01-01T03:00:00Z", {f"{UNIT}/predikat.yaml": {"peristiwa": [WBK]}})
    dated(repository, "2025-03-01T03:00:00Z", {f"{UNIT}/2025/mandiri.yaml": sheet("Tidak")})
    dated(repository, "2025-02-01T03:00:00Z", {f"{UNIT}/2025/mandiri.yaml": sheet("Ya")})
    dated(repository, "2025-06-01T17:00:00Z", {f"{UNIT}/2026/mandiri.yaml": sheet("Ya", 2026)})  # 2 June in Jakarta
    days = ["2024-12-31", "2025-01-01", "2025-01-31", "2025-02-01", "2025-03-01", "2025-06-01", "2025-06-02"]
    assert_equal_on(repository.root, "a/b", [*days, "2030-01-01", "2031-01-01"])
    _, data, _ = published(repository.root)
    assert looked_up(data, "2025-02-01")[0]["predikat"] == "WBK"
    dated(repository, "1970-01-01T00:00:00Z", {f"{UNIT}/2025/mandiri.yaml": sheet("Tidak")})
    assert_equal_on(repository.root, "a/b", ["1969-12-31", "1970-01-01", "2025-01-01", "2031-01-01"])


def test_a_date_that_git_cannot_hold(repository):
    """It counts as made with the commit before it, and makes nothing old."""
    unit = {"units/a/instansi.yaml": {"nama": "A", "jenis": "lembaga"}, f"{UNIT}/unit.yaml": {"nama": "B"}}
    dated(repository, "2025-01-01T03:00:00Z", unit)
    dated(repository, "2025-02-01T03:00:00Z", {f"{UNIT}/2025/mandiri.yaml": sheet("Tidak")})
    tree, parent = (repository.git("rev-parse", name).strip() for name in ("HEAD^{tree}", "HEAD"))
    who = f"A <a@contoh.example> {'9' * 20} +0700"
    raw = f"tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}\n\nJauh\n"
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--literally", "--stdin"],
        cwd=repository.root,
        input=raw.encode(),
        capture_output=True,
        check=True,
    )
    repository.git("update-ref", "refs/heads/main", made.stdout.decode().strip())
    assert_equal_on(repository.root, "a/b", ["2024-12-31", "2025-01-01", "2025-02-01", "2026-01-01"])


def test_a_unit_that_was_away_and_a_monitor_that_changed(repository):
    """Removed and restored: in between it is not in the registry. Its agency names another monitor: from that day."""
    agency = {"nama": "A", "jenis": "lembaga"}
    held = {f"{UNIT}/unit.yaml": {"nama": "B"}, f"{UNIT}/predikat.yaml": {"peristiwa": [WBK]}}
    other = {"units/a/lain/unit.yaml": {"nama": "Lain"}}
    dated(repository, "2025-02-01T03:00:00Z", {"units/a/instansi.yaml": agency, **held, **other})
    dated(repository, "2025-03-01T03:00:00Z", {"units/a/instansi.yaml": {**agency, "pemantau": {"WBK": "Itjen"}}})
    repository.git("rm", "-rq", UNIT)
    dated(repository, "2025-04-01T03:00:00Z", {})
    dated(repository, "2025-05-01T03:00:00Z", held)
    assert_equal_on(
        repository.root, "a/b", ["2025-01-31", "2025-02-01", "2025-03-01", "2025-04-02", "2025-05-01", "2026-10-13"]
    )
    _, data, _ = published(repository.root)
    states = [(row["mulai"], row["status"], row.get("pelaksana")) for row in data["pemantauan"]]
    assert states == [
        ("2025-02-01", "terjadwal", "TPI"),
        ("2025-03-01", "terjadwal", "Itjen"),
        ("2025-04-01", None, None),
        ("2025-05-01", "terjadwal", "Itjen"),
        ("2026-10-12", "segera", "Itjen"),  # due 2027-01-10: 90 days before it
        ("2027-01-11", "terlambat", "Itjen"),
    ]


def test_a_unit_that_moved(repository):
    """Before the day it moved: what the command line said of it under its old id, with its old agency's monitor."""
    agencies = {
        f"units/{one}/instansi.yaml": {"nama": one, "jenis": "lembaga", "pemantau": {"WBK": f"Pemantau {one}"}}
        for one in ("a", "c")
    }
    unit = {f"{UNIT}/unit.yaml": {"nama": "B"}, f"{UNIT}/predikat.yaml": {"peristiwa": [WBK]}}
    dated(repository, "2025-02-01T03:00:00Z", {**agencies, **unit, f"{UNIT}/2025/mandiri.yaml": sheet("Tidak")})
    dated(repository, "2025-03-01T03:00:00Z", {f"{UNIT}/2025/mandiri.yaml": sheet("Ya")})
    repository.git("mv", UNIT, "units/c/d")
    dated(repository, "2025-04-01T03:00:00Z", {"units/c/d/unit.yaml": {"nama": "D", "asal": "a/b"}})
    assert_equal_on(repository.root, "c/d", ["2025-01-31", "2025-02-01", "2025-03-01", "2025-03-31"], "a/b")
    assert_equal_on(repository.root, "c/d", ["2025-04-01", "2026-12-01"])
    _, data, _ = published(repository.root, "c/d")
    assert {row["pelaksana"] for row in data["pemantauan"]} == {"Pemantau a", "Pemantau c"}
    assert [row["mulai"] for row in data["nilai"]] == ["2025-02-01", "2025-03-01"]


def test_every_day_of_a_revocation(repository):
    """Law, day by day: between two rows of the file nothing changes but the days left."""
    revoked = {"jenis": "dicabut", "predikat": "WBK", "tanggal": "2025-09-01"}
    again = {"jenis": "ditetapkan", "predikat": "WBK", "tanggal": "2028-02-29"}
    report = {"tanggal": "2025-05-05", "pelaksana": "TPI", "hasil": "dipertahankan"}
    files = {f"{UNIT}/unit.yaml": {"nama": "B"}, f"{UNIT}/predikat.yaml": {"peristiwa": [WBK, revoked, again]}}
    dated(repository, "2024-12-01T03:00:00Z", {**files, f"{UNIT}/pemantauan.yaml": {"pemantauan": [report]}})
    _, data, _ = published(repository.root)
    catalogue = load_catalogue()
    with open_past(repository.root) as past:
        memory = Memory(past, catalogue)
        stretches = memory.stretches(memory.unit("a/b"))
    assert len(stretches) == len(data["pemantauan"])
    with open_tree(repository.root) as tree:
        (record,) = records(tree, catalogue, BUILT)
    for number in range(2_600):
        day = date(2024, 12, 1) + timedelta(days=number)
        now = status(record.unit, catalogue.cycle, day)
        row, _ = looked_up(data, day.isoformat())
        found = row["predikat"], row["status"], row["jatuh_tempo"], row["dilarang_sampai"]
        expected = now.predicate, now.status, now.due, now.barred_until
        assert found == tuple(value.isoformat() if isinstance(value, date) else value for value in expected), day


def test_values_hold_since_the_commit_that_set_them(repository):
    """A commit that moves no total, and one whose total was undone the same day, are no rows."""
    first = repository.commit({f"{UNIT}/unit.yaml": {"nama": "B"}, f"{UNIT}/2025/mandiri.yaml": sheet("Tidak")})
    noted = sheet("Tidak")
    noted["jawaban"][CODE]["catatan"] = "Lengkapi"
    repository.commit({f"{UNIT}/2025/mandiri.yaml": noted})
    dated(repository, "2025-02-01T03:00:00Z", {f"{UNIT}/2025/mandiri.yaml": sheet("Ya")})
    dated(repository, "2025-02-01T04:00:00Z", {f"{UNIT}/2025/mandiri.yaml": sheet("Tidak")})
    _, data, _ = published(repository.root)
    assert [(row["mulai"], row["commit"], row["total"]) for row in data["nilai"]] == [
        ("2025-01-02", first, {"mandiri": "0.0000000000"})
    ]
    assert data["nilai"][0]["tampil"] == {"mandiri": "0,00"}


def test_the_table_for_those_without_script(repository):
    """Newest first, with the commit's address on the history page; and the years of the history."""
    repository.commit({f"{UNIT}/unit.yaml": {"nama": "B"}, f"{UNIT}/2025/mandiri.yaml": sheet("Tidak")})
    commit = repository.commit({f"{UNIT}/2025/mandiri.yaml": sheet("Ya")})
    _, _, html = published(repository.root)
    rows = re.findall(r"<tr><th scope=\"row\".*?</tr>", html)
    assert "3 Januari 2025" in rows[0]
    assert f'href="riwayat/index.html#c-{commit[:12]}"' in rows[0]
    assert "2 Januari 2025" in rows[1]
    assert "Belum berpredikat" in rows[2]
    assert '<a href="riwayat/index.html#tahun-2025">2025</a>' in html
    assert '<div class="zi-kala" id="kala" data-sumber="per-tanggal.json" hidden>' in html


@pytest.mark.parametrize("name", ["</script><script>x</script>", "<!--<script>", "]]>&amp;", "é' + alert(1) + '"])
def test_hostile_names_stay_inside_the_data(repository, name):
    """In the file and in the page the data hold no sign that could end them, and say the name as it was."""
    agency = {"nama": "A", "jenis": "lembaga", "pemantau": {"WBK": name}}
    files = {f"{UNIT}/unit.yaml": {"nama": "B"}, f"{UNIT}/predikat.yaml": {"peristiwa": [WBK]}}
    repository.commit({"units/a/instansi.yaml": agency, **files})
    written, data, html = published(repository.root)
    assert written.isascii()
    assert not re.search("[<>&]", written)
    assert data["pemantauan"][-1]["pelaksana"] == name
    assert html.count("<script") == html.count("</script>") == 1


def test_much_data_is_not_carried_by_the_page(repository):
    """Above 10 kB the page leaves it to the file."""
    for number in range(90):
        day = date(2025, 1, 1) + timedelta(days=number)
        answer = ("Ya", "Tidak")[number % 2]
        files = {f"{UNIT}/unit.yaml": {"nama": "B"}, f"{UNIT}/2025/mandiri.yaml": sheet(answer)}
        dated(repository, f"{day}T03:00:00Z", files)
    written, _, html = published(repository.root)
    assert len(written) > 10_000
    assert "<script" not in html


def test_a_unit_that_is_not_on_main(repository):
    """No row, no table; the card says so by itself."""
    repository.commit({"units/a/lain/unit.yaml": {"nama": "Lain"}})
    _, data, html = published(repository.root)
    assert (data["nilai"], data["pemantauan"]) == ([], [])
    assert "belum ada di main" in html


def test_same_input_same_bytes(repository):
    """Neither the cache's place nor the time zone has a say."""
    repository.commit({f"{UNIT}/unit.yaml": {"nama": "B"}, f"{UNIT}/2025/mandiri.yaml": sheet()})
    before, zone = published(repository.root)[0], os.environ.get("TZ")
    os.environ["TZ"] = "America/Adak"
    try:
        assert published(repository.root)[0] == before
    finally:
        os.environ.pop("TZ") if zone is None else os.environ.update(TZ=zone)
