"""One call of a tool: found, allowed, its arguments read, and marked in the journal as an assistant's."""

from collections import deque
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from mlcoach.cli.assistant.parameters import read
from mlcoach.cli.assistant.tools import READING, TOOLS, Leave, Tool
from mlcoach.domain.assistant.tutoring import with_open
from mlcoach.domain.text import one_line
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services import names
from mlcoach.services.assistant import helping
from mlcoach.views.assistant.asking import NextQuestionView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MARK = "assistant:"  # what the text of its commands begins with
MOST_CHANGES, WITHIN_SECONDS = 60, 60.0
CARRYING = ("start", "question", "stop")  # they remind of a card whose sentence is still to be said
LONGEST_SHOWN = 60  # characters of an argument in the text of a command


class Calls:
    """Calls the tools for one client. `leave` is what the learner allows."""

    def __init__(self, leave: Leave) -> None:
        self.leave = leave
        self._changes: deque[float] = deque()

    def call(self, context: "Context", name: str, given: Mapping[str, Any], clock: float) -> Any:
        """Return the view of a tool; `clock` counts seconds and never goes back.

        Raises NotFoundError for no such tool, UsageError for one that is not allowed, for wrong arguments and for more
        changes than a person makes, and what the tool raises.
        """
        tool = self._tool(name)
        talk = self.leave.talk
        arguments = talk.with_ids(context, read(tool.parameters, given))
        if tool.writes:
            self._count(clock)
        context.command_text = command_text(tool, arguments)
        if tool.name == "answer":
            took = talk.seconds_on(names.item(context, arguments["item"]), clock)
            arguments.setdefault("seconds", took)
        view = tool.call(context, self.leave, **arguments)
        if isinstance(view, NextQuestionView) and view.question:
            talk.asks(view.question.item, clock)
        if tool.name in CARRYING:
            return view._replace(then=with_open(helping.open_today(context), view.then))
        return view

    def _tool(self, name: str) -> Tool:
        tool = next((one for one in TOOLS if one.name == name), None)
        if tool is None:
            near = get_close_matches(name[:60], [one.name for one in TOOLS], 1, 0.6)
            hint = f"did you mean `{near[0]}`?" if near else ", ".join(one.name for one in READING)
            raise NotFoundError(f"no tool `{one_line(name)[:60]}`", hint)
        if tool.writes and not self.leave.write:
            raise UsageError(
                f"`{name}` writes, and the learner allows only to read", "they may start it with `--write`"
            )
        return tool

    def _count(self, clock: float) -> None:
        """Remember a change. Raises UsageError for more than a person makes: something runs in a circle."""
        while self._changes and clock - self._changes[0] > WITHIN_SECONDS:
            self._changes.popleft()
        if len(self._changes) >= MOST_CHANGES:
            raise UsageError(f"{MOST_CHANGES} changes within a minute are enough", "nothing was written; wait a minute")
        self._changes.append(clock)


def command_text(tool: Tool, arguments: Mapping[str, Any]) -> str:
    """Return how the journal names a call: who, which tool and on what, none of the learner's words."""
    words = [one_line(str(arguments[name]))[:LONGEST_SHOWN] for name in tool.named if arguments.get(name)]
    if arguments.get("give_up"):
        words.append("given up")
    return " ".join([MARK, tool.name, *words])
