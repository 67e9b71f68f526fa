"""MkDocs renders docs/ once, into a temporary folder: the only renderer, and replaceable."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.model.failure import Failure

from .frames import Frame, frame

_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')
_REPOSITORY = re.compile(r"""^repo_url:[ \t]*(["']?)(https://[^\s"']+)\1[ \t]*(?:#.*)?$""", re.MULTILINE)
_SOURCE_MAP = re.compile(rb"\s*/\*# sourceMappingURL=[^*]*\*/\s*$")


@dataclass(frozen=True, slots=True)
class Theme:
    """What the renderer made of docs/: pages to fill, and the files they name."""

    frames: Mapping[str, Frame]
    files: Mapping[str, bytes]
    site: str = ""
    """The site's address, ending in a slash; "" where mkdocs.yml has no site_url."""
    repository: str = ""
    """The repository's address, repo_url of mkdocs.yml; "" where that has none that is https."""


def render(config: Path) -> Theme:
    """Render the pages of an mkdocs.yml. Raises `Failure` where MkDocs refuses (strict: also for a warning)."""
    with TemporaryDirectory(prefix="zi-") as folder:
        site = Path(folder, "site")
        _run_mkdocs(config, site, Path(folder))
        found = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    pages = {path: content.decode() for path, content in sorted(found.items()) if path.endswith(".html")}
    address = _CANONICAL.search(pages.get("index.html", ""))
    repository = _REPOSITORY.search(config.read_text(encoding="utf-8"))
    return Theme(
        frames={path: frame(_standing(path, page)) for path, page in pages.items()},
        files=_named_files(pages, found),
        site=address[1].removesuffix("index.html") if address else "",
        repository=repository[2] if repository else "",
    )


def _standing(path: str, page: str) -> str:
    """Return the page; a frame for many addresses claims none of them."""
    return _CANONICAL.sub("", page) if "/_/" in path else page


def _run_mkdocs(config: Path, site: Path, folder: Path) -> None:
    options = ("--config-file", str(config.resolve()), "--site-dir", str(site))
    run = subprocess.run(
        # -I: nothing from the current folder or the environment's Python variables is imported
        [sys.executable, "-I", *("-m", "mkdocs", "build", "--strict"), *options],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if run.returncode:
        raise Failure(f"MkDocs tidak dapat membangun {config}:\n{run.stdout.decode(errors='replace').strip()}")


def _named_files(pages: Mapping[str, str], found: Mapping[str, bytes]) -> dict[str, bytes]:
    """Keep the files some page names: no sitemap with build dates, no script bundle nobody loads."""
    text = "".join(pages.values())
    named = {path: content for path, content in sorted(found.items()) if path not in pages and _name(path) in text}
    return {
        path: _SOURCE_MAP.sub(b"\n", content) if path.endswith(".css") else content for path, content in named.items()
    }


def _name(path: str) -> str:
    return path.rpartition("/")[2]
