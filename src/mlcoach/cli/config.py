"""`mlcoach config` and its subcommands"""

from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.lazy import make_group
from mlcoach.cli.params import Json

if TYPE_CHECKING:
    from mlcoach.cli.app import App

group = make_group("mlcoach config set goal 90")


def complete_key(incomplete: str) -> list[tuple[str, str]]:
    """Complete the name of a setting."""
    from mlcoach.adapters.settings import SETTINGS

    return [(known.name, known.meaning) for known in SETTINGS if known.name.startswith(incomplete)]


KeyArgument = Annotated[
    str, typer.Argument(metavar="KEY", help="A key of `config show --all`.", autocompletion=complete_key)
]


@group.callback()
def config(ctx: typer.Context, as_json: Json = False) -> None:
    """Read and change settings; alone, show what you have set."""
    ctx.obj.as_json = as_json
    if ctx.invoked_subcommand is None:
        show(ctx, every=False, as_json=as_json)


@group.command("path", epilog="Example: mlcoach config path")
def path(ctx: typer.Context, as_json: Json = False) -> None:
    """Print where settings, data, cache and logs are."""
    from mlcoach.render.upkeep import config as screen
    from mlcoach.services.upkeep import config as service

    ctx.obj.show("config_path", service.places(ctx.obj.context), as_json, screen.places_lines)


@group.command("show", epilog="Example: mlcoach config show --all")
def show(
    ctx: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Every key, with default, unit and meaning.")] = False,
    as_json: Json = False,
) -> None:
    """Show what you have set, or every key."""
    from mlcoach.render.upkeep import config as screen
    from mlcoach.services.upkeep import config as service

    app = ctx.obj
    app.show("config", service.show(app.context, every=every), as_json, screen.settings_lines)


@group.command("get", epilog="Example: mlcoach config get goal")
def get(ctx: typer.Context, key: KeyArgument, as_json: Json = False) -> None:
    """Print the value of a key, yours or the default."""
    from mlcoach.render.upkeep import config as screen
    from mlcoach.services.upkeep import config as service

    ctx.obj.show("config_get", service.get(ctx.obj.context, key), as_json, screen.value_lines)


@group.command("set", epilog="Example: mlcoach config set paper_days tue thu")
def set_(
    ctx: typer.Context,
    key: KeyArgument,
    values: Annotated[list[str], typer.Argument(metavar="VALUE...", help="What it should be.")],
    as_json: Json = False,
) -> None:
    """Set a key. Comments in the file stay."""
    from mlcoach.render.upkeep import config as screen
    from mlcoach.services.upkeep import config as service

    ctx.obj.show("config_set", service.change(ctx.obj.context, key, values), as_json, screen.changed_lines)


@group.command("unset", epilog="Example: mlcoach config unset goal")
def unset(ctx: typer.Context, key: KeyArgument, as_json: Json = False) -> None:
    """Take a key back to its default."""
    from mlcoach.render.upkeep import config as screen
    from mlcoach.services.upkeep import config as service

    ctx.obj.show("config_unset", service.reset(ctx.obj.context, key), as_json, screen.changed_lines)


@group.command("edit", epilog="Example: mlcoach config edit")
def edit(ctx: typer.Context, as_json: Json = False) -> None:
    """Open the settings in your editor. What you save is checked before it counts."""
    from mlcoach.adapters.editor import at_line, edit_text
    from mlcoach.cli.way_out import told_editor
    from mlcoach.render.upkeep import config as screen
    from mlcoach.services.upkeep import config as service

    app = ctx.obj
    context = app.context
    editor = told_editor(app, chosen=service.editor(context))
    draft = service.draft(context)
    text = edit_text(editor, draft, str, suffix=".toml")
    while line := _line_to_mend(app, text):
        text = edit_text(at_line(editor, line), text, str, suffix=".toml")
    app.show("config_edit", service.save(context, draft, text), as_json, screen.edited_lines)


def _line_to_mend(app: "App", text: str) -> int:
    """Return the line at which to open an edited text again, after showing what is wrong there; 0 for a good text.

    Raises InvalidFileError for a learner who has had enough; their words are kept.
    """
    from mlcoach.cli.way_out import opened_again
    from mlcoach.errors import InvalidFileError
    from mlcoach.services.upkeep import config as service

    try:
        service.judge(app.context, text)
    except InvalidFileError as error:
        app.show_error(error, as_json=False)
        if opened_again(app, "Open it again there?"):
            return error.place.line if error.place else 1
        kept = service.keep_words(app.context, text)
        raise InvalidFileError("the settings were left as they were", f"what you wrote is kept in {kept}") from error
    return 0
