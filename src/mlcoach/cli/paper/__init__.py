"""`mlcoach paper` and its subcommands, one file each, imported when they are called"""

from typing import ClassVar

import typer

from mlcoach.cli.lazy import LazyGroup, make_group
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


class PaperGroup(LazyGroup):
    """The commands about papers."""

    sections: ClassVar[dict[str, dict[str, str]]] = {"Commands": COMMANDS}
    package = "mlcoach.cli.paper"
    modules: ClassVar[dict[str, str]] = {"list": "list_queue", "import": "import_file", "open": "open_page"}
    called = "mlcoach paper"


group = make_group("mlcoach paper add 1706.03762", PaperGroup)


@group.callback()
def where(ctx: typer.Context, as_json: Json = False) -> None:
    """Read papers in three passes; alone, show the current paper and the checklist of its pass.

    The first pass takes ten minutes and decides whether the paper deserves more. Stopping there is fine.
    """
    if ctx.invoked_subcommand:
        ctx.obj.as_json = as_json
        return
    from mlcoach.render.papers import passes as screen
    from mlcoach.services.papers import passes as service

    ctx.obj.show("paper", service.current(ctx.obj.context), as_json, screen.current_lines)
