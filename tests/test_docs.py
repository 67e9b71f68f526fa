"""The documents are held to the program: what exists is documented, and nothing else is promised."""

import json
import re
from pathlib import Path

import pytest

from generator.cli import COMMANDS, group

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
