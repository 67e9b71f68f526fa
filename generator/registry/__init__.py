"""The waist: files, instruments and rules become records and findings.

Left of it all is per file, right of it all is a view. It streams: one unit is in memory at a time.

Two questions are asked here, and a command asks one of them:

    readings(tree, catalogue, today)   what do the units come to?    (score, due, build)
    check(tree, catalogue, today)      what is wrong with the data?  (check)
"""

from typing import TYPE_CHECKING, Any

from .catalogue import Catalogue, load_catalogue
from .checking import Checked, check, extent

if TYPE_CHECKING:
    from .units import Reading, readings, records

__all__ = ["Catalogue", "Checked", "Reading", "check", "extent", "load_catalogue", "readings", "records"]


def __getattr__(name: str) -> Any:
    """Load the module `units` when it is first asked for: `check` has no use for scoring."""
    if name not in __all__:
        raise AttributeError(name)
    from . import units  # noqa: PLC0415 - see above

    return getattr(units, name)
