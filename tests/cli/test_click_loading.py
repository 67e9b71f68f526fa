"""click, loaded light."""

import subprocess
import sys

PROGRAM = """
import sys
import generator.cli
print(sorted({"uuid", "platform"} & set(sys.modules)))
import click, uuid
text = "12345678-1234-5678-1234-567812345678"
print(click.UUID.convert(text, None, None) == click.UUID.convert(uuid.UUID(text), None, None) == uuid.UUID(text))
"""


def test_click_brings_no_uuid_and_still_has_the_real_one():
    """Loading the program brings neither uuid nor platform; who asks click for a UUID gets one."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\nTrue\n"
