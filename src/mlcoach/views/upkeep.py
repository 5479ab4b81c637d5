"""What the screens of undo, config, init, doctor, backup and restore show."""

from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from mlcoach.views.habit import FinishView


class RevertedView(NamedTuple):
    """One entry of the journal that was taken back or brought again; `text` says it in words."""

    id: str
    kind: str
    date: date
    text: str


class UndoView(NamedTuple):
    """A command that was taken back, or brought again by redo; all fields are empty when there was none."""

    command: str | None
    at: datetime | None
    reverted: tuple[RevertedView, ...]
    summary: str


class UndoStepView(NamedTuple):
    """A command that can be taken back; `n` is what `undo N` takes."""

    n: int
    command: str
    at: datetime
    summary: str


class StepsView(NamedTuple):
    """The newest commands that can be taken back, and today, to say when they were."""

    steps: tuple[UndoStepView, ...]
    today: date


class SettingView(NamedTuple):
    """One key of the settings. `chosen` says whether the value in force is the learner's own.

    `name` is the key once more, as scripts of earlier releases read it.
    """

    key: str
    name: str
    value: Any
    default: Any
    chosen: bool
    unit: str
    meaning: str


class SettingsView(NamedTuple):
    """The settings in force, and the file they are in."""

    file: str
    settings: tuple[SettingView, ...]
    every: bool


class SettingChangedView(NamedTuple):
    """A setting that was changed, from `before` to `after`; `note` says from when on it counts."""

    name: str
    before: Any
    after: Any
    changed: bool
    note: str = ""


class SettingsEditedView(NamedTuple):
    """The settings file after it was edited as a whole."""

    file: str
    changed: bool


class PlaceView(NamedTuple):
    """A folder or file of the program; `exists` says whether it is there yet."""

    name: str
    path: str
    exists: bool


class PlacesView(NamedTuple):
    """Where everything is."""

    places: tuple[PlaceView, ...]


class ChoiceView(NamedTuple):
    """A path to choose; `hours` of all its units, `granted` those that it takes as known, which `after` teaches.

    `goal` says where it leads, `audience` for whom it is.
    """

    id: str
    title: str
    hours: float
    granted: float = 0.0
    after: str = ""
    goal: str = ""
    audience: str = ""


class InitView(NamedTuple):
    """What init has set up. `minutes` by weekday, Monday first; `skipped` units are marked as known.

    On `hinted` ones something said bears, which placement will ask about. `hours_left` of the path, and its end, are
    those at these minutes, counted `factor` times the authors'. The titles are those of the skipped and of the hinted
    units, in their order. `by` is the day of a goal that was set with it, `hours_there` those of units until then.
    """

    path: str
    path_title: str
    minutes: tuple[int, ...]
    floor: int
    slot: str
    cue: str
    skipped: tuple[str, ...]
    file: str
    changed: bool
    hinted: tuple[str, ...] = ()
    hours_left: float = 0.0
    finish: FinishView | None = None
    skipped_titles: tuple[str, ...] = ()
    hinted_titles: tuple[str, ...] = ()
    factor: float = 1.0
    by: date | None = None
    hours_there: float = 0.0


class CheckView(NamedTuple):
    """One finding of doctor. `level` is good, advice or bad; only bad is not `ok`."""

    name: str
    ok: bool
    detail: str
    level: Literal["good", "advice", "bad"] = "good"
    more: tuple[str, ...] = ()


class DoctorView(NamedTuple):
    """The health of everything. `exit_code` is 0, 4 (only curriculum or config is broken) or 5 (the store).

    `rebuilt` rows were folded again and `set_aside` entries set aside before, None where that was not asked.
    """

    ok: bool
    checks: tuple[CheckView, ...]
    exit_code: int
    rebuilt: int | None = None
    set_aside: int | None = None


class BackupView(NamedTuple):
    """A copy of the database and what it holds. `last_day` is its newest study day (None for an empty one)."""

    name: str
    path: str
    taken: datetime
    entries: int
    last_day: date | None
    minutes: int
    readable: bool


class BackupsView(NamedTuple):
    """All copies, the newest first."""

    folder: str
    backups: tuple[BackupView, ...]


class BackupMadeView(NamedTuple):
    """The copy that was made; `path` is None when there was nothing to copy."""

    path: str | None


class RestoredView(NamedTuple):
    """A backup that is the database now. `replaced` is the copy of what was there before (None for nothing)."""

    backup: BackupView
    replaced: str | None
    replaced_name: str | None
