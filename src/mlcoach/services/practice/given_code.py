"""The program that an exercise without tests gives, put in a file of the learner's, and the command that runs it."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.adapters.practice.workspace import write_once
from mlcoach.domain.practice.given_code import file_text, given_code
from mlcoach.services.practice.machine import interpreter, work_folder
from mlcoach.views.practice import GivenCodeView

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import Exercise
    from mlcoach.domain.practice.given_code import GivenCode
    from mlcoach.services.context import Context


def put_given(context: "Context", exercise: "Exercise") -> GivenCodeView | None:
    """Write the program that an exercise gives, and return where it is; None where it gives none.

    A file that is there is the learner's and stays. Raises UsageError where it cannot be written.
    """
    given = None if exercise.vary else given_code(exercise.prompt)
    if given is None:
        return None
    unit, _, name = exercise.id.partition("/")
    path = work_folder(context) / unit / f"{name}{given.suffix}"
    written = write_once(path, file_text(given, exercise.title, exercise.id))
    run = _run(context, given, path)
    return GivenCodeView(exercise.id, exercise.title, exercise.minutes, exercise.prompt, str(path), run, written)


def _run(context: "Context", given: "GivenCode", path: Path) -> str:
    """Return the command that runs a program, as short as it may be typed."""
    import shutil
    from os.path import realpath as path_of

    file = _short(path)
    if given.language == "cpp":
        program = _short(path.with_suffix(".out"))
        return f"c++ -std=c++20 -o {program} {file} && {program}"
    python = interpreter(context).path
    for name in ("python3", "python"):
        called = shutil.which(name, path=context.environment.get("PATH"))
        if called and path_of(called) == path_of(python):
            return f"{name} {file}"
    return f"{shlex.quote(str(python))} {file}"


def _short(path: Path) -> str:
    """Return a path for a shell, from the home folder where it is in it."""
    try:
        return f"~/{shlex.quote(str(path.relative_to(Path.home())))}"
    except (ValueError, RuntimeError):
        return shlex.quote(str(path))
