"""One holder at a time: who waits comes next, and nothing stays behind."""

import threading
import time
from pathlib import Path

import pytest

from mlcoach.adapters.lock import awaited, holder
from mlcoach.errors import StoreError


def test_one_at_a_time_and_the_file_goes_with_the_last(tmp_path: Path) -> None:
    lock = tmp_path / "data" / "files.lock"
    inside = most = 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(10):
            with awaited(lock):
                inside += 1
                most = max(most, inside)
                time.sleep(0.001)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert not lock.exists()


def test_who_waits_too_long_is_told_and_nothing_is_changed(tmp_path: Path) -> None:
    lock = tmp_path / "files.lock"
    with (
        awaited(lock),
        pytest.raises(StoreError, match="another mlcoach has been changing your files"),
        awaited(lock, 0.05),
    ):
        pass
    with awaited(lock, 0.05):
        assert lock.exists()
    assert holder(lock) == 0


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StoreError, match="cannot write"), awaited(tmp_path / "data" / "files.lock"):
        pass
