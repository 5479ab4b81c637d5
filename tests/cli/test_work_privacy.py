"""Names of others and texts of adverts stay in their files: they are in no journal, export, report or page for others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Program

NAMES = ("Zephyrina", "Quintavalle", "Wolfgramm", "Obermeyer", "Tansyfield", "Xanthorp", "Grubenwald")
FILES = ("people.toml", "jobs.toml")


@pytest.fixture
def searched(mlcoach: Program, tmp_path: Path) -> Program:
    """A home in which everything about people and jobs was said once, with seven words that are nowhere else."""
    advert = tmp_path / "Quintavalle.txt"
    advert.write_text("Quintavalle Robotics needs Python, Kafka and Grubenwald", encoding="utf-8")
    for line in (
        "people add Zephyrina Obermeyer --tag mentor --date 2026-11-01",
        "people log zephyrina --asked 'what would Tansyfield do?' --tried 'Xanthorp' --date 2026-11-02",
        "people --json log zephyrina --advice 'ask Tansyfield' --date 2026-11-03",
        "people log zephyrina --did 'asked Tansyfield'",
        f"job add Quintavalle 'Engineer of Xanthorp' --via Zephyrina --advert '{advert}' --size small",
        "job --json move Quintavalle interview --next 2026-12-04",
        "job note quintavalle 'Obermeyer asked about trees' --gap 'Tansyfield trees?'",
        "job gap quintavalle",
        "job add Wolfgramm --kind client",
        "log 1h job:Wolfgramm",
        "log -d yesterday 2h job:Wolfgramm",
        "log 45m start.why -n 'plain #share'",
        "today", "job", "job list", "people", "people list",
        "people add Wolfgramm", "people drop wolfgramm",
    ):  # fmt: skip
        mlcoach(line)
    mlcoach("people Zephyrina", expect=2)  # no command, and not kept either
    mlcoach("people log zephyrina --gave", expect=2)
    return mlcoach


def texts(searched: Program, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Yield (what, text) of all that is for ever, or for others."""
    for line in (
        "export journal", "export reviews", "buddy report", "buddy report --format html", "week", "week --json",
        "undo --list", "stats", "stats --json", "log", "log --full", "streak", "calendar export", "report -o page.html",
        "doctor", "search Quintavalle", "config show", "today --mobile", "plan --days 9",
    ):  # fmt: skip
        shown = searched(line.replace("page.html", str(tmp_path / "page.html")))
        yield line, shown.out
    yield "page", (tmp_path / "page.html").read_text(encoding="utf-8")
    anki = tmp_path / "cards.apkg"
    searched(f"export anki --subject start -o {anki}")
    yield "anki", anki.read_bytes().decode("latin-1")
    for path in sorted((searched.home / "data").glob("*.db*")):
        yield path.name, path.read_bytes().decode("latin-1")
    for path in sorted((searched.home / "data" / "backups").glob("*.db*")):
        yield path.name, path.read_bytes().decode("latin-1")
    for path in (searched.home / "state").rglob("*") if (searched.home / "state").is_dir() else ():
        if path.is_file():
            yield path.name, path.read_bytes().decode("latin-1")


def test_names_and_adverts_are_in_their_files_alone(searched: Program, tmp_path: Path) -> None:
    searched("backup")
    held = {name: (searched.home / "data" / name).read_text(encoding="utf-8") for name in FILES}
    assert "Zephyrina Obermeyer" in held["people.toml"]
    assert "Quintavalle" in held["jobs.toml"]
    found = [
        (what, name)
        for what, text in texts(searched, tmp_path)
        for name in NAMES
        if name.casefold() in text.casefold() and not (what == "search Quintavalle" and name == "Quintavalle")
    ]
    assert found == []
    assert [name for name in NAMES for file in searched.files() if name.casefold() in file.casefold()] == []


def test_of_the_command_line_the_journal_keeps_the_command(searched: Program) -> None:
    listed = searched("undo --list").out
    assert "people drop" in listed
    assert "job note" in listed
    assert "log 1h job:…" in listed


def test_the_plan_of_the_day_names_nobody(searched: Program) -> None:
    searched("today --replan")
    assert "Zephyrina" in searched("today").out
    assert "Zephyrina" not in searched("export journal").out
