"""`mlcoach week`"""

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from mlcoach.cli.params import Json

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from mlcoach.cli.app import App
    from mlcoach.views.week import WeekView

EXAMPLE = 'Example: mlcoach week --well "SVD at last" --hurt "two late evenings" --minutes 90'


def command(
    ctx: typer.Context,
    week: Annotated[
        str, typer.Option("--week", metavar="WEEK", help="this, last, -2, 2026-W48 or a day of it.", show_default=False)
    ] = "",
    well: Annotated[str, typer.Option("--well", help="What went well.", show_default=False)] = "",
    hurt: Annotated[str, typer.Option("--hurt", help="What hurt.", show_default=False)] = "",
    minutes: Annotated[
        str,
        typer.Option("--minutes", help="New minutes a day: 90, or `2h mon-fri, sat 3h`.", show_default=False),
    ] = "",
    promise: Annotated[str, typer.Option("--promise", help="A promise for next week.", show_default=False)] = "",
    keep: Annotated[bool, typer.Option("--keep", help="Keep the plan as it is.")] = False,
    habits: Annotated[
        str, typer.Option("--habits", metavar="DAYS", help="Of each habit, days of 7: `5 7 -`.", show_default=False)
    ] = "",
    audit: Annotated[bool, typer.Option("--audit", help="Where the hours went, and what can give way.")] = False,
    changed: Annotated[
        str, typer.Option("--changed", help="With --audit: what the feeds changed.", show_default=False)
    ] = "",
    less: Annotated[str, typer.Option("--less", help="With --audit: what is to give way.", show_default=False)] = "",
    quarter: Annotated[bool, typer.Option("--quarter", help="The last 13 weeks.")] = False,
    year: Annotated[bool, typer.Option("--year", help="The last 52 weeks, by month.")] = False,
    every: Annotated[bool, typer.Option("--list", help="List the looks back so far.")] = False,
    as_json: Json = False,
) -> None:
    """Look back on the week in five minutes, and keep or change the minutes of the next.

    On a terminal it asks; with --well, --hurt, --minutes or --keep it records what you say; else it shows the week.
    Before Thursday it is about the week before, where there is one.
    """
    from mlcoach.domain.time.weeks import parse_week
    from mlcoach.errors import UsageError
    from mlcoach.render.habit import week as screen
    from mlcoach.services.habit import week as service

    app = ctx.obj
    context = app.context
    if every:
        app.show("week_list", service.looks(context), as_json, screen.looks_lines)
        return
    if quarter or year or audit or changed or less:
        ways = _Other(audit or bool(changed or less), quarter, year, changed, less)
        _show_other(app, ways, week, as_json, asks=bool(well or hurt or minutes or keep or promise or habits))
        return
    if keep and minutes:
        raise UsageError("--keep and --minutes contradict each other", "say one of them")
    first = parse_week(week, context.today) if week else None
    if well or hurt or minutes or keep or promise or habits:
        kept = service.review(context, first, well=well, hurt=hurt, minutes=minutes, promise=promise, habits=habits)
        app.show("week_reviewed", kept, as_json, screen.kept_lines)
        return
    view = service.look(context, first)
    if as_json or not app.screen.interactive or not app.screen.is_terminal or view.reviewed:
        app.show("week", view, as_json, screen.look_lines)
        if view.reviewed and not as_json:
            app.hint("to say it again: mlcoach week --well … --hurt … --keep")
        return
    _guide(app, view, first)


def _guide(app: "App", view: "WeekView", first: "date | None") -> None:
    """Walk through the five steps, each with its figures and one question; Enter passes over it."""
    from mlcoach.adapters.setup_words import minutes_in_words, read_minutes
    from mlcoach.render.habit import week as screen
    from mlcoach.services.habit import week as service

    width = app.screen.width
    app.show_before_questions(screen.week_lines(view, width), screen.head_lines(view, width))
    well = app.ask("\n1 of 5 · What went well?")
    hurt = app.ask("2 of 5 · What hurt?")
    app.screen.lines([[], [("3 of 5 · In the way", "strong")], *screen.stuck_lines(view, width)])
    if view.stuck or view.leeches:  # what nothing is in the way of is no question
        app.ask("Have you read it? Enter goes on.")
    app.screen.lines([[], [("4 of 5 · Time", "strong")], *screen.minutes_lines(view, width)])
    present = minutes_in_words(view.plan_minutes)
    minutes = _ask_until_read(app, "Minutes a day from now on?", present, read_minutes)
    promise = app.ask("5 of 5 · What do you promise for next week?")
    habits = _ask_habits(app, view)
    kept = service.review(
        app.context,
        first,
        well=well,
        hurt=hurt,
        minutes="" if minutes == present else minutes,
        promise=promise,
        habits=habits,
    )
    app.screen.lines([[], *screen.kept_lines(kept, width)])
    app.flush_notices()


def _ask_habits(app: "App", view: "WeekView") -> str:
    """Return on how many days of the week each habit of the settings was kept; an empty answer tells nothing."""
    names = app.context.settings.get("habits")
    told = []
    for name in names:
        answer = ""
        while not (len(answer) == 1 and answer in "01234567-"):
            answer = app.ask(f"{name}: on how many of the 7 days? (enter: not told)", "-")
        told.append(answer)
    return " ".join(told) if set(told) - {"-"} else ""


class _Other(NamedTuple):
    """Which of the other looks was asked for, and what was said in the audit."""

    audit: bool
    quarter: bool
    year: bool
    changed: str
    less: str


def _show_other(app: "App", ways: _Other, week: str, as_json: bool, *, asks: bool) -> None:
    """Show the audit of a week, or a quarter or year that ends with it."""
    from mlcoach.domain.time.weeks import parse_week
    from mlcoach.errors import UsageError
    from mlcoach.render.work import audit as screen
    from mlcoach.services.work.hours import audit as service
    from mlcoach.services.work.hours.span import look_back

    if asks or ways.audit + ways.quarter + ways.year > 1:
        raise UsageError("--audit, --quarter and --year each are a look of their own", "say one of them")
    context = app.context
    first = parse_week(week, context.today) if week else None
    if not ways.audit:
        app.show("week_span", look_back(context, "year" if ways.year else "quarter", first), as_json, screen.span_lines)
        return
    changed, less = ways.changed, ways.less
    if not (changed or less):
        view = service.audit(context, first)
        live = app.screen.interactive and app.screen.is_terminal and not as_json
        if not live or not view.other or view.changed or view.less:
            app.show("week_audit", view, as_json, screen.audit_lines)
            return
        app.screen.lines(screen.hours_lines(view, app.screen.width))
        changed = app.ask(f"\n{screen.QUESTION}")
        less = app.ask("What is to give way next week?")
        if not (changed or less):
            return
    app.show("week_audited", service.answer(context, first, changed, less), as_json, screen.kept_lines)


def _ask_until_read(app: "App", question: str, default: str, read: "Callable[[str], object]") -> str:
    from mlcoach.errors import MlcoachError

    while True:
        words = str(app.ask(question, default))
        try:
            read(words)
        except MlcoachError as error:
            app.show_error(error, as_json=False)
        else:
            return words
