"""The curriculum between file and map: merged values that still know which key of which file they are."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from mlcoach.curriculum.read import model
from mlcoach.curriculum.read.list_tables import ChecklistTable, RuleTable
from mlcoach.curriculum.read.locate import KeyPath, Spot
from mlcoach.curriculum.read.problems import Problem, Severity
from mlcoach.curriculum.read.roles import RoleTable, RoleToolTable
from mlcoach.curriculum.read.source import MOST_PROBLEMS, KeyLocation, Source
from mlcoach.domain.curriculum import Requirement

T = TypeVar("T")


class Sourced(NamedTuple, Generic[T]):
    """A value and where it is."""

    value: T
    place: KeyLocation


@dataclass
class Item:
    """A card, exercise or pretest question. `changed` is where an overlay changed it last, `runs` what it runs."""

    id: str  # within the unit
    kind: str  # "card", "exercise" or "pretest"
    value: model.CardTable | model.ExerciseTable
    place: KeyLocation
    changed: KeyLocation | None = None
    runs: KeyLocation | None = None
    hidden: bool = False


@dataclass
class MergedUnit:
    """A unit with all overlays applied. Single values are in `value`, lists in lists of their own.

    `places` says where a single value comes from when an overlay set it.
    """

    id: str  # full
    subject: str
    value: model.UnitTable
    place: KeyLocation
    places: dict[str, KeyLocation] = field(default_factory=dict)
    requires: list[Sourced[Requirement]] = field(default_factory=list)
    encompasses: dict[str, Sourced[float]] = field(default_factory=dict)
    assumes: list[Sourced[str]] = field(default_factory=list)
    objectives: list[Sourced[str]] = field(default_factory=list)
    read: list[Sourced[model.ReadTable]] = field(default_factory=list)
    paper: list[Sourced[model.UnitPaper]] = field(default_factory=list)
    readings: dict[str, Sourced[model.ReadTable]] = field(default_factory=dict)  # `read` by id, once all is merged
    items: dict[str, Item] = field(default_factory=dict)
    overlaid: bool = False  # whether an overlay changes it
    same_text: Counter[str] = field(default_factory=Counter)  # of items and readings without an id

    def place_of(self, key: str) -> KeyLocation:
        """Return where a single value of the unit is."""
        return self.places.get(key) or KeyLocation(self.place.source, (*self.place.path, key))


@dataclass
class MergedSubject:
    """A subject with all overlays applied."""

    id: str
    value: model.SubjectFile
    place: KeyLocation
    resources: dict[str, Sourced[model.Resource]] = field(default_factory=dict)
    survey: list[Sourced[str]] = field(default_factory=list)
    units: list[str] = field(default_factory=list)  # full ids, in map order


@dataclass
class MergedCurriculum:
    """Everything together, by full id.

    `aliases` leads from old full ids of units, items and steps to new ones, `splits` from a unit to the old ids of
    those it was a part of.
    """

    sources: list[Source]
    subjects: dict[str, MergedSubject] = field(default_factory=dict)
    units: dict[str, MergedUnit] = field(default_factory=dict)
    papers: dict[str, Sourced[model.PaperTable]] = field(default_factory=dict)
    paths: dict[str, Sourced[model.PathTable]] = field(default_factory=dict)
    checklists: dict[str, Sourced[ChecklistTable]] = field(default_factory=dict)
    rules: dict[str, Sourced[RuleTable]] = field(default_factory=dict)
    roles: dict[str, Sourced[RoleTable]] = field(default_factory=dict)
    role_tools: dict[str, Sourced[RoleToolTable]] = field(default_factory=dict)
    subject_aliases: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    splits: dict[str, list[str]] = field(default_factory=dict)
    replaced: dict[str, tuple[Source, frozenset[str]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    found: Counter[Source] = field(default_factory=Counter)

    def resolve(self, unit: str, subject: str) -> str:
        """Return the full id of a unit named in a subject's file: bare names belong to the subject."""
        full = unit if "." in unit else f"{subject}.{unit}"
        return self.aliases.get(full, full) if full not in self.units else full

    def is_full(self, source: Source) -> bool:
        """Return whether a file has more problems than a person reads; then looking for hints is time lost."""
        return self.found[source] >= MOST_PROBLEMS

    def note(self, code: str, place: KeyLocation, message: str, hint: str = "") -> None:
        """Add an error at a key."""
        self._add(code, place, place.source.locator.key, message, hint, "error")

    def note_value(self, code: str, place: KeyLocation, message: str, hint: str = "") -> None:
        """Add an error at a value."""
        self._add(code, place, place.source.locator.value, message, hint, "error")

    def warn(self, code: str, place: KeyLocation, message: str, hint: str = "") -> None:
        """Add a warning at a value."""
        self._add(code, place, place.source.locator.value, message, hint, "warning")

    def warn_key(self, code: str, place: KeyLocation, message: str, hint: str = "") -> None:
        """Add a warning at a key."""
        self._add(code, place, place.source.locator.key, message, hint, "warning")

    def _add(
        self,
        code: str,
        place: KeyLocation,
        spot: Callable[[KeyPath], Spot],
        message: str,
        hint: str,
        severity: Severity,
    ) -> None:
        self.found[place.source] += 1
        if self.found[place.source] <= MOST_PROBLEMS:
            self.problems.append(place.source.problem(code, spot(place.path), message, hint, severity))
