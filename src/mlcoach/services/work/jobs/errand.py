"""The one errand that people bring into a day. Loaded where some are kept."""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.time.study_days import format_day
from mlcoach.domain.work.jobs import job_with_a_day
from mlcoach.errors import InvalidFileError
from mlcoach.services.work import files
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

# What the day of a job is about, by its stage, before it and when it is over.
COMING = {
    "talk": ("talk with {employer};", "job prep {id}"),
    "interview": ("interview at {employer};", "job prep {id}"),
    "offer": ("{employer} wants your answer;", "job prep {id}"),
    "agreed": ("deliver to {employer};", "job show {id}"),
    "delivered": ("{employer} is to pay;", "job show {id}"),
}
OVER = {
    "offer": ("signed, or declined", "job move {id} closed --signed"),
    "agreed": ("delivered", "job move {id} delivered"),
    "delivered": ("paid, or remind them kindly", "job move {id} paid"),
}


def job_of_the_day(context: "Context") -> str:
    """Return what the job is about whose day it is, or was, with its command; "" without one."""
    states = context.store.work.jobs()
    id = job_with_a_day(states.items(), context.today)
    if not id:
        return ""
    try:
        entry = files.jobs(context).get(id)
    except InvalidFileError as error:
        context.notices.append(error.message)
        return ""
    if entry is None:
        return ""
    state = states[id]
    by = date.fromisoformat(state.by)
    if by < context.today:
        words, command = OVER.get(state.stage, ("how did it go", 'job note {id} "…"'))
        said = f"{entry.employer}: {format_day(by, context.today)} is over; {words}?"
    else:
        words, command = COMING.get(state.stage, ("{employer}", "job show {id}"))
        when = "today" if by == context.today else "tomorrow"
        said = f"{when}: {words.format(employer=entry.employer)}"
    return f"{said} mlcoach {command.format(id=id)}"


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
