"""The vocabulary of the pages."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.publishing.html import Column, Html, escape, link_out, source, table


@settings(derandomize=True, deadline=None)
@given(st.text())
def test_escaped_text_is_inert_and_says_the_same(text):
    """No character that opens a tag, an attribute or an entity is left, and a browser reads the text back."""
    shown = escape(text)
    assert not set("<>\"'") & set(shown)
    assert all(sign.isprintable() or sign in "\n\t" for sign in shown if ord(sign) < 0xA0)
    if text.isprintable():
        assert html.unescape(shown) == text


@pytest.mark.parametrize(
    "sign", ["\x00", "\x0b", "\r", "\x85", "\u061c", "\u200b", "\u202e", "\u2028", "\ufeff", "\ud800"]
)
def test_characters_that_bend_a_page_are_replaced(sign):
    """The reader refuses control, bidi and zero-width characters; here they would still do no harm."""
    assert escape(f"a{sign}b") == "a\ufffdb"


def test_line_breaks_stay():
    """A note may have lines."""
    assert escape("satu\n\tdua") == "satu\n\tdua"


@pytest.mark.parametrize(
    "address",
    [
        "http://contoh.go.id",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//contoh.go.id",
        "https://",
        "https:contoh.go.id",
        "https://pengguna@contoh.go.id",
        "https://a:b@contoh.go.id",
        "https://contoh.go.id\\@jahat.example",
        "https://cоntoh.go.id",
        "https://contoh.go.id/ x",
        "https://contoh.go.id/\u202egpj",
        'https://contoh.go.id/"onmouseover="x',
        "https://contoh.go.id/'x",
        "https://contoh.go.id/<x>",
        "https://contoh.go.id:port/",
        "https://contoh.go.id\n",
        " https://contoh.go.id",
    ],
)
def test_only_plain_https_becomes_a_link(address):
    """Anything else leaves the words without a link."""
    assert link_out(address, Html("Bukti")) == "Bukti"
    assert "<a" not in source(address)


@pytest.mark.parametrize(
    "address", ["https://contoh.go.id", "https://contoh.go.id:8443/a/b.pdf?x=1&y=2#hal-3", "https://contoh.go.id/%20é"]
)
def test_a_plain_link_goes_nowhere_by_itself(address):
    """A link tells the other site nothing and lends it no weight."""
    assert html.unescape(link_out(address, Html("Bukti"))) == (
        f'<a href="{address}" rel="nofollow noopener noreferrer">Bukti</a>'
    )


def test_a_table_has_caption_scopes_and_a_region_to_scroll():
    """Long tables can be scrolled by keyboard, and say what they are."""
    shown = table("Nilai", (Column("Unit"), Column("Total", "angka")), [(Html("Satu"), Html("81,10"))])
    assert shown == (
        '<div class="zi-scroll" tabindex="0" role="region" aria-label="Nilai"><table class="zi-table">'
        "<caption><span>Nilai</span></caption>"
        '<thead><tr><th scope="col">Unit</th><th scope="col" class="zi-angka">Total</th></tr></thead>'
        '<tbody><tr><th scope="row">Satu</th><td class="zi-angka">81,10</td></tr></tbody></table></div>'
    )
