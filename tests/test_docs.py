"""The documents cannot rot: what the README shows is real, every command has an example, authors find every key."""

import json
import os
import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from mlcoach.adapters.expressions import evaluate
from mlcoach.adapters.help_pages import FOLDER, TOPICS
from mlcoach.cli.main import SECTIONS
from mlcoach.curriculum.check.check import check
from mlcoach.curriculum.read import model
from mlcoach.curriculum.read.find import bundled_folder
from mlcoach.curriculum.read.roles import RoleTable, RoleToolTable
from mlcoach.services.context import Context
from mlcoach.services.practice.exercises import load
from tests.conftest import Program

COMMANDS = [name for section in SECTIONS.values() for name in section]

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(mlcoach: Program, command: str) -> None:
    for option in ("-h", "--help"):
        shown = mlcoach(f"{command} {option}").out
        assert shown.startswith(f"Usage: mlcoach {command}")
        assert f"Example: mlcoach {command}" in shown


@pytest.mark.parametrize(
    "group",
    [
        "paper",
        "curriculum",
        "config",
        "cards",
        "memory",
        "import",
        "export",
        "calendar",
        "remind",
        "buddy",
        "sync",
        "group",
    ],
)
def test_every_subcommand_has_help(mlcoach: Program, group: str) -> None:
    listed = re.findall(r"^  ([a-z]+) ", mlcoach(f"{group} --help").out.partition("Commands:")[2], re.MULTILINE)
    assert listed
    assert "...\n" not in mlcoach(f"{group} --help").out.partition("Commands:")[2]
    for command in listed:
        assert "Example: mlcoach" in mlcoach(f"{group} {command} --help").out


def test_the_readme_is_three_screens() -> None:
    lines = README.splitlines()
    assert len(lines) <= 160
    assert max(map(len, lines)) <= 122


def test_the_readme_names_topics_of_the_help() -> None:
    assert set(re.findall(r"mlcoach help ([a-z]+)", README)) <= {*TOPICS, "freeze"}


def test_readme_and_help_count_the_papers_that_there_are() -> None:
    root = Path(__file__).parent.parent
    files = (root / "curricula" / "papers").glob("*.toml")
    papers = sum(len(re.findall(r"^\[\[paper\]\]", file.read_text(encoding="utf-8"), re.MULTILINE)) for file in files)
    said = README + (root / "src/mlcoach/help_pages/curriculum.md").read_text(encoding="utf-8")
    assert re.findall(r"\b(\d+) papers\b", said) == 2 * [str(papers)]


def test_the_readme_names_no_command_that_does_not_exist() -> None:
    used = set(re.findall(r"^(?:\$ )?mlcoach ([a-z]+)", README, re.MULTILINE)) | set(
        re.findall(r"`mlcoach ([a-z]+)", README)
    )
    assert used <= set(COMMANDS)


@pytest.mark.usefixtures("bundled_content")
def test_the_readme_shows_a_real_screen(mlcoach: Program) -> None:
    shown = re.search(r"```console\n\$ mlcoach today\n(.*?)```", README, re.DOTALL)
    assert shown
    for line in (
        "log 1h start.why --date -6", "log 2h vectors --date -6", "done start.why --no-questions --date -5",
        "done vectors/before --date -5", "log 2h vectors --date -5", "log 2h vectors --date -4",
        "log 90m setup --date -3", "done setup/before --date -3", "log 2h vectors --date -2",
        "done vectors/3b1b-vectors --date -2", "log 2h setup --date -1",
        "paper add 1412.6980 --why 'every optimiser I meet'",
        "grade columns-are-images good", "grade dot-product-sign good", "grade why-order-matters good",
        "grade one-norm-likes-sparse hard", "grade column-view-of-product easy", "grade outer-product-view good",
        "log 2h vectors",
    ):  # fmt: skip
        mlcoach(line)
    mlcoach.later(days=3)
    mlcoach("log 2h setup --date -2")
    mlcoach("grade empty-folder-to-commit good --seconds 1800 --date -1")
    mlcoach("log 2h setup --date -1")
    due = json.loads(mlcoach("review --only cards --json").out)["data"]["due"]
    for item in due:
        mlcoach(f"grade {item['item']} good --seconds 20")
    mlcoach("log 25m setup")
    assert mlcoach("today", tty=80).out == shown[1]


