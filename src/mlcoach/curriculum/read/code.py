"""The table `code` of an exercise: what there is to write, the tests that check it, and known wrong solutions."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints

from mlcoach.curriculum.read.table import Line, Name, Table, Text
from mlcoach.domain.practice.code import CodeLanguage, CodeTask, CodeTest, WrongSolution

MOST_TESTS, MOST_WRONG, MOST_MODULES = 60, 40, 20
LONGEST_RUN, LARGEST_MEMORY = 60, 8192  # seconds, megabytes
FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*\.(py|cpp)$", max_length=60)]
FOLDER = r"^[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*/?$"
Folder = Annotated[str, StringConstraints(pattern=FOLDER, max_length=200)]
Module = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$", max_length=60)
]


def _two_ways(schema: dict[str, Any]) -> None:
    """Say in the schema that `from` stands for the sources."""
    sources = [key for key in ("starter", "solution", "test") if key in schema["required"]]
    schema["required"] = [key for key in schema["required"] if key not in sources]
    schema["oneOf"] = [{"required": ["from"]}, {"required": sources}]


class CodeTestTable(Table):
    """A test: statements with asserts; `close(a, b)` compares numbers and lists of them, `raises(Error)` is a block."""

    id: Name = Field(description="Id within the exercise; a failed test is named by it")
    body: Text = Field(description="The statements; in C++ with CHECK, CHECK_CLOSE and CHECK_THROWS")
    visible: bool = Field(default=False, description="true: shown with the exercise; the others when they fail")
    why: Line | None = Field(default=None, description="Why it matters, said when it fails")


class WrongTable(Table):
    """A plausible wrong solution, which `check --run` proves to fail exactly the tests it names."""

    id: Name = Field(description="Id within the exercise, for ever: attempts name it")
    fails: list[Name] = Field(min_length=1, max_length=MOST_TESTS, description="Ids of the tests it fails, all of them")
    file: Text | None = Field(default=None, description="The whole file")
    redefines: Text | None = Field(
        default=None, description="In Python, in place of `file`: what is put below the solution and defines parts anew"
    )
    feedback: Text | None = Field(default=None, description="What to think of, said when exactly these tests fail")


class CodeTable(Table):
    """Code to write in the learner's own editor, checked by tests.

    When the sources were in a folder, reading has put them into their keys, and `from` and `visible` are gone.
    """

    model_config = ConfigDict(json_schema_extra=_two_ways)

    language: CodeLanguage = Field(default="python", description="python or cpp")
    file: FileName = Field(description="Name of the file to write: letters, digits, _ and .py or .cpp")
    seconds: float = Field(default=5, ge=0.5, le=LONGEST_RUN, description="Limit for all tests together")
    memory_mb: int = Field(default=1024, ge=64, le=LARGEST_MEMORY, description="Limit of memory in megabytes")
    needs: list[Module] = Field(
        default=[], max_length=MOST_MODULES, description="Modules of Python beside its own, such as numpy"
    )
    from_: Folder | None = Field(
        default=None,
        alias="from",
        description="A folder beside this file with start, solution, tests and wrong_NAME, in place of the keys below",
    )
    visible: list[Name] = Field(
        default=[], max_length=MOST_TESTS, description="With `from`: the tests shown with the exercise; else the first"
    )
    starter: Text = Field(description="What the file holds at first; it passes not all tests")
    solution: Text = Field(description="A whole file that passes all tests in a third of the time")
    test: list[CodeTestTable] = Field(min_length=1, max_length=MOST_TESTS, description="The tests in order")
    wrong: list[WrongTable] = Field(default=[], max_length=MOST_WRONG, description="Known wrong solutions")


def built_code(table: CodeTable, bundled: bool) -> CodeTask:
    """Return the value of a table. `bundled` says that all it runs came with this program."""
    return CodeTask(
        table.language,
        table.file,
        _text(table.starter),
        _text(table.solution),
        tuple(CodeTest(test.id, _text(test.body), test.why or "", test.visible) for test in table.test),
        tuple(
            WrongSolution(wrong.id, tuple(wrong.fails), _whole(table, wrong), wrong.feedback or "")
            for wrong in table.wrong
        ),
        table.seconds,
        table.memory_mb,
        tuple(table.needs),
        bundled,
    )


def _whole(table: CodeTable, wrong: WrongTable) -> str:
    """Return the file of a wrong solution."""
    if wrong.file is not None:
        return _text(wrong.file)
    return f"{_text(table.solution)}\n\n{_text(wrong.redefines or '')}"


def _text(text: str) -> str:
    """Return a text of a file with the indentation of its table taken off, and one line end."""
    from textwrap import dedent

    return dedent(text).strip("\n").rstrip() + "\n"
