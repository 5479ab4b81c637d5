"""The screens of `mlcoach paper` and its subcommands."""

from collections.abc import Sequence
from itertools import groupby

from mlcoach.domain.days import format_day
from mlcoach.domain.duration import format_duration
from mlcoach.domain.papers import OPEN, PASS_MINUTES, PASS_NAMES, PASSES, short_id
from mlcoach.domain.text import one_line
from mlcoach.render.habitline import streak_spans
from mlcoach.render.layout import cells, clock, columns, fit, pad, paragraphs, plural, wrap
from mlcoach.render.screen import PIPED_WIDTH, Line, Lines, Span
from mlcoach.services.views.papers import (
    AddedView,
    AdditionView,
    CheckedView,
    CurrentPaperView,
    DroppedView,
    FinishedView,
    NotedView,
    PaperView,
    QueueEntryView,
    QueueView,
    StepView,
    SuggestedView,
    SuggestionView,
)

STATUSES = {
    "reading": "reading",
    "queued": "queued",
    "later": "put aside for later",
    "finished": "finished",
    "dropped": "dropped",
    "": "not in your queue",
}
HEADINGS = {
    "reading": "Reading",
    "queued": "Queued",
    "later": "Put aside for later",
    "finished": "Finished",
    "dropped": "Dropped",
}
VERDICTS = {"go-on": "went on", "stop": "stopped there", "later": "put it aside"}
NARROW = 60  # below this, what stands side by side elsewhere goes below one another
NAMED_AUTHORS = 3
UNDO: Line = [("Undo: mlcoach undo", "muted")]


def current_lines(view: CurrentPaperView, width: int | None) -> Lines:
    """Return the paper whose turn it is and the checklist of its pass, or classics to begin with."""
    later: Lines = []
    if view.later:
        label = f"{plural(view.later, 'paper')} put aside for later:"
        later = [[], *call(label, "mlcoach paper list --status later", width)]
    if view.paper is None:
        return [[("No paper is waiting to be read.", "")], *_suggested(view.suggestions, width), *later]
    paper = view.paper
    shown = head(paper, width)
    if paper.status == "queued":
        shown += [[], *paragraphs("It is next in your queue; ticking its first step begins it.", width)]
    return [*shown, *pass_lines(paper, width), *later]


def queue_lines(view: QueueView, width: int | None) -> Lines:
    """Return the reading queue by status, or as it was sorted."""
    shown: Lines = []
    entries = entry_lines(view.papers, width, by_order=view.sort != "turn")
    if view.sort == "turn":
        for status, group in groupby(zip(view.papers, entries, strict=True), key=lambda pair: pair[0].status):
            shown += [[]] if shown else []
            shown.append([(HEADINGS[status], "strong")])
            shown += [line for _, lines in group for line in lines]
    else:
        shown += [line for lines in entries for line in lines]
    if not view.papers:
        about = f"No paper is {STATUSES[view.status]}." if view.status in HEADINGS else "Your reading queue is empty."
        about = "No paper of your queue is like that." if view.narrowed else about
        shown.append([(about, "")])
    if view.dropped and not view.status:
        label = f"{plural(view.dropped, 'paper')} dropped:"
        shown += [[], *call(label, "mlcoach paper list --status dropped", width)]
    if view.hidden and view.papers:
        shown += [[], [(f"{view.hidden:,} more: mlcoach paper list --all", "muted")]]
    if not view.papers and view.suggestions:
        shown += _suggested(view.suggestions, width)
    return shown


def added_lines(view: AddedView, width: int | None) -> Lines:
    """Return what became of each paper, and how to begin."""
    shown: Lines = []
    for addition in view.papers:
        shown += _addition(addition, width)
    if all(addition.action == "unchanged" for addition in view.papers):
        return shown
    short = short_id(view.paper.id)
    if view.paper.status == "queued":
        about = f"Pass {view.paper.reading_pass} takes about {format_duration(view.budget_minutes)}:"
        shown += call(about, f"mlcoach paper read {short}", width)
    return [*shown, UNDO]


def checked_lines(view: CheckedView, width: int | None) -> Lines:
    """Return the checklist as it stands now."""
    paper = view.paper
    shown: Lines = [[(line, "title")] for line in _wrapped(with_formulas(paper.title), width)]
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
        shown += call("The timer on it is still running:", "mlcoach stop", width)
    elif not ended.minutes:
        words = f"mlcoach log {format_duration(PASS_MINUTES[ended.reading_pass])} {_logged(view.paper.id)}"
        shown += call("No time was given; to add it:", words, width)
    if view.paper.status == "reading":
        shown += call(f"Pass {view.paper.reading_pass}:", f"mlcoach paper read {short}", width)
    return [*shown, UNDO]


