"""How findings are printed: for people, for programs, for GitHub. Nothing here judges."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TextIO

import click

from generator.model.finding import Finding, Level

_WORDS = {Level.ERROR: "kesalahan", Level.WARNING: "peringatan", Level.NOTE: "catatan"}
_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.NOTE: "36"}
_GITHUB = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


class Report(NamedTuple):
    """What a check found, and how much it looked at."""

    findings: Sequence[Finding]
    units: int
    files: int
    looked: str = ""
    """What was looked at, in words; "" for units and files."""

    def of(self, level: Level) -> int:
        """Return how many findings have the level."""
        return sum(finding.level is level for finding in self.findings)


def as_text(report: Report, *, coloured: bool = False) -> Iterator[str]:
    """Yield lines for a person: findings by file, each with its remedy below it, and last a line that counts.

    Of notes that say the same in one file the first few are shown, and how many more there are; nothing that must or
    should be mended is left out.
    """
    for _, findings in groupby(report.findings, key=lambda finding: finding.path):
        notes: Counter[str] = Counter()
        for finding in findings:
            if finding.level is Level.NOTE:
                notes[finding.code] += 1
                if notes[finding.code] > _MOST_NOTES:
                    continue
            level = _level(finding.level, coloured=coloured)
            yield f"{_place(finding)}: {level} {finding.code}: {_inert(finding.message)}"
            if finding.hint:
                yield f"    {_inert(finding.hint)}"
        for code, count in notes.items():
            if count > _MOST_NOTES:
                yield f"    … dan {count - _MOST_NOTES} catatan {code} lain di berkas ini (semuanya: --format json)"
        yield ""
    yield _summary(report)


_MOST_NOTES = 3


def _level(level: Level, *, coloured: bool) -> str:
    return f"\x1b[{_COLOURS[level]}m{_WORDS[level]}\x1b[0m" if coloured else _WORDS[level]


def _place(finding: Finding) -> str:
    path = _inert(finding.path)
    return f"{path}:{finding.line}:{finding.column}" if finding.line else path


def _summary(report: Report) -> str:
    looked = report.looked or f"{report.units} unit, {report.files} berkas diperiksa."
    counts = [f"{report.of(level)} {word}" for level, word in _WORDS.items() if report.of(level)]
    return f"{', '.join(counts) if counts else 'Tidak ada temuan'}. {looked}"


def as_json(report: Report, *, coloured: bool = False) -> Iterator[str]:
    """Yield one JSON document: the findings as `Finding` has them, and how many of each level."""
    import json

    del coloured
    fields = ("code", "level", "path", "line", "column", "pointer", "message", "hint")
    yield json.dumps(
        {
            "findings": [{name: getattr(finding, name) for name in fields} for finding in report.findings],
            "errors": report.of(Level.ERROR),
            "warnings": report.of(Level.WARNING),
            "notes": report.of(Level.NOTE),
        },
        ensure_ascii=True,  # control and bidi characters reach no terminal
        indent=1,
    )


def as_github(report: Report, *, coloured: bool = False) -> Iterator[str]:
    """Yield a workflow command per finding, which GitHub shows at its line in a pull request, and the count.

    Source of form and escapes: actions/toolkit, packages/core/src/command.ts.
    """
    del coloured
    for finding in report.findings:
        properties = {"file": finding.path, "title": finding.code}
        if finding.line:
            properties = {**properties, "line": str(finding.line), "col": str(finding.column)}
        named = ",".join(f"{name}={_property(properties[name])}" for name in _ORDER if name in properties)
        text = f"{_inert(finding.message)}\n{_inert(finding.hint)}" if finding.hint else _inert(finding.message)
        yield f"::{_GITHUB[finding.level]} {named}::{_data(text)}"
    yield _summary(report)


_ORDER = ("file", "line", "col", "title")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(_inert(text)).replace(":", "%3A").replace(",", "%2C")


def _inert(text: str) -> str:
    """Return the text without a character that moves a cursor, hides, or reorders; and without "##[".

    A line holding "##[" is a command to GitHub's runner wherever it stands in it.
    """
    if text.isprintable() and "##[" not in text:
        return text
    shown = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)
    return shown.replace("##[", "#\\u0023[")


def wants_colour(stream: TextIO | None) -> bool:
    """Say whether the stream shows colours and its reader wants them (https://no-color.org)."""
    if stream is None:  # closed from outside: zi check >&-
        return False
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


FORMATS: dict[str, Callable[..., Iterator[str]]] = {"text": as_text, "json": as_json, "github": as_github}

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    help="text untuk dibaca, json untuk program, github untuk anotasi pull request.",
)
"""How a command's findings are to be printed; its function gets it as `form`."""
