"""What a path takes for granted and its learner does not know: it can be put into the plan."""

from tests.conftest import Program
from tests.services.placement.test_place import data
from tests.services.placement.test_place import program as program
from tests.services.placement.test_place import wood as wood

TALL = 'schema = 1\n[[path]]\nid = "tall"\ntitle = "Tall trees"\ngoal = "up"\nunits = ["wood.leaf"]\n'
TALL += 'known = ["wood.seed", "wood.root", "wood.trunk"]\n'
DO_NOT_KNOW = "??"  # to both questions, of which the second is on what the first builds on


def walks_tall(program: Program) -> None:
    program.write("config/curriculum/tall.toml", TALL)
    program("config set path tall")


def units_of_the_plan(program: Program) -> list[str]:
    program.later(days=1)
    return [block["unit"] for block in data(program, "today")["blocks"] if block["unit"]]


def test_placement_asks_whether_to_learn_what_is_taken_for_granted(program: Program) -> None:
    walks_tall(program)
    shown = program("place", tty=80, stdin=DO_NOT_KNOW + "all\n")
    assert "Your path takes these for granted" in shown.err and "The seed, 5h" in shown.err
    assert data(program, "config get also")["value"] == ["wood.seed", "wood.root", "wood.trunk"]
    assert units_of_the_plan(program)[0] == "wood.seed"


def test_of_these_some_can_be_chosen_or_none(program: Program) -> None:
    walks_tall(program)
    program("place", tty=80, stdin=DO_NOT_KNOW + "\n")
    assert data(program, "config get also")["value"] == []
    assert "wood.seed" not in units_of_the_plan(program)


def test_what_the_setting_names_is_walked_before_what_needs_it(program: Program) -> None:
    walks_tall(program)
    assert "no unit" in program("config set also oak", expect=3).err
    program("config set also trunk")
    assert data(program, "config get also")["value"] == ["wood.trunk"]
    assert units_of_the_plan(program)[0] == "wood.trunk"
    program("config unset also")
    assert units_of_the_plan(program)[0] == "wood.leaf"


def test_about_a_part_nothing_of_the_kind_is_asked(program: Program) -> None:
    walks_tall(program)
    shown = program("place wood.leaf", tty=80, stdin="? ? ? ? ").err
    assert "for granted" not in shown
