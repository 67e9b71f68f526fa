"""Which paths there are under units/: exactly these, and each says what its file is.

    units/<instansi>/instansi.yaml
    units/<instansi>/<unit>/{unit,predikat,pemantauan,tanggapan,kasus}.yaml
    units/<instansi>/<unit>/<tahun>/{mandiri,tpi,tpn,survei,clearance}.yaml

Everything else is a finding, README.md and .gitkeep too: a file nobody reads would look as if it counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from generator.model.document import Kind
from generator.model.finding import Finding, Level
from generator.model.wording import shown

FOLDER = "units"
LONGEST_ID = 63
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_YEAR = re.compile(r"20[0-9]{2}", re.ASCII)
_DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.ASCII)
"""Names Windows keeps for devices: a checkout there would fail."""

_NAMES: tuple[tuple[str, ...], ...] = (
    (),
    ("instansi.yaml",),
    ("unit.yaml", "predikat.yaml", "pemantauan.yaml", "tanggapan.yaml", "kasus.yaml"),
    ("mandiri.yaml", "tpi.yaml", "tpn.yaml", "survei.yaml", "clearance.yaml"),
)
"""File names by the number of folders below units/."""
_KINDS = {name: Kind(name.removesuffix(".yaml")) for names in _NAMES for name in names}
_LEVELS = ("units", "instansi", "unit", "tahun")


class Location(NamedTuple):
    """What a path says of its file."""

    kind: Kind
    agency: str
    unit: str = ""
    """The last part of the unit's id; "" for instansi.yaml."""
    year: int | None = None

    @property
    def unit_id(self) -> str:
        """The unit's id, "instansi/unit"; the agency's id alone for instansi.yaml."""
        return f"{self.agency}/{self.unit}" if self.unit else self.agency


@lru_cache(maxsize=10_000)  # a folder stands in the path of every file and every version in it
def is_id(text: str) -> bool:
    """Tell whether the text can be the id of an agency or unit: kebab-case ASCII, and a folder on any system."""
    return len(text) <= LONGEST_ID and bool(_ID.fullmatch(text)) and not _DEVICE.fullmatch(text)


def is_year(text: str) -> bool:
    """Tell whether the text can be a year's folder: 2000 to 2099."""
    return bool(_YEAR.fullmatch(text))


def locate(path: str) -> Location | None:
    """Return what the path's file is, or None where the registry has no such path (then `fault` says why)."""
    top, *folders, name = path.split("/") if "/" in path else ("", path)
    if top != FOLDER or len(folders) >= len(_NAMES) or name not in _NAMES[len(folders)]:
        return None
    if not (all(map(is_id, folders[:2])) and all(map(is_year, folders[2:]))):
        return None
    return Location(
        kind=_KINDS[name],
        agency=folders[0],
        unit=folders[1] if len(folders) > 1 else "",
        year=int(folders[2]) if len(folders) > 2 else None,  # noqa: PLR2004 - instansi, unit, tahun
    )


def unit_of(path: str) -> str:
    """Return `Location.unit_id` of a path that `locate` knows, without looking at the rest of it."""
    _, *folders, _ = path.split("/")
    return "/".join(folders[:2])


def fault(path: str) -> Finding:
    """Return why `locate` knows no such path: the first folder that cannot be, else the name."""
    found = _refused_folder(path)
    if found:
        return found
    _, *folders, name = path.split("/")
    allowed = _NAMES[len(folders)]
    words = ", ".join(allowed) if allowed else "hanya folder instansi"
    return _finding(
        path,
        "berkas-tidak-dikenal",
        f"Nama berkas {shown(name)} tidak dikenal di folder {_LEVELS[len(folders)]}; yang ada: {words}.",
        _guess(folders, name),
    )


