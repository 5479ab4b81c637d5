"""Reading papers: where the learner is, the steps of a pass ticked, and the verdict that ends it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.paper_events import PaperDropped, PaperNoted, PaperStepChecked, PassFinished, Verdict
from mlcoach.domain.papers.ids import paper_id, short_id
from mlcoach.domain.papers.passes import OPEN, PASSES, VERDICTS, PaperState
from mlcoach.domain.papers.state import ticked_steps
from mlcoach.domain.text import checked, nearest
from mlcoach.domain.time.study_days import MICROSECONDS
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services import names
from mlcoach.services.day.status import minutes_view, streak_view
from mlcoach.services.papers.pace import pass_minutes
from mlcoach.services.papers.paper_catalog import paper_catalog, suggestions
from mlcoach.services.papers.show import pass_view, unqueued, whole
from mlcoach.services.papers.state import checklist, entry, stored_state
from mlcoach.services.record import record
from mlcoach.views.papers.paper import NoteView, ShownPaperView
from mlcoach.views.papers.passes import CheckedView, CurrentPaperView, FinishedView, NotedView
from mlcoach.views.papers.queue import DroppedView, QueueEntryView

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def current(context: "Context") -> CurrentPaperView:
    """Return where the learner is: the paper last touched of those being read, else the longest queued."""
    later = context.store.paper_counts().get("later", 0)
    key = current_paper(context)
    if not key:
        return CurrentPaperView(None, later, suggestions(context, context.store.paper_titles()))
    return CurrentPaperView(whole(context, key, stored_state(context, key)), later)


def current_paper(context: "Context") -> str:
    """Return the paper whose turn it is, or ""."""
    waiting = context.store.paper_rows("reading", 1) or context.store.paper_rows("queued", 1)
    return waiting[0].key if waiting else ""


def show(context: "Context", name: str) -> ShownPaperView:
    """Return one paper: of the queue, or of the map without being queued. Raises as `names.paper` does."""
    key = paper_id(name) or name.lower()
    if context.store.paper_row(key) is None and key in (known := paper_catalog(context)):
        return ShownPaperView(unqueued(context, known[key]))
    key = names.paper(context, name)
    return ShownPaperView(whole(context, key, stored_state(context, key)))


def check(
    context: "Context", name: str, words: Sequence[str], day: date, *, done: bool, answer: str = ""
) -> CheckedView:
    """Tick steps of the pass under way, or untick them with `done` False; without words nothing is changed.

    `answer` is what the one step named brought to light. Raises NotFoundError for an unknown step, with the nearest,
    and UsageError for a paper that is not open and for an answer that fits no single step.
    """
    key = names.paper(context, name)
    state = open_state(context, key)
    wanted = list(dict.fromkeys(_step(context, word, state) for word in words))
    kept = checked(answer, "answer")
    if kept and (len(wanted) != 1 or not done):
        raise UsageError("an answer belongs to one step that is ticked", "name the one step that it answers")
    ticked = ticked_steps(state)
    changed = [step for step in wanted if (step in ticked) != done or kept]
    if changed:
        record(context, *(PaperStepChecked(key, state.reading_pass, step, done, kept) for step in changed), day=day)
        state = stored_state(context, key)
    unchanged = tuple(step for step in wanted if step not in changed)
    return CheckedView(whole(context, key, state), tuple(changed), unchanged, done)


def note(context: "Context", name: str, text: str, day: date) -> NotedView:
    """Keep a note on a paper, whatever its status. Raises UsageError for an empty or bad note."""
    key = names.paper(context, name)
    kept = checked(text, "note")
    if not kept:
        raise UsageError("the note is empty; nothing was written", f'`mlcoach paper note {short_id(key)} "…"`')
    record(context, PaperNoted(key, kept), day=day)
    return NotedView(entry(context, key), NoteView(day, kept))


def pass_to_finish(context: "Context", name: str) -> QueueEntryView:
    """Return the paper whose pass is about to end. Raises as `finish` does for a paper that is not open."""
    key = names.paper(context, name)
    open_state(context, key)
    return entry(context, key)


def finish(
    context: "Context",
    name: str,
    verdict: str,
    day: date,
    *,
    minutes: int = 0,
    note: str = "",
    changed: str = "",
    seconds: int = 0,
) -> FinishedView:
    """End the pass under way with a verdict (go-on, stop, later); its time flows into the day.

    `note` is the sentence that stays of it, `changed` what it changed the learner's mind about. Raises UsageError for
    an unknown verdict, a bad note, and a paper that is finished or dropped.
    """
    key = names.paper(context, name)
    before = open_state(context, key)
    body = PassFinished(
        key,
        before.reading_pass,
        verdict_of(verdict),
        minutes * 60 or seconds or _timed_seconds(context, key, day),
        checked(note, "note"),
        checked(changed, "sentence"),
    )
    record(context, body, day=day)
    steps = [step.id for step in checklist(context, before)]
    timer = context.store.timer()
    state_of_day = context.store.day(day)
    ended = stored_state(context, key).passes
    return FinishedView(
        paper=entry(context, key),
        ended=next(pass_view(one) for one in reversed(ended) if one.ended == max(other.ended for other in ended)),
        ticked=len(ticked_steps(before).intersection(steps)),
        steps=len(steps),
        day_total_minutes=state_of_day.seconds // 60,
        on_timer=timer is not None and timer.paper == key,
        minutes_of_day=minutes_view(context, state_of_day, day),
        streak=streak_view(context),
        streak_shown=context.settings.get("streak"),
        next_budget=pass_minutes(context)[entry(context, key).reading_pass],
    )


def _timed_seconds(context: "Context", key: str, day: date) -> int:
    """Return the seconds of the timer that runs on a paper: they are its pass's, and count once for the day."""
    timer = context.store.timer()
    if timer is None or timer.paper != key or day != context.today or timer.study_day != day.isoformat():
        return 0
    ended = context.store.written.between(("pass_finished",), day, day)
    before = [one.happened for one in ended if isinstance(one.body, PassFinished) and one.body.paper == key]
    return max(0, context.instant.microseconds - max(timer.began, *before, 0)) // MICROSECONDS


