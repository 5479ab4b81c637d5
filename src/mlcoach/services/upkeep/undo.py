"""Take a command back, bring it again, and say in words what that was."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from mlcoach.adapters.whole_file import ChangedMeanwhileError, Replaced
from mlcoach.domain import events as kinds
from mlcoach.domain import paper_events as paper_kinds
from mlcoach.domain import work_events as work
from mlcoach.domain.bulk import OnProgress
from mlcoach.domain.events import KINDS, Event, FileWritten, Revoked, kind_of
from mlcoach.domain.help.event_words import ATTEMPTED, DISCUSSED, MARKED, STEP_MARKED, TOGETHER
from mlcoach.domain.memory.ratings import RATING_NAMES
from mlcoach.domain.revocations import entries_in
from mlcoach.domain.text import one_line
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day, to_local
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services import files
from mlcoach.services.files import OwnFiles
from mlcoach.services.record import record
from mlcoach.views.upkeep import RevertedView, StepsView, UndoStepView, UndoView

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.store.undo import UndoStep

SHOWN = 20


def steps(context: "Context", limit: int = SHOWN) -> StepsView:
    """Return the newest commands that can be taken back, the newest first."""
    found = tuple(
        UndoStepView(n, step.text, _ran(context, step), _summary(context, step))
        for n, step in enumerate(context.store.undoable(limit), start=1)
    )
    return StepsView(found, context.today)


def undo(context: "Context", which: int | str = 1, on_progress: "OnProgress | None" = None) -> UndoView:
    """Take back a command and return it, with its files put back: by its number in the list (1 is the newest), or by
    the id of one of its entries, as `log` shows them.

    `on_progress` hears (rows folded, rows in all), which is long after a change to all items.
    A file that has changed since stays as it is: a notice names the copy, or UsageError does where the step was
    nothing but that. Raises NotFoundError for a number beyond the list and an unknown id.
    """
    return files.change(context, lambda own: _take_back(context, own, which, on_progress))


def _take_back(context: "Context", own: OwnFiles, which: int | str, on_progress: "OnProgress | None") -> UndoView:
    step = step_of_entry(context, which) if isinstance(which, str) else _numbered(context, which)
    if step is None:
        return UndoView(None, None, (), "")
    view = _view(context, step)
    try:
        _revoke(context, own, step.ids, step, own.turn_back, on_progress)
    except UsageError as error:
        before = _offer_before(context, own, which) if isinstance(which, int) else ""
        error.hint = "; ".join(filter(None, (before, error.hint)))
        raise
    ended = any(isinstance(event.body, (kinds.TimerStopped, kinds.TimerCancelled)) for event in step.events)
    if ended and context.store.timer() is not None:
        context.notices.append("the timer runs again; `mlcoach stop` records it, `mlcoach cancel` throws it away")
        if any(event.study_day < context.today for event in step.events):
            context.notices.append(
                "to change no more than its minutes: `mlcoach redo`, then `mlcoach log 50m --correct last`"
            )
    judged = any(isinstance(event.body, kinds.PlacementJudged) for event in step.events)
    if judged and context.store.day(context.today).plan is not None:
        context.notices.append("today keeps its plan, made for what was passed; a new one: mlcoach today --replan")
    return view


def _numbered(context: "Context", number: int) -> "UndoStep | None":
    """Return the command of a number in the list, None where the list is empty. Raises NotFoundError beyond it."""
    found = context.store.undoable(number)
    if not found and number == 1:
        return None
    if len(found) < number:
        raise NotFoundError(f"there is no entry {number} to take back", "`mlcoach undo --list` shows what there is")
    return found[number - 1]


def step_of_entry(context: "Context", id: str) -> "UndoStep":
    """Return the command that wrote an entry. Raises NotFoundError where that cannot be taken back here."""
    if found := context.store.undoable_entry(id):
        return found
    if context.store.of_one_command([id]):
        raise NotFoundError(
            f"the entry `{id[:60]}` cannot be taken back here",
            "it is taken back already, or was recorded on another machine: take it back there",
        )
    raise NotFoundError(
        f"no entry `{id[:60]}`", "`mlcoach log` lists them with their ids, `mlcoach undo --list` commands"
    )


def _offer_before(context: "Context", own: OwnFiles, number: int) -> str:
    """Return the words that offer the next command of the list that can be taken back, "" where there is none."""
    for n, step in enumerate(context.store.undoable(number + SHOWN)[number:], start=number + 1):
        written = [event.body for event in step.events if isinstance(event.body, FileWritten)]
        if len(written) < len(step.ids) or any(own.is_as_left(body) for body in written):
            return f"`mlcoach undo {n}` takes back what came before it ({one_line(step.text)[:60]})"
    return ""


def redo(context: "Context", on_progress: "OnProgress | None" = None) -> UndoView:
    """Bring back what undo took last, and return it. `on_progress` and UsageError as for `undo`."""

    def bring_back(own: OwnFiles) -> UndoView:
        found = context.store.redoable()
        if found is None:
            return UndoView(None, None, (), "")
        revocation, step = found
        _revoke(context, own, [revocation], step, own.turn_forward, on_progress)
        return _view(context, step)

    return files.change(context, bring_back)


def _revoke(
    context: "Context",
    own: OwnFiles,
    targets: Sequence[str],
    step: "UndoStep",
    turn: "Callable[[FileWritten], Replaced | None]",
    on_progress: "OnProgress | None",
) -> None:
    """Turn the step's files and record the revocation; when that fails, the files are put back."""
    context.writable_store()
    today = context.today  # read before the settings may change below
    written = [event.body for event in step.events if isinstance(event.body, FileWritten)]
    if turn == own.turn_back:
        written.reverse()
    left: list[UsageError] = []
    with own.together() as replaced:
        for body in written:
            try:
                turned = turn(body)
            except ChangedMeanwhileError:
                raise
            except UsageError as error:
                left.append(error)
            else:
                replaced += [turned] if turned else []
        if left and len(left) == len(written) == len(step.ids):
            raise left[0]  # there is nothing else to take back
        revoked = Revoked(tuple(targets))
        record(context, revoked, day=today, opens_day=False, on_progress=on_progress, command=own.command())
    context.notices += [f"{error.message}; {error.hint}" for error in left]