def folder_fault(path: str) -> Finding | None:
    """Return what is wrong with the last folder of the path, or None; the folders above it are taken as right."""
    _, *folders = path.split("/")
    name = folders[-1]
    if len(folders) >= len(_NAMES):
        return _finding(
            path,
            "berkas-tidak-dikenal",
            f"Folder {shown(name)} tidak dikenal: folder tahun tidak berisi folder lain.",
            "Simpan dokumen bukti di tempat lain dan cantumkan tautannya di mandiri.yaml.",
        )
    if len(folders) == len(_NAMES) - 1:
        if is_year(name):
            return None
        return _finding(
            path,
            "folder-bukan-id",
            f"Folder {shown(name)} di dalam folder unit bukan tahun.",
            "Namai folder dengan tahun penilaian, misalnya 2025 (2000 sampai 2099).",
        )
    if is_id(name):
        return None
    reason = (
        "adalah nama perangkat di Windows"
        if _DEVICE.fullmatch(name)
        else f"lebih panjang dari {LONGEST_ID} huruf"
        if len(name) > LONGEST_ID and _ID.fullmatch(name)
        else "bukan id"
    )
    return _finding(
        path,
        "folder-bukan-id",
        f"Nama folder {shown(name, ascii_only=True)} {reason}.",
        f"Pakai huruf kecil a-z, angka, dan tanda hubung{_suggestion(name)}.",
    )


def twins(paths: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for every folder or file whose name equals an earlier one's where letter case is not told apart.

    On Windows and macOS two such names are one: a checkout would lose one of them.
    """
    first: dict[tuple[str, str], str] = {}
    for name in sorted({part for path in paths for part in _prefixes(path)}):
        folder, _, last = name.rpartition("/")
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", last).casefold())
        other = first.setdefault((folder, folded), name)
        if other != name:
            yield _finding(
                name,
                "id-kembar",
                f"Nama {shown(last, ascii_only=True)} hanya berbeda huruf besar-kecil atau bentuk hurufnya"
                f" dari {shown(other[len(folder) + 1 :], ascii_only=True)}.",
                "Satukan isinya di bawah satu nama dengan huruf kecil.",
            )


def told_at(path: str) -> set[str]:
    """Return where findings about a file or folder stand: at its path, or at a folder above that cannot be."""
    refused = _refused_folder(path)
    return {path, visible(path), refused.path} if refused else {path, visible(path)}


def visible(path: str) -> str:
    r"""Return the path with everything unprintable as \uXXXX, for showing only."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in path)


def _refused_folder(path: str) -> Finding | None:
    """Return what is wrong with the first folder above the file that cannot be, or None."""
    parts = path.split("/")
    faults = (folder_fault("/".join(parts[:depth])) for depth in range(2, len(parts)))
    return next(filter(None, faults), None)


def _prefixes(path: str) -> Iterator[str]:
    parts = path.split("/")
    return ("/".join(parts[:end]) for end in range(2, len(parts) + 1))


def _suggestion(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").casefold()
    guess = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_ID].strip("-")
    return f", misalnya {guess}" if is_id(guess) else ", misalnya kppn-contoh-satu"


def _guess(folders: list[str], name: str) -> str:
    allowed = _NAMES[len(folders)]
    plain = name.casefold()
    stem = plain.removesuffix(".yml").removesuffix(".yaml")
    for level, names in enumerate(_NAMES):
        if f"{stem}.yaml" in names and level == len(folders):
            return f"Ganti namanya menjadi {stem}.yaml."
        if f"{stem}.yaml" in names:
            return f"Pindahkan {stem}.yaml ke folder {_LEVELS[level]}."
    from difflib import get_close_matches  # noqa: PLC0415 - only for a name that is wrong

    near = get_close_matches(plain[:LONGEST_ID], allowed, n=1)
    if near:
        return f"Maksudnya {near[0]}? Ganti namanya bila benar."
    return "Hapus berkas ini dari units/, atau pindahkan ke luar units/."


def _finding(path: str, code: str, message: str, hint: str) -> Finding:
    return Finding(
        path=visible(path),
        line=0,
        column=0,
        code=code,
        level=Level.ERROR,
        pointer="",
        message=message,
        hint=hint,
    )
