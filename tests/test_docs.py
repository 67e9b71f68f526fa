"""The documents are held to the program: what exists is documented, and nothing else is promised."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from generator import registry
from generator.cli import COMMANDS, group
from generator.reading.blobs import open_tree

ROOT = Path(__file__).parents[1]
SCHEMAS = sorted((ROOT / "schema").glob("*.schema.json"))


@pytest.mark.parametrize("readme", ["README.md", "README.id.md"])
def test_the_readme_documents_every_command_and_no_other(readme):
    """Whoever adds a command writes it down."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert set(re.findall(r"`zi ([a-z]+)", text)) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_and_its_options(name):
    """`zi NAME --help` says in Indonesian what the command does and what every option means."""
    command = group.get_command(None, name)
    assert command.help
    for parameter in command.params:
        assert getattr(parameter, "help", None) or parameter.param_type_name == "argument", parameter.name


def properties(schema, path=""):
    """Every property of a schema with its path, however deep."""
    for name, inside in schema.get("properties", {}).items():
        yield f"{path}/{name}", inside
    for key in ("properties", "$defs", "patternProperties"):
        for name, inside in schema.get(key, {}).items():
            yield from properties(inside, f"{path}/{name}")
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from properties(schema[key], path)


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.stem)
def test_every_schema_property_is_described(schema):
    """An editor shows an operator what each key means."""
    found = list(properties(json.loads(schema.read_text(encoding="utf-8"))))
    assert found
    for path, inside in found:
        assert inside.get("description") or "$ref" in inside, path


def test_the_readme_names_the_end_of_the_theme_s_support():
    """A reader who adopts the registry learns when Material for MkDocs stops getting security fixes."""
    assert "2027-05-05" in (ROOT / "README.md").read_text(encoding="utf-8")


GUIDE = ROOT / "docs/cara-mengirim/index.md"
PAPERS = [
    *(ROOT / name for name in ("README.md", "README.id.md", "CONTRIBUTING.md", ".github/PULL_REQUEST_TEMPLATE.md")),
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if "_" not in path.parts),
]
"""Every document a person writes, but for the frames of generated pages."""
LINK = re.compile(r"\]\(([^)\s]+)\)")
SPAN = re.compile(r"```sh\n(.*?)```|`([^`\n]+)`", re.DOTALL)
CALL = re.compile(r"(?:^|[\s(/])zi ((?:[a-z]+ ?)+)([^\n|;&>#]*)", re.MULTILINE)


def name_of(path):
    """Return a document's id in the list of tests."""
    return path.relative_to(ROOT).as_posix()


def anchors(text):
    """Return what links may point at: ids written into the text, and headings as GitHub names them."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    plain = (re.sub(r"<[^>]*>|\{:.*?\}|[`*]", "", one).strip().lower() for one in headings)
    own = re.findall(r'\bid="([^"]+)"|\{: #([a-z-]+) \}', text)
    return {re.sub(r"[^\w -]", "", one).replace(" ", "-") for one in plain} | {a or b for a, b in own}


@pytest.mark.parametrize("paper", PAPERS, ids=name_of)
def test_every_link_of_a_document_leads_somewhere(paper):
    """Files exist and so do the places in them."""
    for link in LINK.findall(paper.read_text(encoding="utf-8")):
        path, _, place = link.partition("#")
        if path.startswith("https://"):
            continue
        target = (paper.parent / path).resolve() if path else paper
        assert target.exists(), link
        assert not place or place in anchors(target.read_text(encoding="utf-8")), link


def calls(text):
    """Yield the command and the options of every `zi …` in code spans and shell blocks."""
    for block, span in SPAN.findall(text):
        for words, rest in CALL.findall(re.sub(r"#.*", "", block) or span):
            yield words.split(), re.findall(r"--[a-z-]+", rest)


@pytest.mark.parametrize("paper", [*PAPERS, ROOT / "docs/gitlab/gitlab-ci.yml"], ids=name_of)
def test_every_command_named_exists_with_its_options(paper):
    """Nobody is told to type what the program does not know."""
    text = paper.read_text(encoding="utf-8")
    if paper.suffix == ".yml":
        text = f"```sh\n{text}```"
    for words, options in calls(text):
        command = group.get_command(None, words[0])
        assert command is not None, words
        if hasattr(command, "commands") and len(words) > 1:
            command = command.commands[words[1]]
        known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        assert set(options) <= known, (words, options)


def test_contributing_is_the_page_of_the_site():
    """One text at two places; `make contributing` copies it."""
    page = GUIDE.read_text(encoding="utf-8").split("---\n", 2)[2].replace("](../", "](docs/")
    notice, _, copy = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("\n")
    assert "make contributing" in notice
    assert copy == page


def test_pictures_are_small_and_told_in_words():
    """For whoever pays by the megabyte, and whoever does not see them."""
    told = re.findall(r"!\[([^\]]*)\]\(\.\./gambar/([a-z-]+\.png)\)", GUIDE.read_text(encoding="utf-8"))
    assert len(told) >= 3
    for words, picture in told:
        assert len(words) > 40, picture
    for picture in (ROOT / "docs/gambar").glob("*.png"):
        assert picture.stat().st_size <= 150_000, picture.name
        assert picture.name in GUIDE.read_text(encoding="utf-8") + (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_guide_s_findings_are_the_program_s():
    """Each row of its table names a code that the program writes."""
    table = GUIDE.read_text(encoding="utf-8").partition("| temuan |")[2]
    codes = re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)
    program = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "generator").rglob("*.py")))
    assert len(codes) == 10
    assert [code for code in codes if f'"{code}"' not in program] == []


def test_the_guide_s_examples_pass_the_check(tmp_path):
    """What an operator and an assessor copy is right, a reply too."""
    own, replied, assessed = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    head = "instrumen: permenpanrb-90-2021\ntahun: 2026\njawaban:\n"
    unit = tmp_path / "units/contoh/satu"
    (unit / "2026").mkdir(parents=True)
    for path, text in {
        unit.parent / "instansi.yaml": "nama: Instansi Contoh\n",
        unit / "unit.yaml": "nama: Unit Contoh\n",
        unit / "tanggapan.yaml": replied,
        unit / "2026/mandiri.yaml": head + own,
        unit / "2026/tpi.yaml": head + assessed,
    }.items():
        path.write_text(text, encoding="utf-8")
    with open_tree(tmp_path) as tree:
        assert registry.check(tree, registry.load_catalogue(), date(2026, 6, 30)).findings == ()
