"""`search` as typed: one's own things and the path before the rest, ten on a screen, and commands that spoil nothing."""

import json
from typing import Any

from tests.cli.test_practice import OWN
from tests.conftest import Program


def hits(program: Program, line: str) -> list[dict[str, Any]]:
    return list(json.loads(program(f"search {line} --json").out)["data"]["hits"])


def test_one_s_own_line_comes_first_and_is_called_what_it_was_written_as(mlcoach: Program) -> None:
    mlcoach("log 30m vectors -n 'the determinant is a volume'")
    first = hits(mlcoach, "determinant")[0]
    assert (first["kind"], first["written"], first["text"]) == ("note", "log", "the determinant is a volume")
    assert mlcoach("search determinant").out.startswith("log        ")


def test_a_unit_that_is_under_way_comes_before_others_that_are_called_so(mlcoach: Program) -> None:
    units = [hit["id"] for hit in hits(mlcoach, "vectors --limit 1000") if hit["kind"] == "unit"]
    mlcoach(f"log 30m {units[-1]}")
    named = [hit["id"] for hit in hits(mlcoach, "vectors --limit 1000") if hit["kind"] == "unit"]
    assert set(named) == set(units)
    assert named.index(units[-1]) <= units.index(units[-1])


def test_a_screen_holds_ten_and_says_how_to_see_more(mlcoach: Program) -> None:
    all_of_them = hits(mlcoach, "vector --limit 1000")
    assert len(all_of_them) > 10
    assert hits(mlcoach, "vector") == all_of_them[:30], "scripts get what they always got"
    screen = mlcoach("search vector").out
    commands = [line for line in screen.splitlines() if line.startswith(f"{'':11}mlcoach ")]
    assert commands == [f"{'':11}{hit['command']}" for hit in all_of_them[:10]]
    assert screen.endswith(f"mlcoach search vector --limit {len(all_of_them)}\n")
    every = mlcoach(f"search vector --limit {len(all_of_them)}").out
    assert every.endswith(f"\n{len(all_of_them)} hits\n")


def test_the_command_of_an_exercise_opens_it_and_does_not_tell_its_solution(mlcoach: Program) -> None:
    mlcoach.write("config/curriculum/own.toml", OWN)
    commands = {hit["id"]: hit["command"] for kind in ("twice", "friend") for hit in hits(mlcoach, kind)}
    assert commands["own.code/double"] == "mlcoach practice own.code/double"
    assert commands["own.code/talk"] == "mlcoach review --item own.code/talk"
    for hit in hits(mlcoach, "power iteration"):
        if hit["kind"] == "exercise":
            assert hit["command"].startswith(("mlcoach practice ", "mlcoach review --item "))
