"""The learner's projects: which there are, and what a person calls them."""

import secrets
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from mlcoach.domain.papers.ids import slug
from mlcoach.domain.text import checked, one_line
from mlcoach.domain.work.projects import ProjectState, current_project
from mlcoach.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from mlcoach.services.context import Context

LONGEST_TITLE = 200
NEW = '`mlcoach project new "TITLE"` begins one'


def projects(context: "Context") -> dict[str, ProjectState]:
    """Return all projects and ideas by id."""
    return context.store.projects.all()


def new_id(taken: Collection[str]) -> str:
    """Return a random id that no project has."""
    while True:
        id = secrets.token_hex(3)
        if id not in taken:
            return id


def project_named(context: "Context", words: str) -> str:
    """Return the id of the project that the words mean: an id, the beginning of its title, or a word of that.

    Without words it is the one under way that was touched last. Raises NotFoundError, and UsageError where several fit.
    """
    known = projects(context)
    if not words.strip():
        if id := current_project(known.items()):
            return id
        raise NotFoundError("no project is under way", NEW)
    if words in known:
        return words
    fitting = _called(known, words)
    if len(fitting) > 1:
        named = ", ".join(f"`{id}` ({one_line(known[id].title)[:40]})" for id in fitting[:6])
        raise UsageError(f"`{one_line(words)[:80]}` could be several projects", f"say which: {named}")
    if not fitting:
        raise NotFoundError(f"no project `{one_line(words)[:80]}`", _nearest(known, words))
    return fitting[0]


def _called(known: Mapping[str, ProjectState], words: str) -> list[str]:
    """Return the projects that the words fit best: by their whole title, its beginning, a word; open ones first."""
    wanted = slug(words)
    if not wanted:
        return []
    titles = {id: slug(state.title) for id, state in known.items()}
    for fits in (str.__eq__, str.startswith, _has_word):
        found = [id for id, title in titles.items() if fits(title, wanted)]
        open_ones = [id for id in found if known[id].status in ("doing", "idea")]
        if found:
            return open_ones or found
    return []


def _has_word(title: str, wanted: str) -> bool:
    return f"-{wanted}" in f"-{title}"


def _nearest(known: Mapping[str, ProjectState], words: str) -> str:
    from difflib import get_close_matches

    titles = {slug(state.title): id for id, state in known.items()}
    near = get_close_matches(slug(words)[:200], list(titles), 1, 0.5)
    if near:
        return f"did you mean `{titles[near[0]]}` ({one_line(known[titles[near[0]]].title)[:60]})?"
    return "`mlcoach project list` shows them" if known else NEW


def checked_title(words: str) -> str:
    """Return a title for keeping. Raises UsageError for one that is empty, too long, or not plain text."""
    title = " ".join(checked(words, "title", LONGEST_TITLE).split())
    if not slug(title):
        raise UsageError("the title is empty", '`mlcoach project new "Which invoices are paid late"`')
    return title


def project_names(context: "Context", incomplete: str) -> list[tuple[str, str]]:
    """Return (id, title) of the open projects that begin so; for completion, never an error."""
    try:
        known = projects(context)
        return [
            (id, state.title)
            for id, state in known.items()
            if id.startswith(incomplete) and state.status in ("doing", "idea")
        ]
    except Exception:  # a key press must not print a traceback
        return []
    finally:
        context.close()
