"""The bundled curriculum: nothing to complain of, all units of the plan, and what the complete subjects promise."""

import contextlib
import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import tomli

from mlcoach.curriculum.cache.catalog import Catalog, open_catalog
from mlcoach.curriculum.check.check import check
from mlcoach.curriculum.read.find import bundled_folder
from mlcoach.domain.curriculum import FIELD_KINDS, TRACKS, Card, Exercise, find_cycle
from mlcoach.domain.day.units import OPENING_MINUTES
from mlcoach.domain.practice.accept import judge_text
from tests.curriculum.curriculum_folders import HERE

PLANNED = json.loads((HERE / "units.json").read_text(encoding="utf-8"))
# The groups, people, venues and news of the field are beside the plan: nobody's path holds them.
FIELD = ("field.who", "field.where")
ALL_UNITS = (*PLANNED, *FIELD)


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    place = tmp_path_factory.mktemp("bundle")
    with open_catalog(bundled_folder(), place / "own", place / "cache") as opened:
        yield opened


def test_nothing_to_complain_of(tmp_path: Path) -> None:
    report = check(bundled_folder(), tmp_path)
    assert report.errors + report.warnings == ()
    assert report.counts.units == len(ALL_UNITS)


def test_no_file_is_left_out(catalog: Catalog) -> None:
    assert catalog.skipped == ()


@pytest.mark.parametrize("name", PLANNED)
def test_a_unit_is_as_planned(catalog: Catalog, name: str) -> None:
    unit = catalog.units[name]
    assert {
        "title": unit.title,
        "hours": unit.hours,
        "core": unit.core,
        "lane": unit.lane,
        "doing": unit.doing,
        "requires": sorted(edge.unit for edge in unit.requires),
    } == {"doing": False, **PLANNED[name], "requires": sorted(PLANNED[name]["requires"])}


def test_no_other_units(catalog: Catalog) -> None:
    assert catalog.units.keys() == set(ALL_UNITS)
    assert [unit.track for unit in catalog.units.values()] == sorted(
        (unit.track for unit in catalog.units.values()), key=TRACKS.index
    )


def test_prerequisites_go_in_no_circle(catalog: Catalog) -> None:
    assert find_cycle({name: [edge.unit for edge in unit.requires] for name, unit in catalog.units.items()}) == []


def test_prerequisites_of_another_subject_say_why(catalog: Catalog) -> None:
    silent = [
        (unit.id, edge.unit)
        for unit in catalog.units.values()
        for edge in unit.requires
        if catalog.units[edge.unit].subject != unit.subject and not edge.why
    ]
    assert silent == []


def test_every_unit_says_what_for_what_to_read_and_how_it_ends(catalog: Catalog) -> None:
    for unit in catalog.units.values():
        text = catalog.text(unit.id)
        assert text.why, unit.id
        assert text.recall, unit.id
        assert 3 <= len(text.objectives) <= 6, unit.id
        assert unit.opens_with, unit.id
        core = [read for read in text.read if read.core and not read.instead]
        assert any(read.cost == "free" for read in core), f"{unit.id} has no free core reading"


@pytest.mark.parametrize("name", ALL_UNITS)
def test_the_readings_of_a_unit_are_steps_of_an_evening(catalog: Catalog, name: str) -> None:
    steps = catalog.steps(name)
    assert len({step.id for step in steps}) == len(steps)
    assert steps[0].kind == "before"
    assert steps[-1].kind == "recall"
    readings = [step for step in steps if step.kind == "reading"]
    assert readings
    for step in readings:
        assert step.at, step.id
        assert 15 <= step.minutes <= 120, step.id


@pytest.mark.parametrize("name", ALL_UNITS)
def test_a_unit_has_questions_cards_and_exercises(catalog: Catalog, name: str) -> None:
    cards, exercises = catalog.item_counts[name]
    core = catalog.units[name].core
    assert cards >= (8 if core else 5)
    assert exercises >= (3 if core else 2)
    assert 3 <= len(catalog.text(name).pretest) <= 6
    assert catalog.text(name).assumes
    found = [catalog.item(head.id) for head in catalog.items(name) if head.kind == "exercise"]
    stages = [item.stage for item in found if isinstance(item, Exercise)]
    assert stages == sorted(stages, key=("worked", "completion", "solve").index)
    assert stages[-1] == "solve"
    assert len(set(stages)) == 3 if core else len(set(stages)) >= 2


