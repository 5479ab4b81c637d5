"""The weeks of a group as they were last seen, and how a week is written."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

KEPT_WEEKS = 12
Seen = dict[str, dict[str, dict[str, Any]]]
"""By the name of the week and the short name of the member: when it was written, and the report."""


def read_seen(file: Path) -> Seen:
    """Return what was seen, nothing where the file cannot be read."""
    try:
        found = json.loads(file.read_bytes())
        return {
            week: {one: {"written": int(entry["written"]), "report": entry["report"]} for one, entry in rows.items()}
            for week, rows in found.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def seen_text(seen: Seen) -> bytes:
    """Return what is kept of it: the newest weeks."""
    return json.dumps({week: seen[week] for week in sorted(seen)[-KEPT_WEEKS:]}, ensure_ascii=False).encode()


def plain(value: Any) -> Any:
    """Return a view as JSON holds it."""
    if hasattr(value, "_asdict"):
        return plain(value._asdict())
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | datetime) else value
