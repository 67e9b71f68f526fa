"""Driver for test_hostile.py: read the registry in a folder and print what is wrong, one finding a line.

    python read_registry.py ROOT [REV]

prints PATH LINE:COLUMN CODE for every finding of the tree and its units, sorted. No socket may be opened, and
512 MB of memory is all there is.
"""

import resource
import sys
from pathlib import Path

BYTES = 512 * 1024 * 1024
resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))

from generator.model.failure import Failure  # noqa: E402 - the limit holds for the imports too
from generator.program_files import SCHEMA  # noqa: E402 - as above
from generator.reading.blobs import open_tree  # noqa: E402 - as above
from generator.reading.declaring import declare  # noqa: E402 - as above
from generator.reading.schema import Schemas  # noqa: E402 - as above
from generator.reading.units import read_units  # noqa: E402 - as above


def no_sockets(event, _):
    """Stop at the first socket."""
    if event.startswith("socket."):
        raise RuntimeError(event)


def main(root, rev=None):
    """Read and print."""
    sys.addaudithook(no_sockets)
    try:
        with open_tree(Path(root), rev) as tree:
            findings = list(tree.findings)
            for files in read_units(tree, Schemas(SCHEMA)):
                findings += files.findings
                if files.is_unit:
                    declare(files)
    except Failure as failure:
        print(f"failure {failure.exit_code}: {failure}")
        return
    for finding in sorted(findings):
        print(f"{finding.path} {finding.line}:{finding.column} {finding.code}")


main(*sys.argv[1:])
