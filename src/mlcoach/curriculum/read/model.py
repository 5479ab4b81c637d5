"""The file format as pydantic models: what may be in a curriculum file, with a description of every key.

Checks that need more than one key, or more than one file, are in `texts`, `merge` and `check`.
"""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from mlcoach.curriculum.read.code import CodeTable
from mlcoach.curriculum.read.list_tables import ChecklistTable, RuleTable
from mlcoach.curriculum.read.roles import RoleTable
from mlcoach.curriculum.read.table import Line, Link, Name, SubjectId, Table, Text
from mlcoach.curriculum.read.varied import VaryTable
from mlcoach.domain.curriculum import FIELD_KINDS, TRACKS, ExerciseKind, Lane, Stage

SCHEMA_VERSION = 1
SHORTEST_UNIT, LONGEST_UNIT = 2, 25  # hours
# Far above what is written by hand; they keep a file of nonsense from taking minutes to refuse.
MOST_UNITS, MOST_ITEMS = 1_000, 20_000

Hours = Annotated[float, Field(ge=SHORTEST_UNIT, le=LONGEST_UNIT)]
Minutes = Annotated[int, Field(ge=1, le=1440)]
Passes = Annotated[int, Field(ge=1, le=3)]
Share = Annotated[float, Field(ge=0, le=1)]
# Year and month, then a number: of four digits from April 2007 on, of five from January 2015 on.
Arxiv = Annotated[
    str,
    StringConstraints(
        pattern=r"^((0[7-9]|1[0-4])(0[1-9]|1[0-2])\.\d{4}|(1[5-9]|[2-9]\d)(0[1-9]|1[0-2])\.\d{5}"
        r"|[a-z-]+(\.[A-Z]{2})?/\d{2}(0[1-9]|1[0-2])\d{3})$",
        max_length=100,
    ),
]
Doi = Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/[^\s]+$", max_length=300)]
if TYPE_CHECKING:
    Track = str
    ResourceKind = str
else:
    Track = Literal[TRACKS]
    ResourceKind = Literal["book", "course", "video", "site", "paper", "tool", "practice", *FIELD_KINDS]
Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+#_.-]+$", max_length=40)]

DOING = "true: made or done, not known; placement never infers it. Units of the career track are without it"
STAGES = "worked: study a solution; completion: fill the gaps; solve: alone"
PATTERN = "The idea that solves it, such as `two pointers`: told once it is solved, never before"


class ResourceKeys(Table):
    """What is known of a resource besides its title."""

    by: Line | None = Field(default=None, description="Author, teacher or publisher")
    kind: ResourceKind | None = Field(
        default=None, description="What it is; a group, person, venue or news source is part of the field itself"
    )
    cost: Literal["free", "audit", "paid", "login"] | None = Field(
        default=None, description="free, audit (free to follow), paid, or login (free with an account)"
    )
    level: Literal["intro", "intermediate", "advanced"] | None = Field(default=None, description="How much it expects")
    url: Link | None = Field(default=None, description="Where it is, starting with https://")
    hours: float | None = Field(default=None, gt=0, description="Hours for the whole of it")
    note: Text | None = Field(default=None, description="What it is, or what became of it, in a sentence or two")
    checked: date | None = Field(
        default=None, description="The day its name, cost and link were last held against a source, as 2026-08-01"
    )
    source: Text | None = Field(
        default=None, description="Where the recommendation comes from; for authors, never shown"
    )
    status: Literal["open", "closed", "dropped"] | None = Field(
        default=None, description="closed: gone, its alternatives are shown; dropped: left out of all lists"
    )
    alternatives: list[Name] = Field(default=[], description="Keys of resources that can stand in for it")


class Resource(ResourceKeys):
    """Something to read, watch or use; cited by units as `{ in = "KEY", at = "place" }`."""

    title: Line = Field(description="Title of the book, course, video or site")


class ResourceChange(ResourceKeys):
    """A resource in an overlay: a new one, or the keys that differ of one that exists."""

    title: Line | None = Field(default=None, description="Title; a new resource needs one")


