"""The screens of `mlcoach review`: the list, the current item, and the summary."""

from mlcoach.domain.cloze import filled_in, with_blanks
from mlcoach.domain.help.commands import broken_command
from mlcoach.domain.keys import named
from mlcoach.domain.memory.ratings import CONFIDENCES, RATING_NAMES, RATINGS
from mlcoach.domain.practice.given_code import given_code
from mlcoach.domain.text import one_line
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.day.progress_bar import KEPT, day_words, running_words, streak_spans
from mlcoach.render.formula import readable
from mlcoach.render.layout import cells, columns, ends, fit, flow, plural, wrap
from mlcoach.render.prose import code, prose
from mlcoach.render.review.grade import CHANGED, finished_lines, leech_advice, read_again
from mlcoach.render.screen import Line, Lines, drawn, prose_width
from mlcoach.render.screen_driver import Section
from mlcoach.views.review import CurrentItemView, QueuedView, ReviewView, SummaryView

WIDEST_TEXT = 80  # cells; longer lines tire the eye
# Marks of what a cloze card hides, put in before formulas are read and taken out when lines are made.
BLANK_BEGIN, BLANK_END = "\ue000", "\ue001"
FEWEST_FOR_SHARE = 5  # answers; below that a percentage says nothing
TYPED = {"number": "the number", "vector": "the numbers", "formula": "the formula", "text": "the answer"}
ANEW = "Its numbers vary now, so the next right answer counts as a new card's."
BEHIND = "Behind each answer is when it comes back."
EXPLAINED = f"How well did you know it? {BEHIND}"
MADE = f"How did it go? {BEHIND}"  # of what is written or made nothing was known before
SAME_DAY = "It comes back on the same day for all of them; the lower the number, the sooner it comes after that."
WORDS_FROM = 60  # cells a line needs before there is room for words
HELP = named("u", "e", "b", "s", "f", "q")


# The list ----------------------------------------------------------------------------------------------------


def list_lines(view: ReviewView, width: int | None) -> Lines:
    """Return what there is to review, one item a line."""
    scope = f" in {view.scope}" if view.scope else ""
    if not view.due and not view.new:
        return _nothing(view, scope, prose_width(width))
    parts = [f"{view.counts.due} due"] if view.counts.due else []
    parts += [f"{view.counts.new} new"] if view.counts.new else []
    shown: Lines = [[(" and ".join(parts) + scope, "title")]]
    listed = len(view.due) + len(view.new)
    if listed < view.counts.due + view.counts.new:
        shown.append([(f"The {listed} to begin with; the rest can wait.", "muted")])
    shown.append([])
    rows = [
        [(item.item, "accent"), (_when(item), "muted"), (readable(one_line(item.question)), "")]
        for item in (*view.due, *view.new)
    ]
    return shown + columns(rows, width, flexible=2)


def _when(item: QueuedView) -> str:
    if item.due is None:
        return "new"
    return f"{item.overdue_days}d over" if item.overdue_days else "due"


def _nothing(view: ReviewView, scope: str, room: int) -> Lines:
    if scope and view.begun:
        return [*_text(f"Nothing to review{scope}.", room), [("All there is: ", "muted"), ("mlcoach review", "accent")]]
    waiting: Lines = []
    if view.waiting and not scope:
        waiting = [[("More new cards wait: ", "muted"), (f"mlcoach review --subject {view.waiting}", "accent")]]
    if view.next_due:
        items = plural(view.next_count, "item")
        text = f"Nothing is due. Next: {items} on {format_day(view.next_due)}."
        return [*_text(text, room), [("Ahead of time: ", "muted"), ("mlcoach review --ahead 7", "accent")], *waiting]
    if view.begun:
        text = "Nothing to review. New cards come from the units being learned, as the day's minutes allow."
        return [*_text(text, room), [("The plan of the day: ", "muted"), ("mlcoach today", "accent")], *waiting]
    text = "Nothing to review yet. Cards come with the first unit you study."
    return [*_text(text, room), [("The plan of the day: ", "muted"), ("mlcoach today", "accent")]]


def _text(text: str, room: int, style: str = "", indent: str = "") -> Lines:
    return [[(line, style)] for line in wrap(text, room, indent)]


# The current item ---------------------------------------------------------------------------------------------------


