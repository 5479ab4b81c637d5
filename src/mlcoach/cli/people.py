"""`mlcoach people` and its subcommands"""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.lazy import make_group
from mlcoach.cli.params import DayOption, Json, complete_person, one_of, study_day_of
from mlcoach.errors import UsageError

if TYPE_CHECKING:
    from mlcoach.cli.app import App
    from mlcoach.domain.work_events import PersonTouch

group = make_group('mlcoach people add "Ada Lovelace" --tag mentor')

Person = Annotated[
    str, typer.Argument(metavar="NAME", help="A name, a part of it, or an id.", autocompletion=complete_person)
]


@group.callback()
def whole(ctx: typer.Context, as_json: Json = False) -> None:
    """The people you are in touch with; alone, whom to write to and why.

    Names and words lie in `people.toml` of the data folder and never in the journal; nothing of them is in a report.
    """
    ctx.obj.as_json = as_json
    if not ctx.invoked_subcommand:
        from mlcoach.render.work import people as screen
        from mlcoach.services.work.jobs import people as service

        ctx.obj.show("people", service.overview(ctx.obj.context), as_json, screen.overview_lines)


@group.command("add", epilog='Example: mlcoach people add "Ada Lovelace" --tag mentor --every 6w')
def add(
    ctx: typer.Context,
    name: Annotated[list[str], typer.Argument(metavar="NAME...", help="What they are called.")],
    tag: Annotated[
        str,
        typer.Option(
            "--tag",
            metavar="TAG",
            help="mentor, reverse, buddy or recruiter.",
            autocompletion=one_of("mentor", "reverse", "buddy", "recruiter"),
            show_default=False,
        ),
    ] = "",
    every: Annotated[str, typer.Option("--every", metavar="WEEKS", help="How often, as 6w.", show_default=False)] = "",
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Keep somebody. A reverse mentor is younger than you and further."""
    from mlcoach.render.work import people as screen
    from mlcoach.services.work.jobs import people_log as service

    app = ctx.obj
    view = service.add(app.context, " ".join(name), tag, _weeks(every), study_day_of(app, date))
    app.show("people_add", view, as_json, screen.touched_lines)


@group.command("list", epilog="Example: mlcoach people list")
def list_people(ctx: typer.Context, as_json: Json = False) -> None:
    """List everybody with their turn."""
    from mlcoach.render.work import people as screen
    from mlcoach.services.work.jobs import people as service

    ctx.obj.show("people_list", service.overview(ctx.obj.context), as_json, screen.list_lines)


@group.command("show", epilog="Example: mlcoach people show ada")
def show(ctx: typer.Context, name: Person, as_json: Json = False) -> None:
    """Show what passed with somebody: advice, and what became of it."""
    from mlcoach.render.work import people as screen
    from mlcoach.services.work.jobs import people as service

    ctx.obj.show("people_show", service.show(ctx.obj.context, name), as_json, screen.shown_lines)


@group.command("log", epilog='Example: mlcoach people log ada --advice "read the loss curve first"')
def log(
    ctx: typer.Context,
    name: Person,
    asked: Annotated[str | None, typer.Option("--asked", help="The one thing you ask.", show_default=False)] = None,
    tried: Annotated[str, typer.Option("--tried", help="What you tried before asking.", show_default=False)] = "",
    answered: Annotated[str | None, typer.Option("--answered", help="What they answered.", show_default=False)] = None,
    advice: Annotated[str | None, typer.Option("--advice", help="What they advise.", show_default=False)] = None,
    did: Annotated[
        str | None, typer.Option("--did", help="What you did of it, or why not.", show_default=False)
    ] = None,
    gave: Annotated[str | None, typer.Option("--gave", help="What you gave them.", show_default=False)] = None,
    thanked: Annotated[
        str | None, typer.Option("--thanked", help="Your thanks: what came of it.", show_default=False)
    ] = None,
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Record what passed. Before a question: what did you try, and what exactly do you ask?

    Advice is done with --did, and reported back with --thanked.
    """
    from mlcoach.render.work import people as screen
    from mlcoach.services.work.jobs import people_log as service

    app = ctx.obj
    given: dict[PersonTouch, str | None] = {
        "asked": asked, "answered": answered, "advice": advice, "did": did, "gave": gave, "thanked": thanked,
    }  # fmt: skip
    said = [(touch, text) for touch, text in given.items() if text is not None]
    if len(said) != 1:
        raise UsageError(
            "say one thing that passed" if said else "what passed?",
            'one of --asked, --answered, --advice, --did, --gave, --thanked, with its text: --gave "a bug report"',
        )
    touch, text = said[0]
    day = study_day_of(app, date)
    if touch == "asked":
        tried, text = _two_lines(app, tried, text)
    view = service.log(app.context, name, touch, text, day, tried=tried)
    app.show("people_log", view, as_json, screen.touched_lines)


def _two_lines(app: "App", tried: str, text: str) -> tuple[str, str]:
    """Return what was tried and what is asked; on a terminal what was not said is asked for."""
    if app.screen.interactive and not tried:
        tried = app.ask("What did you try?")
    if app.screen.interactive and not text.strip():
        text = app.ask("What exactly do you ask?")
    return tried, text


@group.command("drop", epilog="Example: mlcoach people drop ada")
def drop(
    ctx: typer.Context,
    name: Person,
    date: DayOption = "",
    erase: Annotated[bool, typer.Option("--erase", help="For ever: the copies that undo keeps go too.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --erase: don't ask.")] = False,
    as_json: Json = False,
) -> None:
    """Forget somebody: their name and all words go, the days stay.

    Undo brings them back, from a copy of the file. With --erase these copies go too; whom you dropped before, you name
    by the id.
    """
    from mlcoach.render.work import people as screen
    from mlcoach.services.work.jobs import people_log as service

    app = ctx.obj
    day = study_day_of(app, date)
    if erase:
        from mlcoach.services.work.jobs.forgetting import ask_first

        if not ask_first(app.context, name, yes=yes):
            app.hint("nothing was erased")
            return
    view = (service.erase if erase else service.drop)(app.context, name, day)
    app.show("people_drop", view, as_json, screen.touched_lines)


def _weeks(text: str) -> int | None:
    """Return the weeks of `6w` or `6`, None where nothing is said. Raises UsageError."""
    if not text:
        return None
    if found := re.fullmatch(r"(\d{1,4})\s*(?:w|weeks?)?", text.strip(), re.IGNORECASE):
        return int(found[1])
    raise UsageError(f"`{text:.40}` is not a number of weeks", "write it as `6w`")
