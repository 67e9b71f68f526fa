"""What the pages say, on a small instrument and units made by hand."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from generator.model.declared import EventKind, MonitoringReport, Predicate, PredicateEvent, Tier
from generator.publishing.site import pages


@pytest.fixture
def site(bare_theme, rulebook):
    """The function that makes the pages of records, as text by path."""

    def made(*records):
        as_of = date(2026, 11, 24)
        return {path: page.decode() for path, page in pages(records, bare_theme, rulebook, as_of)}

    return made


def words(page):
    """Return the page's words as a reader sees them, without its elements."""
    text = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page))).strip()
    return re.sub(r" (?=[.,:;])", "", text)


class TestWorksheet:
    """/unit/<instansi>/<unit>/<tahun>/"""

    def test_every_question_has_its_address(self, site, records, instrument):
        """#A.1.a, once."""
        page = site(*records)["unit/contoh/satu/2025/index.html"]
        for code in instrument.questions:
            assert page.count(f'id="{code}"') == 1
            assert f'href="#{code}"' in page

    def test_how_a_number_came_about(self, site, records):
        """Answer -> value -> shared weight -> points, per tier: 1 / 2 questions x 30 = 15; 7/8 x 30 = 26.25."""
        text = words(site(*records)["unit/contoh/satu/2025/index.html"])
        assert "nilai 1,00 ÷ 2 pertanyaan × bobot 30 = 15,00 poin" in text
        assert "nilai 0,88 × bobot 30 = 26,25 poin" in text  # 7/8 = 0.875, half up
        assert "Indeks 3,72 dari 4; TPN, 120 responden, 30 Juni 2025" in text
        assert "nilai 0,93 × bobot 40 = 37,20 poin" in text  # 3.72 / 4 = 0.93
        assert "TPI: rata-rata 2 pertanyaan 0,75 × bobot 30 = 22,50 poin" in text  # (1 + 0.5) / 2

    def test_totals_beside_each_other(self, site, records):
        """Mandiri 30 + 26.25 + 37.2 = 93.45; TPI 22.5 + 26.25 + 37.2 = 85.95; TPN 30 + 30 + 37.2 = 97.2."""
        text = words(site(*records)["unit/contoh/satu/2025/index.html"])
        for total in ("93,45", "85,95", "97,20"):
            assert total in text

    def test_zero_denominator_is_the_registrys_decision(self, site, records):
        """0 of 0 is worth what the instrument says, and says so."""
        text = words(site(*records)["unit/contoh/satu/2025/index.html"])
        assert "nilai 1,00 (penyebut 0, keputusan registri) × bobot 30 = 30,00 poin" in text
        assert "Tidak ada yang tertinggal. (keputusan registri ini, bukan ketentuan resmi)" in text

    def test_chosen_criteria_name_the_tiers(self, site, records):
        """Mandiri and TPN chose A, TPI chose B."""
        text = words(site(*records)["unit/contoh/satu/2025/index.html"])
        assert "A Semua Mandiri, TPN 1,00" in text
        assert "B Sebagian TPI 0,50" in text

    def test_evidence_and_judgement(self, site, records):
        """Link, dates, validity, fingerprint; TPI's judgement and reason beside it."""
        page = site(*records)["unit/contoh/satu/2025/index.html"]
        text = words(page)
        assert '<a href="https://contoh.example/sk" rel="nofollow noopener noreferrer">SK Tim 2025</a>' in page
        assert "habis masa berlakunya · 10 Januari 2025 (1 tahun 10 bulan lalu) · berlaku sampai 31" in text
        assert "SHA-256 4f4f4f4f…" in text
        assert "4f" * 32 in text
        assert "Bukti: ✓ relevan ✓ lengkap ✕ tidak sah" in text
        assert "SK belum diteken" in text

    def test_three_different_nothings(self, site, records):
        """The answer "Tidak", "Belum dijawab" and a value of 0 look and read differently."""
        page = site(*records)["unit/contoh/dua/2025/index.html"]
        text = words(page)
        assert '<span class="zi-badge zi-tidak"><span class="zi-sign" aria-hidden="true">✕</span>Tidak</span>' in page
        assert (
            '<span class="zi-badge zi-kosong"><span class="zi-sign" aria-hidden="true">○</span>Belum dijawab</span>'
        ) in page
        assert "■ 0/5 nilai 0,00 × bobot 30 = 0,00 poin" in text
        assert "○ Belum dijawab dihitung 0" in text

    def test_only_tiers_with_a_sheet_have_a_column(self, site, records):
        """TPN has not judged: no empty TPN column beside every question."""
        page = site(*records)["unit/contoh/dua/2025/index.html"]
        assert ">TPI</p>" in page
        assert ">TPN</p>" not in page

    def test_a_year_without_any_sheet(self, site, judged, held):
        """A year of surveys alone is a page that says so."""
        year = replace(held.years[0], sheets={})
        page = site(judged(replace(held, years=(year,))))["unit/contoh/satu/2025/index.html"]
        assert "Belum ada penilai yang mengisi lembar kerja tahun ini." in page

    @pytest.mark.parametrize("tier", list(Tier))
    def test_one_tier_alone(self, site, judged, held, tier):
        """Any tier may be the only one, also without mandiri."""
        year = held.years[0]
        alone = replace(held, years=(replace(year, sheets={tier: year.sheets[tier]}),))
        assert (
            f"{tier.upper() if tier != 'mandiri' else 'Mandiri'}</p>"
            in site(judged(alone))["unit/contoh/satu/2025/index.html"]
        )


