"""The form on the forge and the program that reads it say the same."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator.exchange.issue_form import EVIDENCE, FIELDS, issue, texts
from generator.model.failure import Failure
from generator.reading.strict_yaml import INSTRUMENT, load

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github/ISSUE_TEMPLATE"


def form():
    """Return the fields of the form's file, the words between them left out."""
    data = load((FOLDER / "jawaban.yml").read_bytes(), path="jawaban.yml").data
    return [field for field in data["body"] if field["type"] != "markdown"]


def test_the_program_reads_the_fields_the_form_has():
    """Same fields, labels and order; several lines where the form gives room for them."""
    assert [(one["id"], one["attributes"]["label"], one["type"] == "textarea") for one in form()] == list(FIELDS)


def test_no_label_can_be_mistaken_for_another():
    """Headings are told apart whatever their letter case."""
    assert len({field.label.casefold() for field in FIELDS}) == len(FIELDS)


def test_the_choices_are_those_of_the_registry():
    """Every answer of a scale can be chosen, and each classification of the schema."""
    fields = {one["id"]: one["attributes"].get("options") for one in form()}
    raw = (ROOT / "schema/instrumen/permenpanrb-90-2021.yaml").read_bytes()
    instrument = load(raw, path="x", limits=INSTRUMENT).data
    choices = {choice for scale in instrument["skala"].values() for choice in scale}
    assert set(fields["jawab"]) == choices | {"belum"}
    assert fields["klasifikasi"] == ["terbuka", "dikecualikan"]


def test_evidence_has_the_keys_of_its_schema_in_order():
    """`catatan` is left to those who edit the file."""
    schema = load((ROOT / "schema/mandiri.schema.json").read_bytes(), path="x").data
    keys = list(schema["$defs"]["jawaban"]["properties"]["bukti"]["items"]["properties"])
    assert list(EVIDENCE) == [key for key in keys if key != "catatan"]


def test_the_form_warns_before_anything_is_public():
    """The first thing it says is that all of it is public at once; the last is a box that must be ticked."""
    data = load((FOLDER / "jawaban.yml").read_bytes(), path="jawaban.yml").data
    assert "langsung terbuka untuk umum" in data["body"][0]["attributes"]["value"]
    assert data["body"][-1]["attributes"]["options"][0]["required"] is True


@pytest.mark.parametrize(
    ("schema", "file"),
    [("github-issue-forms", "jawaban.yml"), ("github-issue-config", "config.yml")],
)
def test_the_forge_accepts_the_form(schema, file):
    """By the schemas check-jsonschema carries; no network is asked."""
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(FOLDER / file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_form_left_empty_is_all_nothing():
    """GitHub's words for an empty field are no text."""
    body = "\n\n".join(f"### {field.label}\n\n_No response_" for field in FIELDS)
    values, _ = texts(body)
    assert set(values.values()) == {""}


ACCOUNTS = ["operator", "a", "operator_kemenkeu", "a" * 60, "9-9", "dependabot[bot]"]
NO_ACCOUNTS = ["", "-a", "_a", "a b", "a\n", "@a", "organisasi/tim", "a[bot]x", "ａ", None, 7]


@pytest.mark.parametrize("login", ACCOUNTS + NO_ACCOUNTS)
def test_who_may_review_may_fill_in_the_form(login):
    """An account is one everywhere: also a managed one, whose name ends in _ and the company's, and a long one."""
    raw = json.dumps({"action": "opened", "issue": {"number": 1, "user": {"login": login}, "body": ""}}).encode()
    if login in ACCOUNTS:
        assert issue(raw).login == login
    else:
        with pytest.raises(Failure):
            issue(raw)
