"""Every internal link and anchor of a built site leads somewhere."""

import posixpath
from datetime import date
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from generator import registry
from generator.cli.build import rulebook
from generator.program_files import MKDOCS, PROGRAM
from generator.publishing.site import pages
from generator.publishing.theme import render
from generator.reading.blobs import open_tree


class Page(HTMLParser):
    """The links of a page and the anchors it has."""

    def __init__(self, content):
        super().__init__()
        self.links = []
        self.anchors = []
        self.feed(content.decode())

    def handle_starttag(self, tag, attrs):
        """Keep ids, and addresses of whatever is loaded or followed."""
        del tag
        for name, value in attrs:
            if name == "id":
                self.anchors.append(value)
            elif name in {"href", "src"}:
                self.links.append(value)


@pytest.fixture(scope="module")
def site():
    """The site of the example units, as the pipeline makes it."""
    catalogue, day = registry.load_catalogue(), date(2026, 11, 24)
    with open_tree(PROGRAM) as tree:
        return dict(pages(registry.records(tree, catalogue, day, life=True), render(MKDOCS), rulebook(catalogue), day))


@pytest.fixture(scope="module")
def parsed(site):
    """Its pages, parsed."""
    return {path: Page(content) for path, content in site.items() if path.endswith(".html")}


def test_every_internal_link_resolves(site, parsed):
    """Files exist, anchors exist; links name index.html, so that the site also works from a folder."""
    dead = []
    for path, page in parsed.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            base = "/" if path == "404.html" else f"/{path}"  # shown at any address, so its links start at the top
            target = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path)))[1:]
            target = path if not parts.path else target
            found = target in site and (not parts.fragment or unquote(parts.fragment) in parsed[target].anchors)
            if not found:
                dead.append(f"{path}: {link}")
    assert dead == []


def test_anchors_are_unique(parsed):
    """An address leads to one place."""
    for path, page in parsed.items():
        assert len(page.anchors) == len(set(page.anchors)), path


def test_every_page_can_be_reached(parsed):
    """From the home page, by links alone."""
    reached, new = set(), {"index.html"}
    while new:
        reached |= new
        links = {
            posixpath.normpath(posixpath.join(posixpath.dirname(path), urlsplit(link).path))
            for path in new
            for link in parsed[path].links
            if not urlsplit(link).scheme and urlsplit(link).path.endswith(".html")
        }
        new = links - reached
    assert set(parsed) - reached == {"404.html"}


def test_frames_are_filled(site):
    """No mark of a place and no placeholder is left, and no frame is published as a page."""
    for path, content in site.items():
        assert b"<!-- zi:" not in content, path
        assert b"ZI-JUDUL" not in content, path
        assert b"ZI-URAIAN" not in content, path
        assert "/_/" not in path
