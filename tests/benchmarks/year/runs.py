"""The years that are lived: what is wanted of the program, and the habits of the learner."""

from typing import NamedTuple

from tests.benchmarks.year.learner import Habits

KNOWS = ("math", "prog.py", "start.setup")  # somebody with mathematics who programs
AWAY = (121, 141)  # 21 days


class Run(NamedTuple):
    """A kind of year: path, minutes from Monday on, what is known already, and habits.

    `known` is told the program at once, `knows` is true of the learner: with `placed` they are asked on the first
    evening, without they walk those units like all others.
    """

    name: str
    path: str = "core"
    week: tuple[int, ...] = (120,) * 7
    known: tuple[str, ...] = ()
    habits: Habits = Habits()
    knows: tuple[str, ...] = ()
    placed: bool = False

    def is_known(self, unit: str) -> bool:
        """Return whether the learner knew a unit before they began."""
        return any(f"{unit}.".startswith(f"{name}.") for name in self.knows)


RUNS = {
    run.name: run
    for run in (
        Run("core"),
        Run("hour", week=(60,) * 7),
        Run("short", week=(45,) * 7),
        Run("weekends", week=(0, 0, 0, 0, 0, 240, 240)),
        Run("away", habits=Habits(away=AWAY)),
        Run("known", known=("math", "prog.py")),
        Run("unplaced", knows=KNOWS),
        Run("placed", knows=KNOWS, placed=True),
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
