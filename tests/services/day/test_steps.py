"""Units are walked in steps: what is open, what is under way, and what one word does."""

import json
from datetime import date

import pytest

from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services.context import Context
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day import done, log, steps, timer, units
from mlcoach.services.day.today import today
from mlcoach.services.review import grade
from mlcoach.services.review.new_cards import released
from tests.conftest import Program

UNIT = "math.la.vectors"


@pytest.fixture
def context(mlcoach: Program) -> Context:
    environment = {"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()}
    return Context(environment, "test")


def open_ids(context: Context) -> list[str]:
    state = unit_progress(context).states.get(UNIT)
    return [step.id for step in steps.open_steps(context, UNIT, state)]


def test_steps_are_finished_skipped_and_opened_again(context: Context) -> None:
    first, second, *_ = every = open_ids(context)
    done.mark_step(context, first, "done", context.today)
    done.mark_step(context, second, "skipped", context.today)
    assert open_ids(context) == every[2:]
    done.mark_step(context, first, "open", context.today)
    assert open_ids(context) == [first, *every[2:]]


def test_a_step_begins_its_unit_and_an_answer_alone_does_not(context: Context) -> None:
    card = next(head.id for head in context.catalog.items(UNIT) if head.kind == "card")
    grade.grade(context, card, "good", 5, context.today)
    assert unit_progress(context).status[UNIT] == ""
    done.mark_step(context, open_ids(context)[0], "done", context.today)
    assert unit_progress(context).status[UNIT] == "learning"


def test_an_exercise_is_done_by_its_answer_and_its_time_is_the_units(context: Context) -> None:
    exercise = next(step.id for step in context.catalog.steps(UNIT) if step.kind == "exercise")
    grade.grade(context, exercise, "good", 1200, context.today)
    assert exercise not in open_ids(context)
    assert context.store.units()[UNIT].seconds == 1200
    assert context.store.day(context.today).seconds == 1200, "of the day it counts once"
    done.mark_step(context, exercise, "open", context.today)
    assert exercise in open_ids(context)
    grade.grade(context, exercise, "good", 600, context.today)
    assert exercise not in open_ids(context)


def test_time_since_the_last_step_shortens_the_next_and_never_to_nothing(context: Context) -> None:
    first = open_ids(context)[0]
    done.mark_step(context, first, "done", context.today)
    whole = steps.open_steps(context, UNIT, unit_progress(context).states[UNIT])[0].minutes
    log.log_study(context, 10, UNIT, context.today, "")
    assert steps.open_steps(context, UNIT, unit_progress(context).states[UNIT])[0].minutes == whole - 10
    log.log_study(context, 600, UNIT, context.today, "")
    assert steps.open_steps(context, UNIT, unit_progress(context).states[UNIT])[0].minutes == min(whole, 25)


def test_one_word_finishes_the_step_under_way(context: Context) -> None:
    with_timer = timer.start(context, UNIT)
    assert with_timer.step is not None
    assert done.current_step(context) == with_timer.step.id
    timer.cancel(context)
    planned = next(block.step for block in today(context).blocks if block.step)
    assert done.current_step(context) == planned.id


def test_the_timer_alone_begins_what_comes_next(context: Context) -> None:
    first = next(block for block in today(context).blocks if block.unit)
    assert timer.start(context, "").timer.what == first.unit


def test_without_a_name_the_step_is_of_the_unit_that_had_time_last(context: Context) -> None:
    log.log_study(context, 60, "prog.py.basics", context.today, "")
    log.log_study(context, 30, UNIT, context.today, "")
    assert done.current_step(context) == open_ids(context)[0]


def test_a_block_ticked_by_its_minutes_leaves_its_step_to_the_next_one(context: Context) -> None:
    ticked, after = (block for block in today(context).blocks if block.unit == UNIT)
    assert ticked.step and after.step and (ticked.step.n, after.step.n) == (1, 2)
    log.log_study(context, ticked.minutes, UNIT, context.today, "")
    ticked, after = (block for block in today(context).blocks if block.unit == UNIT)
    assert ticked.done and after.step and after.step.n == 1


def test_time_and_step_of_one_stop_are_taken_back_together(mlcoach: Program, context: Context) -> None:
    mlcoach(f"start {UNIT}")
    mlcoach.later(minutes=20)("stop --done")
    assert len(open_ids(context)) == len(context.catalog.steps(UNIT)) - 1
    mlcoach("undo")
    assert UNIT not in unit_progress(Context(context.environment, "test")).states


def test_a_step_is_named_by_its_unit_and_last_part(context: Context) -> None:
    step = open_ids(context)[1]
    assert steps.resolve_step(context, step.replace("math.la.", "")).id == step
    with pytest.raises(NotFoundError, match="no step"):
        steps.resolve_step(context, f"{UNIT}/nowhere")
    with pytest.raises(NotFoundError):
        done.mark_step(context, "math.la.nowhere/recall", "done", context.today)


def test_undo_takes_a_step_back(mlcoach: Program, context: Context) -> None:
    before = open_ids(context)
    mlcoach(f"done {before[0]}")
    context.close()
    mlcoach("undo")
    again = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()}, "test")
    assert open_ids(again) == before


