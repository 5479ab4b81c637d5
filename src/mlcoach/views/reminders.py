"""What the reminder commands show."""

from typing import Literal, NamedTuple

from mlcoach.domain.habit.reminders import ReminderKind

SetupAction = Literal["planned", "installed", "uninstalled", "by hand", "nothing"]


class DeliveryView(NamedTuple):
    """Which way reminders come here, desktop, terminal or log, and why."""

    way: str
    why: str


class NextView(NamedTuple):
    """A reminder to come: its kind and its instant as ISO 8601 with offset."""

    kind: ReminderKind
    at: str


class InstalledView(NamedTuple):
    """What starts the reminders: systemd, launchd or crontab, and the file ("" for the crontab)."""

    way: str
    path: str


class RemindStatusView(NamedTuple):
    """Whether reminders run, what starts them, which way they come, and which come next."""

    running: bool
    process: int
    installed: InstalledView | None
    delivery: DeliveryView
    kinds: tuple[ReminderKind, ...]
    quiet: str
    next: tuple[NextView, ...]
    log: str


class SetupView(NamedTuple):
    """What is put in place or taken away: `action` is planned, installed, uninstalled, by hand or nothing."""

    action: SetupAction
    way: str
    path: str
    text: str
    commands: tuple[str, ...] = ()


class RemindedView(NamedTuple):
    """A reminder that was delivered, at a local time, and the way it took."""

    at: str
    title: str
    lines: tuple[str, ...]
    kinds: tuple[ReminderKind | Literal["test"], ...]
    way: str
