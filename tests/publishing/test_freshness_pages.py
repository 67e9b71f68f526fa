"""Pages say how fresh evidence is: each piece in a word, shares per area, what ended and what is used twice by name."""

import posixpath
import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

import pytest

from generator import registry
from generator.cli.build import rulebook as built_rulebook
from generator.model.declared import Answer, Evidence, Tier
from generator.program_files import PROGRAM
from generator.publishing.site import pages
from generator.reading.blobs import open_tree

CASES = PROGRAM / "tests" / "cases" / "invalid"
TODAY = date(2026, 11, 24)


@pytest.fixture
def site(bare_theme, rulebook, judged, held):
    """The function that makes the pages of a unit with this evidence for A.1.a (yearly: 12 and 24 months)."""

    def made(*evidence, **others):
        answers = {"A.1.a": Answer(choice="Ya", evidence=evidence), **others}
        year = held.years[0]
        mandiri = replace(year.sheets[Tier.MANDIRI], answers=answers)
        unit = replace(held, years=(replace(year, sheets={**year.sheets, Tier.MANDIRI: mandiri}),))
        found = pages([judged(unit, TODAY)], bare_theme, rulebook, TODAY)
        return {path: content.decode() for path, content in found if path.startswith("unit/contoh/satu/")}

    return made


def words(html):
    """Return the words without elements, one space between them."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def evidence_of(page):
    """Return the words of each piece of evidence in a worksheet."""
    return [
        words(item)
        for block in re.findall(r'<ul class="zi-evidence">(.*?)</ul>', page)
        for item in re.findall(r"<li>(.*?)</li>", block)
    ]


def part(page):
    """Return the report card's part on freshness."""
    return re.search(r'<section><h2 id="kesegaran">.*?</section>', page)[0]


def test_each_piece_says_its_state_and_age_in_words(site):
    """Nothing hangs on a colour; the age is in months and years."""
    found = site(
        Evidence(title="Segar", dated=date(2025, 11, 24)),  # 12 months to the day
        Evidence(title="Menua", dated=date(2025, 11, 23)),
        Evidence(title="Basi", dated=date(2024, 11, 23)),
        Evidence(title="Habis", dated=date(2026, 10, 1), valid_until=date(2026, 11, 23)),
        Evidence(title="Tanpa"),
        Evidence(title="Nanti", dated=date(2026, 11, 25)),
    )
    assert evidence_of(found["unit/contoh/satu/2025/index.html"]) == [
        "Segar segar &middot; 24 November 2025 (1 tahun lalu)",
        "Menua menua &middot; 23 November 2025 (1 tahun lalu)",
        "Basi basi &middot; 23 November 2024 (2 tahun lalu)",
        "Habis habis masa berlakunya &middot; 1 Oktober 2026 (1 bulan lalu) &middot; berlaku sampai 23 November 2026",
        "Tanpa tanpa tanggal",
        "Nanti bertanggal sesudah hari ini &middot; 25 November 2026 (bertanggal sesudah hari ini)",
    ]


def test_of_exempt_evidence_only_the_state_is_said(site):
    """UU 14/2008: its title is open, its day and its place are not."""
    found = site(Evidence(title="Rahasia", dated=date(2020, 1, 1), valid_until=date(2021, 1, 1), exempt=True))
    (said,) = evidence_of(found["unit/contoh/satu/2025/index.html"])
    assert said == "Rahasia Dikecualikan Hanya judulnya yang dibuka (UU 14/2008). &middot; habis masa berlakunya"
    assert "2021" not in words(part(found["unit/contoh/satu/index.html"]))


def test_an_earlier_year_is_a_record_of_its_own_time(bare_theme, rulebook, judged, held):
    """Only the latest filled year says how fresh its evidence is; an ended validity is said in every year."""
    earlier = held.years[0]
    answers = {"A.1.a": Answer(choice="Ya", evidence=(Evidence(title="Baru", dated=date(2026, 5, 1)),))}
    mandiri = replace(earlier.sheets[Tier.MANDIRI], year=2026, answers=answers)
    later = replace(earlier, year=2026, sheets={Tier.MANDIRI: mandiri})
    record = judged(replace(held, years=(earlier, later)), TODAY)
    found = {path: page.decode() for path, page in pages([record], bare_theme, rulebook, TODAY)}
    assert evidence_of(found["unit/contoh/satu/2026/index.html"]) == ["Baru segar &middot; 1 Mei 2026 (6 bulan lalu)"]
    old = evidence_of(found["unit/contoh/satu/2025/index.html"])
    assert old[0].startswith("SK Tim 2025 10 Januari 2025 &middot; berlaku sampai 31 Desember 2025 sudah berakhir")
    assert 'id="kesegaran">Kesegaran bukti, 2026' in found["unit/contoh/satu/index.html"]