def _view(context: "Context", step: "UndoStep") -> UndoView:
    counted = len(step.events) < sum(step.counts.values())

    def said(event: Event) -> str:
        kind = kind_of(event.body)
        alone = not counted or kind == "file_written" or step.counts[kind] == 1
        return describe(context, event) if alone else _counted(kind, step.counts[kind])

    reverted = tuple(RevertedView(event.id, kind_of(event.body), event.study_day, said(event)) for event in step.events)
    return UndoView(step.text, _ran(context, step), reverted, _summary(context, step))


def _ran(context: "Context", step: "UndoStep") -> datetime:
    """Return when a command ran, on the clock of then where its entries say."""
    return context.local(step.happened) if step.offset is None else to_local(step.happened, step.offset)


def _summary(context: "Context", step: "UndoStep") -> str:
    """Return what a command did, in words: each thing by itself where they are few, else counted by kind."""
    if sum(step.counts.values()) <= 2:
        return "; ".join(describe(context, event) for event in step.events)
    only = {kind_of(event.body): event for event in step.events}
    return "; ".join(
        describe(context, only[kind]) if number == 1 or kind not in TOGETHER else _counted(kind, number)
        for kind, number in step.counts.items()
    )


def _counted(kind: str, number: int) -> str:
    if kind not in KINDS:
        return f"{number:,} entries of a kind that this release does not know ({kind})"
    return f"{number:,} {TOGETHER[kind][number > 1]}" if kind in TOGETHER else f"{number:,} × {kind.replace('_', ' ')}"


