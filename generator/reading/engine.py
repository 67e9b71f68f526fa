"""jsonschema_rs, loaded without what it never needs here.

While it loads it asks email.utils to read the date it was built on, and email.utils brings socket, random and thirty
more modules: longer to load than the engine itself. So a module of that name stands in while the engine loads, and
no longer; only the engine's own note of its build date (`__build__`) is wrong.
"""

from __future__ import annotations

import sys
from datetime import datetime
from types import ModuleType

_UNUSED = "email.utils"


def _some_date(_: str) -> datetime:
    return datetime.min  # noqa: DTZ901 - nobody reads it


def _load() -> None:
    if _UNUSED in sys.modules:
        return
    stand_in = ModuleType(_UNUSED)
    stand_in.parsedate_to_datetime = _some_date  # type: ignore[attr-defined]
    sys.modules[_UNUSED] = stand_in
    try:
        import jsonschema_rs  # noqa: F401, PLC0415 - here and now, while the stand-in stands
    finally:
        del sys.modules[_UNUSED]


_load()

import jsonschema_rs  # noqa: E402 - loaded above

__all__ = ["jsonschema_rs"]
