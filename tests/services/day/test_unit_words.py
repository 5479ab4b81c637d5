"""A word that fits several units: what is under way or on the path comes first, and nothing is chosen in silence."""

import json

import pytest

from tests.conftest import Program

UNIT = """
[[unit]]
id = "{id}"
title = "{title}"
hours = 2
recall = "What?"
"""
OWN = 'schema = 1\nid = "own"\ntitle = "Own"\ntrack = "prog"\n' + "".join(
    UNIT.format(id=id, title=title) for id, title in (("matrices", "Another sort"), ("atlas", "Atlas of maps"))
)


@pytest.fixture
def own(mlcoach: Program) -> Program:
    mlcoach.write("config/curriculum/own.toml", OWN)
    return mlcoach


def logged(program: Program, words: str) -> str:
    return str(json.loads(program(f"log {words} --json").out)["data"]["what"])


def test_the_last_part_of_an_id_is_enough_and_what_else_is_called_so_is_named(own: Program) -> None:
    assert logged(own, "10m matrices") == "own.matrices", "scripts rely on it"
    own("undo")
    said = own("log 10m matrices").err
    assert "note: `matrices` fits others too: `math.la.vectors`, Vectors, matrices, linear maps" in said
    assert "fits others" not in own("log 10m matrices").err, "it is under way by now"
    assert "fits others" not in own("log 10m own.matrices").err


def test_of_units_with_the_same_last_part_the_one_under_way_is_meant(mlcoach: Program) -> None:
    for name in ("one", "two"):
        mlcoach.write(f"config/curriculum/{name}.toml", OWN.replace('"own"', f'"{name}"'))
    assert "`atlas` could be" in mlcoach("log 10m atlas", tty=80, stdin="q\n", expect=2).screen
    mlcoach("log 10m two.atlas")
    said = mlcoach("log 10m atlas", tty=80)
    assert "could be" not in said.screen and "fits others too: `one.atlas`" in said.err
    assert logged(mlcoach, "10m atlas") == "two.atlas"


@pytest.mark.parametrize(
    "line", ["log 10m matrices", "start matrices", "done matrices --no-questions", "skip matrices"]
)
def test_on_a_terminal_the_learner_is_asked_where_another_one_is_nearer(own: Program, line: str) -> None:
    for number, title in ((1, "Vectors, matrices, linear maps"), (2, "Another sort")):
        asked = own(line, tty=80, stdin=f"{number}\n\n\n")
        assert "`matrices` could be:" in asked.screen
        changed = json.loads(own("undo --json").out)["data"]["reverted"]
        assert any(title in one["text"] for one in changed), changed


def test_of_titles_the_one_of_the_path_is_meant_and_the_others_are_named(own: Program) -> None:
    said = own("log 10m maps")
    assert "Vectors, matrices, linear maps" in said.out
    assert "note: `maps` fits others too: `own.atlas`, Atlas of maps" in said.err
    own("undo")
    own("log 10m own.atlas")
    said = own("log 10m maps")
    assert "Atlas of maps" in said.out
    assert "note: `maps` fits others too: `math.la.vectors`" in said.err


def test_a_step_is_found_by_words_of_its_title_and_the_nearest_one_is_of_its_own_name(mlcoach: Program) -> None:
    step = json.loads(mlcoach("curriculum show math.la.vectors --json").out)["data"]["unit"]["exercises"][0]
    step["id"] = step["item"]
    words = "-".join(step["title"].lower().partition(",")[0].split())
    assert step["id"] in mlcoach(f"done 'math.la.vectors/{words}'").err
    near = mlcoach(f"done {step['id'][:-1]}x", expect=3).err
    assert f"did you mean `{step['id']}`?" in near
    wrong = mlcoach("done math.la.vectors/quux", expect=3).err
    assert "did you mean" not in wrong and "`mlcoach curriculum show math.la.vectors` shows its steps" in wrong