class TestPassing:
    def test_before_its_cards_are_known_a_unit_is_passed_with_a_remainder(self, context: Context) -> None:
        view = units.mark_unit(context, UNIT, "passed", context.today)
        assert view.remainder is not None
        cards = [head for head in context.catalog.items(UNIT) if head.kind == "card"]
        assert view.remainder.cards_unmet == len(cards)
        assert view.remainder.exercises
        assert unit_progress(context).status[UNIT] == "passed", "nothing is refused"

    def test_with_cards_known_and_the_last_exercise_done_nothing_remains(self, context: Context) -> None:
        for head in context.catalog.items(UNIT):
            grade.grade(context, head.id, "good", 5, context.today)
        assert units.mark_unit(context, UNIT, "passed", context.today).remainder is None

    def test_what_remains_comes_first_in_the_coming_days(self, mlcoach: Program, context: Context) -> None:
        units.mark_unit(context, UNIT, "passed", context.today)
        context.close()
        mlcoach.later(days=1)
        tomorrow = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()}, "test")
        blocks = today(tomorrow).blocks
        asked = [item for block in blocks for item in block.items]
        assert {item.partition("/")[0] for item in asked} == {UNIT}
        assert any(block.kind == "practice" for block in blocks)

    def test_a_unit_skipped_is_never_asked(self, mlcoach: Program, context: Context) -> None:
        units.mark_unit(context, UNIT, "skipped", context.today)
        context.close()
        mlcoach.later(days=1)
        tomorrow = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()}, "test")
        assert not [item for block in today(tomorrow).blocks for item in block.items]


def let_plans_be_without_steps(context: Context, applied: str) -> None:
    """Let the store be one of a release that knew no steps, upgraded at that time."""
    connection = context.writable_store().connection
    connection.execute("UPDATE migration SET applied = ? WHERE name = 'm006_steps'", (applied,))
    connection.execute("UPDATE day SET plan = replace(plan, '\"parts\":', '\"before_steps\":')")


class TestUnderWayBeforeSteps:
    """A store of a release that knew no steps: the hours on record say how far the learner is."""

    def test_the_readings_that_the_hours_reach_are_behind(self, context: Context) -> None:
        known = context.catalog.steps(UNIT)
        enough = sum(step.minutes for step in known[:2])
        log.log_study(context, enough + 1, UNIT, context.today, "")
        assert open_ids(context) == [step.id for step in known], "whoever knows steps says so"
        let_plans_be_without_steps(context, "2026-12-24T12:00:00+01:00")
        assert open_ids(context) == [step.id for step in known[2:]]

    def test_more_hours_than_the_unit_has_leave_what_must_be_done(self, context: Context) -> None:
        log.log_study(context, 1400, UNIT, context.today, "")
        let_plans_be_without_steps(context, "2026-12-24")
        kinds = {step.kind for step in steps.open_steps(context, UNIT, unit_progress(context).states[UNIT])}
        assert kinds == {"exercise", "recall"}


