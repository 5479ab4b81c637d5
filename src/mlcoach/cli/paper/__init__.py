"""`mlcoach paper` and its subcommands, one file each, imported when they are called"""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from mlcoach.cli.params import Json

# In the order of the help. The modules of some have another name, which a Python word or a neighbour has taken.
COMMANDS = {
    "add": "Put papers into the reading queue.",
    "suggest": "Two or three papers for this week, and why.",
    "list": "List the reading queue.",
    "show": "Show one paper with all that is tied to it.",
    "read": "Walk through a pass on the screen.",
    "check": "Tick steps of the pass under way.",
    "ask": "Add a question of your own to a pass.",
    "finish": "End the pass under way with a verdict.",
    "drop": "Take a paper out of the queue.",
    "note": "Keep a note, or open the notes in your editor.",
    "term": "Make a card of a term.",
    "card": "Make any card from a paper.",
    "cite": "Note which papers a paper cites.",
    "search": "Find papers by words.",
    "open": "Open the page or PDF in the system's viewer.",
    "refresh": "Complete what is known of papers from the web.",
    "import": "Read BibTeX or CSL-JSON.",
    "export": "Write BibTeX, CSL-JSON or a reading log.",
    "stats": "Look back on what you read.",
}
MODULES = {"list": "listing", "import": "importing", "open": "opening"}


class PaperGroup(TyperGroup):
    """A group whose commands are imported on use, as those of the program are."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import and return a command, or None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            module = import_module(f"mlcoach.cli.paper.{MODULES.get(cmd_name, cmd_name)}")
            made = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=HELP_OPTIONS)
            made.command(cmd_name, epilog=module.EXAMPLE)(module.command)
            self.commands[cmd_name] = typer.main.get_command(made)
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the words name; an unknown one is a usage error that offers the nearest."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            from mlcoach.errors import UsageError

            near = get_close_matches(args[0], COMMANDS, 1, 0.5)
            hint = f"did you mean `mlcoach paper {near[0]}`?" if near else "`mlcoach paper --help` lists the commands"
            raise UsageError(f"no command `paper {args[0]}`", hint)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Complete names from the table: importing every command would take too long for a key press."""
        if incomplete.startswith("-"):
            return super(TyperGroup, self).shell_complete(ctx, incomplete)
        from typer._click.shell_completion import CompletionItem

        return [CompletionItem(name, help=text) for name, text in COMMANDS.items() if name.startswith(incomplete)]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands with their one-line helps."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    cls=PaperGroup,
    add_completion=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    context_settings=HELP_OPTIONS,
    epilog="Example: mlcoach paper add 1706.03762",
)


@app.callback()
def where(ctx: typer.Context, as_json: Json = False) -> None:
    """Read papers in three passes; alone, show the current paper and the checklist of its pass.

    The first pass takes ten minutes and decides whether the paper deserves more. Stopping there is fine.
    """
    if ctx.invoked_subcommand:
        ctx.obj.as_json = as_json
        return
    from mlcoach.render import papers as screen
    from mlcoach.services import papers as service

    ctx.obj.show("paper", service.current(ctx.obj.context), as_json, screen.current_lines)
