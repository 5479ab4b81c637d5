"""Running code exercises for those who write them: their solutions, starters and wrong solutions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mlcoach.services.practice.machine import runner_for

if TYPE_CHECKING:
    from mlcoach.curriculum.check.code_runs import Prove, Run
    from mlcoach.domain.practice.code import CodeTask
    from mlcoach.services.context import Context


def prover(context: "Context", on_exercise: Callable[[str], None] | None = None) -> "Prove":
    """Return what opens a task so that texts of its file can be run; `on_exercise` hears the name of each.

    Raises MissingExtraError, when it is used, where a module or a compiler is missing.
    """

    @contextmanager
    def prove(name: str, task: "CodeTask") -> "Iterator[Run]":
        if on_exercise:
            on_exercise(f"running {name}")
        runner, _ = runner_for(context, task)
        with runner:
            yield lambda text: runner.run({task.file: text.encode()})

    return prove
