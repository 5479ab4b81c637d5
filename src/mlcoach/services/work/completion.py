"""Names of people, jobs and roles for a key press; a broken file has none."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mlcoach.errors import MlcoachError
from mlcoach.services.work import files

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def person_names(context: "Context", incomplete: str) -> list[tuple[str, str]]:
    """Return (id or word, name) of the people whose id, or a word of whose name, begins so."""
    try:
        people = files.people(context)
    except MlcoachError:
        return []
    return _offered(incomplete, {id: entry.name for id, entry in people.items()})


def job_names(context: "Context", incomplete: str) -> list[tuple[str, str]]:
    """Return (id or word, employer and role) of the jobs whose id, or a word of whose name, begins so."""
    try:
        jobs = files.jobs(context)
    except MlcoachError:
        return []
    return _offered(incomplete, {id: f"{entry.employer} {entry.role}".strip() for id, entry in jobs.items()})


def role_names(context: "Context", incomplete: str) -> list[tuple[str, str]]:
    """Return (id, title) of the roles whose id begins so."""
    return [(id, role.title) for id, role in context.catalog.roles().items() if id.startswith(incomplete)]


def _offered(incomplete: str, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what can stand for what is begun: a shell takes only what begins with the very letters typed."""
    found = {id: name for id, name in names.items() if id.startswith(incomplete)}
    for name in names.values() if incomplete else ():
        for word in name.casefold().split():
            if word.startswith(incomplete.casefold()) and word.isalnum():
                found.setdefault(incomplete + word[len(incomplete) :], name)
    return list(found.items())
