"""The first form of a unit's files: complete, valid, and explained to somebody who knows Excel and not YAML.

Pure: texts in, path -> bytes out. What an operator writes later replaces a "belum" or an empty list; comments are
only for reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from textwrap import wrap

from generator.canonical import scalar
from generator.model.declared import Tier
from generator.model.document import Kind
from generator.model.exact import decimal_text
from generator.model.instrument import Group, Instrument, Question

_WIDTH = 110
"""Columns of a comment; what GitHub's editor shows on a laptop without scrolling."""

Files = Mapping[str, bytes]
"""Path from the registry's root -> content."""


def agency_files(agency: str, name: str) -> Files:
    """Return instansi.yaml of a new agency."""
    body = f"""\
# Instansi ini. Satu berkas berlaku untuk semua unit di folder {agency}.
nama: {scalar(name)}

# Siapa yang memantau unit sesudah predikat diberikan. Bila tidak ditulis: TPI.
# Bila berbeda, hapus tanda # beserta satu spasi sesudahnya pada tiga baris ini, lalu ganti namanya.
# pemantau:
#   WBK: UKI-Es.I
#   WBBM: Itjen

# Siapa yang mengisi (mandiri) dan menilai (tpi, tpn). Nama yang diawali @ adalah akun atau tim di forge: hanya akun
# itu yang boleh mengusulkan dan menyetujui perubahan. Cara memakainya sama: hapus tanda # dan satu spasi sesudahnya.
# tim:
#   mandiri: ["@tim-zi-contoh"]
#   tpi: [Inspektorat Jenderal, "@organisasi/inspektorat"]
#   tpn: ["@organisasi/tpn"]
# tim_unit:                                # unit dengan tim sendiri; selebihnya diisi tim mandiri
#   nama-folder-unit: ["@operator-unit"]
"""
    return _file(f"units/{agency}", Kind.INSTANSI, body)


def unit_files(unit_id: str, name: str) -> Files:
    """Return unit.yaml, predikat.yaml and pemantauan.yaml of a new unit."""
    folder = f"units/{unit_id}"
    return {
        **_file(folder, Kind.UNIT, _UNIT.format(name=scalar(name))),
        **_file(folder, Kind.PREDIKAT, _PREDIKAT),
        **_file(folder, Kind.PEMANTAUAN, _PEMANTAUAN),
    }


def reply_file(unit_id: str) -> Files:
    """Return tanggapan.yaml, where the unit answers what the registry concludes of it."""
    return _file(f"units/{unit_id}", Kind.TANGGAPAN, _TANGGAPAN)


def case_file(unit_id: str) -> Files:
    """Return kasus.yaml, which only TPI and TPN fill in."""
    return _file(f"units/{unit_id}", Kind.KASUS, _KASUS)


def year_files(unit_id: str, year: int, instrument: Instrument) -> Files:
    """Return what the unit fills in for a year: mandiri.yaml, survei.yaml and clearance.yaml."""
    folder = f"units/{unit_id}/{year}"
    return {
        **sheet_file(unit_id, year, instrument, Tier.MANDIRI),
        **_file(folder, Kind.SURVEI, _SURVEI.format(year=year)),
        **_file(folder, Kind.CLEARANCE, _CLEARANCE.format(year=year)),
    }


def sheet_file(unit_id: str, year: int, instrument: Instrument, tier: Tier) -> Files:
    """Return one tier's sheet with every question of the instrument, none answered."""
    first = next(iter(instrument.questions.values()))
    head = (_MANDIRI if tier is Tier.MANDIRI else _ASSESSOR).format(
        who=_WHO[tier],
        year=year,
        place=f"units/{unit_id}/{year}",
        file=f"{tier}.yaml",
        code=first.code,
        choice=next(iter(first.values), "belum"),
    )
    lines = [head + f"instrumen: {scalar(instrument.id)}", f"tahun: {year}", "jawaban:"]
    for group in instrument.groups:
        lines += _group(group, year, depth=1)
    return _file(f"units/{unit_id}/{year}", Kind(tier.value), "\n".join(lines) + "\n")


def _group(group: Group, year: int, depth: int) -> Iterator[str]:
    yield ""
    yield f"  # {'=' * (6 - depth)} {group.code} {group.name} (bobot {_decimal(group.weight)})"
    for part in group.parts:
        if isinstance(part, Group):
            yield from _group(part, year, depth + 1)
        else:
            yield from _question(part, year)


