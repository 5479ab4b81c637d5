"""What the screens of `mlcoach curriculum` show. Hours are of study, minutes were spent, ids are full."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from mlcoach.domain.curriculum import Checklist, FieldEntry, PaperSuggestion, Reading


class SubjectLineView(NamedTuple):
    """One subject of the list. `passed` counts units once passed (`mastered` ones too), `skipped` the others done."""

    id: str
    title: str
    track: str
    units: int
    hours: float
    mastered: int
    passed: int
    skipped: int


class PathLineView(NamedTuple):
    """One path of the list; `current` when it is the learner's."""

    id: str
    title: str
    units: int
    hours: float
    done: int
    current: bool


class ListView(NamedTuple):
    """All subjects in map order, the paths, and the checklists as (id, title)."""

    subjects: tuple[SubjectLineView, ...]
    paths: tuple[PathLineView, ...]
    checklists: tuple[tuple[str, str], ...] = ()


class RequirementView(NamedTuple):
    """A unit that another one builds on, why, and where it stands."""

    unit: str
    why: str
    title: str
    status: str


class UnitLineView(NamedTuple):
    """One unit of a subject or path. `status` is locked, ready, learning, passed, mastered, rusty or skipped."""

    id: str
    title: str
    status: str
    hours: float
    lane: str
    core: bool


class ExerciseLineView(NamedTuple):
    """An exercise by its title; `minutes` is the author's estimate."""

    item: str
    title: str
    kind: str
    minutes: int


class QuestionView(NamedTuple):
    """A question; a cloze text shows `[…]` for what is hidden. `answer` is "" unless it was asked for."""

    question: str
    code: str
    language: str
    answer: str = ""


class UnitView(NamedTuple):
    """A unit, whole. `minutes` were spent on it, `since` is the day it was begun, passed or skipped.

    `locked_by` are the ids of the prerequisites still missing (also of a unit begun all the same), `unlocks` those
    of the units that name it, which `opens` tells of. `met` counts items answered at least once, `relearned` those
    recalled on two study days, the later one after passing. `pretest` is the number of `questions` asked before it.
    `origin` leads from keys of the file to the names of files.
    """

    id: str
    title: str
    status: str
    hours: float
    lane: str
    core: bool
    subject: str
    subject_title: str
    track: str
    minutes: int
    since: date | None
    why: str
    assumes: tuple[str, ...]
    requires: tuple[RequirementView, ...]
    locked_by: tuple[str, ...]
    unlocks: tuple[str, ...]
    opens: tuple[UnitLineView, ...]
    objectives: tuple[str, ...]
    read: tuple[Reading, ...]
    pretest: int
    questions: tuple[QuestionView, ...]
    recall: str
    items: tuple[str, ...]
    cards: int
    exercises: tuple[ExerciseLineView, ...]
    met: int
    relearned: int
    papers: tuple[PaperSuggestion, ...]
    origin: Mapping[str, str]


class ShownUnitView(NamedTuple):
    """One unit."""

    unit: UnitView


class SubjectView(NamedTuple):
    """A subject, whole. `files` are those it is made of: the bundled one, then the learner's overlays.

    `field` are the groups, people, venues and news sources it tells of. `namesake` is what to type for a path of
    the same id, "" when there is none.
    """

    id: str
    title: str
    track: str
    summary: str
    assumes: tuple[str, ...]
    survey: tuple[str, ...]
    hours: float
    cards: int
    exercises: int
    units: tuple[UnitLineView, ...]
    field: tuple[FieldEntry, ...]
    files: tuple[str, ...]
    namesake: str


class ShownSubjectView(NamedTuple):
    """One subject."""

    subject: SubjectView


class PathView(NamedTuple):
    """A path, whole. `hours_left` are those of the units not done yet; `known` units it takes as known.

    `name` is what to type for it: `path:cv` where a subject has the same id.
    """

    id: str
    name: str
    title: str
    goal: str
    audience: str
    hours: float
    hours_left: float
    current: bool
    units: tuple[UnitLineView, ...]
    known: tuple[UnitLineView, ...]


