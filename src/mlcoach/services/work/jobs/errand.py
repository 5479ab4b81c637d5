"""The one errand that people bring into a day. Loaded where some are kept."""

from typing import TYPE_CHECKING

from mlcoach.errors import InvalidFileError
from mlcoach.services.work.jobs import people

if TYPE_CHECKING:
    from mlcoach.services.context import Context

# What is to be done, in the words of one line.
SHORT = {
    "report back": "report back to {name}",
    "thank": "thank {name}",
    "do what": "do what {name} advised, or say why not",
    "no answer": "remind {name} once",
    "ask": "ask {name} the first good question",
    "write": "write to {name}",
}


def errand_of_the_day(context: "Context") -> str:
    """Return the one errand of today, "" where nobody waits."""
    try:
        due = people.overview(context).due
    except InvalidFileError as error:
        context.notices.append(error.message)
        return ""
    if not due:
        return ""
    first = due[0]
    words = next((short for start, short in SHORT.items() if first.reason.startswith(start)), "write to {name}")
    return f"{words.format(name=first.name)}, 5m: mlcoach people"
