"""`mlcoach curriculum` and its subcommands"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli import curriculum_show
from mlcoach.cli.lazy import make_group
from mlcoach.cli.params import Json, complete_map, complete_subject

if TYPE_CHECKING:
    from mlcoach.cli.app import App
    from mlcoach.curriculum.check.code_runs import Prove
    from mlcoach.services.curriculum.files import Draft, Verdict
    from mlcoach.services.curriculum.links import LinkCheck
    from mlcoach.views.curriculum_files import CheckReportView, EditedView

group = make_group("mlcoach curriculum show eigen")


def complete_track(incomplete: str) -> list[str]:
    """Complete a track."""
    from mlcoach.domain.curriculum import TRACKS

    return [track for track in TRACKS if track.startswith(incomplete)]


Subject = Annotated[
    str,
    typer.Argument(metavar="SUBJECT", help="A subject, or the last part of its id.", autocompletion=complete_subject),
]


@group.callback()
def whole(ctx: typer.Context, as_json: Json = False) -> None:
    """The map, and the files it is made of; alone, list the subjects and paths.

    The files that come with the program are never changed: yours add to them, in a folder of your own.
    """
    ctx.obj.as_json = as_json
    if not ctx.invoked_subcommand:
        _list(ctx.obj, as_json)


@group.command("list", epilog="Example: mlcoach curriculum list")
def list_(ctx: typer.Context, as_json: Json = False) -> None:
    """List the subjects, how far you are, and the paths."""
    _list(ctx.obj, as_json)


group.command("show", epilog=curriculum_show.EXAMPLE)(curriculum_show.show)


@group.command("map", epilog="Example: mlcoach curriculum map math.la.eigen")
def map_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SUBJECT|PATH|UNIT]",
            help="A part of the map, by id or title; without it, your path.",
            autocompletion=complete_map,
            show_default=False,
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="List every unit with its title, and why it is still locked.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Draw the map on one screen, or one unit with what it builds on.

    A path is a mark for each unit, track by track, with what is covered and retained; a unit stands between what it
    builds on and what it opens. Where there is colour, a passed unit is the brighter the more of it would be recalled
    today. Locks only advise: every unit can be started.
    """
    from functools import partial

    from mlcoach.render.curriculum import map as screen
    from mlcoach.services.curriculum import map as service

    view = service.chart(ctx.obj.context, " ".join(words or ()))
    app = ctx.obj
    app.show("curriculum_map", view, as_json, partial(screen.lines, whole=every, plain=app.is_plain))


