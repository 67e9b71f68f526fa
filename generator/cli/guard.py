"""`zi guard`: may this person propose this change, and did the right people approve it?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.reporting import FORMATS, Report, format_option, wants_colour


@click.command(help="Periksa usulan: siapa boleh mengubah apa, dan siapa yang menyetujui.")
@click.argument("base", metavar="BASE")
@click.argument("head", metavar="HEAD")
@click.option("--actor", required=True, help="Akun pengusul di forge (GitHub), misalnya operator-kppn.")
@click.option(
    "--reviews",
    "reviews_file",
    type=click.Path(path_type=Path),
    help="Berkas JSON telaah usulan (REST GitHub). Tanpa ini hanya hak pengusul yang diperiksa.",
)
@click.option(
    "--members",
    "members_file",
    type=click.Path(path_type=Path),
    help='Berkas JSON anggota tim: {"@organisasi/tim": ["akun"]}. Tanpa ini anggota tim tidak dikenal.',
)
@click.option("--root", type=click.Path(path_type=Path), default=".", help="Folder registri (yang berisi units/).")
@format_option
def command(
    *, base: str, head: str, actor: str, reviews_file: Path | None, members_file: Path | None, root: Path, form: str
) -> None:
    """Judge what HEAD changes since it branched off BASE, by the roles that BASE states; exit 1 where it breaks one."""
    from generator.reading.forge import read_members, read_reviews
    from generator.registry.guarding import guard

    guarded = guard(
        root,
        base,
        head,
        actor=actor,
        reviews=read_reviews(reviews_file) if reviews_file else None,
        members=read_members(members_file) if members_file else None,
    )
    report = Report(findings=guarded.findings, units=guarded.units, files=guarded.files)
    for line in FORMATS[form](report, coloured=wants_colour(sys.stdout)):
        click.echo(line)
    sys.exit(1 if guarded.findings else 0)
