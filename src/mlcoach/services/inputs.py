"""Words from the learner that are kept: notes, titles, reasons. Checked once, before anything is written."""

from mlcoach.domain.text import first_hostile
from mlcoach.errors import UsageError

LONGEST_NOTE = 10_000


def checked(text: str, what: str, longest: int = LONGEST_NOTE) -> str:
    """Return the text without blanks at its ends.

    Raises UsageError for control characters, direction overrides or a text that is too long; `what` names it.
    """
    if hostile := first_hostile(text):
        raise UsageError(f"the {what} contains the control character {hostile}", "write it as plain text")
    if len(text) > longest:
        raise UsageError(f"the {what} has {len(text):,} characters; at most {longest:,} are kept", "shorten it")
    return text.strip()
