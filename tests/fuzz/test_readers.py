"""A few hundred hostile inputs for the readers of what comes from elsewhere or is edited by hand, and whole commands."""

from pathlib import Path

import pytest

from mlcoach.domain.text import first_hostile
from tests.conftest import Program
from tests.fuzz.anki import ANKI
from tests.fuzz.calendars import CALENDARS
from tests.fuzz.journal import JOURNAL
from tests.fuzz.mutate import Fuzzer, broken, tried
from tests.fuzz.reviews import REVIEWS
from tests.fuzz.toml import FUZZERS as TOML

COMMANDS = {"anki": "import anki", "calendars": "calendar slots", "reviews": "import reviews"}
# What they once broke: a rule with an unknown part, a zone that fails when asked, a zone of three hundred rules, an
# event of two thousand years that repeats, and one that ended as long before it began; a gap of nothing, and a control
# character in what SQLite says.
ONCE_BROKEN = {"calendars": (689, 1248, 1971, 7512, 10091, 9033140), "anki": (2008, 20692)}


FEW = [(ANKI, 15), (CALENDARS, 50), (REVIEWS, 75), (JOURNAL, 1), *((one, 1) for one in TOML)]


@pytest.mark.parametrize(("fuzzer", "few"), FEW, ids=lambda one: getattr(one, "name", ""))
def test_no_input_breaks_a_promise(fuzzer: Fuzzer, few: int, tmp_path: Path) -> None:
    assert broken(tried(fuzzer, [*range(few), *ONCE_BROKEN.get(fuzzer.name, ())], tmp_path)) == []


@pytest.mark.slow
@pytest.mark.parametrize(("fuzzer", "few"), FEW, ids=lambda one: getattr(one, "name", ""))
def test_nor_do_ten_times_as_many(fuzzer: Fuzzer, few: int, tmp_path: Path) -> None:
    assert broken(tried(fuzzer, [*range(few, 10 * few)], tmp_path)) == []


@pytest.mark.parametrize("fuzzer", [ANKI, CALENDARS, REVIEWS], ids=lambda fuzzer: fuzzer.name)
def test_no_input_ends_a_command_as_a_mistake_of_the_program(fuzzer: Fuzzer, mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", 'zone = "Europe/Berlin"\n')
    path = mlcoach.home / f"input{fuzzer.suffix}"
    for seed in range(1_000_000, 1_000_004):
        path.write_bytes(fuzzer.made(seed))
        done = mlcoach(f"{COMMANDS[fuzzer.name]} {path}", expect=None)
        assert done.code in (0, 3, 4, 7), (seed, done.screen)
        assert not first_hostile(done.out + done.err), seed
