"""Errors a person can act on: what went wrong, what to do about it, and the exit code scripts see."""

from enum import IntEnum
from typing import NamedTuple


class ExitCode(IntEnum):
    """The promise of `cli.md`; every number means one thing."""

    OK = 0
    UNEXPECTED = 1
    USAGE = 2
    NOT_FOUND = 3
    INVALID_FILE = 4
    STORE = 5
    MISSING_EXTRA = 6
    LEFT_OUT = 7
    WRONG = 8
    INTERRUPTED = 130


class SourceLocation(NamedTuple):
    """Where in a file: line and column count from 1, `length` is how many characters the caret underlines."""

    file: str
    line: int = 0
    column: int = 0
    length: int = 1
    source_line: str = ""


class MlcoachError(Exception):
    """Base of all errors shown to the learner without a traceback.

    `message` names the thing and the place, without a full stop; `hint` is the remedy, often a command.
    """

    exit_code = ExitCode.UNEXPECTED
    code = "unexpected"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(MlcoachError):
    """The words of the command are off: a bad duration, a future day, an ambiguous name."""

    exit_code = ExitCode.USAGE
    code = "usage"


class WrongKeyError(UsageError):
    """What was typed is not the key of a place that is synced with; another one may be."""


class NotFoundError(MlcoachError):
    """No such unit, card, paper or entry."""

    exit_code = ExitCode.NOT_FOUND
    code = "not_found"


class InvalidFileError(MlcoachError):
    """A curriculum or config file that cannot be used as it is, with the place where one is known."""

    exit_code = ExitCode.INVALID_FILE
    code = "invalid_file"

    def __init__(self, message: str, hint: str = "", place: SourceLocation | None = None) -> None:
        super().__init__(message, hint)
        self.place = place


class StoreError(MlcoachError):
    """The database is locked, damaged, read-only, or newer than this program."""

    exit_code = ExitCode.STORE
    code = "store"


class DamagedStoreError(StoreError):
    """The database, or something in it, cannot be read."""


class MissingExtraError(MlcoachError):
    """An optional package or the network is not there."""

    exit_code = ExitCode.MISSING_EXTRA
    code = "missing_extra"
