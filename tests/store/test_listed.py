"""What is listed as recent: the end of the order in which entries were recorded, in parts or as a whole."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.event_order import in_recorded_order
from mlcoach.domain.events import Event, kind_of
from mlcoach.store.store import Store
from tests.store.journals import arrive, in_memory, journals

LISTED = ("time_logged", "timer_stopped", "pass_finished")


@pytest.mark.parametrize("kinds", [LISTED, ("time_logged",), ("item_graded", "unit_marked")])
@given(journals(), st.integers(1, 9), st.randoms(use_true_random=False))
def test_what_is_recent_is_the_end_of_the_recorded_order(
    kinds: tuple[str, ...], events: list[Event], limit: int, chance: random.Random
) -> None:
    shuffled = events[:]
    chance.shuffle(shuffled)
    connection = in_memory()
    arrive(connection, shuffled)
    revoked = {id for (id,) in connection.execute("SELECT event FROM revoked")}
    wanted = [event for event in events if kind_of(event.body) in kinds and event.id not in revoked]
    assert Store(connection, Path()).recent(kinds, limit) == in_recorded_order(wanted)[::-1][:limit]
    connection.close()