class RequirementTable(Table):
    """A prerequisite with its reason."""

    unit: SubjectId = Field(description="The unit needed first: bare id in the same subject, else full id")
    why: Line | None = Field(default=None, description="What of it is needed; the lock message says it")
    share: float = Field(default=1.0, gt=0, le=1, description="How much of its steps is enough, 0.5 for half")


def as_requirement(value: Any) -> Any:
    """Read the short form of a prerequisite, a bare id, as a table."""
    return {"unit": value} if isinstance(value, str) else value


# In the file an edge may be a bare string; `schema` describes both forms.
Edge = Annotated[RequirementTable, BeforeValidator(as_requirement)]


class ReadTable(Table):
    """A place in a resource."""

    in_: Name = Field(alias="in", description="Key of the resource, from [resources.KEY]")
    at: Line | None = Field(default=None, description="The chapter, lecture or section to read")
    core: bool = Field(default=False, description="true: a step of the unit; the others are offered beside it")
    id: Name | None = Field(default=None, description="Id within the unit, for ever: what is ticked hangs on it")
    minutes: Minutes | None = Field(default=None, description="Honest estimate; else a share of the unit's hours")
    was: list[str] = Field(default=[], description="Earlier ids of this reading; what was ticked under them stays")


class CardChange(Table):
    """The keys of a card; in an overlay those that differ."""

    q: Text | None = Field(default=None, description="The question")
    a: Text | None = Field(default=None, description="The answer; best below 240 characters")
    cloze: Text | None = Field(default=None, description="A sentence with its hidden parts in {{double braces}}")
    numeric: Text | None = Field(default=None, description="A question whose answer is a number")
    answer: float | None = Field(default=None, description="The number that answers `numeric`")
    tolerance: float | None = Field(default=None, ge=0, description="How far off `answer` may be, absolute; 0 is exact")
    code: Text | None = Field(default=None, description="Code shown with the question")
    language: Language | None = Field(default=None, description="Language of `code`, such as python")
    expects: Text | None = Field(default=None, description="What `code` prints, exactly: the card asks to predict it")
    reverse: bool | None = Field(default=None, description="true: also ask for the question, given the answer")
    one_thought: Line | None = Field(
        default=None, description="Why what looks like two questions is one thought; `check` then lets it pass"
    )
    differs: Line | None = Field(default=None, description="Why it is needed beside a card much like it, for `check`")
    accept_text: list[Line] | None = Field(
        default=None, max_length=20, description="Short answers to `q` that are right when typed; `a` is then shown"
    )
    vary: VaryTable | None = Field(default=None, description="Numbers that vary; the other keys are the frozen card")
    placement: bool | None = Field(default=None, description="false: a pretest that says nothing; placement skips it")


class CardTable(CardChange):
    """One fact to recall: `q` and `a`; `q`, `code` and `expects`; `cloze`; `numeric` and `answer`; or `vary`."""

    id: Name | None = Field(default=None, description="Id within the unit, for ever: progress hangs on it")
    was: list[str] = Field(
        default=[], description="Earlier ids of this card, or in full of one it took in; progress is kept"
    )


class ExerciseChange(Table):
    """The keys of an exercise that an overlay changes."""

    title: Line | None = Field(default=None, description="What it is called in the plan of the day")
    kind: ExerciseKind | None = Field(default=None, description="What sort of work it is")
    stage: Stage | None = Field(default=None, description=STAGES)
    minutes: Minutes | None = Field(default=None, description="Honest estimate for one go")
    prompt: Text | None = Field(default=None, description="The task, with all the data it needs")
    hints: list[Text] | None = Field(default=None, description="Opened one at a time, each a real step")
    check: Text | None = Field(default=None, description="How you know that you are right")
    test: Text | None = Field(
        default=None,
        description="A command that checks the work folder, exit code 0 for right; run only after consent",
    )
    solution: Text | None = Field(default=None, description="The full solution")
    vary: VaryTable | None = Field(default=None, description="Numbers that vary, for an answer that is typed")
    code: CodeTable | None = Field(default=None, description="Other code to write and tests, replacing all of it")
    drill: bool | None = Field(default=None, description="Whether it is neither a step nor needed to pass")
    pattern: Line | None = Field(default=None, description=PATTERN)