@group.command("check", epilog="Example: mlcoach curriculum check my-subject.toml")
def check(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", help="Files to check; without them, all.", show_default=False),
    ] = None,
    links: Annotated[bool, typer.Option("--links", help="Also ask the web whether every link still works.")] = False,
    run: Annotated[
        bool, typer.Option("--run", help="Also run the code exercises: solutions, and what is known to be wrong.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Find what is wrong with the files, and how to repair it.

    A FILE need not be in your folder: it is held against the bundled ones. Warnings alone are not a failure.
    The web is asked only with --links; today's date can then be written beside the links that work.
    """
    from mlcoach.errors import ExitCode
    from mlcoach.render.curriculum import files as screen
    from mlcoach.services.curriculum import files as service
    from mlcoach.services.curriculum.links import LinkCheck

    app = ctx.obj
    report = service.check(app.context, files or (), _prover(app) if run else None)
    asking = LinkCheck(app.context, files or ()) if links else None
    if asking:
        report = _ask_links(app, asking, report)
    app.show("curriculum_check", report, as_json, screen.check_lines)
    if asking and report.links and report.links.renewable and app.screen.interactive and not as_json:
        number = report.links.renewable
        if app.confirm(f"Write today's date as `checked` beside {number} of them?", default=False):
            app.screen.lines(screen.renewed_lines(asking.renew(), app.screen.width))
    if report.errors:
        raise typer.Exit(ExitCode.INVALID_FILE)


def _prover(app: "App") -> "Prove":
    """Return what runs code exercises, saying on a terminal which one it is at."""
    from mlcoach.services.practice.prove import prover

    return prover(app.context, app.hint if app.screen.error_is_terminal else None)


@group.command("edit", epilog="Example: mlcoach curriculum edit math.la")
def edit(ctx: typer.Context, subject: Subject, as_json: Json = False) -> None:
    """Change a subject in your editor.

    Of a bundled subject you edit an overlay, which holds only what differs; it is made on first use. What you save
    is checked, and you can go back to the line of an error. A file of yours can be named instead of a subject.
    """
    from mlcoach.render.curriculum import files as screen
    from mlcoach.services.curriculum import files as service

    app = ctx.obj
    view = _Editing(app, service.open_draft(app.context, subject)).run()
    app.show("curriculum_edit", view, as_json, screen.edited_lines)


@group.command("new", epilog='Example: mlcoach curriculum new my.tensors --title "Tensors for my job" --track math')
def new(
    ctx: typer.Context,
    subject: Annotated[
        str, typer.Argument(metavar="SUBJECT", help="Its id, for ever: lower-case words with dots or hyphens.")
    ],
    title: Annotated[str, typer.Option("--title", help="Its title.", show_default=False)] = "",
    track: Annotated[
        str, typer.Option("--track", help="Its track.", autocompletion=complete_track, show_default=False)
    ] = "",
    over: Annotated[
        str,
        typer.Option(
            "--overlay-of",
            metavar="SUBJECT",
            help="Make an overlay of this subject in a file of that name instead.",
            autocompletion=complete_subject,
            show_default=False,
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """Make a file for a subject of your own, ready to be filled."""
    from mlcoach.render.curriculum import files as screen
    from mlcoach.services.curriculum import files as service

    app = ctx.obj
    view = service.new(app.context, subject, title=title, track=track, over=over)
    app.show("curriculum_new", view, as_json, screen.new_lines)


@group.command("fix", epilog="Example: mlcoach curriculum fix")
def fix(ctx: typer.Context, as_json: Json = False) -> None:
    """Write missing ids into your files, and marks into your overlays.

    A card keeps its progress through every change of its text once it has an id. A mark lets
    `mlcoach curriculum diff` tell what changed upstream. Comments and order stay as they are.
    """
    from mlcoach.render.curriculum import authoring as screen
    from mlcoach.services.curriculum import authoring as service

    ctx.obj.show("curriculum_fix", service.fix(ctx.obj.context), as_json, screen.fix_lines)


@group.command("diff", epilog="Example: mlcoach curriculum diff math.la")
def diff(
    ctx: typer.Context,
    subject: Annotated[
        str,
        typer.Argument(
            metavar="[SUBJECT]",
            help="Only the overlays of this subject.",
            autocompletion=complete_subject,
            show_default=False,
        ),
    ] = "",
    seen: Annotated[bool, typer.Option("--seen", help="Mark what changed upstream as seen.")] = False,
    as_json: Json = False,
) -> None:
    """Show what your overlays change, and what changed upstream since.

    Nothing of yours is overwritten by an update; this tells where a second look is worth it.
    """
    from mlcoach.render.curriculum import authoring as screen
    from mlcoach.services.curriculum import authoring as service

    view = service.diff(ctx.obj.context, subject, seen=seen)
    ctx.obj.show("curriculum_diff", view, as_json, screen.diff_lines)


@group.command("path", epilog="Example: mlcoach curriculum path math.la")
def path(
    ctx: typer.Context,
    subject: Annotated[
        str,
        typer.Argument(
            metavar="[SUBJECT]",
            help="Print the files of this subject instead.",
            autocompletion=complete_subject,
            show_default=False,
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """Print the folders of the files, or the files of a subject.

    One a line: the bundled folder, then yours.
    """
    from mlcoach.render.curriculum import files as screen
    from mlcoach.services.curriculum import files as service

    app = ctx.obj
    view = service.folders(app.context, subject)
    app.show("curriculum_path", view, as_json, screen.folder_lines)
    if not subject and not as_json:
        there = "" if view.own_exists else " (made when you first write there)"
        app.hint(f"the first is bundled, the second holds your files{there}")


@group.command("schema", epilog="Example: mlcoach curriculum schema > mlcoach.schema.json")
def schema(ctx: typer.Context, as_json: Json = False) -> None:
    """Print the JSON Schema, for editors that check the files."""
    import json

    from mlcoach.services.curriculum import files as service

    app = ctx.obj
    document = service.schema()
    if as_json:
        app.show("curriculum_schema", document, as_json, lambda view, width: [])
        return
    app.screen.text(json.dumps(document, indent=2, ensure_ascii=False))
    app.hint(
        "keep it beside your files as mlcoach.schema.json; an editor with Taplo (Even Better TOML) then reads it "
        "from their first line: #:schema ./mlcoach.schema.json"
    )


def _ask_links(app: "App", asking: "LinkCheck", report: "CheckReportView") -> "CheckReportView":
    from mlcoach.adapters.curriculum.links import ask_links
    from mlcoach.render.waiting_bar import waiting_bar

    with waiting_bar(app.screen, "Asking every link") as on_progress:
        return asking.ask(report, ask_links, on_progress)


def _list(app: "App", as_json: bool) -> None:
    from mlcoach.render.curriculum import list as screen
    from mlcoach.services.curriculum import show as service

    app.show("curriculum_list", service.listing(app.context), as_json, screen.list_lines)


class _Editing:
    """A session with the editor, which opens as often as the learner wants to go back to an error."""

    def __init__(self, app: "App", draft: "Draft") -> None:
        self.app = app
        self.draft = draft
        self.text = draft.text
        self.line = 0
        self.read = False  # whether what the editor left this time has been read

    def run(self) -> "EditedView":
        """Return what came of it. Raises UsageError without an editor, and what saving raises."""
        from mlcoach.adapters.editor import at_line, edit_text
        from mlcoach.cli.way_out import told_editor
        from mlcoach.errors import MlcoachError

        app = self.app
        editor = told_editor(app)
        while True:
            self.read = False
            try:
                view = edit_text(at_line(editor, self.line), self.text, self.accept, suffix=f"-{self.draft.path.name}")
            except (MlcoachError, KeyboardInterrupt) as error:
                if self.read or self.text == self.draft.text:
                    raise
                # The editor failed on the way back to an error: what was written before is not to be lost.
                if isinstance(error, MlcoachError):
                    app.context.notices.append("; ".join(filter(None, (error.message, error.hint))))
                view = self.save(ask=False)
            if view is not None:
                return view

    def accept(self, text: str) -> "EditedView | None":
        """Take what the editor left: save it, or return None to go back to an error."""
        self.read, self.text = True, text
        return self.save(ask=True)

    def save(self, *, ask: bool) -> "EditedView | None":
        """Save the text. With `ask`, errors are shown first and None is returned where they must be repaired."""
        from mlcoach.services.curriculum import files as service

        context, draft = self.app.context, self.draft
        verdict = service.Verdict()
        if service.is_changed(draft, self.text):
            verdict = service.judge(context, draft, self.text)
        if ask and verdict.errors and _goes_back(self.app, verdict):
            self.line = next((error.line for error in verdict.errors if error.file == str(draft.path)), 1)
            return None
        return service.save(context, draft, self.text, verdict)


def _goes_back(app: "App", verdict: "Verdict") -> bool:
    """Show the errors and return whether the learner wants to repair them now."""
    from mlcoach.render.curriculum import files as screen
    from mlcoach.render.layout import plural

    app.screen.error(screen.problem_lines("error", verdict.errors, app.screen.width))
    number = plural(len(verdict.errors), "error")
    try:
        return app.confirm(f"{number}. Go back to the editor?", default=True)
    except KeyboardInterrupt:
        app.screen.prompt("\n")  # what follows begins on a line of its own
        return False
