"""The map: subjects, units and what is in them, and the graph of prerequisites.

The values here are NamedTuples, not dataclasses: `mlcoach today` defines them at every start, and a frozen
dataclass costs about seven times as much to define.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from mlcoach.domain.practice.code import CodeTask
    from mlcoach.domain.practice.variants import Vary

Lane = Literal["concept", "build"]
ItemKind = Literal["card", "exercise"]
CardForm = Literal["question", "code", "cloze", "numeric"]
ExerciseKind = Literal["code", "paper", "explain", "quiz", "problem", "project"]
Stage = Literal["worked", "completion", "solve"]
FieldKind = Literal["group", "person", "venue", "news"]

LANES: tuple[Lane, ...] = ("concept", "build")
LONGEST_DRILL = 5  # minutes; what takes longer is an exercise like others
TRACKS = (
    "start", "math", "prog", "ml", "dl", "papers", "eng", "career",
    "cv", "nlp", "audio", "rl", "gen", "automl",
)  # fmt: skip
# Kinds of resources that are not study material but the people and places of the field.
FIELD_KINDS: tuple[FieldKind, ...] = ("group", "person", "venue", "news")
DECKS = "anki"  # subjects made of decks from Anki are `anki.NAME`
FROM_PAPERS = "papers.own"  # the subject of cards from papers
MOST_ASKED_BEFORE = 4  # questions before a unit: a minute each, within the five of that step
StepKind = Literal["before", "study", "reading", "exercise", "recall"]


def is_deck(id: str) -> bool:
    """Return whether a subject or unit only holds cards, from Anki or from papers: it counts as passed from the import.

    Nobody passed it, so it is not progress, and its hours are not an estimate.
    """
    return f"{id}.".startswith((f"{DECKS}.", f"{FROM_PAPERS}."))


class Requirement(NamedTuple):
    """An edge of the map: this unit first, and why. `share` is how much of it is enough, 1 for all of it."""

    unit: str
    why: str = ""
    share: float = 1.0


class Unit(NamedTuple):
    """What planning needs to know of a unit. Its texts are in `UnitText`, loaded when they are shown.

    A unit of `doing` is made or done, not known: a project, a search for work, a machine set up.
    """

    id: str
    title: str
    subject: str
    track: str
    lane: Lane
    core: bool
    hours: float
    requires: tuple[Requirement, ...] = ()
    opens_with: str = ""  # the first thing to open, one line: `Strang, "Linear Algebra", ch. 5`
    first_exercise: str = ""  # title of the first exercise, or ""
    doing: bool = False


class Reading(NamedTuple):
    """A place in a resource. A closed resource is listed with what replaces it in `instead`.

    `id` is that of its step within the unit, `minutes` what its author thought of, 0 where nothing was said.
    """

    resource: str
    title: str
    by: str = ""
    at: str = ""
    kind: str = ""
    cost: str = ""
    url: str = ""
    core: bool = False
    instead: str = ""
    id: str = ""
    minutes: int = 0


class Card(NamedTuple):
    """One fact to recall. `form` is question, code, cloze or numeric.

    For a cloze card `question` holds the text with its {{hidden}} parts and `answer` is empty.
    A numeric card is right within `tolerance` (absolute) of `number`. With `accept_text` a short answer is typed. With
    `vary` its numbers are drawn; the other fields are then the card with its numbers frozen, if it has one.
    A question before a unit without `placement` says nothing of what is known: everyday arithmetic answers it.
    """

    id: str
    unit: str
    form: CardForm
    question: str
    answer: str = ""
    number: float | None = None
    tolerance: float = 0.0
    code: str = ""
    language: str = ""
    reverse: bool = False
    accept_text: tuple[str, ...] = ()
    vary: "Vary | None" = None
    placement: bool = True


class Exercise(NamedTuple):
    """Something to redo. `minutes` is the author's estimate; hints are opened one at a time.

    With `vary` its numbers are drawn, with `code` its tests run. A drill is neither a step of its unit nor needed to
    pass it. `pattern` names the idea that solves it (two pointers): told afterwards, never before.
    """

    id: str
    unit: str
    title: str
    kind: ExerciseKind
    stage: Stage
    minutes: int
    prompt: str
    hints: tuple[str, ...] = ()
    check: str = ""
    test: str = ""
    solution: str = ""
    vary: "Vary | None" = None
    drill: bool = False
    code: "CodeTask | None" = None
    pattern: str = ""


class Step(NamedTuple):
    """A piece of a unit that is begun and finished. `minutes` is an estimate; `at` and `url` say what to open."""

    id: str  # UNIT/NAME, for ever: math.la.eigen/3b1b-eigen; UNIT/before, UNIT/study and UNIT/recall
    unit: str
    kind: StepKind
    title: str  # of the resource or the exercise
    minutes: int  # at least 1
    at: str = ""  # section of the resource
    url: str = ""
    stage: str = ""  # of an exercise: worked, completion, solve


class ItemHead(NamedTuple):
    """A card or exercise without its text: what queues and plans need."""

    id: str
    unit: str
    kind: ItemKind
    minutes: float  # estimate for one repetition
    title: str = ""


class PaperSuggestion(NamedTuple):
    """A paper cited by a unit."""

    id: str
    title: str
    why: str = ""
    passes: int = 1


class UnitText(NamedTuple):
    """Everything of a unit that is only read, never planned with.

    `pretest` are all questions whose answers show what is known already; the first of them are `asked_before` the unit.
    """

    why: str = ""
    assumes: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    read: tuple[Reading, ...] = ()
    recall: str = ""
    pretest: tuple[Card, ...] = ()
    encompasses: tuple[tuple[str, float], ...] = ()
    papers: tuple[PaperSuggestion, ...] = ()

    @property
    def asked_before(self) -> tuple[Card, ...]:
        return self.pretest[:MOST_ASKED_BEFORE]


class Subject(NamedTuple):
    """One file of the map."""

    id: str
    title: str
    track: str
    summary: str = ""
    assumes: tuple[str, ...] = ()
    survey: tuple[str, ...] = ()


class FieldEntry(NamedTuple):
    """A group, person, venue or news source. What closed or was renamed says so in `note` and `instead`."""

    kind: FieldKind
    title: str
    by: str = ""
    note: str = ""
    url: str = ""
    closed: bool = False
    instead: str = ""


class Paper(NamedTuple):
    """A paper of the bundled lists. `id` is `arxiv:…`, `doi:…` or a slug."""

    id: str
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    why: str = ""
    passes: int = 1
    core: bool = False
    venue: str = ""
    units: tuple[str, ...] = ()
    subject: str = ""


class Path(NamedTuple):
    """An ordered goal over units. Those in `known` lock nothing on it; those in `first` come before lanes count."""

    id: str
    title: str
    goal: str = ""
    audience: str = ""
    units: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


class Granted(NamedTuple):
    """What a path takes as known: hours of study, and the path that teaches all of it, "" for none."""

    hours: float = 0.0
    path: str = ""


def taken_as_known(path: Path, paths: Iterable[Path], hours: Mapping[str, float]) -> Granted:
    """Return what comes before a path: a short one that begins behind another is not the easier one of the two."""
    needed = {unit for unit in path.known if unit in hours}
    teaching = [other for other in paths if needed and other.id != path.id and needed <= set(other.units)]
    shortest = min(teaching, key=lambda other: sum(hours.get(unit, 0.0) for unit in other.units), default=None)
    return Granted(sum(hours[unit] for unit in needed), shortest.id if shortest else "")


class ChecklistItem(NamedTuple):
    """One line to tick. `was` are ids that it had before."""

    id: str
    text: str
    group: str = ""
    why: str = ""
    was: tuple[str, ...] = ()


class Checklist(NamedTuple):
    """Steps walked through and ticked. `was` are ids that it had before."""

    id: str
    title: str
    items: tuple[ChecklistItem, ...] = ()
    was: tuple[str, ...] = ()


class RoleTool(NamedTuple):
    """A skill of a role: the words by which adverts call it, and the units that teach it."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


