"""Words for the demo's texts, by area; every text is put together from them and from the instrument's criteria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What one area speaks of."""

    documents: tuple[str, ...]
    """What proves an answer."""
    activities: tuple[str, ...]
    """What was done, as the beginning of a sentence."""
    outcomes: tuple[str, ...]
    """What came of it, as a sentence."""


AREAS: Mapping[str, Words] = {
    "1": Words(
        documents=(
            *("Surat keputusan", "Notula rapat", "Rencana kerja", "Laporan pelaksanaan", "Lembar komitmen"),
            *("Profil agen perubahan", "Daftar hadir internalisasi", "Dokumentasi kegiatan"),
        ),
        activities=(
            *("Rapat tim kerja digelar", "Internalisasi nilai organisasi diadakan", "Pencanangan ulang dilakukan"),
            *(
                "Agen perubahan memaparkan kemajuan",
                "Rencana aksi ditinjau bersama pimpinan",
                "Survei budaya kerja disebar",
            ),
        ),
        outcomes=(
            *("Seluruh subbagian memakai lembar kendali yang sama.", "Waktu rapat koordinasi berkurang separuh."),
            *("Target prioritas diperbarui menurut hasil tinjauan.", "Usulan pegawai masuk ke dalam rencana kerja."),
            *("Pimpinan membahas kemajuan pada apel bulanan.", "Media sosialisasi dipasang di semua ruang layanan."),
        ),
    ),
    "2": Words(
        documents=(
            *("Peta proses bisnis", "Prosedur operasional", "Laporan evaluasi SOP", "Tangkapan layar aplikasi"),
            *("Buku panduan aplikasi", "Daftar informasi publik", "Nota dinas penyederhanaan", "Berita acara uji coba"),
        ),
        activities=(
            *("Evaluasi prosedur dijalankan", "Uji coba aplikasi dilakukan", "Daftar informasi publik dimutakhirkan"),
            *("Alur layanan dipangkas", "Pemantauan pemakaian aplikasi dibuat", "Pelatihan pengguna aplikasi diadakan"),
        ),
        outcomes=(
            *("Dua tahap verifikasi digabung menjadi satu.", "Berkas kertas tidak lagi diminta dari pemohon."),
            *("Waktu proses turun menurut catatan sistem.", "Semua prosedur utama memakai format baru."),
            *("Permintaan informasi dijawab dalam tenggat.", "Kendala jaringan tercatat dan ditangani."),
        ),
    ),
    "3": Words(
        documents=(
            *(
                "Peta jabatan",
                "Analisis beban kerja",
                "Matriks kompetensi",
                "Sasaran kinerja pegawai",
                "Surat tugas diklat",
            ),
            *("Rekapitulasi presensi", "Laporan penegakan disiplin", "Laporan pengembangan pegawai"),
        ),
        activities=(
            *("Asesmen pegawai dilaksanakan", "Pelatihan di kantor sendiri diadakan", "Dialog kinerja berlangsung"),
            *(
                "Rotasi antarseksi ditetapkan",
                "Pemutakhiran data kepegawaian dilakukan",
                "Sosialisasi kode etik digelar",
            ),
        ),
        outcomes=(
            *("Kesenjangan kompetensi menyempit pada seksi layanan.", "Capaian individu diukur setiap bulan."),
            *("Pegawai terbaik triwulan diumumkan.", "Kekosongan jabatan terisi menurut peta jabatan."),
            *("Data kepegawaian cocok dengan sistem pusat.", "Tidak ada keterlambatan laporan kinerja."),
        ),
    ),
    "4": Words(
        documents=(
            *("Perjanjian kinerja", "Rencana strategis", "Laporan kinerja", "Manual indikator kinerja utama"),
            *("Notula reviu kinerja", "Kertas kerja kerangka logis", "Tangkapan layar dasbor kinerja", "Rencana aksi"),
        ),
        activities=(
            *("Reviu capaian kinerja diadakan", "Penyusunan rencana kinerja dibahas", "Dasbor kinerja diperbarui"),
            *("Bimbingan penyusunan laporan diikuti", "Pimpinan memimpin rapat capaian", "Indikator disesuaikan"),
        ),
        outcomes=(
            *("Sasaran yang tertinggal mendapat rencana perbaikan.", "Laporan terkirim sebelum batas waktu."),
            *("Indikator memenuhi kriteria yang terukur.", "Penghargaan diberikan menurut capaian."),
            *("Setiap seksi memahami sumbangannya pada sasaran.", "Anggaran diarahkan ke sasaran utama."),
        ),
    ),
    "5": Words(
        documents=(
            *("Laporan pengendalian gratifikasi", "Peta risiko", "Laporan pemantauan pengendalian intern"),
            *("Rekapitulasi pengaduan", "Peta benturan kepentingan", "Surat pernyataan", "Bahan kampanye antikorupsi"),
            *("Bukti lapor harta kekayaan", "Laporan evaluasi saluran pengaduan"),
        ),
        activities=(
            *("Kampanye antigratifikasi dilakukan", "Penilaian risiko dilaksanakan", "Saluran pengaduan diuji"),
            *(
                "Pernyataan benturan kepentingan dikumpulkan",
                "Evaluasi pengaduan dibahas",
                "Inspeksi mendadak dilakukan",
            ),
        ),
        outcomes=(
            *("Semua pengaduan dijawab dalam lima hari kerja.", "Risiko tinggi mendapat pengendalian tambahan."),
            *("Penolakan pemberian tercatat dan dilaporkan.", "Hasil evaluasi disampaikan kepada semua pihak."),
            *("Banner larangan pemberian dipasang di loket.", "Pelaporan harta selesai sebelum tenggat."),
        ),
    ),
    "6": Words(
        documents=(
            *("Standar pelayanan", "Maklumat pelayanan", "Laporan survei kepuasan", "Foto ruang layanan"),
            *("Rekapitulasi pengaduan layanan", "Sertifikat pelatihan", "Profil inovasi", "Brosur layanan"),
        ),
        activities=(
            *(
                "Pelatihan petugas loket diadakan",
                "Standar pelayanan ditinjau bersama pengguna",
                "Survei kepuasan disebar",
            ),
            *("Inovasi layanan diluncurkan", "Forum konsultasi publik digelar", "Kanal pengaduan dihubungkan"),
        ),
        outcomes=(
            *("Waktu tunggu di loket turun.", "Kompensasi diberikan bila layanan terlambat."),
            *("Pengguna difabel mendapat jalur khusus.", "Hasil survei dipajang di ruang tunggu dan situs."),
            *("Keluhan ditanggapi pada hari yang sama.", "Layanan dapat dipantau lewat telepon genggam."),
        ),
    ),
    "B": Words(
        documents=("Laporan survei", "Laporan capaian kinerja", "Berita acara verifikasi", "Kuesioner"),
        activities=("Survei daring disebar", "Capaian diverifikasi", "Hasil survei dibahas", "Responden dipilih acak"),
        outcomes=(
            *("Hasil dibandingkan dengan tahun sebelumnya.", "Unsur terendah mendapat rencana perbaikan."),
            *("Responden berasal dari semua jenis layanan.", "Capaian melampaui target triwulan."),
        ),
    ),
}