def is_typed(card: Card) -> bool:
    """Whether the machine, not the learner, says whether an answer is right."""
    return card.form == "numeric" or bool(card.accept_text) or card.vary is not None


def test_every_unit_of_a_path_can_be_placed(catalog: Catalog) -> None:
    """Four questions, two of them typed: enough for a guess not to count as knowledge.

    Questions that everyday arithmetic answers are left out of a placement, so they do not count. No unit is let off.
    """
    units = {unit for path in catalog.paths.values() for unit in (*path.units, *path.known)}
    assert set(catalog.paths["core"].units) <= units
    few, unchecked = {}, {}
    for name in sorted(units):
        asked = [card for card in catalog.text(name).pretest if card.placement]
        if len(asked) < 4:
            few[name] = len(asked)
        if (typed := sum(map(is_typed, asked))) < 2:
            unchecked[name] = typed
    assert (few, unchecked) == ({}, {})


def test_a_short_answer_is_accepted_as_written_and_not_given_away(catalog: Catalog) -> None:
    cards = [item for item in catalog.all_items() if isinstance(item, Card)]
    cards += [card for name in catalog.units for card in catalog.text(name).pretest]
    for card in [card for card in cards if card.accept_text]:
        first, *others = card.accept_text
        assert first.casefold() in card.answer.casefold(), card.id
        assert others, f"{card.id}: people write it in more than one way"
        for text in card.accept_text:
            assert judge_text(text, card.accept_text).right, (card.id, text)
        asked = set(re.findall(r"\w+", card.question.casefold()))
        assert not asked & {text.casefold() for text in card.accept_text}, card.id


def test_enough_cards_and_not_too_many(catalog: Catalog) -> None:
    cards = [item for item in catalog.all_items() if isinstance(item, Card)]
    assert 1450 <= len(cards) <= 2000
    assert sum(card.form == "numeric" for card in cards) >= 120


def test_every_reading_names_a_section(catalog: Catalog) -> None:
    bare = [(name, read.title) for name in catalog.units for read in catalog.text(name).read if not read.at]
    assert bare == []


def test_every_resource_says_what_it_costs_and_when_it_was_checked() -> None:
    files = [tomli.loads(path.read_text(encoding="utf-8")) for path in bundled_folder().glob("*/*.toml")]
    for file in files:
        for key, resource in file.get("resources", {}).items():
            name = f"{file['id']}:{key}"
            assert resource.get("kind"), name
            if resource.get("status") == "closed":
                assert set(resource["alternatives"]) & file["resources"].keys(), name
                continue
            assert resource.get("checked"), name
            assert resource.get("cost") or resource["kind"] in FIELD_KINDS, name


@pytest.mark.parametrize("word", ["linear regression from scratch", "convolution from scratch", "mock interview"])
def test_what_the_curriculum_must_ask_for_is_asked(catalog: Catalog, word: str) -> None:
    exercises = [item for item in catalog.all_items() if isinstance(item, Exercise)]
    assert any(word in f"{one.title} {one.prompt}".lower() for one in exercises)


def test_exercises_can_be_checked_alone(catalog: Catalog) -> None:
    for item in catalog.all_items():
        if isinstance(item, Exercise):
            assert item.check or item.vary, item.id  # a typed answer is compared
            assert item.hints, item.id
            assert item.solution, item.id


def test_thirty_core_papers_that_arxiv_knows(catalog: Catalog) -> None:
    core = [paper for paper in catalog.papers().values() if paper.core]
    assert len(core) == 30
    for paper in core:
        assert re.fullmatch(r"arxiv:\d{4}\.\d{4,5}", paper.id), paper.id
        assert paper.authors, paper.id
        assert paper.why, paper.id
        assert paper.units, paper.id
        assert paper.year is not None
        # The first four digits of an arXiv id are year and month; a paper may appear in print later.
        assert paper.year >= 2000 + int(paper.id[6:8]), paper.id


