"""A few mutants of a real store through many commands; `mutants.py` tries thousands by hand."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from tests.conftest import Program
from tests.e2e.test_old_homes import KEPT
from tests.fuzz.mutants import READING, WRITING, real_store, run

NAME = "2026-11-28"
FEW, COMMANDS = 30, 6


class Store(NamedTuple):
    """A home, and the bytes of its store while it was sound."""

    home: Path
    sound: bytes


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with pytest.MonkeyPatch.context() as patched:
        from mlcoach.curriculum.read import find
        from tests.conftest import real_bundle

        patched.setattr(find, "bundled_folder", real_bundle)
        folder = tmp_path_factory.mktemp("mutants")
        patched.chdir(folder)
        home = real_store(folder, NAME)
        yield Store(home, (home / "data" / "mlcoach.db").read_bytes())


def test_no_mutant_ends_a_command_as_a_mistake_of_the_program(store: Store) -> None:
    program = Program(store.home).at(KEPT[NAME].evening)
    program.environment["TZ"] = "Europe/Berlin"
    wrong = []
    for seed in range(FEW):
        chosen = Random(seed).sample(READING + WRITING, COMMANDS)
        wrong += run(store.home, program, store.sound, seed, tuple(chosen))
    assert wrong == []
