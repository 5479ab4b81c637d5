"""The only place that asks what time it is."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.errors import UsageError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

VARIABLE = "MLCOACH_NOW"


def local_now(environment: Mapping[str, str], zone: str = "") -> datetime:
    """Return the local time with its offset.

    `MLCOACH_NOW` replaces the clock; its offset is the local offset then. Otherwise the zone comes from the config,
    else from `TZ` or the system. Raises UsageError for a time that cannot be read.
    """
    given = environment.get(VARIABLE)
    if given:
        return _read(given)
    if zone:
        from zoneinfo import ZoneInfo

        return datetime.now(ZoneInfo(zone))  # noqa: TID251 - this is the clock
    return datetime.now(UTC).astimezone()  # noqa: TID251 - this is the clock


def local_zone(environment: Mapping[str, str], zone: str = "") -> tzinfo | None:
    """Return the zone by name, or None for the system's."""
    name = zone or environment.get("TZ", "").removeprefix(":")
    if not name:
        return None
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError, RecursionError):
        return None


def named_zone(environment: Mapping[str, str], zone: str = "") -> "ZoneInfo":
    """Return the zone by the name that files for other programs need: the config's, that of `TZ`, or the system's.

    Raises UsageError where none is known.
    """
    from zoneinfo import ZoneInfo

    name = zone or environment.get("TZ", "").removeprefix(":")
    try:
        if not name:
            from tzlocal import get_localzone_name

            name = get_localzone_name()
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError, RecursionError) as error:
        said = f"the time zone `{name:.40}` has no rules here" if name else "this machine does not name its time zone"
        raise UsageError(said, "name yours: `mlcoach config set zone Europe/Kyiv`") from error


def local_at(instant: datetime, now: datetime, environment: Mapping[str, str], zone: str = "") -> datetime:
    """Return the local time of another instant, with the offset of then: the clocks may have been changed since.

    Where the zone does not have the offset that `now` tells (a time that was set, a journey), that of `now` is kept.
    """
    known = local_zone(environment, zone)
    if known is None and environment.get(VARIABLE):
        return instant.astimezone(now.tzinfo)
    if now.astimezone(known).utcoffset() != now.utcoffset():
        return instant.astimezone(now.tzinfo)
    return instant.astimezone(known)  # without a name, the system's zone


def _read(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.utcoffset() is None:
        raise UsageError(f"cannot read {VARIABLE}=`{text}`", "write it like `2026-11-22T08:00:00+01:00`")
    if not 1970 < instant.year < 9000:
        raise UsageError(f"{VARIABLE}=`{text}` is out of range", "write a year between 1971 and 8999")
    return instant


def seconds_untouched(path: Path) -> float | None:
    """Return how long ago a file was touched, by the system's own clock; None for no file."""
    try:
        return datetime.now(UTC).timestamp() - path.stat().st_mtime  # noqa: TID251 - this is the clock
    except OSError:
        return None


def seconds_until(instant: datetime) -> float:
    """Return how far off an instant is, by the system's own clock; an instant without a zone is meant in UTC."""
    known = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return (known - datetime.now(UTC)).total_seconds()  # noqa: TID251 - this is the clock
