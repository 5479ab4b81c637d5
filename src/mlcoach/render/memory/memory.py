"""The screens of `mlcoach memory`."""

from mlcoach.domain.memory.ratings import CONFIDENCES
from mlcoach.domain.memory.recall import FEWEST_TO_JUDGE, HIGHEST_RETENTION, LOWEST_RETENTION
from mlcoach.render.layout import columns, paragraphs, plural
from mlcoach.render.screen import SPOKEN, Line, Lines, Span, drawn, prose_width
from mlcoach.views.calibration import BinView
from mlcoach.views.memory import ExpectedView, MemoryStatusView, ModelView, OptimizeView, SimulationView

TRACK = 40  # cells of the plot
LOWEST = 0.5  # where the plot begins, unless something lies below
CLOSE = 0.03  # a difference in recall that is hardly worth a sentence
NAMES = {
    "current": "FSRS-6",
    "adaptive": "FSRS-6, corrected",
    "fsrs6_default": "FSRS-6, defaults",
    "fsrs6_fitted": "FSRS-6, fitted",
    "moving_average": "moving average",
    "sm2": "SM-2",
}
ROLES = {"current": "schedules", "fsrs6_fitted": "to what came before"}


def status_lines(view: MemoryStatusView, width: int | None, details: bool = False) -> Lines:
    """Return recall against what was asked for and what it means; with `details` the models and the calibration."""
    room = prose_width(width)
    if view.retention.actual is None:
        return paragraphs(
            "No answer could be scored yet: that takes a second answer to the same item on a later day.", room
        )
    counts = f"{plural(view.items, 'item')}, {plural(view.reviews, 'answer')}, {view.scored} of them on a later day"
    lately = f" · {view.recalled_lately:.0%} recalled lately" if view.recalled_lately is not None else ""
    said = f"You recall {view.retention.actual:.0%}; you asked for {view.retention.desired:.0%}."
    if view.scored < FEWEST_TO_JUDGE:
        recalled = round(view.retention.actual * view.scored)
        said = f"You recalled {recalled} of {view.scored} on a later day: too few answers to judge."
    shown: Lines = [
        [(said, "strong")],
        [(f"{counts}{lately}", "muted")],
    ]
    if not view.models:
        missing = view.needed - view.scored
        text = f"After {plural(missing, 'more scored answer')} this page says how well your recall is predicted."
        return [*shown, [], *paragraphs(text, room)]
    fair = _fair(view)
    best = min(fair, key=lambda model: model.log_loss)
    shown += [[], *paragraphs(_meaning(view, best), room)]
    if best.name == "adaptive":
        shown.append([("Correct it: ", "muted"), ("mlcoach config set memory.adaptive true", "accent")])
    fits_better = best.name == "fsrs6_fitted" and best.log_loss < view.models[0].log_loss
    if fits_better or (view.default and view.scored >= view.fit_from):
        shown.append([("Fit it to you: ", "muted"), ("mlcoach memory optimize", "accent")])
    if details:
        shown += [[], *_models(view, fair, best, room), [], *_plot(view.calibration)]
    shown += [[], *_sureness(view)] if view.confidence else []
    return shown if details else [*shown, [("Measures: ", "muted"), ("mlcoach memory status --details", "accent")]]


def _models(view: MemoryStatusView, fair: tuple[ModelView, ...], best: ModelView, room: int) -> Lines:
    """Return the models side by side, by log loss, RMSE and AUC."""
    shown: Lines = [[("How well answers were predicted", "strong"), (f"  over the later {view.measured}", "muted")]]
    rows: list[list[Span]] = [[("", ""), *((head, "muted") for head in ("log loss", "RMSE", "AUC", ""))]]
    for model in view.models:
        style = "strong" if model is best else ""
        ranks = "" if model.auc is None else f"{model.auc:.4f}"
        figures = [(figure, style) for figure in (f"{model.log_loss:.4f}", f"{model.rmse_bins:.4f}", ranks)]
        rows.append([(_name(model, view), style), *figures, (ROLES.get(model.name, ""), "muted")])
    shown += [[("  ", ""), *line] for line in columns(rows, None, flexible=0, right=(1, 2, 3))]
    if len(fair) < len(view.models):
        text = "What is adopted may have learned from these answers: its row flatters it, `fitted` is judged fairly."
        shown += [[], *paragraphs(text, room, style="muted")]
    return shown