def sections(view: CurrentItemView, width: int, *, color: bool = False) -> list[Section]:
    """Return the screen of one item, opened as far as its phase says."""
    room = min(width, WIDEST_TEXT)
    found = [Section("head", [_head(view, room)]), Section("question", _question(view, room, width, color=color))]
    if view.changed or view.anew:
        found.append(Section("changed", _text(ANEW if view.anew else CHANGED, room, "muted")))
    if view.leech_lapses:
        advice = leech_advice(view.leech_lapses, "e rewords it, s sets it aside")
        found.append(Section("leech", [*_text(advice, room, "warn"), read_again(view.item)]))
    for number, hint in enumerate(view.hints, start=1):
        found.append(Section(f"hint {number}", _labelled(f"Hint {number}: ", hint, room, width, color=color)))
    if view.check and view.phase not in ("question", "confidence"):
        found.append(Section("check", _labelled("You are right if: ", view.check, room, width, color=color)))
    if view.verdict:
        found.append(Section("verdict", [_verdict(view)]))
    if view.feedback:
        found.append(Section("feedback", prose(view.feedback, room, color=color, code_width=width)))
    if view.brings:
        found.append(Section("brings", _labelled("Next comes: ", view.brings, room, width, color=color)))
    if view.phase == "answer":
        found.append(Section("answer", _answer(view, room, width, color=color)))
    if view.solution and view.phase == "answer":
        found.append(Section("solution", prose(view.solution, room, color=color, code_width=width)))
    if (view.typing or view.form == "numeric") and view.phase in ("question", "confidence"):
        cursor = "▏" if color else ""
        found.append(Section("typed", [[(f"> {view.typed}", "strong"), (cursor, "accent")]], live=True))
    if view.note:
        found.append(Section("note", _text(view.note, room, "warn"), foot=True))
    found.append(Section("keys", _keys(view, room), foot=True))
    found.append(Section("help", [[(line, "muted")] for line in flow(HELP, room, " · ")], foot=True, once=True))
    return found


def _head(view: CurrentItemView, room: int) -> Line:
    mark = " · again" if view.repeated else " · new" if view.is_new else ""
    flag = " · flagged" if view.flagged else ""
    cards = view.total - view.exercises
    # The plan counts cards: who begins a review is told what comes besides.
    mixed = view.position == 1 and view.exercises and cards and room >= WORDS_FROM
    besides = f": {plural(cards, 'card')}, then {plural(view.exercises, 'exercise')}" if mixed else ""
    right = f"{view.position} of {view.total}{besides}{mark}{flag}"
    left = fit(one_line(view.unit_title), max(8, room - cells(right) - 2))
    return ends([(left, "muted")], [(right, "muted")], room)


def _question(view: CurrentItemView, room: int, width: int, *, color: bool) -> Lines:
    shown: Lines = []
    if view.form == "exercise":
        title = [[(line, "title")] for line in wrap(one_line(view.title), room)]
        shown += [*title, [(f"about {format_duration(view.minutes)}", "muted")], []]
    shown += prose(_blanks(view.question, revealed=False), room, color=color, code_width=width)
    if view.checked:
        shown += _practised("It checks itself:", view.item, width)
    elif view.form == "exercise" and given_code(view.question):
        shown += _practised("To work on it in a file:", view.item, width)
    if view.code:
        shown += [[], *code(view.code, view.language, width, color=color)]
    if view.form == "code":
        shown += [[], [("What does it print?", "muted")]] if "?" not in view.question else []
    return shown


def _practised(said: str, item: str, width: int) -> Lines:
    """Return a command that opens an exercise in a file, on lines of its own where it does not fit beside the words."""
    command = f"mlcoach practice {item}"
    if cells(said) + 1 + cells(command) <= width:
        return [[], [(f"{said} ", "muted"), (command, "accent")]]
    return [[], [(said, "muted")], *([(part, "accent")] for part in broken_command(command, width, width - 2))]


def _answer(view: CurrentItemView, room: int, width: int, *, color: bool) -> Lines:
    rule: Line = [("─" * min(room, 24) if color else "Answer:", "muted")]
    if view.form == "code":
        return [rule, *code(view.answer, "", width, color=color)]
    if view.form == "cloze":
        return [rule, *prose(_blanks(view.question, revealed=True), room, color=color, code_width=width)]
    if view.answer:
        return [rule, *prose(view.answer, room, color=color, code_width=width)]
    return [rule, *_text("No solution is written down; what you made is the answer.", room, "muted")]


