"""The command `zi`: arguments, clock, exit codes, printing. Each command loads only when it is called."""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
from importlib import import_module

# Loading modules and YAML makes many objects and hardly a cycle: looking for cycles at every 700 of them, and once
# more when all is over, takes a fifth of what a check of one file costs.
gc.set_threshold(100_000, 20, 20)
atexit.register(gc.freeze)

import click  # noqa: E402 - after the threshold is set

from generator import __version__  # noqa: E402
from generator.cli.help_text import speak_indonesian  # noqa: E402
from generator.model.failure import CannotWrite, Failure  # noqa: E402
from generator.model.wording import reason  # noqa: E402

COMMANDS = {
    "check": "Periksa berkas units/: skema, aturan antarberkas, tautan, tanggal.",
    "score": "Hitung nilai, syarat WBK/WBBM, dan pertanyaan yang belum dijawab.",
    "due": "Daftar unit dan jatuh tempo pemantauannya.",
    "coverage": "Cakupan pemantauan setiap instansi: dipantau, belum jatuh tempo, terlambat.",
    "life": "Apakah program di balik sebuah predikat masih hidup, menurut isyarat apa.",
    "remind": "Siapkan issue pengingat pemantauan di forge: yang perlu dibuat, diperbarui, atau ditutup.",
    "history": "Riwayat sebuah unit: apa yang berubah, kapan, oleh siapa, mengapa.",
    "diff": "Bandingkan dua revisi: nilai, syarat, dan jawaban yang berubah.",
    "stamp": "Stempel penilaian TPI/TPN, agar perubahan sesudah dinilai terlihat.",
    "privacy": "Cari data pribadi: isi dan nama berkas, indeks Git, atau semua yang dibawa suatu rentang commit.",
    "guard": "Periksa usulan: siapa boleh mengubah apa, dan siapa yang menyetujui.",
    "review": "Tinjau pull request dari objek Git saja; hasilnya satu berkas JSON untuk dikomentarkan.",
    "comment": "Jadikan hasil tinjauan komentar di pull request, sebagai permintaan ke forge.",
    "owners": "Buat CODEOWNERS dari peran dan tim yang tertulis di registri.",
    "rules": "Lihat dahulu: unit mana yang akan berubah bila aturan atau instrumen diganti.",
    "build": "Buat situs publik dari units/.",
    "new": "Buat kerangka unit, tahun, tanggapan, atau kasus.",
    "intake": "Ubah isi formulir issue menjadi perubahan mandiri.yaml yang sudah diperiksa.",
    "hook": "Pasang pemeriksaan sebelum commit, agar yang salah tidak sempat terbuka untuk umum.",
    "demo": "Buat registri contoh (repositori Git) dengan unit-unit fiktif.",
}
"""Command -> one line of help. The command stands in generator/cli/<name>.py as `command`."""


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class LazyGroup(click.Group):
    """Lists every command from `COMMANDS` and imports a command's module only to run it (or show its help)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of `COMMANDS`."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command, or return None for a name that is none."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"generator.cli.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101 - a wrong module is a bug, not an input
        speak_indonesian(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        del ctx
        with formatter.section("Perintah"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="zi", message="%(prog)s %(version)s")
def group() -> None:
    """ZI Registry: registri bukti Zona Integritas yang terbuka dan berversi.

    Contoh: zi check --root . lalu zi build --root .
    """


speak_indonesian(group)


def main() -> None:
    """Run `zi`; a `Failure` prints one sentence on stderr and ends with its exit code.

    Without `group.main`, which ends with 1, the code of findings, when the reader of a pipe goes.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # the output is UTF-8 whatever the locale; unknown bytes never stop it
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        with group.make_context("zi", sys.argv[1:]) as context:
            group.invoke(context)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("zi: dihentikan.", err=True)
        sys.exit(130)  # as a shell ends a command stopped by Ctrl+C
    except click.ClickException as error:
        from generator.cli.usage import report

        report(error)
        sys.exit(error.exit_code)
    except Failure as failure:
        click.echo(f"zi: {failure}", err=True)
        sys.exit(failure.exit_code)
    except BrokenPipeError:  # the reader has seen enough (zi score | head)
        _drop_output()
        sys.exit(0)
    except OSError as fault:
        if fault.errno not in _FULL or fault.filename is not None:
            raise
        _drop_output()
        click.echo(f"zi: Keluaran tidak dapat ditulis: {reason(fault)}. Periksa ruang cakram.", err=True)
        sys.exit(CannotWrite.exit_code)


def _drop_output() -> None:
    """Let what still waits to be written go nowhere, or Python would try it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