class ShownPathView(NamedTuple):
    """One path."""

    path: PathView


class ShownChecklistView(NamedTuple):
    """One checklist."""

    checklist: Checklist


class MapRowView(NamedTuple):
    """One unit in a tree, which hangs `depth` levels below the unit `parent` ("" for a root).

    `why` is the reason of that edge; `waits_for` are the prerequisites that lock the unit. A unit that appears
    again is `repeated`: what hangs below it stands where it appeared first.
    """

    id: str
    title: str
    status: str
    hours: float
    depth: int
    parent: str
    why: str
    waits_for: tuple[RequirementView, ...]
    repeated: bool


class MapGroupView(NamedTuple):
    """One tree of the map: a track, a subject, or what a unit needs (`needs`) and opens (`opens`)."""

    name: str
    units: tuple[MapRowView, ...]


class MapView(NamedTuple):
    """The prerequisites of a path, a subject or a unit. `further` counts what opens behind the units shown."""

    kind: str
    id: str
    title: str
    groups: tuple[MapGroupView, ...]
    hours: float
    hours_left: float
    further: int = 0


class ProblemView(NamedTuple):
    """One finding of `check`; line and column count from 1."""

    file: str
    line: int
    column: int
    code: str
    message: str
    hint: str
    length: int
    source_line: str


class CountsView(NamedTuple):
    """What `check` has looked at."""

    files: int
    subjects: int
    units: int
    cards: int
    exercises: int
    papers: int


class LinksView(NamedTuple):
    """How many links were asked, and what came of them. `renewable` work and may have their `checked` renewed."""

    total: int
    fine: int
    moved: int
    dead: int
    unsure: int
    renewable: int


class CheckReportView(NamedTuple):
    """All problems, by file and line; `links` only where those were tested."""

    errors: tuple[ProblemView, ...]
    warnings: tuple[ProblemView, ...]
    counts: CountsView
    links: LinksView | None = None


class RenewedView(NamedTuple):
    """How many links got today's date as `checked`, and in which files."""

    links: int
    files: tuple[str, ...]


class FixedFileView(NamedTuple):
    """A file that `fix` wrote to: the items that got an id, and the units whose mark was written."""

    file: str
    items: tuple[str, ...]
    marks: tuple[str, ...]


class FixView(NamedTuple):
    """All files that `fix` wrote to, and those it could not read."""

    files: tuple[FixedFileView, ...]
    broken: tuple[str, ...]


class UnitDifferenceView(NamedTuple):
    """What an overlay changes of one unit, and the parts that changed upstream (None: no mark to tell by).

    `unit` is "" when the bundle has it no more, `renamed` when it has another name; a unit of the learner's `own` has
    no upstream.
    """

    name: str
    unit: str
    title: str
    yours: tuple[str, ...]
    upstream: tuple[str, ...] | None
    renamed: bool
    own: bool


class OverlayDifferenceView(NamedTuple):
    """An overlay and what it changes."""

    file: str
    subject: str
    units: tuple[UnitDifferenceView, ...]
    own_units: tuple[str, ...]
    resources: tuple[str, ...]


class DiffView(NamedTuple):
    """The overlays of `subject`, or all where it is "". `seen`: their marks were renewed; `broken`: not compared."""

    subject: str
    overlays: tuple[OverlayDifferenceView, ...]
    seen: bool
    broken: tuple[str, ...]


class FoldersView(NamedTuple):
    """Where the files are: the folders (bundled, own), or the files of one subject."""

    subject: str
    bundled: str
    own: str
    own_exists: bool
    files: tuple[str, ...]


class NewFileView(NamedTuple):
    """A file that was made. `over` is the subject an overlay changes, "" for a subject of its own."""

    subject: str
    file: str
    title: str
    track: str
    over: str
    first_unit: str


class EditedView(NamedTuple):
    """What came of an edit. `action` is saved, removed or unchanged.

    With errors the file is left out until they are mended; those of other files are what this one newly breaks.
    """

    subject: str
    file: str
    action: str
    overlay: bool
    errors: tuple[ProblemView, ...] = ()
    warnings: tuple[ProblemView, ...] = ()
