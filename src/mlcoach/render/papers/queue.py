"""The screens of the reading queue: `paper list`, `add`, `drop`, `suggest`."""

from itertools import groupby

from mlcoach.domain.papers.ids import short_id
from mlcoach.domain.time.durations import format_duration
from mlcoach.render.layout import paragraphs, plural
from mlcoach.render.papers.entries import STATUSES, call, entry_lines, with_formulas
from mlcoach.render.screen import UNDO, Lines
from mlcoach.views.papers.queue import AddedView, AdditionView, DroppedView, QueueView, SuggestedView, SuggestionView

HEADINGS = {
    "reading": "Reading",
    "queued": "Queued",
    "later": "Put aside for later",
    "finished": "Finished",
    "dropped": "Dropped",
}


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
        shown += [[], *call(label, "mlcoach paper list --status dropped")]
    if view.hidden and view.papers:
        shown += [[], [(f"{view.hidden:,} more: mlcoach paper list --all", "muted")]]
    if not view.papers and view.suggestions:
        shown += suggestion_lines(view.suggestions, width)
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
        shown += call(about, f"mlcoach paper read {short}")
    return [*shown, UNDO]


def dropped_lines(view: DroppedView, width: int | None) -> Lines:
    """Return what left the queue, and the way back."""
    short = short_id(view.paper.id)
    if not view.changed:
        return paragraphs(f"{with_formulas(view.paper.title)} was dropped before; nothing changed.", width)
    return [
        *paragraphs(f"Dropped {with_formulas(view.paper.title)}. What you read and noted of it stays.", width),
        *call("Back into the queue:", f"mlcoach paper add {short}"),
        UNDO,
    ]


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


def suggested_lines(view: SuggestedView, width: int | None) -> Lines:
    """Return papers for this week, each with its reason, or that the lists hold nothing more."""
    if not view.papers:
        return [[("Every paper of the lists is in your queue already.", "")]]
    parts = [f"you are reading {plural(view.moving, 'paper')}"] if view.moving else []
    parts += [f"{view.queued} {'waits' if view.queued == 1 else 'wait'} in your queue"] if view.queued else []
    said = f"These are new ones. Already, {' and '.join(parts)}: `mlcoach paper` has the one whose turn it is."
    return [*suggestion_lines(view.papers, width), *([[], *paragraphs(said, width, style="muted")] if parts else [])]


def suggestion_lines(suggestions: tuple[SuggestionView, ...], width: int | None) -> Lines:
    """Return papers to begin with, and the command that takes each."""
    if not suggestions:
        return []
    shown: Lines = [[("For this week, near to what you are studying:", "")]]
    for paper in suggestions:
        year = f" ({paper.year})" if paper.year else ""
        shown += [[], *paragraphs(f"{paper.title}{year}", width, "  ", "strong")]
        shown += paragraphs(paper.why, width, "  ", "muted")
        shown += paragraphs(f"It {paper.reason}.", width, "  ") if paper.reason else []
        shown.append([("  ", ""), (f"mlcoach paper add {short_id(paper.id)}", "accent")])
    return shown
