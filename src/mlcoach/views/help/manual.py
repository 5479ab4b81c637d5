"""What the man page of the program is made of."""

from typing import NamedTuple

from mlcoach.views.help.pages import HelpEntryView, HelpPanelView


class OptionView(NamedTuple):
    """An option or argument as it is written, and what it does."""

    names: str
    about: str


class CommandHelpView(NamedTuple):
    """A command: how it is called, what it does in paragraphs, its options, an example, and its subcommands."""

    usage: str
    about: tuple[str, ...]
    options: tuple[OptionView, ...]
    example: str
    commands: tuple["CommandHelpView", ...] = ()


class ManualView(NamedTuple):
    """What the man page of the program is made of. `panels` names the commands in their order, `topics` the pages."""

    version: str
    about: str
    panels: tuple[HelpPanelView, ...]
    commands: tuple[CommandHelpView, ...]
    options: tuple[OptionView, ...]
    topics: tuple[HelpEntryView, ...]
