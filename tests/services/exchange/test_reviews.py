"""Answers in and out: nothing doubled, nothing lost, every day as it was, all of it one step of undo."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mlcoach.adapters.exchange.reviews_csv import format_reviews
from mlcoach.curriculum.cache.catalog import Catalog, open_catalog
from mlcoach.domain.events import AnswerKept, ItemGraded, ItemMarked
from mlcoach.domain.time.local_days import LocalDays
from mlcoach.domain.time.study_days import LocalInstant
from mlcoach.services.context import Context
from mlcoach.services.exchange import reviews_csv as exchange_reviews
from mlcoach.services.record import record, record_all
from mlcoach.store.append import NewEvent
from tests.conftest import MONDAY, Compiled, Program

HEADER = "card_id,review_time,review_rating,review_state,review_duration\n"
EIG = "math.la.eigen/eig-def"
TRACE = "math.la.eigen/trace-eig"


def at(day: int, hour: int = 12) -> int:
    """Return milliseconds of an hour of a day in November 2026, in UTC."""
    return int(datetime(2026, 11, day, hour, tzinfo=UTC).timestamp() * 1000)


def data(result: Any) -> dict[str, Any]:
    return dict(json.loads(result.out)["data"])


def history(mlcoach: Program, item: str) -> list[tuple[str, str]]:
    return [(answer["day"], answer["rating"]) for answer in data(mlcoach(f"cards show {item} --json"))["history"]]


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    made = Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": MONDAY}, "test")
    yield made
    made.close()


def answers(home: Path, now: str = MONDAY) -> list[tuple[str, int, int]]:
    made = Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": now}, "test")
    try:
        return [(answer.card, answer.instant, answer.rating) for answer in exchange_reviews.answers_of(made)]
    finally:
        made.close()


def test_answers_go_to_their_items_and_the_rest_is_kept(mlcoach: Program) -> None:
    file = mlcoach.write(
        "log.csv",
        HEADER + f"{EIG},{at(1)},3,,9000\n{EIG},{at(5)},1,,9000\n99,{at(2)},4,,9000\n{TRACE},{at(6)},2,,\n",
    )
    done = data(mlcoach(f"import reviews {file} --json"))
    assert done == {
        "file": str(file), "read": 4, "added": 4, "updated": 0, "skipped": [], "kept": 1, "items": 2, "known": 0,
        "unit": "", "left_out": 0, "by_hand": 0,
    }  # fmt: skip
    assert history(mlcoach, EIG) == [("2026-11-01", "good"), ("2026-11-05", "again")]
    assert data(mlcoach("memory status --json"))["reviews"] == 4
    # They are no study time of their days.
    assert [day["minutes"] for day in data(mlcoach("streak --json"))["days"]] == [0]


def test_importing_again_adds_nothing(mlcoach: Program) -> None:
    file = mlcoach.write("log.csv", HEADER + f"{EIG},{at(1)},3,,\n{EIG},{at(1)},3,,\n99,{at(2)},4,,\n")
    assert data(mlcoach(f"import reviews {file} --json"))["added"] == 2
    before = (mlcoach.home / "data" / "mlcoach.db").read_bytes()
    again = data(mlcoach(f"import reviews {file} --json"))
    assert (again["read"], again["added"], again["known"], again["skipped"]) == (3, 0, 3, [])
    assert (mlcoach.home / "data" / "mlcoach.db").read_bytes() == before


def test_a_home_takes_its_own_export_for_known(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach(f"grade {EIG} good")
    mlcoach(f"grade {EIG} good")  # in the same instant
    mlcoach(f"grade {EIG} hard --date -3")
    mlcoach(f"grade {EIG} again --date -3")
    mlcoach(f"export reviews -o {tmp_path}/log.csv")
    again = data(mlcoach(f"import reviews {tmp_path}/log.csv --json"))
    assert (again["read"], again["added"]) == (4, 0)


@pytest.fixture(scope="module")
def catalog(compiled_cache: Compiled, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    opened = open_catalog(compiled_cache.bundle, tmp_path_factory.mktemp("own"), compiled_cache.cache)
    yield opened
    opened.close()


def told_at_all(context: Context) -> list[tuple[str, str, int, int]]:
    return sorted((one.card, one.study_day, one.rating, one.seconds) for one in context.store.answers())


@pytest.mark.slow
@given(
    told=st.lists(
        st.tuples(
            st.sampled_from((EIG, TRACE, "123", "unknown/card")),
            st.integers(0, 300),  # hours back
            st.integers(1, 4),
            st.integers(0, 4),  # days back, when told afterwards; 0 for at once
        ),
        max_size=12,
    )
)
@example(told=[(EIG, 137, 1, 4), (EIG, 233, 1, 0)])
def test_an_export_gives_an_empty_home_the_same_answers(
    told: list[tuple[str, int, int, int]], catalog: Catalog, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("two")
    environment = {"MLCOACH_HOME": str(folder / "one"), "MLCOACH_NOW": MONDAY}
    one = Context(environment, "test")
    two = Context({**environment, "MLCOACH_HOME": str(folder / "two")}, "test")
    one._catalog = two._catalog = catalog
    now = datetime.fromisoformat(MONDAY)
    place = LocalDays(one.local, one.settings.get("rollover")).place
    new = []
    for card, hours, rating, days in told:
        instant = int((now - timedelta(hours=hours)).timestamp() * 1_000_000)
        day, offset = place(instant)
        body = ItemGraded(card, rating, 5, "") if "math" in card else AnswerKept(card, rating, 5, "reviews")
        new.append(NewEvent(body, day - timedelta(days=days), days > 0, LocalInstant(instant, offset)))
    record_all(one, new)
    exported = exchange_reviews.answers_of(one)
    file = folder / "log.csv"
    file.write_text(format_reviews(exported), encoding="utf-8")
    done = exchange_reviews.import_reviews(two, file)
    assert (done.read, done.added, done.skipped) == (len(new), len(new), ())
    assert [answer[:3] for answer in exchange_reviews.answers_of(two)] == [answer[:3] for answer in exported]
    assert told_at_all(two) == told_at_all(one)
    for context in (one, two):
        context._catalog = None  # it is the others' too
        context.close()


def test_where_a_card_was_begun_afresh_so_is_the_item(mlcoach: Program) -> None:
    rows = f"{EIG},{at(1)},3,1,\n{EIG},{at(3)},3,2,\n{EIG},{at(9)},1,1,\n{EIG},{at(12)},3,2,\n"
    file = mlcoach.write("log.csv", HEADER + rows + rows.replace(EIG, "99"))
    done = data(mlcoach(f"import reviews {file} --json", expect=7))
    assert done["added"] == 6  # of a card that is not here, only what came after
    assert [entry["reason"] for entry in done["skipped"]] == [exchange_reviews.SINCE_BEGUN] * 2
    with Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": MONDAY}).store as store:
        assert [(one.card, one.study_day, one.seconds) for one in store.answers() if not one.rating] == [
            (EIG, "2026-11-09", 0)
        ]
        assert store.items([EIG])[EIG].repetitions == 2


def test_the_schedule_of_an_imported_item_goes_on_from_its_history(mlcoach: Program) -> None:
    file = mlcoach.write("log.csv", HEADER + f"{EIG},{at(1)},3,,\n{EIG},{at(4)},3,,\n{EIG},{at(12)},3,,\n")
    mlcoach(f"import reviews {file}")
    shown = data(mlcoach(f"cards show {EIG} --json"))
    assert shown["due"] > "2026-11-13"
    assert shown["stability"] > 5


def test_one_undo_takes_all_of_it_back_and_redo_brings_it_again(mlcoach: Program) -> None:
    file = mlcoach.write("log.csv", HEADER + "".join(f"{EIG},{at(1) + n},3,,\n{n},{at(2)},3,,\n" for n in range(200)))
    mlcoach(f"import reviews {file}")
    before = answers(mlcoach.home)
    undone = data(mlcoach("undo --json"))
    assert undone["summary"] == "200 answers; 200 answers kept"
    assert [(entry["kind"], entry["text"]) for entry in undone["reverted"]] == [
        ("item_graded", "200 answers"),
        ("answer_kept", "200 answers kept"),
    ]
    assert answers(mlcoach.home) == []
    assert "200 answers" in mlcoach("redo").out
    assert answers(mlcoach.home) == before
    assert data(mlcoach("undo --list --json"))["steps"][0]["at"] == MONDAY


def test_a_card_known_by_number_alone_is_not_doubled_by_its_item(mlcoach: Program) -> None:
    file = mlcoach.write("log.csv", HEADER + f"old/id,{at(1)},3,,\n")
    mlcoach(f"import reviews {file}")
    again = data(mlcoach(f"import reviews {file} --json"))
    assert (again["added"], again["known"]) == (0, 1)


def test_many_of_a_kind_are_counted_and_the_first_named(mlcoach: Program) -> None:
    file = mlcoach.write("log.csv", HEADER + f"{EIG},{at(1)},9,,\n" * 1234)
    skipped = data(mlcoach(f"import reviews {file} --json", expect=7))["skipped"]
    assert sum(entry["entries"] for entry in skipped) == 1234
    assert len(skipped) == exchange_reviews.NOTED_ONE_BY_ONE + 1
    assert skipped[-1] == {"place": "1,214 more", "reason": "a rating that is not 1 to 4", "entries": 1214}


@pytest.mark.parametrize("zone", ["Europe/Kyiv", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
def test_days_are_those_of_the_clock(home: Path, zone: str) -> None:
    from zoneinfo import ZoneInfo

    from mlcoach.domain.time.study_days import study_day

    now = datetime(2026, 11, 23, 20, tzinfo=ZoneInfo(zone)).isoformat()
    made = Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": now, "TZ": zone}, "test")
    place = LocalDays(made.local, made.settings.get("rollover")).place
    now = datetime(2026, 3, 1, tzinfo=UTC)
    for _ in range(24 * 60 * 2):  # through both changes of the clocks, in steps of a prime number of minutes
        now += timedelta(minutes=127)
        instant = int(now.timestamp()) * 1_000_000
        local = now.astimezone(ZoneInfo(zone))
        offset = local.utcoffset()
        assert offset is not None
        assert place(instant) == (study_day(local, 4), offset.total_seconds() // 60)
    made.close()


def test_marks_other_than_a_fresh_beginning_are_no_answers(context: Context) -> None:
    record(context, ItemMarked(EIG, "suspended"), ItemMarked(EIG, "forgotten"))
    assert exchange_reviews.answers_of(context) == []
