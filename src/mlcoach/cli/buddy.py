"""`mlcoach buddy` and its subcommands"""

from typing import Annotated

import typer

from mlcoach.cli.lazy import make_group
from mlcoach.cli.params import Json, OutputOption

group = make_group("mlcoach buddy report")


@group.callback()
def whole(ctx: typer.Context, as_json: Json = False) -> None:
    """Your week to show to somebody, and what you promise for the next; alone, the same as `buddy report`."""
    ctx.obj.as_json = as_json
    if ctx.invoked_subcommand is None:
        report(ctx, as_json=as_json)


@group.command("report", epilog="Example: mlcoach buddy report --week last --format markdown -o week.md")
def report(
    ctx: typer.Context,
    week: Annotated[
        str,
        typer.Option("--week", metavar="WEEK", help="this, last, -2, 2026-W48 or a day of it.", show_default=False),
    ] = "",
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text, markdown or html.")] = "text",
    output: OutputOption = "",
    as_json: Json = False,
) -> None:
    """Write your week, ready to paste or mail.

    It has minutes, units, reviews, papers, notes, commits and promises. Without --week it is the week under way from
    Thursday on, else the one before. The setting `share` chooses the parts; of notes only those that say #share are in
    it, of commits those of the setting `repositories`.
    """
    from mlcoach.domain.time.weeks import parse_week
    from mlcoach.errors import UsageError
    from mlcoach.render.habit import buddy as screen
    from mlcoach.services.habit import buddy as service

    app = ctx.obj
    if format not in screen.FORMATS:
        raise UsageError(f"no format `{format:.40}`", f"say {', '.join(screen.FORMATS)}")
    view = service.report(app.context, parse_week(week, app.context.today) if week else None)
    if output:
        from mlcoach.services.files import save_document

        view = view._replace(path=save_document(app.context, screen.FORMATS[format](view), output, private=False))
    if output or as_json or app.as_json:
        app.show("buddy_report", view, as_json, screen.saved_lines)
    else:
        app.screen.document(screen.FORMATS[format](view))


@group.command("promise", epilog='Example: mlcoach buddy promise "ten hours and the SVD unit"')
def promise(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="TEXT...", help="What you promise.")],
    as_json: Json = False,
) -> None:
    """Put your promise for next week on record.

    From Monday to Wednesday it is for the week under way. A later promise for the same week replaces it.
    """
    from mlcoach.render.habit import buddy as screen
    from mlcoach.services.habit import buddy as service

    app = ctx.obj
    app.answer("buddy_promise", service.promise(app.context, " ".join(words)), as_json, screen.promised_lines)
