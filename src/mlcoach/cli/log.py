"""`mlcoach log`"""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.params import DayOption, Json, NoteOption, complete_what, study_day_of
from mlcoach.errors import UsageError

if TYPE_CHECKING:
    from mlcoach.cli.app import App
    from mlcoach.domain.time.spoken import SpokenTime
    from mlcoach.views.day import LoggedView

EXAMPLE = 'Example: mlcoach log 45m eigen --note "SVD clicked" --date yesterday'


def command(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DURATION] [WHAT]",
            help="1h30m, 90m, 1.5h, 1:30, 90 (minutes) or 20:00-20:45; then a unit, its title, `paper:ID`, `project:ID`"
            " or `job:ID`.",
            autocompletion=complete_what,
            show_default=False,
        ),
    ] = None,
    date: DayOption = "",
    note: NoteOption = "",
    other: Annotated[
        str,
        typer.Option("--other", metavar="WHAT", help="It was not study: feeds, games, work.", show_default=False),
    ] = "",
    correct: Annotated[
        str | None,
        typer.Option(
            "--correct",
            metavar="ID",
            help="This entry took so long instead; its id, or `last`.",
            show_default=False,
        ),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="List every entry, with its whole note.")] = False,
    ids: Annotated[bool, typer.Option("--ids", help="List the entries with the ids that `undo` takes.")] = False,
    as_json: Json = False,
) -> None:
    """Record study time on a unit, a paper, or nothing in particular; alone, list the recent entries."""
    from mlcoach.render.day import log as screen
    from mlcoach.services.day import log as service

    app = ctx.obj
    if other:
        _log_other(app, words or [], other, date, note, as_json)
        return
    if correct is not None:
        _correct(app, words or [], correct, as_json, alone=not (date or note or full or ids))
        return
    if not words:
        if note:
            app.show("log", service.log_note(app.context, note, study_day_of(app, date)), as_json, screen.lines)
            return
        if date:
            raise UsageError(
                "how long did you study?",
                f"`mlcoach log 45m eigen --date {date}` records 45 minutes, `mlcoach log` lists what is recorded",
            )
        if full:
            app.show("log_list", service.entries(app.context, 0), as_json, screen.full_lines)
        else:
            lines = partial(screen.list_lines, ids=ids)
            app.show("log_list", service.entries(app.context), as_json, lines)
        return
    if any(word.lower().startswith("job:") for word in words):
        _for_a_job(app, words, date, note, as_json)
        return
    view = _short(app, words, date, note) or _spoken(app, words, date, note)
    app.answer("log", view, as_json, screen.lines)
    from mlcoach.services.day.status import overnight_notice, timer_view

    if notice := overnight_notice(timer_view(app.context)):
        app.hint(notice)


def _correct(app: "App", words: list[str], id: str, as_json: bool, *, alone: bool) -> None:
    """Give an entry other minutes: `log 50m --correct last`."""
    from mlcoach.domain.time.durations import parse_duration
    from mlcoach.render.day import log as screen
    from mlcoach.services.upkeep import correct as service

    if not alone or len(words) != 1 or not id.strip():
        raise UsageError("say how long it really was, and which entry", "`mlcoach log 50m --correct last`")
    app.answer("log", service.correct(app.context, id, parse_duration(words[0])), as_json, screen.lines)


def _for_a_job(app: "App", words: list[str], date: str, note: str, as_json: bool) -> None:
    """Record time worked for a job: `log 1h job:acme`."""
    from mlcoach.domain.time.durations import parse_duration
    from mlcoach.render.work import jobs as screen
    from mlcoach.services.work.jobs.job_moves import log_time

    place = next(number for number, word in enumerate(words) if word.lower().startswith("job:"))
    if place != 1:
        raise UsageError("how long did you work?", "`mlcoach log 1h job:acme` records an hour")
    if note:
        raise UsageError("time for a job has no note", 'write it to the job: `mlcoach job note ID "…"`')
    name = " ".join((words[1][4:], *words[2:])).strip()
    view = log_time(app.context, parse_duration(words[0]), name, study_day_of(app, date))
    app.show("job_log", view, as_json, screen.logged_lines)


def _log_other(app: "App", words: list[str], other: str, date: str, note: str, as_json: bool) -> None:
    """Record time that went elsewhere; it never counts as study."""
    from mlcoach.domain.time.spoken import read_line
    from mlcoach.render.work import audit as screen
    from mlcoach.services.work.hours import other_time as service

    spoken = read_line(words) if " ".join(words).strip() else None
    if spoken is None or spoken.name or spoken.span:
        raise UsageError("say how long it was, and what after `--other`", "`mlcoach log 1h30m --other feeds`")
    minutes = _minutes_or_hours(app, spoken) if spoken.bare else spoken.minutes
    view = service.log_other(app.context, minutes, other, study_day_of(app, date or spoken.day), note)
    app.answer("log_other", view, as_json, screen.other_lines)


def _short(app: "App", words: list[str], date: str, note: str) -> "LoggedView | None":
    """Record `45m vectors` and its like, which need not be taken apart; None for any other line."""
    from mlcoach.services.day import log as service

    if (
        len(words) > 2
        or words[0][-1:] not in "hm"
        or "-" in words[0]
        or not words[0][:1].isdecimal()
        or words[-1:] == ["yesterday"]
    ):
        return None
    from mlcoach.domain.time.durations import parse_duration

    day = study_day_of(app, date)
    return service.log_study(app.context, parse_duration(words[0]), " ".join(words[1:]), day, note)


def _spoken(app: "App", words: list[str], date: str, note: str) -> "LoggedView":
    """Record a line as people say it."""
    from mlcoach.domain.time.spoken import read_line
    from mlcoach.services.day import log as service
    from mlcoach.services.day.log_span import log_span

    if not " ".join(words).strip():
        raise UsageError("how long did you study?", "`mlcoach log 45m eigen` records 45 minutes")
    spoken = read_line(words)
    if spoken.bare:
        spoken = spoken._replace(minutes=_minutes_or_hours(app, spoken))
    day = study_day_of(app, date or spoken.day)
    if spoken.span:
        return log_span(app.context, spoken.span, spoken.name, day if date or spoken.day else None, note)
    return service.log_study(app.context, spoken.minutes, spoken.name, day, note)


def _minutes_or_hours(app: "App", spoken: "SpokenTime") -> int:
    """Return the minutes that a bare number from 1 to 9 means: asked on a terminal, refused elsewhere."""
    number = spoken.bare
    if app.screen.interactive:
        while True:
            answer = app.ask(f"{number} minutes or {number} hours? (m/h)").lower()
            if answer[:1] in ("m", "h") and answer:
                return number if answer[0] == "m" else number * 60
    about = f" {spoken.name}" if spoken.name else ""
    raise UsageError(
        f"`{number}` could be minutes or hours",
        f"write `mlcoach log {number}m{about}` or `mlcoach log {number}h{about}`",
    )
