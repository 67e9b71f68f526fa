"""`zi history`: the JSON other programs rely on, and calm lines for a person."""

import json
import os
import subprocess
import sys

import pytest
import yaml

from generator.demo.history import write
from generator.registry import load_catalogue

INSTRUMENT = "permenpanrb-90-2021"
UNIT = "contoh/kppn-satu"
MANDIRI = f"units/{UNIT}/2025/mandiri.yaml"
TPI = f"units/{UNIT}/2025/tpi.yaml"
PROFILE = f"units/{UNIT}/unit.yaml"


def zi(*arguments, root, **environment):
    """Run the command line as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "generator", "history", *arguments, "--root", str(root)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def data(*arguments, root, **environment):
    """Return the JSON."""
    done = zi(*arguments, "--json", root=root, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def sheet(**answers):
    """Return a sheet of 2025."""
    return {
        "instrumen": INSTRUMENT,
        "tahun": 2025,
        "jawaban": {code: {"jawab": said} for code, said in answers.items()},
    }


@pytest.fixture
def told(repository):
    """A unit whose only question went from B to A, with TPI's approval, and was rewritten by another hand."""
    repository.commit({PROFILE: {"nama": "KPPN"}, MANDIRI: sheet(X="B")}, "Daftarkan KPPN")
    repository.commit({MANDIRI: sheet(X="A")}, "Perbaiki X\n\nSK sudah ada.\n\nDisetujui-oleh: TPI Contoh")
    repository.commit(
        {MANDIRI: f"# rapi\ntahun: 2025\njawaban: {{X: {{jawab: A}}}}\ninstrumen: {INSTRUMENT}\n"}, "Rapikan"
    )
    return repository


def test_the_json_is_what_was_agreed(told):
    """Key by key, with the operations of RFC 6902; a version that says the same is marked cosmetic."""
    found = data(UNIT, root=told.root)
    commits = told.git("rev-list", "--reverse", "HEAD").split()
    assert set(found) == {"unit", "versi"}
    assert found["unit"] == UNIT
    assert [(one["commit"], one["berkas"]) for one in found["versi"]] == [
        (commits[0], MANDIRI),
        (commits[0], PROFILE),
        (commits[1], MANDIRI),
        (commits[2], MANDIRI),
    ]
    assert found["versi"][2] == {
        "commit": commits[1],
        "berkas": MANDIRI,
        "penulis": "Operator Contoh",
        "tanggal": "2025-01-03T03:00:00Z",
        "pesan": "Perbaiki X\n\nSK sudah ada.\n\nDisetujui-oleh: TPI Contoh\n",
        "disetujui": ["TPI Contoh"],
        "kontributor": ["Operator Contoh"],
        "kosmetik": False,
        "patch": [{"op": "replace", "path": "/jawaban/X/jawab", "value": "A"}],
        "perubahan": [
            {
                "jenis": "jawaban-berubah",
                "tahun": 2025,
                "tingkat": "mandiri",
                "kode": "X",
                "bidang": "jawab",
                "sebelum": "B",
                "sesudah": "A",
            }
        ],
    }
    assert [one["kosmetik"] for one in found["versi"]] == [False, False, False, True]
    assert (found["versi"][3]["patch"], found["versi"][3]["perubahan"]) == ([], [])


def test_the_text_is_by_year_newest_first(told):
    """A line per change: day, tier and year, question, what, why, who, approved by whom; rewriting is not told."""
    done = zi(UNIT, root=told.root)
    assert (done.returncode, done.stderr) == (0, "")
    why = "Daftarkan KPPN (Operator Contoh; tanpa catatan persetujuan)"
    assert done.stdout.splitlines() == [
        "Riwayat contoh/kppn-satu, menurut catatan Git",
        "",
        "2025",
        "  3 Januari 2025  Mandiri 2025  X  jawaban B → A  — Perbaiki X (Operator Contoh; disetujui TPI Contoh)",
        f"  2 Januari 2025  Mandiri 2025  instrumen diisi: permenpanrb-90-2021; tahun diisi: 2025  — {why}",
        f"  2 Januari 2025  Mandiri 2025  X  dijawab: B  — {why}",
        f"  2 Januari 2025  nama diisi: KPPN  — {why}",
        "",
        "1 versi hanya mengubah cara menulis; isinya tetap, dan tidak ada tanggal yang bergeser.",
    ]


