"""Several machines of one learner in a group, and `sync` that puts the week there."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mlcoach.adapters.sync.member_key import new_member_key
from tests.conftest import Program
from tests.services.group.homes import join, key_of, table


def synced(program: Program, machine: Callable[[str], Program], name: str) -> Program:
    """Return a second machine of a learner, which has all of the first."""
    place = program.home.with_name(f"place of {program.home.name}")
    program(f"sync init '{place}'", expect=None)
    second = machine(name)
    second(f"sync join '{place}'", stdin=(program.home / "data" / "sync" / "key.txt").read_text())
    return second


def test_sync_puts_the_week_where_the_group_meets(pair: tuple[Program, Program], machine) -> None:  # type: ignore[no-untyped-def]
    ada, ben = pair
    second = synced(ada, machine, "desktop")
    ben("log 30m vectors")
    assert "your week went to the group at" in ben("sync").out  # who has one machine needs no place of their own
    assert ben("sync").out == "Nothing new here or there.\n"
    second("log 3h vectors")
    second("sync")
    found = table(ben)
    assert (found["ada"]["minutes"], found["ben"]["minutes"]) == (145 + 180, 90)


def test_a_second_machine_is_the_same_member(pair: tuple[Program, Program], machine, place: Path) -> None:  # type: ignore[no-untyped-def]
    ada, _ = pair
    second = synced(ada, machine, "desktop")
    assert key_of(ada).text not in str(
        [path.read_bytes() for path in ada.home.with_name("place of ada").rglob("*.age")]
    )
    assert table(second) == table(ada)
    assert key_of(second).text == key_of(ada).text
    assert "cleo is in the group" in second(f"group add cleo {new_member_key().public}").out
    assert set(table(ada)) == {"ada", "ben", "cleo"}
    # Its folder lies elsewhere on this machine: joining says where, and the others keep theirs.
    moved = place.with_name("moved")
    shutil.copytree(place, moved)
    second(f"group join {moved} --name ada")
    second("sync")
    ada("sync")
    assert [json.loads(one("group --json").out)["data"]["place"] for one in (ada, second)] == [str(place), str(moved)]
    other = second.home.with_name("other")
    machine("eve")(f"group start {other} --name eve")
    assert "you are in the group at" in second(f"group join {other} --name x", expect=2).err
    ada("group leave")
    ada("sync")
    second("sync")
    assert "you are in no group yet" in second("group", expect=3).err
    assert "The group" not in second("week").out


def test_two_machines_that_are_two_members_keep_both_keys(pair: tuple[Program, Program], machine, place: Path) -> None:  # type: ignore[no-untyped-def]
    ada, _ = pair
    second = machine("desktop")
    join(ada, second, place, "ada2")
    keys = {key_of(ada).text, key_of(second).text}
    own = ada.home.with_name("place of ada")
    ada(f"sync init '{own}'")
    second(f"sync join '{own}'", stdin=(ada.home / "data" / "sync" / "key.txt").read_text())
    ada("sync")
    assert "two machines changed" in second("sync status").out
    for program in (ada, second):
        found = {json.loads(path.read_text())["key"] for path in (program.home / "data" / "group").glob("member.json*")}
        assert found == keys
    table(ada)
    table(second)
    assert key_of(ada).text == key_of(second).text


def test_a_place_of_the_group_that_is_gone_is_said_and_sync_goes_on(
    pair: tuple[Program, Program], machine, place: Path
) -> None:  # type: ignore[no-untyped-def]
    ada, _ = pair
    second = synced(ada, machine, "desktop")
    place.rename(place.with_name("gone"))
    ada("log 5m vectors")
    shown = ada("sync", expect=7).out
    assert "your week for the group: cannot read the place" in " ".join(shown.split())
    assert "went  3 entries" in shown
    assert json.loads(second("sync --json", expect=7).out)["data"]["pulled"] == 3
    eve = machine("eve")
    place.with_name("gone").rename(place)
    eve(f"group join {place} --name eve")
    assert "is not open to your key" in " ".join(eve("sync").out.split())  # a note: there is nothing to be done here


def findings(program: Program) -> dict[str, str]:
    found = json.loads(program("doctor --json", expect=None).out)["data"]["checks"]
    return {check["name"]: check["detail"] for check in found}


@pytest.mark.slow
def test_doctor_looks_at_place_and_keys(pair: tuple[Program, Program], machine, place: Path) -> None:  # type: ignore[no-untyped-def]
    ada, ben = pair
    assert findings(ada)["group"] == f"{place}, 2 members"
    assert "keys" not in findings(ada)
    eve = machine("eve")
    assert "group" not in findings(eve)
    eve(f"group join {place} --name eve")
    assert findings(eve)["group"] == f"{place}: you are not let in yet"
    (ada.home / "data" / "group" / "key.txt").chmod(0o644)
    assert findings(ada)["keys"] == f"others may read {ada.home / 'data' / 'group' / 'key.txt'}"
    (ben.home / "data" / "group" / "group.json").write_text("nothing")
    assert "group.json` cannot be read" in findings(ben)["group"]
    ben("group")  # it is made anew from what is carried
    assert findings(ben)["group"] == f"{place}, 2 members"
    (place / "group" / "format.toml").unlink()
    assert "there is no group at" in findings(ben)["group"]
    place.rename(place.with_name("gone"))
    assert "cannot read the place" in findings(ben)["group"]
