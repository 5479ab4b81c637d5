"""The program that an exercise without tests gives, in a file of the learner's: how to run it, and how to grade it."""

import shlex
from typing import TYPE_CHECKING

from mlcoach.domain.practice.given_code import file_text, given_code

if TYPE_CHECKING:
    from pathlib import Path

    from mlcoach.cli.app import App
    from mlcoach.domain.curriculum import Exercise
    from mlcoach.domain.practice.given_code import GivenCode


def show_given(app: "App", exercise: "Exercise") -> bool:
    """Write the program that an exercise gives, show the task and what to do with it, and return whether it gives one.

    A file that is there is the learner's and stays. Raises UsageError where it cannot be written.
    """
    from mlcoach.adapters.practice.workspace import write_once
    from mlcoach.render.practice.given import given_lines
    from mlcoach.services.practice.machine import work_folder
    from mlcoach.views.practice import GivenCodeView

    given = None if exercise.vary else given_code(exercise.prompt)
    if given is None:
        return False
    unit, _, name = exercise.id.partition("/")
    path = work_folder(app.context) / unit / f"{name}{given.suffix}"
    written = write_once(path, file_text(given, exercise.title, exercise.id))
    view = GivenCodeView(
        exercise.id, exercise.title, exercise.minutes, exercise.prompt, str(path), _run(app, given, path), written
    )
    app.show("practice", view, False, given_lines)
    return True


def _run(app: "App", given: "GivenCode", path: "Path") -> str:
    """Return the command that runs a program, as short as it may be typed."""
    import shutil
    from os.path import realpath as path_of

    from mlcoach.services.practice.machine import interpreter

    file = _short(path)
    if given.language == "cpp":
        program = _short(path.with_suffix(".out"))
        return f"c++ -std=c++20 -o {program} {file} && {program}"
    python = interpreter(app.context).path
    for name in ("python3", "python"):
        called = shutil.which(name, path=app.environment.get("PATH"))
        if called and path_of(called) == path_of(python):
            return f"{name} {file}"
    return f"{shlex.quote(str(python))} {file}"


def _short(path: "Path") -> str:
    """Return a path for a shell, from the home folder where it is in it."""
    from pathlib import Path

    try:
        return f"~/{shlex.quote(str(path.relative_to(Path.home())))}"
    except (ValueError, RuntimeError):
        return shlex.quote(str(path))
