"""What `doctor` looks at around the store: versions, folders, settings, curriculum, clock, editor. Reads only."""

import os
import stat
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.domain.time.study_days import to_local
from mlcoach.errors import InvalidFileError, MlcoachError
from mlcoach.views.upkeep import CheckView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

SHOWN_ERRORS = 5


def good(name: str, detail: str, *more: str) -> CheckView:
    """Return a finding that needs no action."""
    return CheckView(name, True, detail, "good", more)


def advice(name: str, detail: str, *more: str) -> CheckView:
    """Return a finding that is worth a word and breaks nothing."""
    return CheckView(name, True, detail, "advice", more)


def bad(name: str, detail: str, *more: str) -> CheckView:
    """Return a finding that must be repaired; `more` says how."""
    return CheckView(name, False, detail, "bad", more)


def versions() -> CheckView:
    """Return what this program is made of."""
    import platform
    import sqlite3

    from mlcoach import __version__

    python = platform.python_version()
    detail = f"mlcoach {__version__}, Python {python}, SQLite {sqlite3.sqlite_version}, {platform.system()}"
    return good("versions", detail)


def places(context: "Context") -> CheckView:
    """Return where everything is, and whether it can be written."""
    where = context.places
    folders = (where.config, where.data, where.cache, where.state)
    locked = [folder for folder in folders if not _can_write(folder)]
    listed = [f"{name} {folder}" for name, folder in zip(("config", "data", "cache", "state"), folders, strict=True)]
    if locked:
        names = ", ".join(str(folder) for folder in locked)
        return advice("places", f"cannot be written: {names}", *listed)
    return good("places", str(where.data), *listed)


def settings(context: "Context") -> CheckView:
    """Return whether the settings can be read. When not, the defaults are used for everything after this."""
    from mlcoach.adapters.settings import Settings

    file = context.places.config_file
    try:
        chosen = context.settings.chosen
    except InvalidFileError as error:
        context.__dict__["settings"] = Settings({})
        place = f"{error.place.file}:{error.place.line}:{error.place.column}" if error.place else str(file)
        hint = error.hint if "config edit" not in error.hint else ""
        return bad("settings", error.message, place, *filter(None, (hint, "`mlcoach config edit` opens it")))
    if not file.exists():
        return good("settings", "none set, the defaults are in force")
    try:
        path = context.chosen_path
    except InvalidFileError as error:
        return bad("settings", error.message, error.hint)
    return good("settings", f"{len(chosen)} set in {file}, path `{path.id}`")


def curriculum(context: "Context") -> CheckView:
    """Return whether the curriculum files are sound."""
    from mlcoach.curriculum.check.check import check
    from mlcoach.curriculum.read.find import bundled_folder

    try:
        report = check(bundled_folder(), context.places.curriculum)
    except MlcoachError as error:
        return bad("curriculum", error.message, error.hint)
    counts = report.counts
    detail = f"{counts.files} files, {counts.units} units, {counts.cards} cards, {counts.exercises} exercises"
    if report.errors:
        first = [f"{problem.file}:{problem.line}: {problem.message}" for problem in report.errors[:SHOWN_ERRORS]]
        number = len(report.errors)
        said = "1 error" if number == 1 else f"{number} errors"
        return bad("curriculum", f"{detail}; {said}", *first, "`mlcoach curriculum check` shows all of it")
    own = [problem for problem in report.warnings if Path(problem.file).is_relative_to(context.places.curriculum)]
    if own:
        return advice("curriculum", f"{detail}; warnings: {len(own)}", "`mlcoach curriculum check` shows them")
    return good("curriculum", detail)


def clock(context: "Context", newest: int | None) -> CheckView:
    """Return whether the last entry (microseconds since 1970 UTC) lies behind us."""
    from mlcoach.services.record import CLOCK_TOLERANCE_MICROSECONDS

    now = f"{context.now:%a %Y-%m-%d %H:%M}, study day {context.today}"
    if newest is not None and newest > context.instant.microseconds + CLOCK_TOLERANCE_MICROSECONDS:
        last = to_local(newest, context.instant.offset)
        ahead = last - context.now
        return advice(
            "clock",
            f"{now}; the last entry was written {_span(ahead)} later than that, at {last:%Y-%m-%d %H:%M}",
            "either the clock is behind now, or it was ahead then; entries keep the day their clock said",
        )
    return good("clock", now)


def private(file: Path) -> CheckView:
    """Return whether only the learner can read the database."""
    if os.name != "posix" or not file.exists():
        return good("mode", "nothing to look at")
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        return advice("mode", f"others can read {file.name} ({mode:04o})", f"chmod 600 {file}")
    return good("mode", f"only you can read {file.name} ({mode:04o})")


def editor(context: "Context") -> CheckView:
    """Return which editor opens files."""
    from mlcoach.adapters.editor import editor_command

    try:
        words = editor_command(context.settings.get("editor"), context.environment, terminal=True)
    except MlcoachError as error:
        return advice("editor", error.message, error.hint)
    return good("editor", " ".join(words))


def practice(context: "Context") -> CheckView:
    """Return which Python runs the learner's code, and what guards this machine from it."""
    from mlcoach.services.practice.machine import guard_words, interpreter, python_words, work_folder

    try:
        found = python_words(interpreter(context))
    except MlcoachError as error:
        return advice("practice", error.message, error.hint)
    said = guard_words()
    detail = f"{found}, in {work_folder(context)}"
    return advice("practice", detail, said) if said.startswith("not shut in") else good("practice", detail, said)


def _can_write(folder: Path) -> bool:
    """Return whether a folder can be written, or could be made."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK)


def _span(ahead: timedelta) -> str:
    minutes = int(ahead.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 2 * 24 * 60 else f"{minutes // (24 * 60)} days"