def _question(question: Question, year: int) -> Iterator[str]:
    yield ""
    yield from _comment(question.text)
    if question.counts:
        yield '  # Dijawab dengan angka: hapus baris "jawab: belum" dan "# " di depan isian, lalu isi angkanya.'
    if question.survey_kind:
        yield f'  # Dijawab dengan survei {question.survey_kind}: hapus baris "jawab: belum" dan "# " di depan survei.'
    for choice in question.values:
        yield from _comment(f"{choice}: {question.criteria.get(choice, '')}", hanging="    ")
    yield f"  {question.code}:"
    yield "    jawab: belum"
    if question.counts:
        yield "    # isian:"
        for count in question.counts:
            aside = " (hanya informasi)" if count.informative else ""
            # no number stands here: one left as it was would count as an answer
            yield f"    #   {count.id}:  # {count.text}{aside}"
    if question.survey_kind:
        yield f"    # survei: {question.survey_kind.lower()}-{year}  # id survei di survei.yaml"


def _comment(text: str, hanging: str = "") -> Iterator[str]:
    """Yield the text as comment lines, indented as the questions are."""
    yield from wrap(text, _WIDTH, initial_indent=f"  # {hanging}", subsequent_indent=f"  # {hanging}  ")


def _decimal(value: Fraction) -> str:
    """Return a weight as an Indonesian writes it: "7,5"."""
    return decimal_text(value, 2).rstrip("0").rstrip(".").replace(".", ",")


def _file(folder: str, kind: Kind, body: str) -> Files:
    """Return the file with the line by which editors find its schema: schema/ lies beside units/."""
    up = "../" * (folder.count("/") + 1)
    head = f"# yaml-language-server: $schema={up}schema/{kind}.schema.json\n"
    return {f"{folder}/{kind}.yaml": (head + body).encode()}


_UNIT = """\
# Unit kerja ini. Teks sesudah tanda # hanya keterangan dan boleh dihapus.
nama: {name}

# Keterangan lain boleh ditambahkan; hapus tanda # beserta satu spasi sesudahnya.
# layanan:
#   - Pencairan dana satuan kerja
#   - Konsultasi satuan kerja
# tempat: Kota Contoh                      # kota atau kabupaten
# target: WBK                              # WBK atau WBBM
# situs: https://contoh.example/kppn-contoh-satu
"""

_PREDIKAT = """\
# Riwayat predikat, dari yang paling lama. Belum ada peristiwa: biarkan "peristiwa: []".
# Bila sudah ada, ganti baris itu dengan blok seperti ini (tanpa tanda # dan satu spasi sesudahnya):
# peristiwa:
#   - jenis: diusulkan                     # diusulkan, ditetapkan, dikonfirmasi, atau dicabut
#     predikat: WBK                        # WBK atau WBBM
#     tanggal: 2025-05-20                  # tahun-bulan-hari
#     nomor: S-1/CONTOH/2025               # nomor surat atau keputusan, boleh dihapus
#     sumber: Surat usulan kepada TPN      # boleh dihapus
peristiwa: []
"""

_PEMANTAUAN = """\
# Pemantauan sesudah predikat diberikan, dan pernyataan unit setiap triwulan bahwa programnya masih berjalan.
# Belum ada: biarkan "[]". Bila sudah ada, ganti dengan blok seperti ini (tanpa tanda # dan satu spasi sesudahnya):
# pemantauan:
#   - tanggal: 2025-09-18
#     pelaksana: TPI
#     hasil: dipertahankan                 # dipertahankan, perlu-perbaikan, atau diusulkan-dicabut
#     metode: Kunjungan lapangan           # boleh dihapus; juga temuan, bukti, nomor, sumber
#     tindak_lanjut:                       # boleh dihapus
#       - uraian: Perbarui maklumat pelayanan
#         batas: 2025-12-31
#         selesai: 2025-12-10              # ditambahkan sesudah selesai
pemantauan: []
# Setiap triwulan, untuk setiap program; triwulan tanpa pernyataan tampil sebagai "diam".
# pernyataan:
#   - tanggal: 2025-04-04                  # sesudah triwulannya selesai
#     triwulan: 2025-Q1                    # Q1 = Januari sampai Maret
#     program: Loket satu pintu
#     masih_berjalan: ya                   # ya atau tidak
#     tautan: https://contoh.example/loket-2025-q1.pdf
#     oleh: Tim Kerja ZI                   # jabatan atau tim, bukan nama orang
pernyataan: []
# Hak jawab: tanggapan unit atas apa yang disimpulkan registri ditulis di tanggapan.yaml (zi new tanggapan).
"""

_TANGGAPAN = """\
# Hak jawab: tanggapan unit atas kesimpulan tentang dirinya. Tampil di samping kesimpulan itu, dengan tanggalnya.
# Ganti baris "tanggapan: []" dengan blok seperti ini (tanpa tanda # dan satu spasi sesudahnya).
# tanggapan:
#   - tanggal: 2026-11-20
#     oleh: Kepala kantor                  # jabatan atau tim, bukan nama orang
#     isi: Program dihentikan sementara karena gedung diperbaiki dan dimulai lagi Januari 2027.
#     sumber: https://contoh.example/tanggapan-1.pdf
tanggapan: []
"""

