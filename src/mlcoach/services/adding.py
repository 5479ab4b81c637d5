"""Putting papers into the reading queue: which paper is meant, what is known of it, and whether it is there already."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.curriculum import Paper
from mlcoach.domain.events import PaperAdded, PaperNoted
from mlcoach.domain.papers import PaperState, normal_title, paper_id, short_id, slug, with_addition
from mlcoach.errors import UsageError
from mlcoach.services import papers
from mlcoach.services.inputs import checked
from mlcoach.services.shelf import shelf
from mlcoach.services.views.papers import AddedView, AdditionView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

LONGEST_TITLE = 500
LONGEST_NAME = 200
FIRST_YEAR = 1600  # before the first scientific journal
MOST_NAMED = 3  # papers in a hint


class Details(NamedTuple):
    """What the learner says of a paper; empty is unsaid."""

    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    why: str = ""


class Addition(NamedTuple):
    """What adding one paper comes to: the paper of the queue, what to write, and what to call it."""

    paper: str
    action: str  # added, updated, put_back, unchanged
    duplicate: bool
    bodies: tuple[PaperAdded | PaperNoted, ...] = ()


def add(context: "Context", words: Sequence[str], details: Details, day: date) -> AddedView:
    """Add papers by id, address, or the title alone; all of them, or none.

    A bundled paper needs nothing else. One that is there already is not written twice: what is said of it anew is
    taken over, and a dropped, finished or put aside one is put back. Raises UsageError for a paper that is neither
    an id nor has a title, and for details that cannot be meant for several papers.
    """
    told = _checked(context, details)
    if len(words) > 1 and (told.title or told.authors or told.year):
        raise UsageError("a title, author or year belongs to one paper", "add them one by one")
    known = {key: papers.state_of(data) for key, data in context.store.papers().items()}
    bundled = shelf(context)
    additions = []
    for word in words or ("",):
        addition = _addition(checked(word, "paper"), told, known, bundled)
        additions.append(addition)
        for body in addition.bodies:
            if isinstance(body, PaperAdded):  # what the next word of the command finds
                before = known.get(addition.paper, PaperState())
                known[addition.paper] = with_addition(before, body, day.isoformat())
    bodies = [body for addition in additions for body in addition.bodies]
    if bodies:
        # Queueing is not study: the plan of the day is made when study begins, and then it knows this paper.
        context.record(*bodies, day=day, opens_day=False)
    views = tuple(
        AdditionView(
            papers.entry(context, addition.paper), addition.paper if addition.duplicate else None, addition.action
        )
        for addition in additions
    )
    return AddedView(views[0].paper, views[0].duplicate_of, views)


def _checked(context: "Context", details: Details) -> Details:
    year = details.year
    if year is not None and not FIRST_YEAR <= year <= context.today.year + 1:
        raise UsageError(f"`{year}` is no year of a paper", f"write {FIRST_YEAR} to {context.today.year + 1}")
    title = " ".join(checked(details.title, "title", LONGEST_TITLE).split())
    if details.title and not slug(title):
        raise UsageError("the title has neither letters nor digits", "write the title of the paper")
    authors = (" ".join(checked(author, "author", LONGEST_NAME).split()) for author in details.authors)
    return Details(title, tuple(filter(None, authors)), year, checked(details.why, "reason"))


def _addition(word: str, told: Details, known: dict[str, PaperState], bundled: dict[str, Paper]) -> Addition:
    paper = _meant(word, told, known, bundled)
    classic = bundled.get(paper) if paper else None
    title = told.title or (classic.title if classic else "")
    # Two ids may name one paper: a preprint and its journal's DOI, or a title typed by hand.
    twin = paper if paper in known else _same_title(title, known, with_dropped=not paper)
    if twin:
        # A title that only served to find the paper says nothing new of it, however it is spelt.
        news = told if word and twin == paper else told._replace(title="")
        return _again(twin, news, known[twin])
    filled = Details(
        title,
        told.authors or (classic.authors if classic else ()),
        told.year or (classic.year if classic else None),
        told.why or (classic.why if classic else ""),
    )
    key = paper or _free_slug(title, known, bundled)
    bodies: tuple[PaperAdded | PaperNoted, ...] = (PaperAdded(key, *filled),)
    if not paper and word.lower().startswith(("http://", "https://")):
        bodies += (PaperNoted(key, f"Found at {word}"),)
    return Addition(key, "added", duplicate=False, bodies=bodies)


def _meant(word: str, told: Details, known: dict[str, PaperState], bundled: dict[str, Paper]) -> str:
    """Return the id of the paper meant, or "" for one that gets a slug of its title."""
    if found := paper_id(word):
        return found
    if word.lower() in known or word.lower() in bundled:
        return word.lower()
    title = normal_title(told.title or word)
    for key, paper in bundled.items():
        if title and normal_title(paper.title) == title:
            return key
    if not told.title:
        if not word:
            raise UsageError("which paper?", "`mlcoach paper add 1706.03762`, or --title for one without an id")
        raise UsageError(f"`{word[:80]}` is no arXiv id, DOI or bundled paper", _untitled_hint(word, bundled))
    return ""


def _untitled_hint(word: str, bundled: dict[str, Paper]) -> str:
    """Return bundled papers whose titles hold the word, a few at most, and that others need a title."""
    title = normal_title(word)
    holding = [paper for paper in bundled.values() if title and f" {title} " in f" {normal_title(paper.title)} "]
    named = [f"`{short_id(paper.id)}`, {paper.title}" for paper in holding[:MOST_NAMED]]
    near = f"did you mean {'; or '.join(named)}? " if named else ""
    needs = "A paper" if near else "a paper"
    return f'{near}{needs} without an id needs its title: `mlcoach paper add --title "…"`'


def _same_title(title: str, known: dict[str, PaperState], *, with_dropped: bool) -> str:
    wanted = normal_title(title)
    if not wanted:
        return ""
    fitting = (key for key, state in known.items() if with_dropped or state.status != "dropped")
    return next((key for key in fitting if normal_title(known[key].title) == wanted), "")


def _again(key: str, told: Details, state: PaperState) -> Addition:
    """Return what adding a paper once more comes to."""
    news = PaperAdded(
        key,
        told.title if told.title != state.title else "",
        told.authors if told.authors != state.authors else (),
        told.year if told.year != state.year else None,
        told.why if told.why != state.why else "",
    )
    if state.status not in ("queued", "reading"):
        return Addition(key, "put_back", duplicate=True, bodies=(news,))
    if any(news[1:]):
        return Addition(key, "updated", duplicate=True, bodies=(news,))
    return Addition(key, "unchanged", duplicate=True)


def _free_slug(title: str, known: dict[str, PaperState], bundled: dict[str, Paper]) -> str:
    """Return a slug that no other paper has: two titles may begin with the same words."""
    wanted = slug(title)
    key, number = wanted, 1
    while key in known or key in bundled:
        number += 1
        key = f"{wanted}-{number}"
    return key
