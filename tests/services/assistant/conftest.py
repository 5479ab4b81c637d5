"""A home with a subject that has an item of every way to answer, compiled once a module."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlcoach.services.context import Context
from tests.services.assistant.talk import SUBJECT

EVENING = "2026-11-23T20:00:00+01:00"


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("talk")
    folder = home / "config" / "curriculum"
    folder.mkdir(parents=True)
    (folder / "talk.toml").write_text(SUBJECT, encoding="utf-8")
    return home


@pytest.fixture
def context(deck: Path) -> Iterator[Context]:
    made = Context({"MLCOACH_HOME": str(deck), "MLCOACH_NOW": EVENING, "PATH": "/usr/bin:/bin"}, "assistant: test")
    assert made.catalog.skipped == ()
    yield made
    made.close()
    shutil.rmtree(deck / "data", ignore_errors=True)
