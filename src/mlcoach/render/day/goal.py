"""The screen of `mlcoach goal`."""

from collections.abc import Sequence
from datetime import date, timedelta

from mlcoach.domain.day.forecast import BETWEEN
from mlcoach.domain.day.goal import INTERVIEW_DAYS
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import MONTHS, format_day
from mlcoach.render.layout import paragraphs, plural, row_lines
from mlcoach.render.screen import Lines, Span, prose_width
from mlcoach.views.goal import KEPT_BY_HAND, GoalUnitView, GoalView

SHOWN = 8  # units that fall, where not all are asked for
NARROW = 60  # cells below which a table of titles, hours and ids is not read any more
ASSUMED_SHOWN = 5  # units that the path takes as known, where not all are asked for
ADVISED = 120  # minutes of problems a day before interviews
PUSHED_SHOWN = 3  # units that one that is kept pushes out
LEAST_OVER = 1  # hours that no unit has, worth a word
MUCH = 0.5  # hours beyond what there is that are worth a word
DONE = {
    "set": "Goal set.",
    "kept": "Kept.",
    "let go": "No longer kept by hand.",
    "dropped": "The goal is ended; the path stays.",
}


def lines(view: GoalView, width: int | None) -> Lines:
    """Return whether the goal fits, in words, and what falls."""
    return _lines(view, width, every=False)


def all_lines(view: GoalView, width: int | None) -> Lines:
    """Return the same with every unit that stays or falls, and what the whole path takes."""
    return _lines(view, width, every=True)


def _lines(view: GoalView, width: int | None, *, every: bool) -> Lines:
    room = prose_width(width)
    shown: Lines = []
    if view.changed and view.changed != "dropped":
        shown = [*paragraphs(f"{DONE[view.changed]}{_pushed(view)}", room, style="good"), []]
    if view.by is None:
        if view.changed == "dropped":
            shown += [[(DONE["dropped"], "good")], [("Undo: mlcoach undo", "muted")]]
        else:
            said = "No goal is set. A goal is a path by a day, such as an interview or the beginning of a course:"
            shown += paragraphs(view.note or said, room)
            shown += [[("mlcoach goal --by 2027-02-01 --path interview", "accent")]]
        return shown
    when = f"{format_day(view.by)} {view.by.year}"
    shown += paragraphs(f"{view.title} (`{view.path}`) by {when}", room, style="title")
    if view.plan_path:
        said = f"The plan follows the path `{view.plan_path}`, so nothing is planned for this goal."
        shown += paragraphs(said, room, style="warn")
        shown += [[(f"mlcoach config set path {view.path}", "accent"), (" follows it again.", "")]]
    if not view.days_left:
        shown += paragraphs("The day is here. Whatever is still open stays on your path.", room)
        return [*shown, [("mlcoach goal --drop ends it, --by sets another day", "muted")]]
    if not view.keeps and not view.falls:
        left = plural(view.days_left, "day")
        shown += paragraphs(f"All of it is done, {left} before the day.", room, style="good")
        return [*shown, *_assumed(view, width, every=every)]
    shown += [[], *paragraphs(_meaning(view), room, style="strong")]
    shown += paragraphs(_figures(view), room)
    if every or view.falls:
        shown += _staying(view, width, every=every)
    shown += _falling(view, width, every=every)
    shown += _assumed(view, width, every=every)
    shown += _whole(view, room)
    if view.problems_from or view.interview:
        shown += [[], *paragraphs(_problems(view), room)]
    if view.note:
        shown += [[], *paragraphs(view.note, room, style="muted")]
    return shown


def _pushed(view: GoalView) -> str:
    """Return what falls since a unit is kept, "" for nothing."""
    if not view.pushed:
        return ""
    named = ", ".join(unit.title for unit in view.pushed[:PUSHED_SHOWN])
    more = len(view.pushed) - PUSHED_SHOWN
    hours = sum(unit.hours for unit in view.pushed)
    return f" That pushes out {named}{f' and {more} more' if more > 0 else ''} ({hours:.0f}h)."


