"""Every store that a test opened in memory is closed when it ends."""

from collections.abc import Iterator

import pytest

from tests.store.journals import OPENED


@pytest.fixture(autouse=True)
def close_stores_in_memory() -> Iterator[None]:
    yield
    while OPENED:
        OPENED.pop().close()
