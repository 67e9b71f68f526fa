"""`zi build`: from files to a site, or to what must be mended."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.program_files import PROGRAM

EXAMPLES = PROGRAM / "units"


def build(root, site, *more, **environment):
    """Run the real command in a process of its own; return it."""
    return subprocess.run(
        [sys.executable, "-m", "generator", "build", "--root", str(root), "--site", str(site), *more],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1795521600", **environment},  # 2026-11-24
    )


def content(site):
    """Every file of a site, by its path."""
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.fixture
def root(tmp_path):
    """A registry of the example units."""
    shutil.copytree(EXAMPLES, tmp_path / "registry/units")
    return tmp_path / "registry"


def test_the_example_units_become_a_site(root, tmp_path):
    """One command; the last line says where the site is and how many pages and files it has."""
    site = tmp_path / "site"
    run = build(root, site)
    assert (run.returncode, run.stderr) == (0, "")
    made = content(site)
    pages = [path for path in made if path.endswith(".html")]
    assert run.stdout.splitlines()[-1] == (
        f"Situs: {site}/index.html ({len(pages)} halaman, {len(made)} berkas, {len(made)} berubah). "
        "Tanpa riwayat: folder ini bukan repositori Git atau belum mempunyai commit."
    )
    assert {
        "index.html",
        "unit/index.html",
        "pemantauan/index.html",
        "metodologi/index.html",
        "data/index.html",
        "cara-mengirim/index.html",
        "unit/contoh/kppn-contoh-satu/index.html",
        "unit/contoh/kppn-contoh-satu/2024/index.html",
    } <= set(made)
    assert not [path for path in made if "/_/" in path]  # frames are no pages


def test_two_builds_are_byte_equal(root, tmp_path):
    """Another folder, time zone, locale, hash seed: the same bytes."""
    build(root, tmp_path / "one/site", TZ="Asia/Jayapura", PYTHONHASHSEED="1", LC_ALL="C")
    shutil.move(root, tmp_path / "elsewhere")
    build(tmp_path / "elsewhere", tmp_path / "two/situs", TZ="America/Adak", PYTHONHASHSEED="2", LC_ALL="C.UTF-8")
    assert content(tmp_path / "one/site") == content(tmp_path / "two/situs")


def test_building_again_changes_nothing(root, tmp_path):
    """The same data: no file is written."""
    build(root, tmp_path / "site")
    assert "0 berubah" in build(root, tmp_path / "site").stdout


def test_a_fault_in_the_data_leaves_the_old_site(root, tmp_path):
    """What is wrong is printed as `zi check` prints it; exit 1; the site of yesterday still stands."""
    site = tmp_path / "site"
    build(root, site)
    before = content(site)
    with (root / "units/contoh/kppn-contoh-satu/2024/tpn.yaml").open("a", encoding="utf-8") as file:
        file.write("  X.9.z: {jawab: Ya}\n")
    run = build(root, site)
    assert run.returncode == 1
    assert "units/contoh/kppn-contoh-satu/2024/tpn.yaml:" in run.stdout
    assert "kode-tidak-dikenal" in run.stdout
    assert "situs lama" in run.stderr
    assert content(site) == before


def test_warnings_do_not_stop_the_site(root, tmp_path):
    """Evidence that ran out is a warning: the page says so, the site is built."""
    path = root / "units/contoh/kppn-contoh-satu/2024/mandiri.yaml"
    text = path.read_text(encoding="utf-8")
    first = text.index("        tanggal: ")
    path.write_text(f"{text[:first]}        berlaku_sampai: 2025-01-31\n{text[first:]}", encoding="utf-8")
    assert build(root, tmp_path / "site").returncode == 0
    made = content(tmp_path / "site")
    assert b"habis masa berlakunya</b>" in made["unit/contoh/kppn-contoh-satu/2024/index.html"]
    card = made["unit/contoh/kppn-contoh-satu/index.html"].decode()
    assert "berlaku sampai <time" in card.partition("Bukti yang habis masa berlakunya</h3>")[2].partition("</ul>")[0]


def test_the_site_tells_what_the_check_found_of_recycled_evidence(root, tmp_path):
    """One document six times, under more than one question: the report card names every place."""
    path = root / "units/contoh/kppn-contoh-satu/2024/mandiri.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("sha256: [0-9a-f]{64}", f"sha256: {'ab' * 32}", text, count=6), encoding="utf-8")
    assert build(root, tmp_path / "site").returncode == 0
    card = content(tmp_path / "site")["unit/contoh/kppn-contoh-satu/index.html"].decode()
    assert card.partition("Bukti yang dipakai lebih dari satu kali")[2].count("juga untuk") == 6


def test_a_registry_without_units_is_told(tmp_path):
    """A silent empty site would hide a mistyped --root."""
    (tmp_path / "units").mkdir()
    run = build(tmp_path, tmp_path / "site")
    assert run.returncode == 1
    assert "registri-kosong" in run.stdout
    assert not (tmp_path / "site").exists()


def test_a_folder_that_is_no_site_is_refused(root, tmp_path):
    """Nobody's files are lost to a mistyped --site."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/skripsi.txt").write_text("satu-satunya")
    run = build(root, tmp_path / "site")
    assert run.returncode == 2
    assert "tidak dihapus" in run.stderr
    assert content(tmp_path / "site") == {"skripsi.txt": b"satu-satunya"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_place_that_cannot_be_written(root):
    """Exit 4, one sentence, no traceback."""
    run = build(root, "/dev/full/site")
    assert run.returncode == 4
    assert run.stderr.startswith("zi: ")
    assert "Traceback" not in run.stderr


def test_a_revision_instead_of_the_work_tree(root, tmp_path):
    """--rev builds what was committed, whatever lies in the folder."""
    git = ["git", "-C", str(root), "-c", "user.name=Operator", "-c", "user.email=operator@contoh.example"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "Isi pertama"]):
        subprocess.run([*git, *arguments], check=True)
    (root / "units/contoh/kppn-contoh-satu/unit.yaml").write_text("nama: Nama Lain\n", encoding="utf-8")
    assert build(root, tmp_path / "site", "--rev", "HEAD").returncode == 0
    assert b"Nama Lain" not in content(tmp_path / "site")["unit/index.html"]


