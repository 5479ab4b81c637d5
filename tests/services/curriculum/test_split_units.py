"""A unit that was split: who passed the whole has passed its parts, with what is new in them still to do."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from mlcoach.domain.day.unit_status import UnitProgress
from mlcoach.domain.events import ItemGraded, StepMarked, TimeLogged, UnitMarked
from mlcoach.services.context import Context
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day.units import remainder_of
from mlcoach.services.record import record
from mlcoach.services.review.new_cards import unmet

MONDAY = date(2026, 11, 23)
FILE = """schema = 1
id = "x"
title = "A subject"
track = "eng"
summary = "For tests."

[resources.notes]
title = "Notes"

[[unit]]
id = "first"
was = ["whole"]
title = "First part"
hours = 3
recall = "?"

[[unit]]
id = "second"
split_from = ["whole"]
title = "Second part"
hours = 3
recall = "?"
read = [{ id = "notes-two", was = ["x.whole/notes-two"], in = "notes", at = "2", core = true, minutes = 60 }]

  [[unit.card]]
  id = "kept"
  was = ["x.whole/kept"]
  q = "?"
  a = "!"

  [[unit.card]]
  id = "new"
  q = "??"
  a = "!!"
"""
PART = "x.second"


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    folder = home / "config" / "curriculum"
    folder.mkdir(parents=True)
    (folder / "x.toml").write_text(FILE, encoding="utf-8")
    made = Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": "2026-11-23T20:00:00+01:00"}, "test")
    assert made.catalog.skipped == ()
    yield made
    made.close()


def told(context: Context, ago: int, *bodies: Any) -> UnitProgress:
    record(context, *bodies, day=MONDAY - timedelta(days=ago))
    return unit_progress(context)


@pytest.mark.parametrize("mark", ["passed", "skipped"])
def test_who_passed_the_whole_has_passed_every_part(context: Context, mark: Any) -> None:
    progress = told(context, 9, TimeLogged(7200, "x.whole"), UnitMarked("x.whole", mark, how="study"))
    assert (progress.status["x.first"], progress.status[PART]) == (mark, mark)
    assert (progress.states["x.first"].seconds, progress.states[PART].seconds) == (7200, 0), "hours count once"


def test_what_is_new_in_a_part_is_left_to_do(context: Context) -> None:
    progress = told(
        context, 9, ItemGraded("x.whole/kept", 3, 5, "2026-11-20"), UnitMarked("x.whole", "passed", how="study")
    )
    assert [head.id for head in unmet(context, PART)] == ["x.second/new"]
    remainder = remainder_of(context, PART, progress.states[PART])
    assert remainder is not None
    assert remainder.cards_unmet == 1
    assert progress.states[PART].how == "", "nobody studied the part as it is now, so its new cards come a few a day"


def test_a_whole_under_way_gives_its_parts_only_what_was_done(context: Context) -> None:
    done = StepMarked("x.whole", "x.whole/notes-two", "done")
    assert told(context, 9, done).status[PART] == ""
    progress = told(context, 1, TimeLogged(600, PART))
    assert progress.states[PART].steps == {"x.whole/notes-two": "done"}
    assert progress.states[PART].seconds == 600


def test_passing_the_first_part_alone_passes_no_other(context: Context) -> None:
    assert told(context, 9, UnitMarked("x.first", "passed", how="study")).status[PART] == ""


def test_work_on_a_part_does_not_take_its_pass_away(context: Context) -> None:
    told(context, 9, UnitMarked("x.whole", "passed", how="study"))
    progress = told(context, 1, TimeLogged(600, PART), TimeLogged(600, "x.first"))
    assert (progress.status["x.first"], progress.status[PART]) == ("passed", "passed")
    progress = told(context, 0, UnitMarked(PART, "learning"))
    assert (progress.status["x.first"], progress.status[PART]) == ("passed", "learning"), "the learner's own word"


def test_a_part_of_a_unit_that_is_still_there_is_an_error(context: Context) -> None:
    folder = context.places.config_file.parent / "curriculum"
    (folder / "x.toml").write_text(FILE.replace('["whole"]\ntitle = "Second', '["first"]\ntitle = "Second'))
    again = Context(context.environment, "test")
    assert [Path(name).name for name in again.catalog.skipped] == ["x.toml"]
    again.close()
