"""/metodologi/: the signals and limits of schema/aturan/kehidupan.yaml, from the data that are judged with."""

from __future__ import annotations

from generator.judging.life_rules import LifeRules

from .figures import short
from .html import Column, Html, escape, table

_SIGNALS = (Column("Isyarat"), Column("Bobot", "angka"), Column("Cara menghitung", "luas"))
_LIMITS = (Column("Batas"), Column("Nilai", "angka"))
_RESULTS = {
    "dipertahankan": "dipertahankan",
    "perlu-perbaikan": "perlu perbaikan",
    "diusulkan-dicabut": "diusulkan dicabut",
}


def rules_table(rules: LifeRules) -> Html:
    """Return every signal with its weight, and every limit."""
    every = (rules.evidence, rules.statements, rules.monitoring, rules.follow_ups, rules.surveys)
    signals = table(
        "Isyarat dan bobotnya; bersama 100",
        _SIGNALS,
        [(escape(one.name), Html(str(one.weight)), escape(one.note)) for one in every],
    )
    surveys, statements = rules.surveys, rules.statements
    limits = [
        ("Hidup bila nilainya paling sedikit", short(rules.alive)),
        ("Melambat bila nilainya paling sedikit", short(rules.slowing)),
        ("Bobot isyarat yang tidak diam, paling sedikit", Html(str(rules.least_weight))),
        ("Pemberitahuan sebelum dorman ditampilkan", Html(f"{rules.notice_days} hari")),
        ("Bagian bukti yang diketahui umurnya, paling sedikit", short(rules.evidence.least_told)),
        ("Triwulan yang dinyatakan, paling sedikit", Html(f"{statements.least} dari {statements.quarters}")),
        *(
            (f"Hasil pemantauan {_RESULTS[result]}", Html(f"bernilai {short(value)}"))
            for result, value in rules.monitoring.values.items()
        ),
        ("Hasil pemantauan dipakai selama", Html(f"{rules.monitoring.months} bulan")),
        ("Indeks survei tetap bila turun paling banyak", short(surveys.steady)),
        ("Indeks survei turun sedikit (bernilai 0,5) bila paling banyak", short(surveys.slight)),
        ("Survei berlaku sesudah tahunnya berakhir", Html(f"{surveys.months} bulan")),
    ]
    return Html(signals + table("Batas", _LIMITS, [(Html(name), value) for name, value in limits]))
