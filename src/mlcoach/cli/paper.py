"""`mlcoach paper` and its subcommands"""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.params import DayOption, Json, PaperArgument, study_day_of

if TYPE_CHECKING:
    from datetime import date

    from mlcoach.cli.world import World
    from mlcoach.services.views.papers import NotedView

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
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


@app.command("add", epilog='Example: mlcoach paper add 1706.03762 --why "every model cites it"')
def add(
    ctx: typer.Context,
    papers: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PAPER]...", help="arXiv ids, DOIs or addresses.", show_default=False),
    ] = None,
    title: Annotated[str, typer.Option("--title", help="Its title; known for bundled ones.", show_default=False)] = "",
    author: Annotated[
        list[str] | None, typer.Option("--author", help="An author; once for each.", show_default=False)
    ] = None,
    year: Annotated[int | None, typer.Option("--year", help="The year it appeared.", show_default=False)] = None,
    why: Annotated[str, typer.Option("--why", help="Why you want to read it.", show_default=False)] = "",
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Put papers into the reading queue. A bundled classic needs only its arXiv id.

    A paper without arXiv id or DOI is added by its --title. Adding a paper again changes what you say of it, and
    puts a dropped, finished or put aside one back.
    """
    from mlcoach.domain.papers import short_id
    from mlcoach.render import papers as screen
    from mlcoach.services import adding as service

    world = ctx.obj
    day = study_day_of(world, date)
    details = service.Details(title, tuple(author or ()), year, why)
    view = service.add(world.context, papers or (), details, day)
    world.show("paper_add", view, as_json, screen.added_lines)
    for addition in view.papers:
        if addition.paper.title == addition.paper.id:
            world.hint(f'to give it its title: mlcoach paper add {short_id(addition.paper.id)} --title "…"')


@app.command("list", epilog="Example: mlcoach paper list --status queued")
def list_(
    ctx: typer.Context,
    status: Annotated[
        str,
        typer.Option(
            "--status",
            metavar="STATUS",
            help="queued, reading, later, finished, dropped or all; without it all but the dropped.",
            show_default=False,
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """List the reading queue, in the order of its turn."""
    from mlcoach.render import papers as screen
    from mlcoach.services import papers as service

    ctx.obj.show("paper_list", service.queue(ctx.obj.context, status), as_json, screen.queue_lines)


@app.command("show", epilog="Example: mlcoach paper show 1706.03762")
def show(ctx: typer.Context, paper: PaperArgument, as_json: Json = False) -> None:
    """Show one paper: why, passes, notes, checklist.

    A paper of the map can be shown without being in the queue.
    """
    from mlcoach.render import papers as screen
    from mlcoach.services import papers as service

    ctx.obj.show("paper_show", service.show(ctx.obj.context, paper), as_json, screen.shown_lines)


@app.command("check", epilog="Example: mlcoach paper check 1706.03762 title abstract")
def check(
    ctx: typer.Context,
    paper: PaperArgument,
    steps: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ITEM]...", help="Steps of the pass, by id or its beginning.", show_default=False),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Untick them.")] = False,
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Tick steps of the pass under way.

    Without a step, show the checklist.
    """
    from mlcoach.render import papers as screen
    from mlcoach.services import papers as service

    world = ctx.obj
    day = study_day_of(world, date)
    view = service.check(world.context, paper, steps or (), day, done=not undo)
    world.show("paper_check", view, as_json, screen.checked_lines)


