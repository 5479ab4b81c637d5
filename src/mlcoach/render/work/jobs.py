"""The screens of jobs: the board, one job, preparation and the look back."""

from datetime import date
from itertools import groupby

from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import columns, fit, paragraphs, plural, short_day, tick
from mlcoach.render.screen import UNDO, Line, Lines, prose_width
from mlcoach.views.work.jobs import (
    BoardView,
    JobListView,
    JobMovedView,
    JobView,
    LookBackView,
    PrepView,
    ShownJobView,
    StageView,
    WorkLoggedView,
)

MOST_OPEN = 12


def board_lines(view: BoardView, width: int | None) -> Lines:
    """Return the board: stages with counts and rates, what is open, one next step."""
    room = prose_width(width)
    shown: Lines = []
    for title, stages in (("Jobs", view.stages), ("Clients", view.clients)):
        if stages:
            shown += [[(title, "strong")], *_stages(stages, width), []]
    if view.advice:
        shown += [*paragraphs(view.advice, room), []]
    if view.open:
        shown += [[("Open", "strong")], *_rows(view.open[:MOST_OPEN], view.date, width)]
        if len(view.open) > MOST_OPEN:
            shown.append([(f"{len(view.open) - MOST_OPEN} more: mlcoach job list", "muted")])
        shown.append([])
    shown += paragraphs(view.next, room)
    return [*shown, [("Next: ", "muted"), (view.command, "accent")]]


def _stages(stages: tuple[StageView, ...], width: int | None) -> Lines:
    rows: list[Line] = [
        [("  stage", "muted"), ("now", "muted"), ("came", "muted"), ("went on", "muted"), ("ended", "muted"), ("", "")]
    ]
    for stage in stages:
        rate = "" if stage.rate is None else f"{stage.rate:.0%}{', weak' if stage.weak else ''}"
        rows.append(
            [
                (f"  {stage.stage}", ""), (str(stage.here), ""), (str(stage.came), ""), (str(stage.went_on), ""),
                (str(stage.stayed), ""), (rate, "accent" if stage.weak else "muted"),
            ]
        )  # fmt: skip
    return columns(rows, width, right=(1, 2, 3, 4))


def list_lines(view: JobListView, width: int | None) -> Lines:
    """Return all jobs."""
    if not view.jobs:
        return [[("No job is kept yet: ", ""), ("mlcoach job add EMPLOYER ROLE", "accent")]]
    return _rows(view.jobs, view.date, width)


def _rows(jobs: tuple[JobView, ...], today: date, width: int | None) -> Lines:
    rows = [
        [
            (f"  {_name(job)}{' (practice)' if job.practice else ''}", ""),
            (job.id, "muted"),
            ("signed" if job.signed else job.stage, "accent"),
            (format_day(job.by, today) if job.by else f"since {format_day(job.since, today)}", "muted"),
        ]
        for job in jobs
    ]
    return columns(rows, width, flexible=0)


def moved_lines(view: JobMovedView, width: int | None) -> Lines:
    """Return what became of a job, what is worth a word, and what is next."""
    room = prose_width(width)
    job = view.job
    if view.action in ("dropped", "erased"):
        said = f"Dropped {_name(job)}, with its advert and its notes{', for ever' if view.action == 'erased' else ''}."
    else:
        by = f", next {format_day(job.by)}" if job.by else ""
        said = f"{_name(job)}, `{job.id}`: {'signed' if job.signed else job.stage}{by}."
    shown = paragraphs(said, room)
    for note in view.notes:
        shown += paragraphs(f"{note[:1].upper()}{note[1:]}{'' if note[-1] in '.?' else '.'}", room, "  ", "muted")
    if view.command:
        shown.append([("Next: ", "muted"), (view.command, "accent")])
    return shown if view.action == "erased" else [*shown, UNDO]


