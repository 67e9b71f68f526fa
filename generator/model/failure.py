"""The tool's own failures: one family. Anything else is a bug and keeps its traceback."""

from __future__ import annotations


class Failure(Exception):
    """Something outside the data stops the command; the message is one Indonesian sentence with the remedy.

    `exit_code` follows design: 2 wrong use, 3 repository unusable, 4 could not write.
    """

    exit_code = 2


class RepositoryUnusable(Failure):
    """The repository cannot be read as asked: unknown revision, shallow, partial, not a repository."""

    exit_code = 3


class CannotWrite(Failure):
    """The output could not be written; what stood there before still stands."""

    exit_code = 4
