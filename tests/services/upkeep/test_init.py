"""`init`: a few answers, from options or questions, that one undo takes back."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from mlcoach.adapters.setup_words import minutes_in_words, read_minutes, read_slot, slot_in_words
from mlcoach.errors import UsageError
from tests.conftest import Compiled, Program


@pytest.fixture
def bundled(tmp_path: Path, compiled_bundle: Compiled, bundled_content: None) -> Program:
    """The program with its own curriculum, in an empty home."""
    compiled_bundle.copy_to(tmp_path / "home")
    return Program(tmp_path / "home")


def data(result: Any) -> dict[str, Any]:
    return dict(json.loads(result.out)["data"])


def config(mlcoach: Program) -> dict[str, Any]:
    return tomllib.loads(mlcoach.config.read_text())


# Reading answers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "week"),
    [
        ("90", [90] * 7),
        ("1h30m", [90] * 7),
        ("60 sat=3h sun=0", [60] * 5 + [180, 0]),
        ("1h on weekdays", [60] * 5 + [0] * 2),
        ("1 h on weekdays and 3h at the weekend", [60] * 5 + [180] * 2),
        ("90, off on weekends", [90] * 5 + [0] * 2),
        ("60, saturday=180, sun=off", [60] * 5 + [180, 0]),
        ("60 60 60 60 60 180 0", [60] * 5 + [180, 0]),
        ("0", [0] * 7),
    ],
)
def test_minutes_are_one_number_or_seven_with_exceptions(words: str, week: list[int]):
    assert list(read_minutes(words)) == week
    assert read_minutes(minutes_in_words(tuple(week))) == tuple(week)


@pytest.mark.parametrize("words", ["", "60 90", "sat=60", "60 foo=3", "60 s=3", "-5", "25h", "lots", "1 2 3 4 5 6 7 8"])
def test_other_minutes_are_refused(words: str):
    with pytest.raises(UsageError):
        read_minutes(words)


@pytest.mark.parametrize(
    ("words", "slot", "cue"),
    [
        ("20:00", "20:00", ""),
        ("at 7:30", "07:30", ""),
        ("after dinner, at 20:00", "20:00", "after dinner"),
        ("20.15 after the news", "20:15", "after the news"),
        ("after dinner, 8pm", "20:00", "after dinner"),
        ("12am", "00:00", ""),
        ("12:30 pm", "12:30", ""),
        ("after dinner", "19:00", "after dinner"),
        ("after 2 coffees, at 9:00", "09:00", "after 2 coffees"),
    ],
)
def test_a_slot_is_a_time_and_what_it_follows(words: str, slot: str, cue: str):
    assert read_slot(words, "19:00") == (slot, cue)
    assert read_slot(slot_in_words(slot, cue), "19:00") == (slot, cue)


@pytest.mark.parametrize("words", ["25:00", "20:75", "13pm", "at 20:00 \x1b[31m", "long " * 60])
def test_other_slots_are_refused(words: str):
    with pytest.raises(UsageError):
        read_slot(words, "20:00")


# The command ----------------------------------------------------------------------------------------------------


def test_yes_takes_the_defaults(mlcoach: Program):
    view = data(mlcoach("init --yes --json"))
    assert (view["path"], view["minutes"], view["floor"], view["slot"]) == ("core", [120] * 7, 20, "20:00")
    assert config(mlcoach) == {"path": "core", "goal": 120, "floor": 20, "slot": "20:00"}
    before = mlcoach.files()
    assert "nothing was changed" in mlcoach("init --yes").out
    assert mlcoach.files() == before


def test_options_answer_without_a_terminal(mlcoach: Program):
    mlcoach("init --path taste --minutes '60 sat=3h' --slot 'after dinner, at 20:30' --floor 15 --known nothing")
    assert config(mlcoach) == {
        "path": "taste", "goal": 60, "floor": 15, "slot": "20:30", "cue": "after dinner", "weekday": {"sat": 180}
    }  # fmt: skip


@pytest.mark.parametrize("line", ["init", "init --path core", "init --minutes 60 --slot 20:00"])
def test_without_a_terminal_what_is_not_given_needs_yes(mlcoach: Program, line: str):
    result = mlcoach(line, expect=2)
    assert "--yes" in result.err
    assert mlcoach.files() == set()


def test_what_is_known_is_skipped_and_the_plan_follows(mlcoach: Program):
    view = data(mlcoach("init --yes --json --known 'start, math.la.vectors'"))
    assert view["skipped"] == ["start.why", "start.learn", "start.setup", "math.la.vectors"]
    units = {block["unit"] for block in data(mlcoach("today --json"))["blocks"]}
    assert not units & set(view["skipped"])
    assert data(mlcoach("init --yes --json --known start"))["skipped"] == []


def test_the_first_day_has_the_goal_that_was_chosen(mlcoach: Program):
    mlcoach("init --yes --minutes 60 --known start")
    mlcoach("log 30m")
    assert data(mlcoach("today --json"))["minutes"] == {"goal": 60, "floor": 20, "done": 30, "left": 30, "running": 0}


def test_one_undo_takes_all_of_it_back(mlcoach: Program):
    mlcoach.write("config/config.toml", "# mine\ngoal = 45\n")
    plan = mlcoach("today --json").out
    mlcoach("init --yes --minutes 60 --known start")
    assert mlcoach.config.read_text().startswith("# mine\ngoal = 60\n")
    mlcoach("undo")
    assert mlcoach.config.read_text() == "# mine\ngoal = 45\n"
    assert mlcoach("today --json").out == plan
    assert data(mlcoach("undo --list --json"))["steps"] == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("--path cor", 3, "did you mean `core`?"),
        ("--path qqqq", 3, "the paths are core"),
        ("--minutes 25h", 2, "over 24 h"),
        ("--slot 25:00", 2, "time of day"),
        ("--floor 0", 2, "from 1 to 1440"),
        ("--known strat", 3, "did you mean `start`, Start?"),
    ],
)
def test_a_bad_answer_changes_nothing(mlcoach: Program, words: str, code: int, said: str):
    assert said in mlcoach(f"init --yes {words}", expect=code).err
    assert mlcoach.files() == set()


def test_questions_have_defaults_and_are_asked_again_after_a_bad_answer(mlcoach: Program):
    result = mlcoach("init", tty=80, stdin="cor\n\n60\n\n\nstart.why\n\n\n")
    assert "no path `cor`" in result.err
    for question in (
        "Which path (`? 2` explains it)? [core]",
        "Minutes a day (such as `90`, or `2h mon-fri, sat 3h`)? [2h]",
        "When, and after what (such as `after dinner, at 20:00`)? [at 20:00]",
        "[20]",
        "[nothing]",
    ):
        assert question in result.err
    assert config(mlcoach) == {"path": "core", "goal": 60, "floor": 20, "slot": "20:00"}
    assert "Known  1 unit: Goal, role and reasons" in result.err


def test_answers_given_before_are_the_defaults(mlcoach: Program):
    mlcoach("init --yes --minutes '60 sun=0' --slot 'after dinner, 8pm' --floor 15")
    result = mlcoach("init", tty=80, stdin="\n" * 7)
    assert "sat 3h`)? [1h sun=0]" in result.err
    assert "[after dinner, at\n20:00]" in result.err
    assert "nothing was changed" in result.out


def test_leaving_in_the_middle_changes_nothing(mlcoach: Program):
    mlcoach("init", tty=80, stdin="core\n60\n", expect=130)
    assert mlcoach.files() == set()


def test_one_can_go_back_and_change_an_answer_before_anything_is_written(mlcoach: Program):
    lines = ["core", "90", "back", "60", "", "", "nothing", "", "4", "15", "y"]
    result = mlcoach("init", tty=80, stdin="".join(f"{line}\n" for line in lines))
    assert result.err.count("Minutes a day (") == 2
    assert result.err.index("Understood:") < result.err.index("Save it?")
    assert (config(mlcoach)["goal"], config(mlcoach)["floor"]) == (60, 15)


def test_what_was_understood_can_be_thrown_away(mlcoach: Program):
    assert "nothing was changed" in mlcoach("init", tty=80, stdin="\n" * 6 + "n\n", expect=130).err
    assert mlcoach.files() == set()


def test_a_name_for_several_is_asked_about_instead_of_refused(mlcoach: Program):
    result = mlcoach("init --yes --known basics", tty=80, stdin="2\n")
    assert "1  math.prob.basics  Probability and Bayes" in result.err
    assert "Known  1 unit: Python" in result.out


def test_times_and_days_are_understood_as_people_say_them(mlcoach: Program):
    view = data(mlcoach("init --yes --json --slot 'after dinner at half past seven' --by 'in a year'"))
    assert (view["slot"], view["cue"], view["by"]) == ("19:30", "after dinner", "2027-11-23")
    assert data(mlcoach("init --yes --json --by 'end of 2027'"))["by"] == "2027-12-31"
    assert data(mlcoach("init --yes --json --by 'by June'"))["by"] == "2027-05-31"
    assert "which month do you mean?" in mlcoach("init --yes --by 'next summer'", expect=2).err


ALGEBRA = ["math.la.vectors", "math.la.systems", "math.la.orthogonal", "math.la.eigen"]


@pytest.mark.parametrize(
    ("said", "units"),
    [
        ("I know vectors", ["math.la.vectors"]),
        ("i've already learned linear algebra", ALGEBRA),
        ("Linear algebra, but no vectors", ALGEBRA[1:]),
        ("linear algebra and start, not eigen", ["start.why", "start.learn", "start.setup", *ALGEBRA[:3]]),
        ("linear algebra and some start, not eigen", ALGEBRA[:3]),
        ("Vectors, matrices, linear maps", ["math.la.vectors"]),
        ("nothing", []),
    ],
)
def test_what_is_known_is_understood_as_people_say_it(mlcoach: Program, said: str, units: list[str]):
    assert data(mlcoach(f"init --yes --json --known '{said.replace(chr(39), '’')}'"))["skipped"] == units


PYTHON = ["prog.py.basics", "prog.py.design", "prog.py.data"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("said", "named", "hinted"),
    [
        ("python", ["prog.py.basics", "prog.py.design"], ["prog.py.data"]),
        ("sql", [], ["eng.data"]),
        ("pandas numpy", [], ["prog.py.data"]),
        ("python, prog.py.data", ["prog.py.basics", "prog.py.design", "prog.py.data"], []),
        ("NumPy, pandas, plotting, notebooks", ["prog.py.data"], []),
        ("calculus", ["math.calc.derivatives", "math.calc.integrals", "math.calc.multivar", "math.calc.ode"], []),
        ("prog.py", ["prog.py.basics", "prog.py.design", "prog.py.data"], []),
        ("school mathematics, some python", ["math.pre.refresh"], PYTHON),
        ("a little python", [], PYTHON),
        ("python, rusty", [], PYTHON),
        ("python (a bit), school mathematics", ["math.pre.refresh"], PYTHON),
        ("rusty statistics", [], ["math.stats.describe", "math.stats.inference", "math.stats.likelihood"]),
        ("a bit of python but no statistics", [], PYTHON),
        ("some school maths long ago, a bit of python from a free course", [], ["math.pre.refresh", *PYTHON]),
        (
            "school mathematics at school, years ago, and python at work",
            ["prog.py.basics", "prog.py.design"],
            ["math.pre.refresh", "prog.py.data"],
        ),
        ("i learned python 10 years ago from a book", [], PYTHON),
        ("python on my own, a wibble of wobble", ["prog.py.basics", "prog.py.design"], ["prog.py.data"]),
        ("the basics of python and python", ["prog.py.basics", "prog.py.design"], ["prog.py.data"]),
    ],
)
def test_a_word_passes_no_more_than_it_names(bundled: Program, said: str, named: list[str], hinted: list[str]):
    view = data(bundled(f"init --yes --json --known '{said}'"))
    assert (sorted(view["skipped"]), view["hinted"]) == (sorted(named), hinted)


@pytest.mark.slow
def test_a_word_that_is_not_understood_is_said_and_left_out(bundled: Program):
    shown = bundled("init --yes --known 'a bit of python, wibbles'")
    assert "not understood, and left out: wibbles" in shown.err and "did you mean" not in shown.err
    asked = bundled("init", tty=80, stdin="\n\n\n\nwibbles long ago\nwibbles, python\n\n\n").err
    assert "error: not understood: wibbles" in asked and "did you mean" not in asked
    assert "not understood, and left out: wibbles" in asked


@pytest.mark.parametrize("said", ["some", "a bit of", "a little", "rusty", "python, and some of the basics of"])
def test_a_small_word_is_never_the_name_of_a_unit(bundled: Program, said: str):
    result = bundled(f"init --yes --known '{said}'", expect=None)
    assert "nlp" not in result.screen and "Known" not in result.out
    assert result.code == (0 if "python" in said else 2)


def test_what_is_known_is_told_by_its_titles(bundled: Program):
    shown = " ".join(bundled("init --yes --known 'school mathematics, some python'").out.split())
    assert "Known 1 unit: School mathematics refresh" in shown
    assert "Partly 3 units: Python fundamentals; Python as software; NumPy, pandas" in shown
    assert "math.pre" not in shown


def test_what_a_word_only_bears_on_is_kept_and_makes_placement_think_it_likelier(bundled: Program):
    from mlcoach.services.context import Context
    from mlcoach.services.placement.place import look
    from mlcoach.services.placement.scope import scope_of

    def belief() -> float:
        context = Context({"MLCOACH_HOME": str(bundled.home), "MLCOACH_NOW": bundled.now.isoformat()})
        said = look(context, scope_of(context, ())).said["prog.py.data"]
        context.close()
        assert said.verdict == "kept"
        return said.probability

    before = belief()
    result = bundled("init --yes --known pandas")
    assert "Partly 1 unit: NumPy, pandas" in result.out and "mlcoach place" in result.out
    assert belief() > before
    bundled("undo")
    assert belief() == before


def test_the_last_screen_says_when_the_path_ends_at_these_minutes(bundled: Program):
    def ends(line: str) -> tuple[str, str]:
        view = data(bundled(f"init --yes --json {line}"))
        return view["finish"]["likely"], next(
            text for text in bundled(f"init --yes {line}").out.splitlines() if text.startswith("Ends ")
        )

    slow, quick = ends("--minutes 60"), ends("--minutes 120")
    assert quick[0] < slow[0]
    assert data(bundled("forecast --json"))["finish"]["likely"] == quick[0]
    assert "around " in quick[1] and "h of units" in quick[1]
    assert "no end in sight" in " ".join(bundled("init --yes --minutes 0").out.split())


def test_a_path_can_be_known_by_its_id_or_title(mlcoach: Program):
    by_id = data(mlcoach("init --yes --json --known core"))["skipped"]
    mlcoach("undo")
    assert len(by_id) > 3
    title = next(one["title"] for one in data(mlcoach("curriculum list --json"))["paths"] if one["id"] == "core")
    assert data(mlcoach(f"init --yes --json --known '{title}'"))["skipped"] == by_id


def test_after_its_questions_init_offers_placement_and_a_closed_input_is_a_no(mlcoach: Program):
    answers = "\n" * 6 + "y\n"
    shown = mlcoach("init", tty=80, stdin=answers)
    assert "15 to 30 questions find out" in " ".join(shown.err.split())
    assert "mlcoach place" in shown.err
    begun = mlcoach("init", tty=80, stdin=answers + "y\n?\x03", expect=130)
    assert "question 1, 30 at most" in begun.out
    assert "Your answers are saved" in begun.err


@pytest.mark.parametrize(
    "said",
    ["data scientist interview in eight weeks", "interview by 18 Jan", "Before interviews, in 8 weeks", "interview"],
)
def test_a_path_and_its_day_are_understood_in_one_sentence(bundled: Program, said: str):
    view = data(bundled(f"init --yes --json --path '{said}'"))
    assert view["path"] == "interview"
    assert view["by"] == (None if said == "interview" else "2027-01-18")
    goal = data(bundled("goal --json"))
    assert goal["by"] == view["by"]


def test_init_asks_for_a_day_and_says_in_a_line_what_fits(bundled: Program):
    shown = bundled("init", tty=80, stdin="interview\n100\n\n\n\nin eight weeks\ny\nn\n")
    assert "By when must it be done (such as `in 8 weeks`, `1 Feb`)? [no date]" in shown.err
    said = " ".join(shown.err.split())
    there, needed = (data(bundled("goal --json"))[name] for name in ("hours_there", "hours_left"))
    assert f"Goal by 18 Jan 2027: {there:.0f}h of its {needed:.0f}h fit" in said
    assert "(245h by its authors, counted 1.15 times until your pace is known)" in said
    assert "the day of the goal" not in bundled("init --yes --minutes 60").err, "asked again it stays as it is"
    assert data(bundled("goal --json"))["by"] == "2027-01-18"


@pytest.mark.parametrize("by", ["yesterday", "2020-01-01", "30 feb", "soon", "in 900 months"])
def test_a_day_that_cannot_be_is_refused(mlcoach: Program, by: str):
    assert mlcoach(f"init --yes --by '{by}'", expect=2).err.startswith("error:")
    assert mlcoach.files() == set()


@pytest.mark.parametrize("width", [40, 80])
def test_the_paths_fit_a_screen_of_twenty_rows(bundled: Program, width: int):
    shown = bundled("init", tty=width, stdin="", expect=130).err
    assert len(shown.splitlines()) <= 20
    assert "frontier" in shown and "After the core" in shown


def test_a_path_says_what_it_takes_as_known(bundled: Program):
    paths = {one["id"]: one for one in data(bundled("curriculum list --json"))["paths"]}
    assert paths["frontier"]["after"] == "core" and paths["frontier"]["granted"] > 300
    assert (paths["core"]["after"], paths["core"]["granted"]) == ("", 0)
    said = f"after {paths['frontier']['granted']:.0f}h of core"
    assert said in bundled("curriculum list", tty=100).out
    assert said.removeprefix("after ") in bundled("init", tty=100, stdin="core\n", expect=130).err


def test_the_example_of_practice_is_of_a_unit_that_a_newcomer_has_and_runs(bundled: Program):
    from mlcoach.cli.practice import EXAMPLE

    item = EXAMPLE.split()[-1]
    first = [unit["id"] for unit in data(bundled("curriculum show core --json"))["path"]["units"]][:10]
    assert item.partition("/")[0] in first
    assert item.rpartition("/")[2] in bundled(f"practice {item}").out


def test_sentences_are_read_and_rusty_is_only_a_hint(bundled: Program):
    said = "I am a physicist. I know calculus and linear algebra well, but my statistics is rusty, and a little python"
    view = data(bundled(f"init --yes --json --known '{said}'"))
    assert {unit.rpartition(".")[0] for unit in view["skipped"]} == {"math.calc", "math.la"}
    assert {unit.rpartition(".")[0] for unit in view["hinted"]} == {"math.stats", "prog.py"}
