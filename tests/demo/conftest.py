"""The demo registry that the tests look at: made once, read many times."""

import pytest

from generator.demo.history import write
from generator.demo.stories import END
from generator.reading.blobs import open_tree
from generator.registry import load_catalogue, readings

INSTRUMENT = "permenpanrb-90-2021"


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """Folder of the demo registry as `zi demo` makes it when it is told nothing."""
    folder = tmp_path_factory.mktemp("demo") / "registri"
    write(folder, load_catalogue().instruments[INSTRUMENT], units=24, years=4, seed=1)
    return folder


@pytest.fixture(scope="session")
def units(demo):
    """Unit id -> what the registry says of it on the story's last day."""
    with open_tree(demo) as tree:
        found = list(readings(tree, load_catalogue(), END, life=True))
    assert all(reading.findings == () for reading in found)
    return {reading.unit_id: reading.record for reading in found}