def test_many_changes_of_a_kind_are_a_number(repository):
    """Nobody reads a hundred lines of one commit."""
    repository.commit({PROFILE: {"nama": "K"}, MANDIRI: sheet(**{f"X.{number}": "B" for number in range(113)})})
    lines = zi(UNIT, root=repository.root).stdout
    assert "Mandiri 2025  113 jawaban pertama  — " in lines
    assert len(lines.splitlines()) == 6


def test_an_old_id_is_found(told):
    """Whoever asks for the id a unit had gets the unit's past, under its id of today."""
    (told.root / "units/lain").mkdir()
    (told.root / f"units/{UNIT}").rename(told.root / "units/lain/kppn-baru")
    told.commit({"units/lain/kppn-baru/unit.yaml": {"nama": "KPPN", "asal": UNIT}}, "Pindah instansi")
    by_old = data(UNIT, root=told.root)
    assert by_old == data("units/lain/kppn-baru/", root=told.root)
    assert by_old["unit"] == "lain/kppn-baru"
    assert len(by_old["versi"]) == 8
    text = zi(UNIT, root=told.root).stdout.splitlines()
    assert text[0] == "Riwayat lain/kppn-baru (sebelumnya contoh/kppn-satu), menurut catatan Git"
    assert text[3].startswith(
        "  5 Januari 2025  unit pindah dari contoh/kppn-satu ke lain/kppn-baru (2 berkas)  — Pindah"
    )


def test_a_unit_that_is_gone_is_found(told):
    """What was published once can be looked up for ever."""
    told.commit({MANDIRI: None, PROFILE: None}, "Hapus unit")
    assert data(UNIT, root=told.root)["versi"][-1]["patch"] == [{"op": "remove", "path": ""}]


@pytest.mark.parametrize("name", ["contoh/kppn-stau", "lain/kppn-satu", "kppn-satu", "contoh", "", "../x", "\x1b[31m"])
def test_an_unknown_unit_is_told_the_nearest(told, name):
    """Exit 2, with the name that was probably meant, and nothing that moves a cursor."""
    done = zi(name, root=told.root)
    assert (done.returncode, done.stdout) == (2, "")
    assert UNIT in done.stderr
    assert "\x1b" not in done.stderr


def test_hostile_text_stays_text(repository):
    """Escapes and reordering characters in names, messages and values reach no terminal, in either form."""
    evil = "\x1b[2J\u202e\u2066x"
    repository.commit({PROFILE: {"nama": "K"}}, f"Pesan {evil}\n\nReviewed-by: TPI {evil}")
    repository.git("commit", "-q", "--amend", "-C", "HEAD", f"--author=N {evil} <n@contoh.example>")
    for form in ((), ("--json",)):
        printed = zi(UNIT, *form, root=repository.root).stdout
        assert printed
        assert all(sign.isprintable() or sign == "\n" for sign in printed)


def test_nothing_depends_on_cache_zone_locale_or_place(told, tmp_path):
    """The same commits, the same bytes: first and second time, elsewhere, in another zone and language."""
    first = zi(UNIT, "--json", root=told.root).stdout
    clone = tmp_path / "klon dengan spasi"
    told.git("clone", "-q", str(told.root), str(clone))
    environment = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C"}
    assert zi(UNIT, "--json", root=told.root).stdout == first
    assert zi(UNIT, "--json", root=clone, **environment).stdout == first
    assert zi(UNIT, root=clone, **environment).stdout == zi(UNIT, root=told.root).stdout