def _meaning(view: GoalView) -> str:
    if not view.pace_minutes:
        return "It does not fit: no minutes are planned. `mlcoach init` plans them."
    if view.verdict == "fits":
        return "It fits. Study as planned and you are done in time, with room for slow weeks."
    stays = sum(unit.hours for unit in view.keeps)
    over = stays - view.hours_there
    if over > MUCH:
        over = max(1, round(stays) - round(view.hours_there))  # of the two that are shown
    if not view.falls:
        kept = "all that is open is under way or kept by you"
        much = f", {over:.0f}h too much" if over > MUCH else ""
        begins = "It is tight" if view.verdict == "tight" else "It does not fit"
        return f"{begins}, and nothing can fall: {kept}{much}.{_let_go(view) if much else ''}"
    falls = plural(len(view.falls), "unit")
    if view.verdict == "tight":
        comes = "comes" if len(view.falls) == 1 else "come"
        return f"It is tight: all of it is done in time about one time in two. {falls} {comes} last."
    if not view.keeps:
        return "It does not fit: not even one unit can be finished by then."
    fall = "falls" if len(view.falls) == 1 else "fall"
    others = "the other one" if len(view.keeps) == 1 else f"the other {len(view.keeps)}"
    if over > MUCH:
        take = "takes" if len(view.keeps) == 1 else "take"
        return (
            f"It does not fit. {falls} {fall}, and even {others}, kept or under way, {take} {stays:.0f}h where there"
            f" are {view.hours_there:.0f}h: {over:.0f}h too much.{_let_go(view)}"
        )
    fit = "fits" if len(view.keeps) == 1 else "fit"
    return (
        f"It does not fit. {falls} {fall}, and the plan follows {others}, which {fit}: {stays:.0f}h of the"
        f" {view.hours_there:.0f}h there are.{_left_free(view, stays)}"
    )


def _left_free(view: GoalView, stays: float) -> str:
    """Return what the hours are for that no unit has, "" where they are not worth a word."""
    over = round(view.hours_there) - round(stays)  # of the two that are shown
    if over < LEAST_OVER:
        return ""
    if not view.fitting:
        longer = "" if any(round(unit.hours) <= over for unit in view.falls) else "; what falls is longer"
        return f" The other {over}h are room for slow weeks{longer}."
    shortest = next(unit for unit in view.falls if unit.unit == view.fitting[0])
    named = f"{shortest.title} ({shortest.hours:.0f}h)"
    fits = f"{named} would fit" if len(view.fitting) == 1 else f"{len(view.fitting)} units would fit, {named} first"
    return (
        f" The other {over}h are room for slow weeks; units that interviews hardly ask are put there only if you ask."
        f" {fits}: `mlcoach goal --keep {shortest.unit}`."
    )


def _let_go(view: GoalView) -> str:
    """Return how a unit that was kept by hand falls again, "" where none was."""
    by_hand = [unit.unit for unit in view.keeps if unit.why == KEPT_BY_HAND]
    return f" `mlcoach goal --let-go {by_hand[0]}` lets it fall." if by_hand else ""


def _figures(view: GoalView) -> str:
    days = plural(view.days_left, "day")
    open_hours = f"{days} to go; {view.hours_left:.0f}h of the path are open{measure_in_words(view)}."
    if not view.pace_minutes or not view.needed_minutes:
        return open_hours
    usual = format_duration(5 * round(view.pace_minutes / 5))
    have = f"you plan {usual}" if view.from_plan else f"you study {usual}, as the last four weeks went"
    if view.needed_minutes > 24 * 60:
        return f"{open_hours} No day has the minutes that all of it needs; {have} a day."
    each = format_duration(max(1, round(60 * view.hours_left / view.study_days)))
    needed = format_duration(view.needed_minutes)
    others = "reviews, papers and daily problems" if view.problems_from else "reviews and papers"
    return (
        f"{open_hours} On {plural(view.study_days, 'day')} of study that is {each} of units a day; {others} take"
        f" {view.other_minutes} minutes of each hour, so all of it needs {needed} a day; {have}."
    )


def measure_in_words(view: GoalView) -> str:
    """Return by what measure hours are counted: the authors' times a factor, "" where these are the same."""
    if round(view.factor, 2) == 1:
        return ""
    whose = BETWEEN if view.own_factor else "until your own units say how long you take"
    return f" (its authors say {view.stated_hours:.0f}h; counted {view.factor:.2f} times, {whose})"


def _falling(view: GoalView, width: int | None, *, every: bool) -> Lines:
    if not view.falls:
        return []
    hours = sum(unit.hours for unit in view.falls)
    head = "What comes last" if view.verdict == "tight" else "What falls: after the day, if at all"
    shown: Lines = [[], [(f"{head} ({hours:.0f}h)", "title")]]
    shown += _rows(view.falls if every else view.falls[:SHOWN], width, with_why=every)
    if len(view.falls) > SHOWN and not every:
        shown.append([(f"  and {len(view.falls) - SHOWN} more: mlcoach goal --all", "muted")])
    room = prose_width(width)
    said = "First what least builds on and what counts least for this path, by the hour. One of them matters to you?"
    return [*shown, *paragraphs(said, room, "  ", "muted"), [(f"  mlcoach goal --keep {view.falls[0].unit}", "accent")]]


