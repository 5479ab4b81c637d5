"""`mlcoach project` and its subcommands, one file each, imported when they are called"""

from typing import ClassVar

import typer

from mlcoach.cli.lazy import LazyGroup, make_group
from mlcoach.cli.params import Json

# In the order of the help.
COMMANDS = {
    "new": "Begin a project, with the files of a template.",
    "idea": "Keep an idea, scored, with a day to decide.",
    "list": "List projects and ideas.",
    "show": "Show one project in full.",
    "check": "Tick steps of the stage under way.",
    "measure": "Keep the numbers it is judged by.",
    "note": "Keep a note.",
    "finish": "End the stage under way with a verdict.",
    "lint": "Look at a repository as a stranger would.",
    "folder": "Say where a project is on this machine.",
    "drop": "Give a project or an idea up.",
}


class ProjectGroup(LazyGroup):
    """The commands about projects."""

    sections: ClassVar[dict[str, dict[str, str]]] = {"Commands": COMMANDS}
    package = "mlcoach.cli.project"
    modules: ClassVar[dict[str, str]] = {"list": "list_projects"}
    called = "mlcoach project"


group = make_group('mlcoach project new "Which invoices are paid late" --template cli', ProjectGroup)


@group.callback()
def where(ctx: typer.Context, as_json: Json = False) -> None:
    """Projects of your own, stage by stage; alone, say where you are and what is next.

    The stages are those of the checklist `project-workflow`, with gates before some of them. Time goes on it by
    `mlcoach start project:ID` or `mlcoach log 45m project:ID`, and the plan of the longest day has a block for it.
    """
    if ctx.invoked_subcommand:
        ctx.obj.as_json = as_json
        return
    from mlcoach.render.work import project as screen
    from mlcoach.services.work.projects import show_project as service

    ctx.obj.show("project", service.where(ctx.obj.context), as_json, screen.where_lines)
