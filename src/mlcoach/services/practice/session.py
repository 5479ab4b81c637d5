"""Practising one code exercise: its file, its runs, its hints, and the grade that follows from them.

A session knows nothing of terminals: it is asked whether the file was saved, takes keys, and shows what there is. The
clock it is given counts seconds and never goes back.
"""

from collections.abc import Callable
from math import ceil
from typing import TYPE_CHECKING, Any, ClassVar

from mlcoach.adapters.practice import workspace
from mlcoach.domain.curriculum import unit_of
from mlcoach.domain.events import Attempted, TimeLogged
from mlcoach.domain.keys import WORDS
from mlcoach.domain.memory.ratings import RATING_NAMES
from mlcoach.domain.practice.attempts import proposed_rating
from mlcoach.domain.practice.code import RunResult, digest_of, known_mistake
from mlcoach.errors import MlcoachError, UsageError
from mlcoach.services.day.beside_timer import holds_now
from mlcoach.services.practice.machine import guard_words, runner_for, work_folder
from mlcoach.services.practice.typed import attempts_since
from mlcoach.services.record import record
from mlcoach.services.review import grade, items
from mlcoach.views.grade import GradedView
from mlcoach.views.practice import PracticeView, WatchView, run_view

if TYPE_CHECKING:
    from pathlib import Path

    from mlcoach.domain.curriculum import Exercise
    from mlcoach.services.context import Context

UNTOUCHED = "this is the file as it was given; write your answer into it and save"
EMPTY = "the folder is empty; write your files into it and save"
FREE_AFTER = 3  # failed runs, from which on the solution is shown without being asked twice
PATIENCE, HOUR = 3, 3600  # an exercise left open counts for so many times its estimate, and for an hour in any case
LEAST_LOGGED = 60  # seconds
RATING_KEYS = {str(rating): rating for rating in RATING_NAMES}