def shown_lines(view: ShownJobView, width: int | None) -> Lines:
    """Return all that is kept of a job."""
    room = prose_width(width)
    job = view.job
    shown: Lines = [[(_name(job), "strong"), (f"  {job.id}  {job.kind}", "muted")]]
    about = [f"now {'signed' if job.signed else job.stage}", f"next {format_day(job.by, view.today)}" if job.by else ""]
    about += [f"via {job.via}" if job.via else "", job.size, "for practice" if job.practice else ""]
    shown += paragraphs(", ".join(filter(None, about)), room)
    shown += [[(line, "muted")] for line in _minutes(job)]
    if view.history:
        stages = ", ".join(f"{stage} {short_day(day, view.today)}" for stage, day in view.history)
        shown += paragraphs(stages, room, "", "muted")
    if view.advert_file:
        shown += [
            [],
            *paragraphs(f"Advert, {plural(view.advert_lines, 'line')}: {view.advert_file}", room, "", "muted"),
        ]
        shown.append([("What it asks for: ", ""), (f"mlcoach job gap {job.id}", "accent")])
    if view.notes:
        shown += [[], *paragraphs(view.notes.rstrip("\n"), room)]
    return shown


def prep_lines(view: PrepView, width: int | None) -> Lines:
    """Return how to prepare: days left, what lacks, stories, and the checklist by its groups."""
    room = prose_width(width)
    left = "" if view.days_left is None else f", {_days(view.days_left)}"
    shown: Lines = [[(f"{_name(view.job)}: {view.title}", "strong"), (left, "accent")]]
    if view.gaps:
        shown += paragraphs(f"Its advert asks for, and you have no evidence of: {', '.join(view.gaps)}.", room)
    if view.stories_file:
        told = (
            f"Stories: {', '.join(view.stories)}." if view.stories else "No stories yet: five true ones, a `## ` each."
        )
        shown += paragraphs(f"{told} They are in {view.stories_file}", room, "", "muted")
    for group, items in groupby(view.items, key=lambda item: item.group):
        shown += [[], [(group, "strong")]] if group else [[]]
        for item in items:
            for number, line in enumerate(paragraphs(item.text, room - 2)):
                lead = tick(item.done, "○ ") if number == 0 else [("  ", "")]
                shown.append([*lead, (line[0][0], "muted" if item.done else "")])
            shown.append([(f"    {item.id}", "muted")])
    first = next((item.id for item in view.items if not item.done), "")
    if first:
        shown += [[], [("Tick: ", "muted"), (f"mlcoach job prep {view.job.id} --check {first}", "accent")]]
    return shown


def look_back_lines(view: LookBackView, width: int | None) -> Lines:
    """Return where the look back is, and a card to make of each gap."""
    room = prose_width(width)
    shown = paragraphs(f"Written down for {_name(view.job)}: {view.file}", room)
    if view.gaps:
        shown += [[], [("Each gap becomes a card:", "")]]
        for card in view.gaps:
            shown += paragraphs(card.command, room, "  ", "accent")
    return [*shown, UNDO]


def logged_lines(view: WorkLoggedView, width: int | None) -> Lines:
    """Return the time that was recorded for a client."""
    room = prose_width(width)
    said = f"{format_duration(view.minutes)} for {_name(view.job)} on {format_day(view.date)}. It is work, not study."
    return [*paragraphs(said, room), *([(line, "muted")] for line in _minutes(view.job)), UNDO]


def _minutes(job: JobView) -> list[str]:
    if job.kind != "client" or not (job.logged_minutes or job.estimate_minutes):
        return []
    logged = format_duration(job.logged_minutes)
    if not job.estimate_minutes:
        return [f"logged {logged}, nothing estimated"]
    share = job.logged_minutes / job.estimate_minutes
    return [f"logged {logged} of {format_duration(job.estimate_minutes)} estimated, {share:.0%}"]


def _name(job: JobView) -> str:
    return f"{job.employer}, {fit(job.role, 60)}" if job.role else job.employer


def _days(days: int) -> str:
    if days < 0:
        return f"{plural(-days, 'day')} ago"
    return "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
