"""JSON for scripts, made of the same views as the screens: one document, versioned, dates as ISO text."""

import json
from datetime import date, datetime
from typing import Any

from mlcoach.domain.text import escaped

SCHEMA = 1
# Fields that only help a screen to say things well.
SCREEN_ONLY = frozenset(
    {"streak_shown", "newcomer", "minutes_of_day", "next_command", "clock", "offers_placement", "offers_refresher"}
)

# Promised names that are not names in Python.
RENAMED = {"reading_pass": "pass"}


def document(kind: str, view: Any, *, ascii_only: bool = False) -> str:
    """Return the JSON document of a view: `{"schema": 1, "kind": …, "data": …}`.

    Characters that could steer a terminal are escaped; all beyond ASCII with `ascii_only`.
    """
    whole = {"schema": SCHEMA, "kind": kind, "data": plain(view)}
    return escaped(json.dumps(whole, ensure_ascii=ascii_only, allow_nan=False))


def plain(value: Any) -> Any:
    """Return a view as mappings, lists, text and numbers."""
    if hasattr(value, "_asdict"):
        fields = value._asdict().items()
        return {RENAMED.get(name, name): plain(field) for name, field in fields if name not in SCREEN_ONLY}
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(field) for key, field in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(field) for field in value]
    return value
