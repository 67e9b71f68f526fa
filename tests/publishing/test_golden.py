"""Golden pages of three small units: what a change does to the site is seen as a diff.

Renew them with `ZI_RENEW_GOLDEN=1 pytest tests/publishing/test_golden.py`, then read the diff before committing it.
"""

import os
import re
from datetime import date
from pathlib import Path

import pytest

from generator.publishing.site import pages

GOLDEN = Path(__file__).parent / "golden"
PAGES = (
    "index.html",
    "unit/index.html",
    "pemantauan/index.html",
    "unit/contoh/satu/index.html",
    "unit/contoh/tiga/index.html",
    "unit/contoh/dua/2025/index.html",
    "unit/contoh/satu/2025/index.html",
)
_BLOCKS = re.compile(r"(?=<(?:section|h[1-6]|table|thead|tbody|tfoot|tr|ul|ol|li|p|div|nav|dl|dt|details)\b)")


def golden_form(page):
    """Return the page with a line for each block, so that a diff is short."""
    return _BLOCKS.sub("\n", page.decode())


@pytest.mark.parametrize("path", PAGES)
def test_page_is_as_agreed(path, bare_theme, rulebook, records):
    """The page has not changed, or the change is in the diff."""
    made = golden_form(dict(pages(records, bare_theme, rulebook, date(2026, 11, 24)))[path])
    golden = GOLDEN / path.replace("/", "-")
    if os.environ.get("ZI_RENEW_GOLDEN"):
        golden.write_text(made, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == made
