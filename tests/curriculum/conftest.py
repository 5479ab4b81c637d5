"""A small bundle, an empty folder of the learner's, and a cache, for the tests of the curriculum room."""

from pathlib import Path

import pytest

from tests.curriculum.curriculum_folders import SMALL, Folders


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(SMALL, tmp_path / "own", tmp_path / "cache")
