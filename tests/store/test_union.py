"""Two journals become one: in any order, any number of times, and nothing that is no entry comes in."""

import json
from typing import Any

import pytest
from hypothesis import assume, given

from mlcoach.domain.event_checks import body_of
from mlcoach.domain.events import Event, ItemGraded, ParametersAdopted, Revoked, TimeLogged, kind_of
from mlcoach.store.device import device_of
from mlcoach.store.union import Line, join, journal_lines, read_line
from tests.store.journals import MONDAY, NOON, arrive, assert_rows_are_folds, do, in_memory, journals, rows

NOW = NOON + 8 * 24 * 60 * 60_000_000


def is_sound(event: Event) -> bool:
    try:
        body_of(kind_of(event.body), json.loads(json.dumps(event.body._asdict())))
    except ValueError:
        return False
    return True


def lines_of(connection: Any) -> list[Line]:
    return [read_line(number, text, NOW) for number, text in enumerate(journal_lines(connection), start=1)]


@pytest.mark.slow
@given(journals())
def test_two_journals_merged_in_either_order_fold_to_the_same(events: list[Event]) -> None:
    assume(all(is_sound(event) for event in events))
    machines = {device: in_memory() for device in ("aa", "bb")}
    for device, connection in machines.items():
        arrive(connection, [event for event in events if event.device == device])
    exports = {device: lines_of(connection) for device, connection in machines.items()}
    one, other = machines["aa"], machines["bb"]
    assert join(one, exports["bb"]).added == len(exports["bb"])
    assert join(other, exports["aa"]).added == len(exports["aa"])
    third = in_memory()
    join(third, exports["bb"])
    join(third, [*exports["aa"], *exports["bb"]])
    assert rows(one, revoked=True) == rows(other, revoked=True) == rows(third, revoked=True)
    assert_rows_are_folds(one)
    # A second time adds nothing.
    before = rows(one, revoked=True)
    again = join(one, [*exports["aa"], *exports["bb"]])
    assert (again.added, again.known, again.refused) == (0, len(events), [])
    assert rows(one, revoked=True) == before


@given(journals())
def test_what_is_written_is_read_again(events: list[Event]) -> None:
    assume(all(is_sound(event) for event in events))
    connection = in_memory()
    arrive(connection, events)
    assert [line.event for line in lines_of(connection)] == events


def test_an_entry_of_an_older_release_is_the_same_entry() -> None:
    connection = in_memory()
    event = do(connection, ItemGraded("a.b/one", 3, 5, "2026-11-25"))[0]
    text = json.loads(next(iter(journal_lines(connection))))
    for newer in ("origin", "confidence", "text"):
        del text["data"][newer]
    joined = join(connection, [read_line(1, json.dumps(text), NOW)])
    assert (joined.added, joined.known, joined.refused) == (0, 1, [])
    assert event.device == device_of(connection)


def entry(**changes: Any) -> str:
    whole = {
        "id": "cc-1", "happened": NOON, "offset": 60, "study_day": "2026-11-23", "recorded": NOON, "device": "cc",
        "seq": 1, "command": "cc-1-2", "command_text": "log 5m", "kind": "time_logged", "backdated": False,
        "data": {"seconds": 300, "unit": "a.b", "paper": "", "note": ""},
    }  # fmt: skip
    return json.dumps({**whole, **changes})


def graded(**changes: Any) -> str:
    return entry(kind="item_graded", data={"item": "a.b/one", "rating": 3, "seconds": 5, "due": "", **changes})


