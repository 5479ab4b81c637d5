"""Pieces that several screens of papers share: entries of the queue, a paper's head, steps of a pass."""

from collections.abc import Sequence
from itertools import groupby

from mlcoach.domain.papers.ids import short_id
from mlcoach.domain.papers.pace import allowed
from mlcoach.domain.papers.passes import OPEN, PASS_NAMES, PASSES
from mlcoach.domain.text import one_line
from mlcoach.domain.time.durations import format_duration
from mlcoach.render.layout import cells, clock, columns, pad, paragraphs, plural, row_lines, tick, wrap
from mlcoach.render.screen import Line, Lines, Span, prose_width
from mlcoach.views.papers.paper import ChecklistStepView, PaperView
from mlcoach.views.papers.queue import QueueEntryView

STATUSES = {
    "reading": "reading",
    "queued": "queued",
    "later": "put aside for later",
    "finished": "finished",
    "dropped": "dropped",
    "": "not in your queue",
}
NARROW = 60  # below this, what is side by side elsewhere goes below one another
NAMED_AUTHORS = 3


def head(paper: PaperView, width: int | None) -> Lines:
    """Return title, authors, status, where to open it and why."""
    shown: Lines = [[(line, "title")] for line in wrapped(with_formulas(paper.title), width)]
    about = ", ".join(filter(None, (authors_line(paper.authors, others=paper.others), str(paper.year or ""))))
    shown += paragraphs(about, width, style="muted") if about else []
    if paper.withdrawn:
        shown.append([("Withdrawn by its authors, arXiv says.", "warn")])
    state = [STATUSES[paper.status]]
    if paper.checklist:
        state.append(f"pass {paper.reading_pass} of {len(PASSES)}")
    if paper.minutes:
        state.append(f"{format_duration(paper.minutes)} so far")
    shown += paragraphs(" · ".join([*state, paper.id]), width)
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


def authors_line(authors: Sequence[str], *, others: bool = False) -> str:
    """Return the authors as a sentence would name them; `others` says that the list is cut short."""
    named = [one_line(author) for author in authors[:NAMED_AUTHORS]]
    if others and authors:
        return f"{', '.join(named)} et al."
    if len(authors) > NAMED_AUTHORS + 1:
        return f"{', '.join(named)} and {len(authors) - NAMED_AUTHORS} others"
    named = [one_line(author) for author in authors]
    return " and ".join(filter(None, (", ".join(named[:-1]), named[-1]))) if named else ""


def pass_lines(paper: PaperView, width: int | None) -> Lines:
    """Return the checklist of the pass under way and the commands that tick it and end it."""
    done = sum(step.done for step in paper.checklist)
    about = f"Pass {paper.reading_pass}: {PASS_NAMES[paper.reading_pass]}"
    minutes = format_duration(paper.budget_minutes)
    used = "" if paper.own_pace else " once you are used to it"
    progress = f"about {minutes}{used} · {done} of {len(paper.checklist)} ticked"
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
        shown += call("Tick:", f"mlcoach paper check {short} {waiting}")
    if paper.budget_minutes and paper.open_minutes >= allowed(paper.budget_minutes, own=paper.own_pace):
        shown += paragraphs(
            over_budget(paper.reading_pass, paper.open_minutes, paper.budget_minutes), width, style="warn"
        )
    # Time that a timer or `log` recorded counts already.
    time = "" if paper.open_minutes else f" --minutes {minutes}"
    # No `go-on|stop|later`: a shell takes the bar for a pipe.
    ways: Line = [("or stop, or later, in place of go-on", "muted")]
    return [*shown, *call("End: ", f"mlcoach paper finish {short} --verdict go-on{time}"), [("      ", ""), *ways]]


def over_budget(reading_pass: int, minutes: int, budget: int) -> str:
    """Return that a pass has had its minutes, and that this is the time to decide."""
    had = f"Pass {reading_pass} has had {format_duration(minutes)} of about {format_duration(budget)}"
    return f"{had}: time to decide whether the paper is worth more."


def _step(step: ChecklistStepView, id_cells: int, width: int | None) -> Lines:
    mark = tick(step.done)
    style = "muted" if step.done else ""
    lead: Line
    if width is not None and width < NARROW:
        answer = paragraphs(f"→ {step.answer}", width, "      ") if step.answer else []
        return [
            [("  ", ""), *mark, (step.id, style or "accent")],
            *paragraphs(step.text, width, "      ", style),
            *answer,
        ]
    indent = id_cells + 6
    lead = [("  ", ""), *mark, (pad(step.id, id_cells + 2), style or "accent")]
    texts = wrap(one_line(step.text), width - indent) if width is not None else [one_line(step.text)]
    shown: Lines = [[*lead, (texts[0], style)], *([(" " * indent + text, style)] for text in texts[1:])]
    return shown + (paragraphs(f"→ {one_line(step.answer)}", width, " " * indent) if step.answer else [])


def entry_lines(entries: Sequence[QueueEntryView], width: int | None, *, by_order: bool = False) -> list[Lines]:
    """Return the lines of each paper: one in columns that fit all of them, or two on a narrow terminal.

    Where papers of several statuses are mixed (`by_order`), each says its own.
    """
    rows: list[list[Span]] = []
    for paper in entries:
        over = paper.status in ("finished", "dropped")
        state = plural(paper.passes_done, "pass", "passes") if over else f"pass {paper.reading_pass}"
        state = f"{state}, {paper.status}" if by_order else state
        time = clock(paper.minutes) if paper.minutes else ""
        year = str(paper.year or "")
        rows.append(
            [
                (with_formulas(paper.title), ""),
                (year, "muted"),
                (state, ""),
                (time, ""),
                (short_id(paper.id), "muted"),
            ]
        )
    if width is None or width >= NARROW:
        table = row_lines(rows, None if width is None else width - 2)
        return [[[("  ", ""), *line] for line in lines] for lines in table]
    return [below(row[0][0], [text for text, _ in row[1:]], width) for row in rows]


def below(title: str, details: Sequence[str], width: int) -> Lines:
    """Return a title and, below it, what else there is to say: for narrow terminals."""
    about = " · ".join(filter(None, details))
    return [*paragraphs(one_line(title), width, "  "), *paragraphs(about, width, "    ", "muted")]


def call(label: str, command: str) -> Lines:
    """Return what a command does and the command; the screen sets it apart where there is no room for both."""
    return [[(f"{label} ", "muted"), (command, "accent")]]


def indented(rows: Sequence[Sequence[Span]], width: int | None, *, flexible: int = 0) -> Lines:
    """Return the rows as columns, indented by two cells."""
    lines = columns(rows, None if width is None else width - 2, flexible=flexible)
    return [[("  ", ""), *line] for line in lines]


def wrapped(text: str, width: int | None) -> list[str]:
    return wrap(one_line(text), prose_width(width)) if width is not None else [one_line(text)]
