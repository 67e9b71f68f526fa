"""What an attacker commits: each is refused with the finding that names it, and nothing of it is run.

The proposer's account may change the unit's sheet, so that nothing else is wrong. Every run of a workflow is looked
through by the forge: the file that each attack tries to make is not there, and no secret came out.
"""

import re
from pathlib import Path

import pytest

YEAR = "units/contoh/layanan-contoh-tiga/2025"
SHEET = f"{YEAR}/mandiri.yaml"
NIK = "3171011708450001"
"""Of nobody: the birth date is 2045."""


def hook(person):
    """A configuration of the site's generator that runs Python and prints a secret."""
    code = f"import os, pathlib\npathlib.Path({str(person.forge.mark)!r}).touch()\nprint(os.environ)\n"
    settings = person.read("mkdocs.yml") + "\nhooks: [jebakan.py]\nextra: {bocor: !ENV ZI_CANARY}\n"
    return {"mkdocs.yml": settings, "jebakan.py": code}


def program(person):
    """The program itself, and what installs it."""
    touch = f"touch {person.forge.mark}"
    recipe = person.read("Makefile").replace("\t$(BIN)/python -m pip", f"\t{touch}\n\t$(BIN)/python -m pip")
    code = f"import os\nos.system({touch!r})\n" + person.read("generator/__init__.py")
    return {"Makefile": f".venv/ready: jebakan\njebakan:\n\t{touch}\n{recipe}", "generator/__init__.py": code}


def bare(person):
    """A bare repository among the data, whose configuration names a program that `git status` there would run."""
    settings = "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = ..\n"
    settings += f'\tfsmonitor = "touch {person.forge.mark}; false"\n\thooksPath = .\n'
    inside = {"HEAD": "ref: refs/heads/main\n", "objects/info/packs": "\n", "refs/heads/x": "\n", "config": settings}
    return {f"{YEAR}/rapor/{name}": text for name, text in inside.items()}


def bomb(_):
    """Nine lists of nine, nine times over: 400 million texts."""
    pairs = zip("abcdefgh", "bcdefghi", strict=True)
    return {
        SHEET: "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in pairs)
    }


CASES = {
    "mkdocs.yml with a hook": (hook, {"perlu-pemelihara"}),
    "program and Makefile": (program, {"perlu-pemelihara"}),
    "symbolic link": (lambda _: {SHEET: Path("/proc/self/environ")}, {"mode-berkas"}),
    "link as a folder": (lambda _: {f"{YEAR}/bukti": Path("/etc")}, {"mode-berkas"}),
    "embedded bare repository": (bare, {"berkas-tidak-dikenal"}),
    ".gitattributes": (
        lambda _: {f"{YEAR}/.gitattributes": "*.yaml -diff filter=lfs eol=crlf\n"},
        {"berkas-git-khusus", "berkas-tidak-dikenal"},
    ),
    ".mailmap": (
        lambda _: {".mailmap": "Ketua TPN <tpn@contoh.example> <operator@contoh.example>\n"},
        {"berkas-git-khusus", "data-pribadi"},
    ),
    "YAML of 10 MB": (
        lambda person: {SHEET: person.read(SHEET) + "# " + "x" * 10_000_000},
        {"data-pribadi", "yaml-terlalu-besar"},
    ),
    "YAML bomb": (bomb, {"yaml-alias"}),
    "commands in a name": (
        lambda person: {f"{YEAR}/-rf;$(touch {person.forge.mark.name})\n::error title=x::`y`.yaml": "a: 1\n"},
        {"berkas-tidak-dikenal"},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_by_name(forge, case) -> None:
    """The check fails with the finding, the comment tells it, and both end on their own."""
    attack, codes = CASES[case]
    attacker = forge.person("operator", fork=True)
    number = attacker.propose(attack(attacker))
    checked, told = forge.judge(number)
    assert checked.conclusion == "failure"
    assert set(checked.faults) == codes, checked.output
    assert "### Harus diperbaiki" in told
    assert "Pemeriksaan usulan: lulus" not in told
    assert "Traceback" not in checked.output


def test_a_number_of_a_person_is_found_wherever_it_stands_and_repeated_nowhere(forge) -> None:
    """In a text, a file's name, a commit's message and its author: also where a later commit took it away again."""
    operator = forge.person("operator", fork=True)
    sheet = operator.read(SHEET)
    operator.commit({f"{YEAR}/{NIK}.yaml": "a: 1\n"}, f"Bukti milik {NIK[:4]}.{NIK[4:8]}.{NIK[8:]}")
    operator.commit({f"{YEAR}/{NIK}.yaml": None}, author=f"Budi {NIK}")
    number = operator.propose({SHEET: sheet.replace("penjelasan: ", f"penjelasan: NIK {NIK} ", 1)})
    checked, told = forge.judge(number)
    assert checked.conclusion == "failure"
    assert set(checked.faults) == {"data-pribadi"}
    for place in (" (pengarang),title", ",line=1,col=13,title", "/3171…0001.yaml,title", f"file={SHEET},line=10,"):
        assert place in checked.output, checked.output
    kept = checked.output + told + str(forge.comments)
    assert "3171…0001" in kept
    assert not re.search(r"3171\W?0117\W?0845\W?0001", kept)


def test_what_was_merged_nevertheless_is_not_published_and_not_run(forge) -> None:
    """Somebody with the right to merge did not look: the next site is not built, the old one stays."""
    attacker = forge.person("operator", fork=True)
    number = attacker.propose(bare(attacker) | {f"{YEAR}/tpi.yaml": Path("/proc/self/environ")})
    forge.merge(number)
    published = forge.run("publish", "build", {})
    assert (published.conclusion, published.artifacts) == ("failure", {})
    assert "kesalahan berkas-tidak-dikenal" in published.output
