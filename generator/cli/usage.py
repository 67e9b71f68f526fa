"""Wrong use of the command line, said in Indonesian. Click's own sentences are English in every locale."""

from __future__ import annotations

from difflib import get_close_matches

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand


def sentence(error: click.ClickException) -> str:
    """Return what was wrong and what to do, one sentence or two; a fault not known here keeps Click's words."""
    match error:
        case click.NoSuchOption():
            return f"Opsi {error.option_name} tidak dikenal.{_near(sorted(error.possibilities or ()))}"
        case NoSuchCommand():
            return f"Perintah {error.command_name!r} tidak ada.{_near(_alike(error))}"
        case click.MissingParameter():
            return f"{_parameter(error)} belum diisi."
        case click.BadParameter():
            return f"Nilai untuk {_parameter(error)} tidak bisa dipakai. {_expected(error)}".rstrip()
        case click.BadOptionUsage():
            return f"Opsi {error.option_name} perlu nilai."
        case _:
            return error.format_message()


def report(error: click.ClickException) -> None:
    """Print the sentence on stderr, with the way to the help."""
    if isinstance(error, NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "zi"
    click.echo(f"zi: {sentence(error)}\nLihat: {path} --help", err=True)


def _near(names: list[str]) -> str:
    return f" Maksudnya {' atau '.join(names)}?" if names else ""


def _alike(error: NoSuchCommand) -> list[str]:
    group = error.ctx.command if error.ctx is not None else None
    known = group.list_commands(error.ctx) if isinstance(group, click.Group) and error.ctx is not None else []
    return get_close_matches(error.command_name, known, n=2)


def _parameter(error: click.BadParameter) -> str:
    parameter = error.param
    if isinstance(parameter, click.Option):
        return "Opsi " + " / ".join(parameter.opts) if isinstance(error, click.MissingParameter) else parameter.opts[0]
    if parameter is not None:
        return parameter.make_metavar(error.ctx) if error.ctx else str(parameter.name)
    return str(error.param_hint or "Argumen")


def _expected(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return f"Pilihannya: {', '.join(map(str, kind.choices))}."
    if isinstance(kind, click.IntRange):
        low = f"paling kecil {kind.min}" if kind.min is not None else ""
        high = f"paling besar {kind.max}" if kind.max is not None else ""
        return f"Tulis bilangan bulat {', '.join(filter(None, (low, high)))}."
    if isinstance(kind, click.types.IntParamType):
        return "Tulis bilangan bulat."
    return error.message