def _labelled(label: str, text: str, room: int, width: int, *, color: bool) -> Lines:
    lines = prose(label + text, room, color=color, code_width=width)
    first = lines[0]
    whole = "".join(part for part, _ in first)
    if whole.startswith(label):
        style = next((style for part, style in first if part.strip()), "")
        lines[0] = [(label, "accent"), (whole.removeprefix(label), style)]
    return lines


def _verdict(view: CurrentItemView) -> Line:
    typed = view.judged or view.typed
    if view.verdict == "right":
        return [drawn("✓ ", "good"), (f"{typed} is right", "good")]
    return [drawn("✗ ", "warn"), (f"{typed}: not this time", "warn")]


def _blanks(text: str, *, revealed: bool) -> str:
    """Return a cloze text with its hidden parts as `[…]`, or in brackets when they are revealed."""
    if revealed:
        return filled_in(text, f"{BLANK_BEGIN}[", f"]{BLANK_END}")
    return with_blanks(text, f"{BLANK_BEGIN}[…]{BLANK_END}")


def _keys(view: CurrentItemView, room: int) -> Lines:
    """Return what can be pressed now."""
    lines: list[Line] = []
    if view.graded:
        word = RATING_NAMES[view.graded]
        lines += [[(line, "strong")] for line in wrap(f"space: next, kept as {word}; or correct it:", room)]
    if view.phase == "confidence":
        sure = [f"{key} {name}" for key, name in enumerate(CONFIDENCES, 1)]
        lines += [[(line, "strong")] for line in flow(["How sure are you?", *sure], room, "   ")]
    elif view.phase != "question":
        # Without days where an answer changes no schedule.
        said = in_words if room >= WORDS_FROM else interval
        days = [f"{':' if said is in_words else ''} {said(days)}" for days in view.intervals] or [""] * len(RATINGS)
        if view.intervals and said is in_words:
            days[0] = f": {_again(view)}"
        grades = [f"{key} {name}{day}" for key, (name, day) in enumerate(zip(RATINGS, days, strict=True), 1)]
        if view.position == 1 and view.intervals and not view.graded and said is in_words:
            lines += [[(line, "muted")] for line in wrap(MADE if view.form == "exercise" else EXPLAINED, room)]
        if len(view.intervals) > 1 and len(set(view.intervals)) == 1:
            lines += [[(line, "muted")] for line in wrap(SAME_DAY, room)]
        lines += [[(line, "strong")] for line in flow(grades, room, "   ")]
    steps = []
    if view.phase == "question":
        if view.typing or view.form == "numeric":
            what = TYPED[view.typing or "number"]
            steps += [f"type {what}, enter compares", "space: the answer"]
            typed = "typed again" if view.typing in ("formula", "text") else "no keys"
            steps.append(f"esc: letters are {typed if view.keys_act else 'keys'}")
        elif view.form == "exercise" and view.check:
            steps.append("space: how to check it")
        else:
            steps.append("space: the answer")
    elif view.phase == "check":
        steps.append("space: the solution")
    if view.hints_left and view.phase in ("question", "check"):
        more = f"next hint ({view.hints_left} left)" if view.hints else plural(view.hints_left, "hint")
        steps.append(f"h: {more}")
    return lines + [[(line, "accent")] for line in flow(steps, room, " · ")]


def _cells(line: Line) -> int:
    return sum(cells(text) for text, _ in line)


def in_words(days: int) -> str:
    """Return when an item comes back, as people say it."""
    if days < 2:
        return ("today", "tomorrow")[max(0, days)]
    if days < 100:
        return f"in {days} days"
    if days < 365:
        return f"in {round(days / 30.44)} months"
    return f"in {days / 365.25:.1f}".removesuffix(".0") + " years"


def _again(view: CurrentItemView) -> str:
    """Return when an item comes back that was not recalled: a card also a little later in the same session."""
    later = in_words(view.intervals[0])
    return later if view.form == "exercise" else f"now, and {later}"


