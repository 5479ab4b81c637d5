"""`mlcoach curriculum show`: the map in words, and checklists that tick"""

from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.params import DayOption, Json, complete_listed, study_day_of

if TYPE_CHECKING:
    from mlcoach.cli.app import App

EXAMPLE = "Example: mlcoach curriculum show math.la.eigen --origin; mlcoach curriculum show portfolio --check own-data"


def show(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME [ITEM]...",
            help="A unit, subject, path, checklist or paper, by id or title; with --check items behind it.",
            autocompletion=complete_listed,
            show_default=False,
        ),
    ] = None,
    origin: Annotated[bool, typer.Option("--origin", help="Say which file each value comes from.")] = False,
    answers: Annotated[
        bool, typer.Option("--answers", help="Also answer the questions to try before the unit.")
    ] = False,
    known: Annotated[
        bool, typer.Option("--known", help="List what you know: of the whole map, or of a subject or path.")
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Tick items of a checklist: NAME ITEM…")] = False,
    uncheck: Annotated[bool, typer.Option("--uncheck", help="Untick them.")] = False,
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Show a unit, subject, path, checklist or paper in full.

    Answers of cards stay hidden. --known lists the units you passed, with how much of each you would recall today.
    --check ticks items of a checklist, by id or its beginning: `curriculum show portfolio --check no-titanic own-data`.
    """
    from mlcoach.errors import UsageError
    from mlcoach.render.curriculum import show as screen
    from mlcoach.services.curriculum import show as service

    app = ctx.obj
    if check or uncheck:
        _tick(app, words or [], date, done=not uncheck, as_json=as_json)
        return
    if known:
        if origin or answers:
            raise UsageError("--known goes with neither --origin nor --answers", "those tell of one unit")
        _show_known(app, " ".join(words or ()), as_json)
        return
    if not words:
        raise UsageError("name what to show", "`mlcoach curriculum list` names subjects and paths")
    app.show(
        "curriculum_show",
        service.show(app.context, " ".join(words), origin=origin, answers=answers),
        as_json,
        screen.shown_lines,
    )


def _tick(app: "App", words: list[str], date: str, *, done: bool, as_json: bool) -> None:
    from mlcoach.errors import UsageError
    from mlcoach.render.work import checklists as screen
    from mlcoach.services.work import checklists as service

    if not words:
        raise UsageError("name the checklist", "`mlcoach curriculum list` names them")
    view = service.tick(app.context, words[0], words[1:], study_day_of(app, date), done=done)
    app.show("curriculum_show", view, as_json, screen.ticked_lines)


def _show_known(app: "App", name: str, as_json: bool) -> None:
    from mlcoach.render.curriculum import known as screen
    from mlcoach.services.curriculum import known as service

    app.show("curriculum_show", service.known(app.context, name), as_json, screen.known_lines)
