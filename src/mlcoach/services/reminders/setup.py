"""Have the system start the reminders, and take exactly that away again."""

import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlcoach.adapters.reminders import startup
from mlcoach.adapters.reminders.startup import Setup, System
from mlcoach.errors import MissingExtraError, UsageError
from mlcoach.services.made_files import put
from mlcoach.views.reminders import InstalledView, SetupAction, SetupView

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def system_of(context: "Context") -> System:
    """Return this machine as it can start the reminders."""
    return System(sys.platform, context.environment)


def plan(context: "Context", system: System | None = None) -> SetupView:
    """Return what `install` would put in place. Nothing is written. Raises MissingExtraError where nothing can be."""
    if installed(context):
        raise UsageError("the reminders are installed already", "`mlcoach remind uninstall` takes them away")
    setup = startup.find_setup(system or system_of(context))
    return _view("by hand" if setup.way == "by hand" else "planned", setup)


def install(context: "Context", system: System | None = None) -> SetupView:
    """Put in place what `plan` shows, and start it. When any of it fails, all of it is taken back.

    Raises MissingExtraError when the system refuses.
    """
    system = system or system_of(context)
    setup = startup.find_setup(system)
    if setup.way == "by hand":
        return _view("by hand", setup)
    folders = _missing_folders(_record(context)) + (_missing_folders(Path(setup.path)) if setup.path else [])
    # Written first: whatever happens then, it is known what to take away.
    put(context, _record(context), json.dumps({**setup._asdict(), "folders": folders}).encode())
    try:
        _put_in_place(context, system, setup)
    except BaseException:
        # What cannot even be read was not written to.
        with suppress(MissingExtraError):
            _take_out(context, system, setup)
        _forget(context, folders)
        raise
    return _view("installed", setup)


def _put_in_place(context: "Context", system: System, setup: Setup) -> None:
    if not setup.path:
        crontab = startup.without_our_line(startup.read_crontab(system))
        begun = crontab if not crontab or crontab.endswith("\n") else crontab + "\n"
        startup.write_crontab(system, f"{begun}{setup.text}\n")
        return
    put(context, Path(setup.path), setup.text.encode())
    for command in setup.on:
        done = system.run(command)
        if done.returncode:
            said = (done.stderr or done.stdout).strip()[:200] or "no reason given"
            raise MissingExtraError(
                f"`{' '.join(command)}` failed: {said}",
                "nothing was left behind; keep `mlcoach remind run` open instead",
            )


def uninstall(context: "Context", system: System | None = None) -> SetupView:
    """Stop the reminders and take away what `install` put in place. Without that, nothing happens."""
    system = system or system_of(context)
    record = _read_record(context)
    if record is None:
        return SetupView("nothing", "", "", "")
    folders = [str(folder) for folder in record.pop("folders", [])]
    setup = Setup(**{**record, "on": (), "off": tuple(tuple(command) for command in record.get("off", ()))})
    _take_out(context, system, setup)
    _forget(context, folders)
    return _view("uninstalled", setup)


def _take_out(context: "Context", system: System, setup: Setup) -> None:
    for command in setup.off:
        system.run(command)  # one that does not run any more is stopped already
    if setup.path:
        put(context, Path(setup.path), None)
        if setup.way == "systemd":
            system.run((setup.off[0][0], "--user", "daemon-reload"))
    else:
        _take_line_away(system)


def _forget(context: "Context", folders: list[str]) -> None:
    put(context, _record(context), None)
    for folder in reversed(folders):
        try:
            Path(folder).rmdir()
        except OSError:
            break  # something else lies in it by now


def _take_line_away(system: System) -> None:
    crontab = startup.read_crontab(system)
    if (left := startup.without_our_line(crontab)) != crontab:
        startup.write_crontab(system, left)


def installed(context: "Context") -> InstalledView | None:
    """Return what starts the reminders, if `install` put it in place."""
    record = _read_record(context)
    return InstalledView(str(record["way"]), str(record["path"])) if record else None


def _record(context: "Context") -> Path:
    return context.places.state / "remind-install.json"


def _read_record(context: "Context") -> dict[str, Any] | None:
    try:
        record = json.loads(_record(context).read_text(encoding="utf-8"))
        return {"way": record["way"], "path": record["path"], "text": record["text"], **record}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _missing_folders(file: Path) -> list[str]:
    """Return the folders that writing a file makes, the outer ones first."""
    missing = []
    folder = file.parent
    while not folder.exists() and folder != folder.parent:
        missing.append(str(folder))
        folder = folder.parent
    return missing[::-1]


def _view(action: SetupAction, setup: Setup) -> SetupView:
    return SetupView(action, setup.way, setup.path, setup.text, tuple(" ".join(command) for command in setup.on))
