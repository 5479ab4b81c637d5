"""What the commands take, as views for the man page."""

from collections.abc import Iterable
from typing import Any

import typer

from mlcoach.views.help.manual import CommandHelpView, OptionView

HELP = "--help"


def command_help(command: Any, name: str, parent: Any = None) -> CommandHelpView:
    """Return a command, with its subcommands, from what Typer knows of it. `name` is how its parent calls it."""
    context = typer.Context(command, info_name=name, parent=parent)
    about, inner = (command.help or "").strip(), getattr(command, "list_commands", None)
    return CommandHelpView(
        usage=" ".join([context.command_path, *command.collect_usage_pieces(context)]),
        about=tuple(" ".join(part.split()) for part in about.split("\n\n") if part.strip()),
        options=options(command, context),
        example=" ".join((command.epilog or "").split()).removeprefix("Example: "),
        commands=tuple(
            command_help(command.get_command(context, one), one, context) for one in inner(context)
        ) if inner else (),
    )  # fmt: skip


def options(command: Any, context: Any) -> tuple[OptionView, ...]:
    """Return the arguments and options of a command, without the one that asks for help."""
    records: Iterable[Any] = (
        parameter.get_help_record(context) for parameter in command.get_params(context) if HELP not in parameter.opts
    )
    return tuple(OptionView(record[0], " ".join(record[1].split())) for record in records if record)