def test_no_step_is_under_way_where_all_is_passed(context: Context) -> None:
    for unit in context.catalog.units:
        units.mark_unit(context, unit, "skipped", date(2026, 11, 20))
    with pytest.raises(UsageError, match="no step is under way"):
        done.current_step(context)


def test_a_step_without_time_leaves_its_block_at_the_next_one(mlcoach: Program, context: Context) -> None:
    first, second, *_ = open_ids(context)
    result = mlcoach(f"done {first}")
    shown = " ".join(result.out.split())
    assert f"Hardly any time is recorded for it. If you studied: mlcoach log 30m {UNIT}" in shown
    assert f"\n  mlcoach log 30m {UNIT}\n" in result.out, "a command is not broken in two"
    block = next(block for block in today(again(context)).blocks if block.unit == UNIT)
    assert block.step is not None
    assert (block.done, block.done_minutes, block.step.id) == (False, 0, second)


def test_every_step_ticked_without_time_is_no_goal(mlcoach: Program, context: Context) -> None:
    for block in today(context).blocks:
        for part in block.parts:
            mlcoach(f"done {part.step}")
    mlcoach("log --note 'ticked it all'")
    view = today(again(context))
    assert not any(block.done for block in view.blocks if block.unit)
    assert view.streak.today == "open"


def test_minutes_of_a_step_are_recorded_with_it_and_taken_back_with_it(mlcoach: Program, context: Context) -> None:
    first = open_ids(context)[0]
    mlcoach(f"done {first} --minutes 25")
    assert (again(context).store.day(context.today).seconds, first in open_ids(again(context))) == (1500, False)
    mlcoach("undo")
    assert (again(context).store.day(context.today).seconds, first in open_ids(again(context))) == (0, True)
    assert "--minutes" in mlcoach(f"done {UNIT} --minutes 25", expect=2).err


@pytest.mark.parametrize(("answer", "minutes"), [("", 0), ("0", 0), ("1h", 60), ("long\n40", 40)])
def test_on_a_terminal_it_asks_how_long_a_step_without_time_took(
    mlcoach: Program, context: Context, answer: str, minutes: int
) -> None:
    first = steps.open_steps(context, UNIT, None)[0]
    shown = mlcoach(f"done {first.id}", stdin=f"{answer}\n", tty=80).screen
    asked = (
        f"Hardly any time is recorded for: {first.title}. How many minutes more did it take (0: none, q: leave)? [0]"
    )
    assert asked in " ".join(shown.split())
    assert again(context).store.day(context.today).seconds == 60 * minutes
    assert first.id not in open_ids(again(context))


def test_who_leaves_that_question_changes_nothing(mlcoach: Program, context: Context) -> None:
    first = open_ids(context)[0]
    assert "nothing was changed" in mlcoach(f"done {first}", stdin="q\n", tty=80).screen
    assert open_ids(again(context))[0] == first


def test_it_says_that_the_timer_goes_on(mlcoach: Program, context: Context) -> None:
    mlcoach(f"start {UNIT}")
    said = " ".join(mlcoach.later(minutes=30)(f"done {open_ids(context)[0]}").out.split())
    assert "The timer runs on; mlcoach stop ends it." in said
    mlcoach("stop")
    assert "The timer" not in mlcoach(f"done {open_ids(again(context))[0]}").out