class ExerciseTable(Table):
    """Something to do, and to redo when it comes due."""

    id: Name | None = Field(default=None, description="Id within the unit, for ever: progress hangs on it")
    title: Line = Field(description="What it is called in the plan of the day")
    kind: ExerciseKind = Field(default="problem", description="What sort of work it is")
    stage: Stage = Field(default="solve", description=STAGES)
    minutes: Minutes = Field(default=30, description="Honest estimate for one go")
    prompt: Text = Field(description="The task, with all the data it needs")
    hints: list[Text] = Field(default=[], description="Opened one at a time, each a real step")
    check: Text | None = Field(default=None, description="How you know that you are right")
    test: Text | None = Field(
        default=None,
        description="A command that checks the work folder, exit code 0 for right; run only after consent",
    )
    solution: Text | None = Field(default=None, description="The full solution")
    vary: VaryTable | None = Field(default=None, description="Numbers that vary, for an answer that is typed")
    code: CodeTable | None = Field(default=None, description="Code to write, and the tests that check it")
    drill: bool = Field(default=False, description="true: neither a step nor needed to pass; practice draws it")
    pattern: Line | None = Field(default=None, description=PATTERN)
    was: list[str] = Field(default=[], description="Earlier ids of this exercise; progress under them is kept")


class UnitPaper(Table):
    """A research paper that goes with a unit."""

    arxiv: Arxiv = Field(description="arXiv id without version, such as 1706.03762")
    title: Line = Field(description="Title, or the short name it is known by")
    why: Text | None = Field(default=None, description="What it gives you here")
    passes: Passes = Field(default=1, description="How many of the three passes it deserves")


class UnitTable(Table):
    """A piece of a subject: objectives, reading, cards and exercises; 2 to 25 hours."""

    id: Name = Field(description="The last part of the full id, for ever: `eigen` of math.la.eigen")
    title: Line = Field(description="Title")
    requires: list[Edge] = Field(default=[], description="Units needed first")
    encompasses: dict[SubjectId, Share] = Field(
        default={}, description="Units that doing this one also practises, 0 to 1"
    )
    hours: Hours = Field(description="Hours of study, 2 to 25")
    lane: Lane = Field(default="concept", description="concept or build; a day holds one unit of each")
    core: bool = Field(default=False, description="true: part of the core year")
    doing: bool | None = Field(default=None, description=DOING)
    why: Text | None = Field(default=None, description="What it is good for, in a sentence")
    assumes: list[Text] = Field(default=[], description="What it takes for granted")
    objectives: list[Text] = Field(default=[], description="What you can do afterwards; each starts with a verb")
    read: list[ReadTable] = Field(default=[], description="Places in resources, the first choice first")
    recall: Text | None = Field(default=None, description="The closed-book question that ends the unit")
    pretest: list[CardTable] = Field(
        default=[],
        max_length=MOST_ITEMS,
        description="Three to six questions; the first four are asked before the unit, and wrong answers cost nothing",
    )
    card: list[CardTable] = Field(default=[], max_length=MOST_ITEMS, description="Facts to recall")
    exercise: list[ExerciseTable] = Field(
        default=[], max_length=MOST_ITEMS, description="Work, in the order worked, completion, solve"
    )
    paper: list[UnitPaper] = Field(default=[], description="Research papers that go with it")
    was: list[str] = Field(default=[], description="Earlier ids of this unit; progress under them is kept")
    split_from: list[SubjectId] = Field(
        default=[],
        description="Earlier units that this one was a part of; who passed one counts as having passed this one",
    )


