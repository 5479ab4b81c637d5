"""Reading papers: the queue, the passes and their checklists, notes and verdicts."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from mlcoach.domain.curriculum import Paper
from mlcoach.domain.events import PaperDropped, PaperNoted, PaperStepChecked, PassFinished
from mlcoach.domain.papers import (
    OPEN,
    PASSES,
    STATUSES,
    VERDICTS,
    Note,
    PaperState,
    PassRecord,
    address,
    in_turn,
    paper_id,
    passes_done,
    short_id,
)
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services import names, states
from mlcoach.services.inputs import checked
from mlcoach.services.shelf import shelf, suggestions
from mlcoach.services.standing import minutes_view, streak_view
from mlcoach.services.views.papers import (
    CheckedView,
    CurrentPaperView,
    DroppedView,
    FinishedView,
    LinkedUnitView,
    NotedView,
    NoteView,
    PaperView,
    PassView,
    QueueEntryView,
    QueueView,
    ShownPaperView,
    StepView,
)

if TYPE_CHECKING:
    from mlcoach.services.context import Context

ALL = "all"
LIST_ORDER = ("reading", "queued", "later", "finished", "dropped")


def current(context: "Context") -> CurrentPaperView:
    """Return where the learner is: the paper last touched of those being read, else the longest queued."""
    known = context.store.papers()
    later = sum(paper["status"] == "later" for paper in known.values())
    turn = in_turn(known)
    if not turn:
        return CurrentPaperView(None, later, suggestions(context, known))
    return CurrentPaperView(_whole(context, turn[0], state_of(known[turn[0]])), later)


def queue(context: "Context", status: str = "") -> QueueView:
    """Return the papers of one status, of `all`, or without one all but the dropped.

    Raises UsageError for a status that does not exist.
    """
    if status and status not in (*STATUSES, ALL):
        known_statuses = ", ".join((*STATUSES, ALL))
        hint = names.nearest(status, STATUSES) or f"the statuses are {known_statuses}"
        raise UsageError(f"no status `{checked(status, 'status')[:80]}`", hint)
    known = {key: state_of(data) for key, data in context.store.papers().items()}
    shown = [key for key in _ordered(context) if _is_listed(known[key].status, status)]
    seconds = context.store.paper_seconds()
    return QueueView(
        tuple(_entry(key, known[key], seconds.get(key, 0)) for key in shown),
        status,
        sum(state.status == "dropped" for state in known.values()),
        () if any(state.status in OPEN for state in known.values()) else suggestions(context, known),
    )


def show(context: "Context", name: str) -> ShownPaperView:
    """Return one paper: of the queue, or of the map without being queued. Raises as `names.paper` does."""
    key = paper_id(name) or name.lower()
    state = context.store.paper(key)
    if state is None and key in (known := shelf(context)):
        return ShownPaperView(_unqueued(context, known[key]))
    key = names.paper(context, name)
    return ShownPaperView(_whole(context, key, _state(context, key)))


def check(context: "Context", name: str, words: Sequence[str], day: date, *, done: bool) -> CheckedView:
    """Tick steps of the pass under way, or untick them with `done` False; without words nothing is changed.

    Raises NotFoundError for an unknown step, with the nearest, and UsageError for a paper that is not open.
    """
    key = names.paper(context, name)
    state = _open_state(context, key)
    wanted = list(dict.fromkeys(_step(context, word, state.reading_pass) for word in words))
    ticked = _ticked(state)
    changed = [step for step in wanted if (step in ticked) != done]
    if changed:
        context.record(*(PaperStepChecked(key, state.reading_pass, step, done) for step in changed), day=day)
        state = _state(context, key)
    unchanged = tuple(step for step in wanted if step not in changed)
    return CheckedView(_whole(context, key, state), tuple(changed), unchanged, done)


def note(context: "Context", name: str, text: str, day: date) -> NotedView:
    """Keep a note on a paper, whatever its status. Raises UsageError for an empty or bad note."""
    key = names.paper(context, name)
    kept = checked(text, "note")
    if not kept:
        raise UsageError("the note is empty; nothing was written", f'`mlcoach paper note {short_id(key)} "…"`')
    context.record(PaperNoted(key, kept), day=day)
    return NotedView(entry(context, key), NoteView(day, kept))


def pass_to_finish(context: "Context", name: str) -> QueueEntryView:
    """Return the paper whose pass is about to end. Raises as `finish` does for a paper that is not open."""
    key = names.paper(context, name)
    _open_state(context, key)
    return entry(context, key)


def finish(context: "Context", name: str, verdict: str, day: date, *, minutes: int = 0, note: str = "") -> FinishedView:
    """End the pass under way with a verdict (go-on, stop, later); its minutes flow into the day.

    Raises UsageError for an unknown verdict, a bad note, and a paper that is finished or dropped.
    """
    key = names.paper(context, name)
    before = _open_state(context, key)
    verdict = verdict_of(verdict)
    body = PassFinished(key, before.reading_pass, verdict, minutes * 60, checked(note, "note"))
    context.record(body, day=day)
    steps = [step.id for step in _checklist(context, before)]
    timer = context.store.timer()
    state_of_day = context.store.day(day)
    return FinishedView(
        paper=entry(context, key),
        ended=PassView(before.reading_pass, day, verdict, minutes, body.note),
        ticked=len(_ticked(before).intersection(steps)),
        steps=len(steps),
        day_total_minutes=state_of_day.seconds // 60,
        on_timer=timer is not None and timer.paper == key,
        minutes_of_day=minutes_view(context, state_of_day, day),
        streak=streak_view(context),
        streak_shown=context.settings.get("streak"),
    )


def verdict_of(words: str) -> str:
    """Return the verdict that the words mean; `go on`, `go` and first letters do. Raises UsageError."""
    word = "-".join(words.lower().replace("_", " ").replace("-", " ").split())
    fitting = [verdict for verdict in VERDICTS if word and verdict.startswith(word)]
    if len(fitting) == 1:
        return fitting[0]
    if not word:
        raise UsageError("no verdict", "say go-on, stop or later")
    hint = names.nearest(word, VERDICTS) or "say go-on, stop or later"
    raise UsageError(f"no verdict `{checked(words, 'verdict')[:80]}`", hint)


def drop(context: "Context", name: str, reason: str, day: date) -> DroppedView:
    """Take a paper out of the queue; what was read and noted stays. Twice changes nothing more."""
    key = names.paper(context, name)
    kept = checked(reason, "note")
    changed = _state(context, key).status != "dropped"
    if changed:
        context.record(PaperDropped(key, kept), day=day, opens_day=False)
    return DroppedView(entry(context, key), kept, changed)


def state_of(data: dict[str, Any]) -> PaperState:
    """Return the state of a paper from its stored mapping."""
    return PaperState(**data)._replace(
        authors=tuple(data["authors"]),
        steps=tuple((number, step) for number, step in data["steps"]),
        passes=tuple(PassRecord(*record) for record in data["passes"]),
        notes=tuple(Note(*note) for note in data["notes"]),
    )


def entry(context: "Context", key: str) -> QueueEntryView:
    """Return a paper of the queue as one line."""
    return _entry(key, _state(context, key), context.store.paper_seconds().get(key, 0))


def _entry(key: str, state: PaperState, seconds: int) -> QueueEntryView:
    return QueueEntryView(
        id=key,
        title=state.title or key,
        authors=state.authors,
        year=state.year,
        status=state.status,
        reading_pass=state.reading_pass,
        minutes=seconds // 60,
        why=state.why,
        added=date.fromisoformat(state.added) if state.added else None,
        passes_done=passes_done(state),
    )


def _ordered(context: "Context") -> list[str]:
    """Return all ids: what is read and queued in the order of its turn, the others last touched first."""
    known = context.store.papers()
    turn = {key: place for place, key in enumerate(in_turn(known))}
    return sorted(
        known,
        key=lambda key: (LIST_ORDER.index(known[key]["status"]), turn.get(key, 0), -known[key]["touched"], key),
    )


def _is_listed(status: str, asked: str) -> bool:
    return status == asked or asked == ALL or (not asked and status != "dropped")


def _state(context: "Context", key: str) -> PaperState:
    data = context.store.paper(key)
    if data is None:
        raise NotFoundError(f"no paper `{key}` in your queue", "`mlcoach paper list` shows it")
    return state_of(data)


def _open_state(context: "Context", key: str) -> PaperState:
    """Return the state of a paper that has a pass under way or to come. Raises UsageError for another one."""
    state = _state(context, key)
    if state.status not in OPEN:
        raise UsageError(
            f"{state.title or key} is {state.status}", f"`mlcoach paper add {short_id(key)}` puts it back in the queue"
        )
    return state


def _whole(context: "Context", key: str, state: PaperState) -> PaperView:
    known = shelf(context).get(key)
    return PaperView(
        id=key,
        title=state.title or key,
        status=state.status,
        reading_pass=state.reading_pass,
        minutes=context.store.paper_seconds().get(key, 0) // 60,
        checklist=_checklist(context, state) if state.status in OPEN else (),
        authors=state.authors,
        year=state.year,
        why=state.why,
        added=date.fromisoformat(state.added) if state.added else None,
        address=address(key),
        passes=tuple(
            PassView(done.reading_pass, date.fromisoformat(done.day), done.verdict, done.seconds // 60, done.note)
            for done in state.passes
        ),
        notes=tuple(NoteView(date.fromisoformat(note.day), note.text) for note in state.notes),
        units=_linked(context, known.units) if known else (),
    )


def _unqueued(context: "Context", paper: Paper) -> PaperView:
    state = PaperState()
    return PaperView(
        id=paper.id,
        title=paper.title,
        status="",
        reading_pass=state.reading_pass,
        minutes=context.store.paper_seconds().get(paper.id, 0) // 60,
        checklist=_checklist(context, state),
        authors=paper.authors,
        year=paper.year,
        why=paper.why,
        address=address(paper.id),
        units=_linked(context, paper.units),
    )


def _linked(context: "Context", units: Sequence[str]) -> tuple[LinkedUnitView, ...]:
    if not units:
        return ()
    status = states.standing(context, with_memory=True).status
    known = context.catalog.units
    return tuple(LinkedUnitView(unit, known[unit].title, status[unit]) for unit in units if unit in known)


def _checklist(context: "Context", state: PaperState) -> tuple[StepView, ...]:
    ticked = _ticked(state)
    found = context.catalog.checklist(f"paper-pass-{state.reading_pass}")
    return tuple(StepView(item.id, item.text, item.id in ticked, item.group) for item in found.items) if found else ()


def _ticked(state: PaperState) -> set[str]:
    return {step for number, step in state.steps if number == state.reading_pass}


def _step(context: "Context", word: str, reading_pass: int) -> str:
    """Return the step of a pass that a word means: its id, or the beginning of one."""
    wanted = word.strip().lower()
    ids = {}
    for number in PASSES:
        found = context.catalog.checklist(f"paper-pass-{number}")
        ids[number] = [item.id for item in found.items] if found else []
    here = ids[reading_pass]
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
            raise UsageError(f"`{shown}` is a step of pass {number}", f"pass {reading_pass} is under way")
    hint = names.nearest(wanted, here) or f"the steps are {', '.join(here)}"
    raise NotFoundError(f"no step `{shown}` in pass {reading_pass}", hint)