@app.command("note", epilog='Example: mlcoach paper note 1706.03762 "dividing by the root of d keeps softmax soft"')
def note(
    ctx: typer.Context,
    paper: PaperArgument,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT]...", help="The note.", show_default=False)
    ] = None,
    message: Annotated[str, typer.Option("--message", "-m", help="The note.", show_default=False)] = "",
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Keep a note on a paper. Without a text your editor opens; a piped text is read."""
    from mlcoach.render import papers as screen
    from mlcoach.services import papers as service

    world = ctx.obj
    day = study_day_of(world, date)
    text = " ".join(words or ())
    if text and message:
        from mlcoach.errors import UsageError

        raise UsageError("the note is given twice", "write it as TEXT or with -m, not both")
    if words or message:
        view = service.note(world.context, paper, text or message, day)
    else:
        view = _long_note(world, paper, day)
    world.show("paper_note", view, as_json, screen.noted_lines)


@app.command("finish", epilog="Example: mlcoach paper finish 1706.03762 --verdict go-on --minutes 12")
def finish(
    ctx: typer.Context,
    paper: PaperArgument,
    verdict: Annotated[
        str,
        typer.Option(
            "--verdict", metavar="VERDICT", help="go-on to the next pass, stop here, or later.", show_default=False
        ),
    ] = "",
    minutes: Annotated[
        str,
        typer.Option("--minutes", metavar="TIME", help="How long it took; it counts for the day.", show_default=False),
    ] = "",
    note: Annotated[str, typer.Option("--note", "-n", help="What you take from it.", show_default=False)] = "",
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """End the pass under way with a verdict. Unticked steps are fine, and so is stopping after the first pass."""
    from mlcoach.render import papers as screen
    from mlcoach.services import papers as service

    world = ctx.obj
    day = study_day_of(world, date)
    time = 0
    if minutes:
        from mlcoach.domain.duration import parse_duration

        time = parse_duration(minutes)
    verdict = verdict or _verdict(world, paper, as_json)
    view = service.finish(world.context, paper, verdict, day, minutes=time, note=note)
    world.show("paper_finish", view, as_json, screen.finished_lines)


@app.command("drop", epilog='Example: mlcoach paper drop 1312.5602 --note "not my field"')
def drop(
    ctx: typer.Context,
    paper: PaperArgument,
    note: Annotated[str, typer.Option("--note", "-n", help="The reason.", show_default=False)] = "",
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Take a paper out of the queue. What you read and noted of it stays."""
    from mlcoach.render import papers as screen
    from mlcoach.services import papers as service

    world = ctx.obj
    view = service.drop(world.context, paper, note, study_day_of(world, date))
    world.show("paper_drop", view, as_json, screen.dropped_lines)


def _verdict(world: "World", paper: str, as_json: bool) -> str:
    """Return the verdict, asked for where somebody can answer. After the last pass there is nothing to decide."""
    from mlcoach.domain.papers import PASSES
    from mlcoach.errors import UsageError
    from mlcoach.services import papers as service

    ending = service.pass_to_finish(world.context, paper)
    if ending.reading_pass == PASSES[-1]:
        return "stop"
    if as_json or not world.screen.interactive:
        raise UsageError("finishing a pass needs --verdict", "--verdict go-on, --verdict stop or --verdict later")
    world.hint(f"{ending.title}, pass {ending.reading_pass}: go-on to the next pass, stop here, or later?")
    while True:
        try:
            return service.verdict_of(world.ask("Verdict (go-on/stop/later)"))
        except UsageError as error:
            world.hint(f"{error.message}; {error.hint}")


def _long_note(world: "World", paper: str, day: "date") -> "NotedView":
    """Return the note taken in the editor, or read from what is piped in."""
    from mlcoach.services import names
    from mlcoach.services import papers as service
    from mlcoach.services.inputs import LONGEST_NOTE

    context = world.context
    key = names.paper(context, paper)  # before anybody writes for nothing
    if sys.stdin is None or not sys.stdin.isatty():
        return service.note(context, key, _piped(LONGEST_NOTE * 2), day)
    from mlcoach.adapters.editor import edit_text, editor_command

    command = editor_command(context.settings.get("editor"), world.environment, terminal=world.screen.interactive)
    return edit_text(command, "", lambda text: service.note(context, key, text, day))


def _piped(longest: int) -> str:
    """Return up to `longest` characters of what is piped in, line ends as plain line feeds."""
    try:
        text = sys.stdin.read(longest) if sys.stdin is not None else ""
    except UnicodeDecodeError as error:
        from mlcoach.errors import UsageError

        raise UsageError("the note is not UTF-8 text", "save it as UTF-8") from error
    return text.replace("\r\n", "\n")