def test_shares_per_area_and_what_ended_by_name(site):
    """Figures beside every bar; each ended piece with its question and day."""
    found = site(
        Evidence(title="Segar", dated=date(2026, 11, 1)),
        Evidence(title="Basi", dated=date(2020, 11, 1)),
        Evidence(title="Piagam <b>lama</b>", dated=date(2026, 10, 1), valid_until=date(2026, 11, 23)),
        Evidence(title="Tanpa"),
        **{"A.1.b": Answer(choice="A", evidence=(Evidence(title="Kebijakan", dated=date(2024, 1, 1)),))},
    )
    said = part(found["unit/contoh/satu/index.html"])
    # area 1: fresh 2 (a policy of 34 months is fresh for 36), stale 1, expired 1: 2 of 4
    assert "2 dari 4 bukti yang bertanggal (50,00 %) basi atau habis masa berlakunya." in words(said)
    assert "1 bukti tanpa tanggal tidak dihitung." in words(said)
    rows = [words(row) for row in re.findall(r"<tr>(.*?)</tr>", said)[1:]]
    assert rows == [
        "1. Perubahan 50,00 % 2 0 1 1 1",
        "2. Pengaduan – 0 0 0 0 0",
        "B Hasil – 0 0 0 0 0",
        "Semua 50,00 % 2 0 1 1 1",
    ]
    assert said.count('<rect width="50"') == 2
    (ended,) = evidence_of(said)
    assert ended == "A.1.a Piagam &lt;b&gt;lama&lt;/b&gt; berlaku sampai 23 November 2026 (1 hari lalu)"


def test_a_long_list_is_folded_not_cut(site):
    """Every ended piece is named; those beyond the first twelve are folded away."""
    ended = [Evidence(title=f"Surat {number}", valid_until=date(2026, 1, 1)) for number in range(15)]
    said = part(site(*ended)["unit/contoh/satu/index.html"])
    assert len(evidence_of(said)) == 15
    assert "<summary>3 lagi</summary>" in said


def test_a_unit_without_evidence_says_so(bare_theme, rulebook, records):
    """Of a unit that gave none, and of one that filled no year."""
    found = {path: page.decode() for path, page in pages(records, bare_theme, rulebook, TODAY)}
    assert words(part(found["unit/contoh/dua/index.html"])) == (
        "Kesegaran bukti, 2025 Jawaban unit belum memuat bukti."
    )
    assert words(part(found["unit/contoh/tiga/index.html"])) == "Kesegaran bukti Unit belum mengisi satu tahun pun."


def test_the_method_page_shows_the_values(bare_theme, rulebook):
    """The same data that is computed with: months of each kind, and which questions are of which."""
    page = dict(pages([], bare_theme, rulebook, TODAY))["metodologi/index.html"].decode()
    rows = [words(row) for row in re.findall(r"<tr>(.*?)</tr>", page)]
    assert "Sekali 36 bulan 60 bulan Kebijakan." in rows
    assert "Tahunan (bila tidak disebut di bawah) 12 bulan 24 bulan Setiap tahun." in rows
    assert "A.1.b Sekali Rencana dijalankan" in rows


@pytest.fixture(scope="module")
def recycling():
    """The function that makes the pages of a case's registry, with what its check found."""

    def made(case, theme):
        catalogue = registry.load_catalogue()
        with open_tree(CASES / "bukti-dipakai-ulang" / case) as tree:
            checked = registry.check(tree, catalogue, TODAY)
            found = registry.records(tree, catalogue, TODAY)
            return dict(pages(found, theme, built_rulebook(catalogue), TODAY, reuses=checked.reuses))

    return made


def test_recycled_evidence_stands_beside(recycling, bare_theme):
    """With a link to every other use; a unit's part tells of its latest year."""
    found = recycling("tahun-dan-unit-lain", bare_theme)
    said = part(found["unit/contoh/kppn-satu/index.html"].decode())
    assert "Bukti yang dipakai lebih dari satu kali" in said
    others = re.findall(r"juga untuk (.*?)</span>", said)
    links = [re.findall(r'<a href="([^"]+)">([^<]+)</a>', other) for other in others]
    assert links == [
        [
            ("../../contoh/kppn-dua/2025/index.html#A.I.1.i.a", "contoh/kppn-dua 2025 A.I.1.i.a"),
            ("2024/index.html#A.I.1.i.a", "2024 A.I.1.i.a"),
        ]
    ]
    for target, _ in links[0]:
        path = posixpath.normpath(posixpath.join("unit/contoh/kppn-satu", urlsplit(target).path))
        assert f'id="{urlsplit(target).fragment}"'.encode() in found[path]


def test_without_a_check_nothing_is_said_of_recycling(site):
    """And evidence of one use is not named."""
    assert "lebih dari satu kali" not in site(Evidence(title="Satu", sha256="a" * 64))["unit/contoh/satu/index.html"]
