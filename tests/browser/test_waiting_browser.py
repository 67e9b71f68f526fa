"""Waiting proposals in Chromium: a hostile list about hostile units, without JavaScript, wide and narrow."""

import json
import os
import subprocess
import sys

import pytest

ATTACK = "</td></tr></table><script>window.pwned=1</script><img src=x onerror=window.pwned=1>"


def item(number, day, path, **more):
    """A pull request as `gh` lists it, whose title, author and files are attacks."""
    return {
        "number": number,
        "title": ATTACK,
        "author": {"login": ATTACK},
        "createdAt": f"2026-11-{day:02}T03:00:00Z",
        "closedAt": None,
        "state": "OPEN",
        "isDraft": False,
        "files": [{"path": path}, {"path": f"units/{ATTACK}/unit.yaml"}],
        **more,
    }


@pytest.fixture(scope="module")
def site(hostile_registry, tmp_path_factory):
    """The registry of attacks with a list of proposals: 40 of one unit, one of an agency that does not exist."""
    folder = tmp_path_factory.mktemp("waiting")
    own = "units/jahat/serangan/2025/mandiri.yaml"
    closed = {"state": "CLOSED", "closedAt": "2026-11-20T03:00:00Z"}
    listed = [item(number, 1 + number % 20, own) for number in range(1, 41)]
    listed += [item(99, 12, "units/instansi-yang-belum-ada/unit-baru/unit.yaml"), item(98, 1, own, **closed)]
    (folder / "usulan.json").write_text(json.dumps(listed), encoding="utf-8")
    command = ("build", "--root", hostile_registry, "--site", folder / "site", "--usulan", folder / "usulan.json")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795521600"}  # 2026-11-24
    subprocess.run((sys.executable, "-m", "generator", *command), check=True, capture_output=True, env=environment)
    return folder / "site"


@pytest.fixture(params=[(1280, True), (360, True), (360, False)], ids=["wide", "narrow", "no-script"])
def page(request, chromium):
    """A page, wide and narrow, with JavaScript and without, that writes down what went wrong on it."""
    width, script = request.param
    context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    page = context.new_page()
    page.seen = []
    page.on("console", lambda message: page.seen.append(message.text))
    page.on("pageerror", lambda error: page.seen.append(str(error)))
    yield page
    context.close()


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("index.html", "41 usulan menunggu, tertua 23 hari"),
        ("unit/jahat/serangan/index.html", "40 usulan menunggu, tertua 23 hari"),
        ("unit/jahat/lain/index.html", "Tidak ada usulan yang menunggu."),
    ],
)
def test_the_part_is_shown_fits_and_runs_nothing(page, site, path, line):
    """Numbers of ours and the agency's name, letter for letter; nothing that the list brings is an element."""
    page.goto((site / path).as_uri())
    part = page.locator("section:has(> #usulan)")
    assert part.locator("p").first.inner_text().startswith(line)
    assert part.locator("script, img, iframe, form").count() == 0
    assert "<script>window.pwned=1</script>" in part.inner_text()  # the agency is called so
    assert ATTACK not in page.content()
    width = page.viewport_size["width"]
    assert part.bounding_box()["width"] <= width
    assert page.seen == []


def test_the_table_is_read_by_rows(page, site):
    """Each team is the head of its row; the one waited for the longest is the first."""
    page.goto((site / "index.html").as_uri())
    rows = page.locator("section:has(> #usulan) tbody tr")
    first, *_, last = rows.all_inner_texts()
    assert first.split("\t")[1:] == ["41", "23 hari", "19 hari dari 1 keputusan"]
    assert last.split("\t") == ["TPI instansi-yang-belum-ada", "1", "12 hari", "belum ada"]
    page.get_by_role("link", name="Asal angka ini").click()
    assert page.url.endswith("data/index.html#usulan")
    assert page.locator("#usulan").inner_text() == "Usulan yang menunggu"
