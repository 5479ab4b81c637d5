"""`mlcoach job` and its subcommands"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.lazy import make_group
from mlcoach.cli.params import DayOption, Json, complete_job, complete_role, one_of, study_day_of
from mlcoach.errors import UsageError

if TYPE_CHECKING:
    from datetime import date as Day

    from mlcoach.cli.app import App

group = make_group("mlcoach job add Acme --advert advert.txt")


def complete_stage(incomplete: str) -> list[str]:
    """Complete a stage of a job or a client."""
    from mlcoach.domain.work.jobs import STAGES

    known = dict.fromkeys([*STAGES["job"], *STAGES["client"], "closed"])
    return [stage for stage in known if stage.startswith(incomplete)]


Job = Annotated[str, typer.Argument(metavar="ID", help="An id, or the employer.", autocompletion=complete_job)]


@group.callback()
def whole(ctx: typer.Context, as_json: Json = False) -> None:
    """Your jobs and clients by stages; alone, the board: counts, rates, the weak stage, the next step.

    Names lie in `jobs.toml` of the data folder, adverts and notes in `notes/jobs`; the journal has neither.
    """
    ctx.obj.as_json = as_json
    if not ctx.invoked_subcommand:
        from mlcoach.render.work import jobs as screen
        from mlcoach.services.work.jobs import jobs as service

        ctx.obj.show("job", service.board(ctx.obj.context), as_json, screen.board_lines)


@group.command("add", epilog='Example: mlcoach job add Acme "ML engineer" --advert advert.txt --size small')
def add(
    ctx: typer.Context,
    employer: Annotated[str, typer.Argument(metavar="EMPLOYER", help="Who it is with.")],
    role: Annotated[
        list[str] | None, typer.Argument(metavar="[ROLE]...", help="What it is.", show_default=False)
    ] = None,
    advert: Annotated[
        str,
        typer.Option("--advert", metavar="FILE", help="The advert: a file, or - to pipe it in.", show_default=False),
    ] = "",
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="job, client, or inbound: they wrote to you.",
            autocompletion=one_of("job", "client", "inbound"),
        ),
    ] = "job",
    via: Annotated[str, typer.Option("--via", metavar="NAME", help="Who led you there.", show_default=False)] = "",
    size: Annotated[
        str,
        typer.Option(
            "--size",
            metavar="SIZE",
            help="small or large.",
            autocompletion=one_of("small", "large"),
            show_default=False,
        ),
    ] = "",
    practice: Annotated[bool, typer.Option("--practice", help="A place you want less, to practise with.")] = False,
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Put a job or a client on the board, with its advert."""
    from mlcoach.adapters.work_files import JobEntry
    from mlcoach.render.work import jobs as screen
    from mlcoach.services.work.jobs import job_moves as service

    app = ctx.obj
    day = study_day_of(app, date)
    text = _advert(advert) if advert else None
    entry = JobEntry(employer, " ".join(role or ()), via, size, practice)
    app.show("job_add", service.add(app.context, entry, day, kind=kind, advert=text), as_json, screen.moved_lines)


@group.command("list", epilog="Example: mlcoach job list")
def list_jobs(ctx: typer.Context, as_json: Json = False) -> None:
    """List all jobs, the last moved first."""
    from mlcoach.render.work import jobs as screen
    from mlcoach.services.work.jobs import jobs as service

    ctx.obj.show("job_list", service.listed(ctx.obj.context), as_json, screen.list_lines)


@group.command("show", epilog="Example: mlcoach job show acme")
def show(ctx: typer.Context, job: Job, as_json: Json = False) -> None:
    """Show what is kept of a job: stages, advert, notes, hours."""
    from mlcoach.render.work import jobs as screen
    from mlcoach.services.work.jobs import jobs as service

    ctx.obj.show("job_show", service.show(ctx.obj.context, job), as_json, screen.shown_lines)


