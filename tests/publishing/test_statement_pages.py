"""The report card shows quarter by quarter which programme was said to run; silence has its place."""

import re
from datetime import date

import pytest

from generator.model.declared import Statement
from generator.publishing.statements import body

TODAY = date(2026, 11, 24)


def said(quarter, programme="Layanan tanpa antre", *, running=True, **more):
    """Return a statement."""
    return Statement(quarter=quarter, programme=programme, running=running, **more)


def rows(html):
    """Return the tables' rows as lists of words."""
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", html)]
    return [
        [" ".join(re.sub(r"<(?!/time)[^>]+>", " ", cell).replace("</time>", "").split()) for cell in row]
        for row in found
    ]


def test_a_row_a_programme_a_column_a_quarter():
    """Yes with its proof, no, and silence: each in a word beside its sign."""
    found = body(
        (
            said("2026-Q3", link="https://contoh.example/q3", dated=date(2026, 10, 4), by="Tim Kerja ZI"),
            said("2026-Q2", running=False, note="Petugas dialihkan"),
            said("2026-Q3", "Antrean daring"),
        ),
        TODAY,
    )
    head, first, second, *_ = rows(found)
    assert head == [
        "Program",
        "TW 4 2024",
        "TW 1 2025",
        "TW 2 2025",
        "TW 3 2025",
        "TW 4 2025",
        "TW 1 2026",
        "TW 2 2026",
        "TW 3 2026",
    ]
    silent = ["○ Diam"] * 6
    assert first == ["Antrean daring", *silent, "○ Diam", "● Ya"]
    assert second == ["Layanan tanpa antre", *silent, "✕ Tidak", "● Ya bukti"]
    assert found.count('href="https://contoh.example/q3"') == 2


def test_every_statement_with_who_and_when():
    """Newest first."""
    found = body(
        (
            said("2025-Q1", note="Tetap"),
            said("2026-Q3", link="https://contoh.example/q3", dated=date(2026, 10, 4), by="Tim Kerja ZI"),
        ),
        TODAY,
    )
    assert rows(found)[-2:] == [
        ["Triwulan 3 2026", "Layanan tanpa antre", "● Masih berjalan", "4 Oktober 2026, Tim Kerja ZI", "Bukti"],
        ["Triwulan 1 2025", "Layanan tanpa antre", "● Masih berjalan", "", "Tetap"],
    ]


@pytest.mark.parametrize("link", ["http://contoh.example/q3", "javascript:alert(1)", ""])
def test_a_proof_that_is_no_safe_link_is_none(link):
    """The word stands alone."""
    found = body((said("2026-Q3", link=link),), TODAY)
    assert rows(found)[1][-1] == "● Ya"
    assert "<a " not in found


def test_what_is_hostile_stays_text():
    """Names of programmes and of those who state are a stranger's text."""
    found = body((said("2026-Q3", "<img src=x>", by="<b>", note="</td>", dated=date(2026, 10, 1)),), TODAY)
    assert "<img" not in found
    assert "&lt;img src=x&gt;" in found
    assert "<b>Diam</b>" in found
    assert found.count("<b>") == 1


def test_nothing_stated_is_said_once():
    """No empty table where a unit never stated anything."""
    assert body((), TODAY) == '<p class="zi-none">Unit belum menyatakan program mana yang masih berjalan.</p>'
