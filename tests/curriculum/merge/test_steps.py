"""The steps a unit is walked in: their order, their names and their minutes."""

import shutil
from pathlib import Path

import pytest

from mlcoach.domain.curriculum import Step
from mlcoach.errors import NotFoundError
from tests.curriculum.curriculum_folders import OVERLAY, Folders, codes

HEAD = 'schema = 1\nid = "my.own"\ntitle = "Mine"\ntrack = "math"\n'
NOTES = '[resources.notes]\ntitle = "Notes"\nurl = "https://example.org/notes"\n'
OLD = '[resources.old]\ntitle = "Old"\nurl = "https://example.org/old"\nstatus = "closed"\nalternatives = ["notes"]\n'
UNIT = '[[unit]]\nid = "one"\ntitle = "One"\nhours = 4\nrecall = "?"\n'
BEFORE = '[[unit.pretest]]\nid = "guess"\nq = "?"\na = "!"\n'


def exercise(name: str, stage: str, minutes: int) -> str:
    """Return an exercise as it stands in a file."""
    return (
        f'[[unit.exercise]]\nid = "{name}"\ntitle = "{name}"\nstage = "{stage}"\nminutes = {minutes}\nprompt = "Do."\n'
    )


EXERCISES = exercise("alone", "solve", 30) + exercise("seen", "worked", 20) + exercise("gaps", "completion", 25)


def steps(folders: Folders, *texts: str, unit: str = "my.own.one") -> tuple[Step, ...]:
    """Return the steps of a unit of a file made of these texts."""
    folders.write("mine.toml", HEAD + "".join(texts))
    with folders.open() as catalog:
        assert catalog.skipped == ()
        return catalog.steps(unit)


def read(*entries: str) -> str:
    """Return the readings of a unit, as the unit has them."""
    return f"read = [{', '.join(f'{{ {entry} }}' for entry in entries)}]\n"


def names(found: tuple[Step, ...]) -> list[str]:
    """Return the last parts of the ids of steps."""
    return [step.id.rpartition("/")[2] for step in found]


def test_steps_of_every_kind_in_order(folders: Folders) -> None:
    reading = read('in = "notes", at = "ch. 9"', 'in = "notes", at = "ch. 1", core = true, id = "notes-rank"')
    assert steps(folders, NOTES, UNIT, reading, BEFORE, EXERCISES) == (
        Step("my.own.one/before", "my.own.one", "before", "Questions before you begin", 5),
        Step("my.own.one/notes-rank", "my.own.one", "reading", "Notes", 150, "ch. 1", "https://example.org/notes"),
        Step("my.own.one/seen", "my.own.one", "exercise", "seen", 20, stage="worked"),
        Step("my.own.one/gaps", "my.own.one", "exercise", "gaps", 25, stage="completion"),
        Step("my.own.one/alone", "my.own.one", "exercise", "alone", 30, stage="solve"),
        Step("my.own.one/recall", "my.own.one", "recall", "The closing question", 10),
    )


def test_units_that_start_the_map_begin_with_something_made(folders: Folders) -> None:
    folders.write(
        "start.toml",
        HEAD.replace("math", "start") + NOTES + UNIT + read('in = "notes", at = "1", id = "n"') + BEFORE + EXERCISES,
    )
    with folders.open() as catalog:
        assert names(catalog.steps("my.own.one")) == ["before", "seen", "n", "gaps", "alone", "recall"]


def test_without_a_core_reading_the_first_open_one_is_the_step(folders: Folders) -> None:
    dropped = '[resources.gone]\ntitle = "Gone"\nstatus = "dropped"\n'
    entries = [
        'in = "gone", at = "1", id = "g"',
        'in = "notes", at = "2", id = "a"',
        'in = "notes", at = "3", id = "b"',
    ]
    assert names(steps(folders, NOTES, dropped, UNIT, read(*entries))) == ["a", "recall"]


def test_what_closed_is_read_in_its_replacement(folders: Folders) -> None:
    found = steps(folders, NOTES, OLD, UNIT, read('in = "old", at = "week 3", core = true, id = "old-ranks"'))[0]
    assert found == Step("my.own.one/old-ranks", "my.own.one", "reading", "Notes", 230, "", "https://example.org/notes")


