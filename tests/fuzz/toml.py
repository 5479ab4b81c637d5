"""Curriculum files, overlays and settings from anywhere. `python -m tests.fuzz.toml --count 10000`

Each is tried in two ways. Through the readers, a hundred in a second: a curriculum file is merged with a small bundle,
checked, compiled and read back; settings are read, and changed key by key. And through whole commands, a few in a
second, which plan with them: what is wrong in them is told, and no command fails for it.
"""

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from random import Random

from mlcoach.adapters import settings, settings_text
from mlcoach.adapters.expressions import evaluate
from mlcoach.curriculum.cache.catalog import Catalog
from mlcoach.curriculum.cache.compile import settle, write_catalog
from mlcoach.curriculum.check.check import problems_of, read_folders
from mlcoach.curriculum.check.code import look_at_code
from mlcoach.curriculum.check.difference import text_with_marks, upstream_of
from mlcoach.curriculum.check.lint import lint
from mlcoach.curriculum.check.varied import look_at_varied
from mlcoach.curriculum.merge.merge import merge
from mlcoach.curriculum.read.code_sources import SourceFault, tests_of, wrong_of
from mlcoach.curriculum.read.parse import read_source, read_text
from mlcoach.curriculum.read.source import Source
from mlcoach.domain.practice.asserts import explained
from mlcoach.domain.practice.code import CodeLanguage
from mlcoach.domain.text import visible
from mlcoach.errors import InvalidFileError
from tests.conftest import CURRICULUM, Program
from tests.fuzz.mutate import Fuzzer, main, mutated