def _assumed(view: GoalView, width: int | None, *, every: bool) -> Lines:
    """Return what the path takes as known and the learner has not passed, and how it comes into the plan."""
    if not view.assumed:
        return []
    hours = sum(unit.hours for unit in view.assumed)
    shown: Lines = [[], [(f"Taken as known by this path, not passed by you ({hours:.0f}h)", "title")]]
    shown += _rows(view.assumed if every else view.assumed[:ASSUMED_SHOWN], width, with_why=False)
    if len(view.assumed) > ASSUMED_SHOWN and not every:
        shown.append([(f"  and {len(view.assumed) - ASSUMED_SHOWN} more: mlcoach goal --all", "muted")])
    said = "None of it is in the plan. `mlcoach place` finds out what you know. What you do not know comes into it with"
    shown += paragraphs(said, prose_width(width), "  ", "muted")
    return [*shown, [(f"  mlcoach goal --keep {view.assumed[0].unit}", "accent")]]


def _staying(view: GoalView, width: int | None, *, every: bool) -> Lines:
    if not view.keeps:
        return []
    hours = sum(unit.hours for unit in view.keeps)
    shown: Lines = [[], [(f"What stays ({hours:.0f}h)", "title")]]
    shown += _rows(view.keeps if every else view.keeps[:SHOWN], width, with_why=every)
    if len(view.keeps) > SHOWN and not every:
        shown.append([(f"  and {len(view.keeps) - SHOWN} more: mlcoach goal --all", "muted")])
    return shown


def _rows(units: Sequence[GoalUnitView], width: int | None, *, with_why: bool) -> Lines:
    if width is not None and width < NARROW:
        return _tall_rows(units, width, with_why=with_why)
    rows: list[list[Span]] = [[(unit.title, ""), (f"{unit.hours:.0f}h", ""), (unit.unit, "muted")] for unit in units]
    table = row_lines(rows, width and width - 2, right=(1,))
    shown: Lines = []
    for unit, lines in zip(units, table, strict=True):
        shown += [[("  ", ""), *line] for line in lines]
        if unit.why and with_why:
            shown += paragraphs(unit.why, None if width is None else prose_width(width), "    ", "muted")
    return shown


def _tall_rows(units: Sequence[GoalUnitView], width: int, *, with_why: bool) -> Lines:
    """Return units where there is no room for a table: the title, and below it the hours and the id."""
    shown: Lines = []
    for unit in units:
        shown += paragraphs(unit.title, width, "  ")
        shown.append([(f"    {unit.hours:.0f}h  ", ""), (unit.unit, "muted")])
        if unit.why and with_why:
            shown += paragraphs(unit.why, width, "    ", "muted")
    return shown


def _whole(view: GoalView, room: int) -> Lines:
    """Return what all of the path would take, where not all of it fits."""
    if view.fits or not view.pace_minutes or view.whole_by is None:
        return []
    day = f"{view.whole_by.day} {MONTHS[view.whole_by.month - 1]} {view.whole_by.year}"
    minutes = f"{format_duration(view.needed_minutes)} a day, or " if view.needed_minutes <= 24 * 60 else ""
    return [[], *paragraphs(f"All of it would take {minutes}time until {day}, with room for slow weeks.", room)]


def _problems(view: GoalView) -> str:
    """Return from when on problems come daily, and what they take: before an interview of a job half of the minutes."""
    said: list[str] = []
    if view.interview:
        begins = _from_on(view, view.interview - timedelta(days=INTERVIEW_DAYS))
        until = f"until the interview on {view.interview.day} {MONTHS[view.interview.month - 1]}"
        said.append(f"{begins} come every day {until}: half of the minutes.")
    if view.problems_from and view.interview != view.by:
        said.append(f"{_from_on(view, view.problems_from)} come every day: a third of the minutes.")
    if view.pace_minutes >= ADVISED:  # who has less knows it, and cannot do more
        said.append("Candidates are told to do two hours a day of them then.")
    return " ".join(said)


def _from_on(view: GoalView, first: date) -> str:
    assert view.by is not None
    later = first > view.by - timedelta(days=view.days_left)
    return f"From {first.day} {MONTHS[first.month - 1]} on problems" if later else "Problems"
