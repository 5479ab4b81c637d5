"""The screen of `mlcoach memory explain`."""

from datetime import date

from mlcoach.domain.memory.intervals import fuzz_bounds
from mlcoach.domain.memory.ladder import FIRST_INTERVAL, RETIRES_AFTER, YEARLY
from mlcoach.domain.text import one_line
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.formula import readable
from mlcoach.render.layout import columns, paragraphs, plural
from mlcoach.render.screen import Lines, Span, prose_width
from mlcoach.views.memory import ExplainView, IntervalsView

ALIKE = 0.03  # intervals this close to each other are the same
OTHER_MOOD = 0.01  # of recall, from which today's mood is worth a word
HINT = "It is off: dates are those of FSRS-6 alone. On again: "


def explain_lines(view: ExplainView, width: int | None) -> Lines:
    """Return when an item is asked again, what FSRS-6 and the correction say, and the strongest reasons."""
    room = prose_width(width)
    question = paragraphs(readable(one_line(view.question)), room, style="muted")
    shown: Lines = [[(view.item, "title")], *question, []]
    if view.days is None or view.due is None or view.last_day is None:
        never = "It was started again and not answered since" if view.afresh else "It was never answered"
        return [*shown, *paragraphs(f"{never}, so there is no date to explain.", room)]
    shown += paragraphs(_when(view, view.due, view.last_day), room)
    name = "FSRS-6 alone" if view.default else "FSRS-6 as adopted"
    until = f"until recall is down to {view.retention:.0%}"
    rows: list[list[Span]] = [
        [(name, ""), (_days(view.days.fsrs), ""), (until, "muted")],
        [
            ("corrected for you", "strong" if view.adaptive else ""),
            (_days(view.days.corrected), "strong" if view.adaptive else ""),
            (f"learned from {plural(view.answers, 'answer')}", "muted"),
        ],
    ]
    shown += [[], *([("  ", ""), *line] for line in columns(rows, None, right=(1,))), []]
    shown += paragraphs(f"{_recall_today(view)} {_summary(view, view.days)}", room)
    reasons: list[list[Span]] = [
        [
            ("longer" if reason.logits > 0 else "shorter", "good" if reason.logits > 0 else "warn"),
            (_reason(view, reason.name, better=reason.logits > 0), ""),
        ]
        for reason in view.reasons
    ]
    shown += [[("  ", ""), *line] for line in columns(reasons, room - 2, flexible=1)]
    if not view.adaptive:
        shown += [[], [(HINT, "muted"), ("mlcoach config set memory.adaptive true", "accent")]]
    return shown


def _when(view: ExplainView, due: date, last_day: date) -> str:
    """Return when the item is asked again, or would be."""
    after = f"{plural(view.interval_days, 'day')} after {format_day(last_day)}"
    if view.suspended:
        return f"It is suspended, so it is not asked. Its day was {format_day(due)}, {after}."
    return f"Asked again on {format_day(due)}: {after}."


def _recall_today(view: ExplainView) -> str:
    """Return the recall of today from which the date was made, and that of the last days where it is another one."""
    if view.recall is None or view.recall_now is None:
        return ""
    said = f"Today you would recall it with {view.recall:.0%}"
    if abs(view.recall_now - view.recall) <= OTHER_MOOD:
        return f"{said}."
    way = "better" if view.recall_now > view.recall else "worse"
    return (
        f"{said}, by what is usual for you: dates go by that. You recall {way} than usual lately; going by the last "
        f"answers it is {view.recall_now:.0%}."
    )


def _summary(view: ExplainView, days: IntervalsView) -> str:
    """Return which way the correction goes, in a sentence or two."""
    ratio = days.corrected / days.fsrs
    made, left = ("makes it", "leaves it") if view.adaptive else ("would make it", "would leave it")
    if abs(ratio - 1) < ALIKE:
        first = f"The correction {left} as it is."
    else:
        change = f"{ratio - 1:.0%} longer" if ratio > 1 else f"{1 - ratio:.0%} shorter"
        most = ", as far as it may go before your answers have shown more" if days.at_most else ""
        first = f"The correction {made} {change}{most}."
    return f"{first} {_chosen(view, days)}{' What counts most:' if view.reasons else ''}"


def _chosen(view: ExplainView, days: IntervalsView) -> str:
    """Return how the day was chosen."""
    wanted = days.corrected if view.adaptive else days.fsrs
    low, high = fuzz_bounds(wanted)
    if low - 1 <= view.interval_days <= high + 1:  # a day more keeps the answers apart
        if wanted < 1:
            return "Nothing is asked again sooner than the next day."
        result = "the result" if view.adaptive else "what FSRS-6 says"
        return f"The day itself is chosen near {result}, where days are light."
    if view.elsewhere:
        return "The day is the one it had in the program that it came from; your next answer goes by this."
    if view.ladder and view.interval_days >= YEARLY:
        return f"It waits a year all the same: it was good {RETIRES_AFTER} times when you did it again."
    if view.ladder and view.interval_days == FIRST_INTERVAL:
        return f"It waits {FIRST_INTERVAL} days all the same: an exercise that went well is not done again sooner."
    return (
        "The day is a different one: it was chosen when your answers had shown something else, by other settings, or "
        "on another machine; your next answer goes by this."
    )


def _days(days: float) -> str:
    if days < 0.95:
        return "less than a day"
    return f"{days:.1f} days" if days < 100 else f"{days:.0f} days"


def _reason(view: ExplainView, name: str, *, better: bool) -> str:
    """Return a reason in words; `better` says that recall is better than FSRS-6 expects, so that it may wait longer."""
    more = "more" if better else "less"
    habit = f": you recall such ones {more} often"
    match name:
        case "learner":
            return f"where FSRS-6 says {view.retention:.0%}, you recall {more} often than that"
        case "stability":
            days = "less than a day" if view.stability < 0.95 else f"about {plural(round(view.stability), 'day')}"
            return f"expected to last {days}" + habit
        case "difficulty":
            return f"as hard as this ({view.difficulty:.1f} of 10)" + habit
        case "reviews" if not view.reviews:
            return "not yet answered on a later day" + habit
        case "reviews":
            asked = "once" if view.reviews == 1 else f"{view.reviews} times"
            return f"asked {asked} on a later day" + habit
        case "lapses":
            times = "once" if view.lapses == 1 else f"{view.lapses} times"
            return (f"you forgot it {times}" if view.lapses else "you never forgot it") + habit
        case "run":
            row = f"{plural(view.run, 'recall')} in a row" if view.run else "no recall since you forgot it"
            return row + habit
        case "rating":
            return f"your last answer was {view.rating}" + habit
        case "repeats":
            times = "once" if view.repeats == 1 else f"{view.repeats} times"
            return f"repeated on the same day {times}" + habit
        case _:
            return f"its last wait was {plural(view.gap, 'day')}" + habit
