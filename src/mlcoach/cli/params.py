"""Parameters that several commands share, and how their words are completed."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.errors import UsageError

if TYPE_CHECKING:
    from mlcoach.cli.app import App
    from mlcoach.services.context import Context


# A slip in the year must not make every streak walk over two thousand years.
EARLIEST = date(1970, 1, 1)


def _completing_context() -> "Context":
    import os

    from mlcoach.services.context import Context

    return Context(os.environ)


def complete_unit(incomplete: str) -> list[tuple[str, str]]:
    """Complete a unit by its id or the last part of it."""
    from mlcoach.services.names import unit_names

    return unit_names(_completing_context(), incomplete)


def complete_subject(incomplete: str) -> list[tuple[str, str]]:
    """Complete a subject by its id or the last part of it."""
    from mlcoach.services.curriculum.names import subject_names

    return subject_names(_completing_context(), incomplete)


def complete_path(incomplete: str) -> list[tuple[str, str]]:
    """Complete a path by its id."""
    from mlcoach.services.curriculum.names import path_names

    return path_names(_completing_context(), incomplete)


def complete_map(incomplete: str) -> list[tuple[str, str]]:
    """Complete a subject, path or unit by its id or the last part of it."""
    from mlcoach.services.curriculum.names import map_names

    return map_names(_completing_context(), incomplete)


def complete_item(incomplete: str) -> list[str]:
    """Complete a card or exercise by its id: the unit first, then its items."""
    from mlcoach.services.names import item_names

    return item_names(_completing_context(), incomplete)


def complete_paper(incomplete: str) -> list[tuple[str, str]]:
    """Complete a paper of the queue."""
    from mlcoach.services.names import paper_names

    return paper_names(_completing_context(), incomplete)


def complete_what(incomplete: str) -> list[tuple[str, str]]:
    """Complete a unit, a paper after `paper:`, a project after `project:`, or a job after `job:`."""
    if incomplete.startswith("job:"):
        return [(f"job:{id}", name) for id, name in complete_job(incomplete.removeprefix("job:"))]
    if incomplete.startswith("project:"):
        from mlcoach.cli.project.params import complete_project

        known = complete_project(incomplete.removeprefix("project:"))
        return [(f"project:{id}", title) for id, title in known]
    if incomplete.startswith("paper:"):
        found = complete_paper(incomplete.removeprefix("paper:"))
        return [(f"paper:{id}", title) for id, title in found]
    return complete_unit(incomplete)


def one_of(*words: str) -> Callable[[str], list[str]]:
    """Return what completes one of a few words."""

    def complete(incomplete: str) -> list[str]:
        return [word for word in words if word.startswith(incomplete)]

    return complete


def complete_listed(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete what `complete_map` does, or behind the name of a checklist that is ticked one of its items."""
    names = ctx.params.get("words") or []
    if names and (ctx.params.get("check") or ctx.params.get("uncheck")):
        from mlcoach.services.work.checklists import item_names

        return item_names(_completing_context(), names[0], incomplete)
    return complete_map(incomplete)


def complete_person(incomplete: str) -> list[tuple[str, str]]:
    """Complete a person by a name that begins so."""
    from mlcoach.services.work.completion import person_names

    return person_names(_completing_context(), incomplete)


def complete_job(incomplete: str) -> list[tuple[str, str]]:
    """Complete a job by its id or employer."""
    from mlcoach.services.work.completion import job_names

    return job_names(_completing_context(), incomplete)


def complete_role(incomplete: str) -> list[tuple[str, str]]:
    """Complete a role or a job."""
    from mlcoach.services.work.completion import job_names, role_names

    context = _completing_context()
    return [*role_names(context, incomplete), *job_names(context, incomplete)]


Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
DayOption = Annotated[
    str,
    typer.Option(
        "--date",
        "-d",
        metavar="DAY",
        help="The study day: today, yesterday, fri, -2 or 2026-11-20.",
        show_default=False,
    ),
]
NoteOption = Annotated[str, typer.Option("--note", "-n", "-m", help="What you did, in your words.", show_default=False)]
OutputOption = Annotated[
    str,
    typer.Option("-o", "--output", metavar="FILE", help="Write to a file instead of stdout.", show_default=False),
]
UnitArgument = Annotated[
    str, typer.Argument(metavar="UNIT", help="A unit, or the last part of its id.", autocompletion=complete_unit)
]
WhatWords = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WHAT]",
        help="A unit by its id or title, a number of today's plan, `paper:ID`, `project:ID`; nothing: what is next.",
        autocompletion=complete_what,
        show_default=False,
    ),
]
PaperWords = Annotated[
    list[str],
    typer.Argument(metavar="PAPER", help="An arXiv id, DOI, slug or title.", autocompletion=complete_paper),
]
SomePaperWords = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PAPER]",
        help="Which; without one the paper whose turn it is.",
        autocompletion=complete_paper,
        show_default=False,
    ),
]
ItemWords = Annotated[
    list[str],
    typer.Argument(
        metavar="ITEM",
        help="A card or exercise, the last part of its id, or words of it.",
        autocompletion=complete_item,
    ),
]
PaperArgument = Annotated[
    str, typer.Argument(metavar="PAPER", help="An arXiv id, DOI or slug.", autocompletion=complete_paper)
]


def study_day_of(app: "App", words: str) -> date:
    """Return the study day that `--date` names, saying how it was read. Raises UsageError for days to come."""
    context = app.context
    if not words:
        return context.today
    from mlcoach.domain.time.study_days import format_day, parse_day

    day = parse_day(words, context.today)
    if day < EARLIEST:
        raise UsageError(f"`{words}` is {day.isoformat()}, before 1970", "name a day that you remember")
    if day > context.today:
        raise UsageError(
            f"`{words}` is {format_day(day, context.today)}, still to come",
            "name today or a day before; `mlcoach rest` plans ahead",
        )
    if day.isoformat() != words or day.year != context.today.year:
        app.hint(f"`{words}` is {format_day(day, context.today)}")
    return day