class TestReportCard:
    """/unit/<instansi>/<unit>/"""

    def test_the_predicate_with_its_decree(self, site, records):
        """What was really given, with number, date and source."""
        text = words(site(*records)["unit/contoh/satu/index.html"])
        assert "WBK Wilayah Bebas dari Korupsi Keputusan KEP-9/CONTOH/2024, 1 Desember 2024. Sumber" in text

    def test_the_data_are_kept_apart_from_the_predicate(self, site, records):
        """TPN: total 97.20 >= 85, area-1 100 %, clean, WBK held on 31 May 2025: both are met by the data."""
        text = words(site(*records)["unit/contoh/satu/index.html"])
        assert "Memenuhi syarat menurut data WBK ✓ Ya WBBM ✓ Ya Bukan predikat" in text
        assert "Yang menentukan: Tim Penilai Nasional (TPN)" in text

    def test_a_forecast_is_called_one(self, site, records):
        """TPI decides while TPN has not judged."""
        text = words(site(*records)["unit/contoh/dua/index.html"])
        assert "Angka di bawah adalah prakiraan menurut Tim Penilai Internal (TPI): TPN belum menilai" in text
        assert "2 pertanyaan belum dijawab. Bukan predikat" in text
        assert "WBK ? Belum dapat disimpulkan" in text

    def test_gaps(self, site, records):
        """TPI - Mandiri: 85.95 - 93.45 = -7.50; TPN - TPI: 97.20 - 85.95 = +11.25."""
        text = words(site(*records)["unit/contoh/satu/index.html"])
        assert "Total 93,45 85,95 97,20 −7,50 +11,25" in text
        assert "A.1.b Rencana dijalankan 1,00 0,50 1,00 −0,50 +0,50" in text

    def test_monitoring_says_where_its_date_comes_from(self, site, records):
        """Last monitored 17 August 2025, so due two years later."""
        text = words(site(*records)["unit/contoh/satu/index.html"])
        assert "17 Agustus 2027 (266 hari lagi)" in text
        assert "24 bulan sejak pemantauan terakhir 17 Agustus 2025" in text
        assert "Tahap ● Dipertahankan sejak 17 Agustus 2025" in text
        assert "Triwulan 1 2025 Tamu rahasia ● Masih berjalan Tetap" in text

    def test_a_monitoring_report_can_be_read(self, site, records):
        """Who, when, how, what was found, what must be done; on 24 November 2026 one is late, one has its last day.

        Awarded 1 December 2024, so due 1 December 2026: from 17 August 2025, 136 (to 31 December) + 335 = 471 days.
        Done 2 October, two days after 30 September.
        """
        page = site(*records)["unit/contoh/satu/index.html"]
        text = words(page)
        assert "17 Agustus 2025 ● Dipertahankan Pelaksana UKI-Es.I Waktunya 471 hari sebelum jatuh tempo" in text
        assert "Metode Kunjungan Nomor LAP-1 Catatan Baik Temuan Maklumat usang Loket penuh" in text
        assert "Tindak lanjut: 3, 2 terbuka, 1 lewat batas" in text
        assert "Perbarui maklumat 30 September 2025 ✓ Selesai 2 Oktober 2025 (2 hari lewat batas) Surat 7" in text
        assert "Tambah loket 23 November 2026 ▲ Lewat batas (1 hari lewat batas)" in text
        assert "Umumkan jam layanan 24 November 2026 ○ Terbuka" in text
        assert '<a href="https://contoh.example/ba" rel="nofollow noopener noreferrer">Berita acara</a>' in page
        assert "Tindak lanjut 2 terbuka, 1 lewat batas" in text
        assert 'id="pemantauan-2025-08-17"' in page

    def test_reports_stand_newest_first_each_at_its_address(self, site, judged, make_unit):
        """Two of one day have two addresses; tomorrow's does not exist yet; one before the award is named so."""
        days = [date(2024, 11, 1), date(2026, 1, 5), date(2026, 1, 5), date(2026, 11, 25)]
        reports = tuple(MonitoringReport(dated=day, by="TPI", result="dipertahankan") for day in days)
        awarded = PredicateEvent(kind=EventKind.DITETAPKAN, predicate=Predicate.WBK, dated=date(2024, 12, 1))
        page = site(judged(make_unit("satu", events=(awarded,), monitoring=reports)))["unit/contoh/satu/index.html"]
        assert re.findall(r'id="pemantauan-([^"]+)"', page) == ["2026-01-05-2", "2026-01-05", "2024-11-01"]
        assert words(page).count("unit tidak menyandang predikat") == 1

    def test_a_unit_without_years(self, site, records):
        """Revoked on 1 July 2025: no proposal until 1 July 2027; nothing else is invented."""
        text = words(site(*records)["unit/contoh/tiga/index.html"])
        assert "Tidak dapat diusulkan sampai 1 Juli 2027." in text
        assert "Belum ada penilaian untuk unit ini." in text
        assert "✕ Dicabut WBK KEP-3" in text

    def test_a_year_just_begun_does_not_hide_the_last(self, site, judged, held):
        """An empty sheet of 2026 leaves 2025 as the year the card is about."""
        year = held.years[0]
        begun = replace(year, year=2026, sheets={Tier.MANDIRI: replace(year.sheets[Tier.MANDIRI], answers={})})
        text = words(site(judged(replace(held, years=(year, begun))))["unit/contoh/satu/index.html"])
        assert "97,20 / 100 Menurut TPN, 2025." in text
        assert "2026 0,00 4 belum dijawab belum menilai belum menilai belum ada" in text

    def test_a_unit_that_declares_nothing(self, site, judged, make_unit):
        """Every part has a sentence for nothing."""
        text = words(site(judged(make_unit()))["unit/contoh/satu/index.html"])
        assert "Belum ada penilaian." in text
        assert "Belum ada peristiwa predikat." in text
        assert "None" not in text


