"""Attacks in every text field of every kind of file, opened in Chromium: they are words, and stay in their place."""

import re
import shutil
from urllib.parse import urlsplit

import pytest

PAGES = (
    "index.html",
    "unit/index.html",
    "pemantauan/index.html",
    "unit/jahat/serangan/index.html",
    "unit/jahat/serangan/2025/index.html",
    "unit/jahat/lain/index.html",
)
# What our pages are made of inside their article; everything else came out of a text.
OURS = re.compile(
    "a|abbr|article|b|bdi|blockquote|br|caption|code|dd|details|div|dl|dt|em|fieldset|figcaption|figure|h[1-6]|input"
    "|label|legend|li|nav|ol|p|q|section|small|span|strong|summary|table|tbody|td|tfoot|th|thead|time|tr|ul"
)
LOOK = """() => {
  const article = document.querySelector('#isi');
  // The report card carries its own data, of a type no browser runs, and draws charts and bars, named as ours are.
  const drawn = 'svg[class^="zi-"]', data = 'script#kala-data[type="application/json"]';
  const all = [...article.querySelectorAll(`*:not(${data}, ${drawn}, ${drawn} *)`)];
  return {
    pwned: window.pwned,
    title: document.title,
    headings: document.querySelectorAll('h1').length,
    elements: [...new Set(all.map(one => one.localName))],
    handlers: [...article.querySelectorAll('*')].flatMap(one => one.getAttributeNames())
      .filter(name => name.startsWith('on')),
    links: [...document.querySelectorAll('[href]')].map(one => one.getAttribute('href')),
    bases: document.querySelectorAll('base, meta[http-equiv=refresh], #isi ~ * article').length,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    outside: all.filter(one => {
      const box = one.getBoundingClientRect(), region = one.closest('.zi-scroll');
      return !region && box.width && box.right > document.documentElement.clientWidth + 1;
    }).length,
  };
}"""


@pytest.fixture(scope="module")
def unguarded_site(hostile_site, tmp_path_factory):
    """The same pages without their Content-Security-Policy: they must be inert by themselves."""
    folder = tmp_path_factory.mktemp("unguarded") / "site"
    shutil.copytree(hostile_site, folder)
    for page in folder.rglob("*.html"):
        text, cut = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text(encoding="utf-8"))
        assert cut == 1
        page.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def watched(chromium):
    """A page that writes down what it did: dialogs, requests, complaints."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.seen = []
    page.asked = []
    page.on("dialog", lambda dialog: (page.seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: page.seen.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: page.seen.append(f"error {error}"))
    page.on("popup", lambda _: page.seen.append("popup"))
    page.on("request", lambda request: page.asked.append(request.url))
    yield page
    context.close()


def provoke(page):
    """Do what a reader does: move over everything near, focus, open what can be opened."""
    page.mouse.move(300, 300)
    page.mouse.move(640, 500)
    for _ in range(30):
        page.keyboard.press("Tab")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.evaluate("document.querySelectorAll('article *').forEach(one => one.dispatchEvent(new Event('mouseover')))")
    page.wait_for_timeout(50)


def assert_inert(page, base):
    """Nothing ran, nothing was asked of another host, and the page is made of our elements alone."""
    provoke(page)
    found = page.evaluate(LOOK)
    assert page.seen == []
    assert [one for one in page.asked if not one.startswith(base)] == []
    assert found["pwned"] is None
    assert [one for one in found["elements"] if not OURS.fullmatch(one)] == []
    assert (found["headings"], found["handlers"], found["bases"]) == (1, [], 0)
    for link in found["links"]:
        parts = urlsplit(link)
        assert parts.scheme in {"", "https"}, link
        assert not re.search(r"[\s\"'<>\\]", link), link
    assert (found["wide"], found["outside"]) == (0, 0)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("guard", ["hostile_site", "unguarded_site"])
@pytest.mark.parametrize("way", ["http", "file"])
def test_attacks_are_words(request, watched, serve, *, path, guard, way):
    """Over http and from the folder, with the policy and without it."""
    site = request.getfixturevalue(guard)
    if way == "file":
        base = site.as_uri()
        watched.goto(f"{base}/{path}")
        assert_inert(watched, base)
    else:
        with serve(site) as base:
            watched.goto(f"{base}{path}")
            assert_inert(watched, base)


PAST = (
    "index.html",
    "perubahan/index.html",
    "unit/jahat/serangan/index.html",
    "unit/jahat/serangan/riwayat/index.html",
    "unit/jahat/serangan/2025/index.html",
)


@pytest.mark.parametrize("path", PAST)
@pytest.mark.parametrize("guarded", [True, False])
def test_a_hostile_past_is_words(watched, hostile_past, tmp_path, *, path, guarded):
    """Names, messages, trailers, keys and values of old versions: with the policy and without it."""
    page = hostile_past / path
    if not guarded:
        shutil.copytree(hostile_past, tmp_path / "site")
        page = tmp_path / "site" / path
        text, cut = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text(encoding="utf-8"))
        assert cut == 1
        page.write_text(text, encoding="utf-8")
    base = page.as_uri().removesuffix(f"/{path}")
    watched.goto(page.as_uri())
    assert_inert(watched, base)
    radios = watched.evaluate("[...document.querySelectorAll('#isi input')].map(one => one.type)")
    assert set(radios) <= {"radio", "date"}


def test_the_hostile_past_is_really_there(watched, hostile_past):
    """The reader sees what was written: the test above is about these very commits."""
    watched.goto((hostile_past / "unit/jahat/serangan/riwayat/index.html").as_uri())
    watched.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    text = watched.inner_text("#isi")
    for words in ("<script>window.pwned=1</script>", "{{ 7*7 }}", "--8<--", "![x](https://jahat.example/x.png)"):
        assert words in text
    assert "@jahat.example" not in text


def test_the_attacks_are_really_there(watched, hostile_site):
    """The reader sees what was written, word for word: the test above is about these very pages."""
    watched.goto((hostile_site / "unit/jahat/serangan/2025/index.html").as_uri())
    text = watched.inner_text("article")
    for words in ("<script>window.pwned=1</script>", "{{ 7*7 }}", "![x](https://jahat.example/x.png)", "--8<--"):
        assert words in text
    assert watched.inner_text("h1").startswith("</title><script>window.pwned=1</script>")
    assert watched.title().startswith("</title><script>window.pwned=1</script>: LKE 2025")


def test_the_policy_would_stop_a_script(watched, hostile_site, tmp_path):
    """The second wall stands: a script put into a page by other means does not run."""
    shutil.copytree(hostile_site, tmp_path / "site")
    page = tmp_path / "site/index.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("</article>", "<script>window.pwned=1</script></article>"), encoding="utf-8")
    watched.goto(page.as_uri())
    assert watched.evaluate("window.pwned") is None
    assert any("Content Security Policy" in one for one in watched.seen)
