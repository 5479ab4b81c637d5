"""Names of people, jobs and roles for a key press; a broken file has none."""

from typing import TYPE_CHECKING

from mlcoach.errors import MlcoachError
from mlcoach.services.work import files

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def person_names(context: "Context", incomplete: str) -> list[tuple[str, str]]:
    """Return (id, name) of the people whose id, or a word of whose name, begins so."""
    try:
        people = files.people(context)
    except MlcoachError:
        return []
    return [(id, entry.name) for id, entry in people.items() if _begins(incomplete, id, entry.name)]


def job_names(context: "Context", incomplete: str) -> list[tuple[str, str]]:
    """Return (id, employer and role) of the jobs whose id, or a word of whose employer, begins so."""
    try:
        jobs = files.jobs(context)
    except MlcoachError:
        return []
    named = {id: f"{entry.employer} {entry.role}".strip() for id, entry in jobs.items()}
    return [(id, name) for id, name in named.items() if _begins(incomplete, id, name)]


def role_names(context: "Context", incomplete: str) -> list[tuple[str, str]]:
    """Return (id, title) of the roles whose id begins so."""
    return [(id, role.title) for id, role in context.catalog.roles().items() if id.startswith(incomplete)]


def _begins(incomplete: str, id: str, name: str) -> bool:
    wanted = incomplete.casefold()
    return id.startswith(wanted) or any(word.startswith(wanted) for word in name.casefold().split())