class TestAllUnits:
    """The pages about all units."""

    def test_home(self, site, records):
        """Three units of one agency, one WBK; awards newest first, also of a predicate revoked since."""
        text = words(site(*records)["index.html"])
        assert "3 unit kerja 1 instansi 1 menyandang WBK 0 menyandang WBBM 0 pemantauan terlambat" in text
        assert "Keadaan per 24 November 2026." in text
        assert text.index("1 Desember 2024") < text.index("1 Desember 2022")

    def test_directory(self, site, records):
        """Sorted by name, with the deciding tier's total and what it rests on."""
        text = words(site(*records)["unit/index.html"])
        assert text.index("KPPN Contoh Dua") < text.index("KPPN Contoh Satu") < text.index("KPPN Contoh Tiga")
        assert "KPPN Contoh Satu WBK 97,20 2025, TPN ○ Belum cukup data ● Terjadwal" in text
        assert "KPPN Contoh Dua – 0,00 2025, TPI, prakiraan, 2 belum dijawab – ○ Belum berpredikat" in text
        assert "KPPN Contoh Tiga – belum ada – ✕ Predikat dicabut tidak dapat diusulkan sampai 1 Juli 2027" in text

    def test_board_by_body_and_by_urgency(self, site, judged, make_unit):
        """Awarded 1 December 2024, never monitored: due 1 December 2026, 7 days left; and one that is late."""
        awarded = PredicateEvent(kind=EventKind.DITETAPKAN, predicate=Predicate.WBK, dated=date(2024, 12, 1))
        soon = make_unit("satu", events=(awarded,))
        late = make_unit("dua", events=(replace(awarded, dated=date(2024, 11, 1)),))
        text = words(site(judged(late), judged(soon))["pemantauan/index.html"])
        assert "UKI-Es.I Instansi Contoh 1 1 0" in text
        assert "1 Desember 2026 (7 hari lagi)" in text
        assert "1 November 2026 (lewat 23 hari)" in text
        assert "Tidak ada unit dalam masa larangan usulan." in text

    def test_an_empty_registry(self, site):
        """No unit at all: every page stands and says so."""
        made = site()
        assert set(made) == {
            "index.html",
            "unit/index.html",
            "pemantauan/index.html",
            "pemantauan/jatuh-tempo.ics",
            "pemantauan/pemantauan.json",
            "metodologi/index.html",
            "data/index.html",
        }
        assert "Registri ini belum memuat unit." in made["index.html"]
        assert "Registri ini belum memuat unit." in made["unit/index.html"]
        assert "Belum ada unit yang menyandang predikat." in made["pemantauan/index.html"]


