"""The one place that reads the clock. Everywhere else, today is an argument."""

from __future__ import annotations

import os
from datetime import date, datetime

from generator.model.day import WIB, is_written_day
from generator.model.failure import Failure


def today(as_of: str | None = None) -> date:
    """Return `as_of` (YYYY-MM-DD), else SOURCE_DATE_EPOCH's day, else today; days are Jakarta's.

    Raises `Failure` for a date or epoch that is none.
    """
    if as_of is not None:
        try:
            if not is_written_day(as_of):
                raise ValueError
            return date.fromisoformat(as_of)
        except ValueError:
            raise Failure(f"--as-of {as_of!r} bukan tanggal; tulis seperti 2026-01-31.") from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(WIB).date()
    try:
        return datetime.fromtimestamp(int(epoch), WIB).date()
    except (ValueError, OverflowError, OSError):
        raise Failure(f"SOURCE_DATE_EPOCH {epoch!r} bukan detik Unix; kosongkan atau betulkan.") from None
