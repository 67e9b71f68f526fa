"""The dates of a year's answers and evidence in ready words: one look at a table while a worksheet is composed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from generator.judging.dating import Dated, Dates, age
from generator.model.declared import Tier

from .figures import day
from .html import Html, escape

Words = tuple[str, tuple[str, ...]]
"""Of an answer (HTML), and of each of its evidence in the list's order (HTML)."""
NONE: Words = ("", ())


class Sheets:
    """The dates of one unit, sheet by sheet."""

    def __init__(self, dated: Dated, as_of: date, uncommitted: Iterable[str] = ()) -> None:
        self._uncommitted = tuple(uncommitted)
        self._sheets: dict[tuple[int, Tier], dict[str, Words]] = {}
        for (year, tier, code), dates in dated.answers.items():
            evidence = dated.evidence.get((year, tier, code), ())  # type: ignore[call-overload] # equal as a tuple
            words = _answer(dates, as_of), tuple([_evidence(one.added) for one in evidence])
            self._sheets.setdefault((year, tier), {})[code] = words
        for (year, tier, code), those in dated.evidence.items():
            sheet = self._sheets.setdefault((year, tier), {})
            if code not in sheet:
                sheet[code] = "", tuple([_evidence(one.added) for one in those])

    def uncommitted(self, year: int) -> Html:
        """Return the sentence about files of the year that are not committed; "" where there is none."""
        return uncommitted(name for name in self._uncommitted if name.startswith(f"{year}/"))

    def of(self, year: int, tier: Tier) -> Mapping[str, Words]:
        """Return the words of one sheet by question; a question without dates is not in it."""
        return self._sheets.get((year, tier), {})


def uncommitted(names: Iterable[str]) -> Html:
    """Return the sentence about files (paths in the unit's folder) that are not committed; "" where there is none."""
    files = ", ".join(f"<code>{escape(name)}</code>" for name in sorted(names))
    if not files:
        return Html("")
    return Html(
        f'<p class="zi-belum-dikomit">Belum dikomit: {files}. Isi dan nilai menurut berkas di folder kerja; '
        "tanggal dan riwayat menurut commit terakhir.</p>"
    )


@lru_cache(maxsize=20_000)  # a sheet has few days
def _answer(dates: Dates, as_of: date) -> str:
    changed, judged = "tidak berubah sejak itu", "belum dinilai TPI atau TPN"
    if dates.changed != dates.added:
        changed = f"berubah {_with_age(dates.changed, as_of)}"
    if dates.judged is not None:
        judged = f"dinilai {_with_age(dates.judged, as_of)}"
    said = (f"Ditambahkan {_with_age(dates.added, as_of)}", changed, judged)
    return f'<p class="zi-sejak">{" &middot; ".join(said)}</p>'


def _with_age(when: date, as_of: date) -> str:
    return f"{day(when)} ({age(when, as_of)})"


@lru_cache(maxsize=20_000)
def _evidence(added: date) -> str:
    return f"ditambahkan {day(added)}"