def test_a_unit_with_nothing_to_read_or_do_is_studied(folders: Folders) -> None:
    assert steps(folders, UNIT)[0] == Step("my.own.one/study", "my.own.one", "study", "One", 230)
    with folders.open() as catalog, pytest.raises(NotFoundError):
        catalog.steps("my.own.two")


@pytest.mark.parametrize(
    ("hours", "given", "minutes"),
    [
        (4, [None, None], [75, 75]),  # 240 - 5 - 10 - 75 of exercises, shared
        (4, [40, None], [40, 110]),
        (4, [None, 146], [15, 146]),  # what is left would be four minutes
        (2, [None, None, None], [15, 15, 15]),
        (4, [33, 44], [33, 44]),
    ],
)
def test_minutes_of_readings(folders: Folders, hours: int, given: list[int | None], minutes: list[int]) -> None:
    entries = [
        f'in = "notes", at = "{place}", core = true, id = "r{place}"' + (f", minutes = {own}" if own else "")
        for place, own in enumerate(given)
    ]
    unit = UNIT.replace("hours = 4", f"hours = {hours}")
    found = steps(folders, NOTES, unit, read(*entries), BEFORE, EXERCISES)
    assert [step.minutes for step in found if step.kind == "reading"] == minutes


def test_an_overlay_changes_the_steps_of_a_unit(folders: Folders, tmp_path: Path) -> None:
    bundled = tmp_path / "bundle"
    shutil.copytree(folders.bundled, bundled)
    file = bundled / "math" / "la.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('id = "videos-eigen"', 'id = "videos-eigen", minutes = 660'), encoding="utf-8")
    folders = folders._replace(bundled=bundled)
    change = OVERLAY + "[change.eigen]\nhours = 18\n"
    folders.write("over.toml", change)
    with folders.open() as catalog:
        # Hours that the learner gives or takes go to the readings.
        found = {step.id: step.minutes for step in catalog.steps("math.la.eigen")}
        assert found["math.la.eigen/videos-eigen"] == 1025
        assert sum(found.values()) == 18 * 60
    more = '[change.eigen.add]\nread = [{ in = "strang", at = "ch. 6", core = true, id = "strang-svd" }]\n'
    folders.write("over.toml", change + more + '[change.eigen.remove]\nread = [{ id = "videos-eigen" }]\n')
    assert codes(folders.check()) == []
    with folders.open() as catalog:
        assert names(catalog.steps("math.la.eigen")) == ["before", "strang-svd", "power-iteration", "recall"]
    folders.write("over.toml", OVERLAY + '[change.eigen]\nhide = { exercise = ["power-iteration"] }\n')
    with folders.open() as catalog:
        assert names(catalog.steps("math.la.eigen")) == ["before", "videos-eigen", "recall"]


def test_earlier_ids_of_readings_and_units_lead_to_present_steps(folders: Folders) -> None:
    entry = 'in = "notes", at = "1", core = true, id = "new", was = ["old", "my.own.none/other"]'
    steps(folders, NOTES, UNIT.replace('title = "One"', 'title = "One"\nwas = ["zero"]'), read(entry))
    with folders.open() as catalog:
        aliases = catalog.aliases()
    for old in ("my.own.one/old", "my.own.one/other", "my.own.zero/old", "my.own.zero/new", "my.own.none/other"):
        assert aliases[old] == "my.own.one/new"
    assert aliases["my.own.zero/recall"] == "my.own.one/recall"
    assert aliases["my.own.zero/before"] == "my.own.one/before"


def test_the_units_of_a_path_that_come_first(folders: Folders) -> None:
    path = '[[path]]\nid = "mine"\ntitle = "M"\nunits = ["math.la.eigen"]\nknown = ["math.la.vectors"]\n'
    folders.write("paths.toml", f'schema = 1\n{path}first = ["math.la.vectors", "math.la.eigen"]\n')
    assert codes(folders.check()) == []
    with folders.open() as catalog:
        assert catalog.paths["mine"].first == ("math.la.vectors", "math.la.eigen")
        assert catalog.paths["core"].first == ()
