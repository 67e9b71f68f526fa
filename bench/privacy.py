"""The privacy guard against seeded personal data: how much of it is found, and how many clean files are flagged.

What is seeded is made here, from how such numbers are made and written, and never from the guard's own rules. All of
it is invented. It is seeded where it would become public: in text, in names of files, in messages and authors of
commits; the guard runs as a whole process on a real repository.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from bench.measure import QUIET, report, tool

ZI = tool("zi")
SEED = 20261125
EACH = 30
"""Items of each kind and form in text."""


class Seed(NamedTuple):
    """One invented item."""

    kind: str
    form: str
    written: str


Chance = random.Random

REGENCIES = ("3273", "3573", "1171", "5171", "7371", "6471", "9471", "3201", "3404", "1804")


def _nik(chance: Chance) -> str:
    day = chance.randint(1, 28) + chance.choice((0, 40))
    month, year = chance.randint(1, 12), chance.randint(50, 99)
    return (
        f"{chance.choice(REGENCIES)}{chance.randint(1, 20):02}{day:02}{month:02}{year:02}{chance.randint(1, 9999):04}"
    )


def _nip(chance: Chance) -> str:
    born = chance.randint(1965, 1998)
    start = f"{born + chance.randint(20, 27)}{chance.randint(1, 12):02}"
    sex, serial = chance.choice("12"), chance.randint(1, 999)
    return f"{born}{chance.randint(1, 12):02}{chance.randint(1, 28):02}{start}{sex}{serial:03}"


def _npwp(chance: Chance) -> str:
    """Fifteen digits, the ninth of which is a Luhn check digit over the eight before it."""
    head = [chance.randint(0, 9) for _ in range(8)]
    total = sum(sum(divmod(digit * 2, 10)) if at % 2 else digit for at, digit in enumerate(head))
    tail = "".join(str(chance.randint(0, 9)) for _ in range(6))
    return "".join(map(str, head)) + str(-total % 10) + tail


def _mobile(chance: Chance) -> str:
    prefix = chance.choice(("0811", "0812", "0813", "0821", "0852", "0857", "0878", "0896"))
    return prefix + "".join(str(chance.randint(0, 9)) for _ in range(chance.choice((7, 8))))


def _landline(chance: Chance) -> str:
    area, first = chance.choice((("021", "3"), ("022", "4"), ("031", "5"), ("0274", "5"), ("0361", "2")))
    return area + first + "".join(str(chance.randint(0, 9)) for _ in range(10 - len(area) - 1))


def _account(chance: Chance) -> str:
    return "".join(str(chance.randint(0, 9)) for _ in range(chance.choice((10, 13, 15))))


def _mail(chance: Chance) -> str:
    name = chance.choice(("budi", "siti", "agus", "dewi", "rekaan")) + chance.choice((".", "_", "")) + "rekaan"
    domain = chance.choice(("gmail.com", "yahoo.co.id", "surel-rekaan.net", "kampus.ac.id"))
    return f"{name}{chance.randint(1, 99)}@{domain}"


def _parted(size: int, separator: str) -> Callable[[str], str]:
    return lambda digits: separator.join(digits[at : at + size] for at in range(0, len(digits), size))


def _by(sizes: tuple[int, ...], separator: str) -> Callable[[str], str]:
    def written(digits: str) -> str:
        parts, rest = [], digits
        for size in sizes:
            parts, rest = [*parts, rest[:size]], rest[size:]
        return separator.join([*parts, rest] if rest else parts)

    return written


def _npwp_form(digits: str) -> str:
    return f"{digits[:2]}.{digits[2:5]}.{digits[5:8]}.{digits[8]}-{digits[9:12]}.{digits[12:]}"


PLAIN: dict[str, Callable[[str], str]] = {"rapat": str}
FOURS = PLAIN | {f"per empat {sign!r}": _parted(4, sign) for sign in " .-"}
KINDS: tuple[tuple[str, Callable[[Chance], str], dict[str, Callable[[str], str]], tuple[str, ...]], ...] = (
    ("NIK", _nik, FOURS | {"per enam": _by((6, 6), " "), "per dua": _parted(2, " ")}, ("Ketua tim {} hadir.", "{}")),
    ("NIP", _nip, PLAIN | {f"lazim {sign!r}": _by((8, 6, 1), sign) for sign in " .-"}, ("Penanggung jawab {}.", "{}")),
    ("NPWP", _npwp, PLAIN | {"baku": _npwp_form, "spasi": _by((2, 3, 3, 1, 3), " ")}, ("Rekanan {} terdaftar.", "{}")),
    (
        "seluler",
        _mobile,
        FOURS | {"+62": lambda digits: f"+62 {digits[1:4]}-{digits[4:8]}-{digits[8:]}", "62": lambda d: "62" + d[1:]},
        ("Hubungi {} pada jam kerja.", "Pengaduan: {}", "{}"),
    ),
    (
        "kantor",
        _landline,
        PLAIN
        | {"kurung": lambda d: f"({d[:-7]}) {d[-7:-4]} {d[-4:]}", "hubung": lambda d: f"{d[:-7]}-{d[-7:]}"}
        | {"titik": lambda d: f"{d[:-7]}.{d[-7:-4]}.{d[-4:]}"},
        ("Telp. {} ext. 5", "Loket {} buka"),
    ),
    (
        "rekening",
        _account,
        FOURS | {"per tiga": _parted(3, "-")},
        ("Rekening BRI {} a.n. bendahara", "no. rek. {}", "ke {} (BCA) saja", "Bank Mandiri nomor {}"),
    ),
    (
        "surel",
        _mail,
        {
            "biasa": str,
            "spasi": lambda mail: mail.replace("@", " @ "),
            "[at]": lambda mail: mail.replace("@", " [at] "),
            "(at) dot": lambda mail: mail.replace("@", "(at)").replace(".c", " dot c").replace(".n", " dot n"),
        },
        ("Kirim ke {}.", "{}"),
    ),
)


def seeds(chance: Chance) -> Iterator[tuple[Seed, str]]:
    """Yield items with the sentence each stands in."""
    for kind, make, forms, sentences in KINDS:
        for form, write in forms.items():
            for _ in range(EACH):
                written = write(make(chance))
                yield Seed(kind, form, written), chance.choice(sentences).format(written)


def _findings(root: Path, *args: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [ZI, "privacy", "--root", str(root), "--format", "json", *args], capture_output=True, env=QUIET, check=False
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr[-500:])
    return json.loads(done.stdout)["findings"]


def _git(root: Path, *args: str, author: str = "Kantor <kantor@kemenkeu.go.id>", text: str = "") -> str:
    name, _, mail = author.removesuffix(">").partition(" <")
    who = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", name), ("EMAIL", mail))
    }
    bare = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(
        ["git", *args],
        cwd=root,
        env={**os.environ, **bare, **who},
        input=text,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def _in_text(root: Path, chance: Chance) -> dict[Seed, bool]:
    """Seed one item a line, in files of `EACH` lines: of one file only the first hundred items are told."""
    planted = list(seeds(chance))
    (root / "units").mkdir(parents=True)
    places = {}
    for at, (seed, line) in enumerate(planted):
        path, number = f"units/seeded-{at // EACH}.txt", at % EACH + 1
        places[path, number] = Seed(seed.kind, f"teks, {seed.form}", f"{at} {line}")
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(f"kalimat: {line}\n")
    found = {(finding["path"], finding["line"]) for finding in _findings(root)}
    return {seed: place in found for place, seed in places.items()}


def _in_commits(root: Path, chance: Chance) -> dict[Seed, bool]:
    """Seed names of files, messages and authors, a commit each."""
    _git(root, "init", "-q", "-b", "main", ".")
    made: dict[str, tuple[str, Seed]] = {}
    planted = [
        (seed, line) for seed, line in seeds(chance) if seed.form in {"rapat", "biasa", "per empat '-'", "lazim '-'"}
    ]
    for seed, line in chance.sample(planted, 60):
        tree = _git(root, "mktree")
        if len(made) % 3 == 0:
            blob = _git(root, "hash-object", "-w", "--stdin", text="nama: kosong\n")
            name = line.replace("/", "-")
            tree = _git(root, "mktree", text=f"100644 blob {blob}\t{name}.yaml\n")
        message = line if len(made) % 3 == 1 else "Perbarui isi"
        who = f"{line} <x@kemenkeu.go.id>" if "@" not in seed.written else f"Operator <{seed.written}>"
        parents = [word for commit in list(made)[-1:] for word in ("-p", commit)]
        author = who if len(made) % 3 == 2 else "Kantor <kantor@kemenkeu.go.id>"
        commit = _git(root, "commit-tree", tree, *parents, "-m", message, author=author)
        made[commit] = (("nama berkas", "pesan", "pengarang")[len(made) % 3], seed._replace(written=line))
    commits = list(made)
    found: dict[Seed, bool] = {}
    for at, (commit, (where, seed)) in enumerate(made.items()):
        span = f"{commits[at - 1]}..{commit}" if at else f"..{commit}"
        found[Seed(seed.kind, f"{where}, {seed.form}", f"{at} {seed.written}")] = bool(_findings(root, "--range", span))
    return found


def privacy_guard(clean: Path, work: Path) -> None:
    """Print both figures, and what was missed by kind and form; nothing in `clean`, a demo registry, is personal."""
    chance = Chance(SEED)
    found = _in_text(work, chance) | _in_commits(work, chance)
    missed = [seed for seed, was in found.items() if not was]
    for seed in missed:
        print(f"  terlewat: {seed.kind}, {seed.form}: {seed.written}")
    share = 1 - len(missed) / len(found)
    report("penjaga privasi: ditemukan / ditanam", share, "1", f"{len(found) - len(missed)} dari {len(found)}")
    files = [path for path in (clean / "units").rglob("*") if path.is_file()]
    flagged = {finding["path"] for finding in _findings(clean)}
    report(
        "penjaga privasi: ditandai / berkas bersih",
        len(flagged) / len(files),
        "≤ 0,01",
        f"{len(flagged)} dari {len(files)}",
    )