@pytest.mark.usefixtures("bundled_content")
def test_the_readme_shows_a_real_run_of_tests(mlcoach: Program) -> None:
    shown = re.search(r"--check\n(Problems 1 to 5.*?)```", README, re.DOTALL)
    assert shown
    context = Context({"MLCOACH_HOME": str(mlcoach.home)})
    exercise = load(context, "prog.dsa.linear/five-with-hashing")
    context.close()
    assert exercise.code is not None
    mistake = next(wrong for wrong in exercise.code.wrong if wrong.id == "pairs-itself")
    file = mlcoach.home / "work" / "prog.dsa.linear" / "five-with-hashing" / exercise.code.file
    file.parent.mkdir(parents=True)
    file.write_text(mistake.file, encoding="utf-8")
    mlcoach.environment["PATH"] = os.environ["PATH"]
    screen = mlcoach("practice five-with-hashing --check", tty=80, expect=8).out

    def without_place_and_time(text: str) -> str:
        return re.sub(r" · [0-9.]+ s\n", "\n", re.sub(r"\n/.*\n", "\n", text))

    assert without_place_and_time(screen) == without_place_and_time(shown[1])


@pytest.mark.usefixtures("bundled_content")
def test_a_first_week_as_the_readme_shows_it(mlcoach: Program) -> None:
    block = re.search(r"## A first week\n\n```sh\n(.*?)```", README, re.DOTALL)
    assert block
    lines = [line.partition(" #")[0].strip() for line in block[1].splitlines()]
    assert len(lines) > 15
    for line in lines:
        # Without a terminal `init` and `place` ask for more words, and `done` has nothing to ask.
        result = mlcoach(line.removeprefix("mlcoach "), expect=None)
        assert result.code == (2 if line in ("mlcoach init", "mlcoach place") else 0), result.screen


def test_a_second_machine_as_the_readme_shows_it(mlcoach: Program, tmp_path: Path) -> None:
    block = re.search(r"## A second machine, and a group\n\n```sh\n(.*?)```", README, re.DOTALL)
    assert block
    first, join, *rest = (line.partition(" #")[0].strip().removeprefix("mlcoach ") for line in block[1].splitlines())
    place = tmp_path / "Sync" / "mlcoach"
    second = Program(tmp_path / "second")
    second.environment["MLCOACH_MACHINE"] = "second"
    mlcoach("log 45m")
    mlcoach(first.replace("~/Sync/mlcoach", str(place)))
    key = (mlcoach.home / "data" / "sync" / "key.txt").read_text()
    second(join.replace("~/Sync/mlcoach", str(place)), stdin=key)
    assert second("log").out == mlcoach("log").out
    assert len(rest) == 2
    for line in rest:
        mlcoach(line)
    commands = re.findall(r"`mlcoach (group (?:start|join)[^`]*)`", README)
    names = ("ada", "ben")
    for name, program, command in zip(names, (mlcoach, second), commands, strict=True):
        program(" ".join(command.split()).replace("~/Sync/five", str(tmp_path / "five")))
        assert command.endswith(f"--name {name}")


@pytest.mark.usefixtures("bundled_content")
def test_the_help_shows_a_real_mistake(mlcoach: Program) -> None:
    page = (FOLDER / "practice.md").read_text(encoding="utf-8")
    shown = re.search(r"```console\n\$ mlcoach (grade two-norm-of-vector .*)\n((?:.*\n)*?)```", page)
    assert shown
    assert mlcoach(shown[1]).out == shown[2]


AUTHORS = (Path(__file__).parent.parent / "curricula" / "README.md").read_text(encoding="utf-8")


def test_the_examples_for_authors_pass_the_checker(tmp_path: Path) -> None:
    examples = re.findall(r"```toml\n(.*?)```", AUTHORS, re.DOTALL)
    assert len(examples) == 5
    files = []
    for number, text in enumerate(examples):
        path = tmp_path / "own" / f"{number}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        files.append(path)
    report = check(bundled_folder(), tmp_path / "own", files, evaluate)
    assert report.errors + report.warnings == ()
    assert (report.counts.units, report.counts.cards) == (1, 6)


@pytest.mark.parametrize(
    "table",
    [
        model.SubjectFile,
        model.Resource,
        model.UnitTable,
        model.CardTable,
        model.ExerciseTable,
        model.PathTable,
        model.PaperTable,
        RoleTable,
        RoleToolTable,
    ],
)
def test_authors_find_every_key(table: type[BaseModel]) -> None:
    keys = {field.alias or name for name, field in table.model_fields.items()} - {"encompasses", "extends", "test"}
    missing = {key for key in keys if not re.search(rf"(?<![a-z]){key}(?![a-z])", AUTHORS)}
    assert missing == set()