def dropped_lines(view: DroppedView, width: int | None) -> Lines:
    """Return what left the queue, and the way back."""
    short = short_id(view.paper.id)
    if not view.changed:
        return paragraphs(f"{with_formulas(view.paper.title)} was dropped before; nothing changed.", width)
    return [
        *paragraphs(f"Dropped {with_formulas(view.paper.title)}. What you read and noted of it stays.", width),
        *call("Back into the queue:", f"mlcoach paper add {short}", width),
        UNDO,
    ]


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
    day: Line = [(f"The day: {clock(view.day_total_minutes)} of {clock(view.minutes_of_day.goal)}", "")]
    streak = streak_spans(view.streak)
    if not view.streak_shown:
        return [day]
    together: Line = [*day, (" · ", "muted"), *streak]
    fits = width is None or sum(cells(text) for text, _ in together) <= width
    return [together] if fits else [day, streak]


def _logged(paper: str) -> str:
    """Return the paper as `mlcoach log` takes it."""
    return short_id(paper) if ":" in paper else f"paper:{paper}"


def _addition(addition: AdditionView, width: int | None) -> Lines:
    paper = addition.paper
    title, year = with_formulas(paper.title), f" ({paper.year})" if paper.year else ""
    said = {
        "added": f"Added {title}{year}",
        "updated": f"Updated {title}{year}",
        "put_back": f"Back in your queue: {title}{year}, pass {paper.reading_pass}",
        "unchanged": f"Already in your queue: {title}{year}, pass {paper.reading_pass}",
    }[addition.action]
    known_as = f", {paper.id}" if paper.title != paper.id else ""
    shown = paragraphs(f"{said}{known_as}.", width)
    if paper.why and addition.action != "unchanged":
        shown += paragraphs(f"Why: {paper.why}", width, "  ", "muted")
    return shown


def head(paper: PaperView, width: int | None) -> Lines:
    """Return title, authors, where it stands, where to open it and why."""
    shown: Lines = [[(line, "title")] for line in _wrapped(with_formulas(paper.title), width)]
    about = ", ".join(filter(None, (authors_line(paper.authors), str(paper.year or ""))))
    shown += paragraphs(about, width, style="muted") if about else []
    if paper.withdrawn:
        shown.append([("Withdrawn by its authors, arXiv says.", "warn")])
    standing = [STATUSES[paper.status]]
    if paper.checklist:
        standing.append(f"pass {paper.reading_pass} of {len(PASSES)}")
    if paper.minutes:
        standing.append(f"{format_duration(paper.minutes)} so far")
    shown += paragraphs(" · ".join([*standing, paper.id]), width)
    if paper.address:
        shown.append([("Open: ", "muted"), (paper.address, "accent")])
    shown += paragraphs(f"Why: {paper.why}", width) if paper.why else []
    return shown


def with_formulas(text: str) -> str:
    """Return a title or abstract with its TeX formulas as a terminal can show them; most have none."""
    if "$" not in text:
        return text
    from mlcoach.render.formula import readable

    return readable(text)


def authors_line(authors: Sequence[str]) -> str:
    named = [one_line(author) for author in authors[:NAMED_AUTHORS]]
    if len(authors) > NAMED_AUTHORS + 1:
        return f"{', '.join(named)} and {len(authors) - NAMED_AUTHORS} others"
    named = [one_line(author) for author in authors]
    return " and ".join(filter(None, (", ".join(named[:-1]), named[-1]))) if named else ""


def pass_lines(paper: PaperView, width: int | None) -> Lines:
    """Return the checklist of the pass under way and the commands that tick it and end it."""
    done = sum(step.done for step in paper.checklist)
    about = f"Pass {paper.reading_pass}: {PASS_NAMES[paper.reading_pass]}"
    minutes = format_duration(paper.budget_minutes)
    progress = f"about {minutes} · {done} of {len(paper.checklist)} ticked"
    shown: Lines = [[], [(about, "strong")]]
    if width is None or cells(about) + 2 + cells(progress) <= width:
        shown[-1].append((f"  {progress}", "muted"))
    else:
        shown.append([(progress, "muted")])
    id_cells = max((cells(step.id) for step in paper.checklist), default=0)
    for group, steps in groupby(paper.checklist, key=lambda step: step.group):
        shown += [[(f" {group}", "muted")]] if group else []
        for step in steps:
            shown += _step(step, id_cells, width)
    if paper.status not in OPEN:
        return shown
    short = short_id(paper.id)
    waiting = next((step.id for step in paper.checklist if not step.done), "")
    shown.append([])
    if waiting:
        shown += call("Tick:", f"mlcoach paper check {short} {waiting}", width)
    return [
        *shown,
        *call("End: ", f"mlcoach paper finish {short} --verdict go-on|stop|later --minutes {minutes}", width),
    ]


