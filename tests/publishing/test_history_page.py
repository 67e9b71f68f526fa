"""The past of a unit on its pages: from commits in a real repository to what a reader sees."""

import os
import re
import subprocess
from datetime import date
from html import unescape

import pytest

from generator import registry
from generator.cli.build import memory, rulebook
from generator.program_files import MKDOCS
from generator.publishing.site import pages
from generator.publishing.theme import render
from generator.reading.blobs import open_tree

TODAY = date(2026, 11, 24)
CODE = "A.I.1.i.a"
HEAD = "instrumen: permenpanrb-90-2021\ntahun: 2025\n"


def git(root, *args, day="2025-01-01", name="Unit B"):
    """Run Git at noon in Jakarta of the day."""
    when = {"GIT_AUTHOR_DATE": f"{day}T05:00:00Z", "GIT_COMMITTER_DATE": f"{day}T05:00:00Z"}
    who = ("-c", f"user.name={name}", "-c", "user.email=rahasia@contoh.example")
    subprocess.run(("git", *who, *args), cwd=root, check=True, env={**os.environ, **when}, capture_output=True)


def commit(root, day, message, files, name="Unit B"):
    """Write files under units/ and commit them."""
    for path, text in files.items():
        target = root / "units" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    git(root, "add", "-A", "units")
    git(root, "commit", "-qm", message, day=day, name=name)


@pytest.fixture(scope="module")
def theme():
    """The real docs/, rendered once."""
    return render(MKDOCS)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """One unit: founded in 2024, answered Tidak in March 2025, reformatted, then Ya with new evidence, then moved."""
    root = tmp_path_factory.mktemp("registry")
    git(root, "init", "-q", "-b", "main")
    evidence = "\n    bukti: [{judul: Surat tugas, tautan: 'https://contoh.example/1'}]"
    commit(
        root, "2024-11-05", "Unit baru", {"a/instansi.yaml": "nama: A\njenis: lembaga\n", "a/b/unit.yaml": "nama: B\n"}
    )
    sheet = f"{HEAD}jawaban:\n  {CODE}:\n    jawab: Tidak\n"
    commit(root, "2025-03-10", "Menjawab\n\nAlasan panjang di baris berikut.", {"a/b/2025/mandiri.yaml": sheet})
    commit(root, "2025-03-12", "Merapikan", {"a/b/2025/mandiri.yaml": sheet.replace("Tidak", '"Tidak"')})
    better = f"{HEAD}jawaban:\n  {CODE}:\n    jawab: Ya{evidence}\n"
    reviewed = "Memperbaiki\n\nReviewed-by: TPI Contoh <tpi@contoh.example>"
    commit(root, "2025-05-10", reviewed, {"a/b/2025/mandiri.yaml": better})
    git(root, "mv", "units/a/b", "units/a/c")
    commit(root, "2026-02-01", "Pindah", {"a/c/unit.yaml": "nama: B\nasal: a/b\n"}, name="Admin A")
    return root


@pytest.fixture(scope="module")
def files(root, theme):
    """Its site, as bytes by path."""
    catalogue = registry.load_catalogue()
    with open_tree(root) as tree, memory(root, None, catalogue) as chronicle:
        records = registry.records(tree, catalogue, TODAY)
        return dict(pages(records, theme, rulebook(catalogue), TODAY, chronicle))


@pytest.fixture(scope="module")
def site(files):
    """Its pages, as text by path."""
    return {path: content.decode() for path, content in files.items() if path.endswith(".html")}


