"""The schema engine, loaded light."""

import subprocess
import sys

PROGRAM = """
import sys
from generator.reading.engine import jsonschema_rs
loaded = sorted({"socket", "ssl", "email.utils", "random"} & set(sys.modules))
import email.utils
print(loaded, email.utils.parsedate_to_datetime("Sun, 8 Nov 2026 16:26:25 +0000").year)
print(jsonschema_rs.Draft202012Validator({"type": "object"}).is_valid({}))
"""


def test_the_engine_loads_no_network_module_and_leaves_none_spoilt():
    """Loading the engine brings neither sockets nor mail; who needs email.utils afterwards gets the real one."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout == "[] 2026\nTrue\n"
