"""One deadline for a call that waits for others: limits for each read do not end what comes byte by byte."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class DeadlineError(Exception):
    """The call took longer than it may."""


class _Call(Generic[T]):
    """A call in a thread of its own, and what came of it."""

    def __init__(self, call: Callable[[], T]) -> None:
        self._call = call
        self.done = threading.Event()
        self.results: list[T] = []
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.results.append(self._call())
        except BaseException as error:
            self.error = error
        finally:
            self.done.set()


def within(seconds: float, call: Callable[[], T]) -> T:
    """Return what a call returns, or raise what it raises. Raises DeadlineError when it takes longer.

    The call then goes on in a thread that nobody waits for, and which ends with the program: let it hold nothing that
    others need.
    """
    waiting = _Call(call)
    threading.Thread(target=waiting.run, daemon=True).start()
    if not waiting.done.wait(max(0.0, seconds)):
        raise DeadlineError
    if waiting.error is not None:
        raise waiting.error
    return waiting.results[0]