PATHS = (
    "core", "top-down", "engineer", "llm", "frontier", "interview",
    "cv", "language", "audio", "rl", "generative", "automl", "decisions", "networks", "taste",
)  # fmt: skip


def test_the_paths(catalog: Catalog) -> None:
    assert tuple(catalog.paths) == PATHS
    core = set(catalog.paths["core"].units)
    assert core == {unit.id for unit in catalog.units.values() if unit.core}
    assert set(catalog.paths["top-down"].units) == core
    assert {"prog.py.data"} <= set(catalog.paths["engineer"].units) - set(catalog.paths["engineer"].known)
    for name, subject in (("cv", "cv"), ("language", "nlp"), ("audio", "audio"), ("rl", "rl"), ("generative", "gen")):
        units = catalog.paths[name].units
        assert units[: len(core)] == catalog.paths["core"].units
        after = [unit.id for unit in catalog.units.values() if unit.subject == subject and not unit.core]
        assert [*units[len(core) :]] == after


@pytest.mark.parametrize("name", PATHS)
def test_a_path_can_be_walked_in_order(catalog: Catalog, name: str) -> None:
    path = catalog.paths[name]
    assert path.goal
    assert path.audience
    met = set(path.known)
    for unit in path.units:
        late = [edge.unit for edge in catalog.units[unit].requires if edge.unit not in met]
        assert late == [], f"{unit} comes before {late}"
        met.add(unit)
    assert not met - catalog.units.keys()


EVENING = 100  # minutes of two hours that are left for units: reviews and closing take the rest


def minutes_of(catalog: Catalog, units: Iterable[str]) -> int:
    return sum(step.minutes for unit in units for step in catalog.steps(unit))


@pytest.mark.parametrize("name", ["core", "top-down", "engineer"])
def test_machine_learning_begins_within_a_fortnight(catalog: Catalog, name: str) -> None:
    path = catalog.paths[name]
    *before, begins = path.first
    assert catalog.units[begins].track == "ml"
    assert sorted(path.first, key=path.units.index) == [*path.first]
    # What the first evening opened waits until then.
    assert OPENING_MINUTES + minutes_of(catalog, before) <= 14 * EVENING


@pytest.mark.parametrize("name", ["core", "top-down"])
def test_how_to_learn_and_the_shell_come_early(catalog: Catalog, name: str) -> None:
    path = catalog.paths[name]
    assert path.first[:2] == ("start.setup", "start.learn")
    assert OPENING_MINUTES + minutes_of(catalog, path.first[:2]) <= 7 * EVENING
    begun = path.units.index("ml.found")
    building = [unit for unit in path.units[begun:] if catalog.units[unit].lane == "build"]
    assert building[0] == "prog.tools.shell"


def pauses(catalog: Catalog, name: str, tracks: Collection[str]) -> list[float]:
    """Return the hours of the concept lane between two units of these tracks on a path."""
    found, since = [], 0.0
    units = [catalog.units[unit] for unit in catalog.paths[name].units]
    for unit in [unit for unit in units if unit.lane == "concept"]:
        if unit.track in tracks:
            found.append(since)
            since = 0.0
        else:
            since += unit.hours
    return found


@pytest.mark.parametrize("name", ["core", "top-down", "engineer"])
def test_neither_machine_learning_nor_mathematics_is_silent_for_long(catalog: Catalog, name: str) -> None:
    """An evening has about an hour of the concept lane: thirty hours are a month of evenings."""
    assert max(pauses(catalog, name, ("ml", "dl", "papers"))) <= 30
    # The second project's year of deep learning is mathematics at work.
    assert max(pauses(catalog, name, ("math",))) <= 35


@pytest.mark.parametrize("name", ["core", "engineer", "taste"])
def test_a_model_is_trained_on_the_first_evening(catalog: Catalog, name: str) -> None:
    assert catalog.paths[name].units[0] == "start.why"
    assert [step.id for step in catalog.steps("start.why")][1] == "start.why/first-model"