def test_it_does_not_ask_where_time_is_on_record(mlcoach: Program, context: Context) -> None:
    first, second, third, *_ = open_ids(context)
    mlcoach(f"log 10m {UNIT}")
    mlcoach(f"done {first}", tty=80)
    mlcoach.later(days=1)(f"start {UNIT}")
    mlcoach(f"done {second}", tty=80)
    mlcoach.later(minutes=30)("stop", stdin="n\n", tty=80)
    mlcoach.later(days=1)(f"log 20m {UNIT}")
    mlcoach(f"done {third}", tty=80)
    assert again(context).store.units()[UNIT].seconds == 60 * 60


def again(context: Context) -> Context:
    """The same home, read anew: the context of a test knows nothing of what commands write."""
    return Context(context.environment, "test")


class TestNobodyFinishesAStepUnread:
    """An answer finishes an exercise's step; `done` behind it asks, or says what it did."""

    @pytest.fixture
    def answered(self, mlcoach: Program) -> Program:
        """The program after the first two steps of a unit, the second by an answer."""
        mlcoach("done start.why/before")
        shown = mlcoach("grade start.why/first-model good").out
        assert "Step 2 of 7 of Goal, role and reasons is finished; now step 3: " in shown
        return mlcoach

    def step(self, mlcoach: Program) -> int:
        now = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()}, "test")
        return steps.open_steps(now, "start.why", unit_progress(now).states["start.why"])[0].n

    def test_on_a_terminal_it_asks(self, answered: Program) -> None:
        assert "nothing was changed" in answered("done", tty=80, stdin="\n").err
        assert self.step(answered) == 3
        answered("done", tty=80, stdin="y\n\n")
        assert self.step(answered) == 4

    def test_elsewhere_it_says_what_it_did(self, answered: Program) -> None:
        said = " ".join(answered("done").out.split())
        assert (
            "was finished by your answer; nothing shows that this one was begun since" in said
            and "Undo: mlcoach undo" in said
        )
        answered("undo")
        assert self.step(answered) == 3

    def test_after_time_on_it_nobody_is_asked(self, answered: Program) -> None:
        answered.later(minutes=30)("log 25m start.why")
        assert "your answer" not in answered("done", tty=80).screen

    @pytest.mark.parametrize("minutes", [1, 18, 43])
    def test_a_timer_that_ran_through_the_answer_shows_nothing(self, mlcoach: Program, minutes: int) -> None:
        mlcoach("done start.why/before")
        mlcoach("start start.why")
        mlcoach.later(minutes=10)("grade start.why/first-model good")
        asked = mlcoach.later(minutes=minutes)("done", tty=80, stdin="\n").err
        assert "was finished by your answer." in asked and "nothing was changed" in asked
        assert self.step(mlcoach) == 3
        mlcoach("stop")
        assert "was finished by your answer." in mlcoach("done", tty=80, stdin="\n").err
        mlcoach("start start.why")
        assert "your answer" not in mlcoach.later(minutes=1)("done", tty=80).screen
        assert self.step(mlcoach) == 4

    def test_what_stop_finishes_on_a_terminal_is_asked_as_well(self, mlcoach: Program) -> None:
        mlcoach("done start.why/before")
        mlcoach("start start.why")
        mlcoach.later(minutes=10)("grade start.why/first-model good")
        asked = mlcoach.later(minutes=30)("stop --done", tty=80, stdin="\n")
        assert "was finished by your answer." in asked.err and "40m" in asked.out
        assert self.step(mlcoach) == 3
        mlcoach("undo")
        assert "nothing shows that this one was begun since" in " ".join(mlcoach("stop --done").out.split())
        assert self.step(mlcoach) == 4

    def test_it_names_what_finished_the_step_before(self, answered: Program) -> None:
        answered("reopen start.why/first-model")
        answered("done start.why/first-model", tty=80, stdin="\n")
        assert "was finished by your `done`." in answered("done", tty=80, stdin="\n").err

    def test_the_review_says_it_too(self, mlcoach: Program) -> None:
        shown = mlcoach("review --item start.why/first-model --plain", tty=80, stdin="   3").out
        assert "Step 2 of 7 of Goal, role and reasons is finished; now step 1: " in " ".join(shown.split())


