"""The years that are lived: what is wanted of the program, and the habits of the learner."""

from typing import NamedTuple

from tests.benchmarks.year.learner import Habits

AWAY = (121, 141)  # 21 days


class Run(NamedTuple):
    """A kind of year: path, minutes from Monday on, what is known already, and habits."""

    name: str
    path: str = "core"
    week: tuple[int, ...] = (120,) * 7
    known: tuple[str, ...] = ()
    habits: Habits = Habits()


RUNS = {
    run.name: run
    for run in (
        Run("core"),
        Run("hour", week=(60,) * 7),
        Run("short", week=(45,) * 7),
        Run("weekends", week=(0, 0, 0, 0, 0, 240, 240)),
        Run("away", habits=Habits(away=AWAY)),
        Run("known", known=("math", "prog.py")),
        Run("llm", path="llm"),
        Run("interview", path="interview"),
        Run("engineer", path="engineer"),
        Run("top-down", path="top-down"),
        Run("peeks", habits=Habits(peeks=(8, 40, 70))),
        Run("no-exercises", habits=Habits(exercises=False)),
        Run("elsewhere", habits=Habits(elsewhere=0.2)),
        Run("forgetful", habits=Habits(memory=0.4)),
    )
}
