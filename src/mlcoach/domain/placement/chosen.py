"""What somebody chooses of a numbered list."""

import re


def chosen_of(text: str, count: int) -> frozenset[int] | None:
    """Return the places (from 0) that `1 3 5-7` names in a list of so many, None for what is not such an answer."""
    found: set[int] = set()
    for part in re.split(r"[\s,;]+", text.strip()):
        match = re.fullmatch(r"([0-9]{1,4})(?:\s*[-–]\s*([0-9]{1,4}))?", part)
        if match is None:
            return None
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= count:
            return None
        found.update(range(first - 1, last))
    return frozenset(found)
