"""From what a person types to the id it means: units, papers, items. Unknown names get the nearest one."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.papers.ids import paper_id, short_id, slug
from mlcoach.domain.text import nearest, resolve
from mlcoach.errors import MlcoachError, NotFoundError, UsageError

if TYPE_CHECKING:
    from mlcoach.services.context import Context


class What(NamedTuple):
    """What time was spent on: a unit, a paper, one's own work (`project:ID`), or none of them."""

    unit: str = ""
    paper: str = ""
    work: str = ""


def unit(context: "Context", name: str) -> str:
    """Return the id of a unit of the map: by its id, also one it had before, its last part, title, subject, or words.

    Raises as `resolve` does; where several fit, the learner is asked on a terminal.
    """
    catalog = context.catalog
    renamed = catalog.aliases().get(name, name)
    try:
        return resolve(renamed, catalog.units, "unit")
    except MlcoachError as error:
        from mlcoach.services import spoken_names as spoken

        found = spoken.with_last_part(context, renamed) or spoken.units_meant(context, name)
        if not found:
            error.hint = error.hint or spoken.nearest_title(context, name) or spoken.search_hint(name)
            raise
        return spoken.choose(context, name, found).id


def item(context: "Context", name: str) -> str:
    """Return the id of a card or exercise. Raises as `resolve` does."""
    catalog = context.catalog
    renamed = catalog.aliases().get(name, name)
    if catalog.heads([renamed]):
        return renamed
    try:
        return resolve(renamed, catalog.item_ids(), "card or exercise")
    except NotFoundError as error:
        gone = gone_item(context, name)
        if gone in catalog.hidden:
            error.hint = f"`{gone}` is hidden by an overlay, its progress is kept; `mlcoach curriculum diff` shows it"
        elif gone:
            kept = "it is gone from the curriculum, its progress is kept"
            error.hint = f"{kept}: `mlcoach cards adopt {gone} NEW` moves it to another card"
        else:
            from mlcoach.services.spoken_items import item_called

            if called := item_called(context, name):
                return called
        raise


def gone_item(context: "Context", name: str) -> str:
    """Return the id of an item that has progress but is no longer asked, by its id or last part; else ""."""
    catalog = context.catalog
    fitting = [key for key in context.store.item_keys() if key == name or key.endswith(f"/{name.lower()}")]
    there = catalog.heads(catalog.aliases().get(key, key) for key in fitting)
    gone = [key for key in fitting if catalog.aliases().get(key, key) not in there]
    return name if name in gone else gone[0] if len(gone) == 1 else ""


def paper(context: "Context", name: str) -> str:
    """Return the id of a paper in the queue: a full id, a bare arXiv id, an address, a citation key, a slug or its
    beginning.

    A slug is the id of a paper without another one, and of any paper the words of its title: `adam` is enough.
    A citation key is the one that a reference manager gave it.

    Raises NotFoundError, saying how to add it, and UsageError when several fit.
    """
    recognised = paper_id(name)
    id = recognised or name.lower()
    if context.store.paper_row(id) is not None:
        return id
    known = context.store.paper_titles()
    cited = context.store.papers_cited_as(name)
    starting = cited if cited else [] if recognised else _papers_starting(name, known)
    if len(starting) == 1:
        return starting[0]
    from mlcoach.domain.text import one_line

    shown = one_line(name)[:80]
    if starting:
        raise UsageError(f"`{shown}` is ambiguous", "say which: " + ", ".join(f"`{key}`" for key in starting))
    from mlcoach.services.spoken_names import paper_called

    if not recognised and (spoken := paper_called(context, name)):
        return spoken
    hint = _paper_hint(context, id, known, recognised=recognised is not None)
    raise NotFoundError(f"no paper `{shown}` in your queue", hint)


def _papers_starting(name: str, titles: dict[str, str]) -> list[str]:
    """Return the ids that begin like `name` behind their kind (`arxiv:`), or whose titles do."""
    words = slug(name)
    if not words:
        return []
    return [
        id for id, title in titles.items() if short_id(id).startswith(name.lower()) or slug(title).startswith(words)
    ]