def _step(step: StepView, id_cells: int, width: int | None) -> Lines:
    mark: Span = ("✓ ", "good") if step.done else ("  ", "")
    style = "muted" if step.done else ""
    lead: Line
    if width is not None and width < NARROW:
        answer = paragraphs(f"→ {step.answer}", width, "      ") if step.answer else []
        return [
            [("  ", ""), mark, (step.id, style or "accent")],
            *paragraphs(step.text, width, "      ", style),
            *answer,
        ]
    indent = id_cells + 6
    lead = [("  ", ""), mark, (pad(step.id, id_cells + 2), style or "accent")]
    texts = wrap(one_line(step.text), width - indent) if width is not None else [one_line(step.text)]
    shown: Lines = [[*lead, (texts[0], style)], *([(" " * indent + text, style)] for text in texts[1:])]
    return shown + (paragraphs(f"→ {one_line(step.answer)}", width, " " * indent) if step.answer else [])


def entry_lines(entries: Sequence[QueueEntryView], width: int | None, *, by_order: bool = False) -> list[Lines]:
    """Return the lines of each paper: one in columns that fit all of them, or two on a narrow terminal.

    Where papers of several statuses stand among one another (`by_order`), each says its own.
    """
    rows: list[list[Span]] = []
    for paper in entries:
        over = paper.status in ("finished", "dropped")
        standing = plural(paper.passes_done, "pass", "passes") if over else f"pass {paper.reading_pass}"
        standing = f"{standing}, {paper.status}" if by_order else standing
        time = clock(paper.minutes) if paper.minutes else ""
        year = str(paper.year or "")
        rows.append(
            [
                (with_formulas(paper.title), ""),
                (year, "muted"),
                (standing, ""),
                (time, ""),
                (short_id(paper.id), "muted"),
            ]
        )
    if width is None or width >= NARROW:
        return [[line] for line in indented(rows, width)]
    return [below(row[0][0], [text for text, _ in row[1:]], width) for row in rows]


def below(title: str, details: Sequence[str], width: int) -> Lines:
    """Return a title and, below it, what else there is to say: for narrow terminals."""
    about = " · ".join(filter(None, details))
    return [[("  ", ""), (fit(one_line(title), width - 2), "")], [(f"    {about}", "muted")]]


def call(label: str, command: str, width: int | None) -> Lines:
    """Return what a command does and the command, on one line if both fit; a command is never cut."""
    if width is None or cells(label) + 1 + cells(command) <= width:
        return [[(f"{label} ", "muted"), (command, "accent")]]
    return [[(label, "muted")], [("  ", ""), (command, "accent")]]


def indented(rows: Sequence[Sequence[Span]], width: int | None, *, flexible: int = 0) -> Lines:
    """Return the rows as columns that stand two cells in."""
    lines = columns(rows, None if width is None else width - 2, flexible=flexible)
    return [[("  ", ""), *line] for line in lines]


def suggested_lines(view: SuggestedView, width: int | None) -> Lines:
    """Return papers for this week, each with its reason, or that the lists hold nothing more."""
    if not view.papers:
        return [[("Every paper of the lists is in your queue already.", "")]]
    first = "For this week, near to what you are studying:"
    moving = [[], *paragraphs(f"You are reading {plural(view.moving, 'paper')} already.", width, style="muted")]
    return [*_suggested(view.papers, width, first, reasons=True), *(moving if view.moving else [])]


def _suggested(
    suggestions: tuple[SuggestionView, ...],
    width: int | None,
    first: str = "Classics near to what you are studying:",
    *,
    reasons: bool = False,
) -> Lines:
    """Return papers to begin with, and the command that takes each."""
    if not suggestions:
        return []
    shown: Lines = [[(first, "")]]
    for paper in suggestions:
        year = f" ({paper.year})" if paper.year else ""
        shown += [[], *paragraphs(f"{paper.title}{year}", width, "  ", "strong")]
        shown += paragraphs(paper.why, width, "  ", "muted")
        shown += paragraphs(f"It {paper.reason}.", width, "  ") if paper.reason and reasons else []
        shown.append([("  ", ""), (f"mlcoach paper add {short_id(paper.id)}", "accent")])
    return shown


def _wrapped(text: str, width: int | None) -> list[str]:
    return wrap(one_line(text), min(width or PIPED_WIDTH, PIPED_WIDTH)) if width is not None else [one_line(text)]
