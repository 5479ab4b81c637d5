"""Groups whose commands are imported when they are called; names and one-line helps are known without that."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperGroup

from mlcoach.errors import UsageError

LONGEST_HELP = 1000  # characters of a first sentence: all of it
ALIKE = 0.65  # of the letters, for a word to be a slip of another
HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}


class WholeGroup(TyperGroup):
    """A group whose help says what each command does, whole; Typer's own cuts it at the end of the line."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands, each with the first sentence of its help."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, one.get_short_help_str(LONGEST_HELP)) for name, one in found if one and not one.hidden]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)


class LazyGroup(TyperGroup):
    """A group for subclasses to fill: where its commands are, and what they are called.

    `sections` holds the one-line helps by name under each heading of the help, `package` the module that the commands'
    modules are in, `modules` the names of those that are not called like their command (`module:function` for one of
    several in a module), `called` how the group is called: `mlcoach paper`.
    """

    sections: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    package: ClassVar[str] = ""
    modules: ClassVar[Mapping[str, str]] = {}
    called: ClassVar[str] = "mlcoach"

    def meaning(self, words: list[str]) -> str:
        """Return what somebody who typed these words may want, "" for not known: a hint that comes before spelling."""
        return ""

    @property
    def summaries(self) -> dict[str, str]:
        """The one-line help of each command, in the order of the help."""
        return {name: summary for section in self.sections.values() for name, summary in section.items()}

    def elsewhere(self, words: list[str]) -> str:
        """Return where else words that are not a command could be looked for, as the end of a sentence, or ""."""
        return ""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in the order of the help."""
        return list(self.summaries)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import and return a command, or None for an unknown name."""
        if cmd_name not in self.summaries:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = _load(f"{self.package}.{self.modules.get(cmd_name, cmd_name)}", cmd_name)
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the words name; an unknown one is a usage error that offers the nearest."""
        if args[0] not in self.summaries and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.summaries, 1, ALIKE)
            near += [name for name in self.summaries if len(args[0]) > 2 and name.startswith(args[0])][:1]
            hint = self.meaning(args) or (f"did you mean `{self.called} {near[0]}`?" if near else "")
            hint = hint or f"`{self.called} --help` lists the commands{self.elsewhere(args)}"
            name = f"{self.called} {args[0]}".removeprefix("mlcoach ")
            raise UsageError(f"no command `{name}`", hint)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Complete names from the table: importing every command would take too long for a key press."""
        if incomplete.startswith("-"):
            return super(TyperGroup, self).shell_complete(ctx, incomplete)
        from typer._click.shell_completion import CompletionItem

        return [CompletionItem(name, help=text) for name, text in self.summaries.items() if name.startswith(incomplete)]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands by section."""
        for section, commands in self.sections.items():
            with formatter.section(section):
                formatter.write_dl(list(commands.items()))


def make_group(example: str, cls: type[TyperGroup] = WholeGroup, *, alone: bool = True) -> typer.Typer:
    """Return a group of commands with what all groups share; `example` ends its help, `alone` lets it be called without
    a command."""
    return typer.Typer(
        cls=cls,
        add_completion=False,
        rich_markup_mode=None,
        invoke_without_command=alone,
        context_settings=HELP_OPTIONS,
        epilog=f"Example: {example}",
    )


def _load(path: str, name: str) -> Any:
    """Return the command of a module: its `group` when it has subcommands, else its `command` or the one named."""
    path, _, function = path.partition(":")
    module = import_module(path)
    if not function and hasattr(module, "group"):
        found = typer.main.get_command(module.group)
        found.name = name
        return found
    single = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=HELP_OPTIONS)
    example = f"EXAMPLE_{function.upper()}" if function else "EXAMPLE"
    single.command(name, epilog=getattr(module, example, None))(getattr(module, function or "command"))
    return typer.main.get_command(single)
