"""The compiled curriculum, read: what `today` and its like know of the map. On the hot path.

A catalog is a read-only SQLite file in the cache. It is good as long as its stamp agrees with the curriculum
files; else it is compiled again. The units are one small text of JSON, because every plan needs them all;
everything else is read by key, so ten thousand cards cost a plan nothing.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, NamedTuple

from mlcoach import __version__
from mlcoach.curriculum.read.find import list_with_sources
from mlcoach.domain.curriculum import (
    Card,
    Checklist,
    ChecklistItem,
    Exercise,
    FieldEntry,
    ItemHead,
    Paper,
    PaperSuggestion,
    Path,
    Reading,
    Requirement,
    Role,
    RoleTool,
    Step,
    Subject,
    Unit,
    UnitText,
)
from mlcoach.errors import NotFoundError

if TYPE_CHECKING:
    from mlcoach.domain.practice.code import CodeTask
    from mlcoach.domain.practice.variants import Vary
    from mlcoach.domain.work.rules import Rule

# Count up when what `compile` writes changes in a way the values below do not show.
CACHE_VERSION = 9
FILE_NAME = "curriculum.sqlite3"
STORED_VALUES = (
    Card, Checklist, ChecklistItem, Exercise, FieldEntry, ItemHead, Paper, PaperSuggestion, Path, Reading, Role,
    RoleTool, Step,
)  # fmt: skip
STORED_UNITS = (Requirement, Subject, Unit, UnitText)
MOST_VARIABLES = 500  # SQLite allows 999 in its oldest builds


class SubjectCounts(NamedTuple):
    """How much there is in a subject. `hours` are hours of study."""

    units: int = 0
    hours: float = 0.0
    cards: int = 0
    exercises: int = 0


def open_catalog(bundled: FilePath, own: FilePath, cache: FilePath) -> "Catalog":
    """Return the catalog of the bundled folder and the learner's own, compiling it when a file has changed.

    A damaged cache is compiled again, and a cache that cannot be written is done without. The only error is
    InvalidFileError, when there is no curriculum at all.
    """
    stamp = current_stamp(bundled, own)
    target = cache / FILE_NAME

    def recompile() -> sqlite3.Connection:
        from mlcoach.curriculum.cache.compile import compile_catalog

        return compile_catalog(bundled, own, target, stamp)

    return Catalog(_open_cached(target, stamp) or recompile(), recompile)


def current_stamp(bundled: FilePath, own: FilePath) -> str:
    """Return what the cache must have been made from to be good: the program, the folders, and all files."""
    fields = [value._fields for value in (*STORED_VALUES, *STORED_UNITS)]
    folders = [str(bundled), list_with_sources(bundled), str(own), list_with_sources(own)]
    return json.dumps([CACHE_VERSION, __version__, fields, folders])


def _open_cached(target: FilePath, stamp: str) -> sqlite3.Connection | None:
    """Return the cached catalog if it is whole enough to be asked, and made from the present files."""
    try:
        # Nobody writes to the file, it is only ever replaced; so SQLite need not lock or look for a journal.
        connection = sqlite3.connect(f"{target.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    except (sqlite3.Error, ValueError):
        return None
    try:
        row = connection.execute("SELECT value FROM meta WHERE key = 'stamp'").fetchone()
        if row is not None and row[0] == stamp:
            return connection
    except (sqlite3.Error, ValueError):
        # Damage to the schema is reported with the damaged bytes in it, which need not be text.
        pass
    connection.close()
    return None


class Catalog:
    """The map with all overlays applied, as domain values. A context manager; close it when done.

    Ids are full (`math.la.eigen`, `math.la.eigen/eig-def`). Units and everything listed with them are in the
    order of the map: tracks, then files, then as written.
    """

    def __init__(self, connection: sqlite3.Connection, recompile: Callable[[], sqlite3.Connection]) -> None:
        self._connection = connection
        self._recompile = recompile

    def __enter__(self) -> "Catalog":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def stamp(self) -> str:
        """What it was made from: the program, and all files as they were; another stamp is another curriculum."""
        return str(self._stored("stamp"))

    def close(self) -> None:
        """Close the file. Values already read stay good."""
        self._connection.close()

    @cached_property
    def units(self) -> dict[str, Unit]:
        """All units by id, in map order."""
        units: dict[str, Unit] = {}
        for row in self._stored("units"):
            row[7] = tuple([Requirement(*edge) for edge in row[7]])
            units[row[0]] = Unit(*row)
        return units

    @cached_property
    def paths(self) -> dict[str, Path]:
        """All paths by id."""
        found = [Path(*row) for row in self._stored("paths")]
        return {
            path.id: path._replace(units=tuple(path.units), known=tuple(path.known), first=tuple(path.first))
            for path in found
        }

    @cached_property
    def skipped(self) -> tuple[str, ...]:
        """Full names of the files left out because of errors; `check` says what is wrong with them."""
        return tuple(self._stored("skipped"))

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Ids of items that an overlay hides. Their progress does not count as orphaned."""
        return frozenset(self._stored("hidden"))

    def subjects(self) -> dict[str, Subject]:
        """Return all subjects by id, in map order."""
        return self._subjects

    @cached_property
    def _subjects(self) -> dict[str, Subject]:
        found = [Subject(*row) for row in self._stored("subjects")]
        return {
            subject.id: subject._replace(assumes=tuple(subject.assumes), survey=tuple(subject.survey))
            for subject in found
        }

    def field(self, subject: str) -> tuple[FieldEntry, ...]:
        """Return the groups, people, venues and news sources that a subject tells of, kind by kind."""
        return tuple(FieldEntry(*row) for row in self._stored("field").get(subject, ()))

    def papers(self) -> dict[str, Paper]:
        """Return the papers of the reading lists by id, in the order of the files."""
        found = [Paper(*row) for row in self._stored("papers")]
        return {paper.id: paper._replace(authors=tuple(paper.authors), units=tuple(paper.units)) for paper in found}

    def checklist(self, name: str) -> Checklist | None:
        """Return a checklist, or None when there is none with that id."""
        for row in self._stored("checklists"):
            if row[0] == name:
                items = [ChecklistItem(*item) for item in row[2]]
                return Checklist(
                    row[0], row[1], tuple(item._replace(was=tuple(item.was)) for item in items), tuple(row[3])
                )
        return None

    def checklists(self) -> dict[str, str]:
        """Return the titles of all checklists by id."""
        return {row[0]: row[1] for row in self._stored("checklists")}

    def roles(self) -> dict[str, Role]:
        """Return the roles that employers look for by id, with their skills."""
        return self._roles

    @cached_property
    def _roles(self) -> dict[str, Role]:
        return {
            row[0]: Role(row[0], row[1], tuple(row[2]), tuple(_tool(tool) for tool in row[3]))
            for row in self._stored("roles")
        }

    def rules(self) -> "tuple[Rule, ...]":
        """Return the rules for repositories, those of the learner's applied, in the order of the files."""
        from mlcoach.domain.work.rules import Rule  # only where a repository is looked at

        return tuple(rule._replace(words=tuple(rule.words)) for rule in (Rule(*row) for row in self._stored("rules")))

    def aliases(self) -> dict[str, str]:
        """Return earlier full ids of units, items and steps, each with the present one."""
        return self._aliases

    @cached_property
    def _aliases(self) -> dict[str, str]:
        found: dict[str, str] = self._stored("aliases")
        return found

    @cached_property
    def splits(self) -> dict[str, list[str]]:
        """The units that were a part of others, each with the full ids that these had."""
        found: dict[str, list[str]] = self._stored("splits")
        return found

    def text(self, unit: str) -> UnitText:
        """Return what of a unit is only read. Raises NotFoundError for an unknown id."""
        why, assumes, objectives, read, recall, pretest, encompasses, papers = self._unit_row(unit, "text")
        return UnitText(
            why,
            tuple(assumes),
            tuple(objectives),
            tuple(Reading(*row) for row in read),
            recall,
            tuple(map(_card, pretest)),
            tuple((other, share) for other, share in encompasses),
            tuple(PaperSuggestion(*row) for row in papers),
        )

    def steps(self, unit: str) -> tuple[Step, ...]:
        """Return the steps that a unit is walked in, in order. Raises NotFoundError for an unknown id."""
        return tuple(Step(*row) for row in self._unit_row(unit, "steps"))

    def origin(self, unit: str) -> dict[str, str]:
        """Return which file each value of a unit comes from, as full names.

        Keys are those of the file (`hours`, `objectives`); entries that another file brought are as
        `objectives[3]` (counting from 0), cards and exercises that another file brought, changed or hid as
        `card.ID`. Raises NotFoundError.
        """
        found: dict[str, str] = self._unit_row(unit, "origin")
        return found

    def items(self, unit: str) -> tuple[ItemHead, ...]:
        """Return the cards of a unit, then its exercises, in the order of the file; none for no unit."""
        rows = self._ask("SELECT id, unit, kind, minutes, title FROM head WHERE unit = ? ORDER BY position", unit)
        return tuple(ItemHead(*row) for row in rows)

    def heads(self, ids: Iterable[str]) -> dict[str, ItemHead]:
        """Return the heads of those ids that exist, in the order asked for."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, ItemHead] = {}
        for start in range(0, len(wanted), MOST_VARIABLES):
            part = wanted[start : start + MOST_VARIABLES]
            marks = ",".join("?" * len(part))
            rows = self._ask(f"SELECT id, unit, kind, minutes, title FROM head WHERE id IN ({marks})", *part)
            found.update((row[0], ItemHead(*row)) for row in rows)
        return {item: found[item] for item in wanted if item in found}

    def item(self, item: str) -> Card | Exercise | None:
        """Return a card or an exercise, or None when there is none with that id."""
        rows = self._read("SELECT body FROM body WHERE id = ?", item)
        return _item(rows[0]) if rows else None

    def all_items(self) -> Iterator[Card | Exercise]:
        """Yield every card and exercise in map order: for searching their texts."""
        yield from map(_item, self._read("SELECT body FROM head JOIN body USING (id) ORDER BY position"))

    def item_ids(self, prefix: str = "") -> list[str]:
        """Return the ids of all items that begin with a prefix, sorted: for completion."""
        rows = self._ask("SELECT id FROM head WHERE id >= ? AND id < ? ORDER BY id", prefix, prefix + "\U0010ffff")
        return [row[0] for row in rows]

    @cached_property
    def exercises(self) -> frozenset[str]:
        """Ids of all exercises, the earlier ones included: what is due is counted apart from cards."""
        now = set(self._stored("exercises"))
        return frozenset(now | {old for old, new in self.aliases().items() if new in now})

    @property
    def self_checking(self) -> tuple[str, ...]:
        """Ids of the exercises that check themselves, in map order."""
        return tuple(self._stored("self_checking"))

    @cached_property
    def drills(self) -> frozenset[str]:
        """Ids of the exercises that are neither steps nor needed to pass or to master their unit."""
        return frozenset(self._stored("drills"))

    def counts(self, subject: str) -> SubjectCounts:
        """Return how much there is in a subject; zeros when there is no such subject."""
        units = [unit for unit in self.units.values() if unit.subject == subject]
        found = [self.item_counts.get(unit.id, (0, 0)) for unit in units]
        return SubjectCounts(
            len(units),
            sum(unit.hours for unit in units),
            sum(cards for cards, _ in found),
            sum(exercises for _, exercises in found),
        )

    @cached_property
    def item_counts(self) -> dict[str, tuple[int, int]]:
        """Numbers of cards and of exercises by unit; units without items are not there."""
        return {unit: (cards, exercises) for unit, (cards, exercises) in self._stored("item_counts").items()}

    def _unit_row(self, unit: str, column: str) -> Any:
        rows = self._read(f"SELECT {column} FROM unit WHERE id = ?", unit)
        if not rows:
            raise NotFoundError(f"no unit `{unit}`", hint="`mlcoach curriculum list` shows all units")
        return rows[0]

    def _stored(self, key: str) -> Any:
        query = "SELECT value FROM meta WHERE key = ?"
        rows = self._read(query, key)
        if not rows:
            self._renew()
            rows = self._read(query, key)
        return rows[0]

    def _read(self, query: str, *values: str) -> list[Any]:
        """Return the first column of all rows, which is JSON."""
        try:
            return [json.loads(row[0]) for row in self._ask(query, *values)]
        except ValueError:
            self._renew()
        return [json.loads(row[0]) for row in self._ask(query, *values)]

    def _ask(self, query: str, *values: str) -> list[Any]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.ProgrammingError:
            raise  # a closed catalog was asked: not damage but a mistake
        except (sqlite3.DatabaseError, ValueError):
            self._renew()
        return self._connection.execute(query, values).fetchall()

    def _renew(self) -> None:
        """Compile again: damage to a file may show only where it is read."""
        self._connection.close()
        self._connection = self._recompile()


def _item(row: list[Any]) -> Card | Exercise:
    if row[0] == "card":
        return _card(row[1:])
    exercise = Exercise(*row[1:])
    return exercise._replace(hints=tuple(exercise.hints), vary=_vary(exercise.vary), code=_code(exercise.code))


def _tool(row: list[Any]) -> RoleTool:
    return RoleTool(row[0], row[1], tuple(row[2]), tuple(row[3]))


def _code(row: Any) -> "CodeTask | None":
    if row is None:
        return None
    from mlcoach.domain.practice.code import stored_code  # as `_vary`

    return stored_code(row)


def _card(row: list[Any]) -> Card:
    card = Card(*row)
    return card._replace(accept_text=tuple(card.accept_text), vary=_vary(card.vary))


def _vary(row: Any) -> "Vary | None":
    if row is None:
        return None
    from mlcoach.domain.practice.variants import stored_vary  # few items vary, and no plan needs to know how

    return stored_vary(row)
