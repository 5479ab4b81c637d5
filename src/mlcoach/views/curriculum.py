"""What the screens of `mlcoach curriculum` show. Hours are of study, minutes were spent, ids are full."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from mlcoach.domain.curriculum import ExerciseKind, FieldEntry, Lane, PaperSuggestion, Reading
from mlcoach.domain.day.unit_status import UnitStanding
from mlcoach.views.work.checklists import ChecklistLineView, TickedChecklistView

MapKind = Literal["unit", "subject", "path"]


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
    """One path of the list; `current` when it is the learner's.

    `granted` are the hours that it takes as known, which the path `after` teaches.
    """

    id: str
    title: str
    units: int
    hours: float
    done: int
    current: bool
    granted: float = 0.0
    after: str = ""


class ListView(NamedTuple):
    """All subjects in map order, the paths, and the checklists: as (id, title), and with what is ticked."""

    subjects: tuple[SubjectLineView, ...]
    paths: tuple[PathLineView, ...]
    checklists: tuple[tuple[str, str], ...] = ()
    ticked: tuple[ChecklistLineView, ...] = ()


class RequirementView(NamedTuple):
    """A unit that another one builds on, why, and its status. `share` is how much of it is enough, 1 for all.

    `granted`: the learner's path takes it as known, so it locks nothing although it is not done.
    """

    unit: str
    why: str
    title: str
    status: UnitStanding
    share: float = 1.0
    granted: bool = False


class UnitLineView(NamedTuple):
    """One unit of a subject or path. `status` is locked, ready, learning, passed, mastered, rusty or skipped."""

    id: str
    title: str
    status: UnitStanding
    hours: float
    lane: Lane
    core: bool


class ExerciseLineView(NamedTuple):
    """An exercise by its title; `minutes` is the author's estimate."""

    item: str
    title: str
    kind: ExerciseKind
    minutes: int
    stage: str = ""
    checked: bool = False  # whether it checks itself: `practice` asks it


class StepLineView(NamedTuple):
    """A step of a unit by its title, with the minutes its author thought of, and whether it is behind the learner."""

    id: str
    title: str
    at: str
    minutes: int
    done: bool


class PretestView(NamedTuple):
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
    `origin` leads from keys of the file to the names of files. `covered` is 1 once it is passed, else 0; `retained` the
    share of it that would be recalled today. `pace` is how many of the learner's minutes the plan counts for each of
    the authors'.
    """

    id: str
    title: str
    status: UnitStanding
    hours: float
    lane: Lane
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
    questions: tuple[PretestView, ...]
    recall: str
    items: tuple[str, ...]
    cards: int
    exercises: tuple[ExerciseLineView, ...]
    met: int
    relearned: int
    papers: tuple[PaperSuggestion, ...]
    origin: Mapping[str, str]
    steps: tuple[StepLineView, ...] = ()
    covered: float = 0.0
    retained: float = 0.0
    pace: float = 1.0
    running: bool = False  # the timer runs on it


class ShownUnitView(NamedTuple):
    """One unit."""

    unit: UnitView


class SubjectView(NamedTuple):
    """A subject, whole. `files` are those it is made of: the bundled one, then the learner's overlays.

    `field` are the groups, people, venues and news sources it tells of. `namesake` is what to type for a path of
    the same id, "" when there is none. `covered` and `retained` are shares of its hours.
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
    covered: float = 0.0
    retained: float = 0.0


class ShownSubjectView(NamedTuple):
    """One subject."""

    subject: SubjectView


class PathView(NamedTuple):
    """A path, whole. `hours_left` are those of the units not done yet; `known` units it takes as known.

    `name` is what to type for it: `path:cv` where a subject has the same id. `covered` and `retained` are shares of its
    hours.
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
    covered: float = 0.0
    retained: float = 0.0


class ShownPathView(NamedTuple):
    """One path."""

    path: PathView


class KnownUnitView(NamedTuple):
    """A unit that is covered. `retained` is the share of it that would be recalled today, `met` its cards answered."""

    id: str
    title: str
    status: UnitStanding
    hours: float
    retained: float
    cards: int
    met: int


class KnownSubjectView(NamedTuple):
    """A subject of which something is covered; `covered` and `retained` are shares of the hours of all its units."""

    id: str
    title: str
    units: tuple[KnownUnitView, ...]
    covered: float
    retained: float


class KnownView(NamedTuple):
    """What the learner knows, subject by subject. `strongest` and `weakest` are ids of units with answers, in order.

    `covered` and `retained` are shares of the hours of what `of` names: the learner's path, another one, a subject.
    """

    of: str
    title: str
    covered: float
    retained: float
    subjects: tuple[KnownSubjectView, ...]
    strongest: tuple[str, ...]
    weakest: tuple[str, ...]


class ShownKnownView(NamedTuple):
    """What the learner knows."""

    known: KnownView


class ShownChecklistView(NamedTuple):
    """One checklist, with its ticks."""

    checklist: TickedChecklistView


class MapRowView(NamedTuple):
    """One unit in a tree, which hangs `depth` levels below the unit `parent` ("" for a root).

    `why` is the reason of that edge; `waits_for` are the prerequisites that lock the unit. A unit that appears
    again is `repeated`: what hangs below it is shown where it appeared first. `covered` is 1 once it is passed, else 0;
    `retained` the share of it that would be recalled today. `place` is its place on the path or in the subject, from 1;
    0 on the map of a unit.
    """

    id: str
    title: str
    status: UnitStanding
    hours: float
    depth: int
    parent: str
    why: str
    waits_for: tuple[RequirementView, ...]
    repeated: bool
    covered: float = 0.0
    retained: float = 0.0
    place: int = 0


class MapGroupView(NamedTuple):
    """One tree of the map: a track, a subject, or what a unit needs (`needs`) and opens (`opens`).

    `covered` and `retained` are shares of the hours of its units.
    """

    name: str
    units: tuple[MapRowView, ...]
    covered: float = 0.0
    retained: float = 0.0


class MapView(NamedTuple):
    """The prerequisites of a path, a subject or a unit. `further` counts what opens behind the units shown.

    `covered` and `retained` are shares of the hours of the path or subject, or those of the unit itself. `name` is what
    to type for it: `path:cv` where a subject has the id of the path.
    """

    kind: MapKind
    id: str
    title: str
    groups: tuple[MapGroupView, ...]
    hours: float
    hours_left: float
    further: int = 0
    covered: float = 0.0
    retained: float = 0.0
    name: str = ""
