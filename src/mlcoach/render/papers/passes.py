"""The screens of a pass: `paper`, `check`, `note`, `finish`."""

from mlcoach.domain.papers.ids import short_id
from mlcoach.domain.papers.passes import PASS_MINUTES, PASS_NAMES, PASSES
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.day.progress_bar import day_words, running_words, streak_spans
from mlcoach.render.layout import cells, paragraphs, plural
from mlcoach.render.papers.entries import call, head, pass_lines, with_formulas, wrapped
from mlcoach.render.papers.queue import suggestion_lines
from mlcoach.render.screen import UNDO, Line, Lines
from mlcoach.views.papers.passes import CheckedView, CurrentPaperView, FinishedView, NotedView


def current_lines(view: CurrentPaperView, width: int | None) -> Lines:
    """Return the paper whose turn it is and the checklist of its pass, or classics to begin with."""
    later: Lines = []
    if view.later:
        label = f"{plural(view.later, 'paper')} put aside for later:"
        later = [[], *call(label, "mlcoach paper list --status later")]
    if view.paper is None:
        return [[("No paper is waiting to be read.", "")], *suggestion_lines(view.suggestions, width), *later]
    paper = view.paper
    shown = head(paper, width)
    if paper.status == "queued":
        shown += [[], *paragraphs("It is next in your queue; ticking its first step begins it.", width)]
    return [*shown, *pass_lines(paper, width), *later]


def checked_lines(view: CheckedView, width: int | None) -> Lines:
    """Return the checklist as it is now."""
    paper = view.paper
    shown: Lines = [[(line, "title")] for line in wrapped(with_formulas(paper.title), width)]
    if view.unchanged:
        state = "ticked" if view.done else "open"
        verb = "was" if len(view.unchanged) == 1 else "were"
        shown += paragraphs(f"{', '.join(view.unchanged)} {verb} {state} before.", width)
    shown += pass_lines(paper, width)
    return [*shown, UNDO] if view.changed else shown


def noted_lines(view: NotedView, width: int | None) -> Lines:
    """Return the note that was kept."""
    return [
        *paragraphs(f"Noted on {with_formulas(view.paper.title)} ({format_day(view.note.date)}):", width),
        *paragraphs(view.note.text, width, "  ", "muted"),
        UNDO,
    ]


def finished_lines(view: FinishedView, width: int | None) -> Lines:
    """Return the pass that ended, what it led to, and what its time did to the day."""
    ended = view.ended
    minutes = f", {format_duration(ended.minutes)}" if ended.minutes else ""
    fate = "put aside" if ended.verdict == "later" else "ended"
    first = f"Pass {ended.reading_pass} of {len(PASSES)} {fate}: {with_formulas(view.paper.title)}"
    shown = paragraphs(f"{first} ({format_day(ended.date)}{minutes}).", width, style="strong")
    if view.steps:
        shown.append([(f"{view.ticked} of {plural(view.steps, 'step')} ticked.", "")])
    shown += paragraphs(_outcome(view), width)
    short = short_id(view.paper.id)
    if ended.minutes:
        shown += _day(view, width)
    if view.on_timer:
        shown += call("The timer on it is still running:", "mlcoach stop")
    elif ended.spent_minutes and not ended.minutes:
        shown += paragraphs(
            f"{format_duration(ended.spent_minutes)} were recorded for it before.", width, style="muted"
        )
    elif not ended.minutes:
        words = f"mlcoach log {format_duration(PASS_MINUTES[ended.reading_pass])} {_logged(view.paper.id)}"
        shown += call("No time was given; to add it:", words)
    if view.paper.status == "reading":
        shown += call(f"Pass {view.paper.reading_pass}:", f"mlcoach paper read {short}")
    return [*shown, UNDO]


def _outcome(view: FinishedView) -> str:
    """Return what a verdict means for the paper, in a sentence. Stopping is a decision, never a failure."""
    ended, paper = view.ended, view.paper
    if ended.verdict == "later":
        return "It waits for you; ticking a step takes it up again."
    if paper.status == "reading":
        minutes = format_duration(view.next_budget)
        return f"Next is pass {paper.reading_pass}, {PASS_NAMES[paper.reading_pass]}: about {minutes}."
    if ended.reading_pass == 1:
        return "Read and decided: that is what a first pass is for. The paper is finished."
    if ended.reading_pass == 2:
        return "You know what it says and what it is worth. The paper is finished."
    return "Worked through to the end. The paper is finished."


def _day(view: FinishedView, width: int | None) -> Lines:
    """Return what the pass did to its day, and the streak."""
    day: Line = [(f"The day: {day_words(view.day_total_minutes, view.minutes_of_day.goal)}", "")]
    day.append((running_words(view.minutes_of_day), ""))
    streak = streak_spans(view.streak)
    if not view.streak_shown:
        return [day]
    together: Line = [*day, (" · ", "muted"), *streak]
    fits = width is None or sum(cells(text) for text, _ in together) <= width
    return [together] if fits else [day, streak]


def _logged(paper: str) -> str:
    """Return the paper as `mlcoach log` takes it."""
    return short_id(paper) if ":" in paper else f"paper:{paper}"
