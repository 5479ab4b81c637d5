"""Homes that form a group: what each sees of the others, and what of bad input is left out."""

import json
import re
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from mlcoach.adapters.sync.member_key import MemberKey, new_member_key, short_name
from tests.benchmarks import group_of_fifty
from tests.conftest import Program
from tests.services.group.homes import join, key_of, table

WEEK = "2026-W48"


def left_out(program: Program) -> list[str]:
    data = json.loads(program("group --json", expect=7).out)["data"]
    return [f"{left['what']}: {left['reason']}" for left in data["left_out"]]


def file_of(place: Path, member: Program, name: str = WEEK) -> Path:
    return place / "group" / short_name(key_of(member).public) / f"{name}.json.age"


def opened(key: str, sealed: bytes) -> dict:
    found = json.loads(zlib.decompress(pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(key)])))
    return dict(json.loads(found["body"]))


def test_each_sees_the_others_week(pair: tuple[Program, Program]) -> None:
    ada, ben = pair
    assert table(ben) == table(ada) | {
        "ada": table(ada)["ada"] | {"is_you": False}, "ben": table(ada)["ben"] | {"is_you": True},
    }  # fmt: skip
    assert table(ben)["ada"] | {"is_you": None} == {
        "name": "ada", "is_you": None, "came": True, "minutes": 145, "units": 1, "passed": 0, "streak": 0, "promise": "",
        "promised": "",
    }  # fmt: skip
    ada("log 3h vectors")
    ada("group")
    assert table(ben)["ada"]["minutes"] == 325  # the week was rewritten
    assert table(ben, more="--week last")["ada"]["minutes"] == 0
    assert "is still to come" in ben("group --week 2027-W01", expect=2).err


def test_the_look_back_and_the_page_show_it(pair: tuple[Program, Program], place: Path) -> None:
    ada, _ = pair
    place.rename(place.with_name("gone"))  # nobody is asked
    shown = ada("week").out
    assert (
        "The group\n     hours  units  streak  promise\nada  2h25m      1       –\nben     1h      1       1\n" in shown
    )
    page = Path(ada("report").out.split()[-1]).read_text(encoding="utf-8")
    assert re.search(r'<th scope="?row"?>ben(</th>)?<td>1h(</td>)?<td>1(</td>)?<td>1\b', page)
    assert "from what your group shares" in page


def test_nobody_is_shown_without_a_group(machine: Callable[[str], Program]) -> None:
    eve = machine("eve")
    assert "you are in no group yet" in eve("group", expect=3).err
    assert "The group" not in eve("week").out
    assert "your group" not in Path(eve("report").out.split()[-1]).read_text(encoding="utf-8")


SHARED_KEYS = {
    "week", "first", "last", "shared", "days", "units", "answers", "recalled", "papers", "notes", "repositories",
    "promised", "promises", "streak", "asked",
}  # fmt: skip


def test_nothing_but_what_is_shared_can_be_read_at_the_place(pair: tuple[Program, Program], place: Path) -> None:
    ada, ben = pair
    ada("config set share units notes")
    ada("buddy promise 'quit my job'")
    ada("group")
    found = {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}
    roster_name = file_of(place, ada, "members").relative_to(place).as_posix()
    assert found.pop("group/format.toml") == f'version = 1\nfounder = "{key_of(ada).public}"\n'.encode()
    roster = opened(key_of(ben).text, found.pop(roster_name))
    assert set(roster) == {"written", "roster"}
    assert [name for name, _ in roster["roster"]["members"]] == ["ada", "ben"]
    assert {name.rpartition("/")[2] for name in found} == {f"2026-W{week}.json.age" for week in (47, 48)}
    for name, sealed in found.items():
        # Neither the names of files nor their bytes tell anything to those who have no key.
        # (Of short words only whole ones: three letters come about by chance.)
        assert not {"ada", "ben", "job"} & set(re.split(r"[^a-z]+", name))
        assert not any(word in name.encode() + sealed for word in (b"matrix", b"tired", b"vectors", b"quit my job"))
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(sealed, [pyrage.x25519.Identity.generate()])
        week = opened(roster["roster"]["keys"][0], sealed)
        assert set(week) == {"written", "report"}
        assert set(week["report"]) == SHARED_KEYS
        assert not any(word in json.dumps(week) for word in ("tired", "job"))
        if short_name(key_of(ada).public) in name and WEEK in name:
            shown = json.loads(ada("buddy report --json").out)["data"]
            shown.pop("path")
            assert week["report"] == shown
            assert shown["notes"][0]["text"] == "a matrix is a map"
            assert (shown["days"], shown["streak"], shown["shared"]) == ([], 0, ["units", "notes"])
    assert table(ben)["ada"]["minutes"] is None
    assert "tired" not in (ben.home / "data" / "group" / "seen.json").read_text()


