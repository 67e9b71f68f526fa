"""Rendered pages with places to fill, and their policy."""

import base64
import hashlib

import pytest

from generator.publishing.frames import frame, policy
from generator.publishing.html import Html

HEAD = '<head><meta charset="utf-8"><title>ZI-JUDUL</title></head>'


def test_every_place_is_filled_and_text_is_escaped():
    """Title and description are plain text wherever they stand; other places get finished HTML."""
    page = frame(f'{HEAD}<meta content="ZI-URAIAN"><h1>ZI-JUDUL</h1><!-- zi:isi --><i>x</i>')
    filled = page.fill({"isi": Html("<b>y</b>")}, title='A & "B"', description="<i>").decode()
    assert "<title>A &amp; &quot;B&quot;</title>" in filled
    assert '<meta content="&lt;i&gt;"><h1>A &amp; &quot;B&quot;</h1><b>y</b><i>x</i>' in filled


def test_a_place_that_nothing_fills_is_a_bug():
    """A frame that asks for more than the generator has must not be published half empty."""
    with pytest.raises(KeyError):
        frame(f"{HEAD}<!-- zi:baru -->").fill({})


def test_filled_text_is_never_read_as_a_place():
    """A unit that writes a place's mark writes text."""
    filled = frame(f"{HEAD}<!-- zi:isi -->").fill({"isi": Html("<!-- zi:isi --> ZI-JUDUL")}, title="T").decode()
    assert filled.endswith("<!-- zi:isi --> ZI-JUDUL")


def test_a_page_without_scripts_allows_none():
    """The policy starts from nothing."""
    assert policy(HEAD) == (
        "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'"
    )


def test_exactly_the_inline_scripts_of_the_page_are_allowed():
    """By SHA-256 of each; data is no script; a script file needs 'self'; never 'unsafe-inline'."""
    code = "var a=1 < 2\n"
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    page = f'<script>{code}</script><script type="application/json">{{}}</script>'
    assert f"script-src 'sha256-{digest}';" in policy(page)
    loading = policy(f'{page}<script src="a.js"></script>')
    assert f"script-src 'self' 'sha256-{digest}'; connect-src 'self';" in loading
    assert "connect-src" not in policy(page)


def test_the_policy_comes_before_everything_it_must_hold_for():
    """A policy after a script would come too late."""
    page = b"".join(frame(HEAD).fixed).decode()
    assert page.index("Content-Security-Policy") < page.index("<title>")
    with pytest.raises(ValueError, match="charset"):
        frame("<head></head>")
