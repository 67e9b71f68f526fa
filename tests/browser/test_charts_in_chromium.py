"""Charts in a real browser: seen in light and dark, at every width, and named for whoever does not see them."""

import re

import pytest

UNIT = "unit/contoh/kppn-contoh-satu/index.html"
CHART = "svg.zi-grafik"


@pytest.fixture
def open_card(chromium, example_site):
    """The function that opens a report card that has charts."""
    contexts = []

    def open_one(width, scheme):
        context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.errors = []
        page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
        page.goto((example_site / UNIT).as_uri())
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_charts_fit_and_are_seen(open_card, width, scheme):
    """Inside the page, taller than a line, with letters one can read, and no style the policy had to refuse."""
    page = open_card(width, scheme)
    charts = page.locator(CHART)
    assert charts.count() >= 2
    for place in range(charts.count()):
        box = charts.nth(place).bounding_box()
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width
        assert box["height"] > 60
    letters = page.locator(f"{CHART} text").evaluate_all(
        "texts => texts.map(one => one.getBoundingClientRect().height)"
    )
    assert min(letters) >= 10
    assert page.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_stand_out_from_the_ground(open_card, scheme):
    """What is drawn has three times the contrast of what is behind it (WCAG 1.4.11)."""
    page = open_card(1280, scheme)
    drawn = page.locator(f"{CHART} .zi-batang, {CHART} .zi-titik").evaluate_all(
        "marks => marks.map(one => getComputedStyle(one).stroke === 'none'"
        " ? getComputedStyle(one).fill : getComputedStyle(one).stroke)"
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert drawn
    for colour in set(drawn):
        first, second = sorted((luminance(colour), luminance(ground)), reverse=True)
        assert (first + 0.05) / (second + 0.05) >= 3, colour


def luminance(colour):
    """Return the relative luminance of "rgb(…)", as WCAG has it."""
    parts = [int(one) / 255 for one in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_chart_is_named_and_described(open_card):
    """As a picture with a title, and every figure in its description; ids stand once on the page."""
    page = open_card(1280, "light")
    for chart in page.locator(CHART).all():
        assert chart.get_attribute("role") == "img"
        title, description = chart.get_attribute("aria-labelledby").split()
        assert page.locator(f"#{title}").count() == page.locator(f"#{description}").count() == 1
        assert re.search(r"\d|tidak ada", page.locator(f"#{description}").text_content())