def verdict_of(words: str) -> Verdict:
    """Return the verdict that the words mean; `go on`, `go` and first letters do. Raises UsageError."""
    word = "-".join(words.lower().replace("_", " ").replace("-", " ").split())
    fitting = [verdict for verdict in VERDICTS if word and verdict.startswith(word)]
    if len(fitting) == 1:
        return fitting[0]
    if not word:
        raise UsageError("no verdict", "say go-on, stop or later")
    hint = nearest(word, VERDICTS) or "say go-on, stop or later"
    raise UsageError(f"no verdict `{checked(words, 'verdict')[:80]}`", hint)


def drop(context: "Context", name: str, reason: str, day: date) -> DroppedView:
    """Take a paper out of the queue; what was read and noted stays. Twice changes nothing more."""
    key = names.paper(context, name)
    kept = checked(reason, "note")
    changed = stored_state(context, key).status != "dropped"
    if changed:
        record(context, PaperDropped(key, kept), day=day, opens_day=False)
    return DroppedView(entry(context, key), kept, changed)


def open_state(context: "Context", key: str) -> PaperState:
    """Return the state of a paper that has a pass under way or to come. Raises UsageError for another one."""
    state = stored_state(context, key)
    if state.status not in OPEN:
        raise UsageError(
            f"{state.title or key} is {state.status}", f"`mlcoach paper add {short_id(key)}` puts it back in the queue"
        )
    return state


def _step(context: "Context", word: str, state: PaperState) -> str:
    """Return the step of the pass under way that a word means: its id, or the beginning of one."""
    wanted = word.strip().lower()
    ids = {number: [step.id for step in checklist(context, state._replace(reading_pass=number))] for number in PASSES}
    here = ids[state.reading_pass]
    if wanted in here:
        return wanted
    fitting = [step for step in here if wanted and step.startswith(wanted)]
    if len(fitting) == 1:
        return fitting[0]
    shown = checked(word, "step")[:80]
    if fitting:
        raise UsageError(f"`{shown}` is ambiguous", "say which: " + ", ".join(f"`{step}`" for step in fitting))
    for number, steps in ids.items():
        if wanted in steps:
            raise UsageError(f"`{shown}` is a step of pass {number}", f"pass {state.reading_pass} is under way")
    hint = nearest(wanted, here) or f"the steps are {', '.join(here)}"
    raise NotFoundError(f"no step `{shown}` in pass {state.reading_pass}", hint)
