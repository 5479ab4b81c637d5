"""From what a person calls a thing to its id: titles, subjects, tracks and the words of its cards.

Only asked after an id did not fit: nothing here is on the way of a full id or its last part.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from mlcoach.domain.papers.passes import PaperStatus
from mlcoach.domain.text import one_line
from mlcoach.domain.words import TRACK_WORDS, asked_words, holds, plain, words_of
from mlcoach.errors import UsageError

if TYPE_CHECKING:
    from mlcoach.services.context import Context

Kind = Literal["unit", "subject", "path", "checklist", "paper", "item"]
MOST_OFFERED = 9
MOST_SAID = 2  # others that a word fits too
LONG = 6  # letters from which the beginning of a word is looked for in texts: they hold many words
WAITING: tuple[PaperStatus, ...] = ("reading", "queued")
LEAST_SCORE, LEAD = 4, 2  # of a unit that is meant by the words of its cards: enough, and twice as much as any other


class Meaning(NamedTuple):
    """Something that a name may mean. `exact`: what it is called, not only what is said in it."""

    kind: Kind
    id: str
    title: str
    exact: bool = True


def called(context: "Context", name: str, kinds: Iterable[Kind]) -> list[Meaning]:
    """Return what is called so: by its whole title, else by its beginning, else by words of it; else nothing."""
    things = [(thing, words_of(thing.title)) for kind in kinds for thing in _things(context, kind)]
    for wanted in asked_words(name):
        if not wanted:
            continue
        for found in (
            [thing for thing, words in things if words == wanted],
            [thing for thing, _ in things if f"{plain(thing.title)} ".startswith(f"{plain(name).strip()} ")],
            [thing for thing, words in things if holds(words, wanted)],
        ):
            if found:
                return found
    return []


def units_meant(context: "Context", name: str) -> list[Meaning]:
    """Return the units that a name may mean: by title, as those of a subject or track, else by what is in them."""
    subjects = subjects_within(context, name)
    found = [] if subjects else called(context, name, ("unit", "subject"))
    if any(thing.kind == "unit" for thing in found):
        return [thing for thing in found if thing.kind == "unit"]
    subjects |= {thing.id for thing in found}
    if len(subjects) > 1:
        known = context.catalog.subjects()
        within = [Meaning("subject", id, subject.title, False) for id, subject in known.items() if id in subjects]
        subjects = {choose(context, name, within).id}
    if subjects:
        return [
            Meaning("unit", unit.id, unit.title) for unit in context.catalog.units.values() if unit.subject in subjects
        ]
    return units_about(context, name)


def subjects_within(context: "Context", name: str) -> set[str]:
    """Return the subjects that a track or the beginning of their ids stands for."""
    low = name.strip().lower()
    track = TRACK_WORDS.get(low, low)
    known = context.catalog.subjects().values()
    return {subject.id for subject in known if low == subject.id or track == subject.track} or {
        subject.id for subject in known if subject.id.startswith(f"{low}.") or subject.id.endswith(f".{low}")
    }


def units_about(context: "Context", name: str) -> list[Meaning]:
    """Return the units whose objectives, readings, exercises and cards tell of it, the one that does most first.

    One alone is returned where it tells of it more than twice as much as any other.
    """
    catalog = context.catalog
    score: Counter[str] = Counter()
    for wanted in asked_words(name):
        if not wanted or score:
            continue
        for unit in catalog.units:
            text = catalog.text(unit)
            lines = [*text.objectives, *(f"{reading.title} {reading.at}" for reading in text.read)]
            score[unit] += 3 * sum(holds(words_of(line), wanted, LONG) for line in lines)
        for item in catalog.all_items():
            # An id is named after what the card is about.
            text_of_item = f"{item.id} {getattr(item, 'title', '')} {getattr(item, 'question', '')}"
            score[item.unit] += holds(words_of(text_of_item.replace("-", " ")), wanted, LONG)
        score = +score
    if max(score.values(), default=0) < LEAST_SCORE:
        return []  # a word or two in passing is not what a unit is about
    best = [(unit, points) for unit, points in score.most_common() if unit in catalog.units]
    if len(best) > 1 and best[0][1] >= LEAD * best[1][1]:
        best = best[:1]
    return [Meaning("unit", unit, catalog.units[unit].title) for unit, _ in best]


def with_last_part(context: "Context", name: str) -> list[Meaning]:
    """Return the units of which this is the last part."""
    units = context.catalog.units.values()
    return [Meaning("unit", unit.id, unit.title) for unit in units if unit.id.endswith(f".{name.lower()}")]


def paper_called(context: "Context", name: str) -> str:
    """Return the paper of the queue whose title is meant, or "". Raises as `choose` does where several are."""
    titles = context.store.paper_titles()
    for wanted in asked_words(name):
        found = [Meaning("paper", id, title) for id, title in titles.items() if holds(words_of(title), wanted)]
        if found and wanted:
            return choose(context, name, found).id
    return ""


def studied_called(context: "Context", name: str) -> Meaning | None:
    """Return the unit or paper that time was most likely spent on, by words of its title; None where none is near.

    That is a unit under way, else one of the path, else a paper that waits; one that was read or put aside by its whole
    title alone. A unit may be said by the last part of its id, which others have too. Raises as `choose` does where
    several fit as well.
    """
    found = [thing for thing in called(context, name, ("unit",)) if thing.exact]
    found = list(dict.fromkeys([*with_last_part(context, name), *found]))
    if meant := _near(context, found):
        one = choose(context, name, meant)
        _say_others(context, name, [thing for thing in found if thing not in meant])
        return one
    titles = context.store.paper_titles()
    waiting = {row.key for state in WAITING for row in context.store.paper_rows(state)}
    papers = [Meaning("paper", id, title) for id, title in titles.items()]
    for wanted in asked_words(name):
        if whole := [paper for paper in papers if wanted and words_of(paper.title) == wanted]:
            return choose(context, name, whole)
        if some := [one for one in papers if wanted and one.id in waiting and holds(words_of(one.title), wanted)]:
            return choose(context, name, some)
    return None


def nearer_than(context: "Context", name: str, unit: str) -> str:
    """Return the unit that is meant by the last part of this one's id: see `names.studied`."""
    this = Meaning("unit", unit, context.catalog.units[unit].title)
    others = _near(context, [thing for thing in called(context, name, ("unit",)) if thing.id != unit])
    if others and context.choose is not None:
        return choose(context, name, [this, *others]).id
    _say_others(context, name, others)
    return unit


