"""A store that is deleted or replaced under an open command: what would be lost is kept, and can be brought back."""

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mlcoach.domain.events import Body, TimeLogged
from mlcoach.errors import StoreError
from mlcoach.services.context import Context
from mlcoach.services.record import record
from tests.conftest import MONDAY, Program


def logged(minutes: int) -> Body:
    return TimeLogged(minutes * 60)


@pytest.fixture
def open_command(mlcoach: Program) -> Iterator[Context]:
    """A command that lasts, in a home with one entry; it has written one more already."""
    mlcoach("log 10m")
    context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": MONDAY}, "review")
    record(context, logged(20))
    yield context
    context.close()


def rescued(mlcoach: Program) -> list[Path]:
    return sorted((mlcoach.home / "data").glob("rescue-*.jsonl"))


def minutes(mlcoach: Program) -> int:
    return int(json.loads(mlcoach("status --json").out)["data"]["minutes"]["done"])


def remove(mlcoach: Program) -> None:
    for name in ("mlcoach.db", "mlcoach.db-wal", "mlcoach.db-shm"):
        (mlcoach.home / "data" / name).unlink(missing_ok=True)


def test_a_deleted_store_is_named_and_all_of_it_comes_back(mlcoach: Program, open_command: Context) -> None:
    remove(mlcoach)
    with pytest.raises(StoreError, match="was deleted while this command ran") as caught:
        record(open_command, logged(30))
    (kept,) = rescued(mlcoach)
    assert f"mlcoach import journal {kept}" in caught.value.hint
    assert kept.stat().st_mode & 0o777 == 0o600
    mlcoach(f"import journal '{kept}'")
    assert minutes(mlcoach) == 60
    assert "Nothing to join" in mlcoach(f"import journal '{kept}'").out


def test_a_deleted_folder_is_made_again_for_what_was_in_it(mlcoach: Program, open_command: Context) -> None:
    shutil.rmtree(mlcoach.home / "data")
    with pytest.raises(StoreError, match="was deleted"):
        record(open_command, logged(30))
    mlcoach(f"import journal '{rescued(mlcoach)[0]}'")
    assert minutes(mlcoach) == 60


def test_of_a_replaced_store_what_this_command_wrote_is_kept(mlcoach: Program, open_command: Context) -> None:
    path = mlcoach.home / "data" / "mlcoach.db"
    remove(mlcoach)
    Program(mlcoach.home).later(days=-1)("log 7m")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="was replaced by another file while this command ran"):
        record(open_command, logged(30))
    assert path.read_bytes() == before
    kept = [json.loads(line) for line in rescued(mlcoach)[0].read_text(encoding="utf-8").splitlines()]
    assert [entry["data"]["seconds"] for entry in kept if entry["kind"] == "time_logged"] == [1200, 1800]
    mlcoach(f"import journal '{rescued(mlcoach)[0]}'")
    assert minutes(mlcoach) == 50


def test_what_could_not_be_written_is_kept_too(
    mlcoach: Program, open_command: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("the disk answers no more")

    remove(mlcoach)
    monkeypatch.setattr("mlcoach.services.record.append", fail)
    with pytest.raises(StoreError, match="was deleted"):
        record(open_command, logged(30))
    monkeypatch.undo()
    mlcoach(f"import journal '{rescued(mlcoach)[0]}'")
    assert minutes(mlcoach) == 60


def test_a_store_that_is_gone_before_the_first_write_is_not_begun_anew(mlcoach: Program) -> None:
    mlcoach("log 10m")
    context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": MONDAY}, "review")
    assert context.store.entries().number
    remove(mlcoach)
    with pytest.raises(StoreError, match="was deleted"):
        record(context, logged(20))
    context.close()
    assert not (mlcoach.home / "data" / "mlcoach.db").exists()
    mlcoach(f"import journal '{rescued(mlcoach)[0]}'")
    assert minutes(mlcoach) == 10


def test_a_store_that_another_command_has_just_begun_is_written_to(mlcoach: Program) -> None:
    context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": MONDAY}, "log 20m")
    assert not context.store.entries().number
    mlcoach("log 10m")
    record(context, logged(20))
    context.close()
    assert minutes(mlcoach) == 30
    assert not rescued(mlcoach)


def test_a_review_whose_store_is_deleted_says_so(mlcoach: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    from mlcoach.services.review.session import ReviewSession

    mlcoach("done vectors --no-questions")
    mlcoach.now += timedelta(days=1)
    asked = ReviewSession.press

    def press(session: ReviewSession, key: str) -> None:
        if key == "q":
            remove(mlcoach)
        asked(session, key)

    monkeypatch.setattr(ReviewSession, "press", press)
    ended = mlcoach("review", stdin=" 3 3q", tty=80, expect=5)
    assert "was deleted while this command ran" in ended.err
    assert "Reviewed" not in ended.out
    mlcoach(f"import journal '{rescued(mlcoach)[0]}'")
    assert json.loads(mlcoach("stats --json").out)["data"]["reviews"] == 2
