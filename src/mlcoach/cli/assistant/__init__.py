"""`mlcoach assistant`"""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from mlcoach.adapters.assistant.offer import Offer, Said
    from mlcoach.cli.app import App
    from mlcoach.cli.assistant.talk import Talk
    from mlcoach.cli.assistant.tools import Leave
    from mlcoach.errors import MlcoachError
    from mlcoach.services.context import Context

EXAMPLE = """Example: mlcoach assistant --write

\b
How most clients name it in their configuration:
{"mcpServers": {"mlcoach": {
  "command": "mlcoach", "args": ["assistant", "--write"]
}}}
Some call the first key "servers"; some have a field for the command."""


def command(
    ctx: typer.Context,
    write: Annotated[
        bool, typer.Option("--write", help="It may also start, stop, log, hand in answers, note and draft cards.")
    ] = False,
    notes: Annotated[bool, typer.Option("--notes", help="It may also read your notes.")] = False,
) -> None:
    """Serve an AI assistant at your side: your plan, the next question, your mistakes, as its tools.

    It speaks the Model Context Protocol on standard input and output; the assistant's program starts and ends it. It
    never gives an answer that you did not try or give up, and never sees settings, files or the web. Each change is one
    step of `mlcoach undo`, named `assistant:`; cards it proposes wait in `mlcoach cards drafts`.
    """
    import sys
    from importlib.util import find_spec

    from mlcoach.errors import MissingExtraError

    if find_spec("mcp") is None:
        raise MissingExtraError(
            "serving an assistant needs the extra package `mcp`", "install it: `pip install 'mlcoach[assistant]'`"
        )
    from mlcoach.adapters.assistant.server import serve

    app = ctx.obj
    if sys.stdin.isatty():
        app.hint("waiting for an assistant on standard input; `mlcoach help assistant` shows its configuration")
    serve(offer(app, write=write, notes=notes))


def offer(app: "App", *, write: bool = False, notes: bool = False) -> "Offer":
    """Return all that is offered to one client."""
    import time

    from mlcoach import __version__
    from mlcoach.adapters.assistant.offer import Offer, OfferedPrompt, OfferedTool, Said
    from mlcoach.cli.assistant import prompts, tools
    from mlcoach.cli.assistant.calls import Calls
    from mlcoach.cli.assistant.talk import Talk
    from mlcoach.render import assistant as screen
    from mlcoach.services.assistant.questions import runs_code
    from mlcoach.services.record import back_up_if_due
    from mlcoach.services.search import MapIndex

    leave = tools.Leave(write, notes, MapIndex(), Talk())
    calls = Calls(leave)
    plans: dict[object, object] = {}

    def call(name: str, given: "Mapping[str, Any]") -> "Said":
        def answer(context: "Context") -> str:
            context.backs_up, context.plans = False, plans
            return screen.answer(name, calls.call(context, name, given, time.monotonic()))

        return _said(app, answer, leave.talk)

    def prompt(name: str, given: "Mapping[str, str]") -> "Said":
        found = next((one for one in prompts.PROMPTS if one.name == name), None)
        if found is None:
            return Said(f"no prompt `{name[:60]}`", failed=True)
        argument = given.get(found.argument[0], "")[: prompts.LONGEST_ARGUMENT]
        return _said(app, lambda context: found.text(context, leave, argument), leave.talk, plain=True)

    return Offer(
        "mlcoach",
        __version__,
        screen.RULES,
        tuple(OfferedTool(t.name, t.title, t.description, t.schema, t.writes) for t in tools.offered(leave)),
        tuple(OfferedPrompt(p.name, p.title, p.description, p.argument) for p in prompts.PROMPTS),
        call,
        prompt,
        lambda name, given: name == "answer" and _looked_at(app, lambda context: runs_code(context, given.get("item"))),
        lambda: _warm(app, leave, plans),
        lambda: _looked_at(app, back_up_if_due),
    )


def _said(app: "App", answer: "Callable[[Context], str]", talk: "Talk", *, plain: bool = False) -> "Said":
    """Return what came of a call in a context of its own; an error is told, and the server goes on.

    No item is named by its id, which may tell the answer.
    """
    from mlcoach.adapters.assistant.offer import Said
    from mlcoach.errors import MlcoachError

    context = app.another_context()
    try:
        return Said(talk.hidden(context, answer(context)))
    except MlcoachError as error:
        told = _told(error, plain=plain)
        return told._replace(text=talk.hidden(context, told.text))
    except Exception as error:
        app.show_unexpected(error, as_json=False)  # on standard error, and in the log
        return _told(MlcoachError("unexpected: mlcoach itself is wrong here", "the learner finds it in the log"), plain)
    finally:
        context.close()


def _told(error: "MlcoachError", plain: bool = False) -> "Said":
    from mlcoach.adapters.assistant.offer import Said
    from mlcoach.render.errors import error_view
    from mlcoach.render.json import document

    text = f"{error.message}; {error.hint}" if error.hint else error.message
    return Said(text if plain else document("error", error_view(error)), failed=True)


def _looked_at(app: "App", look: "Callable[[Context], Any]", plans: "dict[object, object] | None" = None) -> "Any":
    """Return what a look in a context of its own comes to, None for one that fails: a call says what is wrong."""
    context = app.another_context()
    context.plans = plans
    try:
        return look(context)
    except Exception:
        return None
    finally:
        context.close()


def _warm(app: "App", leave: "Leave", plans: dict[object, object]) -> None:
    """Read once what calls read, so that the first one does not wait; what is wrong is said when it is asked for.

    Where it may write, the copy of the store that the first change of a day makes is made now.
    """
    from mlcoach.services.assistant import day, finding, knowledge, questions
    from mlcoach.services.record import back_up_if_due

    looks: list[Callable[[Context], Any]] = [
        lambda context: finding.search(context, "warm", index=leave.map_index),
        day.plan,
        questions.next_question,
        knowledge.knowledge,
    ]
    for look in (*([back_up_if_due] if leave.write else []), *looks):
        _looked_at(app, look, plans)
    if leave.write:
        import mlcoach.store.append
        import mlcoach.store.refold  # noqa: F401 - as the first change would
