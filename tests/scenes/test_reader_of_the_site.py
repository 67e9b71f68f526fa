"""What a reader of the site sees: main as it was merged, what waits, and never anything that a text could do."""

import re
from html.parser import HTMLParser
from itertools import cycle

from generator.canonical import dump
from generator.reading.paths import locate
from generator.reading.strict_yaml import load

UNIT = "units/contoh/kpp-contoh-dua"
SHEET = f"{UNIT}/2025/mandiri.yaml"
HOSTILE = (
    "</title><script>zijahat()</script>",
    "<img src=x onerror=zijahat()> <svg onload=zijahat()>",
    "[k](javascript:zijahat()) ![x](https://pelacak.example/zijahat)",
    "`</code>** zijahat @pemelihara-contoh {: onclick=zijahat() }",
    "{{ 7 * 7 }} | zijahat <a href=javascript:zijahat()>",
)


def poisoned(value, turn, key=""):
    """Return data with hostile words in every text that people write freely: known by a space in it."""
    if isinstance(value, dict):
        return {key: poisoned(inner, turn, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [poisoned(inner, turn, key) for inner in value]
    free = isinstance(value, str) and " " in value and key not in ("mandiri", "tpi", "tpn")
    return f"{value} {next(turn)}" if free else value


class Page(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note scripts' addresses, handlers, addresses that run or leave."""
        for name, value in attrs:
            if name.startswith("on") or "javascript:" in (value or "") or "pelacak.example" in (value or ""):
                self.found.append((tag, name, value))
        if ("src", "x") in attrs:
            self.found.append((tag, "src", "x"))


def test_hostile_words_in_every_text_stay_words(forge, acting) -> None:
    """In the comment below the proposal, and, once somebody merged it, on every page and in every file of the site.

    Every file of every unit is changed: more than one role may do, so the check fails, and says of what.
    """
    writer = forge.person("pemelihara-contoh")
    changed, turn = {}, cycle(HOSTILE)
    for file in sorted((writer.root / "units").rglob("*.yaml")):
        path = file.relative_to(writer.root).as_posix()
        data = load(file.read_bytes(), path=path).data
        changed[path] = dump(locate(path).kind, poisoned(data, turn))
    assert sum(raw.count(b"zijahat") for raw in changed.values()) > 300
    number = writer.propose(changed, " ".join(HOSTILE))
    checked, told = forge.judge(number)
    assert "title=peran-bercampur::" in checked.output
    assert "zijahat" in told
    assert acting(told) == []
    forge.merge(number)
    published = forge.run("publish", "build", {})
    assert published.conclusion == "success", published.output
    site = published.artifacts["github-pages"]
    pages = {page: page.read_text(encoding="utf-8") for page in site.rglob("*.html")}
    assert sum("zijahat" in text for text in pages.values()) > 5
    for page, text in pages.items():
        assert Page(text).found == [], page
        assert not re.search(r"<script[^>]*>[^<]*zijahat", text), page


def test_the_site_shows_what_waits_and_what_was_merged(forge) -> None:
    """Two proposals: one merged, after six days; one waits since 3 January, twelve days on 15 January.

    The workflow itself holds that a second build has the same bytes.
    """
    operator = forge.person("operator")
    merged = operator.propose({SHEET: operator.read(SHEET).replace("belum terjadwal", "kini terjadwal")})
    forge.merge(merged)
    forge.person("tpi-satu").propose({f"{UNIT}/2025/tpi.yaml": None})
    published = forge.run("publish", "build", {})
    assert published.conclusion == "success", published.output
    site = published.artifacts["github-pages"]
    home = (site / "index.html").read_text(encoding="utf-8")
    card = (site / "unit/contoh/kpp-contoh-dua/index.html").read_text(encoding="utf-8")
    for page in (home, card):
        assert "1 usulan menunggu, tertua 12 hari" in page
    assert "kini terjadwal" in card
    assert "onerror" not in home + card
