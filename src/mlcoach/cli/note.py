"""`mlcoach note` and its subcommands"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mlcoach.cli.lazy import WholeGroup, make_group
from mlcoach.cli.params import Json, OutputOption
from mlcoach.errors import UsageError

if TYPE_CHECKING:
    from mlcoach.cli.app import App
    from mlcoach.views.work.notes import NoteOpenedView

MOST = 10_000


def complete_note(incomplete: str) -> list[tuple[str, str]]:
    """Complete a note by its name, or a unit."""
    import os

    from mlcoach.adapters.notes.note_files import head_of, is_private, note_files, shown_name
    from mlcoach.services.context import Context

    files = note_files(Context(os.environ).places.notes)
    found = [file for file in files if file.name.startswith(incomplete) and not is_private(file.name)]
    return [(shown_name(file.name), head_of(file).title) for file in found]


def complete_note_or_unit(incomplete: str) -> list[tuple[str, str]]:
    """Complete a note that is there, or a unit for a new one."""
    from mlcoach.cli.params import complete_unit

    return [*complete_note(incomplete), *complete_unit(incomplete)]


class NoteGroup(WholeGroup):
    """The commands of `note`; whoever types a note at once is told how one is made."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the words name; other words are a usage error that says how they become a note."""
        if args[0] in self.commands or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        text = " ".join(args[1:] if args[0] in ("new", "add", "write") else args).replace('"', "'")[:60]
        raise UsageError(
            f"no command `note {args[0][:40]}`",
            f'a note has a title: `mlcoach note open TITLE -m "{text or "text"}"` makes one without an editor; '
            "`mlcoach note open TITLE` opens it in yours",
        )


group = make_group("mlcoach note open eigen", NoteGroup)


@group.callback()
def where(ctx: typer.Context, as_json: Json = False) -> None:
    """Your notes, as Markdown files; alone, the last ones and the next command."""
    ctx.obj.as_json = as_json
    if not ctx.invoked_subcommand:
        from mlcoach.render.work import notes as screen
        from mlcoach.services.work.notes import notes as service

        ctx.obj.show("note", service.notes(ctx.obj.context, 5), as_json, screen.where_lines)


@group.command("open", epilog='Example: mlcoach note open eigen, or mlcoach note open "Why softmax saturates"')
def open_note(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NOTE]",
            help="A unit, `project:ID`, a note that is there, or the title of a new one; else the unit under way.",
            autocompletion=complete_note_or_unit,
            show_default=False,
        ),
    ] = None,
    text: Annotated[
        str, typer.Option("--message", "-m", "-n", help="Add this, without the editor.", show_default=False)
    ] = "",
    as_json: Json = False,
) -> None:
    """Open a note in your editor.

    A new one asks for what explaining it to somebody takes: a claim, an example, its limit, and where you are unsure.
    It lies in `notes` of the data folder, where you can rename it, move it and keep it in git. Emptied, it is removed.
    """
    from mlcoach.render.work import notes as screen
    from mlcoach.services.work.notes import notes as service

    app, said = ctx.obj, " ".join(words or ())
    view = service.add_to_note(app.context, said, text) if text else _edited(app, said)
    app.show("note_open", view, as_json, screen.opened_lines)


def _edited(app: "App", words: str) -> "NoteOpenedView":
    from mlcoach.adapters.editor import edit_text
    from mlcoach.cli.way_out import told_editor
    from mlcoach.services.work.notes.notes import edit_note, has_notes

    instead = 'run it in a terminal, or add a line with `mlcoach note open NOTE -m "…"`'
    command = told_editor(app, waits=not has_notes(app.context), instead=instead)
    return edit_note(app.context, words, lambda text, accept: edit_text(command, text, accept))


@group.command("list", epilog="Example: mlcoach note list --all")
def list_notes(
    ctx: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Don't cut a long list.")] = False,
    as_json: Json = False,
) -> None:
    """List your notes, the one changed last first."""
    from mlcoach.render.work import notes as screen
    from mlcoach.services.work.notes import notes as service

    view = service.notes(ctx.obj.context, 0 if every else service.SHOWN)
    ctx.obj.show("note_list", view, as_json, screen.list_lines)


@group.command("search", epilog="Example: mlcoach note search softmax")
def search(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help="All of them must be there, in any order.", show_default=False),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=MOST, help="The most hits to show.")] = 30,
    as_json: Json = False,
) -> None:
    """Find words in all that you wrote.

    In notes, in the lines that close an evening, in notes and answers on papers, in looks back and typed answers.
    """
    from mlcoach.render.work import notes as screen
    from mlcoach.services.work.notes import written as service

    view = service.search_written(ctx.obj.context, " ".join(words or ()), limit)
    ctx.obj.show("note_search", view, as_json, screen.search_lines)


@group.command("share", epilog="Example: mlcoach note share eigen -o eigen-to-correct.md")
def share(
    ctx: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="NOTE", help="Its name, unit or title.", autocompletion=complete_note)
    ],
    output: OutputOption = "",
    as_json: Json = False,
) -> None:
    """Copy one note out, with a line that asks to be corrected.

    People correct a mistaken idea faster than they answer a question. Empty sections are left out.
    """
    from mlcoach.render.work import notes as screen
    from mlcoach.services.work.notes import notes as service

    app = ctx.obj
    view = service.share_note(app.context, " ".join(words), output)
    if output or as_json:
        app.show("note_share", view, as_json, screen.shared_lines)
        return
    app.screen.document(view.text)
    app.screen.error(screen.steps_lines(view, app.screen.width))