def test_no_program_of_the_registry_is_run(root, tmp_path):
    """A registry may bring modules and settings of its own; none is loaded."""
    pwned = tmp_path / "pwned"
    attack = f"open({str(pwned)!r}, 'w')\n"
    for name in ("mkdocs.py", "jinja2.py", "sitecustomize.py", "material.py", "markdown.py", "yaml.py"):
        (root / name).write_text(attack)
    (root / "mkdocs.yml").write_text("site_name: x\nhooks: [mkdocs.py]\n")
    run = subprocess.run(
        [Path(sys.executable).with_name("zi"), "build", "--site", str(tmp_path / "site")],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert not pwned.exists()


OPEN = {
    "number": 12,
    "title": "<script>alert(1)</script>",
    "createdAt": "2026-11-12T03:00:00Z",
    "closedAt": None,
    "state": "OPEN",
    "isDraft": False,
    "files": [{"path": "units/contoh/kppn-contoh-satu/2024/mandiri.yaml"}],
}
CARD = "unit/contoh/kppn-contoh-satu/index.html"


def listing(path, *items):
    """Write the forge's list of proposals; return its path."""
    path.write_text(json.dumps(items), encoding="utf-8")
    return str(path)


def test_waiting_proposals_are_shown(root, tmp_path):
    """12 days from 12 to 24 November, on the home page and on the unit's; the title is nowhere."""
    site = tmp_path / "site"
    run = build(root, site, "--usulan", listing(tmp_path / "usulan.json", OPEN))
    assert (run.returncode, run.stderr) == (0, "")
    for path in ("index.html", CARD):
        assert b"1 usulan menunggu, tertua 12 hari" in content(site)[path]
    assert not [path for path, page in content(site).items() if b"alert(1)" in page]


def test_the_day_asked_for_is_the_day_of_the_queues(root, tmp_path):
    """On the day before it was opened there was no such proposal."""
    asked = ("--usulan", listing(tmp_path / "usulan.json", OPEN), "--as-of", "2026-11-11")
    assert build(root, tmp_path / "site", *asked).returncode == 0
    assert "Tidak ada usulan yang menunggu." in content(tmp_path / "site")[CARD].decode()


def test_without_a_list_of_proposals_none_are_counted(root, tmp_path):
    """Nobody asked the forge, so nobody knows."""
    assert build(root, tmp_path / "site").returncode == 0
    site = content(tmp_path / "site")
    assert not [path for path in ("index.html", CARD) if b'id="usulan"' in site[path]]


def test_the_teams_are_those_the_registry_states(root, tmp_path):
    """Its own peran.yaml, not the program's: here TPN decides what units propose."""
    own = root / "schema/aturan/peran.yaml"
    own.parent.mkdir(parents=True)
    policy = (PROGRAM / "schema/aturan/peran.yaml").read_text(encoding="utf-8")
    own.write_text(policy.replace("mandiri: [tpi]", "mandiri: [tpn]"), encoding="utf-8")
    assert build(root, tmp_path / "site", "--usulan", listing(tmp_path / "u.json", OPEN)).returncode == 0
    assert re.search(rb'<th scope="row">TPN [^<]+</th><td class="zi-angka">1', content(tmp_path / "site")["index.html"])


def test_a_list_that_is_none_is_wrong_use(root, tmp_path):
    """Exit 2, one sentence that names the place; no site is made of half a list."""
    run = build(root, tmp_path / "site", "--usulan", listing(tmp_path / "usulan.json", OPEN | {"number": "12"}))
    assert run.returncode == 2
    assert "ditolak: di /0/number harus ada bilangan bulat" in run.stderr
    assert run.stderr.startswith("zi: ")
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "site").exists()