class Role(NamedTuple):
    """A role that employers look for: what it does all day, and the skills it needs, the most asked for first."""

    id: str
    title: str
    tasks: tuple[str, ...] = ()
    tools: tuple[RoleTool, ...] = ()


def unit_of(item: str) -> str:
    """Return the unit of an item id: `math.la.eigen/eig-def` -> `math.la.eigen`."""
    return item.partition("/")[0]


def unlocked_by(units: Mapping[str, Unit]) -> dict[str, list[str]]:
    """Return for each unit those that name it as a prerequisite, in map order."""
    followers: dict[str, list[str]] = {id: [] for id in units}
    for unit in units.values():
        for requirement in unit.requires:
            if requirement.unit in followers:
                followers[requirement.unit].append(unit.id)
    return followers


def reachable(start: str, edges: Mapping[str, Iterable[str]]) -> set[str]:
    """Return all nodes that the edges lead to from one, without it."""
    found: set[str] = set()
    waiting = list(edges[start])
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += edges[node]
    return found


def find_cycle(edges: Mapping[str, Iterable[str]]) -> list[str]:
    """Return one prerequisite cycle as `[a, b, …, a]`, or an empty list when there is none."""
    from graphlib import CycleError, TopologicalSorter

    sorter = TopologicalSorter({node: list(before) for node, before in edges.items()})
    try:
        sorter.prepare()
    except CycleError as error:
        # graphlib lists a cycle in the order "is required by"; people read it as "requires".
        cycle: list[str] = list(error.args[1])
        return cycle[::-1]
    return []