def words(html):
    """The text of some HTML, spaces made one."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", html)))


def test_years_newest_first_and_the_newest_open(site):
    """2026 (moved), 2025 (answered, improved), 2024 (founded)."""
    page = site["unit/a/c/riwayat/index.html"]
    years = re.findall(r'<details( open)? class="zi-tahun" id="tahun-(\d+)">', page)
    assert years == [(" open", "2026"), ("", "2025"), ("", "2024")]


def test_an_entry_says_what_who_why_and_who_approved(site):
    """The answer, the evidence and the points; a commit without a trailer says that nobody is on record."""
    text = words(site["unit/a/c/riwayat/index.html"])
    assert "Mandiri 2025 · A.I.1.i.a · jawaban Tidak → Ya; bukti ditambah: Surat tugas" in text
    assert re.search(r"10 Mei 2025 [0-9a-f]{12}Memperbaiki", text)
    assert "Oleh Unit B · disetujui: TPI Contoh menurut catatan Git" in text
    assert "Oleh Admin A · tanpa catatan persetujuan" in text
    assert "unit pindah dari a/b ke a/c" in text
    # One of two questions of a part worth 0.5 points: Ya is worth 0.25.
    assert "total Mandiri 2025 0,00 → 0,25" in text
    assert "(+0,25 poin)" in text
    assert "Pesan lengkapAlasan panjang di baris berikut." in text


@pytest.fixture(scope="module")
def filled(root, theme, tmp_path_factory):
    """The history page after somebody filled in 30 answers at once, each with a text and evidence."""
    copy = tmp_path_factory.mktemp("filled") / "registry"
    git(root, "clone", "-q", str(root), str(copy))
    catalogue = registry.load_catalogue()
    codes = [code for code, one in catalogue.instruments["permenpanrb-90-2021"].questions.items() if one.values][:30]
    row = "jawab: {}, penjelasan: Teks panjang, bukti: [{{judul: SK}}]"
    values = [next(iter(catalogue.instruments["permenpanrb-90-2021"].questions[code].values)) for code in codes]
    answers = "".join(f"  {code}: {{{row.format(value)}}}\n" for code, value in zip(codes, values, strict=True))
    sheet = f"{HEAD.replace('2025', '2026')}jawaban:\n{answers}"
    commit(copy, "2026-03-10", "Isi sekaligus", {"a/c/2026/mandiri.yaml": sheet})
    with open_tree(copy) as tree, memory(copy, None, catalogue) as chronicle:
        records = registry.records(tree, catalogue, TODAY)
        return dict(pages(records, theme, rulebook(catalogue), TODAY, chronicle))[
            "unit/a/c/riwayat/index.html"
        ].decode()


def test_a_whole_sheet_at_once_is_folded_and_short(filled):
    """A line for each question, with its permalink, its points and its marks for the filter; no text twice."""
    folded = filled.partition('<details class="zi-banyak">')[2].partition("</details>")[0]
    assert words(folded.partition("</summary>")[0]).startswith("31 bagian: 30 jawaban pertama, 30 bukti ditambah, 30 ")
    assert "<h4>Mandiri 2026</h4>" in folded
    rows = re.findall(r'<li class="tm kj kb kc" id="([^"]+)"><a href="#([^"]+)">(A[^<]+)</a> (.*?)</li>', folded)
    assert len(rows) == 30
    assert all(anchor == href and anchor.endswith(f"-{code}") for anchor, href, code, _ in rows)
    assert re.fullmatch(r"\+0,25; dijawab: \w+; \+1 bukti; penjelasan diisi", rows[0][3])
    assert "Teks panjang" not in folded


def test_what_changed_no_meaning_is_folded(site):
    """The quotes put around an answer: counted, in the year it happened, and nothing else is said of it."""
    page = site["unit/a/c/riwayat/index.html"]
    assert "1 perubahan tampilan tanpa perubahan makna" in page
    assert page.count("Merapikan") == 1


def test_addresses_are_unique_and_stay(site):
    """An address is of commit and question; nothing that comes later changes it."""
    page = site["unit/a/c/riwayat/index.html"]
    found = re.findall(r' id="([^"]+)"', page)
    assert len(found) == len(set(found))
    assert len(re.findall(r' id="c-[0-9a-f]{12}-A\.I\.1\.i\.a"', page)) == 2  # answered, improved


def test_no_mail_address_is_published(site):
    """Neither of authors nor of those who approved."""
    assert not [path for path, page in site.items() if "@contoh.example" in page]


def test_the_worksheet_says_since_when(site):
    """Added in March, really changed in May, judged by nobody; the evidence came in May."""
    text = words(site["unit/a/c/2025/index.html"])
    assert (
        "Ditambahkan 10 Maret 2025 (1 tahun 8 bulan lalu) · berubah 10 Mei 2025 (1 tahun 6 bulan lalu) · "
        "belum dinilai TPI atau TPN"
    ) in text
    assert "ditambahkan 10 Mei 2025" in text


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("index.html", "unit/a/c/riwayat/index.html#c-"),
        ("perubahan/index.html", "../unit/a/c/riwayat/index.html#c-"),
        ("unit/a/c/index.html", "riwayat/index.html#c-"),
    ],
)
def test_the_latest_changes_lead_to_the_history(site, page, link):
    """Four commits changed a meaning: the home page, the unit's page and /perubahan/ name them, the latest first."""
    found = re.findall(f'href="{re.escape(link)}([0-9a-f]{{12}})">(?!<code>)', site[page])
    history = re.findall(r'class="zi-entri" id="c-([0-9a-f]{12})"', site["unit/a/c/riwayat/index.html"])
    assert len(found) == 4
    assert found == history


