"""The screens of drafts of cards: those that wait, and what was decided."""

from mlcoach.domain.text import one_line
from mlcoach.render.formula import readable
from mlcoach.render.layout import paragraphs, plural
from mlcoach.render.screen import Lines, prose_width
from mlcoach.views.cards import DraftsView, SettledView


def drafts_lines(view: DraftsView, width: int | None) -> Lines:
    """Return the drafts that wait, each with its unit, question and answer."""
    room = prose_width(width)
    if not view.drafts:
        return paragraphs("No drafts wait. An assistant can propose cards: mlcoach help assistant", room)
    shown: Lines = []
    for one in view.drafts:
        shown.append([(f"{one.n:>2}  ", "strong"), (one.unit, "accent"), *_worded(one.worded_by)])
        for mark, text in (("?", one.question), ("=", one.answer)):
            lines = paragraphs(f"{mark} {readable(one_line(text))}", room - 4 if room else None)
            shown += [[("    ", ""), *line] for line in lines]
    shown.append([])
    shown.append([("Keep one: ", "muted"), ("mlcoach cards accept N", "accent")])
    shown.append([("Let one go: ", "muted"), ("mlcoach cards reject N", "accent")])
    return shown


def _worded(by: str) -> list[tuple[str, str]]:
    return [(f"  worded by the {by}: say it your way before you keep it", "muted")] if by else []


def settled_lines(view: SettledView, width: int | None) -> Lines:
    """Return what became of drafts, and how many wait."""
    shown: Lines = []
    if view.action == "accepted":
        shown += [[("New card: ", ""), (item, "accent")] for item in view.items]
        shown += [line for warning in view.warnings for line in paragraphs(f"{warning}.", width, style="warn")]
    else:
        shown.append([(f"{plural(len(view.items), 'draft')} let go", "")])
    if view.waiting:
        shown.append([(f"{plural(view.waiting, 'draft')} left: ", "muted"), ("mlcoach cards drafts", "accent")])
    return [*shown, [("Undo: mlcoach undo", "muted")]]