_HOME = tempfile.TemporaryDirectory()
FOLDER = Path(__file__).parents[1]
SMALL = FOLDER / "curriculum" / "small"
OVERLAY = b"""schema = 1
over = "math.la"
[resources.own]
title = "Notes"
url = "https://example.org/a?b=c"
[change.eigen]
title = "Eigenvalues, my way"
hours = 3.5
base = "sha256:0123456789abcdef"
encompasses = { "math.la.vectors" = 0.5 }
[change.eigen.add]
objectives = ["compute one by hand"]
read = [{ in = "own", at = "page 3", id = "own-notes", minutes = 20 }]
[change.eigen.remove]
read = [{ in = "strang" }]
[change.eigen.hide]
card = ["eig-def"]
[change.eigen.card.eig-def]
a = '''an eigenvector'''
[[unit]]
id = "new"
title = "A new unit"
hours = 3
requires = ["vectors", { unit = "math.la.eigen", why = "all of it", share = 0.5 }]
objectives = ["do it"]
recall = "What was it?"
was = ["math.la.old"]
[[unit.card]]
id = "mine"
q = 'What is $\\lambda$?'
a = '''an eigenvalue'''
[[unit.card]]
id = "half"
  [unit.card.vary]
  vars.n = { choice = [20, 50] }
  vars.v = { int = [1, 5], size = 3 }
  derive.p = "n/100"
  where = ["n*p >= 1"]
  prompt = "Half of {n}, and {v}?"
  answer = "n/2 + v[0]"
  accept = { rel = 0.01 }
  misconception = [{ id = "twice", answer = "n*2 + v[0]", feedback = "half, not twice", card = "mine" }]
[[unit.exercise]]
id = "double"
title = "Twice"
minutes = 20
prompt = "Write `double`."
hints = ["add"]
  [unit.exercise.code]
  file = "twice.py"
  starter = "def double(x):\\n    pass\\n"
  solution = "def double(x):\\n    return 2 * x\\n"
    [[unit.exercise.code.test]]
    id = "two"
    visible = true
    body = "assert double(1) == 2"
    [[unit.exercise.code.wrong]]
    id = "square"
    fails = ["two"]
    redefines = "def double(x):\\n    return x * x"
    feedback = "add"
"""
SETTINGS = b"""# mine
path = "core"
goal = 120
floor = 20
slot = "20:00"
quiet = "22:30..07:00"
paper_days = ["sun"]
reminders = ["all"]
zone = "Europe/Kyiv"
retention = 0.9
repositories = ["/code"]
streak = true
pager = ""
[weekday]
tue = 90
[memory]
adaptive = false
"""
WORDS = tuple(
    word.encode()
    for word in (
        "schema = 1\n", "schema = 99999999999999999999\n", "over = ", 'id = "eigen"\n', "[[unit]]\n", "[unit]\n", "[[unit.card]]\n",
        "[[unit.read]]\n", "[[unit.exercise]]\n", "[[path]]\n", "requires = ", "remove = ", "was = ", "after = ", "title = ", "q = ",
        "a = ", "cloze = ", "numeric = ", "hours = ", "minutes = ", "url = ", '["math.la.eigen"]', '"math.la.eigen"', '"math.la"',
        '""', "''", "'''", '"""', "[", "]", "[[", "]]", "{", "}", "=", ".", ",", "#", "\\", "\\u001b", "\n", "\r\n", "\t", "true",
        "false", "nan", "inf", "-inf", "1979-05-27T07:32:00Z", "07:32:00", "0xffff", "1_000", "[[[[[[", "a.b.c.d.e.f = 1\n", "{{x}}",
        "$$", "goal = ", "slot = ", "path = ", "zone = ", "weekday", "[weekday]\n", "[memory]\n", "[change.eigen]\n", "[change.eigen.add]\n", "[unit.exercise.code]\n",
        "[[unit.exercise.code.test]]\n", "[unit.card.vary]\n", "body = ", "fails = ", "file = ", "answer = ", "x/0", "9**9**9", "{n:.9999f}", '"25:99"', '"../../etc"', '"/"',
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
    from mlcoach.adapters.practice import interpreters
    from mlcoach.curriculum.read import find

    find.bundled_folder = lambda: CURRICULUM
    interpreters._asked = lru_cache(interpreters._asked)  # `doctor` starts a Python only once
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


@lru_cache
def _bundle() -> tuple[Source, ...]:
    """Return the files of the small bundle, read once: no input changes them."""
    return tuple(read_folders(SMALL, None))


def read_curriculum(path: Path) -> Iterator[str]:
    """Read a file as the learner's, merge it with the bundle, check it, compile it, and read all of the result."""
    source = read_source(path, own=True, position=len(_bundle()))
    sources = [*_bundle(), source]
    merged = merge(sources)
    lint(merged)
    look_at_code(merged)
    look_at_varied(merged, [source], evaluate)
    for problem in (*source.problems, *problems_of(merged)):
        yield f"{problem.message}\n{problem.hint}\n{problem.source_line}"
    used, skipped = settle(sources)
    with closing(sqlite3.connect(":memory:")) as connection:
        write_catalog(connection, used, skipped, "")
        catalog = Catalog(connection, lambda: connection)
        for unit in catalog.units:
            yield from (catalog.text(unit).why, *(step.title for step in catalog.steps(unit)), *catalog.origin(unit))
        yield from (entry.title for entry in (*catalog.subjects().values(), *catalog.paths.values()))
        yield from (f"{item}" for item in catalog.all_items())
    if source.is_sound:
        again = text_with_marks(upstream_of(_bundle()), source)
        assert again == source.text or read_text(path, again).is_sound


def read_sources(path: Path) -> Iterator[str]:
    """Read a file as the tests and as a wrong solution of an exercise, in both languages."""
    text = path.read_bytes().decode("utf-8", "replace")
    for language in LANGUAGES:
        try:
            for test in tests_of(text, language, "softmax"):
                yield test["id"]
                if language == "python":
                    explained(test["body"])
        except SourceFault as fault:
            yield visible(fault.message)  # a file with controls in it is refused before
        try:
            wrong_of(text, language, "other")
        except SourceFault as fault:
            yield visible(fault.message)


def read_settings(path: Path) -> Iterator[str]:
    """Read a file of settings, and what it says once each of some keys is set and taken away."""
    data = path.read_bytes()
    found = settings.Settings(settings.parse(data, path))
    yield from (f"{name} {found.get(name)}" for name in found.chosen)
    text = data.decode("utf-8-sig")
    for name, value in (("goal", 61), ("weekday.tue", 5), ("goal", None), ("weekday.mon", None)):
        try:
            text = settings_text.changed_text(text, path, name, value)
        except InvalidFileError as error:  # what is written in a way that cannot be changed key by key stays as it is
            yield error.message


def run_curriculum(path: Path) -> Iterator[str]:
    """Put a file beside the bundled subjects, check it and plan a day with it."""
    program = _program()
    own = program.home / "config" / "curriculum" / "mine.toml"
    shutil.rmtree(program.home / "config", ignore_errors=True)
    own.parent.mkdir(parents=True)
    shutil.copyfile(path, own)
    yield from _ran(
        program, ("curriculum check", "curriculum check --json", "today", "cards search ''", "curriculum diff")
    )


def run_settings(path: Path) -> Iterator[str]:
    """Make a file the settings, show them, change one and plan a day with them."""
    program = _program()
    shutil.rmtree(program.home / "config", ignore_errors=True)
    program.config.parent.mkdir(parents=True)
    shutil.copyfile(path, program.config)
    yield from _ran(program, ("config show --all", "today --json", "config set goal 61", "config unset goal", "doctor"))


SUBJECTS = tuple(file.read_bytes() for file in sorted(SMALL.rglob("*.toml")))
BROKEN = tuple(file.read_bytes() for file in sorted((FOLDER / "curriculum" / "broken").glob("*.toml")))
PYTHON = b'''"""All of it.

Fails: one, two_more
"""
import math
from softmax import softmax
A, (B, *C) = 1, (2, 3)
@classmethod
def helper(x: int = A) -> float:
    return math.exp(x)
class Kind:
    a = B
def test_one():
    """Why it matters."""
    text = """
two lines"""
    assert helper(1) == softmax([Kind.a, text])  # a remark
def test_two_more():
    for x in (1, 2):
        with raises(ValueError): assert close(x, [y for y in C]), f"{x}"
'''
CPP = b"""// All of it.
// Fails: one, two
#include "harness.h"
// Why it
// matters.
void test_one() {
    if (true) {
        CHECK(softmax({1, 2}) == std::vector{1.0});
    }
}

void test_two() {
    CHECK_THROWS(softmax({}));
}
"""
LANGUAGES: tuple[CodeLanguage, ...] = ("python", "cpp")
CODE = tuple(
    word.encode()
    for word in (
        "def test_x():\n", "    ", "\t", "(", ")", "[", "]", "{", "}", ":", '"""', "'", "lambda:", "-", "not ", "async ", "await ",
        "yield ", "return", "*", "**", "=", ":=", "@", "\\\n", "\n", "#", "//", "void test_x() {\n", "}\n", "Fails: ", "Fails:", "f'{",
        "match x:\n", "import ", "from . import *\n", "from softmax import *\n", "assert ", ";", "if 1:\n", "a.", "9" * 5_000,
        "-" * 30_000, "(" * 500, "a." * 9_000, "\u00b2", "\ufb01",
    )
)  # fmt: skip
FILES = (*SUBJECTS, *BROKEN, OVERLAY, OVERLAY)
FUZZERS = (
    Fuzzer("curriculum", FILES, WORDS, read_curriculum, ".toml", change_curriculum),
    Fuzzer("settings", (SETTINGS,), WORDS, read_settings, ".toml"),
    Fuzzer("sources", (PYTHON, CPP), CODE, read_sources, ".py"),
    Fuzzer("curriculum-commands", FILES, WORDS, run_curriculum, ".toml", change_curriculum),
    Fuzzer("settings-commands", (SETTINGS,), WORDS, run_settings, ".toml"),
)

if __name__ == "__main__":
    main(*FUZZERS)
