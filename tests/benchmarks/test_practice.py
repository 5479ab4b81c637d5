"""What a save costs, held to its promises. Ratios of least times, so that a busy machine slows both sides alike."""

import os
import shutil

import pytest

from tests.benchmarks.practice import cpp_figures, python_figures

# Another test beside it slows a chain of processes more than a single one.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("PYTEST_XDIST_WORKER" in os.environ, reason="measured alone, by the CI script with -n 0"),
]


def test_the_verdict_of_five_tests_takes_at_most_three_times_the_bare_interpreter() -> None:
    assert min(python_figures().ratio for _ in range(2)) <= 3


@pytest.mark.skipif(not shutil.which("g++"), reason="no g++ here")
def test_a_verdict_in_cpp_takes_little_more_than_its_compiler() -> None:
    assert cpp_figures().ratio <= 1.2
