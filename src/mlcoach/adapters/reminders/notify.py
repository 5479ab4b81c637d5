"""Bringing a reminder to the learner's eyes: the desktop where there is one."""

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.text import one_line

if TYPE_CHECKING:
    from desktop_notifier import DesktopNotifier

PATIENCE = 5  # seconds for a desktop to answer
# Linux desktops read markup in what they show; a title is not markup.
_PLAIN = str.maketrans({"<": "‹", ">": "›", "&": "+"})


class Desktop(NamedTuple):
    """Whether notifications of the desktop work here, and why or why not."""

    works: bool
    why: str


def look_for_desktop(environment: Mapping[str, str]) -> Desktop:
    """Return whether this desktop shows notifications. Nothing is shown."""
    if missing := _no_bus(environment):
        return Desktop(False, missing)
    try:
        asyncio.run(_ask())
    except Exception as error:  # whatever the desktop answers, the learner gets a reason instead of a traceback
        return Desktop(False, f"the desktop does not answer: {one_line(str(error))[:80] or type(error).__name__}")
    return Desktop(True, "the desktop shows notifications")


def show_on_desktop(environment: Mapping[str, str], title: str, text: str) -> bool:
    """Show a notification and return whether the desktop took it."""
    if _no_bus(environment):
        return False
    try:
        return asyncio.run(_ask(one_line(title), "\n".join(map(one_line, text.split("\n")))))
    except Exception:  # a desktop that went away: the caller has other ways
        return False


def _no_bus(environment: Mapping[str, str]) -> str:
    if not sys.platform.startswith("linux"):
        return ""
    import os

    if environment.get("DBUS_SESSION_BUS_ADDRESS"):
        return ""
    # A user's own bus has this place also where its address is not set, as in crontabs.
    socket = Path(environment.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}") / "bus"
    if socket.exists():
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={socket}"
        return ""
    return "no session bus (D-Bus) here"


def _notifier() -> "DesktopNotifier":
    import logging

    from desktop_notifier import DesktopNotifier

    logging.getLogger("desktop_notifier").setLevel(logging.CRITICAL)  # it would log tracebacks of what we say in words
    return DesktopNotifier(app_name="mlcoach", app_icon=None)


async def _ask(title: str = "", text: str = "") -> bool:
    """Ask whether the desktop answers, show a notification if there is a title, and return whether that was taken.

    Raises RuntimeError, or what the connection raises.
    """
    notifier = _notifier()
    try:
        if not await asyncio.wait_for(notifier.get_capabilities(), PATIENCE):
            raise RuntimeError(
                "it allows notifications only to signed apps" if sys.platform == "darwin" else "no backend"
            )
        if not title:
            return True
        sent: list[bool] = []
        if sys.platform.startswith("linux"):
            title, text = title.translate(_PLAIN), text.translate(_PLAIN)
        await asyncio.wait_for(notifier.send(title, text, on_dispatched=lambda: sent.append(True)), PATIENCE)
        return bool(sent)
    finally:
        await _hang_up(notifier)


async def _hang_up(notifier: "DesktopNotifier") -> None:
    """Close the connection to the session bus. The library keeps it for ever: a connection more for each reminder."""
    bus = getattr(getattr(notifier, "_backend", None), "bus", None)
    if bus is not None and bus.connected:
        bus.disconnect()
        await asyncio.wait_for(bus.wait_for_disconnect(), PATIENCE)
