"""A review of a proposal, as the forge reports it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

LOGIN = r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\[bot\])?"
"""Pattern of the name of an account of the forge; longer and with more signs than GitHub's, as GitLab's are."""
_LOGIN = re.compile(LOGIN)


def is_login(value: object) -> bool:
    """Tell whether the value can be the name of an account of the forge, without "@"; a team is none."""
    return isinstance(value, str) and bool(_LOGIN.fullmatch(value))


class ReviewState(StrEnum):
    """What a review says; the value is GitHub's word."""

    APPROVED = "APPROVED"
    CHANGES_REQUESTED = "CHANGES_REQUESTED"
    DISMISSED = "DISMISSED"
    """It was taken back or set aside."""
    COMMENTED = "COMMENTED"
    """It decides nothing: what the person decided before still stands."""
    PENDING = "PENDING"
    """It has not been sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review."""

    account: str
    """The reviewer's login, without "@", lower case."""
    state: ReviewState
    commit: str
    """Id of the commit that was reviewed; "" where it is not known (any more)."""


def standing(reviews: tuple[Review, ...]) -> dict[str, Review]:
    """Return each reviewer's last decision, sorted by account; `reviews` are in the order they were given."""
    decided = (ReviewState.APPROVED, ReviewState.CHANGES_REQUESTED, ReviewState.DISMISSED)
    return dict(sorted({review.account: review for review in reviews if review.state in decided}.items()))