def _paper_hint(context: "Context", id: str, known: Collection[str], *, recognised: bool) -> str:
    """Return how to go on with a paper that is not in the queue."""
    from difflib import get_close_matches

    add = f"`mlcoach paper add {short_id(id)}` puts it in the queue"
    classic = context.catalog.papers().get(id)
    if classic:
        return f"{add}: {classic.title}"
    if recognised:
        # All ids of a kind look alike: only a slip of one or two digits is worth asking about.
        near = get_close_matches(id, known, 1, 0.87)
        return f"did you mean `{near[0]}`? Or {add}" if near else add
    from mlcoach.domain.papers.names import nearest_id

    if meant := nearest_id(id):
        return f"did you mean `{meant}`?"
    return nearest(id, known) or "`mlcoach paper list` shows the queue"


def what(context: "Context", words: str) -> What:
    """Return what time was spent on: `paper:ID`, `project:ID`, a unit, a paper of the queue by its title, or
    nothing.

    What is under way comes first, then the units of the path, then the papers that wait to be read. Raises as `unit`
    does.
    """
    if not words:
        return What()
    if words.startswith("paper:"):
        return What(paper=paper(context, words.removeprefix("paper:")))
    if words.startswith("project:"):
        from mlcoach.services.work.projects.projects import project_named

        return What(work=f"project:{project_named(context, words.removeprefix('project:'))}")
    # Units have no digits at their beginning and no slash, arXiv ids and DOIs do.
    if (words[0].isdecimal() or "/" in words or ":" in words) and paper_id(words):
        return What(paper=paper(context, words))
    known = context.catalog.aliases().get(words, words)
    try:
        found = resolve(known, context.catalog.units, "unit")
    except MlcoachError:
        from mlcoach.services.spoken_names import studied_called

        meant = studied_called(context, words)
        if meant is None:
            return What(unit=unit(context, words))
        return What(paper=meant.id) if meant.kind == "paper" else What(unit=meant.id)
    return What(unit=found if found == known else studied(context, words, found))


def studied(context: "Context", words: str, unit: str) -> str:
    """Return the unit that is meant by words that are the last part of this one's id, where time goes or a pass.

    Where it is neither under way nor on the path, and another one that is so is called so too, the learner is asked on
    a terminal; elsewhere it is this one, and the other one is named. Raises UsageError where they choose none.
    """
    if unit in context.path.units or ((state := context.store.units().get(unit)) and state.mark == "learning"):
        return unit
    from mlcoach.services.spoken_names import nearer_than

    return nearer_than(context, words, unit)


def unit_names(context: "Context", incomplete: str) -> list[tuple[str, str]]:
    """Return (name, title) of the units that begin so, by full id or last part; for completion, never an error."""
    try:
        return completions({entry.id: entry.title for entry in context.catalog.units.values()}, incomplete)
    except Exception:  # a key press must not print a traceback
        return []
    finally:
        context.close()


def completions(titles: Mapping[str, str], incomplete: str) -> list[tuple[str, str]]:
    """Return (id, title) of the ids that begin so, else (last part, title) of those whose unique last part does.

    A shell throws away what does not begin with the letters typed, so a full id is not an answer to its last part.
    """
    full = [(id, title) for id, title in titles.items() if id.startswith(incomplete)]
    if full:
        return full
    last: dict[str, list[str]] = {}
    for id in titles:
        last.setdefault(id.rpartition(".")[2], []).append(id)
    return [(part, titles[ids[0]]) for part, ids in last.items() if part.startswith(incomplete) and len(ids) == 1]


def item_names(context: "Context", incomplete: str) -> list[str]:
    """Return the ids of the cards and exercises that begin so; for completion, never an error."""
    try:
        return context.catalog.item_ids(incomplete)
    except Exception:  # a key press must not print a traceback
        return []
    finally:
        context.close()


def paper_names(context: "Context", incomplete: str) -> list[tuple[str, str]]:
    """Return (id, title) of the papers of the queue that begin so; for completion, never an error."""
    try:
        titles = context.store.paper_titles()
        short = {id.removeprefix("arxiv:"): title for id, title in titles.items()}
        return [(id, title) for id, title in short.items() if id.startswith(incomplete.removeprefix("arxiv:"))]
    except Exception:  # a key press must not print a traceback
        return []
    finally:
        context.close()
