"""Whether a programme is alive, as a reader of the demo registry sees it: every verdict, with its reasons."""

import pytest

DAY = "24 November 2026"
UNITS = {
    "keuangan/kppn-contoh-empat": ("Hidup", 5),
    "keuangan/kppn-contoh-dua": ("Melambat", 3),
    "kesehatan/balai-contoh-lima": ("Melambat", 3),
    "pertanahan/kantah-contoh-satu": ("Dorman", 3),
    "kota/puskesmas-contoh-enam": ("Belum cukup data", 2),
}
"""Unit -> its verdict, and how many of the five signals are not silent."""


@pytest.fixture(params=[1280, 360])
def page(request, chromium):
    """A page without JavaScript, wide and narrow; what its console says is kept."""
    context = chromium.new_context(viewport={"width": request.param, "height": 900}, java_script_enabled=False)
    opened = context.new_page()
    opened.seen = []
    opened.on("console", lambda message: opened.seen.append(message.text))
    yield opened
    context.close()


def at(page, demo_site, unit):
    """Open a unit's report card and return the part about its programme."""
    page.goto((demo_site / f"unit/{unit}/index.html").as_uri())
    return page.locator("section:has(> h2#kehidupan)")


@pytest.mark.parametrize("unit", UNITS)
def test_a_verdict_is_read_with_its_reasons(page, demo_site, unit):
    """Verdict, day, five signals with figures or silence, limit and what would change it: all inside the window."""
    verdict, spoken = UNITS[unit]
    part = at(page, demo_site, unit)
    assert part.locator(".zi-big").inner_text().endswith(verdict)
    assert f"Keadaan per {DAY}." in part.inner_text()
    signals = part.locator(".zi-isyarat > li")
    assert signals.count() == 5
    width = page.viewport_size["width"]
    for number in range(5):
        text = signals.nth(number).inner_text()
        assert ("= sumbangan" in text) != ("tidak ditimbang" in text)
        assert "Batas: " in text
        assert "Yang mengubahnya: " in text
        box = signals.nth(number).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    assert part.get_by_text("= sumbangan").count() == spoken
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.seen == []
    assert page.locator(".zi-cards .zi-big").last.inner_text().endswith(verdict)


def test_during_notice_the_page_does_not_say_dorman(page, demo_site):
    """Neither to eyes nor to programs; the directory says what the card says."""
    part = at(page, demo_site, "kesehatan/balai-contoh-lima")
    assert "Dalam pemberitahuan sampai 30 November 2026." in part.inner_text()
    assert "dorman" not in page.content().lower()
    page.goto((demo_site / "unit/index.html").as_uri())
    row = page.locator("tr", has_text="Balai Kesehatan Contoh Lima")
    assert "Melambat" in row.inner_text()


def test_the_reply_follows_the_verdict(page, demo_site):
    """In the same part of the page, dated, by the office."""
    part = at(page, demo_site, "pertanahan/kantah-contoh-satu")
    assert "14 Juli 2026 · Kepala kantor" in part.locator(".zi-reply").inner_text()
    assert "Unit belum menanggapi" not in part.inner_text()


def test_a_case_stands_beside_a_verdict_it_does_not_move(page, demo_site):
    """Kind, month, state; where to complain. Nothing in the page can be filled in."""
    part = at(page, demo_site, "keuangan/kppn-contoh-empat")
    assert part.locator(".zi-big").inner_text().endswith("Hidup")
    cases = page.locator("section:has(> h2#kasus)")
    assert "Tidak terbukti" in cases.inner_text()
    assert "bukan putusan atas unit ini" in cases.inner_text()
    assert cases.locator("a[href='https://www.lapor.go.id']").get_attribute("rel") == "nofollow noopener noreferrer"
    assert page.locator("form").count() == 0


def test_the_reasons_lead_to_the_rules(page, demo_site):
    """From the card to the method page, which shows each weight."""
    at(page, demo_site, "keuangan/kppn-contoh-dua").get_by_text("Cara menghitung").click()
    page.wait_for_url("**/metodologi/index.html#kehidupan")
    table = page.locator("table", has_text="Isyarat dan bobotnya")
    weights = [int(text) for text in table.locator("tbody td:nth-of-type(1)").all_inner_texts()]
    assert weights == [30, 25, 20, 10, 15]