def test_one_who_is_removed_is_not_read_and_reads_nothing_new(pair: tuple[Program, Program], place: Path) -> None:
    ada, ben = pair
    known = json.loads((ben.home / "data" / "group" / "group.json").read_text())
    assert "ben is no longer in the group" in ada("group remove ben").out
    assert not file_of(place, ben).exists()
    ada("log 4h vectors")
    ada("group")
    refused = ben("group", expect=3)
    assert "is not open to your key: you are not added yet, or were removed" in refused.err
    with pytest.raises(pyrage.DecryptError):
        opened(known["roster"]["keys"][0], file_of(place, ada).read_bytes())
    # A program of his own goes on writing, with all he knows.
    name = file_of(place, ben).relative_to(place).as_posix()
    body = json.dumps({"written": 1, "report": json.loads(ben("buddy report --json").out)["data"]})
    sealed = key_of(ben).seal(name, body, [key_of(ada).public], [MemberKey(known["roster"]["keys"][0]).public])
    file_of(place, ben).write_bytes(sealed)
    # He has the list of members as it was when he was in it, too.
    assert set(table(ada)) == {"ada"}
    assert "The group" not in ada("week").out


def test_an_older_list_of_members_or_week_is_not_believed(pair: tuple[Program, Program], place: Path) -> None:
    ada, ben = pair
    roster, week = file_of(place, ada, "members"), file_of(place, ada)
    before = roster.read_bytes(), week.read_bytes()
    ada("group remove ben")
    join(ada, ben, place, "benjamin")
    ada("log 3h vectors")
    ada("group")
    assert table(ben)["ada"]["minutes"] == 325
    roster.write_bytes(before[0])
    week.write_bytes(before[1])
    assert set(table(ben)) == {"ada", "benjamin"}
    assert table(ben)["ada"]["minutes"] == 325


def test_the_founder_puts_a_torn_list_of_members_again(pair: tuple[Program, Program], place: Path) -> None:
    ada, ben = pair
    roster = file_of(place, ada, "members")
    older = roster.read_bytes()
    ada(f"group add cleo {new_member_key().public}")
    for damaged in (older[:80], b"", older):
        roster.write_bytes(damaged)
        assert set(table(ada)) == {"ada", "ben", "cleo"}
        assert set(table(ben)) == {"ada", "ben", "cleo"}
    roster.unlink()
    assert set(table(ada)) == {"ada", "ben", "cleo"}


def test_a_week_by_somebody_else_is_left_out(pair: tuple[Program, Program], place: Path) -> None:
    ada, ben = pair
    name = file_of(place, ada).relative_to(place).as_posix()
    group_key = json.loads((ben.home / "data" / "group" / "group.json").read_text())["roster"]["keys"][0]
    body = json.dumps({"written": 2**60, "report": {}})
    members = [key_of(ada).public, key_of(ben).public]
    file_of(place, ada).write_bytes(key_of(ben).seal(name, body, members, [MemberKey(group_key).public]))
    assert left_out(ben) == ["the week of ada: it was not written by the member whose folder it is in"]
    assert not table(ben, 7)["ada"]["came"]  # nothing of hers was seen before
    ada("group")  # hers is put in its place
    assert table(ben)["ada"]["minutes"] == 145
    file_of(place, ada).write_bytes(b"torn")
    assert left_out(ben) == ["the week of ada: it is torn, damaged or sealed with another key"]
    # What its own member wrote, and is not a week, is left out as well.
    body = json.dumps({"written": 2**60, "report": {"first": "2026-11-23"}})
    file_of(place, ada).write_bytes(key_of(ada).seal(name, body, members, [MemberKey(group_key).public]))
    assert left_out(ben) == ["the week of ada: not one of mlcoach's weeks"]


def test_the_newest_of_several_versions_counts_whatever_the_clock_says(
    pair: tuple[Program, Program], place: Path
) -> None:
    ada, ben = pair
    path = file_of(place, ada)
    before = path.read_bytes()
    ada.later(days=-1)("log 30m vectors")  # a clock that goes back
    ada("group")
    assert table(ben)["ada"]["minutes"] == 175
    copy = path.with_name(path.name.replace(".json.age", ".json.sync-conflict-20261128-200000-ABCDEFG.age"))
    path.rename(copy)
    path.write_bytes(before)
    assert table(ben)["ada"]["minutes"] == 175
    ada("group")
    assert not copy.exists()


