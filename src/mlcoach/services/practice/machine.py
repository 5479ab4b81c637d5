"""What runs the learner's code on this machine, and what guards it: found once, said in words."""

from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.errors import MissingExtraError

if TYPE_CHECKING:
    from mlcoach.adapters.practice.interpreters import Interpreter
    from mlcoach.adapters.practice.runner import Runner
    from mlcoach.domain.practice.code import CodeTask
    from mlcoach.services.context import Context


def work_folder(context: "Context") -> Path:
    """Return the work folder: the setting `work`, else `work` below `MLCOACH_HOME`, else `~/mlcoach`."""
    chosen = context.settings.get("work")
    if chosen:
        return Path(chosen).expanduser().absolute()
    home = context.environment.get("MLCOACH_HOME")
    return Path(home).expanduser().absolute() / "work" if home else Path.home() / "mlcoach"


def interpreter(context: "Context", needs: tuple[str, ...] = ()) -> "Interpreter":
    """Return the Python that runs the learner's code. Raises UsageError for a setting that names none."""
    from mlcoach.adapters.practice.interpreters import interpreter_for

    return interpreter_for(context.settings.get("python"), work_folder(context), context.environment, needs)


def runner_for(context: "Context", task: "CodeTask") -> "tuple[Runner, str]":
    """Return what runs the tests of a task, and its name in words.

    Raises MissingExtraError where a module or a compiler is missing, with the one command that brings it.
    """
    from mlcoach.adapters.practice import runner

    if task.language == "cpp":
        from mlcoach.adapters.practice.cpp import find_compiler

        compiler = find_compiler(context.environment)
        return runner.CppRunner(task, compiler, context.places.cache), compiler.path.name
    found = interpreter(context, task.needs)
    if task.language == "command":
        return runner.CommandRunner(task, found), f"`{task.tests[0].body}`"
    if found.missing:
        from mlcoach.adapters.practice.interpreters import environment_command

        names = ", ".join(f"`{name}`" for name in found.missing)
        raise MissingExtraError(
            f"{found.path} ({found.chosen}) has no {names}, which this exercise needs",
            f"make an environment with it: {environment_command(work_folder(context), task.needs)}",
        )
    return runner.PythonRunner(task, found), python_words(found)


def python_words(found: "Interpreter") -> str:
    """Return a Python in words: its version, where it is, and why it is this one."""
    return f"Python {'.'.join(map(str, found.version))}, {found.path} ({found.chosen})"


def is_fenced() -> bool:
    """Return whether what runs here reads and writes only its own folder."""
    from mlcoach.adapters.practice import bubblewrap, fences

    return fences.guards().files or bubblewrap.works()


def guard_words() -> str:
    """Return what guards this machine from the code that runs, in one sentence."""
    from mlcoach.adapters.practice import bubblewrap, fences

    found = fences.guards()
    if found.files:
        net = "no network" if found.sockets else "no connections by TCP" if found.tcp else ""
        parts = [
            "shut in: your program has its own folder only",
            net,
            "time, memory and processes limited",
        ]
        return ", ".join(part for part in parts if part)
    if bubblewrap.works():
        return "shut in by bubblewrap: your program has its own folder only, no network, limited time and memory"
    return "not shut in here: what runs can read and write what you can; its time is limited"
