"""The files of people and jobs, read, and how one of them is meant by a name or an id."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from mlcoach.adapters.work_files import JobEntry, PersonEntry, read_jobs, read_people
from mlcoach.domain.text import one_line
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services.work.paths import jobs_path, people_path, text_of

if TYPE_CHECKING:
    from mlcoach.services.context import Context

LONGEST_NAME = 200


def people(context: "Context") -> dict[str, PersonEntry]:
    """Return the people that are kept, by id. Raises InvalidFileError for a broken file."""
    path = people_path(context)
    return read_people(text_of(path), path)


def jobs(context: "Context") -> dict[str, JobEntry]:
    """Return the jobs that are kept, by id. Raises InvalidFileError for a broken file."""
    path = jobs_path(context)
    return read_jobs(text_of(path), path)


def new_id(taken: Iterable[str]) -> str:
    """Return an id of chance that is not taken."""
    import secrets  # which brings hashes along, for those who write

    known = set(taken)
    while (id := secrets.token_hex(3)) in known:
        pass
    return id


def checked_name(name: str, what: str) -> str:
    """Return a name on one line. Raises UsageError for an empty or a too long one, and for control characters."""
    from mlcoach.domain.text import checked

    folded = one_line(checked(name, what, LONGEST_NAME))
    if not folded:
        raise UsageError(f"the {what} is empty", "write it")
    return folded


def meant(name: str, names: Mapping[str, str], kind: str, listing: str) -> str:
    """Return the id that a word means: the id, the name, or the beginning of one of its words.

    Raises UsageError where several fit, NotFoundError where none does.
    """
    if name in names:
        return name
    wanted = one_line(name).casefold()
    fits: tuple[Callable[[str], bool], ...] = (
        lambda known: known.casefold() == wanted,
        lambda known: f" {known.casefold()}".find(f" {wanted}") >= 0,
    )
    for fit in fits:
        found = [id for id, known in names.items() if wanted and fit(known)]
        if len(found) == 1:
            return found[0]
        if found:
            said = ", ".join(f"`{id}` {names[id]}" for id in found[:6])
            raise UsageError(f"`{one_line(name):.80}` is ambiguous", f"say which by its id: {said}")
    from difflib import get_close_matches

    near = get_close_matches(wanted[:100], [known.casefold() for known in names.values()], 1, 0.6)
    raise NotFoundError(
        f"no {kind} `{one_line(name):.80}`", f"did you mean `{near[0]}`?" if near else f"`{listing}` lists them"
    )