def _fair(view: MemoryStatusView) -> tuple[ModelView, ...]:
    """Return the models that predicted only answers they had not learned from, as far as that is known."""
    fitted = any(model.name == "fsrs6_fitted" for model in view.models)
    learned = () if view.default or not fitted else ("current", "adaptive")
    return tuple(model for model in view.models if model.name not in learned)


def _name(model: ModelView, view: MemoryStatusView) -> str:
    if model.name == "current" and view.adaptive:
        return NAMES["adaptive"] if view.default else "adopted, corrected"
    return "FSRS-6, adopted" if model.name == "current" and not view.default else NAMES[model.name]


def _sureness(view: MemoryStatusView) -> Lines:
    """Return how often the learner was right, for each answer to how sure they were."""
    rows: list[list[Span]] = [
        [
            (CONFIDENCES[entry.level - 1], ""),
            (f"{entry.recalled / entry.answers:.0%} recalled", "strong"),
            (plural(entry.answers, "answer"), "muted"),
        ]
        for entry in view.confidence
    ]
    lines = columns(rows, None, right=(1, 2))
    return [[("How sure you were, and how often you recalled", "strong")], *([("  ", ""), *line] for line in lines)]


def optimize_lines(view: OptimizeView, width: int | None, details: bool = False) -> Lines:
    """Return what became of other parameters; with `details` the log loss before and after."""
    room = prose_width(width)
    head = "Adopted: " if view.adopted else "Kept as it was: "
    shown: Lines = paragraphs(f"{head}{view.reason}.", room, style="strong")
    if details and view.before.log_loss is not None and view.after.log_loss is not None:
        losses = f"{view.before.log_loss:.4f} as it was, {view.after.log_loss:.4f} with the other parameters"
        shown += paragraphs(f"Log loss, lower is better: {losses} ({plural(view.scored, 'scored answer')}).", room)
    if view.adopted:
        shown += paragraphs("What is due keeps its day; from the next answer on, the dates follow them.", room)
        shown += paragraphs(" ".join(f"{value:g}" for value in view.parameters), room, "  ", "muted")
        shown.append([("Undo: mlcoach undo", "muted")])
    return shown


def simulation_lines(view: SimulationView, width: int | None) -> Lines:
    """Return what each desired retention would cost and bring."""
    room = prose_width(width)
    cards = f"{plural(view.met, 'card')} met" if view.met else "No card met yet"
    waiting = f"up to {plural(view.new, 'new one')} a day of the {view.waiting} waiting on your path"
    shown = paragraphs(f"{view.days} study days from today. {cards}; {waiting}.", room)
    heads = ("recall", "answers/day", "min/day", "min/day at the end", "known then", "min/card")
    rows: list[list[Span]] = []
    for target in view.targets:
        style = "strong" if target.retention == view.desired else ""
        figures = (
            f"{target.retention:.0%}",
            f"{target.reviews_a_day:.0f}",
            f"{target.minutes_a_day:.1f}",
            f"{target.later_minutes_a_day:.1f}",
            f"{target.known:.0f}",
            "" if target.minutes_for_each is None else f"{target.minutes_for_each:.2f}",
        )
        rows.append([(figure, style) for figure in figures])
    shown += [[], *columns(rows, None, right=range(len(heads)), heads=heads)]
    choose: Line = [("Choose: ", "muted"), ("mlcoach config set retention 0.85", "accent"), (", say", "muted")]
    return [*shown, [], *paragraphs(_advice(view), room), choose]


def _advice(view: SimulationView) -> str:
    """Return what the retention in force comes to, and what the next lower and higher ones would change."""
    place = next(place for place, target in enumerate(view.targets) if target.retention == view.desired)
    now = view.targets[place]
    if not now.known:
        return "Nothing would be asked: there is no card to meet."
    said = [f"You ask for {now.retention:.0%}: {now.minutes_a_day:.0f} minutes a day for {now.known:.0f} cards known."]
    for other in (*view.targets[max(0, place - 1) : place], *view.targets[place + 1 : place + 2]):
        # What the table shows, so that a reader who subtracts agrees.
        minutes = round(other.minutes_a_day, 1) - round(now.minutes_a_day, 1)
        cards = round(other.known) - round(now.known)
        said.append(
            f"{other.retention:.0%} would take {abs(minutes):.1f} minutes a day {'more' if minutes > 0 else 'less'}, "
            f"and leave {abs(cards):.0f} cards {'more' if cards > 0 else 'fewer'}."
        )
    return " ".join(said)