def of_kind(kind: str, **data: Any) -> str:
    return entry(kind=kind, data=data)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not an entry"),
        ("{}", "not an entry"),
        (entry(more=1), "not an entry"),
        (entry(kind="../x"), "an invalid kind"),
        (entry(kind="gone_fishing", data={"at": float("nan")}), "an invalid value"),
        (entry(kind="gone_fishing", data={"at": "\ud800"}), "longer than"),
        (entry(kind="gone_fishing", data={"at": "x" * 1_000_001}), "longer than"),
        (entry(data={"seconds": 300, "mood": "x" * 1_000_001}), "longer than"),
        (entry(id="cc-2"), "invalid id"),
        (entry(device="../x", id="../x-1"), "invalid id"),
        (entry(seq=2**60, id=f"cc-{2**60}"), "invalid id"),
        (entry(seq="1"), "another type"),
        (entry(seq=True), "another type"),
        (entry(happened=1.5), "another type"),
        (entry(happened=NOW * 2), "still to come"),
        (entry(recorded=-1), "still to come"),
        (entry(offset=1440), "an invalid day"),
        (entry(study_day="2026-02-30"), "an invalid day"),
        (entry(study_day="20261123"), "an invalid day"),
        (entry(study_day="9999-01-01"), "an invalid day"),
        (entry(backdated=1), "another type"),
        (entry(data=[]), "another type"),
        (entry(command_text="\ud800"), "another type"),
        (entry(data={}), "lacks a field"),
        (entry(data={"seconds": "300"}), "another type"),
        (entry(data={"seconds": True}), "another type"),
        (entry(data={"seconds": -1}), "length of time"),
        (entry(data={"seconds": 10**12}), "length of time"),
        (entry(data={"seconds": 1, "note": "\0"}), "another type"),
        (entry(data={"seconds": 1, "note": "x" * 200_000}), "another type"),
        (graded(rating=0), "an invalid value"),
        (graded(rating=5), "an invalid value"),
        (graded(retention=2), "an invalid value"),
        ('{"retention": NaN}', "not an entry"),
        (graded(due="tomorrow"), "an invalid day"),
        (of_kind("item_scheduled", item="a.b/c", due="2026-11-25", stability=0, difficulty=5, origin="x"), "an invalid value"),
        (of_kind("item_discussed", item="a.b/c", step="sung"), "an invalid value"),
        (of_kind("item_discussed", item="", step="said"), "an invalid value"),
        (of_kind("card_drafted", unit="a.b", card={"q": "x", "a = 1\n[evil]\nb": "y"}), "an invalid value"),
        (of_kind("card_drafted", unit="a.b", card={"q": ["x"]}), "an invalid value"),
        (of_kind("card_drafted", unit="a.b", card={}), "an invalid value"),
        (of_kind("draft_settled", draft=""), "an invalid value"),
        (of_kind("item_scheduled", item="a.b/c", due="", stability=1, difficulty=5, origin="x"), "an invalid value"),
        (of_kind("answer_kept", card="", rating=3, seconds=1, origin="x"), "an invalid value"),
        (of_kind("item_marked", item="a.b/c", mark="eaten"), "an invalid value"),
        (of_kind("unit_marked", unit="a.b", mark="eaten"), "an invalid value"),
        (of_kind("rest_planned", first="2026-11-25", last="2026-11-24"), "an invalid value"),
        (of_kind("rest_planned", first="1970-01-01", last="2999-12-31"), "an invalid value"),
        (of_kind("rest_planned", first="", last="2026-11-24"), "an invalid day"),
        (of_kind("parameters_adopted", parameters=[1, 2, 3]), "an invalid value"),
        (of_kind("parameters_adopted", parameters=[1e9] * 21), "an invalid value"),
        (of_kind("pass_finished", paper="p", reading_pass=9, verdict="stop"), "an invalid value"),
        (of_kind("day_planned", minutes=5, blocks=[{"kind": "x"}]), "an invalid value"),
        (of_kind("day_planned", minutes=5, blocks=[{"kind": "x", "minutes": "5", "title": "t"}]), "an invalid value"),
        (of_kind("day_planned", minutes=5, blocks=["x"]), "another type"),
        (entry(study_day="2026-11-25"), "still to come when it was made"),
        (of_kind("journal_joined", brought=["cc"]), "not a span"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_entry_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_line(1, text, NOW)


def test_sound_entries_of_every_kind_come_in() -> None:
    for text in (
        entry(),
        graded(),
        of_kind("parameters_adopted", parameters=[]),
        of_kind("day_planned", minutes=5, blocks=[{"kind": "close", "minutes": 5, "title": "t", "items": ["a"]}]),
        of_kind("paper_added", paper="p", title="t", authors=["A", "B"], year=None),
        of_kind("revoked", events=["cc-9"]),
    ):
        read_line(1, text, NOW)


def test_an_id_with_other_content_is_left_out() -> None:
    connection = in_memory()
    join(connection, [read_line(1, entry(), NOW)])
    joined = join(connection, [read_line(1, entry(data={"seconds": 600}), NOW), read_line(2, graded(), NOW)])
    assert (joined.added, joined.known) == (0, 0)
    assert [number for number, _ in joined.refused] == [1, 2]


def test_a_line_twice_in_one_file_is_one_entry() -> None:
    connection = in_memory()
    joined = join(connection, [read_line(1, entry(), NOW), read_line(2, entry(), NOW)])
    assert (joined.added, joined.known) == (1, 1)


def test_no_other_home_writes_in_the_name_of_this_one() -> None:
    connection = in_memory()
    do(connection, TimeLogged(300))
    device = device_of(connection)
    forged = entry(device=device, id=f"{device}-99", seq=99)
    joined = join(connection, [read_line(1, forged, NOW)])
    assert joined.added == 0
    assert "a copy of this home" in joined.refused[0][1]


def test_entries_revoked_elsewhere_do_not_count_here_whichever_comes_first() -> None:
    source = in_memory()
    event = do(source, TimeLogged(300, "a.b"))[0]
    do(source, Revoked((event.id,)), minute=1)
    first, second = lines_of(source)
    for order in ([first, second], [second, first]):
        target = in_memory()
        for line in order:
            join(target, [line])
        assert rows(target)["unit"] == []
        assert [row[1] for row in rows(target)["day"]] in ([], [0])


def test_adopted_parameters_come_along() -> None:
    from mlcoach.domain.memory.fsrs6 import DEFAULT_PARAMETERS

    source, target = in_memory(), in_memory()
    do(source, ParametersAdopted(DEFAULT_PARAMETERS), day=MONDAY)
    assert join(target, lines_of(source)).added == 1
    assert rows(target)["single"] == rows(source)["single"]
