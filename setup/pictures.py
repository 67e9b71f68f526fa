"""Renew docs/gambar/*.png: pages of the demo registry as the system's Chromium shows them.

    make pictures

The demo, its day and the windows are fixed, so that a picture changes only when the pages do. A picture is a window's
height of a page, from the top or from an element on.
"""

# ruff: noqa: INP001 - a script beside the shell's, not a package
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).parents[1] / "docs/gambar"
UNIT = "unit/keuangan/kppn-contoh-satu"
DAY = "1795521600"  # 2026-11-24
LARGEST = 150_000
"""Bytes of a picture; a page of text with three of them still opens at once on a phone."""
MARGIN = 12


class Picture(NamedTuple):
    """A part of a page."""

    name: str
    page: str
    top: str = ""
    """The element it begins with; "" for the top of the page."""
    height: int = 720
    width: int = 960


SHOWN = (
    Picture("rapor", f"{UNIT}/index.html", width=1160, height=720),
    Picture("daftar-unit", "unit/index.html", top="h2:has-text('Keuangan')", height=520),
    Picture("lembar", f"{UNIT}/2026/index.html", top=r"#A\.I\.1\.i\.b", height=530),
    Picture("riwayat", f"{UNIT}/riwayat/index.html", top=".zi-entri:has-text('A.I.1.i.b')", height=420),
)


def main() -> None:
    """Make the demo's site in a temporary folder and take the pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium tidak ada; pasang dengan: apt-get install chromium")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder, "registri", "site")
        for args in (("demo", str(site.parent)), ("build", "--root", str(site.parent), "--site", str(site))):
            environment = {**os.environ, "SOURCE_DATE_EPOCH": DAY}
            subprocess.run((sys.executable, "-m", "generator", *args), check=True, env=environment)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(color_scheme="light")
        for picture in SHOWN:
            take(page, picture, site)
        browser.close()


def take(page: Page, picture: Picture, site: Path) -> None:
    """Write one picture; stop where it is too large."""
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    page.goto((site / picture.page).as_uri())
    top = 0.0
    if picture.top:
        box = page.locator(picture.top).first.bounding_box()
        if box is None:
            sys.exit(f"{picture.top} tidak ada di {picture.page}")
        top = box["y"] - 2 * MARGIN
    clip = {"x": 0.0, "y": top, "width": float(picture.width), "height": float(picture.height)}
    target = PICTURES / f"{picture.name}.png"
    page.screenshot(path=target, clip=clip, full_page=True)  # type: ignore[arg-type]
    size = target.stat().st_size
    sys.stdout.write(f"{target.name}: {size} bytes\n")
    if size > LARGEST:
        sys.exit(f"{target.name} melebihi {LARGEST} bytes")


if __name__ == "__main__":
    main()
