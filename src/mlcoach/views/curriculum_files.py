"""What `check`, `fix`, `diff`, `path`, `new` and `edit` show of curriculum files."""

from typing import Literal, NamedTuple


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


class CheckCountsView(NamedTuple):
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
    counts: CheckCountsView
    links: LinksView | None = None


class RenewedView(NamedTuple):
    """How many links got today's date as `checked`, and in which files."""

    links: int
    files: tuple[str, ...]


class FixedFileView(NamedTuple):
    """A file that `fix` wrote to: the items and readings that got an id, and the units whose mark was written."""

    file: str
    items: tuple[str, ...]
    marks: tuple[str, ...]


class FixView(NamedTuple):
    """All files that `fix` wrote to, and those it could not read."""

    files: tuple[FixedFileView, ...]
    broken: tuple[str, ...]


class UnitDifferenceView(NamedTuple):
    """What an overlay changes of one unit, and the parts that changed upstream (None: no mark to tell by).

    `unit` is "" when it is no longer in the bundle, `renamed` when it has another name; a unit of the learner's `own`
    has no upstream.
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

    With errors the file is left out until they are repaired; those of other files are what this one newly breaks.
    """

    subject: str
    file: str
    action: Literal["saved", "removed", "unchanged"]
    overlay: bool
    errors: tuple[ProblemView, ...] = ()
    warnings: tuple[ProblemView, ...] = ()
