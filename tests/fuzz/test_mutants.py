"""A few mutants of a real store through many commands; `mutants.py` tries thousands by hand."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from tests.conftest import Program
from tests.e2e.test_old_homes import KEPT
from tests.fuzz.mutants import READING, WRITING, change, real_store, run

pytestmark = pytest.mark.slow  # by its nature; each landing runs it

NAME = "2026-11-28"
COMMANDS = 6


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


@pytest.mark.parametrize("seeds", [range(5), pytest.param(range(5, 30), marks=pytest.mark.slow)], ids=str)
def test_no_mutant_ends_a_command_as_a_mistake_of_the_program(store: Store, seeds: range) -> None:
    program = Program(store.home).at(KEPT[NAME].evening)
    program.environment["TZ"] = "Europe/Berlin"
    wrong = []
    for seed in seeds:
        chosen = Random(seed).sample(READING + WRITING, COMMANDS)
        wrong += run(store.home, program, store.sound, seed, tuple(chosen))
    assert wrong == []


@pytest.mark.parametrize("seeds", [range(2), pytest.param(range(2, 8), marks=pytest.mark.slow)], ids=str)
def test_no_mutant_of_a_backup_does_either(store: Store, seeds: range) -> None:
    program = Program(store.home).at(KEPT[NAME].evening)
    program.environment["TZ"] = "Europe/Berlin"
    path, folder = store.home / "data" / "mlcoach.db", store.home / "data" / "backups"
    for seed in seeds:
        for old in (*folder.glob("*.db*"), *path.parent.glob("mlcoach.db*")):
            old.unlink()
        path.write_bytes(store.sound)
        mutant = folder / "mlcoach-20260918T190000Z.db"
        mutant.write_bytes(store.sound)
        told = change(mutant, seed)
        for line in ("restore", "doctor", f"restore {mutant.stem} --yes", "today"):
            result = program(line, expect=None)
            assert result.code in (0, 5), f"{told}: `{line}` {result.screen}"
