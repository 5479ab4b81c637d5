"""Whose code may run: that of the bundle, and what the learner read and agreed to, to the letter."""

from typing import TYPE_CHECKING

from mlcoach.domain.events import CodeAllowed
from mlcoach.domain.practice.attempts import AttemptState, together
from mlcoach.domain.practice.code import digest_of
from mlcoach.services.practice.former_ids import ids_of
from mlcoach.services.practice.machine import guard_words
from mlcoach.services.record import record
from mlcoach.views.practice import ConsentView

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import Exercise
    from mlcoach.services.context import Context


def is_allowed(context: "Context", exercise: "Exercise") -> bool:
    """Return whether what an exercise runs came with this program, or was agreed to on this device."""
    code = exercise.code
    assert code is not None
    return (
        code.bundled
        or (context.store.attempts.device(), digest_of(code)) in attempt_state(context, exercise.id).allowed
    )


def to_read(context: "Context", exercise: "Exercise") -> ConsentView:
    """Return what an exercise runs, for the learner to read."""
    code = exercise.code
    assert code is not None
    device = context.store.attempts.device()
    before = any(where == device for where, _ in attempt_state(context, exercise.id).allowed)
    tests = tuple((test.id, test.body) for test in code.tests)
    return ConsentView(
        exercise.id, exercise.title, code.language, digest_of(code), before, tests, code.starter, guard_words()
    )


def allow(context: "Context", exercise: "Exercise") -> None:
    """Write down that the learner agreed to what an exercise runs now."""
    assert exercise.code is not None
    record(context, CodeAllowed(exercise.id, digest_of(exercise.code)), opens_day=False)


def attempt_state(context: "Context", item: str) -> AttemptState:
    """Return what was tried of an item, also under the ids it had."""
    ids = ids_of(context, item)
    found = context.store.attempts.states(ids)
    return together([found[id] for id in ids if id in found])