def test_a_model_of_ones_own_is_trained_in_the_first_week(catalog: Catalog) -> None:
    steps = [step for unit in catalog.paths["core"].units[:2] for step in catalog.steps(unit)]
    last = next(place for place, step in enumerate(steps) if step.id == "start.setup/time-a-tiny-model")
    assert sum(step.minutes for step in steps[: last + 1]) <= 7 * EVENING


@pytest.mark.parametrize("name", ["core", "top-down", "engineer"])
def test_units_about_the_career_are_spread(catalog: Catalog, name: str) -> None:
    begun, hours = [], 0.0
    for unit in catalog.paths[name].units:
        # An offer is the end of a search, so it follows at once.
        if catalog.units[unit].track == "career" and unit != "career.offer":
            begun.append(hours)
        hours += catalog.units[unit].hours
    assert len(begun) == 7
    assert min(after - before for before, after in pairwise(begun)) >= 4 * 7 * EVENING / 60


def test_the_first_work_to_show_comes_by_the_middle_of_the_frontier(catalog: Catalog) -> None:
    path = catalog.paths["frontier"]
    assert set(path.known) <= set(catalog.paths["core"].units) | {"nlp.text"}
    place = path.units.index("nlp.agents")
    published = [step.id for step in catalog.steps("nlp.agents") if step.kind == "exercise"][-1]
    assert published == "nlp.agents/environment-of-your-own"
    until = sum(catalog.units[unit].hours for unit in path.units[: place + 1])
    assert until <= sum(catalog.units[unit].hours for unit in path.units) / 2
    assert {"nlp.posttrain", "eng.scale"} <= set(path.units[place:]), "what was published is improved after"


def test_work_on_the_unit_of_language_models_is_kept_in_its_three_parts(catalog: Catalog) -> None:
    assert catalog.aliases()["nlp.llm"] == "nlp.pretrain"
    assert catalog.splits == {"nlp.posttrain": ["nlp.llm"], "nlp.inference": ["nlp.llm"]}
    for old, now in (
        ("nlp.llm/training-flops", "nlp.pretrain/training-flops"),
        ("nlp.llm/dpo-completion", "nlp.posttrain/dpo-completion"),
        ("nlp.llm/kv-cache-worked", "nlp.inference/kv-cache-worked"),
        ("nlp.llm/kv-cache-per-token", "dl.modern/kv-cache-per-token"),
        ("nlp.llm/trl-trainers", "nlp.posttrain/trl-trainers"),
        ("nlp.apps/tool-loop-completion", "nlp.agents/tool-loop-completion"),
    ):
        assert catalog.aliases()[old] == now


def test_the_paths_take_the_hours_they_state(catalog: Catalog) -> None:
    stated = {path["id"]: path["hours"] for path in tomli.loads((bundled_folder() / "paths.toml").read_text())["path"]}
    hours = {name: sum(catalog.units[unit].hours for unit in path.units) for name, path in catalog.paths.items()}
    assert stated == hours
    assert hours["core"] == 584
    assert hours["engineer"] == 610


def test_the_readme_states_the_units_and_hours_of_the_core_year(catalog: Catalog) -> None:
    core = catalog.paths["core"].units
    assert (len(core), sum(catalog.units[unit].hours for unit in core)) == (59, 584)
    assert len(ALL_UNITS) - len(FIELD) - len(core) == 44
    readme = (HERE.parents[1] / "README.md").read_text(encoding="utf-8")
    assert "Fifty-nine core units, 584 hours" in readme
    assert "Forty-four more" in readme
    goal = catalog.paths["core"].goal
    assert "all 59 core units, 584 hours" in goal


def test_work_that_moved_to_another_unit_is_kept(catalog: Catalog) -> None:
    moved = {
        "prog.py.basics/csv-summary-cli": "prog.py.design/csv-summary-cli",
        "start.learn/survey-a-subject": "start.why/survey-a-subject",
        "math.calc.multivar/softmax-gradients-sum": "dl.nn/softmax-logit-gradient",
    }
    assert {old: catalog.aliases().get(old) for old in moved} == moved


