"""The first week in one's own words: sixty lines, each done as it was meant or answered by a question."""

import shutil
from collections.abc import Iterator

import pytest

from tests.cli.spellings import SPELLINGS, Spelling
from tests.conftest import Compiled, Program


@pytest.fixture(scope="module")
def known_map(tmp_path_factory: pytest.TempPathFactory, compiled_bundle: Compiled) -> Program:
    """The program with its own curriculum, in a home for all of these."""
    home = tmp_path_factory.mktemp("week") / "home"
    compiled_bundle.copy_to(home)
    return Program(home)


@pytest.fixture
def week(known_map: Program) -> Iterator[Program]:
    """The same in an empty home."""
    yield known_map
    for folder in ("data", "config"):
        shutil.rmtree(known_map.home / folder, ignore_errors=True)


@pytest.mark.usefixtures("bundled_content")
@pytest.mark.parametrize("words", ["calculus", "school maths", "git", "math.la eigen", "linear algebra, python"])
def test_skip_done_and_init_take_the_same_words(week: Program, words: str) -> None:
    from mlcoach.services.context import Context
    from mlcoach.services.day.done import meant
    from mlcoach.services.upkeep.init import read_known

    context = Context({"MLCOACH_HOME": str(week.home), "MLCOACH_NOW": week.now.isoformat()})
    known = read_known(context, words)
    assert sorted(meant(context, words.split())) == sorted((*known.named, *known.hinted)) != []
    context.close()


@pytest.mark.usefixtures("bundled_content")
@pytest.mark.parametrize("spelling", SPELLINGS, ids=lambda spelling: spelling.line)
def test_what_people_try_does_what_they_mean_or_asks(week: Program, spelling: Spelling) -> None:
    for line in spelling.before:
        week(line)
    done = week(spelling.line, expect=None)
    assert done.code in ((2, 3) if spelling.asks else (0,)), done.screen
    shown = done.screen
    if spelling.line.startswith(("log", "start")) and not done.code:  # the screen has titles, scripts have ids
        shown += week("log --full").out + week("log --json").out + week("status --json").out
    missing = [part for part in spelling.does + spelling.asks if part not in shown]
    assert not missing, f"{missing} in\n{shown}"
