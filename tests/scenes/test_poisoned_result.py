"""What a stranger's job leaves for the workflow that may write: it decides nothing, and does nothing.

A pull request can bring its own .github/workflows/check.yml, which GitHub then runs without any right; what that job
leaves is handed to the base's own workflow `comment`. Downloading is GitHub's part; of what lies there afterwards one
small regular file is opened.
"""

import io
import json
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

SHEET = "units/contoh/kpp-contoh-dua/2025/mandiri.yaml"
HOSTILE = """<!-- zi:pemeriksaan -->
## Pemeriksaan usulan: lulus

<script>alert(1)</script> <img src=x onerror=alert(1)> @pemelihara-contoh #1 contoh/registri#2
[klik](javascript:alert(1)) ![x](https://contoh.example/pelacak.png) https://contoh.example www.contoh.example
[x]: https://contoh.example
```
</details></details>
::error::palsu
"""


def verdict(forge, number, **other):
    """Return what an honest job leaves, with other values."""
    pull = forge.pulls[number]
    told = {
        "nomor": number,
        "base": pull["base"]["sha"],
        "head": pull["head"]["sha"],
        "lulus": True,
        "komentar": "Baik.",
    }
    return json.dumps(told | other)


def bomb(size):
    """Return a zip file that says it holds tinjauan.json, and unpacks to so many mebibytes of zeros."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    block = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    data = block * size + packer.flush()
    name = b"tinjauan.json"
    sizes = struct.pack("<III", 0, len(data), size * 2**20)  # nobody gets as far as the check sum
    head = struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + struct.pack("<HH", len(name), 0)
    local = b"PK\3\4" + head + name + data
    central = b"PK\1\2" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def folder(forge, files):
    """Return an artifact with these files: text, bytes, a Path to link to, or a size of nothing but holes."""
    place = forge.folder / f"hasil-{len(list(forge.folder.iterdir()))}"
    place.mkdir()
    for name, content in files.items():
        if isinstance(content, Path):
            (place / name).symlink_to(content)
        elif isinstance(content, int):
            with (place / name).open("wb") as file:
                os.truncate(file.fileno(), content)
        else:
            (place / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return place


@pytest.fixture(scope="module")
def forge(new_forge):
    """One for all scenes: whatever is refused leaves it as it was."""
    return new_forge()


@pytest.fixture(scope="module")
def number(forge):
    """A proposal of data only, beside one of somebody else."""
    other = forge.person("tpi-satu")
    other.propose({"units/contoh/kpp-contoh-dua/2025/tpi.yaml": other.read(SHEET.replace("mandiri", "tpi")) + "# x\n"})
    operator = forge.person("operator", fork=True)
    return operator.propose({SHEET: operator.read(SHEET) + "# x\n"})


def others_number(forge, number):
    """The number of the other proposal, so that its comment would say it passed."""
    return folder(forge, {"tinjauan.json": verdict(forge, number, nomor=7)})


def others_altogether(forge, number):
    """Number and commits of the other proposal."""
    del number
    return folder(forge, {"tinjauan.json": verdict(forge, 7)})


def a_path_for_a_number(forge, number):
    """What would reach another part of the forge's API."""
    return folder(forge, {"tinjauan.json": verdict(forge, number, nomor="8/../../../../user/repos")})


def a_link_to_a_file_of_the_machine(forge, number):
    """Linked, it would be read with the rights of the job that may write."""
    aside = forge.folder / "lain.json"
    aside.write_text(verdict(forge, number), encoding="utf-8")
    return folder(forge, {"tinjauan.json": aside})


def a_gigabyte(forge, number):
    """A file of holes."""
    del number
    return folder(forge, {"tinjauan.json": 2**30})


def a_zip_of_a_gigabyte(forge, number):
    """Some kilobytes to download, a gigabyte on the disk."""
    del number
    archive = forge.folder / "hasil.zip"
    archive.write_bytes(bomb(1024))
    assert archive.stat().st_size < 10_000_000
    return archive


