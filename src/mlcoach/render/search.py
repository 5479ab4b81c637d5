"""The screen of `mlcoach search`."""

from mlcoach.domain.text import one_line
from mlcoach.render.layout import NARROW_TERMINAL, paragraphs, plural
from mlcoach.render.papers.entries import with_formulas
from mlcoach.render.screen import Line, Lines
from mlcoach.views.search import SearchView


def lines(view: SearchView, width: int | None) -> Lines:
    """Return each hit: what it is, where the words stand, and the command for it."""
    if not view.hits:
        return [
            [(f"Nothing holds “{one_line(view.words)}”.", "")],
            [("Fewer or shorter words find more; subjects and paths: mlcoach curriculum list", "muted")],
        ]
    shown: Lines = []
    for hit in view.hits:
        # On a narrow terminal the kind has no column of its own: what is found goes on below it.
        indent = 2 if width is not None and width < NARROW_TERMINAL else 11
        what = hit.written or hit.kind
        kind = f"{what} " if indent == 2 else f"{what:<10} "
        first, *others = paragraphs(with_formulas(hit.title), width and width - len(kind))
        head: Line = [(kind, "muted"), *[(text, "strong") for text, _ in first]]
        shown += [head, *([(" " * indent, ""), *[(text, "strong") for text, _ in line]] for line in others)]
        if hit.text and hit.kind != "card":
            shown += [
                [(" " * indent, ""), *line] for line in paragraphs(with_formulas(hit.text), width and width - indent)
            ]
        shown.append([(" " * indent, ""), (hit.command, "accent")])
    number = len(view.hits)
    if not view.more:
        return [*shown, [(plural(number, "hit"), "muted")]]
    whole = number + view.more
    said = f"The first {number} of {whole}; more words find fewer, and all are shown by"
    return [
        *shown,
        *paragraphs(said, width, style="muted"),
        [(f"mlcoach search {_typed(view.words)} --limit {whole}", "accent")],
    ]


def _typed(words: str) -> str:
    """Return words as they are typed in a shell."""
    import shlex

    shown = one_line(words)
    return shown if shown.replace(" ", "").isalnum() else shlex.quote(shown)
