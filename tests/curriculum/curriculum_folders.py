"""The folders a catalog is made from and kept in, for the tests of the curriculum room."""

from pathlib import Path
from typing import NamedTuple

from mlcoach.curriculum.cache.catalog import Catalog, open_catalog
from mlcoach.curriculum.check.check import check
from mlcoach.curriculum.read.problems import Report

HERE = Path(__file__).parent
SMALL = HERE / "small"
OVERLAY = 'schema = 1\nover = "math.la"\n'


class Folders(NamedTuple):
    """The bundle, the learner's folder and the cache."""

    bundled: Path
    own: Path
    cache: Path

    def write(self, name: str, text: str) -> Path:
        """Write a file of the learner's."""
        path = self.own / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def open(self) -> Catalog:
        """Open the catalog; compile it if need be."""
        return open_catalog(self.bundled, self.own, self.cache)

    def check(self, *files: Path) -> Report:
        """Check everything, or some files."""
        return check(self.bundled, self.own, files)


def codes(report: Report) -> list[str]:
    """Return the codes of all errors of a report, then those of all warnings.

    Most units of these tests have no cards, so the warning about that is left out.
    """
    found = [problem.code for problem in (*report.errors, *report.warnings)]
    return [code for code in found if code != "no-items"]
