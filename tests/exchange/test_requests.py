"""Requests to the forge as files, and the loop of the workflows that sends them."""

import json
import os
import subprocess

import pytest

from generator.exchange.requests import LIST, Method, Request, api_path, write
from generator.model.failure import CannotWrite, Failure

LOOP = r"""
while IFS=$'\t' read -r method path file; do
  gh api --method "$method" "$path" --input "$file"
done < daftar.tsv
"""
GH = """#!/bin/sh
{ for word in "$@"; do printf '%s|' "$word"; done; cat "$6"; } >> "$SENT"
"""


def comment(text, number=7):
    """A request that adds a comment."""
    return Request(method=Method.POST, path=api_path("contoh/registri", "issues", number, "comments"), body=text)


def test_the_loop_sends_each_request_in_order(tmp_path) -> None:
    """Method, path and body reach the forge's client as they are, also where the body holds tabs, quotes and lines."""
    folder, stub = tmp_path / "permintaan", tmp_path / "bin/gh"
    stub.parent.mkdir()
    stub.write_text(GH, encoding="utf-8")
    stub.chmod(0o755)
    close = Request(
        method=Method.PATCH, path=api_path("contoh/registri", "issues", 8), body={"state": "closed", "labels": []}
    )
    assert write([comment({"body": 'Dua\tkolom\n"$(id)" é'}), close], folder) == 2
    environment = {**os.environ, "PATH": f"{stub.parent}:{os.environ['PATH']}", "SENT": str(tmp_path / "terkirim")}
    subprocess.run(["bash", "-euo", "pipefail", "-c", LOOP], cwd=folder, env=environment, check=True)
    post = "api|--method|POST|repos/contoh/registri/issues/7/comments|--input|0001.json|"
    patch = "api|--method|PATCH|repos/contoh/registri/issues/8|--input|0002.json|"
    assert (tmp_path / "terkirim").read_text(encoding="utf-8").splitlines() == [
        post + r'{"body": "Dua\tkolom\n\"$(id)\" \u00e9"}',
        patch + '{"labels": [], "state": "closed"}',
    ]


def test_without_requests_there_is_an_empty_list(tmp_path) -> None:
    """The loop then has nothing to send."""
    assert write([], tmp_path / "permintaan") == 0
    assert [(file.name, file.read_bytes()) for file in (tmp_path / "permintaan").iterdir()] == [(LIST, b"")]


def test_requests_of_another_run_are_not_mixed_in(tmp_path) -> None:
    """A folder that holds requests already is left as it is."""
    write([comment({"body": "satu"})], tmp_path)
    with pytest.raises(CannotWrite):
        write([comment({"body": "dua"})], tmp_path)
    assert json.loads((tmp_path / "0001.json").read_bytes()) == {"body": "satu"}


@pytest.mark.parametrize(
    "slug",
    ["", "registri", "a/b/c", "a/..", "a/.", "../b", "a/b\n", "a b/c", "{owner}/{repo}", "a/b?x=1", "-a/b", "à/b"],
)
def test_a_repository_s_name_is_checked(slug) -> None:
    """It comes from an event; a path of the API is made of nothing else."""
    with pytest.raises(Failure):
        api_path(slug, "issues")


@pytest.mark.parametrize("part", ["../x", "issues/1", "merge", 0, -1, True, 1.5, 10**19])
def test_a_path_is_made_of_known_words_and_numbers(part) -> None:
    """Anything else is a fault of the program and no path."""
    with pytest.raises(ValueError, match=r".*"):
        api_path("contoh/registri", "issues", part)


def test_names_that_github_gives_are_names() -> None:
    """Dots, dashes and underscores; three parts of a comment's path."""
    assert api_path("Kemen-Contoh/zi.registri_2", "issues", "comments", 10**12) == (
        "repos/Kemen-Contoh/zi.registri_2/issues/comments/1000000000000"
    )