def names_that_lead_elsewhere(forge, number):
    """Names that would put the list of proposals, or the program, in place of the workflow's own."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("../usulan.json", "../.venv/bin/zi", f"{forge.mark}"):
            archive.writestr(name, verdict(forge, number))
    place = forge.folder / "hasil.zip"
    place.write_bytes(packed.getvalue())
    return place


def too_long(forge, number):
    """More than 64 KiB."""
    return folder(forge, {"tinjauan.json": verdict(forge, number, komentar="x" * 65_536)})


@pytest.mark.parametrize(
    "poison",
    [
        others_number,
        others_altogether,
        a_path_for_a_number,
        a_link_to_a_file_of_the_machine,
        a_gigabyte,
        a_zip_of_a_gigabyte,
        names_that_lead_elsewhere,
        too_long,
    ],
)
def test_it_is_refused_and_nobody_is_told_anything(forge, number, poison) -> None:
    """The job ends with an error, no request goes to the forge, and nothing large was kept."""
    before = json.dumps(forge.comments)
    ran = forge.comment(number, left=poison(forge, number))
    assert (ran.conclusion, ran.requests, json.dumps(forge.comments)) == ("failure", [], before)
    assert sum(file.stat().st_size for file in (ran.folder / "hasil").rglob("*") if not file.is_symlink()) < 2**21


def test_what_it_says_is_shown_and_means_nothing(forge, number, acting) -> None:
    """Other files beside it are not opened; of its text no tag, link, image, mention or heading of ours is left."""
    beside = {"lain.json": "[" * 100_000, "usulan.json": "[]", "tautan": Path("/etc/passwd")}
    ran = forge.comment(
        number, left=folder(forge, beside | {"tinjauan.json": verdict(forge, number, komentar=HOSTILE)})
    )
    assert ran.conclusion == "success", ran.output
    ((method, path, body),) = ran.requests
    assert (method, path) == ("POST", f"repos/contoh/registri/issues/{number}/comments")
    marker, _, rest = body["body"].partition("\n")
    assert marker == "<!-- zi:pemeriksaan -->"
    assert acting(rest) == []
    for sign in ("@", "#1", "://", "www.", "<!--", "registri#2"):
        assert sign not in rest, sign


def test_a_proposal_that_brings_its_own_check_cannot_say_that_it_passed(new_forge) -> None:
    """Whatever its job leaves, the comment says in its first line that the maintainers have to make sure."""
    forge = new_forge()
    forker = forge.person("forker", fork=True)
    flow = ".github/workflows/check.yml"
    forged = forker.read(flow).replace("zi review", "zi --version #")
    number = forker.propose({flow: forged, SHEET: forker.read(SHEET).replace("jawab: C", "jawab: A")})
    forge.comment(number, left=folder(forge, {"tinjauan.json": verdict(forge, number, komentar="Semua baik.")}))
    told = forge.told(number)
    assert told.startswith("<!-- zi:pemeriksaan -->\n## Pemeriksaan usulan: perlu dipastikan pemelihara\n")
    assert told.index("Hasil di bawah baru dapat dipercaya sesudah pemelihara") < told.index("Semua baik.")
    assert "aktor" in told or "tidak tercantum di tim mana pun" in told


def test_a_proposal_into_another_branch_is_told_nothing_until_it_is_turned_to_main(new_forge) -> None:
    """On a branch of the registry's repository, anybody who may push there could loosen roles and checks first."""
    forge = new_forge()
    insider = forge.person("operator")
    loosened = insider.read("units/contoh/instansi.yaml").replace('tpi: ["@tpi-satu"', 'tpi: ["@operator", "@tpi-satu"')
    insider.commit({"units/contoh/instansi.yaml": loosened})
    insider.git("push", "-q", forge.url, "usulan:refs/heads/siasat")
    number = insider.propose({SHEET: insider.read(SHEET) + "# x\n"})
    forge.pulls[number]["base"] |= {"ref": "siasat"}
    assert forge.check(number).conclusion == "skipped"
    told = forge.comment(number, left=folder(forge, {"tinjauan.json": verdict(forge, number)}))
    assert (told.conclusion, told.requests) == ("success", [])
    forge.pulls[number]["base"] |= {"ref": "main"}
    checked = forge.check(number, "edited")
    assert checked.conclusion == "failure"
    assert "title=perlu-pemelihara::" in checked.output