def answered(view: CurrentItemView, key: str) -> str:
    """Return in words what a key answered, and when the item comes back; "" where it gave no grade."""
    rating = view.graded if key in ("space", "enter") else int(key) if key in ("1", "2", "3", "4") else 0
    if not rating or view.phase in ("question", "confidence"):
        return ""
    name = RATING_NAMES[rating]
    if not view.intervals:
        return name
    if rating == 1:
        return f"{name}: {_again(view)}"
    return f"{name}, again {in_words(view.intervals[rating - 1])}"


def interval(days: int) -> str:
    """Return an interval as short as it can be: 8d, 4mo, 1.5y."""
    if days < 100:
        return f"{days}d"
    if days < 365:
        return f"{round(days / 30.44)}mo"
    return f"{days / 365.25:.1f}".removesuffix(".0") + "y"


# The end -----------------------------------------------------------------------------------------------------


def summary_lines(view: SummaryView, width: int | None) -> Lines:
    """Return the summary of a session."""
    room = prose_width(width)
    if not view.answers:
        return [[("Nothing was answered.", "")], *_kept_back(view, room)]
    parts = [f"Reviewed {plural(view.items, 'item')} in {_took(view)}"]
    if view.due:
        share = f" ({round(100 * view.recalled / view.due)} %)" if view.due >= FEWEST_FOR_SHARE else ""
        parts.append(f"recalled {view.recalled} of {view.due}{share}")
    if view.new:
        parts.append(f"met {view.new} new")
    shown = [*_text("; ".join(parts) + ".", room, "strong"), *_hard(view, room), *_kept_back(view, room), []]
    day = view.minutes_of_day
    line: Line = [(f"The day: {day_words(day.done, day.goal)}", "")]
    if day.goal and day.done >= day.goal:
        line.append((", goal reached", "good"))
    elif day.done >= day.floor:
        line.append((f", {KEPT}", "good"))
    line.append((running_words(day), ""))
    shown.append(line)
    if view.streak_shown:
        streak = streak_spans(view.streak)
        if _cells(line) + 3 + _cells(streak) <= room:
            line += [(" · ", "muted"), *streak]
        else:
            shown.append(streak)
    for step in view.finished:
        shown += finished_lines(step, room)
    if view.left:
        shown.append([(f"{view.left} more due; they can wait, or: ", "muted"), ("mlcoach review", "accent")])
    last = "what you did last" if view.marked_last else "the last answer"
    shown.append([(f"Undo {last}: mlcoach undo", "muted")])
    return shown


def cram_lines(view: SummaryView, width: int | None) -> Lines:
    """Return the summary of a session that wrote nothing."""
    room = prose_width(width)
    if not view.answers:
        return [[("Nothing was answered.", "")]]
    shown = _text(f"Went through {plural(view.items, 'card')} in {_took(view)}.", room, "strong")
    shown += [*_hard(view, room), []]
    shown.append([("Nothing was written, the schedule is as it was.", "muted")])
    minutes = max(1, round(view.seconds / 60))
    return [*shown, [("To count the time: ", "muted"), (f"mlcoach log {minutes}m UNIT", "accent")]]


def _took(view: SummaryView) -> str:
    minutes = view.seconds // 60
    return format_duration(minutes) if minutes else "less than a minute"


def _kept_back(view: SummaryView, room: int) -> Lines:
    """Return what was put off or set aside: a key that was not meant may have done it."""
    shown: Lines = []
    for words, items, ids, back in (
        ("Put off until tomorrow, unless you ask for it:", view.put_off, view.put_off_ids, "mlcoach review --item"),
        (
            "Set aside, not asked again until you bring it back:",
            view.set_aside,
            view.set_aside_ids,
            "mlcoach cards resume",
        ),
    ):
        shown += [[], *_text(words, room, "muted")] if items else []
        for item, id in zip(items, ids, strict=True):
            shown.append([("  ", ""), (fit(readable(one_line(item)), room - 2), "")])
            shown.append([("  ", ""), (f"{back} {id}", "accent")])
    return shown


def _hard(view: SummaryView, room: int) -> Lines:
    shown: Lines = [[], [("Hard today:", "muted")]] if view.hard else []
    for item in view.hard:
        mark = " · slips often, better reworded or set aside" if item.leech else ""
        first, *rest = wrap(readable(one_line(item.question)), room - 2)
        shown += [[("- ", ""), (first, "")], *([("  ", ""), (line, "")] for line in rest)]
        shown += _text(mark.removeprefix(" · "), room, "warn", "  ") if mark else []
    return shown
