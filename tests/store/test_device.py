"""Where a device name belongs: homes that are copied, moved, carried and restored never write under one name."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.events import TimeLogged
from mlcoach.store.device import Home, known_device, look, place_rows, settle, settle_as_one, take_place
from mlcoach.store.undo import undoable
from mlcoach.store.union import join, journal_lines, read_line
from tests.store.journals import MINUTE, NOON, OPENED, do, in_memory

NOW = NOON + 8 * 24 * 60 * MINUTE


class House:
    """A home on some machine: its store, where it is, and its file there."""

    def __init__(self, store: Any, machine: str, path: str, file: int) -> None:
        self.store, self.machine, self.path, self.file = store, machine, path, file

    def settle(self) -> None:
        """Look where this is, as every command does before it writes."""
        home = Home(self.machine, self.path, (1, self.file))
        found = look(self.store, home)
        if found != "same":
            settle(self.store, home, found)
        assert look(self.store, home) == "same"

    def log(self, minute: int) -> str:
        """Write an entry and return the device it was written under."""
        self.settle()
        return do(self.store, TimeLogged(60, note=f"{self.path} {minute}"), minute=minute)[0].device

    def copied(self, machine: str, path: str, file: int) -> "House":
        store = in_memory()
        self.store.backup(store)
        return House(store, machine, path, file)

    def bring(self, other: "House") -> list[tuple[int, str]]:
        self.settle()
        texts = list(journal_lines(other.store))
        return join(self.store, [read_line(number, text, NOW) for number, text in enumerate(texts, 1)]).refused


@pytest.mark.slow
@given(st.data())
def test_whatever_is_done_with_homes_their_journals_join(data: st.DataObject) -> None:
    houses = [House(in_memory(), "desk", "/home/1", 1)]
    backups: list[Any] = []
    for step in range(2, data.draw(st.integers(4, 25))):
        house = data.draw(st.sampled_from(houses))
        machine = data.draw(st.sampled_from(("desk", "lap")))
        match data.draw(st.sampled_from(("log", "log", "copy", "move", "carry", "back up", "restore", "join"))):
            case "log":
                house.log(step)
            case "copy":
                houses.append(house.copied(machine, f"/home/{step}", step))
            case "move":
                house.path = f"/home/{step}"
            case "carry":  # the same file, on a disk that another machine sees under the same path
                house.machine = machine
            case "back up":
                backups.append(house.copied("", "", 0).store)
            case "restore" if backups:
                store = in_memory()
                data.draw(st.sampled_from(backups)).backup(store)
                take_place(store, place_rows(house.store))
                house.store, house.file = store, step
            case "join":
                other = data.draw(st.sampled_from(houses))
                assert house.bring(other) == []
    for target in houses:
        for source in houses:
            assert target.bring(source) == []
    for target in houses:
        for source in houses:
            assert target.bring(source) == []
    first = sorted(journal_lines(houses[0].store))
    assert all(sorted(journal_lines(house.store)) == first for house in houses)
    for connection in OPENED:
        connection.close()
    OPENED.clear()


def test_a_name_comes_back_on_its_machine_and_a_place_that_was_left_is_no_longer_known() -> None:
    house = House(in_memory(), "desk", "/home/1", 1)
    desk = house.log(0)
    house.machine = "lap"
    lap = house.log(1)
    house.machine = "desk"
    assert house.log(2) == desk != lap
    house.path = "/home/2"
    assert house.log(3) == desk
    assert house.copied("desk", "/home/1", 9).log(4) not in (desk, lap)


@pytest.mark.parametrize(
    ("machine", "path", "file", "found"),
    [
        ("desk", "/home/1", 1, "same"),
        ("desk", "/home/2", 1, "moved"),
        ("desk", "/home/2", 2, "copy"),
        ("desk", "/home/1", 2, "replaced"),
        ("lap", "/home/1", 1, "copy"),
        ("lap", "/home/1", 2, "copy"),
        ("", "/home/1", 1, "moved"),
        ("", "/home/1", 2, "unknown"),
        ("", "/home/2", 2, "unknown"),
    ],
)
def test_what_is_found(machine: str, path: str, file: int, found: str) -> None:
    house = House(in_memory(), "desk", "/home/1", 1)
    assert look(house.store, Home("desk", "/home/1", (1, 1))) == "new"
    house.log(0)
    assert look(house.store, Home(machine, path, (1, file))) == found


def test_a_home_that_is_carried_around_is_not_asked_about_again() -> None:
    house = House(in_memory(), "", "/stick", 1)
    device = house.log(0)
    home = Home("", "/other", (1, 7))
    assert look(house.store, home) == "unknown"
    settle_as_one(house.store)
    assert look(house.store, home) == "moved"
    settle(house.store, home, "moved")
    assert known_device(house.store) == device
    assert look(house.store, Home("", "/third", (1, 8))) == "moved"


@pytest.mark.parametrize("value", ["", "{", "[]", "[1]", '["a", "b", 3]', "null", '{"a": "b c"}', "7"])
def test_what_is_remembered_of_places_may_be_damaged(value: str) -> None:
    house = House(in_memory(), "desk", "/home/1", 1)
    device = house.log(0)
    for name in ("home", "homes", "predecessors"):
        house.store.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
    assert house.log(1) == device
    assert len(undoable(house.store, 9)) == 2
    assert house.copied("lap", "/home/1", 1).log(2) != device
