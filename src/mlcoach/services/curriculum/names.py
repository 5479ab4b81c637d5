"""From what a person types to a part of the map: a unit, subject, path, checklist or paper."""

from typing import TYPE_CHECKING, Literal, NamedTuple

from mlcoach.domain import text
from mlcoach.domain.papers.ids import paper_id, short_id, slug
from mlcoach.domain.text import one_line
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services import names
from mlcoach.views.curriculum import MapKind

if TYPE_CHECKING:
    from mlcoach.services.context import Context

NAMES = "`mlcoach curriculum list` names subjects and paths, `mlcoach curriculum map SUBJECT` its units"


class MapEntry(NamedTuple):
    """A part of the map."""

    kind: MapKind | Literal["checklist", "paper"]
    id: str


def find(context: "Context", name: str) -> MapEntry:
    """Return the part of the map that a name means; the last part of an id is enough where it is unique.

    Raises UsageError when several fit, and NotFoundError, with the nearest, when none does.
    """
    found = _found_exactly(context, name)
    if found:
        return found
    kinds = _kinds(context)
    try:
        id = text.resolve(name, kinds, "unit, subject or path")
    except NotFoundError as error:
        if spoken := _called(context, name):
            return spoken
        raise NotFoundError(error.message, _hint(context, name) or error.hint or NAMES) from None
    return MapEntry(kinds[id], id)


def _called(context: "Context", name: str) -> MapEntry | None:
    """Return what is called so by its title, or tells most of it; None where nothing does. Raises as `choose` does."""
    from mlcoach.services import spoken_names as spoken

    subjects = context.catalog.subjects()
    within = [spoken.Meaning("subject", id, subjects[id].title, False) for id in spoken.subjects_within(context, name)]
    things = sorted(within) or spoken.called(context, name, ("unit", "subject", "path", "checklist"))
    found = things or spoken.called(context, name, ("paper",)) or spoken.units_about(context, name)
    if not found:
        return None
    meant = spoken.choose(context, name, found)
    assert meant.kind != "item"
    return MapEntry(meant.kind, meant.id)


def find_on_map(context: "Context", name: str) -> tuple[MapKind, str]:
    """Return kind and id of the unit, subject or path that a name means. Raises as `find` does."""
    found = find(context, name)
    if found.kind == "checklist" or found.kind == "paper":
        raise UsageError(
            f"`{one_line(name)[:80]}` is a {found.kind}, and the map shows units",
            f"`mlcoach curriculum show {short_id(found.id)}` shows it",
        )
    return found.kind, found.id


def map_names(context: "Context", incomplete: str) -> list[tuple[str, str]]:
    """Return (name, title) of the subjects, paths and units that begin so; for completion, never an error."""
    try:
        catalog = context.catalog
        lists = (catalog.subjects().values(), catalog.paths.values(), catalog.units.values())
        return names.completions({entry.id: entry.title for entries in lists for entry in entries}, incomplete)
    except Exception:  # a key press must not print a traceback
        return []
    finally:
        context.close()


def subject_names(context: "Context", incomplete: str) -> list[tuple[str, str]]:
    """Return (id, title) of the subjects that begin so; for completion, never an error."""
    try:
        titles = {subject.id: subject.title for subject in context.catalog.subjects().values()}
        return names.completions(titles, incomplete)
    except Exception:  # a key press must not print a traceback
        return []
    finally:
        context.close()


def path_names(context: "Context", incomplete: str) -> list[tuple[str, str]]:
    """Return (id, title) of the paths that begin so; for completion, never an error."""
    try:
        return names.completions({id: path.title for id, path in context.catalog.paths.items()}, incomplete)
    except Exception:  # a key press must not print a traceback
        return []
    finally:
        context.close()


def _kinds(context: "Context") -> dict[str, MapKind]:
    """Return the kind of every unit, subject and path by id; of two with one id, the file of the map wins."""
    catalog = context.catalog
    kinds: dict[str, MapKind] = {}
    kinds |= dict.fromkeys(catalog.paths, "path")
    kinds |= dict.fromkeys(catalog.subjects(), "subject")
    kinds |= dict.fromkeys(catalog.units, "unit")
    return kinds


def _found_exactly(context: "Context", name: str) -> MapEntry | None:
    """Return what is written in full: `path:core` and the like, an id, an earlier id, a paper, a checklist."""
    catalog = context.catalog
    kind, _, rest = name.partition(":")
    if kind == "path" and rest in catalog.paths:
        return MapEntry("path", rest)
    kinds = _kinds(context)
    renamed = name if name in kinds else catalog.aliases().get(name, name)
    if renamed in kinds:
        return MapEntry(kinds[renamed], renamed)
    if catalog.checklist(name):
        return MapEntry("checklist", name)
    from mlcoach.services.papers.paper_catalog import paper_catalog

    bare = name.removeprefix("paper:")
    paper = paper_id(bare) or bare
    return MapEntry("paper", paper) if paper in paper_catalog(context) else None


def _hint(context: "Context", name: str) -> str:
    """Return how to go on with what is not a part of the map but near to one, or ""."""
    from mlcoach.services.curriculum.files import left_out
    from mlcoach.services.papers.paper_catalog import paper_catalog

    if file := left_out(context, name):
        return f"it would come from {file.name}, which has errors: `mlcoach curriculum check` shows them"
    if inside := [f"`{subject}`" for subject in context.catalog.subjects() if subject.startswith(f"{name}.")]:
        return f"say which of its subjects: {', '.join(inside)}"
    unit, slash, _ = name.partition("/")
    if slash and unit in context.catalog.units:
        return f"a card or exercise is shown by `mlcoach review`; its unit: `mlcoach curriculum show {unit}`"
    paper = paper_id(name.removeprefix("paper:"))
    if paper and context.store.paper(paper):
        return f"it is in your queue: `mlcoach paper show {short_id(paper)}`"
    if paper:
        return "the papers of the map are in `mlcoach curriculum show papers.classics`"
    words = slug(name)
    titled = [paper for paper in paper_catalog(context).values() if words and slug(paper.title).startswith(words)]
    if len(titled) == 1:
        return f"did you mean the paper `{titled[0].id}`, {titled[0].title}?"
    return ""
