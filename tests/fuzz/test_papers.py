"""A few seconds of hostile bibliographies, PDFs and answers of the web; by hand it is a hundred thousand of each."""

from pathlib import Path

import pytest

from tests.fuzz import bibliographies, papers
from tests.fuzz.mutate import Fuzzer, broken, tried

COUNT = {"bibtex": 400, "csl": 400, "bibtex-import": 12, "csl-import": 12, "pdf": 60, "arxiv": 150, "crossref": 300}


@pytest.mark.parametrize("fuzzer", (*bibliographies.FUZZERS, *papers.FUZZERS), ids=lambda fuzzer: fuzzer.name)
@pytest.mark.filterwarnings("default")  # what others warn of, a learner never sees
def test_no_input_breaks_a_reader(fuzzer: Fuzzer, tmp_path: Path) -> None:
    assert broken(tried(fuzzer, range(COUNT[fuzzer.name]), tmp_path)) == []
