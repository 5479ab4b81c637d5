"""The screen of `mlcoach memory explain`."""

from mlcoach.domain.memory.intervals import fuzz_bounds
from mlcoach.domain.memory.ladder import FIRST_INTERVAL, RETIRES_AFTER
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
        return [*shown, *paragraphs("It was never answered, so there is no date to explain.", room)]
    after = plural(view.interval_days, "day")
    shown += paragraphs(f"Asked again on {format_day(view.due)}: {after} after {format_day(view.last_day)}.", room)
    name = "FSRS-6 alone" if view.default else "FSRS-6 as adopted"
    rows: list[list[Span]] = [
        [(name, ""), (_days(view.days.fsrs), ""), (f"until recall is down to {view.retention:.0%}", "muted")],
        [
            ("corrected for you", "strong" if view.adaptive else ""),
            (_days(view.days.corrected), "strong" if view.adaptive else ""),
            (f"by {plural(view.answers, 'scored answer')}", "muted"),
        ],
    ]
    shown += [[], *([("  ", ""), *line] for line in columns(rows, None, right=(1,))), []]
    shown += paragraphs(f"{_recall_today(view)} {_summary(view, view.days)}", room)
    reasons: list[list[Span]] = [
        [
            ("longer" if reason.logits > 0 else "shorter", "good" if reason.logits > 0 else "warn"),
            (_reason(view, reason.name, reason.logits > 0), ""),
        ]
        for reason in view.reasons
    ]
    shown += [[("  ", ""), *line] for line in columns(reasons, room - 2, flexible=1)]
    if not view.adaptive:
        shown += [[], [(HINT, "muted"), ("mlcoach config set memory.adaptive true", "accent")]]
    return shown


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
        most = ", the most it may from what your answers have shown so far" if days.at_most else ""
        first = f"The correction {made} {change}{most}."
    low, high = fuzz_bounds(days.corrected if view.adaptive else days.fsrs)
    if low - 1 <= view.interval_days <= high + 1:  # a day more keeps the answers apart
        result = "the result" if view.adaptive else "what FSRS-6 says"
        rest = f"The day itself is chosen near {result}, where days are light."
    elif view.ladder:
        rest = (
            f"The day is a different one: an exercise that went well waits {FIRST_INTERVAL} days at least, and after "
            f"{RETIRES_AFTER} good re-dos a year."
        )
    else:
        chosen = "it was chosen elsewhere, by other settings or from fewer answers"
        rest = f"The day is a different one: {chosen}; your next answer goes by this."
    return f"{first} {rest}{' What counts most:' if view.reasons else ''}"


def _days(days: float) -> str:
    return f"{days:.1f} days" if days < 100 else f"{days:.0f} days"


def _reason(view: ExplainView, name: str, longer: bool) -> str:
    """Return a reason in words."""
    match name:
        case "learner":
            return f"where FSRS-6 says {view.retention:.0%}, you recall {'more' if longer else 'less'} often than that"
        case "stability":
            days = f"{view.stability:.1f}" if view.stability < 10 else f"{view.stability:.0f}"
            return f"how you keep what is known for about {days} days"
        case "difficulty":
            return f"how you keep what is as hard as this: {view.difficulty:.1f} of 10"
        case "reviews" if not view.reviews:
            return "no answer on a later day is known"
        case "reviews":
            return f"it was asked {'once' if view.reviews == 1 else f'{view.reviews} times'} on a later day"
        case "lapses":
            return f"it slipped {'once' if view.lapses == 1 else f'{view.lapses} times'}" if view.lapses else "no slip"
        case "run":
            return f"{plural(view.run, 'recall')} in a row" if view.run else "no recall since it slipped"
        case "rating":
            return f"your last answer: {view.rating}"
        case "repeats":
            return f"it was repeated on the same day {'once' if view.repeats == 1 else f'{view.repeats} times'}"
        case _:
            return "how its gaps have grown"
