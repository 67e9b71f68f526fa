"""`zi owners`: CODEOWNERS, made of the roles and teams that the registry states."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.model.failure import Failure
from generator.model.wording import reason, shown


@click.command(help="Buat CODEOWNERS dari peran dan tim yang tertulis di registri.")
@click.option(
    "--check",
    "known",
    type=click.Path(path_type=Path),
    help="Bandingkan dengan berkas ini, jangan cetak; kode keluar 1 bila berbeda.",
)
@click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri (yang berisi units/).")
def command(*, known: Path | None, root: Path) -> None:
    """Print CODEOWNERS, or compare a file with it."""
    from generator.registry.guarding import codeowners

    text = codeowners(root)
    if known is None:
        click.echo(text, nl=False)
        return
    try:
        same = known.read_bytes() == text.encode()
    except OSError as error:
        raise Failure(f"{shown(known, 200)} tidak dapat dibaca ({reason(error)}); periksa nama berkasnya.") from None
    if not same:
        click.echo(f"{shown(known, 200)} tidak sama dengan yang seharusnya; buat ulang dengan zi owners > BERKAS.")
        sys.exit(1)
    click.echo("CODEOWNERS sesuai dengan peran dan tim.")