PARTIES = (
    *("seluruh pegawai", "para kepala seksi", "subbagian umum", "tim kerja", "petugas loket", "mitra kerja"),
    *("perwakilan pengguna layanan", "kepatuhan internal", "pengelola teknologi informasi", "pimpinan unit"),
)
PLACES = (
    *("aula", "ruang rapat utama", "ruang layanan", "pertemuan daring", "ruang belajar", "kantor bersama"),
    *("balai pertemuan", "ruang pimpinan"),
)
LACKS = (
    *("belum ditandatangani pejabat berwenang", "tidak memuat tanggal", "belum mencakup semua seksi"),
    *("hanya berupa foto tanpa laporan", "masih memakai periode tahun lalu", "belum disertai tindak lanjut"),
    *("tidak dapat dibuka pada saat penilaian", "belum menunjukkan pelaksanaan berkala"),
)
CHECKS = (
    *("telah dicocokkan dengan arsip", "sesuai dengan wawancara petugas", "lengkap dan dapat ditelusuri"),
    *("diperiksa pada kunjungan lapangan", "sesuai dengan catatan sistem", "memuat periode yang dinilai"),
)
PROGRAMMES = (
    *("Loket satu pintu", "Jemput bola layanan", "Kelas pengguna baru", "Pagi tanpa antre", "Klinik konsultasi"),
    *("Pojok aduan", "Audit kilat bulanan", "Meja ramah difabel", "Arsip digital mandiri", "Kabar layanan mingguan"),
)
FOLLOW_UPS = (
    *("Perbarui prosedur pelayanan di semua loket", "Sediakan sarana pengaduan di ruang tunggu"),
    *("Latih petugas pengganti untuk setiap program", "Umumkan hasil survei setiap triwulan"),
    *("Lengkapi notula rapat pemantauan internal", "Tetapkan kembali tim kerja pembangunan"),
)
"""What a monitoring asks for."""
METHODS = (
    *("Kuesioner daring kepada pengguna layanan tiga bulan terakhir", "Wawancara tatap muka di ruang layanan"),
    *("Kuesioner lewat pesan singkat sesudah layanan selesai", "Sampel acak dari daftar pengguna layanan"),
)
