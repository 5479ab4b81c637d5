"""A place in memory, and exchanges that are killed at any of their steps."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from mlcoach.adapters.sync.place import Listing, PlaceRefusesError, UnreadableError
from mlcoach.services.group import weeks as _weeks  # noqa: F401 - bound to real places before these are replaced
from mlcoach.services.sync import files, journal, places
from mlcoach.store.queries.sync import Remembered


class Killed(BaseException):
    """The process is gone."""


class Steps:
    """Counts the steps of an exchange, and kills at one of them."""

    def __init__(self) -> None:
        self.left = -1
        self.taken = 0

    def __call__(self) -> None:
        self.taken += 1
        if self.left == 0:
            raise Killed
        self.left -= 1

    @contextmanager
    def around(self) -> Iterator[None]:
        self()
        yield
        self()


class MemoryPlace:
    """A place that lives in a dictionary."""

    address = "memory"

    def __init__(self, blobs: dict[str, bytes], steps: Steps) -> None:
        self.blobs, self.steps = blobs, steps
        self.is_full = False

    def listing(self) -> Listing:
        with self.steps.around():
            return Listing({name: len(content) for name, content in self.blobs.items()}, [])

    def get(self, name: str) -> bytes:
        with self.steps.around():
            if name not in self.blobs:
                raise UnreadableError("it is not there")
            return self.blobs[name]

    def put(self, name: str, content: bytes, *, again: bool = False) -> None:
        with self.steps.around():
            if self.is_full:
                raise PlaceRefusesError("the place `memory` cannot be written: no space left", "make room there")
            if again or name not in self.blobs:
                self.blobs[name] = content

    def remove(self, name: str) -> None:
        with self.steps.around():
            self.blobs.pop(name, None)

    def finish(self) -> None:
        with self.steps.around():
            pass


@contextmanager
def steps_counted(steps: Steps, memory: MemoryPlace | None) -> Iterator[None]:
    """Let the exchange take its steps one by one: those of the place, and those here."""

    def counted(function):  # type: ignore[no-untyped-def]
        def call(*arguments, **named):  # type: ignore[no-untyped-def]
            with steps.around():
                return function(*arguments, **named)

        return call

    real = places.open_place
    with (
        mock.patch.object(journal, "join", counted(journal.join)),
        mock.patch.object(Remembered, "write", counted(Remembered.write)),
        mock.patch.object(files, "change", counted(files.change)),
        mock.patch.object(places, "absolute", (lambda address: address) if memory else places.absolute),
        mock.patch.object(places, "open_place", lambda context, address: memory or real(context, address)),
        mock.patch.object(places, "_refuse_own_folders", lambda *_: None),
    ):
        yield