def test_the_agencys_own_file_has_a_page_of_its_past(site):
    """It was founded with its unit; home, /perubahan/ and the unit's history lead to it."""
    text = words(site["perubahan/a/index.html"])
    assert re.search(r"5 November 2024 [0-9a-f]{12}Unit baru", text)
    (anchor,) = re.findall(r'class="zi-entri" id="([^"]+)"', site["perubahan/a/index.html"])
    assert f'href="perubahan/a/index.html#{anchor}"' in site["index.html"]
    assert f'href="../perubahan/a/index.html#{anchor}"' in site["perubahan/index.html"]
    assert 'href="../../../../perubahan/a/index.html"' in site["unit/a/c/riwayat/index.html"]


@pytest.mark.parametrize(
    ("page", "feeds"),
    [
        ("index.html", ["perubahan/atom.xml"]),
        ("perubahan/index.html", ["perubahan/atom.xml"]),
        ("perubahan/a/index.html", ["unit/a/atom.xml"]),
        ("unit/a/c/index.html", ["unit/a/c/atom.xml", "unit/a/atom.xml", "perubahan/atom.xml"]),
        ("unit/a/c/riwayat/index.html", ["unit/a/c/atom.xml", "unit/a/atom.xml", "perubahan/atom.xml"]),
    ],
)
def test_pages_name_the_feeds_they_are_in(files, page, feeds):
    """In the head for feed readers, and but for the report card in words; each leads to a feed."""
    text = files[page].decode()
    head, _, body = text.partition("</head>")
    links = re.findall(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">', head)
    folder = page.rpartition("/")[0]
    assert [os.path.normpath(f"{folder or '.'}/{link}") for link in links] == feeds
    assert set(feeds) <= set(files)
    if page != "unit/a/c/index.html":
        assert all(f'<a href="{link}">' in body for link in links)


def test_the_old_address_keeps_a_feed(files):
    """A reader of the old address still hears what happens."""
    assert files["unit/a/b/atom.xml"] == files["unit/a/c/atom.xml"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("unit/a/b/index.html", "../../a/c/index.html"),
        ("unit/a/b/riwayat/index.html", "../../../a/c/riwayat/index.html"),
        ("unit/a/b/2025/index.html", "../../../a/c/2025/index.html"),
    ],
)
def test_old_addresses_lead_on(site, old, new):
    """To the same page of the unit at its new address, by themselves and by a link."""
    folder = old.rpartition("/")[0]
    assert os.path.normpath(f"{folder}/{new}") in site
    assert f'content="0; url={new}"' in site[old]
    assert f'<a href="{new}">' in site[old]


def test_what_is_not_committed_is_said(root, theme, tmp_path):
    """On the history and on the year's page, for files edited, new and gone; not for line ends a checkout turned."""
    copy = tmp_path / "registry"
    git(root, "clone", "-q", str(root), str(copy))
    sheet = copy / "units/a/c/2025/mandiri.yaml"
    profile = copy / "units/a/c/unit.yaml"
    profile.write_bytes(profile.read_bytes().replace(b"\n", b"\r\n"))

    def built():
        catalogue = registry.load_catalogue()
        with open_tree(copy) as tree, memory(copy, None, catalogue, tree) as chronicle:
            records = registry.records(tree, catalogue, TODAY)
            found = dict(pages(records, theme, rulebook(catalogue), TODAY, chronicle))
        return [words(found[f"unit/a/c/{part}/index.html"].decode()) for part in ("riwayat", "2025")]

    assert [text for text in built() if "Belum dikomit" in text] == []
    sheet.write_text(sheet.read_text().replace("jawab: Ya", "jawab: Tidak"))
    (copy / "units/a/c/predikat.yaml").write_text("peristiwa: []\n")
    history, year = built()
    assert "Belum dikomit: 2025/mandiri.yaml, predikat.yaml. Isi dan nilai menurut berkas di folder kerja" in history
    assert "Belum dikomit: 2025/mandiri.yaml. Isi" in year


def test_without_git_the_pages_say_nothing_of_the_past(root, theme, tmp_path):
    """No history page, no link to one, no dates; /perubahan/ says why it is empty."""
    (tmp_path / "units").symlink_to(root / "units")
    catalogue = registry.load_catalogue()
    with open_tree(root) as tree, memory(tmp_path, None, catalogue) as chronicle:
        assert chronicle is None
        found = dict(pages(registry.records(tree, catalogue, TODAY), theme, rulebook(catalogue), TODAY))
    assert not [path for path in found if "riwayat" in path and path.endswith(".html")]
    text = b"".join(content for path, content in found.items() if path.endswith(".html")).decode()
    assert "riwayat/index.html" not in text
    assert "zi-sejak" not in text
    assert "tanpa riwayat Git" in found["perubahan/index.html"].decode()
