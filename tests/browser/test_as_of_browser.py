"""Choosing a day on a report card, in Chromium: over http, from a folder, without JavaScript, with hostile names."""

import json
import re
import shutil
from decimal import ROUND_HALF_UP, Decimal

import pytest
from click.testing import CliRunner

from generator.cli.due import command as due
from generator.cli.score import command as score

UNIT = "keuangan/kppn-contoh-satu"
CARD = f"unit/{UNIT}/index.html"
DAYS = ("2023-05-16", "2024-12-31", "2025-12-12", "2026-11-24")
TIERS = ("mandiri", "tpi", "tpn")


@pytest.fixture
def page(chromium):
    """A page that writes down what went wrong on it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.seen = []
    page.on("console", lambda message: page.seen.append(message.text))
    page.on("pageerror", lambda error: page.seen.append(str(error)))
    yield page
    context.close()


def asked(command, root, *more):
    """What a command answers as JSON."""
    done = CliRunner().invoke(command, [*more, "--root", str(root), "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.output)["unit"]


def two_digits(text):
    """A total as pages write it: 86.6638167494 is 86,66; half up."""
    return str(Decimal(text).quantize(Decimal("0.01"), ROUND_HALF_UP)).replace(".", ",")


def expected(root, day):
    """What the command line says of the unit on the day, in the page's words."""
    (unit,) = asked(score, root, UNIT, "--as-of", day)
    totals = {
        str(year["tahun"]): [
            two_digits(year["tingkat"][tier]["total"]) if tier in year["tingkat"] else "–" for tier in TIERS
        ]
        for year in unit["tahun"]
    }
    state = next(row for row in asked(due, root, "--as-of", day) if row["id"] == UNIT)
    return state, totals


def chosen(page, day):
    """The facts and the rows the page shows for a day."""
    page.fill("#kala-hari", day)
    page.wait_for_selector("#kala-hasil > *")
    names, values = (page.locator(f"#kala-hasil {tag}").all_inner_texts() for tag in ("dt", "dd"))
    facts = dict(zip(names, values, strict=True))
    rows = [row.split("\t") for row in page.locator("#kala-hasil tbody tr").all_inner_texts()]
    return facts, {row[0]: [cell.strip() for cell in row[1:4]] for row in rows}


@pytest.mark.parametrize("way", ["http", "file"])
def test_a_day_shows_what_the_command_line_says(page, demo_site, serve, way):
    """Predicate, due day, days left, body and every total of `zi due` and `zi score --as-of`."""

    def look():
        for day in DAYS:
            facts, totals = chosen(page, day)
            state, scored = expected(demo_site.parent, day)
            assert facts["Predikat"] == (state["predikat"] or "belum berpredikat")
            assert facts.get("Pelaksana") == state["pelaksana"]
            assert totals == scored
            if state["jatuh_tempo"]:
                days = f"lewat {-state['hari']} hari" if state["hari"] < 0 else f"{state['hari']} hari lagi"
                assert facts["Jatuh tempo"].endswith(f"({days})")

    if way == "file":
        page.goto((demo_site / CARD).as_uri())
        look()
    else:
        with serve(demo_site) as base:
            page.goto(base + CARD)
            look()
    assert page.seen == []


def test_links_lead_to_the_commit(page, demo_site):
    """A total's commit stands on the history page."""
    page.goto((demo_site / CARD).as_uri())
    chosen(page, "2025-12-31")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.click("#kala-hasil tbody a >> nth=0")
    page.wait_for_url("**/riwayat/index.html#c-*")
    assert page.locator(f"id={page.url.partition('#')[2]}").count() == 1


def test_days_without_data(page, demo_site):
    """Before the first commit, after the last, and no day at all: each in its words."""
    page.goto((demo_site / CARD).as_uri())
    for day, words in (
        ("2019-05-01", "Belum ada data pada 1 Mei 2019. Unit ini ada di registri sejak "),
        ("2031-01-31", "Sesudah commit terakhir"),
        ("", "Pilih sebuah tanggal."),
    ):
        page.fill("#kala-hari", day)
        assert words in page.inner_text("#kala-hasil")


def test_data_too_large_to_carry(page, demo_site, serve, tmp_path):
    """Over http the file is read when a day is chosen; from a folder the page says why it cannot be."""
    shutil.copytree(demo_site, tmp_path / "site")
    card = tmp_path / "site" / CARD
    text, cut = re.subn(r'<script type="application/json".*?</script>', "", card.read_text(encoding="utf-8"))
    assert cut == 1
    card.write_text(text, encoding="utf-8")
    with serve(tmp_path / "site") as base:
        page.goto(base + CARD)
        assert page.inner_text("#kala-hasil") == ""
        facts, totals = chosen(page, "2025-12-12")
        assert (facts["Predikat"], totals) == ("WBK", expected(demo_site.parent, "2025-12-12")[1])
        assert page.seen == []
    page.goto(card.as_uri())
    page.fill("#kala-hari", "2025-12-12")
    page.wait_for_selector("#kala-hasil > *")
    assert "bukalah lewat server web" in page.inner_text("#kala-hasil")


def test_without_javascript_the_page_is_complete(chromium, demo_site):
    """No control that does nothing: a table of the newest rows, and the way to the history."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((demo_site / CARD).as_uri())
    assert not page.is_visible("#kala-hari")
    section = page.locator("section:has(> #per-tanggal)")
    section.locator("summary").click()
    assert section.locator("tbody tr:visible").count() > 10
    section.get_by_role("link", name="2025", exact=True).click()
    assert page.url.endswith("/riwayat/index.html#tahun-2025")
    context.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_fits(chromium, demo_site, width):
    """Nothing is wider than the screen, whatever day is shown."""
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for path in (CARD, "versi/index.html"):
        page.goto((demo_site / path).as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    context.close()


def test_hostile_names_stay_words(page, hostile_past):
    """The monitor's name is an attack: shown letter for letter, and nothing runs; only report cards run a script."""
    page.goto((hostile_past / "unit/jahat/serangan/index.html").as_uri())
    page.fill("#kala-hari", "2030-01-01")
    shown = page.inner_text("#kala-hasil")
    assert "<img src=x onerror='window.pwned=1'>" in shown
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("document.querySelectorAll('#kala-hasil img, #kala-hasil script').length") == 0
    assert page.seen == []


def test_only_report_cards_may_run_a_script(demo_site):
    """Everywhere else the policy forbids all."""
    cards = {path.parent / "index.html" for path in demo_site.glob("unit/*/*/per-tanggal.json")}
    assert len(cards) > 20
    for path in demo_site.rglob("*.html"):
        assert ("script-src 'self'" in path.read_text(encoding="utf-8")) == (path in cards), path


def test_versions_of_the_demo(page, demo_site):
    """Each year's end has a tag; what changed between two is a click away and leads to the units' histories."""
    page.goto((demo_site / "index.html").as_uri())
    page.click("nav >> text=Versi")
    titles = page.locator("h2").all_inner_texts()
    assert titles[0] == "Sejak versi terakhir"
    assert {"2023", "2024", "2025"} <= set(titles)
    page.click("section:has(> #v-2024) summary")
    page.click("section:has(> #v-2024) tbody a >> nth=0")
    page.wait_for_url("**/riwayat/index.html")