def _near(context: "Context", found: list[Meaning]) -> list[Meaning]:
    """Return the units under way, else those of the path."""
    from mlcoach.services.curriculum.progress import unit_progress

    status = unit_progress(context).status
    under_way = [thing for thing in found if status.get(thing.id) == "learning"]
    return under_way or [thing for thing in found if thing.id in context.path.units]


def _say_others(context: "Context", name: str, others: list[Meaning]) -> None:
    if others:
        listed = "; ".join(f"`{thing.id}`, {thing.title}" for thing in others[:MOST_SAID])
        more = f"; and {len(others) - MOST_SAID} more" if len(others) > MOST_SAID else ""
        context.notices.append(f"`{one_line(name)[:80]}` fits others too: {listed}{more}")


def nearest_title(context: "Context", name: str) -> str:
    """Return `did you mean …?` for the unit or subject whose title, or a word of it, is spelt nearly so, or ""."""
    from difflib import get_close_matches

    titles = {plain(thing.title): thing for kind in ("unit", "subject") for thing in _things(context, kind)}
    titles = {word: thing for title, thing in titles.items() for word in title.replace(",", "").split()} | titles
    near = get_close_matches(plain(name)[:200], titles, 1, 0.75)
    return f"did you mean `{titles[near[0]].id}`, {titles[near[0]].title}?" if near else ""


def search_hint(name: str) -> str:
    """Return how to look for a name everywhere."""
    return f"`mlcoach search {one_line(name).replace('`', '')[:60]}` looks for it everywhere"


def choose(context: "Context", name: str, found: list[Meaning]) -> Meaning:
    """Return the one that is meant: the only one, or the learner's choice on a terminal.

    What was understood is said. Raises UsageError, with those it could be, without a terminal to ask on.
    """
    shown = one_line(name)[:80]
    if len(found) == 1 and found[0].exact:
        context.notices.append(f"`{shown}` is `{found[0].id}`, {found[0].title}")
        return found[0]
    offered = _nearest_first(context, found)[:MOST_OFFERED]
    if context.choose is not None:
        number = context.choose(f"`{shown}` could be:", [(thing.id, thing.title) for thing in offered])
        if number is not None:
            return offered[number]
        raise UsageError(f"none of them is what `{shown}` means; nothing was written", search_hint(name))
    if len(offered) == 1:
        raise UsageError(f"nothing is called `{shown}`", f"did you mean `{offered[0].id}`, {offered[0].title}?")
    wide = max(len(thing.id) for thing in offered)
    lines = [f"  {n}  {thing.id:{wide}}  {thing.title}" for n, thing in enumerate(offered, start=1)]
    more = f"\n  and {len(found) - len(offered)} more" if len(found) > len(offered) else ""
    raise UsageError(f"`{shown}` is ambiguous", "say which:\n" + "\n".join(lines) + more)


def _things(context: "Context", kind: Kind) -> Iterator[Meaning]:
    """Yield all things of a kind; papers are those of the lists and of the queue."""
    catalog = context.catalog
    if kind == "unit":
        yield from (Meaning(kind, unit.id, unit.title) for unit in catalog.units.values())
    elif kind == "subject":
        yield from (Meaning(kind, subject.id, subject.title) for subject in catalog.subjects().values())
    elif kind == "path":
        yield from (Meaning(kind, path.id, path.title) for path in catalog.paths.values())
    elif kind == "checklist":
        yield from (Meaning(kind, id, title) for id, title in catalog.checklists().items())
    else:
        from mlcoach.services.papers.paper_catalog import paper_catalog

        titles = {id: paper.title for id, paper in paper_catalog(context).items()} | context.store.paper_titles()
        yield from (Meaning(kind, id, title) for id, title in titles.items())


def _nearest_first(context: "Context", found: list[Meaning]) -> list[Meaning]:
    """Return them with those under way and on the learner's path first."""
    from mlcoach.services.curriculum.progress import unit_progress

    status = unit_progress(context).status
    path = {unit: number for number, unit in enumerate(context.path.units)}
    return sorted(found, key=lambda thing: (status.get(thing.id) != "learning", thing.id not in path))
