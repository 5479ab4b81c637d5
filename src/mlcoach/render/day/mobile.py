"""The page of `mlcoach today --mobile`: plain, to print or to read on a telephone."""

from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import paragraphs, plural
from mlcoach.render.prose import prose
from mlcoach.render.screen import SPOKEN, Lines, drawn, prose_width
from mlcoach.views.plan import MobileView

INDENT = "    "


def lines(view: MobileView, width: int | None) -> Lines:
    """Return the questions, the paper's first pass, then the answers."""
    room = prose_width(width)
    shown: Lines = [[(f"For the way, {format_day(view.date)}", "title")]]
    if not view.cards and not view.paper:
        return [*shown, *paragraphs("No card is due and no paper waits; the time is yours.", room)]
    if view.cards:
        shown += [[], [(f"{plural(len(view.cards), 'card')} to recall; the answers are at the end", "strong")]]
        for n, card in enumerate(view.cards, start=1):
            shown += _numbered(n, card.question, room)
    if view.paper:
        shown += [[], *paragraphs(f"A first pass, ten minutes: {view.paper.title}", room, style="strong")]
        shown += [[(view.paper.address, "accent")]] if view.paper.address else []
        for step in view.paper.questions:
            first, *more = paragraphs(f"[ ] {step.text}", room)
            shown += [[drawn("[ ] "), ("to do: ", SPOKEN), (first[0][0].removeprefix("[ ] "), "")], *more]
    if view.cards:
        shown += [[], [("Answers", "strong")]]
        for n, card in enumerate(view.cards, start=1):
            shown += _numbered(n, card.answer, room)
    shown.append([])
    if view.cards:
        shown += paragraphs(f"Back at the keyboard: mlcoach grade {view.cards[0].item} good", room, style="muted")
    if view.paper:
        shown += paragraphs(f"The paper: mlcoach paper read {view.paper.id}", room, style="muted")
    return shown


def _numbered(n: int, text: str, room: int) -> Lines:
    shown = prose(text.strip(), room, INDENT)
    if shown and shown[0] and shown[0][0][0].startswith(INDENT):  # code stands at the edge
        (words, style), *others = shown[0]
        shown[0] = [(f"{n:>2}. {words.removeprefix(INDENT)}", style), *others]
        return [[], *shown]
    return [[], [(f"{n:>2}.", "")], *shown]
