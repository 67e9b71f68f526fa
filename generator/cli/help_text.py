"""What `--help` says beside our own words: click's headings, in Indonesian."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

_SAID = {
    "Options": "Pilihan",
    "Commands": "Perintah",
    "Show this message and exit.": "Tampilkan bantuan ini.",
    "Show the version and exit.": "Tampilkan versi program.",
}


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        del prefix
        super().write_usage(prog, args.replace("[OPTIONS]", "[PILIHAN]").replace("COMMAND", "PERINTAH"), "Pemakaian: ")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section(_SAID.get(name, name)):
            yield

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        said = [(term, _SAID.get(text, text).replace("[required]", "[wajib]")) for term, text in rows]
        super().write_dl(said, col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Formatter


def speak_indonesian(command: click.Command) -> None:
    """Make the help of the command, and of those below it, speak Indonesian."""
    command.context_class = _Context
    if isinstance(command, click.Group):
        for below in command.commands.values():
            speak_indonesian(below)
