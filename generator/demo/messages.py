"""What the demo's commits say."""

from __future__ import annotations

from collections.abc import Mapping

from generator.demo.names import Place
from generator.demo.sheets import Step

_STEPS: Mapping[Step, str] = {
    Step.AREAS_1_2: "{unit}: jawab area 1 dan 2 LKE {year}",
    Step.AREAS_3_4: "{unit}: jawab area 3 dan 4 LKE {year}",
    Step.AREAS_5_6: "{unit}: jawab area 5 dan 6 LKE {year}",
    Step.RESULTS: "{unit}: hasil survei dan capaian kinerja {year}",
    Step.EVIDENCE: "{unit}: ganti dan lengkapi bukti {year}",
    Step.TPI_FIRST: "TPI: nilai area 1 sampai 3 {unit} {year}",
    Step.TPI_SECOND: "TPI: nilai area 4 sampai 6 dan hasil {unit} {year}",
    Step.CORRECTION: (
        "{unit}: perbaiki jawaban {year} menurut catatan TPI\n\n"
        "Penjelasan ditambah dan bukti dilengkapi pada pertanyaan yang dicatat TPI."
    ),
    Step.TPI_REVISION: "TPI: tutup penilaian {unit} {year} sesudah perbaikan",
    Step.TYPO: "{unit}: betulkan salah ketik pada penjelasan {year}",
    Step.TIDY: (
        "Rapikan penulisan mandiri.yaml {unit} {year}\n\n"
        "Hanya urutan kunci, tanda kutip, dan komentar; isinya tidak berubah."
    ),
    Step.MISTAKE: "{unit}: perbarui jawaban pengaduan masyarakat {year}",
    Step.TPN: "TPN: evaluasi {unit} {year}",
    Step.CLEARANCE: "Catat clearance KPK dan Ombudsman {unit} {year}",
}

MOVED = """Pindahkan {before.name} ke {after.agency.name}

Sejak pelayanan dasar dialihkan, unit ini bernama {after.name}. Riwayatnya ikut (asal: {before.id})."""

README = """\
# Registri contoh Zona Integritas

Semua instansi, unit, angka, survei, surat, dan bukti di sini **fiktif**, dibuat oleh `zi demo` untuk mencoba
ZI Registry. Tidak satu pun menggambarkan kantor yang sebenarnya; semua tautan memakai domain contoh
(`.example`) yang tidak membuka apa pun.

- `units/<instansi>/instansi.yaml`: instansi dan siapa yang memantau unitnya
- `units/<instansi>/<unit>/`: unit kerja, riwayat predikat, pemantauan, dan satu folder untuk setiap tahun

Ceritanya berakhir pada 31 Oktober 2026. Untuk melihat keadaan pada hari itu, jalankan misalnya
`zi due --as-of 2026-10-31`.
"""
"""README.md of the demo."""


def step_message(step: Step, unit: Place, year: int) -> str:
    """Return the message of the commit of a step."""
    return _STEPS[step].format(unit=unit.name, year=year)
