"""What the pages about all units need of one unit; the record itself is let go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.declared import Agency, EventKind, PredicateEvent
from generator.model.judged import Assessment, MonitoringStatus, UnitRecord
from generator.model.life import Vitality

from .figures import number
from .html import Html, escape
from .words import TIERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One unit in a line."""

    id: str
    name: str
    agency: Agency
    monitoring: MonitoringStatus
    total: Html
    """Deciding tier's total of the last year that has one; "" where none has."""
    basis: Html
    """Whose total, of which year, forecast or not."""
    awards: tuple[PredicateEvent, ...]
    years: int
    vitality: Vitality | None
    """The verdict on its programme; None where it holds no predicate."""
    notice_until: date | None
    """The last day of its notice, as `Life` has it."""

    def link(self, up: str) -> Html:
        """Return the unit's name, linked from a page `up` ("../") below the site's top."""
        return Html(f'<a href="{up}unit/{self.id}/index.html">{escape(self.name)}</a>')


def summarise(record: UnitRecord) -> Summary:
    """Return the unit in a line."""
    last = next((one for one in reversed(record.assessments) if one.deciding is not None), None)
    as_of = record.monitoring.as_of
    return Summary(
        id=record.unit.id,
        name=record.unit.name,
        agency=record.agency,
        monitoring=record.monitoring,
        total=_total(last),
        basis=_basis(last),
        awards=tuple(
            event for event in record.unit.events if event.kind is EventKind.DITETAPKAN and event.dated <= as_of
        ),
        years=len(record.assessments),
        vitality=record.life.verdict if record.life is not None else None,
        notice_until=record.life.notice_until if record.life is not None else None,
    )


def _total(assessment: Assessment | None) -> Html:
    if assessment is None or assessment.deciding is None:
        return Html("")
    return number(assessment.results[assessment.deciding].score.total)


def _basis(assessment: Assessment | None) -> Html:
    if assessment is None or assessment.deciding is None:
        return Html("")
    unanswered = len(assessment.results[assessment.deciding].score.unanswered)
    parts = [str(assessment.declared.year), TIERS[assessment.deciding]]
    if assessment.forecast:
        parts.append("prakiraan")
    if unanswered:
        parts.append(f"{unanswered} belum dijawab")
    return Html(", ".join(parts))