def describe(context: "Context", event: Event) -> str:
    """Return what one event says, in words without a full stop."""
    body = event.body
    day = format_day(event.study_day, context.today)
    match body:
        case kinds.TimeLogged() | kinds.TimerStopped():
            from mlcoach.services.day.log import seconds_of

            return f"{_length(seconds_of(event))}{_about(context, body)}, {day}"
        case kinds.TimerStarted():
            return f"a timer{_about(context, body)}"
        case kinds.TimerCancelled():
            return "a timer thrown away"
        case kinds.ItemGraded(item=item, rating=rating):
            return f"{RATING_NAMES[rating]} on {item}, {day}"
        case kinds.ItemMarked(item=item, mark=mark):
            return f"{mark} {item}"
        case kinds.ItemScheduled(item=item):
            return f"the schedule of {item} brought in, {day}"
        case kinds.AnswerKept(card=card, rating=rating):
            return f"{RATING_NAMES[rating]} on the card {card}, {day}"
        case kinds.ParametersAdopted(parameters=parameters):
            return f"{'' if parameters else 'default '}parameters of memory adopted"
        case kinds.ItemAdopted(old=old, new=new):
            return f"the history of {old} moved to {new}"
        case kinds.UnitMarked(unit=unit, mark=mark):
            return f"{_title(context, unit, '')} {MARKED.get(mark, mark)}, {day}"
        case kinds.StepMarked(step=step, mark=mark):
            return f"the step {step} {STEP_MARKED.get(mark, mark)}, {day}"
        case kinds.Attempted(item=item, verdict=verdict):
            return f"{ATTEMPTED[verdict]} at {item}, {day}"
        case kinds.ItemDiscussed(item=item, step=step):
            return f"{DISCUSSED[step]} {item}, {day}"
        case kinds.CardDrafted(unit=unit):
            return f"a draft of a card for {_title(context, unit, '')}"
        case kinds.DraftSettled(item=item):
            return f"a draft {'accepted as ' + item if item else 'turned down'}"
        case kinds.CodeAllowed(item=item, allowed=allowed):
            return f"the code of {item} {'agreed to' if allowed else 'no longer agreed to'}"
        case kinds.PlacementAnswered(unit=unit, right=right):
            return f"{'a right' if right else 'a wrong'} answer of placement on {_title(context, unit, '')}, {day}"
        case kinds.PlacementJudged(asked=asked):
            return f"the result of placement after {asked:,} questions, {day}"
        case kinds.RestPlanned(first=first, last=last):
            return f"rest {_span(context, first, last)}"
        case kinds.RestCleared(first=first, last=last):
            return f"rest taken off {_span(context, first, last)}"
        case kinds.GoalSet(path=path, by=by, kept=kept):
            besides = f", keeping {', '.join(kept)}" if kept else ""
            return f"the goal `{path}` by {_day(context, by)}{besides}" if by else "the goal with a date ended"
        case kinds.DayPlanned():
            return f"a new plan for {day}"
        case kinds.WeekReviewed(week=week):
            return f"the look back on the week of {format_day(date.fromisoformat(week), context.today)}"
        case kinds.WeekPromised(week=week):
            return f"the promise for the week of {format_day(date.fromisoformat(week), context.today)}"
        case kinds.UnknownBody(kind=kind):
            return f"an entry of a kind that this release does not know ({kind})"
        case kinds.FutureSetAside(events=ids):
            return f"{len(ids):,} {'entry' if len(ids) == 1 else 'entries'} of days to come set aside"
        case kinds.JournalJoined(brought=brought):
            number = entries_in(brought)
            return f"{number:,} {'entry' if number == 1 else 'entries'} of another journal joined"
        case FileWritten():
            return f"{files.path_of(context, body).name} {'written' if body.digest_after else 'removed'}"
        case work.OtherTimeLogged(seconds=seconds, what=what):
            return f"{_length(seconds)} of {what}, which is not study, {day}"
        case work.Interrupted(number=number, why=why):
            return f"{number:,} {'interruption' if number == 1 else 'interruptions'}{f' ({why})' if why else ''}"
        case work.HabitKept(habit=habit, days=days):
            return f"{habit} on {days} of 7 days"
        case work.WeekAudited(week=week):
            return f"the audit of the week of {_day(context, week)}"
        case work.Erased(events=ids):
            return f"{len(ids):,} {'entry' if len(ids) == 1 else 'entries'} erased"
        case _:
            from mlcoach.services.work.described import describe_work  # papers are undone more often

            return describe_work(context, body) or _describe_paper(context, body)


def _day(context: "Context", day: str) -> str:
    return format_day(date.fromisoformat(day), context.today)


def _describe_paper(context: "Context", body: Any) -> str:
    title = _title(context, "", body.paper)
    match body:
        case paper_kinds.PaperAdded():
            return f"the paper {body.title or title} added"
        case paper_kinds.PaperStepChecked(step=step, done=done):
            return f"the step {step} of {title} {'ticked' if done else 'unticked'}"
        case paper_kinds.PaperNoted():
            return f"a note on {title}"
        case paper_kinds.PaperDescribed():
            return f"what is known of {title}"
        case paper_kinds.PaperQuestionAsked(text=text, there=there):
            return f"the question {text!r} about {title}" if there else f"a question about {title} taken away"
        case paper_kinds.PaperCited(cited=cited, there=there):
            cites = "cites" if there else "no longer cites"
            return f"{title} {cites} {_title(context, '', cited)}"
        case paper_kinds.PaperCardMade(item=item):
            return f"the card {item} from {title}"
        case paper_kinds.PassFinished(reading_pass=number, verdict=verdict, seconds=seconds):
            took = f" in {_length(seconds)}" if seconds else ""
            return f"pass {number} of {title} ended{took} ({verdict})"
        case _:
            return f"the paper {title} dropped"


def _about(context: "Context", body: Any) -> str:
    title = _title(context, body.unit or body.work, body.paper)
    return f" on {title}" if title else ""


def _title(context: "Context", unit: str, paper: str) -> str:
    from mlcoach.services.day.status import title_of

    return title_of(context, unit, paper)


def _span(context: "Context", first: str, last: str) -> str:
    begin, end = (format_day(date.fromisoformat(day), context.today) for day in (first, last))
    return begin if first == last else f"{begin} to {end}"


def _length(seconds: int) -> str:
    return format_duration(seconds // 60) if seconds >= 60 else "less than a minute"
