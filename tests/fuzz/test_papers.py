"""A few seconds of hostile bibliographies, PDFs and answers of the web; by hand it is a hundred thousand of each."""

from pathlib import Path

import pytest

from tests.fuzz import bibliographies, papers
from tests.fuzz.mutate import Fuzzer, broken, tried

COUNT = {"bibtex": 80, "csl": 80, "bibtex-import": 3, "csl-import": 3, "pdf": 15, "arxiv": 30, "crossref": 60}
FUZZERS = (*bibliographies.FUZZERS, *papers.FUZZERS)


@pytest.mark.parametrize("fuzzer", FUZZERS, ids=lambda fuzzer: fuzzer.name)
@pytest.mark.filterwarnings("default")  # what others warn of, a learner never sees
def test_no_input_breaks_a_reader(fuzzer: Fuzzer, tmp_path: Path) -> None:
    assert broken(tried(fuzzer, range(COUNT[fuzzer.name]), tmp_path)) == []


@pytest.mark.slow
@pytest.mark.parametrize("fuzzer", FUZZERS, ids=lambda fuzzer: fuzzer.name)
@pytest.mark.filterwarnings("default")
def test_nor_do_ten_times_as_many(fuzzer: Fuzzer, tmp_path: Path) -> None:
    first = COUNT[fuzzer.name]
    assert broken(tried(fuzzer, range(first, 10 * first), tmp_path)) == []