class Hide(Table):
    """Ids of items of the unit that you do not want to see; their progress is kept."""

    card: list[Name] = Field(default=[], description="Ids of cards")
    exercise: list[Name] = Field(default=[], description="Ids of exercises")
    pretest: list[Name] = Field(default=[], description="Ids of pretest questions")


class Add(Table):
    """What an overlay appends to the lists of a unit."""

    requires: list[Edge] = Field(default=[], description="More prerequisites")
    assumes: list[Text] = Field(default=[], description="More that is taken for granted")
    objectives: list[Text] = Field(default=[], description="More objectives")
    read: list[ReadTable] = Field(default=[], description="More places to read")
    card: list[CardTable] = Field(default=[], max_length=MOST_ITEMS, description="More cards")
    exercise: list[ExerciseTable] = Field(default=[], max_length=MOST_ITEMS, description="More exercises")
    pretest: list[CardTable] = Field(default=[], max_length=MOST_ITEMS, description="More pretest questions")
    paper: list[UnitPaper] = Field(default=[], description="More papers")


class ReadMatch(Table):
    """Readings with these values, whatever else they say."""

    id: Name | None = Field(default=None, description="Its id")
    in_: Name | None = Field(default=None, alias="in", description="Key of the resource")
    at: Line | None = Field(default=None, description="The exact place")
    core: bool | None = Field(default=None, description="Whether it is the core reading")


class PaperMatch(Table):
    """Papers with these values, whatever else they say."""

    arxiv: Arxiv | None = Field(default=None, description="arXiv id")
    title: Line | None = Field(default=None, description="The exact title")


class Remove(Table):
    """What an overlay takes out of the lists of a unit. Cards and exercises are hidden, not removed."""

    requires: list[Edge] = Field(default=[], description="Prerequisites, by unit")
    assumes: list[Text] = Field(default=[], description="Assumptions, by their exact text")
    objectives: list[Text] = Field(default=[], description="Objectives, by their exact text")
    read: list[ReadMatch] = Field(default=[], description='Readings, by the keys given: [{ in = "strang" }]')
    paper: list[PaperMatch] = Field(default=[], description="Papers, by the keys given")


class Change(Table):
    """What an overlay changes of one unit. Lists replace, unless in `add` or `remove`."""

    title: Line | None = Field(default=None, description="Another title")
    requires: list[Edge] | None = Field(default=None, description="Other prerequisites, replacing all")
    encompasses: dict[SubjectId, Share] = Field(default={}, description="Shares to set, unit by unit")
    hours: Hours | None = Field(default=None, description="Hours of study, 2 to 25")
    lane: Lane | None = Field(default=None, description="concept or build")
    core: bool | None = Field(default=None, description="Whether it is part of the core year")
    doing: bool | None = Field(default=None, description=DOING)
    why: Text | None = Field(default=None, description="Another reason")
    assumes: list[Text] | None = Field(default=None, description="Other assumptions, replacing all")
    objectives: list[Text] | None = Field(default=None, description="Other objectives, replacing all")
    read: list[ReadTable] | None = Field(default=None, description="Other places to read, replacing all")
    recall: Text | None = Field(default=None, description="Another closing question")
    paper: list[UnitPaper] | None = Field(default=None, description="Other papers, replacing all")
    card: dict[Name, CardChange] = Field(default={}, description="Changed cards: [change.UNIT.card.CARD]")
    exercise: dict[Name, ExerciseChange] = Field(default={}, description="Changed exercises: [change.UNIT.exercise.ID]")
    pretest: dict[Name, CardChange] = Field(
        default={}, description="Changed pretest questions: [change.UNIT.pretest.ID]"
    )
    hide: Hide | None = Field(default=None, description="Items not to show")
    add: Add | None = Field(default=None, description="Entries to append to lists")
    remove: Remove | None = Field(default=None, description="Entries to take out of lists")
    base: str | None = Field(
        default=None,
        pattern=r"^sha256:[0-9a-f]{8,64}$",
        description="Mark of the unit this change was written against",
    )