class TestRules:
    """Pages written from the rules themselves."""

    def test_method(self, site, instrument):
        """Every question with its criteria, the conditions, the zero denominators, the monitoring rules."""
        page = site()["metodologi/index.html"]
        text = words(page)
        for code, question in instrument.questions.items():
            assert f'id="{code}"' in page
            assert question.text in text
        assert "Ya = 1; Tidak = 0" in text
        assert "Total ≥ 75,00 ≥ 85,00 poin A + B" in text
        assert "Perubahan ≥ 60,00 % – poin A.1 sebagai bagian dari bobotnya" in text
        assert "A.2.a 1,00 Tidak ada yang tertinggal." in text
        assert "Jarak antarpemantauan 24 bulan Contoh Dua tahun" in text
        assert "Bobot Contoh Dihitung tangan" in text
        assert "Dalam konfirmasi Pemantauan mengusulkan pencabutan" in text
        assert "ditetapkan → Ditetapkan; dikonfirmasi → Dikonfirmasi; dicabut → Dicabut" in text

    def test_a_second_instrument_has_addresses_of_its_own(self, bare_theme, rulebook, instrument):
        """Versions stand side by side; the first keeps the short addresses."""
        both = replace(rulebook, instruments=(instrument, replace(instrument, id="kecil-2027")))
        page = dict(pages([], bare_theme, both, date(2026, 11, 24)))["metodologi/index.html"].decode()
        found = re.findall(r'id="([^"]+)"', page)
        assert len(found) == len(set(found))
        assert {"A.1.a", "kecil-2027.A.1.a"} <= set(found)

    def test_data(self, site):
        """Every property of a schema with its description, also inside lists and references."""
        text = words(site()["data/index.html"])
        assert "nama Nama resmi. wajib misalnya KPPN Contoh" in text
        assert "layanan[].judul boleh teks" in text
        assert "bagian Bagian. boleh kunci di bawahnya" in text
        assert "bagian.jenis boleh a, b" in text