@group.command("move", epilog="Example: mlcoach job move acme interview --next 2026-12-18")
def move(
    ctx: typer.Context,
    job: Job,
    stage: Annotated[str, typer.Argument(metavar="STAGE", help="A stage, or closed.", autocompletion=complete_stage)],
    following: Annotated[
        str, typer.Option("--next", "--by", metavar="DAY", help="The day of what comes next.", show_default=False)
    ] = "",
    hours: Annotated[
        float, typer.Option("--hours", metavar="HOURS", help="Hours agreed with a client.", show_default=False)
    ] = 0.0,
    team_met: Annotated[bool, typer.Option("--team-met", help="You met the team of this offer.")] = False,
    negotiated: Annotated[bool, typer.Option("--negotiated", help="You negotiated this offer.")] = False,
    signed: Annotated[bool, typer.Option("--signed", help="With closed: you signed the offer.")] = False,
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Move a job to a stage; some may be left out, and back is fine.

    Jobs: found, talk, applied, interview, offer. Clients: lead, proposal, agreed, delivered, paid. Both: closed. An
    interview with a day brings problems every day of the four weeks before it.
    """
    from mlcoach.render.work import jobs as screen
    from mlcoach.services.work.jobs import job_moves as service

    app = ctx.obj
    day = study_day_of(app, date)
    if stage == "offer" and app.screen.interactive:
        team_met = team_met or app.confirm("Have you met the team you would work with?")
        negotiated = negotiated or app.confirm("Have you negotiated, before you sign?")
    view = service.move(
        app.context,
        job,
        stage,
        day,
        by=_coming(app, following),
        hours=hours,
        team_met=team_met,
        negotiated=negotiated,
        signed=signed,
    )
    app.show("job_move", view, as_json, screen.moved_lines)


@group.command("prep", epilog="Example: mlcoach job prep acme")
def prep(
    ctx: typer.Context,
    job: Job,
    steps: Annotated[
        list[str] | None,
        typer.Option("--check", metavar="ITEM", help="Tick a step; once for each.", show_default=False),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Untick them.")] = False,
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Prepare for what is next: checklist, stories, gaps.

    Before an interview it is the interview's checklist, with an offer the one before you sign; with a client red flags,
    proposal and expectations. Stories are the `## ` headings of `notes/stories.md`.
    """
    from mlcoach.render.work import jobs as screen
    from mlcoach.services.work.jobs import preparation as service

    app = ctx.obj
    if steps:
        view = service.check(app.context, job, steps, study_day_of(app, date), done=not undo)
    else:
        view = service.prep(app.context, job)
    app.show("job_prep", view, as_json, screen.prep_lines)


@group.command("note", epilog='Example: mlcoach job note acme "two rounds" --gap "Why is AUC blind to calibration?"')
def note(
    ctx: typer.Context,
    job: Job,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TEXT]...", help="What they asked, what you said.", show_default=False),
    ] = None,
    gaps: Annotated[
        list[str] | None,
        typer.Option("--gap", metavar="TEXT", help="A question you could not answer.", show_default=False),
    ] = None,
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Look back on a talk or an interview; each gap ends in a card."""
    from mlcoach.render.work import jobs as screen
    from mlcoach.services.work.jobs import preparation as service

    app = ctx.obj
    view = service.note(app.context, job, " ".join(words or ()), gaps or (), study_day_of(app, date))
    app.show("job_note", view, as_json, screen.look_back_lines)


@group.command("gap", epilog="Example: mlcoach job gap ml-engineer")
def gap(
    ctx: typer.Context,
    about: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID|ROLE|-]",
            help="A job, a role, or - for an advert piped in; else all.",
            autocompletion=complete_role,
            show_default=False,
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Don't cut long lists.")] = False,
    as_json: Json = False,
) -> None:
    """What adverts ask for and you have no evidence of.

    Sorted by what an hour of learning brings; a must counts twice. Words that no role knows are counted and shown: a
    role of your own can name them.
    """
    from functools import partial

    from mlcoach.render.work import gap as screen
    from mlcoach.services.work.jobs import gap as service

    app = ctx.obj
    view = service.of_source(app.context, _advert("-")) if about == "-" else service.gap(app.context, about or "")
    app.show("job_gap", view, as_json, partial(screen.gap_lines, everything=everything))


@group.command("drop", epilog="Example: mlcoach job drop acme")
def drop(
    ctx: typer.Context,
    job: Job,
    date: DayOption = "",
    erase: Annotated[bool, typer.Option("--erase", help="For ever: the copies that undo keeps go too.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --erase: don't ask.")] = False,
    as_json: Json = False,
) -> None:
    """Take a job off the board, with its name, advert and notes.

    Undo brings it back, from copies of the files. With --erase these go too; what you dropped before, you name by its
    id.
    """
    from mlcoach.render.work import jobs as screen
    from mlcoach.services.work.jobs import job_moves as service

    app = ctx.obj
    day = study_day_of(app, date)
    if erase:
        from mlcoach.services.work.jobs.forgetting import ask_first

        if not ask_first(app.context, job, yes=yes):
            app.hint("nothing was erased")
            return
    view = (service.erase if erase else service.drop)(app.context, job, day)
    app.show("job_drop", view, as_json, screen.moved_lines)


def _coming(app: "App", words: str) -> "Day | None":
    """Return the day that `--next` names, None where it is not said."""
    if not words:
        return None
    from mlcoach.domain.time.study_days import format_day, parse_coming_day

    day = parse_coming_day(words, app.context.today)
    if day.isoformat() != words:
        app.hint(f"`{words}` is {format_day(day, app.context.today)}")
    return day


def _advert(name: str) -> str:
    """Return what is in the file of an advert, or is piped in. Raises UsageError."""
    from mlcoach.domain.work.advert import LONGEST_SOURCE

    if name == "-":
        if sys.stdin is None or sys.stdin.isatty():
            raise UsageError("nothing is piped in", "`mlcoach job gap - < advert.txt`")
        try:
            return sys.stdin.read(LONGEST_SOURCE)
        except UnicodeDecodeError as error:
            raise UsageError("the advert is not UTF-8 text", "save it as UTF-8") from error
    path = Path(name).expanduser()
    try:
        with path.open("rb") as file:
            return file.read(LONGEST_SOURCE * 4).decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise UsageError(f"cannot read `{name:.200}`: {error.strerror}", "name a text or HTML file") from error
