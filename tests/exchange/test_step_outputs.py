"""Outputs of a step: one value can be neither another's nor its own end."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.exchange.step_outputs import add_outputs, output_text
from generator.model.failure import CannotWrite


def read(text):
    """Read outputs as the runner does: name<<border, lines until the border."""
    lines, values = text.split("\n"), {}
    assert lines.pop() == ""
    while lines:
        name, _, border = lines.pop(0).partition("<<")
        end = lines.index(border)
        values[name] = "\n".join(lines[:end])
        del lines[: end + 1]
    return values


PIECES = st.lists(st.sampled_from(["\n", "usul", "=", "<<", "zi_", "false", "\n\n", "judul<<zi_", " "])).map("".join)


@settings(derandomize=True, deadline=None)
@given(PIECES, PIECES)
def test_values_come_back_as_they_were(first, second):
    """Whatever the text, also one that looks like outputs, or is the outputs of itself."""
    for value in (first, output_text({"usul": first}), output_text({"judul": output_text({"judul": first})})):
        assert read(output_text({"judul": value, "isi": second})) == {"judul": value, "isi": second}


@pytest.mark.parametrize("name", ["", "a b", "a\n", "a=b", "A", "a<<b"])
def test_a_name_is_the_program_s_own(name):
    """Another one is a mistake of the program."""
    with pytest.raises(ValueError, match=f"^{re.escape(name)}$"):
        output_text({name: "a"})


def test_a_file_that_cannot_be_written_is_a_failure(tmp_path):
    """With one sentence."""
    with pytest.raises(CannotWrite):
        add_outputs(tmp_path, {"usul": "true"})