def test_the_reading_lists_are_whole(catalog: Catalog) -> None:
    papers = catalog.papers()
    planned = (HERE / "papers.txt").read_text(encoding="utf-8").split()
    assert len(planned) == 123
    assert {f"arxiv:{name}" for name in planned} <= papers.keys()
    for paper in papers.values():
        assert paper.authors, paper.id
        assert paper.why, paper.id
        assert paper.subject in catalog.subjects(), paper.id
        assert paper.units, paper.id
        assert paper.year, paper.id
        if paper.id.startswith("arxiv:"):
            # The first digits of an arXiv id are year and month of the first version.
            assert paper.year == 2000 + int(paper.id[6:8]), paper.id
        else:
            assert paper.venue, paper.id


CHECKLISTS = (
    "project-workflow", "system-design", "engineering-skills", "portfolio", "informational-interview",
    "interview-preparation", "mentor-steps", "hardware", "responsible-ml",
    "paper-pass-1", "paper-pass-2", "paper-pass-3", "choose-project", "search", "offer", "role-tools",
)  # fmt: skip


@pytest.mark.parametrize("name", CHECKLISTS)
def test_a_checklist(catalog: Catalog, name: str) -> None:
    checklist = catalog.checklist(name)
    assert checklist is not None
    assert len(checklist.items) >= 5


def test_the_six_questions_are_the_same_everywhere(catalog: Catalog) -> None:
    checklist = catalog.checklist("informational-interview")
    assert checklist is not None
    asked = [item.text.partition(". ")[2] for item in checklist.items if item.text[:1].isdigit()]
    assert len(asked) == 6
    task = catalog.item("career.search/six-questions")
    assert isinstance(task, Exercise)
    gaps = task.solution.partition("Gaps: ")[2].partition(".")[0].split("; ")
    for question, gap in zip(asked, gaps, strict=True):
        assert gap in question
    other = catalog.item("eng.roles/one-interview")
    assert isinstance(other, Exercise)
    assert "checklist informational-interview" in other.prompt


BUDGET = re.compile(r"\b(?!many)(\w+) minutes (?:of news )?a week\b", re.IGNORECASE)


def test_the_news_have_one_budget(catalog: Catalog) -> None:
    """Thirty minutes a week, wherever news and feeds are given time."""
    written = [entry.note for entry in catalog.field("field")]
    for name in ("field.who", "field.where", "career.habits"):
        written += catalog.text(name).objectives
        items = [catalog.item(head.id) for head in catalog.items(name)]
        written += [part for item in items for part in item or () if isinstance(part, str)]
    found = [number.lower() for part in written for number in BUDGET.findall(part)]
    assert len(found) >= 6
    assert set(found) == {"thirty", "30"}


def test_the_field_can_be_browsed(catalog: Catalog) -> None:
    kinds = Counter(entry.kind for entry in catalog.field("field"))
    assert set(kinds) == {"group", "person", "venue", "news"}
    assert min(kinds.values()) >= 10
    assert all(entry.note for entry in catalog.field("field"))


def test_python_cards_print_what_they_expect(catalog: Catalog) -> None:
    cards = [item for item in catalog.all_items() if isinstance(item, Card) and item.form == "code"]
    cards += [card for unit in catalog.units for card in catalog.text(unit).pretest if card.code]
    for card in [card for card in cards if card.language == "python"]:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(card.code, {"__name__": "__main__"})
        assert printed.getvalue().strip() == card.answer.strip(), card.id


def test_no_text_shows_latex_or_hides_a_character(catalog: Catalog) -> None:
    for item in catalog.all_items():
        texts = [part for part in item if isinstance(part, str)]
        for text in texts:
            assert unicodedata.is_normalized("NFC", text), item.id
            if isinstance(item, Card) and not item.code:
                assert not re.search(r"\\(frac|lambda|begin|mathbf|sum|sqrt)", text), item.id