_KASUS = """\
# Kasus yang sudah terbuka untuk umum, diisi TPI atau TPN. Sengaja tanpa kolom uraian: tidak ada nama siapa pun.
# Ganti baris "kasus: []" dengan blok seperti ini (tanpa tanda # dan satu spasi sesudahnya).
# kasus:
#   - jenis: pelayanan                     # gratifikasi, suap, pungutan-liar, benturan-kepentingan,
#                                          # penyalahgunaan-wewenang, pelayanan, atau lainnya
#     bulan: 2026-03                       # tahun dan bulan, tanpa tanggal
#     sumber: https://contoh.example/siaran-pers/7
#     keadaan: diberitakan                 # diberitakan, diperiksa, terbukti, atau tidak-terbukti
kasus: []
"""

_SURVEI = """\
# Survei pengguna layanan tahun {year}: IPAK (persepsi antikorupsi) dan IPKP (kualitas pelayanan), indeks 0 sampai 4.
# Ganti baris "survei: []" dengan blok seperti ini (tanpa tanda # dan satu spasi sesudahnya), satu blok per survei.
# Id-nya dirujuk dari lembar jawaban (survei: ipak-{year}).
# survei:
#   - id: ipak-{year}
#     jenis: IPAK                          # IPAK atau IPKP
#     penyelenggara: TPI                   # unit, TPI, TPN, atau lembaga
#     responden: 120                       # banyaknya orang yang menjawab
#     indeks: "3.72"                       # dengan titik, di antara tanda kutip
survei: []
"""

_CLEARANCE = """\
# Pernyataan KPK dan Ombudsman tentang unit ini untuk tahun {year}.
# status: bersih (tidak ada keberatan), catatan (ada keberatan), atau belum (belum ada jawaban).
# Boleh ditambah di bawah status, dengan jarak tepi yang sama: nomor, tanggal (2025-09-30), sumber.
KPK:
  status: belum
Ombudsman:
  status: belum
"""

_WHO = {Tier.MANDIRI: "unit", Tier.TPI: "TPI (Tim Penilai Internal)", Tier.TPN: "TPN (Tim Penilai Nasional)"}

_MANDIRI = """\
# Lembar kerja evaluasi tahun {year}, diisi oleh {who}.
#
# Cara mengisi (teks sesudah tanda # hanya keterangan dan boleh dihapus):
#   - Ganti "belum" dengan salah satu pilihan yang tertera di atas kodenya, persis seperti tertulis.
#     "belum" berarti belum dijawab; "Tidak" sudah merupakan jawaban.
#   - Penjelasan dan bukti ditulis di bawah jawab. Jaraknya dari tepi memakai spasi (bukan Tab), seperti ini:
#       {code}:
#         jawab: {choice}
#         penjelasan: Ditetapkan Kepala Kantor pada Januari dan berlaku untuk semua seksi.
#         bukti:
#           - judul: Keputusan Kepala Kantor tentang tim kerja
#             tautan: https://contoh.example/keputusan-tim.pdf
#             tanggal: 2025-01-10
#     Bukti boleh juga memuat berlaku_sampai (2027-01-10), sha256, catatan, dan klasifikasi: dikecualikan untuk
#     dokumen yang tidak dibuka (tulis berkas: nama-berkas.pdf sebagai ganti tautan).
#   - Teks yang memuat titik dua (:) atau tanda pagar (#) diapit tanda kutip: "Hasil: dua perbaikan".
#   - Berkas ini terbuka untuk umum selamanya: tulis jabatan, bukan nama orang; jangan tulis NIK, NIP, nomor
#     telepon, alamat rumah, data kesehatan, atau apa pun tentang pelapor.
#   - Periksa isian kapan saja: zi check {place}
"""

_ASSESSOR = """\
# Penilaian tahun {year} oleh {who}. Pertanyaannya sama dengan mandiri.yaml.
#
# Cara mengisi (teks sesudah tanda # hanya keterangan dan boleh dihapus):
#   - Ganti "belum" dengan jawaban menurut penilai. Yang tetap "belum" berarti belum dinilai.
#   - Pertanyaan yang tidak dijawab unit di mandiri.yaml tidak dinilai.
#   - Penilaian dokumen dan alasan ditulis di bawah jawab. Jaraknya dari tepi memakai spasi (bukan Tab), seperti ini:
#       {code}:
#         jawab: {choice}
#         bukti: {{relevan: ya, lengkap: ya, sah: tidak}}
#         catatan: Dokumen belum ditandatangani pejabat yang berwenang.
#   - Berkas ini terbuka untuk umum selamanya: tulis jabatan, bukan nama orang.
#   - Sesudah menilai: zi stamp {place}/{file}
#     Perintah itu mencatat (menilai: ...) jawaban mana yang dinilai, agar perubahan sesudahnya terlihat.
#   - Periksa isian kapan saja: zi check {place}/{file}
"""