def test_keys_and_places_that_are_wrong_are_one_sentence(
    pair: tuple[Program, Program], machine: Callable[[str], Program], place: Path, tmp_path: Path
) -> None:
    ada, ben = pair
    eve = machine("eve")
    for program, line, code, told in (
        (ada, "group add eve age1qqqq", 2, "`age1qqqq` is not a key of a member"),
        (ada, f"group add eve {key_of(ben).text}", 2, "that is a secret key, which nobody else may have"),
        (ada, f"group add eve {key_of(ben).public}", 2, "this key is that of `ben`, who is in the group already"),
        (ada, f"group add Ben {new_member_key().public}", 2, "`Ben` is in the group already"),
        (ada, f"group add '' {new_member_key().public}", 2, "`` is not a name for a group"),
        (ben, f"group add eve {new_member_key().public}", 2, "only the one who started a group adds and removes"),
        (ben, "group remove ada", 2, "ask ada"),
        (ada, "group remove eve", 3, "nobody in the group is called `eve`"),
        (ada, "group remove ada", 2, "you cannot remove yourself"),
        (ada, f"group add eve {key_of(ben).public}", 2, "`mlcoach group remove ben` comes first"),
        (ada, f"group start {tmp_path / 'other'} --name ada", 2, f"you are in the group at `{place}`"),
        (eve, f"group start {place} --name eve", 2, "there is a group at"),
        (eve, f"group join {tmp_path / 'none'} --name eve", 6, "cannot read the place"),
        (eve, f"group join {tmp_path} --name eve", 2, "lie in one another"),
        (eve, f"group start {eve.home / 'data' / 'x'} --name eve", 2, "lie in one another"),
    ):  # fmt: skip
        refused = program(line, expect=code)
        assert told in refused.err, refused.screen
    # Ada mistakes the key: Eve is told so, whoever she is to the group.
    eve(f"group join {place} --name eve")
    ada(f"group add eve {new_member_key().public}")
    assert "is not open to your key" in eve("group", expect=3).err
    (place / "group" / "format.toml").write_text(f'version = 1\nfounder = "{new_member_key().public}"\n')
    assert "is not the one you joined: somebody else started it" in ben("group", expect=4).err
    (place / "group" / "format.toml").write_text("version = 2\n")
    assert "cannot be read" in ben("group", expect=4).err
    (place / "group" / "format.toml").write_text(f'version = 2\nfounder = "{key_of(ada).public}"\n')
    assert "made by a newer mlcoach" in ben("group", expect=5).err
    (place / "group" / "format.toml").unlink()
    assert "there is no group at" in ben("group", expect=3).err
    (ben.home / "data" / "group" / "member.json").write_text("nothing")
    assert "member.json` cannot be read" in ben("group", expect=4).err


def test_who_leaves_is_gone_and_may_come_again(pair: tuple[Program, Program], place: Path) -> None:
    ada, ben = pair
    assert "You left the group" in ben("group leave").out
    assert not file_of(place, ben).exists()
    assert set(table(ada)) == {"ada"}
    assert "you are in no group yet" in ben("group", expect=3).err
    ben(f"group join {place} --name ben")
    assert set(table(ben)) == {"ada", "ben"}  # the key is the same, and was not removed
    assert table(ada)["ben"]["minutes"] == 60


def test_when_the_founder_leaves_the_group_goes_on_as_it_is(pair: tuple[Program, Program], place: Path) -> None:
    ada, ben = pair
    assert "it goes on with the members it has" in " ".join(ada("group leave").out.split())
    shown = " ".join(ben("group").out.split())
    assert "ada, who started the group, has left it. It goes on for those who are in it" in shown
    assert set(table(ben)) == {"ben"}
    assert json.loads(ben("group --json").out)["data"]["founder_left"]
    assert "only the one who started a group" in ben(f"group add cleo {new_member_key().public}", expect=2).err
    ada(f"group join {place} --name ada")  # and comes back: the key is the same
    assert set(table(ada)) == {"ada", "ben"}
    assert "has left" not in ben("group").out
    ada(f"group add cleo {new_member_key().public}")


@pytest.mark.parametrize("kind", ["folder", pytest.param("git", marks=pytest.mark.slow)])
def test_three_homes_live_a_month(machine: Callable[[str], Program], tmp_path: Path, kind: str) -> None:
    address = str(tmp_path / ("five" if kind == "folder" else "five.git"))
    if kind == "git":
        subprocess.run(["git", "init", "--quiet", "--bare", address], check=True)
    homes = {name: machine(name) for name in ("ada", "ben", "cleo")}
    ada = homes["ada"]
    ada(f"group start {address} --name ada")
    for name in ("ben", "cleo"):
        join(ada, homes[name], address, name)
    ada("buddy promise '2 hours'")
    for week in range(4):
        for number, program in enumerate(homes.values()):
            program.at("2026-11-28T20:00:00+01:00").later(days=7 * week)
            program(f"log {60 + 30 * number + 30 * week}m vectors")
            program("group")
        for program in homes.values():
            found = table(program)
            assert {name: row["minutes"] for name, row in found.items()} == {
                name: 60 + 30 * number + 30 * week for number, name in enumerate(homes)
            }
            assert found["ada"]["promise"] == ("open" if week == 1 else "")
    assert table(homes["cleo"], more="--week -3")["ben"]["minutes"] == 90


@pytest.mark.slow
def test_a_group_of_fifty_with_a_year_of_weeks_opens_quickly(tmp_path: Path) -> None:
    found = group_of_fifty.measure(tmp_path)
    assert found["first"] <= group_of_fifty.LIMIT * found["nothing"]
    assert found["later"] <= group_of_fifty.LIMIT * found["nothing"]
