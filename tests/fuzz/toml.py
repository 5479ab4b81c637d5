"""Curriculum files, overlays and settings from anywhere, through whole commands. `python -m tests.fuzz.toml --count 10000`

A curriculum file is checked and then planned with, settings are shown and then planned with: what is wrong in them is
told, and no command fails for it.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from random import Random

from tests.conftest import CURRICULUM, Program
from tests.fuzz.mutate import Fuzzer, main, mutated

_HOME = tempfile.TemporaryDirectory()
FOLDER = Path(__file__).parents[1]
SMALL = FOLDER / "curriculum" / "small"
OVERLAY = b"""schema = 1
over = "math.la"
remove = ["nowhere"]
[[unit]]
id = "eigen"
title = "Eigenvalues, my way"
requires = ["math.la.matrices"]
hours = 3.5
[[unit.card]]
id = "mine"
q = 'What is $\\lambda$?'
a = '''an eigenvalue'''
[[unit.read]]
id = "own"
title = "Notes"
url = "https://example.org/a?b=c"
minutes = 20
[[unit]]
id = "new"
title = "A new unit"
objectives = ["do it"]
after = "eigen"
"""
SETTINGS = b"""# mine
path = "core"
goal = 120
floor = 20
slot = "20:00"
quiet = "22:30..07:00"
rest_days = ["sun"]
reminders = ["all"]
zone = "Europe/Kyiv"
retention = 0.9
folders = ["~/code"]
weekday.mon = 60
[weekday]
tue = 90
[memory]
leech = 8
"""
WORDS = tuple(
    word.encode()
    for word in (
        "schema = 1\n", "schema = 99999999999999999999\n", "over = ", 'id = "eigen"\n', "[[unit]]\n", "[unit]\n", "[[unit.card]]\n",
        "[[unit.read]]\n", "[[unit.exercise]]\n", "[[path]]\n", "requires = ", "remove = ", "was = ", "after = ", "title = ", "q = ",
        "a = ", "cloze = ", "numeric = ", "hours = ", "minutes = ", "url = ", '["math.la.eigen"]', '"math.la.eigen"', '"math.la"',
        '""', "''", "'''", '"""', "[", "]", "[[", "]]", "{", "}", "=", ".", ",", "#", "\\", "\\u001b", "\n", "\r\n", "\t", "true",
        "false", "nan", "inf", "-inf", "1979-05-27T07:32:00Z", "07:32:00", "0xffff", "1_000", "[[[[[[", "a.b.c.d.e.f = 1\n", "{{x}}",
        "$$", "goal = ", "slot = ", "path = ", "zone = ", "weekday", "[weekday]\n", "[memory]\n", '"25:99"', '"../../etc"', '"/"',
        "[" * 3_000, "a = {" * 500, "x." * 6_000, "9" * 5_000,
    )
)  # fmt: skip


def cyclic(chance: Random) -> bytes:
    """Return a file whose units need one another in circles, or of which there are very many."""
    count = chance.choice((2, 3, 50, 2_000))
    units = [
        f'[[unit]]\nid = "u{number}"\ntitle = "Unit {number}"\n'
        f'requires = ["u{chance.choice(((number + 1) % count, chance.randrange(count)))}"]\n'
        for number in range(count)
    ]
    head = 'schema = 1\nid = "math.circle"\ntitle = "A circle"\ntrack = "math"\n'
    return (head + "".join(units)).encode()


def change_curriculum(fuzzer: Fuzzer, chance: Random) -> bytes:
    """Return a changed curriculum file, sometimes one of circles."""
    content = cyclic(chance) if chance.random() < 0.03 else chance.choice(fuzzer.samples)
    return mutated(content, chance, fuzzer.words, fuzzer.samples)


@lru_cache
def _program() -> Program:
    """Return a home whose bundled curriculum is the small one of the tests."""
    from mlcoach.curriculum.read import find

    find.bundled_folder = lambda: CURRICULUM
    return Program(Path(_HOME.name))


def _ran(program: Program, lines: tuple[str, ...]) -> Iterator[str]:
    """Run commands in a home; yield what they said. Raises AssertionError for an exit of 1 and a broken document."""
    for line in lines:
        done = program(line, expect=None)
        if done.code not in (0, 2, 4):
            raise AssertionError(f"`{line}` ends in exit {done.code}: {done.err[:200]}")
        if "--json" in line:
            json.loads(done.out)
        yield from (done.out, done.err)


def read_curriculum(path: Path) -> Iterator[str]:
    """Put a file beside the bundled subjects, check it and plan a day with it."""
    program = _program()
    own = program.home / "config" / "curriculum" / "mine.toml"
    shutil.rmtree(program.home / "config", ignore_errors=True)
    own.parent.mkdir(parents=True)
    shutil.copyfile(path, own)
    yield from _ran(program, ("curriculum check", "curriculum check --json", "today", "cards search ''"))


def read_settings(path: Path) -> Iterator[str]:
    """Make a file the settings, show them, change one and plan a day with them."""
    program = _program()
    shutil.rmtree(program.home / "config", ignore_errors=True)
    program.config.parent.mkdir(parents=True)
    shutil.copyfile(path, program.config)
    yield from _ran(program, ("config show --all", "today --json", "config set goal 61", "config unset goal", "doctor"))


SUBJECTS = tuple(file.read_bytes() for file in sorted(SMALL.rglob("*.toml")))
BROKEN = tuple(file.read_bytes() for file in sorted((FOLDER / "curriculum" / "broken").glob("*.toml")))
FUZZERS = (
    Fuzzer("curriculum", (*SUBJECTS, *BROKEN, OVERLAY, OVERLAY), WORDS, read_curriculum, ".toml", change_curriculum),
    Fuzzer("settings", (SETTINGS,), WORDS, read_settings, ".toml"),
)

if __name__ == "__main__":
    main(*FUZZERS)