def test_done_says_how_to_open_what_comes_next(mlcoach: Program) -> None:
    assert "mlcoach review --item start.why/first-model" in mlcoach("done start.why/before").out
    assert "mlcoach review --item start.why/first-model" in mlcoach("today").out


def test_the_closing_question_is_asked_where_its_step_is_finished(mlcoach: Program, context: Context) -> None:
    for step in open_ids(context)[:-1]:
        mlcoach(f"skip {step}")
    assert "say or write it down" in mlcoach(f"done {UNIT}/recall").out
    mlcoach("undo")
    shown = mlcoach(f"done {UNIT}/recall", tty=80, stdin="\n3\ny\n")
    assert shown.out.count("say or write it down") == 1 and "✓ Passed: " in shown.out
    mlcoach("undo")
    assert "✓ Finished: " in mlcoach(f"done {UNIT}/recall", tty=80, stdin="\n3\nn\n").out
    assert unit_progress(Context(context.environment, "test")).status[UNIT] == "learning"


def test_a_unit_with_open_steps_is_asked_about_and_elsewhere_passed_with_a_word(mlcoach: Program) -> None:
    asked = mlcoach(f"done {UNIT}", tty=80, stdin="n\n")
    assert "7 steps are open (" in asked.err and "nothing was changed" in asked.err
    assert not json.loads(mlcoach("undo --list --json").out)["data"]["steps"]
    shown = mlcoach(f"done {UNIT}").out
    assert "7 steps are open (" in shown and "Undo: mlcoach undo" in shown


def test_nothing_counts_twice_within_a_running_timer(mlcoach: Program) -> None:
    minutes = lambda: json.loads(mlcoach("status --json").out)["data"]["minutes"]["done"]  # noqa: E731
    mlcoach(f"start {UNIT}")
    mlcoach.later(minutes=20)
    assert "The day: 0:00 of" in mlcoach('log --note "bases clicked"').out
    mlcoach(f"done {UNIT}/before --minutes 15")
    mlcoach("stop")
    assert minutes() == 20


def test_cards_come_no_faster_than_the_steps_of_their_unit_are_done(context: Context) -> None:
    cards = [head.id for head in context.catalog.items(UNIT) if head.kind == "card"]
    first, reading, *_ = open_ids(context)
    done.mark_step(context, first, "done", context.today)
    log.log_study(context, 600, UNIT, context.today, "")
    met = [head.id for head in released(context, UNIT, unit_progress(context))]
    assert met == cards[: len(met)] and 0 < len(met) < len(cards) / 2, "ten hours on one reading are one reading"
    done.mark_step(context, reading, "done", context.today)
    assert [head.id for head in released(context, UNIT, unit_progress(context))] == met


def test_a_timer_alone_brings_no_cards_of_what_is_being_read(mlcoach: Program) -> None:
    """Somebody who answered one exercise elsewhere, and is not through the first reading here."""
    mlcoach("grade start.why/first-model good")
    mlcoach("start start.setup")
    mlcoach.later(minutes=52)("stop", tty=80, stdin="n\n")
    later = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()}, "test")
    assert released(later, "start.setup", unit_progress(later)) == []
    mlcoach("done start.setup/empty-folder-to-commit")
    assert released(later, "start.setup", unit_progress(later)) == [], "it taught none of them"
    mlcoach("done start.setup/missing-semester-shell")
    later = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()}, "test")
    assert released(later, "start.setup", unit_progress(later))
    mlcoach("log 5h math.la.vectors")
    later = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()}, "test")
    assert released(later, "math.la.vectors", unit_progress(later)) == [], "who says so elsewhere says so here"


