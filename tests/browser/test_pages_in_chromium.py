"""The example units' pages in Chromium: they fit, they say nothing on the console, they can be walked by keyboard."""

import shutil

import pytest

from generator.program_files import MKDOCS
from generator.publishing.theme import render

PAGES = (
    "index.html",
    "unit/index.html",
    "pemantauan/index.html",
    "metodologi/index.html",
    "data/index.html",
    "cara-mengirim/index.html",
    "pasang/index.html",
    "unit/contoh/kppn-contoh-satu/index.html",
    "unit/contoh/kppn-contoh-satu/2024/index.html",
)

# Contrast of every text against what is painted behind it (WCAG 2.2, 1.4.3), for plain background colours.
CONTRAST = """() => {
  const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(one => one / 255)
    .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, place) => sum + one * [0.2126, 0.7152, 0.0722][place], 0);
  const behind = element => {
    for (let one = element; one; one = one.parentElement) {
      const colour = parse(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(one => one.nodeType === 3 && one.textContent.trim());
    if (!own || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(parse(style.color)), light(behind(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) poor.push([element.className || element.localName, ratio.toFixed(2)].join(' '));
  }
  return [...new Set(poor)];
}"""


@pytest.fixture
def open_page(chromium, example_site):
    """The function that opens a page at a width and a colour scheme; the console is kept."""
    contexts = []

    def opened(path, width=1280, scheme="light", **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.seen = []
        page.on("console", lambda message: page.seen.append(message.text))
        page.on("requestfailed", lambda request: page.seen.append(request.url))
        name, hash_, fragment = path.partition("#")
        page.goto((example_site / name).as_uri() + hash_ + fragment)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_fits_and_can_be_read(open_page, path, width, scheme):
    """No sideways scrolling of the page, nothing on the console, enough contrast, in both colour schemes."""
    page = open_page(path, width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.seen == []
    assert page.evaluate(CONTRAST) == []


# Words in a card that reach beyond it: the card beside it would hide their end.
BEYOND = """() => [...document.querySelectorAll('.zi-cards > div')].flatMap(card =>
  [...card.querySelectorAll('*')].filter(one =>
    one.getBoundingClientRect().right > card.getBoundingClientRect().right).map(one => one.textContent))"""


@pytest.mark.parametrize("width", [1280, 768, 360])
def test_a_card_holds_its_words(chromium, demo_site, width):
    """Five cards side by side, and the longest verdict there is."""
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto((demo_site / "unit/keuangan/kppn-contoh-satu/index.html").as_uri())
    assert page.locator(".zi-cards > div").count() == 5
    assert page.locator(".zi-cards .zi-verdict", has_text="Belum dapat disimpulkan").count() == 2
    assert page.evaluate(BEYOND) == []
    page.close()


def test_not_found(chromium, example_site, serve):
    """The page for an address that does not exist works wherever that address lies."""
    with serve(example_site) as base:
        page = chromium.new_page()
        page.goto(f"{base}404.html")
        assert page.inner_text("h1") == "Halaman tidak ditemukan"
        page.click("text=daftar unit")
        assert page.inner_text("h1") == "Unit kerja"
        page.close()


def test_not_found_below_a_folder(chromium, example_site, serve, serve_sites, tmp_path):
    """A site in a folder (GitHub's project sites) whose mkdocs.yml says so: styled and linked however deep it is asked.

    It looks as the page that is asked for by its own name does, in a site that stands at the top.
    """
    docs = MKDOCS.parent / "docs"
    text = MKDOCS.read_text(encoding="utf-8").replace("custom_dir: docs", f"custom_dir: {docs}")
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        f"{text.replace('docs_dir: docs', f'docs_dir: {docs}')}\nsite_url: https://contoh.example/registri/\n",
        encoding="utf-8",
    )
    shutil.copytree(example_site, tmp_path / "sites/registri")
    (tmp_path / "sites/registri/404.html").write_bytes(render(config).frames["404.html"].fill({}))
    with serve_sites(tmp_path / "sites") as base, serve(example_site) as top:
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        missed = []
        page.on("response", lambda answer: missed.append(answer.url) if answer.status != 200 else None)
        page.goto(f"{top}404.html")
        expected = page.screenshot()
        asked = f"{base}registri/unit/tidak/ada/2025/index.html"
        assert page.goto(asked).status == 404
        assert missed == [asked]
        assert page.screenshot() == expected
        page.click("text=daftar unit")
        assert page.url == f"{base}registri/unit/index.html"
        assert page.inner_text("h1") == "Unit kerja"
        page.close()


def test_works_without_javascript(open_page):
    """The directory and a worksheet are whole without scripts (there are none)."""
    page = open_page("unit/index.html", java_script_enabled=False)
    page.click("text=KPPN Contoh Satu")
    page.click("text=Lihat LKE")
    assert "Pengungkit" in page.inner_text("article")


def test_first_tab_leads_to_the_content(open_page):
    """The skip link is first, can be seen, and leads past the menu."""
    page = open_page("unit/contoh/kppn-contoh-satu/2024/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Lewati ke isi"
    box = page.evaluate("document.activeElement.getBoundingClientRect().left")
    assert box >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#isi")


def test_regions_that_scroll_can_be_focused(open_page):
    """At 360 px every region that scrolls is reachable by keyboard and has a name."""
    page = open_page("unit/contoh/kppn-contoh-satu/index.html", 360)
    assert (
        page.evaluate(
            """() => [...document.querySelectorAll('article *')].filter(one =>
             one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'auto' &&
             !(one.tabIndex === 0 && one.getAttribute('aria-label'))).length"""
        )
        == 0
    )


def test_targets_are_large_enough(open_page):
    """Links that stand alone (menu, tables of contents) are at least 24 px high (WCAG 2.2, 2.5.8)."""
    page = open_page("unit/contoh/kppn-contoh-satu/2024/index.html", 360)
    heights = page.evaluate(
        "[...document.querySelectorAll('.zi-nav a, .zi-toc a')].map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 24


def test_a_question_is_an_address(open_page):
    """#A.II.1.i.a shows its question."""
    page = open_page("unit/contoh/kppn-contoh-satu/2024/index.html#A.II.1.i.a")
    top = page.evaluate("document.getElementById('A.II.1.i.a').getBoundingClientRect().top")
    assert 0 <= top < 200


def test_printing_gives_pages(open_page):
    """A4, without the menu; the worksheet prints."""
    page = open_page("unit/contoh/kppn-contoh-satu/2024/index.html")
    page.emulate_media(media="print")
    assert page.is_hidden(".zi-nav")
    assert page.pdf(prefer_css_page_size=True)[:5] == b"%PDF-"
