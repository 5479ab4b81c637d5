"""`mlcoach week`"""

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from mlcoach.cli.guided import GuidedQuestion, ask_guided
from mlcoach.cli.params import Json
from mlcoach.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from mlcoach.cli.app import App
    from mlcoach.views.week import WeekView

EXAMPLE = 'Example: mlcoach week --well "SVD at last" --hurt "two late evenings" --minutes 90'


# What `?` says to each question.
WELL = "a word or a sentence, kept with the week and shown when you look back on a quarter; enter says nothing"
HURT = "what made it hard: late evenings, a unit that is too long; kept with the week, and enter says nothing"
STUCK = "these units and cards take more than they should; each has the command that helps below it"
MINUTES = "what you mean to study on each day: `90`, `2h mon-fri, sat 3h`; enter keeps what stands in brackets"
PROMISE = "one thing you will do, such as `stop at ten`; next week's look back begins with it; enter promises nothing"
HABIT = "0 to 7 of the last seven days on which you kept this habit of your settings; - tells nothing"
CHANGED = "what you know or do now that came from there; nothing is an answer too, and enter says nothing"
LESS = "what you will do less of next week so that study has its time; enter names nothing"


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
    present = minutes_in_words(view.plan_minutes)

    def stuck() -> None:
        app.show_before_questions([[], [("3 of 5 · In the way", "strong")], *screen.stuck_lines(view, width)])

    def time() -> None:
        if not (view.stuck or view.leeches):  # what nothing is in the way of is no question
            stuck()
        app.show_before_questions([[], [("4 of 5 · Time", "strong")], *screen.minutes_lines(view, width)])

    read = GuidedQuestion("", "Have you read it? Enter goes on.", STUCK, before=stuck, once=True)
    questions = [
        GuidedQuestion("Well", "\n1 of 5 · What went well?", WELL),
        GuidedQuestion("Hurt", "2 of 5 · What hurt?", HURT),
        *([read] if view.stuck or view.leeches else []),
        GuidedQuestion("Minutes", "Minutes a day from now on?", MINUTES, present, read_minutes, time),
        GuidedQuestion("Promised", "5 of 5 · What do you promise for next week?", PROMISE),
        *(
            GuidedQuestion(name, f"{name}: on how many of the 7 days? (enter: not told)", HABIT, "-", _read_days)
            for name in app.context.settings.get("habits")
        ),
    ]
    app.show_before_questions(screen.week_lines(view, width))
    answers = ask_guided(app, questions)
    if answers is None:
        return
    said = [answer for one, answer in zip(questions, answers, strict=True) if not one.once]
    well, hurt, minutes, promise, *told = said
    habits = " ".join(told) if set(told) - {"-"} else ""
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


def _read_days(answer: str) -> str:
    if not (len(answer) == 1 and answer in "01234567-"):
        raise UsageError(f"`{answer[:40]}` is not a number of days", "write 0 to 7, or - where you do not tell")
    return answer


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
        answers = ask_guided(
            app,
            [
                GuidedQuestion("Changed", f"\n{screen.QUESTION}", CHANGED),
                GuidedQuestion("Gives way", "What is to give way next week?", LESS),
            ],
        )
        if not answers or not any(answers):
            return
        changed, less = answers
    app.show("week_audited", service.answer(context, first, changed, less), as_json, screen.kept_lines)