class PracticeSession:
    """One exercise in the learner's own editor. Close it: what follows from the runs is written then.

    In a mock interview `ends` is when its time is up by the clock, and `of` says which problem this is. Raises
    UsageError or MissingExtraError at the beginning where it cannot be run here.
    """

    def __init__(
        self,
        context: "Context",
        exercise: "Exercise",
        clock: Callable[[], float],
        *,
        start: bool = True,
        ends: float | None = None,
        of: str = "",
    ) -> None:
        assert exercise.code is not None
        self._context = context
        self._work = work_folder(context)
        self.exercise = exercise
        self._task = exercise.code
        # What is missing is said before anything is written.
        self._runner, self._runs_with = runner_for(context, self._task)
        try:
            self.written = start and workspace.begin(self._work, exercise)
        except BaseException:
            self._runner.close()
            raise
        self._fenced = guard_words()
        self._clock, self._ends, self._of = clock, ends, of
        self._minutes_shown = self._minutes_left()
        self._began = self._since = clock()
        self._seen = workspace.stamp_of(self._work, exercise)
        self._hints = 0
        self._tests_shown = self._solution_shown = self._asked_once = False
        self._failed = self._runs = self._serial = 0
        self._last: RunResult | None = None
        self._rating: int | None = None
        self._note = ""
        self._closed = self._untouched = False
        self.done = self.interrupted = self.wants_next = self.wants_editor = False

    # Running --------------------------------------------------------------------------------------------------

    def was_saved(self) -> bool:
        """Return whether the file changed since it was looked at last; one that is gone is waited for."""
        now = workspace.stamp_of(self._work, self.exercise)
        if now is None or now == self._seen:
            return False
        self._seen = now
        return True

    def run(self) -> RunResult:
        """Run the tests on what is in the folder now, and write the attempt down. Raises UsageError without a file."""
        files = workspace.files_of(self._work, self.exercise)
        # What was not touched says nothing of the learner.
        own = files.get(self._task.file, b"").decode("utf-8", "replace")
        self._untouched = untouched = own == self._task.starter if self._task.file else not files
        self._last = result = self._runner.run(files)
        self._runs += 1
        self._serial += 1
        self._note = (UNTOUCHED if self._task.file else EMPTY) if untouched else ""
        if untouched and result.verdict != "right":
            return result
        self._failed += result.verdict != "right"
        self._context.tick()
        record(self._context, self._attempt(result))
        self._since = self._clock()
        return result

    def _attempt(self, result: RunResult) -> Attempted:
        mistake = known_mistake(self._task, result)
        return Attempted(
            item=self.exercise.id,
            verdict=result.verdict,
            how="tests",
            hints=self._hints,
            seconds=self._counted(self._clock() - self._since),
            misconception=mistake.id if mistake else "",
            failed=tuple(test.id for test in result.tests if not test.ok and test.ran),
            solution=self._solution_shown,
            text=digest_of(self._task)[:16],
        )

    def _counted(self, seconds: float) -> int:
        return min(round(max(0.0, seconds)), max(HOUR, PATIENCE * self.exercise.minutes * 60))

    # Keys -----------------------------------------------------------------------------------------------------

    def press(self, key: str) -> None:
        """Do what a key asks for; unknown keys do nothing."""
        if key in ("q", "ctrl-c", "end"):
            self.done, self.interrupted = True, key == "ctrl-c"
        elif key in RATING_KEYS:
            self._rate(RATING_KEYS[key])
        elif key == WORDS:
            self._note = f"letters are keys here; write in {self._task.file or 'your files'}: e opens it, q leaves"
        elif action := self._actions.get(key):
            self._note = ""
            action(self)

    def _hint(self) -> None:
        if self._hints < len(self.exercise.hints):
            self._hints += 1
        else:
            self._note = "that was the last hint" if self.exercise.hints else "there are no hints to this one"

    def _tests(self) -> None:
        self._tests_shown = not self._tests_shown

    def _solution(self) -> None:
        right = self._last is not None and self._last.verdict == "right"
        if right or self._failed >= FREE_AFTER or self._asked_once:
            self._solution_shown = True
        else:
            self._asked_once = True
            self._note = "press v once more for the solution, which counts as `again`; or try on, or open a hint"

    def _reset(self) -> None:
        try:
            kept = workspace.reset(self._work, self.exercise)
        except MlcoachError as error:
            self._note = f"{error.message}; {error.hint}"
            return
        self._seen = workspace.stamp_of(self._work, self.exercise)
        self._last = None
        self._note = f"begun anew; your file is kept as {kept.name}" if kept else "begun anew"

    def _edit(self) -> None:
        self.wants_editor = True

    def _next(self) -> None:
        self.done = self.wants_next = True

    def _run_now(self) -> None:
        try:
            self.run()
        except UsageError as error:
            self._note = f"{error.message}; {error.hint}"

    def _rate(self, rating: int) -> None:
        if self._proposal() is None:
            self._note = "a grade follows from a run that is right, or from the solution"
        else:
            self._rating = rating  # which the screen says as it did what was proposed

    _actions: ClassVar[dict[str, Callable[[Any], None]]] = {
        "h": _hint, "t": _tests, "v": _solution, "r": _reset, "e": _edit, "n": _next, "enter": _run_now,
    }  # fmt: skip

    @property
    def file(self) -> "Path":
        """Where the learner writes."""
        return workspace.file_of(self._work, self.exercise)

    def say(self, note: str) -> None:
        """Show a word to the learner."""
        self._note = note

    # Grading --------------------------------------------------------------------------------------------------

    def _proposal(self) -> int | None:
        """Return the rating that follows from the attempts since the last grade, None where nothing does."""
        gave_up = self._solution_shown and not (self._last and self._last.verdict == "right")
        return proposed_rating(self._go(), self.exercise.minutes * 60, gave_up)

    def _go(self) -> list[Attempted]:
        return attempts_since(self._context, self.exercise.id)

    def close(self) -> GradedView | None:
        """End the session: write the grade that follows, or the time, and return the grade.

        A second grade on a day is left to the learner, with `grade` or in a review.
        """
        if self._closed:
            return None
        self._closed = True
        self._runner.close()
        context, item = self._context, self.exercise.id
        context.tick()
        seconds = self._counted(self._clock() - self._began)
        rating = self._rating or self._proposal()
        known = items.item_state(context, item)
        if rating is not None and (known is None or known.last_day != context.today.isoformat()):
            return grade.grade(context, item, RATING_NAMES[rating], seconds, context.today)
        if seconds >= LEAST_LOGGED and unit_of(item) in context.catalog.units and self._runs and not holds_now(context):
            record(context, TimeLogged(seconds, unit_of(item)))
        return None

    # What there is to see -------------------------------------------------------------------------------------

    @property
    def was_tried(self) -> bool:
        """Whether anything but the file as it was given was run last."""
        return self._last is not None and not self._untouched

    def view(self, graded: GradedView | None = None) -> PracticeView:
        """Return the last run, or what is there before the first."""
        proposed = None if graded else self._proposal()
        rating = self._rating or proposed
        shown = run_view(self.exercise, self._last, self._hints)
        return shown._replace(
            proposed_rating=RATING_NAMES[rating] if rating else (graded.rating if graded else None),
            file=str(workspace.file_of(self._work, self.exercise)),
            runs_with=self._runs_with,
            fenced=self._fenced,
            graded=graded,
            note=self._note if self._last else "",
            tries=len(self._go()),
            # A starter that fails as a known mistake does is not one.
            misconception=None if self._untouched else shown.misconception,
            feedback="" if self._untouched else shown.feedback,
            pattern=self.exercise.pattern if shown.status == "right" or self._solution_shown else "",
        )

    def watch_view(self) -> WatchView:
        """Return the watch screen as it is now."""
        self._minutes_shown = self._minutes_left()
        tests = tuple((test.id, test.body) for test in self._task.tests if test.visible) if self._tests_shown else ()
        return WatchView(
            self._serial,
            self.view(),
            self.exercise.prompt,
            self.exercise.hints[: self._hints],
            len(self.exercise.hints) - self._hints,
            tests,
            self._task.solution if self._solution_shown else "",
            self._runs,
            self._note,
            unit=self.exercise.unit,
            minutes=self.exercise.minutes,
            of=self._of,
            minutes_left=self._minutes_left(),
        )

    def clock_moved(self) -> bool:
        """Return whether another minute of a mock interview went by since its screen was made."""
        return self._minutes_left() != self._minutes_shown

    def _minutes_left(self) -> int | None:
        return None if self._ends is None else max(0, ceil((self._ends - self._clock()) / 60))


def check(context: "Context", exercise: "Exercise") -> PracticeView:
    """Run the tests once on the learner's file and return what they say; raises as `PracticeSession` and `run` do."""
    # How long the learner worked is not known here, and what the run takes says nothing of it.
    session = PracticeSession(context, exercise, lambda: 0.0, start=False)
    graded = None
    try:
        session.run()
    finally:
        graded = session.close()
    return session.view(graded)
