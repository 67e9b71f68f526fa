"""Where the program's own files lie: schema/, docs/, mkdocs.yml.

Never those of the registry being read: a pull request must not bring its own rules.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_INSTALLED = _PACKAGE / "_files"

PROGRAM = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent
"""The checkout, or the copy a wheel carries (pyproject.toml, force-include)."""

SCHEMA = PROGRAM / "schema"
DOCS = PROGRAM / "docs"
MKDOCS = PROGRAM / "mkdocs.yml"