def test_who_never_says_that_a_step_is_done_meets_cards_after_the_first_reading(mlcoach: Program) -> None:
    def met() -> int:
        now = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()}, "test")
        return len(released(now, "start.setup", unit_progress(now)))

    mlcoach("log 52m start.setup")
    assert met() == 0
    mlcoach("log 107m start.setup")
    assert met() == 0, "a minute less than what leads to the end of the first reading"
    mlcoach("log 1m start.setup")
    assert met() > 0


@pytest.mark.parametrize(
    "words", ["start.why step 2", "start.why, step 2", "'Goal, role and reasons' step 2", "step 2", "the step 2"]
)
def test_a_step_may_be_named_by_its_number(mlcoach: Program, words: str) -> None:
    mlcoach("log 5m start.why")
    second = json.loads(mlcoach("done start.why/before --json").out)["data"]["next"]["id"]
    assert json.loads(mlcoach(f"done {words} --json").out)["data"]["step"] == second
    assert "has no step 99" in mlcoach("skip start.why step 99", expect=3).err
    assert "on Goal, role and reasons" in mlcoach("start start.why step 3").screen


def test_the_answer_to_the_closing_question_is_asked_in_words_first_and_kept(mlcoach: Program) -> None:
    shown = mlcoach(f"done {UNIT}", tty=80, stdin="y\nA matrix moves the plane.\n3\n")
    assert shown.err.index("own words") < shown.err.index("kept as a note of the unit\n") < shown.err.index("1 again")
    assert shown.out.index("say or write it down") < shown.out.index("To compare: ") < shown.out.index("Passed: ")
    assert "A matrix moves the plane." in mlcoach("log --full").out
    found = json.loads(mlcoach("note search moves --json").out)["data"]["hits"]
    assert [hit["text"] for hit in found] == ["A matrix moves the plane."]
    mlcoach("undo")
    assert "moves" not in mlcoach("log --full").out


def test_words_in_the_place_of_the_number_are_kept_too_and_nothing_is_noted_for_none(mlcoach: Program) -> None:
    shown = mlcoach(f"done {UNIT}", tty=80, stdin="y\n\nRows are equations.\nx\n2\n")
    assert shown.err.count("kept as a note of the unit\n") == 1
    assert shown.err.count("write a number from 1 to 4") == 2
    assert "Rows are equations." in mlcoach("log --full").out
    mlcoach("undo")
    mlcoach(f"done {UNIT}", tty=80, stdin="y\n\n3\n")
    assert "Nothing logged yet" in mlcoach("log").out


def test_a_passed_unit_names_no_next_step(mlcoach: Program) -> None:
    context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()}, "test")
    exercise = next(step.id for step in context.catalog.steps(UNIT) if step.kind == "exercise")
    context.close()
    assert json.loads(mlcoach(f"grade {exercise} good --seconds 600 --json").out)["data"]["step"]["next"]
    mlcoach("undo")
    mlcoach(f"done {UNIT} --no-questions")
    graded = json.loads(mlcoach(f"grade {exercise} good --seconds 600 --json").out)["data"]["step"]
    assert (graded["passed"], graded["next_n"], graded["next"], graded["opens"]) == (True, 0, "", "")
    mlcoach("undo")
    said = " ".join(mlcoach(f"grade {exercise} good --seconds 600").out.split())
    assert "is finished; the unit is passed already." in said
    assert "now step" not in said and "Pass it" not in said
    mlcoach(f"start {UNIT}")
    mlcoach.later(minutes=20)
    stopped = mlcoach("stop", tty=80, stdin="y\n")
    assert "is it finished?" not in stopped.err + stopped.out


def test_done_finishes_no_step_of_a_passed_unit_while_its_timer_runs(mlcoach: Program) -> None:
    mlcoach(f"start {UNIT}")
    mlcoach(f"done {UNIT} --no-questions")
    said = mlcoach("done", expect=2).err
    assert "is passed already, and its timer runs on" in said and "mlcoach stop" in said
