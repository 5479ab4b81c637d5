"""Files -> domain values -> the SQLite file that `catalog` reads."""

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from mlcoach.curriculum.check.check import DANGLING, problems_of, read_folders
from mlcoach.curriculum.merge.build import (
    build_checklist,
    build_field,
    build_head,
    build_item,
    build_origin,
    build_paper,
    build_path,
    build_rule,
    build_subject,
    build_text,
    build_unit,
    listed_papers,
)
from mlcoach.curriculum.merge.merge import merge
from mlcoach.curriculum.merge.merged import MergedCurriculum
from mlcoach.curriculum.merge.roles import build_role
from mlcoach.curriculum.merge.steps import build_steps
from mlcoach.curriculum.read import model
from mlcoach.curriculum.read.source import Source
from mlcoach.errors import InvalidFileError
from mlcoach.private_files import keep_in_cache

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE unit (id TEXT PRIMARY KEY, text TEXT NOT NULL, origin TEXT NOT NULL, steps TEXT NOT NULL);
CREATE TABLE head (
    id TEXT PRIMARY KEY, unit TEXT NOT NULL, position INTEGER NOT NULL,
    kind TEXT NOT NULL, minutes REAL NOT NULL, title TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX head_by_position ON head (unit, position);
CREATE TABLE body (id TEXT PRIMARY KEY, body TEXT NOT NULL);
"""


def compile_catalog(bundled: Path, own: Path, target: Path, stamp: str) -> sqlite3.Connection:
    """Compile both folders, leave the result at `target` if that can be written, and return it open.

    Files with errors are left out. Raises InvalidFileError when no subject remains.
    """
    sources = read_folders(bundled, own)
    merged, skipped = settle(sources)
    if not merged.subjects:
        raise InvalidFileError(
            f"no usable curriculum file in {bundled}", hint="`mlcoach curriculum check` says what is wrong"
        )
    connection = sqlite3.connect(":memory:")
    write_catalog(connection, merged, skipped, stamp)
    keep_in_cache(target, connection.serialize())
    return connection


def settle(sources: list[Source]) -> tuple[MergedCurriculum, list[Source]]:
    """Return what can be used together, and the files left out because they are wrong or break the whole.

    What points into a file that was left out is forgiven: `build` drops it. One file goes at a time, the
    first at fault, because without it the others may be sound.
    """
    used = [source for source in sources if source.is_sound]
    skipped = [source for source in sources if not source.is_sound]
    while True:
        merged = merge(used)
        errors = [problem for problem in problems_of(merged) if problem.severity == "error"]
        hard = [problem for problem in errors if problem.code not in DANGLING]
        # References are only judged when nothing else is wrong and nothing is missing.
        blamed = {problem.file for problem in hard or ([] if skipped else errors)}
        if not blamed:
            return merged, sorted(skipped, key=lambda source: source.position)
        out = [source for source in used if str(source.path) in blamed]
        if hard:
            out = [max(out, key=lambda source: source.own)]
        skipped += out
        used = [source for source in used if source not in out]


def write_catalog(
    connection: sqlite3.Connection, merged: MergedCurriculum, skipped: Iterable[Source], stamp: str
) -> None:
    """Write all values of the curriculum into an empty database."""
    units = [merged.units[unit] for subject in merged.subjects.values() for unit in subject.units]
    heads: list[tuple[object, ...]] = []
    bodies: list[tuple[str, str]] = []
    hidden: list[str] = []
    self_checking: list[str] = []
    drills: list[str] = []
    item_counts: dict[str, list[int]] = {}
    for unit in units:
        items = sorted(unit.items.values(), key=lambda item: item.kind)  # stable: cards, then exercises
        for item in items:
            full = f"{unit.id}/{item.id}"
            if item.kind == "pretest":
                continue
            if item.hidden:
                hidden.append(full)
                continue
            if isinstance(item.value, model.ExerciseTable) and item.value.drill:
                drills.append(full)
            head = build_head(unit, item)
            if isinstance(item.value, model.ExerciseTable) and (item.value.code or item.value.vary or item.value.test):
                self_checking.append(full)
            heads.append((full, unit.id, len(heads), head.kind, head.minutes, head.title))
            bodies.append((full, _json([head.kind, *build_item(unit, item)])))
            item_counts.setdefault(unit.id, [0, 0])[item.kind == "exercise"] += 1
    meta = {
        "stamp": stamp,
        "units": _json([build_unit(merged, unit) for unit in units]),
        "subjects": _json([build_subject(subject) for subject in merged.subjects.values()]),
        "field": _json({subject.id: found for subject in merged.subjects.values() if (found := build_field(subject))}),
        "paths": _json([build_path(merged, entry.value) for entry in merged.paths.values()]),
        "papers": _json([build_paper(merged, entry.value) for entry in merged.papers.values()]),
        "checklists": _json([build_checklist(entry.value) for entry in merged.checklists.values()]),
        "roles": _json([build_role(merged, entry.value) for entry in merged.roles.values()]),
        "rules": _json([build_rule(entry.value) for entry in merged.rules.values()]),
        "aliases": _json(merged.aliases),
        "splits": _json(merged.splits),
        "hidden": _json(hidden),
        "item_counts": _json(item_counts),
        "exercises": _json([id for id, _, _, kind, _, _ in heads if kind == "exercise"]),
        "self_checking": _json(self_checking),
        "drills": _json(drills),
        "skipped": _json([str(source.path) for source in skipped]),
    }
    listed = listed_papers(merged)
    connection.executescript(TABLES)
    with connection:
        connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        connection.executemany(
            "INSERT INTO unit VALUES (?, ?, ?, ?)",
            [
                (
                    unit.id,
                    _json(build_text(merged, unit, listed)),
                    _json(build_origin(merged, unit)),
                    _json(build_steps(merged, unit)),
                )
                for unit in units
            ],
        )
        connection.executemany("INSERT INTO head VALUES (?, ?, ?, ?, ?, ?)", heads)
        connection.executemany("INSERT INTO body VALUES (?, ?)", bodies)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
