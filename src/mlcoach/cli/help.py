"""`mlcoach help`"""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mlcoach.cli.params import Json
from mlcoach.errors import NotFoundError

if TYPE_CHECKING:
    from mlcoach.cli.app import App

EXAMPLE = "Example: mlcoach help streak; mlcoach help log; mlcoach help miss a day"


def complete_topic(incomplete: str) -> list[tuple[str, str]]:
    """Complete a topic or a command."""
    from mlcoach.cli.main import SECTIONS
    from mlcoach.services.help import contents

    view = contents(SECTIONS)
    entries = [*view.topics, *(entry for panel in view.panels for entry in panel.entries)]
    return list({entry.name: entry.about for entry in reversed(entries) if entry.name.startswith(incomplete)}.items())


def command(
    ctx: typer.Context,
    topic: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC]",
            help="A topic, a word of the screens, a command, a question, or what you want to do.",
            autocompletion=complete_topic,
            show_default=False,
        ),
    ] = None,
    man: Annotated[bool, typer.Option("--man", help="Print the man page: of the program, or of a topic.")] = False,
    as_json: Json = False,
) -> None:
    """Explain a topic or a command, or find the command for a purpose; alone, list them.

    As man pages: `mlcoach help --man > mlcoach.1`, and `mlcoach help --man days > mlcoach-days.7`.
    """
    from mlcoach.render import help as screen
    from mlcoach.services import help as service
    from mlcoach.views.help.pages import HelpTextView

    app = ctx.obj
    whole: Any = ctx.find_root().command  # our own group
    words = [word for word in topic or [] if word.strip()]
    if man:
        _print_manual(app, ctx.find_root(), " ".join(words))
        return
    if not words:
        app.show("help", service.contents(whole.sections), as_json, screen.contents_lines)
        return
    if page := service.topic(" ".join(words), whole.summaries):
        app.show("help_topic", page, as_json, screen.topic_lines)
        return
    found, parent = _command(ctx.find_root(), words, app)
    if found is not None:
        text, page_name = found.get_help(parent), service.explained_in(words[0])
        if page_name:
            text += f"\n\n  Explained in: mlcoach help {page_name}"
        view = HelpTextView(" ".join(words), text)
        app.show("help_command", view, as_json, screen.text_lines)
        return
    asked = " ".join(words)
    if page := service.phrase(asked, whole.summaries):
        app.show("help_topic", page, as_json, screen.topic_lines)
        return
    from mlcoach.cli.meanings import meant_by

    # A bare number is one of a screen, such as `584` hours; `45m` is study time.
    hint = "" if re.fullmatch(r"[\d.,]+%?", words[0]) else meant_by(words, whole.summaries)
    page = service.phrase(asked, whole.summaries, whole=False)
    # Of several words a page that is found by one says more than a command for another.
    if page and (not hint or len(words) > 1):
        app.show("help_topic", page, as_json, screen.topic_lines)
        return
    if not hint:
        raise NotFoundError(
            f"there is no help on `{asked:.60}`",
            f"`mlcoach help` lists topics and commands; `mlcoach search {asked:.60}` looks in the map",
        )
    if page:
        hint += f"\n`mlcoach help {page.topic}` may explain it: {page.title}"
    app.show("help_hint", HelpTextView(asked, hint), as_json, screen.text_lines)


def _command(root: Any, words: list[str], app: "App") -> tuple[Any, Any]:
    """Return the command that the words call and its context, None and None where they call none."""
    found, parent = root.command, root
    for word in words:
        inner = found.get_command(parent, word) if hasattr(found, "get_command") else None
        if inner is None:
            return None, None
        found, parent = inner, typer.Context(inner, info_name=word, parent=parent, obj=app)
    return found, parent


def _print_manual(app: "App", root: Any, words: str) -> None:
    """Print a man page. Raises NotFoundError for words that are not a topic."""
    from mlcoach import __version__
    from mlcoach.cli.command_help import command_help, options
    from mlcoach.render import man_page
    from mlcoach.services import help as service
    from mlcoach.views.help.manual import ManualView

    group = root.command
    if words:
        view = service.topic(words, group.summaries)
        if view is None:
            raise NotFoundError(f"there is no topic `{words:.60}`", "`mlcoach help` lists them")
        app.screen.document(man_page.topic_page(view, __version__))
        return
    contents = service.contents(group.sections)
    manual = ManualView(
        version=__version__,
        about=" ".join(group.help.split()),
        panels=contents.panels,
        commands=tuple(command_help(group.get_command(root, name), name, root) for name in group.summaries),
        options=options(group, root),
        topics=contents.topics,
    )
    app.screen.document(man_page.program_page(manual))
