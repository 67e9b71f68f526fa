"""Loads click without what it never needs here.

click wants the module uuid for the name of a type alone, and uuid brings platform: together a twentieth of what a
check of one file costs. So a module of that name stands in while click loads, and no longer; should anybody ask
click for a UUID after all, it hands on the real one.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

_LATER = "uuid"


def _load() -> None:
    if _LATER in sys.modules or "click" in sys.modules:
        return
    stand_in = ModuleType(_LATER)
    stand_in.UUID = object  # type: ignore[attr-defined]
    sys.modules[_LATER] = stand_in
    try:
        import click  # noqa: F401 - here and now, while the stand-in stands
    finally:
        del sys.modules[_LATER]
    del stand_in.UUID
    stand_in.__getattr__ = lambda name: getattr(import_module(_LATER), name)  # type: ignore[method-assign]


_load()
