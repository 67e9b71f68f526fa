"""The stage itself: a workflow that did what ours must not would be noticed by every scene."""

import pytest

FETCHED = "refs/usulan/head"


@pytest.fixture
def changed(forge):
    """What puts a changed check.yml in place of ours, beside a proposal that brings its own Makefile."""
    attacker = forge.person("operator", fork=True)
    recipe = f"jebakan:\n\ttouch {forge.mark}; false\n" + attacker.read("Makefile").replace(
        "ready: ", "ready: jebakan ", 1
    )
    number = attacker.propose({"Makefile": recipe})
    original = (forge.flows / "check.yml").read_text(encoding="utf-8")
    forge.flows = forge.folder / "alur"
    forge.flows.mkdir()

    def check(old, new):
        assert old in original
        (forge.flows / "check.yml").write_text(original.replace(old, new), encoding="utf-8")
        return forge.check(number)

    return check


def test_code_of_a_proposal_that_is_run_is_noticed(changed) -> None:
    """Had the workflow taken its files and installed once more."""
    begin = "ulimit -v 4000000\n"
    with pytest.raises(AssertionError, match="something of a stranger's was run"):
        changed(begin, f"git checkout -q {FETCHED}\n          make .venv/ready\n")


def test_a_secret_that_is_printed_or_handed_on_is_noticed(changed) -> None:
    """In the log, and in what is uploaded."""
    for command in ('echo "$ZI_CANARY"', 'echo "$GH_TOKEN" > rahasia.txt'):
        with pytest.raises(AssertionError, match="a secret came out"):
            changed("ulimit -v 4000000\n", f"{command}\n          ulimit -v 4000000\n")


def test_what_the_tables_do_not_know_fails(changed) -> None:
    """An expression whose value nobody stated, and a condition."""
    with pytest.raises(pytest.fail.Exception, match="unknown expression"):
        changed("pull_request.base.sha", "pull_request.head.sha")
    with pytest.raises(KeyError):
        changed("if: ${{ !cancelled() }}", "if: failure()")
