"""Text of units stays text: whatever it says, a page keeps its elements and attributes."""

from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.publishing.site import pages

ATTACKS = [
    "<script>window.pwned=1</script>",
    "<img src=x onerror=alert(1)>",
    "</title><script>alert(1)</script>",
    '" onmouseover="alert(1)" x="',
    "' onmouseover='alert(1)' x='",
    "</td></tr></table><h1>Predikat: WBBM</h1>",
    "--> <svg onload=alert(1)>",
    "<!-- zi:isi --> ZI-JUDUL",
    "&lt;script&gt;&#106;avascript:",
    "![x](https://jahat.example/x.png) [x](javascript:alert(1)) {: onclick=alert(1) }",
    "{{ 7*7 }} {% include 'x' %} ${7*7}",
]
KEPT = {"id", "quarter", "instrument", "survey", "kind", "status", "surveyor", "result", "choice"}
"""Texts that are names of ours: the schema allows no others."""


class Skeleton(HTMLParser):
    """A page without its words: elements, and the names of their attributes."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page.decode())

    def handle_starttag(self, tag, attrs):
        """Keep the element and the names of its attributes."""
        self.found.append((tag, tuple(name for name, _ in attrs)))

    def handle_endtag(self, tag):
        """Keep where an element ends."""
        self.found.append(f"/{tag}")


def rewritten(value, write, name=""):
    """Return the declared value with every free text in it replaced."""
    if is_dataclass(value):
        return replace(
            value, **{one.name: rewritten(getattr(value, one.name), write, one.name) for one in fields(value)}
        )
    if isinstance(value, tuple):
        return tuple(rewritten(one, write, name) for one in value)
    if type(value) is str and value and name not in KEPT:
        return value if value.startswith("https://") else write
    if hasattr(value, "items"):
        return {key: rewritten(one, write, name) for key, one in value.items()}
    return value


def skeletons(theme, rulebook, record):
    """Return the skeleton of every page of the record's site."""
    files = pages([record], theme, rulebook, record.monitoring.as_of)
    return {path: Skeleton(page).found for path, page in files if path.endswith(".html")}


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_change_no_element(bare_theme, rulebook, judged, held, attack):
    """Every text field of a unit that declares everything holds the attack; every page keeps its skeleton."""
    harmless = skeletons(bare_theme, rulebook, judged(rewritten(held, "kata biasa")))
    assert skeletons(bare_theme, rulebook, judged(rewritten(held, attack))) == harmless


@settings(derandomize=True, deadline=None, max_examples=60)
@given(text=st.text(min_size=1))
def test_no_text_at_all_changes_an_element(bare_theme, rulebook, judged, held, text):
    """Law: the skeleton of every page is the same whatever the texts are."""
    harmless = skeletons(bare_theme, rulebook, judged(rewritten(held, "kata biasa")))
    assert skeletons(bare_theme, rulebook, judged(rewritten(held, text))) == harmless


def test_an_attack_is_shown_as_the_words_it_is(bare_theme, rulebook, judged, held):
    """The reader sees what was written, in place."""
    record = judged(replace(held, name='<b>KPPN</b> & "Co"'))
    shown = dict(pages([record], bare_theme, rulebook, record.monitoring.as_of))
    expected = b"&lt;b&gt;KPPN&lt;/b&gt; &amp; &quot;Co&quot;"
    for path in ("index.html", "unit/index.html", "pemantauan/index.html"):
        if path != "index.html":  # the home page names units only where something is due or awarded
            assert expected in shown[path]
    assert b"<title>" + expected + b"</title>" in shown["unit/contoh/satu/index.html"]
    assert b"<h1>" + expected + b"</h1>" in shown["unit/contoh/satu/index.html"]


def test_unsafe_links_are_words(bare_theme, rulebook, judged, held):
    """Where a link is not plain https, its title stands alone."""
    year = held.years[0]
    tier = next(iter(year.sheets))
    answers = dict(year.sheets[tier].answers)
    evidence = replace(answers["A.1.a"].evidence[0], link="javascript:alert(1)")
    answers["A.1.a"] = replace(answers["A.1.a"], evidence=(evidence,))
    sheets = {**year.sheets, tier: replace(year.sheets[tier], answers=answers)}
    record = judged(replace(held, site="http://contoh.example", years=(replace(year, sheets=sheets),)))
    for page in dict(pages([record], bare_theme, rulebook, record.monitoring.as_of)).values():
        assert b"javascript:" not in page
        assert b'href="http:' not in page


def test_exempt_evidence_shows_its_title_alone(bare_theme, rulebook, records):
    """Dikecualikan: the public sees that it exists and why it is closed, not where it is."""
    text = dict(pages(records, bare_theme, rulebook, records[0].monitoring.as_of))["unit/contoh/satu/2025/index.html"]
    assert b"Laporan rahasia" in text
    assert b"UU 14/2008" in text
    assert b"contoh.example/rahasia" not in text


def test_rewriting_reaches_the_texts(held):
    """The attack test would prove nothing if it changed nothing."""
    changed = rewritten(held, "!")
    assert changed.agency.name == changed.years[0].surveys[0].method == changed.statements[0].note == "!"
    assert changed.years[0].surveys[0].index == Fraction("3.72")
    assert changed.years[0].sheets["mandiri"].answers["A.1.a"].evidence[0].title == "!"