class PaperTable(Table):
    """A paper of the reading lists, with the units it goes with."""

    arxiv: Arxiv | None = Field(default=None, description="arXiv id without version, such as 1706.03762")
    doi: Doi | None = Field(default=None, description="DOI, such as 10.1038/nature14539")
    venue: Line | None = Field(default=None, description="Where it appeared")
    title: Line = Field(description="Title")
    authors: list[Line] = Field(default=[], description="Authors in order")
    year: int | None = Field(default=None, ge=1600, le=2200, description="Year it appeared")
    subject: SubjectId | None = Field(default=None, description="The subject it belongs to, such as cv")
    why: Text | None = Field(default=None, description="What reading it gives you")
    passes: Passes = Field(default=1, description="How many of the three passes it deserves")
    core: bool = Field(default=False, description="true: one of the papers everybody should read")
    units: list[SubjectId] = Field(default=[], description="Full ids of the units it goes with")


class PathTable(Table):
    """An ordered goal over units: `units`, or all units of `tracks`."""

    id: Name = Field(description="Id, as in `mlcoach config set path ID`")
    title: Line = Field(description="Title")
    goal: Text | None = Field(default=None, description="Where it leads")
    for_: Text | None = Field(default=None, alias="for", description="For whom it is")
    units: list[SubjectId] | None = Field(default=None, description="Full ids of units, in order")
    tracks: list[Track] | None = Field(default=None, description="Tracks whose units make the path")
    hours: float | None = Field(default=None, gt=0, description="Hours of all its units; `check` adds them up")
    known: list[SubjectId] = Field(default=[], description="Full ids of units it takes as known: they lock nothing")
    first: list[SubjectId] = Field(
        default=[], description="Full ids of units to finish first, before the days are shared out among the lanes"
    )


class LooseFile(Table):
    """A file that is neither a subject nor an overlay: paths, checklists, papers, roles and rules."""

    schema_: int = Field(alias="schema", description="Version of the format: 1", ge=1, le=SCHEMA_VERSION)
    paper: list[PaperTable] = Field(default=[], description="Papers of the reading lists")
    path: list[PathTable] = Field(default=[], description="Ordered goals over units")
    checklist: list[ChecklistTable] = Field(default=[], description="Steps to tick")
    role: list[RoleTable] = Field(default=[], description="Roles that employers look for")
    rule: list[RuleTable] = Field(default=[], description="Rules that `project lint` holds a repository against")


class SubjectFile(LooseFile):
    """A subject: one file of the map."""

    id: SubjectId = Field(description="Id of the subject, for ever, such as math.la")
    title: Line = Field(description="Title")
    track: Track = Field(description="The track it belongs to")
    summary: Text | None = Field(default=None, description="What it covers, in a sentence or two")
    assumes: list[Text] = Field(default=[], description="What it takes for granted")
    survey: list[Name] = Field(default=[], description="Keys of resources to skim in a one-week survey")
    was: list[str] = Field(default=[], description="Earlier ids of this subject; progress under them is kept")
    extends: bool = Field(default=True, description="false: replaces the bundled subject of this id entirely")
    resources: dict[Name, Resource] = Field(default={}, description="Resources by key")
    unit: list[UnitTable] = Field(default=[], max_length=MOST_UNITS, description="The units in order")


class OverlayFile(LooseFile):
    """Changes to a subject: only what differs."""

    over: SubjectId = Field(description="Id of the subject this file changes, such as math.la")
    title: Line | None = Field(default=None, description="Another title of the subject")
    summary: Text | None = Field(default=None, description="Another summary")
    assumes: list[Text] | None = Field(default=None, description="Other assumptions, replacing all")
    survey: list[Name] | None = Field(default=None, description="Other resources to skim, replacing all")
    resources: dict[Name, ResourceChange] = Field(
        default={}, description="New resources, or keys of old ones that differ"
    )
    change: dict[Name, Change] = Field(default={}, description="Changes of units: [change.UNIT]")
    unit: list[UnitTable] = Field(default=[], max_length=MOST_UNITS, description="New units")
