"""The screen of `stats`: numbers, a heat map of the year, small curves. Readable without colour and in ASCII."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from mlcoach.domain.curriculum import TRACKS
from mlcoach.domain.memory.recall import FEWEST_TO_JUDGE
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import MONTHS
from mlcoach.render.curriculum.marks import share, shares_bar, shares_legend, shares_text
from mlcoach.render.habit.streak import MARKS, NAMES
from mlcoach.render.layout import cells, columns, pad, paragraphs, plural
from mlcoach.render.screen import PIPED_WIDTH, Lines, Span, prose_width
from mlcoach.views.habit import ForecastView, StatsView, StreakDayView, SubjectProgressView, WeekMinutesView

RAMP = "▁▂▃▄▅▆▇█"
NONE = "·"
SPARK_WEEKS = 26
TOLD = 8  # weeks or months in figures
FIGURE_LABEL = 11  # cells before a figure

NEAR = 0.03  # of a share recalled, which is as good as there
BAR = 30  # cells of a bar of what is covered and retained
WIDE = 72  # below this, what is covered and retained of a subject is left out
LABEL = 5  # cells before the heat map
LEGEND = ("goal", "kept", "missed", "rest", "frozen")


def stats_lines(view: StatsView, width: int | None, *, plain: bool = False) -> Lines:
    """Return the numbers over all time; `plain` says in figures what is else drawn."""
    if not view.days_studied:
        return [[("Nothing to count yet. ", ""), ("mlcoach today", "accent"), (" has the first step.", "")]]
    room = prose_width(width)
    shown = [*paragraphs(_meaning(view), room, style="strong"), [], *columns(_figures(view, room, plain=plain), None)]
    if view.covered or any(track.covered for track in view.track_shares):
        shown += [[], [("Covered and retained", "title")], *_covered(view, room, plain=plain)]
    shown += [[], [("The last year", "title")], *(_by_month(view.days, room) if plain else heat_map(view.days, room))]
    if view.tracks:
        shown += [[], [("Time by track" if plain else "Time by track, and its last weeks", "title")]]
        shown += _tracks(view, width)
    if view.subjects:
        shown += [[], [("Progress", "title")]]
        table = [
            [
                (subject.title, ""),
                (f"{subject.satisfied} of {plural(subject.units, 'unit')}", "muted"),
                (format_duration(subject.minutes) if subject.minutes else "–", ""),
                *(_shares(subject) if room >= WIDE else []),
            ]
            for subject in view.subjects
        ]
        shown += columns(table, width, right=(2, 3, 4))
    return shown


def _shares(subject: SubjectProgressView) -> list[Span]:
    return [(f"{share(subject.covered)} covered", "muted"), (f"{share(subject.retained)} retained", "muted")]


def _meaning(view: StatsView) -> str:
    """Return what the numbers come to and what to do about it."""
    lately = [week.minutes for week in view.weeks[-5:-1]]
    usual = f"about {format_duration(max(1, sum(lately) // len(lately)))} a week lately" if any(lately) else ""
    said = f"You have studied on {plural(view.days_studied, 'day')}, short ones too{f', {usual}' if usual else ''}."
    if view.retention is None:
        return f"{said} What you remember shows after the first cards came back: `mlcoach review`."
    if not view.reviews_month:
        return f"{said} Nothing came back in the last 30 days; a few cards show what stayed: `mlcoach review`."
    if _came_back(view) < FEWEST_TO_JUDGE:
        return f"{said} What you remember cannot be told from so few answers yet: go on like this."
    if view.retention >= view.desired - NEAR:
        return f"{said} You remember as much of what comes back as you asked for: go on like this."
    return f"{said} You remember less of what comes back than you asked for; `mlcoach cards leeches` shows what slips."


def _came_back(view: StatsView) -> int:
    """Return how many answers were to items that came back on a later day."""
    return sum(month.asked for month in view.recall)


def _figures(view: StatsView, room: int, *, plain: bool) -> list[list[Span]]:
    each = format_duration(max(1, view.total_minutes // view.days_studied))
    total = format_duration(view.total_minutes)
    weeks = view.weeks[-max(1, min(SPARK_WEEKS, room - FIGURE_LABEL)) :]
    rows: list[tuple[str, str]] = [
        ("Studied", f"{total} on {plural(view.days_studied, 'day')}, {each} on average"),
        ("Weeks", _last_weeks(view) if plain else f"{sparkline([week.minutes for week in weeks])}  {_best(view)}"),
        ("Answers", f"{view.reviews:,} in all, {view.reviews_month:,} in the last 30 days"),
        ("Learned", plural(view.items_learned, "card and exercise", "cards and exercises") + " met"),
    ]
    if view.tried:
        rows.append(("Practised", f"{view.solved} solved of {view.tried} tried"))
    if view.streak_shown:
        streak = f"{view.streak.current}, best {view.streak.best}, habit score {view.streak.score} of 100"
        rows.insert(1, ("Streak", streak))
    if view.retention is not None and _came_back(view) < FEWEST_TO_JUDGE:
        recalled = sum(month.recalled for month in view.recall)
        said = f"{recalled} of {plural(_came_back(view), 'answer')} on a later day; too few answers to judge"
        rows.append(("Recalled", said))
    elif view.retention is not None:
        curve = shares([month.recalled / month.asked for month in view.recall])
        rows.append(
            ("Recalled", f"{view.retention:.0%} of what came back on a later day; you asked for {view.desired:.0%}")
        )
        rows += _recall_by_month(view) if plain else [("", f"{curve}  {_span(view)}")]
    rows += _path(view.forecast)
    if view.papers:
        rows.append(("Papers", ", ".join(f"{number} {status}" for status, number in view.papers.items())))
    return [[(name, "muted"), (text, "")] for name, text in rows]


def _last_weeks(view: StatsView) -> str:
    """Return the minutes of the last weeks in figures, the newest first."""
    latest = [format_duration(week.minutes) if week.minutes else "none" for week in reversed(view.weeks[-TOLD:])]
    return f"{latest[0]} this week; before: {', '.join(latest[1:])}" if latest[1:] else f"{latest[0]} this week"


def _recall_by_month(view: StatsView) -> list[tuple[str, str]]:
    return [("", f"{_month(one.month)}: {one.recalled / one.asked:.0%}") for one in view.recall[-TOLD:]]


def _by_month(days: Sequence[StreakDayView], room: int) -> Lines:
    """Return how many days of each kind the months had, the newest first: the heat map in words."""
    shown: Lines = []
    for (year, month), group in groupby(reversed(days), key=lambda day: (day.day.year, day.day.month)):
        counts: Counter[str] = Counter(day.state for day in group)
        said = ", ".join(f"{counts[state]} {state}" for state in LEGEND if counts[state])
        shown += paragraphs(f"{MONTHS[month - 1]} {year}: {said}", room) if said else []
    return shown


def _best(view: StatsView) -> str:
    return f"most in a week {format_duration(max(week.minutes for week in view.weeks))}" if view.weeks else ""


def _span(view: StatsView) -> str:
    first, last = view.recall[0].month, view.recall[-1].month
    return f"by month, {_month(first)}" + (f" to {_month(last)}" if first != last else "")


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _path(forecast: ForecastView) -> list[tuple[str, str]]:
    left, finish = forecast.hours_left, forecast.finish
    own = f", counted {forecast.factor:.3g} times the authors' hours" if round(forecast.factor, 2) != 1 else ""
    if not left:
        return [("Path", "finished")]
    if finish is None:
        return [("Path", f"about {left:.0f}h left{own}; at this pace no end is in sight")]
    pace = format_duration(forecast.pace_minutes)
    span = f"between {_month(finish.early)} and {_month(finish.late)}"
    said = f"about {left:.0f}h left{own}; at {pace} of units a week it ends around {_month(finish.likely)}, {span}"
    return [("Path", said)]


def _covered(view: StatsView, room: int, *, plain: bool) -> Lines:
    """Return the two numbers of the path and of the tracks something is covered of, as bars."""
    rows = [(f"your path {view.forecast.path}", view.covered, view.retained)]
    rows += [(f"all of {one.track}", one.covered, one.retained) for one in view.track_shares if one.covered]
    label = max(cells(name) for name, _, _ in rows) + 2
    size = 0 if plain else min(BAR, room - label - len(shares_text(1, 1)) - 2)
    shown: Lines = []
    for name, covered, retained in rows:
        bar = shares_bar(covered, retained, size) if size >= 10 else []
        gap = "  " if bar else ""
        shown.append([(pad(name, label), ""), *bar, (f"{gap}{shares_text(covered, retained)}", "muted")])
    shown += shares_legend(room) if size >= 10 else []
    said = "Shares of the hours: of your path, and of every unit of a track. A unit counts once it is passed."
    shown += paragraphs(said, room, style="muted")
    return [*shown, [("Unit by unit: ", "muted"), ("mlcoach curriculum show --known", "accent")]]


def _tracks(view: StatsView, width: int | None) -> Lines:
    weeks = view.weeks[-max(1, min(SPARK_WEEKS, prose_width(width) - 2 * FIGURE_LABEL)) :]
    curves = {track: [_minutes_of(week, track, view.tracks) for week in weeks] for track in view.tracks}
    most = max((minutes for curve in curves.values() for minutes in curve), default=0)
    rows = [
        [(track, ""), (sparkline(curves[track], most), "good"), (format_duration(minutes), "muted")]
        for track, minutes in view.tracks.items()
    ]
    return columns(rows, width, right=(2,))


def _minutes_of(week: WeekMinutesView, track: str, shown: Iterable[str]) -> int:
    """Return the minutes of a week on a track; on what is none, all that no track shown has."""
    if track in TRACKS:
        return week.tracks.get(track, 0)
    return week.minutes - sum(week.tracks.get(other, 0) for other in shown if other in TRACKS)


def sparkline(values: Sequence[float], most: float = 0) -> str:
    """Return values as blocks up to the largest of them, or up to `most`; nothing is a dot."""
    top = most or max(values, default=0)
    return "".join(RAMP[min(7, int(value / top * 8 - 1e-9))] if value > 0 and top else NONE for value in values)


def shares(values: Iterable[float]) -> str:
    """Return shares from half to all as blocks; recall is never far below a half, and its changes are small."""
    return "".join(RAMP[max(0, min(7, int((value - 0.5) * 16)))] for value in values)


def heat_map(days: Sequence[StreakDayView], room: int = PIPED_WIDTH) -> Lines:
    """Return one line a weekday and one column a week, oldest at the left, as many as there is room for."""
    if not days:
        return []
    last = days[-1].day.toordinal() - days[-1].day.weekday()
    weeks = min((last - (days[0].day.toordinal() - days[0].day.weekday())) // 7 + 1, max(1, room - LABEL))
    first = last - 7 * (weeks - 1)
    cells: dict[tuple[int, int], Span] = {
        (day.day.weekday(), (day.day.toordinal() - first) // 7): MARKS[day.state] for day in days
    }
    months = _months(first, weeks)
    shown: Lines = [[(months, "muted")]] if months else []
    for weekday, name in enumerate(NAMES):
        row = [cells.get((weekday, week), (" ", "")) for week in range(weeks)]
        # Neighbours of one style are one piece: colouring hundreds of single cells takes longer than all the rest.
        pieces = [
            ("".join(mark for mark, _ in group), style) for style, group in groupby(row, key=lambda cell: cell[1])
        ]
        shown.append([(f"{name}  ", "muted"), *pieces])
    legend = "  ".join(f"{MARKS[state][0]} {state}" for state in LEGEND)
    return [*shown, [(legend, "muted")]]


def _months(first: int, weeks: int) -> str:
    """Return the names of the months over the weeks in which they begin, where there is room for them."""
    line = " " * LABEL
    for week in range(weeks):
        monday = date.fromordinal(first + 7 * week)
        if monday.day <= 7 and len(line) <= LABEL + week:
            line = line.ljust(LABEL + week) + f"{MONTHS[monday.month - 1]} "
    return line.rstrip()