def test_without_the_whole_past_it_ends_with_3(told, tmp_path):
    """A shallow clone, or no repository, is told how to mend it."""
    shallow = tmp_path / "dangkal"
    told.git("clone", "-q", "--depth", "1", f"file://{told.root}", str(shallow))
    done = zi(UNIT, root=shallow)
    assert done.returncode == 3
    assert "git fetch --unshallow" in done.stderr
    (tmp_path / "kosong").mkdir()
    assert zi(UNIT, root=tmp_path / "kosong").returncode == 3


# The slow, obvious reference: every tree of the first-parent line listed, every version read by `git show`.


def git(root, *args):
    """Return what git prints, as bytes."""
    return subprocess.run(["git", *args], cwd=root, capture_output=True, check=True).stdout


def trees(root):
    """Yield each commit of the first-parent line, oldest first, with its files under units/."""
    for commit in reversed(git(root, "rev-list", "--first-parent", "HEAD").decode().split()):
        listing = git(root, "ls-tree", "-rz", commit, "units").decode().split("\0")[:-1]
        yield commit, {entry.partition("\t")[2]: entry.split()[2] for entry in listing}


def versions(root):
    """Return (commit, path, blob or None) of everything that changed, in order."""
    found, before = [], {}
    for commit, files in trees(root):
        changed = sorted(path for path in before.keys() | files.keys() if before.get(path) != files.get(path))
        found += [(commit, path, files.get(path)) for path in changed]
        before = files
    return found


def plainly(value):
    """Return JSON as a YAML reader that types nothing reads it: every scalar is text."""
    if isinstance(value, dict):
        return {key: plainly(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plainly(inner) for inner in value]
    return "" if value is None else str(value)


def step(value, key):
    """Return the key as the container takes it."""
    return int(key) if isinstance(value, list) else key


def replay(document, operations):
    """Apply add, remove and replace of RFC 6902."""
    for operation in operations:
        if operation["path"] == "":
            document = operation.get("value")
            continue
        *way, last = (part.replace("~1", "/").replace("~0", "~") for part in operation["path"].split("/")[1:])
        inside = document
        for key in way:
            inside = inside[step(inside, key)]
        last = step(inside, last)
        if operation["op"] == "remove":
            del inside[last]
        elif operation["op"] == "add" and isinstance(inside, list):
            inside.insert(last, operation["value"])
        else:
            assert (operation["op"] == "add") == (isinstance(inside, dict) and last not in inside)
            inside[last] = operation["value"]
    return document


def test_the_demo_s_history_is_what_a_slow_reader_finds(tmp_path):
    """Versions, order, every document on the way and at the end, and which versions are cosmetic."""
    root = tmp_path / "contoh"
    write(root, load_catalogue().instruments[INSTRUMENT], units=6, years=2, seed=1)
    expected = versions(root)
    moved = {"kesehatan/pos-kesehatan-contoh": "kota/puskesmas-contoh-satu"}
    owner = {path: "/".join(path.split("/")[1:3]) for _, path, _ in expected if path.count("/") > 2}
    owner = {path: moved.get(unit, unit) for path, unit in owner.items()}
    units = sorted(set(owner.values()))
    assert len(units) == 6
    cosmetic = 0
    for unit in units:
        ours = data(unit, root=root)["versi"]
        mine = [one for one in expected if owner.get(one[1]) == unit]
        assert [(one["commit"], one["berkas"]) for one in ours] == [one[:2] for one in mine]
        documents, texts = {}, {}
        for one, (commit, path, blob) in zip(ours, mine, strict=True):
            documents[path] = replay(documents.get(path), one["patch"])
            read = None
            if blob:
                raw = git(root, "show", f"{commit}:{path}")
                read = yaml.load(raw, yaml.CBaseLoader)  # noqa: S506 - it types and builds nothing
            assert plainly(documents[path]) == (read or "")
            assert one["kosmetik"] == (not one["patch"]) == (not one["perubahan"]) == (read == texts.get(path))
            texts[path] = read
            cosmetic += one["kosmetik"]
    assert cosmetic  # the demo reformats: the claim above was put to the test