def _meaning(view: MemoryStatusView, best: ModelView) -> str:
    """Return what the figures mean for this learner, in a sentence or two."""
    current = NAMES["current"]
    trusted = best.name == "current" or (best.name == "fsrs6_fitted" and best.log_loss >= view.models[0].log_loss)
    if view.adaptive and view.expected:
        first = _learned(view, view.expected)
        if not best.name.startswith(("current", "fsrs6")):
            first += f" So far the {NAMES[best.name]} does better still: the dates are still only a rough guide."
    elif trusted:
        first = f"{current} predicts your recall better than the others, so its dates can be trusted."
    elif best.name == "adaptive":
        first = "Corrected by your answers, it would predict your recall better than it does alone."
    elif best.name.startswith("fsrs6"):
        first = f"{NAMES[best.name]}, would predict your recall better than the one that schedules."
    else:
        first = f"So far the {NAMES[best.name]} does better than {current}, whose dates are still only a rough guide."
    recalled = view.retention.actual or 0.0
    if abs(recalled - view.retention.desired) <= CLOSE:
        return f"{first} You recall about as often as you ask for: there is nothing to do."
    if recalled < view.retention.desired:
        learned = "Your dates come sooner for it already" if view.adaptive else "Intervals are long for you"
        return (
            f"{first} {learned}; what helps most is answering on the day a card is due. If it stays so, ask for more: "
            f"mlcoach config set retention {_step(view.retention.desired, 0.03):g}."
        )
    return (
        f"{first} You recall more often than you ask for. Your dates follow; for fewer reviews ask for less: "
        f"mlcoach config set retention {_step(view.retention.desired, -0.05):g}."
    )


def _step(retention: float, by: float) -> float:
    """Return a retention that is a little more or less, within what can be asked for."""
    return min(max(round(retention + by, 2), LOWEST_RETENTION), HIGHEST_RETENTION)


def _learned(view: MemoryStatusView, expected: ExpectedView) -> str:
    """Return what was learned of this learner, and whether it helps."""
    losses = {model.name: model.log_loss for model in view.models}
    gain = 1 - losses["current"] / losses["fsrs6_default"] if losses["fsrs6_default"] else 0.0
    more = expected.recalled - expected.predicted
    if abs(more) < CLOSE / 2:
        habit = "You recall about as often as FSRS-6 expects on average"
    else:
        habit = (
            f"You recall {'more' if more > 0 else 'less'} often than FSRS-6 expects on average "
            f"({expected.recalled:.0%}, not {expected.predicted:.0%})"
        )
    if gain > 0:
        return f"{habit}; corrected by your answers it predicts your recall {gain:.1%} better, and your dates follow."
    return f"{habit}; what it learned from your answers does not predict your recall better yet, by {-gain:.1%}."


def _plot(bins: tuple[BinView, ...]) -> Lines:
    """Return one line for each bin: what was predicted (│) and recalled (●), on a track of probabilities."""
    lowest = min([LOWEST, *(entry.recalled for entry in bins), *(entry.predicted for entry in bins)])
    lines: Lines = [[("Predicted and recalled", "strong"), drawn("  │ predicted  ● recalled  ◆ both", "muted")]]
    for entry in bins:
        track = ["·"] * (TRACK + 1)
        predicted, recalled = (round((p - lowest) / (1 - lowest) * TRACK) for p in (entry.predicted, entry.recalled))
        track[predicted] = "│"
        track[recalled] = "◆" if recalled == predicted else "●"
        line: Line = [
            ("predicted", SPOKEN), (f"  {entry.predicted:4.0%} ", ""), drawn("".join(track)), ("; recalled", SPOKEN),
            (f" {entry.recalled:4.0%}", ""),
            (f"  {plural(entry.answers, 'answer')}", "muted"),
        ]  # fmt: skip
        lines.append(line)
    lines.append([drawn(f"       {lowest:<{TRACK - 3}.0%}100%", "muted")])
    return lines
