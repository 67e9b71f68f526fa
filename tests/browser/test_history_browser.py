"""The demo registry's past in Chromium: the filter works by style alone, pages fit, links lead somewhere."""

import re

import pytest

UNIT = "unit/keuangan/kppn-contoh-satu"
OLD, NEW = "unit/kesehatan/pos-kesehatan-contoh", "unit/kota/puskesmas-contoh-satu"
PAGES = (
    "perubahan/index.html",
    "perubahan/keuangan/index.html",
    f"{UNIT}/riwayat/index.html",
    f"{NEW}/riwayat/index.html",
    f"{UNIT}/index.html",
    "index.html",
)


@pytest.fixture(params=[1280, 360])
def page(request, chromium):
    """A page without JavaScript, wide and narrow."""
    context = chromium.new_context(viewport={"width": request.param, "height": 900}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def shown(page, selector):
    """How many elements the reader sees."""
    return page.locator(f"{selector}:visible").count()


def open_years(page):
    """Open every year, as a reader does."""
    closed = page.locator(".zi-tahun:not([open]) > summary")
    while closed.count():
        closed.first.click()


def test_the_filter_needs_no_script(page, demo_site):
    """Only TPI: every place shown is TPI's. With a kind too: both hold. All again: everything is back."""
    page.goto((demo_site / UNIT / "riwayat/index.html").as_uri())
    open_years(page)
    entries = shown(page, ".zi-entri")
    page.check("#penilai-tpi")
    assert 0 < shown(page, ".zi-entri") < entries
    assert shown(page, ".zi-entri:not(:has(.ti))") == 0
    assert shown(page, ".zi-ubahan > li:not(.ti)") == 0
    page.check("#jenis-penilaian")
    assert shown(page, ".zi-entri") > 0
    assert shown(page, ".zi-entri:not(:has(.ti.kp))") == 0
    page.check("#penilai-semua")
    page.check("#jenis-semua")
    assert shown(page, ".zi-entri") == entries


def test_a_filter_that_finds_nothing_says_so(page, demo_site):
    """No assessor's sheet holds a predicate's event."""
    page.goto((demo_site / UNIT / "riwayat/index.html").as_uri())
    assert shown(page, ".zi-takada") == 0
    page.check("#penilai-tpn")
    page.check("#jenis-predikat")
    assert (shown(page, ".zi-entri"), shown(page, ".zi-takada")) == (0, 1)


@pytest.mark.parametrize("path", PAGES)
def test_pages_fit(chromium, demo_site, path):
    """At 360 pixels nothing is wider than the screen, whatever is opened."""
    context = chromium.new_context(viewport={"width": 360, "height": 900})
    page = context.new_page()
    page.goto((demo_site / path).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_links_lead_somewhere(demo_site, path):
    """Every link of our own, with its anchor, has its target."""
    here = demo_site / path
    text = here.read_text(encoding="utf-8")
    pages = {}
    for link in set(re.findall(r'<a [^>]*?href="([^":]*)"', text)):
        address, _, anchor = link.partition("#")
        target = (here.parent / address).resolve() if address else here.resolve()
        assert target.is_file(), link
        if anchor and target.suffix == ".html":
            if target not in pages:
                pages[target] = set(re.findall(r'\bid="([^"]+)"', target.read_text(encoding="utf-8")))
            assert anchor in pages[target], link


def test_a_permanent_link_opens_its_year(page, demo_site):
    """The oldest change, folded away in a closed year, is what the reader sees when coming by its link."""
    path = demo_site / UNIT / "riwayat/index.html"
    anchor = re.findall(r'class="zi-entri" id="([^"]+)"', path.read_text(encoding="utf-8"))[-1]
    page.goto(f"{path.as_uri()}#{anchor}")
    assert page.locator(f"#{anchor}").is_visible()


@pytest.mark.parametrize("part", ["", "riwayat/", "2023/", "2026/"])
def test_an_old_address_leads_on(page, demo_site, part):
    """Whoever comes by the address of before the move lands on the same page of today, without a script."""
    page.goto((demo_site / f"{OLD}/{part}index.html").as_uri())
    page.wait_for_url((demo_site / f"{NEW}/{part}index.html").as_uri())
    assert "Puskesmas Contoh Satu" in page.locator("h1").inner_text()


def test_a_short_line_of_a_whole_sheet_can_be_linked(page, demo_site):
    """A question's line, two folds deep, is what the reader sees when coming by its link."""
    path = demo_site / UNIT / "riwayat/index.html"
    anchor = re.findall(r'<li class="tm kj[^"]*" id="([^"]+-A\.I\.1\.i\.a)"', path.read_text(encoding="utf-8"))[-1]
    page.goto(f"{path.as_uri()}#{anchor}")
    assert page.locator(f'[id="{anchor}"]').is_visible()
