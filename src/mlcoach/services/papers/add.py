"""Putting papers into the reading queue: which paper is meant, what is known of it, and whether it is there already."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.curriculum import Paper
from mlcoach.domain.paper_events import PaperAdded, PaperDescribed, PaperNoted
from mlcoach.domain.papers.details import LONGEST_NAME, LONGEST_TITLE, KnownPaper, news, text_of
from mlcoach.domain.papers.duplicates import face_of
from mlcoach.domain.papers.ids import normal_title, paper_id, short_id, slug
from mlcoach.domain.papers.paper_source import (
    FIRST_YEAR,
    Details,
    PaperSource,
    cleaned,
    free_slug,
    joined,
    untitled_hint,
)
from mlcoach.domain.papers.passes import PaperState, with_addition
from mlcoach.domain.papers.state import state_of
from mlcoach.domain.text import checked
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services.papers.pace import pass_minutes
from mlcoach.services.papers.paper_catalog import paper_catalog
from mlcoach.services.papers.state import entry, of_queue
from mlcoach.services.record import record
from mlcoach.views.papers.queue import AddedView, AdditionAction, AdditionView

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.services.papers.web import WebAnswers

NO_SUCH_PAPER = 'look at the number; with --title "…" it is added all the same'
REFRESH = "`mlcoach paper refresh` completes it when you are connected"


class PaperAddition(NamedTuple):
    """What adding one paper comes to: the paper of the queue, what to write, and what to call it."""

    paper: str
    action: AdditionAction
    duplicate: bool
    bodies: tuple[PaperAdded | PaperDescribed | PaperNoted, ...] = ()
    title: str = ""
    why: str = ""


class Prepared(NamedTuple):
    """All that a command adds, before it is written. `notices` are lines about what the web did not tell."""

    additions: tuple[PaperAddition, ...]
    notices: tuple[str, ...] = ()

    @property
    def without_reason(self) -> tuple[PaperAddition, ...]:
        """The new papers without a reason to read them."""
        return tuple(one for one in self.additions if one.action == "added" and not one.why)


def add(context: "Context", words: Sequence[str], details: Details, day: date) -> AddedView:
    """Add papers by id, address, or the title alone, without asking the web. Raises as `prepare` does."""
    return commit(context, prepare(context, [PaperSource(word) for word in words], details, day), day)


def prepare(
    context: "Context",
    sources: Sequence[PaperSource],
    details: Details,
    day: date,
    ask: "Callable[[Sequence[str]], WebAnswers] | None" = None,
) -> Prepared:
    """Work out what adding these papers comes to; all of them, or none.

    A bundled paper needs nothing else, and others are asked for with `ask`. One that is there already is not written
    twice: what is newly said of it is taken over, and a dropped, finished or put aside one is put back. Raises
    UsageError for a paper that is neither an id nor has a title, for details that cannot be meant for several papers,
    and NotFoundError for an id that the web says does not exist.
    """
    given = _checked(context, details)
    if len(sources) > 1 and (given.title or given.authors or given.year):
        raise UsageError("a title, author or year belongs to one paper", "add them one by one")
    bundled = paper_catalog(context)
    wanted = [_meant(cleaned(source), given, context, bundled) for source in sources or (PaperSource(""),)]
    answers = _asked(context, [source.id for source in wanted], given, bundled, ask)
    adder = _Adder(context, given, bundled, day)
    additions = []
    for source in wanted:
        found = answers.papers.get(source.id) if answers else None
        if answers and source.id in answers.unknown and not (given.title or source.known.title):
            if source.id.startswith("arxiv:"):
                raise NotFoundError(f"arXiv knows no paper `{short_id(source.id)}`", NO_SUCH_PAPER)
            context.notices.append(f"Crossref knows no paper {short_id(source.id)}; other agencies give DOIs too")
        additions.append(adder.addition(source, joined(source.known, found)))
    trouble = answers.trouble if answers else ""
    lacking = any(one.action == "added" and not one.title for one in additions)
    notices = [f"{trouble}; {REFRESH if lacking else 'what is known is kept'}"] if trouble else []
    notices += [
        f"{known.title} was withdrawn: {text_of(known.details, 'comment')}"
        for known in (answers.papers.values() if answers else ())
        if known.details.get("withdrawn")
    ]
    return Prepared(tuple(additions), tuple(notices))


def commit(context: "Context", prepared: Prepared, day: date, why: str = "") -> AddedView:
    """Write what was prepared, as one step of undo; `why` is the reason for those that have none."""
    reason = checked(why, "reason")
    bodies = [
        body._replace(why=reason) if isinstance(body, PaperAdded) and reason and addition in prepared.without_reason
        else body
        for addition in prepared.additions
        for body in addition.bodies
    ]  # fmt: skip
    if bodies:
        # Queueing is not study: the plan of the day is made when study begins, and then it knows this paper.
        record(context, *bodies, day=day, opens_day=False)
    context.notices += prepared.notices
    views = tuple(
        AdditionView(entry(context, one.paper), one.paper if one.duplicate else None, one.action)
        for one in prepared.additions
    )
    first = views[0].paper
    return AddedView(first, views[0].duplicate_of, views, pass_minutes(context)[first.reading_pass])


class _Adder:
    """Finds out, paper after paper, what each comes to; what was added before in the same command is known."""

    def __init__(self, context: "Context", given: Details, bundled: dict[str, Paper], day: date) -> None:
        self._context = context
        self._given = given
        self._bundled = bundled
        self._day = day
        self._duplicates = of_queue(context)
        self._states: dict[str, PaperState] = {}

    def addition(self, source: PaperSource, known: KnownPaper) -> PaperAddition:
        """Return what one paper comes to."""
        given = self._given
        classic = self._bundled.get(source.id)
        filled = KnownPaper(
            given.title or (classic.title if classic else "") or known.title,
            given.authors or (classic.authors if classic else ()) or known.authors,
            given.year or (classic.year if classic else None) or known.year,
            known.details,
        )
        duplicate = self._duplicates.named(source.id, filled, with_dropped=not source.id)
        if duplicate:
            # A title that only served to find the paper says nothing new of it, however it is spelt.
            news_of_it = given if source.word and duplicate == source.id else given._replace(title="")
            return self._kept(self._again(duplicate, news_of_it, known))
        why = given.why or (classic.why if classic else "")
        key = source.id or self._free_slug(filled.title)
        bodies: list[PaperAdded | PaperDescribed | PaperNoted] = [PaperAdded(key, *filled[:3], why)]
        if known.details:
            bodies.append(PaperDescribed(key, details=known.details))
        if not source.id and source.word.lower().startswith(("http://", "https://")):
            bodies.append(PaperNoted(key, f"Found at {source.word}"))
        self._duplicates.add(face_of(key, filled))
        return self._kept(PaperAddition(key, "added", False, tuple(bodies), filled.title, why))

    def _kept(self, addition: PaperAddition) -> PaperAddition:
        for body in addition.bodies:
            if isinstance(body, PaperAdded):
                before = self._state(addition.paper) or PaperState()
                self._states[addition.paper] = with_addition(before, body, self._day.isoformat())
        return addition

    def _state(self, key: str) -> PaperState | None:
        if key in self._states:
            return self._states[key]
        data = self._context.store.paper(key)
        return state_of(data) if data else None

    def _again(self, key: str, given: Details, known: KnownPaper) -> PaperAddition:
        """Return what adding a paper once more comes to."""
        state = self._state(key) or PaperState()
        said = PaperAdded(
            key,
            given.title if given.title != state.title else "",
            given.authors if given.authors != state.authors else (),
            given.year if given.year != state.year else None,
            given.why if given.why != state.why else "",
        )
        learnt = PaperDescribed(
            key,
            "" if state.title else known.title,
            () if state.authors else known.authors,
            None if state.year else known.year,
            news(state.details, known.details),
        )
        bodies: tuple[PaperAdded | PaperDescribed, ...] = (learnt,) if any(learnt[1:]) else ()
        if state.status not in ("queued", "reading"):
            return PaperAddition(key, "put_back", True, (said, *bodies), state.title, state.why)
        if any(said[1:]):
            bodies = (said, *bodies)
        return PaperAddition(key, "updated" if bodies else "unchanged", True, bodies, state.title, state.why)

    def _free_slug(self, title: str) -> str:
        return free_slug(title, lambda key: key in self._bundled or self._state(key) is not None)


def _checked(context: "Context", details: Details) -> Details:
    year = details.year
    if year is not None and not FIRST_YEAR <= year <= context.today.year + 1:
        newest = context.today.year + 1
        raise UsageError(f"`--year` must be {FIRST_YEAR} to {newest}, got {year}", "it is when it appeared")
    title = " ".join(checked(details.title, "title", LONGEST_TITLE).split())
    if details.title and not slug(title):
        raise UsageError("the title has neither letters nor digits", "write the title of the paper")
    authors = (" ".join(checked(author, "author", LONGEST_NAME).split()) for author in details.authors)
    return Details(title, tuple(filter(None, authors)), year, checked(details.why, "reason"))


def _meant(source: PaperSource, given: Details, context: "Context", bundled: dict[str, Paper]) -> PaperSource:
    """Return the source with the id of the paper meant, "" for one that gets a slug of its title."""
    word = source.word
    if source.id:
        return source
    if found := paper_id(word):
        return source._replace(id=found)
    lowered = word.lower()
    if lowered in bundled or (word and context.store.paper_row(lowered) is not None):
        return source._replace(id=lowered)
    title = normal_title(given.title or source.known.title or word)
    for key, paper in bundled.items():
        if title and normal_title(paper.title) == title:
            return source._replace(id=key)
    if not given.title and not source.known.title:
        if not word:
            raise UsageError("which paper?", "`mlcoach paper add 1706.03762`, or --title for one without an id")
        if file := text_of(source.known.details, "pdf"):
            raise UsageError(
                f"`{file}` tells neither an id nor a title", f'`mlcoach paper add "{file}" --title "…"` gives it one'
            )
        if spoken := _called(context, word, bundled):
            return source._replace(id=spoken)
        raise UsageError(f"`{word[:80]}` is not an arXiv id, DOI or bundled paper", untitled_hint(word, bundled))
    return source


def as_titles(context: "Context", words: Sequence[str]) -> list[str]:
    """Return the words one by one where any of them names a paper or file, else joined: the words of one title."""
    known = paper_catalog(context)

    def is_name(word: str) -> bool:
        return (
            word == "-"
            or "/" in word
            or "." in word[1:-1]
            or paper_id(word) is not None
            or word.lower() in known
            or context.store.paper_row(word.lower()) is not None
        )

    return list(words) if len(words) < 2 or any(map(is_name, words)) else [" ".join(words)]


def _called(context: "Context", word: str, bundled: dict[str, Paper]) -> str:
    """Return the bundled paper whose title holds these words, or ""; the one that is named so, `Adam: …`, comes first.

    Raises UsageError where several do and there is no terminal to ask on.
    """
    from mlcoach.domain.words import asked_words, holds, words_of
    from mlcoach.services.spoken_names import Meaning, choose

    for wanted in asked_words(word):
        for titles in ({id: paper.title.partition(":")[0] for id, paper in bundled.items()}, None):
            found = [
                Meaning("paper", short_id(id), paper.title)
                for id, paper in bundled.items()
                if wanted and (words_of(titles[id]) == wanted if titles else holds(words_of(paper.title), wanted))
            ]
            if found:
                return paper_id(meant := choose(context, word, found).id) or meant
    return ""


def _asked(
    context: "Context",
    ids: Sequence[str],
    given: Details,
    bundled: dict[str, Paper],
    ask: "Callable[[Sequence[str]], WebAnswers] | None",
) -> "WebAnswers | None":
    """Return what the web says of the papers of which too little is known, or None when nothing is to be asked."""
    if ask is None or (given.title and given.authors and given.year):
        return None
    lacking = [id for id in dict.fromkeys(ids) if ":" in id and id not in bundled and is_new(context, id)]
    return ask(lacking) if lacking else None


def is_new(context: "Context", id: str) -> bool:
    """Return whether too little is known of a paper: it is not in the queue, or has no title there."""
    row = context.store.paper_row(id)
    return row is None or not row.title
