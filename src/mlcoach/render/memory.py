"""The screens of `mlcoach memory`."""

from mlcoach.render.layout import columns, paragraphs, plural
from mlcoach.render.screen import PIPED_WIDTH, Line, Lines, Span
from mlcoach.services.views.memory import BinView, MemoryStatusView, ModelView

TRACK = 40  # cells of the plot
LOWEST = 0.5  # where the plot begins, unless something lies below
CLOSE = 0.03  # a difference in recall that is hardly worth a sentence
NAMES = {"current": "FSRS-6", "moving_average": "moving average", "sm2": "SM-2"}


def status_lines(view: MemoryStatusView, width: int | None) -> Lines:
    """Return recall against what was asked for, the models side by side, and the calibration."""
    room = min(width or PIPED_WIDTH, PIPED_WIDTH)
    if view.retention.actual is None:
        return paragraphs(
            "No answer could be scored yet: that takes a second answer to the same item on a later day.", room
        )
    shown: Lines = [
        [
            (f"{view.retention.actual:.0%}", "strong"),
            (f" recalled of {plural(view.scored, 'answer')} on a later day", ""),
            (f" · {view.recalled_lately:.0%} lately" if view.recalled_lately is not None else "", "muted"),
            (f" · you ask for {view.retention.desired:.0%}", "muted"),
        ],
        [(f"{plural(view.items, 'item')}, {plural(view.reviews, 'answer')} in all", "muted")],
    ]
    if not view.models:
        missing = view.needed - view.scored
        text = f"After {plural(missing, 'more scored answer')} this page says how well your memory is foretold."
        return [*shown, [], *paragraphs(text, room)]
    shown += [[], [("How well answers were foretold", "strong"), (f"  over the later {view.measured}", "muted")]]
    rows: list[list[Span]] = [[("", ""), *((head, "muted") for head in ("log loss", "RMSE", "AUC", ""))]]
    best = min(view.models, key=lambda model: model.log_loss)
    for model in view.models:
        style = "strong" if model is best else ""
        ranks = "" if model.auc is None else f"{model.auc:.4f}"
        figures = [(figure, style) for figure in (f"{model.log_loss:.4f}", f"{model.rmse_bins:.4f}", ranks)]
        rows.append([(NAMES[model.name], style), *figures, ("schedules" if model.name == "current" else "", "muted")])
    shown += [[("  ", ""), *line] for line in columns(rows, None, flexible=0, right=(1, 2, 3))]
    shown += [[], *paragraphs(_meaning(view, best), room), []]
    return [*shown, *_plot(view.calibration)]


def _meaning(view: MemoryStatusView, best: ModelView) -> str:
    """Return what the figures mean for this learner, in a sentence or two."""
    current = NAMES["current"]
    if best.name == "current":
        first = f"{current} foretells you better than the others, so its dates can be trusted."
    else:
        first = f"So far the {NAMES[best.name]} does better than {current}, whose dates are a rough guide yet."
    recalled = view.retention.actual or 0.0
    if abs(recalled - view.retention.desired) <= CLOSE:
        return f"{first} You recall about as often as you ask for."
    if recalled < view.retention.desired:
        return f"{first} You recall less often than you ask for: intervals are long for you, or reviews came late."
    return f"{first} You recall more often than you ask for: longer intervals would do."


def _plot(bins: tuple[BinView, ...]) -> Lines:
    """Return one line for each bin: what was foretold (│) and what came (●), on a track of probabilities."""
    lowest = min([LOWEST, *(entry.recalled for entry in bins), *(entry.predicted for entry in bins)])
    lines: Lines = [[("Foretold and recalled", "strong"), ("  │ foretold  ● recalled  ◆ both", "muted")]]
    for entry in bins:
        track = ["·"] * (TRACK + 1)
        foretold, came = (round((p - lowest) / (1 - lowest) * TRACK) for p in (entry.predicted, entry.recalled))
        track[foretold] = "│"
        track[came] = "◆" if came == foretold else "●"
        line: Line = [
            (f"  {entry.predicted:4.0%} ", ""), ("".join(track), ""), (f" {entry.recalled:4.0%}", ""),
            (f"  {plural(entry.answers, 'answer')}", "muted"),
        ]  # fmt: skip
        lines.append(line)
    lines.append([(f"       {lowest:<{TRACK - 3}.0%}100%", "muted")])
    return lines
